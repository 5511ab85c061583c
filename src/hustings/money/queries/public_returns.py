"""Finished returns as anybody may read them: plain data without private addresses, for the public record."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from hustings.money.models import Return
from hustings.money.rules.return_content import public_version


@dataclass(frozen=True, kw_only=True)
class PublicReturn:
    """One finished return: who, where, which version, the fingerprint of the whole, and the public content.

    `content` is as `rules.return_content.public_version` makes it. `is_newest` is false where a later version corrects it.
    """

    return_id: int
    name: str
    area_name: str
    area_code: str | None
    version: int
    sha256: str
    total_pence: int
    frozen_at: datetime
    is_newest: bool
    content: Mapping[str, Any]


def public_return(*, return_id: int) -> PublicReturn:
    """The public version of one finished return; raises `Return.DoesNotExist`."""
    found = Return.objects.select_related("campaign").get(pk=return_id)
    newest = (
        Return.objects.filter(campaign=found.campaign_id).order_by("-version").values_list("pk", flat=True)
    )
    return _public(found, is_newest=newest[0] == found.pk)


def public_returns() -> list[PublicReturn]:
    """The newest version of every finished return, latest poll first."""
    newest = Return.objects.filter(campaign=OuterRef("campaign")).order_by("-version").values("pk")[:1]
    rows = (
        Return.objects.filter(pk=Subquery(newest))
        .select_related("campaign")
        .order_by("-campaign__poll_on", "campaign__name", "pk")
    )
    return [_public(row, is_newest=True) for row in rows]


def _public(row: Return, *, is_newest: bool) -> PublicReturn:
    return PublicReturn(
        return_id=row.pk,
        name=row.campaign.name,
        area_name=row.campaign.area_name,
        area_code=row.campaign.area_id,
        version=row.version,
        sha256=row.sha256,
        total_pence=row.total_pence,
        frozen_at=row.frozen_at,
        is_newest=is_newest,
        content=public_version(content=json.loads(row.content)),
    )
