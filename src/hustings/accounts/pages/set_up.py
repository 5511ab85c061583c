"""The first set-up, step by step: each can be left and taken up again, and nothing that was typed is lost.

Apps describe their steps as `SetUpStep`s, `project/wiring.py` (SET_UP) lists them in order. A step's page calls
`step_page`, which keeps unfinished forms, shows where one is, and leads on to the next step.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hustings.accounts.models import SetUpNote
from hustings.accounts.pages.guard import DeskRequest
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.platform import wiring
from hustings.platform.pages.parts import Action

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class SetUpStep:
    """One step. `is_done` looks at what is stored, so that a step done elsewhere counts; `stands` says in a line what is there.

    `may_wait` says that one can open a petition without it.
    """

    slug: str
    title: Text
    why: Text
    minutes: int
    url_name: str
    is_done: Callable[[], bool]
    stands: Callable[[], str]
    may_wait: bool = False


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a step stands."""

    step: SetUpStep
    number: int
    state: Literal["done", "aside", "open"]
    is_next: bool
    has_draft: bool

    @property
    def url(self) -> str:
        """Its page."""
        return reverse(self.step.url_name)

    @property
    def words(self) -> str:
        """What is there, in a line."""
        return self.step.stands() if self.state == "done" else ""


def standings() -> list[Standing]:
    """Every step in order, and which of them is next."""
    notes = {note.step: note for note in SetUpNote.objects.all()}
    found: list[Standing] = []
    is_next_known = False
    for number, step in enumerate(wiring.set_up(), start=1):
        note = notes.get(step.slug)
        state: Literal["done", "aside", "open"] = "open"
        if step.is_done():
            state = "done"
        elif note is not None and note.set_aside_at is not None:
            state = "aside"
        is_next = state == "open" and not is_next_known
        is_next_known = is_next_known or is_next
        found.append(
            Standing(
                step=step,
                number=number,
                state=state,
                is_next=is_next,
                has_draft=bool(note and note.draft) and state != "done",
            )
        )
    return found


def is_set_up() -> bool:
    """Whether no step is left open."""
    return all(standing.state != "open" for standing in standings())


def after(slug: str) -> HttpResponse:
    """On to the next open step after this one, or to the overview where none is left."""
    found = standings()
    place = next((index for index, each in enumerate(found) if each.step.slug == slug), -1)
    for standing in [*found[place + 1 :], *found[:place]]:
        if standing.state == "open":
            return redirect(standing.url)
    return redirect("desk:start")


def step_page(
    request: DeskRequest,
    *,
    slug: str,
    form: Callable[[QueryDict | None, dict[str, Any]], forms.Form] | None,
    save: Callable[[forms.Form, datetime], object] | None = None,
    initial: dict[str, Any] | None = None,
    template: str = "accounts/set_up_step.html",
    **context: object,
) -> HttpResponse:
    """Show a step and take its form.

    `form` makes it from what was sent (or none) and initial values; `save` stores it and may raise a `Refusal`, which is
    then shown. What is typed is kept on every way out: sent wrongly, or put off by the button "later".
    """
    now = clock().now()
    note = SetUpNote.objects.filter(step=slug).first()
    bound: forms.Form | None = None
    if form is not None:
        values = {**(initial or {}), **(note.draft if note else {})}
        bound = form(
            request.POST if request.method == "POST" and "aside" not in request.POST else None, values
        )
    if request.method == "POST":
        if "aside" in request.POST:
            _note(request, slug, now, set_aside_at=now)
            return after(slug)
        if "later" in request.POST:
            _note(request, slug, now, draft=_typed(request, bound))
            messages.success(request, _("What you typed is kept. Go on whenever you like."))
            return redirect("desk:start")
        if bound is not None and save is not None:
            if bound.is_valid():
                try:
                    save(bound, now)
                except Refusal as problem:
                    bound.add_error(None, problem.told(_))
                else:
                    SetUpNote.objects.filter(step=slug).delete()
                    return after(slug)
            _note(request, slug, now, draft=_typed(request, bound))
    found = standings()
    here = next(each for each in found if each.step.slug == slug)
    return render(
        request,
        template,
        {
            "title": here.step.title,
            "icon": "cogs",
            "back": Action(label=_("Set-up"), url=reverse("desk:start")),
            "subtitle": here.step.why,
            "here": here,
            "steps": found,
            "total": len(found),
            "form": bound,
            **context,
        },
        status=422 if bound is not None and bound.errors else 200,
    )


def _note(request: DeskRequest, slug: str, now: datetime, **changes: object) -> None:
    SetUpNote.objects.update_or_create(
        step=slug, defaults={"changed_at": now, "changed_by": request.user, **changes}
    )


def _typed(request: DeskRequest, form: forms.Form | None) -> dict[str, Any]:
    """What was typed, by field; files and secrets are not kept."""
    if form is None:
        return {}
    kept = {}
    for name, field in form.fields.items():
        if isinstance(field.widget, forms.PasswordInput | forms.FileInput):
            continue
        values = request.POST.getlist(name)
        kept[name] = (
            (values if isinstance(field, forms.MultipleChoiceField) else values[-1]) if values else ""
        )
    return kept
