"""The deadlines before a poll.

Dates come from the library uk-election-timetables where it knows the event, and from our own table of
working days for the rest. Where both speak and differ the earlier day is taken, since acting too early harms
nobody, and a warning tells both. An official notice, once somebody has entered it, stands above all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from uk_election_timetables.calendars import Country, UnitedKingdomBankHolidays
from uk_election_timetables.election import Election as LibraryElection
from uk_election_timetables.election import TimetableEvent
from uk_election_timetables.election_ids import from_election_id

from hustings.basics.clock import UK
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.basics.tables import Entry, NoRuleInForce
from hustings.basics.working_days import WorkingDays
from hustings.elections.rules.ids import ElectionId, parse_election_id
from hustings.elections.rules.polling import polling_hours, table, voter_id_rule

LIBRARY = "uk-election-timetables"


class DeadlineEvent(StrEnum):
    """What has to be done, or may be done, by a deadline."""

    NOTICE_OF_ELECTION = "notice_of_election"
    NOMINATIONS_CLOSE = "nominations_close"
    PERSONS_NOMINATED = "persons_nominated"
    REGISTRATION = "registration"
    POSTAL_VOTE = "postal_vote"
    PROXY_VOTE = "proxy_vote"
    VOTER_AUTHORITY_CERTIFICATE = "voter_authority_certificate"
    NOTICE_OF_POLL = "notice_of_poll"
    AGENTS_APPOINTED = "agents_appointed"
    LOST_POSTAL_PACKS = "lost_postal_packs"
    EMERGENCY_PROXY = "emergency_proxy"
    POLL_OPENS = "poll_opens"
    POLL_CLOSES = "poll_closes"


LABELS = {
    DeadlineEvent.NOTICE_OF_ELECTION: gettext_noop("Last day for the notice of election"),
    DeadlineEvent.NOMINATIONS_CLOSE: gettext_noop("Nominations close"),
    DeadlineEvent.PERSONS_NOMINATED: gettext_noop("Statement of persons nominated is published"),
    DeadlineEvent.REGISTRATION: gettext_noop("Last moment to register to vote"),
    DeadlineEvent.POSTAL_VOTE: gettext_noop("Last moment to apply for or change a postal vote"),
    DeadlineEvent.PROXY_VOTE: gettext_noop("Last moment to apply for a proxy vote"),
    DeadlineEvent.VOTER_AUTHORITY_CERTIFICATE: gettext_noop(
        "Last moment to apply for a Voter Authority Certificate"
    ),
    DeadlineEvent.NOTICE_OF_POLL: gettext_noop("Notice of poll is published"),
    DeadlineEvent.AGENTS_APPOINTED: gettext_noop("Last day to appoint polling and counting agents"),
    DeadlineEvent.LOST_POSTAL_PACKS: gettext_noop("Lost postal packs are replaced from this day"),
    DeadlineEvent.EMERGENCY_PROXY: gettext_noop(
        "Last moment for an emergency proxy and for replacing a postal pack"
    ),
    DeadlineEvent.POLL_OPENS: gettext_noop("Polling stations open"),
    DeadlineEvent.POLL_CLOSES: gettext_noop("Polling stations close"),
}

_BY_LIBRARY = {
    DeadlineEvent.NOTICE_OF_ELECTION: TimetableEvent.NOTICE_OF_ELECTION_DEADLINE,
    DeadlineEvent.NOMINATIONS_CLOSE: TimetableEvent.CLOSE_OF_NOMINATIONS,
    DeadlineEvent.PERSONS_NOMINATED: TimetableEvent.SOPN_PUBLISH_DEADLINE,
    DeadlineEvent.REGISTRATION: TimetableEvent.REGISTRATION_DEADLINE,
    DeadlineEvent.POSTAL_VOTE: TimetableEvent.POSTAL_VOTE_APPLICATION_DEADLINE,
    DeadlineEvent.VOTER_AUTHORITY_CERTIFICATE: TimetableEvent.VAC_APPLICATION_DEADLINE,
}
_USUAL_HOURS = {
    DeadlineEvent.NOMINATIONS_CLOSE: time(16),
    DeadlineEvent.PERSONS_NOMINATED: time(16),
    DeadlineEvent.POSTAL_VOTE: time(17),
    DeadlineEvent.VOTER_AUTHORITY_CERTIFICATE: time(17),
}
_END_OF_DAY = time(23, 59)
_COUNTRIES = {
    "england": Country.ENGLAND,
    "wales": Country.WALES,
    "scotland": Country.SCOTLAND,
    "northern_ireland": Country.NORTHERN_IRELAND,
}
_ONE_NATION = {
    "gla": "england",
    "sp": "scotland",
    "senedd": "wales",
    "naw": "wales",
    "nia": "northern_ireland",
}

_DIFFERS = gettext_noop(
    "Our reckoning gives {ours} and the library {library}; the earlier is shown. Check the official notice."
)
_LIBRARY_ALONE = gettext_noop(
    "This day is by the library uk-election-timetables alone. Check the official notice."
)


class NationNeeded(Refusal):
    """An election of this kind is held in more than one nation, whose timetables differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One deadline: the moment in United Kingdom time, what it rests on, and whether that is confirmed.

    `rule` is the id of the table's entry, the name of the library, or the official notice.
    """

    event: DeadlineEvent
    at: datetime
    rule: str
    is_confirmed: bool
    warning: str = ""
    is_official: bool = False

    @property
    def on(self) -> date:
        """The day in the United Kingdom."""
        return self.at.astimezone(UK).date()

    @property
    def label(self) -> str:
        """What happens, in English; pages translate it."""
        return LABELS[self.event]


def bank_holidays(*, nation: str) -> frozenset[date]:
    """Every bank holiday of a nation that the library knows (2012 to 2028)."""
    matchers = UnitedKingdomBankHolidays().from_country(_COUNTRIES[nation]).exempted_dates()
    return frozenset(date(found.year, found.month, found.day) for found in matchers)


def working_days(*, nations: Iterable[str], years: Iterable[int]) -> WorkingDays:
    """The working days of an election's timetable: no weekend, no Christmas Eve, no bank holiday of these nations."""
    days = {date(year, 12, 24) for year in years}
    for nation in nations:
        days |= bank_holidays(nation=nation)
    return WorkingDays(frozenset(days))


def deadlines_of(*, election_id: str, nation: str = "") -> tuple[Deadline, ...]:
    """Every deadline of an election, in order of time.

    `nation` is needed for elections that several nations hold on different timetables; a general election
    without it is taken as in England. Raises `NotAnElectionId` and `NationNeeded`.
    """
    election = parse_election_id(election_id)
    nation = _ONE_NATION.get(election.kind, nation) or (
        "england" if election.kind in {"parl", "mayor", "pcc"} else ""
    )
    if nation not in _COUNTRIES:
        raise NationNeeded(
            "nation_needed",
            gettext_noop(
                "Say in which nation {election} is held: england, wales, scotland or northern_ireland."
            ),
            election=election_id,
        )
    library = from_election_id(election_id.removesuffix(".notional"), _COUNTRIES[nation])
    found = [
        deadline
        for event in DeadlineEvent
        if (deadline := _deadline(event, election, nation, library)) is not None
    ]
    return tuple(sorted(found, key=lambda deadline: (deadline.at, list(DeadlineEvent).index(deadline.event))))


def _deadline(
    event: DeadlineEvent, election: ElectionId, nation: str, library: LibraryElection
) -> Deadline | None:
    if event in {DeadlineEvent.POLL_OPENS, DeadlineEvent.POLL_CLOSES}:
        hours = polling_hours(on=election.poll_on)
        opens_or_closes = hours.opens if event is DeadlineEvent.POLL_OPENS else hours.closes
        return _made(event, election.poll_on, opens_or_closes, hours.entry)
    if event is DeadlineEvent.VOTER_AUTHORITY_CERTIFICATE and not _needs_identity(election, nation):
        return None
    entry = _entry(event, election, nation)
    theirs = _library_day(event, library)
    if entry is None:
        if theirs is None:
            return None
        at = datetime.combine(theirs, _USUAL_HOURS.get(event, _END_OF_DAY), UK)
        return Deadline(event=event, at=at, rule=LIBRARY, is_confirmed=False, warning=_LIBRARY_ALONE)
    ours = _our_day(entry, election.poll_on, nation)
    hour = time.fromisoformat(entry.text("at"))
    if theirs is None or theirs == ours:
        return _made(event, ours, hour, entry)
    at = datetime.combine(min(ours, theirs), hour, UK)
    warning = _DIFFERS.format(ours=ours.isoformat(), library=theirs.isoformat())
    return Deadline(event=event, at=at, rule=entry.id, is_confirmed=False, warning=warning)


def _made(event: DeadlineEvent, on: date, hour: time, entry: Entry) -> Deadline:
    return Deadline(
        event=event,
        at=datetime.combine(on, hour, UK),
        rule=entry.id,
        is_confirmed=entry.is_confirmed,
        warning=entry.warning,
    )


def _entry(event: DeadlineEvent, election: ElectionId, nation: str) -> Entry | None:
    place = "uk" if election.kind == "parl" else nation
    try:
        return table("timetable").entry(
            on=election.poll_on, event=event, election=election.kind, nation=place
        )
    except NoRuleInForce:
        return None


def _our_day(entry: Entry, poll_on: date, nation: str) -> date:
    nations = list(_COUNTRIES) if entry.text("calendar") == "kingdom" else [nation]
    calendar = working_days(nations=nations, years=[poll_on.year - 1, poll_on.year])
    return calendar.before(poll_on, entry.integer("days"))


def _library_day(event: DeadlineEvent, library: LibraryElection) -> date | None:
    if event not in _BY_LIBRARY:
        return None
    try:
        return library.get_date_for_event_type(_BY_LIBRARY[event])  # type: ignore[no-any-return]  # the library is untyped
    except KeyError:
        return None


def _needs_identity(election: ElectionId, nation: str) -> bool:
    try:
        return voter_id_rule(on=election.poll_on, nation=nation, election_kind=election.kind).is_required
    except NoRuleInForce:
        return False


def last_day_moved(*, on: date, nation: str) -> date:
    """A last day that falls on a weekend or bank holiday moves to the next working day (returns: rules 2.6)."""
    return working_days(nations=[nation], years=[on.year, (on + timedelta(days=14)).year]).on_or_after(on)
