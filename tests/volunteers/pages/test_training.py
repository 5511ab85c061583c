"""Courses are read by anybody and kept for volunteers; a completion counts until it runs out."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from hustings.basics.clock import clock_set_to
from hustings.postroom.models import Message
from hustings.volunteers.models import Completion, Course, CoursePicture, LessonDone, Volunteer
from hustings.volunteers.queries import has_completed
from hustings.volunteers.rules.course_text import CourseFault
from hustings.volunteers.usecases.load_course import load_course
from hustings.volunteers.usecases.load_shipped_courses import load_shipped_courses
from hustings.volunteers.usecases.record_completion import record_completion
from hustings.volunteers.usecases.remind_of_courses import remind_of_courses
from tests.cast import Cast, signed_in
from tests.conftest import NOW
from tests.volunteers.conftest import let_in

TEXT = """+++
title = "At the door"
summary = "What to say."
valid_months = 12
+++

# Who you are

Say **who** you are. ![spy](https://spy.example/x.png) <script>alert(1)</script>

## Check yourself

? May you look?
- [ ] Yes
- [x] No
> The vote is secret.

? Which are right? Tick all.
- [x] Listening
- [x] Leaving
- [ ] Shouting
> Be kind.

# Leaving

Leave.
"""

RIGHT = {"q0": "1", "q1": ["0", "1"]}
pytestmark = pytest.mark.usefixtures("cast", "postcodes")


@pytest.fixture
def course(cast: Cast) -> Course:
    return load_course(text=TEXT, slug="door", now=NOW)


def test_anybody_may_read_and_try(client: Client, course: Course) -> None:
    assert "At the door" in client.get("/training/").content.decode()
    answer = client.get("/training/door/1/")
    html = answer.content.decode()
    assert "Say <strong>who</strong> you are." in html
    assert "<script>" not in html
    assert "spy.example" not in html
    assert not answer.cookies
    assert "The vote is secret" not in html, "reasons come with the result"
    marked = client.post("/training/door/1/", RIGHT).content.decode()
    assert "2 of 2 right." in marked
    assert "The vote is secret" in marked
    assert not LessonDone.objects.exists()


def test_a_wrong_answer_says_why_and_keeps_the_ticks(course: Course, bob: Volunteer) -> None:
    html = let_in(bob).post("/volunteer/training/door/1/", {"q0": "1", "q1": "0"}).content.decode()
    assert "1 of 2 right." in html
    assert 'name="q0" value="1" checked' in html
    assert not LessonDone.objects.exists()


def test_the_last_lesson_finishes_the_course(course: Course, bob: Volunteer) -> None:
    mine = let_in(bob)
    mine.post("/volunteer/training/door/1/", RIGHT)
    assert not has_completed(volunteer=bob, course_slug="door", on=date(2026, 3, 30))
    assert "1 of 2 lessons done" in mine.get("/training/").content.decode()
    answer = mine.post("/volunteer/training/door/2/")
    assert answer.headers["Location"] == "/training/door/"
    assert "You have finished this course" in mine.get("/training/door/").content.decode()
    completion = Completion.objects.get()
    assert completion.expires_on == date(2027, 3, 30)
    assert has_completed(volunteer=bob, course_slug="door", on=date(2027, 3, 29))
    assert not has_completed(volunteer=bob, course_slug="door", on=date(2027, 3, 30))


def test_it_can_be_taken_again(course: Course, bob: Volunteer) -> None:
    mine = let_in(bob)
    mine.post("/volunteer/training/door/1/", RIGHT)
    mine.post("/volunteer/training/door/2/")
    with clock_set_to(NOW + timedelta(days=200)):
        mine.post("/volunteer/training/door/2/")
        assert Completion.objects.count() == 1
        mine.post("/volunteer/training/door/1/", RIGHT)
    assert Completion.objects.count() == 2


def test_it_can_be_kept_for_where_there_is_no_signal(client: Client, course: Course) -> None:
    page = client.get("/training/door/whole/").content.decode()
    assert "Leave." in page
    assert "The vote is secret." in page
    kept = client.get("/training/door/whole/?download=1")
    assert kept["Content-Disposition"] == 'attachment; filename="door.html"'
    html = kept.content.decode()
    assert "/static/" not in html
    assert "<style>" in html
    assert "src=" not in html


def test_a_hidden_course_is_not_there(client: Client, course: Course) -> None:
    Course.objects.update(is_published=False)
    for path in ("", "1/", "whole/"):
        assert client.get(f"/training/door/{path}").status_code == 404


def test_a_new_text_is_a_new_version_and_keeps_what_was_done(course: Course, bob: Volunteer) -> None:
    let_in(bob).post("/volunteer/training/door/1/", RIGHT)
    again = load_course(text=TEXT.replace("Leave.", "Close the gate."), slug="door", now=NOW)
    assert (again.pk, again.version) == (course.pk, 2)
    assert LessonDone.objects.count() == 1
    assert load_course(text=again.text, slug="door", now=NOW).version == 2


def test_shipped_courses_come_in_once_and_do_not_undo_edits(cast: Cast) -> None:
    assert len(load_shipped_courses(now=NOW)) == 3
    Course.objects.filter(slug="distress").update(title="Ours")
    assert load_shipped_courses(now=NOW) == []
    assert Course.objects.get(slug="distress").title == "Ours"


def test_only_the_whole_organisation_edits_courses(cast: Cast, course: Course) -> None:
    path = f"/desk/volunteers/courses/{course.pk}/edit/"
    assert signed_in(cast.agent).get(path).status_code == 200
    assert signed_in(cast.alice).get(path).status_code == 403
    assert signed_in(cast.charlie).get(path).status_code == 403
    answer = signed_in(cast.agent).post(path, {"text": "+++\ntitle = 1\n+++\n# x\n\ny"})
    assert "the head needs a title" in answer.content.decode()


def _photo(*, size: tuple[int, int] = (1600, 900), kind: str = "JPEG") -> bytes:
    """A picture that says where it was taken, and with what."""
    notes = Image.Exif()
    notes[0x010F] = "Secret Camera"
    notes[0x0112] = 6  # lies on its side
    made = io.BytesIO()
    Image.new("RGB", size, "teal").save(made, kind, exif=notes)
    return made.getvalue()


def _upload(user: Any, course: Course, content: bytes, **more: str) -> Any:
    file = SimpleUploadedFile("Front gate.jpg", content)
    path = f"/desk/volunteers/courses/{course.pk}/pictures/"
    return signed_in(user).post(path, {"file": file, "alt": "A closed gate", **more}, follow=True)


def test_a_lesson_shows_a_picture_that_tells_nothing_of_its_maker(
    cast: Cast, course: Course, client: Client
) -> None:
    """Turned upright, made small, without a camera's notes; at its address, and inside the file that is kept."""
    page = _upload(cast.agent, course, _photo()).content.decode()
    assert "![A closed gate](picture:front-gate)" in page
    picture = CoursePicture.objects.get()
    kept = Image.open(io.BytesIO(bytes(picture.content)))
    assert (kept.format, kept.size, len(kept.getexif())) == ("WEBP", (900, 1600), 0)
    assert b"Secret Camera" not in bytes(picture.content)
    text = TEXT.replace("Leave.", "![](picture:front-gate)\n\n![Words alone](picture:none)")
    load_course(text=text, slug="door", now=NOW)
    address = "/training/door/pictures/front-gate.webp"
    lesson = client.get("/training/door/2/").content.decode()
    assert f'<img src="{address}" alt="A closed gate">' in lesson
    assert "Words alone" in lesson
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    file = client.get("/training/door/whole/?download=1").content.decode()
    assert 'src="data:image/webp;base64,' in file
    assert address not in file
    Course.objects.update(is_published=False)
    assert client.get(address).status_code == 404
    own = f"/desk/volunteers/courses/{course.pk}/pictures/{picture.pk}/"
    assert signed_in(cast.agent).get(own)["Content-Type"] == "image/webp"
    assert signed_in(cast.agent).post(f"{own}remove/").status_code == 302
    assert not CoursePicture.objects.exists()


@pytest.mark.parametrize(
    ("content", "words", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "A gate", "no PNG, JPEG or WebP picture"),
        (_photo(size=(64, 64))[:200], "A gate", "no PNG, JPEG or WebP picture"),
        (b"x" * 8_000_001, "A gate", "longer than 8 MB"),
        (_photo(size=(16, 16)), " ", "This field is required"),
    ],
)
def test_what_is_no_picture_or_has_no_words_is_refused(
    content: bytes, words: str, said: str, cast: Cast, course: Course
) -> None:
    answer = _upload(cast.agent, course, content, alt=words)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not CoursePicture.objects.exists()


def test_pictures_belong_to_whoever_edits_courses(cast: Cast, course: Course) -> None:
    _upload(cast.agent, course, _photo(size=(16, 16)))
    path = f"/desk/volunteers/courses/{course.pk}/pictures/"
    own = f"{path}{CoursePicture.objects.get().pk}/"
    for user in (cast.alice, cast.charlie):
        assert signed_in(user).get(path).status_code == 403
        assert signed_in(user).get(own).status_code == 403
        assert signed_in(user).post(f"{own}remove/").status_code == 403
    assert CoursePicture.objects.count() == 1


def test_a_picture_without_words_is_refused_in_the_text(cast: Cast) -> None:
    with pytest.raises(CourseFault, match="has no words"):
        load_course(text=TEXT.replace("Leave.", "![ ](/static/x.png)"), slug="door", now=NOW)


def test_charlie_sees_no_completion_of_alices(cast: Cast, course: Course, bob: Volunteer) -> None:
    record = f"/desk/volunteers/{bob.pk}/completed/"
    assert signed_in(cast.charlie).post(record, {"course": course.pk}).status_code == 404
    assert signed_in(cast.alice).post(record, {"course": course.pk}).status_code == 302
    page = f"/desk/volunteers/courses/{course.pk}/"

    def names(user: Any) -> str:
        return signed_in(user).get(page).content.decode()

    assert "Bob Tester" in names(cast.alice)
    assert "Bob Tester" not in names(cast.charlie)


def test_who_finished_long_ago_is_told_in_time(
    course: Course, bob: Volunteer, cleo: Volunteer, cast: Cast
) -> None:
    for one in (bob, cleo):
        record_completion(volunteer=one, course=course, by=cast.alice, now=NOW)
    later = NOW + timedelta(days=340)
    record_completion(volunteer=cleo, course=course, by=cast.alice, now=later - timedelta(days=1))
    assert remind_of_courses(now=NOW + timedelta(days=300)) == 0
    assert remind_of_courses(now=later) == 1
    assert remind_of_courses(now=later) == 0
    message = Message.objects.get(template="volunteers/course_runs_out")
    assert (message.address, message.fields["ends_on"]) == ("bob@barset.example", "30 March 2027")
