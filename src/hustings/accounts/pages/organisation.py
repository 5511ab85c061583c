"""The organisation: first step of the set-up, and where its facts are changed later."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.accounts.access import EVERYTHING, Right
from hustings.accounts.models import Organisation, OrganisationKind
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.accounts.pages.place_field import PlaceField
from hustings.accounts.pages.set_up import SetUpStep, step_page
from hustings.accounts.rules.colours import readable
from hustings.accounts.rules.lawful_basis import explanation
from hustings.accounts.usecases.describe_organisation import OrganisationFacts, describe_organisation
from hustings.basics.clock import clock
from hustings.basics.email_address import parse_email
from hustings.basics.postcode import parse_postcode, split_address
from hustings.basics.refusals import Refusal
from hustings.platform.pages.parts import Callout

SLUG = "organisation"


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, str(kind.label).capitalize()) for kind in OrganisationKind]


def _kind_help() -> SafeString:
    today = clock().today_in_uk()
    return format_html(
        "{}<details><summary>{}</summary><p>{}</p><p>{}</p></details>",
        _("It decides whether you may hold people's political opinions without asking them."),
        _("What the law says"),
        _(explanation(kind="registered_party", on=today)),
        _(explanation(kind="non_party", on=today)),
    )


class OrganisationForm(forms.Form):
    """What people are told about the controller of their data."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=160,
        help_text=gettext_lazy(
            "As the public knows you. It leads on every page and stands in every message."
        ),
    )
    kind = forms.ChoiceField(label=gettext_lazy("What you are"), widget=forms.RadioSelect, choices=_kinds)
    commission_number = forms.CharField(
        label=gettext_lazy("Number in the Electoral Commission's register"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("For registered parties and registered campaigners, for example PP1234."),
    )
    address = forms.CharField(
        label=gettext_lazy("Postal address"),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
        help_text=gettext_lazy(
            "Where letters reach you: an office, a home or a PO box. Without the postcode."
        ),
    )
    postcode = forms.CharField(
        label=gettext_lazy("Postcode"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    email = forms.CharField(
        label=gettext_lazy("Email address for the public"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy(
            "Somebody has to read it: requests about personal data must be answered within a month."
        ),
    )
    phone = forms.CharField(label=gettext_lazy("Telephone for the public"), max_length=20, required=False)
    ico_reference = forms.CharField(
        label=gettext_lazy("Reference of the Information Commissioner"),
        max_length=20,
        required=False,
        help_text=gettext_lazy(
            "Parties and campaigns pay the data protection fee; elected representatives and candidates acting as such need not "
            "(since 1 April 2019)."
        ),
    )
    colour = forms.CharField(
        label=gettext_lazy("Your colour"),
        max_length=7,
        initial="#0b5c4a",
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=gettext_lazy("For headings and buttons. A colour too pale to read is refused."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].help_text = _kind_help()
        self.fields["area"] = PlaceField(
            scope=EVERYTHING,
            label=_("Where you work"),
            required=False,
            help_text=_("The council or constituency, if it is one. Leave it empty if you work in several."),
        )
        self.order_fields(
            [
                "name",
                "kind",
                "commission_number",
                "address",
                "postcode",
                "email",
                "phone",
                "area",
                "ico_reference",
                "colour",
            ]
        )

    def clean_email(self) -> str:
        """An address that mail can be sent to."""
        from django.conf import settings

        try:
            return parse_email(
                self.cleaned_data["email"], allow_example=settings.HUSTINGS_MODE != "live"
            ).address
        except Refusal as problem:
            raise forms.ValidationError(problem.told(_)) from problem

    def clean_postcode(self) -> str:
        """A whole postcode, written as the post writes it."""
        try:
            return parse_postcode(self.cleaned_data["postcode"]).spaced
        except Refusal as problem:
            raise forms.ValidationError(problem.told(_)) from problem

    def clean_colour(self) -> str:
        """A colour that everybody can read on white."""
        try:
            return readable(colour=self.cleaned_data["colour"]).light
        except Refusal as problem:
            raise forms.ValidationError(problem.told(_)) from problem

    def facts(self) -> OrganisationFacts:
        """The facts of a form that is valid; the postcode is the last line of the address."""
        given = dict(self.cleaned_data)
        lines = [line.strip(" ,") for line in given.pop("address").splitlines() if line.strip(" ,")]
        given["address"] = "\n".join([*lines, given.pop("postcode")])
        return OrganisationFacts(**given)


@needs(Right.SET_UP)
def organisation(request: DeskRequest) -> HttpResponse:
    """The facts about the organisation."""
    known = Organisation.objects.first()

    def make(sent: QueryDict | None, values: dict[str, Any]) -> OrganisationForm:
        return OrganisationForm(sent, initial=values)

    def save(form: forms.Form, now: datetime) -> None:
        assert isinstance(form, OrganisationForm)
        describe_organisation(facts=form.facts(), by=request.user, now=now)

    callouts = []
    if known is not None:
        callouts.append(
            Callout(
                title=_("What your kind means"),
                text=_(explanation(kind=known.kind, on=clock().today_in_uk())),
                tone="info",
            )
        )
    return step_page(
        request, slug=SLUG, form=make, save=save, initial=facts_known(known=known), callouts=callouts
    )


def facts_known(*, known: Organisation | None) -> dict[str, Any]:
    """What the form begins with."""
    if known is None:
        return {}
    address, postcode = split_address(known.address)
    return {
        **{
            name: getattr(known, name)
            for name in (
                "name",
                "kind",
                "commission_number",
                "email",
                "phone",
                "ico_reference",
                "colour",
                "area",
            )
        },
        "address": address,
        "postcode": postcode,
    }


def _stands() -> str:
    known = Organisation.objects.first()
    return f"{known.name}: {known.get_kind_display()}" if known else ""


STEP = SetUpStep(
    slug=SLUG,
    title=gettext_lazy("Your organisation"),
    why=gettext_lazy("Who decides what is done with people's data, and by which law you may hold it."),
    minutes=3,
    url_name="accounts_desk:organisation",
    is_done=Organisation.objects.exists,
    stands=_stands,
)
