"""Public pages: no script, small, with the imprint, in the organisation's name."""

import gzip
import re
from datetime import date, datetime
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from hustings.actions.models import Petition, PetitionState
from hustings.elections.models import Election, ElectionKind
from hustings.website.models import CandidatePage, HomePage, NewsIndexPage, NewsPage, PlacePage, PolicyPage
from tests.cast import Cast

Places = tuple[PlacePage, PlacePage]
PATHS = (
    "/",
    "/petitions/",
    "/news/",
    "/news/library/",
    "/help/",
    "/privacy/",
    "/accessibility/",
    "/barset-east/",
)
FIRST_VISIT_BYTES = 14 * 1024


def page(path: str) -> str:
    """A public page as somebody without a login gets it."""
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def petition(cast: Cast, now: datetime) -> Petition:
    """An open petition in Barset East."""
    return Petition.objects.create(
        slug="library", title="Keep the library open", asked_of="Barset Council", asked_by="Barset Together",
        area=cast.east, goal=2000, state=PetitionState.OPEN, confirmed=1284, made_at=now,
    )  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_small_and_whole_without_scripts(
    path: str, news: NewsPage, places: Places, petition: Petition
) -> None:
    """Under 14 kB with its stylesheet, one h1, the imprint in the foot, nothing inline."""
    html = page(path)
    stylesheet = finders.find("hustings/public.css")
    assert isinstance(stylesheet, str)
    answer = Client(headers={"Accept-Encoding": "gzip"}).get(path)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.content) + len(gzip.compress(Path(stylesheet).read_bytes(), 6)) <= FIRST_VISIT_BYTES
    assert "<script" not in html
    assert not re.search(r"\s(style|on\w+)=", html)
    assert html.count("<h1") == 1
    assert "Promoted by Eleanor Harding, 1 High Street, Barchester, ZZ1 1AA" in html
    assert 'href="/privacy/"' in html


def test_the_home_page_shows_what_goes_on(news: NewsPage, petition: Petition, now: datetime) -> None:
    """Open petitions with their count, news, the next day of poll, how to help."""
    Election.objects.create(
        id="local.2026-05-07",
        kind=ElectionKind.LOCAL,
        title="Barset council election",
        nation="england",
        poll_on=date(2026, 5, 7),
    )
    Election.objects.create(
        id="local.2022-05-05", kind=ElectionKind.LOCAL, title="An old election", poll_on=date(2022, 5, 5)
    )
    html = page("/")
    assert "Keep the library open" in html
    assert "1,284 signatures of 2,000" in html
    assert "The library stays" in html
    assert "20 March 2026" in html
    assert "7 May 2026" in html
    assert "Last moment to register to vote" in html
    assert "20 April 2026" in html  # twelve working days before (rules 6.5)
    assert "Nominations close" not in html
    assert "An old election" not in html
    assert 'class="button" href="/help/"' in html


def test_a_place_shows_its_own(places: Places, petition: Petition, cast: Cast) -> None:
    """Petitions, candidates and policies of Barset East are not on Barset West's page."""
    east, _west = places
    east.add_child(
        instance=CandidatePage(title="Septimus Harding", slug="harding", area=cast.east, summary="A cellist.")
    )
    east.add_child(instance=PolicyPage(title="Saturday buses", slug="buses", cost="£41,000 a year."))
    html, other = page("/barset-east/"), page("/barset-west/")
    for words in ("Keep the library open", "Septimus Harding", "Saturday buses"):
        assert words in html
        assert words not in other
    assert "Standing in Barset East" in page("/barset-east/harding/")
    assert "£41,000 a year." in page("/barset-east/buses/")


def test_what_is_not_out_is_not_shown(home: HomePage, news: NewsPage) -> None:
    """Drafts are nowhere: not on the page, not in lists, not in the map of the site."""
    news.live = False
    news.save()
    assert Client().get("/news/library/").status_code == 404
    assert "The library stays" not in page("/") + page("/news/") + page("/sitemap.xml")


def test_news_comes_in_pages(home: HomePage) -> None:
    """Newest first, a dozen at a time."""
    index = NewsIndexPage.objects.get()
    for number in range(1, 15):
        index.add_child(
            instance=NewsPage(
                title=f"News {number:02}", slug=f"n{number}", published_on=date(2026, 1, number)
            )
        )
    html = page("/news/")
    assert "News 14" in html
    assert "News 02" not in html
    assert "News 02" in page("/news/?page=2")


def test_files_for_machines(home: HomePage, petition: Petition) -> None:
    """The map names pages and petitions with the whole address; crawlers are kept from the back office."""
    assert "<loc>http://127.0.0.1:8000/petitions/library/</loc>" in page("/sitemap.xml")
    assert "Disallow: /desk/" in page("/robots.txt")


def test_wagtails_own_ways_in_lead_to_ours(home: HomePage) -> None:
    """And never to another site."""
    for path in ("/_util/login/", "/desk/login/", "/desk/password_reset/"):
        assert Client().get(path).headers["Location"] == "/account/login/"
    assert (
        Client().get("/desk/login/?next=/desk/pages/").headers["Location"]
        == "/account/login/?next=/desk/pages/"
    )
    assert Client().get("/desk/login/?next=//evil.example/").headers["Location"] == "/account/login/"
