"""Outlines of areas from GeoJSON."""

import json
import re
from collections.abc import Mapping
from typing import Any

from hustings.places.importers.area_facts import (
    AreaFact,
    Gathering,
    StagedAreas,
    constituency_fact,
    degrees,
    is_code,
    nation_fact,
    write_areas,
)
from hustings.places.models import Boundary
from hustings.places.rules.codes import kind_of
from hustings.places.rules.outlines import BadOutline, box_of
from hustings.platform.importing.importer import DatasetCard, ImportRefused, Options, RowRejected, Sink
from hustings.platform.importing.source import SourceFile
from hustings.platform.models import ImportRun
from hustings.platform.progress import Progress

_CODE = re.compile(r"(WD|LAD|CTYUA|CTY|RGN|CTRY|PCON|LSOA)([0-9]{2})?CD", re.IGNORECASE)
_SIZES = ("WD", "LSOA", "PCON", "LAD", "CTYUA", "CTY", "RGN", "CTRY")
_IN_DEGREES = ("CRS84", "4326")
_DETAILS = {
    "BUC": "ultra generalised (500 m), clipped to the coast",
    "BGC": "generalised (20 m), clipped to the coast",
    "BSC": "super generalised (200 m), clipped to the coast",
    "BFC": "full resolution, clipped to the coast",
    "BFE": "full resolution, to the extent of the realm",
    "500m": "ultra generalised (500 m)",
}


class Outlines:
    """Reads a collection of outlines whose properties name the area's code, as WD24CD or PCON24CD do."""

    slug = "outlines"
    card = DatasetCard(
        title="Boundaries of wards, councils or constituencies",
        publisher="Office for National Statistics and Ordnance Survey",
        licence="Open Government Licence v3.0",
        what=(
            "GeoJSON in longitude and latitude with a code such as WD24CD or PCON24CD in each feature's "
            "properties. "
            "How far the outline is generalised is told by the file's name (BUC, BSC, BGC, BFC) or "
            "--option detail=…"
        ),
        columns=("WD24CD", "WD24NM", "LAD24CD"),
        updated="every year",
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """By the ending of its name and a feature collection's first words."""
        return source.suffix in {".geojson", ".json"} and '"FeatureCollection"' in source.sample[:4096]

    def stage(
        self, *, source: SourceFile, run: ImportRun, options: Options, sink: Sink, progress: Progress
    ) -> StagedAreas:
        """Check every outline and work out which are new or changed."""
        features = _features(source)
        known = dict(Boundary.objects.values_list("area_id", "geometry"))
        gathering, boundaries = Gathering(), {}
        detail = str(options.values.get("detail") or _detail(source.name))
        for number, feature in enumerate(features, start=1):
            properties = {str(k).upper(): v for k, v in (feature.get("properties") or {}).items()}
            try:
                code = _code(properties)
                if code in boundaries:
                    raise RowRejected(f"{code} stands already earlier in the file.")
                geometry = feature.get("geometry")
                box = box_of(geometry)
                is_news = gathering.add(_facts(code, properties), line=number)
            except (RowRejected, BadOutline) as reason:
                sink.reject(line=number, reason=str(reason), row=properties)
                continue
            if is_news or known.get(code) != geometry:
                boundaries[code] = Boundary(
                    area_id=code,
                    geometry=geometry,
                    **box._asdict(),
                    detail=detail[:60],
                    source=source.name[:200],
                )
                sink.accept()
            else:
                sink.unchanged()
            progress.report(done=number, total=len(features), note="outlines")
        sink.detail(areas=len(gathering.changed), outlines=len(boundaries))
        return gathering.staged(extra=boundaries)

    def activate(self, *, staged: StagedAreas, run: ImportRun, options: Options) -> None:
        """Write areas that were not known, then the outlines."""
        write_areas(staged=staged)
        Boundary.objects.bulk_create(
            staged.extra.values(),
            update_conflicts=True,
            unique_fields=["area"],
            update_fields=["geometry", "west", "south", "east", "north", "detail", "source"],
            batch_size=100,
        )

    def discard(self, *, staged: StagedAreas | None) -> None:
        """Nothing is kept outside the memory."""


def _features(source: SourceFile) -> list[dict[str, Any]]:
    try:
        with source.open_binary() as file:
            document = json.load(file)
    except ValueError as fault:
        raise ImportRefused(f"{source.name} is not whole GeoJSON: {fault}.") from fault
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise ImportRefused(f"{source.name} is not a GeoJSON feature collection.")
    system = str((document.get("crs") or {}).get("properties", {}).get("name", "CRS84"))
    if not any(known in system for known in _IN_DEGREES):
        raise ImportRefused(
            f"{source.name} is in {system}. Convert it to longitude and latitude (WGS 84, EPSG:4326) first."
        )
    return [feature if isinstance(feature, dict) else {} for feature in features]


def _code(properties: Mapping[str, Any]) -> str:
    """The code of the smallest area that the properties name: the outline's own."""
    found: dict[str, str] = {}
    for name, value in properties.items():
        if (match := _CODE.fullmatch(name)) and is_code(str(value or "").strip()):
            found.setdefault(match[1].upper(), str(value).strip())
    for size in _SIZES:
        if size in found:
            return found[size]
    raise RowRejected("No property holds an area code, such as WD24CD or PCON24CD.")


def _facts(code: str, properties: Mapping[str, Any]) -> list[AreaFact]:
    name_of = {str(v or "").strip(): k for k, v in properties.items() if _CODE.fullmatch(k)}
    heading = name_of[code].removesuffix("CD")
    name, welsh = (str(properties.get(f"{heading}{part}") or "").strip() for part in ("NM", "NMW"))
    known: dict[str, Any] = {"names_only_new": True}
    if properties.get("LAT") and properties.get("LONG"):
        known["lat"], known["lon"] = degrees(lat=str(properties["LAT"]), lon=str(properties["LONG"]))
    if kind_of(code) == "constituency":
        fact = constituency_fact(code=code, name=name, name_cy=welsh, **known)
        return [nation_fact(code), fact] if code[0] in "EWSN" else [fact]
    parent = next(
        (str(value) for key, value in properties.items() if re.fullmatch(r"LAD([0-9]{2})?CD", key) and value),
        None,
    )
    if kind_of(code) != "ward" or parent == code:
        parent = None
    return [AreaFact(code=code, name=name, name_cy=welsh, parent=parent, **known)]


def _detail(name: str) -> str:
    return next((told for mark, told in _DETAILS.items() if mark in name), "as in the file")
