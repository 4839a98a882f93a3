"""`python -m tests.bench.intake`: whole imports against DuckDB's own reading of the same file, in one run.

A table of a million rows against `read_csv` with explicit columns, and 300,000 detailed events in one OpenAgenda document
against `read_json` of that document, both into a table on disk; each in a process of its own, whose peak memory is kept: medians
of three imports and seven floors. A table of forty rows, into a file that has events, against starting Python with the product's
imports: medians of several rounds.
"""

import argparse
import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import duckdb

from campaign.core.settings import DATA
from tests.bench.files import CACHE

MOST_MEMORY_MB = 2048
AIMS = {"csv": 10.0, "openagenda": 3.0, "few": 2.0}
SUFFIXES = {"csv": "csv", "openagenda": "json", "few": "csv"}
FEW = 40
ROUNDS = 5
N_IMPORTS = 3
# Starting Python with all that the product imports: the modules of every command, though a command starts without the others'.
EVERY_IMPORT = "from campaign.cli import COMMANDS, OnDemand; list(OnDemand(COMMANDS).values())"
_COMMUNES = """
    select
        row_number() over (order by code) - 1 as number,
        nom as name,
        codes_postaux[1] as postcode,
        round(lat::double, 5) as lat,
        round(lon::double, 5) as lon,
    from read_parquet($communes)
    where type = 'commune' and len(codes_postaux) > 0
"""
_CSV = f"""
    copy (
        with communes as ({_COMMUNES}), rows as (select unnest(range($n::bigint)) as i)
        select
            i as "Identifiant",
            ['Conférence sur l''emploi', 'Ciné-débat : la coopération', 'Atelier de réparation', 'Portes ouvertes',
             'Marché solidaire', 'Rencontre des acteurs', 'Visite d''entreprise', 'Soirée'][1 + i % 8] || ' n° ' || i as "Titre",
            'Une rencontre ouverte à tous pour découvrir l''économie sociale et solidaire à ' || name || '.' as "Description",
            ['Conférence', 'Ciné-débat', 'Atelier', 'Portes ouvertes', 'Salon ou marché', 'Rencontre'][1 + i % 6] as "Type",
            strftime(timestamp '2014-10-25 09:00' + interval (i % 40) day, '%Y-%m-%dT%H:%M') as "Début",
            strftime(timestamp '2014-10-25 11:00' + interval (i % 40) day, '%Y-%m-%dT%H:%M') as "Fin",
            'Salle ' || (i % 500) as "Lieu",
            (i % 90 + 1) || ' rue de la République' as "Adresse",
            postcode as "Code postal",
            name as "Ville",
            lat as "Latitude",
            lon as "Longitude",
            'Association ' || (i % 20000) as "Organisateur",
            'https://exemple.fr/evenements/' || i as "Lien",
        from rows inner join communes on number = i * 7919 % (select count(*) from communes)
        order by i
    ) to $path (header)
"""
_EVENT = f"""
    with communes as ({_COMMUNES}), rows as (select unnest(range($n::bigint)) as i)
    select to_json({{
        'uid': 10000000 + i, 'slug': 'evenement-' || i, 'title': {{'fr': 'Atelier coopératif n° ' || i}},
        'description': {{'fr': 'Une rencontre à ' || name}},
        'longDescription': {{'fr': repeat('**Un rendez-vous** pour [découvrir](https://exemple.fr) d''autres entreprises. ', 6)}},
        'keywords': {{'fr': ['emploi', 'coopération']}}, 'dateRange': {{'fr': '5 novembre, 18h00'}},
        'timings': list_transform(range(1 + i % 2), lambda k: {{
            'begin': '2014-11-' || lpad((1 + (i + k) % 28)::varchar, 2, '0') || 'T18:00:00+01:00',
            'end': '2014-11-' || lpad((1 + (i + k) % 28)::varchar, 2, '0') || 'T20:00:00+01:00'
        }}),
        'timezone': 'Europe/Paris', 'attendanceMode': 1, 'status': 1, 'state': 2,
        'location': {{
            'uid': i % 5000, 'name': 'Salle ' || (i % 500), 'address': (i % 90) || ' rue de la République', 'city': name,
            'postalCode': postcode, 'insee': null, 'department': null, 'region': null, 'countryCode': 'FR', 'latitude': lat,
            'longitude': lon, 'timezone': 'Europe/Paris'
        }},
        'originAgenda': {{'uid': 1, 'title': 'Mois de l''ESS'}}, 'age': {{'min': 0, 'max': 99}},
        'registration': [{{'type': 'link', 'value': 'https://exemple.fr/' || i}}],
        'accessibility': {{'hi': true, 'vi': false, 'pi': false, 'mi': true, 'ii': false}},
        'image': {{'filename': 'a.jpg', 'base': 'https://exemple.fr/'}}, 'createdAt': '2014-09-01T10:00:00.000Z',
        'updatedAt': '2014-09-02T10:00:00.000Z', 'featured': false, 'private': 0, 'draft': 0, 'types-d-evenements': [1 + i % 5]
    }})::varchar
    from rows inner join communes on number = i * 7919 % (select count(*) from communes)
    order by i
"""
_READ_CSV = """
    create table found as from read_csv(
        $path, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
        columns = {
            'Identifiant': 'bigint', 'Titre': 'varchar', 'Description': 'varchar', 'Type': 'varchar', 'Début': 'timestamp',
            'Fin': 'timestamp', 'Lieu': 'varchar', 'Adresse': 'varchar', 'Code postal': 'varchar', 'Ville': 'varchar',
            'Latitude': 'double', 'Longitude': 'double', 'Organisateur': 'varchar', 'Lien': 'varchar'
        }
    )
"""
_READ_JSON = (
    "create table found as select unnest(events) as event from read_json($path, maximum_object_size = 2147483647)"
)
_FLOORS = {"csv": _READ_CSV, "openagenda": _READ_JSON}


@dataclass(frozen=True)
class Measured:
    """One import against its floor, in seconds, and its peak memory."""

    format: str
    n_rows: int
    floor_s: float
    import_s: float
    ratio: float
    most_ratio: float
    memory_mb: float

    @property
    def is_reached(self) -> bool:
        """Whether time and memory are within their limits."""
        return self.ratio <= self.most_ratio and self.memory_mb <= MOST_MEMORY_MB


def written(kind: str, n_rows: int) -> Path:
    """Return a file of that many rows, writing it if it is not there yet."""
    CACHE.mkdir(parents=True, exist_ok=True)
    path = CACHE / f"intake-{n_rows}.{SUFFIXES[kind]}"
    if kind == "few":
        kind = "csv"
    if path.exists():
        return path
    given = {"communes": str(DATA / "geo" / "communes_2014.parquet"), "n": n_rows}
    part = path.with_suffix(".part")
    with duckdb.connect() as connection:
        if kind == "csv":
            connection.execute(_CSV, {**given, "path": str(part)})
        else:
            answer = connection.execute(_EVENT, given)
            with part.open("w", encoding="utf-8") as target:
                target.write(f'{{"success":true,"total":{n_rows},"events":[')
                separator = ""
                while rows := answer.fetchmany(10_000):
                    target.write(separator + ",".join(row[0] for row in rows))
                    separator = ","
                target.write("]}")
    return part.replace(path)


def floor(kind: str, path: Path, target: Path) -> None:
    """Read a file as DuckDB does, into a table on disk."""
    with duckdb.connect(str(target)) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(_FLOORS[kind], {"path": str(path)})


def timed(*words: str) -> tuple[float, float]:
    """Return how long a Python process takes, in seconds, and its peak memory in MB; it must succeed."""
    begun = time.monotonic()
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    process = os.posix_spawn(sys.executable, [sys.executable, *words], os.environ, file_actions=silent)
    _process, status, used = os.wait4(process, 0)
    assert status == 0, words
    return time.monotonic() - begun, used.ru_maxrss / 1024


def measured(kind: str, n_rows: int) -> Measured:
    """Measure one format: the median of several imports against that of floors before, between and after them.

    One read takes 2 to 4 s by chance, and a machine that others share is faster in one minute than in the next.
    """
    path = written(kind, n_rows)
    table, events = CACHE / "intake-floor.duckdb", CACHE / "intake-events.duckdb"

    def read_once() -> float:
        table.unlink(missing_ok=True)
        seconds, _memory = timed("-m", "tests.bench.intake", "--floor", kind, str(path), str(table))
        table.unlink(missing_ok=True)
        return seconds

    def import_once() -> tuple[float, float]:
        events.unlink(missing_ok=True)
        seconds, memory_mb = timed("-m", "campaign.cli", "import", str(path), "--db", str(events), "--json")
        for left in (events, *events.parent.glob(f"{events.name}.*")):
            left.unlink(missing_ok=True)
        return seconds, memory_mb

    floors, imports = [read_once()], []
    for _import in range(N_IMPORTS):
        imports.append(import_once())
        floors += [read_once(), read_once()]
    floor_s, import_s = median(floors), median(seconds for seconds, _memory in imports)
    memory_mb = max(memory_mb for _seconds, memory_mb in imports)
    return Measured(kind, n_rows, floor_s, import_s, import_s / floor_s, AIMS[kind], memory_mb)


def measured_few(n_rounds: int) -> Measured:
    """Measure an import of few rows, into a file that they are in already as after any import of the same agenda."""
    path, events = written("few", FEW), CACHE / "intake-events.duckdb"
    events.unlink(missing_ok=True)
    command = ("-m", "campaign.cli", "import", str(path), "--db", str(events), "--json")
    timed(*command)
    rounds = [(timed("-c", EVERY_IMPORT)[0], *timed(*command)) for _round in range(n_rounds)]
    for left in (events, *events.parent.glob(f"{events.name}.*")):
        left.unlink(missing_ok=True)
    floor_s, import_s, memory_mb = (median(values) for values in zip(*rounds, strict=True))
    return Measured("few", FEW, floor_s, import_s, import_s / floor_s, AIMS["few"], memory_mb)


def main() -> None:
    """Measure both formats, print what was found, keep it as JSON if asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.intake", description=__doc__)
    parser.add_argument("--floor", nargs=3, metavar=("FORMAT", "FILE", "TABLE"))
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--events", type=int, default=300_000)
    parser.add_argument("--few", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of the import of few rows")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    if given.floor:
        floor(given.floor[0], Path(given.floor[1]), Path(given.floor[2]))
        return
    results = [
        *([measured_few(given.rounds)] if given.few else []),
        *([measured("csv", given.rows)] if given.rows else []),
        *([measured("openagenda", given.events)] if given.events else []),
    ]
    for each in results:
        print(
            f"{each.format:<12}{each.n_rows:>10,} rows   {each.import_s:6.1f} s   floor {each.floor_s:5.1f} s   "
            f"ratio {each.ratio:5.2f} (at most {each.most_ratio:.0f})   {each.memory_mb:6.0f} MB (at most {MOST_MEMORY_MB})   "
            f"{'reached' if each.is_reached else 'MISSED'}"
        )
    if given.json:
        given.json.write_text(json.dumps([asdict(each) for each in results], indent=1), "utf-8")


if __name__ == "__main__":
    main()
