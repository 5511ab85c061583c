"""The page that answers a form, drawn once for many."""

from types import SimpleNamespace
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
    """All ask at the same moment: one that drew it again for itself would come back here without end."""
    module._kept.clear()
    moment = [100.0]
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: moment[0]))
    found, request = signable(slug=petition.slug), rf.get("/")
    assert found is not None

    def answer(email: str) -> str:
        return answer_page(request=request, found=found, email=email).content.decode()

    answer("first@barset.example")
    moment[0] += module._KEPT_SECONDS + 1
    draw, drawn = module._drawn, list[str]()

    def draw_slowly(*arguments: Any) -> Any:
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
