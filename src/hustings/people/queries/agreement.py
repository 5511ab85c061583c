"""What of a name and address on file agrees with an objection, of which only unreadable keys were kept."""

import uuid

from django.conf import settings

from hustings.people.models import Person, Suppression
from hustings.people.rules.agreement import Level, Part, parts_agreeing
from hustings.people.rules.keys import Side, named_keys


def agreeing_parts(*, person: Person, objection: uuid.UUID) -> dict[Part, Level]:
    """How each part of the person's name and address of today agrees; nothing where only their number or a former name did."""
    hashes = set(
        Suppression.objects.filter(objection=objection, is_lifted=False).values_list("key_hash", flat=True)
    )
    named = named_keys(
        secret=settings.HUSTINGS_SUPPRESSION_KEY,
        given_name=person.given_name,
        family_name=person.family_name,
        address_line=person.address_line,
        postcode=person.postcode,
        side=Side.PERSON,
    )
    return parts_agreeing(agreements=(agreement for agreement, key in named if key.key_hash in hashes))
