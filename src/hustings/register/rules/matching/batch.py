"""The same matching as SQL for DuckDB: a hundred thousand people against a million electors in seconds.

`statements` reads two tables, `person_raw` and `elector_raw`, each with (id, forename, surname, postcode,
address) as written, and `rejected` (person, elector) of pairs not to be offered again. It leaves `decided`:
one row per person and candidate worth keeping, with levels, score, probability and verdict. Every
comparison is the one of `comparing`, and a test holds the two together pair by pair.
"""

# ruff: noqa: S608 -- nothing but our own settings goes into these statements

from collections.abc import Mapping

from hustings.register.rules.matching.comparing import (
    CLOSE_FORENAME,
    CLOSE_SURNAME,
    Forename,
    Middle,
    Place,
    Surname,
)
from hustings.register.rules.matching.deciding import MOST_BITS
from hustings.register.rules.matching.folding import JOINING, UNDECOMPOSED
from hustings.register.rules.matching.settings import NEARNESS, Block, Key, Nearness, Settings

#: Columns of `decided`, in order.
COLUMNS = (
    "person",
    "elector",
    "place",
    "surname",
    "forename",
    "middle",
    "is_swapped",
    "score",
    "probability",
    "verdict",
)

_EQUAL: Mapping[Key, str] = {
    Key.POSTCODE: "p.postcode = e.postcode AND p.postcode <> ''",
    Key.SECTOR: "p.sector = e.sector AND p.sector <> ''",
    Key.SURNAME: "p.surname = e.surname AND p.surname <> ''",
    Key.FAMILY: "p.family = e.family AND p.family <> ''",
    Key.SURNAME_INITIAL: "p.surname_initial = e.surname_initial AND p.surname <> ''",
    Key.FORENAME_INITIAL: "p.first_initial = e.first_initial AND p.first <> ''",
    Key.SWAPPED: "p.surname = e.first AND p.joined = e.surname AND p.surname <> '' AND p.joined <> ''",
}


def macros() -> list[str]:
    """The folding of `folding`, as DuckDB macros."""
    plain = f"translate(lower(t), {_text(JOINING)}, '')"
    for letter, letters in UNDECOMPOSED.items():
        plain = f"replace({plain}, {_text(letter)}, {_text(letters)})"
    return [
        f"CREATE OR REPLACE TEMP MACRO folded(t) AS trim(regexp_replace(strip_accents({plain}), '[^a-z]+', ' ', 'g'))",
        "CREATE OR REPLACE TEMP MACRO without_mac(t) AS regexp_replace(t, '^mac([a-z]{3})', 'mc\\1')",
        "CREATE OR REPLACE TEMP MACRO surname_parts(t) AS "
        "list_transform(list_filter(string_split(t, ' '), lambda part: part <> ''), lambda part: without_mac(part))",
        "CREATE OR REPLACE TEMP MACRO surname_key(t) AS without_mac(array_to_string(surname_parts(folded(t)), ''))",
        "CREATE OR REPLACE TEMP MACRO house_numbers(s) AS "
        "regexp_extract_all(concat_ws(',', s[1], s[2]), '\\b[0-9]+[a-z]?\\b')",
        "CREATE OR REPLACE TEMP MACRO house_in(s) AS "
        "CASE WHEN len(house_numbers(s)) > 0 THEN array_to_string(house_numbers(s), ' ') ELSE folded(s[1]) END",
        "CREATE OR REPLACE TEMP MACRO house_of(t) AS house_in(string_split_regex(lower(t), '[,\\n]'))",
        "CREATE OR REPLACE TEMP MACRO postcode_key(t) AS upper(regexp_replace(t, '[^A-Za-z0-9]', '', 'g'))",
    ]


def statements(*, settings: Settings) -> list[str]:
    """Every step from the raw tables to `decided`."""
    return [
        *macros(),
        *_folded_names(),
        _folded_records("person"),
        _folded_records("elector"),
        _candidates(settings=settings),
        _compared(),
        _scored(settings=settings),
        _decided(settings=settings),
    ]


def _folded_names() -> list[str]:
    """Fold each distinct name once: a million electors share some thousands."""
    return [
        "CREATE OR REPLACE TEMP TABLE surname_of AS "
        "SELECT raw, without_mac(array_to_string(parts, '')) AS surname, parts FROM ("
        "SELECT surname AS raw, surname_parts(folded(surname)) AS parts "
        "FROM (SELECT surname FROM person_raw UNION SELECT surname FROM elector_raw))",
        "CREATE OR REPLACE TEMP TABLE forename_of AS SELECT raw, names, names[1] AS first, "
        "array_to_string(names, '') AS joined, coalesce(f.family, names[1], '') AS family, "
        "coalesce(f.forms, []) AS forms "
        "FROM (SELECT forename AS raw, list_filter(string_split(folded(forename), ' '), lambda name: name <> '') AS names "
        "FROM (SELECT forename FROM person_raw UNION SELECT forename FROM elector_raw)) "
        "LEFT JOIN nickname f ON f.name = names[1]",
    ]


def _folded_records(side: str) -> str:
    return (
        f"CREATE OR REPLACE TEMP TABLE {side} AS SELECT r.id, s.surname, s.parts, s.surname[1] AS surname_initial, "
        "f.names, coalesce(f.first, '') AS first, coalesce(f.first[1], '') AS first_initial, f.joined, f.family, f.forms, "
        "postcode_key(r.postcode) AS postcode, left(postcode_key(r.postcode), -2) AS sector, "
        "house_of(r.address) AS house "
        f"FROM {side}_raw r JOIN surname_of s ON s.raw = r.surname JOIN forename_of f ON f.raw = r.forename"
    )


def _candidates(*, settings: Settings) -> str:
    blocks = " UNION ".join(_block(block) for block in settings.blocks)
    return f"CREATE OR REPLACE TEMP TABLE candidate AS ({blocks}) EXCEPT SELECT person, elector FROM rejected"


def _block(block: Block) -> str:
    conditions = [_EQUAL[key] for key in block.join]
    if block.any_of:
        ways = (" AND ".join(_EQUAL[key] for key in keys) for keys in block.any_of)
        conditions.append("(" + " OR ".join(f"({way})" for way in ways) + ")")
    electors = "elector"
    if block.at_most is not None:
        keys = ", ".join(key.value for key in block.join)
        electors = f"(SELECT * FROM elector QUALIFY count(*) OVER (PARTITION BY {keys}) <= {block.at_most})"
    return f"SELECT p.id AS person, e.id AS elector FROM person p JOIN {electors} e ON {' AND '.join(conditions)}"


def _compared() -> str:
    forename = (
        "CASE WHEN swapped THEN 'same' "
        "WHEN p.first = '' OR e.first = '' THEN 'different' "
        "WHEN p.first = e.first THEN 'same' "
        "WHEN length(p.first) = 1 OR length(e.first) = 1 THEN "
        "CASE WHEN p.first_initial = e.first_initial THEN 'initial' ELSE 'different' END "
        "WHEN list_has_any(p.forms, e.forms) THEN 'form' "
        "WHEN list_contains(e.names[2:], p.first) OR list_contains(p.names[2:], e.first) THEN 'other_name' "
        f"WHEN jaro_winkler_similarity(p.first, e.first) >= {CLOSE_FORENAME} THEN 'close' ELSE 'different' END"
    )
    surname = (
        "CASE WHEN swapped THEN 'same' "
        "WHEN p.surname = '' OR e.surname = '' THEN 'different' "
        "WHEN p.surname = e.surname THEN 'same' "
        "WHEN (len(p.parts) > 1 AND list_contains(p.parts, e.surname)) "
        "OR (len(e.parts) > 1 AND list_contains(e.parts, p.surname)) THEN 'part' "
        f"WHEN jaro_winkler_similarity(p.surname, e.surname) >= {CLOSE_SURNAME} THEN 'close' ELSE 'different' END"
    )
    middle = (
        "CASE WHEN swapped OR len(p.names) < 2 OR len(e.names) < 2 THEN 'silent' "
        "WHEN p.names[2] = e.names[2] OR (length(p.names[2]) = 1 AND p.names[2] = e.names[2][1]) "
        "OR (length(e.names[2]) = 1 AND e.names[2] = p.names[2][1]) THEN 'agree' ELSE 'conflict' END"
    )
    place = (
        "CASE WHEN p.postcode = '' OR e.postcode = '' THEN 'elsewhere' "
        "WHEN p.postcode <> e.postcode THEN "
        "CASE WHEN p.sector = e.sector THEN 'same_sector' ELSE 'elsewhere' END "
        "WHEN p.house = '' OR e.house = '' THEN 'same_postcode' "
        "WHEN p.house = e.house OR list_has_all(string_split(p.house, ' '), string_split(e.house, ' ')) "
        "OR list_has_all(string_split(e.house, ' '), string_split(p.house, ' ')) THEN 'same_house' "
        "ELSE 'other_house' END"
    )
    swapped = "e.first <> '' AND e.surname <> '' AND p.surname = e.first AND p.joined = e.surname AND p.surname <> e.surname"
    levels = (
        f"SELECT c.person, c.elector, ({swapped}) AS swapped, {forename} AS forename, {surname} AS surname, "
        f"{middle} AS middle, {place} AS place "
        "FROM candidate c JOIN person p ON p.id = c.person JOIN elector e ON e.id = c.elector"
    )
    return (
        "CREATE OR REPLACE TEMP TABLE compared AS SELECT person, elector, swapped, forename, surname, place, "
        f"CASE WHEN forename = 'other_name' THEN 'silent' ELSE middle END AS middle FROM ({levels})"
    )


def _scored(*, settings: Settings) -> str:
    by_near_forename = _by_nearness(settings.forename, "forename")
    by_near_surname = _by_nearness(settings.surname, "surname")
    return (
        "CREATE OR REPLACE TEMP TABLE scored AS SELECT *, "
        f"round({_case('place', settings.place)} + {_case('middle', settings.middle)} "
        f"+ CASE WHEN swapped THEN {settings.swapped}e0 ELSE 0e0 END + {by_near_forename} + {by_near_surname}, 3) AS score "
        "FROM compared"
    )


def _decided(*, settings: Settings) -> str:
    return (
        "CREATE OR REPLACE TEMP TABLE decided AS "
        "WITH odds AS (SELECT *, pow(2.0, "
        f"greatest({-MOST_BITS}, least(score, {MOST_BITS}))) AS odds FROM scored), "
        "chances AS (SELECT *, odds / (1.0 + sum(odds) OVER (PARTITION BY person)) AS probability FROM odds), "
        "best AS (SELECT *, max(probability) OVER (PARTITION BY person) AS highest FROM chances) "
        "SELECT person, elector, place, surname, forename, middle, swapped AS is_swapped, score, probability, "
        f"CASE WHEN highest >= {settings.matched_at} THEN 'matched' ELSE 'unsure' END AS verdict FROM best "
        f"WHERE probability >= CASE WHEN highest >= {settings.matched_at} THEN {settings.matched_at} "
        f"ELSE {settings.unsure_at} END ORDER BY person, probability DESC, elector"
    )


def _by_nearness(
    weights: Mapping[Nearness, Mapping[Forename, float]] | Mapping[Nearness, Mapping[Surname, float]],
    column: str,
) -> str:
    branches = []
    for near in Nearness:
        places = ", ".join(_text(place.value) for place in Place if NEARNESS[place] is near)
        branches.append(f"WHEN place IN ({places}) THEN {_case(column, weights[near])}")
    return f"CASE {' '.join(branches)} END"


def _case(
    column: str,
    weights: Mapping[Forename, float]
    | Mapping[Surname, float]
    | Mapping[Middle, float]
    | Mapping[Place, float],
) -> str:
    branches = (f"WHEN {_text(level.value)} THEN {weight}e0" for level, weight in weights.items())
    return f"CASE {column} {' '.join(branches)} END"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
