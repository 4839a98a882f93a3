"""What normalise.sql reads of territories: their days, where the campaign's differ in some editions, and overseas clocks."""

from typing import Final

import duckdb

from campaign.core.collectivities import COLLECTIVITIES
from campaign.profile import profile

ABROAD: Final = "abroad"
REST: Final = "rest"  # every département that no territory names


def define(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `territory_places` (place_code, territory) and `territory_days` (edition, territory and its days).

    `place_code` is a département, an overseas collectivity by its number or its country's code, ABROAD or REST. Both are
    empty where all territories have the same days. `collectivity_clocks` (country_code, timezone) is of overseas collectivities.
    """
    own = profile()
    places = [
        (place, territory.code)
        for territory in own.settings.territories
        for code in territory.departements
        for place in (code, *(each.code for each in COLLECTIVITIES.values() if each.number == code))
    ]
    places += [(ABROAD, territory.code) for territory in own.settings.territories if territory.abroad]
    places += [(REST, territory.code) for territory in own.settings.territories[:1]]
    days = [
        (year, territory, *one[1:])
        for year in sorted({row.edition for row in own.listed})
        for one in own.days(year)
        for territory in one.territories
    ]
    connection.execute("create or replace temp table territory_places (place_code varchar, territory varchar)")
    connection.execute(
        "create or replace temp table territory_days (edition smallint, territory varchar, starts_on date, ends_on date,"
        " core_starts_on date, core_ends_on date)"
    )
    connection.execute("create or replace temp table collectivity_clocks (country_code varchar, timezone varchar)")
    connection.execute(
        "insert into collectivity_clocks select unnest($codes::varchar[]), unnest($zones::varchar[])",
        {
            "codes": [each.code for each in COLLECTIVITIES.values()],
            "zones": [each.timezone for each in COLLECTIVITIES.values()],
        },
    )
    if days:
        connection.executemany("insert into territory_places values (?, ?)", places)
        connection.executemany("insert into territory_days values (?, ?, ?, ?, ?, ?)", days)
