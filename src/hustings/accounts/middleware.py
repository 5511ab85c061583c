"""What holds for every page about logins and every page of the desk: the pace of attempts, and what a page may run."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from hustings.basics.clock import clock
from hustings.platform.client_address import network_of
from hustings.platform.rate_limit import Allowance, limits

#: Attempts to get in, per address and per network (which people share), across all processes of a machine.
PER_ADDRESS = Allowance(burst=20, per_minute=10)
PER_NETWORK = Allowance(burst=120, per_minute=60)

_HOLDS_FOR_ALL = (
    "default-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'; "
)

#: Our own desk pages run only scripts that lie in files.
DESK_POLICY = (
    f"{_HOLDS_FOR_ALL}img-src 'self' data: blob:; script-src 'self'; style-src 'self' 'unsafe-inline'"
)

#: Wagtail's editors start their fields with short scripts within the page, and preview drafts in a frame.
EDITOR_POLICY = (
    f"{_HOLDS_FOR_ALL}img-src 'self' data: blob:; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "connect-src 'self'; frame-src 'self'"
)
_EDITORS = tuple(
    f"/desk/{part}" for part in ("pages/", "images/", "documents/", "choose-", "bulk/", "account/", "block-")
)

_Respond = Callable[[HttpRequest], HttpResponseBase]


class DeskPolicyMiddleware:
    """Puts a Content-Security-Policy of their own on desk pages, and keeps them out of caches and search engines."""

    def __init__(self, get_response: _Respond) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the headers that the address calls for."""
        response = self._get_response(request)
        if request.path.startswith("/desk/"):
            policy = EDITOR_POLICY if request.path.startswith(_EDITORS) else DESK_POLICY
            response.headers.setdefault("Content-Security-Policy", policy)
            response.headers.setdefault("Cache-Control", "no-store, private")
            response.headers.setdefault("X-Robots-Tag", "noindex")
        elif request.path.startswith("/account/"):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class AccountPaceMiddleware:
    """Slows down whoever tries to get in again and again: passwords, codes, second factors and first-run links."""

    def __init__(self, get_response: _Respond) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request through, or answer 429 with how long to wait."""
        if request.method == "POST" and request.path.startswith("/account/"):
            wait = self._wait(request.META.get("REMOTE_ADDR", ""))
            if wait:
                return _slower(request, wait)
        return self._get_response(request)

    @staticmethod
    def _wait(address: str) -> float:
        at = clock().now().timestamp()
        return limits().take(key=f"account:{address}", allowance=PER_ADDRESS, at=at) or limits().take(
            key=f"account-network:{network_of(address=address)}", allowance=PER_NETWORK, at=at
        )


def _slower(request: HttpRequest, wait: float) -> HttpResponse:
    seconds = int(wait) + 1
    response = render(request, "429.html", {"minutes": -(-seconds // 60)}, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response
