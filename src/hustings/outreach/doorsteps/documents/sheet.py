"""The walk sheet as PDF, set by Typst with the fonts that it brings along: nothing is fetched."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hustings.basics.clock import uk_date
from hustings.outreach.conversations.queries import parties_to_ask, words_to_say
from hustings.outreach.conversations.usecases.offer_words import offer_words, signed
from hustings.outreach.doorsteps.models import Canvass, Round
from hustings.outreach.doorsteps.queries import sight_of
from hustings.outreach.doorsteps.rules.signs import sign_of
from hustings.people.models import Channel
from hustings.platform.words import day

_TEMPLATE = Path(__file__).parent / "sheet.typ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A walk sheet: the file, how many lines it has, how many people it leaves out, and which words for consent stand on it."""

    pdf: bytes
    lines: int
    left_out: int
    wordings: tuple[int, ...] = ()


def vote_signs(*, canvass: Canvass) -> list[tuple[str, str, str]]:
    """The letter of each answer about the vote, what the form sends for it, and what it means; none where it is not asked."""
    if not canvass.asks_vote:
        return []
    parties = parties_to_ask(election=canvass.election, area=canvass.area)
    return [
        *((sign_of(place=place), f"party-{party.pk}", party.name) for place, party in enumerate(parties)),
        ("U", "undecided", _("Undecided")),
        ("N", "not_voting", _("Will not vote")),
        ("W", "wont_say", _("Would rather not say")),
    ]


def outcome_signs() -> list[tuple[str, str, str]]:
    """The sign of each outcome, its value, and what it means."""
    return [
        ("–", "no_answer", _("no answer")),
        ("S", "spoke", _("spoke")),
        ("G", "gone", _("not there any more")),
        ("X", "objected", _("please do not come again")),
        ("L", "leaflet", _("leaflet left")),
    ]


def sheet_pdf(*, round: Round, now: datetime) -> Sheet:
    """Set a round's sheet as it may be shown at this moment: the gate is asked again, nobody who objected is on it."""
    canvass, sight = round.canvass, sight_of(round=round, now=now)
    outcomes, votes = outcome_signs(), vote_signs(canvass=canvass)
    offers = offer_words(channel=Channel.DOOR, now=now)
    given = {
        "title": canvass.title,
        "area": canvass.area.name,
        "round": _("Round %(number)s") % {"number": round.number},
        "code": round.code,
        "language": (get_language() or "en").split("-", maxsplit=1)[0],
        "walkers": ", ".join(str(who) for who in (round.volunteer, round.partner) if who) or "………………………",
        "day": day(round.walk_on) if round.walk_on else "……………",
        "hours": f"{canvass.hour_from}:00–{canvass.hour_until}:00",
        "return_by": _("Return or destroy by %(day)s.") % {"day": day(canvass.return_by)},
        "keep": _("Names and addresses are protected by law: show them to nobody, copy nothing."),
        "say": [line for line in canvass.words.splitlines() if line.strip()]
        or [_("Say who you are, ask, listen, thank them.")],
        "privacy": words_to_say(channel=Channel.DOOR, on=uk_date(now)),
        "agreed": [
            {"sign": sign, "name": name, "words": offer.wording.text}
            for sign, name, offer in signed(offers=offers)
        ],
        "key": _key([*outcomes, *votes]),
        "boxes": [[sign for sign, _value, _meaning in group] for group in (outcomes, votes) if group],
        "streets": [
            {
                "name": street,
                "lines": [{"number": line.line, "house": line.house, "name": line.name} for line in lines],
            }
            for street, lines in sight.streets
        ],
        "words": {
            "walkers": _("Walked by"),
            "day": _("Day"),
            "hours": _("Hours"),
            "say": _("What to say"),
            "privacy": _("If they tell you anything"),
            "read": _("Read out, word for word; tick only where they say yes:"),
            "agreed": _("Agreed to:"),
            "email": _("Email"),
            "mobile": _("Mobile"),
            "line": _("Line"),
            "house": _("House"),
            "name": _("Name"),
            "came": _("Tick what came of it"),
            "note": _("Come back at"),
            "page": _("Page {here} of {all}"),
        },
    }
    made = typst.compile(_TEMPLATE.read_bytes(), sys_inputs={"given": json.dumps(given)}, timestamp=0)
    assert isinstance(made, bytes)
    return Sheet(
        pdf=made,
        lines=len(sight.lines),
        left_out=sight.left_out,
        wordings=tuple(offer.wording.pk for offer in offers),
    )


def _key(signs: Sequence[tuple[str, str, str]]) -> list[tuple[str, str]]:
    return [(sign, meaning) for sign, _value, meaning in signs]
