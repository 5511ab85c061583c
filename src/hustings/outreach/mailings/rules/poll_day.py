"""The lines that open a get-out-the-vote message: which election, when, where, who stands, and what to bring.

Every figure is handed in from the dated tables (`elections.rules.polling`); the polling station is a field of the reader.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from hustings.basics.refusals import gettext_noop

_UK = ZoneInfo("Europe/London")

#: A rule across the page parts the opening from what the campaign says itself.
LEAD_ENDS = "* * *"

#: The lines, each translated as a whole.
HEADING = gettext_noop("## {title}: {day}")
HOURS = gettext_noop(
    "**Polling stations are open from {opens} to {closes}.** If you are in the queue at {closes}, you can vote."
)
STATION = gettext_noop("**Where:** {station}, {address}")
CARD = gettext_noop(
    "**Where:** your poll card says which polling station is yours. You can vote without the card."
)
STANDING = gettext_noop("**Standing:** {names}")
STANDING_IN = gettext_noop("**Standing in {where}:** {names}")
BRING = gettext_noop(
    "**Bring photo ID**, for example {documents}. It may have expired, as long as it still looks like you."
)
NOTHING = gettext_noop("**You do not need to show identification.**")
POSTAL = gettext_noop(
    "**Voting by post?** If you have not posted it, hand it in yourself at a polling station in your area before {closes}. "
    "Nobody from a campaign may take it for you."
)


@dataclass(frozen=True, kw_only=True)
class PollDay:
    """The facts of one poll. `documents` are some of those accepted; empty where identification is not needed."""

    title: str
    on: date
    opens: time
    closes: time
    needs_photo_id: bool
    documents: Sequence[str] = ()
    candidates: Sequence[str] = ()
    where: str = ""


def close_of_poll(*, on: date, closes: time) -> datetime:
    """The moment at which stations close: nothing that asks people to go and vote is sent from then on."""
    return datetime.combine(on, closes, _UK)


def poll_day_lead(*, facts: PollDay, day: str, told: Callable[[str], str] = str) -> str:
    """The opening lines in Markdown; `day` is the date as people write it, `told` translates a sentence."""
    opens, closes = _clock_time(facts.opens), _clock_time(facts.closes)
    lines = [
        told(HEADING).format(title=plain(facts.title), day=day),
        told(HOURS).format(opens=opens, closes=closes),
        "{% if station_name %}\n"
        + told(STATION).format(station="{{ station_name }}", address="{{ station_address }}")
        + "\n{% else %}\n"
        + told(CARD)
        + "\n{% endif %}",
    ]
    if facts.candidates:
        names = ", ".join(plain(name) for name in sorted(facts.candidates, key=_by_surname))
        lines.append(
            told(STANDING_IN).format(where=plain(facts.where), names=names)
            if facts.where
            else told(STANDING).format(names=names)
        )
    if facts.needs_photo_id:
        lines.append(told(BRING).format(documents="; ".join(plain(name) for name in facts.documents[:4])))
    else:
        lines.append(told(NOTHING))
    lines.append(told(POSTAL).format(closes=closes))
    return "\n\n".join([*lines, LEAD_ENDS])


def words_after_lead(*, body: str) -> str:
    """A message's own words, without the opening that was written for it."""
    _, ends, words = body.partition(f"{LEAD_ENDS}\n\n")
    return words if ends else body


def plain(text: str) -> str:
    """Text in which no sign means anything to Markdown or to the fields' language."""
    for sign in "\\`*_[]<>#|":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("{", "(").replace("}", ")")


def _clock_time(at: time) -> str:
    hour, half = at.hour % 12 or 12, "am" if at.hour < 12 else "pm"
    return f"{hour}:{at.minute:02d}{half}" if at.minute else f"{hour}{half}"


def _by_surname(name: str) -> tuple[str, str]:
    """As a ballot paper does: by surname, so that nobody is put first."""
    given, _, family = name.rpartition(" ")
    return family.casefold(), given.casefold()
