"""The public record: what was said here, by whom, to how many, and how anyone can check it."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hustings.basics.clock import clock
from hustings.clearance.models import About, Publisher
from hustings.clearance.queries.picture_words import PICTURES
from hustings.openness.models import Entry, EntryKind
from hustings.openness.pages.words import (
    band_of_cost,
    band_of_people,
    channel_words,
    shown_words,
    words_of_choice,
)
from hustings.openness.queries.entries import (
    EntryView,
    months_of_record,
    open_document,
    public_entries,
    view_of,
    wards_of_record,
    with_documents,
)
from hustings.openness.queries.log import log_key, log_state, newest_checkpoint
from hustings.people.models import Purpose
from hustings.places.queries import locate
from hustings.platform.words import day, number, pounds

PAGE_SIZE = 20


@require_safe
def record_list(request: HttpRequest) -> HttpResponse:
    """Entries, newest first, by ward or postcode, month, kind and words."""
    on = clock().today_in_uk()
    chosen = {
        name: request.GET.get(name, "").replace("\x00", "").strip()[:80]
        for name in ("ward", "postcode", "month", "kind", "q")
    }
    ward, postcode_fault = chosen["ward"], ""
    if chosen["postcode"]:
        ward = locate(postcode=chosen["postcode"]).ward or ""
        if not ward:
            postcode_fault = _(
                "We do not know the ward of this postcode. Choose the ward from the list instead."
            )
    found = public_entries(on=on, ward=ward, month=chosen["month"], kind=chosen["kind"], words=chosen["q"])
    page = Paginator(with_documents(found), PAGE_SIZE).get_page(request.GET.get("page"))
    wards = wards_of_record(on=on)
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "openness/record.html",
        {
            "chosen": chosen | {"ward": ward},
            "ward_name": next((one.name for one in wards if one.code == ward), ward),
            "postcode_fault": postcode_fault,
            "page": page,
            "views": [shown(view_of(entry=entry, on=on)) for entry in page.object_list],
            "months": months_of_record(on=on),
            "wards": wards,
            "kinds": EntryKind.choices,
            "is_narrowed": any(chosen.values()),
            "log": log_state(),
            "ward_url": reverse("openness:ward", args=[ward]) if ward else "",
            "query": query.urlencode(),
        },
    )


@require_safe
def entry_page(request: HttpRequest, number: int) -> HttpResponse:
    """One entry: what, imprint, channel, purpose, dates, how many, for whom, the cost, the hash, and how to
    check it.
    """
    on = clock().today_in_uk()
    entry = Entry.objects.select_related("area", "concerns").filter(number=number).first()
    if entry is None:
        raise Http404
    view = view_of(entry=entry, on=on)
    copy = view.document("copy")
    words = ""
    if copy is not None and copy.state == "open" and copy.media_type.startswith("text/"):
        kept = open_document(entry=entry, name="copy", on=on)
        words = shown_words(bytes(kept.content or b"").decode("utf-8", "replace")) if kept else ""
    followers = entry.followed_by.order_by("number")
    return render(
        request,
        "openness/entry.html",
        {
            **shown(view),
            "words": words,
            "copy": copy,
            "picture": bool(copy and copy.state == "open" and copy.media_type in PICTURES),
            "is_signed": (newest := newest_checkpoint()) is not None and entry.number < newest.size,
            "address": request.build_absolute_uri(reverse("openness:record")),
            "followers": [shown(view_of(entry=one, on=on)) for one in with_documents(followers)],
            "wards": [
                {"name": one["name"] or _("ward not known"), "people": band_of_people(one["people"])}
                for one in view.figures.get("by_ward", [])
            ],
        },
    )


@require_safe
def how_to_check(request: HttpRequest) -> HttpResponse:
    """What the record proves, what it does not, and how to check it without us."""
    newest = newest_checkpoint()
    state = log_state()
    return render(
        request,
        "openness/how_to_check.html",
        {
            "count": state.size,
            "log": state,
            "newest": newest,
            "cosignatures": newest.cosignatures.select_related("witness") if newest else (),
            "key": str(log_key()) if state.trouble != "unreadable" else "",
            "address": request.build_absolute_uri(reverse("openness:record")),
        },
    )


def shown(view: EntryView) -> dict[str, Any]:
    """An entry in the words of a page."""
    facts, figures = view.facts, view.figures
    facts_state = view.document("facts")
    return {
        "view": view,
        "entry": view.entry,
        "facts": facts,
        "title": facts.get("title") or view.entry.title or view.entry.get_kind_display().capitalize(),
        "is_withheld": facts_state is not None and facts_state.state == "withheld",
        "purpose": words_of_choice(Purpose, view.entry.purpose),
        "published_by": words_of_choice(Publisher, facts.get("published_by_or_for", "")),
        "about": words_of_choice(About, facts.get("for_or_against", "")),
        "people": band_of_people(figures["people"]) if "people" in figures else "",
        "cost": band_of_cost(figures["cost_pence"]) if "cost_pence" in figures else "",
        "targeting": figures.get("targeting", ""),
        "shown_times": number(figures["times_shown"]) if "times_shown" in figures else "",
        "total": pounds(facts["total_pence"]) if "total_pence" in facts else "",
        "how": channel_words(view.entry.channel),
        "when": _when(facts.get("started_at"), facts.get("finished_at")),
    }


def _when(started_at: str | None, finished_at: str | None) -> str:
    """The days of a use, as people write them: one, or from one to another."""
    days = list(dict.fromkeys(day(date.fromisoformat(at[:10])) for at in (started_at, finished_at) if at))
    return _("%(low)s to %(high)s") % {"low": days[0], "high": days[1]} if len(days) == 2 else "".join(days)
