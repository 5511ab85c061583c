"""Forms of clearance: materials, promoters, limits, the imprint check."""

from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from hustings.accounts.access import Scope
from hustings.accounts.models import Organisation, OrganisationKind
from hustings.basics.file_kinds import kind_of_file
from hustings.clearance.access import promoters_for
from hustings.clearance.models import About, Material, Medium, Nation, Promoter, Publisher
from hustings.money.queries import chargeable_campaigns
from hustings.people.models import Purpose
from hustings.places.models import Area

LARGEST_FILE = 10 * 1024 * 1024
_PUBLISHERS = {
    OrganisationKind.REGISTERED_PARTY: Publisher.REGISTERED_PARTY,
    OrganisationKind.CANDIDATE: Publisher.CANDIDATE,
    OrganisationKind.COUNCIL_GROUP: Publisher.OFFICE_HOLDER,
    OrganisationKind.NON_PARTY: Publisher.UNREGISTERED_ORGANISATION,
}
_PURPOSES = [choice for choice in Purpose.choices if choice[0] not in {Purpose.ACCOUNT, Purpose.OPINION}]
_MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def areas_in(scope: Scope) -> Any:
    """The places somebody may choose, those with a name people know first."""
    return scope.filter(Area.objects.exclude(kind__in=["lsoa", "polling_district"]), "code").order_by("name")


class PlacedForm(forms.ModelForm[Any]):
    """A form whose row belongs to a place; whoever does not hold the whole organisation must choose one."""

    def place(self, scope: Scope) -> None:
        """Offer only the places in scope."""
        field = self.fields["area"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = areas_in(scope)
        field.required = not scope.is_everything
        field.empty_label = (
            str(_("The whole organisation")) if scope.is_everything else str(_("Choose a place"))
        )
        field.label = str(_("Place"))
        if not scope.is_everything and len(scope.codes) == 1:
            field.initial = next(iter(scope.codes))


class MaterialForm(PlacedForm):
    """What is said, who says it, where and when. A file takes the place of the words."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("A PDF, picture, film or sound of at most 10 MB, instead of the words above."),
    )
    is_imprint_seen = forms.BooleanField(
        label=_("I looked at the file (or listened) and found the imprint in it"), required=False
    )
    cost = forms.DecimalField(
        label=_("Cost in pounds"), required=False, min_value=0, max_digits=9, decimal_places=2
    )

    class Meta:
        """Fields in the order of the page."""

        model = Material
        fields: ClassVar = [
            *("title", "medium", "purpose", "subject", "body", "adds_imprint"),
            *("file", "is_imprint_seen", "transcript", "caption"),
            *("promoter", "joint_promoters", "on_behalf_of", "further_principals", "printer"),
            *("publisher", "about", "is_paid", "nation", "language", "election"),
            *("area", "targeting", "use_from", "use_until", "cost", "campaigns", "cost_assessment"),
        ]
        widgets: ClassVar = {
            "body": forms.Textarea(attrs={"rows": 14}),
            "transcript": forms.Textarea(attrs={"rows": 4}),
            "caption": forms.Textarea(attrs={"rows": 3}),
            "use_from": _MOMENT,
            "use_until": _MOMENT,
            "joint_promoters": forms.CheckboxSelectMultiple,
            "further_principals": forms.CheckboxSelectMultiple,
            "campaigns": forms.CheckboxSelectMultiple,
            "cost_assessment": forms.Textarea(attrs={"rows": 2}),
        }
        labels: ClassVar = {
            "promoter": _("Promoter"),
            "joint_promoters": _("Published together with"),
            "on_behalf_of": _("On behalf of"),
            "further_principals": _("And on behalf of"),
            "printer": _("Printer"),
            "election": _("Election it bears on"),
            "campaigns": _("Whose spending it is"),
            "cost_assessment": _("Honest assessment of the split"),
        }
        help_texts: ClassVar = {
            "title": _("For yourselves, and for the public record."),
            "body": _("In Markdown. Emails, pages, posts and scripts are written here."),
            "promoter": _("Who causes this to be published."),
            "on_behalf_of": _("Whose cause it serves, if not the promoter’s own."),
            "use_until": _("For get-out-the-vote messages: the close of poll."),
            "campaigns": _(
                "On approval its cost goes into these books, in equal shares; the limit is asked first."
            ),
            "cost_assessment": _("Where several share it: why so."),
        }

    #: Headings over the fields, for the page.
    sections: ClassVar = (
        (_("What it says"), ("title", "medium", "purpose", "subject", "body", "adds_imprint")),
        (_("A file instead of words"), ("file", "is_imprint_seen", "transcript", "caption")),
        (_("Who says it"), ("promoter", "joint_promoters", "on_behalf_of", "further_principals", "printer")),
        (_("Which rules hold"), ("publisher", "about", "is_paid", "nation", "language", "election")),
        (_("Where, when and for whom"), ("area", "targeting", "use_from", "use_until")),
        (_("What it costs"), ("cost", "campaigns", "cost_assessment")),
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place(scope)
        named = promoters_for(scope=scope)
        for name in ("promoter", "joint_promoters", "on_behalf_of", "further_principals"):
            self._among(name, named.filter(is_printer=False))
        self._among("printer", named)
        books = self.fields["campaigns"]
        assert isinstance(books, forms.ModelMultipleChoiceField)
        books.queryset = chargeable_campaigns(scope=scope)
        cast(forms.ChoiceField, self.fields["purpose"]).choices = _PURPOSES
        if self.instance.pk:
            self.fields["cost"].initial = self.instance.cost_pence / 100 if self.instance.cost_pence else None
            self.fields["is_imprint_seen"].initial = self.instance.imprint_seen_by_id is not None
        elif (organisation := Organisation.objects.first()) is not None:
            self.fields["publisher"].initial = _PUBLISHERS[OrganisationKind(organisation.kind)]

    def _among(self, name: str, promoters: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = promoters

    def grouped(self) -> list[tuple[object, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(heading, [self[name] for name in names]) for heading, names in self.sections]

    def clean_file(self) -> Any:
        """Take only kinds that can be kept and shown; tell them by their bytes."""
        given = self.cleaned_data["file"]
        if given is None:
            return None
        if given.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("The file is larger than 10 MB. Make it smaller and choose it again.")
            )
        content = given.read()
        media_type = kind_of_file(content)
        if media_type is None:
            raise forms.ValidationError(
                _("This is not a PDF, picture, film or sound. Save it as one of these.")
            )
        return content, media_type, given.name[-120:]

    def clean(self) -> dict[str, Any]:
        """The span must hold a moment; nobody is named twice."""
        found = super().clean() or {}
        first, last = found.get("use_from"), found.get("use_until")
        if first and last and first >= last:
            self.add_error("use_until", _("This must be later than the moment from which it may go out."))
        if found.get("promoter") and found.get("promoter") == found.get("on_behalf_of"):
            found["on_behalf_of"] = None
        return found

    def described(self, *, user: Any) -> Material:
        """The material as the form says, not stored yet."""
        material: Material = self.save(commit=False)
        given = self.cleaned_data
        material.cost_pence = round((given.get("cost") or 0) * 100)
        if given["file"] is not None:
            material.upload, material.upload_type, material.upload_name = given["file"]
            material.imprint_seen_by = None
        material.imprint_seen_by = (material.imprint_seen_by or user) if given["is_imprint_seen"] else None
        return material


class PromoterForm(PlacedForm):
    """Name and postal address."""

    class Meta:
        """Fields in the order of the page."""

        model = Promoter
        fields: ClassVar = ["name", "address", "postcode", "is_organisation", "is_printer", "area"]
        help_texts: ClassVar = {
            "name": _("As it shall stand in imprints: a person’s full name, or the organisation’s."),
            "area": _("Promoters of the whole organisation may be chosen by everyone who makes material."),
        }

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place(scope)


class ReasonForm(forms.Form):
    """A reason that is kept."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class EvidenceForm(forms.Form):
    """How somebody knows."""

    evidence = forms.CharField(
        label=_("How do you know?"),
        help_text=_("The letter, the register entry or the call by which name and address were checked."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LimitsForm(forms.Form):
    """The organisation's own limits."""

    most_contacts = forms.IntegerField(
        label=_("At most this many marketing contacts by one channel"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=_("Leave empty for no limit."),
    )
    within_days = forms.IntegerField(label=_("Within this many days"), min_value=1, max_value=366, initial=28)
    needs_verified_email = forms.BooleanField(
        label=_("Send marketing only to email addresses that were confirmed"), required=False
    )
    needs_screened_number = forms.BooleanField(
        label=_("Call only numbers looked up at the Telephone Preference Service in the last 28 days"),
        required=False,
    )
    leaves_out_under_16 = forms.BooleanField(
        label=_("Leave out under 16s who did not ask to be contacted"),
        required=False,
        help_text=_(
            "Our own rule, not law. That nobody under 16 may be contacted from the register is not confirmed, so without this "
            "the gate only warns. Voters of 16 and 17 in Scotland and Wales are not left out."
        ),
    )
    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ImprintCheckForm(forms.Form):
    """Words or a file to be checked, and the facts on which it turns. Nothing is stored."""

    words = forms.CharField(
        label=_("Words, HTML or a whole email"), required=False, widget=forms.Textarea(attrs={"rows": 10})
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_("A PDF, an .eml message, HTML, plain text or a picture, at most 10 MB."),
    )
    transcript = forms.CharField(
        label=_("Words in the picture, film or sound"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    caption = forms.CharField(
        label=_("Caption beside it"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_imprint_seen = forms.BooleanField(
        label=_("I looked at the picture (or listened) and found the imprint in it"), required=False
    )
    medium = forms.ChoiceField(label=_("What it is"), choices=Medium.choices)
    publish_on = forms.DateField(
        label=_("Published on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    nation = forms.ChoiceField(label=_("Nation"), choices=Nation.choices)
    election = forms.ChoiceField(
        label=_("Election it bears on"),
        choices=[
            ("local", _("council")),
            ("uk-parliament", _("UK Parliament")),
            ("devolved", _("Senedd, Scottish Parliament or Northern Ireland Assembly")),
            ("mayor", _("mayor")),
            ("police", _("police and crime commissioner")),
            ("referendum", _("referendum")),
            ("recall", _("recall petition")),
            ("none", _("none")),
        ],
    )
    publisher = forms.ChoiceField(label=_("Published by or for"), choices=Publisher.choices)
    about = forms.ChoiceField(label=_("For or against"), choices=About.choices)
    is_paid = forms.BooleanField(label=_("Paid to be published as an advertisement"), required=False)
    exemption = forms.ChoiceField(
        label=_("A reason why none is needed"),
        choices=[
            ("", _("none")),
            ("unaltered-share", _("shared unaltered, with its imprint")),
            ("journalism", _("journalism")),
            ("broadcast", _("party political or referendum campaign broadcast")),
            ("private-chat", _("a private conversation")),
        ],
        required=False,
    )
    promoter = forms.ModelChoiceField(
        label=_("Promoter"),
        queryset=Promoter.objects.none(),
        required=False,
        empty_label=_("whoever it names"),
        help_text=_("Leave it to check something of others: whoever the material itself names is taken."),
    )
    on_behalf_of = forms.ModelChoiceField(
        label=_("On behalf of"), queryset=Promoter.objects.none(), required=False
    )
    printer = forms.ModelChoiceField(label=_("Printer"), queryset=Promoter.objects.none(), required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("promoter", "on_behalf_of", "printer"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = promoters_for(scope=scope)

    def clean(self) -> dict[str, Any]:
        """There must be something to check."""
        found = super().clean() or {}
        if not found.get("words") and not found.get("file"):
            self.add_error("words", _("Paste the words or choose a file."))
        if (given := found.get("file")) is not None and given.size > LARGEST_FILE:
            self.add_error("file", _("The file is larger than 10 MB. Make it smaller and choose it again."))
        return found
