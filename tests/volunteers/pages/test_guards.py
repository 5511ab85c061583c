"""Every address below /volunteer/ asks for a volunteer, or is one of the ways in; and no page hands out another one's things."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from hustings.volunteers.pages import urls

#: Open by intention: the ways in and out, and a calendar whose address is its secret.
WAYS_IN = {"join", "joining_link", "ask_way_in", "way_in", "way_out", "my_calendar"}
ARGUMENTS: dict[str, Any] = {
    "slug": "nothing", "number": 1, "pk": 1, "public_id": uuid.UUID(int=1), "key": uuid.UUID(int=1), "secret": "x",
}  # fmt: skip
OWN = [
    pattern
    for pattern in urls.urlpatterns
    if str(pattern.pattern).startswith("volunteer/") and pattern.name not in WAYS_IN
]


def test_there_is_something_to_ask() -> None:
    assert len(OWN) > 10
    assert get_resolver() is not None


@pytest.mark.parametrize("pattern", OWN, ids=lambda pattern: str(pattern.name))
def test_a_page_of_ones_own_carries_its_guard(pattern: Any) -> None:
    assert getattr(pattern.callback, "is_for_volunteers", False)


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", OWN, ids=lambda pattern: str(pattern.name))
def test_nobody_unknown_comes_in(pattern: Any, client: Client) -> None:
    path = str(pattern.pattern)
    for name, value in ARGUMENTS.items():
        for kind in ("slug", "int", "uuid", "str"):
            path = path.replace(f"<{kind}:{name}>", str(value))
    for answer in (client.get(f"/{path}"), client.post(f"/{path}")):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/volunteer/way-in/")
