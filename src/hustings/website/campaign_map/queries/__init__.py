"""What the map answers: which elections are on it, who needs people in which order, and what goes on near a place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from hustings.basics.refusals import Refusal, gettext_noop
from hustings.elections.models import Contest, Election, ElectionKind
from hustings.elections.queries import NoPointForPostcode
from hustings.elections.queries.closeness import NoSuchParty, closeness_of_seats
from hustings.elections.rules.need import Closeness, Cover, Need, NeedRanking, rank_by_need
from hustings.places.queries import Located, PostcodeStatus, centre_points, explain, locate, outward_middle
from hustings.places.rules.distance import nearest
from hustings.volunteers.queries import volunteers_by_place
from hustings.website.campaign_map.models import MapSetting, NeighbourNeed, SeatTarget

#: How many seats an answer shows first.
SHOWN = 10
#: The key of the board of all councils' wards.
WARDS = "wards"


class NorthernIreland(Refusal):
    """The postcode is in Northern Ireland, which the map's postcodes do not cover."""


class NothingOnTheMap(Refusal):
    """No results have been imported."""


class NoSuchOutward(Refusal):
    """No postcode begins so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where somebody asks from: a point, and the words that may be shown and shared (never a full postcode)."""

    lat: float
    lon: float
    label: str
    outward: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Seats that are ranked together: one election, or the latest elections of all councils. `key` names it in addresses."""

    key: str
    title: str
    election_ids: tuple[str, ...]
    is_of_wards: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A board's seats in order, from one place or from none. `remark` says what could not be done as asked."""

    board: Board
    party: str
    ranking: NeedRanking
    remark: str = ""

    @property
    def first(self) -> Sequence[Need]:
        """The seats that are shown first."""
        return self.ranking.ranked[:SHOWN]


def party_on_map() -> str:
    """The organisation's short name by which closeness is measured; empty for first to second."""
    setting = MapSetting.objects.first()
    return setting.party if setting else ""


def boards_on_map() -> list[Board]:
    """The latest results of each body: the House of Commons first, then other parliaments, then the wards of councils.

    Of one day, results worked out for later boundaries go before those of the day, because they are of the seats in use.
    """
    found: dict[str, Election] = {}
    for election in _counted():
        if ".by." not in election.pk:
            found.setdefault(_body(election), election)
    latest = sorted(
        found.values(), key=lambda each: (each.kind != ElectionKind.PARLIAMENT, each.title, each.pk)
    )
    councils = [election for election in latest if election.kind == ElectionKind.LOCAL]
    boards = [_board(election) for election in latest if election.kind != ElectionKind.LOCAL]
    if len(councils) > 1:
        boards.append(
            Board(
                key=WARDS,
                title=_("Wards of %(count)s councils, each at its latest election")
                % {"count": len(councils)},
                election_ids=tuple(election.pk for election in councils),
                is_of_wards=True,
            )
        )
        return boards
    return [*boards, *map(_board, councils)]


def all_boards() -> list[Board]:
    """Every election with results, newest first: old and new boundaries side by side; and what is on the map."""
    singles = [_board(election) for election in _counted()]
    keys = {board.key for board in singles}
    return [*(board for board in boards_on_map() if board.key not in keys), *singles]


def board(*, key: str) -> Board:
    """The board with this key. Raises `NothingOnTheMap`."""
    found = next((each for each in all_boards() if each.key == key), None)
    if found is None:
        raise NothingOnTheMap(
            "nothing_on_the_map", gettext_noop("No results of {key} have been imported."), key=key
        )
    return found


def _counted() -> QuerySet[Election]:
    counted = Contest.objects.filter(Q(majority__isnull=False) | Q(is_unopposed=True)).order_by()
    return Election.objects.filter(pk__in=counted.values("election")).order_by(
        "-poll_on", "-is_notional", "pk"
    )


def _board(election: Election) -> Board:
    return Board(
        key=election.pk,
        title=election.title,
        election_ids=(election.pk,),
        is_of_wards=election.kind == ElectionKind.LOCAL,
    )


def _body(election: Election) -> str:
    parts = election.pk.split(".")
    return f"{parts[0]}.{parts[1]}" if election.kind == ElectionKind.LOCAL and len(parts) > 2 else parts[0]


def origin_of_postcode(*, postcode: str) -> Origin:
    """The point of a postcode. Raises `NorthernIreland` and `NoPointForPostcode`, each with what to do."""
    located = locate(postcode=postcode)
    if located.status == PostcodeStatus.NORTHERN_IRELAND or located.postcode.upper().startswith("BT"):
        raise NorthernIreland(
            "northern_ireland",
            gettext_noop(
                "{postcode} is in Northern Ireland. The postcodes on this map cover Great Britain alone, so it cannot say how "
                "far a seat is from you. The list of all seats has those of Northern Ireland too, by closeness."
            ),
            postcode=located.postcode,
        )
    if located.lat is None or located.lon is None:
        raise NoPointForPostcode(
            "no_point",
            gettext_noop("{postcode} cannot be placed. {reason}"),
            postcode=located.postcode,
            reason=_why(located),
        )
    outward = located.postcode.split(" ")[0]
    return Origin(lat=located.lat, lon=located.lon, label=outward, outward=outward)


def origin_of_outward(*, outward: str) -> Origin:
    """The middle of an outward code, for an address that can be shared. Raises `NoSuchOutward`."""
    code = outward.strip().upper()
    point = outward_middle(outward=code)
    if point is None:
        raise NoSuchOutward(
            "no_such_outward",
            gettext_noop("No postcode here begins with {outward}. Type the whole postcode instead."),
            outward=code,
        )
    return Origin(lat=point[0], lon=point[1], label=code, outward=code)


def answer(*, board: Board, party: str, origin: Origin | None = None) -> Answer:
    """A board's seats in the order in which they need people, seen from a place or from none.

    Where the party stood in none of them they are ranked by first to second, and `remark` says so.
    """
    remark = ""
    try:
        seats = closeness_of_seats(election_ids=board.election_ids, party=party)
    except NoSuchParty as problem:
        remark, party = problem.told(_), ""
        seats = closeness_of_seats(election_ids=board.election_ids)
    codes = [seat.code for seat in seats]
    ranking = rank_by_need(seats=seats, km=_distances(origin, codes), covers=covers(codes=codes))
    return Answer(board=board, party=party, ranking=ranking, remark=remark)


def covers(*, codes: Sequence[str]) -> dict[str, Cover]:
    """Volunteers and target of every seat that has a target."""
    wanted = set(codes)
    targets = {
        code: target for code, target in SeatTarget.objects.values_list("area", "target") if code in wanted
    }
    if not targets:
        return {}
    volunteers = volunteers_by_place()
    return {
        code: Cover(volunteers=volunteers.get(code, 0), target=target) for code, target in targets.items()
    }


def without_point(*, seats: Sequence[Closeness]) -> list[Closeness]:
    """Seats that have no point on the map; travel counts nothing for them."""
    points = centre_points(codes=[seat.code for seat in seats])
    return [seat for seat in seats if seat.code not in points]


def _distances(origin: Origin | None, codes: Sequence[str]) -> Mapping[str, float]:
    if origin is None:
        return {}
    points = centre_points(codes=codes)
    near = nearest(lat=origin.lat, lon=origin.lon, points=points, limit=len(points))
    return {found.code: found.distance_km for found in near}


def _why(located: Located) -> str:
    if located.status in {PostcodeStatus.LIVE, PostcodeStatus.TERMINATED}:
        return gettext_noop("The data has no coordinates for it; try a neighbour's postcode.")
    return explain(located=located)


def neighbour_needs(*, codes: Sequence[str]) -> dict[str, list[NeighbourNeed]]:
    """What other installations say they want in seats, by code."""
    found: dict[str, list[NeighbourNeed]] = {}
    rows = NeighbourNeed.objects.filter(code__in=codes, neighbour__is_active=True).select_related("neighbour")
    for need in rows:
        found.setdefault(need.code, []).append(need)
    return found
