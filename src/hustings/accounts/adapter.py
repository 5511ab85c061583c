"""How allauth behaves here: nobody opens a login by themselves, its mail goes into the outbox, its secrets are encrypted."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse

from hustings.accounts.models import Organisation, User
from hustings.basics.clock import clock
from hustings.platform import audit


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Logins are made by whoever may appoint, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Signing up is closed."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that `platform.client_address` believes; allauth's own reading of headers is not asked."""
        return str(request.META.get("REMOTE_ADDR", ""))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render a message about a login and hand it to the outbox."""
        organisation = Organisation.objects.first()
        known = {
            "email": email,
            "organisation_name": organisation.name if organisation else "Hustings",
            "organisation_address": settings.HUSTINGS_ADDRESS,
        }
        self.render_mail(template_prefix, email, {**known, **context}).send()

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Note on the message what it was rendered from: the outbox takes only mail about logins."""
        message: EmailMessage = super().render_mail(template_prefix, email, context, headers)
        message.account_template = template_prefix  # type: ignore[attr-defined]  # a mark for our own email backend
        return message

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        """Keep in the audit log that somebody came in."""
        audit.record(
            now=clock().now(), actor=user, verb="signed in", subject_type="login", subject_id=user.pk
        )
        answer: HttpResponse = super().post_login(request, user, **details)
        return answer


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Second-factor secrets are encrypted where they lie, and apps show the organisation's name."""

    def encrypt(self, text: str) -> str:
        """Encrypt with the installation's field keys."""
        from hustings.platform.encryption import encrypt

        return encrypt(text=text)

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt with whichever field key fits."""
        from hustings.platform.encryption import decrypt

        return decrypt(token=encrypted_text)

    def get_totp_issuer(self) -> str:
        """The name under which an authenticator app files the login."""
        organisation = Organisation.objects.first()
        return organisation.name if organisation else "Hustings"
