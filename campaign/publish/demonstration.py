"""Demonstration events: deterministic, plausible, and said to be invented."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

import duckdb

from campaign.core.errors import DemoRefusedError
from campaign.core.language import say
from campaign.core.settings import DATA, settings
from campaign.profile import profile
from campaign.profile.phrases import DemoOrganisers, DemoType, Phrases
from campaign.profile.problems import ProfileError
from campaign.profile.reading import read_toml
from campaign.publish import pipeline
from campaign.publish.account import Account, ImportOptions
from campaign.publish.pipeline import Stage
from campaign.store import describe, lake

HERE = Path(__file__).parent
SOURCE = "demonstration"
LICENCE = "Événements fictifs, libres de tout usage"
INVENTED = 1000  # events of an edition without figure, where the folder gives no number
EXTRA_SHARE = 0.06  # cancelled, unpublished and out-of-season records beside those that count
BATCH = 4 * 122_880  # records at once: four row groups of DuckDB, about 2 GB of memory
LEAST_BATCH = BATCH // 2  # an edition of at least as many shares no batch: it is then read without the others


W = TypeVar("W", DemoType, DemoOrganisers)


def phrases() -> Phrases:
    """Return what the campaign's demonstration is made of; raises ProfileError."""
    campaign_phrases, problems = read_toml(profile().folder / "demo" / "phrases.toml", Phrases)
    if campaign_phrases is None:
        raise ProfileError(problems)
    return campaign_phrases


def default_editions() -> range:
    """Return the editions that a demonstration has when none are named."""
    editions = phrases().editions
    return range(editions.first, editions.last + 1)


def headline_counts(connection: duckdb.DuckDBPyConnection, years: range) -> dict[int, int]:
    """Return how many events each edition of a demonstration counts: its official headline figure, or an invented one."""
    known = dict(
        connection.execute(
            """
            select edition, value
            from official_figures
            where metric = 'events' and territory_level = 'country' and is_headline
            """
        ).fetchall()
    )
    invented = phrases().editions.invented  # no figure is known: invented, and said so on the page of methods
    return {year: known.get(year) or invented.get(year, INVENTED) for year in years}


def scaled(counts: dict[int, int], n_events: int) -> dict[int, int]:
    """Share `n_events` among editions in the proportions of `counts` (largest remainders, so that they sum exactly)."""
    total = sum(counts.values())
    shares = {edition: n_events * count / total for edition, count in counts.items()}
    floors = {edition: int(share) for edition, share in shares.items()}
    missing = n_events - sum(floors.values())
    for edition in sorted(shares, key=lambda e: floors[e] - shares[e])[:missing]:
        floors[edition] += 1
    return floors


def write(
    db: Path,
    *,
    n_events: int | None = None,
    seed: int = 2014,
    force: bool = False,
    editions: range | None = None,
) -> Account:
    """Write a demonstration file at `db` and return its account.

    `n_events` is the number of counted events over all editions; by default each edition has its headline figure.
    `editions` are those of the campaign's folder unless named; of one that runs, what is registered by today is written.
    Raises DemoRefusedError if the file holds real events, unless `force`, or for editions that there are not.
    """
    years = editions if editions is not None else default_editions()
    if editions is not None:
        _refuse_unknown(editions)
    if (file := lake.published(db)).exists() and not force and describe(file).has_real_events:
        raise DemoRefusedError(
            say("{name} contient de vrais événements : la démonstration ne les remplace pas.", name=db.name),
            say("Donnez un autre fichier avec --db, ou --force pour l'écraser."),
        )
    options = ImportOptions(source=SOURCE, format="demo", files=(), licence=LICENCE, is_demo=True)
    known_on = settings().current_day() if editions is not None else None
    return pipeline.run(db, _stages(n_events, seed, years, known_on), options, fresh=True)


def _refuse_unknown(editions: range) -> None:
    """Raise DemoRefusedError for editions before the first, or whose registrations have not begun."""
    first, last = profile().first, settings().current_day().year
    if editions.start < first or editions.stop - 1 > last:
        raise DemoRefusedError(
            say("Une démonstration va de l'édition {first} à l'édition {last}.", first=first, last=last),
            say("Donnez des éditions entre les deux, par exemple --editions {first}-{last}.", first=first, last=last),
        )


def _stages(n_events: int | None, seed: int, years: range, known_on: date | None) -> Iterator[Stage]:
    """Yield batches of at most BATCH records; the first one learns the counts from the file's own official figures."""
    counts: dict[int, int] = {}

    def learn(connection: duckdb.DuckDBPyConnection) -> None:
        counts.update(headline_counts(connection, years))
        if n_events is not None:
            counts.update(scaled(dict(counts), n_events))
        prepare(connection, years)

    yield learn
    batch: list[dict[str, int]] = []
    room = BATCH
    for edition in sorted(counts):
        n_records = counts[edition] + max(10, round(counts[edition] * EXTRA_SHARE))
        first = 0
        while first < n_records:
            last = min(first + room, n_records)
            batch.append({"edition": edition, "seed": seed, "counted": counts[edition], "first": first, "last": last})
            room -= last - first
            first = last
            if room <= 0 or (first == n_records and BATCH - room >= LEAST_BATCH):
                yield partial(_stage, batch, known_on)
                batch, room = [], BATCH
    if batch:
        yield partial(_stage, batch, known_on)


def _stage(batch: list[dict[str, int]], known_on: date | None, connection: duckdb.DuckDBPyConnection) -> None:
    records = (HERE / "demo_records.sql").read_text("utf-8")
    taken = 0
    for part in batch:
        first, last = part["first"], part["last"]
        # a table, because what is read from a table is computed by several threads
        connection.execute(
            "create or replace temp table demo_numbers as select * from range($1, $2) as r (i)", [first, last]
        )
        drawn = {name: part[name] for name in ("edition", "seed", "counted", "first")}
        connection.execute(records, drawn | {"taken": taken, "online": _online(part["edition"]), "known_on": known_on})
        taken += last - first


def _online(edition: int) -> int:
    """Return how many events of a thousand are online in an edition, beside the usual few."""
    since = phrases().editions.online
    return max(((year, share) for year, share in since.items() if year <= edition), default=(0, 0))[1]


def prepare(connection: duckdb.DuckDBPyConnection, years: range) -> None:
    """Make the tables that demo_records.sql draws from: places, types, organisers, themes."""
    given = phrases()
    connection.execute("set variable data = $1", [DATA.as_posix()])
    connection.execute("set variable demo_editions = $1::integer[]", [list(years)])
    connection.execute((HERE / "demo_places.sql").read_text("utf-8"))
    connection.execute(
        "create or replace temp table demo_types"
        " (bucket integer, begins double, until double, label varchar, hours integer[], minutes integer, titles varchar[])"
    )
    for begins, until, t in _shares(given.types):
        connection.execute(
            "insert into demo_types select unnest(draw_buckets($1, $2)), $1, $2, $3, $4, $5, $6",
            [begins, until, t.label, t.hours, t.minutes, t.titles],
        )
    connection.execute(
        "create or replace temp table demo_organisers (bucket integer, begins double, until double, names varchar[])"
    )
    for begins, until, o in _shares(given.organisers):
        connection.execute(
            "insert into demo_organisers select unnest(draw_buckets($1, $2)), $1, $2, $3", [begins, until, o.names]
        )
    for macro, words in (
        ("demo_theme", given.themes.names),
        ("demo_venue", given.venues.names),
        ("demo_street", given.venues.streets),
    ):
        listed = ", ".join("'" + word.replace("'", "''") + "'" for word in words)
        connection.execute(f"create or replace temp macro {macro}(n) as ([{listed}])[1 + n % {len(words)}]")


def _shares(rows: Sequence[W]) -> Iterator[tuple[float, float, W]]:
    """Yield each row with the range of draws (0 to 1) that its weight gives it."""
    total: int = sum(row.weight for row in rows)
    bounds = [0.0, *(part / total for part in accumulate(row.weight for row in rows))]
    yield from zip(bounds, bounds[1:], rows, strict=False)
