"""Record what a file of results says: elections, contests, parties and candidacies."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils.formats import date_format

from hustings.elections.models import Candidacy, Contest, Election, ElectionKind, Party
from hustings.elections.rules.counting import Tally, outcome
from hustings.elections.rules.ids import ElectionId, parse_election_id
from hustings.elections.rules.parties import NAMES, name_of
from hustings.elections.rules.results import FIGURES, CandidacyFact, ContestFact
from hustings.places.rules.codes import nation_of
from hustings.places.usecases.ensure_areas import ensure_areas


def record_results(*, contests: list[ContestFact], source: str) -> None:
    """Write elections, areas, parties, contests and candidacies; what was worked out is worked out again."""
    facts = contests
    ensure_areas(names={fact.area_code: fact.area_name for fact in facts if fact.area_code})
    for election_id in sorted({fact.election_id for fact in facts}):
        _ensure_election(election_id, facts, source)
    parties = _Parties(facts)
    written = _written_contests(facts, parties)
    _write_candidacies(facts, written, parties)
    _work_out([written[fact.key] for fact in facts if fact.candidacies])


def _ensure_election(election_id: str, facts: list[ContestFact], source: str) -> None:
    parsed = parse_election_id(election_id)
    nations = {
        nation_of(fact.area_code) for fact in facts if fact.election_id == election_id and fact.area_code
    }
    nation = nations.pop() if len(nations) == 1 else ""
    election, is_new = Election.objects.get_or_create(
        id=election_id,
        defaults={
            "kind": parsed.kind if parsed.kind in ElectionKind.values else ElectionKind.LOCAL,
            "title": title_of(election_id=parsed),
            "poll_on": parsed.poll_on,
            "nation": nation,
            "is_notional": parsed.is_notional,
            "source": source[:255],
        },
    )
    if not is_new and nation and not election.nation and parsed.kind == "local":
        election.nation = nation
        election.save(update_fields=["nation"])


def title_of(*, election_id: ElectionId) -> str:
    """A title in words for an election that nobody has named yet."""
    day = date_format(election_id.poll_on, "j F Y")
    if election_id.kind == "parl":
        told = "UK general election" if not election_id.is_by_election else "UK parliamentary by-election"
        return f"{told}, {day}" + (", notional on 2024 boundaries" if election_id.is_notional else "")
    name = election_id.organisation.replace("-", " ").title()
    return f"{name} {election_id.kind} election, {day}".strip()


class _Parties:
    """Parties by name and by short name; made where they are not known."""

    def __init__(self, facts: list[ContestFact]) -> None:
        self._by_name = {party.name: party for party in Party.objects.all()}
        candidacies = [candidacy for fact in facts for candidacy in fact.candidacies.values()]
        for candidacy in candidacies:
            if candidacy.party:
                self._know(candidacy)
        for fact in facts:
            for short in (fact.first, fact.second):
                if short and self.by_short(short) is None:
                    self._make(name_of(short), short, "")

    def by_name(self, name: str) -> Party | None:
        return self._by_name.get(name)

    def by_short(self, short: str) -> Party | None:
        if not short:
            return None
        if short in NAMES:
            return self._by_name.get(name_of(short))
        fitting = [party for party in self._by_name.values() if party.abbreviation == short]
        # Some files write a name where others write its short form.
        return min(fitting, key=lambda party: party.pk) if fitting else self._by_name.get(short)

    def _know(self, fact: CandidacyFact) -> None:
        party = self._by_name.get(fact.party)
        if party is None:
            # A file of constituencies may have brought this party in under its short name alone.
            placeholder = self._by_name.get(fact.party_short) if fact.party_short not in NAMES else None
            if placeholder is None or placeholder.name != placeholder.abbreviation:
                self._make(fact.party, fact.party_short, fact.party_commission_id)
                return
            del self._by_name[placeholder.name]
            placeholder.name = fact.party
            placeholder.save(update_fields=["name"])
            self._by_name[fact.party] = party = placeholder
        changed = {
            name: said
            for name, said in (
                ("abbreviation", fact.party_short),
                ("commission_id", fact.party_commission_id),
            )
            if said and not getattr(party, name)
        }
        if changed:
            for name, said in changed.items():
                setattr(party, name, said)
            party.save(update_fields=list(changed))

    def _make(self, name: str, short: str, commission_id: str) -> None:
        self._by_name[name] = Party.objects.create(
            name=name[:160], abbreviation=short[:40], commission_id=commission_id[:20]
        )


def _written_contests(facts: list[ContestFact], parties: _Parties) -> dict[tuple[str, str], Contest]:
    elections = {fact.election_id for fact in facts}
    found: dict[tuple[str, str], Contest] = {}
    for row in Contest.objects.filter(election__in=elections):
        found[row.election_id, row.ballot_id] = row
        if row.area_id:
            found[row.election_id, row.area_id] = row
    fresh: list[Contest] = []
    changed: list[Contest] = []
    result: dict[tuple[str, str], Contest] = {}
    for fact in facts:
        contest = found.get(fact.key) or found.get((fact.election_id, fact.ballot_id))
        is_new = contest is None
        if contest is None:
            contest = Contest(election_id=fact.election_id, ballot_id=fact.ballot_id)
        contest.area_name = contest.area_name or fact.area_name[:160]
        contest.area_id = contest.area_id or fact.area_code
        _take_figures(contest, fact, parties)
        result[fact.key] = contest
        (fresh if is_new else changed).append(contest)
    Contest.objects.bulk_create(fresh, batch_size=500)
    names = ["area_name", "area", *FIGURES, "first_party", "second_party", "first_label", "second_label"]
    names.append("are_figures_declared")
    Contest.objects.bulk_update(changed, names, batch_size=200)
    return result


def _take_figures(contest: Contest, fact: ContestFact, parties: _Parties) -> None:
    for name in ("electorate", "spoilt_votes", "turnout_pct"):
        if getattr(fact, name) is not None:
            setattr(contest, name, getattr(fact, name))
    if fact.are_figures_declared:
        contest.are_figures_declared = True
        contest.majority, contest.valid_votes = fact.majority, fact.valid_votes
        contest.first_party = parties.by_short(fact.first)
        contest.second_party = parties.by_short(fact.second)
        contest.first_label, contest.second_label = fact.first[:40], fact.second[:40]


def _write_candidacies(
    facts: list[ContestFact], contests: Mapping[tuple[str, str], Contest], parties: _Parties
) -> None:
    known = {
        (row.contest_id, row.name, row.party_id): row
        for row in Candidacy.objects.filter(contest__in=[contest.pk for contest in contests.values()])
    }
    fresh: list[Candidacy] = []
    changed: list[Candidacy] = []
    for fact in facts:
        for said in fact.candidacies.values():
            party = parties.by_name(said.party) if said.party else None
            key = contests[fact.key].pk, said.name[:160], party.pk if party else None
            row = known.get(key)
            if row is None:
                row = Candidacy(contest_id=key[0], name=key[1], party_id=key[2])
                fresh.append(row)
            else:
                changed.append(row)
            row.votes = said.votes if said.votes is not None else row.votes
            row.is_elected = said.is_elected if said.is_elected is not None else row.is_elected
            row.person_ref = said.person_ref or row.person_ref
            row.description = said.description[:160] or row.description
    Candidacy.objects.bulk_create(fresh, batch_size=500)
    Candidacy.objects.bulk_update(
        changed, ["votes", "is_elected", "person_ref", "description"], batch_size=200
    )


def _work_out(contests: Iterable[Contest]) -> None:
    """Work seats, winners and, unless they were declared, the figures out from the candidates."""
    by_contest: dict[int, dict[str, Candidacy]] = defaultdict(dict)
    changed: dict[int, Contest] = {contest.pk: contest for contest in contests}
    for row in Candidacy.objects.filter(contest__in=changed).select_related("party"):
        by_contest[row.contest_id][str(row.pk)] = row
    winners = []
    for contest in changed.values():
        rows = by_contest[contest.pk]
        elected = sum(1 for row in rows.values() if row.is_elected)
        contest.seats = max(1, elected)
        tallies = [Tally(key, "", row.votes, row.is_elected) for key, row in rows.items()]
        found = outcome(tallies=tallies, seats=contest.seats)
        contest.is_unopposed = found.is_unopposed
        first = rows[found.first.name] if found.first else None
        if first is not None and not elected:
            first.is_elected = True
            winners.append(first)
        if not contest.are_figures_declared:
            second = rows[found.second.name] if found.second else None
            contest.majority, contest.valid_votes = found.majority, found.valid_votes
            contest.first_party = first.party if first else None
            contest.second_party = second.party if second else None
    Candidacy.objects.bulk_update(winners, ["is_elected"], batch_size=500)
    names = ["seats", "is_unopposed", "majority", "valid_votes", "first_party", "second_party"]
    Contest.objects.bulk_update(changed.values(), names, batch_size=200)
