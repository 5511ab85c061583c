"""The site at a glance: each sees the pages of their places and can make the page of one."""

from hustings.website.models import HomePage, NewsPage, PlacePage
from tests.cast import Cast, signed_in

Places = tuple[PlacePage, PlacePage]
URL = "/desk/website/"


def test_each_sees_their_own_pages(places: Places, cast: Cast) -> None:
    """Alice the East, Charlie the West, the administrator all."""
    places[0].add_child(
        instance=NewsPage(title="Secret garden", slug="garden", published_on="2026-04-01", live=False)
    )
    assert "Secret garden" in signed_in(cast.alice).get(URL).content.decode()
    html = signed_in(cast.charlie).get(URL).content.decode()
    assert "Secret garden" not in html
    assert "Barset West" in html
    assert "Secret garden" in signed_in(cast.admin).get(URL).content.decode()


def test_a_place_gets_its_page(home: HomePage, cast: Cast) -> None:
    """As a draft; once; and not for somebody else's place."""
    client = signed_in(cast.alice)
    answer = client.post(f"{URL}place/", {"area": "Barset East"})
    page = PlacePage.objects.get()
    assert answer.headers["Location"] == f"/desk/pages/{page.pk}/edit/"
    assert (page.area, page.live) == (cast.east, False)
    assert client.get(answer.headers["Location"]).status_code == 200
    assert (
        client.post(f"{URL}place/", {"area": "Barset East"}).headers["Location"] == answer.headers["Location"]
    )
    refused = client.post(f"{URL}place/", {"area": "Barset West"})
    assert refused.status_code == 422
    assert PlacePage.objects.count() == 1


def test_what_is_missing_is_said(home: HomePage, cast: Cast) -> None:
    """No imprint: everybody learns it, the administrator gets the button."""
    from hustings.website.models import SiteFrame

    SiteFrame.objects.update(promoter=None)
    assert "No page carries an imprint yet" in signed_in(cast.alice).get(URL).content.decode()
    assert 'href="/desk/website/promoter/"' not in signed_in(cast.alice).get(URL).content.decode()
    assert 'href="/desk/website/promoter/"' in signed_in(cast.admin).get(URL).content.decode()
