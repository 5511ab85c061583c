"""The list of petitions, with the words that the site's editors gave it."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from hustings.actions.pages.petition import petition_list
from hustings.website.models import PetitionIndexPage


@require_safe
def petition_index(request: HttpRequest) -> HttpResponseBase:
    """The site's own page about petitions, or the plain list while there is none."""
    page: PetitionIndexPage | None = PetitionIndexPage.objects.live().first()
    if page is None:
        return petition_list(request)
    answer: HttpResponseBase = page.serve(request)
    return answer
