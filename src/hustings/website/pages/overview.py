"""The site at a glance, for its editors: which pages there are, what is not out yet, and where to go on."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from hustings.accounts.access import Right, Scope
from hustings.accounts.models import Organisation
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.accounts.pages.place_field import PlaceField
from hustings.basics.clock import clock
from hustings.platform.pages.parts import Action, Badge, Callout, Fact, Tile
from hustings.website.models import HomePage, PlacePage, PrivacyPage
from hustings.website.queries import site_imprint
from hustings.website.usecases.create_site import create_site
from hustings.website.usecases.let_edit import let_edit
from hustings.website.usecases.make_place_page import PlaceHasPage, make_place_page
from hustings.website.usecases.write_privacy_notice import fingerprint


class PlaceForm(forms.Form):
    """Which place gets a page."""

    def __init__(self, *args: Any, scope: Scope, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"] = PlaceField(scope=scope, label=_("Place"), required=True)


@needs(Right.EDIT_SITE)
def overview(request: DeskRequest) -> HttpResponseBase:
    """Pages within the places of whoever asks, newest change first."""
    if not HomePage.objects.exists():
        create_site(now=clock().now())
    let_edit(user=request.user, scope=request.scope)
    mine = page_permission_policy.instances_user_has_permission_for(request.user, "change").filter(
        depth__gt=1
    )
    live = mine.filter(live=True).count()
    pages = mine.order_by("-latest_revision_created_at", "-pk").specific(defer=True)[:12]
    return render(
        request,
        "website/desk/overview.html",
        {
            "title": _("Website"),
            "icon": "site",
            "actions": (
                Action(
                    label=_("All pages"),
                    url=reverse("wagtailadmin_explore_root"),
                    icon="folder-open-inverse",
                    is_primary=True,
                ),
                Action(label=_("Look at the site"), url="/", icon="view"),
            ),
            "tiles": [
                Tile(label=_("pages that are out"), value=live, tone="good"),
                Tile(
                    label=_("drafts and changes not out yet"),
                    value=mine.filter(has_unpublished_changes=True).count()
                    + mine.filter(live=False, has_unpublished_changes=False).count(),
                    tone="info",
                ),
            ],
            "callouts": _callouts(request),
            "pages": [_line(page) for page in pages],
            "facts": [Fact(label=_("Imprint in every page's foot"), value=site_imprint() or _("none yet"))],
            "form": PlaceForm(scope=request.scope),
        },
    )


def _line(page: Page) -> dict[str, object]:
    if not page.live:
        badge = Badge(text=_("draft"), tone="info")
    elif page.has_unpublished_changes:
        badge = Badge(text=_("changed, not out yet"), tone="warn")
    else:
        badge = Badge(text=_("out"), tone="good")
    return {
        "title": page.get_admin_display_title(),
        "kind": page.page_type_display_name,
        "changed_at": page.latest_revision_created_at,
        "url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "badge": badge,
    }


def _callouts(request: DeskRequest) -> list[Callout]:
    found = []
    may_set_up = may(request, Right.SET_UP)
    if not site_imprint():
        found.append(
            Callout(
                text=_(
                    "No page carries an imprint yet. Your administrator names the promoter in the set-up."
                ),
                tone="warn",
                actions=(
                    Action(
                        label=_("Name the promoter"),
                        url=reverse("website_desk:promoter"),
                        is_allowed=may_set_up,
                    ),
                ),
            )
        )
    organisation, notice = Organisation.objects.first(), PrivacyPage.objects.live().first()
    if (
        organisation is not None
        and notice is not None
        and notice.made_from != fingerprint(organisation=organisation)
    ):
        found.append(
            Callout(
                text=_("Facts about the organisation have changed since the privacy notice was written."),
                tone="warn",
                actions=(
                    Action(
                        label=_("See the notice"), url=reverse("website_desk:notice"), is_allowed=may_set_up
                    ),
                ),
            )
        )
    return found


@needs(Right.EDIT_SITE)
def make_page_of_place(request: DeskRequest) -> HttpResponse:
    """A draft for one place."""
    form = PlaceForm(request.POST or None, scope=request.scope)
    if request.method == "POST" and form.is_valid() and form.cleaned_data["area"] is not None:
        area = form.cleaned_data["area"]
        try:
            page = make_place_page(area=area, by=request.user, now=clock().now())
        except PlaceHasPage:
            page = PlacePage.objects.get(area=area)
        else:
            messages.success(request, _("The page is a draft. Write something, then publish it."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Make the page of a place"),
            "icon": "site",
            "form": form,
            "back": Action(label=_("Website"), url=reverse("website_desk:overview")),
            "cancel_url": reverse("website_desk:overview"),
            "submit_label": _("Make it"),
        },
        status=422 if form.errors else 200,
    )
