"""Leaflets and cards made on the desk, and imprints behind a link, watched."""

from datetime import datetime

import pytest
from django.urls import reverse

from hustings.accounts.access import EVERYTHING
from hustings.clearance.models import Material, Medium
from hustings.clearance.queries import links_in_trouble
from tests.cast import Cast, signed_in
from tests.clearance.materials import IMPRINT, make_material, make_promoter
from tests.clearance.profile_server import profile_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def material(cast: Cast) -> Material:
    return make_material(promoter=make_promoter(area_id=cast.east.code), area=cast.east.code)


def test_a_leaflet_and_a_card_are_made_with_their_imprint(cast: Cast, material: Material) -> None:
    alice = signed_in(cast.alice)
    page = alice.get(reverse("clearance_desk:material", args=[material.pk])).content.decode()
    url = reverse("clearance_desk:make_leaflet", args=[material.pk])
    assert url in page
    refused = alice.post(url, {"heading": "Save our park", "colour": "#0b5c4a"})
    assert (refused.status_code, "Save our park" in refused.content.decode()) == (422, True)
    done = alice.post(
        url, {"heading": "Save our park", "colour": "#0b5c4a", "printer": material.promoter_id}, follow=True
    )
    leaflet = Material.objects.get(medium=Medium.PRINT)
    assert done.redirect_chain[-1][0] == reverse("clearance_desk:material", args=[leaflet.pk])
    assert leaflet.area == material.area
    file = alice.get(reverse("clearance_desk:material_file", args=[leaflet.pk]))
    assert file.content.startswith(b"%PDF-")
    url = reverse("clearance_desk:make_card", args=[material.pk])
    too_long = alice.post(url, {"heading": "x" * 100, "words": "y" * 290, "colour": "#0b5c4a"})
    assert "about 60 words" in too_long.content.decode()
    assert alice.post(url, {"heading": "Save our park", "colour": "#0b5c4a"}).status_code == 302
    card = Material.objects.get(medium=Medium.IMAGE)
    assert (card.state, IMPRINT in card.transcript) == ("checked", True)


def test_an_imprint_behind_a_link(cast: Cast, material: Material, now: datetime) -> None:
    alice = signed_in(cast.alice)
    material.medium = Medium.SOCIAL
    material.save()
    url = reverse("clearance_desk:link_imprint", args=[material.pk])
    assert url in alice.get(reverse("clearance_desk:material", args=[material.pk])).content.decode()
    with profile_server(f"<p>Alice</p><p>{IMPRINT}</p>") as server:
        data = {"platform": "short-post", "reason": "280 characters", "url": server.url, "clicks": 1}
        assert alice.post(url, {**data, "reason": ""}).status_code == 422
        page = alice.post(url, data, follow=True).content.decode()
        assert "holds the imprint" in page
        material.refresh_from_db()
        assert (material.state, material.adds_imprint) == ("checked", False)
        server.status = 404
        page = alice.post(
            reverse("clearance_desk:look_at_link", args=[material.pk]), follow=True
        ).content.decode()
        assert "status 404" in page
        assert links_in_trouble(scope=EVERYTHING, now=now)[0].count == 1
        material.refresh_from_db()
        assert material.state == "draft"
    alice.post(reverse("clearance_desk:unlink_imprint", args=[material.pk]))
    material.refresh_from_db()
    assert (material.state, material.adds_imprint) == ("checked", True)
    assert links_in_trouble(scope=EVERYTHING, now=now) == []
