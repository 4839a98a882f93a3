"""An event has the commune of its day, whatever year's code or name its file gives; filters and records follow what became of it."""

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from campaign import store
from campaign.core import language
from campaign.core.settings import settings
from campaign.exports import files
from campaign.exports.columns import batches, records
from campaign.filters import Filters, parse, places
from campaign.filters.clauses import commune_name
from campaign.publish import migrate, pipeline
from campaign.view.frame import place_field
from tests.records import Record, build, events_of, record, rows_of


def on(day: str, uid: str, **fields: object) -> Record:
    return record(uid, title="Rencontre", timings=[(f"{day}T18:00", f"{day}T20:00")], **fields)


OCTEVILLE, EQUEURDREVILLE, COTENTIN = "Cherbourg-Octeville", "Équeurdreville-Hainneville", "Cherbourg-en-Cotentin"

RECORDS: tuple[Record, ...] = (
    on("2014-11-05", "octeville-2014", postcode="50100", city=OCTEVILLE),
    on("2014-11-06", "cotentin-2014", postcode="50100", city=COTENTIN),
    on("2014-11-07", "equeurdreville-2014", commune_code="50173"),
    on("2026-11-05", "octeville-2026", postcode="50100", city=OCTEVILLE),
    on("2026-11-06", "cotentin-2026", postcode="50100", city=COTENTIN),
    on("2026-11-07", "equeurdreville-2026", commune_code="50173"),
    on("2014-11-05", "gernicourt-2014", commune_code="02344"),
    on("2016-12-31", "gernicourt-2016", commune_code="51664"),
    on("2018-11-05", "gernicourt-2018", commune_code="02344"),
    on("2018-11-05", "celles-2018", commune_code="15031"),
    on("2026-11-05", "celles-2026", commune_code="15031"),
    on("2013-11-05", "bihorel-2013", postcode="76420", city="Bihorel"),
    on("2014-11-05", "bihorel-2014", postcode="76420", city="Bihorel"),
    on("2008-11-05", "nuelles-2008", commune_code="69144"),
    on("2026-11-05", "nuelles-2026", commune_code="69144"),
    on("2026-11-05", "evry-2026", postcode="91000", city="Évry"),
    on("2026-11-05", "beaupreau-2026", postcode="49600", city="Beaupréau"),
    on("2014-11-05", "paris-2014", postcode="75011", city="Paris"),
    on("2026-11-05", "online-2026", attendance_mode="online", postcode="50100", city=OCTEVILLE),
    record("undated-2026", title="Rencontre", timings=[], edition_hint=2026, postcode="50100", city=OCTEVILLE),
)

# code, name, region of 2014, of 2016, code today
EXPECTED: dict[str, tuple[str | None, ...]] = {
    "octeville-2014": ("50129", OCTEVILLE, "25", "28", "50129"),
    "cotentin-2014": ("50129", OCTEVILLE, "25", "28", "50129"),
    "equeurdreville-2014": ("50173", EQUEURDREVILLE, "25", "28", "50129"),
    "octeville-2026": ("50129", COTENTIN, "25", "28", "50129"),
    "cotentin-2026": ("50129", COTENTIN, "25", "28", "50129"),
    "equeurdreville-2026": ("50129", COTENTIN, "25", "28", "50129"),
    "undated-2026": ("50129", COTENTIN, "25", "28", "50129"),
    "gernicourt-2014": ("02344", "Gernicourt", "22", "32", "51171"),
    "gernicourt-2016": ("51664", "Gernicourt", "21", "44", "51171"),
    "gernicourt-2018": ("51171", "Cormicy", "21", "44", "51171"),
    "celles-2018": ("15141", "Neussargues en Pinatelle", "83", "84", "15141"),
    "celles-2026": ("15031", "Celles", "83", "84", "15031"),
    "bihorel-2013": ("76108", "Bois-Guillaume-Bihorel", "23", "28", "76108"),
    "bihorel-2014": ("76095", "Bihorel", "23", "28", "76095"),
    "nuelles-2008": ("69144", "Nuelles", "82", "84", "69208"),
    "nuelles-2026": ("69208", "Saint-Germain-Nuelles", "82", "84", "69208"),
    "evry-2026": ("91228", "Évry-Courcouronnes", "11", "11", "91228"),
    "beaupreau-2026": ("49023", "Beaupréau-en-Mauges", "52", "52", "49023"),
    "paris-2014": ("75111", "Paris 11e Arrondissement", "11", "11", "75111"),
    "online-2026": (None, None, None, None, None),
}


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("communes") / "campaign.duckdb"
    assert build(path, list(RECORDS)).rejected == 0
    return path


@pytest.fixture
def reading(db: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(settings(), "db", db)
    with store.snapshot():
        yield db


def uids(**query: str) -> set[str]:
    chosen = parse([("edition", query.pop("edition", "all")), *query.items()])
    known = {event_id: uid for uid, event_id in events_of(settings().db, "event_id").items()}
    return {known[row["event_id"]] for batch in batches(chosen) for row in records(batch)}


# The reference ----------------------------------------------------------------------------------------------------------


@pytest.mark.in_turn
def test_every_day_has_one_commune_for_every_code(db: Path) -> None:
    assert not rows_of(
        db,
        """
        select * from (
            select *, lead(valid_from) over (partition by commune_code order by valid_from) as following from commune_periods
        ) where valid_to is distinct from following
        """,
    )
    assert not rows_of(
        db,
        """
        select h.commune_code from commune_periods as h
        where not exists (
            from commune_periods as p
            where
                p.commune_code = h.held_code and p.held_code = p.commune_code and p.valid_from <= h.valid_from
                and (p.valid_to is null or h.valid_to <= p.valid_to)
        )
        """,
    )


@pytest.mark.parametrize(
    ("day", "n"), [("2008-11-01", 36_700), ("2014-01-01", 36_682), ("2015-01-01", 36_658), ("2026-11-01", 34_875)]
)
def test_as_many_communes_are_in_force_as_insee_counts(db: Path, day: str, n: int) -> None:
    counts = rows_of(
        db,
        f"""
        select count(*) from commune_periods
        where
            kind = 'commune' and held_code = commune_code and valid_from <= date '{day}'
            and (valid_to is null or valid_to > date '{day}')
        """,
    )
    assert counts == [(n,)]


def test_what_stands_for_a_commune_today_is_what_the_reference_says(db: Path) -> None:
    wrong = rows_of(
        db,
        """
        select h.commune_code, h.held_code, p.successor_code
        from commune_periods as h
        inner join (
            select commune_code, arg_max(successor_code, valid_from) as successor_code
            from 'data/geo/communes_over_time.parquet' where kind = 'commune' group by commune_code
        ) as p using (commune_code)
        where h.valid_to is null and h.held_code <> p.successor_code
        """,
    )
    assert wrong == []


# Events -----------------------------------------------------------------------------------------------------------------


def test_an_event_has_the_commune_of_its_day(db: Path) -> None:
    columns = ("commune_code", "commune", "region_2014_code", "region_2016_code", "commune_code_now")
    assert events_of(db, *columns) == EXPECTED


def test_an_event_without_a_day_has_the_commune_of_its_edition(db: Path) -> None:
    assert events_of(db, "placed_on")["undated-2026"] == date(2026, 11, 1)


@pytest.mark.usefixtures("reading")
def test_exports_say_the_commune_of_the_day_and_of_today(db: Path) -> None:
    own = store.query("event", chosen=Filters(), event_id=events_of(db, "event_id")["octeville-2014"]).one
    assert (own["commune"], own["commune_now"]) == (OCTEVILLE, COTENTIN)
    chosen = parse([("edition", "2014")])
    rows = [row for batch in batches(chosen) for row in records(batch)]
    communes = {(row["commune"], row["commune_code"], row["commune_code_now"]) for row in rows}
    assert {(EQUEURDREVILLE, "50173", "50129"), (OCTEVILLE, "50129", "50129")} <= communes
    stream = io.BytesIO()
    files.write("json", parse([("edition", "2026"), ("attendance_mode", "online")]), stream)
    assert [event["commune_code_now"] for event in json.loads(stream.getvalue())["events"]] == [None]
    stream = io.BytesIO()
    files.write("csv", parse([("edition", "2014")]), stream)
    assert stream.getvalue().decode().splitlines()[0].split(",")[-1] == "commune_code_now"


# Filters ----------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("reading")
@pytest.mark.parametrize(
    ("commune", "edition", "expected"),
    [
        ("50173", "2014", {"equeurdreville-2014"}),
        ("50129", "2014", {"octeville-2014", "cotentin-2014"}),
        ("50173", "2026", {"octeville-2026", "cotentin-2026", "equeurdreville-2026", "undated-2026"}),
        ("50129", "2026", {"octeville-2026", "cotentin-2026", "equeurdreville-2026", "undated-2026"}),
        ("02344", "all", {"gernicourt-2014", "gernicourt-2016", "gernicourt-2018"}),
        ("51171", "all", {"gernicourt-2018"}),
        ("15031", "2026", {"celles-2026"}),
        ("69144", "all", {"nuelles-2008", "nuelles-2026"}),
        ("75056", "2014", {"paris-2014"}),
    ],
)
def test_a_code_of_any_year_takes_the_events_of_what_became_of_it(
    commune: str, edition: str, expected: set[str]
) -> None:
    chosen = parse([("edition", edition), ("commune", commune)])
    assert uids(commune=commune, edition=edition) == expected
    assert store.query("event_totals", chosen=chosen).one["total"] == len(expected)


@pytest.mark.usefixtures("reading")
def test_a_commune_is_named_as_it_is_called_then() -> None:
    names = {
        (code, year): commune_name(code, Filters(editions=(year,)))
        for code in ("50129", "50173")
        for year in (2014, 2026)
    }
    assert names == {
        ("50129", 2014): OCTEVILLE,
        ("50129", 2026): COTENTIN,
        ("50173", 2014): EQUEURDREVILLE,
        ("50173", 2026): COTENTIN,
    }


@pytest.mark.usefixtures("reading")
@pytest.mark.parametrize("words", ["cherbourg octeville", "cherbourg en cotentin", "equeurdreville"])
def test_a_search_finds_a_place_by_the_names_that_it_was_given_and_has_today(words: str) -> None:
    assert (
        uids(q=words)
        >= {
            "cherbourg octeville": {"octeville-2014", "cotentin-2014", "octeville-2026"},
            "cherbourg en cotentin": {"octeville-2014", "equeurdreville-2014", "cotentin-2026"},
            "equeurdreville": {"equeurdreville-2014", "equeurdreville-2026"},
        }[words]
    )


@pytest.mark.usefixtures("reading")
def test_a_place_of_another_year_says_what_it_is_called_today() -> None:
    chosen = parse([("edition", "2014"), ("near", "50129")])
    assert chosen.near is not None
    assert places.name_of_today(chosen.near) == COTENTIN
    with language.use("fr"):
        named = [place_field.named(place) for place in places.named(OCTEVILLE)]
        assert named[0].startswith(f"{OCTEVILLE}, aujourd'hui {COTENTIN} (")
    rennes = parse([("edition", "2014"), ("near", "35238")]).near
    assert rennes is not None
    assert places.name_of_today(rennes) is None


# Records ----------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("reading")
def test_a_merger_is_no_new_commune() -> None:
    now = Filters(editions=(2026,))
    history = now.replace(editions=())
    first = {
        row["name"]: row["commune_code"] for row in store.query("first_time_communes", chosen=now, history=history).rows
    }
    assert COTENTIN not in first  # Cherbourg-Octeville was there in 2014
    assert "Saint-Germain-Nuelles" not in first  # Nuelles in 2008
    assert first["Beaupréau-en-Mauges"] == "49023"
    new = {row["commune"]: row["is_new"] for row in store.query("press_new_communes", chosen=now, history=history).rows}
    assert (new[COTENTIN], new["Saint-Germain-Nuelles"], new["Beaupréau-en-Mauges"]) == (False, False, True)


@pytest.mark.usefixtures("reading")
def test_communes_that_merged_since_are_still_two_in_their_edition() -> None:
    now = Filters(editions=(2014,))
    rows = store.query("first_time_communes", chosen=now, history=now.replace(editions=())).rows
    assert {"50129", "50173"} <= {row["commune_code"] for row in rows}
    assert store.query("event_distincts", chosen=now.replace(departements=("50",))).one["n_communes"] == 2


@pytest.mark.usefixtures("reading")
def test_a_merged_commune_is_neither_lost_nor_new_between_two_editions() -> None:
    parts = {
        row["part"]: row["n_names"]
        for row in store.query(
            "change_by_part",
            chosen=Filters(editions=(2026,), nomenclature=2014, departements=("50",)),
            before=Filters(editions=(2014,), departements=("50",)),
        ).rows
        if row["dimension"] == "commune"
    }
    assert parts == {"same": 1}


@pytest.mark.usefixtures("reading")
@pytest.mark.parametrize(("year", "n"), [(2014, 36_682), (2026, 34_875)])
def test_coverage_is_of_the_communes_of_the_edition(year: int, n: int) -> None:
    chosen = Filters(editions=(year,))
    whole = [
        row
        for row in store.query("population_reached", chosen=chosen, within=chosen).rows
        if row["departement_code"] is None
    ]
    assert whole[0]["n_communes"] == n
    located = store.query("event_totals", chosen=chosen).one["located"]
    assert whole[0]["n_events"] == located
    reached = store.query("communes_reached", chosen=chosen, within=chosen).rows
    assert len(reached) == n
    assert sum(row["n_events"] for row in reached) == located


# Files of before --------------------------------------------------------------------------------------------------------


@pytest.mark.in_turn
def test_a_file_of_version_6_gets_the_communes_of_its_days(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    rows = [each for each in RECORDS if not str(each["source_uid"]).startswith(("nuelles", "gernicourt-2016"))]
    build(db, rows)
    build(db, [{**rows[3], "description": "changé"}])
    columns = ("commune_code", "commune", "region_2014_code", "region_2016_code", "commune_code_now", "placed_on")
    expected, hashes = events_of(db, *columns), events_of(db, "content_hash")
    with duckdb.connect(str(db)) as connection:  # as version 6 had them: the communes of 1 January 2014
        connection.execute(
            """
            update events set commune_code = c.commune_code, commune = c.name
            from communes as c
            where c.commune_code = case
                when source_uid like 'gernicourt%' then '02344' when source_uid like 'celles%' then '15031'
                when source_uid like 'bihorel%' then '76095' when source_uid = 'equeurdreville-2026' then '50173'
                else events.commune_code end
            """
        )
        connection.execute("alter table events drop column commune_code_now")
        connection.execute("alter table events drop column placed_on")
        connection.execute("alter table event_versions drop column was.commune_code_now")
        connection.execute("alter table event_versions drop column was.placed_on")
        connection.execute("alter table duplicate_decisions rename column duplicate_of to twin_of")
        connection.execute("drop table commune_periods")
        connection.execute("alter table file_info drop column profile")
        connection.execute("update file_info set schema_version = 6")
    migration = migrate.migrate(db)
    assert migration is not None
    assert (migration.before, migration.after) == (6, pipeline.SCHEMA_VERSION)
    assert events_of(db, *columns) == expected
    assert rows_of(db, "select was.commune, was.commune_code_now from event_versions") == [(COTENTIN, "50129")]
    assert build(db, rows[:3]).unchanged == 3  # an import of the same rows changes nothing
    assert events_of(db, "content_hash") == hashes
