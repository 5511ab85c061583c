"""Promoters and materials of Alice's campaign."""

from datetime import UTC, date, datetime
from typing import Any

from hustings.accounts.models import Role, User
from hustings.clearance.models import ApprovedCopy, Material, Medium, Promoter
from hustings.clearance.usecases import approve_material
from hustings.elections.models import Election, ElectionKind
from tests.contacts import cast

NOW = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)
IMPRINT = "Promoted by Alice Archer, 12 High Street, Barset, ZZ1 1AA"


def make_agent() -> User:
    """Fred is the election agent for the whole organisation."""
    return cast.make_user(name="Fred", role=Role.AGENT, area=None)


def make_promoter(*, name: str = "Alice Archer", is_verified: bool = True, **fields: Any) -> Promoter:
    """A promoter at 12 High Street."""
    return Promoter.objects.create(
        name=name,
        address=fields.pop("address", "12 High Street, Barset"),
        postcode=fields.pop("postcode", "ZZ1 1AA"),
        verified_at=NOW if is_verified else None,
        evidence="letter of 1 March" if is_verified else "",
        **fields,
    )


def make_election() -> Election:
    """The council election of 7 May 2026."""
    return Election.objects.create(
        id="local.barset.2026-05-07", kind=ElectionKind.LOCAL, title="Barset 2026", poll_on=date(2026, 5, 7)
    )


def make_material(
    *, promoter: Promoter | None = None, area: str | None = cast.EAST, **fields: Any
) -> Material:
    """An email about the park, for Barset East."""
    return Material.objects.create(
        title=fields.pop("title", "The park"),
        medium=fields.pop("medium", Medium.EMAIL),
        subject=fields.pop("subject", "Save our park"),
        body=fields.pop("body", "The council wants to sell it."),
        promoter=promoter or make_promoter(),
        area_id=area,
        made_at=NOW,
        **fields,
    )


def make_copy(*, by: User, **fields: Any) -> ApprovedCopy:
    """An approved copy of such a material."""
    return approve_material(material=make_material(**fields), by=by, now=NOW)
