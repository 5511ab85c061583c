"""Importer of a campaign's own gifts from a spreadsheet: a payment company's list, a bank's statement, a keyed ledger."""

from collections.abc import Iterator, Mapping
from typing import Any

from hustings.accounts.access import NotAllowed
from hustings.accounts.models import User
from hustings.basics.clock import clock
from hustings.money.importers.reading import columns_by_alias, day_of, is_yes, pence_of
from hustings.money.models import Campaign, DonorKind, Route
from hustings.money.queries.ledger import standing_gifts
from hustings.money.usecases.record_gift import BadGift, DonorFacts, GiftFacts, record_gift
from hustings.platform.importing.importer import DatasetCard, ImportRefused, Options, RowRejected, Sink
from hustings.platform.importing.source import SourceFile
from hustings.platform.models import ImportRun
from hustings.platform.progress import Progress

ALIASES: dict[str, tuple[str, ...]] = {
    "received_on": ("receivedon", "received", "date", "datereceived"),
    "amount": ("amount", "value", "gross"),
    "evidence": ("evidence", "reference", "statementline"),
    "route": ("route", "how", "method"),
    "kind": ("kind", "donorkind", "giverkind"),
    "given_name": ("givenname", "givennames", "firstname", "forename"),
    "family_name": ("familyname", "lastname", "surname"),
    "organisation": ("organisation", "company", "organisationname"),
    "address": ("address",),
    "postcode": ("postcode",),
    "email": ("email", "emailaddress"),
    "company_number": ("companynumber",),
    "controllers": ("controllers",),
    "payment": ("payment", "token", "cardtoken", "account"),
    "is_standing": ("standing", "standingorder", "isstanding", "regular"),
    "platform": ("platform",),
    "funds_arrived_on": ("fundsarrivedon", "paidout", "payoutdate"),
    "what": ("what",),
    "value_basis": ("valuebasis",),
    "through": ("through", "passedonby"),
}
_NEEDED = ("received_on", "amount", "evidence", "family_name")
_DONOR_TEXTS = (
    *("given_name", "family_name", "organisation", "address", "postcode", "email"),
    "company_number",
)
_GIFT_TEXTS = ("evidence", "payment", "platform", "what", "value_basis", "through")
_ROUTES = {str(label).casefold(): str(value) for value, label in Route.choices} | {
    str(value): str(value) for value in Route.values
}
_KINDS = {str(label).casefold(): str(value) for value, label in DonorKind.choices} | {
    str(value): str(value) for value in DonorKind.values
}


class GiftSheet:
    """Rows of gifts to one campaign, named by `--option campaign=NUMBER`; whoever brings them in must keep its books."""

    slug = "gift-sheet"
    card = DatasetCard(
        title="A campaign's gifts",
        publisher="your own treasurer",
        licence="your own records",
        what=(
            "One row for each gift: day, amount, what shows it, how it came, and who gave it. Say --option "
            "campaign=NUMBER (the number "
            "in the address of its books) and --option by=EMAIL of a login that keeps them. The column payment holds "
            "the card's or "
            "account's token; only its keyed fingerprint is kept. Amounts are pounds, routes "
            "cash, card, bank, platform, in_kind or crypto; a row without any name comes from an unknown source."
        ),
        columns=(
            "received_on",
            "amount",
            "evidence",
            "route",
            "kind",
            "given_name",
            "family_name",
            "organisation",
        ),
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """A day, an amount, evidence and a family name."""
        columns = columns_by_alias(header=source.header, aliases=ALIASES)
        return set(_NEEDED) <= set(columns) and "evidence" in columns and "route" in columns

    def stage(
        self, *, source: SourceFile, run: ImportRun, options: Options, sink: Sink, progress: Progress
    ) -> list[tuple[DonorFacts, GiftFacts]]:
        """Read every row; one that stands in the books already is unchanged."""
        campaign = _campaign(options)
        _by(run, options)
        known = {
            _key(
                received_on=gift.received_on,
                amount=gift.amount_pence,
                evidence=gift.evidence,
                name=gift.donor.name if gift.donor else "",
            )
            for gift in standing_gifts().filter(campaign=campaign).select_related("donor")
        }
        staged = []
        for line, cells, row in sheet_rows(source=source):
            if isinstance(row, RowRejected):
                sink.reject(line=line, reason=str(row), row=_without_payment(source, cells))
                continue
            donor, facts = row
            name = donor.organisation or f"{donor.given_name} {donor.family_name}".strip()
            key = _key(
                received_on=facts.received_on, amount=facts.amount_pence, evidence=facts.evidence, name=name
            )
            if key in known:
                sink.unchanged()
                continue
            known.add(key)
            staged.append(row)
            sink.accept()
        return staged

    def activate(
        self, *, staged: list[tuple[DonorFacts, GiftFacts]], run: ImportRun, options: Options
    ) -> None:
        """Write the gifts down."""
        campaign, by = _campaign(options), _by(run, options)
        for donor, facts in staged:
            try:
                record_gift(campaign=campaign, donor=donor, facts=facts, by=by, now=clock().now())
            except (BadGift, NotAllowed) as problem:
                raise ImportRefused(f"{facts.evidence}: {problem}") from problem

    def discard(self, *, staged: object) -> None:
        """Nothing lies anywhere."""


def _without_payment(source: SourceFile, cells: Mapping[str, str]) -> dict[str, str]:
    """The row as it goes to the rejects file: never with the card's or account's number."""
    column = columns_by_alias(header=source.header, aliases=ALIASES).get("payment")
    return {name: "(left out)" if name == column and value else value for name, value in cells.items()}


def sheet_rows(
    *,
    source: SourceFile,
) -> Iterator[tuple[int, Mapping[str, str], tuple[DonorFacts, GiftFacts] | RowRejected]]:
    """Every line of a sheet with its cells: a giver and a gift, or why it cannot be used. Raises `ImportRefused`."""
    columns = columns_by_alias(header=source.header, aliases=ALIASES)
    if missing := [name for name in (*_NEEDED, "route") if name not in columns]:
        raise ImportRefused(f"{source.name} has no column {', '.join(missing)}: it is not a sheet of gifts.")
    today = clock().today_in_uk()
    for line, record in source.records():
        cells = {name: " ".join(record[heading].split()) for name, heading in columns.items()}
        try:
            row = _row(cells)
            if row[1].received_on > today:
                raise RowRejected(f"The day {row[1].received_on} has not come yet.")
        except RowRejected as problem:
            yield line, record, problem
        else:
            yield line, record, row


def _row(cells: Mapping[str, str]) -> tuple[DonorFacts, GiftFacts]:
    received = day_of(text=cells["received_on"], what="day")
    if received is None:
        raise RowRejected("The row has no day.")
    amount = pence_of(text=cells["amount"], what="amount")
    if amount <= 0:
        raise RowRejected(f"The amount “{cells['amount']}” is not above nought.")
    if not cells["evidence"]:
        raise RowRejected("The row does not say what shows the gift (column evidence).")
    route = _ROUTES.get(cells["route"].casefold())
    if route is None:
        raise RowRejected(
            f"“{cells['route']}” is no way a gift comes: cash, card, bank, platform, in_kind or crypto."
        )
    kind = _KINDS.get((cells.get("kind") or "individual").casefold())
    if kind is None:
        raise RowRejected(f"“{cells['kind']}” is no kind of donor: {', '.join(DonorKind.values)}.")
    if route == Route.IN_KIND and not (cells.get("what") and cells.get("value_basis")):
        raise RowRejected("A gift in kind needs the columns what and value_basis.")
    # Any: the names are those of the dataclasses, all of them texts.
    names: dict[str, Any] = {name: cells.get(name, "") for name in _DONOR_TEXTS}
    texts: dict[str, Any] = {name: cells.get(name, "") for name in _GIFT_TEXTS}
    donor = DonorFacts(kind=kind, controllers=_controllers(cells.get("controllers", "")), **names)
    arrived = day_of(text=cells.get("funds_arrived_on", ""), what="day of the payout")
    facts = GiftFacts(
        amount_pence=amount,
        received_on=received,
        route=route,
        is_standing=is_yes(text=cells.get("is_standing", ""), what="a standing order"),
        funds_arrived_on=arrived if route == Route.PLATFORM else None,
        **texts,
    )
    return donor, facts


def _controllers(text: str) -> list[dict[str, str]]:
    """People divided by semicolons, each “name, postcode”."""
    found = []
    for part in filter(None, (one.strip() for one in text.split(";"))):
        name, _comma, postcode = part.rpartition(",")
        found.append({"name": (name or part).strip(), "postcode": postcode.strip().upper() if name else ""})
    return found


def _key(*, received_on: object, amount: int, evidence: str, name: str) -> tuple[Any, ...]:
    return received_on, amount, evidence.casefold(), name.casefold()


def _campaign(options: Options) -> Campaign:
    number = str(options.values.get("campaign", ""))
    found = Campaign.objects.filter(pk=int(number)).first() if number.isdecimal() else None
    if found is None:
        raise ImportRefused("Say to whose books the gifts belong: --option campaign=NUMBER.")
    return found


def _by(run: ImportRun, options: Options) -> User:
    if run.started_by_id is not None:
        return User.objects.get(pk=run.started_by_id)
    found = User.objects.filter(email__iexact=str(options.values.get("by", "")), is_active=True).first()
    if found is None:
        raise ImportRefused(
            "Say who brings the gifts in: --option by=EMAIL of a login that keeps these books."
        )
    return found
