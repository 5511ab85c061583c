"""A provider of text messages on this machine: takes what the protocol says, answers as it is told, keeps what came."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class TextSink:
    """What came in, and what each request is answered: a status, or None to break the line without a word."""

    answer: Callable[[dict[str, Any]], int | None] = lambda _values: 202
    taken: list[dict[str, Any]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    url: str = ""


@contextmanager
def text_sink() -> Iterator[TextSink]:
    """A running sink."""
    sink = TextSink()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            values = json.loads(body)
            sink.tokens.append(self.headers["Authorization"])
            status = sink.answer(values)
            if status is None:
                sink.taken.append(values)
                self.close_connection = True
                self.connection.close()
                return
            said = b"{}" if status < 300 else json.dumps({"error": f"answer {status}"}).encode()
            if status < 300:
                sink.taken.append(values)
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    sink.url = f"http://127.0.0.1:{server.server_address[1]}/texts"
    try:
        yield sink
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
