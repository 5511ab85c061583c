"""Forget the words of an answer by text message, once an app that keeps them safer has taken them."""

from hustings.postroom.models import DeliveryReport


def forget_answer(*, report_id: int) -> bool:
    """Empty the words of one answer; that somebody answered stays. Returns whether there were any."""
    return bool(
        DeliveryReport.objects.filter(pk=report_id, kind="reply").exclude(diagnostic="").update(diagnostic="")
    )
