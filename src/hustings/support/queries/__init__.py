"""What other apps and our own pages read about cover and care."""

from hustings.support.queries.attention import attention
from hustings.support.queries.commitments import cover_commitments, promised_spans
from hustings.support.queries.rota import RotaRow, call_out_settings, needs_of, open_shifts, rota_of

__all__ = [
    "RotaRow",
    "attention",
    "call_out_settings",
    "cover_commitments",
    "needs_of",
    "open_shifts",
    "promised_spans",
    "rota_of",
]
