"""Invite somebody: make their login, appoint them, and tell them by email how to sign in."""

from datetime import date, datetime

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from hustings.accounts.models import Appointment, User
from hustings.accounts.queries import appointment_words
from hustings.accounts.usecases.appoint import appoint
from hustings.accounts.usecases.make_login import make_login
from hustings.basics.clock import uk_date
from hustings.places.models import Area
from hustings.platform import audit


@transaction.atomic
def invite(
    *,
    email: str,
    given_name: str,
    family_name: str = "",
    role: str,
    area: Area | None,
    valid_from: date,
    valid_until: date | None = None,
    by: User | None,
    now: datetime,
) -> User:
    """Make the login with its first appointment and queue the invitation.

    Raises what `make_login` and `appoint` raise; then nothing of it is stored and no mail goes out.
    """
    user = make_login(email=email, given_name=given_name, family_name=family_name, by=by, now=now)
    appoint(user=user, role=role, area=area, valid_from=valid_from, valid_until=valid_until, by=by, now=now)
    send_invitation(user=user, by=by, now=now)
    return user


@transaction.atomic
def send_invitation(*, user: User, by: User | None, now: datetime) -> None:
    """Queue the email that says how to sign in and what somebody was appointed to."""
    appointments = Appointment.objects.filter(user=user).select_related("area")
    get_adapter().send_mail(
        "account/email/invitation",
        user.email,
        {
            "user": user,
            "invited_by": by.get_full_name() if by else "",
            "login_url": settings.HUSTINGS_ADDRESS + reverse("account_request_login_code"),
            "appointments": [appointment_words(appointment=one, on=uk_date(now)) for one in appointments],
        },
    )
    audit.record(now=now, actor=by, verb="invited", subject_type="login", subject_id=user.pk)
