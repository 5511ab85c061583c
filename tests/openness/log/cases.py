"""Entries by the dozen, and a witness on loopback that speaks c2sp.org/tlog-witness."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from hustings.openness.models import Entry, EntryKind, Seal
from hustings.openness.rules.checkpoints import Head, parse_head, parse_witness_request
from hustings.openness.rules.merkle import EMPTY_ROOT, is_consistent
from hustings.openness.rules.signed_notes import COSIGNATURE, VerifierKey, cosign, key_of, parse_note, signers
from hustings.openness.usecases import Draft, NewEntry, record_entries

NOW = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)
SEED = bytes(range(32))
NAME = "witness.example/w1"


def add(count: int, *, since: int = 0) -> list[Entry]:
    """That many entries, each with one open document."""
    return record_entries(
        [
            NewEntry(
                kind=EntryKind.MATERIAL,
                source=f"test {since + number}",
                title=f"Leaflet {since + number}",
                documents=[Draft.of_facts(name="facts", seal=Seal.OPEN, facts={"n": since + number})],
            )
            for number in range(count)
        ],
        now=NOW,
    )


def witness_key() -> VerifierKey:
    """The key of the witness below."""
    return key_of(name=NAME, seed=SEED, kind=COSIGNATURE)


class Watcher:
    """A witness by the document, written without our use cases: it remembers one head per log."""

    def __init__(self, log: VerifierKey) -> None:
        self.log = log
        self.seen = Head(origin=log.name, size=0, root=EMPTY_ROOT)
        self.asked = 0

    def answer(self, body: str) -> tuple[int, str]:
        """Status and text."""
        self.asked += 1
        old, proof, text = parse_witness_request(body)
        note = parse_note(text)
        head = parse_head(note.text)
        if head.origin != self.log.name:
            return 404, ""
        if self.log not in signers(note=note, keys=(self.log,)):
            return 403, ""
        if old > head.size:
            return 400, ""
        if old != self.seen.size:
            return 409, f"{self.seen.size}\n"
        if not is_consistent(
            old=old, new=head.size, old_root=self.seen.root, new_root=head.root, proof=proof
        ):
            return 422, ""
        self.seen = head
        return 200, str(cosign(text=note.text, name=NAME, seed=SEED, at=NOW))

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Its address, while the block lasts."""
        watcher = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                status, text = watcher.answer(body) if self.path == "/w1/add-checkpoint" else (404, "")
                self.send_response(status)
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/w1"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
