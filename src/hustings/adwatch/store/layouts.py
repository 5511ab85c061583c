"""The layouts of archive files: which of their columns holds what.

A layout maps the archive's own columns to ours. `page` is who the ad ran under (a page, or Google's advertiser), `disclaimer`
who says to have paid; every value is still text here and is read by the macros of `reading`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

#: Our columns, in order; a layout leaves out what its files do not hold.
COLUMNS = (
    *("page_id", "page", "disclaimer", "ad_id", "ads", "first_on", "last_on", "created_on"),
    *("spend", "spend_low", "spend_high", "shown", "shown_low", "shown_high", "currency"),
    *("body", "url", "ad_type", "demographics", "regions", "targeting"),
)


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One table of one archive.

    `columns` maps ours to theirs, found whatever their case. Where amounts stand in two columns, `spend_low` and
    `spend_high` (`shown_low`, `shown_high`) are named instead of `spend` (`shown`). `is_python` marks cells that hold lists
    and dictionaries as Python writes them. `within` keeps only rows whose column holds a word, as the bundle is the world's.
    """

    slug: str
    platform: str
    kind: str
    title: str
    columns: Mapping[str, str]
    needs: Sequence[str] = ()
    within: tuple[str, str] | None = None
    joined: Mapping[str, Sequence[str]] = field(default_factory=dict)
    currency: str = "GBP"
    is_currency_said: bool = True


REPORT = Layout(
    slug="meta-report",
    platform="meta",
    kind="totals",
    title="Meta Ad Library Report",
    columns={
        "page_id": "Page ID",
        "page": "Page name",
        "disclaimer": "Disclaimer",
        "spend": "Amount spent (GBP)",
        "ads": "Number of ads in Library",
    },
    needs=("Page ID", "Page name", "Disclaimer", "Amount spent (GBP)", "Number of ads in Library"),
)

#: Per-ad export with bands as dictionaries: date, funder, person, spend, impact, ad_id.
BANDS = Layout(
    slug="meta-ads-bands",
    platform="meta",
    kind="ads",
    title="Meta ads, one row an ad, bands as published",
    columns={
        "page": "person",
        "disclaimer": "funder",
        "ad_id": "ad_id",
        "first_on": "date",
        "spend": "spend",
        "shown": "impact",
    },
    needs=("date", "funder", "person", "spend", "impact", "ad_id"),
    is_currency_said=False,
)

#: Per-ad export with bands in columns of their own, an end day and the audience by age and gender.
BOUNDS = Layout(
    slug="meta-ads-bounds",
    platform="meta",
    kind="ads",
    title="Meta ads, one row an ad, bounds in columns",
    columns={
        "page": "person",
        "disclaimer": "funder",
        "ad_id": "ad_id",
        "first_on": "date",
        "last_on": "end",
        "spend_low": "l_spend",
        "spend_high": "u_spend",
        "shown_low": "l_impact",
        "shown_high": "u_impact",
        "demographics": "demos",
    },
    needs=("date", "end", "funder", "person", "ad_id", "demos", "l_spend", "u_spend", "l_impact", "u_impact"),
    is_currency_said=False,
)

#: Rows made from pages of the Meta API, with our own column names.
API = Layout(
    slug="meta-api",
    platform="meta",
    kind="ads",
    title="Meta Ad Library API",
    columns={
        name: name for name in COLUMNS if name not in {"spend_low", "spend_high", "shown_low", "shown_high"}
    },
)

GOOGLE_ADS = Layout(
    slug="google-creatives",
    platform="google",
    kind="ads",
    title="Google political ads: creative stats",
    columns={
        "page_id": "Advertiser_ID",
        "page": "Advertiser_Name",
        "disclaimer": "Advertiser_Name",
        "ad_id": "Ad_ID",
        "first_on": "Date_Range_Start",
        "last_on": "Date_Range_End",
        "spend_low": "Spend_Range_Min_GBP",
        "spend_high": "Spend_Range_Max_GBP",
        "shown": "Impressions",
        "url": "Ad_URL",
        "ad_type": "Ad_Type",
    },
    needs=("Ad_ID", "Advertiser_ID", "Spend_Range_Min_GBP", "Spend_Range_Max_GBP"),
    within=("Regions", "GB"),
    joined={
        "targeting": ("Age_Targeting", "Gender_Targeting", "Geo_Targeting_Included", "Geo_Targeting_Excluded")
    },
)

GOOGLE_ADVERTISERS = Layout(
    slug="google-advertisers",
    platform="google",
    kind="totals",
    title="Google political ads: advertiser stats",
    columns={
        "page_id": "Advertiser_ID",
        "page": "Advertiser_Name",
        "disclaimer": "Advertiser_Name",
        "ads": "Total_Creatives",
        "spend": "Spend_GBP",
    },
    needs=("Advertiser_ID", "Advertiser_Name", "Total_Creatives", "Spend_GBP"),
    within=("Regions", "GB"),
)

GOOGLE_WEEKS = Layout(
    slug="google-weeks",
    platform="google",
    kind="weekly",
    title="Google political ads: weekly spend of advertisers",
    columns={
        "page_id": "Advertiser_ID",
        "page": "Advertiser_Name",
        "disclaimer": "Advertiser_Name",
        "first_on": "Week_Start_Date",
        "spend": "Spend_GBP",
    },
    needs=("Advertiser_ID", "Week_Start_Date", "Spend_GBP"),
)

GOOGLE_PLACES = Layout(
    slug="google-places",
    platform="google",
    kind="places",
    title="Google political ads: spend by place",
    columns={
        "page_id": "Country_Subdivision_Primary",
        "page": "Country_Subdivision_Primary",
        "disclaimer": "Country_Subdivision_Secondary",
        "spend": "Spend_GBP",
    },
    needs=("Country", "Country_Subdivision_Primary", "Spend_GBP"),
    within=("Country", "GB"),
)

GOOGLE = (GOOGLE_ADVERTISERS, GOOGLE_WEEKS, GOOGLE_ADS, GOOGLE_PLACES)


def select_of(*, layout: Layout, header: Sequence[str]) -> str:
    """SQL that picks our columns out of theirs, which are called c0, c1 … by their place in the header."""
    places = {name.strip().casefold(): f"c{place}" for place, name in enumerate(header)}

    def theirs(name: str) -> str:
        return places.get(name.casefold(), "NULL")

    parts = []
    for ours in COLUMNS:
        if ours in layout.joined:
            pairs = ", ".join(f"'{name}', {theirs(name)}" for name in layout.joined[ours])
            parts.append(f"CAST(json_object({pairs}) AS VARCHAR) AS {ours}")
        else:
            parts.append(f"{theirs(layout.columns[ours]) if ours in layout.columns else 'NULL'} AS {ours}")
    return ", ".join(parts)


def condition_of(*, layout: Layout, header: Sequence[str], word: str) -> str:
    """SQL for the rows that belong to our country, where the layout holds other countries' too; `all` keeps every row."""
    if layout.within is None or word.casefold() == "all":
        return "true"
    places = {name.strip().casefold(): f"c{place}" for place, name in enumerate(header)}
    column = places.get(layout.within[0].casefold())
    if column is None:
        return "true"
    safe = "".join(sign for sign in word if sign.isalpha())
    return f"regexp_matches(upper({column}), '(^|[^A-Z]){safe.upper()}([^A-Z]|$)')"
