"""The tree itself: conditions in groups, as values that can be compared, written as JSON and edited by path.

    {"match": "all", "conditions": [
        {"kind": "agreed", "channel": "email", "purpose": "campaign"},
        {"kind": "contacted", "not": true, "since": "2026-03-01"},
        {"match": "any", "conditions": [{"kind": "tagged", "tags": [3]}, {"kind": "signed", "petitions": [1]}]}
    ]}

A path is a tuple of positions from the root: `()` is the root group, `(2, 0)` the first member of its third member.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

Path = tuple[int, ...]


class Match(StrEnum):
    """How many members of a group must hold."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: a kind from `kinds.KINDS`, its values by field name, and whether it is turned round."""

    kind: str
    values: Mapping[str, object] = field(default_factory=dict)
    is_negated: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    def __hash__(self) -> int:
        return hash((self.kind, self.is_negated, repr(sorted(self.values.items()))))

    def as_json(self) -> dict[str, object]:
        """The condition as a JSON object; empty values are left out."""
        turned: dict[str, object] = {"not": True} if self.is_negated else {}
        values = {name: value for name, value in self.values.items() if value not in (None, "", [], ())}
        return {"kind": self.kind, **turned, **values}


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions and groups of which all, any or none must hold. A group without members holds for everybody."""

    match: Match = Match.ALL
    members: tuple["Node", ...] = ()

    def as_json(self) -> dict[str, object]:
        """The group as a JSON object."""
        return {"match": str(self.match), "conditions": [member.as_json() for member in self.members]}

    @property
    def depth(self) -> int:
        """How many groups lie inside one another; 1 for a group without groups."""
        return 1 + max((member.depth for member in self.members if isinstance(member, Group)), default=0)

    @property
    def size(self) -> int:
        """How many conditions there are, in whichever group."""
        return sum(member.size if isinstance(member, Group) else 1 for member in self.members)

    @property
    def uses_opinions(self) -> bool:
        """Whether people are chosen by what they think: then the gate asks for a basis to use political opinions."""
        return any(
            member.uses_opinions if isinstance(member, Group) else member.kind in OPINION_KINDS
            for member in self.members
        )


#: Conditions that ask what somebody thinks: how they mean to vote, what they care about. Having signed a petition is an act
#: towards us, and the consents given with it say what it may be used for.
OPINION_KINDS = frozenset({"intention", "raised"})

Node = Condition | Group


class NoSuchPlace(LookupError):
    """A path leads nowhere in this tree."""


def node_at(*, tree: Group, path: Path) -> Node:
    """The group or condition at a path, or `NoSuchPlace`."""
    found: Node = tree
    for position in path:
        if not isinstance(found, Group) or not 0 <= position < len(found.members):
            raise NoSuchPlace(f"There is nothing at {path}.")
        found = found.members[position]
    return found


def with_added(*, tree: Group, path: Path, node: Node) -> Group:
    """The tree with a node added at the end of the group at `path`."""

    def add(group: Node) -> Node:
        if not isinstance(group, Group):
            raise NoSuchPlace(f"There is no group at {path}.")
        return Group(match=group.match, members=(*group.members, node))

    return _as_group(_changed(tree, path, add))


def with_replaced(*, tree: Group, path: Path, node: Node) -> Group:
    """The tree with the node at `path` replaced; the root can be replaced only by a group."""
    return _as_group(_changed(tree, path, lambda _: node))


def with_removed(*, tree: Group, path: Path) -> Group:
    """The tree without the node at `path`; removing the root leaves an empty group."""
    if not path:
        return Group()
    *above, position = path

    def drop(group: Node) -> Node:
        if not isinstance(group, Group) or not 0 <= position < len(group.members):
            raise NoSuchPlace(f"There is nothing at {path}.")
        return Group(match=group.match, members=group.members[:position] + group.members[position + 1 :])

    return _as_group(_changed(tree, tuple(above), drop))


def _changed(node: Node, path: Path, change: Callable[[Node], Node]) -> Node:
    if not path:
        return change(node)
    position, *rest = path
    if not isinstance(node, Group) or not 0 <= position < len(node.members):
        raise NoSuchPlace(f"There is nothing at {path}.")
    members = list(node.members)
    members[position] = _changed(members[position], tuple(rest), change)
    return Group(match=node.match, members=tuple(members))


def _as_group(node: Node) -> Group:
    return node if isinstance(node, Group) else Group(members=(node,))
