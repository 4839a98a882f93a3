"""Where an event is: code, then postcode and name, then coordinates, then text; a conflict is a finding."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from campaign.core.settings import DATA
from campaign.publish import placing
from tests.records import build, events_of, findings_of, record

pytestmark = pytest.mark.rows(every=3)

RENNES = {"lat": 48.1113, "lon": -1.6778}
LYON = {"lat": 45.758, "lon": 4.835}
MONTREAL = {"lat": 45.5, "lon": -73.57}

# uid: (fields, commune code, département, region of 2014, of 2016, precision, findings)
CASES: dict[str, tuple[dict[str, Any], str | None, str | None, str | None, str | None, str, set[str]]] = {
    "code": ({"commune_code": "35238"}, "35238", "35", "53", "53", "commune", set()),
    "name of today": ({"city": "Cherbourg-en-Cotentin"}, "50129", "50", "25", "28", "commune", set()),
    "name of today, postcode of a part": (
        {"postcode": "50110", "city": "Cherbourg-en-Cotentin"},
        "50129",
        "50",
        "25",
        "28",
        "commune",
        set(),
    ),
    "name of today, département": (
        {"city": "EVRY COURCOURONNES", "departement_label": "Essonne"},
        "91228",
        "91",
        "11",
        "11",
        "commune",
        set(),
    ),
    "name of today, region": (
        {"city": "Oullins-Pierre-Bénite", "region_label": "Auvergne-Rhône-Alpes"},
        "69149",
        "69",
        "82",
        "84",
        "commune",
        set(),
    ),
    "name of today, misspelt": (
        {"postcode": "49600", "city": "Beaupreau en Mauge"},
        "49023",
        "49",
        "52",
        "52",
        "commune",
        set(),
    ),
    "name of before": ({"postcode": "59430", "city": "Fort-Mardyck"}, "59183", "59", "31", "32", "commune", set()),
    "code of before": ({"commune_code": "59248"}, "59183", "59", "31", "32", "commune", set()),
    "code, zero lost": ({"commune_code": "1053"}, "01053", "01", "82", "84", "commune", set()),
    "code of a merged commune": ({"commune_code": "76108"}, "76108", "76", "23", "28", "commune", set()),
    "code before name": (
        {"commune_code": "35238", "city": "Lyon"},
        "35238",
        "35",
        "53",
        "53",
        "commune",
        {"place_conflict"},
    ),
    "code and pin": ({"commune_code": "35238", **RENNES}, "35238", "35", "53", "53", "address", set()),
    "code against pin": ({"commune_code": "35238", **LYON}, "35238", "35", "53", "53", "commune", {"place_conflict"}),
    "code against département": (
        {"commune_code": "35238", "departement_label": "Rhône"},
        "35238",
        "35",
        "53",
        "53",
        "commune",
        {"place_conflict"},
    ),
    "code against region": (
        {"commune_code": "35238", "region_label": "Île-de-France"},
        "35238",
        "35",
        "53",
        "53",
        "commune",
        {"place_conflict"},
    ),
    "postcode and name": ({"postcode": "35000", "city": "Rennes"}, "35238", "35", "53", "53", "commune", set()),
    "shouted": ({"postcode": "35 000", "city": "RENNES"}, "35238", "35", "53", "53", "commune", set()),
    "postcode, zero lost": (
        {"postcode": "1000", "city": "Bourg en Bresse"},
        "01053",
        "01",
        "82",
        "84",
        "commune",
        set(),
    ),
    "saint": ({"postcode": "42000", "city": "St Étienne"}, "42218", "42", "82", "84", "commune", set()),
    "misspelt": ({"postcode": "35000", "city": "Renne"}, "35238", "35", "53", "53", "commune", set()),
    "misspelt, by département": (
        {"city": "Villeurbane", "departement_label": "Rhône"},
        "69266",
        "69",
        "82",
        "84",
        "commune",
        set(),
    ),
    "cedex": ({"postcode": "35042", "city": "Rennes Cedex"}, "35238", "35", "53", "53", "commune", set()),
    "cedex and number": ({"postcode": "44035", "city": "NANTES CEDEX 1"}, "44109", "44", "52", "52", "commune", set()),
    "Paris cedex": ({"postcode": "75341", "city": "Paris Cedex 07"}, "75107", "75", "11", "11", "commune", set()),
    "75000": ({"postcode": "75000", "city": "Paris"}, "75056", "75", "11", "11", "commune", set()),
    "75000 alone": ({"postcode": "75000"}, "75056", "75", "11", "11", "commune", set()),
    "75116": ({"postcode": "75116", "city": "Paris"}, "75116", "75", "11", "11", "commune", set()),
    "arrondissement": ({"postcode": "75011", "city": "Paris"}, "75111", "75", "11", "11", "commune", set()),
    "arrondissement in the name": (
        {"city": "Lyon 3e", "departement_label": "69"},
        "69383",
        "69",
        "82",
        "84",
        "commune",
        set(),
    ),
    "Marseille 08": ({"postcode": "13008", "city": "Marseille 08"}, "13208", "13", "93", "93", "commune", set()),
    "all of Paris by code": (
        {"commune_code": "75056", "postcode": "75011"},
        "75111",
        "75",
        "11",
        "11",
        "commune",
        set(),
    ),
    "Lyon": ({"city": "Lyon"}, "69123", "69", "82", "84", "commune", set()),
    "South Corsica": ({"postcode": "20000", "city": "Ajaccio"}, "2A004", "2A", "94", "94", "commune", set()),
    "Upper Corsica": ({"postcode": "20200", "city": "Bastia"}, "2B033", "2B", "94", "94", "commune", set()),
    "Corsica, postcode of nobody": (
        {"postcode": "20189", "country_code": "FR"},
        None,
        "2A",
        "94",
        "94",
        "departement",
        {"unlocated"},
    ),
    "Réunion": ({"postcode": "97400", "city": "Saint-Denis"}, "97411", "974", "04", "04", "commune", set()),
    "Mayotte": ({"postcode": "97600", "city": "Mamoudzou"}, "97611", "976", "06", "06", "commune", set()),
    "namesakes": ({"city": "Saint-Denis"}, None, None, None, None, "unknown", {"unlocated", "commune_ambiguous"}),
    "namesakes, told apart": (
        {"city": "Saint-Denis", "departement_label": "Seine-Saint-Denis"},
        "93066",
        "93",
        "11",
        "11",
        "commune",
        set(),
    ),
    "two of one name and postcode": (
        {"city": "Saint-Pierre-d'Entremont", "postcode": "73670"},
        "73274",
        "73",
        "82",
        "84",
        "commune",
        {"commune_ambiguous"},
    ),
    "two of one name and postcode, their region": (
        {"city": "St Pierre d'Entremont", "postcode": "73670", "region_label": "Rhône-Alpes"},
        "73274",
        "73",
        "82",
        "84",
        "commune",
        {"commune_ambiguous"},
    ),
    "two of one name and postcode, the département": (
        {"city": "Saint-Pierre-d'Entremont", "postcode": "73670", "departement_label": "Isère"},
        "38446",
        "38",
        "82",
        "84",
        "commune",
        set(),
    ),
    "two of one name and postcode, its number in brackets": (
        {"city": "Saint-Pierre-d'Entremont (38)", "postcode": "73670"},
        "38446",
        "38",
        "82",
        "84",
        "commune",
        set(),
    ),
    "two of one name and postcode, in two regions": (
        {"city": "Thièvres", "postcode": "62760"},
        "62814",
        "62",
        "31",
        "32",
        "commune",
        {"commune_ambiguous"},
    ),
    "two of one name and postcode, the region": (
        {"city": "Thièvres", "postcode": "62760", "region_label": "Picardie"},
        "80756",
        "80",
        "22",
        "32",
        "commune",
        set(),
    ),
    "two of one name and postcode, a pin between": (
        {"city": "Thièvres", "postcode": "62760", "lat": 50.11983, "lon": 2.45961},
        "80756",
        "80",
        "22",
        "32",
        "address",
        {"commune_ambiguous"},
    ),
    "two of one name and postcode, a pin far away": (
        {"city": "Thièvres", "postcode": "62760", **LYON},
        "62814",
        "62",
        "31",
        "32",
        "commune",
        {"commune_ambiguous", "place_conflict"},
    ),
    "two of one name in a département": (
        {"city": "Castillon", "departement_label": "Pyrénées-Atlantiques"},
        None,
        "64",
        "72",
        "75",
        "departement",
        {"commune_ambiguous", "unlocated"},
    ),
    "two of one name in a département, the pin": (
        {"city": "Castillon", "departement_label": "64", "lat": 43.46, "lon": -0.14},
        "64182",
        "64",
        "72",
        "75",
        "address",
        set(),
    ),
    "two of one name, the postcode": (
        {"city": "Castillon", "postcode": "64350"},
        "64182",
        "64",
        "72",
        "75",
        "commune",
        set(),
    ),
    "a name with brackets": (
        {"city": "Castillon (Canton de Lembeye)", "departement_label": "64"},
        "64182",
        "64",
        "72",
        "75",
        "commune",
        set(),
    ),
    "a name with brackets, its postcode's other": (
        {"city": "CHATEAU CHINON (CAMPAGNE)", "postcode": "58120"},
        "58063",
        "58",
        "26",
        "27",
        "commune",
        set(),
    ),
    "a name without its brackets": (
        {"city": "Château-Chinon", "postcode": "58120"},
        "58062",
        "58",
        "26",
        "27",
        "commune",
        {"commune_ambiguous"},
    ),
    "article in brackets": ({"city": "MANS (LE)", "postcode": "72000"}, "72181", "72", "52", "52", "commune", set()),
    "article after a comma": (
        {"city": "Abergement-Clémenciat, L'", "departement_label": "Ain"},
        "01001",
        "01",
        "82",
        "84",
        "commune",
        set(),
    ),
    "département in brackets": (
        {"city": "Saint-Denis (La Réunion)"},
        "97411",
        "974",
        "04",
        "04",
        "commune",
        set(),
    ),
    "neighbouring city in brackets": (
        {"city": "Aubervilliers (Paris)"},
        "93001",
        "93",
        "11",
        "11",
        "commune",
        set(),
    ),
    "département against a postcode of nobody": (
        {"city": "Saint-Pierre-d'Entremont", "postcode": "73999", "departement_label": "Isère"},
        "38446",
        "38",
        "82",
        "84",
        "commune",
        {"place_conflict"},
    ),
    "name and département against the postcode": (
        {"city": "Rennes", "postcode": "44000", "departement_label": "Ille-et-Vilaine"},
        "35238",
        "35",
        "53",
        "53",
        "commune",
        {"place_conflict"},
    ),
    "name and region": ({"city": "Redon", "region_label": "Bretagne"}, "35236", "35", "53", "53", "commune", set()),
    "address holds both": (
        {"address": "2 rue du Port, 35000 Rennes, France"},
        "35238",
        "35",
        "53",
        "53",
        "commune",
        set(),
    ),
    "town holds the postcode": ({"city": "35000 Rennes"}, "35238", "35", "53", "53", "commune", set()),
    "pin alone": (RENNES, "35238", "35", "53", "53", "address", set()),
    "pin before département": (
        {**RENNES, "departement_label": "Rhône"},
        "35238",
        "35",
        "53",
        "53",
        "address",
        {"place_conflict"},
    ),
    "pin before a name alone": (
        {**RENNES, "city": "Lyon"},
        "35238",
        "35",
        "53",
        "53",
        "address",
        {"place_conflict"},
    ),
    "pin before a postcode alone": (
        {**RENNES, "postcode": "69003"},
        "35238",
        "35",
        "53",
        "53",
        "address",
        {"place_conflict"},
    ),
    "swapped": (
        {"postcode": "35000", "city": "Rennes", "lat": -1.6778, "lon": 48.1113},
        "35238",
        "35",
        "53",
        "53",
        "address",
        {"coordinates_swapped"},
    ),
    "swapped alone": ({"lat": -1.6778, "lon": 48.1113}, "35238", "35", "53", "53", "address", {"coordinates_swapped"}),
    "null island": (
        {"postcode": "35000", "city": "Rennes", "lat": 0.0, "lon": 0.0},
        "35238",
        "35",
        "53",
        "53",
        "commune",
        {"coordinates_unusable"},
    ),
    "null island alone": (
        {"lat": 0.0, "lon": 0.0},
        None,
        None,
        None,
        None,
        "unknown",
        {"coordinates_unusable", "unlocated"},
    ),
    "half a pin": (
        {"city": "Rennes", "postcode": "35000", "lat": 48.1},
        "35238",
        "35",
        "53",
        "53",
        "commune",
        {"coordinates_unusable"},
    ),
    "at sea": (
        {"lat": 46.0, "lon": -6.5},
        None,
        None,
        None,
        None,
        "unknown",
        {"coordinates_unusable", "unlocated"},
    ),
    "at sea, town known": (
        {"postcode": "35000", "city": "Rennes", "lat": 46.0, "lon": -6.5},
        "35238",
        "35",
        "53",
        "53",
        "commune",
        {"place_conflict"},
    ),
    "a quay": ({"lat": 48.655, "lon": -2.01}, "35288", "35", "53", "53", "address", set()),
    "deep in Guyane": ({"lat": 3.64, "lon": -54.03}, "97353", "973", "03", "03", "address", set()),
    "abroad by country": (
        {"city": "Bruxelles", "postcode": "1000", "country_code": "BE", "lat": 50.85, "lon": 4.35},
        None,
        None,
        None,
        None,
        "address",
        {"outside_france"},
    ),
    "abroad by pin": ({"city": "Montréal", **MONTREAL}, None, None, None, None, "address", {"outside_france"}),
    "abroad, postcode like ours": (
        {"city": "Berlin", "postcode": "10115"},
        None,
        None,
        None,
        None,
        "unknown",
        {"unlocated"},
    ),
    "Geneva, 4 digits": (
        {"city": "Genève", "postcode": "1204"},
        None,
        None,
        None,
        None,
        "unknown",
        {"unlocated", "value_not_understood"},
    ),
    "Saint-Martin": (
        {"postcode": "97150", "city": "Saint-Martin", "lat": 18.07, "lon": -63.08},
        None,
        None,
        None,
        None,
        "address",
        {"outside_101"},
    ),
    "Saint-Barthélemy": (
        {"postcode": "97133", "city": "Gustavia"},
        None,
        None,
        None,
        None,
        "unknown",
        {"outside_101", "unlocated"},
    ),
    "Saint-Pierre-et-Miquelon": (
        {"postcode": "97500", "city": "Saint-Pierre"},
        None,
        None,
        None,
        None,
        "unknown",
        {"outside_101", "unlocated"},
    ),
    "Nouméa by code": ({"commune_code": "98818"}, None, None, None, None, "unknown", {"outside_101", "unlocated"}),
    "Nouméa by pin": ({"lat": -22.27, "lon": 166.44}, None, None, None, None, "address", {"outside_101"}),
    "Papeete by country": (
        {"city": "Papeete", "country_code": "PF"},
        None,
        None,
        None,
        None,
        "unknown",
        {"outside_101", "unlocated"},
    ),
    "département only": (
        {"departement_label": "Ille-et-Vilaine"},
        None,
        "35",
        "53",
        "53",
        "departement",
        {"unlocated"},
    ),
    "département by number": ({"departement_label": "35"}, None, "35", "53", "53", "departement", {"unlocated"}),
    "département and number": (
        {"departement_label": "Loire (42)"},
        None,
        "42",
        "82",
        "84",
        "departement",
        {"unlocated"},
    ),
    "département, in words": (
        {"departement_label": "Département de la Loire"},
        None,
        "42",
        "82",
        "84",
        "departement",
        {"unlocated"},
    ),
    "postcode of nobody": (
        {"postcode": "35999", "country_code": "FR"},
        None,
        "35",
        "53",
        "53",
        "departement",
        {"unlocated"},
    ),
    "region only": ({"region_label": "BRETAGNE"}, None, None, "53", "53", "region", {"unlocated"}),
    "region of 2014": ({"region_label": "Alsace"}, None, None, "42", "44", "region", {"unlocated"}),
    "region of 2016 that was one": (
        {"region_label": "Centre-Val de Loire"},
        None,
        None,
        "24",
        "24",
        "region",
        {"unlocated"},
    ),
    "region of 2016 made of several": ({"region_label": "Grand Est"}, None, None, None, "44", "region", {"unlocated"}),
    "nothing": ({}, None, None, None, None, "unknown", {"unlocated"}),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("places") / "campaign.duckdb"
    build(db, [record(uid, title=uid, **fields) for uid, (fields, *_) in CASES.items()])
    return db


@pytest.mark.parametrize("uid", CASES)
def test_place(built: Path, uid: str) -> None:
    _, *expected, findings = CASES[uid]
    places = events_of(
        built, "commune_code", "departement_code", "region_2014_code", "region_2016_code", "place_precision"
    )
    assert list(places[uid]) == expected
    assert findings_of(built).get(uid, set()) - {"duplicate"} == findings  # titles of these cases resemble each other


def test_placement_follows_precision(built: Path) -> None:
    for precision, placement in events_of(built, "place_precision", "placement").values():
        assert placement == ("located" if precision in ("address", "commune") else "unlocated")


def test_a_pin_that_is_not_believed_gives_way_to_the_commune(built: Path) -> None:
    lat, lon = events_of(built, "lat", "lon")["code against pin"]
    assert abs(lat - 48.11) < 0.03
    assert abs(lon + 1.68) < 0.05


def test_swapped_coordinates_are_turned_round(built: Path) -> None:
    assert events_of(built, "lat", "lon")["swapped"] == (48.1113, -1.6778)


def test_a_place_abroad_keeps_its_pin(built: Path) -> None:
    assert events_of(built, "lat", "lon", "commune")["abroad by pin"] == (45.5, -73.57, "Montréal")


def test_local_time_is_that_of_the_territory(built: Path) -> None:
    zones = events_of(built, "timezone", "starts_at")
    assert zones["Réunion"][0] == "Indian/Reunion"
    assert zones["Réunion"][1].isoformat() == "2014-11-05T14:00:00+00:00"
    assert zones["Lyon"][1].isoformat() == "2014-11-05T17:00:00+00:00"


def test_online_events_have_no_place(tmp_path: Path) -> None:
    paris = {
        "city": "Paris",
        "postcode": "75000",
        "address": "1 place",
        "lat": 48.85,
        "lon": 2.35,
        "region_label": "Île-de-France",
    }
    db = tmp_path / "campaign.duckdb"
    build(
        db,
        [
            record("online", attendance_mode="online", **paris),
            record("moved", status="moved_online", attendance_mode="on_site", **paris),
            record("mixed", attendance_mode="mixed", **paris),
            record("mixed, nowhere", attendance_mode="mixed"),
            record("null place", attendance_mode="online"),
        ],
        chamber_region_2014="73",
        chamber_region_2016="76",
    )
    events = events_of(
        db, "placement", "attendance_mode", "commune", "commune_code", "departement_code", "lat", "lon", "address",
        "region_2014_code", "region_2016_code",
    )  # fmt: skip
    online = ("online", "online", None, None, None, None, None, None, "73", "76")
    assert events["online"] == events["moved"] == events["null place"] == online
    assert events["mixed"][:4] == ("located", "mixed", "Paris", "75056")
    assert events["mixed, nowhere"][:2] == ("unlocated", "mixed")
    assert findings_of(db) == {"mixed, nowhere": {"unlocated"}}


def test_online_events_of_no_chamber_have_no_region(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, [record("online", attendance_mode="online", city="Paris", region_label="Île-de-France")])
    assert events_of(db, "region_2014_code", "region_2016_code")["online"] == (None, None)


PINS = (
    (48.89568, 2.387654, "75119"),  # Cité des sciences: nearer to the middle of Pantin
    (48.8377, 2.4443, "75112"),  # bois de Vincennes: nearer to that of Vincennes
    (48.8962, 2.4012, "93055"),  # Pantin
    (45.7791, 4.8037, "69389"),  # Lyon, Vaise
    (45.4391, 4.3872, "42218"),  # Saint-Étienne
    (-20.8789, 55.4481, "97411"),  # Saint-Denis, La Réunion
    (41.9192, 8.7386, "2A004"),  # Ajaccio
)


def test_a_pin_is_in_the_departement_that_holds_it(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, [record(f"pin of {code}", lat=lat, lon=lon) for lat, lon, code in PINS])
    assert events_of(db, "commune_code") == {f"pin of {code}": code for _lat, _lon, code in PINS}


def test_every_name_and_postcode_of_two_communes_is_told(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        shared = connection.execute(
            """
            select nom, postcode
            from (select nom, code, unnest(codes_postaux) as postcode from read_parquet($path) where type = 'commune')
            group by all having count(*) > 1 order by all
            """,
            {"path": str(DATA / "geo" / "communes_2014.parquet")},
        ).fetchall()
    assert shared == [("Saint-Pierre-d'Entremont", "73670"), ("Thièvres", "62760")]
    db = tmp_path / "campaign.duckdb"
    build(db, [record(code, city=name, postcode=code) for name, code in shared])
    assert findings_of(db) == {code: {"commune_ambiguous"} for _name, code in shared}


def test_records_without_a_pin_are_looked_at_as_with_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """no_pins.sql makes the tables that locate_pins.sql makes where no record has a pin, without planning all of it."""
    tables = []
    execute = placing.execute

    def both(connection: duckdb.DuckDBPyConnection, name: str) -> None:
        for each in ("locate_pins.sql", name) if name == "no_pins.sql" else (name,):
            execute(connection, each)
            if each in ("locate_pins.sql", "no_pins.sql"):
                tables.append(
                    [
                        connection.execute(f"{what} {table}").fetchall()
                        for table in ("pin_communes", "pin_choices")
                        for what in ("describe", "from")
                    ]
                )

    monkeypatch.setattr(placing, "execute", both)
    build(tmp_path / "campaign.duckdb", [record("a", city="Rennes", postcode="35000"), record("b", lat=48.11)])
    at_length, short = tables
    assert short == at_length


def test_a_country_at_the_end_of_one_address_is_not_that_of_another(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    tournai = {"postcode": "7500", "city": "Tournai"}
    addresses = {"a": "2 rue Haute", "b": "2 rue Haute, Belgique", "c": "2 rue Haute (étage 1)"}
    build(db, [record(uid, title=uid, address=address, **tournai) for uid, address in addresses.items()])
    assert [uid for uid, kinds in sorted(findings_of(db).items()) if "outside_france" in kinds] == ["b"]
