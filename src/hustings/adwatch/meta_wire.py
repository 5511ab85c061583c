"""The one place from which the archive's app reaches out: a question to the Meta Ad Library API, over HTTPS, and its answer.

The token goes in a header, never in an address, so that it stands in no log; plain HTTP is refused but on this machine itself.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

_TIMEOUT = 60.0
#: A page of a few hundred ads is under 10 MB; more is no answer of this API.
_LARGEST = 64 * 2**20
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class Unreachable(Exception):
    """No answer came: the network, the name, or the connection failed. Worth another try."""


class NotAnAddress(Exception):
    """The address of the API is none that a token may be sent to."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer: its status, its headers in lower case, and its JSON (empty where there was none)."""

    status: int
    headers: Mapping[str, str]
    body: Mapping[str, Any]


def ask(*, address: str, path: str, parameters: Mapping[str, str], token: str) -> Answer:
    """Ask once. Raises `Unreachable` or `NotAnAddress`; an answer that says no is an answer."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not host:
        raise NotAnAddress(
            f"“{address}” is not an address. Set HUSTINGS_META_API to one that begins with https://."
        )
    if parts.scheme == "http" and host not in _LOOPBACK:
        raise NotAnAddress(f"“{address}” is not encrypted, and a token must not go over it. Use https://.")
    opens = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = opens(host, parts.port, timeout=_TIMEOUT)
    try:
        connection.request(
            "GET",
            f"{parts.path.rstrip('/')}/{path}?{urlencode(parameters)}",
            headers={
                "Authorization": f"Bearer {token}",
                "Accept": "application/json",
                "User-Agent": "hustings",
            },
        )
        response = connection.getresponse()
        content = response.read(_LARGEST + 1)
        headers = {name.lower(): value for name, value in response.getheaders()}
        status = response.status
    except (OSError, HTTPException) as problem:
        raise Unreachable(f"{host} did not answer: {type(problem).__name__}.") from problem
    finally:
        connection.close()
    if len(content) > _LARGEST:
        raise Unreachable(f"{host} answered with more than 64 MB.")
    try:
        body = json.loads(content) if content else {}
    except ValueError:
        if status < 400:
            raise Unreachable(f"{host} answered with something that is not JSON.") from None
        body = {}
    return Answer(status=status, headers=headers, body=body if isinstance(body, dict) else {})
