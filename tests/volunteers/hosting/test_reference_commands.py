"""References are read and followed up on the command line by whoever looks after that place."""

import json

from typer.testing import CliRunner

from hustings.platform.models import AuditEntry
from hustings.volunteers.hosting.commands import app
from hustings.volunteers.models import HostingDetails, HostOffer, Volunteer
from tests.cast import Cast
from tests.conftest import NOW
from tests.volunteers.conftest import Enrol
from tests.volunteers.hosting.conftest import FIRST, vouch

run = CliRunner().invoke


def test_references_are_followed_up(cast: Cast, enrol: Enrol) -> None:
    host: Volunteer = vouch(enrol("Hanna"), is_checked=False)
    HostOffer.objects.create(
        volunteer=host, area=cast.east, latitude=53.0, longitude=-1.5, available_from=NOW.date(), available_until=FIRST,
        beds=1, address="1 Secret Lane", made_at=NOW,
    )  # fmt: skip
    alice, charlie = ["--by", cast.alice.email, "--json"], ["--by", cast.charlie.email]
    (row,) = json.loads(run(app, ["references", *alice]).stdout)
    number = str(row["number"])
    assert (row["volunteer"], row["checked_at"]) == ("Hanna Tester", None)
    assert "Rita Reed" in json.loads(run(app, ["references", number, *alice]).stdout)["reference_one"]
    assert AuditEntry.objects.filter(verb="looked at references").count() == 1
    for words in (["references", number], ["followed-up", number]):
        wrong = run(app, [*words, *charlie])
        assert (wrong.exit_code, "There are no references" in wrong.stderr) == (1, True)
    assert json.loads(run(app, ["followed-up", number, *alice]).stdout)["followed_up"] is True
    assert HostingDetails.objects.get().checked_by == cast.alice
