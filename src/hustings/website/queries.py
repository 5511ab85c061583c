"""What the public site shows that is not its own: petitions, dates; and the frame round every public page."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.paginator import Page as PageOfNews
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, PageQuerySet, Site

from hustings.accounts.models import Organisation
from hustings.accounts.rules.colours import OWN_COLOUR, Colours, NotAColour, TooPale, readable
from hustings.actions.models import Petition, PetitionState
from hustings.actions.queries import open_petitions, public_petitions
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal
from hustings.clearance.models import Medium
from hustings.clearance.usecases.imprint_for import imprint_for
from hustings.elections.models import Election
from hustings.elections.queries import deadlines
from hustings.elections.rules.timetable import DeadlineEvent
from hustings.places.models import Area
from hustings.platform.words import clock_time

if TYPE_CHECKING:
    from hustings.website.models import NewsPage

#: Deadlines that concern every voter, not candidates and agents alone.
FOR_VOTERS = frozenset(
    {
        DeadlineEvent.REGISTRATION,
        DeadlineEvent.POSTAL_VOTE,
        DeadlineEvent.PROXY_VOTE,
        DeadlineEvent.VOTER_AUTHORITY_CERTIFICATE,
    }
)

#: The colour that the stylesheet already holds.
NEWS_PER_PAGE = 12


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link of the menu or the foot; `language` is set where it leads into another language."""

    label: str
    url: str
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What lies round every public page."""

    menu: tuple[Link, ...]
    footer: tuple[Link, ...]
    imprint: str
    colours: Colours | None
    languages: tuple[Link, ...]
    report_url: str = ""


@dataclass(frozen=True, kw_only=True)
class PetitionCard:
    """A petition as a list shows it: `count` of `goal` people have signed."""

    title: str
    asked_of: str
    url: str
    language: str
    goal: int
    count: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ComingDate:
    """A day to know."""

    on: date
    what: str
    note: str = ""


def frame(*, organisation: Organisation | None) -> Frame:
    """The frame of public pages: menu and foot from the site's pages, the imprint of whoever publishes it."""
    from hustings.website.models import AccessibilityPage, PrivacyPage

    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    first = site.root_page if site else None
    home = first.localized if first else None
    menu: list[Link] = []
    footer: list[Link] = []
    if home is not None:
        shown = home.get_children().live().public()
        menu = [_link(page, home) for page in shown.in_menu()]
        footer = [_link(page, home) for page in _with_first(home, first).type(PrivacyPage, AccessibilityPage)]
    footer.append(Link(label=_("What is on, and how to help"), url=reverse("volunteers:events")))
    footer.append(Link(label=_("Where you are needed"), url=reverse("campaign_map:map")))
    footer.append(Link(label=_("Public record"), url=reverse("openness:record")))
    footer.append(Link(label=_("What we may send you"), url=reverse("people:ask_link")))
    return Frame(
        menu=tuple(menu),
        footer=tuple(footer),
        imprint=site_imprint(),
        colours=colours_of(organisation=organisation),
        languages=_other_languages(first),
        report_url=reverse("volunteers:report"),
    )


def _with_first(home: Page, first: Page) -> PageQuerySet:
    """Pages below the home page, and those of the first language that have no translation there."""
    own = home.get_children().live().public()
    if home.pk == first.pk:
        return own
    known = own.values("translation_key")
    return own | first.get_children().live().public().exclude(translation_key__in=known)


def _other_languages(first: Page | None) -> tuple[Link, ...]:
    """Languages other than the one in use that the site's home page is out in."""
    if first is None:
        return ()
    homes = [first, *first.get_translations().live().select_related("locale")]
    codes = [home.locale.language_code for home in homes]
    active = get_language() or ""
    if len(codes) < 2 and active in codes:
        return ()
    names = {"en-gb": "English", "cy": "Cymraeg"}
    return tuple(
        Link(label=names.get(code, code), url=f"?language={code}", language=code)
        for code in codes
        if code != active
    )


def site_imprint() -> str:
    """The imprint of the whole site, in the language in use; empty until a promoter is named."""
    from hustings.website.models import SiteFrame

    own = SiteFrame.objects.select_related("promoter", "on_behalf_of").first()
    if own is None or own.promoter is None:
        return ""
    return imprint_for(
        promoter=own.promoter,
        on_behalf_of=own.on_behalf_of,
        medium=Medium.WEB,
        language=get_language() or "en-gb",
    )


def colours_of(*, organisation: Organisation | None) -> Colours | None:
    """The organisation's own shades, or none where it has no colour of its own or one that could not be read."""
    if organisation is None or organisation.colour.lower() == OWN_COLOUR:
        return None
    try:
        return readable(colour=organisation.colour)
    except (NotAColour, TooPale):
        return None


def petitions_to_sign(
    *, now: datetime, area: Area | None = None, limit: int | None = None
) -> list[PetitionCard]:
    """Petitions that can be signed now, newest first; those that ask something of one place where it is named."""
    petitions = open_petitions(now=now)
    if area is not None:
        petitions = petitions.filter(
            Q(area=area) | Q(wards=area) | Q(wards__parent=area) | Q(area__parent=area)
        ).distinct()
    return [_card(petition) for petition in petitions.order_by("-opens_at", "-made_at")[:limit]]


def petitions_that_closed(*, now: datetime, limit: int = 50) -> list[PetitionCard]:
    """Petitions that were closed or ran out, newest first, with what came of them."""
    petitions = public_petitions().filter(Q(state=PetitionState.CLOSED) | Q(closes_at__lte=now))
    return [_card(petition) for petition in petitions.order_by("-closes_at", "-made_at")[:limit]]


def latest_news(*, below: Page, limit: int) -> list["NewsPage"]:
    """The newest news anywhere below a page."""
    return list(_news(below)[:limit])


def news_page(*, below: Page, number: str) -> "PageOfNews[NewsPage]":
    """One page of all news anywhere below a page."""
    return Paginator(_news(below), NEWS_PER_PAGE).get_page(number)


def coming_dates(*, now: datetime, limit: int = 6) -> list[ComingDate]:
    """What voters have to know about the next day of poll: last moments to register and to apply, and the day itself.

    Where the timetable cannot be reckoned (an election of an unknown nation), the day of poll stands alone.
    """
    today = uk_date(now)
    election = (
        Election.objects.filter(poll_on__gte=today, is_notional=False).order_by("poll_on", "pk").first()
    )
    if election is None:
        return []
    poll = ComingDate(on=election.poll_on, what=_("%(election)s: day of poll") % {"election": election.title})
    try:
        known = deadlines(election_id=election.pk)
    except Refusal:
        return [poll]
    found = [
        ComingDate(
            on=deadline.on,
            what=_(deadline.label),
            note=_("until %(time)s") % {"time": clock_time(deadline.at)}
            + ("" if deadline.is_confirmed else " · " + _("check the official notice")),
        )
        for deadline in known
        if deadline.event in FOR_VOTERS and deadline.at >= now
    ]
    return [*found, poll][:limit]


def _news(below: Page) -> "QuerySet[NewsPage]":
    from hustings.website.models import NewsPage

    found: QuerySet[NewsPage] = NewsPage.objects.live().public().descendant_of(below)
    return found.order_by("-published_on", "-first_published_at")


def _card(petition: Petition) -> PetitionCard:
    return PetitionCard(
        title=petition.title,
        asked_of=petition.asked_of,
        url=reverse("actions:petition", args=[petition.slug]),
        language=petition.language,
        goal=petition.goal,
        count=petition.confirmed,
        outcome=petition.outcome,
    )


def _link(page: Page, home: Page) -> Link:
    return Link(label=page.title, url=f"/{page.slug}/" if page.pk != home.pk else "/")
