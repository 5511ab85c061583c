"""A local mail server for the demo: it speaks SMTP, keeps what it accepts, and refuses a few addresses as real ones do.

Every message is one line in `received.jsonl` (recipient, subject, size), and lies whole in `messages.mbox`, which any mail
reader opens. Nothing ever leaves the machine.
"""

import asyncio
import email.policy
import hashlib
import json
import re
import threading
from collections import Counter
from email.parser import BytesHeaderParser
from pathlib import Path

_ADDRESS = re.compile(rb"<([^>]*)>")


def is_refused(address: str) -> bool:
    """Whether the demo's server says that there is no such address: about one in a hundred, always the same ones."""
    return _number(address) % 100 == 7


def bounces_later(address: str) -> bool:
    """Whether mail to the address is accepted and comes back: about one in two hundred."""
    return not is_refused(address) and _number(address) % 200 == 11


def _number(address: str) -> int:
    return int.from_bytes(hashlib.sha256(address.lower().encode()).digest()[:8], "big")


class MailServer:
    """Serves SMTP with PIPELINING on a free port of 127.0.0.1, from a thread of its own, within a `with` block."""

    def __init__(self, *, folder: Path, port: int = 0) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.port = port
        self.accepted: list[str] = []
        self.refused: list[str] = []
        self.subjects: Counter[str] = Counter()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="demo mail server", daemon=True)
        self._ready = threading.Event()
        self._headers = BytesHeaderParser(policy=email.policy.default)

    def __enter__(self) -> "MailServer":
        self._box = (self.folder / "messages.mbox").open("ab")
        self._list = (self.folder / "received.jsonl").open("a", encoding="utf-8")
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *details: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._box.close()
        self._list.close()

    def received(self) -> list[dict[str, str]]:
        """Every message taken so far: recipient, subject, Message-ID."""
        self.flush()
        lines = (self.folder / "received.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def flush(self) -> None:
        """Write out what was received so far."""
        self._box.flush()
        self._list.flush()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            asyncio.start_server(self._serve, "127.0.0.1", self.port, limit=1 << 20)
        )
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        recipient = ""
        writer.write(b"220 mail.barset.example ESMTP\r\n")
        try:
            while line := await reader.readline():
                verb = line[:4].upper()
                if verb in {b"EHLO", b"HELO"}:
                    writer.write(
                        b"250-mail.barset.example\r\n250-PIPELINING\r\n250-SIZE 10485760\r\n250 8BITMIME\r\n"
                    )
                elif verb == b"RCPT":
                    found = _ADDRESS.search(line)
                    recipient = found.group(1).decode("ascii", "replace") if found else ""
                    if is_refused(recipient):
                        self.refused.append(recipient)
                        recipient = ""
                        writer.write(b"550 5.1.1 No such person here\r\n")
                    else:
                        writer.write(b"250 2.1.5 Ok\r\n")
                elif verb == b"DATA":
                    if not recipient:
                        writer.write(b"554 5.5.1 No valid recipients\r\n")
                        continue
                    writer.write(b"354 Go ahead\r\n")
                    await writer.drain()
                    content = await reader.readuntil(b"\r\n.\r\n")
                    self._keep(recipient, content[:-3])
                    recipient = ""
                    writer.write(b"250 2.0.0 Kept\r\n")
                elif verb == b"QUIT":
                    writer.write(b"221 2.0.0 Bye\r\n")
                    break
                elif verb in {b"MAIL", b"RSET", b"NOOP"}:
                    recipient = ""
                    writer.write(b"250 2.0.0 Ok\r\n")
                else:
                    writer.write(b"502 5.5.2 Unknown command\r\n")
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()

    def _keep(self, recipient: str, content: bytes) -> None:
        content = content.replace(b"\r\n..", b"\r\n.")
        end = content.find(b"\r\n\r\n")
        headers = self._headers.parsebytes(content[: end + 4])
        subject = str(headers["subject"] or "")
        self.accepted.append(recipient)
        self.subjects[subject] += 1
        self._box.write(b"From demo@barset.example Thu Jan  1 00:00:00 1970\n")
        self._box.write(re.sub(rb"(?m)^(>*From )", rb">\1", content.replace(b"\r\n", b"\n")) + b"\n")
        line = {
            "to": recipient,
            "subject": subject,
            "id": str(headers["message-id"] or ""),
            "bytes": len(content),
        }
        self._list.write(json.dumps(line) + "\n")


def write_bounces(*, path: Path, messages: list[tuple[str, str]]) -> int:
    """Write delivery status notices (RFC 3464) for messages, given as (recipient, Message-ID), into a mailbox file."""
    with path.open("w", encoding="utf-8") as box:
        for number, (recipient, message_id) in enumerate(messages):
            edge = f"=_bounce_{number}"
            box.write(
                "From MAILER-DAEMON Thu Jan  1 00:00:00 1970\n"
                "From: Mail system <mailer-daemon@mail.barset.example>\n"
                "Subject: Undelivered mail\n"
                f"Message-ID: <bounce-{number}@mail.barset.example>\n"
                "MIME-Version: 1.0\n"
                f'Content-Type: multipart/report; report-type=delivery-status; boundary="{edge}"\n\n'
                f"--{edge}\nContent-Type: text/plain; charset=utf-8\n\n"
                f"The address {recipient} does not exist any more.\n\n"
                f"--{edge}\nContent-Type: message/delivery-status\n\n"
                "Reporting-MTA: dns; mail.barset.example\n\n"
                f"Final-Recipient: rfc822; {recipient}\nAction: failed\nStatus: 5.1.1\n"
                "Diagnostic-Code: smtp; 550 5.1.1 user unknown\n\n"
                f"--{edge}\nContent-Type: text/rfc822-headers\n\n"
                f"To: {recipient}\nMessage-ID: {message_id}\n\n"
                f"--{edge}--\n\n"
            )
    return len(messages)
