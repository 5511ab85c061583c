"""The desk's home shows each what waits for them, in their places, most urgent first."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from hustings.accounts.access import Right, Scope
from hustings.accounts.models import Appointment
from hustings.accounts.pages.attention import AttentionSource
from hustings.actions.models import Petition, PetitionState, PetitionVersion, Signature, SignatureState
from hustings.contacts.models import Contact
from hustings.desk.pages.bars import HEIGHT, bars_of
from hustings.desk.queries import DayCount, signatures_by_day
from hustings.elections.models import Election, ElectionKind
from hustings.people.models import Person
from hustings.platform import wiring
from hustings.platform.attention import Attention, Urgency
from tests.cast import Cast, signed_in


def petition(cast: Cast, now: datetime, **changes: Any) -> Petition:
    """A petition in Barset East."""
    values = {
        "slug": "library", "title": "Keep the library open", "asked_of": "Barset Council", "asked_by": "Us",
        "area": cast.east, "made_at": now, "state": PetitionState.DRAFT,
    }  # fmt: skip
    return Petition.objects.create(**{**values, **changes})


def home(client: Client) -> str:
    """The page."""
    answer = client.get("/desk/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_waits_is_sorted_and_cut_to_three(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The three most urgent are today's; the rest follows as a list."""
    items = [
        Attention(text=f"Thing {number}.", url="/x/", action="Do", urgency=urgency, due_on=due)
        for number, (urgency, due) in enumerate(
            [
                (Urgency.WHENEVER, None), (Urgency.SOON, None), (Urgency.TODAY, None),
                (Urgency.OVERDUE, date(2026, 3, 1)), (Urgency.OVERDUE, date(2026, 2, 1)),
            ]
        )
    ]  # fmt: skip
    asked: list[Scope] = []

    def ask(*, scope: Scope, now: datetime) -> list[Attention]:
        asked.append(scope)
        return items

    monkeypatch.setattr(wiring, "attention", lambda: (AttentionSource(right=Right.MATCH, ask=ask),))
    html = home(signed_in(cast.alice))
    assert (
        html.index("Thing 4.") < html.index("Thing 3.") < html.index("Thing 2.") < html.index("Also waiting")
    )
    assert html.index("Also waiting") < html.index("Thing 1.") < html.index("Thing 0.")
    assert "57 days overdue" in html
    assert asked[0].codes >= {cast.east.code}
    assert "Thing" not in home(signed_in(cast.tess))


def test_charlie_hears_nothing_of_alices_petition(cast: Cast, now: datetime) -> None:
    """Her draft waits for her alone."""
    petition(cast, now)
    assert "Keep the library open" in home(signed_in(cast.alice))
    assert "Keep the library open" not in home(signed_in(cast.charlie))


def test_nothing_waits(cast: Cast) -> None:
    """A real empty state, with steps that the reader may take."""
    html = home(signed_in(cast.charlie))
    assert "Nothing waits for you" in html
    assert "Start a petition" in html
    assert "Start a petition" not in home(signed_in(cast.tess))


def test_the_next_day_of_poll_is_told(cast: Cast) -> None:
    """The nearest that is not past."""
    for day in (date(2026, 3, 29), date(2026, 5, 7), date(2026, 4, 9)):
        Election.objects.create(
            id=f"local.{day}", kind=ElectionKind.LOCAL, title=f"Election of {day:%B}", poll_on=day
        )
    assert "30 March 2026 · Election of April: poll in 10 days" in home(signed_in(cast.alice))


def test_a_volunteer_sees_their_own_few_pages(cast: Cast) -> None:
    """Large doors, no figures; somebody without an appointment is told whom to ask."""
    html = home(signed_in(cast.bob))
    assert "Key signatures" in html
    assert "Where things stand" not in html
    assert signed_in(cast.stranger).get("/desk/").status_code == 403
    assert Client().get("/desk/").headers["Location"] == "/account/login/?next=/desk/"


def test_an_ending_appointment_is_noticed(cast: Cast) -> None:
    """By whoever appoints there."""
    Appointment.objects.filter(user=cast.bob).update(valid_until=date(2026, 4, 5))
    assert "1 appointment ends within two weeks." in home(signed_in(cast.alice))
    assert "ends within two weeks" not in home(signed_in(cast.charlie))


def test_figures_are_of_ones_own_places(cast: Cast, now: datetime) -> None:
    """Signatures and contacts of Barset East are in Alice's figures only."""
    library = petition(cast, now, state=PetitionState.OPEN)
    version = PetitionVersion.objects.create(petition=library, number=1, title="x", text="y", made_at=now)
    for number in range(3):
        Signature.objects.create(
            petition=library, version=version, state=SignatureState.CONFIRMED, given_name="G", family_name="W",
            postcode="ZZ11AA", token=f"t{number}", signed_at=now, confirmed_at=now - timedelta(days=number), ward=cast.east,
        )  # fmt: skip
    person = Person.objects.create(ward=cast.east, source="test", created_at=now)
    Contact.objects.create(
        person=person, channel="door", purpose="campaign", outcome="spoke", at=now - timedelta(hours=2)
    )
    html = home(signed_in(cast.alice))
    assert "3 signatures this week" in html
    assert "last one 2 hours ago" in html
    assert "3 signatures in four weeks" in html
    html = home(signed_in(cast.charlie))
    assert "0 signatures this week" in html
    assert "nobody was contacted" in html
    east = Scope(is_everything=False, codes=frozenset({cast.east.code}))
    counted = {each.on: each.count for each in signatures_by_day(scope=east, now=now) if each.count}
    assert counted == {date(2026, 3, 30): 1, date(2026, 3, 29): 1, date(2026, 3, 28): 1}


def test_bars_fill_their_chart() -> None:
    """The highest fills it, a single one can be seen, none is nothing."""
    chart = bars_of(
        days=[DayCount(on=date(2026, 3, day), count=count) for day, count in ((1, 0), (2, 1), (3, 500))]
    )
    assert [bar.height for bar in chart.bars] == [0, 2, HEIGHT]
    assert chart.total == 501
    assert chart.bars[2].label == "3 March 2026: 500"
    assert bars_of(days=[]).bars == ()
