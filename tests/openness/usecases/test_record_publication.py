"""Leaflet rounds, adverts, calls, returns and reports of donations become entries, once, with the same masks."""

import json
from datetime import date, datetime
from typing import Any

import pytest

from hustings.accounts.access import NotAllowed
from hustings.clearance.models import ApprovedCopy
from hustings.money.models import Campaign, ReportFiled
from hustings.money.usecases.finish_return import finish_return
from hustings.openness.jobs import record_filed_donations, record_frozen_return
from hustings.openness.models import Entry, EntryKind
from hustings.openness.usecases.record_publication import NotToBeRecorded, Publication, record_publication
from hustings.project import wiring
from tests.cast import Cast
from tests.clearance.materials import make_copy, make_election
from tests.money.campaigns import BY_ELECTION, make_books

pytestmark = pytest.mark.django_db


@pytest.fixture
def copy(cast: Cast) -> ApprovedCopy:
    return make_copy(by=cast.alice, area=cast.east.code, election=make_election(), targeting="Every door")


def facts(cast: Cast, **changes: Any) -> Publication:
    given: dict[str, Any] = {
        "kind": "round",
        "started_on": date(2026, 3, 20),
        "ended_on": date(2026, 3, 28),
        "cost_pence": 4_500,
        "token": "form-1",
        "wards": (cast.east, cast.west),
        "numbers": (446, 4),
    }
    return Publication(**given | changes)


def read(entry: Entry, name: str) -> Any:
    return json.loads(bytes(entry.documents.get(name=name).content or b""))


def test_a_round_in_bands(cast: Cast, copy: ApprovedCopy, now: datetime) -> None:
    entry = record_publication(copy=copy, facts=facts(cast), by=cast.agent, now=now)
    assert record_publication(copy=copy, facts=facts(cast), by=cast.agent, now=now) == entry, (
        "sent twice, recorded once"
    )
    assert (entry.kind, entry.channel, entry.concerns and entry.concerns.kind) == (
        "round",
        "leaflet",
        "material",
    )
    figures = read(entry, "figures")
    assert figures["people"] == {"at_least": 440, "at_most": 458}
    assert [one["people"]["at_most"] for one in figures["by_ward"]] == [449, 9]
    assert figures["cost_pence"] == {"at_least": 4_000, "at_most": 4_999}
    assert figures["targeting"] == "Every door"
    assert "446" not in json.dumps(read(entry, "facts"))
    assert read(entry, "exact")["total"] == 450
    assert dict(entry.places.values_list("area", "opens_on")) == {
        cast.east.code: None,
        cast.west.code: date(2026, 5, 8),
    }


def test_an_advert_says_how_often_it_was_shown_and_what_it_cost(
    cast: Cast, copy: ApprovedCopy, now: datetime
) -> None:
    advert = facts(
        cast, kind="advert", wards=(), numbers=(), total=12_345, platform="Facebook", page="Barset Forward"
    )
    entry = record_publication(copy=copy, facts=advert, by=cast.agent, now=now)
    assert read(entry, "figures") == {"targeting": "Every door", "times_shown": 12_345, "cost_pence": 4_500}
    assert read(entry, "facts")["platform"] == "Facebook"


def test_a_total_alone_is_one_band(cast: Cast, copy: ApprovedCopy, now: datetime) -> None:
    calls = facts(cast, kind="calls", wards=(), numbers=(), total=33, cost_pence=0)
    entry = record_publication(copy=copy, facts=calls, by=cast.agent, now=now)
    assert read(entry, "figures")["people"] == {"at_least": 30, "at_most": 39}
    assert read(entry, "figures")["by_ward"] == []


def test_what_does_not_fit_is_refused(cast: Cast, copy: ApprovedCopy, now: datetime) -> None:
    for changes, words in (
        ({"kind": "material"}, "a round, an advert or calls"),
        ({"ended_on": date(2026, 3, 1)}, "ended before it began"),
        ({"started_on": date(2026, 4, 1), "ended_on": date(2026, 4, 2)}, "plans are not in the record"),
        ({"numbers": (1,)}, "one number for each ward"),
        ({"cost_pence": -1}, "never less"),
        ({"kind": "advert"}, "where the advert ran"),
    ):
        with pytest.raises(NotToBeRecorded, match=words):
            record_publication(copy=copy, facts=facts(cast, **changes), by=cast.agent, now=now)
    with pytest.raises(NotAllowed):
        record_publication(copy=copy, facts=facts(cast), by=cast.charlie, now=now)
    assert not Entry.objects.exists()


def test_a_finished_return_is_recorded_in_its_public_version(cast: Cast, now: datetime) -> None:
    books: Campaign = make_books(by=cast.agent, now=now, area=cast.east, **BY_ELECTION)
    first = finish_return(campaign=books, by=cast.agent, now=now)
    second = finish_return(campaign=books, by=cast.agent, now=now, correction_reason="A slip")
    for made in (first, second):
        for _again in range(2):
            record_frozen_return.func(at=now.isoformat(), return_id=made.pk)
    old, new = Entry.objects.order_by("number")
    assert (old.kind, new.concerns, new.area) == (EntryKind.EXPENSES, old, cast.east)
    assert read(new, "facts")["return_sha256"] == second.sha256
    assert read(new, "facts")["version"] == 2
    assert "Quiet Close" not in json.dumps(read(new, "return")), "no private address"


def test_donations_are_recorded_without_private_addresses(cast: Cast, now: datetime) -> None:
    books: Campaign = make_books(by=cast.agent, now=now, area=cast.east, **BY_ELECTION)
    private = {
        "gift": 1,
        "donor": "Mary Thorne",
        "address": "3 Doctor's Row",
        "postcode": "ZZ1 4DD",
        "company_number": "",
        "value_pence": 60_000,
    }
    company = private | {"donor": "Thorne Ltd", "address": "9 Dock Road", "company_number": "00000001"}
    report = ReportFiled.objects.create(
        campaign=books, kind="quarterly", period_from=date(2026, 1, 1), period_until=date(2026, 4, 1),
        due_on=date(2026, 4, 30), lines=[private, company], at=now,
    )  # fmt: skip
    record_filed_donations.func(at=now.isoformat(), report_id=report.pk)
    entry = Entry.objects.get()
    shown = json.dumps(read(entry, "report"))
    assert ("Mary Thorne" in shown, "Doctor's Row" in shown, "9 Dock Road" in shown) == (True, False, True)
    assert read(entry, "facts")["total_pence"] == 120_000


def test_the_shell_wires_what_money_announces() -> None:
    tasks = {task.func.__name__ for tasks in wiring.REACTIONS.values() for task in tasks}
    assert {"record_frozen_return", "record_filed_donations", "record_finished_mailing"} <= tasks
