"""Findings about campaigners: searched with care, reviewed by another, put to the campaigner, published with the reply."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from hustings.adwatch.models import CampaignerFinding, Entity, StepKind
from hustings.adwatch.queries.campaigners import likely_unregistered, registrations_by_year
from hustings.adwatch.queries.evidence import evidence_pack
from hustings.adwatch.rules.intervals import Interval
from hustings.adwatch.rules.thresholds import reading, threshold_for
from hustings.adwatch.usecases.draw_up_finding import NothingToFind, draw_up_finding
from hustings.adwatch.usecases.invite_to_reply import invite_to_reply
from hustings.adwatch.usecases.step_finding import CannotStep, step_finding
from hustings.platform.models import ImportRun
from hustings.postroom.models import Message
from tests.adwatch.conftest import REPORT_2023
from tests.cast import Cast, signed_in
from tests.data_folder import data_path

BringIn = Callable[..., ImportRun]
POLL = date(2024, 7, 4)
REGISTER = (
    '"EC Reference Number","Entity name","Entity type","Registration status","Register","Entity status",'
    '"Company reg no","Date of registration / notification"'
)


@pytest.fixture
def archive(write: Any, bring_in: BringIn) -> Entity:
    """One campaigner above, one perhaps above (by 101 small sums), one registered; and the register."""
    bring_in(
        write(
            "FacebookAdLibraryReport_2024-06-30_GB_last_30_days.csv",
            REPORT_2023,
            [
                "1,Save our Library,Save our Library,41000,9",
                "2,Stop the Bypass,Stop the Bypass,9999,4",
                "2,Stop the Bypass,Stop the Bypass Ltd,≤100,4",
                "3,Vote Wax,Vote Wax,50000,9",
                "4,Barset Lanterns,The Lantern Party,90000,9",
            ],
        )
    )
    bring_in(
        write(
            "register.csv",
            REGISTER,
            [
                '"TP 1","Vote Wax","Third Party","Registered","","Unincorporated Association","","01/02/2024 00:00:00"',
                '"TP 2","Old Wax","Third Party","Lapsed (Third Party)","","Company","","05/05/2010 00:00:00"',
                '"PP 1","Lantern Party","Political Party","Registered","Great Britain","","","01/02/2004 00:00:00"',
            ],
        )
    )
    from hustings.adwatch.usecases.link_registers import link_registers
    from hustings.adwatch.usecases.suggest_codes import suggest_codes

    link_registers(entity_ids=None, now=datetime.fromisoformat("2026-03-30T09:00+00:00"))
    suggest_codes(entity_ids=None)
    found = Entity.objects.get(key="save our library")
    found.code = "campaigner"
    found.save()
    return found


def test_the_threshold_is_that_of_the_polls_day_and_an_interval_is_read_with_care() -> None:
    """2024: 10,000 pounds UK-wide; 2019: England's 20,000; both are said to be unsure."""
    new, old = threshold_for(poll_on=POLL), threshold_for(poll_on=date(2019, 12, 12))
    assert (new.pence, old.pence) == (1_000_000, 2_000_000)
    assert new.warnings
    assert (new.last_on - new.first_on).days == 364
    assert reading(spend=Interval(1_000_001, None), threshold=new) == "above"
    assert reading(spend=Interval(0, 1_000_001), threshold=new) == "may-be-above"
    assert reading(spend=Interval(0, None), threshold=new) == "may-be-above"
    assert reading(spend=Interval(0, 1_000_000), threshold=new) == "below"


def test_the_search_leaves_out_the_registered_parties_and_those_below(archive: Entity) -> None:
    """Both ends are read; what is unsure is said."""
    found = likely_unregistered(poll_on=POLL)
    assert {(one.entity.name, one.reading, one.is_coded) for one in found.found} == {
        ("Save our Library", "above", True),
        ("Stop the Bypass", "may-be-above", False),
    }
    assert any("does not say which ads were regulated" in one for one in found.cautions)
    assert any("newest entry of the register" in one for one in found.cautions)


def test_a_finding_goes_its_way_and_no_step_is_skipped(archive: Entity, cast: Cast, now: datetime) -> None:
    """Drawn up by Agnes, reviewed by Ada, put to the campaigner, and published only after its days or its reply."""
    with pytest.raises(NothingToFind, match="not been coded by a person"):
        draw_up_finding(
            entity=Entity.objects.get(key="stop the bypass"), poll_on=POLL, by=cast.agent, now=now
        )
    with pytest.raises(NothingToFind, match="registration was found"):
        draw_up_finding(entity=Entity.objects.get(key="vote wax"), poll_on=POLL, by=cast.agent, now=now)
    finding = draw_up_finding(entity=archive, poll_on=POLL, by=cast.agent, now=now)
    with pytest.raises(NothingToFind, match="already"):
        draw_up_finding(entity=archive, poll_on=POLL, by=cast.agent, now=now)

    def go(kind: StepKind, by: Any, at: datetime = now, words: str = "Done with care.") -> CampaignerFinding:
        return step_finding(finding=finding, kind=kind, words=words, by=by, now=at)

    with pytest.raises(CannotStep, match="cannot be done now"):
        go(StepKind.PUBLICATION, cast.admin)
    with pytest.raises(CannotStep, match="cannot review"):
        go(StepKind.REVIEW, cast.agent)
    with pytest.raises(CannotStep, match="words"):
        go(StepKind.REVIEW, cast.admin, words=" ")
    go(StepKind.REVIEW, cast.admin)
    go(StepKind.INVITATION, cast.agent)
    with pytest.raises(CannotStep, match="may reply until"):
        go(StepKind.PUBLICATION, cast.agent, at=now + timedelta(days=7))
    published = go(StepKind.PUBLICATION, cast.agent, at=now + timedelta(days=8))
    assert (published.state, published.published_at) == ("published", now + timedelta(days=8))
    assert go(StepKind.DROP, cast.agent, at=now + timedelta(days=9)).state == "dropped"


def test_an_invitation_by_email_is_a_service_message_and_must_arrive(
    archive: Entity, cast: Cast, now: datetime, settings: Any
) -> None:
    """The letter says figures, days and link; what the gate or the server refused, or what came back, publishes nothing."""
    finding = draw_up_finding(entity=archive, poll_on=POLL, by=cast.agent, now=now)
    with pytest.raises(CannotStep, match="cannot be done now"):
        invite_to_reply(finding=finding, address="chair@library.example", words="", by=cast.agent, now=now)
    assert not Message.objects.exists()
    step_finding(finding=finding, kind=StepKind.REVIEW, words="Checked.", by=cast.admin, now=now)
    with pytest.raises(CannotStep, match="no address"):
        invite_to_reply(finding=finding, address="nowhere", words="", by=cast.agent, now=now)
    invited = invite_to_reply(
        finding=finding, address="chair@library.example", words="We wrote in May.", by=cast.agent, now=now
    )
    message = Message.objects.get()
    assert (message.purpose, message.address, message.state) == ("service", "chair@library.example", "queued")
    assert message.fields["reply_url"].endswith(f"/adverts/reply/{finding.reply_token}/")
    assert (message.fields["spend_words"], message.fields["further_words"]) == ("£41,000", "We wrote in May.")
    assert invited.reply_by == date(2026, 4, 6)
    step = invited.steps.get(kind=StepKind.INVITATION)
    assert (step.message, step.words) == (message, "By email to chair@library.example. We wrote in May.")

    def publish(at: datetime) -> CampaignerFinding:
        return step_finding(
            finding=finding, kind=StepKind.PUBLICATION, words="Voters ask.", by=cast.agent, now=at
        )

    later = now + timedelta(days=9)
    for fate in ({"state": "queued"}, {"state": "refused"}, {"state": "withdrawn"},
                 {"state": "accepted", "bounced_at": now}):  # fmt: skip
        Message.objects.filter(pk=message.pk).update(**fate)
        with pytest.raises(CannotStep, match="has not arrived"):
            publish(later)
    invite_to_reply(finding=finding, address="office@library.example", words="", by=cast.agent, now=later)
    Message.objects.filter(address="office@library.example").update(state="accepted")
    with pytest.raises(CannotStep, match="may reply until"):
        publish(later + timedelta(days=7))
    assert publish(later + timedelta(days=8)).state == "published"


def test_review_and_publication_need_a_name(archive: Entity, cast: Cast, now: datetime) -> None:
    """Nobody unknown takes a step but by replying."""
    finding = draw_up_finding(entity=archive, poll_on=POLL, by=cast.agent, now=now)
    with pytest.raises(CannotStep, match="needs a name"):
        step_finding(finding=finding, kind=StepKind.REVIEW, words="Checked.", by=None, now=now)


def test_the_invitation_is_sent_from_the_desk_and_its_fate_is_shown(
    archive: Entity, cast: Cast, now: datetime
) -> None:
    """Agnes sends it; the finding says what became of it, and an address that is none is refused with its words kept."""
    finding = draw_up_finding(entity=archive, poll_on=POLL, by=cast.agent, now=now)
    step_finding(finding=finding, kind=StepKind.REVIEW, words="Checked.", by=cast.admin, now=now)
    agnes, address = signed_in(cast.agent), f"/desk/adwatch/findings/{finding.pk}/invite/"
    refused = agnes.post(address, {"address": "nowhere", "words": "Please answer."})
    assert refused.status_code == 422
    assert "Please answer." in refused.content.decode()
    assert agnes.post(address, {"address": "chair@library.example", "words": ""}).status_code == 302
    Message.objects.update(bounced_at=now)
    page = agnes.get(f"/desk/adwatch/findings/{finding.pk}/").content.decode()
    assert "By email to chair@library.example. It came back." in page


def test_the_campaigner_replies_by_its_link_and_the_reply_is_public(
    archive: Entity, cast: Cast, now: datetime
) -> None:
    """A draft is not public and has no reply page; the reply stands in full; after it nothing need be waited for."""
    finding = draw_up_finding(entity=archive, poll_on=POLL, by=cast.agent, now=now)
    public, link = Client(), f"/adverts/reply/{finding.reply_token}/"
    assert public.get(link).status_code == 404
    assert public.get(f"/adverts/{finding.pk}/").status_code == 404
    step_finding(finding=finding, kind=StepKind.REVIEW, words="Checked.", by=cast.admin, now=now)
    step_finding(finding=finding, kind=StepKind.INVITATION, words="By letter.", by=cast.agent, now=now)
    page = public.get(link)
    assert page.status_code == 200
    assert b"no registration found" in page.content
    assert public.post(link, {"words": "", "signed": "Margaret"}).status_code == 422
    assert (
        public.post(
            link, {"words": "We are registered since May.", "signed": "Margaret Wick, chair"}
        ).status_code
        == 302
    )
    step_finding(finding=finding, kind=StepKind.PUBLICATION, words="Voters ask.", by=cast.agent, now=now)
    shown = public.get(f"/adverts/{finding.pk}/").content.decode()
    for words in (
        "We are registered since May.",
        "Margaret Wick, chair",
        "Checked.",
        "It does not say that there was a duty",
    ):
        assert words in shown
    assert "Save our Library" in public.get("/adverts/").content.decode()
    assert public.get("/adverts/reply/not-a-token/").status_code == 404


def test_the_pages_of_a_finding_are_not_charlies(archive: Entity, cast: Cast, now: datetime) -> None:
    """Agnes may, Charlie may not, and Dora may look but not publish."""
    finding = draw_up_finding(entity=archive, poll_on=POLL, by=cast.admin, now=now)
    agnes, charlie, dora = signed_in(cast.agent), signed_in(cast.charlie), signed_in(cast.dora)
    for address, for_charlie in (
        (f"/desk/adwatch/findings/{finding.pk}/", 404),
        (f"/desk/adwatch/findings/{finding.pk}/evidence/", 403),
        (f"/desk/adwatch/findings/{finding.pk}/review/", 403),
        (f"/desk/adwatch/findings/{finding.pk}/invite/", 403),
        (f"/desk/adwatch/advertisers/{archive.pk}/draw-up/", 403),
    ):
        assert agnes.get(address).status_code == 200, address
        assert charlie.get(address).status_code == for_charlie, address
    assert dora.get(f"/desk/adwatch/findings/{finding.pk}/").status_code == 200
    assert dora.get(f"/desk/adwatch/findings/{finding.pk}/review/").status_code == 403
    found = agnes.get("/desk/adwatch/campaigners/", {"poll_on": "2024-07-04"}).content.decode()
    assert "no registration found" in found
    assert "Save our Library" in found


def test_the_evidence_pack_holds_everything_it_names(archive: Entity, cast: Cast, now: datetime) -> None:
    """Figures, rows, hashes, registers, steps and the original file."""
    finding = draw_up_finding(entity=archive, poll_on=POLL, by=cast.agent, now=now)
    with zipfile.ZipFile(
        io.BytesIO(evidence_pack(finding=finding, organisation="Barset Together", now=now))
    ) as pack:
        names = set(pack.namelist())
        facts = json.loads(pack.read("finding.json"))
        rows = pack.read("rows.csv").decode()
        text = pack.read("README.txt").decode()
        original = next(name for name in names if name.startswith("originals/"))
        assert b"Save our Library" in pack.read(original)
    assert {"README.txt", "finding.json", "rows.csv", "registers.csv", "coding.csv", "steps.csv"} <= names
    assert (facts["spend_low_pence"], facts["statement"]) == (4_100_000, "no registration found")
    assert facts["snapshots"][0]["sha256"] in text
    assert "Save our Library" in rows
    assert "Vote Wax" not in rows


@pytest.mark.data
def test_registrations_by_year_in_the_real_register(bring_in: BringIn) -> None:
    """Eighteen third parties registered in 2010, as the published count of that election has it."""
    bring_in(data_path("finance/ec_register_parties_and_third_parties_2014.csv"))
    by_year = registrations_by_year()
    assert (by_year[2010], by_year[2014]) == (18, 22)
