"""The reference tables hold what the files say, and nothing is lost on the way."""

import csv
import hashlib
import re
from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from campaign.core.settings import DATA, ROOT
from campaign.profile import profile
from campaign.publish import reference


@pytest.fixture(scope="module")
def db() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute((DATA / "schema.sql").read_text(encoding="utf-8"))
        reference.load(connection)
        yield connection


def one(db: duckdb.DuckDBPyConnection, sql: str) -> object:
    row = db.execute(sql).fetchone()
    assert row is not None
    return row[0]


def test_every_file_of_the_reference_is_listed_with_its_checksum() -> None:
    listed = {source["source_id"]: source["sha256"] for source in reference.sources() if "sha256" in source}
    campaign = profile().folder
    paths = {
        name: next(path for folder in (DATA, campaign, ROOT) if (path := folder / name).is_file()) for name in listed
    }
    present = {
        path.relative_to(DATA).as_posix() for folder in ("geo", "examples") for path in (DATA / folder).iterdir()
    }
    present |= {"chambers.csv", "types.csv", *(f"figures/{path.name}" for path in (campaign / "figures").iterdir())}
    assert present <= set(listed)
    wrong = [name for name, sha in listed.items() if hashlib.sha256(paths[name].read_bytes()).hexdigest() != sha]
    assert not wrong


def test_every_file_says_producer_title_licence_and_day() -> None:
    for source in reference.sources():
        assert source["title"]
        assert source["accessed_on"] <= date(2026, 11, 26)
        if "sha256" in source:
            assert source["producer"]
            assert source["licence"]
        else:
            assert re.match(r"https?://", source["url"])


def test_attribution_is_the_one_that_the_licence_asks_for() -> None:
    notice = " ".join((DATA / "NOTICE.md").read_text(encoding="utf-8").replace("> ", "").split())
    assert "© IGN, ADMIN EXPRESS COG 2024 ; codes, noms, populations : © INSEE, COG 2008 à 2026" in notice
    assert "Licence Ouverte 2.0" in notice


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("select count(*) from departements", 101),
        ("select count(*) from regions where nomenclature = 2014", 27),
        ("select count(*) from regions where nomenclature = 2016", 18),
        ("select count(*) from communes where kind = 'commune'", 36_682),
        ("select count(*) from communes where kind = 'arrondissement'", 45),
        ("select count(*) from chambers", 36),
        ("select count(*) from event_types", 10),
        ("select count(*) from editions", 93),
        ("select number from editions where edition = 2014", 7),
        ("select nomenclature from editions where edition = 2015", 2014),
        ("select nomenclature from editions where edition = 2016", 2016),
        ("select count(*) from chamber_regions where edition = 2014", 26),
        ("select count(distinct chamber_id) from chamber_regions where edition = 2014", 26),
        ("select chamber_id from chamber_regions where edition = 2012 and region_2014_code = '72'", "aquitaine"),
        ("select count(distinct chamber_id) from chamber_regions where edition = 2024", 18),
        ("select chamber_id from chamber_regions where edition = 2024 and region_2014_code = '73'", "occitanie"),
        ("select name from chamber_regions where edition = 2024 and region_2014_code = '24'", "Centre-Val de Loire"),
        # in liquidation since July 2025
        ("select count(*) from chamber_regions where edition = 2025 and region_2014_code in ('23', '25')", 0),
        ("select name from regions where nomenclature = 2014 and region_code = '24'", "Centre"),
        ("select name from regions where nomenclature = 2016 and region_code = '24'", "Centre-Val de Loire"),
        ("select timezone from departements where departement_code = '974'", "Indian/Reunion"),
        ("select count(*) from departements where timezone = 'Europe/Paris'", 96),
        ("select parent_code from communes where commune_code = '75116'", "75056"),
        ("select population_year from communes where commune_code = '75056'", 2016),
        # Keys that lead nowhere.
        ("select count(*) from communes anti join departements using (departement_code)", 0),
        ("select count(*) from departements where population is null", 0),
        ("select count(*) from regions where population is null", 0),
        ("select count(*) from communes where kind = 'arrondissement' and parent_code is null", 0),
        ("select count(*) from communes where search_name is null", 0),
        ("select count(*) from official_figures anti join sources using (source_id)", 0),
        (
            "select count(*) from (select unnest(region_2014_codes) as region_code from chambers) as codes"
            " anti join regions on nomenclature = 2014 and codes.region_code = regions.region_code",
            0,
        ),
        (
            "select count(*) from official_figures as f anti join regions as r"
            " on f.territory_level = 'region_' || r.nomenclature and f.territory_code = r.region_code"
            " where f.territory_level like 'region%'",
            0,
        ),
    ],
)
def test_reference_holds(db: duckdb.DuckDBPyConnection, sql: str, expected: object) -> None:
    assert one(db, sql) == expected


def test_populations_add_up_in_both_nomenclatures(db: duckdb.DuckDBPyConnection) -> None:
    communes = one(db, "select sum(population) from communes where kind = 'commune'")
    departements = one(db, "select sum(population) from departements")
    by_nomenclature = db.sql("select sum(population) from regions group by nomenclature").fetchall()
    assert communes == departements
    assert by_nomenclature == [(communes,), (communes,)]
    assert 66_000_000 < float(str(communes)) < 67_000_000


def test_chambers_are_the_regions_of_2014_without_mayotte(db: duckdb.DuckDBPyConnection) -> None:
    without = db.sql(
        "select name from regions where nomenclature = 2014 and region_code not in"
        " (select region_2014_code from chamber_regions where edition = 2014)"
    ).fetchall()
    assert without == [("Mayotte",)]


def test_every_published_figure_is_kept(db: duckdb.DuckDBPyConnection) -> None:
    rows = 0
    for name in ("editions", "edition_regions", "edition_types"):
        with (profile().folder / "figures" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows += sum(1 for _ in csv.DictReader(file))
    assert one(db, "select count(*) from official_figures") == rows


def test_one_headline_at_most_per_edition_and_the_founding_one(db: duckdb.DuckDBPyConnection) -> None:
    known = db.sql(
        "select edition, value from official_figures where is_headline and edition < 2015 order by 1"
    ).fetchall()
    assert known == [(2009, 1100), (2010, 1513), (2011, 1732), (2012, 1707), (2013, 2000), (2014, 1700)]
    headlines = db.sql(
        "select edition, count(*) as n from official_figures where is_headline group by edition having n > 1"
    ).fetchall()
    assert headlines == []
    figure = db.sql(
        "select value, qualifier, stage, territory_level, metric from official_figures"
        " where is_headline and edition = 2014"
    ).fetchone()
    assert figure == (1700, "more_than", "announced", "country", "events")


@pytest.mark.parametrize(
    ("edition", "name", "level", "code"),
    [
        (2008, "Provence-Alpes-Côte d'Azur", "region_2014", "93"),
        (2016, "Alsace", "region_2014", "42"),
        (2017, "Bretagne", "region_2016", "53"),
        (2017, "Occitanie", "region_2016", "76"),
        (None, "Nouvelle-Aquitaine", "region_2016", "75"),
        (2024, "Outre-mer", "other", None),
        (2008, "Bouches-du-Rhône (PACA)", "other", None),
        (2015, "Bourgogne et Franche-Comté", "other", None),
        (2012, "Picardie", "region_2014", "22"),
    ],
)
def test_figures_stand_at_their_territory(
    db: duckdb.DuckDBPyConnection, edition: int | None, name: str, level: str, code: str | None
) -> None:
    territories = db.execute(
        "select distinct territory_level, territory_code from official_figures"
        " where edition is not distinct from $edition and territory_name = $name",
        {"edition": edition, "name": name},
    ).fetchall()
    assert territories == [(level, code)]


def test_figures_by_theme_of_one_region_do_not_speak_for_the_country(db: duckdb.DuckDBPyConnection) -> None:
    themes = db.sql(
        "select distinct edition, territory_name from official_figures where category like 'thème%' order by all"
    ).fetchall()
    assert themes == [(2012, "Picardie"), (2015, "Bourgogne et Franche-Comté"), (2016, "Alsace"), (None, "France")]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Saint-Étienne", "saint etienne"),
        ("ST ETIENNE CEDEX 02", "saint etienne"),
        ("  st.-etienne ", "saint etienne"),
        ("Ste Foy-l’Argentière", "sainte foy l argentiere"),
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("Œuilly", "oeuilly"),
        ("Chalon s/ Saône", "chalon sur saone"),
        ("Châtillon s/s Bagneux", "chatillon sous bagneux"),
        ("Esternay", "esternay"),
        ("Paris 8e Cedex", "paris 8e"),
        (" - ", None),
        (None, None),
    ],
)
def test_place_key(db: duckdb.DuckDBPyConnection, name: str | None, key: str | None) -> None:
    row = db.execute("select place_key($name::varchar)", {"name": name}).fetchone()
    assert row == (key,)
