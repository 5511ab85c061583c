"""What somebody answers when they are rung or called upon."""

from dataclasses import dataclass
from enum import StrEnum


class Spoken(StrEnum):
    """The two ways of talking with somebody; the values are those of `people.models.Channel`."""

    CALL = "call"
    DOOR = "door"


class Wish(StrEnum):
    """What somebody asked about being contacted again."""

    NOTHING = ""
    NOT_THIS_WAY = "channel"
    NOT_AT_ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was said: about the vote (`choice` is a value of `contacts.IntentionChoice`, empty where not asked), and issues.

    `party_id` stands exactly with the choice “party”; `election_id` is empty for the vote in general.
    """

    choice: str = ""
    party_id: int | None = None
    election_id: str = ""
    issue_ids: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered."""
        return not self.choice and not self.issue_ids

    @property
    def is_opinion(self) -> bool:
        """Whether it tells a political opinion; “would rather not say” tells none."""
        return bool(self.issue_ids) or self.choice not in ("", "wont_say")


def answer_value(*, choice: str, party_id: int | None = None) -> str:
    """The one word by which a form sends an answer about the vote ("party-4", "undecided").

    >>> answer_value(choice="party", party_id=4), answer_value(choice="undecided")
    ('party-4', 'undecided')
    """
    return choice if party_id is None else f"party-{party_id}"


def read_answer_value(*, value: str) -> tuple[str, int | None]:
    """The choice and the party of such a word; nothing where it is none.

    >>> read_answer_value(value="party-4"), read_answer_value(value="party-x")
    (('party', 4), ('', None))
    """
    kind, dash, party = value.partition("-")
    if dash:
        return ("party", int(party)) if kind == "party" and party.isdecimal() else ("", None)
    return (value, None) if value in {"undecided", "not_voting", "wont_say"} else ("", None)
