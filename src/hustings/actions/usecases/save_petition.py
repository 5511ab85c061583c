"""Make a petition, change it, and keep every version of its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from hustings.accounts.models import User
from hustings.actions.models import Petition, PetitionState, PetitionVersion
from hustings.contacts.models import Issue
from hustings.elections.models import Party
from hustings.places.models import Area
from hustings.platform.audit import record


@dataclass(frozen=True, kw_only=True)
class PetitionWords:
    """What the public reads and signs."""

    title: str
    text: str
    background: str = ""


@dataclass(frozen=True, kw_only=True)
class PetitionLinks:
    """The wards that are counted, and what the form offers to answer."""

    wards: Sequence[Area] = ()
    issues: Sequence[Issue] = ()
    parties: Sequence[Party] = ()


def save_petition(
    *, petition: Petition, words: PetitionWords, links: PetitionLinks, by: User, now: datetime
) -> Petition:
    """Store the petition with its words. Words that somebody may have signed are never changed: new ones are a new version.

    `petition` carries its other columns, changed or new; a new one gets a slug from its title where it has none.
    """
    with transaction.atomic():
        is_new = petition.pk is None
        petition.title = words.title
        if is_new:
            petition.made_at, petition.made_by = now, by
        petition.slug = petition.slug or free_slug(title=words.title)
        petition.save()
        petition.wards.set(links.wards)
        petition.issues.set(links.issues)
        petition.parties.set(links.parties)
        version = keep_words(petition=petition, words=words, by=by, now=now)
        record(
            now=now,
            actor=by,
            verb="made" if is_new else "changed",
            subject_type="petition",
            subject_id=petition.pk,
            area_code=petition.area_id or "",
            version=version.number,
        )
    return petition


def keep_words(*, petition: Petition, words: PetitionWords, by: User, now: datetime) -> PetitionVersion:
    """The version with these words: the latest if it says the same, changed in place in a draft that was never open, else new."""
    latest = petition.versions.order_by("-number").first()
    if latest and (latest.title, latest.text, latest.background) == (
        words.title,
        words.text,
        words.background,
    ):
        return latest
    if latest and petition.state == PetitionState.DRAFT and petition.opens_at is None:
        latest.title, latest.text, latest.background = words.title, words.text, words.background
        latest.made_at, latest.made_by = now, by
        latest.save()
        return latest
    number = (petition.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    return PetitionVersion.objects.create(
        petition=petition,
        number=number,
        title=words.title,
        text=words.text,
        background=words.background,
        made_at=now,
        made_by=by,
    )


def free_slug(*, title: str) -> str:
    """A slug made of the title that no petition has yet."""
    stem = slugify(title)[:70].strip("-") or "petition"
    slug, number = stem, 2
    while Petition.objects.filter(slug=slug).exists():
        slug, number = f"{stem}-{number}", number + 1
    return slug
