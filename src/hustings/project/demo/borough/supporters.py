"""The organisation's own list: 12,000 supporters with evidence of consent, and 300 without."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from hustings.project.demo.borough.contact_details import Directory
from hustings.project.demo.borough.electors import Elector
from hustings.project.demo.borough.land import Land
from hustings.project.demo.borough.names import FEMALE, MALE, draw_forename, name_book
from hustings.project.demo.borough.noise import Scribe, Written
from hustings.project.demo.borough.petition import Signer

# With evidence: 12,000 rows, of whom exactly 10,000 may be emailed.
EMAILABLE, OTHER_CHANNELS, UNSUBSCRIBED, FAULTY_ADDRESS, REPEATED = 10_000, 1_200, 420, 260, 120
WITH_EVIDENCE = EMAILABLE + OTHER_CHANNELS + UNSUBSCRIBED + FAULTY_ADDRESS + REPEATED
WITHOUT_EVIDENCE = 300
ROWS = WITH_EVIDENCE + WITHOUT_EVIDENCE
# Of the emailable, so many signed the petition too, with the same address.
ALSO_SIGNED = 60
_NOT_ON_REGISTER = 0.15


@dataclass(frozen=True, slots=True)
class Wording:
    """A consent wording as it stood on the form in a span of days."""

    version: str
    text: str
    first_on: date


WORDINGS = (
    Wording(
        version="2021-01",
        text="Please tell me about campaigns in my area by the ways I have ticked. I can always stop this.",
        first_on=date(2021, 1, 10),
    ),
    Wording(
        version="2023-06",
        text="Yes, contact me about your campaigns by the ways I have ticked below. I can always stop this.",
        first_on=date(2023, 6, 1),
    ),
    Wording(
        version="2025-02",
        text=(
            "I agree that the Barset campaign may write to me about local campaigns and elections by the "
            "ways I have ticked. I can stop this at any time with the link in every message."
        ),
        first_on=date(2025, 2, 3),
    ),
)
SOURCES = (
    "Street stall, Market Square",
    "Website form",
    "Doorstep sheet",
    "Residents' survey 2024",
    "Public meeting",
)


@dataclass(frozen=True, slots=True)
class Supporter:
    """One row of the spreadsheet, with the truth beside it.

    `group` says why the row is there: emailable, other_channels, unsubscribed, faulty_address, repeated or
    without_evidence. `elector_key` is None where the person is not on the register.
    """

    group: str
    elector_key: int | None
    written: Written
    town: str
    email: str
    mobile: str
    landline: str
    consents: frozenset[str]
    consented_on: date | None
    wording: Wording | None
    source: str
    unsubscribed_on: date | None
    tags: tuple[str, ...]


def gather_supporters(
    *,
    rng: Random,
    land: Land,
    electors: tuple[Elector, ...],
    signers: tuple[Signer, ...],
    directory: Directory,
    until_on: date,
) -> tuple[Supporter, ...]:
    """Make the list as it stands on `until_on`, in the order in which a busy office would have kept it:
    none.
    """
    maker = _Maker(rng=rng, land=land, directory=directory, until_on=until_on)
    signed_keys = {signer.elector_key for signer in signers}
    with_door = [row for row in electors if row.dwelling and row.key not in signed_keys]
    plan = [
        ("emailable", EMAILABLE - ALSO_SIGNED),
        ("other_channels", OTHER_CHANNELS),
        ("unsubscribed", UNSUBSCRIBED),
        ("faulty_address", FAULTY_ADDRESS),
        ("without_evidence", WITHOUT_EVIDENCE),
    ]
    people = iter(rng.sample(with_door, k=sum(count for _, count in plan)))
    rows = [maker.row(group=group, elector=next(people)) for group, count in plan for _ in range(count)]
    willing = [
        signer
        for signer in signers
        if signer.confirmed_at
        and "email" in signer.consents
        and not signer.objected_at
        and signer.elector_key
    ]
    rows += [maker.from_signer(signer=signer) for signer in rng.sample(willing, k=ALSO_SIGNED)]
    emailable = [row for row in rows if row.group == "emailable"]
    rows += [maker.repeat(row=row) for row in rng.sample(emailable, k=REPEATED)]
    rng.shuffle(rows)
    return tuple(rows)


class _Maker:
    def __init__(self, *, rng: Random, land: Land, directory: Directory, until_on: date) -> None:
        self._scribe = Scribe(rng=rng, land=land)
        self._rng, self._directory, self._until_on = rng, directory, until_on

    def row(self, *, group: str, elector: Elector) -> Supporter:
        rng = self._rng
        on_register = rng.random() >= _NOT_ON_REGISTER
        if not on_register:
            elector = self._stranger_at(elector=elector)
        assert elector.dwelling is not None
        written = self._scribe.write(elector=elector, care=0.6 + 0.4 * rng.random())
        email = self._directory.email(forename=written.first_name, surname=written.surname, born=elector.born)
        consents = {"email"} if group != "other_channels" else set()
        landline = self._directory.landline() if rng.random() < 0.62 else ""
        if landline and rng.random() < 0.6:
            consents.add("phone")
        if not consents or rng.random() < 0.4:
            consents.add("post")
        if group == "faulty_address":
            email = _spoil(rng=rng, email=email)
        elif group == "other_channels" and rng.random() < 0.55:
            email = ""
        has_evidence = group != "without_evidence"
        consented_on = self._day() if has_evidence else None
        return Supporter(
            group=group,
            elector_key=elector.key or None,
            written=written,
            town=elector.dwelling.lines[-2],
            email=email,
            mobile="",
            landline=landline,
            consents=frozenset(consents),
            consented_on=consented_on,
            wording=_wording_on(day=consented_on) if consented_on else None,
            source=rng.choice(SOURCES) if has_evidence else "",
            unsubscribed_on=self._later(day=consented_on) if group == "unsubscribed" else None,
            tags=self._tags(),
        )

    def from_signer(self, *, signer: Signer) -> Supporter:
        consented_on = self._day()
        return Supporter(
            group="emailable",
            elector_key=signer.elector_key,
            written=signer.written,
            town="",
            email=signer.email,
            mobile=signer.phone if signer.phone.startswith("07") else "",
            landline="" if signer.phone.startswith("07") else signer.phone,
            consents=frozenset({"email"}),
            consented_on=consented_on,
            wording=_wording_on(day=consented_on),
            source=self._rng.choice(SOURCES),
            unsubscribed_on=None,
            tags=self._tags(),
        )

    def repeat(self, *, row: Supporter) -> Supporter:
        """The same person met a second time: same address of email, written in capitals now and then."""
        consented_on = self._day()
        email = row.email.upper() if self._rng.random() < 0.4 else row.email
        return Supporter(
            group="repeated",
            elector_key=row.elector_key,
            written=row.written,
            town=row.town,
            email=email,
            mobile=row.mobile,
            landline=row.landline,
            consents=row.consents,
            consented_on=consented_on,
            wording=_wording_on(day=consented_on),
            source=self._rng.choice(SOURCES),
            unsubscribed_on=None,
            tags=(),
        )

    def _stranger_at(self, *, elector: Elector) -> Elector:
        """Somebody at the same door who is not on the register: a lodger or, half the time, of the same
        name.
        """
        rng, book = self._rng, name_book()
        community = book.draw_community(rng=rng)
        sex, born = rng.choice((FEMALE, MALE)), rng.randint(1945, 2006)
        forename = elector.forename
        while forename == elector.forename:
            forename = draw_forename(rng=rng, community=community, sex=sex, born=born)
        surname = elector.surname if rng.random() < 0.5 else book.draw_surname(rng=rng, community=community)
        return elector.other_at_the_door(forename=forename, surname=surname, sex=sex, born=born)

    def _day(self) -> date:
        return self._until_on - timedelta(days=self._rng.randint(3, 1_500))

    def _later(self, *, day: date | None) -> date | None:
        if day is None:
            return None
        return day + timedelta(days=self._rng.randint(1, (self._until_on - day).days - 1))

    def _tags(self) -> tuple[str, ...]:
        rng = self._rng
        return tuple(
            tag
            for tag, share in (("poster", 0.06), ("volunteer", 0.04), ("donor", 0.02))
            if rng.random() < share
        )


def _wording_on(*, day: date) -> Wording:
    return [wording for wording in WORDINGS if wording.first_on <= day or wording is WORDINGS[0]][-1]


def _spoil(*, rng: Random, email: str) -> str:
    local, domain = email.split("@")
    return rng.choice(
        (f"{local}@@{domain}", f"{local}.{domain}", f"{local}@", f"{local} @{domain}", f"@{domain}")
    )
