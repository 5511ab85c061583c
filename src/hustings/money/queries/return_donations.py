"""Gifts as a campaign's return lists them: accepted, and above the floor of their own day."""

from hustings.money.models import Campaign, DonorKind, Expense, Gift, GiftAct, Route
from hustings.money.queries.ledger import is_donation_in_law, standing_gifts, with_state
from hustings.money.rules.return_content import DonationLine

#: Donors who are persons: their address stays out of copies that anybody may inspect.
_PERSONS = frozenset({DonorKind.INDIVIDUAL, DonorKind.ANONYMOUS_ELECTOR, DonorKind.BEQUEST})


def donations_of(*, campaign: Campaign) -> tuple[DonationLine, ...]:
    """Accepted gifts above the floor, by the day they were received."""
    lines = []
    for gift in _regulated(campaign):
        if getattr(gift, "act", None) != GiftAct.ACCEPTED:
            continue
        donor, decision = gift.donor, gift.decisions.order_by("-at", "-pk").first()
        lines.append(
            DonationLine(
                donor=donor.name if donor else "",
                address=", ".join(filter(None, (donor.address, donor.postcode))) if donor else "",
                is_individual=donor is None or donor.kind in _PERSONS,
                amount_pence=gift.amount_pence,
                received_on=gift.received_on.isoformat(),
                accepted_on=decision.done_on.isoformat() if decision else "",
                nature=gift.what or str(gift.get_route_display()),
            )
        )
    return tuple(lines)


def undecided_gifts(*, campaign: Campaign) -> int:
    """How many gifts above the floor wait for a decision."""
    return sum(getattr(gift, "act", None) is None for gift in _regulated(campaign))


def gifts_in_kind(*, campaign: Campaign) -> list[int]:
    """The values of the campaign's standing gifts in kind, in pence."""
    rows = standing_gifts().filter(campaign=campaign, route=Route.IN_KIND).order_by("received_on", "pk")
    return list(rows.values_list("amount_pence", flat=True))


def gift_of_item(*, expense: Expense, campaign: Campaign) -> Gift | None:
    """The standing gift in kind that was entered for an item of notional spending, if any."""
    found: Gift | None = standing_gifts().filter(campaign=campaign, expense=expense.root_id).first()
    return found


def _regulated(campaign: Campaign) -> list[Gift]:
    gifts = with_state(gifts=standing_gifts().filter(campaign=campaign)).select_related("donor", "campaign")
    return [gift for gift in gifts.order_by("received_on", "pk") if is_donation_in_law(gift=gift)]
