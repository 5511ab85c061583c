"""Fetch ads from the Meta Ad Library API page by page, and import them; a run that was broken off is taken up where it stood.

Each page is on the disk, without any token in it, before the cursor that leads to the next is stored. Killed between the two,
the page is fetched again and takes the same place.
"""

import fcntl
import hashlib
import json
import os
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from hustings.adwatch.meta_wire import Answer, Unreachable, ask
from hustings.adwatch.models import ArchiveAccess, FetchRun, FetchState
from hustings.adwatch.rules.fetching import Verdict, judge
from hustings.adwatch.store.files import below_home, folder, home_path
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.platform.importing.run_import import run_import
from hustings.platform.models import ImportRun
from hustings.platform.progress import SILENT, Progress

#: Fields of rules 10.1, those that every archived ad of the United Kingdom may have.
FIELDS = (
    "id,page_id,page_name,bylines,ad_creation_time,ad_delivery_start_time,ad_delivery_stop_time,ad_creative_bodies,"
    "ad_creative_link_titles,ad_snapshot_url,spend,impressions,estimated_audience_size,currency,languages,"
    "publisher_platforms,demographic_distribution,delivery_by_region,target_ages,target_gender,target_locations"
)
MOST_TRIES = 6
MOST_WAITS = 30
LEAST_LIMIT = 10


class CannotFetch(Refusal):
    """The archive cannot be asked, or said no; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked: words in ads, or pages by id, over days; `limit` ads a page."""

    terms: str = ""
    page_ids: tuple[str, ...] = ()
    first_on: date | None = None
    last_on: date | None = None
    limit: int = 250

    def parameters(self, *, limit: int, after: str) -> dict[str, str]:
        """The parameters of one page."""
        found = {
            "ad_type": "POLITICAL_AND_ISSUE_ADS",
            "ad_reached_countries": "['GB']",
            "ad_active_status": "ALL",
            "fields": FIELDS,
            "limit": str(limit),
        }
        if self.terms:
            found["search_terms"] = self.terms
        if self.page_ids:
            found["search_page_ids"] = ",".join(self.page_ids)
        if self.first_on:
            found["ad_delivery_date_min"] = self.first_on.isoformat()
        if self.last_on:
            found["ad_delivery_date_max"] = self.last_on.isoformat()
        if after:
            found["after"] = after
        return found

    @property
    def key(self) -> str:
        """The same for the same question, whatever the size of its pages."""
        said = {name: str(value) for name, value in asdict(self).items() if name != "limit"}
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    @property
    def words(self) -> str:
        """The question as part of a file's name."""
        said = self.terms or "-".join(self.page_ids[:3]) or "all"
        return "".join(sign if sign.isalnum() else "-" for sign in said)[:40].strip("-")


def fetch_ads(
    *,
    question: Question,
    now: datetime,
    progress: Progress = SILENT,
    wait: Callable[[float], None] = time.sleep,
) -> tuple[FetchRun, ImportRun | None]:
    """Fetch everything the question names and import it; returns the run and, where there were ads, their import.

    Raises `CannotFetch`. Progress may raise `Stopped`: what was fetched stays, and asking again goes on from there.
    """
    if not question.terms and not question.page_ids:
        raise CannotFetch("no_question", gettext_noop("Say what to fetch: words in ads, or ids of pages."))
    access = ArchiveAccess.objects.order_by("-pk").first()
    if access is None:
        raise CannotFetch(
            "no_token", gettext_noop("There is no token. Store one with `hustings adwatch token`.")
        )
    run = (
        FetchRun.objects.filter(question_key=question.key)
        .exclude(state=FetchState.DONE)
        .order_by("-pk")
        .first()
    ) or _begun(question, now)
    place = home_path(run.folder)
    place.mkdir(parents=True, exist_ok=True)
    with _alone(place):
        _fetch_pages(run, question, access.token, place, progress, wait)
        imported = _import(run, question, place, now, progress)
        run.state, run.ended_at, run.problem = FetchState.DONE, now, ""
        run.save(update_fields=["state", "ended_at", "problem"])
    return run, imported


def _begun(question: Question, now: datetime) -> FetchRun:
    run = FetchRun.objects.create(
        question={name: str(value) for name, value in asdict(question).items()},
        question_key=question.key,
        begun_at=now,
        folder="",
    )
    run.folder = below_home(folder("fetched", str(run.pk)))
    run.save(update_fields=["folder"])
    return run


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Hold the run, so that two processes never fetch it at once; a killed process lets go by itself."""
    with (place / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise CannotFetch(
                "running",
                gettext_noop("This is being fetched at this moment, by another process. Wait for it."),
            ) from problem
        yield


def _fetch_pages(
    run: FetchRun,
    question: Question,
    token: str,
    place: Path,
    progress: Progress,
    wait: Callable[[float], None],
) -> None:
    limit = question.limit
    while True:
        answer, limit = _answered(run, question, token, limit, wait)
        ads = [ad for ad in answer.body.get("data", []) if isinstance(ad, dict)]
        after = str(((answer.body.get("paging") or {}).get("cursors") or {}).get("after") or "")
        has_next = bool((answer.body.get("paging") or {}).get("next")) and bool(after)
        if ads:
            _keep_page(place, run.pages + 1, ads, token)
            run.pages += 1
            run.ads += len(ads)
        run.after = after if has_next else run.after
        run.state = FetchState.RUNNING
        run.save(update_fields=["pages", "ads", "after", "state"])
        progress.report(done=run.ads, note=f"page {run.pages}")
        if not has_next or not ads:
            return


def _answered(
    run: FetchRun, question: Question, token: str, limit: int, wait: Callable[[float], None]
) -> tuple[Answer, int]:
    """Ask for the next page until it comes, waiting and asking for less as the platform wants."""
    tries = waits = 0
    while True:
        try:
            answer = ask(
                address=settings.HUSTINGS_META_API,
                path="ads_archive",
                parameters=question.parameters(limit=limit, after=run.after),
                token=token,
            )
            verdict = judge(
                status=answer.status, headers=answer.headers, body=answer.body, attempt=max(tries, waits) + 1
            )
        except Unreachable as problem:
            answer, verdict = (
                None,
                Verdict(act="again", seconds=min(300.0, 2.0 ** (tries + 1)), sentence=str(problem)),
            )
        if verdict.act == "take" and answer is not None:
            if verdict.seconds:
                wait(verdict.seconds)
            return answer, limit
        if verdict.act == "less" and limit > LEAST_LIMIT:
            limit = max(LEAST_LIMIT, limit // 2)
            continue
        tries, waits = tries + (verdict.act == "again"), waits + (verdict.act == "wait")
        if verdict.act in {"stop", "less"} or tries >= MOST_TRIES or waits >= MOST_WAITS:
            raise _failed(run, verdict, token)
        run.state = FetchState.WAITING if verdict.act == "wait" else FetchState.RUNNING
        run.problem = verdict.sentence
        run.save(update_fields=["state", "problem"])
        wait(verdict.seconds)


def _failed(run: FetchRun, verdict: Verdict, token: str) -> CannotFetch:
    sentence = verdict.sentence.replace(token, "(token)")
    run.state, run.problem = FetchState.FAILED, sentence
    run.save(update_fields=["state", "problem"])
    return CannotFetch(
        "refused",
        gettext_noop("{why} {pages} pages are kept; ask again to go on from there."),
        why=sentence,
        pages=run.pages,
    )


def _keep_page(place: Path, number: int, ads: Sequence[dict[str, Any]], token: str) -> None:
    """Write a page under its number, whole or not at all, and without the token that the platform writes into addresses."""
    text = json.dumps({"data": [_without_token(ad) for ad in ads]}, ensure_ascii=False).replace(token, "")
    path = place / f"page-{number:05d}.json"
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _without_token(ad: dict[str, Any]) -> dict[str, Any]:
    url = ad.get("ad_snapshot_url")
    if isinstance(url, str) and "access_token=" in url:
        head, _, query = url.partition("?")
        kept = "&".join(part for part in query.split("&") if not part.startswith("access_token="))
        return {**ad, "ad_snapshot_url": f"{head}?{kept}" if kept else head}
    return ad


def _import(
    run: FetchRun, question: Question, place: Path, now: datetime, progress: Progress
) -> ImportRun | None:
    pages = sorted(place.glob("page-*.json"))
    if not pages:
        return None
    bundle = place / f"meta-api-{question.words}-{run.pk}.zip"
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_DEFLATED) as file:
        for page in pages:
            # A fixed moment makes the same pages the same file.
            entry = zipfile.ZipInfo(page.name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, page.read_bytes())
    imported = run_import(path=bundle, now=now, slug="meta-api", progress=progress)
    for page in pages:
        page.unlink()
    return imported
