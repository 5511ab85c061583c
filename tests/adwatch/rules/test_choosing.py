"""Which snapshots count: never the same spending twice, and everything left out is named."""

from datetime import date

from hustings.adwatch.rules.choosing import Source, choose


def _source(pk: int, kind: str, first: str | None, last: str | None, platform: str = "meta") -> Source:
    return Source(
        id=pk,
        platform=platform,
        kind=kind,
        label=f"snapshot {pk}",
        first_on=date.fromisoformat(first) if first else None,
        last_on=date.fromisoformat(last) if last else None,
        order=float(pk),
    )


def test_reports_of_different_days_are_added() -> None:
    """And so are other platforms' reports of the same days."""
    sources = [
        _source(1, "totals", "2019-11-12", "2019-11-18"),
        _source(2, "totals", "2023-04-24", "2023-05-23"),
        _source(3, "totals", "2023-04-24", "2023-05-23", platform="google"),
    ]
    assert [one.id for one in choose(sources=sources, first_on=None, last_on=None).chosen] == [1, 2, 3]


def test_of_overlapping_reports_the_later_counts() -> None:
    """The older is named with its reason."""
    sources = [
        _source(1, "totals", "2023-04-20", "2023-05-19"),
        _source(2, "totals", "2023-04-24", "2023-05-23"),
    ]
    found = choose(sources=sources, first_on=None, last_on=None)
    assert [one.id for one in found.chosen] == [2]
    assert "twice" in found.left_out[0].reason


def test_the_one_inside_the_wanted_days_goes_before_the_later_one() -> None:
    """A lifetime report that ends inside them would count what came before."""
    sources = [
        _source(1, "totals", "2019-11-12", "2019-11-18"),
        _source(2, "totals", "2018-10-01", "2019-11-18"),
    ]
    found = choose(sources=sources, first_on=date(2019, 11, 6), last_on=date(2019, 12, 12))
    assert [one.id for one in found.chosen] == [1]


def test_single_ads_are_merged_and_yield_to_totals() -> None:
    """Lists of ads never clash with each other."""
    ads = [_source(1, "ads", "2021-03-11", "2021-06-28"), _source(2, "ads", "2021-05-01", "2021-06-24")]
    assert len(choose(sources=ads, first_on=None, last_on=None).chosen) == 2
    with_report = [*ads, _source(3, "totals", "2021-05-01", "2021-05-30")]
    assert [one.id for one in choose(sources=with_report, first_on=None, last_on=None).chosen] == [3]
    only = choose(sources=with_report, first_on=None, last_on=None, basis="ads")
    assert [one.id for one in only.chosen] == [1, 2]


def test_unknown_days_are_never_added_to_others() -> None:
    """Alone they count; beside others, or for wanted days, they do not."""
    alone = [_source(1, "totals", None, None)]
    assert len(choose(sources=alone, first_on=None, last_on=None).chosen) == 1
    assert not choose(sources=alone, first_on=date(2023, 1, 1), last_on=None).chosen
    both = [*alone, _source(2, "totals", "2023-04-24", "2023-05-23")]
    assert [one.id for one in choose(sources=both, first_on=None, last_on=None).chosen] == [2]
