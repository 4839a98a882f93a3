"""What the columns of places of a table are, by what they hold: towns under « Lieu », codes and towns under each other's header, metres.

Each function changes the columns (from 0) of each field; what a mapping says (`wanted`) has the last word.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import duckdb

from campaign.intake import lambert
from campaign.intake.fields import named_places
from campaign.intake.fields.column_names import plain

_FEWEST: Final = 2
_MOST: Final = 0.8  # of the values of a column
_ROUNDED: Final = 0.3
_POSTCODE: Final = re.compile(r"\d{2}[\s.]?\d{3}|\d{4}")
_POINT: Final = re.compile(r"\s*[-−]?\d{1,2}[.,]\d{2,}°?\s?[NS]?\s*[,;/ ]\s*[-−]?\d{1,3}[.,]\d{2,}°?\s?[EWO]?\s*")
_WORD: Final = re.compile(r"[^\W\d_]{2}")

_OF_PLACES: Final = ("city", "postcode", "address", "departement", "region")
_OWNERS: Final = {  # whose the columns of places behind a column are
    "organiser": "body", **dict.fromkeys(("title", "begins", "begins_hour", "ends", "venue", "description", "type"), "event")
}  # fmt: skip

Columns = dict[str, list[int]]
Cells = Mapping[int, Sequence[str]]
Wanted = Mapping[str, Sequence[str | int]]


def settle(columns: Columns, names: Sequence[str], cells: Cells, wanted: Wanted) -> None:
    """Take the columns of towns and of postcodes for what they hold, where that is another one's, and leave an organiser's."""
    _leave_organisers(columns, names, wanted)
    _swap_codes(columns, cells, wanted)
    _take_codes(columns, cells, wanted)
    _take_points(columns, cells, wanted)
    _take_towns(columns, cells, wanted)


def _leave_organisers(columns: Columns, names: Sequence[str], wanted: Wanted) -> None:
    """Leave the town of an organiser, « Organisateur », « Ville », where the same header comes again behind something of the event."""
    owners = {index: _OWNERS[field] for field in _OWNERS for index in columns.get(field, ())}
    for field in _OF_PLACES:
        indexes = columns.get(field, [])
        if field in wanted or len(indexes) < 2:
            continue
        before = {index: max((other for other in owners if other < index), default=-1) for index in indexes}
        of_body = [index for index in indexes if owners.get(before[index]) == "body"]
        again = {plain(names[index]) for index in indexes if index not in of_body}
        left = [index for index in of_body if plain(names[index]) in again]
        columns[field] = [index for index in indexes if index not in left]


def _swap_codes(columns: Columns, cells: Cells, wanted: Wanted) -> None:
    """Take « Ville » for the postcodes and « Code postal » for the towns where each holds the other's values."""
    towns, codes = columns.get("city", []), columns.get("postcode", [])
    if len(towns) != 1 or len(codes) != 1 or {"city", "postcode"} & set(wanted):
        return
    are_codes = _share(cells.get(towns[0], ()), lambda cell: bool(_POSTCODE.fullmatch(cell))) >= _MOST
    if are_codes and _share(cells.get(codes[0], ()), lambda cell: bool(_WORD.search(cell))) >= _MOST:
        columns["city"], columns["postcode"] = codes, towns


def _take_codes(columns: Columns, cells: Cells, wanted: Wanted) -> None:
    """Take « Code INSEE » for the postcodes where it holds these, and « Code postal » for the codes of communes."""
    if {"commune_code", "postcode"} <= {*columns} or {"commune_code", "postcode"} & {*wanted}:
        return
    for field, other in (("commune_code", "postcode"), ("postcode", "commune_code")):
        indexes = columns.get(field, [])
        values = [cell for index in indexes for cell in cells.get(index, ())]
        rounded = _share(values, lambda cell: cell.endswith("0"))  # as most postcodes do, and few codes
        if (
            len(indexes) == 1
            and (rounded > _ROUNDED) is (field == "commune_code")
            and named_places.are_other_codes(values, field)
        ):
            columns[other] = columns.pop(field)
            return


def _take_points(columns: Columns, cells: Cells, wanted: Wanted) -> None:
    """Take « Lieu » or « Adresse » for the coordinates where it holds these, and no other column does."""
    if {"position", "lat", "lon"} & {*columns, *wanted}:
        return
    for field in ("venue", "address"):
        indexes = columns.get(field, [])
        points = [
            index
            for index in indexes
            if _share(cells.get(index, ()), lambda cell: bool(_POINT.fullmatch(cell))) >= _MOST
        ]
        if points and field not in wanted:
            columns["position"] = points
            columns[field] = [index for index in indexes if index not in points]
            if not columns[field]:
                del columns[field]
            return


def _take_towns(columns: Columns, cells: Cells, wanted: Wanted) -> None:
    """Of two columns « Lieu » take for the towns the one that holds names of communes, where no other column gives a town."""
    if (
        {"city", "postcode", "commune_code"} & {*columns, *wanted}
        or "venue" in wanted
        or len(columns.get("venue", [])) < 2
    ):
        return
    towns = [index for index in columns["venue"] if _share(cells.get(index, ()), named_places.is_commune) >= _MOST]
    if len(towns) == 1:
        columns["city"] = towns
        columns["venue"] = [index for index in columns["venue"] if index not in towns]


def _share(values: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, values)) / len(values) if len(values) >= _FEWEST else 0.0


def are_metres(columns: Columns, cells: Cells) -> bool:
    """Tell whether the columns of coordinates hold metres in Lambert-93, of which no degrees are made by a comma."""
    north, east = (cells.get(columns.get(field, [-1])[0], ()) for field in ("lat", "lon"))
    return bool(north and east) and any(_degrees(y, x) for y, x in zip(north, east, strict=False))


def know_degrees(connection: duckdb.DuckDBPyConnection, lat: str, lon: str) -> None:
    """Set the variable `intake_degrees`: for each pair of metres in the cells `lat` and `lon`, joined by a blank, its degrees."""
    pairs = connection.execute(f"select distinct {lat}, {lon} from intake_cells").fetchall()  # noqa: S608  columns of ours
    degrees = {f"{y} {x}": point for y, x in pairs if (point := _degrees(y or "", x or ""))}
    connection.execute(
        "set variable intake_degrees = map($1::varchar[], $2::struct(lat varchar, lon varchar)[])",
        [list(degrees), [{"lat": str(latitude), "lon": str(longitude)} for longitude, latitude in degrees.values()]],
    )


def _degrees(y: str, x: str) -> tuple[float, float] | None:
    """Return the longitude and latitude of metres as a table writes them, in either order; None if they are no such metres."""
    try:
        north, east = (float(re.sub(r"[\s\xa0\u202f]", "", cell).replace(",", ".")) for cell in (y, x))
    except ValueError:
        return None
    for first, second in ((east, north), (north, east)):
        if lambert.is_point(first, second):
            return lambert.to_degrees(first, second)
    return None
