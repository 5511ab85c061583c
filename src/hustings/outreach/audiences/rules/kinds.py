"""The kinds of condition an audience may be made of, and the values each takes.

Everything else follows from this one list: the check of a tree given as JSON, its JSON Schema, the fields of the editor.
How a kind is asked of the database is in `queries/compile_tree.py`, how it reads in `queries/reading.py`; a test holds
both against this list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from hustings.basics.refusals import gettext_noop


class FieldType(StrEnum):
    """What a field of a condition holds, and how it is written in JSON."""

    CODES = "codes"  # a list of area codes
    IDS = "ids"  # a list of row numbers
    ANSWERS = "answers"  # a list of answers: "undecided", or "party:12" for party number 12
    WORD = "word"  # one of the field's options
    DAY = "day"  # an ISO date
    COUNT = "count"  # a whole number of days, from 1
    ELECTION = "election"  # an election identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One value of a condition. `options` are the words allowed; `source` names where a list's rows are looked up."""

    name: str
    type: FieldType
    label: str
    options: tuple[str, ...] = ()
    source: str = ""
    is_required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of condition: its name in JSON, its title in the editor and the one where it is turned round, its fields."""

    name: str
    title: str
    turned: str
    fields: tuple[Field, ...] = ()

    def field(self, name: str) -> Field | None:
        """The field of that name."""
        return next((field for field in self.fields if field.name == name), None)


CHANNELS = ("email", "sms", "call", "post", "door")
PURPOSES = ("campaign", "fundraising", "volunteering")
ANSWERS = ("undecided", "not_voting", "wont_say")
ADDRESSES = ("email", "phone", "mobile", "post")

_SINCE = (
    Field(name="since", type=FieldType.DAY, label=gettext_noop("since the day"), is_required=False),
    Field(name="days", type=FieldType.COUNT, label=gettext_noop("in the last … days"), is_required=False),
)

_ALL = (
    Kind(
        name="lives_in",
        title=gettext_noop("lives in"),
        turned=gettext_noop("does not live in"),
        fields=(
            Field(
                name="areas", type=FieldType.CODES, label=gettext_noop("any of these areas"), source="areas"
            ),
        ),
    ),
    Kind(
        name="agreed",
        title=gettext_noop("agreed to be contacted"),
        turned=gettext_noop("has not agreed to be contacted"),
        fields=(
            Field(name="channel", type=FieldType.WORD, label=gettext_noop("by"), options=CHANNELS),
            Field(name="purpose", type=FieldType.WORD, label=gettext_noop("for"), options=PURPOSES),
        ),
    ),
    Kind(
        name="contacted",
        title=gettext_noop("has been contacted"),
        turned=gettext_noop("has not been contacted"),
        fields=(
            *_SINCE,
            Field(
                name="channel",
                type=FieldType.WORD,
                label=gettext_noop("only by"),
                options=CHANNELS,
                is_required=False,
            ),
        ),
    ),
    Kind(
        name="intention",
        title=gettext_noop("last said about their vote"),
        turned=gettext_noop("did not last say about their vote"),
        fields=(
            Field(
                name="answers",
                type=FieldType.ANSWERS,
                label=gettext_noop("any of these answers"),
                options=ANSWERS,
                source="parties",
            ),
            Field(
                name="election",
                type=FieldType.ELECTION,
                label=gettext_noop("asked about"),
                source="elections",
                is_required=False,
            ),
        ),
    ),
    Kind(
        name="on_register",
        title=gettext_noop("is matched to the electoral register"),
        turned=gettext_noop("is not matched to the electoral register"),
    ),
    Kind(
        name="tagged",
        title=gettext_noop("is tagged"),
        turned=gettext_noop("is not tagged"),
        fields=(
            Field(name="tags", type=FieldType.IDS, label=gettext_noop("any of these tags"), source="tags"),
        ),
    ),
    Kind(
        name="signed",
        title=gettext_noop("signed a petition"),
        turned=gettext_noop("did not sign a petition"),
        fields=(
            Field(
                name="petitions",
                type=FieldType.IDS,
                label=gettext_noop("any of these petitions"),
                source="petitions",
            ),
        ),
    ),
    Kind(
        name="raised",
        title=gettext_noop("raised an issue"),
        turned=gettext_noop("did not raise an issue"),
        fields=(
            Field(
                name="issues", type=FieldType.IDS, label=gettext_noop("any of these issues"), source="issues"
            ),
        ),
    ),
    Kind(
        name="has_address",
        title=gettext_noop("can be reached at"),
        turned=gettext_noop("cannot be reached at"),
        fields=(
            Field(name="address", type=FieldType.WORD, label=gettext_noop("a usable"), options=ADDRESSES),
        ),
    ),
    Kind(
        name="came_in",
        title=gettext_noop("came in"),
        turned=gettext_noop("did not come in"),
        fields=_SINCE,
    ),
    Kind(
        name="sent",
        title=gettext_noop("was sent a mailing"),
        turned=gettext_noop("was not sent a mailing"),
        fields=(
            Field(
                name="mailings",
                type=FieldType.IDS,
                label=gettext_noop("any of these mailings"),
                source="mailings",
            ),
        ),
    ),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ALL})
