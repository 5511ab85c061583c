"""What other apps and our own pages ask about people."""

from hustings.people.queries.links import (
    LinkExpired,
    NotALink,
    UnsubscribeChoice,
    person_of_link,
    preference_link,
    preference_token,
    read_unsubscribe_token,
    unsubscribe_token,
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
    "NotALink",
    "SuppressedPeople",
    "UnsubscribeChoice",
    "objections_against",
    "person_of_link",
    "preference_link",
    "preference_token",
    "read_unsubscribe_token",
    "suppressed_addresses",
    "suppressed_person_ids",
    "suppression_hits",
    "unsubscribe_token",
]
