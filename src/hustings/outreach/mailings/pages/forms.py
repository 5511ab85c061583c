"""The form in which a mailing is written."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hustings.accounts.access import Scope
from hustings.accounts.models import Organisation, User
from hustings.basics.clock import clock
from hustings.clearance.access import promoters_for
from hustings.clearance.models import Nation, Promoter
from hustings.elections.models import Election
from hustings.money.models import Campaign
from hustings.money.queries import chargeable_campaigns
from hustings.outreach.audiences.access import audiences_for
from hustings.outreach.audiences.models import Audience
from hustings.outreach.mailings.models import Mailing, MailingChannel, MailingTemplate
from hustings.outreach.mailings.rules.poll_day import words_after_lead
from hustings.outreach.mailings.usecases.save_mailing import MailingCost, MailingPlan, MailingWords
from hustings.outreach.mailings.usecases.write_poll_day import PollDayWords, write_poll_day
from hustings.people.models import MARKETING_PURPOSES

_MOMENT = "%Y-%m-%dT%H:%M"


def moment_field(*, label: Any, help_text: Any = "", required: bool = False) -> forms.DateTimeField:
    """A moment by the clock of the United Kingdom."""
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
        input_formats=[_MOMENT, "%Y-%m-%d %H:%M"],
    )


#: What an email has and a text has not.
_EMAIL_ALONE = ("subject", "template", "election", "from_name", "reply_to")


class MailingForm(forms.Form):
    """Name, audience, words, promoter, who answers, and how fast it goes; for a text only what a text has."""

    title = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("For yourselves; nobody outside reads it.")
    )
    audience = forms.ModelChoiceField(label=_("Audience"), queryset=Audience.objects.none())
    channel = forms.ChoiceField(
        choices=MailingChannel.choices,
        initial=MailingChannel.EMAIL,
        required=False,
        widget=forms.HiddenInput,
    )
    subject = forms.CharField(
        label=_("Subject line"),
        max_length=200,
        required=False,
        help_text=_("{{ given_name }} and the other fields work here too."),
    )
    words = forms.CharField(
        label=_("What you want to say"),
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_(
            "In Markdown: an empty line between paragraphs, **bold**, [a link](https://…). Fields: "
            "{{ given_name or “neighbour” }}, {{ family_name }}, {{ ward_name or “your ward” }}, "
            "{{ constituency_name }}. The imprint and the ways out are added under it."
        ),
    )
    template = forms.ChoiceField(
        label=_("How it looks"),
        choices=[
            (choice.value, choice.label) for choice in MailingTemplate if choice != MailingTemplate.POLL_DAY
        ],
        initial=MailingTemplate.PLAIN,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("In a newsletter, a line that begins with ## is a heading with a rule over it."),
    )
    purpose = forms.ChoiceField(
        label=_("What it is for"), choices=[(purpose.value, purpose.label) for purpose in MARKETING_PURPOSES]
    )
    promoter = forms.ModelChoiceField(
        label=_("Promoter"),
        queryset=Promoter.objects.none(),
        help_text=_("Who causes this to be published; name and address go into the imprint."),
    )
    on_behalf_of = forms.ModelChoiceField(
        label=_("On behalf of"), queryset=Promoter.objects.none(), required=False
    )
    nation = forms.ChoiceField(label=_("Where it is read"), choices=Nation.choices)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("en-gb", _("English")), ("cy", _("Welsh"))],
        initial="en-gb",
        required=False,
        help_text=_(
            "Of the words you write. Imprint, ways out and the opening of a call to vote are written in it. For both languages "
            "write two mailings."
        ),
    )
    election = forms.ModelChoiceField(
        label=_("A call to vote at"),
        queryset=Election.objects.none(),
        required=False,
        empty_label=_("no election: an ordinary mailing"),
        help_text=_(
            "The message then opens with the poll's day and hours, who stands, where to go and what to bring, from the dated "
            "tables, and nothing of it goes out after stations close."
        ),
    )
    from_name = forms.CharField(label=_("Name of the sender"), max_length=120, required=False)
    reply_to = forms.EmailField(
        label=_("Replies go to"),
        required=False,
        help_text=_("Somebody must read them."),
    )
    per_minute = forms.IntegerField(
        label=_("At most so many a minute"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("Left empty: as fast as the mail server takes them."),
    )
    stops_at = moment_field(
        label=_("Not after"),
        help_text=_("What has not gone out by then stays unsent. For a call to vote: the close of poll."),
    )

    cost = forms.DecimalField(
        label=_("What sending costs, in pounds"), required=False, min_value=0, max_digits=9, decimal_places=2
    )
    campaigns = forms.ModelMultipleChoiceField(
        label=_("Whose spending it is"),
        queryset=Campaign.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("On approval the cost goes into these books, in equal shares; the limit is asked first."),
    )
    cost_assessment = forms.CharField(
        label=_("Honest assessment of the split"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Where several share it: why so."),
    )

    def __init__(
        self,
        *args: Any,
        scope: Scope,
        user: User,
        channel: str = "",
        mailing: Mailing | None = None,
        **kwargs: Any,
    ) -> None:
        """`channel` is the one asked for; what was sent with the form goes before it, the draft's own comes after it."""
        kwargs["initial"] = (_initial(mailing) if mailing else {}) | kwargs.get("initial", {})
        if channel in MailingChannel.values:
            kwargs["initial"]["channel"] = channel
        super().__init__(*args, **kwargs)
        self.is_text = self["channel"].value() == MailingChannel.SMS
        to_come = Election.objects.filter(poll_on__gte=clock().today_in_uk(), is_notional=False).order_by(
            "poll_on"
        )
        if mailing is not None and mailing.material.election_id:
            to_come = to_come | Election.objects.filter(pk=mailing.material.election_id)
        for name, queryset in (
            ("election", to_come),
            ("audience", audiences_for(scope=scope)),
            ("promoter", promoters_for(scope=scope).filter(is_printer=False)),
            ("on_behalf_of", promoters_for(scope=scope).filter(is_printer=False)),
            ("campaigns", chargeable_campaigns(scope=scope)),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = queryset
        if mailing is None:
            organisation = Organisation.objects.first()
            self.fields["reply_to"].initial = user.email
            self.fields["from_name"].initial = organisation.name if organisation else ""
        if not self.is_text:
            for name, missing in (
                ("subject", _("Write a subject line.")),
                ("reply_to", _("Give the address to which replies go: somebody must read them.")),
            ):
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = missing
        else:
            for name in _EMAIL_ALONE:
                del self.fields[name]
            self.fields["words"].help_text = _(
                "In plain words, without bold or headings; write the address of a link in full. Fields: "
                "{{ given_name or “neighbour” }}, {{ family_name }}, {{ ward_name or “your ward” }}, "
                "{{ constituency_name }}. Your name is put before it, the imprint and STOP after it."
            )
            self.fields["words"].widget.attrs["rows"] = 5
            self.fields["stops_at"].help_text = _("What has not gone out by then stays unsent.")
            self.fields["language"].help_text = _(
                "Of the words you write. The imprint and STOP are written in it."
            )

    def poll_day(self, *, now: datetime) -> PollDayWords | None:
        """The opening of a call to vote, once the form is valid; raises `NoSuchPoll`."""
        data = self.cleaned_data
        if data.get("election") is None:
            return None
        return write_poll_day(
            election=data["election"],
            nation=data["nation"],
            area=data["audience"].area,
            now=now,
            language=data["language"] or "en-gb",
        )

    def said(self, *, poll_day: PollDayWords | None) -> MailingWords:
        """The words, once the form is valid."""
        data = self.cleaned_data
        return MailingWords(
            subject=data.get("subject", ""),
            words=data["words"],
            lead="" if poll_day is None else poll_day.lead,
            election=data.get("election"),
            promoter=data["promoter"],
            on_behalf_of=data["on_behalf_of"],
            purpose=data["purpose"],
            nation=data["nation"],
            language=data["language"] or "en-gb",
        )

    def charged(self) -> MailingCost:
        """What it costs whom, once the form is valid."""
        data = self.cleaned_data
        return MailingCost(
            cost_pence=round((data["cost"] or 0) * 100),
            campaigns=list(data["campaigns"]),
            assessment=data["cost_assessment"],
        )

    def plan(self, *, poll_day: PollDayWords | None) -> MailingPlan:
        """How it goes out, once the form is valid: a call to vote at the latest until stations close."""
        data = self.cleaned_data
        ends = [moment for moment in (data["stops_at"], poll_day and poll_day.closes_at) if moment]
        return MailingPlan(
            reply_to=data.get("reply_to", ""),
            from_name=data.get("from_name", ""),
            per_minute=data["per_minute"],
            stops_at=min(ends, default=None),
            channel=data["channel"] or MailingChannel.EMAIL,
            template=(data.get("template") or MailingTemplate.PLAIN)
            if poll_day is None
            else MailingTemplate.POLL_DAY,
        )


class TextTestForm(forms.Form):
    """Where a test by text goes."""

    number = forms.CharField(
        label=_("Your own mobile number"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        help_text=_("The test goes to it alone, and costs what any text costs."),
    )


class ScheduleForm(forms.Form):
    """When a mailing begins."""

    send_at = moment_field(label=_("Begin at"), required=True)


def _initial(mailing: Mailing) -> dict[str, Any]:
    material = mailing.material
    return {
        "title": mailing.title,
        "channel": mailing.channel,
        "template": mailing.template
        if mailing.template != MailingTemplate.POLL_DAY
        else MailingTemplate.PLAIN,
        "audience": mailing.audience_id,
        "subject": material.subject,
        "words": words_after_lead(body=material.body) if mailing.template == "poll_day" else material.body,
        "election": material.election_id,
        "purpose": material.purpose,
        "promoter": material.promoter_id,
        "on_behalf_of": material.on_behalf_of_id,
        "nation": material.nation,
        "language": material.language,
        "from_name": mailing.from_name,
        "reply_to": mailing.reply_to,
        "per_minute": mailing.per_minute,
        "stops_at": mailing.stops_at,
        "cost": material.cost_pence / 100 if material.cost_pence else None,
        "campaigns": list(material.campaigns.values_list("pk", flat=True)),
        "cost_assessment": material.cost_assessment,
    }
