"""Lessons as HTML, with the pictures of their course in place."""

import base64
import re
from collections.abc import Sequence

from django.urls import reverse

from hustings.volunteers.models import Course, CoursePicture
from hustings.volunteers.rules.readable import html_of

_PICTURE = re.compile(r"!\[(?P<words>[^\]]*)\]\(picture:(?P<name>[a-z0-9_-]+)\)")
_BRACKET = re.compile(r"([\[\]\\])")


def lesson_html(*, course: Course, texts: Sequence[str], is_whole: bool = False) -> list[str]:
    """The HTML of Markdown texts of one course; `![…](picture:name)` shows one of its pictures, by its own words or others.

    With `is_whole` each picture stands in the page itself, so that a file opens without a connection. Of a picture that is
    not there the words are shown.
    """
    held = {each.name: each for each in course.pictures.all()} if any(map(_PICTURE.search, texts)) else {}
    source = _inside if is_whole else _address

    def place(found: re.Match[str]) -> str:
        picture = held.get(found["name"])
        if picture is None:
            return found["words"]
        words = _BRACKET.sub(r"\\\1", found["words"].strip() or picture.alt)
        return f"![{words}]({source(picture)})"

    return [html_of(text=_PICTURE.sub(place, text)) for text in texts]


def _address(picture: CoursePicture) -> str:
    return reverse("volunteers:course_picture", args=[picture.course.slug, picture.name])


def _inside(picture: CoursePicture) -> str:
    return f"data:image/webp;base64,{base64.b64encode(bytes(picture.content)).decode()}"
