"""How allauth behaves here: nobody opens an account by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Logins are made by whoever may appoint, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Signing up is closed."""
        return False


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
