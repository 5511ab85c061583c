"""Which elector of the version before is which entry of the new one.

Rules, in order; each is tried on what the ones before left over:

1. the council's identifier is the same and stands once in either version;
2. the elector number is the same and so is the person: surname and first forename, or first forename and
door (a new
   surname), or surname and door with forms of one forename; for an anonymous entry the number must do;
3. all names, postcode and house are the same and stand once in either version (the register was renumbered);
4. all names are the same, two forenames at least, and stand once in each whole version (a move within the
area).

Everything else is a new elector: a wrong link would give one person's history to another, a missed one
loses a link that matching can find again.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hustings.register.rules.matching.nicknames import are_forms_of_one_name


class LinkRule(StrEnum):
    """Which rule linked an entry."""

    COUNCIL_ID = "council identifier"
    NUMBER = "elector number and name"
    NAME_AND_ADDRESS = "name and address"
    NAME = "full name alone"


@dataclass(frozen=True, slots=True)
class Known:
    """What linking looks at in one entry. Names are folded; `house` and `postcode` are keys."""

    supplier_id: str
    number: tuple[str, int, int]
    surname: str
    forenames: tuple[str, ...]
    postcode: str
    house: str
    is_anonymous: bool

    @property
    def door(self) -> tuple[str, str]:
        """Postcode and house."""
        return (self.postcode, self.house)


def link_entries(*, before: Sequence[Known], after: Sequence[Known]) -> dict[int, tuple[int, LinkRule]]:
    """Give, for positions in `after`, the position in `before` and the rule. No position of either occurs
    twice.
    """
    linking = _Linking(before=before, after=after)
    linking.by_key(rule=LinkRule.COUNCIL_ID, key=lambda entry: entry.supplier_id or None)
    linking.by_number()
    linking.by_key(rule=LinkRule.NAME_AND_ADDRESS, key=_name_and_door)
    linking.by_key(rule=LinkRule.NAME, key=_long_name, is_unique_in_whole=True)
    return linking.links


class _Linking:
    def __init__(self, *, before: Sequence[Known], after: Sequence[Known]) -> None:
        self._before, self._after = before, after
        self._left_before = set(range(len(before)))
        self._left_after = set(range(len(after)))
        self.links: dict[int, tuple[int, LinkRule]] = {}

    def by_key(
        self,
        *,
        rule: LinkRule,
        key: Callable[[Known], Hashable | None],
        is_unique_in_whole: bool = False,
    ) -> None:
        """Link entries whose key stands once among the left-overs of either version, or once in the whole."""
        sides: list[dict[Hashable, int]] = []
        for entries, left in ((self._before, self._left_before), (self._after, self._left_after)):
            counted = range(len(entries)) if is_unique_in_whole else left
            times = Counter(found for place in counted if (found := key(entries[place])) is not None)
            sides.append(
                {
                    found: place
                    for place in left
                    if (found := key(entries[place])) is not None and times[found] == 1
                }
            )
        once_before, once_after = sides
        for found, place in once_after.items():
            if (earlier := once_before.get(found)) is not None:
                self._link(after=place, before=earlier, rule=rule)

    def by_number(self) -> None:
        """Link entries of one number that are one person."""
        numbered = {self._before[place].number: place for place in self._left_before}
        for place in sorted(self._left_after):
            earlier = numbered.get(self._after[place].number)
            if earlier is None or earlier not in self._left_before:
                continue
            if _are_one_person(one=self._before[earlier], other=self._after[place]):
                self._link(after=place, before=earlier, rule=LinkRule.NUMBER)

    def _link(self, *, after: int, before: int, rule: LinkRule) -> None:
        self.links[after] = (before, rule)
        self._left_after.remove(after)
        self._left_before.remove(before)


def _are_one_person(*, one: Known, other: Known) -> bool:
    if one.is_anonymous or other.is_anonymous:
        return one.is_anonymous and other.is_anonymous
    has_same_first = bool(one.forenames and other.forenames) and one.forenames[0] == other.forenames[0]
    has_same_surname = bool(one.surname) and one.surname == other.surname
    if has_same_first and has_same_surname:
        return True
    # A council that changes its system gives out new identifiers, so a difference alone says little; with a
    # changed name as well it says enough.
    if one.supplier_id and other.supplier_id and one.supplier_id != other.supplier_id:
        return False
    has_same_door = bool(one.postcode) and one.door == other.door
    if has_same_first:
        return has_same_door
    return (
        has_same_surname
        and has_same_door
        and bool(one.forenames and other.forenames)
        and are_forms_of_one_name(one=one.forenames[0], other=other.forenames[0])
    )


def _name_and_door(entry: Known) -> Hashable | None:
    if entry.is_anonymous or not entry.surname or not entry.forenames:
        return None
    if not entry.postcode:
        # Overseas electors have no address: the polling district stands in for it.
        return (entry.surname, entry.forenames, "", entry.number[0])
    return (entry.surname, entry.forenames, *entry.door)


def _long_name(entry: Known) -> Hashable | None:
    if entry.is_anonymous or not entry.surname or len(entry.forenames) < 2:
        return None
    return (entry.surname, entry.forenames)
