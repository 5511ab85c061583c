"""Forms of the desk: a petition, its outcome, a keyed signature."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.accounts.access import Scope
from hustings.accounts.models import Organisation
from hustings.actions.models import Petition, PetitionVersion, SignatureSource
from hustings.actions.pages.resident_view import intention_choices
from hustings.actions.pages.sign_form import SignForm
from hustings.actions.queries import current_version
from hustings.actions.usecases.key_signature import KeyedForm
from hustings.actions.usecases.offer_wordings import OFFERS, offer_opinion_wording, offer_wordings
from hustings.actions.usecases.save_petition import PetitionLinks, PetitionWords
from hustings.basics.clock import UK, clock
from hustings.clearance.models import Promoter
from hustings.contacts.models import Issue
from hustings.people.models import Channel, Purpose
from hustings.places.models import Area, AreaKind
from hustings.places.queries import areas_inside

_MOMENT = "%Y-%m-%dT%H:%M"
_PLACES = (AreaKind.WARD, AreaKind.DISTRICT, AreaKind.CONSTITUENCY, AreaKind.COUNTY)


def places_offered(*, scope: Scope) -> dict[str, Area]:
    """The places a petition may belong to: those of the scope, inside the organisation's own area where it has one."""
    places = scope.filter(Area.objects.filter(kind__in=_PLACES), "code").order_by("kind", "name")
    organisation = Organisation.objects.first()
    if organisation is not None and organisation.area_id:
        places = places.filter(code__in=areas_inside(code=organisation.area_id))
    return {area.code: area for area in places}


class PetitionForm(forms.ModelForm[Petition]):
    """A petition with its words."""

    text = forms.CharField(
        label=gettext_lazy("What it asks for"),
        help_text=gettext_lazy("The words people sign. An empty line begins a new paragraph."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    background = forms.CharField(
        label=gettext_lazy("Background"),
        required=False,
        help_text=gettext_lazy("Shown folded below the words."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    new_issues = forms.CharField(
        label=gettext_lazy("Further issues"),
        required=False,
        help_text=gettext_lazy("One a line; they are added to the list for every petition."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    asks = forms.MultipleChoiceField(
        label=gettext_lazy("What the form asks leave for"),
        required=False,
        help_text=gettext_lazy(
            "Each is a box of its own, never ticked beforehand. Fewer boxes, more signatures."
        ),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        """The order of the page."""

        model = Petition
        fields = (
            *("title", "text", "background", "asked_of", "asked_by", "language", "area", "wards", "goal"),
            *("promoter", "on_behalf_of", "opens_at", "closes_at", "asks", "issues", "new_issues"),
            *("asks_intention", "parties", "election"),
        )
        labels = {
            "title": gettext_lazy("Title"),
            "asked_of": gettext_lazy("Who is asked"),
            "asked_by": gettext_lazy("Who asks"),
            "language": gettext_lazy("Language of the words"),
            "area": gettext_lazy("Place"),
            "wards": gettext_lazy("Wards counted on the page"),
            "goal": gettext_lazy("Goal"),
            "promoter": gettext_lazy("Promoter"),
            "on_behalf_of": gettext_lazy("On behalf of"),
            "opens_at": gettext_lazy("Opens"),
            "closes_at": gettext_lazy("Closes"),
            "issues": gettext_lazy("Issues to choose from"),
            "asks_intention": gettext_lazy("Ask how people would vote"),
            "parties": gettext_lazy("Parties to choose from"),
            "election": gettext_lazy("Election meant"),
        }
        help_texts = {
            "asked_of": gettext_lazy("For example: Barset Council."),
            "asked_by": gettext_lazy("For example: The residents of East Ward."),
            "area": gettext_lazy("Who looks after this place sees the petition and its signatures."),
            "wards": gettext_lazy("None chosen: every ward of the place."),
            "goal": gettext_lazy("How many signatures you hope for."),
            "promoter": gettext_lazy(
                "The name and address in the imprint. It must be verified before you open."
            ),
            "opens_at": gettext_lazy("Leave empty to open at once when you press Open."),
            "closes_at": gettext_lazy("Leave empty to close it by hand."),
        }
        widgets = {
            "opens_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
            "closes_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
            "issues": forms.CheckboxSelectMultiple,
            "wards": forms.SelectMultiple(attrs={"size": 8}),
            "parties": forms.SelectMultiple(attrs={"size": 8}),
        }

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._scope = scope
        self._places = places_offered(scope=scope)
        area, wards = self.fields["area"], self.fields["wards"]
        assert isinstance(area, forms.ModelChoiceField)
        assert isinstance(wards, forms.ModelMultipleChoiceField)
        area.queryset = Area.objects.filter(pk__in=list(self._places)).order_by("kind", "name")
        area.required = not scope.is_everything
        area.empty_label = _("The whole organisation") if scope.is_everything else _("Choose a place")
        wards.queryset = Area.objects.filter(pk__in=list(self._places), kind=AreaKind.WARD).order_by("name")
        promoters = scope.filter(Promoter.objects.all(), "area") | Promoter.objects.filter(area=None)
        for name in ("promoter", "on_behalf_of"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = promoters.filter(is_printer=False).order_by("name")
        asks = self.fields["asks"]
        assert isinstance(asks, forms.MultipleChoiceField)
        asks.choices = [
            (f"{channel}.{purpose}", f"{Purpose(purpose).label}: {Channel(channel).label}")
            for channel, purpose in OFFERS
        ]
        if self.instance.pk:
            version = current_version(petition=self.instance)
            self.initial["text"] = version.text if version else ""
            self.initial["background"] = version.background if version else ""

    def clean_area(self) -> Area | None:
        """The place must lie in the scope, whatever the form was made with."""
        area: Area | None = self.cleaned_data["area"]
        if not self._scope.covers(code=area.code if area else None):
            raise forms.ValidationError(_("Choose a place you look after."))
        return area

    def clean(self) -> dict[str, Any]:
        """A petition opens before it closes."""
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and opens >= closes:
            self.add_error("closes_at", _("A petition closes after it opens. Choose a later moment."))
        return cleaned

    def words(self) -> PetitionWords:
        """What the public reads."""
        data = self.cleaned_data
        return PetitionWords(title=data["title"], text=data["text"], background=data["background"])

    def links(self) -> PetitionLinks:
        """Wards, issues and parties; new issues are added to the list."""
        data = self.cleaned_data
        names = [line.strip()[:80] for line in data["new_issues"].splitlines() if line.strip()]
        added = [Issue.objects.get_or_create(name=name)[0] for name in names]
        return PetitionLinks(
            wards=list(data["wards"]), issues=[*data["issues"], *added], parties=list(data["parties"])
        )


class OutcomeForm(forms.Form):
    """What came of a petition."""

    outcome = forms.CharField(
        label=gettext_lazy("What came of it"),
        required=False,
        help_text=gettext_lazy("Shown on the petition's page. Leave empty to take it down."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class ReasonForm(forms.Form):
    """A reason that is kept."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)


class KeyForm(SignForm):
    """A signature made on paper or by telephone. What may be told apart from the web is the evidence."""

    field_order = (
        *("source", "signed_on", "version", "evidence", "line", "given_name", "family_name", "postcode"),
        *("address_line", "email", "phone", "is_other_person", "consent", "issue", "intention"),
    )

    source = forms.ChoiceField(
        label=gettext_lazy("How it came in"),
        choices=[(value, label) for value, label in SignatureSource.choices if value != SignatureSource.WEB],
        widget=forms.RadioSelect,
    )
    signed_on = forms.DateField(
        label=gettext_lazy("Day it was signed"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    version = forms.ModelChoiceField(
        label=gettext_lazy("Words on the sheet, or read out"), queryset=PetitionVersion.objects.none()
    )
    evidence = forms.CharField(
        label=gettext_lazy("Evidence"),
        max_length=200,
        help_text=gettext_lazy("Where the sheet is kept (Box 3, sheet 12), or who rang whom at what time."),
    )
    line = forms.CharField(label=gettext_lazy("Line on the sheet"), max_length=10, required=False)
    is_other_person = forms.BooleanField(
        label=gettext_lazy("Somebody else of the same name at this postcode has signed too"), required=False
    )
    consent = forms.MultipleChoiceField(
        label=gettext_lazy("What they agreed to"),
        required=False,
        help_text=gettext_lazy("Tick only what they ticked on the sheet, or said yes to on the telephone."),
        widget=forms.CheckboxSelectMultiple,
    )
    issue = forms.MultipleChoiceField(
        label=gettext_lazy("Issues that matter to them"), required=False, widget=forms.CheckboxSelectMultiple
    )
    intention = forms.ChoiceField(
        label=gettext_lazy("How they would vote"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, petition: Petition, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(
            *args,
            petition=petition,
            is_registered_party=organisation.is_registered_party,
            needs_email=False,
            **kwargs,
        )
        self._offer(petition, organisation)

    def _offer(self, petition: Petition, organisation: Organisation) -> None:
        now = clock().now()
        offers = offer_wordings(
            asks=petition.asks, organisation=organisation, language=petition.language, now=now
        )
        issues = [(str(issue.pk), issue.name) for issue in petition.issues.order_by("name")]
        intentions = intention_choices(petition=petition)
        if (issues or intentions) and not organisation.is_registered_party:
            offers.append(
                offer_opinion_wording(organisation=organisation, language=petition.language, now=now)
            )
        for name, choices in {
            "consent": [(offer.value, offer.wording.text) for offer in offers],
            "issue": issues,
            "intention": intentions,
        }.items():
            if choices:
                field = self.fields[name]
                assert isinstance(field, forms.ChoiceField)
                field.choices = choices
            else:
                del self.fields[name]
        versions = self.fields["version"]
        assert isinstance(versions, forms.ModelChoiceField)
        versions.queryset = petition.versions.order_by("-number")
        versions.initial, versions.empty_label = current_version(petition=petition), None

    def clean_signed_on(self) -> Any:
        """A day that has come, and on which the petition had been made."""
        day = self.cleaned_data["signed_on"]
        if day > clock().today_in_uk():
            raise forms.ValidationError(_("That day has not come yet."))
        if day < self.petition.made_at.date():
            raise forms.ValidationError(_("The petition had not been made on that day."))
        return day

    def signed_at(self) -> datetime:
        """Noon of the day: a sheet tells no hour."""
        day = self.cleaned_data["signed_on"]
        return datetime(day.year, day.month, day.day, 12, tzinfo=UK)

    def keyed(self) -> KeyedForm:
        """The signature of a form that is valid."""
        cleaned = self.cleaned_data
        return KeyedForm(
            petition=self.petition,
            version=cleaned["version"],
            source=SignatureSource(cleaned["source"]),
            given_name=cleaned["given_name"],
            family_name=cleaned["family_name"],
            postcode=cleaned["postcode"],
            evidence={"evidence": cleaned["evidence"], "line": cleaned["line"]},
            signed_at=self.signed_at(),
            email=cleaned["email"],
            address_line=cleaned["address_line"],
            phone=cleaned["phone"],
            choices={**cleaned["choices"], "language": self.petition.language},
            is_other_person=cleaned["is_other_person"],
        )
