"""What other apps and our own pages ask about people."""

from hustings.people.queries.links import (
    LinkExpired,
    NotALink,
    UnsubscribeChoice,
    person_of_link,
    preference_link,
    preference_token,
    read_unsubscribe_token,
    request_of_token,
    request_token,
    unsubscribe_token,
)
from hustings.people.queries.receipts import (
    StandingObjection,
    channel_name,
    consents_given,
    purpose_name,
    receipts,
    standing_objections,
)
from hustings.people.queries.suppressed_electors import (
    ListedElector,
    keys_of_elector,
    suppressed_electors,
)
from hustings.people.queries.suppression import (
    Hit,
    SuppressedPeople,
    objections_against,
    suppressed_addresses,
    suppressed_person_ids,
    suppression_hits,
)

__all__ = [
    "Hit",
    "LinkExpired",
    "ListedElector",
    "NotALink",
    "StandingObjection",
    "SuppressedPeople",
    "UnsubscribeChoice",
    "channel_name",
    "consents_given",
    "keys_of_elector",
    "objections_against",
    "person_of_link",
    "preference_link",
    "preference_token",
    "purpose_name",
    "read_unsubscribe_token",
    "receipts",
    "request_of_token",
    "request_token",
    "standing_objections",
    "suppressed_addresses",
    "suppressed_electors",
    "suppressed_person_ids",
    "suppression_hits",
    "unsubscribe_token",
]
