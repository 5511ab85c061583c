"""The desk's form for what left by other ways: leaflets delivered, adverts that ran, calls made."""

import secrets
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from hustings.accounts.access import Right, Scope, scope_of
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.clearance.access import copies_for
from hustings.clearance.models import ApprovedCopy
from hustings.openness.models import EntryKind
from hustings.openness.usecases.record_publication import (
    CHANNELS,
    CountedByPhoneBank,
    Publication,
    record_publication,
)
from hustings.outreach.phonebank.access import banks_for
from hustings.places.models import Area, AreaKind
from hustings.platform.pages.parts import Action, Callout

_MOST_WARDS = 60


class PublicationForm(forms.Form):
    """What happened, with numbers by ward where they are known."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=40)
    kind = forms.ChoiceField(
        label=gettext_lazy("What happened"), choices=[(kind, EntryKind(kind).label) for kind in CHANNELS]
    )
    copy = forms.ModelChoiceField(
        label=gettext_lazy("With which material"), queryset=ApprovedCopy.objects.none()
    )
    started_on = forms.DateField(
        label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ended_on = forms.DateField(
        label=gettext_lazy("To"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    numbers = forms.CharField(
        label=gettext_lazy("How many, ward by ward"),
        help_text=gettext_lazy(
            "One ward a line: its name, a colon, the number of leaflets or calls. For an advert, one number: "
            "how often it was shown."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    cost = forms.DecimalField(
        label=gettext_lazy("Cost in pounds"), min_value=0, max_digits=9, decimal_places=2, initial=0
    )
    platform = forms.CharField(label=gettext_lazy("Where the advert ran"), required=False, max_length=60)
    page = forms.CharField(label=gettext_lazy("From which page or account"), required=False, max_length=120)
    targeting = forms.CharField(
        label=gettext_lazy("Whom it was meant for"),
        help_text=gettext_lazy("In plain words. Left empty, as the material says."),
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._scope = scope
        field = self.fields["copy"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = copies_for(scope=scope).filter(withdrawn_at=None)
        if "is_besides" in self.data:
            self.ask_whether_besides()

    def ask_whether_besides(self) -> None:
        """Ask of calls whether they were made besides those that a phone bank counts."""
        self.fields["is_besides"] = forms.BooleanField(
            label=_("These calls were made besides those of our phone banks"), required=False
        )

    def clean(self) -> dict[str, Any]:
        """Read the numbers: lines of wards, or one number."""
        given = super().clean() or {}
        lines = [line.strip() for line in (given.get("numbers") or "").splitlines() if line.strip()]
        if len(lines) == 1 and _number(lines[0]) is not None:
            return given | {"wards": (), "by_ward": (), "total": _number(lines[0])}
        wards, found = [], []
        for line in lines[:_MOST_WARDS]:
            name, _separator, count = line.rpartition(":")
            number = _number(count)
            ward = (
                Area.objects.filter(kind=AreaKind.WARD, name__iexact=name.strip(), valid_until=None)
                .order_by("code")
                .first()
            )
            if ward is None or number is None:
                self.add_error(
                    "numbers",
                    _("“%(line)s” is not a ward we know and a number, such as “Barset East: 450”.")
                    % {"line": line},
                )
                continue
            wards.append(ward)
            found.append(number)
        return given | {"wards": tuple(wards), "by_ward": tuple(found), "total": 0}


def _number(text: str) -> int | None:
    plain = text.strip().replace(",", "").replace(" ", "")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 12 else None


@needs(Right.EDIT_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def record_by_hand(request: DeskRequest) -> HttpResponseBase:
    """Record a round, an advert or calls."""
    form = PublicationForm(
        request.POST or None, scope=request.scope, initial={"token": secrets.token_urlsafe(16)}
    )
    callouts: list[Callout] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            entry = record_publication(
                copy=given["copy"],
                facts=Publication(
                    kind=given["kind"],
                    started_on=given["started_on"],
                    ended_on=given["ended_on"],
                    cost_pence=round(given["cost"] * 100),
                    token=given["token"],
                    wards=given["wards"],
                    numbers=given["by_ward"],
                    total=given["total"],
                    platform=given["platform"],
                    page=given["page"],
                    targeting=given["targeting"],
                    is_besides=given.get("is_besides", False),
                ),
                by=request.user,
                now=clock().now(),
            )
        except CountedByPhoneBank as refusal:
            form.ask_whether_besides()
            form.add_error("is_besides", refusal.told(_))
            callouts = _ways_to(refusal, request)
        except Refusal as refusal:
            form.add_error(None, refusal.told(_))
        else:
            messages.success(
                request, _("It stands in the public record as entry %(n)d.") % {"n": entry.number}
            )
            return redirect("openness_desk:entry", number=entry.number)
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Record what left another way"),
            "icon": "plus",
            "intro": _(
                "Mailings, phone banks and canvasses are recorded by themselves. Record here leaflets that were delivered, "
                "advertisements that ran, and calls that no phone bank counts. Numbers are published in bands, after the poll."
            ),
            "callouts": callouts,
            "form": form,
            "submit_label": _("Put it into the record"),
            "cancel_url": reverse("openness_desk:entries"),
        },
        status=422 if form.is_bound else 200,
    )


def _ways_to(refusal: CountedByPhoneBank, request: DeskRequest) -> list[Callout]:
    """The way to each phone bank that may count these calls, for whoever may look at it."""
    scope = scope_of(user=request.user, right=Right.SEND, on=clock().today_in_uk())
    seen = banks_for(scope=scope).filter(pk__in=[bank.pk for bank in refusal.banks])
    if not seen:
        return []
    return [
        Callout(
            title=_("Are these the calls of a phone bank?"),
            text=_("Look at how many it rang before you record more."),
            tone="warn",
            actions=tuple(
                Action(label=bank.title, url=reverse("outreach_desk:phone_bank", args=[bank.pk]))
                for bank in seen
            ),
        )
    ]
