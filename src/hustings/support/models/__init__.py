"""Cover, cases and check-ins: one module each."""

from hustings.support.models.cases import (
    Case,
    CaseFollowUp,
    CaseKind,
    CaseMember,
    CaseNote,
    CaseState,
    CaseView,
    DutyTurn,
    LawfulBasis,
)
from hustings.support.models.check_ins import CheckIn
from hustings.support.models.cover import (
    Answer,
    Ask,
    AskChannel,
    CallOutSettings,
    CoverClaim,
    CoverPeriod,
    CoverShift,
    HandOverNote,
)

__all__ = [
    "Answer",
    "Ask",
    "AskChannel",
    "CallOutSettings",
    "Case",
    "CaseFollowUp",
    "CaseKind",
    "CaseMember",
    "CaseNote",
    "CaseState",
    "CaseView",
    "CheckIn",
    "CoverClaim",
    "CoverPeriod",
    "CoverShift",
    "DutyTurn",
    "HandOverNote",
    "LawfulBasis",
]
