"""Barset, a fictional borough made from a seed: its register, postcodes, past elections, a petition, a
supporter list.

    borough = make_borough(seed=2026, on=date(2026, 11, 2))
    files = write_borough(borough=borough, folder=folder)

Everything follows from the seed and the day: the same two give the same borough, on any machine. Nothing
here touches the database; the files go through the ordinary importers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from hustings.project.demo.borough.changes import month_later
from hustings.project.demo.borough.contact_details import Directory
from hustings.project.demo.borough.electors import Elector, enrol
from hustings.project.demo.borough.land import Land, lay_out_land
from hustings.project.demo.borough.petition import Signer, sign_petition
from hustings.project.demo.borough.results import Candidacy, past_results
from hustings.project.demo.borough.supporters import Supporter, gather_supporters
from hustings.project.demo.borough.writers import (
    write_area_names,
    write_parliamentary_results,
    write_polling_stations,
    write_postcodes,
    write_register,
    write_results,
    write_supporters,
    write_ward_boundaries,
)

__all__ = ["Borough", "BoroughFiles", "make_borough", "next_register", "write_borough"]

DOORS = 35_000
ELECTORS = 75_000
OVERSEAS, ANONYMOUS = 260, 12


@dataclass(frozen=True, slots=True)
class Borough:
    """The whole borough with the truth about everybody in it."""

    seed: int
    on: date
    land: Land
    electors: tuple[Elector, ...]
    results: tuple[Candidacy, ...]
    signers: tuple[Signer, ...]
    supporters: tuple[Supporter, ...]


@dataclass(frozen=True, slots=True)
class BoroughFiles:
    """Where each file lies."""

    postcodes: Path
    area_names: Path
    ward_boundaries: Path
    polling_stations: Path
    register: Path
    parliamentary_results: Path
    parliamentary_results_by_candidate: Path
    local_results: Path
    supporters: Path


def make_borough(*, seed: int, on: date) -> Borough:
    """Make Barset as it stands on a day: 75,000 register entries at 35,000 front doors in 20 wards.

    The register was published on that day and the petition's last day of signing so far is the day before it.
    """
    # Each part draws from a stream of its own, so that a change to one leaves the others as they were.
    land = lay_out_land(rng=_stream(seed=seed, part="land"), doors=DOORS)
    electors = enrol(
        rng=_stream(seed=seed, part="electors"),
        land=land,
        electors=ELECTORS,
        anonymous=ANONYMOUS,
        overseas=OVERSEAS,
        published_on=on,
    )
    directory = Directory(rng=_stream(seed=seed, part="directory"))
    signers = sign_petition(
        rng=_stream(seed=seed, part="petition"),
        land=land,
        electors=electors,
        directory=directory,
        last_day_on=date.fromordinal(on.toordinal() - 1),
    )
    supporters = gather_supporters(
        rng=_stream(seed=seed, part="supporters"),
        land=land,
        electors=electors,
        signers=signers,
        directory=directory,
        until_on=on,
    )
    return Borough(
        seed=seed,
        on=on,
        land=land,
        electors=electors,
        results=past_results(rng=_stream(seed=seed, part="results"), land=land, electors=electors),
        signers=signers,
        supporters=supporters,
    )


def next_register(*, borough: Borough, on: date) -> tuple[Elector, ...]:
    """Give the register's next monthly version; those who stay keep their `key`."""
    return month_later(
        rng=_stream(seed=borough.seed, part=f"register {on}"),
        land=borough.land,
        electors=borough.electors,
        published_on=on,
    )


def write_borough(*, borough: Borough, folder: Path) -> BoroughFiles:
    """Write all files into a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    files = BoroughFiles(
        postcodes=folder / "barset-postcodes-onspd.csv",
        area_names=folder / "barset-area-names.csv",
        ward_boundaries=folder / "barset-wards.geojson",
        polling_stations=folder / "barset-polling-stations.csv",
        register=folder / "barset-full-register.csv",
        parliamentary_results=folder / "barset-results-parl-2024-07-04.csv",
        parliamentary_results_by_candidate=folder / "barset-results-parl-2024-07-04-by-candidate.csv",
        local_results=folder / "barset-results-local-2023-05-04.csv",
        supporters=folder / "barset-supporters.xlsx",
    )
    write_postcodes(path=files.postcodes, land=borough.land)
    write_area_names(path=files.area_names, land=borough.land)
    write_ward_boundaries(path=files.ward_boundaries, land=borough.land)
    write_polling_stations(path=files.polling_stations, land=borough.land)
    write_register(path=files.register, electors=borough.electors)
    parliamentary = [row for row in borough.results if row.election_id.startswith("parl.")]
    write_results(path=files.parliamentary_results, candidacies=parliamentary)
    write_parliamentary_results(path=files.parliamentary_results_by_candidate, candidacies=parliamentary)
    local = [row for row in borough.results if row.election_id.startswith("local.")]
    write_results(path=files.local_results, candidacies=local)
    write_supporters(path=files.supporters, supporters=borough.supporters)
    return files


def _stream(*, seed: int, part: str) -> Random:
    return Random(f"{seed} {part}")  # noqa: S311 -- reproducible invention, not secrecy
