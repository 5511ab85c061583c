"""A volunteer accepts the conduct rules."""

from datetime import datetime

from django.db import transaction

from hustings.basics.refusals import Refusal, gettext_noop
from hustings.volunteers.models import ConductAcceptance, ConductRules, Volunteer


class RulesHaveChanged(Refusal):
    """A newer version was published while the volunteer was reading."""


def accept_conduct(*, volunteer: Volunteer, version: int, now: datetime) -> ConductAcceptance:
    """Keep that the volunteer accepted the newest version, which is the one they saw. Raises `RulesHaveChanged`."""
    with transaction.atomic():
        rules = ConductRules.objects.order_by("-version").first()
        if rules is None or rules.version != version:
            raise RulesHaveChanged(
                "rules_have_changed",
                gettext_noop(
                    "The rules have changed since you opened this page. Read them again, then accept them."
                ),
            )
        accepted, _is_new = ConductAcceptance.objects.get_or_create(
            volunteer=volunteer, rules=rules, defaults={"at": now}
        )
        volunteer.conduct_accepted_at, volunteer.conduct_version = accepted.at, rules.version
        volunteer.save(update_fields=["conduct_accepted_at", "conduct_version"])
    return accepted
