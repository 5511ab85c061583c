"""Keep the token with which the Meta archive is asked: encrypted, and never shown again."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.adwatch.models import ArchiveAccess
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.platform.audit import record


class NotAToken(Refusal):
    """What was entered cannot be a token."""


@transaction.atomic
def keep_token(*, token: str, by: User | None, now: datetime) -> None:
    """Store the token in place of any before. Raises `NotAToken`, which does not repeat what was entered."""
    plain = token.strip()
    if len(plain) < 20 or any(sign.isspace() or not sign.isprintable() for sign in plain):
        raise NotAToken(
            "not_a_token",
            gettext_noop("That is not a token: it is a long word without spaces. Copy it again."),
        )
    ArchiveAccess.objects.all().delete()
    ArchiveAccess.objects.create(token=plain, kept_at=now, kept_by=by)
    record(now=now, actor=by, verb="stored archive token", subject_type="adwatch.access", subject_id="meta")
