"""The guard of desk pages: a login, the right, and a second factor where the register or donors are visible."""

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client, RequestFactory

from hustings.accounts.access import NotAllowed, Right
from hustings.accounts.pages.guard import SENSITIVE, DeskRequest, may, needs
from tests.cast import Cast, signed_in

REGISTER = "/desk/register/matches/"


@needs(Right.SEE_PEOPLE)
def guarded(request: DeskRequest) -> HttpResponse:
    """A page of somebody's places."""
    return HttpResponse(",".join(sorted(request.scope.codes)))


def test_a_page_hears_which_places_it_may_show(cast: Cast) -> None:
    """Those in which the right is held, with what lies inside."""
    request = RequestFactory().get("/")
    request.user = cast.alice
    assert guarded(request).content == cast.east.code.encode()  # type: ignore[attr-defined]
    request.user = cast.tess
    with pytest.raises(NotAllowed):
        guarded(request)
    assert not may(request, Right.SEE_PEOPLE)


def test_the_guard_can_be_read_off_a_view() -> None:
    """A test walks all addresses and asks."""
    assert guarded.right == Right.SEE_PEOPLE  # type: ignore[attr-defined]


def test_what_the_law_protects_most_waits_for_a_second_factor(cast: Cast) -> None:
    """Without one the way leads to setting one up, with the reason."""
    assert {
        Right.SEE_REGISTER,
        Right.MATCH,
        Right.SEE_MONEY,
        Right.EXPORT_PEOPLE,
        Right.HANDLE_RIGHTS,
    } <= SENSITIVE
    Authenticator.objects.filter(user=cast.alice).delete()
    answer = signed_in(cast.alice).get(REGISTER, follow=True)
    assert answer.redirect_chain[-1][0] == "/account/2fa/"
    assert "Add a second factor first" in answer.content.decode()
    assert signed_in(cast.agent).get(REGISTER).status_code == 200


def test_a_stranger_is_led_to_the_login_and_back(cast: Cast) -> None:
    """With the address they wanted."""
    assert Client().get(REGISTER).headers["Location"] == f"/account/login/?next={REGISTER}"
