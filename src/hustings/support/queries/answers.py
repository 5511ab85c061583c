"""The signed links by which somebody who was asked answers with a tap."""

from django.core.signing import BadSignature, Signer

from hustings.support.models import Ask

_SALT = "hustings.support.answer"


class AnswerLinkBroken(LookupError):
    """The link was cut short or changed, or what it answers is no longer kept."""


def answer_link(*, ask: Ask) -> str:
    """The path of the page that answers an ask; whoever holds it may answer for that volunteer, and see nothing else."""
    return f"/cover/{Signer(salt=_SALT).sign(str(ask.pk))}/"


def ask_of_link(*, token: str) -> Ask:
    """The ask that a link answers. Raises `AnswerLinkBroken`."""
    try:
        pk = Signer(salt=_SALT).unsign(token)
    except BadSignature as fault:
        raise AnswerLinkBroken(token) from fault
    rows = Ask.objects.select_related("period__venue", "volunteer__person")
    found = rows.filter(pk=int(pk), volunteer__person__erased_at=None, volunteer__left_at=None).first()
    if found is None:
        raise AnswerLinkBroken(token)
    return found
