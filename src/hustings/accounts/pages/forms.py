"""Forms about logins and appointments."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.accounts.access import Scope, scope_to_give
from hustings.accounts.models import Role, User
from hustings.accounts.pages.place_field import PlaceField
from hustings.places.models import Area

#: One line for each role, for whoever appoints.
ROLES_IN_WORDS = {
    Role.ADMINISTRATOR: gettext_lazy("sets up the organisation, makes every kind of login, sees everything"),
    Role.AGENT: gettext_lazy(
        "answers for the law: approves, may override a warning with a reason, sees the money"
    ),
    Role.TREASURER: gettext_lazy("keeps the money and sees nobody's data"),
    Role.DATA_OFFICER: gettext_lazy(
        "imports, exports, answers requests about personal data, reads the audit log"
    ),
    Role.ORGANISER: gettext_lazy("petitions, audiences, mailings and people of their places"),
    Role.VOLUNTEER: gettext_lazy("records conversations and keys signatures; has no desk"),
}


class AppointmentForm(forms.Form):
    """A role for a place, from a day on."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), widget=forms.RadioSelect)
    valid_from = forms.DateField(
        label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    valid_until = forms.DateField(
        label=gettext_lazy("Ends on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy(
            "The first day on which it no longer holds. Leave it empty if there is no end in sight."
        ),
    )

    def __init__(self, *args: Any, by: User, on: date, scope: Scope, **options: Any) -> None:
        super().__init__(*args, **options)
        self._by, self._on = by, on
        roles = [role for role in Role if not scope_to_give(user=by, role=role, on=on).is_empty]
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(role.value, f"{role.label.capitalize()}: {ROLES_IN_WORDS[role]}") for role in roles]
        if len(roles) == 1:
            field.initial = roles[0].value
        self.fields["area"] = PlaceField(
            scope=scope,
            label=_("Place"),
            required=True,
            help_text=_(
                "The ward, council or constituency they look after. Leave it empty for the whole organisation."
            )
            if scope.is_everything
            else _("The ward, council or constituency they look after."),
        )
        if not scope.is_everything and len(scope.codes) == 1:
            self.fields["area"].initial = Area.objects.filter(code__in=scope.codes).first()
        self.fields["valid_from"].initial = on
        self.order_fields(["given_name", "family_name", "email", "role", "area", "valid_from", "valid_until"])

    def clean(self) -> dict[str, Any]:
        """Refuse a role that may not be given for that place."""
        cleaned = super().clean() or {}
        role, area = cleaned.get("role"), cleaned.get("area")
        if role and "area" in cleaned:
            scope = scope_to_give(user=self._by, role=role, on=self._on)
            if not scope.covers(code=area.code if area else None):
                self.add_error(
                    "area",
                    _("You may not give this role for this place. Choose a place that you look after."),
                )
        return cleaned


class InvitationForm(AppointmentForm):
    """Who is invited, and to what."""

    given_name = forms.CharField(label=gettext_lazy("First name"), max_length=150)
    family_name = forms.CharField(label=gettext_lazy("Last name"), max_length=150, required=False)
    email = forms.CharField(
        label=gettext_lazy("Email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("They sign in with it; a code is sent to it each time."),
    )


class EndForm(forms.Form):
    """When an appointment ends."""

    on = forms.DateField(
        label=gettext_lazy("First day on which it no longer holds"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class FirstAdministratorForm(forms.Form):
    """Who sets the installation up."""

    given_name = forms.CharField(
        label=gettext_lazy("First name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    family_name = forms.CharField(
        label=gettext_lazy("Last name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    email = forms.CharField(
        label=gettext_lazy("Email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
        help_text=gettext_lazy(
            "At least 12 characters. Three or four words that nobody would put together are good."
        ),
    )

    def clean_password(self) -> str:
        """Hold it against the installation's rules."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password
