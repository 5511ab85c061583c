"""Mailings in the desk, from an empty list to figures that agree; and nothing of it for whoever looks after another patch."""

import re
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hustings.accounts.models import Organisation, Role, User
from hustings.basics.clock import FixedClock, clock_set_to
from hustings.clearance.models import Promoter
from hustings.elections.models import Election
from hustings.money.queries.books import items_of
from hustings.outreach.audiences.models import Audience
from hustings.outreach.mailings.models import Mailing, MailingState, MailingTemplate
from hustings.outreach.mailings.queries import PersonFields
from hustings.outreach.mailings.usecases.approve_mailing import approve_mailing
from hustings.outreach.mailings.usecases.save_mailing import MailingPlan, MailingWords, save_mailing
from hustings.outreach.mailings.usecases.start_mailing import CannotSend, start_mailing
from hustings.people.models import Person, Suppression
from hustings.platform.jobs import worker
from hustings.register.models import PollingStation, StationAllocation
from tests.clearance.materials import make_promoter
from tests.contacts import cast
from tests.money.campaigns import make_campaign
from tests.postroom.mail_sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = (("email", "campaign"),)
WORDS = 'Dear {{ given_name or "neighbour" }},\n\nThe 7 must run **on Sundays**.'


@pytest.fixture
def alice(client: Client) -> User:
    cast.make_organisation()
    cast.make_places()
    cast.make_person(name="Gwen Proudie", email="gwen@village.example", consents=EMAIL)
    cast.make_person(name="Dora Grantly", email="dora@village.example")
    user = cast.make_alice()
    client.force_login(user)
    return user


@pytest.fixture
def promoter(alice: User) -> Promoter:
    return make_promoter()


@pytest.fixture
def audience(alice: User, now: datetime) -> Audience:
    return Audience.objects.create(
        name="East", area_id=cast.EAST, conditions={}, made_at=now, changed_at=now, made_by=alice
    )


@pytest.fixture
def mailing(alice: User, audience: Audience, promoter: Promoter, now: datetime) -> Mailing:
    return save_mailing(
        title="Sunday buses",
        audience=audience,
        words=MailingWords(subject="Buses, {{ given_name }}", words=WORDS, promoter=promoter),
        plan=MailingPlan(reply_to="alice@barset.example", from_name="Alice"),
        by=alice,
        now=now,
    )


def _url(name: str, mailing: Mailing) -> str:
    return reverse(f"outreach_desk:{name}", args=[mailing.pk])


ALL = (
    *("mailing", "mailing_edit", "mailing_html", "mailing_progress", "mailing_approve", "mailing_test"),
    *(
        "mailing_send",
        "mailing_schedule",
        "mailing_unschedule",
        "mailing_pause",
        "mailing_resume",
        "mailing_stop",
    ),
)


def test_charlie_cannot(client: Client, mailing: Mailing) -> None:
    client.force_login(cast.make_charlie())
    for name in ALL:
        assert client.get(_url(name, mailing)).status_code in (404, 405), name
        assert client.post(_url(name, mailing)).status_code in (404, 405), name
    listed = reverse("outreach_desk:mailings")
    assert "Sunday buses" not in client.get(listed).content.decode()
    assert "Sunday buses" not in client.get(f"{listed}?export=csv").getvalue().decode()
    mailing.refresh_from_db()
    assert (mailing.state, mailing.copy) == (MailingState.DRAFT, None)


def test_charlie_cannot_write_to_her_people(client: Client, mailing: Mailing, promoter: Promoter) -> None:
    client.force_login(cast.make_charlie())
    answer = client.post(
        reverse("outreach_desk:mailing_new"),
        {**_form(mailing.audience, promoter), "title": "Stolen"},
    )
    assert answer.status_code == 422
    assert not Mailing.objects.filter(title="Stolen").exists()


def test_volunteers_cannot_enter(client: Client, mailing: Mailing) -> None:
    client.force_login(cast.make_user(name="Bob", role=Role.VOLUNTEER, area=cast.EAST))
    for address in (
        reverse("outreach_desk:mailings"),
        reverse("outreach_desk:mailing_new"),
        _url("mailing", mailing),
    ):
        assert client.get(address).status_code == 403


def _form(audience: Audience, promoter: Promoter) -> dict[str, object]:
    return {
        "title": "Sunday buses",
        "audience": audience.pk,
        "subject": "Buses",
        "words": WORDS,
        "purpose": "campaign",
        "promoter": promoter.pk,
        "nation": "england",
        "reply_to": "alice@barset.example",
    }


def test_writing_one(client: Client, audience: Audience, promoter: Promoter) -> None:
    assert "Nothing has been sent yet" in client.get(reverse("outreach_desk:mailings")).content.decode()
    new = reverse("outreach_desk:mailing_new")
    assert f'value="{audience.pk}" selected' in client.get(f"{new}?audience={audience.pk}").content.decode()
    answer = client.post(new, _form(audience, promoter))
    mailing = Mailing.objects.get()
    assert answer["Location"] == _url("mailing", mailing)
    assert "Sunday buses" in client.get(reverse("outreach_desk:mailings")).content.decode()
    client.post(_url("mailing_edit", mailing), {**_form(audience, promoter), "subject": "Trams"})
    mailing.material.refresh_from_db()
    assert mailing.material.subject == "Trams"


def test_a_call_to_vote_in_welsh_opens_in_welsh(
    client: Client, audience: Audience, promoter: Promoter
) -> None:
    poll = Election.objects.create(
        id="local.pentre.2026-05-07", kind="local", title="Cyngor Pentre", poll_on=date(2026, 5, 7)
    )
    form = {**_form(audience, promoter), "words": "Annwyl gymydog, ewch i bleidleisio.", "subject": "Yfory",
            "election": poll.pk, "language": "cy"}  # fmt: skip
    client.post(reverse("outreach_desk:mailing_new"), form)
    mailing = Mailing.objects.get()
    assert mailing.material.language == "cy"
    assert "## Cyngor Pentre: Dydd Iau 7 Mai 2026" in mailing.material.body
    assert "Mae gorsafoedd pleidleisio ar agor" in mailing.material.body
    assert "Polling stations" not in mailing.material.body
    client.post(_url("mailing_edit", mailing), {**form, "language": ""})
    mailing.material.refresh_from_db()
    assert "**Polling stations are open" in mailing.material.body


def test_its_cost_goes_into_the_books_on_approval(
    client: Client, alice: User, audience: Audience, promoter: Promoter, now: datetime
) -> None:
    """What sending costs is asked of the limit first; only campaigns of her places are offered."""
    books = make_campaign(area_id=cast.EAST)
    elsewhere = make_campaign(area_id=cast.WEST, name="Somebody else")
    form = {**_form(audience, promoter), "cost": "48.50", "campaigns": [books.pk]}
    new = reverse("outreach_desk:mailing_new")
    assert client.post(new, {**form, "campaigns": [elsewhere.pk]}).status_code == 422
    client.post(new, form)
    mailing = Mailing.objects.get()
    approve_mailing(mailing=mailing, by=alice, now=now)
    (item,) = items_of(campaign=books)
    assert (item.counts_pence, item.expense.what) == (4_850, "Sunday buses")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Dear {{ shoe_size }}", "Nobody can fill “shoe_size”"),
        ("Dear {{ given name }}", "is not a field"),
        ("![cat](https://village.example/cat.png)", "Messages carry no images"),
    ],
)
def test_faults_in_the_words_are_told_and_nothing_is_lost(
    client: Client, audience: Audience, promoter: Promoter, words: str, told: str
) -> None:
    answer = client.post(reverse("outreach_desk:mailing_new"), {**_form(audience, promoter), "words": words})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert told in page
    assert 'value="Sunday buses"' in page
    assert not Mailing.objects.exists()


def test_the_page_shows_the_message_as_a_person_reads_it(client: Client, mailing: Mailing) -> None:
    page = client.get(_url("mailing", mailing)).content.decode()
    assert "Buses, Gwen" in page or "Buses, Dora" in page
    html = client.get(_url("mailing_html", mailing) + "?person=nobody").content.decode()
    assert "Dear neighbour" in html
    assert "Promoted by" in html
    assert "/unsubscribe/preview/" in html


def test_the_preview_fetches_and_runs_nothing(client: Client, mailing: Mailing) -> None:
    answer = client.get(_url("mailing_html", mailing))
    assert answer["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert not re.search(r"<(img|script|link|iframe|video|object)\b", answer.content.decode())


def test_nobody_outside_the_audience_can_be_previewed(client: Client, mailing: Mailing) -> None:
    stranger = cast.make_person(name="Secret Stranger", ward=cast.COURCY)
    for name in ("mailing", "mailing_html"):
        page = client.get(f"{_url(name, mailing)}?person={stranger.pk}").content.decode()
        assert "Secret" not in page


def test_refusals_are_counted_before_sending(client: Client, mailing: Mailing) -> None:
    page = " ".join(client.get(_url("mailing", mailing)).content.decode().split())
    tiles = re.findall(r'h-tile__value">([^<]*)</span><span class="h-tile__label">([^<]*)<', page)
    assert tiles == [("2", "in the audience now"), ("1", "would be sent to"), ("1", "would be refused")]
    assert "Did not agree to this channel and purpose" in page
    assert "Nobody has checked yet whether" in page


def test_from_approval_to_figures_that_agree(client: Client, mailing: Mailing, sink: Sink) -> None:
    assert "cannot be changed afterwards" in client.get(_url("mailing_approve", mailing)).content.decode()
    client.post(_url("mailing_approve", mailing))
    mailing.refresh_from_db()
    assert mailing.copy is not None
    assert "It goes to one person." in client.get(_url("mailing_send", mailing)).content.decode()
    client.post(_url("mailing_send", mailing))
    mailing.refresh_from_db()
    assert mailing.state == MailingState.SENDING
    page = client.get(_url("mailing", mailing)).content.decode()
    assert "Being sent" in page
    assert 'http-equiv="refresh"' in page
    assert "0 of 1" in client.get(_url("mailing_progress", mailing)).content.decode()
    worker.run_all()
    assert client.get(_url("mailing_progress", mailing))["HX-Refresh"] == "true"
    page = " ".join(client.get(_url("mailing", mailing)).content.decode().split())
    assert "audience 2 = cleared 1 + refused 1" in page
    assert "contacts 1 = accepted 1 + refused by servers 0 + unknown 0" in page
    assert "do not add up" not in page
    (content,) = [letter.content for letter in sink.taken]
    letter = message_from_bytes(content, policy=policy.default)
    assert letter["Reply-To"].addresses[0].addr_spec == "alice@barset.example"
    body = letter.get_body(("html",))
    assert body is not None
    written = body.get_content()
    assert not re.search(r"<(img|script|link|iframe)\b", written)
    # Links go where they say: to the ways out and nowhere that counts clicks.
    assert set(re.findall(r'href="https?://[^/]+/([a-z]+)', written)) == {"preferences", "unsubscribe"}


def test_pause_carry_on_and_stop(client: Client, mailing: Mailing, alice: User, now: datetime) -> None:
    approve_mailing(mailing=mailing, by=alice, now=now)
    start_mailing(mailing=mailing, by=alice, now=now)
    client.post(_url("mailing_pause", mailing))
    assert "Carry on" in client.get(_url("mailing", mailing)).content.decode()
    client.post(_url("mailing_resume", mailing))
    assert "taken up again" in client.get(_url("mailing_stop", mailing)).content.decode()
    client.post(_url("mailing_stop", mailing))
    mailing.refresh_from_db()
    assert mailing.state == MailingState.STOPPED
    page = " ".join(client.get(_url("mailing", mailing)).content.decode().split())
    assert "withdrawn 1 + waiting 0" in page
    client.post(_url("mailing_pause", mailing))
    assert "not being sent" in client.get(_url("mailing", mailing)).content.decode()


def test_scheduling(client: Client, mailing: Mailing, alice: User, now: datetime) -> None:
    address = _url("mailing_schedule", mailing)
    assert client.post(address, {"send_at": "2026-04-01T10:00"}).status_code == 422
    approve_mailing(mailing=mailing, by=alice, now=now)
    assert client.post(address, {"send_at": "2026-03-01T10:00"}).status_code == 422
    client.post(address, {"send_at": "2026-04-01T10:00"})
    mailing.refresh_from_db()
    assert mailing.state == MailingState.SCHEDULED
    assert mailing.send_at == now + timedelta(days=2)
    assert "begins by itself" in client.get(_url("mailing", mailing)).content.decode()
    client.post(_url("mailing_unschedule", mailing))
    mailing.refresh_from_db()
    assert mailing.state == MailingState.DRAFT


def test_a_test_goes_to_the_writer_alone(client: Client, mailing: Mailing, sink: Sink) -> None:
    """As somebody of whom nothing is known would get it; its ways out lead to a page that says it was a test."""
    client.post(_url("mailing_test", mailing))
    worker.run_all()
    assert sink.recipients == ["alice@barset.example"]
    letter = message_from_bytes(sink.taken[0].content, policy=policy.default)
    body = letter.get_body(("plain",))
    assert body is not None
    assert "Dear neighbour" in body.get_content()
    mailing.refresh_from_db()
    assert mailing.dispatch is None
    (link,) = re.findall(r"<http://[^/]+(/unsubscribe/[^>]+)>", str(letter["List-Unsubscribe"]))
    for method in (client.get, client.post):
        assert "This was a preview" in method(link).content.decode()
    assert not Suppression.objects.exists()


def test_a_test_is_what_a_recipient_gets(
    client: Client, mailing: Mailing, alice: User, now: datetime, sink: Sink
) -> None:
    """Both parts and every header but those of address, time and identity, and the reader's own ways out."""
    reader = Person.objects.get(given_name="Gwen")
    client.post(_url("mailing_test", mailing), {"person": reader.pk})
    worker.run_all()
    approve_mailing(mailing=mailing, by=alice, now=now)
    mailing.refresh_from_db()
    start_mailing(mailing=mailing, by=alice, now=now)
    worker.run_all()
    letters = {one.recipient: message_from_bytes(one.content, policy=policy.default) for one in sink.taken}
    test, real = letters["alice@barset.example"], letters["gwen@village.example"]

    def shown(letter: Any) -> dict[str, str]:
        own = {"to", "date", "message-id", "list-unsubscribe", "content-type"}
        parts = {name.lower(): str(value) for name, value in letter.items() if name.lower() not in own}
        for kind in ("plain", "html"):
            body = letter.get_body((kind,))
            parts[kind] = re.sub(r"/(unsubscribe|preferences)/[^/]+/", r"/\1/…/", body.get_content())
        return parts

    assert shown(test) == shown(real)
    assert "Dear Gwen" in shown(test)["html"]
    assert test["List-Unsubscribe-Post"] == real["List-Unsubscribe-Post"]


def test_a_newsletter_has_a_band_and_says_what_is_in_it(
    client: Client, alice: User, audience: Audience, promoter: Promoter
) -> None:
    """Name and colour stand over it, headings are listed, and the text part reads well by itself."""
    Organisation.objects.update(name="Barset {{ Together }} & Co", colour="#7a1f5c")
    words = "## The bridge\n\nIt stays open.\n\n## The library\n\nSaturdays too."
    client.post(
        reverse("outreach_desk:mailing_new"),
        {**_form(audience, promoter), "words": words, "template": "newsletter"},
    )
    mailing = Mailing.objects.get()
    assert mailing.template == MailingTemplate.NEWSLETTER
    html = client.get(_url("mailing_html", mailing)).content.decode()
    assert "background: #7a1f5c" in html
    assert "Barset (( Together )) &amp; Co" in html
    assert html.index("In this issue") < html.index("The bridge") < html.index("It stays open.")
    page = client.get(_url("mailing", mailing)).content.decode()
    assert "BARSET (( TOGETHER ))" in page
    edit = client.get(_url("mailing_edit", mailing)).content.decode()
    assert re.search(r'value="newsletter"[^>]*checked', edit)


def test_a_call_to_vote_names_each_persons_station(
    client: Client, alice: User, audience: Audience, promoter: Promoter, now: datetime
) -> None:
    """By the postcode that somebody gave us; whoever's is not known is sent to the poll card."""
    election = Election.objects.create(
        id="local.2026-05-07", kind="local", title="Barset council election", poll_on=date(2026, 5, 7)
    )
    station = PollingStation.objects.create(
        election=election, reference="1", name="Mill Hall", address="High Street", postcode="ZZ1 1AB",
        source="test", imported_at=now,
    )  # fmt: skip
    StationAllocation.objects.create(station=station, kind="postcode", key="ZZ1 1AA")
    Person.objects.filter(given_name="Gwen").update(postcode="ZZ1 1AA")
    Person.objects.exclude(given_name="Gwen").update(postcode="ZZ2 2BB")
    client.post(reverse("outreach_desk:mailing_new"), {**_form(audience, promoter), "election": election.pk})
    mailing = Mailing.objects.get()
    address = _url("mailing", mailing)
    gwen = Person.objects.get(given_name="Gwen")
    read = client.get(address, {"person": gwen.pk}).content.decode()
    assert "Mill Hall, High Street, ZZ1 1AB" in read
    assert "your poll card says" not in read
    nobody = client.get(address, {"person": "nobody"}).content.decode()
    assert "your poll card says" in nobody
    fields = PersonFields(
        needed=frozenset({"station_name", "given_name"}), election=election, on=date(2026, 5, 7)
    )
    assert fields[gwen.pk] == {"station_name": "Mill Hall", "given_name": "Gwen"}
    others = Person.objects.exclude(pk=gwen.pk)
    assert {fields[person.pk]["station_name"] for person in others} <= {""}


def test_a_call_to_vote_names_the_poll_and_ends_with_it(
    client: Client, alice: User, audience: Audience, promoter: Promoter, now: datetime
) -> None:
    election = Election.objects.create(
        id="local.2026-05-07", kind="local", title="Barset council election", poll_on=date(2026, 5, 7)
    )
    form = {**_form(audience, promoter), "election": election.pk, "stops_at": "2026-05-09T10:00"}
    client.post(reverse("outreach_desk:mailing_new"), form)
    mailing = Mailing.objects.get()
    close = datetime(2026, 5, 7, 21, 0, tzinfo=UTC)
    assert mailing.stops_at == close
    assert mailing.material.use_until == close
    page = client.get(_url("mailing", mailing)).content.decode()
    assert "open from 7am to 10pm" in page
    assert "Bring photo ID" in page
    assert "your poll card says" in page
    edit = client.get(_url("mailing_edit", mailing)).content.decode()
    assert "open from 7am" not in edit
    client.post(_url("mailing_edit", mailing), form)
    mailing.material.refresh_from_db()
    assert mailing.material.body.count("open from 7am to 10pm") == 1
    approve_mailing(mailing=mailing, by=alice, now=now)
    with pytest.raises(CannotSend, match="has passed"):
        start_mailing(mailing=mailing, by=alice, now=close)


def test_a_call_to_a_poll_that_is_over_is_refused(
    client: Client, audience: Audience, promoter: Promoter, standing_clock: FixedClock
) -> None:
    election = Election.objects.create(
        id="local.2026-03-30", kind="local", title="Barset", poll_on=standing_clock.today_in_uk()
    )
    with clock_set_to(datetime(2026, 3, 30, 21, 30, tzinfo=UTC)):
        answer = client.post(
            reverse("outreach_desk:mailing_new"), {**_form(audience, promoter), "election": election.pk}
        )
    assert "This poll has closed" in answer.content.decode()
    assert not Mailing.objects.exists()
