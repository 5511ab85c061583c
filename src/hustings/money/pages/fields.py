"""Form fields of money: amounts in pounds, parts of a whole, and days."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from hustings.basics.money import NotAnAmount, format_pence, parse_pounds


class PoundsField(forms.CharField):
    """An amount as people write it; gives whole pence, or None where it is empty."""

    def __init__(self, *, least_pence: int = 0, **options: Any) -> None:
        options.setdefault("max_length", 20)
        super().__init__(**options)
        self._least = least_pence
        self.widget.attrs["inputmode"] = "decimal"

    def prepare_value(self, value: Any) -> Any:
        """Pence as pounds, what was typed as it was typed."""
        return format_pence(value).replace("£", "") if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        """Whole pence; a sentence for what is no amount."""
        text = super().clean(value)
        if not text:
            return None
        try:
            pence = parse_pounds(text)
        except NotAnAmount as refusal:
            raise forms.ValidationError(refusal.told(_)) from refusal
        if pence < self._least:
            raise forms.ValidationError(_("Enter at least %(least)s.") % {"least": format_pence(self._least)})
        return pence


class PartField(forms.CharField):
    """A part of a whole, “3 of 4” or “3/4”; gives two whole numbers, or None where it is empty."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 20)
        options.setdefault("required", False)
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """Two numbers as “3 of 4”."""
        return f"{value[0]} of {value[1]}" if isinstance(value, tuple) else value

    def clean(self, value: Any) -> tuple[int, int] | None:
        """Both numbers; a sentence for what is no part."""
        text = super().clean(value)
        if not text:
            return None
        numbers = text.replace("/", " of ").split(" of ")
        if len(numbers) != 2 or not all(number.strip().isdecimal() for number in numbers):
            raise forms.ValidationError(_("Write a part like “3 of 4”."))
        part, whole = (int(number) for number in numbers)
        if whole < 1 or part > whole or whole > 1_000_000_000:
            raise forms.ValidationError(
                _("The first number is at most the second, and the second at least 1.")
            )
        return part, whole


def day_field(**options: Any) -> forms.DateField:
    """A day, with the browser's calendar."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)
