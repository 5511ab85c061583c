"""The form of a campaign's facts."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from hustings.accounts.access import Right, Scope, users_with
from hustings.accounts.pages.place_field import PlaceField
from hustings.basics.refusals import Refusal
from hustings.elections.rules.timetable import working_days
from hustings.money.access import campaigns_for
from hustings.money.models import Campaign, CampaignKind, ElectionType
from hustings.money.pages.fields import day_field
from hustings.money.rules.joint import JOINT_ELECTIONS
from hustings.money.rules.regulated import PERIODS, long_campaign_from, regulated_period

_DAY = timedelta(days=1)


class CampaignForm(forms.ModelForm[Any]):
    """Whose books, which election, from when spending counts, and who answers for it."""

    declared_on = day_field(
        label=_("First said to be standing on"),
        required=False,
        help_text=_("By announcement or nomination, whichever came first."),
    )
    earliest_on = day_field(
        label=_("Dissolution, vacancy or list"),
        required=False,
        help_text=_(
            "At parliamentary elections and for London-wide lists: nobody is a candidate before that day."
        ),
    )
    regulated_from = day_field(
        label=_("Spending counts from"),
        required=False,
        help_text=_("Leave it empty, and it is worked out from the days above."),
    )
    parliament_met_on = day_field(
        label=_("Parliament first met on"),
        required=False,
        help_text=_(
            "Only where there is a long campaign: Parliament had sat 55 months before the poll was called."
        ),
    )
    poll_on = day_field(label=_("Polling day"))
    result_on = day_field(
        label=_("Result declared on"),
        required=False,
        help_text=_("Every deadline of the return counts from it."),
    )

    class Meta:
        """Fields in the order of the page."""

        model = Campaign
        fields: ClassVar = [
            *("kind", "name", "election_type", "area_name", "nation", "seat_kind", "election", "poll_on"),
            *("electorate", "electorate_source", "councils", "seats_contested", "parliament_month"),
            *("agent", "agent_name", "agent_address", "candidate_address", "shares_rooms_with", "result_on"),
        ]
        widgets: ClassVar = {"shares_rooms_with": forms.CheckboxSelectMultiple}
        labels: ClassVar = {
            "agent": _("Agent's login"),
            "agent_name": _("Agent's full name"),
            "shares_rooms_with": _("Uses the same campaign rooms as"),
            "election": _("Election in our records"),
        }
        help_texts: ClassVar = {
            "agent": _("Reminders of deadlines go there."),
            "shares_rooms_with": _("At council elections: shared on purpose, not by accident."),
            "seats_contested": _("For a party's books."),
            "councils": _("For the mayor of a combined authority: councils with electors of their own."),
            "candidate_address": _("Stands on the declaration; never shown to others."),
        }

    #: Headings over the fields, for the page.
    sections: ClassVar = (
        (_("Whose books"), ("kind", "name", "area")),
        (
            _("Which election"),
            ("election_type", "area_name", "nation", "seat_kind", "poll_on", "result_on", "election"),
        ),
        (
            _("From when spending counts"),
            ("declared_on", "earliest_on", "regulated_from", "parliament_met_on", "parliament_month"),
        ),
        (
            _("What the limit rests on"),
            ("electorate", "electorate_source", "councils", "seats_contested", "shares_rooms_with"),
        ),
        (_("Who answers for it"), ("agent", "agent_name", "agent_address", "candidate_address")),
    )

    def __init__(self, *args: Any, scope: Scope, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"] = PlaceField(
            scope=scope,
            label=_("Place"),
            initial=self.instance.area,
            help_text=_("Who looks after it sees the books."),
        )
        self.fields["area"].required = not scope.is_everything
        agents = self.fields["agent"]
        rooms = self.fields["shares_rooms_with"]
        assert isinstance(agents, forms.ModelChoiceField)
        assert isinstance(rooms, forms.ModelMultipleChoiceField)
        agents.queryset = users_with(right=Right.OVERRIDE, on=today).order_by("first_name", "email")
        rooms.queryset = (
            campaigns_for(scope=scope).filter(election_type__in=JOINT_ELECTIONS).exclude(pk=self.instance.pk)
        )
        rooms.required = False
        self.fields["councils"].required = False
        if self.instance.pk:
            self.fields["regulated_from"].initial = self.instance.regulated_from

    def grouped(self) -> list[tuple[object, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(heading, [self[name] for name in names]) for heading, names in self.sections]

    def clean(self) -> dict[str, Any]:
        """Work out the regulated period where it was left empty."""
        found = super().clean() or {}
        found["councils"] = found.get("councils") or 1
        poll_on = found.get("poll_on")
        if poll_on is None or self.errors:
            return found
        start = found.get("regulated_from") or self._start(found, poll_on)
        if start is None:
            return found
        if start > poll_on:
            self.add_error("regulated_from", told("Spending counts from a day before the poll."))
            return found
        self.instance.regulated_from, self.instance.regulated_until = start, poll_on + _DAY
        self._long_campaign(found, start)
        return found

    def _start(self, found: dict[str, Any], poll_on: date) -> date | None:
        election = found["election_type"]
        if found["kind"] != CampaignKind.CANDIDATE:
            self.add_error("regulated_from", told("Enter the first day of the regulated period."))
            return None
        nation = found["nation"].replace("-", "_")
        try:
            period = regulated_period(
                election=election,
                poll_on=poll_on,
                declared_on=found.get("declared_on"),
                earliest_on=found.get("earliest_on"),
                calendar=working_days(nations=[nation], years=[poll_on.year - 1, poll_on.year]),
            )
        except Refusal as refusal:
            is_notice = PERIODS.entry(on=poll_on, election=election).text("earliest") == "notice"
            asks_earliest = refusal.code == "earliest" and not is_notice
            self.add_error("earliest_on" if asks_earliest else "declared_on", refusal.told(told))
            return None
        return period.span.valid_from

    def _long_campaign(self, found: dict[str, Any], start: date) -> None:
        met_on = found.get("parliament_met_on")
        if met_on is None:
            if not self.instance.pk:
                self.instance.long_from = None
            return
        first = long_campaign_from(parliament_met_on=met_on)
        if found["election_type"] != ElectionType.PARLIAMENT or first >= start:
            self.add_error(
                "parliament_met_on",
                told("There is no long campaign: the 55 months had not passed when the short one began."),
            )
            return
        self.instance.long_from = first

    def described(self) -> Campaign:
        """The campaign as the form says, not stored yet."""
        campaign: Campaign = self.save(commit=False)
        campaign.area = self.cleaned_data["area"]
        if not campaign.area_name.strip() and campaign.area is not None:
            campaign.area_name = campaign.area.name
        return campaign
