"""Desk pages of campaigns: the list of books."""

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.money.access import campaigns_for
from hustings.money.models import ElectionType
from hustings.platform.pages.listing import ChoiceFilter, Column, DateFilter, Export, Listing, list_page
from hustings.platform.pages.parts import Empty


@needs(Right.SEE_MONEY)
@require_safe
def campaign_list(request: DeskRequest) -> HttpResponseBase:
    """The books of every campaign in the places of whoever asks; CSV of what is shown."""
    return list_page(
        request,
        Listing(
            title=_("Campaign books"),
            icon="table",
            rows=campaigns_for(scope=request.scope),
            columns=(
                Column(key="name", label=_("Name"), value="name", sort=("name",)),
                Column(key="area", label=_("Electoral area"), value="area_name", sort=("area_name",)),
                Column(
                    key="type",
                    label=_("Election"),
                    value="get_election_type_display",
                    sort=("election_type",),
                    is_minor=True,
                ),
                Column(key="poll", label=_("Poll"), value="poll_on", sort=("poll_on",)),
                Column(
                    key="agent", label=_("Agent"), value="agent_name", sort=("agent_name",), is_minor=True
                ),
            ),
            search=("name", "area_name", "agent_name"),
            filters=(
                ChoiceFilter(
                    key="type",
                    label=_("Election"),
                    choices=[(str(value), str(label)) for value, label in ElectionType.choices],
                    field="election_type",
                ),
                DateFilter(key="poll", label=_("Poll"), field="poll_on"),
            ),
            order="-poll",
            empty=Empty(title=_("No books are kept yet")),
            export=Export(file_name="campaigns"),
        ),
    )
