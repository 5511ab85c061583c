"""A linked imprint is looked at over a real connection, as somebody without a login, until the material is withdrawn."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from hustings.accounts.access import NotAllowed
from hustings.clearance.jobs import watch_linked_imprints
from hustings.clearance.models import LinkedImprint, LinkLook, Material, Medium
from hustings.clearance.usecases import approve_material, withdraw_material
from hustings.clearance.usecases.link_imprint import (
    NotLinkable,
    Seen,
    link_imprint,
    look_at_link,
    look_over_http,
    unlink_imprint,
    watch_links,
)
from tests.cast import Cast
from tests.clearance.materials import IMPRINT, make_material, make_promoter
from tests.clearance.profile_server import profile_server

pytestmark = pytest.mark.django_db
PAGE = f"<p>Alice for Barset</p><p>{IMPRINT}</p>"


@pytest.fixture
def post(cast: Cast) -> Material:
    return make_material(promoter=make_promoter(), area=cast.east.code, medium=Medium.SOCIAL)


def linked(post: Material, cast: Cast, now: datetime, **changes: Any) -> LinkedImprint:
    given = {
        "platform": "short-post",
        "reason": "280 characters",
        "url": "https://a.example/alice",
        **changes,
    }
    return link_imprint(material=post, by=cast.alice, now=now, **given)


def codes(material: Material, level: str = "block") -> set[str]:
    material.refresh_from_db()
    return {line["code"] for line in material.checks if line["level"] == level}


def test_a_page_that_holds_it_passes(cast: Cast, post: Material, now: datetime) -> None:
    with profile_server(PAGE) as server:
        link = linked(post, cast, now, url=server.url)
        look = look_at_link(link=link, now=now)
    assert (look.trouble, look.has_imprint, look.status) == ("", True, 200)
    assert codes(post) == set()
    post.refresh_from_db()
    assert IMPRINT not in post.body
    copy = approve_material(material=post, by=cast.alice, now=now)
    assert copy.imprint == IMPRINT
    assert IMPRINT not in bytes(copy.content).decode()


@pytest.mark.parametrize(
    ("body", "status", "trouble", "code"),
    [
        ("<p>Alice</p>", 200, "imprint is not on the page", "imprint-not-there"),
        (PAGE, 500, "status 500", "link-dead"),
        (PAGE, 403, "asks for a login", "login-needed"),
        ("<form><input type='password'></form>", 200, "asks for a login", "login-needed"),
        (f"<p>Alice</p><p style='display:none'>{IMPRINT}</p>", 200, "not on the page", "imprint-not-there"),
    ],
)
def test_a_page_that_is_not_as_it_must_be(
    cast: Cast, post: Material, now: datetime, body: str, status: int, trouble: str, code: str
) -> None:
    with profile_server(body) as server:
        server.status = status
        look = look_at_link(link=linked(post, cast, now, url=server.url), now=now)
    assert trouble in look.trouble
    assert code in codes(post)


def test_a_page_that_offers_a_login_beside_the_imprint_is_open(
    cast: Cast, post: Material, now: datetime
) -> None:
    with profile_server(f'<form><input type="password"></form>{PAGE}') as server:
        assert look_at_link(link=linked(post, cast, now, url=server.url), now=now).trouble == ""
    assert codes(post) == set()


def test_nobody_answers(cast: Cast, post: Material, now: datetime) -> None:
    look = look_at_link(link=linked(post, cast, now, url="http://127.0.0.1:1/"), now=now)
    assert look.trouble.startswith("The page did not answer")
    assert look.status is None


def test_a_link_is_refused_where_it_would_be_an_offence(cast: Cast, post: Material, now: datetime) -> None:
    for changes, words in (
        ({"platform": "web-page"}, "a link is an offence"),
        ({"reason": " "}, "Say why"),
        ({"url": "ftp://a.example"}, "https://"),
    ):
        with pytest.raises(NotLinkable, match=words):
            linked(post, cast, now, **changes)
    with pytest.raises(NotAllowed):
        link_imprint(
            material=post,
            platform="short-post",
            reason="r",
            url="https://a.example",
            by=cast.charlie,
            now=now,
        )
    assert not LinkedImprint.objects.exists()


def test_two_clicks_are_one_too_many(cast: Cast, post: Material, now: datetime) -> None:
    look_at_link(
        link=linked(post, cast, now, clicks=2),
        now=now,
        look=lambda url: Seen(status=200, text=IMPRINT, needs_login=False),
    )
    assert codes(post) == {"too-many-clicks"}


def test_it_is_watched_from_approval_until_it_is_withdrawn(cast: Cast, post: Material, now: datetime) -> None:
    with profile_server(PAGE) as server:
        look_at_link(link=linked(post, cast, now, url=server.url), now=now)
        assert watch_links(now=now) == 0
        assert server.asked == 1, "a draft is not watched"
        approve_material(material=post, by=cast.alice, now=now)
        assert watch_linked_imprints.func() == 0
        assert server.asked == 2
        server.body = "<p>We moved.</p>"
        assert watch_links(now=now + timedelta(hours=6)) == 1
        withdraw_material(material=post, reason="Over", by=cast.alice, now=now)
        assert watch_links(now=now + timedelta(hours=12)) == 0
        assert server.asked == 3
    assert [look.has_imprint for look in LinkLook.objects.order_by("id")] == [True, True, False]


def test_unlinking_keeps_the_looks(cast: Cast, post: Material, now: datetime) -> None:
    with profile_server(PAGE) as server:
        look_at_link(link=linked(post, cast, now, url=server.url), now=now)
    unlink_imprint(material=post, by=cast.alice, now=now)
    post.refresh_from_db()
    assert (post.adds_imprint, LinkLook.objects.count()) == (True, 1)
    assert codes(post) == set()


def test_our_own_network_is_never_asked(settings: Any) -> None:
    settings.HUSTINGS_MODE = "live"
    with profile_server(PAGE) as server:
        for url in (server.url, "http://localhost/", "file:///etc/passwd", "http://[::1]/"):
            assert look_over_http(url).status is None
        assert server.asked == 0


def test_a_redirect_is_followed(cast: Cast) -> None:
    with profile_server(PAGE) as server:
        server.redirects_to = server.url.replace("/alice", "/people/alice")
        assert IMPRINT in look_over_http(server.url).text.replace("\n", " ")
        server.redirects_to = server.url.replace("/alice", "/login")
        assert look_over_http(server.url).needs_login is True
