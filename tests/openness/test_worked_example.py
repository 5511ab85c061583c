"""The worked examples in docs/algorithms hold."""

from datetime import UTC, date, datetime
from pathlib import Path

from hustings.clearance.rules.gate import Reason
from hustings.openness.rules.leaf import Commitment, Leaf, canonical_json, commitment, leaf_bytes, leaf_hash

DOCS = Path(__file__).resolve().parents[2] / "docs" / "algorithms"


def test_the_public_record_s_example_is_what_the_code_makes() -> None:
    page = (DOCS / "public_record.md").read_text()
    content = canonical_json({"cost_pence": 1250, "targeting": "Everyone who signed"})
    said = commitment(salt=bytes(range(32)), content=content)
    leaf = leaf_bytes(
        Leaf(
            number=12,
            kind="material",
            recorded_at=datetime(2026, 3, 30, 9, 0, tzinfo=UTC),
            channel="email",
            purpose="campaign",
            area="E05999001",
            concerns=None,
            opens_on=date(2026, 5, 8),
            documents=(Commitment(name="figures", seal="dated", sha256=said),),
        )
    )
    assert f"{len(leaf)} bytes" in page
    for line in (content.decode(), said, leaf.decode(), leaf_hash(leaf)):
        assert f"\n    {line}\n" in page


def test_every_reason_of_the_gate_is_documented_in_its_order() -> None:
    page = (DOCS / "gate.md").read_text()
    table = page[page.index("| reason |") :]
    places = [table.index(f"`{reason}`") for reason in Reason]
    assert places == sorted(places)
