"""What a caller or canvasser is given to ask and to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from hustings.accounts.models import Organisation
from hustings.accounts.rules.opinions import needs_explicit_consent
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.contacts.models import Intention, Issue
from hustings.elections.models import Candidacy, Election, Party
from hustings.outreach.conversations.rules.agreements import ASKS, count_told
from hustings.outreach.conversations.rules.words import spoken_words
from hustings.places.models import Area
from hustings.platform import wiring


class NoSuchIssue(Refusal):
    """No matter has this name."""


#: Past this many, a list of parties is no choice on a small screen any more.
MOST_PARTIES = 20


def words_to_say(*, channel: str, on: date) -> list[str]:
    """The short words on privacy by phone (`call`) or at the door (`door`), in the language in use."""
    organisation = Organisation.objects.first()
    if organisation is None:
        return []
    notice = wiring.privacy_notice_url()
    if notice.startswith("/"):
        notice = f"{settings.HUSTINGS_ADDRESS.rstrip('/')}{notice}"
    keeps = (
        needs_explicit_consent(is_registered_party=organisation.is_registered_party, on=on) is None
        and organisation.is_registered_party
    )
    return [
        _(sentence).format(organisation=organisation.name, address=where)
        for sentence, where in spoken_words(
            channel=channel, address=organisation.address, notice=notice, keeps_opinions=keeps
        )
    ]


def parties_to_ask(*, election: Election | None, area: Area | None) -> list[Party]:
    """The parties that may be answered: those that stand in the area at that election, or else anywhere at it.

    Without an election, or before anybody is nominated, those that stood or stand here for us or that people named lately.
    """
    if election is not None:
        standing = Candidacy.objects.filter(contest__election=election, party=OuterRef("pk"))
        if area is not None:
            here = standing.filter(Q(contest__area=area) | Q(contest__area=area.parent_id))
            found = list(Party.objects.filter(Exists(here)).order_by("name")[:MOST_PARTIES])
            if found:
                return found
        found = list(Party.objects.filter(Exists(standing)).order_by("name")[:MOST_PARTIES])
        if found:
            return found
    said = Intention.objects.filter(party=OuterRef("pk"), is_latest=True)
    ours = Candidacy.objects.filter(party=OuterRef("pk"), is_ours=True)
    return list(Party.objects.filter(Exists(said) | Exists(ours)).order_by("name")[:MOST_PARTIES])


def issues_to_ask() -> list[Issue]:
    """The matters that may be raised, by name."""
    return list(Issue.objects.order_by("name"))


def issues_named(*, names: Sequence[str]) -> list[Issue]:
    """The matters of these names, whatever their case. Raises `NoSuchIssue`."""
    known = {issue.name.casefold(): issue for issue in issues_to_ask()}
    for name in names:
        if name.strip().casefold() not in known:
            raise NoSuchIssue(
                "issue",
                gettext_noop("There is no matter called “{name}”. There are: {known}."),
                name=name,
                known=", ".join(issue.name for issue in known.values()) or "–",
            )
    return [known[name.strip().casefold()] for name in names]


@dataclass(frozen=True, kw_only=True)
class AgreedCount:
    """How many people agreed to one thing aloud; `people` is None for fewer than ten; “anything” is at least one."""

    kind: str
    name: str
    people: int | None


def agreed_counts(*, rows: "QuerySet[Any]", subject: str) -> list[AgreedCount]:
    """How many different `subject`s of these rows (tries, doors) agreed to what; small counts are not told.

    What nobody agreed to has no line.
    """
    wanted = {"anything": ~Q(agreed="")} | {ask.sign: Q(agreed__contains=ask.sign) for ask in ASKS}
    found = rows.order_by().aggregate(
        **{f"n_{key}": Count(subject, distinct=True, filter=condition) for key, condition in wanted.items()}
    )
    names = [("anything", "anything", _("anything"))]
    names += [(ask.sign, ask.channel or ask.purpose, _(ask.name)) for ask in ASKS]
    return [
        AgreedCount(kind=kind, name=name, people=count_told(people=found[f"n_{key}"]))
        for key, kind, name in names
        if found[f"n_{key}"]
    ]
