"""The register of councils, present and past, with the days on which they began and ended."""

from collections.abc import Mapping, Sequence
from datetime import date

from hustings.places.importers.area_facts import AreaFact, AreaImporter, degrees, is_code, nation_fact
from hustings.places.rules.codes import kind_of
from hustings.places.rules.lifespans import end_from_register
from hustings.platform.importing.importer import DatasetCard, RowRejected
from hustings.platform.importing.source import SourceFile


class Councils(AreaImporter):
    """Gives districts and counties their lifespans and centre points; wards end with their council."""

    slug = "councils"
    card = DatasetCard(
        title="UK local authorities, present and past",
        publisher="mySociety",
        licence="Creative Commons Attribution 4.0",
        what=(
            "Every council with its code, name, centre point, and the days on which it began and ended. "
            "The wards of a "
            "council that has ended end with it."
        ),
        columns=("local-authority-code", "nice-name", "gss-code", "start-date", "end-date", "lat", "long"),
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """By its headings."""
        return source.has_columns("local-authority-code", "nice-name", "gss-code", "start-date", "end-date")

    def facts(self, *, row: Mapping[str, str]) -> Sequence[AreaFact]:
        """One council; combined authorities and others without seats in this program are set aside."""
        code, name = row["GSS-CODE"], row["NICE-NAME"]
        if not is_code(code):
            raise RowRejected("The council has no area code of the statistical agency.")
        if kind_of(code) not in {"district", "county"}:
            raise RowRejected(f"{code} is neither a council district nor a county.")
        if not name:
            raise RowRejected(f"{code} has no name.")
        has_point = bool(row.get("LAT") and row.get("LONG"))
        lat, lon = degrees(lat=row["LAT"], lon=row["LONG"]) if has_point else (None, None)
        began, ended = _day(row, "START-DATE"), _day(row, "END-DATE")
        until = end_from_register(last_day_or_first_day_after=ended) if ended else None
        if began and until and began >= until:
            raise RowRejected(f"The council ends ({ended}) before it begins ({began}).")
        fact = AreaFact(
            code=code,
            name=name,
            lat=lat,
            lon=lon,
            valid_from=began,
            valid_until=until,
            names_only_new=True,
        )
        return [nation_fact(code), fact]


def _day(row: Mapping[str, str], name: str) -> date | None:
    if not row[name]:
        return None
    try:
        return date.fromisoformat(row[name])
    except ValueError:
        raise RowRejected(f"“{row[name]}” in {name.lower()} is not a date like 2023-04-01.") from None
