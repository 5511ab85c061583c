"""The page on which the first administrator is made, reached by the link that `hustings init` prints."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hustings.accounts.pages.forms import FirstAdministratorForm
from hustings.accounts.usecases.first_administrator import (
    LinkNoLongerHolds,
    check_first_link,
    make_first_administrator,
)
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal


@never_cache
def first_administrator(request: HttpRequest, token: str) -> HttpResponseBase:
    """Ask for a name, an address and a password; then go on to the second factor and the set-up."""
    now = clock().now()
    try:
        check_first_link(token=token, now=now)
    except LinkNoLongerHolds as problem:
        return render(request, "accounts/first_gone.html", {"problem": problem.told(_)}, status=410)
    form = FirstAdministratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = make_first_administrator(token=token, **form.cleaned_data, now=now)
        except Refusal as problem:
            form.add_error("email", problem.told(_))
        else:
            login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
            return redirect("mfa_activate_totp")
    return render(request, "accounts/first.html", {"form": form}, status=422 if form.errors else 200)
