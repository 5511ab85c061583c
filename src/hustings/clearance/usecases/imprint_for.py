"""Write the imprint that something must carry."""

from collections.abc import Sequence

from hustings.clearance.models import Promoter
from hustings.clearance.queries.describing import language_of, responsible
from hustings.clearance.rules.facts import Medium
from hustings.clearance.rules.wording import imprint_text


def imprint_for(
    *,
    promoter: Promoter,
    on_behalf_of: Promoter | Sequence[Promoter] | None = None,
    medium: str,
    language: str = "en-gb",
    printer: Promoter | None = None,
    joint_promoters: Sequence[Promoter] = (),
) -> str:
    """Write the imprint in the shape of rules 1.5, in English or Welsh.

    `on_behalf_of` is one principal, several, or None where the promoter acts for nobody else. A printer is
    named on print only. `language` is a language code of the site ("en-gb", "cy").
    """
    principals = [on_behalf_of] if isinstance(on_behalf_of, Promoter) else list(on_behalf_of or ())
    return imprint_text(
        promoters=[responsible(promoter=one) for one in (promoter, *joint_promoters)],
        principals=[responsible(promoter=one) for one in principals],
        printer=responsible(promoter=printer) if printer else None,
        medium=Medium(medium),
        language=language_of(code=language),
    )
