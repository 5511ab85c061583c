"""What the public pages about one's own data have in common: no cookie, no trace in caches, and a limit on tries."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hustings.people.pages.ask_link_form import AskLinkForm
from hustings.platform.client_address import network_of
from hustings.platform.rate_limit import Allowance, limits

#: Looking and pressing: more than any person does, far less than guessing would take.
_LOOKING = Allowance(burst=60, per_minute=30)
#: Asking for a message to be sent: a family at one address, not a list.
_ASKING = Allowance(burst=5, per_minute=0.2)
_ASKING_FROM_NETWORK = Allowance(burst=30, per_minute=2)


def private(response: HttpResponse) -> HttpResponse:
    """Keep a page out of caches and search engines, and its address out of others' logs."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def wait_to_look(request: HttpRequest, now: datetime) -> float:
    """Seconds to wait before this address may open another page; 0 for no wait."""
    return limits().take(key=f"own {_address(request)}", allowance=_LOOKING, at=now.timestamp())


def wait_to_ask(request: HttpRequest, now: datetime, *, key: str = "") -> float:
    """Seconds to wait before another message may be asked for, from this address, its network, or for one person (`key`)."""
    at, table, address = now.timestamp(), limits(), _address(request)
    own = table.take(key=f"ask {address}", allowance=_ASKING, at=at)
    network = own or table.take(
        key=f"ask net {network_of(address=address)}", allowance=_ASKING_FROM_NETWORK, at=at
    )
    return network or (table.take(key=f"ask of {key}", allowance=_ASKING, at=at) if key else 0)


def too_many(request: HttpRequest, seconds: float) -> HttpResponse:
    """Say when to come back."""
    minutes = max(1, round(seconds / 60))
    response = private(render(request, "people/too_many.html", {"minutes": minutes}, status=429))
    response["Retry-After"] = str(max(1, round(seconds)))
    return response


def dead_link(request: HttpRequest) -> HttpResponse:
    """Say that a link leads nowhere, the same for every reason, and offer a new one."""
    return private(render(request, "people/dead_link.html", {"form": AskLinkForm()}, status=404))


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
