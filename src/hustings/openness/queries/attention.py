"""What needs attention: a log that is not the one that was signed, and witnesses that do not answer."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from hustings.accounts.access import Scope
from hustings.openness.queries.log import log_state, witnesses
from hustings.platform.attention import Attention, Urgency


def attention(*, scope: Scope, now: datetime) -> list[Attention]:
    """What is wrong with the log, for those who look after the record of the whole organisation."""
    if not scope.is_everything:
        return []
    found = []
    url = reverse("openness_desk:log")
    if trouble := log_state().trouble:
        words = {
            "shorter": _(
                "The public record holds fewer entries than were signed. Was an older backup restored?"
            ),
            "different": _(
                "The public record holds other entries than were signed. Was an older backup restored?"
            ),
            "unreadable": _("The checkpoint that is kept beside the keys cannot be read."),
        }
        found.append(
            Attention(text=words[trouble], url=url, action=_("What to do"), urgency=Urgency.OVERDUE, count=1)
        )
    silent = [one for one in witnesses() if one.trouble]
    if silent:
        found.append(
            Attention(
                text=_("A witness of the public record did not cosign: %(who)s.") % {"who": silent[0].who},
                url=url,
                action=_("Look"),
                urgency=Urgency.SOON,
                count=len(silent),
            )
        )
    return found
