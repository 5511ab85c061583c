"""Pictures of money, drawn on the server as SVG."""

from collections.abc import Sequence

import altair as alt
import vl_convert

from hustings.money.rules.returns_audit import CandidateReturn


def spending_against_limit(*, returns: Sequence[CandidateReturn]) -> str:
    """One point a return: reported spending across the limit, with the line on which they are equal. SVG text."""
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
