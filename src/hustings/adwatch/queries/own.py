"""Our own ad buys held against the single ads of the archives."""

from collections.abc import Sequence
from dataclasses import dataclass

from hustings.adwatch.models import OwnAd, Snapshot
from hustings.adwatch.rules.intervals import Interval
from hustings.adwatch.rules.own_ads import Difference, Placed, Shown, differences
from hustings.adwatch.store.files import archive_query, home_path, quoted
from hustings.clearance.models import Material


@dataclass(frozen=True, kw_only=True)
class OwnAdState:
    """One of our ads, the snapshot it was looked up in (none where none covers its days), and how the two differ."""

    ad: OwnAd
    snapshot: Snapshot | None
    differences: tuple[Difference, ...]


def own_ads_against_archive(*, ads: Sequence[OwnAd]) -> list[OwnAdState]:
    """Each ad against the newest snapshot of single ads of its platform that covers the day it began."""
    return [_state(ad) for ad in ads]


def _state(ad: OwnAd) -> OwnAdState:
    snapshot: Snapshot | None = (
        Snapshot.objects.filter(platform=ad.platform, kind="ads", covers_until__gte=ad.placed_on)
        .order_by("-taken_in_at", "-pk")
        .first()
    )
    if snapshot is None:
        return OwnAdState(ad=ad, snapshot=None, differences=())
    base = home_path(snapshot.folder)
    condition = f"ad_id = {quoted(ad.ad_id)}" if ad.ad_id else f"lower(page) = {quoted(ad.page.casefold())}"
    with archive_query() as connection:
        rows = connection.execute(
            "SELECT ad_id, page, disclaimer, first_on, last_on, coalesce(low, 0), high "
            f"FROM read_parquet({quoted(str(base / 'rows.parquet'))}) "
            f"JOIN read_parquet({quoted(str(base / 'pages.parquet'))}) USING (page_key) WHERE {condition} ORDER BY ad_id"
        ).fetchall()
    shown = [
        Shown(
            ad_id=ad_id,
            page=page,
            disclaimer=disclaimer,
            first_on=first,
            last_on=last,
            spend=Interval(int(low), high),
        )
        for ad_id, page, disclaimer, first, last, low, high in rows
    ]
    placed = Placed(
        ad_id=ad.ad_id,
        page=ad.page,
        disclaimer=ad.disclaimer,
        first_on=ad.placed_on,
        last_on=ad.ended_on,
        pence=ad.spent_pence,
    )
    return OwnAdState(ad=ad, snapshot=snapshot, differences=tuple(differences(placed=placed, shown=shown)))


def paid_materials_without_ad() -> list[Material]:
    """Approved paid materials for screens of which no ad buy has been noted: either unplaced or forgotten."""
    noted = OwnAd.objects.values("material")
    return list(
        Material.objects.filter(
            is_paid=True, state="approved", medium__in=("social", "web", "image", "video", "audio")
        )
        .exclude(pk__in=noted)
        .order_by("title", "pk")
    )
