"""Attempts are slowed down, and every page says what it may run."""

import pytest
from django.test import Client

from hustings.accounts.middleware import PER_ADDRESS
from tests.cast import PASSWORD, Cast, signed_in


def test_guessing_is_slowed_down_across_ways_in(cast: Cast) -> None:
    """Passwords and codes share one allowance per address; another address is not held up."""
    client = Client(REMOTE_ADDR="203.0.113.7")
    statuses = [
        client.post("/account/login/", {"login": cast.alice.email, "password": f"guess {number}"}).status_code
        for number in range(PER_ADDRESS.burst + 1)
    ]
    assert statuses[-1] == 429
    refused = client.post("/account/login/code/", {"email": cast.alice.email})
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) >= 1
    assert "too many attempts" in refused.content.decode()
    assert Client(REMOTE_ADDR="203.0.113.8").get("/account/login/").status_code == 200
    assert client.get("/account/login/").status_code == 200


@pytest.mark.parametrize(
    ("path", "script", "frames"),
    [
        ("/", "script-src 'self'", "frame-ancestors 'none'"),
        ("/account/login/", "script-src 'self'", "frame-ancestors 'none'"),
        ("/desk/accounts/logins/", "script-src 'self';", "frame-ancestors 'self'"),
        ("/desk/pages/", "script-src 'self' 'unsafe-inline'", "frame-ancestors 'self'"),
    ],
)
def test_every_page_says_what_it_may_run(path: str, script: str, frames: str, cast: Cast) -> None:
    """Public pages and our own desk pages run files alone; Wagtail's editors also what stands within the page."""
    answer = signed_in(cast.admin).get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert script in policy
    assert frames in policy
    assert "object-src 'none'" in policy
    assert "'unsafe-eval'" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_desk_is_kept_nowhere(cast: Cast) -> None:
    """Neither in caches nor by search engines; cookies are out of scripts' reach."""
    client = signed_in(cast.admin)
    answer = client.get("/desk/accounts/logins/")
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex"
    cast.stranger.authenticator_set.all().delete()
    client = Client()
    client.post("/account/login/", {"login": cast.stranger.email, "password": PASSWORD})
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"


def test_errors_are_whole_sentences(cast: Cast) -> None:
    """In our look, with what to do next."""
    missing = Client().get("/nowhere/")
    assert missing.status_code == 404
    assert "There is no such page" in missing.content.decode()
    refused = signed_in(cast.tess).get("/desk/accounts/logins/")
    assert refused.status_code == 403
    assert "ask whoever appointed you" in refused.content.decode()
    inside = signed_in(cast.admin).get("/desk/nowhere/")
    assert inside.status_code == 404
    assert "There is no such page" in inside.content.decode()
    late = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "x"})
    assert late.status_code == 403
    assert "Please send the form again" in late.content.decode()
