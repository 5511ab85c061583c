"""Marking a quiz."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What came of a quiz: `outcomes` says for each question whether it was answered rightly."""

    right: int
    asked: int
    outcomes: tuple[bool, ...]
    has_passed: bool


def mark(
    *, questions: Sequence[Mapping[str, Any]], chosen: Mapping[int, Collection[int]], pass_percent: int
) -> Marked:
    """Mark a quiz: `chosen` holds, by the question's place from 0, the places of the answers that were ticked.

    A question is right where all its right answers are ticked and no other. A quiz without questions is passed.
    """
    outcomes = tuple(
        {place for place, answer in enumerate(question["answers"]) if answer["is_right"]}
        == set(chosen.get(number, ()))
        for number, question in enumerate(questions)
    )
    right, asked = sum(outcomes), len(outcomes)
    return Marked(right=right, asked=asked, outcomes=outcomes, has_passed=right * 100 >= pass_percent * asked)
