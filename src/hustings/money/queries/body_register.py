"""What the registers that were brought in say of a party, union, company or association that gave.

The Electoral Commission's register lists parties, and those who registered to campaign (unions, companies and associations among
them); the Certification Officer's list is of trade unions. Only the first kind of row answers whether a party is registered, only
the second whether a union is listed; the others are shown because they help to know who gave. A person decides.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hustings.basics.clock import uk_date
from hustings.money.models import Donor, DonorKind, PublishedBody
from hustings.money.rules.registered_bodies import BodyName, How, find_bodies
from hustings.platform.models import ImportRun, ImportState
from hustings.platform.words import day

COMMISSION, UNIONS = "ec-register", "union-list"
#: Who is looked for on a register of electors, and not on these.
_PERSONS = frozenset({DonorKind.INDIVIDUAL, DonorKind.ANONYMOUS_ELECTOR, DonorKind.BEQUEST})
#: The question that a register answers, by the kind of donor.
_ANSWERS = {
    DonorKind.PARTY: ("registered_party", COMMISSION),
    DonorKind.TRADE_UNION: ("listed_union", UNIONS),
}
_TITLES = {COMMISSION: "the Electoral Commission's register", UNIONS: "the Certification Officer's list"}


@dataclass(frozen=True, kw_only=True)
class FoundBody:
    """One row that may be the donor. `answers` is set where it is of the kind that answers the question asked of the donor;
    `careful` holds whole sentences about its standing.
    """

    body: PublishedBody
    how: How
    answers: bool
    careful: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LookUp:
    """What was found: the rows, the files they were looked for in, and, by question, a sentence on where it was seen."""

    rows: tuple[FoundBody, ...]
    imports: tuple[ImportRun, ...]
    missing: tuple[str, ...]
    seen: dict[str, str]
    sentence: str

    def as_json(self) -> dict[str, Any]:
        """What a check keeps of it."""
        return {
            "sentence": self.sentence,
            "files": [
                {
                    "importer": run.importer,
                    "file": run.file_name,
                    "sha256": run.file_sha256,
                    "imported_on": uk_date(run.started_at).isoformat(),
                }
                for run in self.imports
            ],
            "rows": [
                {
                    "ref": one.body.ref,
                    "register": one.body.register,
                    "name": one.body.name,
                    "kind": one.body.kind,
                    "status": one.body.status,
                    "registered_on": one.body.registered_on.isoformat() if one.body.registered_on else "",
                    "how": one.how,
                    "careful": list(one.careful),
                }
                for one in self.rows
            ],
        }


def is_looked_up(*, donor: Donor) -> bool:
    """Whether these registers say anything of such a donor."""
    return donor.kind not in _PERSONS


def look_up(*, donor: Donor, on: date) -> LookUp:
    """Look for a donor who is no person on the registers as last brought in; `on` is the day of the gift."""
    runs = {slug: newest_run(importer=slug) for slug in (COMMISSION, UNIONS)}
    imports = tuple(run for run in runs.values() if run is not None)
    bodies = PublishedBody.objects.filter(run__importer__in=[run.importer for run in imports])
    matches = find_bodies(
        name=donor.organisation,
        company_number=donor.company_number,
        bodies=[
            BodyName(body_id=pk, name=name, company_number=number)
            for pk, name, number in bodies.values_list("pk", "name", "company_number")
        ],
    )
    stored = bodies.select_related("run", "seen_in").in_bulk([match.body_id for match in matches])
    question, register = _ANSWERS.get(DonorKind(donor.kind), ("", COMMISSION))
    rows = tuple(
        FoundBody(
            body=stored[match.body_id],
            how=match.how,
            answers=match.how != "near" and _answers(stored[match.body_id], donor.kind),
            careful=_careful(stored[match.body_id], runs, on),
        )
        for match in matches
    )
    rows = tuple(sorted(rows, key=lambda one: not one.answers))
    run = runs[register]
    sentence = _sentence(rows, run, register)
    return LookUp(
        rows=rows,
        imports=imports,
        missing=tuple(_TITLES[slug] for slug in _wanted(register) if runs[slug] is None),
        seen={question: sentence} if question and run is not None else {},
        sentence=sentence,
    )


def newest_run(*, importer: str) -> ImportRun | None:
    """The last file of an importer that came in."""
    return (
        ImportRun.objects.filter(importer=importer, state=ImportState.ACTIVE).order_by("-started_at").first()
    )


def _wanted(register: str) -> tuple[str, ...]:
    return (COMMISSION,) if register == COMMISSION else (register, COMMISSION)


def _answers(body: PublishedBody, kind: str) -> bool:
    if kind == DonorKind.PARTY:
        return body.run.importer == COMMISSION and "political party" in body.kind.casefold()
    return kind == DonorKind.TRADE_UNION and body.run.importer == UNIONS


def _careful(body: PublishedBody, runs: dict[str, ImportRun | None], on: date) -> tuple[str, ...]:
    found = []
    if body.status and body.status.casefold() != "registered":
        found.append(f"Its registration is “{body.status}”.")
    if body.registered_on and body.registered_on > on:
        found.append("It was registered only after the gift was received.")
    newest = runs[body.run.importer]
    seen = body.seen_in or body.run
    if newest is not None and seen.pk != newest.pk:
        found.append(
            f"The newest file no longer has it; it was last seen in that of {day(uk_date(seen.started_at))}."
        )
    return tuple(found)


def _sentence(rows: tuple[FoundBody, ...], run: ImportRun | None, register: str) -> str:
    title = _TITLES[register]
    if run is None:
        return f"No file of {title} was brought in."
    as_of = f"{title} as imported on {_when(run.started_at)} ({run.file_name})"
    same = [one for one in rows if one.answers] or [
        one for one in rows if one.how != "near" and one.body.run.importer == register
    ]
    if not same:
        return f"Not found in {as_of}."
    return f"In {as_of}: " + "; ".join(_row(one) for one in same[:3]) + "."


def _row(one: FoundBody) -> str:
    body = one.body
    parts = [
        body.name if body.ref == body.name else f"{body.ref} {body.name}",
        body.kind,
        body.register,
        body.status,
    ]
    if body.registered_on:
        parts.append(f"since {day(body.registered_on)}")
    return ", ".join(part for part in (*parts, *(careful.rstrip(".") for careful in one.careful)) if part)


def _when(at: datetime) -> str:
    return day(uk_date(at))
