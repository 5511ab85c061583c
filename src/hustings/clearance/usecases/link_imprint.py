"""Let the imprint of a material stand on a page one click away, where the place it is shown in has no room for it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.clearance.access import require_for
from hustings.clearance.models import LinkedImprint, LinkLook, Material
from hustings.clearance.queries.describing import promoters_of, responsible
from hustings.clearance.rules.parts import Passage
from hustings.clearance.rules.placing import platforms
from hustings.clearance.rules.rendering import read_page
from hustings.clearance.usecases.check_material import check_material
from hustings.platform import audit
from hustings.platform.public_web import ask_public

_TIMEOUT = 15  # seconds
_MOST_BYTES = 1_000_000
_PASSWORD = re.compile(r"type\s*=\s*[\"']?password", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a page answered to somebody without a login: status, the words people read, and whether it asks for a login."""

    status: int | None
    text: str = ""
    needs_login: bool | None = None
    trouble: str = ""


Look = Callable[[str], Seen]


class NotLinkable(Refusal):
    """The place is none with a technical limit, no reason was given, or the address is none on the public web."""


@transaction.atomic
def link_imprint(
    *, material: Material, platform: str, reason: str, url: str, clicks: int = 1, by: User, now: datetime
) -> LinkedImprint:
    """Record where the imprint stands; it is not written into the material any more, and is watched from now on.

    Look at the page afterwards (`look_at_link`). Raises `NotLinkable`, and `NotAllowed` outside the user's places.
    """
    require_for(user=by, right=Right.EDIT_MATERIALS, material=material, now=now)
    if platform not in {entry.key[0] for entry in platforms().entries}:
        raise NotLinkable(
            "platform",
            gettext_noop(
                "The imprint can be in the material there, so a link is an offence. Put it in the material."
            ),
        )
    if not reason.strip():
        raise NotLinkable("reason", gettext_noop("Say why the imprint cannot be in the material itself."))
    if urlsplit(url).scheme not in {"http", "https"}:
        raise NotLinkable("url", gettext_noop("Give the address of a web page, beginning with https://."))
    link: LinkedImprint
    link, _is_new = LinkedImprint.objects.update_or_create(
        material=material,
        defaults={
            "platform": platform,
            "reason": reason.strip(),
            "url": url,
            "clicks": clicks,
            "looked_at": None,
            "status": None,
            "needs_login": None,
            "text": "",
            "trouble": "",
            "made_at": now,
            "made_by": by,
            "ended_at": None,
        },
    )
    material.adds_imprint = False
    material.save(update_fields=["adds_imprint"])
    _told(material, "linked the imprint of", by, now, url=url)
    return link


@transaction.atomic
def unlink_imprint(*, material: Material, by: User, now: datetime) -> None:
    """Put the imprint into the material again; the looks that were kept stay. Raises `NotAllowed` outside the user's places."""
    require_for(user=by, right=Right.EDIT_MATERIALS, material=material, now=now)
    LinkedImprint.objects.filter(material=material).update(ended_at=now, trouble="")
    material.adds_imprint = True
    material.save(update_fields=["adds_imprint"])
    material = Material.objects.get(pk=material.pk)
    check_material(material=material, now=now)
    _told(material, "unlinked the imprint of", by, now)


def _told(material: Material, verb: str, by: User, now: datetime, **detail: Any) -> None:
    audit.record(
        now=now,
        actor=by,
        verb=verb,
        subject_type="clearance.Material",
        subject_id=material.pk,
        area_code=material.area_id or "",
        **detail,
    )


def look_at_link(*, link: LinkedImprint, now: datetime, look: Look | None = None) -> LinkLook:
    """Look at the page as somebody would who has no login, and keep what was seen; the material is checked again."""
    seen = (look or look_over_http)(link.url)
    passage = Passage(seen.text)
    people = [responsible(promoter=one) for one in promoters_of(material=link.material)]
    has_imprint = bool(people) and all(passage.names_with_address(one) for one in people)
    # A page may offer a login and still show the imprint to everyone.
    needs_login = seen.needs_login and not has_imprint
    trouble = seen.trouble or _trouble(seen, has_imprint=has_imprint, needs_login=bool(needs_login))
    with transaction.atomic():
        link.looked_at, link.status, link.needs_login = now, seen.status, needs_login
        link.text, link.trouble = seen.text[:100_000], trouble[:300]
        link.save(update_fields=["looked_at", "status", "needs_login", "text", "trouble"])
        kept: LinkLook = LinkLook.objects.create(
            link=link, at=now, status=seen.status, has_imprint=has_imprint, trouble=trouble[:300]
        )
        check_material(material=Material.objects.get(pk=link.material_id), now=now)
    return kept


def _trouble(seen: Seen, *, has_imprint: bool, needs_login: bool) -> str:
    if needs_login:
        return "The page asks for a login."
    if seen.status != 200:
        return f"The page answers with status {seen.status}."
    return "" if has_imprint else "The complete imprint is not on the page."


def watch_links(*, now: datetime, look: Look | None = None) -> int:
    """Look at every page that a material in use depends on; returns how many are in trouble."""
    watched = LinkedImprint.objects.filter(
        ended_at=None, material__copies__isnull=False, material__copies__withdrawn_at=None
    )
    troubled = 0
    for link in watched.select_related("material").distinct().order_by("pk"):
        troubled += bool(look_at_link(link=link, now=now, look=look).trouble)
    return troubled


def look_over_http(url: str) -> Seen:
    """Read a page without cookies or login; our own network is never asked, whatever a name or a redirect says."""
    try:
        answer = ask_public(
            url=url,
            headers={"User-Agent": "Hustings imprint watch", "Accept": "text/html"},
            seconds=_TIMEOUT,
            most_bytes=_MOST_BYTES,
            is_cut=True,
        )
        if answer.status >= 400:
            return Seen(status=answer.status, needs_login=answer.status in {401, 403})
        raw = answer.content.decode("utf-8", "replace")
        page = "".join(read_page(raw).shown)
        asks = bool(_PASSWORD.search(raw)) or "/login" in urlsplit(answer.url).path.lower()
        return Seen(status=answer.status, text=page, needs_login=asks)
    except Exception as problem:
        # Whatever a stranger's page answers, it is noted as trouble and does not stop the watch of the others.
        return Seen(status=None, trouble=f"The page did not answer: {problem}")
