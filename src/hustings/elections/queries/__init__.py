"""What other apps and our pages ask of elections: seats by how close they were, deadlines, hours, voter identity."""

from collections.abc import Sequence
from dataclasses import dataclass

from hustings.basics.clock import UK
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.elections.models import Contest, Election, OfficialDeadline
from hustings.elections.rules.ids import parse_election_id
from hustings.elections.rules.marginality import NearSeat, Ranking, Seat, near_seats, rank_seats
from hustings.elections.rules.polling import PollingHours, VoterIdRule, polling_hours, voter_id_rule
from hustings.elections.rules.timetable import Deadline, DeadlineEvent, deadlines_of
from hustings.places.queries import Located, PostcodeStatus, centre_points, explain, locate
from hustings.places.rules.distance import nearest

__all__ = [
    "Deadline",
    "DeadlineEvent",
    "NearSeat",
    "NoPointForPostcode",
    "NoSuchElection",
    "PollingHours",
    "Ranking",
    "Seat",
    "SeatsNear",
    "VoterIdRule",
    "deadlines",
    "election",
    "polling_hours",
    "ranking",
    "seats_near",
    "voter_id_rule",
]


class NoSuchElection(Refusal):
    """No results of this election have been imported."""


class NoPointForPostcode(Refusal):
    """The postcode cannot be placed on the map."""


@dataclass(frozen=True, slots=True)
class SeatsNear:
    """The nearest seats that are close enough, and those left out that are nearer than the last of them."""

    located: Located
    seats: tuple[NearSeat, ...]
    left_out: tuple[NearSeat, ...]
    without_point: tuple[Seat, ...]


def election(*, election_id: str) -> Election:
    """The election with this identifier; raises `NoSuchElection` with the ones there are."""
    found = Election.objects.filter(pk=election_id).first()
    if found is None:
        known = ", ".join(Election.objects.values_list("pk", flat=True)[:6]) or "none"
        raise NoSuchElection(
            "no_such_election",
            gettext_noop("No results of {election} have been imported. There are: {known}."),
            election=election_id,
            known=known,
        )
    return found


def ranking(*, election_id: str) -> Ranking:
    """Every seat of an election by its share of majority, and those left out with their reasons.

    Raises `NoSuchElection`.
    """
    election(election_id=election_id)
    contests = (
        Contest.objects.filter(election=election_id)
        .select_related("first_party", "second_party", "exclusion")
        .prefetch_related("candidacies")
    )
    return rank_seats(seats=[_seat(contest) for contest in contests])


def seats_near(*, election_id: str, postcode: str, max_majority_pct: float, limit: int) -> SeatsNear:
    """The nearest seats whose majority is at most a share of the valid votes.

    Distance is by great circle from the postcode's point to the seat's centre point (see `places.queries`).
    Raises `NoSuchElection` and `NoPointForPostcode`.
    """
    ranked = ranking(election_id=election_id)
    located = locate(postcode=postcode)
    if located.lat is None or located.lon is None:
        raise NoPointForPostcode(
            "no_point",
            gettext_noop("{postcode} cannot be placed. {reason}"),
            postcode=located.postcode,
            reason=_why_no_point(located),
        )
    everyone = [*ranked.ranked, *ranked.left_out]
    points = centre_points(codes=[seat.code for seat in everyone])
    distances = {
        near.code: near.distance_km
        for near in nearest(lat=located.lat, lon=located.lon, points=points, limit=len(points))
    }
    seats = near_seats(ranking=ranked, distances=distances, max_majority_pct=max_majority_pct, limit=limit)
    would_be = Ranking(ranked=ranked.left_out, left_out=())
    reach = seats[-1].distance_km if len(seats) == limit else float("inf")
    left_out = near_seats(
        ranking=would_be, distances=distances, max_majority_pct=max_majority_pct, limit=len(everyone)
    )
    return SeatsNear(
        located=located,
        seats=seats,
        left_out=tuple(found for found in left_out if found.distance_km <= reach),
        without_point=tuple(seat for seat in everyone if seat.code not in distances),
    )


def deadlines(*, election_id: str, nation: str = "") -> tuple[Deadline, ...]:
    """Every deadline of an election in order of time; what an official notice says stands above what is
    reckoned.

    The nation is that of the election where it is known. Raises `NotAnElectionId` and `NationNeeded`.
    """
    parsed = parse_election_id(election_id)
    if not nation:
        nation = Election.objects.filter(pk=election_id).values_list("nation", flat=True).first() or ""
    reckoned = {deadline.event: deadline for deadline in deadlines_of(election_id=parsed.text, nation=nation)}
    for official in OfficialDeadline.objects.filter(election=election_id):
        event = DeadlineEvent(official.event)
        reckoned[event] = Deadline(
            event=event,
            at=official.at.astimezone(UK),
            rule=official.source,
            is_confirmed=True,
            is_official=True,
        )
    return tuple(sorted(reckoned.values(), key=lambda deadline: deadline.at))


def _seat(contest: Contest) -> Seat:
    exclusion = getattr(contest, "exclusion", None)
    return Seat(
        code=contest.area_id or contest.ballot_id,
        name=contest.area_name,
        first=contest.first_short,
        second=contest.second_short,
        majority=contest.majority,
        base=_base(contest),
        is_unopposed=contest.is_unopposed,
        left_out=exclusion.reason if exclusion else "",
    )


def _base(contest: Contest) -> int | None:
    """What a majority is a share of: the valid votes; with several seats to fill, the votes for each of them."""
    if contest.valid_votes is not None:
        return contest.valid_votes
    votes: Sequence[int | None] = [candidacy.votes for candidacy in contest.candidacies.all()]
    if not votes or None in votes:
        return None
    return round(sum(vote or 0 for vote in votes) / contest.seats)


def _why_no_point(located: Located) -> str:
    if located.status in {PostcodeStatus.LIVE, PostcodeStatus.TERMINATED}:
        return "The data has no coordinates for it; try a neighbour's postcode."
    return explain(located=located)
