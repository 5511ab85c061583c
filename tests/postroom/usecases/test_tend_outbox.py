"""What a dead run left is settled, what is due is woken, what has ended is finished."""

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hustings.accounts.models import User
from hustings.contacts.models import Contact
from hustings.platform.models import AuditEntry, Job
from hustings.postroom.delivery.journal import Journal, abandoned_journals, read_journal
from hustings.postroom.models import Dispatch, DispatchState, Message, MessageState
from hustings.postroom.rules.smtp_replies import Fate, Stage
from hustings.postroom.smtp import Outcome
from hustings.postroom.usecases.claim_messages import LEASE, claim_messages
from hustings.postroom.usecases.resend_unknown import resend_unknown
from hustings.postroom.usecases.settle_journals import journal_folder
from hustings.postroom.usecases.tend_outbox import tend_outbox
from tests.conftest import NOW
from tests.postroom.outbox import make_dispatch, make_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def dead_run(settings: Any, tmp_path: Path) -> Journal:
    """A run that claimed five: one accepted, one refused, one in flight, two not begun."""
    settings.HUSTINGS_HOME = tmp_path
    dispatch = make_dispatch(make_people(5))
    Dispatch.objects.update(state=DispatchState.SENDING)
    Job.objects.all().delete()
    journal = Journal(folder=journal_folder())
    ids = [m.id for m in claim_messages(token=journal.token, dispatch_id=dispatch.pk, limit=10, now=NOW)]
    for key in ids[:3]:
        journal.begin(key)
    journal.settle(Outcome(ids[0], Fate.ACCEPTED, Stage.CONTENT, 250, "2.0.0 queued\nas 7"))
    journal.settle(Outcome(ids[1], Fate.REFUSED, Stage.RECIPIENT, 550, "5.7.1 no é"))
    return journal


def states() -> list[str]:
    return list(Message.objects.order_by("id").values_list("state", flat=True))


def test_a_living_run_is_left_alone(dead_run: Journal) -> None:
    assert tend_outbox(now=NOW + LEASE * 10)["settled"] == 0
    assert states() == [MessageState.CLAIMED] * 5
    dead_run.finish()


def test_after_a_kill_exactly_what_was_in_flight_is_unknown(dead_run: Journal) -> None:
    dead_run.leave()
    tended = tend_outbox(now=NOW)
    assert states() == [
        MessageState.ACCEPTED, MessageState.REFUSED, MessageState.UNKNOWN, MessageState.QUEUED, MessageState.QUEUED,
    ]  # fmt: skip
    assert tended == {"settled": 5, "woken": 1, "finished": 0}
    assert Contact.objects.count() == 3
    assert Message.objects.order_by("id")[1].reason == "550 5.7.1 no é"
    assert list(journal_folder().iterdir()) == []
    assert tend_outbox(now=NOW)["settled"] == 0


def test_after_a_power_cut_the_end_of_a_journal_is_not_believed(
    dead_run: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead_run.leave()
    monkeypatch.setattr("hustings.postroom.delivery.journal._boot_id", lambda: "another start")
    tend_outbox(now=NOW)
    assert states() == [MessageState.ACCEPTED, MessageState.REFUSED, *[MessageState.UNKNOWN] * 3]


def test_a_line_cut_short_counts_as_not_written(dead_run: Journal) -> None:
    dead_run.leave()
    before = read_journal(path=dead_run.path)
    dead_run.path.write_bytes(dead_run.path.read_bytes() + b"= 5 accep")
    assert read_journal(path=dead_run.path) == before


def settle_and_fail() -> None:
    for _content in abandoned_journals(folder=journal_folder()):
        raise LookupError


def test_a_journal_stays_until_it_was_settled(dead_run: Journal) -> None:
    dead_run.leave()
    with pytest.raises(LookupError):
        settle_and_fail()
    assert dead_run.path.exists()


def test_a_run_that_is_gone_with_its_journal_leaves_its_claims_in_doubt(dead_run: Journal) -> None:
    dead_run.finish()
    tend_outbox(now=NOW + LEASE)
    assert states() == [MessageState.CLAIMED] * 5
    tend_outbox(now=NOW + LEASE + timedelta(minutes=6))
    assert states() == [MessageState.UNKNOWN] * 5


def test_two_runs_never_get_the_same_message() -> None:
    dispatch = make_dispatch(make_people(10))
    one = claim_messages(token=uuid.uuid4(), dispatch_id=dispatch.pk, limit=6, now=NOW)
    two = claim_messages(token=uuid.uuid4(), dispatch_id=dispatch.pk, limit=6, now=NOW)
    assert (len(one), len(two)) == (6, 4)
    assert not {m.id for m in one} & {m.id for m in two}


def test_a_dispatch_with_nothing_left_is_finished(settings: Any, tmp_path: Path) -> None:
    settings.HUSTINGS_HOME = tmp_path
    dispatch = make_dispatch(make_people(1))
    Dispatch.objects.update(state=DispatchState.SENDING)
    Message.objects.update(state=MessageState.ACCEPTED, ended_at=NOW)
    assert tend_outbox(now=NOW)["finished"] == 1
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.finished_at) == (DispatchState.FINISHED, NOW)


def test_what_is_in_doubt_goes_again_only_when_somebody_says_so(settings: Any, tmp_path: Path) -> None:
    settings.HUSTINGS_HOME = tmp_path
    dispatch = make_dispatch(make_people(2))
    Message.objects.update(state=MessageState.UNKNOWN, ended_at=NOW)
    Dispatch.objects.update(state=DispatchState.FINISHED, finished_at=NOW)
    tend_outbox(now=NOW + timedelta(days=30))
    assert states() == [MessageState.UNKNOWN] * 2
    alice = User.objects.create_user("alice@barset.example")
    first = Message.objects.earliest("id")
    assert resend_unknown(message_ids=[first.pk], by=alice, now=NOW) == 1
    assert states() == [MessageState.QUEUED, MessageState.UNKNOWN]
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.finished_at) == (DispatchState.SENDING, None)
    assert AuditEntry.objects.get(verb="resent").subject_id == str(first.pk)
    assert resend_unknown(message_ids=[first.pk], by=alice, now=NOW) == 0
