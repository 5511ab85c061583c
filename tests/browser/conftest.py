"""What the browser tests share: a browser, an open petition, and an office in the middle of its work."""

from tests.actions.conftest import draft, own_home, petition, privacy_notice, promoter
from tests.browser.office import barset, entitlement, home, load, news, office, sink
from tests.browser.seeing import browser

__all__ = [
    "barset",
    "browser",
    "draft",
    "entitlement",
    "home",
    "load",
    "news",
    "office",
    "own_home",
    "petition",
    "privacy_notice",
    "promoter",
    "sink",
]
