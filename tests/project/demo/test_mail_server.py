"""The demo's mail server keeps what it accepts and refuses as real ones do."""

import email
import mailbox
import smtplib
from email.message import EmailMessage
from pathlib import Path

import pytest

from hustings.project.demo.mail_server import MailServer, bounces_later, is_refused, write_bounces


def _message(to: str, body: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "office@barset.example", to, "Café"
    message.set_content(body)
    return message


def test_it_keeps_what_it_accepts(tmp_path: Path) -> None:
    """Lines of one dot survive; the subject is counted readable."""
    kept = next(f"a{n}@demo.example" for n in range(1000) if not is_refused(f"a{n}@demo.example"))
    refused = next(f"a{n}@demo.example" for n in range(1000) if is_refused(f"a{n}@demo.example"))
    with MailServer(folder=tmp_path) as server:
        with smtplib.SMTP("127.0.0.1", server.port) as client:
            client.send_message(_message(kept, "one\n.\nend\n"))
            with pytest.raises(smtplib.SMTPRecipientsRefused):
                client.send_message(_message(refused, "never"))
        server.flush()
        assert server.accepted == [kept]
        assert server.refused == [refused]
        assert server.subjects == {"Café": 1}
    box = mailbox.mbox(tmp_path / "messages.mbox")
    (message,) = list(box)
    assert message.get_payload() == "one\n.\nend\n"
    box.close()


def test_addresses_behave_the_same_every_time() -> None:
    """About one in a hundred is refused, one in two hundred bounces, none does both."""
    addresses = [f"person{n}@demo.example" for n in range(20_000)]
    refused = {address for address in addresses if is_refused(address)}
    bouncing = {address for address in addresses if bounces_later(address)}
    assert 150 < len(refused) < 250
    assert 60 < len(bouncing) < 140
    assert not refused & bouncing


def test_bounces_are_delivery_status_notices(tmp_path: Path) -> None:
    """Each names its recipient and the message it answers."""
    path = tmp_path / "bounces.mbox"
    assert write_bounces(path=path, messages=[("a@demo.example", "<1@barset.example>")]) == 1
    box = mailbox.mbox(path)
    message = email.message_from_bytes(bytes(box[0]))
    box.close()
    assert message.get_content_type() == "multipart/report"
    assert "a@demo.example" in message.as_string()
    assert "<1@barset.example>" in message.as_string()
