"""What one person agreed to, withdrew and objected to."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hustings.people.models import (
    Channel,
    Consent,
    ConsentEvent,
    PersonKey,
    Purpose,
    Suppression,
    SuppressionReview,
)
from hustings.people.rules.keys import KeyKind
from hustings.people.rules.suppression import SURE_KINDS, covers


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingObjection:
    """An objection that finds a person, and for which channels and purposes it was taken back since.

    `is_sure`: by email, elector, or full name and address, or because a data officer said so. `kinds`: the keys it hit.
    """

    objection: uuid.UUID
    at: datetime
    channel: str
    purpose: str
    source: str
    kinds: frozenset[str]
    is_sure: bool
    lifted: tuple[tuple[str, str], ...]

    @property
    def channel_name(self) -> str:
        """The channel in words."""
        return channel_name(self.channel)

    @property
    def purpose_name(self) -> str:
        """The purpose in words."""
        return purpose_name(self.purpose)

    def blocks(self, *, channel: str, purpose: str) -> bool:
        """Whether it stands for this channel and purpose."""
        return covers(
            channel=self.channel, purpose=self.purpose, asked_channel=channel, asked_purpose=purpose
        ) and not any(
            lifted_channel in ("", channel) and lifted_purpose in ("", purpose)
            for lifted_channel, lifted_purpose in self.lifted
        )


def channel_name(channel: str) -> str:
    """A channel in words; the empty one is every channel."""
    return str(Channel(channel).label) if channel else _("any way")


def purpose_name(purpose: str) -> str:
    """A purpose in words; the empty one is all marketing."""
    return str(Purpose(purpose).label) if purpose else _("anything you did not ask for")


def receipts(*, person_id: int) -> "QuerySet[ConsentEvent]":
    """Every receipt of a person, the newest first, with its words."""
    return (
        ConsentEvent.objects.filter(person_id=person_id)
        .select_related("wording", "recorded_by")
        .order_by("-at", "-pk")
    )


def consents_given(*, person_id: int) -> frozenset[tuple[str, str]]:
    """The channels and purposes for which a person's consent is in force."""
    return frozenset(
        Consent.objects.filter(person_id=person_id, is_given=True).values_list("channel", "purpose")
    )


def standing_objections(*, person_id: int, are_others_named: bool = False) -> list[StandingObjection]:
    """Every objection that finds this person and was not wholly taken back, the oldest first.

    Those reviewed as somebody else's are left out, unless a sure key hit as well or `are_others_named`.
    """
    hashes = PersonKey.objects.filter(person_id=person_id).values_list("key_hash", flat=True)
    hit: dict[uuid.UUID, set[str]] = {}
    for objection, kind in Suppression.objects.filter(key_hash__in=list(hashes), is_lifted=False).values_list(
        "objection", "kind"
    ):
        hit.setdefault(objection, set()).add(kind)
    reviewed = dict(
        SuppressionReview.objects.filter(person_id=person_id).values_list("objection", "is_same_person")
    )
    found = []
    for objection, kinds in hit.items():
        is_sure = _is_sure(kinds) or reviewed.get(objection, False)
        if not is_sure and objection in reviewed and not are_others_named:
            continue
        rows = list(Suppression.objects.filter(objection=objection))
        first = next(row for row in rows if not row.is_lifted)
        lifted = tuple((row.channel, row.purpose) for row in rows if row.is_lifted)
        if ("", "") in lifted:
            continue
        found.append(
            StandingObjection(
                objection=objection,
                at=first.at,
                channel=first.channel,
                purpose=first.purpose,
                source=first.source,
                kinds=frozenset(kinds),
                is_sure=is_sure,
                lifted=lifted,
            )
        )
    return sorted(found, key=lambda one: (one.at, str(one.objection)))


def _is_sure(kinds: Collection[str]) -> bool:
    return bool(SURE_KINDS & set(kinds)) or {KeyKind.PHONE, KeyKind.NAME_VARIANT} <= set(kinds)
