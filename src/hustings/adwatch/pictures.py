"""Pictures of the archive as SVG: intervals are bars from their lower to their upper end, never points."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hustings.adwatch.queries.report import Row
from hustings.adwatch.rules.intervals import Interval

if TYPE_CHECKING:
    import altair as alt

_SURE, _PERHAPS, _INK = "#0b5c4a", "#9cc7bb", "#1d2a26"
#: Pixels: narrow enough that the words can still be read where a telephone shrinks the picture.
_WIDTH, _BAR = 420, 13


def _pounds() -> "alt.Axis":
    import altair as alt

    return alt.Axis(
        format="~s",
        labelExpr="'£' + replace(datum.label, /^0[kM]$/, '0')",
        labelFontSize=12,
        tickCount=5,
        title=None,
        grid=True,
        gridColor="#e3e8e6",
        domain=False,
    )


def interval_bars(*, lines: Sequence[tuple[str, Interval]], title: str) -> str:
    """One line each: dark up to what was spent at least, light up to what may have been; an open top ends in an arrow. SVG."""
    import altair as alt

    top = max([(one.high if one.high is not None else one.low * 1.25) for _, one in lines] or [100]) / 100
    values = []
    for place, (name, one) in enumerate(lines):
        high = one.high / 100 if one.high is not None else max(top, one.low / 100)
        values.append(
            {
                "place": place,
                "name": _cut(name),
                "low": one.low / 100,
                "high": high,
                "mark": "▶" if one.high is None else "",
            }
        )
    # By place and not by name, as two lines may have one name (a page with two disclaimers); names stand above their bars, so
    # that a telephone shows both.
    base = alt.Chart({"values": values}).encode(y=alt.Y("place:O", axis=None))
    sure = (
        base.mark_bar(color=_SURE, height=_BAR)
        .encode(x=alt.X("zero:Q", axis=_pounds()), x2="low:Q")
        .transform_calculate(zero="0")
    )
    perhaps = base.mark_bar(color=_PERHAPS, height=_BAR).encode(x=alt.X("low:Q", axis=_pounds()), x2="high:Q")
    ends = base.mark_tick(color=_INK, thickness=1.5, height=_BAR).encode(x=alt.X("high:Q", axis=_pounds()))
    arrows = base.mark_text(color=_INK, align="left", dx=2).encode(
        x=alt.X("high:Q", axis=_pounds()), text="mark:N"
    )
    names = base.mark_text(color=_INK, align="left", dy=-15, fontSize=13).encode(
        x=alt.value(0), text="name:N"
    )
    chart = (sure + perhaps + ends + arrows + names).properties(
        width=_WIDTH, height={"step": 40}, title=title
    )
    return _svg(chart)


def week_bands(*, rows: Sequence[Row], title: str) -> str:
    """Weeks along, spend upwards, each week a bar from its lower to its upper end. SVG."""
    import altair as alt

    values = [
        {
            "week": str(row.about["week"]),
            "low": row.spend.low / 100,
            "high": (row.spend.high if row.spend.high is not None else row.spend.low) / 100,
        }
        for row in rows
    ]
    x = alt.X(
        "week:T",
        axis=alt.Axis(
            title=None, format="%-d %b %Y", labelFontSize=12, grid=False, labelAngle=0, labelOverlap=True
        ),
    )
    y = alt.Y("low:Q", axis=_pounds())
    base = alt.Chart({"values": values})
    perhaps = base.mark_bar(color=_PERHAPS, width={"band": 0.8}).encode(x=x, y=y, y2="high:Q")
    sure = (
        base.mark_bar(color=_SURE, width={"band": 0.8}).encode(
            x=x, y=alt.Y("zero:Q", axis=_pounds()), y2="low:Q"
        )
    ).transform_calculate(zero="0")
    return _svg((perhaps + sure).properties(width=_WIDTH, height=220, title=title))


def share_bars(*, lines: Sequence[tuple[str, float, float]], title: str) -> str:
    """Groups with the least and the greatest possible share, each a bar between the two. SVG."""
    import altair as alt

    values = [
        {"place": place, "name": name, "low": low, "high": high}
        for place, (name, low, high) in enumerate(lines)
    ]
    axis = alt.Axis(
        format=".0%", labelFontSize=12, tickCount=5, title=None, grid=True, gridColor="#e3e8e6", domain=False
    )
    base = alt.Chart({"values": values}).encode(y=alt.Y("place:O", axis=None))
    bars = base.mark_bar(color=_PERHAPS, height=_BAR, stroke=_SURE).encode(
        x=alt.X("low:Q", axis=axis, scale=alt.Scale(domain=[0, 1])), x2="high:Q"
    )
    names = base.mark_text(color=_INK, align="left", dy=-15, fontSize=13).encode(
        x=alt.value(0), text="name:N"
    )
    return _svg((bars + names).properties(width=_WIDTH, height={"step": 40}, title=title))


def _cut(name: str) -> str:
    return name if len(name) <= 42 else f"{name[:41]}…"


def _svg(chart: "alt.LayerChart | alt.Chart") -> str:
    import vl_convert

    made = (
        chart.configure(font="sans-serif", background="transparent")
        .configure_view(strokeWidth=0)
        .configure_title(anchor="start", fontSize=13, color=_INK)
    )
    return str(vl_convert.vegalite_to_svg(made.to_json()))
