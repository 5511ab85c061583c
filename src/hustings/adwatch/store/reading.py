"""How bands, counts and days in an archive's cells are read, as macros of DuckDB, so that millions of rows take seconds.

| cell | low | high |
| --- | --- | --- |
| `1234`, `1,234.50`, `£1,234` | 1234 | 1234 |
| `≤100`, `<=100`, `< 100` | 0 | 100 |
| `>1M`, `≥ 1000`, `1000+` | 1000 | open |
| `100-199`, `10k-100k`, `100–199` | 100 | 199 |
| `{'lower_bound': '0', 'upper_bound': '99'}`, the same as JSON | 0 | 99 |
| `{'lower_bound': '1000000'}` | 1000000 | open |

Spend comes out in pence, impressions as they are. What is none of these is none, and the row is rejected with its reason.
"""

import duckdb

_NUMBER = r"[0-9][0-9,]*(?:\.[0-9]+)?\s*[kKmM]?"

#: Macros in order: later ones use earlier ones.
_MACROS = (
    # A cell without marks that cannot be seen (byte order marks, zero-width and hard spaces) and without a pound sign.
    # Only a cell with signs beyond ASCII (more bytes than signs) can hold one, so that the others cost nothing.
    "cell(x) AS nullif(trim(CASE WHEN strlen(x) = length(x) THEN x "
    "ELSE regexp_replace(x, '[\\x{FEFF}\\x{200B}\\x{200E}\\x{00A0}£]', '', 'g') END), '')",
    # A bare number, the commonest cell by far, is read without a pattern.
    "bare(x) AS CASE WHEN x NOT LIKE '-%' AND x NOT LIKE '+%' THEN TRY_CAST(x AS DECIMAL(18,3)) END",
    # 10k, 1.5M and 1,234 as decimals.
    "plain(x) AS CASE WHEN x IS NULL THEN NULL WHEN bare(x) IS NOT NULL THEN bare(x) "
    "WHEN regexp_matches(x, '[kK]\\s*$') THEN TRY_CAST(regexp_replace(x, '[,\\skK]', '', 'g') AS DECIMAL(18,3)) * 1000 "
    "WHEN regexp_matches(x, '[mM]\\s*$') THEN TRY_CAST(regexp_replace(x, '[,\\smM]', '', 'g') AS DECIMAL(18,3)) * 1000000 "
    "ELSE TRY_CAST(regexp_replace(x, '[,\\s]', '', 'g') AS DECIMAL(18,3)) END",
    "bound(x, which) AS nullif(regexp_extract(x, which || '_bound[''\"]?\\s*:\\s*[''\"]?([0-9.]+)', 1), '')",
    f"is_exact(x) AS regexp_full_match(x, '{_NUMBER}')",
    f"is_least(x) AS regexp_full_match(x, '(?:>=?|≥)\\s*{_NUMBER}|{_NUMBER}\\s*\\+')",
    f"is_most(x) AS regexp_full_match(x, '(?:<=?|≤)\\s*{_NUMBER}')",
    f"is_span(x) AS regexp_full_match(x, '{_NUMBER}\\s*(?:-|–|—|to)\\s*{_NUMBER}')",
    f"first_of(x) AS plain(regexp_extract(x, '({_NUMBER})', 1))",
    f"last_of(x) AS plain(regexp_extract(x, '(?:-|–|—|to)\\s*({_NUMBER})\\s*$', 1))",
    "low_of(x) AS CASE WHEN x IS NULL THEN NULL WHEN bare(x) IS NOT NULL THEN bare(x) "
    "WHEN contains(x, '_bound') THEN plain(bound(x, 'lower')) "
    "WHEN is_most(x) THEN 0 WHEN is_exact(x) OR is_least(x) OR is_span(x) THEN first_of(x) ELSE NULL END",
    "high_of(x) AS CASE WHEN x IS NULL THEN NULL WHEN bare(x) IS NOT NULL THEN bare(x) "
    "WHEN contains(x, '_bound') THEN plain(bound(x, 'upper')) "
    "WHEN is_most(x) OR is_exact(x) THEN first_of(x) WHEN is_span(x) THEN last_of(x) ELSE NULL END",
    "pence(x) AS CAST(x * 100 AS BIGINT)",
    "whole(x) AS CAST(x AS BIGINT)",
    # Days, or the day of a moment; `nan` is how some tools write that there is none.
    "day_text(x) AS CASE WHEN lower(x) IN ('nan', 'none', 'null', 'nat') THEN NULL ELSE x END",
    "day_of(x) AS coalesce(TRY_CAST(substr(day_text(x), 1, 10) AS DATE), "
    "CAST(try_strptime(day_text(x), '%d/%m/%Y') AS DATE))",
    # Lists that were written by Python instead of as JSON.
    "as_json(x) AS CASE WHEN x IS NULL OR lower(x) IN ('nan', '[]', 'none') THEN NULL "
    "WHEN json_valid(x) THEN x WHEN json_valid(replace(x, '''', '\"')) THEN replace(x, '''', '\"') ELSE NULL END",
)


def teach(*, connection: duckdb.DuckDBPyConnection) -> None:
    """Make the macros known to a connection."""
    for macro in _MACROS:
        connection.execute(f"CREATE OR REPLACE TEMP MACRO {macro}")
