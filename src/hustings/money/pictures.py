"""Pictures of money, drawn on the server as SVG."""

from collections.abc import Sequence
from datetime import date

from hustings.money.rules.returns_audit import CandidateReturn
from hustings.money.rules.splitting.bunching import Bunching


def spending_against_limit(*, returns: Sequence[CandidateReturn]) -> str:
    """One point a return: reported spending across the limit, with the line on which they are equal. SVG text."""
    import altair as alt
    import vl_convert

    points = [
        {"limit": item.limit_from_ro / 100, "spent": item.total / 100}
        for item in returns
        if item.limit_from_ro is not None and item.total is not None
    ]
    top = max((point["limit"] for point in points), default=1.0) * 1.05
    highest = max([top, *(point["spent"] * 1.03 for point in points)])
    pounds = alt.Axis(format=",.0f", labelExpr="'£' + datum.label")
    dots = (
        alt.Chart({"values": points})
        .mark_circle(size=14, opacity=0.45, color="#0b5c4a")
        .encode(
            x=alt.X(
                "limit:Q", title="Limit from the returning officer", axis=pounds, scale=alt.Scale(zero=False)
            ),
            y=alt.Y("spent:Q", title="Reported spending", axis=pounds, scale=alt.Scale(domain=[0, highest])),
        )
    )
    low = min((point["limit"] for point in points), default=0.0)
    line = (
        alt.Chart({"values": [{"limit": low, "spent": low}, {"limit": top, "spent": top}]})
        .mark_line(color="#8a1c1c", strokeDash=[4, 3])
        .encode(x="limit:Q", y="spent:Q")
    )
    chart = (line + dots).properties(width=560, height=400, title="Reported spending against the limit")
    return str(vl_convert.vegalite_to_svg(chart.to_json()))


def headroom_chart(
    *,
    spent: Sequence[tuple[date, int]],
    forecast: Sequence[tuple[date, int]],
    limit_pence: int | None,
    is_confirmed: bool,
    period: tuple[date, date],
) -> str:
    """Spending day by day against the limit, with what is planned as a broken line. SVG text.

    `spent` and `forecast` are running totals in pence after each day, in order; `period` the first and last day that count.
    """
    import altair as alt
    import vl_convert

    first, last = period
    values = [
        {"on": on.isoformat(), "pounds": pence / 100, "what": what}
        for what, series in (("spent or ordered", spent), ("forecast", forecast))
        for on, pence in series
    ]
    days = [on for on, _pence in [*spent, *forecast]] or [first]
    pence = [amount for _on, amount in [*spent, *forecast]] + [limit_pence or 0, 100]
    start, end = min(first, *days), max(last, *days)
    x = alt.X(
        "on:T",
        title=None,
        scale=alt.Scale(domain=[start.isoformat(), end.isoformat()]),
        axis=alt.Axis(format="%-d %b", tickCount=4, labelFontSize=15),
    )
    y = alt.Y(
        "pounds:Q",
        title=None,
        scale=alt.Scale(domain=[0, max(pence) * 1.12 / 100]),
        axis=alt.Axis(format=",.0f", labelExpr="'£' + datum.label", tickCount=5, labelFontSize=15),
    )
    lines = (
        alt.Chart({"values": values})
        .mark_line(interpolate="step-after", strokeWidth=2.5)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "what:N",
                scale=alt.Scale(domain=["spent or ordered", "forecast"], range=["#0b5c4a", "#8a5a00"]),
                legend=None,
            ),
            strokeDash=alt.StrokeDash(
                "what:N",
                scale=alt.Scale(domain=["spent or ordered", "forecast"], range=[[1, 0], [5, 4]]),
                legend=None,
            ),
        )
    )
    shade = (
        alt.Chart({"values": [{"from": first.isoformat(), "to": last.isoformat()}]})
        .mark_rect(color="#0b5c4a", opacity=0.07)
        .encode(x=alt.X("from:T"), x2="to:T")
    )
    chart = shade + lines
    if limit_pence is not None:
        words = "limit" if is_confirmed else "limit (not confirmed)"
        at = [{"pounds": limit_pence / 100, "on": start.isoformat(), "words": words}]
        chart += alt.Chart({"values": at}).mark_rule(color="#a1161b", strokeWidth=2).encode(y="pounds:Q")
        chart += (
            alt.Chart({"values": at})
            .mark_text(align="left", dx=4, dy=-7, color="#a1161b", fontSize=15)
            .encode(x="on:T", y="pounds:Q", text="words:N")
        )
    done = chart.properties(width=520, height=240, background="#ffffff")
    return str(vl_convert.vegalite_to_svg(done.to_json()))


def bunching_chart(*, test: Bunching) -> str:
    """How many gifts lie in each bin near a threshold, those just below it in a colour of their own, and the smooth curve.

    SVG text; no name is in it.
    """
    import altair as alt
    import vl_convert

    width = test.bars[1].from_pence - test.bars[0].from_pence
    bars = [
        {
            "from": bar.from_pence / 100,
            "until": (bar.from_pence + width) / 100,
            "gifts": bar.observed,
            "where": "just below the threshold" if bar.is_window else "elsewhere",
        }
        for bar in test.bars
    ]
    curve = [{"at": (bar.from_pence + width / 2) / 100, "gifts": bar.expected} for bar in test.bars]
    pounds = alt.Axis(format=",.0f", labelExpr="'£' + datum.label")
    columns = (
        alt.Chart({"values": bars})
        .mark_bar()
        .encode(
            x=alt.X("from:Q", title="Amount of the gift", axis=pounds, bin="binned"),
            x2="until:Q",
            y=alt.Y("gifts:Q", title="Gifts", axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                "where:N",
                title=None,
                scale=alt.Scale(
                    domain=["elsewhere", "just below the threshold"], range=["#9bb8b0", "#a85d00"]
                ),
                legend=alt.Legend(orient="top"),
            ),
        )
    )
    layers = columns
    if test.p_value is not None:
        layers = layers + (
            alt.Chart({"values": curve})
            .mark_line(color="#1c1c1c", strokeDash=[4, 3])
            .encode(x="at:Q", y="gifts:Q")
        )
    rule = (
        alt.Chart({"values": [{"at": test.threshold_pence / 100}]})
        .mark_rule(color="#8a1c1c", strokeWidth=2)
        .encode(x="at:Q")
    )
    chart = (layers + rule).properties(width=560, height=240)
    return str(vl_convert.vegalite_to_svg(chart.to_json()))
