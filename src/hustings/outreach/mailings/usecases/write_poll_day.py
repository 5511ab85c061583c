"""The opening of a get-out-the-vote message for one election, from the dated tables and the list of candidates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from hustings.basics.refusals import Refusal, gettext_noop
from hustings.basics.tables import NoRuleInForce
from hustings.elections.models import Candidacy, Election
from hustings.elections.rules.polling import polling_hours, voter_id_rule
from hustings.outreach.mailings.rules.poll_day import PollDay, close_of_poll, poll_day_lead
from hustings.places.models import Area


class NoSuchPoll(Refusal):
    """The tables know no poll of this kind in this nation on this day, or it is over."""


@dataclass(frozen=True, kw_only=True)
class PollDayWords:
    """What opens the message, and the close of poll, after which nothing of it may go out. `warning` names a doubt."""

    lead: str
    closes_at: datetime
    warning: str


def write_poll_day(
    *, election: Election, nation: str, area: Area | None, now: datetime, language: str = "en-gb"
) -> PollDayWords:
    """The opening lines, in a language, and the close of poll; candidates are named where the place has one contest.

    Raises `NoSuchPoll` where no rule is in force or stations have closed.
    """
    try:
        hours = polling_hours(on=election.poll_on)
        identity = voter_id_rule(
            on=election.poll_on, nation=nation.replace("-", "_"), election_kind=election.kind
        )
    except NoRuleInForce as problem:
        raise NoSuchPoll(
            "no_rule",
            gettext_noop("The tables do not know this poll: {why} Choose another election or nation."),
            why=str(problem),
        ) from problem
    closes_at = close_of_poll(on=election.poll_on, closes=hours.closes)
    if now >= closes_at:
        raise NoSuchPoll(
            "over", gettext_noop("This poll has closed. Choose an election that is still to come.")
        )
    names, where = _standing(election, area)
    facts = PollDay(
        title=election.title,
        on=election.poll_on,
        opens=hours.opens,
        closes=hours.closes,
        needs_photo_id=identity.is_required,
        documents=_commonest_first(identity.documents),
        candidates=names,
        where=where,
    )
    with override(language):
        lead = poll_day_lead(facts=facts, day=date_format(election.poll_on, "l j F Y"), told=_)
    return PollDayWords(lead=lead, closes_at=closes_at, warning=identity.warning)


#: What most people have, by a word in its name; any other accepted document comes after.
_COMMON = ("passport", "driving licence", "bus pass", "blue badge")


def _commonest_first(documents: Iterable[str]) -> list[str]:
    """The accepted documents as they read within a sentence, those first that most people have."""

    def turn(name: str) -> int:
        found = (place for place, word in enumerate(_COMMON) if word in name.casefold())
        return next(found, len(_COMMON))

    return [
        name[0].lower() + name[1:] if name.startswith(("A ", "An ")) else name
        for name in sorted(documents, key=turn)
    ]


def _standing(election: Election, area: Area | None) -> tuple[list[str], str]:
    """The candidates of the one contest that covers the place; nobody where there are several, or none is known."""
    if area is None:
        return [], ""
    here = Candidacy.objects.filter(
        Q(contest__area=area) | Q(contest__area=area.parent_id), contest__election=election
    )
    contests = {
        candidacy.contest_id: candidacy.contest.area_name for candidacy in here.select_related("contest")
    }
    if len(contests) != 1:
        return [], ""
    return [candidacy.name for candidacy in here], next(iter(contests.values()))
