"""The desk page of the preference services: day, age, who is listed, and the numbers that have to be looked up again."""

import json
import re
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from typer.testing import CliRunner

from hustings.accounts.access import Right, scope_of
from hustings.basics.clock import clock_set_to
from hustings.basics.phone import parse_phone
from hustings.clearance.commands import screening
from hustings.clearance.models import OwnLimits
from hustings.clearance.queries.screening import attention, numbers_to_screen, screening_of
from hustings.clearance.usecases import clear_audience, set_limits
from hustings.people.models import Person, PreferenceService
from hustings.people.rules.keys import phone_key
from hustings.people.usecases.keep_preferences import Screening, keep_preferences
from hustings.platform.models import AuditEntry
from tests.cast import Cast, signed_in
from tests.contacts.cast import make_person

pytestmark = pytest.mark.django_db

NUMBERS = {"Ada": "01632 960001", "Bea": "01632 960002", "Cora": "01632 960003", "Wanda": "01632 960009"}


@pytest.fixture
def people(cast: Cast) -> dict[str, Person]:
    made = {}
    for name, phone in NUMBERS.items():
        made[name] = make_person(name=f"{name} Lane", phone=phone)
        place = cast.west if name == "Wanda" else cast.east
        Person.objects.filter(pk=made[name].pk).update(constituency=place, ward=None)
        made[name].contact_points.update(canonical=parse_phone(phone).e164)
    return made


def look_up(people: dict[str, Person], now: datetime, *, days_ago: int, **listed: bool) -> None:
    secret = settings.HUSTINGS_SUPPRESSION_KEY
    results = {
        phone_key(secret=secret, e164=people[name].contact_points.get().canonical).key_hash: is_listed
        for name, is_listed in listed.items()
    }
    keep_preferences(
        screening=Screening(
            service=PreferenceService.TPS,
            as_of=now.date() - timedelta(days=days_ago),
            is_whole=False,
            results=results,
        ),
        run=None,
        now=now,
    )


def test_the_counts_follow_the_day_of_the_look_up(
    cast: Cast, people: dict[str, Person], now: datetime
) -> None:
    everybody = Person.objects.filter(pk__in=[one.pk for one in people.values()])
    look_up(people, now, days_ago=28, Ada=True, Bea=False)
    found = screening_of(people=everybody, on=now.date())
    assert (found.with_number, found.listed, found.unscreened, found.days) == (4, 1, 2, 28)
    first = found.services[0]
    assert (first.service, first.age_days, first.is_in_time) == ("tps", 28, True)
    later = now.date() + timedelta(days=1)
    found = screening_of(people=everybody, on=later)
    assert (found.listed, found.unscreened) == (1, 4), "a registration counts however old, a look-up does not"
    assert found.services[0].is_in_time is False
    assert numbers_to_screen(people=everybody, on=now.date()) == ["+441632960003", "+441632960009"]


def test_the_page_shows_day_and_age_and_each_sees_the_numbers_of_their_places(
    cast: Cast, people: dict[str, Person], now: datetime
) -> None:
    look_up(people, now, days_ago=30, Ada=True, Bea=False)
    url = reverse("clearance_desk:screening")
    with clock_set_to(now):
        page = " ".join(signed_in(cast.alice).get(url).content.decode().split())
        his = " ".join(signed_in(cast.charlie).get(url).content.decode().split())
    assert "28 February 2026" in page
    assert "30 days" in page
    assert "too old" in page
    assert "no file came in yet" in page
    assert re.search(r"Not looked up in time.{0,120}>\s*3\s*<", page)
    assert re.search(r"Not looked up in time.{0,120}>\s*1\s*<", his)


def test_the_numbers_go_out_alone_and_are_noted_and_charlie_gets_none_of_hers(
    cast: Cast, people: dict[str, Person], now: datetime
) -> None:
    url = reverse("clearance_desk:numbers_to_screen")
    with clock_set_to(now):
        taken = signed_in(cast.dora).get(url).content.decode()
        assert signed_in(cast.bob).get(url).status_code == 403
        for name in ("alice", "charlie"):
            answer = signed_in(getattr(cast, name)).get(url)
            assert answer.status_code == 403 or (name == "charlie") != ("960001" in answer.content.decode())
    assert taken.split() == ["Phone", *sorted(f"+44{one.replace(' ', '')[1:]}" for one in NUMBERS.values())]
    assert "Lane" not in taken
    assert AuditEntry.objects.filter(detail__what="numbers to be screened").exists()


def test_the_desk_s_home_says_when_the_list_is_too_old(
    cast: Cast, people: dict[str, Person], now: datetime
) -> None:
    scope = scope_of(user=cast.alice, right=Right.SEND, on=now.date())
    assert attention(scope=scope, now=now) == [], "nobody screens here, so perhaps nobody calls"
    look_up(people, now, days_ago=27, Ada=True, Bea=False, Cora=False)
    assert attention(scope=scope, now=now) == []
    (said,) = attention(scope=scope, now=now + timedelta(days=2))
    assert said.count == 3


def test_our_own_limits_refuse_a_number_that_was_not_looked_up(
    cast: Cast, people: dict[str, Person], now: datetime
) -> None:
    look_up(people, now, days_ago=1, Ada=True, Bea=False)

    def counts() -> dict[str, int]:
        return dict(
            clear_audience(
                people=[one.pk for one in people.values()], channel="call", purpose="campaign", copy=None, now=now,
                asked_by=None, dry_run=True,
            ).counts
        )  # fmt: skip

    assert counts() == {"preference-service": 1}
    set_limits(
        most_contacts=None, within_days=28, needs_verified_email=False, needs_screened_number=True,
        reason="Care", by=cast.agent, now=now,
    )  # fmt: skip
    assert OwnLimits.objects.get().needs_screened_number
    assert counts() == {"preference-service": 1, "not-screened": 2}


def test_the_command_says_the_same(
    cast: Cast, people: dict[str, Person], now: datetime, tmp_path: object
) -> None:
    look_up(people, now, days_ago=3, Ada=True, Bea=False, Cora=False)
    with clock_set_to(now):
        ran = CliRunner().invoke(screening, ["status", "--json"])
        said = json.loads(ran.stdout)
        assert (ran.exit_code, said["listed"], said["not_looked_up"]) == (1, 1, 1)
        assert said["services"]["tps"]["age_days"] == 3
        file = f"{tmp_path}/numbers.csv"
        assert "1 numbers written" in CliRunner().invoke(screening, ["numbers", file]).stdout
        look_up(people, now, days_ago=0, Wanda=False)
        assert CliRunner().invoke(screening, ["status"]).exit_code == 0
    with open(file, encoding="utf-8") as written:
        assert written.read() == "Phone\n+441632960009\n"
