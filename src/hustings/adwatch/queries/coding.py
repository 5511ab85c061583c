"""What has been coded: where a round stands, how far coders agree, what they disagree on, and how good the suggestions are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hustings.accounts.models import User
from hustings.adwatch.models import (
    Adjudication,
    Advertiser,
    Coding,
    CodingRound,
    Entity,
    RegisterLink,
    RoundItem,
)
from hustings.adwatch.rules.agreement import Agreement, krippendorff_alpha


@dataclass(frozen=True, kw_only=True)
class ItemState:
    """One entity of a round: what each coder said (none where not yet), the adjudication, and the code that follows."""

    item: RoundItem
    first: Coding | None
    second: Coding | None
    adjudication: Adjudication | None

    @property
    def is_disputed(self) -> bool:
        """Whether both have coded and differ, and nobody has decided."""
        return (
            self.first is not None
            and self.second is not None
            and self.first.code != self.second.code
            and self.adjudication is None
        )

    @property
    def final(self) -> str:
        """The code that holds; empty while there is none."""
        if self.adjudication is not None:
            return self.adjudication.code
        if self.item.round.second_coder_id is None:
            return self.first.code if self.first else ""
        if self.first is not None and self.second is not None and self.first.code == self.second.code:
            return self.first.code
        return ""


@dataclass(frozen=True, kw_only=True)
class RoundState:
    """A round with its items in order, the agreement of its coders, and of the suggestions with the codes that hold."""

    round: CodingRound
    items: tuple[ItemState, ...]
    agreement: Agreement
    suggestions: Agreement

    @property
    def done(self) -> int:
        """Entities with a code that holds."""
        return sum(1 for item in self.items if item.final)

    @property
    def disputed(self) -> tuple[ItemState, ...]:
        """Entities that wait for a third look."""
        return tuple(item for item in self.items if item.is_disputed)

    def coded_by(self, *, user: User) -> int:
        """How many entities a coder has coded."""
        return sum(1 for item in self.items if _of(item, user) is not None)


def _of(item: ItemState, user: User) -> Coding | None:
    if user.pk == item.item.round.first_coder_id:
        return item.first
    return item.second if user.pk == item.item.round.second_coder_id else None


def state_of_round(*, round: CodingRound) -> RoundState:
    """Everything about a round, in three queries."""
    codings: dict[tuple[int, int], Coding] = {}
    for coding in Coding.objects.filter(round=round).order_by("coded_at", "pk"):
        codings[coding.entity_id, coding.coder_id] = coding
    decided = {
        one.entity_id: one for one in Adjudication.objects.filter(round=round).order_by("decided_at", "pk")
    }
    items = []
    for item in round.items.select_related("entity", "round").order_by("place"):
        items.append(
            ItemState(
                item=item,
                first=codings.get((item.entity_id, round.first_coder_id)),
                second=codings.get((item.entity_id, round.second_coder_id))
                if round.second_coder_id
                else None,
                adjudication=decided.get(item.entity_id),
            )
        )
    return RoundState(
        round=round,
        items=tuple(items),
        agreement=krippendorff_alpha(
            codes=[
                {name: one.code for name, one in (("first", item.first), ("second", item.second)) if one}
                for item in items
            ]
        ),
        suggestions=krippendorff_alpha(
            codes=[
                {"people": item.final, "rules": item.item.entity.suggested}
                for item in items
                if item.final and item.item.entity.suggested
            ]
        ),
    )


def next_to_code(*, state: RoundState, user: User) -> RoundItem | None:
    """The first entity that a coder has not coded."""
    return next((item.item for item in state.items if _of(item, user) is None), None)


def code_of(*, state: RoundState, item: RoundItem, user: User) -> Coding | None:
    """What a coder said about an entity; never what the other said."""
    return next((_of(one, user) for one in state.items if one.item.pk == item.pk), None)


#: Columns of the export, in order, each with its meaning.
EXPORT = {
    "entity": "name of the entity",
    "pages": "its pages and disclaimers, as archives name them",
    "first_coder": "who coded first",
    "first_code": "what the first coder said",
    "first_note": "the first coder's note",
    "second_coder": "who coded second",
    "second_code": "what the second coder said",
    "second_note": "the second coder's note",
    "adjudicated_code": "what a third person decided where the two differ",
    "adjudication_reason": "why",
    "final_code": "the code that holds",
    "suggested_code": "what the rules propose",
    "suggested_by": "the rule that fired",
    "suggested_why": "why, with the words on which it fired",
    "registers": "entries of registers under the entity's name",
}


def export_rows(*, state: RoundState) -> Iterator[dict[str, str]]:
    """The whole round as rows of text, with the columns of `EXPORT`; for whoever may see both coders' codes."""
    entities = [item.item.entity_id for item in state.items]
    pages = names_of(entity_ids=entities)
    links: dict[int, list[str]] = {}
    for link in RegisterLink.objects.filter(entity__in=entities, rejected_at=None).order_by(
        "register", "number"
    ):
        links.setdefault(link.entity_id, []).append(f"{link.register} {link.number}")
    first, second = state.round.first_coder, state.round.second_coder
    for item in state.items:
        entity = item.item.entity
        yield {
            "entity": entity.name,
            "pages": " | ".join(pages.get(entity.pk, [])),
            "first_coder": first.get_full_name() or first.email,
            "first_code": item.first.code if item.first else "",
            "first_note": item.first.note if item.first else "",
            "second_coder": (second.get_full_name() or second.email) if second else "",
            "second_code": item.second.code if item.second else "",
            "second_note": item.second.note if item.second else "",
            "adjudicated_code": item.adjudication.code if item.adjudication else "",
            "adjudication_reason": item.adjudication.reason if item.adjudication else "",
            "final_code": item.final,
            "suggested_code": entity.suggested,
            "suggested_by": entity.suggested_by,
            "suggested_why": entity.suggested_why,
            "registers": " | ".join(links.get(entity.pk, [])),
        }


def names_of(*, entity_ids: Sequence[int]) -> dict[int, list[str]]:
    """For each entity, its pages with their disclaimers in words."""
    found: dict[int, list[str]] = {}
    rows = Advertiser.objects.filter(entity__in=entity_ids).order_by("page", "disclaimer")
    for entity, page, disclaimer in rows.values_list("entity_id", "page", "disclaimer"):
        found.setdefault(entity, []).append(f"{page} – {disclaimer or 'no disclaimer'}")
    return found


def similar_names(*, entity: Entity, most: int = 5) -> list[Entity]:
    """Entities with a name that is much like this one's: perhaps the same body, for people to decide."""
    from rapidfuzz import fuzz, process

    others = dict(Entity.objects.exclude(pk=entity.pk).values_list("pk", "key"))
    hits = process.extract(entity.key, others, scorer=fuzz.token_sort_ratio, score_cutoff=82, limit=most)
    known = Entity.objects.in_bulk([pk for _, _, pk in hits])
    return [known[pk] for _, _, pk in hits]
