"""A mailing by text message, from the form to the last report: consent for texts, the night, STOP, parts and money."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner

from hustings.accounts.access import EVERYTHING
from hustings.accounts.models import Role, User
from hustings.basics.clock import clock_set_to
from hustings.clearance.models import Material, Medium
from hustings.contacts.models import Contact
from hustings.money.models import Expense
from hustings.money.queries.books import items_of
from hustings.outreach.audiences.usecases.save_audience import save_audience
from hustings.outreach.mailings.commands import app
from hustings.outreach.mailings.models import Mailing, MailingState
from hustings.outreach.mailings.queries import figures_of
from hustings.outreach.mailings.usecases.approve_mailing import approve_mailing
from hustings.outreach.mailings.usecases.change_mailing import pause_mailing, resume_mailing
from hustings.outreach.mailings.usecases.save_mailing import (
    MailingPlan,
    MailingWords,
    NotComplete,
    save_mailing,
)
from hustings.outreach.mailings.usecases.start_mailing import ask_gate, start_mailing
from hustings.people.models import Channel, ContactPoint, ContactPointKind, Person, Purpose
from hustings.people.queries import suppressed_addresses
from hustings.people.usecases.keep_keys import keep_keys
from hustings.places.models import Area
from hustings.platform.jobs import worker
from hustings.platform.models import AuditEntry
from hustings.postroom.models import Message, MessageState
from hustings.postroom.rules.quiet_hours import is_quiet
from hustings.postroom.rules.text_protocol import signature_of
from hustings.postroom.usecases import queue_text_sample
from hustings.postroom.usecases.open_text_dispatch import TextsNotReady
from hustings.postroom.usecases.tend_outbox import tend_outbox
from tests.cast import signed_in
from tests.clearance.materials import make_promoter
from tests.contacts import cast
from tests.money.campaigns import make_books
from tests.postroom.text_sink import TextSink, text_sink

pytestmark = pytest.mark.django_db(transaction=True)


NAMES_OF_AN_EMAIL = {"subject", "template", "election", "from_name", "reply_to"}


@pytest.fixture
def phones(settings: Any, tmp_path: Path) -> Iterator[TextSink]:
    """A provider of texts on this machine."""
    settings.HUSTINGS_HOME = tmp_path
    settings.HUSTINGS_TEXT_FROM = "07700 900999"
    settings.HUSTINGS_TEXT_SECRET = "shared"
    with text_sink() as sink:
        settings.HUSTINGS_TEXT_PROVIDER = sink.url
        yield sink


@pytest.fixture
def alice(phones: TextSink) -> User:
    """Alice, in Barset East, where five people live: three agreed to texts, one of them has only a landline."""
    cast.make_organisation()
    cast.make_places()
    for number in range(5):
        person = cast.make_person(name=f"Person {number}", ward=cast.ULLATHORNE)
        _phone(person, f"+44770090010{number}", is_mobile=number != 2)
        keep_keys(person_ids=[person.pk])
        if number < 3:
            cast.give_consent(person=person, channel=Channel.SMS, purpose=Purpose.CAMPAIGN)
    return cast.make_alice()


def _phone(person: Person, number: str, *, is_mobile: bool) -> None:
    ContactPoint.objects.create(
        person=person, kind=ContactPointKind.PHONE, value=number, canonical=number, is_mobile=is_mobile,
        added_at=person.created_at, source="tests",
    )  # fmt: skip


def _mailing(
    alice: User, now: datetime, words: str = '{{ given_name or "Hello" }}, the 7 bus must run on Sundays.'
) -> Mailing:
    audience = save_audience(
        name="East", conditions={"match": "all", "conditions": []}, area_code=cast.EAST, scope=EVERYTHING, by=alice, now=now,
    )  # fmt: skip
    return save_mailing(
        title="Buses", audience=audience, plan=MailingPlan(reply_to="", channel="sms"), by=alice, now=now,
        words=MailingWords(subject="", words=words, promoter=make_promoter()),
    )  # fmt: skip


def _report(values: dict[str, Any], now: datetime) -> Any:
    body, moment = json.dumps(values).encode(), str(int(now.timestamp()))
    signature = signature_of(secret="shared", moment=moment, body=body)
    headers = {"X-Hustings-Time": moment, "X-Hustings-Signature": signature}
    return Client().post("/postroom/texts/", body, content_type="application/json", headers=headers)


def test_a_text_goes_to_those_who_agreed_to_texts_and_everybody_is_accounted_for(
    alice: User, phones: TextSink, now: datetime
) -> None:
    mailing = _mailing(alice, now)
    assert Material.objects.get().medium == Medium.SMS
    approve_mailing(mailing=mailing, by=alice, now=now)
    asked = ask_gate(mailing=mailing, by=alice, now=now)
    assert (asked.asked, asked.cleared) == (5, 2)
    assert asked.counts == {"no-consent": 2, "no-address": 1}
    start_mailing(mailing=mailing, by=alice, now=now)
    worker.run_all()
    mailing.refresh_from_db()
    assert mailing.state == MailingState.FINISHED
    assert sorted(taken["to"] for taken in phones.taken) == ["+447700900100", "+447700900101"]
    text = phones.taken[0]["text"]
    assert text.splitlines() == [
        "Barset Fair Buses: Person, the 7 bus must run on Sundays.",
        "",
        "Promoted by Alice Archer, 12 High Street, Barset, ZZ1 1AA",
        "Answer STOP to stop these texts.",
    ]
    figures = figures_of(mailing=mailing)
    assert figures is not None
    assert figures.agree
    assert (figures.cleared, figures.accepted, figures.contacts) == (2, 2, 2)
    assert set(Contact.objects.values_list("channel", flat=True)) == {"sms"}
    message = Message.objects.order_by("pk")[0]
    assert message.parts >= 1
    told = {"event": "delivered", "id": "a", "reference": str(message.public_id)}
    assert _report(told, now).json() == {"is_new": True}
    failed = {
        "event": "failed",
        "id": "b",
        "reference": str(Message.objects.order_by("pk")[1].public_id),
        "permanent": True,
    }
    assert _report(failed, now).json() == {"is_new": True}
    again = figures_of(mailing=mailing)
    assert again is not None
    assert again.bounced == 1
    assert again.agree


def test_stop_in_answer_stops_the_next_mailing(alice: User, phones: TextSink, now: datetime) -> None:
    first = approve_mailing(mailing=_mailing(alice, now), by=alice, now=now)
    start_mailing(mailing=first, by=alice, now=now)
    worker.run_all()
    _report({"event": "reply", "id": "c", "from": "+447700900100", "text": "STOP"}, now)
    assert suppressed_addresses(canonicals=["+447700900100"], kind="phone", channel="sms", purpose="campaign")
    second = approve_mailing(mailing=_mailing(alice, now), by=alice, now=now)
    assert ask_gate(mailing=second, by=alice, now=now).cleared == 1


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [(6, 59, True), (7, 0, False), (19, 59, False), (20, 0, True), (2, 0, True)],
)
def test_the_night_is_by_the_clock_of_the_united_kingdom(
    hour: int, minute: int, expected: bool, now: datetime
) -> None:
    """In summer time, an hour ahead of UTC."""
    assert is_quiet(at=now.replace(hour=hour, minute=minute)) is expected


def test_what_is_begun_in_the_evening_waits_for_the_morning(
    alice: User, phones: TextSink, now: datetime
) -> None:
    night = now.replace(hour=21)
    mailing = approve_mailing(mailing=_mailing(alice, now), by=alice, now=now)
    with clock_set_to(night):
        start_mailing(mailing=mailing, by=alice, now=night)
        worker.run_all()
        tend_outbox(now=night)
        worker.run_all()
    assert phones.taken == []
    assert Message.objects.filter(state=MessageState.QUEUED).count() == 2
    morning = now.replace(hour=7) + timedelta(days=1)
    with clock_set_to(morning):
        tend_outbox(now=morning)
        worker.run_all()
    assert len(phones.taken) == 2


def test_pause_holds_a_text_mailing_and_carrying_on_sends_the_rest(
    alice: User, phones: TextSink, now: datetime
) -> None:
    mailing = approve_mailing(mailing=_mailing(alice, now), by=alice, now=now)
    start_mailing(mailing=mailing, by=alice, now=now)
    pause_mailing(mailing=Mailing.objects.get(), by=alice, now=now)
    worker.run_all()
    assert phones.taken == []
    resume_mailing(mailing=Mailing.objects.get(), by=alice, now=now)
    worker.run_all()
    assert len(phones.taken) == 2


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("HUSTINGS_TEXT_PROVIDER", "", "no_provider"),
        ("HUSTINGS_TEXT_SECRET", "", "no_way_out"),
        ("HUSTINGS_TEXT_FROM", "BARSET", "no_way_out"),
    ],
)
def test_without_a_way_to_hear_stop_nothing_goes(
    alice: User, phones: TextSink, now: datetime, settings: Any, name: str, value: str, code: str
) -> None:
    mailing = approve_mailing(mailing=_mailing(alice, now), by=alice, now=now)
    setattr(settings, name, value)
    with pytest.raises(TextsNotReady) as refusal:
        start_mailing(mailing=mailing, by=alice, now=now)
    assert refusal.value.code == code
    assert Message.objects.count() == 0


def test_a_text_needs_no_subject_and_no_call_to_vote_fits(alice: User, now: datetime) -> None:
    with pytest.raises(NotComplete) as refusal:
        _mailing(alice, now, words=" ")
    assert refusal.value.code == "words"
    with pytest.raises(NotComplete) as refusal:
        save_mailing(
            title="Vote", audience=_mailing(alice, now).audience, plan=MailingPlan(reply_to="", channel="sms"),
            by=alice, now=now,
            words=MailingWords(subject="", words="Vote", lead="Polling day is Thursday", promoter=make_promoter()),
        )  # fmt: skip
    assert refusal.value.code == "lead"


def test_the_price_of_the_parts_is_the_cost_of_the_material(alice: User, now: datetime) -> None:
    mailing = approve_mailing(mailing=_mailing(alice, now, words="x" * 170), by=alice, now=now)
    mailing.material.refresh_from_db()
    assert mailing.material.cost_pence == 2 * 2 * 4, "two people, two parts each, four pence a part"


def test_the_price_comes_into_the_books_that_were_chosen(alice: User, now: datetime) -> None:
    """Approval writes it down as an expense of the campaign; no second entry for the same mailing."""
    agent = cast.make_user(name="Agnes", role=Role.AGENT, area=cast.EAST)
    books = make_books(by=agent, now=now, area=Area.objects.get(code=cast.EAST))
    mailing = _mailing(alice, now, words="x" * 170)
    mailing.material.campaigns.set([books])
    approve_mailing(mailing=mailing, by=alice, now=now)
    (item,) = items_of(campaign=books)
    assert item.counts_pence == 2 * 2 * 4
    assert Expense.objects.count() == 1


def test_in_the_desk_a_text_is_written_seen_and_sent(alice: User, phones: TextSink, now: datetime) -> None:
    browser = signed_in(alice)
    draft = _mailing(alice, now)
    values = {
        "title": "Sunday", "channel": "sms", "audience": str(draft.audience_id), "words": "The 7 – on Sundays?", "subject": "",
        "purpose": "campaign", "promoter": str(draft.material.promoter_id), "nation": "england", "reply_to": "",
    }  # fmt: skip
    answer = browser.post(reverse("outreach_desk:mailing_new"), values)
    assert answer.status_code == 302
    mailing = Mailing.objects.latest("pk")
    assert mailing.is_text
    page = browser.get(reverse("outreach_desk:mailing", args=[mailing.pk])).content.decode()
    assert "The 7 - on Sundays?" in page
    assert "in one part (" in page
    assert "Cost of the texts" in page
    assert "<iframe" not in page
    assert "Send me a test" in page
    assert "No mobile number" in page
    refused = browser.post(reverse("outreach_desk:mailing_new"), {**values, "channel": "email"})
    assert refused.status_code == 422
    assert "Write a subject line." in refused.content.decode()
    assert browser.post(reverse("outreach_desk:mailing_approve", args=[mailing.pk])).status_code == 302
    sending = browser.get(reverse("outreach_desk:mailing_send", args=[mailing.pk]))
    assert "It goes to 2 people" in sending.content.decode()
    assert "Cost of the texts" in sending.content.decode()
    assert "Replies go to" not in sending.content.decode()
    assert browser.post(reverse("outreach_desk:mailing_send", args=[mailing.pk])).status_code == 302
    with clock_set_to(now):
        worker.run_all()
    assert len(phones.taken) == 2
    page = browser.get(reverse("outreach_desk:mailing", args=[mailing.pk])).content.decode()
    assert "2 people, 2 parts" in page
    mailing.refresh_from_db()
    assert mailing.dispatch is not None
    sending = browser.get(reverse("postroom_desk:dispatch", args=[mailing.dispatch.pk]))
    assert "<dt>Subject</dt>" not in sending.content.decode()
    assert "Replies go to" not in sending.content.decode()
    assert "accepted by the provider" in page


def _labels(page: str) -> set[str]:
    return {name for name in NAMES_OF_AN_EMAIL if f'name="{name}"' in page}


def test_the_form_of_a_text_asks_only_for_what_a_text_has(alice: User, now: datetime) -> None:
    """Neither subject nor look nor Markdown; the way to the other channel keeps the audience that was chosen."""
    browser, draft = signed_in(alice), _mailing(alice, now)
    new = f"{reverse('outreach_desk:mailing_new')}?audience={draft.audience_id}"
    email = browser.get(new).content.decode()
    assert _labels(email) == NAMES_OF_AN_EMAIL
    assert "In Markdown" in email
    other = f"?audience={draft.audience_id}&amp;channel=sms"
    assert f'{reverse("outreach_desk:mailing_new")}{other}"' in email
    for path in (f"{new}&channel=sms", reverse("outreach_desk:mailing_edit", args=[draft.pk])):
        text = browser.get(path).content.decode()
        assert _labels(text) == set()
        assert "In Markdown" not in text
        assert "Write an email instead" in text
        assert f'<option value="{draft.audience_id}" selected>' in text
        assert '<input type="hidden" name="channel" value="sms"' in text
    as_email = browser.get(f"{reverse('outreach_desk:mailing_edit', args=[draft.pk])}?channel=email")
    assert _labels(as_email.content.decode()) == NAMES_OF_AN_EMAIL


def test_the_form_of_a_text_stays_one_when_something_is_wrong(alice: User, now: datetime) -> None:
    answer = signed_in(alice).post(
        reverse("outreach_desk:mailing_new"), {"channel": "sms", "title": "Sunday", "words": ""}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Sunday"' in page
    assert _labels(page) == set()


def test_a_test_by_text_goes_to_the_writers_own_number_alone(
    alice: User, phones: TextSink, now: datetime
) -> None:
    """As Person 0 would get it; it is no contact, and no dispatch."""
    browser, mailing = signed_in(alice), _mailing(alice, now)
    reader = Person.objects.get(given_name="Person", family_name="0")
    values = {"person": reader.pk, "number": "07700 900555"}
    told = browser.post(reverse("outreach_desk:mailing_test", args=[mailing.pk]), values, follow=True)
    assert "A test goes to 07700 900555." in told.content.decode()
    worker.run_all()
    (taken,) = phones.taken
    assert taken["to"] == "+447700900555"
    assert taken["text"].startswith("Barset Fair Buses: Person, the 7 bus must run on Sundays.")
    assert taken["text"].endswith("Answer STOP to stop these texts.")
    mailing.refresh_from_db()
    assert mailing.dispatch is None
    assert not Contact.objects.exists()
    message = Message.objects.get()
    assert (message.purpose, message.person_id, message.parts) == ("account", None, 1)
    assert message.clearance is not None
    assert AuditEntry.objects.filter(verb="sent a test", detail__message=message.pk).exists()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("", "This field is required"),
        ("01632 960001", "Give a mobile number"),
        ("0770", "too few digits"),
        ("07700 900103", "your own mobile alone"),
        ("07700 900777", "your own mobile alone"),
    ],
)
def test_a_test_by_text_reaches_nobody_whom_the_gate_guards(
    number: str, said: str, alice: User, phones: TextSink, now: datetime
) -> None:
    """Not somebody in the records, nor whoever stopped texts; what was typed stays."""
    mailing = _mailing(alice, now)
    _report({"event": "reply", "id": "s", "from": "+447700900777", "text": "STOP"}, now)
    answer = signed_in(alice).post(
        reverse("outreach_desk:mailing_test", args=[mailing.pk]), {"number": number}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert f'value="{number}"' in page or not number
    worker.run_all()
    assert phones.taken == []


def test_her_own_number_may_stand_in_the_records(alice: User, phones: TextSink, now: datetime) -> None:
    """Where it stands with a person of the login's own address."""
    herself = cast.make_person(name="Alice Archer", ward=cast.ULLATHORNE, email=alice.email)
    _phone(herself, "+447700900888", is_mobile=True)
    mailing = _mailing(alice, now)
    told = CliRunner().invoke(
        app, ["test", str(mailing.pk), "--by", alice.email.upper(), "--to", "07700 900888"]
    )
    assert told.exit_code == 0, told.stderr
    worker.run_all()
    assert [taken["to"] for taken in phones.taken] == ["+447700900888"]


def test_tests_by_text_are_few_and_need_the_right_and_a_provider(
    alice: User, phones: TextSink, now: datetime, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = str(_mailing(alice, now).pk)
    cast.make_charlie()

    def told(email: str) -> str:
        return CliRunner().invoke(app, ["test", number, "--by", email, "--to", "07700 900555"]).output

    assert "may not send" in told("charlie@barset.example")
    monkeypatch.setattr(queue_text_sample, "MOST_A_DAY", 1)
    assert "A test goes to 07700 900555." in told(alice.email)
    assert "1 tests by text have gone out in a day" in told(alice.email)
    settings.HUSTINGS_TEXT_SECRET = ""
    assert "STOP would not be heard" in told(alice.email)
    assert Message.objects.count() == 1
