"""The main job in a browser, as residents and staff do it: signing without a script, set-up, a mailing, the register's review."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import Browser, Page

from hustings.accounts.models import User
from hustings.accounts.usecases.first_administrator import first_administrator_link
from hustings.actions.models import Petition, PetitionState, Signature, SignatureState
from hustings.basics.clock import clock_set_to
from hustings.outreach.mailings.models import Mailing, MailingState
from hustings.people.models import Consent, Person
from hustings.people.queries import suppressed_person_ids
from hustings.platform.jobs import worker
from hustings.postroom.models import Message
from hustings.register.models import Match, MatchState
from hustings.website.usecases.create_site import create_site
from tests.browser.office import Office
from tests.browser.screenshots import keep
from tests.browser.seeing import DESKTOP, PHONE, faults_of, go, inside
from tests.conftest import NOW
from tests.postroom.mail_sink import Sink
from tests.postroom.text_sink import text_sink

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sound(page: Page, width: int) -> None:
    """The page that is open has no fault."""
    assert faults_of(page, width=width, errors=[]) == {}


def test_a_resident_signs_on_a_phone_without_scripts(
    petition: Petition, live_server: Any, browser: Browser
) -> None:
    """From reading to the confirmed signature: one fault on the way, nothing typed is lost, only what was ticked counts."""
    context = inside(
        browser, live_server.url, None, viewport={"width": PHONE, "height": 844}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{live_server.url}/petitions/{petition.slug}/")
    page.click("text=Sign this petition >> nth=0")
    page.get_by_label("First name").fill("Ewan")
    page.get_by_label("Last name").fill("McTavish")
    page.get_by_label("Email", exact=True).first.fill("ewan@barset.example")
    page.get_by_label("Postcode").fill("ZZ1 1A")
    page.locator("input[name=consent]").first.check()
    with clock_set_to(NOW + timedelta(minutes=2)):
        go(page, page.get_by_role("button", name="Sign"))
        assert "Your signature has not been taken yet" in page.inner_text("main")
        assert page.get_by_label("First name").input_value() == "Ewan"
        assert page.locator("input[name=consent]").first.is_checked()
        keep(page, "petition-fault-390")
        page.get_by_label("Postcode").fill("zz11aa")
        go(page, page.get_by_role("button", name="Sign"))
        if page.get_by_role("button", name="Sign").count():
            # A postcode nobody knows is asked about once.
            go(page, page.get_by_role("button", name="Sign"))
        assert "look at your email" in page.inner_text("h1")
        keep(page, "petition-signed-390")
        link = str(Message.objects.get().fields["signature_url"])
        page.goto(live_server.url + re.sub(r"^https?://[^/]+", "", link))
        assert Signature.objects.get().state == SignatureState.PENDING, "looking changes nothing"
        go(page, page.get_by_role("button", name="Confirm my signature"))
    assert "Your signature counts" in page.inner_text("h1")
    keep(page, "petition-confirmed-390")
    assert Consent.objects.filter(is_given=True).count() == 1
    context.close()


def test_from_nothing_to_an_open_petition(
    live_server: Any, browser: Browser, settings: Any, db: None
) -> None:
    """The link that `hustings init` prints, six steps, and the petition's page."""
    settings.EMAIL_BACKEND = "hustings.postroom.email_backend.AccountEmailBackend"
    create_site(now=NOW)
    link = re.sub(r"^https?://[^/]+", "", str(first_administrator_link(now=NOW)))
    context = inside(browser, live_server.url, None, viewport={"width": DESKTOP, "height": 900})
    page = context.new_page()
    page.goto(live_server.url + link)
    sound(page, DESKTOP)
    # With scripts or without, and although the address is a secret: the form must be taken from a real browser.
    for label, value in (
        ("First name", "Ada"),
        ("Last name", "Arabin"),
        ("Email", "ada@barset.example"),
        ("Password", "four words nobody guesses"),
    ):
        page.get_by_label(label).first.fill(value)
    go(page, page.locator("main button, form button").last)
    ada = User.objects.get()
    Authenticator.objects.create(user=ada, type=Authenticator.Type.TOTP, data={"secret": "x"})
    context.close()
    context = inside(browser, live_server.url, ada, viewport={"width": DESKTOP, "height": 900})
    page = context.new_page()
    page.goto(f"{live_server.url}/desk/start/")
    keep(page, "set-up-from-nothing-1280")
    page.goto(f"{live_server.url}/desk/accounts/organisation/")
    page.fill("[name=name]", "Barset Together")
    page.check("[name=kind][value=candidate]") if page.locator(
        "[name=kind][value=candidate]"
    ).count() else page.select_option("[name=kind]", "candidate")
    page.fill("[name=address]", "1 High Street\nBarchester")
    page.fill("[name=postcode]", "zz11aa")
    page.fill("[name=email]", "office@barset.example")
    page.fill("[name=phone]", "01632 960001")
    go(page, page.locator("form.h-form button[type=submit], form.h-form button:not([type])").first)
    assert "/desk/website/promoter/" in page.url
    page.fill("[name=name]", "Eleanor Harding")
    page.fill("[name=address]", "2 High Street\nBarchester")
    page.fill("[name=postcode]", "ZZ1 1AB")
    page.fill("[name=evidence]", "She gets her post there.")
    go(page, page.locator("form.h-form button[type=submit], form.h-form button:not([type])").first)
    assert "/desk/website/notice/" in page.url
    go(page, page.locator("button[name=publish]"))
    assert "/desk/start/mail/" in page.url
    go(page, page.locator("button[name=aside]"))
    page.select_option("[name=kind]", "local")
    page.fill("[name=title]", "Barset council election")
    page.fill("[name=poll_on]", "2026-05-07")
    go(page, page.locator("form.h-form button[type=submit], form.h-form button:not([type])").first)
    assert "/desk/start/petition/" in page.url
    page.goto(f"{live_server.url}/desk/actions/petitions/new/")
    page.fill("[name=title]", "Keep the library open")
    page.fill("[name=text]", "Keep Barchester library open on Saturdays.")
    page.fill("[name=asked_of]", "Barset Council")
    page.fill("[name=asked_by]", "Barset Together")
    page.fill("[name=goal]", "500")
    page.select_option("[name=promoter]", label="Eleanor Harding")
    go(page, page.locator("form.h-form button[type=submit], form.h-form button:not([type])").first)
    made = Petition.objects.get()
    page.goto(f"{live_server.url}{reverse('actions_desk:open', args=[made.pk])}")
    go(page, page.locator("form button.button").last)
    made.refresh_from_db()
    assert made.state == PetitionState.OPEN
    page.goto(f"{live_server.url}/petitions/{made.slug}/")
    assert "Keep Barchester library open" in page.inner_text("main")
    context.close()


def test_a_mailing_from_audience_to_figures(
    office: Office, live_server: Any, browser: Browser, sink: Sink, settings: Any
) -> None:
    """Alice chooses people, writes, looks at it as somebody reads it, sends herself a test, approves and sends."""
    before = len(sink.taken)
    context = inside(browser, live_server.url, office.cast.alice, viewport={"width": DESKTOP, "height": 900})
    page = context.new_page()
    page.goto(f"{live_server.url}{reverse('outreach_desk:audience', args=[office.audience.pk])}")
    go(page, page.get_by_role("link", name="Write to them"))
    page.fill("[name=title]", "Thursday at the library")
    page.fill("[name=subject]", "See you on Thursday")
    page.fill("[name=words]", "Dear {{ given_name }},\n\ncome to the **library** on Thursday.")
    page.check("[name=template][value=newsletter]")
    page.select_option("[name=promoter]", label="Ann Agent")
    go(page, page.locator("form.h-form button[type=submit], form.h-form button:not([type])").first)
    sound(page, DESKTOP)
    assert "in the audience" in page.inner_text("main")
    frame = page.frame_locator("iframe.o-frame")
    assert "Dear Ann" in frame.locator("main").inner_text()
    go(page, page.get_by_role("button", name="Send me a test"))
    go(page, page.get_by_role("link", name="Approve"))
    go(page, page.get_by_role("button", name="Approve"))
    go(page, page.get_by_role("link", name="Send now"))
    assert "cannot be called back" in page.inner_text("main")
    keep(page, "mailing-send-1280")
    go(page, page.get_by_role("button", name="Send it"))
    worker.run_all()
    mailing = Mailing.objects.get(title="Thursday at the library")
    assert mailing.state == MailingState.FINISHED
    assert len(sink.taken) > before + 1
    page.reload()
    assert "accepted by servers" in page.inner_text("main")
    with text_sink() as phones:
        settings.HUSTINGS_TEXT_PROVIDER, settings.HUSTINGS_TEXT_SECRET = phones.url, "shared"
        settings.HUSTINGS_TEXT_FROM = "07700 900999"
        _a_text_from_test_to_figures(
            page, f"{live_server.url}{reverse('outreach_desk:mailing', args=[office.text.pk])}"
        )
        test, *sent = (taken["to"] for taken in phones.taken)
        # Several connections send side by side: who of the audience is first is theirs to say.
        assert (test, sorted(sent)) == ("+447700900555", ["+447700900101", "+447700900102"])
    context.close()


def _a_text_from_test_to_figures(page: Page, address: str) -> None:
    """The same by text, on a phone: a test to her own number, once to a number that is somebody else's."""
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.goto(address)
    for number in ("07700 900101", "07700 900555"):
        page.get_by_label("Your own mobile number").fill(number)
        go(page, page.get_by_role("button", name="Send me a test"))
        sound(page, PHONE)
        keep(page, f"mailing-text-test-{number[-3:]}-390")
    worker.run_all()
    go(page, page.get_by_role("link", name="Approve"))
    go(page, page.get_by_role("button", name="Approve"))
    go(page, page.get_by_role("link", name="Send now"))
    keep(page, "mailing-text-send-390")
    go(page, page.get_by_role("button", name="Send it"))
    worker.run_all()
    for width in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": 844})
        page.reload()
        sound(page, width)
        keep(page, f"mailing-text-sent-{width}")


def test_the_unsure_are_decided_on_a_phone(office: Office, live_server: Any, browser: Browser) -> None:
    """Dora sees John beside the two electors he may be, and says which."""
    context = inside(browser, live_server.url, office.cast.dora)
    page = context.new_page()
    for width in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"{live_server.url}{reverse('register_desk:review')}")
        sound(page, width)
        keep(page, f"review-{width}")
    go(page, page.get_by_role("button", name="Yes, the same person").first)
    assert Match.objects.filter(state=MatchState.ACCEPTED).count() == 1
    context.close()


def test_a_person_is_found_and_their_objection_noted(
    office: Office, live_server: Any, browser: Browser
) -> None:
    """Somebody rings: Alice finds Ann by her surname and notes that she wants no more email."""
    context = inside(browser, live_server.url, office.cast.alice, viewport={"width": PHONE, "height": 844})
    page = context.new_page()
    page.goto(f"{live_server.url}{reverse('people_desk:people')}")
    page.get_by_label("Name, postcode or email").fill("bold")
    go(page, page.get_by_role("button", name="Show"))
    go(page, page.get_by_role("link", name="Ann Bold"))
    go(page, page.get_by_role("link", name="Note an objection"))
    sound(page, PHONE)
    page.fill("[name=source]", "telephone, this morning")
    go(page, page.locator("form.h-form button[type=submit], form.h-form button:not([type])").first)
    found = suppressed_person_ids(
        person_ids=[Person.objects.get(family_name="Bold").pk], channel="email", purpose="campaign"
    )
    assert found.definite
    context.close()


def test_filters_are_folded_on_a_phone_and_open_on_a_desktop(
    office: Office, live_server: Any, browser: Browser
) -> None:
    """The first name of the list stands on the first screen of a phone."""
    context = inside(browser, live_server.url, office.cast.alice)
    page = context.new_page()
    address = f"{live_server.url}{reverse('people_desk:people')}"
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.goto(address)
    assert page.locator("table.h-list tbody tr").first.bounding_box()["y"] < 844  # type: ignore[index]
    assert not page.locator("select[name=ward]").is_visible()
    page.get_by_text("Narrow the list").click()
    assert page.locator("select[name=ward]").is_visible()
    page.set_viewport_size({"width": DESKTOP, "height": 844})
    page.goto(address)
    assert page.locator("select[name=ward]").is_visible()
    context.close()
