"""Make sure that areas which other data names are known."""

from collections.abc import Mapping

from hustings.places.importers.area_facts import (
    AreaFact,
    Gathering,
    constituency_fact,
    nation_fact,
    write_areas,
)
from hustings.places.rules.codes import kind_of


def ensure_areas(*, names: Mapping[str, str]) -> None:
    """Add every area (code → name) that is not known yet; one that is known keeps its name."""
    gathering = Gathering()
    for code, name in names.items():
        if gathering.knows(code):
            continue
        facts = [nation_fact(code)] if code[0] in "EWSN" else []
        if kind_of(code) == "constituency":
            facts.append(constituency_fact(code=code, name=name))
        else:
            facts.append(AreaFact(code=code, name=name))
        gathering.add(facts, line=0)
    write_areas(staged=gathering.staged())
