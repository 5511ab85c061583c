"""Audiences in the desk: edited without a script, and hidden from whoever looks after another patch."""

import json
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from hustings.accounts.models import Role, User
from hustings.outreach.audiences.models import Audience
from hustings.platform.models import AuditEntry
from tests.contacts import cast

pytestmark = pytest.mark.django_db
EMAIL = (("email", "campaign"),)


@pytest.fixture
def alice(client: Client) -> User:
    cast.make_organisation()
    cast.make_places()
    user = cast.make_alice()
    client.force_login(user)
    return user


@pytest.fixture
def audience(alice: User, now: datetime) -> Audience:
    cast.make_person(name="Gwen Proudie", email="g@village.example", consents=EMAIL)
    cast.make_person(name="Dora Grantly")
    cast.make_person(name="West Walker", ward=cast.COURCY)
    return Audience.objects.create(
        name="Everybody", area_id=cast.EAST, conditions={}, made_at=now, changed_at=now, made_by=alice
    )


def _addresses(audience: Audience) -> list[tuple[str, str]]:
    return [
        (name, reverse(f"outreach_desk:{name}", args=[audience.pk]))
        for name in ("audience", "audience_edit", "audience_json", "audience_remove")
    ]


def test_charlie_cannot(client: Client, audience: Audience) -> None:
    client.force_login(cast.make_charlie())
    for name, address in _addresses(audience):
        assert client.get(address).status_code == 404, name
        assert client.post(address).status_code in (404, 405), name
    assert "Everybody" not in client.get(reverse("outreach_desk:audiences")).content.decode()
    assert (
        "Everybody" not in client.get(reverse("outreach_desk:audiences") + "?export=csv").getvalue().decode()
    )
    sight = client.post(reverse("outreach_desk:audience_sight"), {"n.match": "all", "area": cast.EAST})
    assert sight.status_code == 403
    assert Audience.objects.filter(pk=audience.pk).exists()


def test_nobody_below_an_organiser_enters(client: Client, audience: Audience) -> None:
    client.force_login(cast.make_user(name="Bob", role=Role.VOLUNTEER, area=cast.EAST))
    for _, address in _addresses(audience):
        assert client.get(address).status_code == 403
    assert client.get(reverse("outreach_desk:audiences")).status_code == 403
    assert client.get(reverse("outreach_desk:audience_new")).status_code == 403


def test_only_those_who_may_export_get_the_file(client: Client, audience: Audience) -> None:
    address = reverse("outreach_desk:audience_csv", args=[audience.pk])
    assert client.get(address).status_code == 403
    client.force_login(cast.make_user(name="Data", role=Role.DATA_OFFICER, area=cast.WEST))
    # Without a second factor nobody takes people away as a file.
    assert client.get(address).status_code == 302


def test_the_file_tells_the_verdict_of_each(
    client: Client, audience: Audience, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hustings.accounts.pages.guard.is_mfa_enabled", lambda user: True)
    client.force_login(cast.make_user(name="Data", role=Role.DATA_OFFICER, area=cast.EAST))
    address = reverse("outreach_desk:audience_csv", args=[audience.pk])
    lines = client.get(address).getvalue().decode().splitlines()
    head = lines[0].lstrip("\ufeff").split(",")
    rows = {
        row["family_name"]: row
        for row in (dict(zip(head, line.split(","), strict=True)) for line in lines[1:])
    }
    assert set(rows) == {"Proudie", "Grantly"}
    assert (rows["Proudie"]["may_be_contacted"], rows["Proudie"]["reason"]) == ("yes", "")
    assert (rows["Grantly"]["may_be_contacted"], rows["Grantly"]["reason"]) == ("no", "no-address")
    assert AuditEntry.objects.get(verb="audience exported").detail["channel"] == "email"
    client.force_login(cast.make_user(name="Other", role=Role.DATA_OFFICER, area=cast.WEST))
    assert client.get(address).status_code == 404


def test_the_page_says_who_may_be_contacted(client: Client, audience: Audience) -> None:
    page = " ".join(
        client.get(reverse("outreach_desk:audience", args=[audience.pk])).content.decode().split()
    )
    assert "<strong>2</strong> people at this moment" in page
    assert "No email address" in page
    assert "People in Barset East, without any condition." in page
    assert "West Walker" not in page


def test_building_an_audience_without_a_script(client: Client, alice: User, audience: Audience) -> None:
    address = reverse("outreach_desk:audience_new")
    form = {"name": "To write to", "area": cast.EAST, "n.match": "all", "add.n": "agreed"}
    page = client.post(address, {**form, "do": "add:n"}).content.decode()
    assert 'name="n.0.channel"' in page
    assert "One condition is not complete" in page
    assert 'value="To write to"' in page
    form |= {"n.0.kind": "agreed", "n.0.not": "", "n.0.channel": "email", "n.0.purpose": "campaign"}
    page = client.post(address, {**form, "do": "group:n"}).content.decode()
    assert 'name="n.1.match"' in page
    form |= {"n.1.match": "any", "add.n.1": "contacted"}
    page = client.post(address, {**form, "do": "add:n.1"}).content.decode()
    assert 'name="n.1.0.days"' in page
    form |= {"n.1.0.kind": "contacted", "n.1.0.not": "1", "n.1.0.days": "90", "n.1.0.since": ""}
    page = " ".join(client.post(address, {**form, "do": "show"}).content.decode().split())
    assert "<strong>1</strong> person" in page
    assert "have not been contacted in the last 90 days" in page
    answer = client.post(address, {**form, "do": "save"})
    saved = Audience.objects.exclude(pk=audience.pk).get()
    assert answer["Location"] == reverse("outreach_desk:audience", args=[saved.pk])
    assert saved.conditions == {
        "match": "all",
        "conditions": [
            {"kind": "agreed", "channel": "email", "purpose": "campaign"},
            {"match": "any", "conditions": [{"kind": "contacted", "not": True, "days": 90}]},
        ],
    }
    assert saved.made_by == alice
    edit = client.get(reverse("outreach_desk:audience_edit", args=[saved.pk])).content.decode()
    assert 'name="n.1.0.days" value="90"' in edit
    shorter = client.post(
        reverse("outreach_desk:audience_edit", args=[saved.pk]), {**form, "do": "remove:n.1.0"}
    ).content.decode()
    assert "n.1.0.days" not in shorter
    assert 'name="n.1.match"' in shorter


def test_what_is_incomplete_is_said_beside_it_and_nothing_is_lost(client: Client, alice: User) -> None:
    address = reverse("outreach_desk:audience_new")
    form = {
        "name": "Half",
        "area": cast.EAST,
        "n.match": "any",
        "n.0.kind": "contacted",
        "n.0.days": "ninety",
        "n.1.kind": "tagged",
        "do": "save",
    }
    answer = client.post(address, form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write a whole number of days" in page
    assert "Choose something here, or remove the condition." in page
    assert 'value="ninety"' in page
    assert not Audience.objects.exists()
    assert (
        "Give the audience a name"
        in client.post(address, {"area": cast.EAST, "n.match": "all"}).content.decode()
    )


def test_a_place_of_others_cannot_be_posted(client: Client, audience: Audience) -> None:
    client.post(
        reverse("outreach_desk:audience_new"),
        {"name": "West", "area": cast.WEST, "n.match": "all", "do": "save"},
    )
    assert Audience.objects.get(name="West").area_id == cast.EAST


def test_odd_buttons_do_no_harm(client: Client, audience: Audience) -> None:
    address = reverse("outreach_desk:audience_new")
    for do in ("remove:n.7", "remove:x", "add:n.0.0", "add:", "remove:n.-1", "group:n.0.9", "dance"):
        form = {"area": cast.EAST, "n.match": "all", "n.0.kind": "on_register", "do": do}
        assert 'name="n.0.kind" value="on_register"' in client.post(address, form).content.decode(), do


def test_the_count_alone_for_the_script(client: Client, audience: Audience) -> None:
    piece = client.post(
        reverse("outreach_desk:audience_sight"),
        {"area": cast.EAST, "n.match": "all", "n.0.kind": "has_address", "n.0.address": "email"},
    ).content.decode()
    assert "<strong>1</strong>" in piece
    assert "Gwen Proudie" in piece
    assert "<html" not in piece


def test_json_and_removal(client: Client, audience: Audience) -> None:
    told = json.loads(client.get(reverse("outreach_desk:audience_json", args=[audience.pk])).content)
    assert told == {"name": "Everybody", "area": cast.EAST, "conditions": {}}
    remove = reverse("outreach_desk:audience_remove", args=[audience.pk])
    assert "Remove the audience" in client.get(remove).content.decode()
    client.post(remove)
    assert not Audience.objects.exists()


def test_an_empty_list_says_what_to_do(client: Client, alice: User) -> None:
    assert "No audiences yet" in client.get(reverse("outreach_desk:audiences")).content.decode()


def test_a_spoilt_tree_leads_to_the_editor(client: Client, audience: Audience) -> None:
    Audience.objects.update(conditions={"match": "all", "conditions": [{"kind": "gone"}]})
    answer = client.get(reverse("outreach_desk:audience", args=[audience.pk]))
    assert answer["Location"] == reverse("outreach_desk:audience_edit", args=[audience.pk])
    assert client.get(answer["Location"]).status_code == 200
    assert "cannot be read" in client.get(reverse("outreach_desk:audiences")).content.decode()
