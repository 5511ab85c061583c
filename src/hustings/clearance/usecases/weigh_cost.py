"""What a material's cost means for the limits of those whose books it goes into; and charging it there."""

from datetime import date, datetime, timedelta

from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.clearance.models import About, Material, Medium, Override
from hustings.clearance.rules.findings import Finding, Level
from hustings.money.models import Category, Expense
from hustings.money.rules.headroom import Weight
from hustings.money.usecases.charge_material import MaterialCost, charge_material, weigh_material
from hustings.money.usecases.weigh_expense import CampaignVerdict

#: The number under which the checklist shows what concerns money.
CHECK = "M1"
#: What a finding's code begins with that the agent may set aside; the sum stands in it, so another sum asks again.
LIMIT_CODE = "limit-"

_UNSOLICITED = frozenset({Medium.PRINT, Medium.EMAIL, Medium.SMS, Medium.MESSAGE, Medium.CALL})
_LEVELS = {
    Weight.FINE: Level.OK,
    Weight.NEAR: Level.WARN,
    Weight.UNSURE: Level.WARN,
    Weight.OVER: Level.BLOCK,
}


def cost_of(*, material: Material, now: datetime) -> MaterialCost:
    """The material's cost in the words of the books: ordered when it is approved, used while it may go out."""
    is_unsolicited = Medium(material.medium) in _UNSOLICITED
    printer = material.printer
    first, last = _days_of_use(material)
    return MaterialCost(
        source=f"clearance.Material/{material.pk}",
        what=material.title,
        category=Category.UNSOLICITED if is_unsolicited else Category.ADVERTISING,
        supplier_name=printer.name if printer else "not entered yet",
        supplier_address=printer.full_address if printer else "",
        amount_pence=material.cost_pence,
        campaigns=list(material.campaigns.order_by("pk")) if material.pk else [],
        ordered_on=uk_date(now),
        assessment=material.cost_assessment,
        first_use_on=first,
        last_use_on=last,
    )


def _days_of_use(material: Material) -> tuple[date | None, date | None]:
    """The first and the last day on which it may go out; a last day without a first one says nothing about use."""
    if material.use_from is None:
        return None, None
    last = uk_date(material.use_until - timedelta(microseconds=1)) if material.use_until else None
    return uk_date(material.use_from), last


def spending_findings(*, material: Material, now: datetime) -> tuple[Finding, ...]:
    """One line of the checklist for each limit that the cost touches; none where nothing is spent.

    A confirmed limit that would be broken stops the material; one that is not confirmed, or is near, is warned about.
    """
    if not material.pk:
        return ()
    cost = cost_of(material=material, now=now)
    if not cost.campaigns:
        is_candidate_s = material.about in {About.CANDIDATE, About.FUTURE_CANDIDATE}
        return (_NO_BOOKS,) if cost.amount_pence and is_candidate_s else ()
    try:
        verdicts = weigh_material(cost=cost, now=now)
    except Refusal as refusal:
        return (
            Finding(
                id=CHECK, code=f"cost-{refusal.code}", level=Level.BLOCK, sentence=refusal.sentence,
                details={name: str(value) for name, value in refusal.details.items()}, rule="2.5",
            ),
        )  # fmt: skip
    return tuple(_finding(one) for one in verdicts)


def _finding(one: CampaignVerdict) -> Finding:
    verdict, limit = one.verdict, one.limit
    return Finding(
        id=CHECK,
        code=f"{LIMIT_CODE}{one.campaign.pk}-{verdict.period}-{verdict.would_be_pence}",
        level=_LEVELS[verdict.weight],
        sentence=gettext_noop("{campaign}: {what}"),
        details={"campaign": one.campaign.name, "what": str(verdict.said)},
        rule="2.1",
        entry_id=str(limit.entries[0]) if limit and limit.entries else "",
        status=limit.status if limit else "",
    )


_NO_BOOKS = Finding(
    id=CHECK,
    code="no-books",
    level=Level.INFO,
    sentence=gettext_noop(
        "Its cost goes into nobody\u2019s books. If it is for a candidate, name the campaign whose spending it is."
    ),
    rule="2.5",
)


def charge_cost(*, material: Material, sha256: str, by: User, now: datetime) -> Expense | None:
    """Write the cost of an approved material into the books, with the agent's reason where a limit was set aside.

    Raises `WouldBreakLimit` where it was not.
    """
    reason: Override | None = (
        material.overrides.filter(sha256=sha256, rule__startswith=LIMIT_CODE).order_by("-at", "-pk").first()
    )
    return charge_material(
        cost=cost_of(material=material, now=now),
        by=by,
        now=now,
        override_reason=reason.reason if reason else "",
        override_by=reason.by if reason else None,
    )
