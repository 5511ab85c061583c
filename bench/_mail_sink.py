"""A mail server that takes everything and keeps nothing, for benchmarks where Postfix's smtp-sink is not installed."""

import asyncio
import sys

_END = b"\r\n.\r\n"


class Sink(asyncio.Protocol):
    """One connection: answers each command, throws each message away."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._rest = b""
        self._is_content = False
        transport.write(b"220 sink ready\r\n")

    def data_received(self, data: bytes) -> None:
        rest = self._rest + data
        replies = []
        while rest:
            if self._is_content:
                content, end, after = rest.partition(_END)
                if not end:
                    rest = content[-(len(_END) - 1) :]
                    break
                rest, self._is_content = after, False
                replies.append(b"250 2.0.0 taken\r\n")
                continue
            line, newline, after = rest.partition(b"\r\n")
            if not newline:
                break
            rest = after
            verb = line[:4].upper()
            if verb == b"EHLO":
                replies.append(b"250-sink\r\n250 PIPELINING\r\n")
            elif verb == b"DATA":
                self._is_content = True
                rest = b"\r\n" + rest
                replies.append(b"354 go\r\n")
            elif verb == b"QUIT":
                self._transport.write(b"".join([*replies, b"221 bye\r\n"]))
                self._transport.close()
                return
            else:
                replies.append(b"250 ok\r\n")
        self._rest = rest
        if replies:
            self._transport.write(b"".join(replies))


async def main(port: int) -> None:
    """Serve until ended."""
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
