"""Record the right to hold a register, before any file is accepted."""

from datetime import date, datetime

from django.db import transaction

from hustings.accounts.models import Organisation, User
from hustings.elections.models import Election
from hustings.places.models import Area
from hustings.platform import audit
from hustings.register.models import Entitlement, EntitlementKind


class EntitlementIncomplete(ValueError):
    """Something an entitlement needs is missing; the message says what."""


class EntitlementNotOpen(ValueError):
    """This organisation cannot hold a register in this capacity; the message says why."""


def record_entitlement(
    *,
    kind: str,
    holder: str,
    area: Area,
    valid_from: date,
    valid_until: date,
    evidence: str,
    now: datetime,
    election: Election | None = None,
    office: str = "",
    recorded_by: User | None = None,
) -> Entitlement:
    """Record who may hold the register of an area, for which election or office, from when until when.

    `valid_until` is the first day on which it may no longer be read. `evidence` says what was seen: the
    written request and the registration officer's answer. Law: Representation of the People (England and
    Wales) Regulations 2001, regulations 102 to 109; a copy is supplied on written request to candidates,
    registered parties and elected representatives. Raises `EntitlementIncomplete` or `EntitlementNotOpen`.
    """
    if kind not in EntitlementKind.values:
        raise EntitlementIncomplete(
            f"“{kind}” is not a capacity; choose {', '.join(EntitlementKind.values)}."
        )
    if not holder.strip():
        raise EntitlementIncomplete(
            "Say who is entitled: the candidate, the party or the elected representative."
        )
    if not evidence.strip():
        raise EntitlementIncomplete(
            "Say what shows the entitlement: the date of the written request and of the council's answer."
        )
    if valid_from >= valid_until:
        raise EntitlementIncomplete("The entitlement must end later than it begins.")
    if kind == EntitlementKind.CANDIDATE and election is None:
        raise EntitlementIncomplete("A candidate's entitlement is for one election: name it.")
    if kind != EntitlementKind.CANDIDATE and election is None and not office.strip():
        raise EntitlementIncomplete("Say for which election or which office the register is held.")
    organisation = Organisation.objects.first()
    if kind == EntitlementKind.PARTY and organisation is not None and not organisation.is_registered_party:
        raise EntitlementNotOpen(
            f"{organisation.name} is not set up as a registered party, so it cannot hold a register as one. A "
            "candidate or a councillor may hold it in their own right."
        )
    with transaction.atomic():
        entitlement = Entitlement.objects.create(
            kind=kind,
            holder=holder.strip(),
            election=election,
            office=office.strip(),
            area=area,
            valid_from=valid_from,
            valid_until=valid_until,
            evidence=evidence.strip(),
            recorded_at=now,
            recorded_by=recorded_by,
        )
        audit.record(
            now=now,
            actor=recorded_by,
            verb="recorded an entitlement to the register",
            subject_type="register.Entitlement",
            subject_id=entitlement.pk,
            area_code=area.pk,
            kind=kind,
            valid_until=valid_until.isoformat(),
        )
    return entitlement
