"""Every address is public by declaration, stands behind a right, or belongs to a library for a reason given here.

The second half asks every guarded address that needs no argument on behalf of every role: whoever lacks the right gets
403, whoever is not signed in the way in. Addresses of single things have their "Charlie cannot" tests in their apps.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from hustings.accounts.access import RIGHTS, Right
from hustings.website.pages.wagtail_urls import DESK, OPEN, SITE, WAYS_IN, closed, way_in
from tests.cast import Cast, make_user, signed_in

#: Public by intention: the namespace or name, and why nobody needs to be signed in.
PUBLIC = {
    "adwatch": "published findings, and a campaigner's reply by the address in its invitation",
    "actions": "petitions, and the links in confirmations",
    "campaign_map": "where people are needed",
    "doorsteps": "volunteers' own rounds, which ask for a volunteer themselves",
    "hosting": "volunteers' own pages, which ask for a volunteer themselves",
    "openness": "the public record",
    "people": "a person's own page, reached by a signed link",
    "postroom": "one-click unsubscribing, and reports of mail providers, each signed",
    "support": "the signed link that answers a call-out; volunteers' own pages ask for a volunteer themselves",
    "volunteers": "events, groups, courses; a volunteer's own pages ask for a volunteer themselves",
    "petition_index": "the list of petitions",
    "wagtail_serve": "pages of the public site",
    "wagtaildocs_serve": "documents that pages of the public site offer",
    "sitemap": "for search engines",
    "robots": "for search engines",
    "health": "for whoever watches the server; says only whether it is well",
}

#: Guards of their own: the name, and what it asks.
OWN_GUARD = {
    "desk:home": "asks for a login and an appointment; every part of it for its own right",
    "accounts:first": "asks for the link that `hustings init` prints, while there is no administrator",
}

#: Libraries' own pages: what the name begins with, and what guards them.
OF_LIBRARIES = {
    "account_": "allauth: logging in, and pages about one's own login, which ask for a login themselves",
    "mfa_": "allauth: one's own second factor; asks for a login itself",
}


@dataclass(frozen=True)
class Address:
    """One pattern with everything above it."""

    path: str
    name: str
    view: Any

    @property
    def right(self) -> Right | None:
        """The right that guards it."""
        return getattr(self.view, "right", None)

    @property
    def has_arguments(self) -> bool:
        """Whether it needs something to be filled in."""
        return any(sign in self.path for sign in "<(^$")


def addresses() -> list[Address]:
    """Every address of the application."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], path: str, space: str) -> Iterator[Address]:
    for item in patterns:
        if isinstance(item, URLResolver):
            inner = f"{space}{item.namespace}:" if item.namespace else space
            yield from _walk(item.url_patterns, path + str(item.pattern), inner)
        else:
            yield Address(path + str(item.pattern), f"{space}{item.name or ''}", item.callback)


def _is_public(address: Address) -> bool:
    return any(address.name == name or address.name.startswith(f"{name}:") for name in PUBLIC)


def test_every_address_is_accounted_for() -> None:
    """Public, guarded, a library's, closed, or one of the ways in."""
    loose = [
        f"{address.path} ({address.name})"
        for address in addresses()
        if not (
            address.right
            or address.view in (closed, way_in)
            or _is_public(address)
            or address.name in OPEN
            or address.name in OWN_GUARD
            or any(address.name.startswith(start) for start in OF_LIBRARIES)
        )
    ]
    assert not loose, loose


#: Words in public addresses that are no secret: what stands there is shown to everybody.
OPEN_WORDS = {f"campaign_map:{name}" for name in ("seat", "list", "csv", "json", "picture", "outlines")}


def test_a_secret_in_an_address_is_called_token() -> None:
    """The foot of every page offers to report it by its address, but not where the address holds a `token`."""
    loose = [
        f"{address.path} ({address.name})"
        for address in addresses()
        if not address.path.startswith("desk/")
        and address.name not in OPEN_WORDS
        and not any(address.name.startswith(start) for start in OF_LIBRARIES)
        for word in re.findall(r"<str:(\w+)>", address.path)
        if word != "token"
    ]
    assert not loose, loose


def test_everything_on_the_desk_stands_behind_a_right() -> None:
    """No address below /desk/ is open but Wagtail's icons and words."""
    loose = [
        address.path
        for address in addresses()
        if address.path.startswith("desk/")
        and not address.right
        and address.view not in (closed, way_in)
        and address.name not in OPEN
        and address.name not in OWN_GUARD
    ]
    assert not loose, loose


def test_what_of_wagtail_is_open_exists_and_the_rest_is_closed() -> None:
    """The lists name addresses that Wagtail has; its users, groups, reports and histories are closed."""
    by_name = {address.name: address for address in addresses()}
    assert set(by_name) >= (OPEN | DESK | SITE | WAYS_IN)
    for name in (
        *(
            "wagtailusers_users:index",
            "wagtailusers_groups:index",
            "wagtailsites:index",
            "wagtailadmin_reports:site_history",
        ),
        *(
            "wagtailadmin_reports:locked_pages",
            "wagtailadmin_collections:index",
            "wagtailadmin_workflows:index",
        ),
        *("wagtailadmin_api:pages:listing", "wagtailsettings:edit", "wagtailadmin_pages:type_use"),
        *("wagtailadmin_tag_autocomplete", "wagtailadmin_pages:set_privacy", "wagtailadmin_pages:usage"),
    ):
        assert by_name[name].view is closed, name


GUARDED = sorted(
    (address for address in addresses() if address.right and not address.has_arguments), key=lambda a: a.path
)
GUARDED_WITH_ARGUMENTS = [address for address in addresses() if address.right and address.has_arguments]


@pytest.fixture
def everybody(cast: Cast) -> dict[str, Client]:
    """A client for each role, and one of somebody who was never appointed."""
    clients = {
        role: signed_in(
            make_user(name=f"role-{role}", role=role, area=cast.west if role == "organiser" else None)
        )
        for role in RIGHTS
    }
    return {**clients, "nobody": signed_in(cast.stranger)}


@pytest.mark.parametrize("address", GUARDED, ids=lambda address: address.name)
def test_who_may_open_it(address: Address, everybody: dict[str, Client]) -> None:
    """Each role, and a login without any."""
    assert address.right is not None
    for role, client in everybody.items():
        answer = client.get(f"/{address.path}")
        if address.right in RIGHTS.get(role, frozenset()):
            assert answer.status_code in {200, 302, 404, 405}, (role, answer.status_code)
            assert not answer.headers.get("Location", "").startswith("/account/login/"), role
        else:
            assert answer.status_code == 403, (role, answer.status_code)
    answer = Client().get(f"/{address.path}")
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/account/login/")


def test_there_is_something_to_ask() -> None:
    """The table is not empty."""
    assert len(GUARDED) > 5
    assert len(GUARDED_WITH_ARGUMENTS) > 5


def test_an_appointment_that_ended_opens_nothing(cast: Cast) -> None:
    """The day after its last, the desk is closed."""
    cast.alice.appointments.update(valid_until="2026-03-30")
    assert signed_in(cast.alice).get("/desk/account/").status_code == 403
