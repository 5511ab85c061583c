"""Every main page, public and desk, with something in it, on a phone and on a desktop: no barrier, nothing sideways."""

import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from hustings.accounts.models import User
from hustings.people.queries import preference_link
from hustings.postroom.delivery.writing import unsubscribe_link
from tests.browser.office import Office
from tests.browser.seeing import DESKTOP, PHONE, barriers, inside, weight
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: A first visit over the wire, compressed.
MOST = 14 * 1024


def public_pages(office: Office) -> dict[str, str]:
    """Every public page of the main job by a short name."""

    def path(link: str) -> str:
        return re.sub(r"^https?://[^/]+", "", link)

    signature = office.petition.signatures.order_by("pk").first()
    assert signature is not None
    return {
        "home": "/",
        "petitions": "/petitions/",
        "petition-page": f"/petitions/{office.petition.slug}/",
        "signature": reverse("actions:signature_link", args=[signature.token]),
        "record": reverse("openness:record"),
        "record-entry": reverse("openness:entry", args=[0]),
        "record-check": reverse("openness:how_to_check"),
        "ask-link": "/preferences/",
        "own-page": path(preference_link(person=office.ann)),
        "unsubscribe": path(unsubscribe_link(person_id=office.ann.pk)),
        "news": "/news/library/",
        # Last, because its language is remembered.
        "petition-welsh": f"/petitions/{office.petition.slug}/?language=cy",
    }


def desk_pages(office: Office) -> dict[str, str]:
    """Every main page of the desk by a short name."""

    def at(name: str, *args: object) -> str:
        return reverse(name, args=args)

    return {
        "desk-home": "/desk/",
        "set-up": at("desk:start"),
        "desk-petitions": at("actions_desk:petitions"),
        "desk-petition": at("actions_desk:petition", office.petition.pk),
        "desk-petition-edit": at("actions_desk:edit", office.petition.pk),
        "desk-signatures": at("actions_desk:signatures", office.petition.pk),
        "desk-key": at("actions_desk:key", office.petition.pk),
        "people": at("people_desk:people"),
        "person": at("people_desk:person", office.ann.pk),
        "person-edit": at("people_desk:edit_person", office.ann.pk),
        "duplicates": at("people_desk:duplicates"),
        "doubtful": at("people_desk:doubtful"),
        "requests": at("people_desk:requests"),
        "registers": at("register_desk:versions"),
        "entitlements": at("register_desk:entitlements"),
        "stations": at("register_desk:stations"),
        "matches": at("register_desk:matches"),
        "audiences": at("outreach_desk:audiences"),
        "audience": at("outreach_desk:audience", office.audience.pk),
        "audience-edit": at("outreach_desk:audience_edit", office.audience.pk),
        "mailings": at("outreach_desk:mailings"),
        "mailing": at("outreach_desk:mailing", office.sent.pk),
        "mailing-draft": at("outreach_desk:mailing", office.draft.pk),
        "mailing-edit": at("outreach_desk:mailing_edit", office.draft.pk),
        "mailing-text": at("outreach_desk:mailing", office.text.pk),
        "mailing-text-edit": at("outreach_desk:mailing_edit", office.text.pk),
        "materials": at("clearance_desk:materials"),
        "material": at("clearance_desk:material", office.sent.material_id),
        "clearances": at("clearance_desk:clearances"),
        "clearance": at("clearance_desk:clearance", office.sent.clearance_id),
        "promoters": at("clearance_desk:promoters"),
        "limits": at("clearance_desk:limits"),
        "outbox": at("postroom_desk:outbox"),
        "dispatch": at("postroom_desk:dispatch", office.sent.dispatch_id),
        "neglect": at("contacts_desk:neglect"),
        "desk-record": at("openness_desk:entries"),
        "audit": at("accounts_desk:audit"),
    }


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_public_pages(width: int, office: Office, live_server: Any, browser: Browser) -> None:
    """What residents see."""
    context = inside(browser, live_server.url, None)
    assert barriers(context, live_server.url, public_pages(office), width=width) == {}
    context.close()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_desk_pages(width: int, office: Office, live_server: Any, browser: Browser) -> None:
    """What the agent sees, who sees nearly all; set-up as the administrator, rights and objections as the data officer."""
    cast = office.cast
    wrong: dict[str, str] = {}
    for user in (cast.agent, cast.admin, cast.dora):
        wanted = {
            name: path for name, path in desk_pages(office).items() if _viewer(cast=cast, path=path) == user
        }
        context = inside(browser, live_server.url, user)
        wrong |= barriers(context, live_server.url, wanted, width=width)
        context.close()
    assert wrong == {}


def _viewer(*, cast: Cast, path: str) -> User:
    """Who looks at a page."""
    if path == reverse("desk:start"):
        return cast.admin
    return cast.dora if path.startswith(("/desk/people/requests/", "/desk/people/doubtful/")) else cast.agent


def test_public_pages_weigh_little(office: Office) -> None:
    """HTML and stylesheet of a first visit, compressed, without any script."""
    heavy = {name: size for name, path in public_pages(office).items() if (size := weight(path)) > MOST}
    assert heavy == {}
