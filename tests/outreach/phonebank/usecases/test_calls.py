"""Callers: nobody is rung by two, what is said counts once, and whoever objects is not rung again."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections

from hustings.accounts.access import NotAllowed
from hustings.accounts.models import User
from hustings.contacts.models import Contact, Intention
from hustings.outreach.conversations.rules.answers import Answer, Wish
from hustings.outreach.phonebank.models import Call, CallResult, CallState, CallTry, PhoneBank
from hustings.outreach.phonebank.queries import callers_of, figures_of, said_before
from hustings.outreach.phonebank.usecases.answer_call import Said, WrongResult, answer_call
from hustings.outreach.phonebank.usecases.change_bank import close_bank
from hustings.outreach.phonebank.usecases.take_call import (
    LEASE,
    CannotRing,
    NotYourCall,
    Taken,
    accept_words,
    give_back,
    take_next_call,
)
from hustings.people.models import ContactPoint, Person
from hustings.people.queries import suppressed_person_ids
from hustings.people.usecases.object_to_contact import object_to_contact
from tests.cast import Cast, make_user
from tests.outreach.phonebank.banks import add_number, make_bank, make_open_bank, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(cast: Cast, now: datetime) -> PhoneBank:
    return make_open_bank(cast=cast, now=now)


def _taken(bank: PhoneBank, user: User, now: datetime) -> Taken:
    taken = take_next_call(bank=bank, by=user, now=now)
    assert taken is not None
    return taken


@pytest.fixture
def bea(cast: Cast, bank: PhoneBank, now: datetime) -> User:
    user = make_user(name="Bea", role="volunteer", area=cast.east)
    accept_words(bank=bank, by=user, now=now)
    return user


def test_two_callers_never_get_the_same_person(cast: Cast, bank: PhoneBank, bea: User, now: datetime) -> None:
    people = {_taken(bank, user, now).call.person_id for user in (cast.bob, bea)}
    assert len(people) == 2
    # Pressing again gives nobody a second person.
    assert {_taken(bank, user, now).call.person_id for user in (cast.bob, bea)} == people


@pytest.mark.django_db(transaction=True)
def test_two_callers_who_press_at_the_same_moment(
    cast: Cast, bank: PhoneBank, bea: User, now: datetime
) -> None:
    """On both databases: six callers at once for three people; three get one each, and three get nobody."""
    users = [cast.bob, bea, *(make_user(name=f"V{n}", role="volunteer", area=cast.east) for n in range(4))]
    for user in users[2:]:
        accept_words(bank=bank, by=user, now=now)
    got: list[int | None] = []
    gate = threading.Barrier(len(users))

    def press(user: User) -> None:
        gate.wait()
        try:
            taken = take_next_call(bank=bank, by=user, now=now)
            got.append(None if taken is None else taken.call.person_id)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=(user,)) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    people = [pk for pk in got if pk is not None]
    assert len(got) == 6
    assert len(people) == len(set(people)) == 3, (connection.vendor, got)


def test_a_lapsed_lease_gives_the_person_to_another_and_the_first_still_counts(
    cast: Cast, bank: PhoneBank, bea: User, now: datetime
) -> None:
    Call.objects.exclude(pk=Call.objects.order_by("pk")[0].pk).delete()
    first = _taken(bank, cast.bob, now)
    assert take_next_call(bank=bank, by=bea, now=now + LEASE - timedelta(seconds=1)) is None
    second = _taken(bank, bea, now + LEASE)
    assert second.call.pk == first.call.pk
    later = now + LEASE + timedelta(minutes=1)
    said = Said(result="spoke", answer=Answer(choice="undecided"))
    assert answer_call(ticket=first.ticket, said=said, by=cast.bob, now=later).is_new
    assert answer_call(ticket=second.ticket, said=Said(result="objected"), by=bea, now=later).is_new
    call = Call.objects.get()
    assert (call.state, call.result) == (CallState.DONE, CallResult.SPOKE)
    assert (
        call.person_id
        in suppressed_person_ids(person_ids=[call.person_id], channel="call", purpose="campaign").definite
    )


def test_what_is_sent_twice_counts_once(cast: Cast, bank: PhoneBank, now: datetime) -> None:
    taken = _taken(bank, cast.bob, now)
    said = Said(result="spoke", answer=Answer(choice="undecided"))
    assert answer_call(ticket=taken.ticket, said=said, by=cast.bob, now=now).is_new
    again = answer_call(ticket=taken.ticket, said=Said(result="no_answer"), by=cast.bob, now=now)
    assert not again.is_new
    assert (Contact.objects.count(), Intention.objects.count(), CallTry.objects.count()) == (1, 1, 1)
    assert Contact.objects.get().label == "Spring calls"


def test_nobody_answers_and_is_rung_again_until_the_tries_are_used_up(
    cast: Cast, bank: PhoneBank, now: datetime
) -> None:
    Call.objects.exclude(pk=Call.objects.order_by("pk")[0].pk).delete()
    for day in range(3):
        at = now + timedelta(days=day)
        taken = _taken(bank, cast.bob, at)
        answer_call(ticket=taken.ticket, said=Said(result="no_answer"), by=cast.bob, now=at)
        assert take_next_call(bank=bank, by=cast.bob, now=at + timedelta(hours=1)) is None
    call = Call.objects.get()
    assert (call.state, call.result, call.tries) == (CallState.DONE, CallResult.NO_ANSWER, 3)


def test_a_moment_they_named_comes_first(cast: Cast, bank: PhoneBank, now: datetime) -> None:
    taken = _taken(bank, cast.bob, now)
    at = now + timedelta(hours=3)
    answer_call(ticket=taken.ticket, said=Said(result="later", later_at=at), by=cast.bob, now=now)
    assert _taken(bank, cast.bob, now).call.pk != taken.call.pk
    give_back(ticket=_taken(bank, cast.bob, now).ticket, by=cast.bob, now=now)
    assert _taken(bank, cast.bob, at).call.pk == taken.call.pk
    assert Contact.objects.get().outcome == "attempted"


@pytest.mark.parametrize(
    ("hours", "code"),
    [(-1, "later"), (11, "hours"), (24 * 8, "later")],
    ids=["past", "night", "after the close"],
)
def test_a_moment_at_which_nobody_is_rung_is_refused(
    cast: Cast, now: datetime, hours: int, code: str
) -> None:
    bank = make_open_bank(cast=cast, now=now, closes_at=now + timedelta(days=7))
    taken = _taken(bank, cast.bob, now)
    with pytest.raises(WrongResult) as refused:
        answer_call(
            ticket=taken.ticket, said=Said(result="later", later_at=now + timedelta(hours=hours)), by=cast.bob, now=now
        )  # fmt: skip
    assert refused.value.code == code
    assert not CallTry.objects.exists()


def test_a_wrong_number_is_marked_and_the_next_one_is_rung(
    cast: Cast, bank: PhoneBank, now: datetime
) -> None:
    taken = _taken(bank, cast.bob, now)
    other = add_number(person=taken.call.person, number=77, now=now, is_preferred=False)
    answer_call(ticket=taken.ticket, said=Said(result="wrong_number"), by=cast.bob, now=now)
    taken.point.refresh_from_db()
    assert taken.point.unusable_reason == "wrong number"
    assert not Contact.objects.exists()
    call = Call.objects.get(pk=taken.call.pk)
    assert call.state == CallState.WAITING
    Call.objects.exclude(pk=call.pk).delete()
    again = _taken(bank, cast.bob, now)
    assert again.point == other
    answer_call(ticket=again.ticket, said=Said(result="wrong_number"), by=cast.bob, now=now)
    call.refresh_from_db()
    assert (call.state, call.result) == (CallState.DONE, CallResult.WRONG_NUMBER)
    assert not ContactPoint.objects.filter(person=call.person_id, unusable_at=None).exists()


def test_whoever_objects_is_never_rung_again_by_any_bank(cast: Cast, bank: PhoneBank, now: datetime) -> None:
    taken = _taken(bank, cast.bob, now)
    said = Said(result="objected", wish=Wish.NOT_AT_ALL)
    answer_call(ticket=taken.ticket, said=said, by=cast.bob, now=now)
    pk = taken.call.person_id
    assert pk in suppressed_person_ids(person_ids=[pk], channel="email", purpose="campaign").definite


def test_the_gate_is_asked_again_before_a_number_is_shown(cast: Cast, bank: PhoneBank, now: datetime) -> None:
    """Two objected since the bank was opened, by phone and by their own page: only the third is rung."""
    first, second, third = Person.objects.order_by("pk")
    object_to_contact(person=first, channel="call", source="own page", now=now)
    object_to_contact(person=second, source="letter", now=now)
    assert _taken(bank, cast.bob, now).call.person == third
    assert list(Call.objects.filter(result="refused").values_list("reason", flat=True)) == ["objected"] * 2
    figures = figures_of(bank=bank)
    assert figures is not None
    assert figures.agree


def test_an_objection_while_somebody_holds_them_takes_the_number_away(
    cast: Cast, bank: PhoneBank, now: datetime
) -> None:
    taken = _taken(bank, cast.bob, now)
    object_to_contact(person=taken.call.person, source="own page", now=now)
    assert _taken(bank, cast.bob, now).call.pk != taken.call.pk


def test_a_skip_gives_the_row_back_behind_the_others(
    cast: Cast, bank: PhoneBank, bea: User, now: datetime
) -> None:
    taken = _taken(bank, cast.bob, now)
    assert give_back(ticket=taken.ticket, by=cast.bob, now=now)
    assert not give_back(ticket=taken.ticket, by=cast.bob, now=now)
    assert _taken(bank, cast.bob, now).call.pk != taken.call.pk
    assert not CallTry.objects.exists()


def test_outside_the_hours_nobody_is_given_out(cast: Cast, bank: PhoneBank, now: datetime) -> None:
    for at in (datetime(2026, 3, 31, 7, 59, tzinfo=UTC), datetime(2026, 3, 31, 19, 30, tzinfo=UTC)):
        with pytest.raises(CannotRing) as refused:
            take_next_call(bank=bank, by=cast.bob, now=at)
        assert refused.value.code == "hours"
    assert _taken(bank, cast.bob, datetime(2026, 3, 31, 8, 0, tzinfo=UTC))


def test_the_words_are_accepted_first(cast: Cast, bank: PhoneBank, now: datetime) -> None:
    with pytest.raises(CannotRing, match="accept"):
        take_next_call(bank=bank, by=cast.alice, now=now)


def test_charlie_and_strangers_ring_nobody(cast: Cast, bank: PhoneBank, now: datetime) -> None:
    taken = _taken(bank, cast.bob, now)
    for user in (cast.charlie, cast.stranger, cast.tess):
        with pytest.raises(NotAllowed):
            accept_words(bank=bank, by=user, now=now)
        with pytest.raises(NotAllowed):
            take_next_call(bank=bank, by=user, now=now)
        with pytest.raises(NotYourCall):
            answer_call(ticket=taken.ticket, said=Said(result="spoke"), by=user, now=now)
        with pytest.raises(NotYourCall):
            give_back(ticket=taken.ticket, by=user, now=now)
    assert not CallTry.objects.exists()


def test_an_old_or_changed_ticket_is_none(cast: Cast, bank: PhoneBank, now: datetime) -> None:
    taken = _taken(bank, cast.bob, now)
    for ticket in ("", "nonsense", taken.ticket[:-1]):
        with pytest.raises(NotYourCall):
            answer_call(ticket=ticket, said=Said(result="spoke"), by=cast.bob, now=now)


def test_what_was_said_is_kept_after_the_bank_was_closed(cast: Cast, bank: PhoneBank, now: datetime) -> None:
    taken = _taken(bank, cast.bob, now)
    close_bank(bank=bank, by=cast.alice, now=now)
    assert answer_call(ticket=taken.ticket, said=Said(result="objected"), by=cast.bob, now=now).is_new
    call = Call.objects.get(pk=taken.call.pk)
    assert (call.state, call.result) == (CallState.DONE, CallResult.OBJECTED)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said(result="refused"), "result"),
        (Said(result="no_answer", answer=Answer(choice="undecided")), "answer"),
        (Said(result="gone", wish=Wish.NOT_AT_ALL), "wish"),
    ],
)
def test_what_does_not_fit_is_refused_and_the_call_stays_held(
    cast: Cast, bank: PhoneBank, now: datetime, said: Said, code: str
) -> None:
    taken = _taken(bank, cast.bob, now)
    with pytest.raises(WrongResult) as refused:
        answer_call(ticket=taken.ticket, said=said, by=cast.bob, now=now)
    assert refused.value.code == code
    assert Call.objects.get(pk=taken.call.pk).state == CallState.HELD


def test_what_they_said_last_time_is_for_organisers_alone(cast: Cast, bank: PhoneBank, now: datetime) -> None:
    taken = _taken(bank, cast.bob, now)
    said = Said(result="spoke", answer=Answer(choice="undecided"))
    answer_call(ticket=taken.ticket, said=said, by=cast.bob, now=now)
    call = Call.objects.select_related("bank").get(pk=taken.call.pk)
    assert said_before(call=call, user=cast.bob, now=now) is None
    assert said_before(call=call, user=cast.charlie, now=now) is None
    kept = said_before(call=call, user=cast.alice, now=now)
    assert kept is not None
    assert kept.choice == "undecided"


def test_callers_and_their_counts(cast: Cast, bank: PhoneBank, bea: User, now: datetime) -> None:
    for result in ("spoke", "no_answer"):
        answer_call(ticket=_taken(bank, cast.bob, now).ticket, said=Said(result=result), by=cast.bob, now=now)
    bob, other = callers_of(bank=bank)
    assert (bob.user, bob.calls, bob.spoke, bob.last_at) == (cast.bob, 2, 1, now)
    assert (other.user, other.calls) == (bea, 0)
    figures = figures_of(bank=bank)
    assert figures is not None
    assert (figures.called, figures.reached, figures.tries, figures.by_result) == (2, 1, 2, {"spoke": 1})


def test_another_bank_has_its_own_list(cast: Cast, bank: PhoneBank, now: datetime) -> None:
    make_person(name="Wim West", number=9, area=cast.west, now=now)
    make_bank(cast=cast, now=now)
    assert Call.objects.filter(bank=bank).count() == 3
