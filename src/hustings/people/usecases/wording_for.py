"""Find or keep the exact words of a consent."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from hustings.people.models import ConsentWording


class WordingMissing(ValueError):
    """A consent without words shows nothing: the text must say what is agreed to."""


def wording_for(*, key: str, text: str, now: datetime, language: str = "en-gb") -> ConsentWording:
    """The wording with exactly this text under `key` and `language`; a text not seen before becomes its next version.

    Raises `WordingMissing` for an empty text. Two callers who bring the same new words at once get the same row.
    """
    words = text.strip()
    if not words:
        raise WordingMissing(f"The consent “{key}” has no words. Write what people agree to.")
    known = ConsentWording.objects.filter(key=key, language=language)
    while True:
        found = known.filter(text=words).order_by("version").first()
        if found is not None:
            return found
        latest = known.aggregate(latest=Max("version"))["latest"] or 0
        try:
            with transaction.atomic():
                return ConsentWording.objects.create(
                    key=key, language=language, version=latest + 1, text=words, made_at=now
                )
        except IntegrityError:
            # Somebody else took this version number a moment ago; look again.
            if not known.filter(version=latest + 1).exists():
                raise
