"""Hours of polling and voter identification on the day of a poll, from the dated tables."""

from dataclasses import dataclass
from datetime import date, time
from functools import cache
from pathlib import Path

from hustings.basics.tables import Entry, NoRuleInForce, RuleTable, load_table

_TABLES = Path(__file__).parent / "tables"


@cache
def table(name: str) -> RuleTable:
    """One of this app's rule tables, read once."""
    return load_table(_TABLES / f"{name}.toml")


@dataclass(frozen=True, slots=True)
class PollingHours:
    """When polling stations open and close, and the entry that says so."""

    opens: time
    closes: time
    entry: Entry


@dataclass(frozen=True, slots=True)
class VoterIdRule:
    """Whether photographic identity is needed, which documents do, and the entries that say so.

    `warning` is a sentence to show wherever an entry is not confirmed; empty where all are.
    """

    is_required: bool
    documents: tuple[str, ...]
    entry: Entry
    warning: str


def polling_hours(*, on: date) -> PollingHours:
    """The hours of polling on the day of a poll."""
    entry = table("polling_hours").entry(on=on, key="every-poll")
    return PollingHours(
        time.fromisoformat(entry.text("opens")), time.fromisoformat(entry.text("closes")), entry
    )


def voter_id_rule(*, on: date, nation: str, election_kind: str) -> VoterIdRule:
    """Whether a voter must show who they are at a poll of this kind (`parl`, `local` …) in a nation on a day.

    Raises `NoRuleInForce` for a kind of poll that the nation does not hold. For Northern Ireland, which has
    a list of its own, no documents are named.
    """
    entry = table("voter_id").entry(on=on, election=election_kind, nation=nation)
    if not entry.flag() or nation == "northern_ireland":
        return VoterIdRule(entry.flag(), (), entry, entry.warning)
    accepted = [found for found in _documents(on) if found.flag("is_accepted")]
    # One accepted document whose entry is not confirmed must not shake the rule; it is left to the warning.
    warning = entry.warning or next((found.warning for found in accepted if found.warning), "")
    return VoterIdRule(True, tuple(found.text("name") for found in accepted), entry, warning)


def _documents(on: date) -> list[Entry]:
    found = []
    documents = table("voter_id_documents")
    for (key,) in documents.keys:
        try:
            found.append(documents.entry(on=on, key=key))
        except NoRuleInForce:
            continue  # the document is not on the list yet
    return found
