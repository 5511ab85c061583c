"""Pages of the Meta Ad Library API as JSON: one, many in a list or one a line, or a zip of them as the fetcher keeps."""

import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from hustings.adwatch.importers.archive import ArchiveImporter
from hustings.adwatch.importers.zips import members, unpack
from hustings.adwatch.store.layouts import API, COLUMNS, Layout
from hustings.adwatch.store.staging import Table
from hustings.platform.importing.importer import DatasetCard, ImportRefused
from hustings.platform.importing.source import SourceFile

_BATCH = 20_000
_SCHEMA = pa.schema([(name, pa.string()) for name in API.columns])
_MARKS = ('"ad_delivery_start_time"', '"ad_snapshot_url"', '"ad_creation_time"', '"bylines"')


class MetaApi(ArchiveImporter):
    """What the `ads_archive` endpoint answers, today's field names and the older ones."""

    slug = "meta-api"
    card = DatasetCard(
        title="Meta Ad Library API pages",
        publisher="Meta",
        licence="terms of the Ad Library API apply to whoever fetched it",
        what=(
            "JSON pages {data: […], paging: {…}}, one, a list, one a line, or a zip of them; `hustings adwatch fetch` "
            "keeps such pages and imports them."
        ),
        columns=("id", "page_id", "page_name", "bylines", "spend", "impressions", "ad_delivery_start_time"),
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """JSON in which ads of the archive stand."""
        if inside := members(source=source):
            return all(name.lower().endswith((".json", ".jsonl")) for name in inside)
        if source.suffix not in {".json", ".jsonl", ".ndjson"}:
            return False
        sample = source.sample
        return '"data"' in sample and (
            any(mark in sample for mark in _MARKS) or '"data":[]' in sample.replace(" ", "")
        )

    def tables(self, *, source: SourceFile, work: Path) -> list[tuple[Layout, Table]]:
        """All pages flattened into one table with our column names."""
        flat = work / "api.parquet"
        with pq.ParquetWriter(flat, _SCHEMA) as writer:
            batch: list[dict[str, str | None]] = []
            for path in self._files(source, work):
                for ad in _ads_of(path):
                    batch.append(_flat(ad))
                    if len(batch) == _BATCH:
                        writer.write_table(pa.Table.from_pylist(batch, schema=_SCHEMA))
                        batch = []
            writer.write_table(pa.Table.from_pylist(batch, schema=_SCHEMA))
        return [(API, Table(path=flat, header=COLUMNS, is_parquet=True))]

    def _files(self, source: SourceFile, work: Path) -> Iterator[Path]:
        inside = members(source=source)
        if not inside:
            yield source.path
            return
        for member in sorted(inside):
            path = unpack(source=source, member=member, into=work)
            yield path
            path.unlink()


def _ads_of(path: Path) -> Iterator[Mapping[str, Any]]:
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8-sig")
    try:
        pages: Any = json.loads(text)
    except ValueError:
        try:
            pages = [json.loads(line) for line in text.splitlines() if line.strip()]
        except ValueError as problem:
            raise ImportRefused(f"{path.name} is not whole JSON: {problem}. Fetch it again.") from problem
    for page in pages if isinstance(pages, list) else [pages]:
        if not isinstance(page, dict):
            raise ImportRefused(
                f"{path.name} holds {type(page).__name__} where a page {{data: […]}} should be."
            )
        if "error" in page:
            raise ImportRefused(
                f"{path.name} is an error of the API and not a page: {page['error'].get('message', '')}"
            )
        ads = page.get("data", [page] if "id" in page else [])
        yield from (ad for ad in ads if isinstance(ad, dict))


def _flat(ad: Mapping[str, Any]) -> dict[str, str | None]:
    """One ad as text under our names; older fields stand in for the newer ones."""

    def first(*names: str) -> Any:
        return next((ad[name] for name in names if ad.get(name) not in (None, "", [])), None)

    bodies = first("ad_creative_bodies", "ad_creative_body")
    text = "\n".join(str(part) for part in bodies) if isinstance(bodies, list) else bodies
    targeting = {
        name: ad[name]
        for name in ("target_ages", "target_gender", "target_locations", "languages", "publisher_platforms")
        if ad.get(name)
    }
    audience = first("estimated_audience_size", "potential_reach")
    if audience:
        targeting["audience"] = audience
    values = {
        "page_id": first("page_id"),
        "page": first("page_name"),
        "disclaimer": first("bylines", "funding_entity"),
        "ad_id": first("id", "adid", "ad_archive_id"),
        "first_on": first("ad_delivery_start_time"),
        "last_on": first("ad_delivery_stop_time"),
        "created_on": first("ad_creation_time"),
        "spend": _band(first("spend")),
        "shown": _band(first("impressions")),
        "currency": first("currency"),
        "body": text,
        "url": _without_token(first("ad_snapshot_url")),
        "demographics": _json(first("demographic_distribution")),
        "regions": _json(first("delivery_by_region", "region_distribution")),
        "targeting": _json(targeting or None),
    }
    return {name: None if values.get(name) is None else str(values[name]) for name in API.columns}


def _band(value: Any) -> str | None:
    return json.dumps(value) if isinstance(value, dict) else value


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def _without_token(url: Any) -> Any:
    """The address of the ad without the token of whoever fetched it, which the platform puts into it."""
    if not isinstance(url, str) or "access_token=" not in url:
        return url
    head, _, query = url.partition("?")
    kept = "&".join(part for part in query.split("&") if not part.startswith("access_token="))
    return f"{head}?{kept}" if kept else head
