"""Which electors are looked at for a person: the blocking rules, asked of one pair."""

from hustings.register.rules.matching.comparing import Record, is_swapped
from hustings.register.rules.matching.settings import Block, Key, Settings


def is_candidate(*, person: Record, elector: Record, namesakes: int, settings: Settings) -> bool:
    """Say whether any block holds the pair; `namesakes` is how many electors share the elector's name."""
    return any(
        _holds(block=block, person=person, elector=elector, namesakes=namesakes) for block in settings.blocks
    )


def _holds(*, block: Block, person: Record, elector: Record, namesakes: int) -> bool:
    if block.at_most is not None and namesakes > block.at_most:
        return False
    if not all(_is_equal(key=key, person=person, elector=elector) for key in block.join):
        return False
    return not block.any_of or any(
        all(_is_equal(key=key, person=person, elector=elector) for key in keys) for keys in block.any_of
    )


def _is_equal(*, key: Key, person: Record, elector: Record) -> bool:
    match key:
        case Key.POSTCODE:
            return person.postcode != "" and person.postcode == elector.postcode
        case Key.SECTOR:
            return person.sector != "" and person.sector == elector.sector
        case Key.SURNAME:
            return person.surname != "" and person.surname == elector.surname
        case Key.FAMILY:
            return person.family != "" and person.family == elector.family
        case Key.SURNAME_INITIAL:
            return person.surname != "" and person.surname[:1] == elector.surname[:1]
        case Key.FORENAME_INITIAL:
            return person.first != "" and person.first[:1] == elector.first[:1]
        case Key.SWAPPED:
            return is_swapped(person=person, elector=elector)
