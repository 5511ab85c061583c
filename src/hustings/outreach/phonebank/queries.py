"""A phone bank in figures that must agree, its callers, and what came of each person."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from hustings.accounts.access import Right, scope_of, with_areas_inside
from hustings.accounts.models import User
from hustings.basics.clock import UK, uk_date
from hustings.clearance.models import ClearanceVerdict
from hustings.clearance.rules.gate import Channel
from hustings.clearance.rules.reason_words import words_of
from hustings.contacts.models import Intention, Issue
from hustings.contacts.queries import latest_intention
from hustings.elections.models import Party
from hustings.outreach.conversations.queries import AgreedCount, agreed_counts
from hustings.outreach.conversations.rules.agreements import kinds_of
from hustings.outreach.conversations.rules.answers import answer_value
from hustings.outreach.conversations.usecases.offer_words import signed, words_seen
from hustings.outreach.phonebank.models import (
    Call,
    CallResult,
    CallSheet,
    CallState,
    CallTry,
    PhoneBank,
    SheetLine,
)
from hustings.outreach.phonebank.rules.turns import CALLED, REACHED
from hustings.people.usecases.offers_of import Offer


@dataclass(frozen=True, kw_only=True)
class BankFigures:
    """A phone bank in numbers: `asked = cleared + refused`, and `cleared = waiting + held + done`.

    `by_result` counts those done by how it ended; `called` are people whose own number rang, `reached` those who were spoken to.
    """

    asked: int
    cleared: int
    refused: int
    refused_by_reason: Mapping[str, int]
    waiting: int
    held: int
    on_paper: int
    done: int
    by_result: Mapping[str, int]
    tries: int
    called: int
    reached: int

    @property
    def agree(self) -> bool:
        """Whether every person is accounted for."""
        return (
            self.asked == self.cleared + self.refused
            and self.cleared == self.waiting + self.held + self.done
            and self.done == sum(self.by_result.values())
        )


@dataclass(frozen=True, kw_only=True)
class CallerCount:
    """One caller's calls in figures."""

    user: User | None
    calls: int
    spoke: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """One person of the audience: refused at the start with the reason, or what came of them."""

    person: str
    name: str
    ward: str
    cleared: bool
    state: str
    result: str
    tries: int
    agreed: tuple[str, ...]
    reason: str
    verdict: str


def figures_of(*, bank: PhoneBank) -> BankFigures | None:
    """The figures of a phone bank that was opened; None before."""
    if bank.clearance is None:
        return None
    calls = Call.objects.filter(bank=bank)
    states = dict(calls.order_by().values_list("state").annotate(number=Count("pk")))
    done = calls.filter(state=CallState.DONE).order_by().values_list("result")
    return BankFigures(
        asked=bank.clearance.asked,
        cleared=bank.clearance.cleared,
        refused=bank.clearance.refused,
        refused_by_reason=bank.clearance.counts,
        waiting=states.get(CallState.WAITING, 0),
        held=states.get(CallState.HELD, 0),
        on_paper=calls.filter(state=CallState.HELD).exclude(sheet=None).count(),
        done=states.get(CallState.DONE, 0),
        by_result=dict(done.annotate(number=Count("pk")).order_by("-number", "result")),
        tries=CallTry.objects.filter(call__bank=bank).count(),
        called=people_called(bank=bank, results=CALLED).count(),
        reached=people_called(bank=bank, results=REACHED).count(),
    )


def people_called(*, bank: PhoneBank, results: frozenset[str] | frozenset[object]) -> QuerySet[Call]:
    """The rows of whom at least one try ended in one of these ways, each once."""
    tries = CallTry.objects.filter(call__bank=bank, result__in=[str(result) for result in results])
    return Call.objects.filter(pk__in=tries.values("call"))


def callers_of(*, bank: PhoneBank) -> list[CallerCount]:
    """Whoever rang or accepted to ring, those with most calls first."""
    counted = {
        row["by"]: row
        for row in CallTry.objects.filter(call__bank=bank)
        .order_by()
        .values("by")
        .annotate(calls=Count("pk"), spoke=Count("pk", filter=Q(result=CallResult.SPOKE)), last=Max("at"))
    }
    ids = {*counted, *bank.callers.values_list("user", flat=True)} - {None}
    users = User.objects.in_bulk(list(ids))
    found = [
        CallerCount(
            user=users.get(pk),
            calls=counted[pk]["calls"] if pk in counted else 0,
            spoke=counted[pk]["spoke"] if pk in counted else 0,
            last_at=counted[pk]["last"] if pk in counted else None,
        )
        for pk in (*ids, *([None] if None in counted else []))
    ]
    return sorted(found, key=lambda one: (-one.calls, str(one.user)))


def agreed_of(*, bank: PhoneBank) -> list[AgreedCount]:
    """How many of those rung agreed to what; small counts are not told."""
    return agreed_counts(rows=CallTry.objects.filter(call__bank=bank), subject="call")


def sheets_of(*, bank: PhoneBank) -> QuerySet[CallSheet]:
    """The call lists on paper, newest first, each with how many lines it has and how many came back."""
    tries = CallTry.objects.filter(sheet__isnull=False)
    return (
        CallSheet.objects.filter(bank=bank)
        .annotate(lines_made=Count("lines", distinct=True))
        .annotate(lines_back=Count("lines", filter=Q(lines__token__in=tries.values("token")), distinct=True))
        .order_by("-made_at", "-pk")
    )


def held_lines(*, sheet: CallSheet) -> QuerySet[SheetLine]:
    """The lines of a sheet whose people it still holds."""
    return sheet.lines.filter(call__sheet=sheet, call__state=CallState.HELD)


def keyed_tokens(*, sheet: CallSheet) -> set[UUID]:
    """The tokens of the lines of a sheet that were keyed in."""
    keyed = CallTry.objects.filter(token__in=sheet.lines.values("token"))
    return set(keyed.values_list("token", flat=True))


@dataclass(frozen=True, kw_only=True)
class SheetSigns:
    """What each letter and number on a sheet stands for, as when it was printed; `offers` are what can be agreed to."""

    parties: Sequence[tuple[str, Party]]
    issues: Sequence[tuple[str, Issue]]
    offers: Sequence[tuple[str, str, Offer]] = ()

    @property
    def of_votes(self) -> dict[str, str]:
        """The sign of each answer about the vote, by the word with which a form sends it."""
        return {
            **{answer_value(choice="party", party_id=party.pk): sign for sign, party in self.parties},
            "undecided": "U",
            "not_voting": "0",
            "wont_say": "W",
        }

    @property
    def of_offers(self) -> dict[str, str]:
        """The sign of each thing that can be agreed to, by what a form sends for it."""
        return {offer.value: sign for sign, _name, offer in self.offers}

    @property
    def of_issues(self) -> dict[int, str]:
        """The sign of each matter by its id."""
        return {issue.pk: sign for sign, issue in self.issues}


def signs_of(*, sheet: CallSheet) -> SheetSigns:
    """The parties and matters on a sheet with their signs; what was removed since is left out."""
    parties = Party.objects.in_bulk([pk for _sign, pk in sheet.parties])
    issues = Issue.objects.in_bulk([pk for _sign, pk in sheet.issues])
    return SheetSigns(
        parties=[(sign, parties[pk]) for sign, pk in sheet.parties if pk in parties],
        issues=[(sign, issues[pk]) for sign, pk in sheet.issues if pk in issues],
        offers=signed(offers=words_seen(wording_ids=sheet.wordings)),
    )


def said_before(*, call: Call, user: User, now: datetime) -> Intention | None:
    """What the person said about their vote last time: only for whoever may see contacts of the place."""
    if not scope_of(user=user, right=Right.SEE_CONTACTS, on=uk_date(now)).covers(code=call.bank.area_id):
        return None
    return latest_intention(person_id=call.person_id)


def result_rows(*, bank: PhoneBank) -> Iterator[ResultRow]:
    """Everybody of the audience by id: those the gate refused with its reason, and what came of the others."""
    if bank.clearance_id is None:
        return
    calls = {
        call.person_id: call
        for call in Call.objects.filter(bank=bank).select_related("person", "person__ward").iterator()
    }
    agreed: dict[int, str] = {}
    for call_id, signs in (
        CallTry.objects.filter(call__bank=bank).exclude(agreed="").values_list("call", "agreed")
    ):
        agreed[call_id] = agreed.get(call_id, "") + signs
    verdicts = ClearanceVerdict.objects.filter(clearance=bank.clearance_id, elector=None).select_related(
        "person", "person__ward"
    )
    for verdict in verdicts.order_by("person_id").iterator(chunk_size=2_000):
        person = verdict.person
        assert person is not None, "a phone bank asks the gate about people"
        call = calls.get(person.pk)
        reason = verdict.reason or (call.reason if call else "")
        yield ResultRow(
            person=str(person.public_id),
            name="" if person.erased_at else str(person),
            ward=person.ward.name if person.ward else "",
            cleared=not verdict.reason,
            state=call.state if call else "",
            result=call.result if call else "",
            tries=call.tries if call else 0,
            agreed=kinds_of(signs=agreed.get(call.pk, "") if call else ""),
            reason=reason,
            verdict=words_of(reason=reason, channel=Channel.CALL) if reason else "",
        )


def banks_ringing(*, first: date, last: date, codes: frozenset[str]) -> list[PhoneBank]:
    """The phone banks that were open on one of these days, and whose place overlaps one of these (empty: any place)."""
    starts, ends = (datetime.combine(day, time(), UK) for day in (first, last + timedelta(days=1)))
    found = PhoneBank.objects.filter(
        Q(closed_at=None) | Q(closed_at__gte=starts), opened_at__lt=ends
    ).select_related("area")
    inside = with_areas_inside(codes=codes)
    return [
        bank
        for bank in found.order_by("pk")
        if not codes
        or bank.area_id is None
        or bank.area_id in inside
        or codes & with_areas_inside(codes=frozenset({bank.area_id}))
    ]
