"""Desk pages of the log: how it stands, who witnesses it, and what to do where it was set back."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import NotAllowed, Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.openness.models import Witness
from hustings.openness.queries.log import log_key, log_state, witnesses
from hustings.openness.usecases import (
    RecordSetBack,
    add_witness,
    ask_witnesses,
    begin_log_again,
    end_witness,
    sign_checkpoint,
    take_cosigned,
)
from hustings.platform.pages.parts import Action, Callout, Fact


def _whole(request: DeskRequest) -> None:
    # The log is one for the whole organisation: who looks after one place only does not decide about it.
    if not request.scope.is_everything:
        raise NotAllowed("The log belongs to the whole organisation.")


class WitnessForm(forms.Form):
    """Somebody outside who shall watch."""

    key = forms.CharField(
        label=gettext_lazy("Verifier key"),
        help_text=gettext_lazy(
            "As the witness publishes it: a name, an id and a key, with plus signs between."
        ),
        max_length=300,
    )
    who = forms.CharField(
        label=gettext_lazy("Who that is"),
        help_text=gettext_lazy("For the public page, such as “Barset Gazette”."),
        max_length=160,
    )
    url = forms.URLField(
        label=gettext_lazy("Address"),
        help_text=gettext_lazy(
            "Where checkpoints are sent. Leave it empty where they hand in what they signed."
        ),
        required=False,
        assume_scheme="https",
    )


class CosignedForm(forms.Form):
    """A checkpoint that somebody cosigned."""

    note = forms.CharField(
        label=gettext_lazy("The cosigned checkpoint"),
        widget=forms.Textarea(attrs={"rows": 9}),
        max_length=20_000,
    )


class RestartForm(forms.Form):
    """Why the log has to begin again."""

    reason = forms.CharField(
        label=gettext_lazy("How entries were lost"),
        help_text=gettext_lazy("It stands in the public record for good: name nobody in it."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
    )


@needs(Right.EDIT_RECORD)
@require_safe
def log_page(request: DeskRequest) -> HttpResponse:
    """How the log stands, and its witnesses."""
    state = log_state()
    newest = state.newest
    may = request.scope.is_everything
    callouts = []
    if state.trouble:
        callouts.append(
            Callout(
                title=_("The record was set back"),
                text=_(
                    "The database holds %(size)d entries, and they are not the %(signed)s that were signed. Restore the newest "
                    "backup first. Only where those entries are lost for good, let the log begin again: an entry will say so."
                )
                % {"size": state.size, "signed": state.signed.size if state.signed else "?"},
                tone="bad",
                actions=(Action(label=_("Begin again"), url=reverse("openness_desk:begin_again")),)
                if may
                else (),
            )
        )
    return render(
        request,
        "openness/desk_log.html",
        {
            "title": _("Log and witnesses"),
            "icon": "lock",
            "callouts": callouts,
            "actions": (
                Action(
                    label=_("Add a witness"),
                    url=reverse("openness_desk:add_witness"),
                    icon="plus",
                    is_primary=True,
                    is_allowed=may,
                ),
                Action(
                    label=_("Hand in a cosigned checkpoint"),
                    url=reverse("openness_desk:cosigned"),
                    is_allowed=may,
                ),
                Action(
                    label=_("How the public checks it"), url=reverse("openness:how_to_check"), icon="view"
                ),
            ),
            "facts": [
                Fact(label=_("Entries"), value=state.size),
                Fact(label=_("Signed up to"), value=newest.size if newest else 0),
                Fact(label=_("Last signed"), value=newest.signed_at if newest else None),
                Fact(label=_("Root"), value=newest.root if newest else ""),
                Fact(label=_("Verifier key"), value=str(log_key()) if state.trouble != "unreadable" else ""),
            ],
            "witnesses": [
                (one, one.cosignatures.select_related("checkpoint").first()) for one in witnesses()
            ],
            "may": may,
        },
    )


def _form_page(
    request: DeskRequest, form: forms.Form, *, title: str, intro: str, submit: str
) -> HttpResponse:
    return render(
        request,
        "desk/form.html",
        {
            "title": title,
            "icon": "lock",
            "intro": intro,
            "form": form,
            "submit_label": submit,
            "cancel_url": reverse("openness_desk:log"),
        },
        status=422 if form.is_bound else 200,
    )


@needs(Right.EDIT_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def witness_add(request: DeskRequest) -> HttpResponseBase:
    """Trust a witness, and ask it at once."""
    _whole(request)
    form = WitnessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = clock().now()
        try:
            added = add_witness(**form.cleaned_data, by=request.user, now=now)
        except Refusal as refusal:
            form.add_error("key", refusal.told(_))
        else:
            messages.success(request, _("%(who)s watches from now on.") % {"who": added.who})
            return redirect("openness_desk:log")
    return _form_page(
        request,
        form,
        title=_("Add a witness"),
        intro=_(
            "A newspaper, a council, another campaign: somebody outside who checks that the record only grows and signs it. "
            "Then nobody, not even we, can show one history here and another there."
        ),
        submit=_("Add"),
    )


@needs(Right.EDIT_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def witness_end(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Stop asking a witness."""
    _whole(request)
    witness = Witness.objects.filter(pk=pk, ended_at=None).first()
    if witness is None:
        raise Http404
    if request.method == "POST":
        end_witness(witness=witness, by=request.user, now=clock().now())
        messages.success(request, _("%(who)s is not asked any more.") % {"who": witness.who})
        return redirect("openness_desk:log")
    return render(
        request,
        "desk/confirm.html",
        {
            "title": _("Stop asking %(who)s?") % {"who": witness.who},
            "icon": "warning",
            "question": _("What it signed stays and is shown. It signs nothing more."),
            "confirm_label": _("Stop asking"),
            "is_danger": True,
            "cancel_url": reverse("openness_desk:log"),
        },
    )


@needs(Right.EDIT_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def cosigned(request: DeskRequest) -> HttpResponseBase:
    """Take a checkpoint that somebody cosigned."""
    _whole(request)
    form = CosignedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            taken = take_cosigned(note=form.cleaned_data["note"])
        except Refusal as refusal:
            form.add_error("note", refusal.told(_))
        else:
            names = ", ".join(one.witness.who for one in taken)
            messages.success(
                request, _("Cosigned by %(names)s; it is shown with the checkpoint.") % {"names": names}
            )
            return redirect("openness_desk:log")
    return _form_page(
        request,
        form,
        title=_("Hand in a cosigned checkpoint"),
        intro=_(
            "Paste the whole text that the witness sent: three lines, an empty one, and the lines of signature."
        ),
        submit=_("Take it"),
    )


@needs(Right.EDIT_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def begin_again(request: DeskRequest) -> HttpResponseBase:
    """Go on under a new name where signed entries are lost for good."""
    _whole(request)
    if not log_state().trouble:
        raise Http404
    form = RestartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            begin_log_again(reason=form.cleaned_data["reason"], by=request.user, now=clock().now())
        except Refusal as refusal:
            form.add_error("reason", refusal.told(_))
        else:
            messages.success(request, _("The log goes on under a new name; an entry says why."))
            return redirect("openness_desk:log")
    return render(
        request,
        "desk/confirm.html",
        {
            "title": _("Let the log begin again?"),
            "icon": "warning",
            "question": _(
                "Restore the newest backup if there is any way to. Beginning again cannot be taken back: the old log ends, its "
                "last checkpoint and your reason stand in the record, and witnesses have to be told."
            ),
            "confirm_label": _("Begin again"),
            "is_danger": True,
            "form": form,
            "cancel_url": reverse("openness_desk:log"),
        },
        status=422 if form.is_bound else 200,
    )


@needs(Right.EDIT_RECORD)
@require_http_methods(["POST"])
def sign_now(request: DeskRequest) -> HttpResponseBase:
    """Sign now and ask the witnesses, without waiting for the schedule."""
    _whole(request)
    now = clock().now()
    try:
        sign_checkpoint(now=now)
    except RecordSetBack as problem:
        messages.error(request, str(problem))
    else:
        count = ask_witnesses(now=now)
        messages.success(request, _("Signed. %(count)d witnesses cosigned.") % {"count": count})
    return redirect("openness_desk:log")
