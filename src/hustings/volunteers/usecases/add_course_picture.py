"""Add a picture to a course's lessons: checked, made small, and written anew without anything that a camera notes."""

import io
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from PIL import Image, ImageOps, UnidentifiedImageError

from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.platform import audit
from hustings.volunteers.models import Course, CoursePicture

MOST_BYTES = 8_000_000
_MOST_POINTS = 40_000_000
_WIDEST = 1200
_KINDS = ("PNG", "JPEG", "WEBP")
_MOST_PICTURES = 40


class PictureRefused(Refusal):
    """The file is no picture that a lesson can show."""


@transaction.atomic
def add_course_picture(
    *, course: Course, content: bytes, name: str, alt: str, now: datetime, by: User | None = None
) -> CoursePicture:
    """Keep a picture under its name; one of the same name is replaced. `alt` says in words what is to be seen.

    It is at most 1,200 points wide, turned the right way up, and written as WebP: where and when it was taken, by whom and
    with what is not kept. Raises `PictureRefused`.
    """
    called, words = slugify(name.rsplit(".", 1)[0])[:60], " ".join(alt.split())
    if not called:
        raise PictureRefused("no_name", gettext_noop("Give the picture a short name, such as front-door."))
    if not words:
        raise PictureRefused(
            "no_words", gettext_noop("Say in words what is to be seen, for those who do not see it.")
        )
    others = course.pictures.exclude(name=called)
    if others.count() >= _MOST_PICTURES:
        raise PictureRefused(
            "too_many",
            gettext_noop("A course has at most {most} pictures. Remove one first."),
            most=_MOST_PICTURES,
        )
    written, width, height = _written_anew(content)
    picture, _is_new = CoursePicture.objects.update_or_create(
        course=course,
        name=called,
        defaults={
            "alt": words[:250],
            "content": written,
            "width": width,
            "height": height,
            "added_at": now,
        },
    )
    audit.record(
        now=now,
        actor=by,
        verb="added a picture",
        subject_type="volunteers.Course",
        subject_id=course.pk,
        name=called,
    )
    return picture


def _written_anew(content: bytes) -> tuple[bytes, int, int]:
    if len(content) > MOST_BYTES:
        raise PictureRefused("too_long", gettext_noop("The file is longer than 8 MB. Make it smaller first."))
    try:
        with Image.open(io.BytesIO(content), formats=_KINDS) as found:
            if found.width * found.height > _MOST_POINTS:
                raise PictureRefused(
                    "too_large",
                    gettext_noop("The picture is {width} × {height} points. Make it smaller first."),
                    width=found.width,
                    height=found.height,
                )
            upright = ImageOps.exif_transpose(found)
            kind = "RGBA" if upright.has_transparency_data else "RGB"
            plain = upright.convert(kind)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
        raise PictureRefused(
            "no_picture", gettext_noop("This is no PNG, JPEG or WebP picture that can be read.")
        ) from fault
    plain.thumbnail((_WIDEST, _WIDEST * 2))
    # A new image takes the points over and nothing else.
    bare = Image.new(kind, plain.size)
    bare.paste(plain)
    written = io.BytesIO()
    bare.save(written, "WEBP", quality=80, method=4)
    return written.getvalue(), bare.width, bare.height
