"""The gate's rule: may this person be contacted by this channel, for this purpose, with this copy, at this
moment?

What is known of a person is a handful of yes-or-no facts, so it is one small integer (`Fact`), and the answer
depends on nothing else of the person. An audience of a hundred thousand has at most a few hundred different
integers: the use case decides each once and spreads the verdicts. There is one rule for one person and for
all.

A refusal has one reason, the first of `Reason` in its order; the order is documented and does not change with
the person. Only confirmed law and our own stated limits refuse; what rests on an unconfirmed entry is a
warning.
"""

from hustings.clearance.rules.gate.dated import age_rules, channel_rules, screened_since, screening_rules
from hustings.clearance.rules.gate.deciding import decide
from hustings.clearance.rules.gate.facts import SPOKEN, Channel, Fact, Purpose
from hustings.clearance.rules.gate.verdicts import Ask, CopyFacts, Reason, Remark, Verdict

__all__ = [
    "SPOKEN",
    "Ask",
    "Channel",
    "CopyFacts",
    "Fact",
    "Purpose",
    "Reason",
    "Remark",
    "Verdict",
    "age_rules",
    "channel_rules",
    "decide",
    "screened_since",
    "screening_rules",
]
