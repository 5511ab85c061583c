"""On the demo's eve of poll everybody reads which polling station is theirs: the parts that need no running office."""

import csv
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from hustings.elections.models import Candidacy
from hustings.places.models import Area, AreaKind
from hustings.platform.importing.importer import Options
from hustings.platform.importing.run_import import run_import
from hustings.project.demo.borough import Borough, make_borough
from hustings.project.demo.borough.polling_export import write_properties
from hustings.project.demo.build import DemoHome
from hustings.project.demo.poll_step import WARD, announce_by_election, true_stations
from hustings.register.models import PollingStation
from hustings.register.queries import StationFinder
from tests.conftest import NOW

POLL = date(2026, 3, 31)


@pytest.fixture(scope="module")
def borough() -> Borough:
    return make_borough(seed=2026, on=date(2026, 3, 2))


@pytest.mark.django_db
def test_every_door_of_the_ward_finds_its_own_station(
    borough: Borough, tmp_path: Path, settings: Any
) -> None:
    settings.HUSTINGS_HOME = tmp_path
    ward = next(one for one in borough.land.wards if one.name == WARD)
    Area.objects.create(code=ward.code, kind=AreaKind.WARD, name=WARD, nation="england")
    demo = cast(DemoHome, SimpleNamespace(borough=borough))
    election = announce_by_election(demo=demo, poll_on=POLL)
    assert election.pk == f"local.barset.{ward.slug}.by.2026-03-31"
    assert Candidacy.objects.filter(contest__election=election).count() >= 4
    path = tmp_path / "properties.csv"
    doors = write_properties(path=path, land=borough.land, ward=ward, poll_on=POLL)
    with path.open(encoding="utf-8", newline="") as stream:
        assert len(list(csv.DictReader(stream))) == doors > 1_000
    run = run_import(path=path, now=NOW, options=Options(election=election.pk))
    assert (run.read, run.accepted, run.rejected) == (doors, doors, 0)
    here = [district for district in borough.land.districts if district.ward == ward]
    assert PollingStation.objects.count() == len(here) > 1
    finder = StationFinder(election_id=election.pk, on=POLL)
    for door in borough.land.dwellings:
        if door.district.ward == ward:
            found = finder.station_at(postcode=door.postcode, address=", ".join(door.lines))
            assert found is not None
            assert found.name == door.district.station.name


def test_the_truth_names_a_station_for_whoever_is_on_the_register(borough: Borough) -> None:
    demo = cast(DemoHome, SimpleNamespace(borough=borough))
    truth = true_stations(demo=demo)
    assert any(station is None for station in truth.values())
    signer = next(one for one in borough.signers if one.elector_key is not None)
    elector = next(one for one in borough.electors if one.key == signer.elector_key)
    assert truth[signer.email.lower()] == elector.district.station.name
