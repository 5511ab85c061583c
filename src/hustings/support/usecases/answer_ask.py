"""What somebody who was asked answers without taking a shift: not today, or rung without reply."""

from datetime import datetime

from hustings.support.models import Answer, Ask


def answer_ask(*, ask: Ask, answer: str, now: datetime) -> bool:
    """Note “not today” or “no reply”; returns whether it changed anything. Whoever takes a shift keeps that answer."""
    if answer not in {Answer.NOT_TODAY, Answer.NO_REPLY}:
        raise ValueError(f"{answer!r} is answered by taking a shift.")
    open_answers = ["", Answer.NO_REPLY]
    changed = Ask.objects.filter(pk=ask.pk, answer__in=open_answers).exclude(answer=answer)
    return bool(changed.update(answer=answer, answered_at=now))
