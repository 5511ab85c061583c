"""A site with a place page, news and a promoter."""

from datetime import date, datetime

import pytest

from hustings.clearance.models import Promoter
from hustings.website.models import HomePage, NewsIndexPage, NewsPage, PlacePage, SiteFrame
from hustings.website.usecases.create_site import create_site
from tests.cast import Cast

Places = tuple[PlacePage, PlacePage]


@pytest.fixture
def home(cast: Cast, now: datetime) -> HomePage:
    """The home page of a site that was just made, with a promoter."""
    create_site(now=now)
    SiteFrame.objects.update(
        promoter=Promoter.objects.create(
            name="Eleanor Harding", address="1 High Street, Barchester", postcode="ZZ1 1AA"
        )
    )
    return HomePage.objects.get()


@pytest.fixture
def places(home: HomePage, cast: Cast) -> tuple[PlacePage, PlacePage]:
    """A page for Barset East and one for Barset West."""
    east = PlacePage(title="Barset East", area=cast.east, slug="barset-east")
    west = PlacePage(title="Barset West", area=cast.west, slug="barset-west")
    home.add_child(instance=east)
    home.refresh_from_db()
    home.add_child(instance=west)
    return east, west


@pytest.fixture
def news(home: HomePage) -> NewsPage:
    """One piece of news."""
    page = NewsPage(
        title="The library stays", slug="library", published_on=date(2026, 3, 20), summary="It stays open."
    )
    NewsIndexPage.objects.get().add_child(instance=page)
    return page
