"""A load client of its own process: a fixed number of kept connections, each sending its next request after its last answer.

`python -m bench.load_client PORT PATH CONNECTIONS SECONDS FIRST STAMP` sends petition forms, each with an address of its own,
from a visitor of its own (X-Forwarded-For), and prints one JSON line: answers by status, latencies, and with `--names` the
numbers of the forms that were answered with 200. Only loopback is ever spoken to.
"""

import asyncio
import json
import sys
import time
from urllib.parse import urlencode


class Sender(asyncio.Protocol):
    """One connection: a form, its answer, the next form."""

    def __init__(self, run: "Run") -> None:
        self.run = run
        self.received = b""
        self.number = 0
        self.sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.send()

    def send(self) -> None:
        """Send the next form, or end."""
        if time.perf_counter() >= self.run.ends_at:
            self.transport.close()
            return
        self.number = self.run.next_number
        self.run.next_number += 1
        self.sent_at = time.perf_counter()
        self.transport.write(self.run.request(self.number))

    def data_received(self, data: bytes) -> None:
        self.received += data
        head_end = self.received.find(b"\r\n\r\n")
        if head_end < 0:
            return
        head = self.received[:head_end].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self.received) < head_end + 4 + length:
            return
        status = int(head[9:12])
        self.received = b""
        self.run.answered(self.number, status, time.perf_counter() - self.sent_at)
        self.send()

    def connection_lost(self, exc: Exception | None) -> None:
        self.run.lost()


class Run:
    """The whole run: its figures and when it is over."""

    def __init__(self, *, path: str, seconds: float, first: int, stamp: str) -> None:
        self.path, self.stamp, self.next_number = path, stamp, first
        self.ends_at = time.perf_counter() + seconds
        self.statuses: dict[int, int] = {}
        self.latencies: list[float] = []
        self.names: list[int] = []
        self.open = 0
        self.over = asyncio.get_running_loop().create_future()

    def request(self, number: int) -> bytes:
        """One form, of somebody who has not signed yet."""
        body = urlencode(
            {
                "stamp": self.stamp,
                "given_name": "Ewan",
                "family_name": f"McTavish {number}",
                "email": f"ewan{number}@barset.example",
                "postcode": "ZZ1 1AA",
                "website": "",
            }
        ).encode()
        visitor = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        return (
            f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: {visitor}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body

    def answered(self, number: int, status: int, seconds: float) -> None:
        """Note one answer."""
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self.latencies.append(seconds)
        if status == 200:
            self.names.append(number)

    def lost(self) -> None:
        """A connection has ended; the last one ends the run."""
        self.open -= 1
        if not self.open and not self.over.done():
            self.over.set_result(None)


async def send_forms(
    *, port: int, path: str, connections: int, seconds: float, first: int, stamp: str
) -> Run:
    """Send forms over this many connections for so long."""
    run = Run(path=path, seconds=seconds, first=first, stamp=stamp)
    loop = asyncio.get_running_loop()
    run.open = connections
    for _ in range(connections):
        await loop.create_connection(lambda: Sender(run), "127.0.0.1", port)
    await run.over
    return run


def main(arguments: list[str]) -> None:
    """Run from the command line."""
    has_names = "--names" in arguments
    port, path, connections, seconds, first, stamp = (a for a in arguments if a != "--names")
    started = time.perf_counter()
    run = asyncio.run(
        send_forms(
            port=int(port),
            path=path,
            connections=int(connections),
            seconds=float(seconds),
            first=int(first),
            stamp=stamp,
        )
    )
    took = time.perf_counter() - started
    ordered = sorted(run.latencies) or [0.0]
    figures = {
        "per_second": len(run.latencies) / took,
        "p50_ms": ordered[len(ordered) // 2] * 1000,
        "p99_ms": ordered[int(len(ordered) * 0.99)] * 1000,
        "worst_ms": ordered[-1] * 1000,
        "statuses": run.statuses,
        "next": run.next_number,
    }
    print(json.dumps(figures | ({"names": run.names} if has_names else {})))


if __name__ == "__main__":
    main(sys.argv[1:])
