"""The desk's pages of the record: for those who look after the place, and nobody else."""

from datetime import datetime

import pytest
from django.urls import reverse

from hustings.openness.models import Entry
from hustings.openness.pages.desk_urls import urlpatterns
from hustings.openness.usecases import record_material
from tests.cast import Cast, signed_in
from tests.clearance.materials import IMPRINT, make_copy

pytestmark = pytest.mark.django_db

OF_ONE_ENTRY = {"entry": [0], "correct": [0], "withhold": [0, "facts"]}


@pytest.fixture
def entry(cast: Cast, now: datetime) -> Entry:
    return record_material(copy=make_copy(by=cast.alice, area=cast.east.code), now=now)


def test_the_table_names_every_address() -> None:
    assert {pattern.name for pattern in urlpatterns} == {*OF_ONE_ENTRY, "entries"}


@pytest.mark.parametrize("name", sorted(OF_ONE_ENTRY))
def test_charlie_cannot(cast: Cast, entry: Entry, name: str) -> None:
    url = reverse(f"openness_desk:{name}", args=OF_ONE_ENTRY[name])
    data = {"reason": "mine", "was": "a", "is_now": "b"}
    for user in (cast.charlie, cast.alice, cast.bob, cast.stranger):
        assert signed_in(user).get(url).status_code == 403
        assert signed_in(user).post(url, data).status_code == 403
    cast.agent.appointments.update(area=cast.west)
    assert signed_in(cast.agent).get(url).status_code == 404
    assert signed_in(cast.agent).post(url, data).status_code in {404, 405}
    assert Entry.objects.count() == 1


def test_an_agent_of_another_place_finds_nothing_in_list_or_file(cast: Cast, entry: Entry) -> None:
    url = reverse("openness_desk:entries")
    assert b"The park" in signed_in(cast.agent).get(url).content
    cast.agent.appointments.update(area=cast.west)
    assert b"The park" not in signed_in(cast.agent).get(url).content
    answer = signed_in(cast.agent).get(url, {"export": "csv"})
    assert b"The park" not in b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_correcting(cast: Cast, entry: Entry) -> None:
    agent, url = signed_in(cast.agent), reverse("openness_desk:correct", args=[0])
    refused = agent.post(url, {"was": "£1", "is_now": "", "reason": "typing"})
    assert refused.status_code == 422
    assert "£1" in refused.content.decode()
    assert agent.post(url, {"was": "£1", "is_now": "£2", "reason": "typing"}).status_code == 302
    assert Entry.objects.get(number=1).concerns == entry


def test_withholding(cast: Cast, entry: Entry) -> None:
    agent, url = signed_in(cast.agent), reverse("openness_desk:withhold", args=[0, "facts"])
    assert agent.post(url, {"reason": ""}).status_code == 422
    assert agent.post(url, {"reason": "A home address"}).status_code == 302
    assert agent.get(url).status_code == 404
    page = agent.get(reverse("openness_desk:entry", args=[0])).content.decode()
    assert "A home address" in page
    # The copy is another document, and has to be withheld by itself.
    assert agent.get("/record/0/facts").status_code == 404
    assert IMPRINT in agent.get("/record/0/").content.decode()
