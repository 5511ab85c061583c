"""The bytes of the record: canonical, hashed as RFC 6962 says, committed to with salt."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.openness.rules.leaf import (
    Commitment,
    Leaf,
    NotCanonical,
    canonical_json,
    commitment,
    leaf_bytes,
    leaf_hash,
)

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(max_codepoint=127), max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(JSON)
def test_canonical_json_says_the_same_and_the_same_value_always_gives_the_same_bytes(value: object) -> None:
    written = canonical_json(value)  # type: ignore[arg-type]
    assert json.loads(written) == value
    assert canonical_json(json.loads(written)) == written


def test_keys_stand_in_order_whatever_order_they_came_in() -> None:
    assert canonical_json({"b": 1, "a": {"z": 0, "y": []}}) == b'{"a":{"y":[],"z":0},"b":1}'


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ('"\\\b\f\n\r\t\x01\x1f', rb'"\"\\\b\f\n\r\t\u0001\u001f"'),
        ("é€😀/\x7f", '"é€😀/\x7f"'.encode()),
        (-0, b"0"),
    ],
)
def test_text_is_escaped_as_rfc_8785_says(value: object, written: bytes) -> None:
    assert canonical_json(value) == written  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [1.0, float("nan"), 2**53, {"é": 1}, {1: 1}, "\ud800", b"x", {"a": {2.5}}])
def test_what_has_no_canonical_bytes_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_json(value)  # type: ignore[arg-type]


def make_leaf(**changes: object) -> Leaf:
    fields: dict[str, object] = {
        "number": 0,
        "kind": "material",
        "recorded_at": datetime(2026, 3, 30, 9, 0, tzinfo=UTC),
        "channel": "email",
        "purpose": "campaign",
        "area": "E05999001",
        "concerns": None,
        "opens_on": date(2026, 5, 8),
        "documents": (Commitment(name="facts", seal="open", sha256="ab" * 32),),
    }
    return Leaf(**{**fields, **changes})  # type: ignore[arg-type]


def test_the_bytes_of_a_leaf_are_fixed() -> None:
    assert leaf_bytes(make_leaf()) == (
        b'{"area":"E05999001","channel":"email","concerns":null,"documents":[{"name":"facts","seal":"open","sha256":"'
        + b"ab" * 32
        + b'"}],"format":"hustings-record-1","kind":"material","number":0,"opens_on":"2026-05-08","purpose":"campaign",'
        b'"recorded_at":"2026-03-30T09:00:00Z"}'
    )


def test_the_order_of_documents_and_the_zone_of_the_moment_change_nothing() -> None:
    one, two = (Commitment(name=name, seal="open", sha256="cd" * 32) for name in ("copy", "facts"))
    assert leaf_bytes(make_leaf(documents=(one, two))) == leaf_bytes(make_leaf(documents=(two, one)))
    summer = datetime(2026, 3, 30, 10, 0, tzinfo=timezone(timedelta(hours=1)))
    assert leaf_bytes(make_leaf(recorded_at=summer)) == leaf_bytes(make_leaf())


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(NotCanonical):
        leaf_bytes(make_leaf(recorded_at=datetime(2026, 3, 30)))


def test_leaf_hashes_are_those_of_rfc_6962() -> None:
    # The RFC's empty leaf, and an independent sum.
    assert leaf_hash(b"") == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert leaf_hash(b"L123456") == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"


def test_a_commitment_is_the_hash_of_prefix_salt_and_content() -> None:
    salt = bytes(range(32))
    expected = hashlib.sha256(b"hustings-commitment-1\n" + salt + b"42").hexdigest()
    assert commitment(salt=salt, content=b"42") == expected
    assert commitment(salt=bytes(32), content=b"42") != expected
    with pytest.raises(NotCanonical):
        commitment(salt=salt[:31], content=b"\x1f42")
