"""Confirm by the mailed link that somebody wants to help: now they are on file."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from hustings.basics.email_address import parse_email
from hustings.people.models import ContactPointKind
from hustings.people.usecases.record_person import record_person
from hustings.people.usecases.verify_contact_point import verify_contact_point
from hustings.volunteers.models import Joining, Volunteer
from hustings.volunteers.rules.link_secrets import hash_of
from hustings.volunteers.usecases.enrol_volunteer import enrol_volunteer
from hustings.volunteers.usecases.sign_up_volunteer import DAYS_TO_CONFIRM

#: Where the person's details came from.
SOURCE = "offer to help"


class JoiningLinkClosed(LookupError):
    """The link was used, is too old, or was never made here."""


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """The volunteer, and what they wanted when they filled in the form."""

    volunteer: Volunteer
    wishes: dict[str, Any]


def joining_of(*, secret: str, now: datetime) -> Joining:
    """The form that a link confirms; raises `JoiningLinkClosed`."""
    found = Joining.objects.filter(token_hash=hash_of(secret=secret)).first()
    if found is None or now >= found.asked_at + timedelta(days=DAYS_TO_CONFIRM):
        raise JoiningLinkClosed(secret)
    return found


def confirm_volunteer(*, secret: str, now: datetime) -> Confirmed:
    """File the person, verify their address and make them a volunteer; the form is erased. Raises `JoiningLinkClosed`.

    What is on file about somebody who helps already stays; the form only fills gaps.
    """
    with transaction.atomic():
        form = joining_of(secret=secret, now=now)
        is_known = Volunteer.objects.filter(
            left_at=None,
            person__contact_points__kind=ContactPointKind.EMAIL,
            person__contact_points__canonical=form.canonical_email,
        ).exists()
        person = record_person(
            source=SOURCE,
            now=now,
            given_name=form.given_name,
            family_name=form.family_name,
            email=form.email,
            phone=form.phone,
            postcode=form.postcode,
            language=form.language,
            fills_gaps_only=is_known,
        )
        canonical = parse_email(form.email, allow_example=settings.HUSTINGS_MODE != "live").canonical
        verify_contact_point(person=person, kind=ContactPointKind.EMAIL, canonical=canonical, now=now)
        volunteer = enrol_volunteer(person=person, now=now, is_adult=form.is_adult)
        wishes = dict(form.wishes)
        form.delete()
    return Confirmed(volunteer=volunteer, wishes=wishes)
