"""What can be chosen in a condition, and what things are called: areas, tags, petitions, issues, parties, mailings."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from hustings.accounts.access import EVERYTHING, Scope
from hustings.actions.models import Petition, PetitionState
from hustings.contacts.models import Intention, Issue
from hustings.elections.models import Candidacy, Election, Party
from hustings.outreach.audiences.rules.tree import Condition, Group, Node
from hustings.outreach.mailings.models import Mailing
from hustings.people.models import Person, Tag
from hustings.places.models import Area, AreaKind

#: Sources whose rows belong to a place.
_SCOPED = frozenset({"petitions", "mailings"})

#: Past this many parties a list is no choice any more.
MOST_PARTIES = 300
_AREA_KINDS = (AreaKind.CONSTITUENCY, AreaKind.DISTRICT, AreaKind.WARD)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: what JSON holds, and what people read."""

    value: str
    label: str
    group: str = ""


def choices_of(*, source: str, scope: Scope = EVERYTHING) -> list[Choice]:
    """Everything of a source that a login with this scope may choose, in the order in which it is shown."""
    return _SOURCES[source](scope)


def places_for(*, scope: Scope) -> list[Choice]:
    """Places an audience may be saved for, the widest first: everywhere (no code) only for the whole organisation."""
    order = {AreaKind.CONSTITUENCY: 1, AreaKind.DISTRICT: 0, AreaKind.WARD: 2}
    areas = sorted(areas_in(scope=scope), key=lambda area: (order[AreaKind(area.kind)], area.name))
    kinds = dict(AreaKind.choices)
    found = [Choice(area.code, area.name, str(kinds[area.kind])) for area in areas]
    if scope.is_everything:
        return [Choice("", _("Everywhere")), *found]
    if not found:
        # Nobody lives here yet whom we know: the places looked after can still be chosen.
        named = Area.objects.filter(code__in=scope.codes, kind__in=_AREA_KINDS).order_by("kind", "name")
        found = [Choice(area.code, area.name, str(kinds[area.kind])) for area in named]
    return found or [Choice(code, code) for code in sorted(scope.codes)]


def areas_in(*, scope: Scope) -> QuerySet[Area]:
    """Constituencies, council districts and wards in the scope in which people live whom we know."""
    lives_here = Person.objects.filter(merged_into=None, erased_at=None)
    is_home = Exists(lives_here.filter(ward=OuterRef("pk"))) | Exists(
        lives_here.filter(constituency=OuterRef("pk"))
    )
    within = scope.filter(Area.objects.filter(kind__in=_AREA_KINDS), "code")
    has_homes_inside = Exists(
        Area.objects.filter(Exists(lives_here.filter(ward=OuterRef("pk"))), parent=OuterRef("pk"))
    )
    return within.filter(is_home | Q(has_homes_inside, kind=AreaKind.DISTRICT)).order_by(
        "kind", "name", "code"
    )


def allowed_of(*, source: str, values: Iterable[str], scope: Scope) -> set[str]:
    """Which of these values exist and may be named by a login with this scope, whether or not they are offered."""
    wanted = set(values)
    found = {value for value, __ in _NAMES[source](wanted)}
    if source == "areas":
        return {code for code in found if scope.covers(code=code)}
    if source in _SCOPED:
        return found & {choice.value for choice in choices_of(source=source, scope=scope)}
    return found


def names_for(*, tree: Group, area_code: str | None = None) -> Mapping[tuple[str, str], str]:
    """What everything is called that a tree (and its area) mentions, by source and value; one query a source."""
    wanted = _mentioned(tree)
    if area_code is not None:
        wanted.setdefault("areas", set()).add(area_code)
    found: dict[tuple[str, str], str] = {}
    for source, values in wanted.items():
        found |= {(source, value): name for value, name in _NAMES[source](values)}
    return found


def _mentioned(node: Node) -> dict[str, set[str]]:
    wanted: dict[str, set[str]] = {}
    if isinstance(node, Condition):
        for name, source in _SOURCE_OF.get(node.kind, {}).items():
            held = node.values.get(name)
            values = {str(value) for value in held} if isinstance(held, list | tuple) else {str(held or "")}
            if source == "parties":
                values = {value.removeprefix("party:") for value in values if value.startswith("party:")}
            if values - {""}:
                wanted[source] = values - {""}
        return wanted
    for member in node.members:
        for source, values in _mentioned(member).items():
            wanted.setdefault(source, set()).update(values)
    return wanted


_SOURCE_OF: Mapping[str, Mapping[str, str]] = {
    "lives_in": {"areas": "areas"},
    "intention": {"answers": "parties", "election": "elections"},
    "tagged": {"tags": "tags"},
    "signed": {"petitions": "petitions"},
    "raised": {"issues": "issues"},
    "sent": {"mailings": "mailings"},
}


def _areas(scope: Scope) -> list[Choice]:
    kinds = dict(AreaKind.choices)
    return [Choice(area.code, area.name, str(kinds[area.kind])) for area in areas_in(scope=scope)]


def _tags(scope: Scope) -> list[Choice]:
    return [Choice(str(tag.pk), tag.name) for tag in Tag.objects.order_by("name")]


def _issues(scope: Scope) -> list[Choice]:
    return [Choice(str(issue.pk), issue.name) for issue in Issue.objects.order_by("name")]


def _petitions(scope: Scope) -> list[Choice]:
    asked = scope.filter(Petition.objects.exclude(state=PetitionState.DRAFT), "area")
    return [Choice(str(petition.pk), petition.title) for petition in asked]


def _parties(scope: Scope) -> list[Choice]:
    """Parties that somebody here named, or that stood somewhere; results know thousands that nobody here ever named."""
    said = Exists(Intention.objects.filter(party=OuterRef("pk"), is_latest=True))
    ours = Exists(Candidacy.objects.filter(party=OuterRef("pk"), is_ours=True))
    offered = Exists(Petition.parties.through.objects.filter(party=OuterRef("pk")))
    parties = Party.objects.filter(said | ours | offered).order_by("name")
    return [Choice(f"party:{party.pk}", party.name) for party in parties[:MOST_PARTIES]]


def _elections(scope: Scope) -> list[Choice]:
    return [
        Choice(election.pk, election.title) for election in Election.objects.filter(is_notional=False)[:60]
    ]


def _mailings(scope: Scope) -> list[Choice]:
    sent = scope.filter(Mailing.objects.exclude(dispatch=None), "audience__area")
    return [Choice(str(mailing.pk), mailing.title) for mailing in sent]


_SOURCES: Mapping[str, Callable[[Scope], list[Choice]]] = {
    "areas": _areas,
    "tags": _tags,
    "issues": _issues,
    "petitions": _petitions,
    "parties": _parties,
    "elections": _elections,
    "mailings": _mailings,
}


def _names(model: type[Model], column: str) -> Callable[[Iterable[str]], Iterable[tuple[str, str]]]:
    def found(values: Iterable[str]) -> Iterable[tuple[str, str]]:
        rows = model._default_manager.filter(pk__in=list(values)).values_list("pk", column)
        return ((str(pk), str(name)) for pk, name in rows)

    return found


_NAMES: Mapping[str, Callable[[Iterable[str]], Iterable[tuple[str, str]]]] = {
    "areas": _names(Area, "name"),
    "tags": _names(Tag, "name"),
    "issues": _names(Issue, "name"),
    "petitions": _names(Petition, "title"),
    "parties": _names(Party, "name"),
    "elections": _names(Election, "title"),
    "mailings": _names(Mailing, "title"),
}
