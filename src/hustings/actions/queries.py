"""Reads of petitions that pages, commands and other apps share."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime

from hustings.accounts.models import OrganisationKind
from hustings.actions.models import Petition, PetitionState, PetitionVersion
from hustings.actions.rules.standing import Standing, standing
from hustings.actions.rules.ward_table import ELSEWHERE, WardTable
from hustings.clearance.models import Promoter
from hustings.places.models import Area, AreaKind
from hustings.places.queries import areas_inside


def public_petitions() -> QuerySet[Petition]:
    """Every petition that the public may see: all but drafts."""
    return Petition.objects.exclude(state=PetitionState.DRAFT)


def open_petitions(*, now: datetime) -> QuerySet[Petition]:
    """Petitions that can be signed at a moment, newest first."""
    return Petition.objects.filter(
        Q(opens_at=None) | Q(opens_at__lte=now),
        Q(closes_at=None) | Q(closes_at__gt=now),
        state=PetitionState.OPEN,
    )


@dataclass(frozen=True, kw_only=True)
class Signable:
    """What taking a signature needs to know, and nothing else.

    `petition` holds the columns of `_SIGNABLE` alone; any other is read from the database when it is asked for.
    """

    petition: Petition
    organisation_name: str
    is_registered_party: bool
    promoter: Promoter | None
    on_behalf_of: Promoter | None


# What a form needs of its petition, in the order of the model's fields, which `from_db` goes by.
_NEEDED = {
    *("id", "public_id", "slug", "title", "language", "state", "opens_at", "closes_at"),
    *("asks", "asks_intention"),
}
_COLUMNS = tuple(field.attname for field in Petition._meta.concrete_fields if field.attname in _NEEDED)
_PROMOTER = ("id", "name", "address", "postcode")

# One statement instead of four, already written: in a surge, asking is dearer than storing (docs/algorithms/signing.md).
_SIGNABLE = f"""
SELECT {", ".join(f"petition.{name}" for name in _COLUMNS)}, organisation.name, organisation.kind,
       {", ".join(f"promoter.{name}" for name in _PROMOTER)}, {", ".join(f"principal.{name}" for name in _PROMOTER)}
FROM actions_petition AS petition
CROSS JOIN accounts_organisation AS organisation
LEFT JOIN clearance_promoter AS promoter ON promoter.id = petition.promoter_id
LEFT JOIN clearance_promoter AS principal ON principal.id = petition.on_behalf_of_id
WHERE petition.slug = %s AND petition.state <> '{PetitionState.DRAFT}'
"""  # noqa: S608  (only names written above)


def signable(*, slug: str) -> Signable | None:
    """The petition with this slug as the form needs it, in one short read; none for a draft or an unknown one."""
    with connection.cursor() as cursor:
        cursor.execute(_SIGNABLE, [slug])
        row = cursor.fetchone()
    if row is None:
        return None
    width, promoter_width = len(_COLUMNS), len(_PROMOTER)
    values = dict(zip(_COLUMNS, row[:width], strict=True))
    for name in ("opens_at", "closes_at"):
        values[name] = _moment(values[name])
    values["asks"] = json.loads(values["asks"]) if isinstance(values["asks"], str) else values["asks"]
    values["public_id"] = uuid.UUID(str(values["public_id"]))
    name, kind = row[width : width + 2]
    rest = row[width + 2 :]
    return Signable(
        petition=Petition.from_db(connection.alias, list(_COLUMNS), list(values.values())),
        organisation_name=name,
        is_registered_party=kind == OrganisationKind.REGISTERED_PARTY,
        promoter=_promoter(rest[:promoter_width]),
        on_behalf_of=_promoter(rest[promoter_width:]),
    )


def _promoter(row: Sequence[Any]) -> Promoter | None:
    return None if row[0] is None else Promoter(**dict(zip(_PROMOTER, row, strict=True)))


def _moment(value: datetime | str | None) -> datetime | None:
    """A moment as either database's driver gives it: SQLite's is text or naive, and in UTC."""
    read = parse_datetime(value) if isinstance(value, str) else value
    return read.replace(tzinfo=UTC) if read is not None and read.tzinfo is None else read


def standing_of(*, petition: Petition, now: datetime) -> Standing:
    """Where the petition stands at a moment."""
    return standing(state=petition.state, opens_at=petition.opens_at, closes_at=petition.closes_at, now=now)


def current_version(*, petition: Petition) -> PetitionVersion | None:
    """The words that are signed now."""
    return petition.versions.order_by("-number").first()


def petition_url(*, petition: Petition) -> str:
    """The absolute address of the public page."""
    return f"{settings.HUSTINGS_ADDRESS}/petitions/{petition.slug}/"


def table_of(*, petition: Petition) -> WardTable | None:
    """The table that is published now."""
    kept = petition.ward_table
    return WardTable(total=kept["total"], width=kept["width"], floors=kept["floors"]) if kept else None


def ward_codes(*, petition: Petition) -> list[str]:
    """The wards that have rows of their own: those chosen, or else every ward inside the petition's area."""
    chosen = list(petition.wards.order_by("name").values_list("pk", flat=True))
    if chosen or petition.area_id is None:
        return chosen
    inside = areas_inside(code=petition.area_id)
    return list(
        Area.objects.filter(pk__in=inside, kind=AreaKind.WARD).order_by("name").values_list("pk", flat=True)
    )


@dataclass(frozen=True, kw_only=True)
class WardCount:
    """How many signed in one ward, as a band of `at_least` to `at_most`; the code is empty for everywhere else."""

    code: str
    name: str
    at_least: int
    at_most: int


def ward_counts(*, petition: Petition) -> list[WardCount]:
    """The published table by ward, most signatures first, everywhere else last; empty where none may be shown."""
    table = table_of(petition=petition)
    if table is None:
        return []
    names = dict(Area.objects.filter(pk__in=list(table.floors)).values_list("pk", "name"))
    rows = [
        WardCount(
            code=code,
            name=names.get(code, ""),
            at_least=table.band(code=code)[0],
            at_most=table.band(code=code)[1],
        )
        for code in table.floors
    ]
    return sorted(rows, key=lambda row: (row.code == ELSEWHERE, -row.at_least, row.name))


def as_json(*, petition: Petition, now: datetime) -> Mapping[str, Any]:
    """What anybody may know about a petition, as plain JSON values."""
    table = table_of(petition=petition)
    return {
        "id": str(petition.public_id),
        "title": petition.title,
        "url": petition_url(petition=petition),
        "asked_by": petition.asked_by,
        "asked_of": petition.asked_of,
        "state": standing_of(petition=petition, now=now).value,
        "opens_at": petition.opens_at.isoformat() if petition.opens_at else None,
        "closes_at": petition.closes_at.isoformat() if petition.closes_at else None,
        "count": petition.confirmed,
        "goal": petition.goal,
        "wards": {
            "counted_of": table.total if table else 0,
            "rows": [
                {
                    "code": row.code or None,
                    "name": row.name or "Elsewhere",
                    "at_least": row.at_least,
                    "at_most": row.at_most,
                }
                for row in ward_counts(petition=petition)
            ],
        },
        "outcome": petition.outcome or None,
    }
