"""What the importers of results share: reading cells, and comparing a file with what is known."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hustings.elections.models import Candidacy, Contest
from hustings.elections.rules.general_elections import day_of_results
from hustings.elections.rules.ids import NotAnElectionId, parse_election_id
from hustings.elections.rules.results import (
    FIGURES,
    CandidacyFact,
    ContestFact,
    is_candidacy_news,
    is_news,
)
from hustings.elections.usecases.record_results import record_results
from hustings.platform.importing.importer import DatasetCard, ImportRefused, Options, RowRejected, Sink
from hustings.platform.importing.source import SourceFile
from hustings.platform.models import ImportRun
from hustings.platform.progress import Progress

Row = Mapping[str, str]

# How many contests that do not add up are listed; all are counted.
_SHOWN = 20


@dataclass
class StagedResults:
    """Everything a file says, by contest."""

    contests: dict[tuple[str, str], ContestFact]
    source: str


class ResultsImporter(ABC):
    """An importer of results: it says which contest a row is about, and what it says of contest and candidate."""

    slug: str
    card: DatasetCard

    @abstractmethod
    def recognises(self, *, source: SourceFile) -> bool:
        """Say whether the file has this layout."""

    @abstractmethod
    def rows(self, *, source: SourceFile) -> Iterator[tuple[int, Row]]:
        """Every row with its line, by our own names."""

    @abstractmethod
    def election_id(self, *, source: SourceFile, rows: list[tuple[int, Row]], options: Options) -> str:
        """The election the whole file is about, empty where each row says its own; raises `ImportRefused`."""

    @abstractmethod
    def facts(self, *, row: Row, election_id: str) -> tuple[ContestFact, CandidacyFact | None]:
        """What a row says; raises `RowRejected`."""

    def stage(
        self, *, source: SourceFile, run: ImportRun, options: Options, sink: Sink, progress: Progress
    ) -> StagedResults:
        """Read every row, gather contests with their candidates, and compare each with what is known."""
        rows = list(self.rows(source=source))
        election_id = self.election_id(source=source, rows=rows, options=options)
        taken: list[tuple[int, ContestFact, CandidacyFact | None]] = []
        contests: dict[tuple[str, str], ContestFact] = {}
        for done, (line, row) in enumerate(rows, start=1):
            try:
                contest, candidacy = self.facts(row=row, election_id=election_id)
                kept = contests.get(contest.key)
                _refuse_repeats(kept, contest, candidacy)
            except RowRejected as reason:
                sink.reject(line=line, reason=str(reason), row=row)
                continue
            kept = contests.setdefault(contest.key, contest)
            if candidacy is not None:
                kept.candidacies[candidacy.name, candidacy.party] = candidacy
            taken.append((line, kept, candidacy))
            if done % 1000 == 0:
                progress.report(done=done, total=len(rows), note="rows")
        self.finish(contests=contests)
        known = known_contests(election_ids={fact.election_id for fact in contests.values()})
        for _line, contest, candidacy in taken:
            before = known.get(contest.key) or known.get((contest.election_id, contest.ballot_id))
            said = contest.candidacies[candidacy.name, candidacy.party] if candidacy else None
            news = is_news(known=before, fact=contest) or (
                said and is_candidacy_news(known=before, fact=said)
            )
            if news:
                sink.accept()
            else:
                sink.unchanged()
        elections = sorted({fact.election_id for fact in contests.values()})
        sink.detail(elections=len(elections), contests=len(contests))
        if len(elections) == 1:
            sink.detail(election=elections[0])
        sink.detail(**self.remarks())
        if differing := _differing(contests.values(), known):
            sink.detail(
                contests_that_differ_from_our_calculation=len(differing),
                differs_from_our_calculation=differing[:_SHOWN],
            )
        return StagedResults(contests=contests, source=source.name)

    def finish(self, *, contests: dict[tuple[str, str], ContestFact]) -> None:
        """A last look at everything gathered, for layouts that need one."""
        del contests

    def remarks(self) -> Mapping[str, object]:
        """What a reader of the import's report should know besides the counts."""
        return {}

    def activate(self, *, staged: StagedResults, run: ImportRun, options: Options) -> None:
        """Write everything."""
        if not staged.contests:
            raise ImportRefused(
                f"{staged.source} has no row that can be used. The rejects file says why, line by line."
            )
        record_results(contests=list(staged.contests.values()), source=staged.source)

    def discard(self, *, staged: StagedResults | None) -> None:
        """Forget what was gathered."""
        if staged is not None:
            staged.contests.clear()


def general_election(
    *, source: SourceFile, codes: Iterable[str], declared: Iterable[str], options: Options
) -> str:
    """The general election a file is about: as chosen, else as the file tells; raises `ImportRefused`."""
    if options.election:
        try:
            chosen = parse_election_id(options.election)
        except NotAnElectionId as fault:
            raise ImportRefused(str(fault)) from fault
        if chosen.kind != "parl":
            raise ImportRefused(
                f"{options.election} is not an election to the UK Parliament, and this file is."
            )
        return chosen.text
    day = day_of_results(file_name=source.name, codes=codes, declared=declared)
    if day is None:
        raise ImportRefused(
            f"{source.name} does not say which election it is about. Say so, for example --election "
            "parl.2024-07-04."
        )
    return f"parl.{day.isoformat()}"


def _refuse_repeats(kept: ContestFact | None, contest: ContestFact, candidacy: CandidacyFact | None) -> None:
    if kept is None:
        return
    if candidacy is None:
        if not contest.has_repeated_rows:
            raise RowRejected(f"{contest.area_name} stands already earlier in the file.")
    elif (candidacy.name, candidacy.party) in kept.candidacies:
        raise RowRejected(
            f"{candidacy.name} ({candidacy.party}) stands already earlier in {contest.area_name}."
        )


def _differing(
    contests: Iterable[ContestFact], known: Mapping[tuple[str, str], ContestFact]
) -> list[dict[str, object]]:
    """Contests whose declared figures are not those of the candidates' votes, whichever came first."""
    found: list[dict[str, object]] = []
    for fact in contests:
        before = known.get(fact.key) or known.get((fact.election_id, fact.ballot_id))
        declared = fact if fact.are_figures_declared else before
        votes = [c.votes for c in (fact.candidacies or (before.candidacies if before else {})).values()]
        if declared is None or not declared.are_figures_declared or len(votes) < 2 or None in votes:
            continue
        ranked = sorted((vote or 0 for vote in votes), reverse=True)
        ours = {"majority": ranked[0] - ranked[1], "valid_votes": sum(ranked)}
        theirs = {"majority": declared.majority, "valid_votes": declared.valid_votes}
        if ours != theirs:
            found.append(
                {"contest": fact.area_code or fact.ballot_id, "declared": theirs, "candidates": ours}
            )
    return found


def known_contests(*, election_ids: Iterable[str]) -> dict[tuple[str, str], ContestFact]:
    """The contests of these elections as the database has them."""
    found: dict[tuple[str, str], ContestFact] = {}
    contests = Contest.objects.filter(election__in=set(election_ids)).select_related(
        "first_party", "second_party"
    )
    by_id: dict[int, ContestFact] = {}
    for row in contests:
        fact = ContestFact(
            election_id=row.election_id,
            ballot_id=row.ballot_id,
            area_name=row.area_name,
            area_code=row.area_id,
            first=row.first_short,
            second=row.second_short,
            are_figures_declared=row.are_figures_declared,
            **{name: getattr(row, name) for name in FIGURES},
        )
        found[row.election_id, row.ballot_id] = by_id[row.pk] = fact
        if row.area_id:
            found[row.election_id, row.area_id] = fact
    for candidacy in Candidacy.objects.filter(contest__in=by_id.keys()).select_related("party"):
        party = candidacy.party
        by_id[candidacy.contest_id].candidacies[candidacy.name, party.name if party else ""] = CandidacyFact(
            name=candidacy.name,
            party=party.name if party else "",
            party_short=party.abbreviation if party else "",
            party_commission_id=party.commission_id if party else "",
            votes=candidacy.votes,
            is_elected=candidacy.is_elected,
            person_ref=candidacy.person_ref,
            description=candidacy.description,
        )
    return found


def whole_number(row: Mapping[str, str], name: str, *, told: str) -> int | None:
    """A cell as a whole number, `None` where it is empty; raises `RowRejected`."""
    text = row.get(name, "").strip().replace(",", "")
    if text.casefold() in {"", "na", "n/a"}:
        return None
    number = text.removesuffix(".0")
    if not (number.isascii() and number.isdigit()):
        raise RowRejected(f"“{row[name]}” is not a whole number of {told}.")
    return int(number)


def folded(heading: str) -> str:
    """A heading with nothing but its letters and digits, in small letters: "ONS ID" and "ons_id" are one."""
    return "".join(character for character in heading.casefold() if character.isalnum())


def by_alias(header: Iterable[str], aliases: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Our name → the file's heading: the first of the declared spellings that the file has."""
    present = {folded(cell): cell for cell in header}
    found = {}
    for name, spellings in aliases.items():
        if (spelling := next((s for s in spellings if s in present), None)) is not None:
            found[name] = present[spelling]
    return found
