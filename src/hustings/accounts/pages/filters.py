"""Filters of desk lists that know about places."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from hustings.accounts.access import Scope, with_areas_inside
from hustings.places.models import Area, AreaKind
from hustings.platform.pages.listing import ChoiceFilter


def area_choices(*, scope: Scope, kinds: tuple[str, ...] = (AreaKind.WARD,)) -> list[tuple[str, str]]:
    """Codes and names of areas inside the scope, by name."""
    areas = scope.filter(Area.objects.filter(kind__in=kinds), "code")
    return list(areas.order_by("name").values_list("code", "name"))


def area_filter(
    *,
    scope: Scope,
    fields: tuple[str, ...] = ("area",),
    kinds: tuple[str, ...] = (AreaKind.WARD,),
    key: str = "area",
    label: str = "",
) -> ChoiceFilter:
    """A filter by place: rows of the chosen area or of any area inside it. `fields` are the columns that name areas."""

    def narrow(rows: QuerySet[Any], code: str) -> QuerySet[Any]:
        inside = with_areas_inside(codes=frozenset({code}))
        condition = Q(pk__in=[])
        for name in fields:
            condition |= Q(**{f"{name}__in": inside})
        return rows.filter(condition)

    return ChoiceFilter(
        key=key, label=label or _("Place"), choices=area_choices(scope=scope, kinds=kinds), narrow=narrow
    )
