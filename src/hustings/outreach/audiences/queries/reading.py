"""An audience in plain words: “People in Barset East who agreed to be emailed about news and campaigns, and have not been
contacted since 1 March 2026.”
"""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hustings.outreach.audiences.queries.choices import names_for
from hustings.outreach.audiences.rules.tree import Condition, Group, Match, Node
from hustings.people.models import Channel
from hustings.platform.words import day

Names = Mapping[tuple[str, str], str]


def read_audience(*, tree: Group, area_code: str | None) -> str:
    """The whole audience as one sentence; what was removed since is called so."""
    names = names_for(tree=tree, area_code=area_code)
    who = (
        _("People in %(area)s") % {"area": _name(names, "areas", area_code)}
        if area_code is not None
        else _("People anywhere")
    )
    if not tree.size:
        return _("%(who)s, without any condition.") % {"who": who}
    return _("%(who)s who %(what)s.") % {"who": who, "what": _group(tree, names)}


def read_condition(*, condition: Condition, names: Names) -> str:
    """One condition as what people do or are: “signed “Keep the 53 bus””."""
    return _READERS[condition.kind](condition, names)


def _group(group: Group, names: Names) -> str:
    parts = [_node(member, names) for member in group.members if isinstance(member, Condition) or member.size]
    if len(parts) == 1 and group.match is not Match.NONE:
        return parts[0]
    if group.match is Match.NONE:
        return _("do not fulfil any of these: %(list)s") % {"list": "; ".join(parts)}
    last = parts.pop()
    if group.match is Match.ANY:
        return _("%(first)s, or %(last)s") % {"first": ", ".join(parts), "last": last}
    return _("%(first)s, and %(last)s") % {"first": ", ".join(parts), "last": last}


def _node(node: Node, names: Names) -> str:
    if isinstance(node, Condition):
        return read_condition(condition=node, names=names)
    inner = _group(node, names)
    return f"({inner})" if len(node.members) > 1 or node.match is Match.NONE else inner


def _lives_in(condition: Condition, names: Names) -> str:
    places = _either(condition, "areas", "areas", names)
    if condition.is_negated:
        return _("do not live in %(places)s") % {"places": places}
    return _("live in %(places)s") % {"places": places}


def _agreed(condition: Condition, names: Names) -> str:
    words = {
        "how": agreed_channels()[str(condition.values["channel"])],
        "what": purposes()[str(condition.values["purpose"])],
    }
    if condition.is_negated:
        return _("have not agreed to %(how)s about %(what)s") % words
    return _("agreed to %(how)s about %(what)s") % words


def _contacted(condition: Condition, names: Names) -> str:
    channel = str(condition.values.get("channel") or "")
    when = _since(condition)
    how = contacted_channels()[channel]
    if condition.is_negated:
        return (
            _("have not %(how)s%(when)s") % {"how": how, "when": when}
            if when
            else _("have never %(how)s") % {"how": how}
        )
    return _("have %(how)s%(when)s") % {"how": how, "when": when}


def _intention(condition: Condition, names: Names) -> str:
    answers = _join_or([_answer(answer, names) for answer in _values(condition, "answers")])
    words = {"answers": answers, "election": _name(names, "elections", condition.values.get("election"))}
    if condition.values.get("election"):
        if condition.is_negated:
            return _("did not last answer %(answers)s about %(election)s") % words
        return _("last answered %(answers)s about %(election)s") % words
    if condition.is_negated:
        return _("did not last answer %(answers)s about their vote") % words
    return _("last answered %(answers)s about their vote") % words


def _on_register(condition: Condition, names: Names) -> str:
    if condition.is_negated:
        return _("are not matched to the electoral register")
    return _("are matched to the electoral register")


def _tagged(condition: Condition, names: Names) -> str:
    tags = _either(condition, "tags", "tags", names, quoted=True)
    return (_("are not tagged %(tags)s") if condition.is_negated else _("are tagged %(tags)s")) % {
        "tags": tags
    }


def _signed(condition: Condition, names: Names) -> str:
    petitions = _either(condition, "petitions", "petitions", names, quoted=True)
    sentence = _("did not sign %(petitions)s") if condition.is_negated else _("signed %(petitions)s")
    return sentence % {"petitions": petitions}


def _raised(condition: Condition, names: Names) -> str:
    issues = _either(condition, "issues", "issues", names, quoted=True)
    sentence = (
        _("did not say that they care about %(issues)s")
        if condition.is_negated
        else _("said that they care about %(issues)s")
    )
    return sentence % {"issues": issues}


def _has_address(condition: Condition, names: Names) -> str:
    address = addresses()[str(condition.values["address"])]
    sentence = _("have no usable %(address)s") if condition.is_negated else _("have a usable %(address)s")
    return sentence % {"address": address}


def _came_in(condition: Condition, names: Names) -> str:
    when = _since(condition)
    if condition.is_negated:
        return _("did not come in%(when)s") % {"when": when}
    return _("came in%(when)s") % {"when": when}


def _sent(condition: Condition, names: Names) -> str:
    mailings = _either(condition, "mailings", "mailings", names, quoted=True)
    sentence = _("were not sent %(mailings)s") if condition.is_negated else _("were sent %(mailings)s")
    return sentence % {"mailings": mailings}


_READERS: Mapping[str, Callable[[Condition, Names], str]] = {
    "lives_in": _lives_in,
    "agreed": _agreed,
    "contacted": _contacted,
    "intention": _intention,
    "on_register": _on_register,
    "tagged": _tagged,
    "signed": _signed,
    "raised": _raised,
    "has_address": _has_address,
    "came_in": _came_in,
    "sent": _sent,
}


def channels() -> dict[str, str]:
    """Ways to reach somebody, after “by”."""
    return {str(value): str(label) for value, label in Channel.choices}


def agreed_channels() -> dict[str, str]:
    """How somebody agreed to be reached, as the end of “agreed to …”."""
    return {
        "email": _("be emailed"),
        "sms": _("get text messages"),
        "call": _("be telephoned"),
        "post": _("get post"),
        "door": _("be called on"),
    }


def contacted_channels() -> dict[str, str]:
    """How somebody was reached, as the end of “have …”."""
    return {
        "": _("been contacted"),
        "email": _("been emailed"),
        "sms": _("been sent a text message"),
        "call": _("been telephoned"),
        "post": _("been written to"),
        "door": _("been called on"),
    }


def purposes() -> dict[str, str]:
    """What a contact may be about."""
    return {
        "campaign": _("news and campaigns"),
        "fundraising": _("appeals for money"),
        "volunteering": _("ways to help"),
    }


def addresses() -> dict[str, str]:
    """Kinds of address."""
    return {
        "email": _("email address"),
        "phone": _("telephone number"),
        "mobile": _("mobile number"),
        "post": _("postal address"),
    }


def answers() -> dict[str, str]:
    """Answers about a vote that name no party."""
    return {
        "undecided": _("undecided"),
        "not_voting": _("will not vote"),
        "wont_say": _("would rather not say"),
    }


def _since(condition: Condition) -> str:
    if since := condition.values.get("since"):
        return " " + _("since %(day)s") % {"day": day(date.fromisoformat(str(since)))}
    if days := condition.values.get("days"):
        number = int(str(days))
        return " " + ngettext("in the last day", "in the last %(count)d days", number) % {"count": number}
    return ""


def _answer(answer: str, names: Names) -> str:
    if answer.startswith("party:"):
        return _("“%(name)s”") % {"name": _name(names, "parties", answer.removeprefix("party:"))}
    return _("“%(name)s”") % {"name": answers()[answer]}


def _either(condition: Condition, field: str, source: str, names: Names, *, quoted: bool = False) -> str:
    found = [_name(names, source, value) for value in _values(condition, field)]
    return _join_or([_("“%(name)s”") % {"name": name} for name in found] if quoted else found)


def _values(condition: Condition, field: str) -> list[str]:
    held = condition.values.get(field)
    return [str(value) for value in held] if isinstance(held, list | tuple) else []


def _name(names: Names, source: str, value: object) -> str:
    return names.get((source, str(value)), _("something that was removed"))


def _join_or(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s or %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}
