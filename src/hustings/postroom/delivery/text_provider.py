"""The provider of text messages that the settings name, spoken to over one kept HTTP connection."""

import http.client
from collections.abc import Callable
from types import TracebackType
from urllib.parse import urlsplit

from hustings.postroom.rules.smtp_replies import Fate, Stage
from hustings.postroom.rules.text_protocol import fate_of_answer, words_of_answer
from hustings.postroom.smtp.letters import Outcome

_SECONDS = 20.0
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class TextsNotSetUp(Exception):
    """No provider of text messages is named in the settings, or its address is no HTTPS address."""


class ProviderUnreachable(Exception):
    """No connection to the provider could be made; nothing was handed over."""


class TextProvider:
    """One connection to the provider. `text_of` says what became of each request, by the answer's status alone."""

    def __init__(self, *, address: str, token: str) -> None:
        parts = urlsplit(address)
        host = parts.hostname or ""
        if parts.scheme not in {"https", "http"} or not host:
            raise TextsNotSetUp(
                "Text messages are not set up. Put the provider's https address into HUSTINGS_TEXT_PROVIDER."
            )
        if parts.scheme == "http" and host not in _LOOPBACK:
            raise TextsNotSetUp(
                "HUSTINGS_TEXT_PROVIDER must begin with https://, because it carries numbers and a token."
            )
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(host, parts.port, timeout=_SECONDS)
        self._path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        self._headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json; charset=utf-8",
        }
        self._is_open = False

    def __enter__(self) -> "TextProvider":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def send(self, *, key: int, body: bytes, begin: Callable[[int], None]) -> Outcome:
        """Hand over one message; `begin` is told before the first byte leaves.

        Raises ProviderUnreachable where there is no connection, and nothing was begun. After that a silence or a broken line
        is an unknown fate.
        """
        if not self._is_open:
            try:
                self._connection.connect()
            except OSError as fault:
                raise ProviderUnreachable(
                    f"The provider of text messages cannot be reached: {fault}."
                ) from fault
            self._is_open = True
        begin(key)
        try:
            self._connection.request("POST", self._path, body=body, headers=self._headers)
            response = self._connection.getresponse()
            said = response.read()
        except (OSError, http.client.HTTPException) as fault:
            self._close()
            words = f"The line broke before the provider answered: {type(fault).__name__}."
            return Outcome(key, Fate.UNKNOWN, Stage.CONTENT, 0, words)
        if response.will_close:
            self._close()
        fate, stage = fate_of_answer(status=response.status)
        return Outcome(key, fate, stage, response.status, words_of_answer(body=said))

    def _close(self) -> None:
        self._connection.close()
        self._is_open = False
