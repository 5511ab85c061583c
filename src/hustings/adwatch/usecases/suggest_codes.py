"""Propose a code for entities by the rules, and keep which rule fired; what people decided is not touched."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from hustings.adwatch.models import Advertiser, Entity, RegisterLink
from hustings.adwatch.rules.parties import party_of
from hustings.adwatch.rules.suggesting import Suggestion, of_entity, suggest
from hustings.elections.models import Party

_BATCH = 500
#: A shorter name of a party stands in too many words to say anything.
_SHORTEST_NAME = 5
_PROPOSED = ("suggested", "suggested_by", "suggested_why", "party")


def suggest_codes(*, entity_ids: Sequence[int] | None) -> int:
    """Write proposals, and the party that the words name, for some entities or for all; returns how many entities."""
    registers: dict[int, set[str]] = defaultdict(set)
    # A party that was taken off the register long ago and shares a name says nothing about today's advertiser.
    links = RegisterLink.objects.filter(rejected_at=None).exclude(status__startswith="Dereg")
    for entity, register in links.values_list("entity_id", "register"):
        registers[entity].add(register)
    names = Party.objects.order_by("pk").values_list("name", flat=True)
    parties = {name.casefold(): name for name in names if len(name) > _SHORTEST_NAME}
    ids = (
        list(Entity.objects.order_by("pk").values_list("pk", flat=True))
        if entity_ids is None
        else list(entity_ids)
    )
    for some in _slices(ids):
        entities = {entity.pk: entity for entity in Entity.objects.filter(pk__in=some)}
        found: dict[int, list[tuple[Suggestion, int]]] = defaultdict(list)
        named: dict[int, list[str]] = defaultdict(list)
        rows = Advertiser.objects.filter(entity__in=some).order_by("pk")
        for entity, page, disclaimer in rows.values_list("entity_id", "page", "disclaimer"):
            found[entity].append(
                (
                    suggest(page=page, disclaimer=disclaimer, registers=registers[entity]),
                    2 if disclaimer else 1,
                )
            )
            if party := party_of(page=page, disclaimer=disclaimer, further=parties):
                named[entity].append(party)
        changed = []
        for pk, entity in entities.items():
            if not found[pk]:
                continue
            before = [getattr(entity, name) for name in _PROPOSED]
            best = of_entity(suggestions=found[pk])
            entity.suggested, entity.suggested_by = best.code, best.rule
            entity.suggested_why = f"{best.why} (“{best.words}”)"[:300]
            is_political = best.code in {"party", "candidate"}
            entity.party = max(named[pk], key=named[pk].count)[:120] if named[pk] and is_political else ""
            if before != [getattr(entity, name) for name in _PROPOSED]:
                changed.append(entity)
        # One statement for all, several times as fast as `bulk_update`; every row is there, so nothing is added.
        Entity.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["id"], update_fields=_PROPOSED, batch_size=_BATCH
        )
    return len(ids)


def _slices(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]
