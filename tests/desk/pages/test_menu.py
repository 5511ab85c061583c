"""The menu shows to each what their rights open, and nothing of Wagtail's own."""

from django.test import Client

from hustings.platform import wiring
from tests.cast import Cast, signed_in


def labels(client: Client) -> set[str]:
    """What the plain menu for browsers without scripts lists."""
    html = client.get("/desk/").content.decode()
    return {
        str(entry.label)
        for entry in wiring.desk_menu()
        if f">{entry.label}</a>" in html.split("</noscript>")[1] + html
    }


def test_each_sees_their_own(cast: Cast) -> None:
    """The treasurer neither people nor logins; the organiser no audit log; the administrator everything."""
    admin, alice, tess = (labels(signed_in(user)) for user in (cast.admin, cast.alice, cast.tess))
    assert {"Logins", "Audit log", "First steps", "Pages"} <= admin
    assert "Logins" in alice
    assert not {"Audit log", "First steps", "Organisation"} & alice
    assert not {"Logins", "Pages", "Audiences", "Outbox"} & tess


def test_nothing_of_wagtails_own_is_offered(cast: Cast) -> None:
    """No reports, users, search or settings, in the menu that scripts draw."""
    html = signed_in(cast.admin).get("/desk/").content.decode()
    for name in (
        "/desk/reports/",
        "/desk/users/",
        "/desk/groups/",
        "/desk/sites/",
        "/desk/collections/",
        "/desk/workflows/",
    ):
        assert name not in html


def test_every_entry_leads_somewhere(cast: Cast) -> None:
    """Each address answers whoever is shown it."""
    client = signed_in(cast.admin)
    for entry in wiring.desk_menu():
        assert client.get(entry.url).status_code in {200, 302, 403}, entry.url_name
