"""Who edits what: Charlie looks after Barset West, and Barset East's pages are not there for him."""

import io
import json
from collections.abc import Callable
from typing import Any

import PIL.Image
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.images import get_image_model
from wagtail.models import Collection

from hustings.accounts.access import Right, scope_of
from hustings.basics.clock import clock
from hustings.platform.jobs.worker import run_all
from hustings.website.blocks import PictureBlock
from hustings.website.models import HomePage, NewsPage, PlacePage
from hustings.website.usecases.let_edit import let_edit
from tests.cast import Cast, signed_in

Places = tuple[PlacePage, PlacePage]


def a_picture() -> ContentFile[bytes]:
    """A small PNG."""
    made = io.BytesIO()
    PIL.Image.new("RGB", (8, 8), "teal").save(made, "PNG")
    return ContentFile(made.getvalue(), name="picture.png")


@pytest.fixture
def draft(places: Places) -> NewsPage:
    """News of Barset East that is not out yet."""
    page = NewsPage(title="Secret garden", slug="secret", published_on="2026-04-01", live=False)
    places[0].add_child(instance=page)
    page.save_revision()
    run_all()  # Wagtail's search learns of pages by jobs
    return page


def test_an_editor_of_a_place_works_below_its_page(places: Places, draft: NewsPage, cast: Cast) -> None:
    """Alice opens, edits and adds below Barset East."""
    client = signed_in(cast.alice)
    assert "Secret garden" in client.get(f"/desk/pages/{places[0].pk}/").content.decode()
    assert client.get(f"/desk/pages/{draft.pk}/edit/").status_code == 200
    assert client.get(f"/desk/pages/{places[0].pk}/add_subpage/").status_code == 200
    assert client.get(f"/desk/pages/{draft.pk}/history/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        *(
            "{page}/edit/",
            "{page}/view_draft/",
            "{page}/history/",
            "{page}/revisions/{revision}/view/",
            "{page}/delete/",
        ),
        *(
            "{page}/copy/",
            "{page}/move/",
            "{page}/unpublish/",
            "{page}/",
            "{place}/add_subpage/",
            "{page}/lock/",
        ),
        *(
            "{page}/revisions/compare/earliest...latest/",
            "{page}/revisions/{revision}/revert/",
            "{page}/edit/preview/",
        ),
        "add/website/newspage/{place}/",
    ],
)
def test_charlie_cannot(path: str, places: Places, draft: NewsPage, cast: Cast) -> None:
    """Neither look at, nor compare, nor copy, nor change what is Alice's."""
    address = "/desk/pages/" + path.format(
        page=draft.pk, place=places[0].pk, revision=draft.latest_revision_id
    )
    for ask in (signed_in(cast.charlie).get, signed_in(cast.charlie).post):
        assert ask(address).status_code in {403, 404}
    assert NewsPage.objects.get(pk=draft.pk).title == "Secret garden"


@pytest.mark.parametrize(
    "ask",
    [
        lambda client, page: client.get("/desk/pages/search/?q=garden"),
        lambda client, page: client.get("/desk/choose-page/search/?q=garden"),
        lambda client, page: client.get(f"/desk/choose-page/{page.get_parent().pk}/"),
    ],
)
def test_charlie_does_not_find_it(
    ask: Callable[[Client, Any], Any], places: Places, draft: NewsPage, cast: Cast
) -> None:
    """Search and choosers know nothing of it."""
    assert "Secret garden" not in ask(signed_in(cast.charlie), draft).content.decode()
    assert "Secret garden" in ask(signed_in(cast.admin), draft).content.decode()


def test_charlie_is_led_to_his_own_place(places: Places, draft: NewsPage, cast: Cast) -> None:
    """The list of pages begins where his part of the tree begins."""
    answer = signed_in(cast.charlie).get("/desk/pages/", follow=True)
    assert "Barset West" in answer.content.decode()
    assert "Barset East" not in answer.content.decode()


def test_bulk_actions_touch_nothing_else(places: Places, draft: NewsPage, cast: Cast) -> None:
    """Charlie can neither delete Alice's page in bulk nor reach any other kind of row."""
    client = signed_in(cast.charlie)
    client.post(f"/desk/bulk/wagtailcore/page/delete/?id={draft.pk}&next=/desk/pages/")
    assert NewsPage.objects.filter(pk=draft.pk).exists()
    assert client.get(f"/desk/bulk/accounts/user/delete/?id={cast.alice.pk}").status_code == 404
    assert (
        signed_in(cast.admin).get(f"/desk/bulk/accounts/user/delete/?id={cast.alice.pk}").status_code == 404
    )


# Wagtail leaves the temporary file of a rendition to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_pictures_of_a_place_stay_there(places: Places, cast: Cast) -> None:
    """What Alice uploads is in her place's collection; Charlie neither finds nor opens it."""
    for user in (cast.alice, cast.charlie):
        let_edit(user=user, scope=scope_of(user=user, right=Right.EDIT_SITE, on=clock().today_in_uk()))
    image = get_image_model().objects.create(
        title="A cello", file=a_picture(), collection=Collection.objects.get(name="Barset East")
    )
    assert "A cello" in signed_in(cast.alice).get("/desk/images/").content.decode()
    client = signed_in(cast.charlie)
    for path in ("/desk/images/", "/desk/images/chooser/", "/desk/images/chooser/results/?q=cello"):
        assert "A cello" not in client.get(path).content.decode()
    assert client.get(f"/desk/images/{image.pk}/").status_code in {302, 403, 404}


def test_editors_of_everything_edit_everything(places: Places, draft: NewsPage, cast: Cast) -> None:
    """The agent's appointment covers the whole organisation."""
    client = signed_in(cast.agent)
    assert client.get(f"/desk/pages/{draft.pk}/edit/").status_code == 200
    assert client.get(f"/desk/pages/{HomePage.objects.get().pk}/edit/").status_code == 200


def test_a_place_lost_is_lost_at_once(places: Places, draft: NewsPage, cast: Cast) -> None:
    """Groups follow appointments at the next page that is asked for."""
    client = signed_in(cast.alice)
    assert client.get(f"/desk/pages/{draft.pk}/edit/").status_code == 200
    cast.alice.appointments.update(area=cast.west)
    assert client.get(f"/desk/pages/{draft.pk}/edit/").status_code == 404


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_picture_needs_words(places: Places, cast: Cast) -> None:
    """Either what it shows, or that it is decoration."""
    block = PictureBlock()
    image = get_image_model().objects.create(title="x", file=a_picture())
    for value, is_fine in (
        ({"alt": ""}, False),
        ({"alt": "A cello"}, True),
        ({"alt": "", "is_decoration": True}, True),
    ):
        given = block.to_python(json.loads(json.dumps({"image": image.pk, "caption": "", **value})))
        if is_fine:
            assert block.clean(given)
        else:
            with pytest.raises(Exception, match="Validation error"):
                block.clean(given)
