"""What the public forms of volunteers have in common: limits on tries, and pages that no cache keeps."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hustings.platform.client_address import network_of
from hustings.platform.rate_limit import Allowance, limits

#: Forms that send a message: a household or a hall behind one address, not a list.
_ASKING = Allowance(burst=20, per_minute=1.0)
_ASKING_FROM_NETWORK = Allowance(burst=120, per_minute=6.0)
#: Opening links: far more than anybody does, far less than guessing would take.
_LOOKING = Allowance(burst=60, per_minute=30)


def private(response: HttpResponse) -> HttpResponse:
    """Keep a page out of caches and search engines, and its address out of others' logs."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def wait_to_ask(request: HttpRequest, now: datetime) -> float:
    """Seconds to wait before this address, or its network, may send another form that writes to somebody; 0 for no wait."""
    address, at = request.META.get("REMOTE_ADDR", ""), now.timestamp()
    return limits().take(key=f"help {address}", allowance=_ASKING, at=at) or limits().take(
        key=f"help net {network_of(address=address)}", allowance=_ASKING_FROM_NETWORK, at=at
    )


def wait_to_look(request: HttpRequest, now: datetime) -> float:
    """Seconds to wait before this address may open another link; 0 for no wait."""
    address = request.META.get("REMOTE_ADDR", "")
    return limits().take(key=f"help look {address}", allowance=_LOOKING, at=now.timestamp())


def too_many(request: HttpRequest, seconds: float) -> HttpResponse:
    """Say when to come back."""
    minutes = max(1, round(seconds / 60))
    response = private(render(request, "volunteers/too_many.html", {"minutes": minutes}, status=429))
    response["Retry-After"] = str(int(seconds) + 1)
    return response
