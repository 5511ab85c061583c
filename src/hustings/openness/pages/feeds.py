"""Feeds of the record: Atom (RFC 4287) and JSON Feed 1.1, whole or of one ward."""

from typing import Any
from xml.etree import ElementTree

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hustings.basics.clock import clock
from hustings.openness.pages.record import shown
from hustings.openness.queries.entries import EntryView
from hustings.openness.queries.log import log_name
from hustings.openness.queries.ward import newest_entries
from hustings.places.models import Area

_ATOM = "http://www.w3.org/2005/Atom"


@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """The newest thirty entries as Atom."""
    ward, title, views = _asked(request)
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")
    _add(feed, "title", title)
    _add(feed, "id", f"tag:{log_name().split('/')[0].split(':')[0]},2026:record{':' + ward if ward else ''}")
    _add(feed, "updated", _moment(views[0]) if views else clock().now().isoformat(timespec="seconds"))
    _add(feed, "link", "", rel="self", href=request.build_absolute_uri())
    _add(feed, "link", "", rel="alternate", href=request.build_absolute_uri(reverse("openness:record")))
    for view in views:
        said = shown(view)
        entry = ElementTree.SubElement(feed, f"{{{_ATOM}}}entry")
        _add(entry, "title", _title(said))
        _add(entry, "id", f"{request.build_absolute_uri(_page(view))}#{view.entry.leaf_hash}")
        _add(entry, "updated", _moment(view))
        _add(entry, "link", "", rel="alternate", href=request.build_absolute_uri(_page(view)))
        author = ElementTree.SubElement(entry, f"{{{_ATOM}}}author")
        _add(author, "name", _by(said))
        _add(entry, "summary", _summary(said))
    body = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


@require_safe
def json_feed(request: HttpRequest) -> HttpResponse:
    """The newest thirty entries as JSON Feed."""
    _ward, title, views = _asked(request)
    items = []
    for view in views:
        said = shown(view)
        items.append(
            {
                "id": f"{request.build_absolute_uri(_page(view))}#{view.entry.leaf_hash}",
                "url": request.build_absolute_uri(_page(view)),
                "title": _title(said),
                "content_text": _summary(said),
                "date_published": _moment(view),
                "authors": [{"name": _by(said)}],
                "tags": [view.entry.kind, *([view.entry.channel] if view.entry.channel else [])],
            }
        )
    return JsonResponse(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": title,
            "home_page_url": request.build_absolute_uri(reverse("openness:record")),
            "feed_url": request.build_absolute_uri(),
            "items": items,
        },
        json_dumps_params={"ensure_ascii": False},
        content_type="application/feed+json",
    )


def _asked(request: HttpRequest) -> tuple[str, str, list[EntryView]]:
    code = request.GET.get("ward", "").replace("\x00", "")[:12]
    area = Area.objects.filter(code=code).first() if code else None
    ward = area.code if area else ""
    title = _("Public record: %(name)s") % {"name": area.name} if area else _("Public record")
    return ward, title, newest_entries(on=clock().today_in_uk(), ward=ward)


def _add(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    element = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    # XML knows no control characters, whatever somebody typed.
    element.text = "".join(sign for sign in text if sign in "\n\t" or ord(sign) >= 32) or None


def _page(view: EntryView) -> str:
    return reverse("openness:entry", args=[view.entry.number])


def _moment(view: EntryView) -> str:
    return view.entry.recorded_at.isoformat(timespec="seconds")


def _title(said: dict[str, Any]) -> str:
    return f"{said['title']}: {said['entry'].get_kind_display()}"


def _by(said: dict[str, Any]) -> str:
    named = said["facts"].get("named") or []
    return next((one["name"] for one in named if one["role"] == "promoter"), "") or _("this campaign")


def _summary(said: dict[str, Any]) -> str:
    parts = [said["facts"].get("imprint") or "", said["facts"].get("reason") or ""]
    if said["people"]:
        parts.append(_("Reached %(people)s people.") % {"people": said["people"]})
    if said["cost"]:
        parts.append(_("Cost: %(cost)s.") % {"cost": said["cost"]})
    if said["targeting"]:
        parts.append(_("Meant for: %(whom)s.") % {"whom": said["targeting"]})
    return "\n".join(part for part in parts if part)
