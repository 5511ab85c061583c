"""Call lists on paper: held until a day, keyed once, and objections made meanwhile win."""

from datetime import date, datetime, timedelta

import pytest

from hustings.accounts.access import NotAllowed
from hustings.contacts.models import Contact, Intention
from hustings.outreach.conversations.rules.answers import Answer, Wish
from hustings.outreach.phonebank.models import Call, CallResult, CallSheet, CallState, CallTry, PhoneBank
from hustings.outreach.phonebank.queries import figures_of, sheets_of
from hustings.outreach.phonebank.usecases.answer_call import Said, answer_call
from hustings.outreach.phonebank.usecases.key_sheet import WrongDay, key_sheet
from hustings.outreach.phonebank.usecases.make_sheet import NoSheet, end_sheet, make_sheet
from hustings.outreach.phonebank.usecases.take_call import take_next_call
from hustings.people.models import Person
from hustings.people.queries import suppressed_person_ids
from hustings.people.usecases.object_to_contact import object_to_contact
from tests.cast import Cast
from tests.outreach.phonebank.banks import make_open_bank

pytestmark = pytest.mark.django_db
BACK = date(2026, 4, 2)


@pytest.fixture
def bank(cast: Cast, now: datetime) -> PhoneBank:
    return make_open_bank(cast=cast, now=now)


def _sheet(cast: Cast, bank: PhoneBank, now: datetime, lines: int = 2) -> CallSheet:
    return make_sheet(
        bank=bank, for_name="Mrs Quiverful", lines=lines, return_by=BACK, by=cast.alice, now=now
    )


def test_a_sheet_holds_its_people_until_the_end_of_its_day(
    cast: Cast, bank: PhoneBank, now: datetime
) -> None:
    sheet = _sheet(cast, bank, now)
    assert [line.number for line in sheet.lines.all()] == [1, 2]
    on_paper = {line.call_id for line in sheet.lines.all()}
    taken = take_next_call(bank=bank, by=cast.bob, now=now)
    assert taken is not None
    assert taken.call.pk not in on_paper
    figures = figures_of(bank=bank)
    assert figures is not None
    assert (figures.held, figures.on_paper, figures.agree) == (3, 2, True)
    answer_call(ticket=taken.ticket, said=Said(result="spoke"), by=cast.bob, now=now)
    # 2 April ends at midnight by the wall clock, eleven in the evening by UTC: in the morning after, they come back.
    assert take_next_call(bank=bank, by=cast.bob, now=datetime(2026, 4, 2, 19, 0, tzinfo=now.tzinfo)) is None
    again = take_next_call(bank=bank, by=cast.bob, now=datetime(2026, 4, 3, 8, 0, tzinfo=now.tzinfo))
    assert again is not None
    assert again.call.pk in on_paper


def test_the_gate_is_asked_about_each_before_a_name_is_printed(
    cast: Cast, bank: PhoneBank, now: datetime
) -> None:
    fiona = Person.objects.earliest("pk")
    object_to_contact(person=fiona, source="letter", now=now)
    sheet = _sheet(cast, bank, now, lines=3)
    assert {line.call.person_id for line in sheet.lines.all()} == set(
        Person.objects.exclude(pk=fiona.pk).values_list("pk", flat=True)
    )


def test_a_keyed_sheet_counts_once_and_a_faulty_line_stops_no_other(
    cast: Cast, bank: PhoneBank, now: datetime
) -> None:
    sheet = _sheet(cast, bank, now)
    lines = {
        1: Said(result="spoke", answer=Answer(choice="undecided")),
        2: Said(result="no_answer", answer=Answer(choice="undecided")),
        9: Said(result="spoke"),
    }
    later = now + timedelta(days=1)
    keyed = key_sheet(sheet=sheet, rung_on=now.date(), lines=lines, by=cast.bob, now=later)
    assert list(keyed.kept) == [1]
    assert {number: fault.code for number, fault in keyed.refused.items()} == {2: "answer", 9: "line"}
    mended = {1: lines[1], 2: Said(result="no_answer")}
    keyed = key_sheet(sheet=sheet, rung_on=now.date(), lines=mended, by=cast.bob, now=later)
    assert [keyed.kept[number].is_new for number in (1, 2)] == [False, True]
    assert (Contact.objects.count(), Intention.objects.count(), CallTry.objects.count()) == (2, 1, 2)
    assert Contact.objects.earliest("pk").at.date() == now.date()
    (listed,) = sheets_of(bank=bank)
    assert (listed.lines_made, listed.lines_back) == (2, 2)  # type: ignore[attr-defined]


def test_an_objection_made_since_the_print_wins_over_answers_on_paper(
    cast: Cast, bank: PhoneBank, now: datetime
) -> None:
    sheet = _sheet(cast, bank, now, lines=1)
    person = sheet.lines.get().call.person
    object_to_contact(person=person, source="own page", now=now + timedelta(hours=5))
    said = {1: Said(result="spoke", answer=Answer(choice="undecided"))}
    keyed = key_sheet(sheet=sheet, rung_on=now.date(), lines=said, by=cast.bob, now=now + timedelta(days=1))
    assert [fault.code for fault in keyed.kept[1].not_kept] == ["objected"]
    assert not Intention.objects.exists()


def test_an_objection_on_paper_holds_though_somebody_else_reached_them_since(
    cast: Cast, bank: PhoneBank, now: datetime
) -> None:
    Call.objects.exclude(pk=Call.objects.order_by("pk")[0].pk).delete()
    sheet = _sheet(cast, bank, now, lines=1)
    after = datetime(2026, 4, 3, 8, 0, tzinfo=now.tzinfo)
    taken = take_next_call(bank=bank, by=cast.bob, now=after)
    assert taken is not None
    answer_call(ticket=taken.ticket, said=Said(result="spoke"), by=cast.bob, now=after)
    said = {1: Said(result="objected", wish=Wish.NOT_THIS_WAY)}
    keyed = key_sheet(sheet=sheet, rung_on=now.date(), lines=said, by=cast.bob, now=after)
    assert keyed.kept[1].is_new
    call = Call.objects.get()
    assert (call.state, call.result) == (CallState.DONE, CallResult.SPOKE)
    stopped = suppressed_person_ids(person_ids=[call.person_id], channel="call", purpose="campaign")
    assert call.person_id in stopped.definite


def test_a_sheet_that_is_back_gives_the_rest_back(cast: Cast, bank: PhoneBank, now: datetime) -> None:
    sheet = _sheet(cast, bank, now, lines=3)
    assert take_next_call(bank=bank, by=cast.bob, now=now) is None
    key_sheet(sheet=sheet, rung_on=now.date(), lines={1: Said(result="spoke")}, by=cast.bob, now=now)
    assert end_sheet(sheet=sheet, by=cast.alice, now=now) == 2
    assert end_sheet(sheet=sheet, by=cast.alice, now=now) == 0
    assert take_next_call(bank=bank, by=cast.bob, now=now) is not None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"for_name": " "}, "name"),
        ({"lines": 0}, "lines"),
        ({"lines": 41}, "lines"),
        ({"return_by": date(2026, 3, 29)}, "day"),
        ({"return_by": date(2026, 4, 14)}, "day"),
    ],
)
def test_what_makes_no_sheet_holds_nobody(
    cast: Cast, bank: PhoneBank, now: datetime, given: dict[str, object], code: str
) -> None:
    asked = {
        "bank": bank,
        "for_name": "Ann",
        "lines": 2,
        "return_by": BACK,
        "by": cast.alice,
        "now": now,
        **given,
    }
    with pytest.raises(NoSheet) as refused:
        make_sheet(**asked)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert not Call.objects.filter(state=CallState.HELD).exists()


def test_bob_prints_nothing_and_charlie_keys_nothing(cast: Cast, bank: PhoneBank, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        make_sheet(bank=bank, for_name="Ann", lines=2, return_by=BACK, by=cast.bob, now=now)
    sheet = _sheet(cast, bank, now)
    with pytest.raises(NotAllowed):
        key_sheet(sheet=sheet, rung_on=now.date(), lines={1: Said(result="spoke")}, by=cast.charlie, now=now)
    with pytest.raises(NotAllowed):
        end_sheet(sheet=sheet, by=cast.charlie, now=now)


def test_a_day_before_the_print_or_after_today_is_refused(cast: Cast, bank: PhoneBank, now: datetime) -> None:
    sheet = _sheet(cast, bank, now)
    for day in (date(2026, 3, 29), date(2026, 3, 31)):
        with pytest.raises(WrongDay):
            key_sheet(sheet=sheet, rung_on=day, lines={1: Said(result="spoke")}, by=cast.bob, now=now)
