"""Two elections of the past, fought by parties that do not exist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from hustings.project.demo.borough.electors import Elector
from hustings.project.demo.borough.land import Land
from hustings.project.demo.borough.names import FEMALE, MALE, draw_forename, name_book

PARLIAMENTARY_ON = date(2024, 7, 4)
LOCAL_ON = date(2023, 5, 4)


@dataclass(frozen=True, slots=True)
class Party:
    """A party of the borough. `strength` is its usual share of the vote in parts of a hundred."""

    id: str
    name: str
    short: str
    strength: int


# The last is not a party: candidates without one share Democracy Club's identifier for independents.
PARTIES = (
    Party(id="PP99901", name="Heron Party", short="Her", strength=33),
    Party(id="PP99902", name="Lantern Party", short="Lan", strength=31),
    Party(id="PP99903", name="Meadow Alliance", short="Mea", strength=18),
    Party(id="PP99904", name="Anvil Party", short="Anv", strength=11),
    Party(id="ynmp-party:2", name="Independent", short="Ind", strength=7),
)


@dataclass(frozen=True, slots=True)
class Candidacy:
    """One candidate's result in one seat."""

    election_id: str
    ballot_id: str
    area_code: str
    area_name: str
    person_id: int
    forename: str
    surname: str
    sex: str
    party: Party
    votes: int
    is_elected: bool
    electorate: int
    turnout_pct: float
    spoilt: int


def past_results(*, rng: Random, land: Land, electors: tuple[Elector, ...]) -> tuple[Candidacy, ...]:
    """Hold a parliamentary election in both constituencies and a local one in every ward, one seat each."""
    by_ward: dict[str, int] = {ward.code: 0 for ward in land.wards}
    by_seat: dict[str, int] = {seat.code: 0 for seat in land.constituencies}
    for elector in electors:
        by_ward[elector.district.ward.code] += 1
        by_seat[elector.district.ward.constituency.code] += 1
    rows: list[Candidacy] = []
    for seat in land.constituencies:
        rows += _contest(
            rng=rng,
            election_id=f"parl.{PARLIAMENTARY_ON}",
            ballot_id=f"parl.{seat.slug}.{PARLIAMENTARY_ON}",
            area=(seat.code, seat.name),
            electorate=by_seat[seat.code],
            turnout=rng.uniform(0.58, 0.66),
            first_person=9_900_000 + len(rows),
        )
    for ward in land.wards:
        rows += _contest(
            rng=rng,
            election_id=f"local.barset.{LOCAL_ON}",
            ballot_id=f"local.barset.{ward.slug}.{LOCAL_ON}",
            area=(ward.code, ward.name),
            electorate=by_ward[ward.code],
            turnout=rng.uniform(0.28, 0.41),
            first_person=9_900_000 + len(rows),
        )
    return tuple(rows)


def _contest(
    *,
    rng: Random,
    election_id: str,
    ballot_id: str,
    area: tuple[str, str],
    electorate: int,
    turnout: float,
    first_person: int,
) -> list[Candidacy]:
    cast = round(electorate * turnout)
    spoilt = round(cast * rng.uniform(0.002, 0.006))
    # Every party stands, but a third of the wards have no independent.
    standing = [party for party in PARTIES if party.short != "Ind" or rng.random() < 0.67]
    weights = [party.strength * rng.uniform(0.55, 1.45) for party in standing]
    votes = [int((cast - spoilt) * weight / sum(weights)) for weight in weights]
    votes[0] += cast - spoilt - sum(votes)
    # A tie would need a lot drawn by the returning officer; the demonstration does without.
    while votes.count(max(votes)) > 1:
        votes[votes.index(max(votes))] += 1
    book = name_book()
    rows = []
    for offset, (party, count) in enumerate(zip(standing, votes, strict=True)):
        community = book.draw_community(rng=rng)
        sex = rng.choice((FEMALE, MALE))
        rows.append(
            Candidacy(
                election_id=election_id,
                ballot_id=ballot_id,
                area_code=area[0],
                area_name=area[1],
                person_id=first_person + offset,
                forename=draw_forename(rng=rng, community=community, sex=sex, born=rng.randint(1950, 1998)),
                surname=book.draw_surname(rng=rng, community=community),
                sex=sex,
                party=party,
                votes=count,
                is_elected=count == max(votes),
                electorate=electorate,
                turnout_pct=round(100 * cast / electorate, 1),
                spoilt=spoilt,
            )
        )
    return rows
