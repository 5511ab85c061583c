"""Somebody offers to help: keep the form, and ask them by email whether it was they."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from hustings.accounts.models import Organisation
from hustings.people.models import Purpose
from hustings.people.usecases.check_row import PersonRow, check_row
from hustings.postroom.usecases.queue_message import queue_message
from hustings.volunteers.models import Joining
from hustings.volunteers.rules.link_secrets import hash_of, new_secret
from hustings.volunteers.rules.pace import MAIL_WINDOW, may_mail

#: How long the link in the confirmation works.
DAYS_TO_CONFIRM = 7


def sign_up_volunteer(
    *,
    given_name: str,
    family_name: str,
    email: str,
    postcode: str,
    phone: str = "",
    now: datetime,
    is_adult: bool = False,
    wishes: Mapping[str, Any] | None = None,
    about: str = "",
    language: str = "en-gb",
) -> None:
    """Keep the form and send the link by which it is confirmed; nothing is returned, so that nobody learns who is known.

    The person and the volunteer are made by `confirm_volunteer`. `wishes` is what they wanted when they came, as
    `Joining.wishes` says, `about` the same in words for the message. One address gets a few messages a day at most; what
    comes after that is kept and not written about. Raises the `Refusal` of whatever cannot be read.
    """
    row = check_row(
        row=PersonRow(
            given_name=given_name, family_name=family_name, email=email, phone=phone, postcode=postcode
        )
    )
    if row.email is None:
        raise ValueError("A volunteer signs up with an email address.")
    secret = new_secret()
    with transaction.atomic():
        earlier = Joining.objects.filter(
            canonical_email=row.email.canonical, asked_at__gt=now - MAIL_WINDOW
        ).count()
        if not may_mail(mails_in_window=earlier):
            return
        Joining.objects.create(
            token_hash=hash_of(secret=secret),
            given_name=row.given_name,
            family_name=row.family_name,
            email=row.email.address,
            canonical_email=row.email.canonical,
            postcode=row.postcode,
            phone=row.phones[0].e164 if row.phones else "",
            is_adult=is_adult,
            wishes=dict(wishes or {}),
            language=language,
            asked_at=now,
        )
        organisation = Organisation.objects.first()
        queue_message(
            template="volunteers/confirm_joining",
            address=row.email.address,
            fields={
                "to_name": f"{row.given_name} {row.family_name}".strip(),
                "given_name": row.given_name,
                "organisation_name": organisation.name if organisation else "",
                "about": about,
                "join_url": joining_url(secret=secret),
                "days": str(DAYS_TO_CONFIRM),
            },
            purpose=Purpose.SERVICE,
            now=now,
            language=language,
        )


def joining_url(*, secret: str) -> str:
    """The address at which a form is confirmed."""
    return f"{settings.HUSTINGS_ADDRESS}/volunteer/join/{secret}/"
