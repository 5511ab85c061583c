"""The desk's pages of the record: for those who look after the place, and nobody else."""

from datetime import datetime

import pytest
from django.db.models import QuerySet
from django.urls import reverse

from hustings.openness.models import Entry
from hustings.openness.pages.desk_urls import urlpatterns
from hustings.openness.queries.log import log_key, log_state
from hustings.openness.rules.signed_notes import cosign, parse_note
from hustings.openness.usecases import add_witness, record_material, sign_checkpoint
from tests.cast import Cast, signed_in
from tests.clearance.materials import IMPRINT, make_copy
from tests.openness.log.cases import NAME, SEED, Watcher, witness_key

pytestmark = pytest.mark.django_db

OF_ONE_ENTRY = {"entry": [0], "correct": [0], "withhold": [0, "facts"]}
OF_THE_LOG = {"log", "sign_now", "begin_again", "cosigned", "add_witness", "end_witness"}


@pytest.fixture
def entry(cast: Cast, now: datetime) -> Entry:
    return record_material(copy=make_copy(by=cast.alice, area=cast.east.code), now=now)


def test_the_table_names_every_address() -> None:
    assert {pattern.name for pattern in urlpatterns} == {
        *OF_ONE_ENTRY,
        *OF_THE_LOG,
        "entries",
        "record_by_hand",
    }


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


def test_the_list_is_headed_by_titles(cast: Cast, entry: Entry) -> None:
    """On a phone the first cell heads the card; an entry without a title is named by its number."""
    agent, url = signed_in(cast.agent), reverse("openness_desk:entries")
    link = f'<a href="{reverse("openness_desk:entry", args=[entry.number])}">'

    def first_cell() -> str:
        return agent.get(url).content.decode().split("<tbody>")[1].split("</td>")[0]

    assert f"{link}The park" in first_cell()
    QuerySet(Entry).update(title="")
    assert f"{link}Entry {entry.number}</a>" in first_cell()


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


def test_charlie_cannot_touch_the_log(cast: Cast, entry: Entry, now: datetime) -> None:
    witness = add_witness(key=str(witness_key()), who="Gazette", url="", by=None, now=now)
    urls = {
        name: reverse(f"openness_desk:{name}", args=[witness.pk] if name == "end_witness" else [])
        for name in OF_THE_LOG
    }
    for name, url in urls.items():
        for user in (cast.charlie, cast.alice, cast.stranger):
            assert signed_in(user).post(url, {}).status_code == 403, name
    agent = signed_in(cast.agent)
    assert [
        agent.get(urls[name]).status_code for name in ("log", "add_witness", "cosigned", "end_witness")
    ] == [200] * 4
    # The log is one for everybody: who looks after one place reads how it stands, and decides nothing.
    cast.agent.appointments.update(area=cast.west)
    page = agent.get(urls["log"])
    assert page.status_code == 200
    assert urls["add_witness"] not in page.content.decode()
    for name in OF_THE_LOG - {"log"}:
        assert agent.post(urls[name], {}).status_code == 403, name
    witness.refresh_from_db()
    assert witness.ended_at is None


def test_a_witness_is_added_asked_and_ended(cast: Cast, entry: Entry, now: datetime) -> None:
    agent = signed_in(cast.agent)
    refused = agent.post(reverse("openness_desk:add_witness"), {"key": "no key", "who": "Gazette"})
    assert (refused.status_code, "not a verifier key" in refused.content.decode()) == (422, True)
    with Watcher(log_key()).serving() as url:
        data = {"key": str(witness_key()), "who": "Barset Gazette", "url": url}
        assert agent.post(reverse("openness_desk:add_witness"), data).status_code == 302
        assert agent.post(reverse("openness_desk:sign_now"), follow=True).status_code == 200
    public = agent.get("/record/check/").content.decode()
    assert "Barset Gazette" in public
    assert str(witness_key()) in public
    assert f"— {NAME} " in agent.get("/record/checkpoint").content.decode()
    page = agent.get(reverse("openness_desk:log")).content.decode()
    assert "Barset Gazette" in page
    pk = log_state().newest.cosignatures.get().witness_id  # type: ignore[union-attr]
    assert agent.post(reverse("openness_desk:end_witness", args=[pk])).status_code == 302
    assert agent.get(reverse("openness_desk:end_witness", args=[pk])).status_code == 404


def test_a_cosigned_checkpoint_is_handed_in(cast: Cast, entry: Entry, now: datetime) -> None:
    agent, url = signed_in(cast.agent), reverse("openness_desk:cosigned")
    signed = sign_checkpoint(now=now)
    assert signed is not None
    add_witness(key=str(witness_key()), who="Gazette", url="", by=None, now=now)
    line = cosign(text=parse_note(signed.note).text, name=NAME, seed=SEED, at=now)
    wrong = agent.post(url, {"note": "hello"})
    assert (wrong.status_code, "hello" in wrong.content.decode()) == (422, True)
    assert agent.post(url, {"note": signed.note + str(line)}).status_code == 302
    assert signed.cosignatures.count() == 1


def test_there_is_nothing_to_begin_again(cast: Cast, entry: Entry, now: datetime) -> None:
    sign_checkpoint(now=now)
    assert signed_in(cast.agent).get(reverse("openness_desk:begin_again")).status_code == 404
