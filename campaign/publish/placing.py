"""Where records are: the tables in which places are looked up, and what is found in them."""

import duckdb

from campaign.core.settings import DATA
from campaign.intake import countries
from campaign.publish import names
from campaign.publish.accounting import execute
from campaign.publish.place_memory import PlaceMemory


def know_places(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary tables in which places are looked up."""
    connection.execute("set variable data = $data", {"data": DATA.as_posix()})
    names = {key.lower(): code for key, code in countries.PREFIXES.items() if len(key) > 1}  # « Genève (CH) »
    names |= {name: code for name, code in countries.codes().items() if code not in countries.FRENCH}
    connection.execute("create or replace temp table country_keys (key varchar, country_code varchar)")
    connection.execute("insert into country_keys select unnest(?::varchar[]), unnest(?::varchar[])", _columns(names))
    connection.execute("create or replace temp table country_prefixes (prefix varchar, country_code varchar)")
    connection.execute(
        "insert into country_prefixes select unnest(?::varchar[]), unnest(?::varchar[])", _columns(countries.PREFIXES)
    )
    execute(connection, "gazetteer.sql")


def _columns(table: dict[str, str]) -> list[list[str]]:
    return [list(table), list(table.values())]


def locate(connection: duckdb.DuckDBPyConnection, places: PlaceMemory | None = None) -> None:
    """Make of the staged records, whose types are known, events as they will stand: `incoming`, with sessions in `session_rows`.

    What is remembered of `places` is not looked up.
    """
    execute(connection, "place_records.sql")
    if places is None:
        _look_up(connection)
    elif not places.recall():
        _look_up(connection)
        places.remember()
    execute(connection, "normalise.sql")


def _look_up(connection: duckdb.DuckDBPyConnection) -> None:
    """Find where places are."""
    execute(connection, "locate.sql")
    several = "select 1 from said_towns where may_name_towns(said_town) limit 1"
    execute(connection, "locate_towns.sql" if connection.execute(several).fetchall() else "no_towns.sql")
    execute(connection, "locate_names.sql")
    names.match_misspelt(connection)
    names.match_quarters(connection)
    if connection.execute(names.UNNAMED).fetchall():
        execute(connection, "locate_bodies.sql")
        execute(connection, "locate_likely.sql")
    else:
        execute(connection, "no_names.sql")
    execute(connection, "locate_texts.sql")
    pinned = "select 1 from place_records where given_lat is not null and given_lon is not null limit 1"
    execute(connection, "locate_pins.sql" if connection.execute(pinned).fetchall() else "no_pins.sql")
    execute(connection, "locate_points.sql")
