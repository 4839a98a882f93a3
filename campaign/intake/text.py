"""Character references in texts (&eacute;), looked up once for each that occurs."""

import html
import unicodedata

import duckdb

_REFERENCE = "&(?:#\\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});"


def know_characters(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Set the variable `intake_entities`: for each character reference in a table's texts, its character.

    What cannot be seen gives a blank (controls) or nothing (soft hyphens, marks of direction).
    """
    texts = [
        f'"{name}"::varchar'
        for name, kind, *_ in connection.execute(f"describe {table}").fetchall()
        if kind.startswith(("VARCHAR", "JSON", "STRUCT"))
    ]
    # JSON may write the ampersand as an escape.
    holds = " or ".join(f"contains({name}, '&') or contains({name}, '\\u0026')" for name in texts)
    occurring = f"""
        select distinct unnest(regexp_extract_all(
            regexp_replace(replace(t, '\\u0026', '&'), '&(?:amp;)+', '&', 'g'), '{_REFERENCE}'
        )) as entity
        from (select unnest([{", ".join(texts)}]) as t from {table} where {holds})
    """  # noqa: S608 - names of a table of ours
    entities = [row[0] for row in connection.execute(occurring).fetchall()]
    characters = ["".join(map(_legible, html.unescape(entity))) for entity in entities]
    connection.execute("set variable intake_entities = map(?::varchar[], ?::varchar[])", [entities, characters])


def _legible(character: str) -> str:
    if character.isprintable() or character == "\n":
        return character
    return "" if unicodedata.category(character) == "Cf" else " "
