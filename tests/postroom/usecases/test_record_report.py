"""Bounces and complaints: found by what nobody can guess, with exactly the consequence they deserve."""

from pathlib import Path

import pytest

from hustings.people.models import Channel, ContactPoint, Person, Suppression
from hustings.people.queries import suppressed_person_ids
from hustings.postroom.delivery.writing import unsubscribe_link
from hustings.postroom.models import DeliveryReport, Message
from hustings.postroom.rules.reports import read_reports
from hustings.postroom.usecases.read_mailbox import MailboxUnreadable, read_mailbox
from hustings.postroom.usecases.record_report import Recorded, record_report
from tests.conftest import NOW
from tests.postroom.outbox import make_dispatch, make_people
from tests.postroom.reports import ANSWER, arf, dsn, mbox

pytestmark = pytest.mark.django_db


def message_to(number: int = 0) -> Message:
    people = make_people(1, first=number)
    make_dispatch(people)
    return Message.objects.get(person=people[0])


def id_of(message: Message) -> str:
    return f"{message.public_id.hex}@barset.example"


def record(raw: bytes, *, is_trusted: bool = False) -> Recorded:
    (report,) = read_reports(raw=raw)
    return record_report(report=report, source="mailbox", now=NOW, is_trusted=is_trusted)


def is_usable(message: Message) -> bool:
    return ContactPoint.objects.filter(person=message.person, unusable_at=None).exists()


def objected(person: Person | None) -> bool:
    assert person is not None
    return (
        person.pk
        in suppressed_person_ids(person_ids=[person.pk], channel=Channel.EMAIL, purpose="campaign").definite
    )


def test_a_mailbox_that_does_not_exist_is_not_written_to_again() -> None:
    message = message_to()
    recorded = record(dsn(message_id=id_of(message)))
    assert (recorded.is_new, recorded.is_address_unusable) == (True, True)
    message.refresh_from_db()
    assert message.bounced_at == NOW
    assert not is_usable(message)
    assert "p0@" not in str(list(DeliveryReport.objects.values_list("address_hash", flat=True)))


def test_the_same_report_counts_once() -> None:
    message = message_to()
    assert record(dsn(message_id=id_of(message))).is_new
    assert not record(dsn(message_id=id_of(message))).is_new
    assert DeliveryReport.objects.count() == 1


def test_a_full_mailbox_is_given_up_after_three_messages_came_back() -> None:
    messages = [message_to()]
    for _ in range(2):
        make_dispatch([messages[0].person])  # type: ignore[list-item]
        messages.append(Message.objects.latest("pk"))
    for number, message in enumerate(messages):
        assert is_usable(message)
        record(
            dsn(
                message_id=id_of(message),
                status="5.2.2",
                diagnostic="552 5.2.2 full",
                own_id=f"n{number}@mx.example",
            )
        )
    assert not is_usable(messages[0])


def test_a_bounce_for_now_has_no_consequence() -> None:
    message = message_to()
    record(dsn(message_id=id_of(message), status="4.2.2", diagnostic="452 4.2.2 full"))
    assert is_usable(message)


def test_a_bounce_from_where_it_was_passed_on_to_is_not_about_our_address() -> None:
    message = message_to()
    record(dsn(message_id=id_of(message), recipient="elsewhere@other.example"))
    assert is_usable(message)
    message.refresh_from_db()
    assert message.bounced_at == NOW


def test_a_letter_that_anybody_could_have_written_has_no_consequence() -> None:
    message = message_to()
    assert record(dsn(message_id="guess@barset.example")).report.message is None
    assert not record(arf(message_id="guess@barset.example")).is_objection
    assert is_usable(message)
    assert not objected(message.person)


def test_a_complaint_is_an_objection_once() -> None:
    message = message_to()
    assert record(arf(message_id=id_of(message))).is_objection
    assert objected(message.person)
    message.refresh_from_db()
    assert message.complained_at == NOW
    assert not record(arf(message_id=id_of(message), own_id="arf2@provider.example")).is_objection


def test_a_complaint_that_hides_its_reader_is_known_by_the_signed_link() -> None:
    message = message_to()
    assert message.person is not None
    link = unsubscribe_link(person_id=message.person.pk)
    assert record(arf(original_rcpt="", recipient="hidden", unsubscribe=link)).is_objection
    assert objected(message.person)


def test_a_provider_whose_signature_was_checked_needs_only_the_address() -> None:
    message = message_to()
    Message.objects.update(ended_at=NOW)
    assert record(arf(), is_trusted=True).is_objection
    assert objected(message.person)
    assert record(
        arf(recipient="stranger@reader.example", original_rcpt="", own_id="x@y"), is_trusted=True
    ).is_objection
    assert Suppression.objects.values("objection").distinct().count() == 2


def test_a_mailbox_file_is_read_once_and_adds_up(tmp_path: Path) -> None:
    message, other = message_to(), message_to(1)
    path = tmp_path / "back.mbox"
    path.write_bytes(
        mbox(
            dsn(message_id=id_of(message)),
            ANSWER.encode(),
            arf(message_id=id_of(other)),
            dsn(own_id="stranger@mx.example"),
        )
    )
    counts = read_mailbox(path=path, now=NOW)
    assert counts.as_json() == {
        "read": 4, "accepted": 3, "unchanged": 0, "rejected": 1, "bounces": 2, "complaints": 1,
        "without_message": 1, "addresses_unusable": 1, "objections": 1,
    }  # fmt: skip
    again = read_mailbox(path=path, now=NOW)
    assert (again.read, again.accepted, again.unchanged, again.rejected, again.bounces) == (4, 0, 3, 1, 0)
    path.write_bytes(b"a,b,c\n1,2,3\n")
    with pytest.raises(MailboxUnreadable, match="mbox"):
        read_mailbox(path=path, now=NOW)
