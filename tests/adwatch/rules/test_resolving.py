"""Who is behind an advertiser: by the payer, the page, or the page's other ads; each with its method."""

from hustings.adwatch.rules.naming import name_key
from hustings.adwatch.rules.registers import aliases
from hustings.adwatch.rules.resolving import Named, names_a_person, resolve

NONE = "These ads ran without a disclaimer"


def _named(page: str, disclaimer: str, page_id: str = "1") -> Named:
    return Named(platform="meta", page_id=page_id, page=page, disclaimer=disclaimer)


def test_spellings_meet() -> None:
    """Case, accents, “the”, legal form and ampersands do not make another body; a nation does."""
    assert name_key("The LANTERN Party") == name_key("Lantern party")
    assert name_key("Sinn Féin") == name_key("Sinn Fein")
    assert name_key("Bell & Candle Ltd") == name_key("Bell and Candle Limited")
    assert name_key("Lantern Aid Scotland") != name_key("Lantern Aid")


def test_one_payer_behind_many_pages() -> None:
    """And on two platforms."""
    found = resolve(
        advertisers=[
            _named("Lantern Party", "The Lantern Party"),
            _named("Lanterns of the North", "the Lantern Party", page_id="2"),
        ],
        known={},
    )
    assert {one.key for one in found} == {"lantern party"}
    assert found[1].method == "payer in the disclaimer"


def test_an_agents_name_in_the_disclaimer_points_to_the_page() -> None:
    """A person's name there says who typed it, not who is behind it."""
    found = resolve(advertisers=[_named("Barset Lanterns", "Margaret Lampwright")], known={})
    assert (found[0].key, found[0].method) == ("barset lanterns", "page name, the disclaimer names a person")


def test_ads_without_a_disclaimer_follow_their_page() -> None:
    """Where other ads of the page name one payer; with two, nobody can tell."""
    one = resolve(advertisers=[_named("Tallow", "Tallow Trust"), _named("Tallow", NONE)], known={})
    assert one[1].key == "tallow trust"
    two = resolve(
        advertisers=[
            _named("Tallow", "Tallow Trust"),
            _named("Tallow", "Wick Works"),
            _named("Tallow", NONE),
        ],
        known={},
    )
    assert (two[2].key, two[2].method) == ("tallow", "page name")
    earlier = resolve(advertisers=[_named("Tallow", NONE)], known={("meta", "1"): "tallow trust"})
    assert earlier[0].key == "tallow trust"


def test_nearly_the_same_name_on_one_page_is_one_payer() -> None:
    """On different pages it is not."""
    same = resolve(
        advertisers=[
            _named("Friends of Wax", "Friends of Wax"),
            _named("Friends of Wax", "Friends of Wax (Barset)"),
        ],
        known={},
    )
    assert same[0].key == same[1].key
    apart = resolve(
        advertisers=[_named("A", "Friends of Wax"), _named("B", "Friends of Wax (Barset)", page_id="2")],
        known={},
    )
    assert apart[0].key != apart[1].key


def test_what_is_a_persons_name() -> None:
    """Given names and titles tell; words of organisations speak against it."""
    assert names_a_person("Margaret Lampwright")
    assert names_a_person("MR ADAM F WICK")
    assert not names_a_person("Margaret Lampwright Trust")
    assert not names_a_person("Barset Constituency Lantern Association")


def test_names_under_which_a_registered_body_is_met() -> None:
    """Before the dash, outside and inside brackets; remarks in square brackets are no names."""
    assert aliases(name="WICK - The Candlemakers' Union") == ["wick the candlemakers union", "wick"]
    assert "scottish national party" in aliases(name="Scottish National Party (SNP)")
    assert aliases(name="Old Party [De-registered 02/09/03]") == ["old party"]
