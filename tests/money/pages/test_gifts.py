"""The desk pages of gifts: written down, checked, decided about, flagged; and Charlie cannot."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hustings.accounts.access import EVERYTHING
from hustings.money.models import (
    Campaign,
    Donor,
    Gift,
    GiftDecision,
    GiftEvidence,
    PendingRuleSwitch,
    SplitFlag,
    SplitVerdict,
)
from hustings.money.queries.gift_attention import gift_attention
from hustings.money.usecases.add_evidence import add_gift_evidence
from hustings.money.usecases.find_split_gifts import find_split_gifts
from tests.cast import Cast, make_user, signed_in
from tests.money.campaigns import make_campaign
from tests.money.gifts import ADA, NOW, make_gift

pytestmark = pytest.mark.django_db

FORM = {
    "amount": "£120",
    "received_on": "2026-03-20",
    "route": "card",
    "evidence": "Card statement, line 7",
    "kind": "individual",
    "given_name": "Ada",
    "family_name": "Marsh",
    "address": "3 Mill Street",
    "postcode": "zz1 1aa",
    "email": "ada@post.example",
    "payment": "4929 0000 0000 1234",
}


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    """The books of Septimus Harding in Barset East."""
    return make_campaign(area=cast.east)


@pytest.fixture
def tess(cast: Cast) -> Client:
    """The treasurer, signed in."""
    return signed_in(cast.tess)


def said(client: Client, url: str, **data: Any) -> str:
    """What the page says after a post was followed."""
    return client.post(url, data, follow=True).content.decode()


def test_a_gift_is_written_down_and_listed(tess: Client, campaign: Campaign) -> None:
    """Straight to the one campaign's form; the amount is read as people write it; the number is not kept."""
    assert tess.get("/desk/money/gifts/add/").url == f"/desk/money/campaigns/{campaign.pk}/gifts/add/"
    page = said(tess, f"/desk/money/campaigns/{campaign.pk}/gifts/add/", **FORM)
    assert "The gift is written down" in page
    gift = Gift.objects.get()
    assert (gift.amount_pence, gift.donor and gift.donor.postcode) == (12_000, "ZZ1 1AA")
    assert "4929" not in page
    listed = tess.get("/desk/money/gifts/").content.decode()
    assert "Ada Marsh" in listed
    assert "£120.00" in listed
    assert "to check" in listed


def test_a_wrong_form_keeps_what_was_typed(tess: Client, campaign: Campaign) -> None:
    """A sentence for each fault, and the values stay."""
    url = f"/desk/money/campaigns/{campaign.pk}/gifts/add/"
    answer = tess.post(url, {**FORM, "family_name": "", "amount": "lots"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "say that the source is not known" in page
    assert "is not an amount in pounds" in page
    assert "Card statement, line 7" in page
    assert tess.post(url, {**FORM, "kind": "company"}).status_code == 422
    assert tess.post(url, {**FORM, "route": "in_kind"}).status_code == 422
    assert not Gift.objects.exists()


def test_a_company_with_its_controllers(tess: Client, campaign: Campaign) -> None:
    """One person a line."""
    said(
        tess,
        f"/desk/money/campaigns/{campaign.pk}/gifts/add/",
        **{
            **FORM,
            "kind": "company",
            "organisation": "Weir Ltd",
            "controllers": "Ada Marsh, zz1 1aa\nBen Marsh, ZZ1 1AA",
        },
    )
    assert Donor.objects.get().controllers == [
        {"name": "Ada Marsh", "postcode": "ZZ1 1AA"},
        {"name": "Ben Marsh", "postcode": "ZZ1 1AA"},
    ]


def test_a_gift_is_corrected_and_struck_out(tess: Client, cast: Cast, campaign: Campaign) -> None:
    """Both rows can be read, and the older one says where the newer is."""
    gift = make_gift(campaign=campaign, by=cast.tess)
    page = tess.get(f"/desk/money/gifts/{gift.pk}/correct/").content.decode()
    assert "100.00" in page
    assert tess.post(f"/desk/money/gifts/{gift.pk}/correct/", FORM).status_code == 422
    said(tess, f"/desk/money/gifts/{gift.pk}/correct/", **FORM, correction_reason="Read again")
    newer = Gift.objects.get(replaces=gift)
    assert "This row was corrected" in tess.get(f"/desk/money/gifts/{gift.pk}/").content.decode()
    assert "Corrected: Read again" in tess.get(f"/desk/money/gifts/{newer.pk}/").content.decode()
    said(tess, f"/desk/money/gifts/{newer.pk}/strike-out/", reason="A loan")
    assert "No gifts yet" in tess.get("/desk/money/gifts/").content.decode()


def test_a_check_by_evidence_and_a_decision(tess: Client, cast: Cast, campaign: Campaign) -> None:
    """An impermissible gift is returned with its reason; it cannot be accepted."""
    gift = make_gift(campaign=campaign, by=cast.tess, received_on=date(2026, 3, 20))
    url = f"/desk/money/gifts/{gift.pk}"
    bare = tess.post(f"{url}/check/", {"register_answer": "no"})
    assert "Say where you saw the answer" in bare.content.decode()
    page = said(tess, f"{url}/check/", register_answer="no", register_seen="the council's letter of 24 March")
    assert "Not permissible" in page
    refused = tess.post(f"{url}/decide/", {"act": "accepted", "reason": "ok", "done_on": "2026-03-25"})
    assert "may not give" in refused.content.decode()
    page = said(tess, f"{url}/decide/", act="returned_donor", reason="On no register.", done_on="2026-03-25")
    assert "given back" in page
    assert not GiftDecision.objects.get().is_late


def test_the_register_check_says_when_nothing_may_be_read(
    tess: Client, cast: Cast, campaign: Campaign
) -> None:
    """No entitlement: the page says so and nothing is kept."""
    gift = make_gift(campaign=campaign, by=cast.tess, received_on=date(2026, 3, 20))
    page = said(tess, f"/desk/money/gifts/{gift.pk}/register/")
    assert "No electoral register is held" in page
    assert not gift.checks.exists()
    company = make_gift(
        campaign=campaign, by=cast.tess, donor={"kind": "company", "organisation": "Weir Ltd"}
    )
    assert "Only a known individual" in said(tess, f"/desk/money/gifts/{company.pk}/register/")
    unknown = make_gift(campaign=campaign, by=cast.tess, donor={})
    assert (
        "nobody can be checked"
        in tess.get(f"/desk/money/gifts/{unknown.pk}/check/", follow=True).content.decode()
    )


def test_a_file_is_kept_with_a_gift(tess: Client, cast: Cast, campaign: Campaign) -> None:
    """With the form or afterwards; it comes out as it went in, to be saved and not run; a bad one keeps the form."""
    url = f"/desk/money/campaigns/{campaign.pk}/gifts/add/"
    bad = tess.post(url, {**FORM, "file": SimpleUploadedFile("run.pdf", b"MZ program")})
    assert (bad.status_code, Gift.objects.count()) == (422, 0)
    assert "not a PDF or a picture" in bad.content.decode()
    said(tess, url, **FORM, file=SimpleUploadedFile("cheque.pdf", b"%PDF-1.7 cheque"))
    gift = Gift.objects.get()
    more = f"/desk/money/gifts/{gift.pk}/files/add/"
    assert tess.post(more, {"file": SimpleUploadedFile("x.pdf", b"MZ")}).status_code == 422
    page = said(tess, more, file=SimpleUploadedFile("letter.pdf", b"%PDF-1.7 letter"))
    assert "cheque.pdf" in page
    assert "letter.pdf" in page
    file = GiftEvidence.objects.get(name="cheque.pdf")
    answer = tess.get(f"/desk/money/gifts/files/{file.pk}/")
    assert answer.content == b"%PDF-1.7 cheque"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "attachment" in answer["Content-Disposition"]


def test_flags_are_explained_and_concluded(tess: Client, cast: Cast, campaign: Campaign) -> None:
    """The sentence, the gifts, and a conclusion with a reason."""
    flag = _flag(cast, campaign)
    listed = tess.get("/desk/money/flags/").content.decode()
    assert "parts of one sum" in listed
    page = tess.get(f"/desk/money/flags/{flag.pk}/").content.decode()
    assert "add up to £90.00" in page
    assert "3 Mill Street" in page
    url = f"/desk/money/flags/{flag.pk}/"
    assert tess.post(url, {"verdict": "not_one_source", "reason": ""}).status_code == 422
    assert (
        "Check them first" in tess.post(url, {"verdict": "one_source_fine", "reason": "x"}).content.decode()
    )
    assert "one by one" in said(tess, url, verdict="not_one_source", reason="Mother and daughter")
    assert SplitVerdict.objects.get().reason == "Mother and daughter"
    assert "Nothing new was found" in said(tess, f"/desk/money/campaigns/{campaign.pk}/flags/find/")
    assert "concluded" in tess.get("/desk/money/flags/?concluded=yes").content.decode()
    assert "No flags" not in tess.get("/desk/money/flags/?concluded=yes").content.decode()


def test_two_ledgers_and_the_pictures(tess: Client, cast: Cast, campaign: Campaign) -> None:
    """Sums of both; the picture names nobody."""
    _flag(cast, campaign)
    make_gift(campaign=campaign, by=cast.tess, pounds=60)
    page = tess.get(f"/desk/money/campaigns/{campaign.pk}/ledgers/?year=2026").content.decode()
    assert "£60.00" in page
    assert "£150.00" in page
    assert "too few to say anything" in page
    picture = tess.get(f"/desk/money/campaigns/{campaign.pk}/ledgers/5000.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert b"Marsh" not in picture.content
    assert tess.get(f"/desk/money/campaigns/{campaign.pk}/ledgers/7.svg").status_code == 404


def test_a_proposed_rule_is_switched_with_a_reason(tess: Client, cast: Cast, campaign: Campaign) -> None:
    """Off by default; on, it asks its questions at the next check."""
    page = tess.get("/desk/money/proposed/").content.decode()
    assert page.count("<strong>Off</strong>") == 4
    said(tess, "/desk/money/proposed/company_test/", reason="The Act commenced, it is said.")
    assert PendingRuleSwitch.objects.get().is_on
    company = make_gift(
        campaign=campaign, by=cast.tess, donor={"kind": "company", "organisation": "Weir Ltd"}
    )
    asked = tess.get(f"/desk/money/gifts/{company.pk}/check/").content.decode()
    assert "Proposed: are its headquarters in the United Kingdom?" in asked
    assert tess.get("/desk/money/proposed/nonsense/").status_code == 404
    west = signed_in(make_user(name="Will", role="treasurer", area=cast.west))
    assert west.post("/desk/money/proposed/company_test/", {"reason": "x"}).status_code == 403


def test_a_spreadsheet_comes_in(tess: Client, campaign: Campaign, tmp_path: Any, settings: Any) -> None:
    """Good rows stand, a bad one is shown with line and reason; again, nothing is written twice."""
    settings.HUSTINGS_HOME = tmp_path
    sheet = (
        "received_on,amount,evidence,route,given_name,family_name,postcode,payment\n"
        "2026-03-01,£40,line 1,card,Ada,Marsh,ZZ1 1AA,tok_secret\n"
        "01/03/2026,12.50,line 2,cash,,,,\n"
        "2026-03-02,lots,line 3,card,Ben,Marsh,ZZ1 1AA,tok_secret\n"
    )
    url = f"/desk/money/campaigns/{campaign.pk}/gifts/sheet/"
    page = tess.post(url, {"file": SimpleUploadedFile("gifts.csv", sheet.encode())}).content.decode()
    assert "2 gifts written down" in page
    assert "is not an amount in pounds" in page
    assert "tok_secret" not in page
    assert Gift.objects.filter(donor=None).count() == 1
    again = tess.post(url, {"file": SimpleUploadedFile("gifts.csv", sheet.encode())}).content.decode()
    assert "2 stood there already" in again
    assert tess.post(url, {"file": SimpleUploadedFile("x.csv", b"a,b\n1,2\n")}).status_code == 422


def test_the_desk_home_hears_of_clocks_and_flags(cast: Cast, campaign: Campaign) -> None:
    """One gift over its time, one within the week, one flag."""
    flag = _flag(cast, campaign)
    make_gift(
        campaign=campaign,
        by=cast.tess,
        pounds=200,
        received_on=date(2026, 3, 1),
        donor={**ADA, "family_name": "Over"},
    )
    make_gift(
        campaign=campaign,
        by=cast.tess,
        pounds=200,
        received_on=date(2026, 3, 25),
        donor={**ADA, "family_name": "Soon"},
    )
    texts = [entry.text for entry in gift_attention(scope=EVERYTHING, now=NOW)]
    assert any("thirty days of one gift ended" in text for text in texts)
    assert any("One gift must be checked" in text for text in texts)
    assert any("a flag waits for your conclusion" in text for text in texts)
    assert flag.pk


def test_charlie_cannot_and_tess_can(cast: Cast, campaign: Campaign, tess: Client) -> None:
    """An organiser is refused everywhere; a treasurer of the west finds nothing of the east."""
    flag = _flag(cast, campaign)
    gift = Gift.objects.order_by("pk").first()
    assert gift is not None
    charlie = signed_in(cast.charlie)
    west = signed_in(make_user(name="Will", role="treasurer", area=cast.west))
    party = make_campaign(area=cast.east, kind="party", name="Barset Together", election_type="local")
    file = add_gift_evidence(gift=gift, name="a.pdf", content=b"%PDF-1.7", by=cast.tess, now=NOW)
    report = f"/desk/money/campaigns/{party.pk}/reports/quarterly/2026-01-01/"
    for path in (
        f"/desk/money/gifts/{gift.pk}/",
        f"/desk/money/gifts/{gift.pk}/correct/",
        f"/desk/money/gifts/{gift.pk}/strike-out/",
        f"/desk/money/gifts/{gift.pk}/check/",
        f"/desk/money/gifts/{gift.pk}/files/add/",
        f"/desk/money/gifts/files/{file.pk}/",
        f"/desk/money/gifts/{gift.pk}/decide/",
        f"/desk/money/donors/{gift.donor_id}/",
        f"/desk/money/flags/{flag.pk}/",
        f"/desk/money/campaigns/{campaign.pk}/gifts/add/",
        f"/desk/money/campaigns/{campaign.pk}/gifts/sheet/",
        f"/desk/money/campaigns/{campaign.pk}/ledgers/",
        f"/desk/money/campaigns/{campaign.pk}/ledgers/5000.svg",
        f"/desk/money/campaigns/{campaign.pk}/reports/",
        report,
        f"{report}csv/",
    ):
        assert charlie.get(path).status_code == 403, path
        assert west.get(path).status_code == 404, path
        assert tess.get(path).status_code == 200, path
    for path in (
        f"/desk/money/gifts/{gift.pk}/register/",
        f"/desk/money/campaigns/{campaign.pk}/flags/find/",
    ):
        assert charlie.post(path).status_code == 403, path
        assert west.post(path).status_code == 404, path
        assert tess.post(path).status_code == 302, path
    assert charlie.get("/desk/money/proposed/company_test/").status_code == 403
    assert tess.get("/desk/money/proposed/company_test/").status_code == 200
    assert "Ada" not in west.get("/desk/money/gifts/").content.decode()
    assert "Ada" not in west.get("/desk/money/flags/").content.decode()


def _flag(cast: Cast, campaign: Campaign) -> SplitFlag:
    make_gift(campaign=campaign, by=cast.tess, pounds=45, received_on=date(2026, 3, 20))
    make_gift(
        campaign=campaign,
        by=cast.tess,
        pounds=45,
        received_on=date(2026, 3, 24),
        donor={**ADA, "given_name": "A", "email": ""},
    )
    (found,) = find_split_gifts(campaign=campaign, by=cast.tess, now=NOW)
    return found
