"""Save an audience: its name, its place and its tree, checked."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.access import NotAllowed, Scope
from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.outreach.audiences.models import Audience
from hustings.outreach.audiences.queries.choices import allowed_of
from hustings.outreach.audiences.rules.check import BadTree, Fault, parse_tree
from hustings.outreach.audiences.rules.kinds import KINDS
from hustings.outreach.audiences.rules.tree import Group, Node
from hustings.places.models import Area
from hustings.platform import audit


class NamelessAudience(Refusal):
    """An audience was to be saved without a name."""


def save_audience(
    *,
    name: str,
    conditions: object,
    area_code: str | None,
    scope: Scope,
    by: User | None,
    now: datetime,
    audience: Audience | None = None,
) -> Audience:
    """Make an audience, or change the one given.

    Raises `BadTree` with every fault of the tree, also where it names a petition, mailing or area outside the scope;
    `NotAllowed` where the place is outside it; `NamelessAudience`.
    """
    if not name.strip():
        raise NamelessAudience(
            "no_name", gettext_noop("Give the audience a name, so that you find it again.")
        )
    if not scope.covers(code=area_code):
        raise NotAllowed("An audience must be saved for a place you look after.")
    tree = parse_tree(raw=conditions)
    faults = strangers_in(tree=tree, scope=scope)
    if faults:
        raise BadTree(faults=tuple(faults))
    area = None if area_code is None else Area.objects.get(code=area_code)
    with transaction.atomic():
        if audience is None:
            audience = Audience(made_at=now, made_by=by)
        audience.name = name.strip()
        audience.conditions = tree.as_json()
        audience.area = area
        audience.changed_at = now
        audience.save()
        audit.record(
            now=now,
            actor=by,
            verb="audience saved",
            subject_type="outreach.Audience",
            subject_id=audience.pk,
            area_code=area_code or "",
            conditions=audience.conditions,
        )
    return audience


def strangers_in(*, tree: Group, scope: Scope) -> list[Fault]:
    """Faults for each thing a tree names that whoever saves it may not choose: another patch's petition, a removed tag."""
    faults: list[Fault] = []
    _find_strangers(tree, "", scope, faults)
    return faults


def _find_strangers(node: Node, place: str, scope: Scope, faults: list[Fault]) -> None:
    if isinstance(node, Group):
        for position, member in enumerate(node.members):
            _find_strangers(member, f"{place}/conditions/{position}", scope, faults)
        return
    for field in KINDS[node.kind].fields:
        held = node.values.get(field.name)
        if not field.source or not held:
            continue
        listed = [str(value) for value in held] if isinstance(held, list | tuple) else [str(held)]
        rows = {value.removeprefix("party:"): value for value in listed if value not in field.options}
        allowed = allowed_of(source=field.source, values=rows, scope=scope)
        faults += [
            Fault(
                f"{place}/{field.name}",
                "unknown_choice",
                gettext_noop("“{value}” is not among what you can choose here. Choose something else."),
                {"value": value},
            )
            for row, value in rows.items()
            if row not in allowed
        ]
