"""A small HTTP client that behaves as a browser does: cookies, forms with their hidden fields, an address of its own."""

import http.client
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Self
from urllib.parse import urlencode, urljoin, urlsplit


@dataclass(frozen=True, kw_only=True)
class Page:
    """An answer: its status, address and text."""

    status: int
    url: str
    text: str

    def form_fields(self, *, action_contains: str = "") -> dict[str, str]:
        """The values a browser would send unchanged from the first fitting form that posts."""
        return self._form(action_contains).fields

    def offered(self, name: str, *, action_contains: str = "") -> list[str]:
        """The values of every box or button of a name in the first fitting form, ticked or not."""
        return self._form(action_contains).offers.get(name, [])

    def _form(self, action_contains: str) -> "_FormReader":
        reader = _FormReader(action_contains=action_contains)
        reader.feed(self.text)
        return reader


class _FormReader(HTMLParser):
    def __init__(self, *, action_contains: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.offers: dict[str, list[str]] = {}
        self._wanted = action_contains
        self._inside = False
        self._is_over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form" and not self._is_over:
            self._inside = values.get("method", "").lower() == "post" and self._wanted in values.get(
                "action", ""
            )
        if tag == "button" and self._inside and values.get("name"):
            self.offers.setdefault(values["name"], []).append(values.get("value", ""))
        if tag == "input" and self._inside and values.get("name"):
            kind = values.get("type", "text")
            if kind in {"checkbox", "radio", "submit"}:
                self.offers.setdefault(values["name"], []).append(values.get("value", "on"))
            is_off = kind in {"checkbox", "radio"} and "checked" not in values
            if kind not in {"submit", "button", "image"} and not is_off:
                self.fields[values["name"]] = values.get("value", "on" if kind == "checkbox" else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._inside:
            self._inside, self._is_over = False, True


@dataclass
class Browser:
    """One visitor with their own cookies; `address` is told to the site as the client's behind its proxy."""

    base: str
    address: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        if self._connection:
            self._connection.close()

    def get(self, url: str) -> Page:
        """Fetch a page, following redirects."""
        return self._request("GET", url, None)

    def post(self, url: str, fields: Mapping[str, str | Sequence[str]]) -> Page:
        """Send a form, following redirects."""
        return self._request("POST", url, fields)

    def _request(self, method: str, url: str, fields: Mapping[str, str | Sequence[str]] | None) -> Page:
        for _ in range(6):
            target = urlsplit(urljoin(self.base + "/", url))
            path = target.path + (f"?{target.query}" if target.query else "")
            headers = {"X-Forwarded-For": self.address, "Accept-Language": "en-GB"}
            if self.cookies:
                headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            body = None
            if fields is not None:
                body = urlencode(fields, doseq=True)
                headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": target.geturl()}
            if self._connection is None:
                self._connection = http.client.HTTPConnection(
                    target.hostname or "", target.port or 80, timeout=60
                )
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.split(";", 1)[0].partition("=")
                self.cookies[name.strip()] = value
            location = answer.headers.get("Location")
            if answer.status in {301, 302, 303, 307, 308} and location:
                url = urljoin(target.geturl(), location)
                if answer.status not in {307, 308}:
                    method, fields = "GET", None
                continue
            return Page(status=answer.status, url=target.geturl(), text=text)
        return Page(status=599, url=url, text="Too many redirects.")


def links_in(text: str, *, containing: str) -> list[str]:
    """Every http address in a text that contains the given part."""
    return [link for link in re.findall(r"https?://[^\s\"'<>)\]]+", text) if containing in link]
