"""The frame of every public page: small, without scripts, in the organisation's name and colour."""

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template import engines
from django.test import RequestFactory

from hustings.accounts.models import Organisation
from tests.cast import Cast

PAGE = (
    "{% extends 'hustings/public_base.html' %}{% block title %}A page{% endblock %}"
    "{% block main %}<h1>Hello</h1>{% endblock %}"
)


def page() -> str:
    """A page of one heading."""
    request = RequestFactory().get("/a/")
    request.csp_nonce = "nonce"  # type: ignore[attr-defined]
    return engines["django"].from_string(PAGE).render({}, request)


def test_the_organisation_leads_and_no_script_runs(cast: Cast) -> None:
    """Its name is in the title and the head; there is a way past the head."""
    html = page()
    assert "<title>A page – Barset Together</title>" in html
    assert '<a class="site-name" href="/">Barset Together</a>' in html
    assert '<html lang="en-gb">' in html
    assert html.index('href="#main"') < html.index("site-name")
    assert "<script" not in html
    assert "style=" not in html


def test_its_colour_is_used_only_where_it_can_be_read(cast: Cast) -> None:
    """A pale colour is left aside, the page keeps its own."""
    assert "<style" not in page()
    Organisation.objects.update(colour="#5a1a7a")
    assert '<style nonce="nonce">:root{--brand:#5a1a7a}' in page()
    Organisation.objects.update(colour="#ffe600")
    assert "<style" not in page()


def test_the_stylesheet_is_small() -> None:
    """Frame and stylesheet together leave most of the 14 kB of a first visit to the page itself."""
    path = finders.find("hustings/public.css")
    assert isinstance(path, str)
    assert len(gzip.compress(Path(path).read_bytes())) <= 6 * 1024


def test_the_stylesheet_is_whole() -> None:
    """Every brace is closed, every colour that is used is set."""
    path = finders.find("hustings/public.css")
    assert isinstance(path, str)
    text = Path(path).read_text()
    assert text.count("{") == text.count("}")
    assert set(re.findall(r"var\((--[\w-]+)", text)) <= set(re.findall(r"(--[\w-]+):", text))
