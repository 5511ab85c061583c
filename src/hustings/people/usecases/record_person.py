"""Record one person."""

from datetime import date, datetime

from hustings.people.models import Person
from hustings.people.usecases.check_row import PersonRow
from hustings.people.usecases.record_people import record_people


def record_person(
    *,
    source: str,
    now: datetime,
    given_name: str = "",
    family_name: str = "",
    email: str = "",
    phone: str = "",
    postcode: str = "",
    address_line: str = "",
    language: str = "",
    adult_on: date | None = None,
    fills_gaps_only: bool = False,
) -> Person:
    """Find the person meant, or make one, by the rules of `record_people`; newer details take the older ones' place.

    Raises `NotAnEmailAddress`, `NotAPhoneNumber`, `PostcodeError`, `NobodyNamed` or `TooLong`, each a sentence for whoever
    entered it.
    """
    row = PersonRow(
        given_name=given_name,
        family_name=family_name,
        email=email,
        phone=phone,
        postcode=postcode,
        address_line=address_line,
        language=language,
        adult_on=adult_on,
    )
    recorded = record_people(rows=[row], now=now, source=source, fills_gaps_only=fills_gaps_only)
    return Person.objects.select_related("ward", "constituency").get(pk=recorded[0].person_id)
