"""What the template of a petition's page is given: the same for the public and for the desk's preview."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hustings.accounts.models import Organisation
from hustings.actions.models import Petition, PetitionVersion
from hustings.actions.pages.form_stamp import stamp_for
from hustings.actions.pages.sign_form import SignForm
from hustings.actions.queries import current_version, petition_url, standing_of, table_of, ward_counts
from hustings.actions.rules.standing import DAYS_TO_CONFIRM
from hustings.actions.usecases.offer_wordings import Offer, offer_opinion_wording, offer_wordings
from hustings.clearance.models import Medium, Promoter
from hustings.clearance.usecases.imprint_for import imprint_for
from hustings.contacts.models import IntentionChoice
from hustings.people.models import Purpose
from hustings.platform import wiring


@dataclass(frozen=True, kw_only=True)
class Box:
    """One box or radio button: its value, its words, and whether it was ticked in a form that came back."""

    value: str
    label: str
    is_ticked: bool = False


@dataclass(frozen=True, kw_only=True)
class Group:
    """Boxes of one purpose."""

    heading: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, kw_only=True)
class Share:
    """Ready-made links by which a petition is passed on; none of them needs a script."""

    url: str
    whatsapp: str
    email: str


def page_values(
    *,
    petition: Petition,
    now: datetime,
    form: SignForm | None = None,
    complaint: str = "",
    is_preview: bool = False,
) -> dict[str, Any]:
    """Everything the page shows; `form` is one that was refused, `complaint` why it was."""
    organisation = Organisation.objects.first()
    version = current_version(petition=petition)
    values: dict[str, Any] = {
        "petition": petition,
        "version": version,
        "standing": "open" if is_preview else standing_of(petition=petition, now=now).value,
        "is_preview": is_preview,
        "share": share_of(petition=petition),
        "ward_table": table_of(petition=petition),
        "wards": ward_counts(petition=petition),
        "petition_imprint": imprint_of(petition=petition),
        "percent": min(100, petition.confirmed * 100 // petition.goal) if petition.goal else 100,
    }
    if values["standing"] == "open" and version is not None and organisation is not None:
        values |= _form_values(petition, version, organisation, form, complaint, now)
    return values


def _form_values(
    petition: Petition,
    version: PetitionVersion,
    organisation: Organisation,
    form: SignForm | None,
    complaint: str,
    now: datetime,
) -> dict[str, Any]:
    language = get_language() or "en-gb"
    shown = form or SignForm(petition=petition, is_registered_party=organisation.is_registered_party)
    ticked = set(shown.chosen("consent"))
    offers = offer_wordings(asks=petition.asks, organisation=organisation, language=language, now=now)
    values: dict[str, Any] = {
        "form": shown,
        "complaint": complaint,
        "stamp": stamp_for(version=version, now=now),
        "groups": _groups(offers, ticked),
        "issues": _issues(petition, shown),
        "intentions": _intentions(petition, shown),
        "privacy_url": wiring.privacy_notice_url(),
        "days": DAYS_TO_CONFIRM,
    }
    has_views = values["issues"] or values["intentions"]
    if has_views and not organisation.is_registered_party:
        opinion = offer_opinion_wording(organisation=organisation, language=language, now=now)
        values["opinion"] = _box(opinion, ticked)
    return values


def _groups(offers: list[Offer], ticked: set[str]) -> list[Group]:
    headings = {
        Purpose.CAMPAIGN: _("News"),
        Purpose.VOLUNTEERING: _("Ways to help"),
        Purpose.FUNDRAISING: _("Appeals for money"),
    }
    return [
        Group(heading=heading, boxes=boxes)
        for purpose, heading in headings.items()
        if (boxes := tuple(_box(offer, ticked) for offer in offers if offer.purpose == purpose))
    ]


def _box(offer: Offer, ticked: set[str]) -> Box:
    # A tick stays only beside the very words that were ticked.
    return Box(value=offer.value, label=offer.wording.text, is_ticked=offer.value in ticked)


def _issues(petition: Petition, form: SignForm) -> list[Box]:
    ticked = set(form.chosen("issue"))
    return [
        Box(value=str(issue.pk), label=issue.name, is_ticked=str(issue.pk) in ticked)
        for issue in petition.issues.order_by("name")
    ]


def _intentions(petition: Petition, form: SignForm) -> list[Box]:
    picked = set(form.chosen("intention"))
    return [
        Box(value=value, label=label, is_ticked=value in picked)
        for value, label in intention_choices(petition=petition)
    ]


def intention_choices(*, petition: Petition) -> list[tuple[str, str]]:
    """The answers to the question about voting, with the values that the form sends; none where it is not asked."""
    if not petition.asks_intention:
        return []
    return [
        *((f"party-{party.pk}", party.name) for party in petition.parties.order_by("name")),
        (IntentionChoice.UNDECIDED.value, _("I have not decided")),
        (IntentionChoice.NOT_VOTING.value, _("I shall not vote")),
        (IntentionChoice.WONT_SAY.value, _("I would rather not say")),
    ]


def share_of(*, petition: Petition) -> Share:
    """Links that pass the petition on by WhatsApp and email, and the address to copy."""
    url = petition_url(petition=petition)
    text = _("I have signed “%(title)s”. Will you?") % {"title": petition.title}
    return Share(
        url=url,
        whatsapp=f"https://wa.me/?text={quote(f'{text} {url}')}",
        email=f"mailto:?subject={quote(petition.title)}&body={quote(f'{text} {url}')}",
    )


def imprint_of(*, petition: Petition) -> str:
    """The imprint of everything that is published about the petition; empty in a draft without a promoter."""
    return imprint_by(promoter=petition.promoter, on_behalf_of=petition.on_behalf_of)


def imprint_by(*, promoter: Promoter | None, on_behalf_of: Promoter | None) -> str:
    """The imprint of a web page by this promoter, in the reader's language; empty without one."""
    if promoter is None:
        return ""
    return imprint_for(
        promoter=promoter,
        on_behalf_of=on_behalf_of,
        medium=Medium.WEB,
        language=get_language() or "en-gb",
    )
