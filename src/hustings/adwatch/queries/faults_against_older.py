"""What is wrong with a snapshot beside an older one: what has disappeared, and totals that fell."""

from hustings.adwatch.models import FaultKind, Severity
from hustings.adwatch.queries.comparing import Changes
from hustings.adwatch.queries.faults import MOST, Fault, spend_words
from hustings.platform.words import number, percent

#: From these shares of what was there before on, a loss is minor or serious (our own measure).
MINOR_LOSS, SERIOUS_LOSS = 0.001, 0.05


def faults_against(*, changes: Changes) -> list[Fault]:
    """Faults that show only beside an older snapshot: what has disappeared, and totals that fell."""
    if not changes.is_comparable or not changes.before:
        return []
    found = []
    is_ads = changes.newer.kind == "ads"
    what = "ads" if is_ads else "pages with their disclaimer"
    share = changes.gone / changes.before
    if changes.gone:
        found.append(
            Fault(
                kind=FaultKind.DISAPPEARED,
                severity=_loss(share),
                sentence=(
                    f"{number(changes.gone)} of {number(changes.before)} {what} ({percent(share, places=1)}) "
                    f"in “{changes.older}” are no longer in the archive: "
                    f"{spend_words(changes.gone_low_pence, changes.gone_high_pence)}."
                ),
                evidence={
                    "gone": changes.gone,
                    "before": changes.before,
                    "now": changes.now,
                    "came": changes.came,
                },
                against=changes.older,
            )
        )
    if not is_ads and changes.older.ads > changes.newer.ads:
        share = 1 - changes.newer.ads / changes.older.ads
        found.append(
            Fault(
                kind=FaultKind.FELL,
                severity=_loss(share),
                sentence=(
                    f"The number of ads fell from {number(changes.older.ads)} to {number(changes.newer.ads)} "
                    f"({percent(share, places=1)} fewer), although it can only grow."
                ),
                evidence={"before": changes.older.ads, "now": changes.newer.ads},
                against=changes.older,
            )
        )
    for page in changes.pages[:MOST]:
        fell = page.high_now is not None and page.high_now < page.low_before
        if is_ads and page.gone:
            found.append(
                Fault(
                    kind=FaultKind.DISAPPEARED,
                    severity=_loss(page.gone / page.ads_before),
                    subject=page.page,
                    sentence=(
                        f"“{page.page}” had {number(page.ads_before)} ads; {number(page.gone)} of them are no longer there."
                    ),
                    evidence={"page_id": page.page_id, "disclaimer": page.disclaimer, "gone": page.gone},
                    against=changes.older,
                )
            )
        elif not is_ads and fell:
            found.append(
                Fault(
                    kind=FaultKind.FELL,
                    severity=Severity.SERIOUS,
                    subject=page.page,
                    sentence=(
                        f"“{page.page}” showed {spend_words(page.low_before, page.high_before)} and now shows "
                        f"{spend_words(page.low_now, page.high_now)}, although a total can only grow."
                    ),
                    evidence={"page_id": page.page_id, "disclaimer": page.disclaimer},
                    against=changes.older,
                )
            )
    return found


def _loss(share: float) -> Severity:
    if share >= SERIOUS_LOSS:
        return Severity.SERIOUS
    return Severity.MINOR if share >= MINOR_LOSS else Severity.NOTE
