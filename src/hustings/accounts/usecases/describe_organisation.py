"""Say which organisation this installation serves."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hustings.accounts.models import Organisation, User
from hustings.accounts.rules.colours import readable
from hustings.accounts.rules.lawful_basis import needs_explicit_consent_for_opinions
from hustings.basics.clock import uk_date
from hustings.places.models import Area
from hustings.platform import audit


@dataclass(frozen=True, kw_only=True)
class OrganisationFacts:
    """What people are told about the controller of their data."""

    name: str
    kind: str
    commission_number: str
    address: str
    email: str
    phone: str
    ico_reference: str
    area: Area | None
    colour: str


@transaction.atomic
def describe_organisation(*, facts: OrganisationFacts, by: User, now: datetime) -> Organisation:
    """Store the facts; the first time, note when. Raises `colours.TooPale` or `colours.NotAColour`."""
    readable(colour=facts.colour)
    known = Organisation.objects.select_for_update().filter(pk=1).first()
    changed = [
        name for name, value in vars(facts).items() if (known is None or getattr(known, name) != value)
    ]
    values = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    organisation, _ = Organisation.objects.update_or_create(
        pk=1, defaults={**values, "set_up_at": known.set_up_at if known and known.set_up_at else now}
    )
    audit.record(
        now=now,
        actor=by,
        verb="changed" if known else "described",
        subject_type="organisation",
        subject_id=1,
        fields=", ".join(changed),
        opinions_need_consent=needs_explicit_consent_for_opinions(kind=facts.kind, on=uk_date(now)),
    )
    return organisation
