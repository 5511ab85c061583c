"""Welsh where there is Welsh: the whole site in either language at the same addresses, with a link between the two."""

from datetime import datetime

import pytest
from django.test import Client
from wagtail.models import Locale

from hustings.accounts.access import EVERYTHING
from hustings.website.models import HomePage, NewsPage, PrivacyPage, StandardPage
from hustings.website.usecases.let_edit import let_edit
from hustings.website.usecases.publish_privacy_notice import publish_privacy_notice
from tests.cast import Cast, signed_in


def page(path: str, *, client: Client | None = None) -> str:
    """A page as answered."""
    answer = (client or Client()).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def welsh(home: HomePage) -> HomePage:
    """The home page in Welsh, and how to help; news is not translated."""
    made = home.copy_for_translation(Locale.objects.get(language_code="cy"))
    made.title = "Barset Gyda'n Gilydd"
    made.save_revision().publish()
    helping = StandardPage.objects.get(locale=home.locale).copy_for_translation(made.locale)
    helping.title = "Sut i helpu"
    helping.save_revision().publish()
    return made


def test_without_welsh_pages_no_switch_is_shown(home: HomePage) -> None:
    """Nobody is led into a language that is not there."""
    assert "Cymraeg" not in page("/")


def test_a_link_leads_to_welsh_and_back(welsh: HomePage) -> None:
    """The address carries the language, a cookie remembers it."""
    html = page("/")
    assert '<a href="?language=cy" lang="cy" hreflang="cy">Cymraeg</a>' in html
    client = Client()
    html = page("/?language=cy", client=client)
    assert '<html lang="cy">' in html
    assert "Barset Gyda&#x27;n Gilydd" in html
    assert "Neidio i&#x27;r cynnwys" in html or "Neidio i'r cynnwys" in html
    assert 'lang="en-gb"' in html
    assert "Sut i helpu" in page("/help/", client=client)
    assert "Barset Together</h1>" in page("/?language=en-gb", client=client)


def test_a_welsh_browser_gets_welsh(welsh: HomePage) -> None:
    """Without a cookie, the browser's preference counts."""
    assert "Barset Gyda" in page("/", client=Client(headers={"Accept-Language": "cy,en;q=0.5"}))


def test_what_is_not_translated_is_shown_in_english_and_says_so(welsh: HomePage, news: NewsPage) -> None:
    """The frame is Welsh, the text is marked as English for screen readers."""
    html = page("/news/library/?language=cy")
    assert '<html lang="cy">' in html
    assert '<main id="main" lang="en-gb">' in html
    assert "The library stays" in html
    assert 'href="/privacy/"' in html


def test_nonsense_is_no_language(home: HomePage) -> None:
    """It neither fails nor is remembered."""
    answer = Client().get("/?language=xx")
    assert answer.status_code == 200
    assert "django_language" not in answer.cookies


def test_editors_translate_a_page(home: HomePage, cast: Cast) -> None:
    """The desk offers it to those who edit the whole site."""
    let_edit(user=cast.agent, scope=EVERYTHING)
    client = signed_in(cast.agent)
    address = f"/desk/translation/submit/page/{home.pk}/"
    assert client.get(address).status_code == 200
    client.post(address, {"locales": [Locale.objects.get(language_code="cy").pk], "include_subtree": ""})
    assert HomePage.objects.filter(locale__language_code="cy").exists()
    assert signed_in(cast.charlie).get(address).status_code in {403, 404}


def test_the_public_record_is_read_in_welsh(welsh: HomePage) -> None:
    """The record's own words are Welsh too."""
    client = Client()
    html = page("/record/?language=cy", client=client)
    assert '<html lang="cy">' in html
    assert "Dod o hyd i&#x27;r hyn a anfonwyd yn eich ward" in html or "Dod o hyd i'r hyn a anfonwyd" in html
    assert "Find what was sent" not in html
    assert "Ai chi anfonodd hwn?" in page("/record/sent-by-you/", client=client)
    assert "Sut i wirio" in page("/record/check/", client=client)


def test_the_privacy_notice_is_written_in_each_language_that_has_its_page(
    welsh: HomePage, cast: Cast, now: datetime
) -> None:
    """A translation is written anew with the first language, from the same facts."""
    first = publish_privacy_notice(by=cast.alice, now=now)
    assert "Pwy ydym ni" not in str(first.body)
    first.copy_for_translation(welsh.locale)
    publish_privacy_notice(by=cast.alice, now=now)
    translated = PrivacyPage.objects.get(locale=welsh.locale)
    assert translated.live
    assert "Pwy ydym ni" in str(translated.body)
    assert "Who we are" not in str(translated.body)
    assert "Who we are" in str(PrivacyPage.objects.get(pk=first.pk).body)
