"""Polling stations on the desk: which are known for an election, and who goes there."""

from django.db.models import Count, Q
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.elections.models import Election
from hustings.platform.pages.listing import ChoiceFilter, Column, Export, Listing, list_page
from hustings.platform.pages.parts import Empty
from hustings.register.access import polling_stations_for
from hustings.register.rules.stations import KeyKind


@needs(Right.SEE_REGISTER)
@require_safe
def stations(request: DeskRequest) -> HttpResponseBase:
    """Every station of every election for which a council's file came in; the latest poll first."""
    rows = polling_stations_for(scope=request.scope).annotate(
        districts=Count("allocations", filter=Q(allocations__kind=KeyKind.DISTRICT)),
        postcodes=Count("allocations", filter=Q(allocations__kind=KeyKind.POSTCODE)),
        houses=Count("allocations", filter=Q(allocations__kind=KeyKind.HOUSE)),
    )
    elections = Election.objects.filter(pk__in=rows.order_by().values("election").distinct())
    return list_page(
        request,
        Listing(
            title=_("Polling stations"),
            icon="home",
            intro=_(
                "From the file that the council's elections office gives to candidates and agents. A call to vote names each "
                "person's own station by it; whoever's station is not known is sent to their poll card."
            ),
            rows=rows.select_related("election"),
            columns=(
                Column(key="name", label=_("Station"), value="name", sort=("name",)),
                Column(key="where", label=_("Where"), value="where"),
                Column(
                    key="election", label=_("Election"), value="election.title", sort=("election__title",)
                ),
                Column(key="poll", label=_("Poll"), value="election.poll_on", sort=("election__poll_on",)),
                Column(key="districts", label=_("Polling districts"), value="districts", is_number=True),
                Column(key="postcodes", label=_("Postcodes"), value="postcodes", is_number=True),
                Column(
                    key="houses",
                    label=_("Houses in divided postcodes"),
                    value="houses",
                    is_number=True,
                    is_minor=True,
                ),
            ),
            search=("name", "address", "postcode"),
            filters=(
                ChoiceFilter(
                    key="election",
                    label=_("Election"),
                    choices=[(election.pk, election.title) for election in elections],
                    field="election",
                ),
            ),
            order="-poll",
            empty=Empty(
                title=_("No polling stations yet"),
                text=_(
                    "Ask the elections office for its file of properties and stations (Xpress, Idox Eros, Halarose, Democracy "
                    "Counts and Northern Ireland's are known), and import it: hustings import FILE --election ID. Until then a "
                    "call to vote sends people to their poll card."
                ),
            ),
            export=Export(file_name="polling-stations"),
        ),
    )
