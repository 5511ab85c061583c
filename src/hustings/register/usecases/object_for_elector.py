"""Record that an elector, known from the register alone, does not want to be contacted."""

import uuid
from datetime import datetime

from django.conf import settings

from hustings.accounts.access import EVERYTHING
from hustings.basics.clock import uk_date
from hustings.people.queries import ListedElector, keys_of_elector
from hustings.people.rules.keys import Key, Side, elector_key
from hustings.people.usecases.object_to_contact import object_to_contact
from hustings.register.access import EntitlementExpired, RegisterNotHeld, entries_for
from hustings.register.models import Elector


def object_for_elector(
    *, elector: Elector, source: str, now: datetime, channel: str = "", purpose: str = ""
) -> uuid.UUID:
    """Record an objection that holds on the elector and, while the register may be read, on name and address; returns its id.

    So it finds the person too whom the elector is matched to, today or later, and whoever signs up with that name at that
    address. An empty channel means every channel, an empty purpose all marketing.
    """
    keys = objection_keys(elector_id=elector.pk, now=now, side=Side.OBJECTION)
    return object_to_contact(keys=keys, channel=channel, purpose=purpose, source=source, now=now)


def objection_keys(*, elector_id: int, now: datetime, side: Side) -> list[Key]:
    """The keys by which an objection finds this elector: always its own, and those of name and address where they may be read."""
    found = [elector_key(secret=settings.HUSTINGS_SUPPRESSION_KEY, elector_id=elector_id)]
    try:
        entries = entries_for(scope=EVERYTHING, on=uk_date(now)).filter(elector=elector_id)
        rows = list(entries.values_list("forename", "surname", "address", "postcode"))
    except (RegisterNotHeld, EntitlementExpired):
        return found
    for forename, surname, address, postcode in rows:
        listed = ListedElector(
            elector_id=elector_id, forename=forename, surname=surname, address=address, postcode=postcode
        )
        found += keys_of_elector(elector=listed, side=side)
    return list(dict.fromkeys(found))
