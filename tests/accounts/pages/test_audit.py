"""The audit log is shown by place, and taking it away is itself recorded."""

from datetime import datetime

from hustings.platform.audit import record
from hustings.platform.models import AuditEntry
from tests.cast import Cast, signed_in

URL = "/desk/accounts/audit/"


def test_only_those_who_may_see_the_log(cast: Cast) -> None:
    """Agent, data officer and administrator; nobody else."""
    for user in (cast.admin, cast.agent, cast.dora):
        assert signed_in(user).get(URL).status_code == 200
    for user in (cast.alice, cast.bob, cast.charlie, cast.tess, cast.stranger):
        assert signed_in(user).get(URL).status_code == 403


def test_an_agent_for_one_place_sees_what_was_done_there(cast: Cast, now: datetime) -> None:
    """Another place's entries, and those of no place, are left out, and the page says so."""
    cast.agent.appointments.update(area=cast.west)
    record(
        now=now,
        actor=cast.alice,
        verb="approved",
        subject_type="material",
        subject_id=1,
        area_code=cast.east.code,
    )
    record(
        now=now,
        actor=cast.charlie,
        verb="paused",
        subject_type="mailing",
        subject_id=2,
        area_code=cast.west.code,
    )
    record(now=now, actor=cast.admin, verb="set up", subject_type="organisation", subject_id=1)
    html = signed_in(cast.agent).get(URL).content.decode()
    assert "Charlie" in html
    assert "material 1" not in html
    assert "organisation 1" not in html
    assert "Not in this list:" in html


def test_taking_the_log_away_is_recorded(cast: Cast, now: datetime) -> None:
    """The export's own entry names who and which filters."""
    record(now=now, actor=cast.alice, verb="approved", subject_type="material", subject_id=1)
    answer = signed_in(cast.dora).get(f"{URL}?verb=approved&export=csv")
    assert b"material 1" in b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    entry = AuditEntry.objects.get(verb="exported")
    assert (entry.actor_id, entry.detail) == (cast.dora.pk, {"filters": "Did: approved"})
