"""Publish conduct rules: the ones that come with Hustings, or an organisation's own."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.platform import audit
from hustings.volunteers.models import ConductRules

_SHIPPED = Path(__file__).resolve().parents[1] / "rules" / "conduct_rules.md"


class NothingPromised(Refusal):
    """Conduct rules without words."""


def publish_conduct_rules(*, text: str, by: User | None, now: datetime) -> ConductRules:
    """Make a new version of the rules; the same words again change nothing. Volunteers are asked to accept it next.

    Raises `NothingPromised`.
    """
    text = text.strip()
    if len(text.split()) < 10:
        raise NothingPromised(
            "nothing_promised",
            gettext_noop("Write down what volunteers promise, in at least a sentence or two."),
        )
    with transaction.atomic():
        newest: ConductRules | None = ConductRules.objects.order_by("-version").first()
        if newest is not None and newest.text == text:
            return newest
        made: ConductRules = ConductRules.objects.create(
            version=newest.version + 1 if newest else 1, text=text, made_at=now, made_by=by
        )
        audit.record(
            now=now,
            actor=by,
            verb="published",
            subject_type="volunteers.ConductRules",
            subject_id=made.pk,
            version=made.version,
        )
    return made


def shipped_rules() -> str:
    """The words of the rules that come with Hustings, in Markdown."""
    return _SHIPPED.read_text(encoding="utf-8")


def publish_shipped_rules(*, now: datetime) -> ConductRules:
    """The rules in force; the ones that come with Hustings where there are none yet."""
    newest: ConductRules | None = ConductRules.objects.order_by("-version").first()
    return newest or publish_conduct_rules(text=shipped_rules(), by=None, now=now)
