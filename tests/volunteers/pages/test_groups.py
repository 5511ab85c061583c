"""Groups: a link is never public, released one at a time to whoever is entitled, rotated in one step, nobody in two."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from hustings.basics.clock import clock_set_to
from hustings.platform.kept import NeverChanged
from hustings.postroom.models import Message
from hustings.volunteers.models import Group, GroupState, LinkRelease, Membership, Volunteer
from hustings.volunteers.usecases.accept_conduct import accept_conduct
from hustings.volunteers.usecases.join_group import NotEntitled, join_group, leave_group
from hustings.volunteers.usecases.load_course import load_course
from hustings.volunteers.usecases.publish_conduct_rules import publish_shipped_rules
from hustings.volunteers.usecases.record_completion import record_completion
from hustings.volunteers.usecases.release_link import NoSeatYet, TooManyReleases, release_link
from hustings.volunteers.usecases.rotate_link import SameLink, rotate_link
from hustings.volunteers.usecases.save_group import (
    GroupTooSmall,
    NoLinkYet,
    add_overflow,
    close_group,
    open_group,
    save_group,
)
from tests.cast import Cast, signed_in
from tests.conftest import NOW
from tests.volunteers.conftest import Enrol, let_in
from tests.volunteers.pages.test_training import TEXT

LINK = "https://chat.whatsapp.com/ABCDEFGHIJKLMNOPQRSTUV"
OTHER = "https://chat.whatsapp.com/ZYXWVUTSRQPONMLKJIHGFE"
THIRD = "https://chat.whatsapp.com/0123456789ABCDEFGHIJKL"
pytestmark = pytest.mark.usefixtures("cast", "postcodes")


@pytest.fixture
def group(cast: Cast) -> Group:
    made = save_group(
        group=Group(name="Barset East canvassers", kind="whatsapp", area=cast.east, capacity=2),
        link=LINK, by=cast.alice, now=NOW,
    )  # fmt: skip
    return open_group(group=made, by=cast.alice, now=NOW)


@pytest.fixture
def accepted(enrol: Enrol) -> Any:
    """Make a volunteer who accepted the rules."""

    def make(name: str) -> Volunteer:
        rules = publish_shipped_rules(now=NOW)
        volunteer = enrol(name)
        accept_conduct(volunteer=volunteer, version=rules.version, now=NOW)
        return volunteer

    return make


def test_the_link_is_encrypted_and_on_no_public_page(client: Client, group: Group) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT link FROM volunteers_group")
        assert "whatsapp" not in cursor.fetchone()[0]
    for path in ("/groups/", f"/groups/{group.slug}/", "/events/feed.json", "/"):
        assert "chat.whatsapp" not in client.get(path).content.decode()
    assert "Barset East canvassers" in client.get("/groups/").content.decode()


def test_bob_joins_and_gets_his_own_link(group: Group, accepted: Any) -> None:
    mine = let_in(accepted("Bob"))
    page = f"/groups/{group.slug}/"
    assert "Join this group" in mine.get(page).content.decode()
    html = mine.post(f"/volunteer{page}join/", follow=True).content.decode()
    assert "You have a place" in html
    assert "chat.whatsapp" not in html
    answer = mine.post(f"/volunteer{page}link/", follow=True)
    assert LINK in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    release = LinkRelease.objects.get()
    assert (release.purpose, release.opened_at, release.expires_at) == (
        "join",
        NOW,
        NOW + timedelta(hours=24),
    )
    with clock_set_to(NOW + timedelta(hours=24)):
        html = mine.get(f"/volunteer/groups/{release.public_id}/", follow=True).content.decode()
    assert "has run out" in html
    assert LINK not in html


def test_a_release_is_one_persons_alone(group: Group, accepted: Any) -> None:
    bob, cleo = accepted("Bob"), accepted("Cleo")
    membership = join_group(volunteer=bob, group=group, now=NOW)
    release = release_link(membership=membership, now=NOW)
    path = f"/volunteer/groups/{release.public_id}/"
    assert let_in(bob).get(path).status_code == 200
    assert let_in(cleo).get(path).status_code == 404
    assert Client().get(path).status_code == 302


def test_releases_are_kept_as_they_were(group: Group, accepted: Any) -> None:
    release = release_link(membership=join_group(volunteer=accepted("Bob"), group=group, now=NOW), now=NOW)
    release.link_version = 9
    with pytest.raises(NeverChanged):
        release.save()
    with pytest.raises(NeverChanged):
        LinkRelease.objects.all().delete()


def test_nobody_joins_without_the_rules_or_the_course(group: Group, bob: Volunteer, cast: Cast) -> None:
    with pytest.raises(NotEntitled, match="conduct rules"):
        join_group(volunteer=bob, group=group, now=NOW)
    rules = publish_shipped_rules(now=NOW)
    accept_conduct(volunteer=bob, version=rules.version, now=NOW)
    group.required_course = load_course(text=TEXT, slug="door", now=NOW)
    group.save()
    html = let_in(bob).get(f"/groups/{group.slug}/").content.decode()
    assert "Finish the course" in html
    assert "Join this group" not in html
    with pytest.raises(NotEntitled, match="At the door"):
        join_group(volunteer=bob, group=group, now=NOW)
    record_completion(volunteer=bob, course=group.required_course, by=cast.alice, now=NOW)
    membership = join_group(volunteer=bob, group=group, now=NOW)
    with pytest.raises(NotEntitled, match="At the door"):
        release_link(membership=membership, now=NOW + timedelta(days=400))


def test_nobody_is_in_two_and_spare_groups_open_by_themselves(
    group: Group, accepted: Any, cast: Cast
) -> None:
    spare = add_overflow(group=group, link=OTHER, by=cast.alice, now=NOW)
    assert (spare.name, spare.state) == ("Barset East canvassers 2", GroupState.SPARE)
    people = [accepted(name) for name in ("Bob", "Cleo", "Dan", "Eva", "Fay")]
    seats = [join_group(volunteer=one, group=group, now=NOW).group for one in people]
    assert seats == [group, group, spare, spare, None]
    spare.refresh_from_db()
    assert spare.state == GroupState.OPEN
    for one in people:
        join_group(volunteer=one, group=spare, now=NOW)
    assert Membership.objects.filter(left_at=None).count() == 5
    leave_group(membership=Membership.objects.get(volunteer=people[0]), now=NOW)
    fay = Membership.objects.get(volunteer=people[4])
    assert fay.group == group
    assert Message.objects.get(template="volunteers/group_seat").address == "fay@barset.example"


def test_rotation_closes_releases_and_tells_everybody(group: Group, accepted: Any, cast: Cast) -> None:
    bob = accepted("Bob")
    membership = join_group(volunteer=bob, group=group, now=NOW)
    old = release_link(membership=membership, now=NOW)
    with pytest.raises(SameLink):
        rotate_link(group=group, link=LINK, reason="leaked", by=cast.alice, now=NOW)
    answer = signed_in(cast.alice).post(
        f"/desk/volunteers/groups/{group.pk}/link/", {"link": OTHER, "reason": "it was posted"}, follow=True
    )
    assert "1 volunteers are told" in answer.content.decode()
    assert OTHER not in answer.content.decode()
    message = Message.objects.get(template="volunteers/group_link_changed")
    assert "whatsapp.com" not in str(message.fields)
    mine = let_in(bob)
    assert (
        "has run out or was changed"
        in mine.get(f"/volunteer/groups/{old.public_id}/", follow=True).content.decode()
    )
    assert OTHER in mine.post(f"/volunteer/groups/{group.slug}/link/", follow=True).content.decode()
    assert LinkRelease.objects.order_by("-pk")[0].purpose == "rotated"


def test_a_link_is_not_handed_out_all_day(group: Group, accepted: Any) -> None:
    membership = join_group(volunteer=accepted("Bob"), group=group, now=NOW)
    for _ in range(3):
        release_link(membership=membership, now=NOW)
    with pytest.raises(TooManyReleases):
        release_link(membership=membership, now=NOW)
    release_link(membership=membership, now=NOW + timedelta(days=1))


def test_a_closed_group_shows_nothing(group: Group, accepted: Any, cast: Cast) -> None:
    bob = accepted("Bob")
    membership = join_group(volunteer=bob, group=group, now=NOW)
    close_group(group=group, by=cast.alice, now=NOW)
    with pytest.raises(NoSeatYet):
        release_link(membership=membership, now=NOW)
    with pytest.raises(NotEntitled):
        join_group(volunteer=accepted("Cleo"), group=group, now=NOW)
    assert Client().get(f"/groups/{group.slug}/").status_code == 404


def test_a_group_needs_a_link_and_room(cast: Cast, group: Group, accepted: Any) -> None:
    linkless = save_group(
        group=Group(name="New", kind="signal", area=cast.east, capacity=50), by=None, now=NOW
    )
    with pytest.raises(NoLinkYet):
        open_group(group=linkless, by=None, now=NOW)
    for name in ("Bob", "Cleo"):
        join_group(volunteer=accepted(name), group=group, now=NOW)
    group.capacity = 1
    with pytest.raises(GroupTooSmall):
        save_group(group=group, by=None, now=NOW)


def test_alice_makes_a_group_on_the_desk(cast: Cast) -> None:
    alice = signed_in(cast.alice)
    entered = {
        "name": "Tea and talk",
        "kind": "whatsapp",
        "area": cast.east.pk,
        "capacity": "100",
        "link_hours": "24",
    }
    refused = alice.post("/desk/volunteers/groups/new/", {**entered, "link": "not a link"})
    assert "is not a link" in refused.content.decode()
    assert 'value="Tea and talk"' in refused.content.decode()
    refused = alice.post("/desk/volunteers/groups/new/", {**entered, "link": "https://t.me/+abcdefghij"})
    assert "This is not an invite link of WhatsApp" in refused.content.decode()
    refused = alice.post("/desk/volunteers/groups/new/", {**entered, "link": LINK, "area": cast.west.pk})
    assert not Group.objects.exists()
    assert alice.post("/desk/volunteers/groups/new/", {**entered, "link": LINK}).status_code == 302
    made = Group.objects.get()
    assert (made.link, made.family) == (LINK, made)
    page = alice.get(f"/desk/volunteers/groups/{made.pk}/").content.decode()
    assert "Tea and talk" in page
    assert "chat.whatsapp" not in page


PAGES = ("", "edit/", "link/", "overflow/", "members/", "releases/")


@pytest.mark.parametrize("path", PAGES)
def test_charlie_cannot_see_alices_groups(cast: Cast, group: Group, path: str) -> None:
    page = f"/desk/volunteers/groups/{group.pk}/{path}"
    assert signed_in(cast.alice).get(page).status_code == 200
    assert signed_in(cast.charlie).get(page).status_code == 404
    assert signed_in(cast.bob).get(page).status_code == 403


@pytest.mark.parametrize("path", ["open/", "close/"])
def test_charlie_cannot_change_alices_groups(cast: Cast, group: Group, path: str) -> None:
    page = f"/desk/volunteers/groups/{group.pk}/{path}"
    assert signed_in(cast.charlie).post(page).status_code == 404
    assert signed_in(cast.alice).post(page).status_code == 302
