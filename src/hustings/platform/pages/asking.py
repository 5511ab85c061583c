"""Pages that ask before something that is hard to take back, and pages of acts that need no more than a press."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hustings.basics.refusals import Refusal
from hustings.platform.pages.parts import Action, Callout, Fact


def confirm_page(
    request: HttpRequest,
    *,
    title: str,
    question: str,
    label: str,
    icon: str,
    back: Action,
    facts: Sequence[Fact] = (),
    callouts: Sequence[Callout] = (),
    is_danger: bool = False,
) -> HttpResponse:
    """Ask `question` (what happens, in whole sentences) with a button named `label`, and a way `back` that does nothing."""
    return render(
        request,
        "desk/confirm.html",
        {
            "title": title,
            "icon": icon,
            "question": question,
            "facts": facts,
            "callouts": callouts,
            "confirm_label": label,
            "cancel_url": back.url,
            "is_danger": is_danger,
            "back": back,
        },
    )


def acted(request: HttpRequest, *, act: Callable[[], object], done: str, to: str) -> HttpResponse:
    """Act, and say on the page at the address `to` what was done, or why it was refused."""
    try:
        act()
    except Refusal as problem:
        messages.error(request, problem.told(_))
    else:
        messages.success(request, done)
    return redirect(to)
