"""A form field for a place, typed by its name or code and looked up among those that whoever asks may name."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.accounts.access import Scope
from hustings.places.models import Area, AreaKind

#: Kinds of places that people look after, largest first.
KINDS = (
    AreaKind.NATION,
    AreaKind.REGION,
    AreaKind.COUNTY,
    AreaKind.DISTRICT,
    AreaKind.CONSTITUENCY,
    AreaKind.WARD,
)
_MOST_OFFERED = 400


class PlaceInput(forms.TextInput):
    """A text box that offers the places it knows, where they are few enough."""

    template_name = "accounts/place_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.offered: list[str] = []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the places to offer."""
        context = super().get_context(name, value, attrs)
        context["offered"] = self.offered
        if self.offered:
            context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}-places"
        return context


class PlaceField(forms.Field):
    """Gives an `Area` inside a scope, or none where it is left empty and the scope is the whole organisation."""

    widget = PlaceInput
    default_error_messages = {
        "everything": gettext_lazy(
            "Name a place. Only the whole organisation's own staff may leave it empty."
        ),
    }

    def __init__(self, *, scope: Scope, kinds: tuple[str, ...] = KINDS, **options: Any) -> None:
        super().__init__(**options)
        self._scope = scope
        self._areas = scope.filter(Area.objects.filter(kind__in=kinds, valid_until=None), "code")
        widget = cast(PlaceInput, self.widget)
        if self._areas.count() <= _MOST_OFFERED:
            widget.offered = [label_of(area=area) for area in self._areas.order_by("name")]

    def prepare_value(self, value: Any) -> Any:
        """An area by its label, what was typed as it was typed."""
        return label_of(area=value) if isinstance(value, Area) else value

    def clean(self, value: Any) -> Area | None:
        """The area meant; a name that fits several is refused with the choices."""
        text = " ".join(str(value or "").split())
        if not text:
            if self.required and not self._scope.is_everything:
                raise forms.ValidationError(self.error_messages["everything"])
            return None
        code = text.rsplit("(", 1)[-1].rstrip(")").split(",")[-1].strip()
        found = list(self._areas.filter(code__iexact=code)[:1]) or list(
            self._areas.filter(name__iexact=text)[:9]
        )
        if not found:
            found = list(self._areas.filter(name__icontains=text)[:9])
        if not found:
            raise forms.ValidationError(
                _(
                    "No place that you look after is called “%(name)s”. Write its name as the council does, or its code."
                )
                % {"name": text}
            )
        if len(found) > 1:
            labels = "; ".join(label_of(area=area) for area in found[:8])
            raise forms.ValidationError(
                _("Several places fit: %(places)s. Copy the one you mean.") % {"places": labels}
            )
        return found[0]


def label_of(*, area: Area) -> str:
    """A place as people tell it from others of the same name: Barset East (ward, E05999001)."""
    return f"{area.name} ({area.get_kind_display()}, {area.code})"
