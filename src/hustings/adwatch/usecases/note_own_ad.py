"""Note an ad that we paid a platform to publish, or correct what was noted, so that the archive can be held against it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.adwatch.models import OwnAd, Platform
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.clearance.models import Material
from hustings.platform.audit import record

_COLUMNS = ("material_id", "platform", "page", "disclaimer", "placed_on", "ended_on", "spent_pence", "ad_id")
#: Columns that may name a person, of which the audit says only that they changed.
_NAMES = ("page", "disclaimer")


class CannotNote(Refusal):
    """What is to be noted cannot be so; the message says which part."""


@dataclass(frozen=True, kw_only=True)
class AdBuy:
    """An ad as the platform was told: what, where, under whose name, when, and for how much (pence).

    `ad_id` is its id in the archive, empty while it is not known; `ended_on` is none while it runs.
    """

    material: Material
    platform: str
    page: str
    disclaimer: str
    placed_on: date
    ended_on: date | None
    spent_pence: int
    ad_id: str = ""


@transaction.atomic
def note_own_ad(*, buy: AdBuy, by: User | None, now: datetime, corrects: OwnAd | None = None) -> OwnAd:
    """Keep the ad buy, or put a corrected one in the place of `corrects`; the audit holds what changed. Raises `CannotNote`."""
    _check(buy, corrects)
    ad = corrects or OwnAd(noted_at=now, noted_by=by)
    changed: dict[str, str] = {}
    for name in _COLUMNS:
        value = buy.material.pk if name == "material_id" else getattr(buy, name)
        value = value.strip() if isinstance(value, str) else value
        if corrects is not None and getattr(ad, name) != value:
            changed[name] = "changed" if name in _NAMES else f"{getattr(ad, name)} became {value}"
        setattr(ad, name, value)
    ad.save()
    record(
        now=now,
        actor=by,
        verb="noted own ad" if corrects is None else "corrected own ad",
        subject_type="adwatch.ownad",
        subject_id=ad.pk,
        **changed,
    )
    return ad


def _check(buy: AdBuy, corrects: OwnAd | None) -> None:
    if not buy.material.is_paid:
        raise CannotNote(
            "not_paid",
            gettext_noop(
                "“{title}” is not marked as paid for. Choose the material that was made for this ad."
            ),
            title=buy.material.title,
        )
    if buy.platform not in Platform.values:
        raise CannotNote(
            "no_platform", gettext_noop("“{platform}” is no platform we know."), platform=buy.platform
        )
    if not buy.page.strip() or not buy.disclaimer.strip():
        raise CannotNote(
            "no_name", gettext_noop("Say the page it ran under and the disclaimer it should carry.")
        )
    if buy.ended_on is not None and buy.ended_on < buy.placed_on:
        raise CannotNote("backward", gettext_noop("The last day lies before the first. Swap the two."))
    if buy.spent_pence < 0:
        raise CannotNote("negative", gettext_noop("An ad cannot cost less than nothing."))
    if buy.ad_id.strip():
        twins = OwnAd.objects.filter(platform=buy.platform, ad_id=buy.ad_id.strip())
        if (twins.exclude(pk=corrects.pk) if corrects else twins).exists():
            raise CannotNote(
                "known",
                gettext_noop("The ad {ad_id} has been noted already. Correct that one."),
                ad_id=buy.ad_id.strip(),
            )
