"""Is this donor on the register? Asked only under an entitlement that covers checking donations.

A candidate's register may be used to check donations to that candidate's election, a party's for the party's; a copy held for a
councillor's office may not (Representation of the People Regulations 2001, regulations 102 to 109; Electoral Commission,
restrictions on the use of register and lists). Where nothing covers it, the answer says so and no entry is read.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from hustings.accounts.access import EVERYTHING
from hustings.money.models import Campaign, CampaignKind, Donor
from hustings.money.rules.permissibility import Answer
from hustings.register.access import EntitlementExpired, RegisterNotHeld, entries_for
from hustings.register.models import Entitlement, EntitlementKind
from hustings.register.queries import candidates_for
from hustings.register.rules.matching.comparing import record_of
from hustings.register.rules.matching.deciding import Verdict, decide
from hustings.register.rules.matching.settings import settings

_OVERSEAS_MARK = "F"


class NoEntitlement(Exception):
    """No entitlement in force covers this check; the message says which are held and why they do not."""


@dataclass(frozen=True, kw_only=True)
class RegisterAnswer:
    """What the register says of a donor: yes or unknown (a register of one area never shows that somebody is on none), with the
    entitlement it was read under.
    """

    answer: Answer
    sentence: str
    entitlement_id: int
    elector_id: int | None = None
    is_overseas: bool = False


def covering_entitlements(*, campaign: Campaign, on: date) -> QuerySet[Entitlement]:
    """The entitlements in force under which donations to this campaign may be checked."""
    covers = Q(kind=EntitlementKind.PARTY)
    if campaign.kind == CampaignKind.CANDIDATE:
        candidates = Q(kind=EntitlementKind.CANDIDATE)
        if campaign.election_id is not None:
            candidates &= Q(election=campaign.election_id)
        covers |= candidates
    return Entitlement.objects.filter(covers, valid_from__lte=on, valid_until__gt=on)


def register_answer(*, campaign: Campaign, donor: Donor, on: date) -> RegisterAnswer:
    """Hold a donor against the registers that may be read for this campaign on a day.

    Raises `NoEntitlement` where there is none.
    """
    entitlements = covering_entitlements(campaign=campaign, on=on)
    try:
        readable = entries_for(scope=EVERYTHING, on=on)
    except (RegisterNotHeld, EntitlementExpired) as problem:
        raise NoEntitlement(f"{problem} Or check by the council's written answer.") from problem
    entries = readable.filter(version__entitlement__in=entitlements)
    first = entries.select_related("version__entitlement", "version__area").first()
    if first is None:
        raise NoEntitlement(_why_not(campaign, on, has_entitlement=entitlements.exists()))
    person = record_of(
        forename=donor.given_name, surname=donor.family_name, postcode=donor.postcode, address=donor.address
    )
    weights = settings()
    # Everything readable is looked through, but only what these entitlements cover is weighed.
    near = candidates_for(person=person, on=on, settings=weights)
    covered = set(entries.filter(elector__in=[pk for pk, _ in near]).values_list("elector", flat=True))
    decision = decide(
        person=person, electors=[(pk, record) for pk, record in near if pk in covered], settings=weights
    )
    if decision.verdict == Verdict.NONE:
        areas = ", ".join(sorted(set(entries.values_list("version__area__name", flat=True))))
        return RegisterAnswer(
            answer="unknown",
            sentence=(
                f"Not found on the registers held ({areas}). The donor may be registered elsewhere: ask the donor where, and "
                "the council there."
            ),
            entitlement_id=first.version.entitlement_id,
        )
    found = (
        entries.filter(elector=decision.candidates[0].elector_id)
        .select_related("version__entitlement", "version__area")
        .order_by("-version__as_of", "pk")
        .first()
    )
    assert found is not None
    version = found.version
    where = f"the register of {version.area.name} as of {version.as_of:%d %B %Y}, number {found}"
    if decision.verdict == Verdict.UNSURE:
        return RegisterAnswer(
            answer="unknown",
            sentence=(
                f"{len(decision.candidates)} entries may be the donor's, the likeliest in {where}. Ask the donor for the full "
                "name and address as on the register."
            ),
            entitlement_id=version.entitlement_id,
        )
    is_overseas = _OVERSEAS_MARK in found.markers
    return RegisterAnswer(
        answer="yes",
        sentence=(
            f"Found in {where}{', as an overseas elector' if is_overseas else ''}; read under the entitlement of "
            f"{version.entitlement.holder}."
        ),
        entitlement_id=version.entitlement_id,
        elector_id=found.elector_id,
        is_overseas=is_overseas,
    )


def _why_not(campaign: Campaign, on: date, *, has_entitlement: bool) -> str:
    if has_entitlement:
        return "An entitlement is recorded, but no register was imported under it. Import the council's file."
    held = Entitlement.objects.filter(valid_from__lte=on, valid_until__gt=on).order_by("pk")
    councillors = [one.holder for one in held if one.kind == EntitlementKind.COUNCILLOR]
    if councillors:
        return (
            f"The register held is for the office of {', '.join(councillors)}, which does not cover checking donations to "
            f"{campaign.name}. Record the entitlement of the candidate or the party and import its own copy."
        )
    if held.exists():
        return (
            f"No register is held for the election of {campaign.name}. A candidate's copy may check donations of that "
            "candidate's election alone."
        )
    return (
        "No entitlement to an electoral register is in force, so no register may be read. Record one, or check by the "
        "council's written answer."
    )
