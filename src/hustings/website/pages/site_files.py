"""Files that machines ask for: the map of the site, and what crawlers should leave alone."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page

from hustings.basics.clock import clock
from hustings.website.models import HomePage
from hustings.website.queries import petitions_that_closed, petitions_to_sign


@require_safe
def sitemap_xml(request: HttpRequest) -> HttpResponse:
    """Every page that is out and every public petition, with the day of its last change where it is known."""
    base, now = settings.HUSTINGS_ADDRESS, clock().now()
    home = HomePage.objects.live().filter(locale=Locale.get_default()).first()
    entries: list[tuple[str, str]] = []
    if home is not None:
        for page in Page.objects.live().public().descendant_of(home, inclusive=True).order_by("path"):
            url = page.get_url(request)
            if url:
                changed = page.last_published_at
                entries.append(
                    (base + url if url.startswith("/") else url, f"{changed:%Y-%m-%d}" if changed else "")
                )
    entries.extend(
        (base + card.url, "") for card in [*petitions_to_sign(now=now), *petitions_that_closed(now=now)]
    )
    return TemplateResponse(
        request, "website/sitemap.xml", {"entries": entries}, content_type="application/xml"
    )


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """The back office and personal links are nobody's to crawl; everything else is open."""
    lines = [
        "User-agent: *",
        *(f"Disallow: /{folder}/" for folder in ("account", "desk", "preferences", "unsubscribe")),
        f"Sitemap: {settings.HUSTINGS_ADDRESS}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
