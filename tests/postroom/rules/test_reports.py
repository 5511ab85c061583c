"""Bounces and complaints as servers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.postroom.rules.reports import ReportKind, is_address_gone, read_reports
from tests.postroom.reports import ANSWER, arf, dsn


@pytest.mark.parametrize("original_type", ["text/rfc822-headers", "message/rfc822"])
def test_a_bounce_says_whom_which_message_and_why(original_type: str) -> None:
    (report,) = read_reports(raw=dsn(message_id="abc@barset.example", original_type=original_type))
    assert report.kind is ReportKind.BOUNCE
    assert report.recipient == "p0@barset.example"
    assert report.message_ids == ("abc@barset.example",)
    assert report.status == "5.1.1"
    assert report.is_permanent
    assert report.diagnostic.startswith("550 5.1.1 <p0@barset.example>: Recipient")
    assert report.unsubscribe_links == ("https://barset.example/x/",)


def test_the_server_that_spoke_last_says_more_than_5_0_0() -> None:
    (report,) = read_reports(raw=dsn(status="5.0.0", diagnostic="550 5.2.1 mailbox disabled"))
    assert report.status == "5.2.1"


def test_a_bounce_for_now_is_not_permanent() -> None:
    (report,) = read_reports(raw=dsn(status="4.2.2", diagnostic="452 4.2.2 mailbox full"))
    assert not report.is_permanent


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_what_did_not_fail_is_no_bounce(action: str) -> None:
    assert read_reports(raw=dsn(action=action)) == []


def test_a_report_about_several_recipients_is_several_reports() -> None:
    group = "\nFinal-Recipient: rfc822; p7@barset.example\nAction: failed\nStatus: 5.2.2\n"
    raw = dsn().replace(b"User unknown\n", b"User unknown\n" + group.encode())
    reports = read_reports(raw=raw)
    assert [(report.recipient, report.status) for report in reports] == [
        ("p0@barset.example", "5.1.1"),
        ("p7@barset.example", "5.2.2"),
    ]
    assert len({report.key for report in reports}) == 2


def test_a_complaint_says_whom_and_which_message() -> None:
    (report,) = read_reports(raw=arf(message_id="abc@barset.example"))
    assert report.kind is ReportKind.COMPLAINT
    assert (report.recipient, report.message_ids) == ("p0@barset.example", ("abc@barset.example",))


def test_a_complaint_may_hide_its_reader() -> None:
    (report,) = read_reports(
        raw=arf(original_rcpt="", recipient="undisclosed", unsubscribe="https://b.example/u/1/")
    )
    assert report.recipient == ""
    assert report.unsubscribe_links == ("https://b.example/u/1/",)


def test_not_spam_is_no_complaint() -> None:
    assert read_reports(raw=arf(feedback="not-spam")) == []


def test_an_answer_is_no_report() -> None:
    assert read_reports(raw=ANSWER.encode()) == []


@given(st.binary(max_size=400))
def test_anything_can_be_in_a_mailbox(raw: bytes) -> None:
    assert read_reports(raw=raw) == []


@given(st.binary(max_size=60), st.integers(0, 900))
def test_a_damaged_report_is_read_or_left(damage: bytes, at: int) -> None:
    raw = dsn()
    for report in read_reports(raw=raw[:at] + damage + raw[at + len(damage) :]):
        assert report.kind is ReportKind.BOUNCE


@pytest.mark.parametrize(
    ("status", "earlier", "gone"),
    [
        ("5.1.1", 0, True),
        ("5.1.10", 0, True),
        ("5.2.1", 0, True),
        ("5.7.1", 0, False),
        ("5.2.2", 1, False),
        ("5.2.2", 2, True),
        ("", 0, False),
    ],
)
def test_an_address_is_given_up_at_once_or_after_three_bounces(status: str, earlier: int, gone: bool) -> None:
    assert is_address_gone(status=status, earlier_bounces=earlier) is gone
