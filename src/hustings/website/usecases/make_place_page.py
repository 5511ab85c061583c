"""Make the page of a place, as a draft, for whoever looks after it."""

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Locale

from hustings.accounts.access import Right, require
from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.places.models import Area
from hustings.platform import audit
from hustings.website.models import HomePage, PlacePage
from hustings.website.usecases.let_edit import group_of_place


class PlaceHasPage(Exception):
    """The place has its page already."""


@transaction.atomic
def make_place_page(*, area: Area, by: User, now: datetime) -> PlacePage:
    """Add a draft below the home page. Raises `NotAllowed` outside the user's places, or `PlaceHasPage`."""
    require(user=by, right=Right.EDIT_SITE, on=uk_date(now), code=area.code)
    home = HomePage.objects.get(locale=Locale.get_default())
    if PlacePage.objects.filter(area=area).exists():
        raise PlaceHasPage(f"{area.name} has a page already.")
    slug = slugify(area.name)
    if home.get_children().filter(slug=slug).exists():
        slug = f"{slug}-{area.code.lower()}"
    page = PlacePage(title=area.name, slug=slug, area=area, live=False, owner=by)
    home.add_child(instance=page)
    page.save_revision(user=by)
    group_of_place(place=page)
    audit.record(now=now, actor=by, verb="made", subject_type="page", subject_id=page.pk, area_code=area.code)
    return page
