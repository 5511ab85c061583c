"""How allauth behaves here: nobody opens an account by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.mail import EmailMessage
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Logins are made by whoever may appoint, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Signing up is closed."""
        return False

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Render as allauth does, and note the template, by which the postroom knows account mail."""
        message: EmailMessage = super().render_mail(template_prefix, email, context, headers)
        message.account_template = template_prefix  # type: ignore[attr-defined]
        return message


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second-factor secrets are encrypted where they lie."""

    def encrypt(self, text: str) -> str:
        """Encrypt with the installation's field keys."""
        from hustings.platform.encryption import encrypt

        return encrypt(text=text)

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt with whichever field key fits."""
        from hustings.platform.encryption import decrypt

        return decrypt(token=encrypted_text)
