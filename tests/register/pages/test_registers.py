"""Registers and entitlements on the desk."""

from datetime import date

import pytest
from django.urls import reverse

from hustings.register.models import Entitlement
from tests.cast import Cast, signed_in
from tests.register.conftest import Import

pytestmark = pytest.mark.django_db
VERSIONS = reverse("register_desk:versions")
ENTITLEMENTS = reverse("register_desk:entitlements")
ADD = reverse("register_desk:add_entitlement")


def _form(cast: Cast, **changes: str) -> dict[str, str]:
    return {
        "kind": "councillor",
        "holder": "Councillor Bold",
        "office": "councillor for Barset East",
        "area": cast.east.pk,
        "valid_from": "2026-01-01",
        "valid_until": "2027-05-06",
        "evidence": "Letter of 2 January 2026",
        **changes,
    }


def test_the_data_officer_sees_copies_and_entitlements(load: Import, barset: Cast) -> None:
    load()
    dora = signed_in(barset.dora)
    page = dora.get(VERSIONS).content.decode()
    assert "Barset Together" in page
    assert "in use" in page
    assert "Request of 2 January 2026" in dora.get(ENTITLEMENTS).content.decode()


def test_charlie_cannot(load: Import, barset: Cast) -> None:
    load()
    charlie = signed_in(barset.charlie)
    for url in (VERSIONS, ENTITLEMENTS):
        page = charlie.get(url).content.decode()
        assert "Barset Together</td>" not in page
        assert "Request of 2 January" not in page
    assert charlie.get(ADD).status_code == 403
    assert charlie.post(ADD, _form(barset)).status_code == 403


def test_an_entitlement_is_recorded(barset: Cast) -> None:
    dora = signed_in(barset.dora)
    answer = dora.post(ADD, _form(barset))
    assert answer["Location"] == ENTITLEMENTS
    entitlement = Entitlement.objects.get()
    assert (entitlement.holder, entitlement.valid_until) == ("Councillor Bold", date(2027, 5, 6))
    assert entitlement.recorded_by == barset.dora


def test_a_refused_form_keeps_its_values_and_says_why(barset: Cast) -> None:
    dora = signed_in(barset.dora)
    answer = dora.post(ADD, _form(barset, kind="candidate"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "name it" in page
    assert "Councillor Bold" in page
    assert not Entitlement.objects.exists()
    assert dora.post(ADD, _form(barset, valid_until="")).status_code == 422
