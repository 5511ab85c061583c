"""Record what left by other ways than our own post: leaflets delivered, advertisements that ran, calls made."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from hustings.accounts.access import NotAllowed, Right, scope_of
from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.clearance.models import ApprovedCopy
from hustings.openness.models import Entry, EntryKind
from hustings.openness.rules.leaf import Json
from hustings.openness.rules.masking import banded, banded_cost
from hustings.openness.usecases.record_material import source_of
from hustings.openness.usecases.record_use import Use, people_in_wards, record_use
from hustings.outreach.phonebank.models import PhoneBank
from hustings.outreach.phonebank.queries import banks_ringing
from hustings.places.models import Area
from hustings.platform import audit

#: What can be recorded by hand, with the channel its entry bears.
CHANNELS = {EntryKind.ROUND: "leaflet", EntryKind.ADVERT: "advert", EntryKind.CALLS: "call"}


class NotToBeRecorded(Refusal):
    """The facts do not fit together, or the same was recorded before."""


class CountedByPhoneBank(NotToBeRecorded):
    """Phone banks of ours rang there in these days, and enter the record by themselves."""

    def __init__(self, *, banks: Sequence[PhoneBank]) -> None:
        self.banks = banks
        super().__init__(
            "phone_bank",
            gettext_noop(
                "In these days a phone bank rang people there: {titles}. What it did enters the record by itself once it is "
                "closed. Record here only calls that were made besides, and say that they were."
            ),
            titles=", ".join(f"“{bank.title}”" for bank in banks),
        )


@dataclass(frozen=True, kw_only=True)
class Publication:
    """What happened: when, where, how many households or people (for an advert: times shown), at what cost.

    `token` is one for each form that was opened, so that sending it twice records once. `numbers` holds one number for each of
    `wards`; `total` is used where it is not known by ward. `is_besides` says of calls that no phone bank of ours counts them.
    """

    kind: str
    started_on: date
    ended_on: date
    cost_pence: int
    token: str
    wards: Sequence[Area] = ()
    numbers: Sequence[int] = ()
    total: int = 0
    platform: str = ""
    page: str = ""
    targeting: str = ""
    is_besides: bool = False


@transaction.atomic
def record_publication(*, copy: ApprovedCopy, facts: Publication, by: User, now: datetime) -> Entry:
    """Add the entry of a round, an advert or calls with an approved copy; the material's own entry comes first.

    What and when is open at once; how many, where, for how much and for whom by the opening day. Numbers of households and people
    are published in bands like those of mailings; how often an advert was shown is not a number of people, and neither that nor
    what was paid for it is masked. Raises `NotToBeRecorded`, `CountedByPhoneBank` for calls that a phone bank may count as well,
    and `NotAllowed` outside the user's places.
    """
    if not scope_of(user=by, right=Right.EDIT_RECORD, on=uk_date(now)).covers(code=copy.material.area_id):
        raise NotAllowed(f"{by} may not do this here.")
    _check(facts, now)
    material = copy.material
    source = f"{facts.kind}:{facts.token}"
    is_new = not Entry.objects.filter(source=source).exists()
    use = Use(
        kind=facts.kind,
        source=source,
        title=copy.title,
        channel=CHANNELS[EntryKind(facts.kind)],
        started_at=facts.started_on.isoformat(),
        finished_at=facts.ended_on.isoformat(),
        wards=facts.wards,
        more={"platform": facts.platform, "page": facts.page},
        figures=_figures(facts, material.targeting),
        exact={
            "by_ward": [
                {"code": ward.code, "number": number}
                for ward, number in zip(facts.wards, facts.numbers, strict=False)
            ],
            "total": sum(facts.numbers) or facts.total,
            "cost_pence": facts.cost_pence,
        },
    )
    if is_new:
        _check_not_counted(copy, facts, use)
    entry = record_use(copy=copy, use=use, now=now)
    if is_new:
        audit.record(
            now=now,
            actor=by,
            verb="recorded",
            subject_type="openness.Entry",
            subject_id=entry.number,
            area_code=material.area_id or "",
            kind=facts.kind,
        )
    return entry


def _check(facts: Publication, now: datetime) -> None:
    if facts.kind not in CHANNELS:
        raise NotToBeRecorded("kind", gettext_noop("Say whether it was a round, an advert or calls."))
    if facts.ended_on < facts.started_on:
        raise NotToBeRecorded("dates", gettext_noop("It cannot have ended before it began."))
    if facts.started_on > uk_date(now):
        raise NotToBeRecorded(
            "future", gettext_noop("Record it when it has begun; plans are not in the record.")
        )
    if facts.numbers and len(facts.numbers) != len(facts.wards):
        raise NotToBeRecorded("wards", gettext_noop("Give one number for each ward."))
    if min([facts.cost_pence, facts.total, *facts.numbers]) < 0:
        raise NotToBeRecorded("negative", gettext_noop("Numbers and costs are never less than nothing."))
    if facts.kind == EntryKind.ADVERT and not facts.platform.strip():
        raise NotToBeRecorded("platform", gettext_noop("Say where the advert ran."))


def _check_not_counted(copy: ApprovedCopy, facts: Publication, use: Use) -> None:
    """Refuse what stands in the record already, by another form or, for calls, by a phone bank."""
    for entry in Entry.objects.filter(
        kind=use.kind, concerns__source=source_of(copy=copy), source__startswith=f"{use.kind}:"
    ):
        kept = {document.name: document.content for document in entry.documents.all()}
        said, exact = (json.loads(bytes(kept.get(name) or b"{}")) for name in ("facts", "exact"))
        same = (use.started_at, use.finished_at) == (said.get("started_at"), said.get("finished_at"))
        if same and exact == json.loads(json.dumps(use.exact)):
            raise NotToBeRecorded(
                "double",
                gettext_noop(
                    "Exactly this was recorded before, as entry {number}: the same material, days and numbers. If more was "
                    "done in these days, add it all up, and correct that entry."
                ),
                number=entry.number,
            )
    if facts.kind != EntryKind.CALLS or facts.is_besides:
        return
    codes = frozenset(ward.code for ward in facts.wards) or frozenset(
        {copy.material.area_id} if copy.material.area_id else ()
    )
    if banks := banks_ringing(first=facts.started_on, last=facts.ended_on, codes=codes):
        raise CountedByPhoneBank(banks=banks)


def _figures(facts: Publication, targeting: str) -> dict[str, Json]:
    shown: dict[str, Json] = {"targeting": facts.targeting.strip() or targeting}
    if facts.kind == EntryKind.ADVERT:
        return shown | {"times_shown": facts.total, "cost_pence": facts.cost_pence}
    total, rows = people_in_wards(
        [(ward, banded(number)) for ward, number in zip(facts.wards, facts.numbers, strict=False)]
    )
    if not facts.numbers:
        total = banded(facts.total)
    people = sum(facts.numbers) or facts.total
    return shown | {
        "people": total.as_dict(),
        "by_ward": rows,
        "cost_pence": banded_cost(facts.cost_pence, people=people, band=total).as_dict(),
    }
