"""Where people are needed, and where those who travel there sleep."""

from datetime import datetime, timedelta

from hustings.basics.clock import uk_date
from hustings.places.models import Area, AreaKind
from hustings.project.demo.build import DemoHome
from hustings.project.demo.story import Story
from hustings.volunteers.hosting.usecases.answer_proposal import accept_stay
from hustings.volunteers.hosting.usecases.ask_for_bed_tonight import ask_for_bed_tonight
from hustings.volunteers.hosting.usecases.ask_for_stay import ask_for_stay
from hustings.volunteers.hosting.usecases.give_details import check_references, give_details
from hustings.volunteers.hosting.usecases.offer_beds import offer_beds
from hustings.volunteers.hosting.usecases.propose_stays import propose_stays
from hustings.volunteers.models import HostOffer, Stay, StayState, Volunteer
from hustings.website.campaign_map import queries
from hustings.website.campaign_map.usecases.audit_seats import audit_seats
from hustings.website.campaign_map.usecases.set_target import set_party, set_target

_HOSTS, _TRAVELLERS = 5, 12
_PARTY = "Lan"


def house_travellers(*, demo: DemoHome, now: datetime, story: Story) -> None:
    """Draw the campaign map by the party's own gap, set targets, and match volunteers who host and who travel."""
    _draw_the_map(demo, now, story)
    _match(demo, now, story)


def _draw_the_map(demo: DemoHome, now: datetime, story: Story) -> None:
    set_party(party=_PARTY, now=now, by=demo.users["Ada"])
    boards = queries.boards_on_map()
    wards = next(board for board in boards if board.is_of_wards)
    by_closeness = queries.answer(board=wards, party=_PARTY).ranking.ranked
    safest = by_closeness[-1]
    set_target(area=Area.objects.get(pk=safest.seat.code), target=8, now=now, by=demo.users["Ada"])
    after = queries.answer(board=wards, party=_PARTY).ranking
    audits = [audit_seats(key=board.key, party=_PARTY) for board in boards]
    story.tell(
        "The campaign map shows where people are needed",
        seats_and_wards=sum(audit.seats for audit in audits),
        first=after.ranked[0].seat.name,
        elections=len(boards),
    )
    story.claim(
        "the map has every seat of the results, once and in order",
        holds=all(not audit.findings and audit.seats == audit.ranked + audit.left_out for audit in audits),
    )
    moved = next(need.rank for need in after.ranked if need.seat.code == safest.seat.code)
    story.claim(
        "a ward with a target that is not met moves up",
        holds=moved <= safest.rank,
        before=safest.rank,
        after=moved,
    )


def _match(demo: DemoHome, now: datetime, story: Story) -> None:
    today = uk_date(now)
    seat = Area.objects.get(kind=AreaKind.CONSTITUENCY, name="Barset West")
    adults = [
        volunteer
        for volunteer in Volunteer.objects.filter(left_at=None, adult_confirmed_at__isnull=False).order_by(
            "pk"
        )
        if volunteer.postcode
    ][: _HOSTS + _TRAVELLERS]
    for number, volunteer in enumerate(adults):
        details = give_details(
            volunteer=volunteer,
            reference_one=f"Neighbour {number}, 01632 960{number:03}",
            reference_two=f"Colleague {number}, 01632 960{number + 100:03}",
            emergency_contact=f"Sister {number}, 07700 900{number:03}",
            now=now,
        )
        check_references(details=details, now=now, by=demo.users["Alice"])
    hosts, travellers = adults[:_HOSTS], adults[_HOSTS:]
    for number, volunteer in enumerate(hosts):
        offer_beds(
            volunteer=volunteer, address=f"{number + 1} Lamplighter Row", postcode=volunteer.postcode,
            available_from=today, available_until=today + timedelta(days=14), beds=1 + number % 2,
            offers=["bed"] if number % 2 else ["bed", "step_free"], asks=[], now=now, today=today,
        )  # fmt: skip
    for number, volunteer in enumerate(travellers):
        arrive_on = today + timedelta(days=3 + number % 5)
        ask_for_stay(
            volunteer=volunteer, place=seat.name, arrive_on=arrive_on, leave_on=arrive_on + timedelta(days=2 + number % 3),
            max_km=60.0, needs=["step_free"] if number == 0 else [], traits=[], prefers=[], now=now, today=today,
        )  # fmt: skip
    found = propose_stays(now=now)
    first = found.stays[0]
    for volunteer in (first.offer.volunteer, first.request.volunteer):
        accept_stay(stay=first, volunteer=volunteer, now=now)
    story.tell(
        "Travellers are matched with hosts",
        hosts=len(hosts),
        travellers=len(travellers),
        proposed=len(found.stays),
        without_a_bed=found.without_bed,
        at_most=found.bound,
    )
    story.equal(
        "proposed + without a bed = travellers", len(found.stays) + found.without_bed, len(travellers)
    )
    story.claim("no more than the bound", holds=len(found.stays) <= found.bound)
    story.claim("nobody sleeps where no bed is free", holds=not _overfull())
    story.equal("one stay is settled by both", Stay.objects.filter(state=StayState.AGREED).count(), 1)
    point = hosts[0]
    asked = ask_for_bed_tonight(
        latitude=point.latitude or 0.0, longitude=point.longitude or 0.0, contact="01632 960001", now=now
    )
    story.claim(
        "a bed for tonight is asked of hosts near by", holds=0 < len(asked) <= _HOSTS, hosts_asked=len(asked)
    )


def _overfull() -> bool:
    """Whether more sleep with some host on some night than there are beds."""
    for offer in HostOffer.objects.all():
        stays = list(offer.stays.filter(state__in=[StayState.PROPOSED, StayState.AGREED]))
        night, last = offer.available_from, offer.available_until
        while night < last:
            if sum(stay.arrive_on <= night < stay.leave_on for stay in stays) > offer.beds:
                return True
            night += timedelta(days=1)
    return False
