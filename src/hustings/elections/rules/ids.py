"""Election and ballot identifiers (Democracy Club's reference definition, by the library uk-election-ids).

`parl.2024-07-04` is an election, `parl.aldershot.2024-07-04` a ballot in it, `local.barset.2023-05-04` one
council's election. A result worked out for other boundaries is no election; this project writes it
`parl.2019-12-12.notional`.
"""

from dataclasses import dataclass
from datetime import date

from uk_election_ids.election_ids import IdBuilder
from uk_election_ids.slugger import slugify

from hustings.basics.refusals import Refusal, gettext_noop

_NOTIONAL = ".notional"


class NotAnElectionId(Refusal):
    """The text is no election identifier."""


@dataclass(frozen=True, slots=True)
class ElectionId:
    """An identifier taken apart; `organisation` and `division` are slugs, empty where it has none."""

    text: str
    kind: str
    poll_on: date
    organisation: str = ""
    division: str = ""
    is_by_election: bool = False
    is_notional: bool = False


def parse_election_id(text: str) -> ElectionId:
    """Take an election or ballot identifier apart; raises `NotAnElectionId`."""
    given = text.strip()
    plain = given.removesuffix(_NOTIONAL)
    try:
        builder = IdBuilder.from_id(plain)
    except (ValueError, TypeError) as fault:
        raise NotAnElectionId(
            "not_an_id",
            gettext_noop("“{entered}” is not an election identifier. Write one like parl.2024-07-04."),
            entered=given,
        ) from fault
    return ElectionId(
        text=given,
        kind=builder.election_type,
        poll_on=date.fromisoformat(builder.date),
        organisation=builder.organisation or "",
        division=builder.division or "",
        is_by_election=builder.contest_type == "by",
        is_notional=given != plain,
    )


def election_of_ballot(ballot: str) -> str:
    """The election that a ballot belongs to: its council's for a council ballot, else the day's."""
    parsed = parse_election_id(ballot)
    builder = IdBuilder(parsed.kind, parsed.poll_on)
    if parsed.organisation:
        return str(builder.with_organisation(parsed.organisation).organisation_group_id)
    return str(builder.election_group_id)


def constituency_ballot(*, name: str, poll_on: date) -> str:
    """The ballot of one constituency in a general election: `parl.bristol-north-west.2024-07-04`."""
    return str(IdBuilder("parl", poll_on).with_division(name).ballot_id)


def notional_id(*, poll_on: date) -> str:
    """How this project names the notional result of a general election on later boundaries."""
    return f"{IdBuilder('parl', poll_on).election_group_id}{_NOTIONAL}"


def slug(name: str) -> str:
    """A name as identifiers write it."""
    return str(slugify(name))
