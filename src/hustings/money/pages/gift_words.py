"""How gifts, states and flags are said on the desk."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hustings.basics.money import format_pence
from hustings.money.models import Gift
from hustings.money.queries.ledger import has_donation_rules, is_donation_in_law, name_of
from hustings.money.rules.gift_state import GiftState, Standing, standing_of
from hustings.platform.pages.parts import Badge, Tone
from hustings.platform.words import day


def standing(*, gift: Gift, today: date) -> Standing:
    """How a gift that was fetched `with_state` stands."""
    found: Any = gift
    return standing_of(
        is_donation=is_donation_in_law(gift=gift),
        outcome=found.outcome,
        act=found.act,
        clock_from=gift.clock_from,
        today=today,
    )


def state_badge(*, gift: Gift, today: date) -> Badge:
    """The state in a word or two, with its colour."""
    found = standing(gift=gift, today=today)
    if found.is_over:
        return Badge(text=_("time is over"), tone="bad")
    words: dict[GiftState, tuple[str, Tone]] = {
        GiftState.SMALL: (_("below the floor"), "plain"),
        GiftState.TO_CHECK: (_("to check"), "warn"),
        GiftState.UNCLEAR: (_("not clear yet"), "warn"),
        GiftState.TO_RETURN: (_("to return"), "bad"),
        GiftState.TO_ACCEPT: (_("to accept"), "info"),
        GiftState.ACCEPTED: (_("accepted"), "good"),
        GiftState.GIVEN_BACK: (_("given back"), "plain"),
    }
    text, tone = words[found.state]
    return Badge(text=text, tone=tone)


def clock_words(*, found: Standing) -> str:
    """What the clock says, in a sentence; empty where nothing waits."""
    if not found.is_waiting:
        return ""
    if found.days_left < 0:
        return _(
            "The thirty days ended on %(day)s with nothing decided, so the gift counts as accepted. If the donor was not "
            "permissible, tell the Electoral Commission."
        ) % {"day": day(found.last_day)}
    left = ngettext("%(count)d day", "%(count)d days", found.days_left) % {"count": found.days_left}
    return _("Decide by %(day)s: %(left)s left.") % {"day": day(found.last_day), "left": left}


def donor_name(gift: Gift) -> str:
    """The donor's name, or that the source is not known."""
    return name_of(donor=gift.donor)


def pounds(pence: int) -> str:
    """Pence as pounds."""
    return format_pence(pence)


def why_no_check(*, gift: Gift) -> str:
    """Why the law asks no check of a small gift."""
    if not has_donation_rules(campaign=gift.campaign):
        return _(
            "Gifts to parish candidates are not regulated (general knowledge; ask the returning officer)."
        )
    return _(
        "It is not above the sum from which a gift counts as a donation. It is kept, and looked at with others."
    )
