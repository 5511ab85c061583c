"""What other apps and our own pages read about cover and care."""

from hustings.support.queries.attention import attention, cases_to_take_over, own_cases_due
from hustings.support.queries.commitments import cover_commitments, promised_spans
from hustings.support.queries.rota import RotaRow, call_out_settings, needs_of, open_shifts, rota_of

__all__ = [
    "RotaRow",
    "attention",
    "call_out_settings",
    "cases_to_take_over",
    "cover_commitments",
    "needs_of",
    "open_shifts",
    "own_cases_due",
    "promised_spans",
    "rota_of",
]
