"""Courses are read from their text, and what could not be taught is refused with its line."""

from pathlib import Path

import pytest

from hustings.volunteers.rules.course_text import CourseFault, read_course
from hustings.volunteers.usecases.load_shipped_courses import SHIPPED

HEAD = '+++\ntitle = "At the door"\nvalid_months = 24\n+++\n\n'
LESSON = "# One\nminutes: 12\nvideo: https://videos.example/door\n\nSay who you are.\n\n"
QUIZ = "## Check yourself\n\n? May you?\n- [ ] Yes\n- [x] No\n> Never.\n"


def test_a_course_is_read() -> None:
    course = read_course(text=HEAD + LESSON + QUIZ + "# Two\n\nLeave.\n")
    assert (course.title, course.minutes, course.valid_months, course.pass_percent) == (
        "At the door",
        22,
        24,
        75,
    )
    one, two = course.lessons
    assert (one.title, one.minutes, one.video_url) == ("One", 12, "https://videos.example/door")
    assert one.body == "Say who you are."
    (question,) = one.questions
    assert [answer.is_right for answer in question.answers] == [False, True]
    assert question.because == "Never."
    assert (two.minutes, two.questions) == (10, ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# One\n\nText.", "Line 1: a course begins with a head"),
        ("+++\ntitle = 1", "the head has no end"),
        ('+++\ntitle = "x"\ncolour = 3\n+++\n# One\n\nText', "the head knows no “colour”"),
        (HEAD, "there is no lesson"),
        (HEAD + "Lost words\n# One\n\nText", "Line 6: text stands before"),
        (HEAD + "# One\n", "the lesson “One” says nothing"),
        (HEAD + "# One\nminutes: 0\n\nText", "minutes must be"),
        (HEAD + "# One\nvideo: http://videos.example\n\nText", "must begin with “https://”"),
        (HEAD + f"# One\nvideo: https://videos.example/{'x' * 300}\n\nText", "at most 300 letters"),
        (
            HEAD + LESSON + QUIZ.replace("[ ]", "[x]"),
            "Line 14: a question needs a right answer and a wrong one",
        ),
        (HEAD + LESSON + QUIZ + "stray\n", "Line 18: a quiz has questions"),
    ],
)
def test_what_cannot_be_taught_is_refused(text: str, said: str) -> None:
    with pytest.raises(CourseFault) as refused:
        read_course(text=text)
    assert said in str(refused.value)


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.md")), ids=lambda path: path.stem)
def test_a_shipped_course_is_about_an_hour_and_explains_every_answer(path: Path) -> None:
    course = read_course(text=path.read_text(encoding="utf-8"))
    assert 50 <= course.minutes <= 70
    assert course.minutes == sum(lesson.minutes for lesson in course.lessons)
    assert len(course.lessons) >= 5
    for lesson in course.lessons:
        assert len(lesson.body.split()) >= 250, lesson.title
        assert len(lesson.questions) >= 4, lesson.title
        assert all(len(question.because) > 20 for question in lesson.questions), lesson.title


def test_there_are_three_courses() -> None:
    assert sorted(path.stem for path in SHIPPED.glob("*.md")) == ["canvassing", "distress", "polling-day"]
