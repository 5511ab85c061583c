"""A non-blocking socket that knows exactly how much of what was written has left, with or without TLS."""

import contextlib
import errno
import selectors
import socket
import ssl
from collections import deque

_READ = 65_536
_SSL_WAITS = (ssl.SSLWantReadError, ssl.SSLWantWriteError)


class WireLost(ConnectionError):
    """The connection was closed, refused or broke."""


class Wire:
    """One connection being made or made. `sent` counts bytes that may have reached the other side."""

    def __init__(self, *, host: str, port: int, attempt: int = 0) -> None:
        """Begin to connect; a host with several addresses is tried at the next one with each `attempt`."""
        self._out: deque[memoryview] = deque()
        self._queued = 0
        self.sent = 0
        self._host = host
        self._is_connecting = True
        self._handshake: ssl.SSLSocket | None = None
        self._wants_write = False
        try:
            addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            family, kind, protocol, _name, address = addresses[attempt % len(addresses)]
            self.socket: socket.socket = socket.socket(family, kind, protocol)
        except OSError as fault:
            raise WireLost(f"{host}:{port}: {fault.strerror or fault}") from fault
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        failed = self.socket.connect_ex(address)
        if failed not in (0, errno.EINPROGRESS):
            self.socket.close()
            raise WireLost(f"{host}:{port}: {errno.errorcode.get(failed, failed)}")

    @property
    def queued(self) -> int:
        """Bytes written so far, whether or not they have left."""
        return self._queued

    @property
    def events(self) -> int:
        """What to wait for at the selector."""
        waits = bool(self._out) or self._is_connecting or self._wants_write
        return selectors.EVENT_READ | (selectors.EVENT_WRITE if waits else 0)

    def write(self, data: bytes) -> None:
        """Add bytes to be sent; `flush` sends them."""
        if data:
            self._out.append(memoryview(data))
            self._queued += len(data)

    def start_tls(self, context: ssl.SSLContext) -> None:
        """Begin the handshake; bytes written from now on are encrypted."""
        self._handshake = context.wrap_socket(
            self.socket, server_hostname=self._host, do_handshake_on_connect=False
        )
        self.socket = self._handshake

    def flush(self) -> None:
        """Send what the system takes; raises WireLost."""
        if not self._is_ready():
            return
        try:
            while self._out:
                chunk = self._out[0]
                if isinstance(self.socket, ssl.SSLSocket):
                    # A record that did not leave whole may still be read whole on the other side.
                    self.sent = max(self.sent, self._queued - sum(map(len, self._out)) + len(chunk))
                    count = self.socket.send(chunk)
                elif len(self._out) > 1:
                    count = self.socket.sendmsg(list(self._out)[:64])
                    self.sent += count
                    self._drop(count)
                    continue
                else:
                    count = self.socket.send(chunk)
                    self.sent += count
                self._drop(count)
        except (BlockingIOError, *_SSL_WAITS):
            return
        except OSError as fault:
            raise WireLost(_words(fault)) from fault

    def read(self) -> bytes:
        """What has arrived, nothing if nothing has; raises WireLost at the end."""
        if not self._is_ready():
            return b""
        received = []
        try:
            while True:
                data = self.socket.recv(_READ)
                if not data:
                    break
                received.append(data)
                if len(data) < _READ and not isinstance(self.socket, ssl.SSLSocket):
                    return b"".join(received)
        except (BlockingIOError, *_SSL_WAITS):
            return b"".join(received)
        except OSError as fault:
            if not received:
                raise WireLost(_words(fault)) from fault
        if not received:
            raise WireLost("The server closed the connection.")
        return b"".join(received)

    def close(self) -> None:
        """Close without ceremony."""
        with contextlib.suppress(OSError):
            self.socket.close()

    def _drop(self, count: int) -> None:
        while count:
            chunk = self._out[0]
            if len(chunk) > count:
                self._out[0] = chunk[count:]
                return
            count -= len(chunk)
            self._out.popleft()

    def _is_ready(self) -> bool:
        if self._is_connecting:
            failed = self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if failed:
                raise WireLost(errno.errorcode.get(failed, str(failed)))
            try:
                self.socket.getpeername()
            except OSError:
                return False
            self._is_connecting = False
        if self._handshake is not None:
            self._wants_write = False
            try:
                self._handshake.do_handshake()
            except ssl.SSLWantReadError:
                return False
            except ssl.SSLWantWriteError:
                self._wants_write = True
                return False
            except OSError as fault:
                raise WireLost(_words(fault)) from fault
            self._handshake = None
        return True


def _words(fault: OSError) -> str:
    return fault.strerror or str(fault) or type(fault).__name__
