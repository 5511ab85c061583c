"""Which proposed rules are switched on."""

from dataclasses import dataclass

from hustings.basics.entries import Entry
from hustings.money.models import PendingRuleSwitch
from hustings.money.rules.donation_law import pending_keys, pending_rule


@dataclass(frozen=True, kw_only=True)
class ProposedRule:
    """One proposed rule with its entry, and its newest switch where there is one."""

    key: str
    entry: Entry
    switch: PendingRuleSwitch | None

    @property
    def is_on(self) -> bool:
        """Whether somebody switched it on; off by default."""
        return self.switch is not None and self.switch.is_on


def proposed_rules() -> list[ProposedRule]:
    """Every proposed rule of the table, with how it stands."""
    newest: dict[str, PendingRuleSwitch] = {}
    for switch in PendingRuleSwitch.objects.select_related("by").order_by("at", "pk"):
        newest[switch.key] = switch
    return [
        ProposedRule(key=key, entry=pending_rule(key=key), switch=newest.get(key)) for key in pending_keys()
    ]


def pending_on() -> tuple[str, ...]:
    """The keys of the rules that are on."""
    return tuple(rule.key for rule in proposed_rules() if rule.is_on)
