"""Messages and leaflets as people really hold them: forwarded, quoted, cut, scanned, and by somebody else."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.openness.rules.matching import fingerprint, likeness, without

OURS = """Dear {{ given_name or "neighbour" }},

thank you for standing with us. The council decides about the footbridge over Canal and Lock on the third of next month.
Come to the public gallery, or write to your councillor{% if ward_name %} and say that you live in {{ ward_name }}{% endif %}.

What you can do today: tell two neighbours, put the date into your calendar, answer this message if you can give an hour.

Alice"""
AS_SENT = (
    OURS.replace('{{ given_name or "neighbour" }}', "Dot")
    .replace("{% if ward_name %}", "")
    .replace("{% endif %}", "")
    .replace("{{ ward_name }}", "Barset East")
)
IMPRINT = "Promoted by Alice Archer, 12 High Street, Barset, ZZ1 1AA"
OTHERS = """Dear neighbour, on Thursday you have a choice. The council has let our roads fall to pieces while taxes went up
year after year. We will mend every pothole within a week, keep the library open on Saturdays and plant a tree for every child
born in the borough. Vote for a council that listens, and tell your friends to do the same before ten at night."""


def verdict(text: str, material: str = OURS) -> str:
    ours = without(words=fingerprint(f"{material}\n{IMPRINT}"), common=[fingerprint(IMPRINT)])
    return likeness(text=fingerprint(text), material=ours).verdict


def slips(text: str, share: float, seed: int = 7) -> str:
    chance = random.Random(seed)
    letters = "abcdefghijklmnopqrstuvwxyz1l0"
    return "".join(
        chance.choice(letters) if sign.isalpha() and chance.random() < share else sign for sign in text
    )


@pytest.mark.parametrize(
    "text",
    [
        AS_SENT,
        f"{AS_SENT}\n\n{IMPRINT}",
        AS_SENT.upper(),
        " ".join(AS_SENT.split()),
        "\n".join(f"> {line}" for line in AS_SENT.splitlines()),
        "\n".join(f">> > {line}" for line in AS_SENT.splitlines()),
        f"Look at this!!\n\n---------- Forwarded message ---------\nFrom: Alice <alice@barset.example>\nDate: Mon, 30 Mar 2026\n"
        f"Subject: Dot, the council decides\nTo: dot@home.example\n\n{AS_SENT}",
        f"On Mon, 30 Mar 2026 at 09:00, Alice <alice@barset.example> wrote:\n{AS_SENT}",
        f"Begin forwarded message:\n\nFrom: Alice\n\n{AS_SENT}\n\nSent from my telephone",
        AS_SENT.replace("gallery", "gal-\nlery").replace("neighbours", "neigh\u00adbours"),
        AS_SENT.replace("the", "tbe", 2),
    ],
)  # fmt: skip
def test_it_is_found_whatever_was_done_to_it(text: str) -> None:
    assert verdict(text) == "whole"


def test_a_scan_with_slips_is_found() -> None:
    assert verdict(slips(AS_SENT, 0.015)) in {"whole", "blurred"}
    assert verdict(slips(AS_SENT, 0.03)) in {"whole", "blurred", "part"}


def test_a_part_is_found_as_a_part() -> None:
    assert (
        verdict("The council decides about the footbridge over Canal and Lock on the third of next month.")
        == "part"
    )


@pytest.mark.parametrize(
    "text",
    [
        OTHERS,
        IMPRINT,
        f"{OTHERS}\n{IMPRINT}",
        "",
        "the council decides",
        "Dear neighbour, thank you for standing with us on a cold day last winter. We won!",
        OTHERS * 20,
    ],
)
def test_what_is_not_ours_is_not_found(text: str) -> None:
    assert verdict(text) == "none"


def test_a_material_of_a_few_words_is_like_nothing() -> None:
    assert verdict("Save our park today", "Save our park today") == "none"


@given(st.text(max_size=300), st.text(max_size=300))
def test_shares_lie_between_nought_and_one(text: str, material: str) -> None:
    found = likeness(text=fingerprint(text), material=fingerprint(material))
    assert 0 <= found.of_material <= 1
    assert 0 <= found.by_letters <= 1
    assert 0 <= found.of_text <= 1


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_quoting_changes_nothing(text: str) -> None:
    plain = " ".join(fingerprint(text).words)
    assert fingerprint(f"> {plain}").words == fingerprint(plain).words
