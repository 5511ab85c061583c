"""The guard of desk pages: signed in, holding the right, with a second factor where the right calls for one."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, cast

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from hustings.accounts.access import Right, Scope, require, rights_of
from hustings.accounts.models import User
from hustings.basics.clock import clock

#: Rights under which the register, donors or people in need become visible: a second factor is asked for.
SENSITIVE = frozenset(
    {
        Right.SEE_REGISTER,
        Right.MATCH,
        Right.SEE_MONEY,
        Right.EDIT_MONEY,
        Right.EXPORT_PEOPLE,
        Right.HANDLE_RIGHTS,
        Right.SEE_CASES,
        Right.TAKE_OVER_CASES,
    }
)


class DeskRequest(HttpRequest):
    """A request that has passed the guard: `user` is a login and `scope` says which places it may see."""

    user: User
    scope: Scope


def needs(
    right: Right,
) -> Callable[
    [Callable[Concatenate[DeskRequest, ...], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, ...], HttpResponseBase],
]:
    """Let a view be reached only with a right; the view finds `request.scope` and must narrow everything by it.

    Somebody not signed in is sent to the login; somebody without the right gets 403; where the right is sensitive and no
    second factor is set up, the way to set one up. The guarded view carries `right`, which a test reads for every URL.
    """

    def guard(
        view: Callable[Concatenate[DeskRequest, ...], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, ...], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            desk_request = cast(DeskRequest, request)
            desk_request.scope = require(user=desk_request.user, right=right, on=clock().today_in_uk())
            if right in SENSITIVE and not is_mfa_enabled(desk_request.user):
                messages.warning(
                    request,
                    _(
                        "That page shows what the law protects most. Add a second factor first; it takes two minutes."
                    ),
                )
                return redirect("mfa_index")
            return view(desk_request, *args, **kwargs)

        guarded.right = right  # type: ignore[attr-defined]  # a mark that a test reads
        return guarded

    return guard


def may(request: HttpRequest, right: Right) -> bool:
    """Whether whoever asks holds the right anywhere today: for showing a button, never instead of the guard."""
    if not request.user.is_authenticated:
        return False
    held: frozenset[Right] | None = getattr(request, "_rights_held", None)
    if held is None:
        held = rights_of(user=request.user, on=clock().today_in_uk())
        request._rights_held = held  # type: ignore[attr-defined]  # kept for the rest of the request
    return right in held
