"""The fetcher against a server that speaks the same protocol: paging, limits, errors, a kill, and a token that leaks nowhere."""

import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from hustings.adwatch.meta_wire import NotAnAddress, ask
from hustings.adwatch.models import ArchiveAccess, FetchRun, Snapshot
from hustings.adwatch.queries.report import ad_report
from hustings.adwatch.usecases.fetch_ads import CannotFetch, Question, fetch_ads
from hustings.adwatch.usecases.keep_token import NotAToken, keep_token
from tests.adwatch.archive_server import TOKEN, Archive, serving

pytestmark = pytest.mark.django_db
QUESTION = Question(terms="library", limit=3)


@pytest.fixture
def archive() -> Archive:
    """Seven ads."""
    return Archive()


@pytest.fixture
def served(archive: Archive, settings: Any, now: datetime) -> Iterator[list[float]]:
    """The server, the token, and a list of the seconds that the fetcher waited."""
    keep_token(token=TOKEN, by=None, now=now)
    with serving(archive) as address:
        settings.HUSTINGS_META_API = address
        yield []


def test_every_page_is_fetched_and_imported(archive: Archive, served: list[float], now: datetime) -> None:
    """Three pages of three, three and one; the question carries what rules 10.1 name."""
    run, imported = fetch_ads(question=QUESTION, now=now, wait=served.append)
    assert (run.state, run.pages, run.ads) == ("done", 3, 7)
    assert imported is not None
    assert imported.accepted == 7
    assert ad_report().ads == 7
    assert archive.asked[0]["ad_type"] == "POLITICAL_AND_ISSUE_ADS"
    assert archive.asked[0]["ad_reached_countries"] == "['GB']"
    assert [one.get("after", "") for one in archive.asked] == ["", "3", "6"]
    assert served == []


def test_the_token_leaks_nowhere(
    archive: Archive, served: list[float], now: datetime, own_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Not in addresses asked, in files, in plain in the database, in logs, nor in what a refusal says."""
    with caplog.at_level(logging.DEBUG):
        fetch_ads(question=QUESTION, now=now, wait=served.append)
    assert not any(TOKEN in path for path in archive.paths)
    for path in own_home.rglob("*"):
        assert not path.is_file() or TOKEN.encode() not in path.read_bytes(), path
    assert TOKEN not in caplog.text
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM adwatch_archiveaccess")
        assert TOKEN not in cursor.fetchone()[0]
    assert TOKEN not in str(ArchiveAccess.objects.get())
    keep_token(token="another-token-that-is-wrong-000", by=None, now=now)
    with pytest.raises(CannotFetch, match="refuses the token") as refused:
        fetch_ads(question=Question(terms="other"), now=now, wait=served.append)
    assert "another-token" not in str(refused.value)
    assert "another-token" not in FetchRun.objects.order_by("-pk")[0].problem


def test_limits_are_waited_out(archive: Archive, served: list[float], now: datetime) -> None:
    """By Retry-After, by the usage header's estimate, and by doubling where neither says."""
    archive.replies = [
        (429, {"Retry-After": "90"}, {}),
        (
            400,
            {"X-Business-Use-Case-Usage": '{"1": [{"estimated_time_to_regain_access": 5}]}'},
            {"error": {"code": 613}},
        ),
        (400, {}, {"error": {"code": 4, "message": "too many calls"}}),
    ]
    run, _ = fetch_ads(question=QUESTION, now=now, wait=served.append)
    assert run.state == "done"
    assert served == [90.0, 300.0, 240.0]


def test_a_nearly_used_allowance_pauses_before_the_next_page(
    archive: Archive, served: list[float], now: datetime
) -> None:
    """Rather than running into the limit."""
    archive.replies = [(200, {"X-App-Usage": '{"call_count": 97}'}, archive.page(after="", limit=3))]
    run, _ = fetch_ads(question=QUESTION, now=now, wait=served.append)
    assert (run.ads, served) == (7, [60.0])


def test_trouble_that_passes_is_tried_again_and_large_pages_are_halved(
    archive: Archive, served: list[float], now: datetime
) -> None:
    """Server errors, answers that are no JSON, and “reduce the amount of data”."""
    archive.replies = [
        (500, {}, b"<html>oops</html>"),
        (200, {}, b"<html>oops</html>"),
        (500, {}, {"error": {"code": 1, "message": "Please reduce the amount of data you're asking for"}}),
    ]
    run, _ = fetch_ads(question=Question(terms="library", limit=40), now=now, wait=served.append)
    assert run.state == "done"
    assert [one["limit"] for one in archive.asked][-2:] == ["40", "20"]
    assert served == [2.0, 4.0]


def test_giving_up_keeps_what_was_fetched_and_asking_again_goes_on(
    archive: Archive, served: list[float], now: datetime
) -> None:
    """The second time begins at the third page, and no ad is lost or doubled."""
    archive.before = lambda number: archive.replies.extend(
        [(500, {}, {"error": {"code": 2, "message": "later"}})] * 6 if number == 3 else []
    )
    with pytest.raises(CannotFetch, match="2 pages are kept"):
        fetch_ads(question=QUESTION, now=now, wait=served.append)
    assert FetchRun.objects.get().state == "failed"
    archive.before = None
    asked = len(archive.asked)
    run, imported = fetch_ads(question=QUESTION, now=now, wait=served.append)
    assert archive.asked[asked]["after"] == "6"
    assert (run.ads, imported.accepted if imported else 0, FetchRun.objects.count()) == (7, 7, 1)


class _Killed(BaseException):
    """Stands for a process that ends in the middle."""


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_kill_between_page_and_cursor_loses_and_doubles_nothing(
    step: int, archive: Archive, served: list[float], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is on the disk, the cursor was not stored: it is fetched again into the same place."""
    save = FetchRun.save
    saves = {"count": 0}

    def dying(self: FetchRun, **kwargs: Any) -> None:
        if "after" in (kwargs.get("update_fields") or []):
            saves["count"] += 1
            if saves["count"] == step:
                raise _Killed
        save(self, **kwargs)

    monkeypatch.setattr(FetchRun, "save", dying)
    with pytest.raises(_Killed):
        fetch_ads(question=QUESTION, now=now, wait=served.append)
    monkeypatch.setattr(FetchRun, "save", save)
    run, imported = fetch_ads(question=QUESTION, now=now, wait=served.append)
    assert (run.pages, run.ads) == (3, 7)
    assert imported is not None
    assert (imported.accepted, imported.unchanged) == (7, 0)
    assert Snapshot.objects.get().ads == 7


def test_what_cannot_be_asked(served: list[float], now: datetime, settings: Any) -> None:
    """No question, no token, no encryption."""
    with pytest.raises(CannotFetch, match="Say what to fetch"):
        fetch_ads(question=Question(), now=now)
    with pytest.raises(NotAToken):
        keep_token(token="too short", by=None, now=now)
    with pytest.raises(NotAnAddress, match="not encrypted"):
        ask(address="http://graph.example/v1", path="x", parameters={}, token=TOKEN)
    ArchiveAccess.objects.all().delete()
    with pytest.raises(CannotFetch, match="no token"):
        fetch_ads(question=QUESTION, now=now)
