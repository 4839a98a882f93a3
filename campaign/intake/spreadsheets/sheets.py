"""What a workbook says of a sheet beside its cells: its name as a place, its hidden rows, those that are struck through."""

import duckdb

from campaign.intake.fields import named_places
from campaign.intake.fields.columns import Header
from campaign.intake.files import workbook_parts
from campaign.intake.request import Request


def place_of(request: Request, header: Header) -> dict[str, str]:
    """Return the field and the value that a sheet's name gives to rows without one: a département, else a commune."""
    name = request.sheet or ""
    given = {*header.columns, *request.mapping.columns}
    if code := named_places.departement_of(name):
        return {"departement": code} if "departement" not in request.mapping.columns else {}
    return {"city": name.strip()} if "city" not in given and named_places.is_commune(name) else {}


def mark_rows(connection: duckdb.DuckDBPyConnection, request: Request) -> bool:
    """Add a note to each row of `intake_cells` that the workbook hides or strikes through; tell whether any is struck."""
    hidden, struck = (
        (
            workbook_parts.hidden_rows(request.path, request.sheet),
            workbook_parts.struck_rows(request.path, request.sheet),
        )
        if request.sheet
        else ([], [])
    )
    if not hidden and not struck:
        return False
    connection.execute(
        """
        create or replace temp table intake_marked as
        select unnest($1::integer[]) as line, 'row_hidden' as kind
        union all
        select unnest($2::integer[]), 'row_struck'
        """,
        [hidden, struck],
    )
    connection.execute("create or replace temp table intake_shown as from intake_cells")
    kinds = ", ".join(
        f"case when line in (select m.line from intake_marked as m where m.kind = '{kind}') then '{kind}' end"  # noqa: S608
        for kind in ("row_hidden", "row_struck")
    )
    connection.execute(
        f"""
        create or replace temp view intake_cells as
        select * replace (
            list_concat(
                notes,
                list_transform(
                    list_filter([{kinds}], lambda kind: kind is not null),
                    lambda kind: {{'kind': kind, 'detail': null}}::struct(kind varchar, detail varchar)
                )
            ) as notes
        )
        from intake_shown
        """  # noqa: S608
    )
    return bool(struck)


def call_off_struck(connection: duckdb.DuckDBPyConnection) -> None:
    """Make cancelled events of the rows of `intake_named` that are struck through."""
    connection.execute("create or replace temp table intake_unstruck as from intake_named")
    connection.execute(
        """
        create or replace temp view intake_named as
        select * replace (
            case when list_contains(list_transform(notes, lambda note: note.kind), 'row_struck') then 'annulé' else status end as status
        )
        from intake_unstruck
        """
    )
