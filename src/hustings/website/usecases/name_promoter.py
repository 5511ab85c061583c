"""Name whoever causes the site to be published: their name and postal address stand in every page's foot."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hustings.accounts.models import Organisation, User
from hustings.basics.postcode import split_address
from hustings.clearance.models import Promoter
from hustings.clearance.usecases.verify_promoter import verify_promoter
from hustings.clearance.usecases.write_promoter import write_promoter
from hustings.platform import audit
from hustings.website.models import SiteFrame


@dataclass(frozen=True, kw_only=True)
class PromoterFacts:
    """Who promotes, where letters reach them, and how somebody knows."""

    name: str
    address: str
    postcode: str
    is_organisation: bool
    is_for_organisation: bool
    evidence: str


@transaction.atomic
def name_promoter(*, facts: PromoterFacts, by: User, now: datetime) -> SiteFrame:
    """Store and verify the promoter, and put the imprint on the site.

    Raises what `clearance` raises: `PromoterNotVerifiable` where the address is none, `NotAllowed`. "On behalf of" names
    the organisation, as it described itself, unless it promotes the site itself.
    """
    frame, _ = SiteFrame.objects.select_for_update().get_or_create(pk=1)
    promoter = _written(
        known=frame.promoter, name=facts.name, address=facts.address, postcode=facts.postcode,
        is_organisation=facts.is_organisation, evidence=facts.evidence, by=by, now=now,
    )  # fmt: skip
    principal = None
    organisation = Organisation.objects.first()
    if facts.is_for_organisation and organisation is not None and organisation.name != facts.name:
        address, postcode = split_address(organisation.address)
        principal = _written(
            known=frame.on_behalf_of, name=organisation.name, address=", ".join(address.splitlines()), postcode=postcode,
            is_organisation=True, evidence=facts.evidence, by=by, now=now,
        )  # fmt: skip
    frame.promoter, frame.on_behalf_of = promoter, principal
    frame.save()
    audit.record(
        now=now,
        actor=by,
        verb="named the promoter of",
        subject_type="site",
        subject_id=1,
        promoter=promoter.pk,
    )
    return frame


def _written(
    *,
    known: Promoter | None,
    name: str,
    address: str,
    postcode: str,
    is_organisation: bool,
    evidence: str,
    by: User,
    now: datetime,
) -> Promoter:
    """The promoter of that name, changed where need be, and verified."""
    same = (
        known
        if known is not None and known.name == name
        else Promoter.objects.filter(name=name, area=None).first()
    )
    promoter = write_promoter(
        promoter=same,
        name=name,
        address=address,
        postcode=postcode,
        is_organisation=is_organisation,
        by=by,
        now=now,
    )
    return (
        promoter
        if promoter.is_verified
        else verify_promoter(promoter=promoter, evidence=evidence, by=by, now=now)
    )
