"""References and an emergency contact: given by hosts and travellers, looked at by organisers."""

from datetime import datetime

from django.db import transaction

from hustings.basics.refusals import Refusal, gettext_noop
from hustings.platform import audit
from hustings.volunteers.models import HostingDetails, Volunteer

_LONGEST = 300


class AdultsOnly(Refusal):
    """Hosting is for adults who have said that they are."""


class DetailsMissing(Refusal):
    """References and an emergency contact are needed first."""


class NotDetails(Refusal):
    """A reference or a contact is missing or too long."""


def give_details(
    *, volunteer: Volunteer, reference_one: str, reference_two: str, emergency_contact: str, now: datetime
) -> HostingDetails:
    """Keep two references and an emergency contact, encrypted; a change has to be looked at anew.

    Raises `AdultsOnly` and `NotDetails`.
    """
    require_adult(volunteer=volunteer)
    given = [" ".join(text.split()) for text in (reference_one, reference_two, emergency_contact)]
    if any(len(text) < 8 or len(text) > _LONGEST for text in given):
        raise NotDetails(
            "too_short",
            gettext_noop(
                "Give a name and a telephone number or an email address for each reference and for the emergency contact."
            ),
        )
    if given[0].casefold() == given[1].casefold():
        raise NotDetails("same", gettext_noop("Give two references who are two people."))
    values = dict(zip(("reference_one", "reference_two", "emergency_contact"), given, strict=True))
    with transaction.atomic():
        held = HostingDetails.objects.select_for_update().filter(volunteer=volunteer).first()
        if held is not None and all(getattr(held, name) == text for name, text in values.items()):
            return held
        if held is None:
            return HostingDetails.objects.create(volunteer=volunteer, given_at=now, **values)
        for name, text in values.items():
            setattr(held, name, text)
        held.given_at, held.checked_at, held.checked_by = now, None, None
        held.save()
    return held


@transaction.atomic
def check_references(*, details: HostingDetails, now: datetime, by: audit.Actor) -> None:
    """Note that somebody spoke with both references and is content; matching counts on it."""
    HostingDetails.objects.filter(pk=details.pk).update(checked_at=now, checked_by=by.pk)
    audit.record(
        now=now,
        actor=by,
        verb="checked references",
        subject_type="volunteers.Volunteer",
        subject_id=details.pk,
    )


def require_adult(*, volunteer: Volunteer) -> None:
    """Raise `AdultsOnly` unless the volunteer confirmed to be 18 or older."""
    if not volunteer.is_adult:
        raise AdultsOnly(
            "adults_only",
            gettext_noop(
                "Hosting is for adults. If you are 18 or older, say so under “My limits and times” first."
            ),
        )


def require_details(*, volunteer: Volunteer) -> None:
    """Raise `DetailsMissing` unless references and an emergency contact were given."""
    if not HostingDetails.objects.filter(volunteer=volunteer).exists():
        raise DetailsMissing(
            "details_missing", gettext_noop("Give two references and an emergency contact first.")
        )
