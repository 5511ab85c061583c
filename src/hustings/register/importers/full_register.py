"""The full electoral register as councils supply it: Xpress in 13 and 14 columns, party exports,
PDCode/RollNo files.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import Any

from hustings.basics.clock import uk_date
from hustings.places.models import Area
from hustings.places.queries import areas_inside, locate
from hustings.platform.importing.importer import DatasetCard, ImportRefused, Options, Sink
from hustings.platform.importing.source import SourceFile
from hustings.platform.models import ImportRun
from hustings.platform.progress import Progress
from hustings.register.access import is_in_force
from hustings.register.models import Entitlement, RegisterEntry, RegisterVersion
from hustings.register.rules.franchise import letters_of, read_markers
from hustings.register.rules.headings import Columns, HeadedTwice, NotARegister, columns_of
from hustings.register.rules.linking import Known, link_entries
from hustings.register.rules.matching.folding import forenames, house_of, postcode_key, surname_key
from hustings.register.rules.register_line import LineRefused, NameOrder, RegisterLine, name_order, read_line
from hustings.register.usecases.store_version import StagedEntry, StagedRegister, store_version

_REPORT_EVERY = 5_000
_SAMPLE_ROWS = 500


class FullRegister:
    """Reads a full register into a new version, under an entitlement recorded before."""

    slug = "full-register"
    card = DatasetCard(
        title="Full electoral register",
        publisher="the council's electoral registration officer",
        licence="held under an entitlement: electoral purposes only, never published, destroyed when no longer needed",
        what=(
            "Every entry of the full register. Columns are told by their headings, in any order; columns that are not "
            "known stay with the entry. “Elector DOB” holds the date of attainment. Choices: entitlement=NUMBER where "
            "more than one is in force, as_of=YYYY-MM-DD for the day of the register (else the day of import)."
        ),
        columns=(
            "Elector Number Prefix",
            "Elector Number",
            "Elector Number Suffix",
            "Elector Markers",
            "Elector DOB",
            "Elector Surname",
            "Elector Forename",
            "PostCode",
            "Address1",
            "Address6",
            "Elector ID",
        ),
        updated="every month; the revised register on 1 December",
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """By headings for a divided elector number, a name, a postcode and an address."""
        try:
            columns_of(header=source.header)
        except (NotARegister, HeadedTwice):
            return False
        return True

    def stage(
        self, *, source: SourceFile, run: ImportRun, options: Options, sink: Sink, progress: Progress
    ) -> StagedRegister:
        """Read every line, place it, and link it to the electors of the versions it will replace."""
        on = uk_date(run.started_at)
        entitlement = _entitlement(options=options, on=on)
        try:
            columns = columns_of(header=source.header)
        except (NotARegister, HeadedTwice) as problem:
            raise ImportRefused(f"{source.name} cannot be read as a full register. {problem}") from problem
        reading = _Reading(source=source, columns=columns, sink=sink, progress=progress)
        entries = reading.entries()
        if not entries:
            raise ImportRefused(f"{source.name} holds no entry that can be used.")
        entries = _within(entitlement=entitlement, entries=entries, sink=sink)
        replaced = _versions_replaced(entries=entries)
        unchanged = _link(entries=entries, versions=replaced, sink=sink)
        sink.accept(len(entries) - unchanged)
        sink.unchanged(unchanged)
        _describe(entries=entries, sink=sink, on=on)
        return StagedRegister(
            entitlement_id=entitlement.pk,
            area_code=_smallest_area(entries=entries, entitlement=entitlement),
            as_of=_as_of(options=options, on=on),
            replaces=tuple(version.pk for version in replaced),
            entries=entries,
        )

    def activate(self, *, staged: Any, run: ImportRun, options: Options) -> None:
        """Write the new version."""
        store_version(staged=staged, run=run, now=run.started_at)

    def discard(self, *, staged: Any) -> None:
        """Let the rows go."""
        if staged is not None:
            staged.entries.clear()


def _entitlement(*, options: Options, on: date) -> Entitlement:
    wanted = str(options.values.get("entitlement", ""))
    if wanted:
        found = Entitlement.objects.filter(pk=int(wanted)).first() if wanted.isdigit() else None
        if found is None:
            raise ImportRefused(
                f"There is no entitlement number {wanted}. `hustings register entitlement list`."
            )
        if not is_in_force(entitlement=found, on=on):
            raise ImportRefused(
                f"The entitlement of {found.holder} runs from {found.valid_from} until {found.valid_until}; it is not "
                "in force today. Record a new one first."
            )
        return found
    in_force = list(Entitlement.objects.filter(valid_from__lte=on, valid_until__gt=on))
    if not in_force:
        raise ImportRefused(
            "No entitlement to hold the register is in force. Record one first: who may hold it, for which election "
            "or office, where, until when (`hustings register entitlement add`)."
        )
    if len(in_force) > 1:
        names = "; ".join(f"{one.pk} ({one.holder}, {one.area_id})" for one in in_force)
        raise ImportRefused(
            f"More than one entitlement is in force: {names}. Say which: --option entitlement=NUMBER."
        )
    return in_force[0]


def _as_of(*, options: Options, on: date) -> date:
    written = options.values.get("as_of")
    if not written:
        return on
    try:
        as_of = date.fromisoformat(str(written))
    except ValueError as problem:
        raise ImportRefused(f"as_of “{written}” is not a day written YYYY-MM-DD.") from problem
    return as_of


class _Reading:
    """One pass over the file: lines read, refused lines reported, each number once."""

    def __init__(self, *, source: SourceFile, columns: Columns, sink: Sink, progress: Progress) -> None:
        self._source, self._columns, self._sink, self._progress = source, columns, sink, progress

    def entries(self) -> list[StagedEntry]:
        order = self._name_order()
        found: list[StagedEntry] = []
        first_line: dict[tuple[str, int, int], int] = {}
        for line, row in self._source.rows():
            if not any(row):
                continue
            try:
                entry = read_line(row=row, columns=self._columns, order=order)
                number = (entry.district, entry.number, entry.suffix)
                if number in first_line:
                    raise LineRefused(
                        f"The elector number {entry.full_number} stands already in line {first_line[number]}."
                    )
            except LineRefused as problem:
                self._sink.reject(line=line, reason=str(problem), row=self._as_record(row))
                continue
            first_line[number] = line
            found.append(StagedEntry(line=line, entry=entry))
            if len(found) % _REPORT_EVERY == 0:
                self._progress.report(done=len(found), note="read")
        return found

    def _name_order(self) -> NameOrder:
        if not self._columns.has_single_name:
            return NameOrder.COMMA
        position = self._columns.known["full_name"]
        sample = [
            row[position] for _, row in islice(self._source.rows(), _SAMPLE_ROWS) if position < len(row)
        ]
        order = name_order(sample=sample)
        self._sink.detail(name_order=order.value)
        return order

    def _as_record(self, row: Sequence[str]) -> dict[str, str]:
        header = self._source.header
        return dict(zip(header, [*row, *([""] * (len(header) - len(row)))], strict=False))


def _within(*, entitlement: Entitlement, entries: list[StagedEntry], sink: Sink) -> list[StagedEntry]:
    """Place the entries and refuse those that lie outside the entitlement's area.

    Entries without a postcode that is known lie where most of their polling district lies. A refused entry
    goes to the rejects file by its number alone: nobody here may hold more of it.
    """
    known_areas = set(Area.objects.values_list("pk", flat=True))
    covered = areas_inside(code=entitlement.area_id)
    places: dict[str, tuple[str | None, str | None, bool]] = {}
    for postcode in {row.entry.postcode for row in entries if row.entry.postcode}:
        found = locate(postcode=postcode)
        codes = (found.ward, found.constituency)
        ward, constituency = (code if code in known_areas else None for code in codes)
        is_placed = any(codes)
        places[postcode] = (
            ward,
            constituency,
            not is_placed or not covered.isdisjoint({*codes, found.district}),
        )
    votes: dict[str, Counter[tuple[str | None, str | None]]] = {}
    inside: list[StagedEntry] = []
    not_placed = 0
    for row in entries:
        ward, constituency, is_covered = places.get(row.entry.postcode, (None, None, True))
        if not is_covered:
            continue
        row.ward, row.constituency = ward, constituency
        if ward or constituency:
            votes.setdefault(row.entry.district, Counter())[ward, constituency] += 1
        inside.append(row)
    outside = len(entries) - len(inside)
    if outside * 2 > len(entries):
        raise ImportRefused(
            f"{outside:,} of {len(entries):,} entries lie outside {entitlement.area}, for which {entitlement.holder} is "
            "entitled. This seems to be the register of another area."
        )
    kept = {id(row) for row in inside}
    for row in entries:
        if id(row) not in kept:
            sink.reject(
                line=row.line,
                reason=f"This entry lies outside {entitlement.area}, the area of the entitlement.",
                row={"Elector number": row.entry.full_number},
            )
    for row in inside:
        if row.ward is None and row.constituency is None and (most := votes.get(row.entry.district)):
            row.ward, row.constituency = most.most_common(1)[0][0]
        not_placed += row.ward is None
    sink.detail(without_ward=not_placed)
    return inside


def _versions_replaced(*, entries: Sequence[StagedEntry]) -> list[RegisterVersion]:
    """Give the current versions whose polling districts the new file covers.

    Raises `ImportRefused` where it covers some of a version's districts but not all: the rest would be lost.
    """
    covered = {(row.ward, row.entry.district) for row in entries}
    replaced = []
    for version in RegisterVersion.objects.filter(is_current=True, destroyed_at=None).select_related("area"):
        held = set(RegisterEntry.objects.filter(version=version).values_list("ward", "district").distinct())
        if held.isdisjoint(covered):
            continue
        # A ward boundary may have moved: what counts is that no polling district is left behind.
        left = {district for _, district in held} - {district for _, district in covered}
        if left:
            raise ImportRefused(
                f"The register in use for {version.area} also holds the polling districts {', '.join(sorted(left)[:8])}, "
                "which this file lacks. Import a file of the whole area."
            )
        replaced.append(version)
    return replaced


def _link(*, entries: Sequence[StagedEntry], versions: Sequence[RegisterVersion], sink: Sink) -> int:
    """Give entries the electors they had before; returns how many entries are the same to the letter."""
    before: list[Known] = []
    electors: list[int] = []
    written: list[tuple[Any, ...]] = []
    folding = _Folding()
    held = RegisterEntry.objects.filter(version__in=versions).values_list(
        "elector",
        "elector__supplier_id",
        "district",
        "number",
        "suffix",
        "surname",
        "forename",
        "postcode",
        "address",
        "markers",
        "attains_on",
    )
    for elector, supplier_id, *values in held.iterator(chunk_size=10_000):
        rest: list[Any] = values
        district, number, suffix, surname, forename, postcode, address, markers, _ = rest
        electors.append(elector)
        written.append(tuple(rest))
        before.append(
            folding.known(
                supplier_id=supplier_id,
                number=(district, number, suffix),
                names=(surname, forename),
                place=(postcode, address),
                markers=markers,
            )
        )
    if not before:
        sink.detail(linked=0, new_electors=len(entries), gone=0)
        return 0
    after = [folding.line(entry=row.entry) for row in entries]
    links = link_entries(before=before, after=after)
    unchanged = 0
    for place, (earlier, _) in links.items():
        entries[place].elector_id = electors[earlier]
        entries[place].supplier_id_before = before[earlier].supplier_id
        unchanged += _as_written(entries[place].entry) == written[earlier]
    sink.detail(
        linked=len(links),
        linked_by=dict(Counter(rule.value for _, rule in links.values())),
        new_electors=len(entries) - len(links),
        gone=len(before) - len(links),
    )
    return unchanged


def _as_written(entry: RegisterLine) -> tuple[Any, ...]:
    return (
        entry.district,
        entry.number,
        entry.suffix,
        entry.surname,
        entry.forename,
        entry.postcode,
        entry.address,
        entry.markers,
        entry.attains_on,
    )


class _Folding:
    """Folds names for linking, each distinct one once."""

    def __init__(self) -> None:
        self._surnames: dict[str, str] = {}
        self._forenames: dict[str, tuple[str, ...]] = {}

    def line(self, *, entry: RegisterLine) -> Known:
        return self.known(
            supplier_id=entry.supplier_id,
            number=(entry.district, entry.number, entry.suffix),
            names=(entry.surname, entry.forename),
            place=(entry.postcode, entry.address),
            markers=entry.markers,
        )

    def known(
        self,
        *,
        supplier_id: str,
        number: tuple[str, int, int],
        names: tuple[str, str],
        place: tuple[str, str],
        markers: str,
    ) -> Known:
        surname, forename = names
        if surname not in self._surnames:
            self._surnames[surname] = surname_key(surname=surname)
        if forename not in self._forenames:
            self._forenames[forename] = forenames(forename=forename)
        return Known(
            supplier_id=supplier_id,
            number=number,
            surname=self._surnames[surname],
            forenames=self._forenames[forename],
            postcode=postcode_key(postcode=place[0]),
            house=house_of(address=place[1]),
            is_anonymous="N" in markers,
        )


def _smallest_area(*, entries: Sequence[StagedEntry], entitlement: Entitlement) -> str:
    """Give the one ward or constituency that holds every entry, else the entitlement's area."""
    wards = {row.ward for row in entries}
    constituencies = {row.constituency for row in entries}
    for codes in (wards, constituencies):
        if len(codes) == 1 and (code := codes.pop()) is not None:
            return code
    return entitlement.area_id


def _describe(*, entries: Sequence[StagedEntry], sink: Sink, on: date) -> None:
    """Report what the file holds, so that a wrong column or an unknown marker is seen at once."""
    letters = Counter(letter for row in entries for letter in letters_of(markers=row.entry.markers))
    unknown = {
        letter: count
        for letter, count in letters.items()
        if not read_markers(markers=letter, on=on)[0].is_known
    }
    sink.detail(
        polling_districts=len({row.entry.district for row in entries}),
        anonymous=sum(row.entry.is_anonymous for row in entries),
        without_address=sum(not row.entry.address and not row.entry.is_anonymous for row in entries),
        reaching_voting_age=sum(
            row.entry.attains_on is not None and row.entry.attains_on > on for row in entries
        ),
        odd_postcodes=sum(row.entry.has_odd_postcode for row in entries),
        markers=dict(sorted(letters.items())),
        unknown_markers=dict(sorted(unknown.items())),
    )
