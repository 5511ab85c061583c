"""Phone banks in the desk, from an empty list to a closed bank; and nothing of it for whoever looks after another patch."""

import csv
import io
import re
from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse

from hustings.accounts.models import Organisation, OrganisationKind
from hustings.contacts.models import Issue
from hustings.elections.models import Candidacy, Contest, Election, Party
from hustings.openness.models import Entry
from hustings.outreach.phonebank.documents.call_sheet import call_sheet_content
from hustings.outreach.phonebank.models import BankState, Call, CallSheet, CallTry, PhoneBank
from hustings.outreach.phonebank.usecases.answer_call import Said, answer_call
from hustings.outreach.phonebank.usecases.make_sheet import make_sheet
from hustings.outreach.phonebank.usecases.take_call import take_next_call
from hustings.people.models import ConsentEvent, Person
from hustings.platform.models import AuditEntry
from tests.cast import Cast, signed_in
from tests.outreach.phonebank.banks import make_audience, make_bank, make_open_bank, make_person

pytestmark = pytest.mark.django_db


def _form(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Spring calls",
        "purpose": "campaign",
        "opening": "Hello, may I ask you about buses?",
        "asks_intention": "on",
        "rings_from": "09:00",
        "rings_until": "20:30",
        "most_tries": "3",
        "hours_between": "24",
        **changes,
    }


def _url(name: str, *arguments: object) -> str:
    return reverse(f"outreach_desk:{name}", args=arguments)


def test_from_an_empty_list_to_an_open_bank(cast: Cast, now: datetime) -> None:
    make_person(name="Gwen Proudie", number=1, area=cast.east, now=now)
    make_person(name="Hal Bold", number=None, area=cast.east, now=now)
    audience = make_audience(area=cast.east, now=now)
    client = signed_in(cast.alice)
    assert "Nobody has been rung yet" in client.get(_url("phone_banks")).content.decode()
    answer = client.post(_url("phone_bank_new"), _form(audience=audience.pk))
    bank = PhoneBank.objects.get()
    assert answer["Location"] == _url("phone_bank", bank.pk)
    page = client.get(_url("phone_bank", bank.pk)).content.decode()
    assert "No telephone number" in page
    assert "Screen it before you ring" in page
    asked = client.get(_url("phone_bank_open", bank.pk)).content.decode()
    assert "One person is put on the list" in asked
    client.post(_url("phone_bank_open", bank.pk))
    bank.refresh_from_db()
    assert bank.state == BankState.OPEN
    page = client.get(_url("phone_bank", bank.pk)).content.decode()
    assert "audience 2 = cleared 1 + refused 1" in page
    assert "1 waiting, 0 being rung" in page
    for name, state in (("pause", "paused"), ("resume", "open"), ("close", "closed")):
        client.post(_url(f"phone_bank_{name}", bank.pk))
        bank.refresh_from_db()
        assert bank.state == state
    assert client.get(_url("phone_bank_progress", bank.pk)).status_code == 204


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rings_until": "23:00"}, "Nobody is rung before 08:00 or from 21:00 on"),
        ({"opening": ""}, "Write what callers say first"),
        ({"most_tries": "0"}, "greater than or equal to 1"),
    ],
)
def test_a_refused_form_keeps_what_was_typed(
    cast: Cast, now: datetime, changes: dict[str, Any], words: str
) -> None:
    audience = make_audience(area=cast.east, now=now)
    answer = signed_in(cast.alice).post(
        _url("phone_bank_new"), _form(audience=audience.pk, title="My own name", **changes)
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "My own name" in page
    assert not PhoneBank.objects.exists()


def test_an_open_bank_changes_its_plan_and_not_its_people(cast: Cast, now: datetime) -> None:
    bank = make_open_bank(cast=cast, now=now)
    client = signed_in(cast.alice)
    page = client.get(_url("phone_bank_edit", bank.pk)).content.decode()
    assert 'name="audience"' not in page
    client.post(_url("phone_bank_edit", bank.pk), _form(title="Later calls", most_tries="2"))
    bank.refresh_from_db()
    assert (bank.title, bank.most_tries) == ("Later calls", 2)


def test_results_as_csv_say_why_somebody_was_refused(cast: Cast, now: datetime) -> None:
    make_person(name="Hal Nophone", number=None, area=cast.east, now=now)
    bank = make_open_bank(cast=cast, now=now)
    taken = take_next_call(bank=bank, by=cast.bob, now=now)
    assert taken is not None
    answer_call(ticket=taken.ticket, said=Said(result="spoke"), by=cast.bob, now=now)
    answer = signed_in(cast.alice).get(_url("phone_bank_csv", bank.pk))
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")))}
    assert rows["Hal Nophone"]["reason"] == "no-address"
    assert rows["Hal Nophone"]["verdict"] == "No telephone number"
    assert rows[str(taken.call.person)]["result"] == "spoke"
    assert AuditEntry.objects.filter(verb="phone bank exported").exists()


def test_a_call_list_is_made_printed_keyed_and_ended(cast: Cast, now: datetime) -> None:
    bank = make_open_bank(cast=cast, now=now)
    bank.issues.add(Issue.objects.create(name="Buses"))
    client = signed_in(cast.alice)
    bad = client.post(
        _url("phone_bank_sheet", bank.pk), {"for_name": "Ann", "lines": "2", "return_by": "2027-01-01"}
    )
    assert bad.status_code == 422
    assert 'value="Ann"' in bad.content.decode()
    client.post(
        _url("phone_bank_sheet", bank.pk), {"for_name": "Ann", "lines": "2", "return_by": "2026-04-02"}
    )
    sheet = CallSheet.objects.get()
    assert sheet.code in client.get(_url("phone_bank", bank.pk)).content.decode()
    assert "Still held for it" in client.get(_url("sheet", sheet.code)).content.decode()
    pdf = client.get(_url("sheet_pdf", sheet.code))
    assert pdf.content.startswith(b"%PDF")
    assert AuditEntry.objects.filter(verb="printed a call list").exists()
    content = call_sheet_content(sheet=sheet)
    assert [line["number"] for line in content["lines"]] == [1, 2]
    assert content["return_by"] == "Destroy or return by 2 April 2026"
    assert any("Barset Together" in line for line in content["words"])

    bob = signed_in(cast.bob)
    slip = bob.post(_url("sheet_find"), {"code": "AAAAAB"})
    assert slip.status_code == 422
    assert "is not the code of a sheet" in slip.content.decode()
    found = bob.post(_url("sheet_find"), {"code": sheet.code.lower()})
    assert found["Location"] == _url("sheet_key", sheet.code)
    page = bob.get(found["Location"]).content.decode()
    assert "01632" not in page
    sent = {
        "rung_on": "2026-03-30",
        "line1-result": "spoke",
        "line1-vote": "undecided",
        "line2-vote": "wont_say",
    }
    refused = bob.post(found["Location"], sent)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Say how the call ended." in page
    assert '<option value="wont_say" selected>' in page
    assert CallTry.objects.count() == 1
    email = re.findall(r'name="line2-agreed" value="(email[^"]+)"', page)
    talked = {**sent, "line2-result": "spoke", "line2-vote": "", "line2-agreed": email}
    refused = bob.post(found["Location"], talked)
    assert "write down their address" in refused.content.decode()
    assert re.search(r'name="line2-agreed"[^>]*checked', refused.content.decode())
    again = bob.post(found["Location"], {**talked, "line2-email": "hal@barset.example"})
    assert again.status_code == 302
    assert CallTry.objects.count() == 2
    receipt = ConsentEvent.objects.get()
    assert receipt.evidence["sheet"] == sheet.code
    assert (receipt.evidence["taken by"], receipt.evidence["line"], receipt.evidence["keyed by"]) == (
        "Ann",
        2,
        "Bob",
    )
    assert receipt.wording_id in sheet.wordings
    assert "Every line of this sheet is keyed in" in bob.get(found["Location"]).content.decode()
    client.post(_url("sheet_end", sheet.code))
    sheet.refresh_from_db()
    assert sheet.returned_at == now


def test_a_wrong_day_keeps_the_lines(cast: Cast, now: datetime) -> None:
    bank = make_open_bank(cast=cast, now=now)
    sheet = make_sheet(bank=bank, for_name="Ann", lines=1, return_by=date(2026, 4, 2), by=cast.alice, now=now)
    answer = signed_in(cast.bob).post(
        _url("sheet_key", sheet.code), {"rung_on": "2026-03-01", "line1-result": "spoke"}
    )
    assert answer.status_code == 422
    assert "between the day the sheet was printed and today" in answer.content.decode()
    assert '<option value="spoke" selected>' in answer.content.decode()
    assert not CallTry.objects.exists()


def test_a_name_that_left_the_sheet_is_not_printed_again(cast: Cast, now: datetime) -> None:
    bank = make_open_bank(cast=cast, now=now)
    sheet = make_sheet(bank=bank, for_name="Ann", lines=2, return_by=date(2026, 4, 2), by=cast.alice, now=now)
    signed_in(cast.bob).post(
        _url("sheet_key", sheet.code), {"rung_on": "2026-03-30", "line1-result": "spoke"}
    )
    assert [line["number"] for line in call_sheet_content(sheet=sheet)["lines"]] == [2]


def test_the_letters_on_paper_mean_the_same_when_it_is_keyed(cast: Cast, now: datetime) -> None:
    """A party nominated after the print would else push the letters on."""
    poll = Election.objects.create(
        id="local.barset.2026-05-07", kind="local", title="Barset", poll_on="2026-05-07"
    )
    contest = Contest.objects.create(election=poll, ballot_id="east", area=cast.east, area_name="Barset East")
    greens, first = Party.objects.create(name="Greens"), Party.objects.create(name="Aardvarks")
    Candidacy.objects.create(contest=contest, name="Ann Example", party=greens)
    bank = make_open_bank(cast=cast, now=now, election=poll)
    bank.issues.add(Issue.objects.create(name="Rents"))
    sheet = make_sheet(bank=bank, for_name="Ann", lines=1, return_by=date(2026, 4, 2), by=cast.alice, now=now)
    Candidacy.objects.create(contest=contest, name="Bea Example", party=first)
    bank.issues.add(Issue.objects.create(name="Buses"))
    content = call_sheet_content(sheet=sheet)
    assert content["answers"][0] == {"sign": "A", "name": "Greens"}
    assert content["issues"] == [{"sign": "1", "name": "Rents"}]
    page = signed_in(cast.bob).get(_url("sheet_key", sheet.code)).content.decode()
    assert "A Greens" in page
    assert "1 Rents" in page
    assert "Aardvarks" not in page
    assert "Buses" not in page


def test_whoever_may_not_keep_opinions_hears_so_before_it_opens(cast: Cast, now: datetime) -> None:
    bank = make_bank(cast=cast, now=now)
    client = signed_in(cast.alice)
    assert "Most answers will not be kept" not in client.get(_url("phone_bank", bank.pk)).content.decode()
    Organisation.objects.update(kind=OrganisationKind.NON_PARTY)
    assert "Most answers will not be kept" in client.get(_url("phone_bank", bank.pk)).content.decode()


WITH_PK = (
    *("phone_bank", "phone_bank_edit", "phone_bank_progress", "phone_bank_csv", "phone_bank_open"),
    *("phone_bank_pause", "phone_bank_resume", "phone_bank_close", "phone_bank_sheet"),
)
WITH_CODE = ("sheet", "sheet_pdf", "sheet_end", "sheet_key")


def test_charlie_cannot(cast: Cast, now: datetime) -> None:
    bank = make_open_bank(cast=cast, now=now)
    sheet = make_sheet(bank=bank, for_name="Ann", lines=1, return_by=date(2026, 4, 2), by=cast.alice, now=now)
    client = signed_in(cast.charlie)
    for address in (
        *(_url(name, bank.pk) for name in WITH_PK),
        *(_url(name, sheet.code) for name in WITH_CODE),
        reverse("outreach:ring", args=[bank.pk]),
    ):
        assert client.get(address).status_code in (404, 405), address
        assert client.post(address, {"do": "accept"}).status_code in (404, 405), address
    assert "Spring calls" not in client.get(_url("phone_banks")).content.decode()
    assert "Spring calls" not in client.get(reverse("outreach:calls")).content.decode()
    assert "No sheet of yours" in client.post(_url("sheet_find"), {"code": sheet.code}).content.decode()
    bank.refresh_from_db()
    assert bank.state == BankState.OPEN


def test_charlie_cannot_make_one_for_her_people(cast: Cast, now: datetime) -> None:
    audience = make_audience(area=cast.east, now=now)
    answer = signed_in(cast.charlie).post(_url("phone_bank_new"), _form(audience=audience.pk))
    assert answer.status_code == 422
    assert not PhoneBank.objects.exists()


def test_bob_rings_and_runs_nothing(cast: Cast, now: datetime) -> None:
    bank = make_open_bank(cast=cast, now=now)
    client = signed_in(cast.bob)
    for name in WITH_PK:
        assert client.get(_url(name, bank.pk)).status_code in (403, 405), name
    assert client.get(_url("phone_banks")).status_code == 403


def test_a_draft_says_nothing_to_callers(cast: Cast, now: datetime) -> None:
    bank = make_bank(cast=cast, now=now)
    assert signed_in(cast.bob).get(reverse("outreach:ring", args=[bank.pk])).status_code == 404
    assert not Call.objects.exists()
    assert not Entry.objects.exists()
    assert not Person.objects.exists()
