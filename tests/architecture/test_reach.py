"""No use case without its screen and its command, and no dead one."""

from collections.abc import Container, Iterable
from functools import cache

from tests.architecture.reach import Name, Reach, UseCase

#: Acts in the name of a login that have no command, each with the reason.
NO_COMMAND = {
    # A caller holds one person for some minutes and reads from the page what to say. Whoever rings without a screen has a
    # call list on paper: `hustings phonebanks sheet`, `key`, `end`.
    "outreach.phonebank.take_call.accept_words": "in person",
    "outreach.phonebank.take_call.take_next_call": "in person",
    "outreach.phonebank.take_call.give_back": "in person",
    "outreach.phonebank.take_call.held_call": "in person",
    "outreach.phonebank.answer_call": "in person",
}
#: Acts that have a command and no screen, each with the reason.
NO_SCREEN = {
    "elections.leave_out_seat": "a rule of the whole map, set once by whoever runs the installation",
    "elections.leave_out_seat.put_back_seat": "the same",
    "elections.record_official_deadline": "the same, from the official notice; wherever deadlines are shown, it is shown",
    "register.destroy_copies.destroy_copy": "before its day, by whoever runs the installation; on its day it happens by itself",
}

_GATEWAYS = {"wagtail_hooks", "adapter", "middleware", "backends"}
_REACTIONS = {"jobs", "reactions", "schedule", "wiring", "email_backend", "personal_data"}


def _last(module: str) -> str:
    return module.rpartition(".")[2]


def _is_command(module: str) -> bool:
    """Commands, and importers, which `hustings import` runs; the demo is no way to do anything in earnest."""
    is_shell = module in {
        "hustings.project.cli",
        "hustings.project.installation",
        "hustings.project.rotation",
    }
    return (
        is_shell or ".importers." in module or (_last(module).endswith("commands") and ".demo" not in module)
    )


def _is_page(module: str) -> bool:
    return ".pages" in module or _last(module) in _GATEWAYS


def _happens_by_itself(module: str) -> bool:
    return _last(module) in _REACTIONS or ".delivery" in module


@cache
def _graph() -> Reach:
    return Reach()


def _labels(cases: Iterable[UseCase], names: Container[Name]) -> set[str]:
    return {case.label for case in cases if (case.module, case.function) in names}


def test_nothing_is_dead() -> None:
    """Every public use case is reached from a page, from something that happens by itself, or from a command."""
    cases = _graph().use_cases()
    found = _graph().reached_from(
        is_start=lambda module: _is_page(module) or _happens_by_itself(module) or _is_command(module)
    )
    assert len(cases) > 300
    assert sorted({case.label for case in cases} - _labels(cases, found)) == []


def test_whoever_acts_by_right_can_do_so_on_a_screen_and_on_the_command_line() -> None:
    """Acts in the name of a login take `by`; what residents and volunteers do for themselves does not.

    An act that only another use case calls is a part of that one.
    """
    cases = [case for case in _graph().use_cases() if "by" in case.parameters]
    on_pages = _labels(cases, _graph().reached_from(is_start=_is_page, is_direct=True))
    in_commands = _labels(cases, _graph().reached_from(is_start=_is_command, is_direct=True))
    assert len(on_pages) > 100
    assert in_commands - on_pages == NO_SCREEN.keys()
    without = on_pages - in_commands
    assert sorted(without - NO_COMMAND.keys()) == [], "give them a command"
    assert sorted(NO_COMMAND.keys() - without) == [], "they have a command by now: take them off the list"
