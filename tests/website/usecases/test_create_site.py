"""A site is made once, and making it again changes nothing."""

from datetime import datetime

import pytest
from wagtail.models import Page, Site

from hustings.accounts.models import Organisation, OrganisationKind
from hustings.accounts.rules.lawful_basis import KINDS
from hustings.website.models import HomePage, PrivacyPage, StandardPage
from hustings.website.usecases.create_site import create_site
from hustings.website.usecases.write_privacy_notice import fingerprint, write_privacy_notice
from tests.cast import Cast


def test_everything_a_campaign_needs_is_there(cast: Cast, now: datetime) -> None:
    """Home, petitions, news, how to help, accessibility and privacy, published, with Wagtail's welcome gone."""
    made = create_site(now=now)
    assert made.pages == (
        "Barset Together",
        "Petitions",
        "News",
        "How to help",
        "Accessibility",
        "Privacy notice",
    )
    home = HomePage.objects.get()
    assert Site.objects.get().root_page.pk == home.pk
    assert Page.objects.live().count() == 1 + len(made.pages)  # and the root
    assert home.help_page.title == "How to help"


def test_again_changes_nothing(cast: Cast, now: datetime) -> None:
    """Edited pages stay as they were edited, removed ones come back."""
    create_site(now=now)
    HomePage.objects.update(title="Our own words")
    StandardPage.objects.get().delete()
    assert create_site(now=now).pages == ("How to help",)
    assert create_site(now=now).pages == ()
    assert HomePage.objects.get().title == "Our own words"


def test_the_privacy_notice_waits_for_its_facts(db: None, now: datetime) -> None:
    """Without an organisation there is nothing true to say yet."""
    create_site(now=now)
    assert not PrivacyPage.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_the_notice_says_what_this_kind_of_organisation_may(cast: Cast, now: datetime, kind: str) -> None:
    """Only a registered party may hold opinions without asking, and only who may hold a register says so."""
    organisation = Organisation.objects.get()
    organisation.kind = kind
    text = str(write_privacy_notice(organisation=organisation))
    assert ("Sch. 1 para. 22" in text) == (kind == OrganisationKind.REGISTERED_PARTY)
    assert ("Art. 9(2)(a)" in text) == (kind != OrganisationKind.REGISTERED_PARTY)
    assert ("regs. 100 to 108" in text) == (kind != OrganisationKind.NON_PARTY)
    assert "office@barset.example" in text


def test_a_notice_knows_the_facts_it_was_made_from(cast: Cast, now: datetime) -> None:
    """A change of address shows."""
    create_site(now=now)
    organisation = Organisation.objects.get()
    assert PrivacyPage.objects.get().made_from == fingerprint(organisation=organisation)
    organisation.address = "2 High Street"
    assert PrivacyPage.objects.get().made_from != fingerprint(organisation=organisation)


def test_what_somebody_typed_stays_text(cast: Cast) -> None:
    """A name with a tag in it does not become one."""
    organisation = Organisation.objects.get()
    organisation.name = "<b>Barset</b>"
    assert "<b>Barset</b>" not in str(write_privacy_notice(organisation=organisation))
