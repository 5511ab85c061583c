"""What other apps and our own pages ask of the register."""

from hustings.register.queries.doubtful import (
    DoubtfulElector,
    answers_about,
    answers_given,
    decided_electors,
    doubtful_electors,
    doubtful_hit,
    people_held_by_answers,
)
from hustings.register.queries.matches import (
    MatchReport,
    attention,
    candidates_for,
    entry_of,
    is_matched,
    match_report,
    people_to_match,
    standing_elector_ids,
)
from hustings.register.queries.stations import StationFinder

__all__ = [
    "DoubtfulElector",
    "MatchReport",
    "StationFinder",
    "answers_about",
    "answers_given",
    "attention",
    "candidates_for",
    "decided_electors",
    "doubtful_electors",
    "doubtful_hit",
    "entry_of",
    "is_matched",
    "match_report",
    "people_held_by_answers",
    "people_to_match",
    "standing_elector_ids",
]
