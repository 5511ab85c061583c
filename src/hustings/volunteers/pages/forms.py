"""Public forms: offering to help, asking for the way in, one's own limits."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, cast

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.basics.email_address import parse_email
from hustings.basics.phone import parse_phone
from hustings.basics.postcode import parse_postcode
from hustings.basics.refusals import Refusal
from hustings.places.postcode_file import PostcodeStatus
from hustings.places.queries import locate, postcodes_in_use
from hustings.postroom.rules.header_encoding import AddressNotSendable, wire_address
from hustings.volunteers.models import Volunteer
from hustings.volunteers.rules.free_times import DAYS, PARTS
from hustings.volunteers.usecases.set_limits import set_limits

ReadT = TypeVar("ReadT")


def read(what: Callable[[], ReadT]) -> ReadT:
    """What a rule reads, its refusal turned into a form's error."""
    try:
        return what()
    except Refusal as problem:
        raise forms.ValidationError(problem.told(_)) from problem


def clean_email_address(entered: str) -> str:
    """An address that mail can be sent to, or a sentence."""
    email = read(lambda: parse_email(entered, allow_example=settings.HUSTINGS_MODE != "live"))
    try:
        wire_address(address=email.address)
    except AddressNotSendable as problem:
        raise forms.ValidationError(
            _("Mail servers do not take the letters in “%(address)s”. Enter an address in plain letters.")
            % {"address": email.address}
        ) from problem
    return email.address


class WayInForm(forms.Form):
    """One email address."""

    email = forms.CharField(
        max_length=254,
        label=gettext_lazy("Email"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self) -> str:
        """Refuse what is no address; whether it is known is not looked at here."""
        return clean_email_address(self.cleaned_data["email"])


class JoinForm(forms.Form):
    """Who wants to help. A postcode that is not on file is asked about once, and then believed."""

    given_name = forms.CharField(
        max_length=80,
        label=gettext_lazy("First name"),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": gettext_lazy("Enter your first name.")},
    )
    family_name = forms.CharField(
        max_length=80,
        label=gettext_lazy("Last name"),
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": gettext_lazy("Enter your last name.")},
    )
    email = forms.CharField(
        max_length=254,
        label=gettext_lazy("Email"),
        help_text=gettext_lazy("We send you a link; it counts when you follow it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": gettext_lazy("Enter an email address, for example ann@barset.example.")},
    )
    postcode = forms.CharField(
        max_length=20,
        label=gettext_lazy("Postcode"),
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "class": "short"}),
        error_messages={"required": gettext_lazy("Enter your postcode, for example ZZ1 1AA.")},
    )
    phone = forms.CharField(
        max_length=30,
        required=False,
        label=gettext_lazy("Mobile or telephone"),
        help_text=gettext_lazy("For the day itself: a change of place, or where is everybody."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    is_adult = forms.BooleanField(
        required=False,
        label=gettext_lazy("I am 18 or older"),
        help_text=gettext_lazy("Younger people are welcome; sharing cars and hosting are for adults."),
    )
    known_postcode = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    website = forms.CharField(required=False)

    def clean_email(self) -> str:
        """An address that mail can be sent to."""
        return clean_email_address(self.cleaned_data["email"])

    def clean_given_name(self) -> str:
        """One line with a letter in it."""
        return _one_line(self.cleaned_data["given_name"], _("Enter your first name."))

    def clean_family_name(self) -> str:
        """One line with a letter in it."""
        return _one_line(self.cleaned_data["family_name"], _("Enter your last name."))

    def clean_phone(self) -> str:
        """A telephone number in its international form, or nothing."""
        entered: str = self.cleaned_data["phone"]
        return read(lambda: parse_phone(entered)).e164 if entered.strip() else ""

    def clean_postcode(self) -> str:
        """A postcode as on an envelope."""
        entered: str = self.cleaned_data["postcode"]
        spaced = read(lambda: parse_postcode(entered)).spaced
        is_unknown = postcodes_in_use().rows and locate(postcode=spaced).status == PostcodeStatus.UNKNOWN
        if is_unknown and self.data.get("known_postcode", "") != spaced:
            sent = cast(QueryDict, self.data).copy()
            sent["known_postcode"] = spaced
            self.data = sent
            raise forms.ValidationError(
                _("We do not know the postcode %(postcode)s. Check it; if it is right, send the form again.")
                % {"postcode": spaced}
            )
        return spaced

    def clean_website(self) -> str:
        """A box that people do not see; only programs fill it in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave the box “Website” empty and send the form again."))
        return ""

    def details(self) -> dict[str, Any]:
        """What `sign_up_volunteer` takes."""
        names = ("given_name", "family_name", "email", "postcode", "phone", "is_adult")
        return {name: self.cleaned_data[name] for name in names}


def free_time_choices() -> list[tuple[str, str]]:
    """The slots of a week in words."""
    days = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]
    parts = {"morning": _("morning"), "afternoon": _("afternoon"), "evening": _("evening")}
    return [
        (f"{code}-{part}", f"{day} {parts[part]}")
        for code, day in zip(DAYS, days, strict=True)
        for part in PARTS
    ]


class LimitsForm(forms.Form):
    """How much somebody wants to be asked, and when."""

    weekly_hours = forms.DecimalField(
        required=False,
        min_value=0,
        max_value=168,
        decimal_places=1,
        label=gettext_lazy("At most so many hours a week"),
        help_text=gettext_lazy(
            "What we plan for you never goes above it. Leave it empty if you do not mind."
        ),
        error_messages={
            "min_value": gettext_lazy("A week has 168 hours. Enter a number of hours from 0 to 168."),
            "max_value": gettext_lazy("A week has 168 hours. Enter a number of hours from 0 to 168."),
            "invalid": gettext_lazy("Enter a number of hours, for example 6 or 7.5."),
        },
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )
    free_times = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("When may we ask you?"),
        help_text=gettext_lazy("Tick nothing if any time will do."),
        widget=forms.CheckboxSelectMultiple,
    )
    is_adult = forms.BooleanField(required=False, label=gettext_lazy("I am 18 or older"))

    def __init__(self, data: QueryDict | None, *, volunteer: Volunteer) -> None:
        limit = volunteer.weekly_limit_minutes
        held = {
            "weekly_hours": None if limit is None else f"{limit / 60:g}",
            "free_times": volunteer.free_times,
            "is_adult": volunteer.is_adult,
        }
        super().__init__(data, initial=held)
        self.volunteer = volunteer
        times = self.fields["free_times"]
        assert isinstance(times, forms.MultipleChoiceField)
        times.choices = free_time_choices()

    def is_kept(self, *, now: datetime) -> bool:
        """Set the limits of the valid form; a refusal stands at the hours, and nothing is kept then."""
        hours = self.cleaned_data["weekly_hours"]
        try:
            set_limits(
                volunteer=self.volunteer,
                weekly_limit_minutes=None if hours is None else int(hours * 60),
                free_times=self.cleaned_data["free_times"],
                is_adult=self.cleaned_data["is_adult"],
                now=now,
            )
        except Refusal as problem:
            self.add_error("weekly_hours", problem.told(_))
            return False
        return True


def _one_line(text: str, if_empty: str) -> str:
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if not any(letter.isalnum() for letter in line):
        raise forms.ValidationError(if_empty)
    return line
