"""A petition over Barset East and West, and a home of its own for every test."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client

from hustings.actions.models import Petition
from hustings.actions.usecases.open_petition import open_petition
from hustings.actions.usecases.save_petition import PetitionLinks, PetitionWords, save_petition
from hustings.basics.clock import clock_set_to
from hustings.basics.postcode import pack_postcode, parse_postcode
from hustings.clearance.models import Promoter
from hustings.contacts.models import Issue
from hustings.elections.models import Party
from hustings.places.postcode_file.layout import DIRECTORY, LIVE
from hustings.places.postcode_file.writing import Coded, Contribution, empty_table, merge, write
from hustings.places.queries import postcode_file_path
from hustings.project import wiring
from tests.actions.forms import filled_in, stamp_of
from tests.cast import Cast
from tests.conftest import NOW

#: Postcodes of the fictional borough and their wards.
WARDS = {"ZZ1 1AA": "E05999001", "ZZ1 1AB": "E05999001", "ZZ2 2AA": "E05999002"}


@pytest.fixture(autouse=True)
def own_home(settings: Any, tmp_path: Path) -> None:
    """Limits and postcodes of one test are not the next one's."""
    settings.HUSTINGS_HOME = tmp_path


@pytest.fixture
def postcodes(own_home: None) -> None:
    """A postcode file that knows three postcodes."""
    ordered = sorted((pack_postcode(parse_postcode(text)), ward) for text, ward in WARDS.items())
    codes = ["", *sorted(set(WARDS.values()))]
    places = np.array([codes.index(ward) for _, ward in ordered], dtype=np.uint32)
    table = merge(
        base=empty_table(),
        new=Contribution(
            keys=np.array([key for key, _ in ordered], dtype=np.int64),
            source=DIRECTORY,
            coded={"ward": Coded(places=places, codes=np.array(codes, dtype="S12"))},
            numbers={"status": np.full(len(ordered), LIVE, dtype=np.uint8)},
        ),
        source={
            "importer": "test",
            "file": "t.csv",
            "sha256": "1",
            "rows": 3,
            "imported_at": NOW.isoformat(),
        },
    ).table
    postcode_file_path().parent.mkdir(parents=True, exist_ok=True)
    write(table=table, path=postcode_file_path())


@pytest.fixture(autouse=True)
def privacy_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The privacy notice is published."""
    monkeypatch.setattr(wiring, "privacy_notice_url", lambda: "/privacy/")


@pytest.fixture
def promoter(cast: Cast) -> Promoter:
    return Promoter.objects.create(
        name="Ann Agent",
        address="1 High Street, Barchester",
        postcode="ZZ1 1AA",
        verified_at=NOW,
        evidence="Seen.",
    )


@pytest.fixture
def draft(cast: Cast, promoter: Promoter) -> Petition:
    """Alice's draft, over Barset East."""
    parties = [Party.objects.create(name=name) for name in ("Barset Blues", "Barset Greens")]
    issues = [Issue.objects.create(name=name) for name in ("Buses", "Housing")]
    return save_petition(
        petition=Petition(
            slug="save-the-bus",
            asked_of="Barset Council",
            asked_by="The residents of Barset East",
            area=cast.east,
            goal=500,
            promoter=promoter,
        ),
        words=PetitionWords(
            title="Save the 42 bus", text="Keep the 42 bus running.\n\nEvery hour.", background="It is full."
        ),
        links=PetitionLinks(wards=[cast.east, cast.west], issues=issues, parties=parties),
        by=cast.alice,
        now=NOW - timedelta(days=2),
    )


@pytest.fixture
def petition(draft: Petition, cast: Cast) -> Petition:
    """Alice's petition, open since yesterday."""
    return open_petition(petition=draft, by=cast.alice, now=NOW - timedelta(days=1))


@pytest.fixture
def sign(client: Client, petition: Petition) -> Callable[..., Any]:
    """Send the form of the petition's page, filled in by Ewan unless told otherwise, a minute after the page was made."""

    def send(*, waits: timedelta = timedelta(minutes=1), **changes: Any) -> Any:
        return client.post(
            f"/petitions/{petition.slug}/",
            {"stamp": stamp_of(petition=petition, made_at=NOW - waits), **filled_in(**changes)},
        )

    return send


@pytest.fixture
def a_day_later() -> Iterator[None]:
    """The clock stands a day later."""
    with clock_set_to(NOW + timedelta(days=1)):
        yield
