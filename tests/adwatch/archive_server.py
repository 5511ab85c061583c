"""A local server that speaks as the Ad Library API does: pages with cursors, limits, errors, and a token it checks."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.adwatch.conftest import api_ad

TOKEN = "EAAB-secret-token-0123456789"


@dataclass
class Archive:
    """What the server holds and has seen. `replies` are given before any page, in order: status, headers, body."""

    ads: int = 7
    replies: list[tuple[int, Mapping[str, str], Any]] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    before: Callable[[int], None] | None = None

    def page(self, *, after: str, limit: int) -> dict[str, Any]:
        """One page from a cursor on."""
        start = int(after or 0)
        last = min(self.ads, start + limit)
        paging: dict[str, Any] = {"cursors": {"before": str(start), "after": str(last)}}
        if last < self.ads:
            paging["next"] = f"https://graph.example/next?access_token={TOKEN}&after={last}"
        ads = [
            api_ad(number, ad_snapshot_url=f"https://archive.example/?id={number}&access_token={TOKEN}")
            for number in range(start, last)
        ]
        return {"data": ads, "paging": paging}


@contextmanager
def serving(archive: Archive) -> Iterator[str]:
    """Serve on loopback; the address of the API."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answer one question."""
            query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            archive.asked.append(query)
            archive.paths.append(self.path)
            if archive.before:
                archive.before(len(archive.asked))
            if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                self._say(
                    400,
                    {},
                    {"error": {"code": 190, "message": f"Bad token {self.headers.get('Authorization')}"}},
                )
            elif archive.replies:
                self._say(*archive.replies.pop(0))
            else:
                self._say(200, {}, archive.page(after=query.get("after", ""), limit=int(query["limit"])))

        def _say(self, status: int, headers: Mapping[str, str], body: Any) -> None:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v21.0"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
