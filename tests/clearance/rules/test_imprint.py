"""The imprint checklist on hand-made material, before and after each date, in each nation, with each trap."""

from datetime import date

import pytest

from hustings.clearance.rules.facts import (
    Artefact,
    Election,
    Exemption,
    Link,
    Measures,
    Medium,
    Nation,
    Place,
    Publisher,
    Responsible,
    Stage,
    Subject,
)
from hustings.clearance.rules.findings import Level, has_passed, worst
from hustings.clearance.rules.imprint import CHECKS, check_imprint
from hustings.clearance.rules.reading import artefact_of_email, artefact_of_html
from tests.clearance.rules.cases import (
    ADVERT,
    ALICE,
    ALICE_FOR_PARTY,
    ALICE_SAYS,
    BOB,
    BOB_FOR_ALICE,
    EMAIL,
    FIRST_DAY,
    GROUP,
    LAST_FREE_DAY,
    LEAFLET,
    PARTY,
    PARTY_SAYS,
    PRINTED,
    PRINTER,
    Case,
    but,
)

NOT_THERE = {"promoter-not-named", "promoter-postcode-missing", "not-in-material"}
GOOD_LINK = Link(
    platform="short-post",
    reason="280 characters",
    clicks=1,
    needs_login=False,
    status=200,
    is_watched=True,
    text=ALICE_SAYS,
)
LINKED = but(EMAIL, medium=Medium.SOCIAL, place=Place.LINKED, link=GOOD_LINK)
SCOTS_GROUP = but(
    EMAIL,
    medium=Medium.SOCIAL,
    nation=Nation.SCOTLAND,
    election=Election.DEVOLVED,
    publisher=Publisher.UNREGISTERED_ORGANISATION,
    subject=Subject.PARTY,
    promoters=(GROUP,),
)
GROUP_SAYS = "Promoted by Friends of Barset Park, PO Box 7, Barset ZZ9 9ZZ"


def message(*parts: str) -> bytes:
    return "\r\n".join(parts).encode()


HIDDEN_HEADER_MESSAGE = message(
    "From: alice@barset.example",
    "Subject: Our park",
    f"X-Imprint: {ALICE_SAYS}",
    "Content-Type: text/html; charset=utf-8",
    "",
    "<p>Save our park.</p>",
)
TWO_PART_MESSAGE = message(
    "From: alice@barset.example",
    "Subject: Our park",
    "MIME-Version: 1.0",
    'Content-Type: multipart/alternative; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "Save our park.",
    "--b",
    "Content-Type: text/html; charset=utf-8",
    "",
    f"<p>Save our park.</p><p>{ALICE_SAYS}</p>",
    "--b--",
    "",
)

CASES = [
    # Digital, organic, by a candidate.
    Case("email with its imprint", EMAIL),
    Case("email without an imprint", EMAIL, "Save our park.", blocks=NOT_THERE),
    Case("web page with its imprint", but(EMAIL, medium=Medium.WEB)),
    Case("a message by WhatsApp is in scope", but(EMAIL, medium=Medium.MESSAGE), "Hello", blocks=NOT_THERE),
    Case("podcast with the words in its script", but(EMAIL, medium=Medium.AUDIO)),
    Case("name and address anywhere in the text", EMAIL, "Alice Archer writes.\nLetters: 12 High Street, ZZ1 1AA"),
    Case("other words than “promoted by”", EMAIL, "Published by Alice Archer of 12 High Street, Barset, ZZ1 1AA."),
    Case("capitals, a title, an abbreviation", EMAIL, "PROMOTED BY CLLR ALICE ARCHER, 12 HIGH ST, BARSET, ZZ11AA"),
    Case("a line broken in the address", EMAIL, "Promoted by Alice\nArcher, 12 High\nStreet, Barset\nZZ1 1AA"),
    # Parts missing.
    Case("no postcode", EMAIL, "Promoted by Alice Archer, 12 High Street, Barset",
         blocks={"promoter-postcode-missing", "not-in-material"}),
    Case("half a postcode", EMAIL, "Promoted by Alice Archer, 12 High Street, Barset ZZ1",
         blocks={"promoter-postcode-missing", "not-in-material"}),
    Case("no street", EMAIL, "Promoted by Alice Archer, Barset ZZ1 1AA",
         blocks={"promoter-street-missing", "not-in-material"}),
    Case("the wrong house", EMAIL, "Promoted by Alice Archer, 14 High Street, Barset ZZ1 1AA",
         blocks={"promoter-street-missing", "not-in-material"}),
    Case("12 is not in 112", EMAIL, "Promoted by Alice Archer, 112 High Street, Barset ZZ1 1AA",
         blocks={"promoter-street-missing", "not-in-material"}),
    Case("no name", EMAIL, "Promoted by the candidate, 12 High Street, Barset ZZ1 1AA",
         blocks={"promoter-not-named", "not-in-material"}),
    Case("another first name", EMAIL, "Promoted by Alex Archer, 12 High Street, Barset ZZ1 1AA",
         blocks={"promoter-not-named", "not-in-material"}),
    Case("a name that only begins like it", EMAIL, "Promoted by Alice Archerson, 12 High Street ZZ1 1AA",
         blocks={"promoter-not-named", "not-in-material"}),
    Case("an email address only", but(EMAIL, promoters=(Responsible(
        name="Alice Archer", address="alice@barset.example", is_verified=True),)),
         "Promoted by Alice Archer, alice@barset.example",
         blocks={"promoter-address-electronic", "not-in-material"}),
    Case("a web address only", but(EMAIL, promoters=(Responsible(
        name="Alice Archer", address="https://barset.example", is_verified=True),)),
         "Promoted by Alice Archer, https://barset.example",
         blocks={"promoter-address-electronic", "not-in-material"}),
    Case("a record without a postcode", but(EMAIL, promoters=(Responsible(
        name="Alice Archer", address="12 High Street, Barset", is_verified=True),)),
         blocks={"promoter-address-incomplete", "not-in-material"}),
    Case("a record with a postcode only", but(EMAIL, promoters=(Responsible(
        name="Alice Archer", address="ZZ1 1AA", is_verified=True),)),
         blocks={"promoter-address-incomplete", "not-in-material"}),
    Case("a PO box is an address", but(EMAIL, promoters=(GROUP,)), GROUP_SAYS),
    Case("nobody chosen", but(EMAIL, promoters=()), blocks={"promoter-missing", "not-in-material"}),
    Case("not verified", but(EMAIL, promoters=(Responsible(name=ALICE.name, address=ALICE.address),)),
         blocks={"promoter-unverified"}),
    Case("name far from address", EMAIL, f"Alice Archer says: {'word ' * 80} Letters to 12 High Street ZZ1 1AA",
         warns={"name-far-from-address"}),
    # Principals and joint promoters.
    Case("for a principal at the same address", but(EMAIL, promoters=(BOB,), principals=(ALICE,)), BOB_FOR_ALICE),
    Case("same address, “both” left out", but(EMAIL, promoters=(BOB,), principals=(ALICE,)),
         "Promoted by Bob Baker on behalf of Alice Archer, 12 High Street, Barset ZZ1 1AA",
         warns={"shared-address-unsaid"}),
    Case("for a principal elsewhere", but(EMAIL, principals=(PARTY,)), ALICE_FOR_PARTY),
    Case("principal not named", but(EMAIL, principals=(PARTY,)),
         blocks={"principal-not-named", "principal-postcode-missing"}),
    Case("principal without address", but(EMAIL, principals=(PARTY,)), ALICE_SAYS + " on behalf of Barset Forward",
         blocks={"principal-postcode-missing"}),
    Case("principal is the promoter", but(EMAIL, principals=(ALICE,))),
    Case("joint promoters", but(EMAIL, promoters=(ALICE, PARTY)), ALICE_SAYS + " and " + PARTY_SAYS[12:]),
    Case("one of two joint promoters missing", but(EMAIL, promoters=(ALICE, PARTY)),
         blocks={"promoter-not-named", "promoter-postcode-missing", "not-in-material"}),
    # The date the digital regime began.
    Case("organic on the last day before the law", EMAIL, "Save our park.", LAST_FREE_DAY,
         infos={"before-the-law", "promoter-not-named"}),
    Case("organic on the first day of the law", EMAIL, "Save our park.", FIRST_DAY, blocks=NOT_THERE),
    Case("paid on the last day before the law", ADVERT, "Save our park.", LAST_FREE_DAY, infos={"before-the-law"}),
    Case("paid on the first day of the law", ADVERT, "Save our park.", FIRST_DAY, blocks=NOT_THERE),
    Case("2019 must not be called a breach", EMAIL, "Save our park.", date(2019, 12, 12), infos={"before-the-law"}),
    Case("2021 must not be called a breach", ADVERT, "Save our park.", date(2021, 5, 6), infos={"before-the-law"}),
    # Paid and organic, by whom, about what.
    Case("paid by a private person", but(ADVERT, publisher=Publisher.PRIVATE_PERSON), "Hello", blocks=NOT_THERE),
    Case("organic by a private person", but(EMAIL, publisher=Publisher.PRIVATE_PERSON), "Hello",
         infos={"organic-unregistered", "not-in-material"}),
    Case("organic by an unregistered group", but(EMAIL, publisher=Publisher.UNREGISTERED_ORGANISATION), "Hello",
         infos={"organic-unregistered"}),
    Case("organic by a registered campaigner", but(EMAIL, publisher=Publisher.REGISTERED_CAMPAIGNER), "Hello",
         blocks=NOT_THERE),
    Case("organic by a party about a category", but(EMAIL, publisher=Publisher.REGISTERED_PARTY,
         subject=Subject.CATEGORY), "Hello", blocks=NOT_THERE),
    Case("organic by a councillor about a future candidate", but(EMAIL, publisher=Publisher.OFFICE_HOLDER,
         subject=Subject.FUTURE_CANDIDATE), "Hello", blocks=NOT_THERE),
    Case("organic about an issue", but(EMAIL, subject=Subject.ISSUE), "Hello", infos={"not-election-material"}),
    Case("organic about turnout", but(EMAIL, subject=Subject.TURNOUT), "Vote!", infos={"not-election-material"}),
    Case("organic about an office-holder", but(EMAIL, subject=Subject.OFFICE_HOLDER), "Hello",
         infos={"outside-every-rule"}),
    Case("paid about an office-holder", but(ADVERT, subject=Subject.OFFICE_HOLDER), "Hello", blocks=NOT_THERE),
    Case("paid about an issue", but(ADVERT, subject=Subject.ISSUE), "Hello", infos={"not-election-material"}),
    Case("paid about a referendum is not confirmed", but(ADVERT, subject=Subject.REFERENDUM,
         election=Election.REFERENDUM), "Hello", warns={"required-unconfirmed", "promoter-not-named"}),
    Case("organic about a recall petition", but(EMAIL, subject=Subject.RECALL, election=Election.RECALL,
         publisher=Publisher.RECALL_CAMPAIGNER), "Hello", blocks=NOT_THERE),
    # Telephones.
    Case("a text message", but(EMAIL, medium=Medium.SMS), "Hello", infos={"telephone", "promoter-not-named"}),
    Case("a paid text message", but(EMAIL, medium=Medium.SMS, is_paid=True), "Hello", infos={"telephone"}),
    Case("a call script", but(EMAIL, medium=Medium.CALL), "Hello", infos={"telephone"}),
    # Exemptions.
    Case("an unaltered share, UK law unread", but(EMAIL, exemption=Exemption.UNALTERED_SHARE), "Hello",
         warns={"required-unconfirmed", "not-in-material"}),
    Case("an unaltered share in Scotland", but(SCOTS_GROUP, exemption=Exemption.UNALTERED_SHARE), "Hello",
         infos={"exempt"}),
    Case("journalism", but(EMAIL, exemption=Exemption.JOURNALISM), "Hello", warns={"required-unconfirmed"}),
    Case("a private chat", but(EMAIL, medium=Medium.MESSAGE, exemption=Exemption.PRIVATE_CHAT), "Hello",
         warns={"required-unconfirmed"}),
    Case("no exemption saves print", but(LEAFLET, exemption=Exemption.JOURNALISM), "Hello",
         blocks=NOT_THERE | {"printer-not-named", "printer-postcode-missing"}),
    # Scotland and Wales.
    Case("Scotland 2022: the orders were not confirmed", SCOTS_GROUP, "Hello", date(2022, 5, 5),
         warns={"required-unconfirmed", "promoter-not-named"}),
    Case("Scotland before the orders", SCOTS_GROUP, "Hello", date(2020, 11, 30), infos={"before-the-law"}),
    Case("Scotland, the day before the 2025 Act's guidance", SCOTS_GROUP, "Hello", date(2025, 11, 16),
         warns={"required-unconfirmed"}),
    Case("Scotland, a body, under the 2025 Act", SCOTS_GROUP, "Hello", date(2025, 11, 17), blocks=NOT_THERE),
    Case("Scotland, an individual, under the 2025 Act", but(SCOTS_GROUP, publisher=Publisher.PRIVATE_PERSON),
         "Hello", infos={"organic-unregistered"}),
    Case("Scotland, a body, at a UK election", but(SCOTS_GROUP, election=Election.UK_PARLIAMENT), "Hello",
         infos={"organic-unregistered"}),
    Case("Scotland, a candidate, UK law", but(EMAIL, nation=Nation.SCOTLAND), "Hello", blocks=NOT_THERE),
    Case("Scotland, a leaflet", but(LEAFLET, nation=Nation.SCOTLAND, election=Election.DEVOLVED), "Hello",
         blocks=NOT_THERE | {"printer-not-named", "printer-postcode-missing"}),
    Case("Wales, in Welsh", but(EMAIL, nation=Nation.WALES),
         "Hyrwyddwyd gan Alice Archer, 12 High Street, Barset ZZ1 1AA"),
    Case("Wales, shared address in Welsh", but(EMAIL, nation=Nation.WALES, promoters=(BOB,), principals=(ALICE,)),
         "Hyrwyddwyd gan Bob Baker ar ran Alice Archer, y ddau o 12 High Street, Barset ZZ1 1AA"),
    Case("Wales, nothing", but(EMAIL, nation=Nation.WALES), "Helo", blocks=NOT_THERE),
    Case("Northern Ireland", but(EMAIL, nation=Nation.NORTHERN_IRELAND), "Hello", blocks=NOT_THERE),
    # Print.
    Case("a leaflet with everything", LEAFLET, PRINTED + ALICE_SAYS),
    Case("a leaflet in 2019", LEAFLET, PRINTED + ALICE_SAYS, date(2019, 5, 2)),
    Case("a leaflet in 2019 without", LEAFLET, "Hello", date(2019, 5, 2),
         blocks=NOT_THERE | {"printer-not-named", "printer-postcode-missing"}),
    Case("a leaflet without its printer", but(LEAFLET, printer=None), blocks={"printer-missing"}),
    Case("the printer not on it", LEAFLET, ALICE_SAYS, blocks={"printer-not-named", "printer-postcode-missing"}),
    Case("the printer's name without address", LEAFLET, "Printed by Penny Press Limited. " + ALICE_SAYS,
         blocks={"printer-postcode-missing"}),
    Case("“Limited” for “Ltd”", LEAFLET, PRINTED.replace("Ltd", "Limited") + ALICE_SAYS),
    Case("printed at home", but(LEAFLET, printer=ALICE), "Printed and promoted by Alice Archer, 12 High St ZZ1 1AA"),
    Case("a newspaper advert needs no printer", but(LEAFLET, medium=Medium.NEWSPAPER, printer=None)),
    Case("a newspaper advert without imprint", but(LEAFLET, medium=Medium.NEWSPAPER), "Hello", blocks=NOT_THERE),
    Case("a leaflet about a party by anyone", but(LEAFLET, subject=Subject.PARTY,
         publisher=Publisher.PRIVATE_PERSON), "Hello",
         blocks=NOT_THERE | {"printer-not-named", "printer-postcode-missing"}),
    Case("a leaflet about an issue", but(LEAFLET, subject=Subject.ISSUE), "Hello", infos={"not-election-material"}),
    Case("a leaflet for someone who will stand", but(LEAFLET, subject=Subject.FUTURE_CANDIDATE), "Hello",
         warns={"required-unconfirmed", "printer-not-named"}),
    Case("a leaflet cannot link to its imprint", but(LEAFLET, place=Place.LINKED, link=GOOD_LINK), "Hello",
         blocks={"print-linked", "printer-not-named", "printer-postcode-missing"}),
    # Where it stands.
    Case("imprint in a hidden header", EMAIL, artefact_of_email(HIDDEN_HEADER_MESSAGE),
         blocks={"promoter-not-named", "promoter-postcode-missing", "hidden"}, warns={"lost-when-forwarded"}),
    Case("imprint missing from the plain part", EMAIL, artefact_of_email(TWO_PART_MESSAGE),
         blocks={"missing-from-plain"}),
    Case("imprint in an invisible element", but(EMAIL, medium=Medium.WEB),
         artefact_of_html(f'<p>Hello</p><div style="display: none">{ALICE_SAYS}</div>'),
         blocks={"promoter-not-named", "promoter-postcode-missing", "hidden"}),
    Case("imprint in a comment", but(EMAIL, medium=Medium.WEB), artefact_of_html(f"<p>Hello</p><!-- {ALICE_SAYS} -->"),
         blocks={"promoter-not-named", "promoter-postcode-missing", "hidden"}),
    Case("imprint in alternative text only", but(EMAIL, medium=Medium.WEB),
         artefact_of_html(f'<img src="x.png" alt="{ALICE_SAYS}">'),
         blocks={"promoter-not-named", "promoter-postcode-missing", "hidden"}),
    Case("imprint across bold and links", but(EMAIL, medium=Medium.WEB),
         artefact_of_html("<p>Promoted by <b>Alice</b> <i>Archer</i>, 12 High&nbsp;Street,<br>Barset ZZ1&nbsp;1AA</p>")),
    Case("a picture nobody looked at", but(EMAIL, medium=Medium.IMAGE), "",
         blocks={"promoter-not-named", "promoter-postcode-missing", "picture-unread"}),
    Case("a picture somebody looked at", but(EMAIL, medium=Medium.IMAGE), Artefact(is_seen_by_person=True)),
    Case("a picture with words read from it", but(EMAIL, medium=Medium.IMAGE), Artefact(text=ALICE_SAYS)),
    Case("imprint in the caption only", but(EMAIL, medium=Medium.IMAGE), Artefact(caption_text=ALICE_SAYS),
         warns={"caption-only"}),
    Case("a sound without script", but(EMAIL, medium=Medium.AUDIO), "",
         blocks={"promoter-not-named", "promoter-postcode-missing", "audio-unheard"}),
    Case("a sound somebody heard", but(EMAIL, medium=Medium.AUDIO), Artefact(is_seen_by_person=True)),
    # Behind a link.
    Case("a short post with its imprint one click away", LINKED, "Save our park."),
    Case("a link where it could be in the material", but(LINKED, link=Link(
        reason="looks better", clicks=1, needs_login=False, status=200, is_watched=True, text=ALICE_SAYS)),
         "Hello", blocks={"no-technical-limit"}),
    Case("a link without a reason", but(LINKED, link=Link(platform="short-post", clicks=1, needs_login=False,
         status=200, is_watched=True, text=ALICE_SAYS)), "Hello", blocks={"reason-missing"}),
    Case("two clicks", but(LINKED, link=Link(platform="short-post", reason="r", clicks=2, needs_login=False,
         status=200, is_watched=True, text=ALICE_SAYS)), "Hello", blocks={"too-many-clicks"}),
    Case("behind a login", but(LINKED, link=Link(platform="short-post", reason="r", clicks=1, needs_login=True,
         status=200, is_watched=True, text=ALICE_SAYS)), "Hello", blocks={"login-needed"}),
    Case("a dead link", but(LINKED, link=Link(platform="short-post", reason="r", clicks=1, needs_login=False,
         status=404, is_watched=True, text=ALICE_SAYS)), "Hello", blocks={"link-dead"}),
    Case("a page without it", but(LINKED, link=Link(platform="short-post", reason="r", clicks=1, needs_login=False,
         status=200, is_watched=True, text="About us")), "Hello",
         blocks={"promoter-not-named", "promoter-postcode-missing", "imprint-not-there"}),
    Case("nobody watches the link", but(LINKED, link=Link(platform="short-post", reason="r", clicks=1,
         needs_login=False, status=200, text=ALICE_SAYS)), "Hello", warns={"unwatched"}),
    Case("a limit nobody confirmed", but(LINKED, link=Link(platform="search-advert", reason="r", clicks=1,
         needs_login=False, status=200, is_watched=True, text=ALICE_SAYS)), "Hello", warns={"limit-unconfirmed"}),
    Case("a paid advert behind a link", but(LINKED, is_paid=True), "Hello", warns={"paid-linked"}),
    # Legible, edited, kept, out of season.
    Case("grey on grey", but(EMAIL, measures=Measures(contrast=2.1, smallest_px=12)), warns={"contrast-too-low"}),
    Case("tiny", but(EMAIL, measures=Measures(contrast=7, smallest_px=6)), warns={"size-too-low"}),
    Case("a flash on screen", but(EMAIL, medium=Medium.VIDEO, measures=Measures(
        contrast=7, smallest_px=12, seconds_on_screen=1.5)), warns={"time-too-low"}),
    Case("nobody measured", EMAIL, infos={"unmeasured"}),
    Case("edited after the check", but(EMAIL, checked_sha256="a" * 64), Artefact(text=ALICE_SAYS, sha256="b" * 64),
         blocks={"edited-since-checked"}),
    Case("not kept when published", but(EMAIL, stage=Stage.PUBLISHING), Artefact(text=ALICE_SAYS, sha256="b" * 64),
         blocks={"copy-not-kept"}),
    Case("kept when published", but(EMAIL, stage=Stage.PUBLISHING, kept_sha256="b" * 64),
         Artefact(text=ALICE_SAYS, sha256="b" * 64)),
    Case("no picture kept", but(EMAIL, medium=Medium.IMAGE, stage=Stage.PUBLISHING, kept_sha256="b" * 64),
         Artefact(text=ALICE_SAYS, sha256="b" * 64), warns={"picture-not-kept"}),
    Case("a councillor out of season", but(EMAIL, publisher=Publisher.OFFICE_HOLDER, is_in_regulated_period=False),
         infos={"outside-period"}),
    # Facts missing.
    Case("nothing recorded", but(EMAIL, medium=None, nation=None, election=None, is_paid=None, publisher=None,
         subject=None),
         blocks={"medium-missing", "nation-missing", "election-missing", "is-paid-missing", "publisher-missing",
                 "subject-missing"}),
    Case("paid or not is not recorded", but(EMAIL, is_paid=None), blocks={"is-paid-missing"}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hand_made_cases(case: Case) -> None:
    findings = check_imprint(facts=case.facts, artefact=case.artefact, on=case.on)
    by_level = {level: {found.code for found in findings if found.level is level} for level in Level}
    assert by_level[Level.BLOCK] == case.blocks
    assert case.warns <= by_level[Level.WARN]
    assert case.warns or not by_level[Level.WARN]
    assert case.infos <= by_level[Level.INFO]
    assert has_passed(findings) is (not case.blocks)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_check_has_a_line_in_order_and_every_line_reads_as_a_sentence(case: Case) -> None:
    findings = check_imprint(facts=case.facts, artefact=case.artefact, on=case.on)
    numbers = [found.id for found in findings]
    assert set(numbers) == set(CHECKS)
    assert numbers == sorted(numbers, key=CHECKS.index)
    for found in findings:
        assert found.message.endswith((".", ")."))
        assert "{" not in found.message
        assert found.rule


def test_the_cases_are_many_and_their_names_are_unique() -> None:
    assert len(CASES) >= 100
    assert len({case.name for case in CASES}) == len(CASES)


def test_a_finding_names_the_entry_and_status_that_made_it() -> None:
    findings = check_imprint(facts=EMAIL, artefact=Artefact(text="Hello"), on=FIRST_DAY)
    missing = next(found for found in findings if found.code == "promoter-not-named")
    assert missing.entry_id == "imprint_regimes/digital-organic/2023-11-01"
    assert missing.status == "sourced"
    assert missing.rule == "Elections Act 2022 ss.41, 44-46"
    assert missing.as_dict()["message"] == "The promoter Alice Archer is not named in it."


def test_the_worst_level_is_told() -> None:
    assert worst([]) is Level.OK
    assert worst(check_imprint(facts=EMAIL, artefact=Artefact(text=ALICE_SAYS), on=FIRST_DAY)) is Level.INFO
    assert worst(check_imprint(facts=EMAIL, artefact=Artefact(text=""), on=FIRST_DAY)) is Level.BLOCK


def test_the_printer_is_not_taken_for_the_promoter() -> None:
    findings = check_imprint(facts=LEAFLET, artefact=Artefact(text=PRINTED), on=FIRST_DAY)
    assert {found.code for found in findings if found.level is Level.BLOCK} == NOT_THERE
    assert PRINTER.name in PRINTED
