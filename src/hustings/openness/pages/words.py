"""How pages of the record write bands and choices."""

from typing import Any

from django.db.models import TextChoices
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from hustings.openness.rules.masking import WIDTH
from hustings.platform.words import number, pounds


def band_of_people(band: dict[str, int]) -> str:
    """A band of people: “fewer than 10”, or “9,870 to 9,879”."""
    if band["at_most"] < WIDTH:
        return _("fewer than %(width)d") % {"width": WIDTH}
    return _("%(low)s to %(high)s") % {"low": number(band["at_least"]), "high": number(band["at_most"])}


def band_of_cost(cost: Any) -> str:
    """An exact cost, or a band of costs: “£10 to £19.99”."""
    if isinstance(cost, int):
        return pounds(cost)
    if not cost["at_least"]:
        return _("under %(high)s") % {"high": pounds(cost["at_most"] + 1)}
    return _("%(low)s to %(high)s") % {"low": pounds(cost["at_least"]), "high": pounds(cost["at_most"])}


def shown_words(text: str) -> SafeString:
    """The words of a copy as people got them: Markdown made into HTML, with whatever HTML they hold shown and not run."""
    # Without "html" every tag is escaped, and links that would run a script are left as text.
    html: str = MarkdownIt("commonmark", {"html": False}).render(text)
    return SafeString(html)


def words_of_choice(choices: type[TextChoices], value: str) -> str:
    """The label of a choice; the value itself where it is none of them."""
    return str(choices(value).label) if value in choices.values else value


def channel_words(channel: str) -> str:
    """A way of reaching people, in a word or two."""
    words = {
        "email": _("email"),
        "leaflet": _("leaflets"),
        "advert": _("advertisement"),
        "call": _("calls"),
        "sms": _("text messages"),
        "post": _("letters"),
        "door": _("talks at the door"),
        "web": _("web page"),
        "print": _("printed"),
        "social": _("social media"),
        "image": _("picture"),
        "video": _("film"),
        "audio": _("sound"),
        "message": _("message"),
        "newspaper": _("newspaper"),
    }
    return words.get(channel, channel)
