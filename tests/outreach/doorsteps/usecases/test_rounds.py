"""Canvasses from the plan to the closing: whom they visit, who walks, what is recorded, and who is left in peace."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from hustings.accounts.access import NotAllowed
from hustings.contacts.models import Contact, Intention
from hustings.outreach.audiences.models import Audience
from hustings.outreach.conversations.rules.answers import Answer, Wish
from hustings.outreach.doorsteps.models import Canvass, Door, DoorOutcome, Round
from hustings.outreach.doorsteps.personal_data import SOCKET
from hustings.outreach.doorsteps.queries import sight_of, tally_of
from hustings.outreach.doorsteps.usecases.close_canvass import CannotClose, close_canvass
from hustings.outreach.doorsteps.usecases.give_round import (
    CannotGive,
    give_round,
    return_round,
    take_back_round,
)
from hustings.outreach.doorsteps.usecases.open_canvass import CannotOpen, ask_gate, open_canvass
from hustings.outreach.doorsteps.usecases.record_door import DoorNotRecorded, record_door
from hustings.outreach.doorsteps.usecases.save_canvass import CanvassNotRight, save_canvass
from hustings.people.models import Person
from hustings.places.importers.code_point import CodePointOpen
from hustings.platform.importing.run_import import run_import
from hustings.register.usecases.destroy_copies import destroy_copy
from hustings.register.usecases.object_for_elector import object_for_elector
from tests.cast import Cast
from tests.outreach.doorsteps.barset import EAST, door_of, make_canvass, make_walker, make_ward, opened, plan
from tests.register.electors import join

pytestmark = pytest.mark.django_db


def names(canvass: Canvass, now: datetime) -> list[str]:
    return [line.name for one in canvass.rounds.all() for line in sight_of(round=one, now=now).lines]


def record(door: Door, now: datetime, **fields: Any) -> Any:
    return record_door(
        door=door, **{"outcome": "spoke", "turn": door.attempts, "at": now, "now": now, **fields}
    )


def test_the_gate_is_asked_first_and_says_why_each_is_left_out(cast: Cast, now: datetime) -> None:
    ward = make_ward(cast=cast, now=now)
    object_for_elector(elector=ward.electors["Cora Harding"], source="door", now=now)
    summary = ask_gate(canvass=make_canvass(cast=cast, now=now), by=cast.alice, now=now)
    assert (summary.asked, summary.cleared, dict(summary.counts)) == (7, 6, {"objected": 1})
    assert not Round.objects.exists()


def test_opening_makes_a_line_for_everybody_cleared_once_in_walking_order(cast: Cast, now: datetime) -> None:
    ward = make_ward(cast=cast, now=now)
    object_for_elector(elector=ward.electors["Cora Harding"], source="door", now=now)
    canvass = opened(cast=cast, now=now)
    assert canvass.clearance is not None
    assert canvass.clearance.cleared == Door.objects.count() == 6
    # No coordinates are known here: postcode by postcode, and within a street as one walks.
    assert names(canvass, now) == [
        "Alma Grantly",
        "Bertie Grantly",
        "Dan Harding",
        "Eva Quiverful",
        "Fay Quiverful",
        "Gil Stanhope",
    ]
    (one,) = canvass.rounds.all()
    assert [street for street, _lines in sight_of(round=one, now=now).streets] == ["Mill Lane", "Rye Hill"]
    assert len(one.code) == 5


def test_the_size_asked_for_cuts_the_ward(cast: Cast, now: datetime) -> None:
    make_ward(cast=cast, now=now)
    canvass = opened(cast=cast, now=now, doors_a_round=2)
    assert canvass.rounds.count() == 3  # six doors
    assert sorted(names(canvass, now)) == sorted(ward_name for ward_name, _address, _postcode in EAST)
    assert len(set(canvass.rounds.values_list("code", flat=True))) == 3


def test_with_coordinates_each_round_hangs_together(
    cast: Cast, now: datetime, tmp_path: Path, settings: Any
) -> None:
    settings.HUSTINGS_HOME = tmp_path
    path = tmp_path / "postcodes.csv"
    path.write_text(
        "postcode,lat,lon,quality,admin_district_code,admin_ward_code\n"
        "ZZ1 1AA,53.10,-1.80,10,E07999001,E05999001\n"
        "ZZ1 1AB,53.20,-1.80,10,E07999001,E05999001\n"
    )
    run_import(path=path, now=now, importers=[CodePointOpen()])
    make_ward(cast=cast, now=now)
    rounds = list(opened(cast=cast, now=now, doors_a_round=3).rounds.all())
    # Mill Lane, Rye Hill five miles north, and last the door whose postcode nobody knows.
    assert [{line.postcode for line in sight_of(round=one, now=now).lines} for one in rounds] == [
        {"ZZ1 1AA"},
        {"ZZ1 1AB"},
        {"ZZ1 1AC"},
    ]


def test_a_polling_district_may_be_chosen(cast: Cast, now: datetime) -> None:
    make_ward(cast=cast, now=now)
    with pytest.raises(CannotOpen, match="nobody here"):
        opened(cast=cast, now=now, districts=["ba"])  # of the west, where Alice's canvass does not go


def test_people_of_an_audience_are_visited_where_they_live(cast: Cast, now: datetime) -> None:
    ward = make_ward(cast=cast, now=now)
    for name, line in (("Ada Own", "7 Mill Lane"), ("Ben Listed", ""), ("Cy Nowhere", "")):
        given, family = name.split()
        person = Person.objects.create(
            given_name=given,
            family_name=family,
            address_line=line,
            postcode="ZZ1 1AA" if line else "",
            ward=cast.east,
            source="t",
            created_at=now,
        )
        if given == "Ben":
            join(person=person, elector=ward.electors["Gil Stanhope"], now=now)
    audience = Audience.objects.create(
        name="All",
        conditions={},
        area=cast.east,
        made_at=now,
        changed_at=now,
    )
    canvass = opened(cast=cast, now=now, audience=audience)
    assert canvass.clearance is not None
    assert canvass.clearance.counts == {"no-address": 1}
    (one,) = canvass.rounds.all()
    assert [(line.name, line.house) for line in sight_of(round=one, now=now).lines] == [
        ("Ada Own", "7"),
        ("Ben Listed", "4"),
    ]


def test_whoever_objects_after_the_opening_is_on_no_list(cast: Cast, now: datetime) -> None:
    ward = make_ward(cast=cast, now=now)
    canvass = opened(cast=cast, now=now)
    object_for_elector(elector=ward.electors["Alma Grantly"], source="letter", now=now)
    record(door_of(elector=ward.electors["Dan Harding"]), now, outcome="no_answer")
    object_for_elector(elector=ward.electors["Dan Harding"], source="letter", now=now)
    assert "Alma Grantly" not in names(canvass, now)
    assert "Dan Harding" not in names(canvass, now)
    (one,) = canvass.rounds.all()
    assert sight_of(round=one, now=now).left_out == 2


def test_after_the_right_to_the_register_nothing_is_shown(cast: Cast, now: datetime) -> None:
    ward = make_ward(cast=cast, now=now, valid_until=date(2026, 4, 1))
    canvass = opened(cast=cast, now=now)
    assert len(names(canvass, now)) == 7
    assert names(canvass, now + timedelta(days=3)) == []
    destroy_copy(version=ward.version, reason="over", now=now)
    assert names(canvass, now) == []


def test_after_the_day_of_return_nobody_is_shown(cast: Cast, now: datetime) -> None:
    make_ward(cast=cast, now=now)
    canvass = opened(cast=cast, now=now)
    assert len(names(canvass, now + timedelta(days=10))) == 7  # 9 April
    assert names(canvass, now + timedelta(days=11)) == []


def test_without_a_register_there_is_nothing_to_open(cast: Cast, now: datetime) -> None:
    canvass = make_canvass(cast=cast, now=now)
    with pytest.raises(CannotOpen, match="No electoral register is held"):
        open_canvass(canvass=canvass, by=cast.alice, now=now)
    with pytest.raises(CannotOpen, match="No electoral register is held"):
        ask_gate(canvass=canvass, by=cast.alice, now=now)


def test_charlie_cannot(cast: Cast, now: datetime) -> None:
    make_ward(cast=cast, now=now)
    canvass = opened(cast=cast, now=now)
    (one,) = canvass.rounds.all()
    walker = make_walker(cast=cast, now=now)
    for act in (
        lambda: save_canvass(plan=plan(cast=cast), by=cast.charlie, now=now),
        lambda: save_canvass(plan=plan(cast=cast, area=cast.west), by=cast.charlie, now=now, canvass=canvass),
        lambda: open_canvass(canvass=canvass, by=cast.charlie, now=now),
        lambda: give_round(round=one, volunteer=walker, walk_on=now.date(), by=cast.charlie, now=now),
        lambda: take_back_round(round=one, by=cast.charlie, now=now),
        lambda: return_round(round=one, by=cast.charlie, now=now),
        lambda: close_canvass(canvass=canvass, by=cast.charlie, now=now),
        lambda: save_canvass(plan=plan(cast=cast), by=cast.dora, now=now),  # reads the register, sends nobody
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": " "}, "title"),
        ({"ends_on": date(2026, 3, 29)}, "days"),
        ({"return_by": date(2026, 4, 1)}, "days"),
        ({"hour_from": 20}, "hours"),
        ({"doors_a_round": 0}, "size"),
        ({"purpose": "account"}, "purpose"),
    ],
)
def test_a_plan_that_does_not_fit_together_is_refused(
    cast: Cast, now: datetime, fields: dict[str, Any], code: str
) -> None:
    with pytest.raises(CanvassNotRight) as caught:
        make_canvass(cast=cast, now=now, **fields)
    assert caught.value.code == code


def test_an_open_canvass_is_not_changed_nor_opened_again(cast: Cast, now: datetime) -> None:
    make_ward(cast=cast, now=now)
    canvass = opened(cast=cast, now=now)
    with pytest.raises(CanvassNotRight):
        save_canvass(plan=plan(cast=cast), by=cast.alice, now=now, canvass=canvass)
    with pytest.raises(CannotOpen):
        open_canvass(canvass=canvass, by=cast.alice, now=now)


def test_a_round_is_given_taken_back_and_returned(cast: Cast, now: datetime) -> None:
    make_ward(cast=cast, now=now)
    (one,) = opened(cast=cast, now=now).rounds.all()
    vera, walt = (make_walker(cast=cast, now=now, name=name) for name in ("Vera", "Walt"))
    with pytest.raises(CannotGive):
        return_round(round=one, by=cast.alice, now=now)
    given = give_round(
        round=one, volunteer=vera, partner=walt, walk_on=date(2026, 3, 31), by=cast.alice, now=now
    )
    assert (given.volunteer, given.partner, given.given_at) == (vera, walt, now)
    back = take_back_round(round=one, by=cast.alice, now=now)
    assert (back.volunteer, back.partner, back.walk_on) == (None, None, None)
    give_round(round=one, volunteer=vera, walk_on=date(2026, 3, 31), by=cast.alice, now=now)
    assert return_round(round=one, by=cast.alice, now=now).returned_at == now
    with pytest.raises(CannotGive, match="come back already"):
        give_round(round=one, volunteer=vera, walk_on=date(2026, 3, 31), by=cast.alice, now=now)


def test_a_round_is_not_given_on_another_day_or_to_the_young_alone_or_to_one_twice(
    cast: Cast, now: datetime
) -> None:
    ward = make_ward(cast=cast, now=now)
    canvass = opened(cast=cast, now=now)
    (one,) = canvass.rounds.all()
    vera, dot = make_walker(cast=cast, now=now), make_walker(cast=cast, now=now, name="Dot", is_adult=False)

    def give(**fields: Any) -> str:
        with pytest.raises(CannotGive) as caught:
            give_round(
                **{
                    "round": one,
                    "volunteer": vera,
                    "walk_on": now.date(),
                    "by": cast.alice,
                    "now": now,
                    **fields,
                }
            )
        return caught.value.code

    assert give(walk_on=date(2026, 3, 29)) == "day"
    assert give(walk_on=date(2026, 4, 3)) == "day"
    assert give(volunteer=dot) == "young"
    assert give(partner=vera) == "pair"
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=one.pk).update(volunteer=vera, partner=vera)
    give_round(round=one, volunteer=dot, partner=vera, walk_on=now.date(), by=cast.alice, now=now)
    for elector in ward.electors.values():
        object_for_elector(elector=elector, source="letter", now=now)
    assert give() == "nobody"
    close_canvass(canvass=canvass, by=cast.alice, now=now)
    assert give() == "closed"


def test_a_visit_is_a_contact_with_the_elector_and_an_answer(cast: Cast, now: datetime) -> None:
    ward = make_ward(cast=cast, now=now)
    canvass = opened(cast=cast, now=now)
    told = record(
        door_of(elector=ward.electors["Alma Grantly"]),
        now,
        answer=Answer(choice="undecided"),
        is_leaflet_left=True,
    )
    assert told.is_new
    contact = Contact.objects.get()
    assert (contact.elector, contact.channel, contact.outcome, contact.label) == (
        ward.electors["Alma Grantly"],
        "door",
        "spoke",
        "doors: Buses at the door",
    )
    assert Intention.objects.get().choice == "undecided"
    tally = tally_of(canvass=canvass)
    assert (tally.doors, tally.spoke, tally.waiting, tally.leaflets) == (7, 1, 6, 1)


def test_an_elector_who_is_on_file_is_the_person(cast: Cast, now: datetime) -> None:
    ward = make_ward(cast=cast, now=now)
    opened(cast=cast, now=now)
    ada = Person.objects.create(
        given_name="Alma", family_name="Grantly", ward=cast.east, source="t", created_at=now
    )
    join(person=ada, elector=ward.electors["Alma Grantly"], now=now)
    record(door_of(elector=ward.electors["Alma Grantly"]), now)
    assert Contact.objects.get().person == ada
    ada.refresh_from_db()
    assert ada.last_contacted_at == now  # the neglect page counts it
    assert SOCKET.export(person_id=ada.pk)["Visits at your door"][0]["what came of it"] == "spoke"


def test_what_is_sent_twice_counts_once_and_a_door_is_tried_again(cast: Cast, now: datetime) -> None:
    ward = make_ward(cast=cast, now=now)
    opened(cast=cast, now=now)
    door = door_of(elector=ward.electors["Alma Grantly"])
    assert record(door, now, outcome="no_answer").is_new
    assert not record(door, now, outcome="no_answer").is_new  # the same form once more
    door.refresh_from_db()
    assert record(door, now + timedelta(hours=1)).is_new
    door.refresh_from_db()
    assert (door.outcome, door.attempts, Contact.objects.count()) == ("spoke", 2, 2)
    with pytest.raises(DoorNotRecorded, match="recorded before"):
        record(door, now, outcome="gone")


def test_an_objection_is_taken_whenever_it_comes(cast: Cast, now: datetime) -> None:
    ward = make_ward(cast=cast, now=now)
    canvass = opened(cast=cast, now=now)
    door = door_of(elector=ward.electors["Alma Grantly"])
    record(door, now)
    # A stale form, after a settled outcome.
    assert record(door, now, outcome="objected", turn=0).is_new
    door.refresh_from_db()
    assert door.outcome == DoorOutcome.OBJECTED
    assert "Alma Grantly" not in names(canvass, now)
    other = door_of(elector=ward.electors["Dan Harding"])
    record(other, now, wish=Wish.NOT_AT_ALL)
    assert "Dan Harding" not in names(canvass, now)
    close_canvass(canvass=canvass, by=cast.alice, now=now)
    late = door_of(elector=ward.electors["Gil Stanhope"])
    with pytest.raises(DoorNotRecorded, match="closed"):
        record(late, now)
    assert record(late, now, outcome="objected").is_new
    summary = ask_gate(canvass=make_canvass(cast=cast, now=now), by=cast.alice, now=now)
    assert summary.counts == {"objected": 3}


def test_closing_happens_once_and_only_from_open(cast: Cast, now: datetime) -> None:
    make_ward(cast=cast, now=now)
    draft = make_canvass(cast=cast, now=now)
    with pytest.raises(CannotClose):
        close_canvass(canvass=draft, by=cast.alice, now=now)
    canvass = open_canvass(canvass=draft, by=cast.alice, now=now)
    assert close_canvass(canvass=canvass, by=cast.alice, now=now).closed_at == now
    with pytest.raises(CannotClose):
        close_canvass(canvass=canvass, by=cast.alice, now=now)


def test_merging_hands_doors_over_but_never_two_of_one_canvass(cast: Cast, now: datetime) -> None:
    make_ward(cast=cast, now=now)
    one, two = opened(cast=cast, now=now), opened(cast=cast, now=now, title="Another")
    kept, merged = (
        Person.objects.create(given_name=name, family_name="Same", source="t", created_at=now)
        for name in "AB"
    )
    (first,), (second,) = one.rounds.all(), two.rounds.all()
    Door.objects.create(round=first, line=90, person=kept)
    Door.objects.create(round=first, line=91, person=merged)
    other = Door.objects.create(round=second, line=90, person=merged)
    moved = SOCKET.merge(kept_id=kept.pk, merged_id=merged.pk, now=now)
    assert moved == {"outreach.Door": [other.pk]}
    SOCKET.unmerge(kept_id=kept.pk, merged_id=merged.pk, moved=moved)
    assert Door.objects.filter(person=merged).count() == 2
    assert SOCKET.erase(person_id=merged.pk, now=now) == 0
