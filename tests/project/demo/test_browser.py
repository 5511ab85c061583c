"""The demo's browser reads forms as a browser does."""

from hustings.project.demo.browser import Page, links_in


def test_a_form_gives_back_what_was_not_touched() -> None:
    """Hidden and ticked values are sent, unticked boxes and buttons are not."""
    page = Page(
        status=200,
        url="/",
        text="""<form action="/search"><input name="q"></form>
        <form method="post" action="/sign"><input type="hidden" name="t" value="1"><input name="n">
        <input type="checkbox" name="no"><input type="checkbox" name="yes" checked>
        <input type="radio" name="r" value="a"><input type="radio" name="r" value="b" checked>
        <input type="submit" name="go" value="Go"></form><form method="post"><input name="later" value="x"></form>""",
    )
    assert page.form_fields() == {"t": "1", "n": "", "yes": "on", "r": "b"}


def test_links_are_found_in_plain_text() -> None:
    """Only those with the wanted part, without the bracket behind."""
    text = "Go (http://a.example/confirm/1) or http://a.example/else."
    assert links_in(text, containing="/confirm/") == ["http://a.example/confirm/1"]
