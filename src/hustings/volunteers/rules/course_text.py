"""A course as one Markdown text: a head in TOML, lessons under first-level headings, and a quiz at the end of each.

    +++
    title = "Talking at the door"
    summary = "What to say, and what never to write down."
    minutes = 60
    valid_months = 24           # left out: a completion holds for ever
    pass_percent = 75
    position = 10
    +++

    # The first lesson
    minutes: 12
    video: https://videos.example/door

    Markdown, with headings from the second level. A picture that was uploaded to the course:
    ![A hand on a gate](picture:gate)

    ## Check yourself

    ? May you look at a filled-in ballot paper?
    - [ ] Yes, if the voter asks.
    - [x] No, never.
    > The vote is secret, and stays so even where its owner is careless.

Several answers may be right; all of them must then be chosen, and no other. Reading refuses what could not be taught: a course
without a lesson, a question without a right answer or without a wrong one.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass

from hustings.basics.refusals import Refusal, gettext_noop

_QUIZ = "## check yourself"
_LONGEST_ADDRESS = 300
#: A picture without words; one of the course's own brings its words with it.
_WORDLESS = re.compile(r"!\[\s*\]\((?!picture:)")
_ANSWER = re.compile(r"^- \[(?P<mark>[ xX])\] (?P<text>.+)$")
_HEAD_FIELDS = {"title", "summary", "minutes", "valid_months", "pass_percent", "position"}


class CourseFault(Refusal):
    """A course's text is not laid out as one; says the line and what to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer to choose, and whether it is right."""

    text: str
    is_right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with its answers, and why the right one is right."""

    text: str
    answers: tuple[Answer, ...]
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonText:
    """One lesson as written."""

    title: str
    body: str
    minutes: int
    video_url: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseText:
    """A whole course as written."""

    title: str
    summary: str
    minutes: int
    valid_months: int | None
    pass_percent: int
    position: int
    lessons: tuple[LessonText, ...]


def read_course(*, text: str) -> CourseText:
    """Read a course, or raise the `CourseFault` that says what is wrong on which line."""
    lines = text.replace("\r\n", "\n").split("\n")
    head, start = _head(lines)
    lessons = _lessons(lines, start)
    if not lessons:
        raise _fault(len(lines), gettext_noop("there is no lesson. Begin one with “# ” and its title."))
    return CourseText(
        title=_text_of(head, "title"),
        summary=str(head.get("summary", "")).strip(),
        minutes=_number(head, "minutes", sum(lesson.minutes for lesson in lessons), 1, 600) or 1,
        valid_months=_number(head, "valid_months", None, 1, 120),
        pass_percent=_number(head, "pass_percent", 75, 0, 100) or 0,
        position=_number(head, "position", 100, 0, 10_000) or 0,
        lessons=tuple(lessons),
    )


def _head(lines: Sequence[str]) -> tuple[dict[str, object], int]:
    if not lines or lines[0].strip() != "+++":
        raise _fault(1, gettext_noop("a course begins with a head between two lines of “+++”."))
    try:
        end = next(number for number in range(1, len(lines)) if lines[number].strip() == "+++")
    except StopIteration:
        raise _fault(1, gettext_noop("the head has no end. Close it with a line of “+++”.")) from None
    try:
        head = tomllib.loads("\n".join(lines[1:end]))
    except tomllib.TOMLDecodeError as problem:
        raise _fault(2, gettext_noop("the head cannot be read: {reason}."), reason=str(problem)) from problem
    for name in head:
        if name not in _HEAD_FIELDS:
            raise _fault(2, gettext_noop("the head knows no “{name}”."), name=name)
    return head, end + 1


def _lessons(lines: Sequence[str], start: int) -> list[LessonText]:
    begins = [number for number in range(start, len(lines)) if re.match(r"^# \S", lines[number])]
    for number in range(start, begins[0] if begins else len(lines)):
        if lines[number].strip():
            raise _fault(number + 1, gettext_noop("text stands before the first lesson's “# ” heading."))
    ends = [*begins[1:], len(lines)] if begins else []
    return [_lesson(lines, first, last) for first, last in zip(begins, ends, strict=True)]


def _lesson(lines: Sequence[str], first: int, last: int) -> LessonText:
    title = lines[first][2:].strip()
    facts = {"minutes": "10", "video": ""}
    number = first + 1
    while number < last and (found := re.match(r"^(minutes|video): *(\S+) *$", lines[number])):
        facts[found[1]] = found[2]
        number += 1
    if not facts["minutes"].isdecimal() or not 1 <= int(facts["minutes"]) <= 240:
        raise _fault(first + 2, gettext_noop("minutes must be a whole number from 1 to 240."))
    if facts["video"] and (
        not facts["video"].startswith("https://") or len(facts["video"]) > _LONGEST_ADDRESS
    ):
        raise _fault(
            first + 2,
            gettext_noop("the video's address must begin with “https://” and have at most {most} letters."),
            most=_LONGEST_ADDRESS,
        )
    quiz = next((at for at in range(number, last) if lines[at].strip().lower() == _QUIZ), last)
    body = "\n".join(lines[number:quiz]).strip()
    if not body:
        raise _fault(first + 1, gettext_noop("the lesson “{title}” says nothing."), title=title)
    if _WORDLESS.search(body):
        raise _fault(
            first + 1,
            gettext_noop("a picture of “{title}” has no words. Say between the brackets what is to be seen."),
            title=title,
        )
    return LessonText(
        title=title[:120],
        body=body,
        minutes=int(facts["minutes"]),
        video_url=facts["video"],
        questions=tuple(_questions(lines, quiz + 1, last)),
    )


def _questions(lines: Sequence[str], first: int, last: int) -> list[Question]:
    questions: list[Question] = []
    text, answers, because, at = "", list[Answer](), list[str](), first
    for number in range(first, last):
        line = lines[number].strip()
        if line.startswith("? "):
            if text:
                questions.append(_question(text, answers, because, at))
            text, answers, because, at = line[2:].strip(), [], [], number + 1
        elif found := _ANSWER.match(line):
            answers.append(Answer(text=found["text"].strip(), is_right=found["mark"] != " "))
        elif line.startswith(">"):
            because.append(line[1:].strip())
        elif line:
            raise _fault(
                number + 1,
                gettext_noop(
                    "a quiz has questions (“? …”), answers (“- [ ] …”, “- [x] …”) and reasons (“> …”), and nothing else."
                ),
            )
    if text:
        questions.append(_question(text, answers, because, at))
    return questions


def _question(text: str, answers: list[Answer], because: list[str], line: int) -> Question:
    if not any(answer.is_right for answer in answers) or all(answer.is_right for answer in answers):
        raise _fault(line, gettext_noop("a question needs a right answer and a wrong one."))
    return Question(text=text, answers=tuple(answers), because=" ".join(because))


def _text_of(head: dict[str, object], name: str) -> str:
    value = head.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > 120:
        raise _fault(2, gettext_noop("the head needs a {name} of at most 120 letters."), name=name)
    return value.strip()


def _number(head: dict[str, object], name: str, default: int | None, least: int, most: int) -> int | None:
    value = head.get(name, default)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise _fault(
            2,
            gettext_noop("{name} must be a whole number from {least} to {most}."),
            name=name,
            least=least,
            most=most,
        )
    return value


def _fault(line: int, sentence: str, **details: object) -> CourseFault:
    return CourseFault("course", gettext_noop("Line {line}: ") + sentence, line=line, **details)
