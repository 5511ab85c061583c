"""The whole record as one table, for CSV and JSON: its columns, each explained, and its rows."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hustings.openness.models import Entry
from hustings.openness.queries.entries import EntryView, public_entries, view_of, with_documents

_CHUNK = 500


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of the downloads: its name, what it holds, and whether it is text or a whole number."""

    name: str
    meaning: str | Promise
    type: Literal["string", "integer"] = "string"


COLUMNS: tuple[Column, ...] = (
    Column(
        name="number",
        type="integer",
        meaning=_("Number of the entry, from 0, without a gap. It is the leaf’s index in the log."),
    ),
    Column(
        name="kind",
        meaning=_(
            "material, sending, round (of leaflets), advert, calls, expenses, donations, withdrawal, correction, withholding or "
            "restart (of the log)."
        ),
    ),
    Column(name="recorded_at", meaning=_("When it was recorded, in UTC (ISO 8601).")),
    Column(name="title", meaning=_("What it is called; empty where it was withheld.")),
    Column(name="channel", meaning=_("Of a sending, how it went out; of a material, what it is made of.")),
    Column(name="purpose", meaning=_("campaign, fundraising, volunteering or service.")),
    Column(
        name="area_code", meaning=_("The place it is about (GSS code); empty for the whole organisation.")
    ),
    Column(name="area", meaning=_("The name of that place.")),
    Column(name="imprint", meaning=_("The imprint it carries.")),
    Column(name="election", meaning=_("The election it bears on (election identifier).")),
    Column(name="copy_sha256", meaning=_("SHA-256 of the exact bytes of the approved copy.")),
    Column(
        name="concerns",
        type="integer",
        meaning=_(
            "Number of the entry that this one is about: the material of a sending, or what is corrected."
        ),
    ),
    Column(
        name="started_at", meaning=_("Of a sending, when it began (ISO 8601, time of the United Kingdom).")
    ),
    Column(name="finished_at", meaning=_("Of a sending, when it ended.")),
    Column(name="opens_on", meaning=_("First day on which numbers, cost and targeting are open.")),
    Column(
        name="people_at_least",
        type="integer",
        meaning=_(
            "At least this many people; published in bands of ten, see “fewer than 10”. Empty until opened."
        ),
    ),
    Column(
        name="people_at_most",
        type="integer",
        meaning=_("At most this many people. At most 9 means fewer than 10."),
    ),
    Column(name="cost_pence_at_least", type="integer", meaning=_("The cost in pence is at least this.")),
    Column(
        name="cost_pence_at_most",
        type="integer",
        meaning=_("The cost in pence is at most this; equal to the column before where the cost is exact."),
    ),
    Column(
        name="times_shown",
        meaning=_("Of an advertisement, how often the platform says it was shown."),
        type="integer",
    ),
    Column(name="targeting", meaning=_("Whom it was meant for, in plain words. Empty until opened.")),
    Column(name="reason", meaning=_("Of a withdrawal, correction or withholding, why.")),
    Column(
        name="leaf_hash",
        meaning=_(
            "Hash of the entry’s leaf (RFC 6962: SHA-256 of a zero byte and the leaf), in hexadecimal."
        ),
    ),
    Column(name="leaf", meaning=_("The leaf itself, byte for byte, as text.")),
)


def rows_of_record(*, on: date) -> Iterator[dict[str, Any]]:
    """Every entry as the public may see it on that day, oldest first; read in chunks, so that length does not
    matter.
    """
    entries = with_documents(public_entries(on=on).order_by("number"))
    for entry in entries.iterator(chunk_size=_CHUNK):
        yield row_of(view_of(entry=entry, on=on))


def row_of(view: EntryView) -> dict[str, Any]:
    """One entry as a row of the table; what is not open, or not said, is None."""
    entry: Entry = view.entry
    facts, figures = view.facts, view.figures
    people, cost = figures.get("people"), figures.get("cost_pence")
    low, high = (cost["at_least"], cost["at_most"]) if isinstance(cost, dict) else (cost, cost)
    election = facts.get("election")
    return {
        "number": entry.number,
        "kind": entry.kind,
        "recorded_at": entry.recorded_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "title": facts.get("title") or entry.title,
        "channel": entry.channel,
        "purpose": entry.purpose,
        "area_code": entry.area_id,
        "area": entry.area.name if entry.area else None,
        "imprint": facts.get("imprint"),
        "election": election["id"] if election else None,
        "copy_sha256": facts.get("copy_sha256"),
        "concerns": json.loads(bytes(entry.leaf))["concerns"],
        "started_at": facts.get("started_at"),
        "finished_at": facts.get("finished_at"),
        "opens_on": entry.opens_on.isoformat() if entry.opens_on else None,
        "people_at_least": people["at_least"] if people else None,
        "people_at_most": people["at_most"] if people else None,
        "cost_pence_at_least": low,
        "cost_pence_at_most": high,
        "times_shown": figures.get("times_shown"),
        "targeting": figures.get("targeting"),
        "reason": facts.get("reason"),
        "leaf_hash": entry.leaf_hash,
        "leaf": view.leaf,
    }
