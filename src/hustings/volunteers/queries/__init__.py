"""What other apps and our own pages read about volunteers."""

from hustings.volunteers.queries.by_seat import volunteers_by_place
from hustings.volunteers.queries.commitments import Commitment, commitments_here, minutes_committed
from hustings.volunteers.queries.completions import has_completed, with_completed
from hustings.volunteers.queries.nearby import NearVolunteer, near

__all__ = [
    "Commitment",
    "NearVolunteer",
    "commitments_here",
    "has_completed",
    "minutes_committed",
    "near",
    "volunteers_by_place",
    "with_completed",
]
