"""Campaigners whose spending may lie above a threshold and for whom no registration is found in the registers taken in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max

from hustings.adwatch.models import Entity, Register, RegisterLink, Snapshot
from hustings.adwatch.queries.report import ad_report
from hustings.adwatch.rules.choosing import Choice
from hustings.adwatch.rules.intervals import Interval
from hustings.adwatch.rules.thresholds import Reading, Threshold, reading, threshold_for
from hustings.money.models import PublishedBody
from hustings.platform.models import ImportRun


@dataclass(frozen=True, kw_only=True)
class RegisterUsed:
    """A register that was searched: its file, hash, how many entries, and the day of the newest."""

    file_name: str
    sha256: str
    entries: int
    newest_on: date | None


def registers_used() -> tuple[RegisterUsed, ...]:
    """The files of the Electoral Commission's registers whose entries are known, oldest first."""
    counts = (
        PublishedBody.objects.order_by("run")
        .values_list("run")
        .annotate(n=Count("pk"), newest=Max("registered_on"))
    )
    runs = ImportRun.objects.in_bulk([run for run, _, _ in counts])
    return tuple(
        RegisterUsed(file_name=runs[run].file_name, sha256=runs[run].file_sha256, entries=n, newest_on=newest)
        for run, n, newest in counts
    )


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An entity to look at: what it spent in the regulated period, what that says, and what the registers hold about it.

    `links` are entries of other registers, or registrations that have lapsed; `is_coded` says whether people gave the code.
    """

    entity: Entity
    ads: int
    spend: Interval
    reading: Reading
    is_coded: bool
    links: tuple[RegisterLink, ...]


@dataclass(frozen=True, kw_only=True)
class Search:
    """The threshold and its period, those to look at (largest first), the snapshots and registers used, and cautions."""

    threshold: Threshold
    found: tuple[Candidate, ...]
    choice: Choice
    registers: tuple[RegisterUsed, ...]
    cautions: tuple[str, ...]


def likely_unregistered(*, poll_on: date, codes: Sequence[str] = ("campaigner",)) -> Search:
    """Search a general election's regulated period; raises `NoThreshold` where the table knows none."""
    threshold = threshold_for(poll_on=poll_on)
    report = ad_report(first_on=threshold.first_on, last_on=threshold.last_on, by="entity", estimates=False)
    registers = registers_used()
    rows = {
        int(row.about["entity_id"]): row
        for row in report.rows
        if row.about["entity_id"] is not None
        and row.about["code"] in codes
        and reading(spend=row.spend, threshold=threshold) != "below"
    }
    links: dict[int, list[RegisterLink]] = {}
    for link in RegisterLink.objects.filter(entity__in=rows, rejected_at=None).order_by("register", "number"):
        links.setdefault(link.entity_id, []).append(link)
    found = []
    entities = Entity.objects.in_bulk(list(rows))
    for pk, row in rows.items():
        if any(_is_registered(link, poll_on) for link in links.get(pk, [])):
            continue
        found.append(
            Candidate(
                entity=entities[pk],
                ads=row.ads,
                spend=row.spend,
                reading=reading(spend=row.spend, threshold=threshold),
                is_coded=bool(entities[pk].code),
                links=tuple(links.get(pk, [])),
            )
        )
    return Search(
        threshold=threshold,
        found=tuple(found),
        choice=report.choice,
        registers=registers,
        cautions=_cautions(threshold, registers, report.cautions, poll_on),
    )


def _is_registered(link: RegisterLink, poll_on: date) -> bool:
    return (
        link.register == Register.THIRD_PARTIES
        and not link.status.startswith("Lapsed")
        and (link.registered_on is None or link.registered_on <= poll_on)
    )


def _cautions(
    threshold: Threshold, registers: Sequence[RegisterUsed], others: Sequence[str], poll_on: date
) -> tuple[str, ...]:
    said = [
        "The archive does not say which ads were regulated campaigning: spending on other causes is in these sums.",
        "The archive does not say in which nation money was spent.",
        *threshold.warnings,
    ]
    if not registers:
        said.append(
            "No register of non-party campaigners was taken in, so none can be found. Import one first."
        )
    newest = max((one.newest_on for one in registers if one.newest_on), default=None)
    if newest is not None and newest < poll_on:
        said.append(
            f"The newest entry of the register is of {newest.isoformat()}, before the poll: "
            "whoever registered later is not in it."
        )
    return (*said, *others)


def registrations_by_year() -> dict[int, int]:
    """How many entries of the register of third parties that was taken in date from each year."""
    found: dict[int, set[str]] = {}
    rows = PublishedBody.objects.filter(kind__iexact="third party").exclude(registered_on=None)
    for ref, on in rows.values_list("ref", "registered_on"):
        if on is not None:
            found.setdefault(on.year, set()).add(ref)
    return {year: len(refs) for year, refs in sorted(found.items())}


def basis_of(*, choice: Choice) -> list[dict[str, object]]:
    """The snapshots behind a figure with their hashes, as they are kept with a finding."""
    known = Snapshot.objects.in_bulk([one.id for one in choice.chosen])
    return [
        {"id": one.id, "label": one.label, "sha256": known[one.id].sha256, "original": known[one.id].original}
        for one in choice.chosen
    ]
