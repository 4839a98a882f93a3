"""Files of one JSON record per line, read by DuckDB."""

from typing import Final

import duckdb

from campaign.core.errors import IntakeError
from campaign.core.language import say
from campaign.intake import text
from campaign.intake.files.envelope import Envelope
from campaign.intake.request import Request

LARGEST_RECORD: Final = 32 << 20


def read(
    connection: duckdb.DuckDBPyConnection, request: Request, cut: Envelope, fields: dict[str, str], *, table: str
) -> None:
    """Make a view of the records, with their place `line`; items that are not records become rejects."""
    columns = "{" + ", ".join(f"{_quoted(name)}: {_quoted(kind)}" for name, kind in fields.items()) + "}"
    try:
        # rowid follows the order of the file; numbering here would read with one thread.
        connection.execute(
            f"""
            create or replace temp table intake_raw as
            from read_json(
                $lines, format = 'newline_delimited', columns = {columns}, maximum_object_size = {LARGEST_RECORD}
            )
            """,
            {"lines": str(cut.lines)},
        )
    except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
        raise IntakeError(
            say("{name} contient un enregistrement illisible : {error}", name=request.name, error=_short(error)),
            say("Téléchargez le fichier de nouveau, en JSON et en UTF-8."),
        ) from error
    text.know_characters(connection, "intake_raw")
    if cut.strangers:
        connection.execute(
            "create or replace temp table intake_items as select unnest($items::integer[]) as line",
            {"items": cut.items.tolist()},
        )
        connection.executemany("insert into intake_rejects values (?, null, ?, 'not_an_event')", cut.strangers)
        numbered = "select i.line, r.* from intake_raw as r positional join intake_items as i"
    else:
        numbered = "select (rowid + 1)::integer as line, * from intake_raw"
    connection.execute(f"create or replace temp view {table} as {numbered}")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:200]
