"""Make the public site: its tree of pages and who may edit them. Safe to run again."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from hustings.accounts.models import Organisation
from hustings.basics.clock import uk_date
from hustings.website.models import (
    AccessibilityPage,
    HomePage,
    NewsIndexPage,
    PetitionIndexPage,
    PrivacyPage,
    PublicPage,
    SiteFrame,
    StandardPage,
)
from hustings.website.usecases.let_edit import group_of_site
from hustings.website.usecases.write_first_pages import Block, accessibility_statement, help_page
from hustings.website.usecases.write_privacy_notice import fingerprint, write_privacy_notice


@dataclass(frozen=True, kw_only=True)
class Made:
    """The titles of the pages that were made; none where all stood already."""

    pages: tuple[str, ...]


@transaction.atomic
def create_site(*, now: datetime) -> Made:
    """Make whatever is missing of the site, and change no page that is there.

    Before an organisation is set up there is a home page, a list of petitions, news, how to help and the accessibility
    statement; the privacy notice is made once there are facts to make it from.
    """
    made: list[str] = []
    organisation = Organisation.objects.first()
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    SiteFrame.objects.get_or_create(pk=1)
    home = _home(organisation=organisation, made=made)
    _site(home=home, organisation=organisation)
    _below(
        home,
        made,
        PetitionIndexPage(
            slug="petitions",
            title=_("Petitions"),
            show_in_menus=True,
            summary=_("What we are asking for, and what came of it."),
        ),
    )
    _below(home, made, NewsIndexPage(slug="news", title=_("News"), show_in_menus=True))
    helping = StandardPage(
        slug="help",
        title=_("How to help"),
        show_in_menus=True,
        summary=_("An hour of your time goes a long way."),
        body=_stream(help_page()),
    )
    if _below(home, made, helping) and home.help_page_id is None:
        home.help_page = helping
        home.save_revision().publish()
    _below(
        home,
        made,
        AccessibilityPage(
            slug="accessibility",
            title=_("Accessibility"),
            body=_stream(accessibility_statement(organisation=organisation)),
        ),
    )
    if organisation is not None:
        _below(
            home,
            made,
            PrivacyPage(
                slug="privacy",
                title=_("Privacy notice"),
                in_force_from=uk_date(now),
                made_from=fingerprint(organisation=organisation),
                body=_stream(write_privacy_notice(organisation=organisation)),
            ),
        )
    group_of_site(home=home)
    return Made(pages=tuple(made))


def _home(*, organisation: Organisation | None, made: list[str]) -> HomePage:
    home: HomePage | None = HomePage.objects.filter(locale=Locale.get_default()).first()
    if home is not None:
        return home
    root = Page.get_first_root_node()
    # Wagtail's own migrations leave a page that welcomes to Wagtail; it holds nothing of anybody's.
    for page in root.get_children().exact_type(Page):
        page.delete()
    root = Page.objects.get(pk=root.pk)
    name = organisation.name if organisation else _("Welcome")
    home = HomePage(slug="home", title=name, summary=_("Local people, working for the place we live in."))
    root.add_child(instance=home)
    home.save_revision().publish()
    made.append(home.title)
    return home


def _site(*, home: HomePage, organisation: Organisation | None) -> None:
    address = urlsplit(settings.HUSTINGS_ADDRESS)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.root_page = home
    site.site_name = organisation.name if organisation else "Hustings"
    site.save()


def _below(home: HomePage, made: list[str], page: PublicPage) -> bool:
    """Add and publish the page unless one of its kind at its address is there; whether it was added."""
    if home.get_children().filter(slug=page.slug).exists():
        return False
    home.add_child(instance=page)
    page.save_revision().publish()
    made.append(page.title)
    return True


def _stream(blocks: list[Block]) -> Any:
    return json.dumps(blocks)
