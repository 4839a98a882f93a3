"""Back to before an import: what it and later ones brought goes, what they changed is as it was."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from campaign.core.errors import StoreError
from campaign.core.language import say
from campaign.publish import migrate, pipeline, trail
from campaign.publish.workspace import workspace
from campaign.store import lake, whole
from campaign.store.lake_connection import without_password

HERE = Path(__file__).parent


@dataclass(frozen=True)
class RolledBack:
    """What a rollback did: which imports it took back, how many events it removed and put back as they were."""

    imports: tuple[int, ...]
    removed: int
    restored: int
    is_demo: bool

    def as_json(self) -> dict[str, object]:
        """Return the account as a command prints it."""
        return {
            "imports": list(self.imports),
            "removed": self.removed,
            "restored": self.restored,
            "is_demo": self.is_demo,
        }


def rollback(db: Path, import_id: int) -> RolledBack:
    """Publish `db` as it was before `import_id`, which goes with all later imports; return what that did.

    Demonstration events are shown again once no real import is left. Raises StoreError if there is no such import or file,
    BusyError if another build is under way.
    """
    if not lake.published(db).exists():
        raise StoreError(
            say("Aucun fichier d'événements."), say("Il n'y a rien à annuler."), detail=without_password(db)
        )
    migrate.migrate(db)
    with workspace(db, fresh=False) as work:
        connection = work.connection
        pipeline.open_existing(connection)
        trail.require(db)
        imports = _column(connection, "select import_id from imports where import_id >= $1 order by 1", [import_id])
        if import_id not in imports:
            raise StoreError(
                say("Aucun import n° {import_id}.", import_id=import_id), say("campaign history donne les numéros.")
            )
        undone = trail.stored_rows(
            connection,
            """
            select
                * exclude (warnings),
                coalesce(map_extract_value(warnings, 'withdrawn'), 0) as n_withdrawn,
                array_to_string(list_transform(map_entries(warnings), lambda w: w.key || '=' || w.value), ' ') as warnings,
            from imports
            where import_id >= $1
            order by import_id
            """,
            [import_id],
        )
        removed = _column(connection, "select count(*) from events where first_import_id >= $1", [import_id])[0]
        _load_restored(connection, import_id)
        restored = _column(connection, "select count(*) from restored")[0]
        connection.execute("begin")
        for statement in duckdb.extract_statements((HERE / "rollback.sql").read_text("utf-8")):
            connection.execute(statement, dict.fromkeys(statement.named_parameters, import_id))
        connection.execute("commit")
        pipeline.finish(connection)
        is_demo = bool(_column(connection, "select is_demo::integer from file_info")[0])
        work.publish()
        trail.record(db, "undo", import_id=import_id, undone=undone, counts={"removed": removed, "restored": restored})
    return RolledBack(imports=tuple(imports), removed=removed, restored=restored, is_demo=is_demo)


def of_others(db: Path, import_id: int, account: str) -> list[tuple[int, str]]:
    """Return the imports that undoing one would take back and that another account made: each number, and by whom."""
    path = lake.published(db)
    if not path.exists():
        return []
    with whole.readable(path), duckdb.connect(":memory:") as connection:
        quoted = str(path).replace("'", "''")
        connection.execute(f"attach '{quoted}' as published (read_only)")
        rows = connection.execute(
            "select import_id, ran_by from published.imports where import_id >= $1 and ran_by is not null order by 1",
            [import_id],
        ).fetchall()
    return [(int(number), str(by)) for number, by in rows if trail.person(by) != account]


def _load_restored(connection: duckdb.DuckDBPyConnection, import_id: int) -> None:
    """Make `restored`: of each event that came before and was changed since, its oldest version from `import_id` on."""
    connection.execute(
        """
        create or replace temp table restored as
        select
            was,
            sessions,
            organisers,
            findings,
        from event_versions
        where rowid in (
            select min(rowid)
            from event_versions
            where
                import_id >= $import_id
                and event_id in (select event_id from events where first_import_id < $import_id)
            group by event_id
        )
        """,
        {"import_id": import_id},
    )


def _column(connection: duckdb.DuckDBPyConnection, sql: str, params: list[int] | None = None) -> list[int]:
    return [int(row[0]) for row in connection.execute(sql, params or []).fetchall()]
