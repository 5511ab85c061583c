"""One borough for all tests of the generator: making it takes two seconds."""

from datetime import date

import pytest

from hustings.project.demo.borough import Borough, make_borough

ON = date(2026, 3, 2)


@pytest.fixture(scope="session")
def borough() -> Borough:
    """The borough as the demonstration makes it."""
    return make_borough(seed=2026, on=ON)
