"""A web server on loopback with one profile page, whose answer a test can change."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Profile:
    """What the server answers."""

    body: str
    status: int = 200
    url: str = ""
    redirects_to: str = ""
    asked: int = 0


@contextmanager
def profile_server(body: str) -> Iterator[Profile]:
    """Serve the page while the block lasts."""
    profile = Profile(body=body)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            profile.asked += 1
            if profile.redirects_to and self.path == "/alice":
                self.send_response(302)
                self.send_header("Location", profile.redirects_to)
                self.end_headers()
                return
            self.send_response(profile.status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(profile.body.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    profile.url = f"http://127.0.0.1:{server.server_address[1]}/alice"
    try:
        yield profile
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
