"""The page that answers a form, drawn once for many."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from hustings.actions.models import Petition
from hustings.actions.pages import answer_page as module
from hustings.actions.pages.answer_page import answer_page
from hustings.actions.queries import signable

pytestmark = pytest.mark.django_db


def test_while_one_draws_it_again_the_others_are_answered(
    petition: Petition, rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    module._kept.clear()
    monkeypatch.setattr(module, "_KEPT_SECONDS", 0.0)
    found, request = signable(slug=petition.slug), rf.get("/")
    assert found is not None

    def answer(email: str) -> str:
        return answer_page(request=request, found=found, email=email).content.decode()

    answer("first@barset.example")
    draw, drawn = module._drawn, list[str]()

    def draw_slowly(*arguments: Any) -> Any:
        monkeypatch.setattr(module, "_KEPT_SECONDS", 5.0)
        drawn.append(answer("meanwhile@barset.example"))
        return draw(*arguments)

    monkeypatch.setattr(module, "_drawn", draw_slowly)
    assert "second@barset.example" in answer("second@barset.example")
    assert len(drawn) == 1
    assert "meanwhile@barset.example" in drawn[0]


def test_nobody_sees_the_address_of_another(petition: Petition, rf: RequestFactory) -> None:
    module._kept.clear()
    found = signable(slug=petition.slug)
    assert found is not None
    request: HttpRequest = rf.get("/")
    answer_page(request=request, found=found, email="first@barset.example")
    second = answer_page(request=request, found=found, email='"<b>"@barset.example').content.decode()
    assert "first@barset.example" not in second
    assert "&lt;b&gt;" in second
