"""What waits for somebody to look at, in a browser: perhaps the same person twice, perhaps somebody who objected."""

from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from hustings.people.models import Person
from hustings.people.usecases import record_person
from tests.browser.seeing import DESKTOP, PHONE, barriers, inside
from tests.cast import Cast
from tests.register.conftest import Import
from tests.register.usecases.test_decide_elector_hit import elector, object_as

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def questions(load: Import, barset: Cast, now: datetime) -> dict[str, str]:
    """The lists and the pages of decision, an elector and a person whom the letter of A. Archer may be from among them."""
    load()
    objection = object_as("A", now=now)
    told = {"address_line": "1 Mill Street", "postcode": "ZZ1 1AA", "now": now}
    archer = record_person(given_name="Anna", family_name="Archer", source="street stall", **told)
    twin = Person.objects.create(
        given_name="Anna",
        family_name="Archer",
        postcode="ZZ1 1AA",
        ward=barset.east,
        source="list",
        created_at=now,
    )
    return {
        "electors-perhaps": reverse("register_desk:doubtful"),
        "elector-decide": reverse(
            "register_desk:decide_doubtful", args=[elector("Alice Mary").pk, objection]
        ),
        "people-perhaps": reverse("people_desk:doubtful"),
        "person-decide": reverse("people_desk:decide_hit", args=[archer.pk, objection]),
        "pairs": reverse("people_desk:duplicates"),
        "pair-decide": reverse("people_desk:decide_pair", args=[archer.pk, twin.pk]),
    }


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_questions_and_decisions(
    width: int, questions: dict[str, str], barset: Cast, live_server: Any, browser: Browser
) -> None:
    """Nothing sideways, nothing cut off, no known barrier, and each page is there: no question leads away from it."""
    context = inside(browser, live_server.url, barset.dora)
    assert barriers(context, live_server.url, questions, width=width) == {}
    page = context.new_page()
    for name in ("elector-decide", "person-decide", "pair-decide"):
        page.goto(f"{live_server.url}{questions[name]}")
        assert page.url.endswith(questions[name]), name
    context.close()
