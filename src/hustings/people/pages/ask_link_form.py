"""The form that asks for a new link."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext, gettext_lazy

from hustings.basics.email_address import NotAnEmailAddress, parse_email


class AskLinkForm(forms.Form):
    """One email address, of a form that can be written to."""

    email = forms.CharField(max_length=254, label=gettext_lazy("Email"))

    def clean_email(self) -> str:
        """Refuse what is no address; whether it is known is not looked at here."""
        email: str = self.cleaned_data["email"]
        try:
            parse_email(email, allow_example=settings.HUSTINGS_MODE != "live")
        except NotAnEmailAddress as problem:
            raise forms.ValidationError(problem.told(gettext)) from problem
        return email
