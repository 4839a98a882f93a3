"""What a workbook says of a sheet beside its cells: its name as a place, its hidden rows."""

import duckdb

from campaign.intake import named_places, workbook_parts
from campaign.intake.columns import Header
from campaign.intake.request import Request


def place_of(request: Request, header: Header) -> dict[str, str]:
    """Return the field and the value that a sheet's name gives to rows without one: a département, else a commune."""
    name = request.sheet or ""
    given = {*header.columns, *request.mapping.columns}
    if code := named_places.departement_of(name):
        return {"departement": code} if "departement" not in request.mapping.columns else {}
    return {"city": name.strip()} if "city" not in given and named_places.is_commune(name) else {}


def mark_hidden(connection: duckdb.DuckDBPyConnection, request: Request) -> None:
    """Add a note to each row of `intake_cells` that the workbook hides."""
    rows = workbook_parts.hidden_rows(request.path, request.sheet) if request.sheet else []
    if not rows:
        return
    connection.execute("create or replace temp table intake_hidden as select unnest($1::integer[]) as line", [rows])
    connection.execute("create or replace temp table intake_shown as from intake_cells")
    connection.execute(
        """
        create or replace temp view intake_cells as
        select * replace (
            case
                when line in (select h.line from intake_hidden as h)
                    then list_append(notes, {'kind': 'row_hidden', 'detail': null}::struct(kind varchar, detail varchar))
                else notes
            end as notes
        )
        from intake_shown
        """
    )
