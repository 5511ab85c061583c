"""“Was this sent by you?”: somebody shows a message or a leaflet, and the page says whether the record holds it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hustings.basics.clock import clock
from hustings.basics.file_kinds import kind_of_file
from hustings.clearance.queries.picture_words import PICTURES, can_read_pictures, words_in_picture
from hustings.clearance.rules.reading import Unreadable, read_artefact
from hustings.openness.pages.record import shown
from hustings.openness.queries.finding import matches_of
from hustings.openness.rules.matching import LEAST_WORDS, Likeness, fingerprint
from hustings.platform.rate_limit import Allowance, limits

_ASKING = Allowance(burst=10, per_minute=6)
LARGEST = 5 * 1024 * 1024


class HeldForm(forms.Form):
    """What somebody holds: words, or a file with words in it."""

    words = forms.CharField(
        label=gettext_lazy("The words"),
        help_text=gettext_lazy(
            "Paste the message, or type what the leaflet says. Forwarding marks do not matter."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=100_000,
        required=False,
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        help_text=gettext_lazy("A saved email (.eml), a PDF, or a text of at most 5 MB."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """There has to be something to compare."""
        given = super().clean() or {}
        text = given.get("words") or ""
        if (file := given.get("file")) is not None:
            text += "\n" + self._read(file)
        if not self.errors and len(fingerprint(text).words) < LEAST_WORDS:
            self.add_error(
                "words",
                _("Give at least %(count)d words; with fewer, nobody could tell.") % {"count": LEAST_WORDS},
            )
        given["text"] = text
        return given

    def _read(self, file: Any) -> str:
        if file.size > LARGEST:
            self.add_error("file", _("The file is larger than 5 MB. Paste its words instead."))
            return ""
        content = file.read()
        if kind_of_file(content) in PICTURES:
            words = words_in_picture(content=content)
            if words is None or not words.strip():
                self.add_error(
                    "file", _("We could not read the words in this picture. Type them above instead.")
                )
            return words or ""
        try:
            return read_artefact(content=content, name=file.name).text
        except Unreadable:
            self.add_error("file", _("This file cannot be read. Paste its words instead."))
            return ""


def _note(held: Likeness) -> str:
    """How much of a material stands in what was shown, in words."""
    match held.verdict:
        case "whole":
            return _("%(share)d%% of it is in what you showed, word for word") % {
                "share": round(100 * held.of_material)
            }
        case "blurred":
            return _("Alike, letter for letter, with slips as a scanner makes them")
    return _("A part of it is in what you showed")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sent_by_you(request: HttpRequest) -> HttpResponse:
    """Compare what is shown with every material of the record. It is not kept."""
    form = HeldForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "reads_pictures": can_read_pictures()}
    if request.method == "POST":
        now = clock().now()
        wait = limits().take(
            key=f"sent by you {request.META.get('REMOTE_ADDR', '')}", allowance=_ASKING, at=now.timestamp()
        )
        if wait:
            form.add_error(
                None, _("That was a lot of questions. Try again in a minute; your words are still here.")
            )
            return render(request, "openness/sent_by_you.html", context, status=429)
        if form.is_valid():
            found = matches_of(text=form.cleaned_data["text"], on=clock().today_in_uk())
            context |= {
                "is_asked": True,
                "matches": [
                    {
                        **shown(one.view),
                        "note": _note(one.likeness),
                    }
                    for one in found
                ],
            }
    return render(request, "openness/sent_by_you.html", context, status=422 if form.errors else 200)
