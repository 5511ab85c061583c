"""Encrypt every second factor's secret again, with the newest key."""

from allauth.mfa.models import Authenticator

from hustings.platform.encryption import decrypt, encrypt

#: Where allauth keeps a secret inside an authenticator's data, by its kind.
_SECRETS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


def encrypt_second_factors() -> int:
    """Write every TOTP secret and recovery seed again; returns how many. Raises `CannotDecrypt` for a strange one."""
    written = 0
    for authenticator in Authenticator.objects.filter(type__in=_SECRETS).order_by("pk"):
        name = _SECRETS[Authenticator.Type(authenticator.type)]
        if name in authenticator.data:
            authenticator.data[name] = encrypt(text=decrypt(token=authenticator.data[name]))
            authenticator.save(update_fields=["data"])
            written += 1
    return written
