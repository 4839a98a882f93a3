"""Following a source in a test: its file, its event file, a clock that only the test moves, and what the event file then holds."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import duckdb
import pytest

from campaign.core.settings import settings
from campaign.follow import fetcher, followed, state
from campaign.follow.followed import Followed
from campaign.follow.state import SourceState
from campaign.follow.sync import Result, sync
from tests.sources import Sources

START = datetime(2014, 9, 1, 7, 0, tzinfo=UTC)
LICENCE = "Licence Ouverte 2.0"

# What a file tells of its events, whatever way they came into it; of each event without the marks of its imports.
OF_EVENTS: Final = {
    "events": "select * exclude (created_at_is_import, first_import_id, last_import_id) from events where withdrawn_on is null",
    "sessions": "select s.* from sessions as s inner join events using (event_id) where withdrawn_on is null",
    "event_organisers": "select g.* from event_organisers as g inner join events using (event_id) where withdrawn_on is null",
    "findings": "select f.kind, f.event_id, f.detail from findings as f inner join events using (event_id) where withdrawn_on is null",
    "file_info": "select schema_version, is_demo, n_counted, profile from file_info",
    "data_date": "select data_date from file_info",
}
# Counts and lists that are made of them.
MADE_OF_EVENTS: Final = (
    "organisers", "themes", "duplicate_pairs", "event_rollup", "theme_rollup", "day_rollup", "commune_rollup", "registration_rollup",
    "shared_events", "organiser_rollup", "distinct_counts", "completeness_rollup", "search_words", "label_counts",
)  # fmt: skip
# What was read when, and what was there before: of an event file's own past.
OF_ITS_PAST: Final = ("imports", "rejects", "event_versions", "source_states", "corrected_states", "finding_rollup")
OF_PEOPLE: Final = ("organiser_decisions", "duplicate_decisions", "corrections")
REFERENCE: Final = (
    "sources", "regions", "departements", "communes", "commune_aliases", "commune_periods", "commune_populations",
    "territory_populations", "editions", "chambers", "chamber_regions", "event_types", "official_figures",
)  # fmt: skip


def begun(
    sources: Sources, folder: Path, patch: pytest.MonkeyPatch, *, first_wait_s: float, retries_s: float
) -> "Following":
    """Return nothing followed yet, of a server that has forgotten what it had, by a fetcher that soon gives up."""
    patch.setattr(settings(), "sources", folder / "sources.toml")
    patch.setattr(fetcher, "FIRST_WAIT_S", first_wait_s)
    patch.setattr(fetcher, "RETRIES_S", retries_s)
    sources.agendas.clear()
    sources.files.clear()
    sources.faults.clear()
    sources.statuses()
    sources.seen.clear()
    sources.page_size = 300
    sources.without_instants = False
    return Following(sources, folder / "campaign.duckdb")


def resumed(following: "Following", copy: Path, begin: Callable[[], object]) -> None:
    """Go on from the files that `begin` left the first time, an hour later: what a test begins with is followed and read once."""
    folder = following.db.parent
    if copy.exists():
        shutil.copytree(copy, folder, dirs_exist_ok=True)
        following.now += timedelta(hours=1)
    else:
        begin()
        shutil.copytree(folder, copy)


@dataclass
class Following:
    """Sources that are followed into an event file, at the time of `now`."""

    sources: Sources
    db: Path
    now: datetime = START
    runs: list[list[Result]] = field(default_factory=list)

    def follow(self, name: str, url: str, **given: Any) -> None:
        followed.add(Followed(name, url, LICENCE, **given))

    def sync(self, *names: str, **given: Any) -> list[Result]:
        """Run once; an hour later it is the sources' turn again."""
        results = sync(self.db, names, ran_by="essai", clock=lambda: self.now, **given)
        self.runs.append(results)
        self.now += timedelta(hours=1)
        return results

    def one(self, *names: str, **given: Any) -> Result:
        (result,) = self.sync(*names, **given)
        return result

    def state(self, name: str) -> SourceState:
        return state.load(self.db)[name]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.db), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def standing(self, source: str | None = None) -> list[tuple[Any, ...]]:
        """Return what stands of each source's events: all that an event is, without the marks of its imports."""
        where = "" if source is None else f"and source = '{source}'"
        return self.rows(
            f"""
            select source, source_uid, title, description, status, is_published, attendance_mode, venue, address, postcode, commune,
                commune_code, departement_code, lat, lon, starts_at, ends_at, n_sessions, organiser, themes, type, content_hash
            from events where withdrawn_on is null {where} order by source, source_uid
            """
        )

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return all that the file tells of its events, by table."""
        queries = OF_EVENTS | {name: f"from {name}" for name in MADE_OF_EVENTS}
        return {name: self.rows(f"{sql} order by all") for name, sql in queries.items()}

    def titles(self) -> dict[str, str]:
        return {
            str(uid): str(title)
            for uid, title in self.rows("select source_uid, title from events where withdrawn_on is null")
        }
