"""Places as people write them: numbers of départements, several towns, countries, arrondissements, towns within addresses."""

from pathlib import Path
from typing import Any

import pytest

from tests.records import build, events_of, findings_of, record, rows_of

pytestmark = pytest.mark.rows(every=3)

# fields: (commune code, département, findings)
CASES: list[tuple[dict[str, Any], str | None, str | None, set[str]]] = [
    ({"city": "Vannes (56)"}, "56260", "56", set()),
    ({"city": "56 – Vannes"}, "56260", "56", set()),
    ({"city": "(56) Vannes"}, "56260", "56", set()),
    ({"city": "Vannes 56"}, "56260", "56", set()),
    ({"city": "Vannes - 56"}, "56260", "56", set()),
    ({"city": "Saint-Pierre (974)"}, "97416", "974", set()),
    ({"city": "Saint-Denis, La Réunion"}, "97411", "974", set()),
    ({"city": "Laval, Mayenne"}, "53130", "53", set()),
    ({"city": "Lyon 7e"}, "69387", "69", set()),
    ({"city": "Lyon VIIe"}, "69387", "69", set()),
    ({"city": "Paris (18e)"}, "75118", "75", set()),
    ({"city": "Paris 18ème arrondissement"}, "75118", "75", set()),
    ({"city": "Marseille 5"}, "13205", "13", set()),
    ({"city": "Paris", "postcode": "75018", "commune_code": "75056"}, "75118", "75", set()),
    ({"city": "Lyon 3e et Lyon 7e"}, "69123", "69", set()),
    ({"address": "12 rue Haute, 91150 Étampes"}, "91223", "91", set()),
    ({"address": "12 rue Haute, 56 000 Vannes"}, "56260", "56", set()),
    ({"address": "56 000 Vannes"}, "56260", "56", set()),
    ({"address": "12 rue Haute - 56.000 VANNES"}, "56260", "56", set()),
    ({"address": "Lot 12 345, rue Haute"}, None, None, {"unlocated"}),
    ({"city": "Au Mans"}, "72181", "72", set()),
    ({"city": "au bois"}, None, None, {"unlocated"}),
    ({"address": "Montélimar, 26200"}, "26198", "26", set()),
    ({"address": "Salle des fêtes, Allan, 26780, France"}, "26005", "26", set()),
    ({"address": "Allan (26780)"}, "26005", "26", set()),
    ({"address": "CS 44000, 29200 Brest"}, "29019", "29", set()),
    ({"city": "Allan 26780"}, "26005", "26", set()),
    ({"city": "Médiathèque, Vannes"}, "56260", "56", set()),
    ({"city": "Brest - Saint-Marc", "postcode": "29200"}, "29019", "29", set()),
    ({"city": "Neuville s/ Saône"}, "69143", "69", set()),
    ({"city": "Sainte-Luce/Loire"}, "44172", "44", set()),
    ({"city": "SAINTE-LUCE/LOIRE Cedex", "postcode": "44985"}, "44172", "44", set()),
    ({"address": "6 boulevard des Pâtureaux – 44985 SAINTE-LUCE/LOIRE Cedex"}, "44172", "44", set()),
    ({"city": "Rennes/Nantes"}, None, None, {"unlocated", "commune_ambiguous"}),
    ({"city": "Val et Châtillon"}, "54540", "54", set()),
    ({"city": "Quimper et Brest"}, None, "29", {"commune_ambiguous", "unlocated"}),
    ({"city": "Vannes, puis Quimper"}, None, None, {"commune_ambiguous", "unlocated"}),
    ({"city": "Villes de Vannes et Quimper"}, None, None, {"commune_ambiguous", "unlocated"}),
    ({"city": "Vannes / Quimper"}, None, None, {"commune_ambiguous", "unlocated"}),
    ({"city": "Vannes (56), Quimper (29)"}, None, None, {"commune_ambiguous", "unlocated"}),
    ({"city": "Vannes + Lorient", "postcode": "56000, 56100"}, None, "56", {"commune_ambiguous", "unlocated"}),
    ({"city": "Nantes", "postcode": "44000 - 44100 - 44300"}, "44109", "44", set()),
    ({"city": "La Mayenne"}, None, "53", {"unlocated"}),
    ({"departement_label": "La Creuse"}, None, "23", {"unlocated"}),
    ({"departement_label": "Loire (Haute)"}, None, "43", {"unlocated"}),
    ({"departement_label": "023"}, None, "23", {"unlocated"}),
    ({"departement_label": "44 / 56"}, None, None, {"unlocated", "value_not_understood"}),
    ({"departement_label": "Finistère et Morbihan"}, None, None, {"unlocated", "value_not_understood"}),
    ({"commune_code": "1053.0"}, "01053", "01", set()),
    ({"commune_code": "01 053"}, "01053", "01", set()),
    ({"city": "Bourg-en-Bresse", "postcode": "1000,0"}, "01053", "01", set()),
    ({"city": "Gent", "postcode": "9000"}, None, None, {"unlocated", "value_not_understood"}),
    ({"city": "Bern", "postcode": "CH-3000"}, None, None, {"unlocated", "outside_france"}),
    ({"city": "Liège (Belgique)"}, None, None, {"unlocated", "outside_france"}),
    ({"city": "Barcelone - Espagne"}, None, None, {"unlocated", "outside_france"}),
    ({"city": "Genève / Suisse"}, None, None, {"unlocated", "outside_france"}),
    ({"city": "Vannes - France"}, "56260", "56", set()),
    ({"city": "Turin, Italie"}, None, None, {"unlocated", "outside_france"}),
    ({"address": "Piccadilly, London, United Kingdom"}, None, None, {"unlocated", "outside_france"}),
    ({"city": "SAINT DENIS CEDEX 9", "postcode": "97801"}, "97411", "974", set()),
    ({"city": "Marigot", "postcode": "97800"}, None, None, {"unlocated", "outside_101"}),
    ({"commune_code": "29019", "city": "Lille"}, "29019", "29", {"place_conflict"}),
    ({"commune_code": "59350", "city": "Lomme"}, "59350", "59", set()),
    ({"city": "à Vannes"}, "56260", "56", set()),
    ({"city": "Vannes : maison des associations"}, "56260", "56", set()),
    ({"city": "Fontenay ss Bois"}, "94033", "94", set()),
    ({"city": "Ville de Vannes"}, "56260", "56", set()),
    ({"city": "Au Mans"}, "72181", "72", set()),
    ({"city": "Vannes [56]"}, "56260", "56", set()),
    ({"city": "Vannes, Bretagne"}, "56260", "56", set()),
    ({"city": "FR-56000 Vannes"}, "56260", "56", set()),
    ({"city": "56 000 Vannes, France"}, "56260", "56", set()),
    ({"city": "CLERMONT FD"}, "63113", "63", set()),
    ({"city": "Saint-Denis", "country_code": "RE"}, "97411", "974", set()),
    ({"departement_label": "dép. 23"}, None, "23", {"unlocated"}),
    ({"city": "Saint-Aubin"}, None, None, {"unlocated", "commune_ambiguous"}),
    ({"city": "Brest (salle) à Rennes"}, None, None, {"unlocated", "commune_ambiguous"}),
    ({"city": "Vannes (puis Lorient)"}, None, "56", {"unlocated", "commune_ambiguous"}),
    ({"city": "Brest Recouvrance"}, "29019", "29", set()),
    ({"city": "Lille-Fives"}, "59350", "59", set()),
    ({"city": "Rennes Le Blosne", "postcode": "35200"}, "35238", "35", set()),
    ({"city": "Nantes Île de Nantes"}, "44109", "44", set()),
    ({"city": "Paris Nord Villepinte"}, None, None, {"unlocated"}),
    ({"city": "Paris La Défense"}, None, None, {"unlocated"}),
    ({"city": "Rennes", "lat": 48.11, "lon": 1.68}, "35238", "35", {"place_conflict"}),
    ({"city": "Orange Bleue"}, None, None, {"unlocated"}),
    ({"city": "Rennes et Nantes", "postcode": "35000"}, None, None, {"unlocated", "commune_ambiguous"}),
    ({"city": "Brest et Saint-Marc", "postcode": "29200"}, "29019", "29", set()),
    (
        {"address": "5 rue Haute, 35000 Rennes et 3 rue Basse, 44000 Nantes"},
        None,
        None,
        {"unlocated", "commune_ambiguous"},
    ),
    (
        {"address": "5 rue Haute, 35000 Rennes - 3 rue Basse, 35400 Saint-Malo"},
        None,
        "35",
        {"unlocated", "commune_ambiguous"},
    ),
    ({"address": "5 rue Haute, 35000 Rennes (entrée : 7 rue Haute, 35000 Rennes)"}, "35238", "35", set()),
    ({"address": "Bureau 12345, 5 rue Haute, 35000 Rennes"}, "35238", "35", set()),
    ({"city": "Brest", "lat": 47.0, "lon": 2.0}, "29019", "29", {"coordinates_unusable"}),
    ({"city": "Rennes Métropole"}, None, "35", {"unlocated", "commune_ambiguous"}),
    ({"city": "CC du Pays de Redon"}, None, "35", {"unlocated", "commune_ambiguous"}),
    ({"city": "Le Grand Lyon"}, None, "69", {"unlocated", "commune_ambiguous"}),
    ({"city": "Brest Métropole Océane"}, None, "29", {"unlocated", "commune_ambiguous"}),
    ({"city": "Grenoble-Alpes-Métropole"}, None, "38", {"unlocated", "commune_ambiguous"}),
    ({"city": "Nantes (agglomération)"}, None, "44", {"unlocated", "commune_ambiguous"}),
    ({"city": "Environs de Nantes"}, None, "44", {"unlocated", "commune_ambiguous"}),
    ({"city": "Agglomération du Havre"}, None, "76", {"unlocated", "commune_ambiguous"}),
    ({"city": "Eurométropole de Strasbourg"}, None, "67", {"unlocated", "commune_ambiguous"}),
    ({"city": "Métropole du Grand Paris"}, None, None, {"unlocated", "commune_ambiguous"}),  # of four départements
    ({"city": "Rennes Métropole", "region_label": "Normandie"}, None, None, {"unlocated"}),
    ({"city": "Rennes Métropole", "lat": 48.11, "lon": -1.68}, "35238", "35", {"commune_unrecognised"}),
    ({"city": "Pays de Retz"}, None, None, {"unlocated"}),
    ({"city": "Grand Palais"}, None, None, {"unlocated"}),
    ({"city": "Trifouilly (35)"}, None, "35", {"unlocated"}),
    ({"city": "Trifouilly (35)", "region_label": "Normandie"}, None, None, {"unlocated"}),
    ({"city": "35 - Trifouilly"}, None, "35", {"unlocated"}),
    ({"city": "Paris-Saclay"}, None, None, {"unlocated"}),
    ({"city": "Lyon Sud"}, None, None, {"unlocated"}),
    ({"city": "Rennes Métropole", "postcode": "35000"}, "35238", "35", {"commune_unrecognised"}),
    ({"city": "Nancy sur Cluse"}, None, None, {"unlocated"}),
    ({"city": "Lille Bonne"}, None, None, {"unlocated", "commune_unrecognised"}),
    ({"city": "Renne"}, None, None, {"unlocated", "commune_unrecognised"}),
    ({"city": "Corse"}, None, None, {"unlocated"}),  # not Corte
    ({"city": "Tours sur Inconnue"}, None, None, {"unlocated"}),
    ({"city": "Vannes Cliscouët", "departement_label": "56"}, "56260", "56", set()),
    ({"city": "Entre Rennes et Nantes"}, None, None, {"unlocated", "commune_ambiguous"}),
    ({"city": "Rennnes et Nantes"}, None, None, {"unlocated", "commune_ambiguous"}),
    ({"city": "Nantes et alentours"}, "44109", "44", set()),
    ({"city": "Départ de Vannes"}, "56260", "56", set()),
    ({"city": "56000", "postcode": "Vannes"}, "56260", "56", set()),
    ({"city": "Charleville", "postcode": "8000"}, "08105", "08", set()),
    ({"city": "Charleville", "postcode": "08000"}, "08105", "08", set()),
    ({"city": "Clermont", "postcode": "63000"}, "63113", "63", set()),
    ({"city": "Départ : Rennes, arrivée : Redon"}, None, "35", {"unlocated", "commune_ambiguous"}),
    ({"city": "Tournai", "postcode": "B7500"}, None, None, {"unlocated", "outside_france"}),
    ({"city": "Rennes", "lat": 46.227638, "lon": 2.213749}, "35238", "35", {"coordinates_unusable"}),
    ({"city": "Rennes", "lat": 46.6033, "lon": 1.8883}, "35238", "35", {"coordinates_unusable"}),
    ({"city": "Amiens", "lat": 49.6496, "lon": 2.5687}, "80561", "80", {"place_conflict"}),
    ({"city": "Vannes, salle à Lorient"}, None, "56", {"unlocated", "commune_ambiguous"}),
    ({"city": "Genève (CH)"}, None, None, {"unlocated", "outside_france"}),
    ({"departement_label": "D35"}, None, "35", {"unlocated"}),
    ({"city": "Hellemmes (Lille)"}, "59350", "59", set()),
    ({"city": "LYON VII"}, "69387", "69", set()),
    ({"city": "Vannes Cédex 9"}, "56260", "56", set()),
    ({"city": "Vitré"}, "35360", "35", set()),
    ({"city": "Vitré", "postcode": "35000"}, "35360", "35", {"place_conflict"}),
    ({"city": "Cesson-Sévigné", "postcode": "35000"}, "35051", "35", set()),
    ({"city": "Brest", "departement_label": "Ille-et-Vilaine"}, None, "35", {"unlocated", "place_conflict"}),
    ({"city": "Brest", "region_label": "Normandie"}, None, None, {"unlocated", "place_conflict"}),
    ({"departement_label": "Ille & Vilaine"}, None, "35", {"unlocated"}),
    ({"city": "Rennes (Vitré)"}, None, "35", {"unlocated", "commune_ambiguous"}),
    ({"city": "Laval (Mayenne)"}, "53130", "53", set()),
    ({"city": "Grenoble - Villeneuve"}, "38185", "38", set()),
    ({"city": "Brest, Recouvrance"}, "29019", "29", set()),
    ({"city": "Paris, Thiers"}, None, None, {"unlocated", "commune_ambiguous"}),  # 11,000 people: two towns
    ({"city": "Rennes - Redon"}, None, "35", {"unlocated", "commune_ambiguous"}),
    ({"city": "Angers - Ancenis"}, None, None, {"unlocated", "commune_ambiguous"}),
    ({"city": "Port de Lorient"}, "56121", "56", set()),
    ({"city": "Médiathèque du Mans"}, "72181", "72", set()),
    ({"city": "Salle des fêtes d'Angers"}, "49007", "49", set()),
    ({"city": "Mairie de La Rochelle"}, "17300", "17", set()),
    ({"city": "Port-de-Bouc"}, "13077", "13", set()),
    ({"city": "Agglomération de Rennes"}, None, "35", {"unlocated", "commune_ambiguous"}),  # 43 communes
    ({"city": "Gare de Lyon"}, None, None, {"unlocated"}),  # which is in Paris
    ({"city": "Golfe de Saint-Tropez"}, None, None, {"unlocated"}),
    ({"departement_label": "Seine-Saint-Denis (77)"}, None, None, {"unlocated", "value_not_understood"}),
    ({"city": "Chalon"}, None, None, {"unlocated", "commune_ambiguous"}),  # a village, and Chalon-sur-Saône
    ({"city": "Aix"}, None, None, {"unlocated", "commune_ambiguous"}),
    ({"city": "Chalon", "departement_label": "Isère"}, "38066", "38", set()),
    ({"city": "Nantes"}, "44109", "44", set()),  # and Nantes-en-Ratier
    ({"city": "Nantes", "postcode": "35200"}, "35238", "35", {"place_conflict"}),
    ({"city": "NANTES CEDEX", "postcode": "35200"}, "35238", "35", {"place_conflict"}),
    ({"city": "35200 Nantes"}, "35238", "35", {"place_conflict"}),
    ({"address": "2 rue Basse, 35200 Nantes"}, "35238", "35", {"place_conflict"}),
    ({"city": "Saint-Denis", "postcode": "35200"}, "35238", "35", {"place_conflict"}),
    (
        {"city": "Saint-Marc", "postcode": "29200"},
        "29019",
        "29",
        {"commune_unrecognised"},
    ),  # a quarter, and a village of Cantal
    ({"city": "Nantes", "postcode": "35200", "lat": 47.218, "lon": -1.554}, "35238", "35", {"place_conflict"}),
    ({"city": "Rouen", "postcode": "76100", "departement_label": "Eure"}, "76540", "76", {"place_conflict"}),
    ({"city": "ile d'yeu"}, "85113", "85", set()),
    ({"city": "Île d’Yeu (L')"}, "85113", "85", set()),
    ({"city": "Havre"}, "76351", "76", set()),
    ({"city": "Havre Le"}, "76351", "76", set()),
    ({"city": "Mans (Le) 72"}, "72181", "72", set()),
    ({"city": "Mans (Le) (72)"}, "72181", "72", set()),
    ({"city": "Mans, Le (72)"}, "72181", "72", set()),
    ({"city": "SABLES D'OLONNE"}, "85194", "85", set()),
    ({"city": "Sables-d'Olonne", "postcode": "85100"}, "85194", "85", set()),
    ({"city": "Rochelle"}, "17300", "17", set()),
    ({"city": "Roche-sur-Yon et Nantes"}, None, None, {"unlocated", "commune_ambiguous"}),
    ({"city": "Hay les Roses"}, "94038", "94", set()),
    ({"city": "La Baule"}, "44055", "44", set()),
    ({"city": "Le Touquet"}, "62826", "62", set()),
    ({"city": "Baule"}, "45024", "45", set()),
    ({"city": "Salle"}, None, None, {"unlocated", "commune_unrecognised"}),  # not La Salle
    ({"city": "35"}, None, "35", {"unlocated"}),
    ({"city": "035"}, None, "35", {"unlocated"}),
    ({"city": "2A"}, None, "2A", {"unlocated"}),
    ({"city": "Dép. 35"}, None, "35", {"unlocated"}),
    ({"city": "Département du 35"}, None, "35", {"unlocated"}),
    ({"city": "35, 44"}, None, None, {"unlocated"}),
    ({"city": "35/44"}, None, None, {"unlocated"}),
    ({"city": "3"}, None, None, {"unlocated"}),
    ({"city": "Bretagne"}, None, None, {"unlocated", "commune_ambiguous"}),  # the region, or one of two villages
    ({"city": "Doubs"}, None, None, {"unlocated", "commune_ambiguous"}),  # the département, or its village
    ({"city": "Indre"}, None, None, {"unlocated", "commune_ambiguous"}),
    ({"city": "Doubs (25)"}, "25204", "25", set()),
    ({"city": "Doubs", "postcode": "25300"}, "25204", "25", set()),
    ({"city": "Mayenne"}, "53147", "53", set()),
    ({"city": "La Réunion"}, None, "974", {"unlocated"}),  # not the village of Lot-et-Garonne
    ({"city": "La Réunion", "postcode": "47700"}, "47222", "47", set()),
    ({"city": "Paris 11", "postcode": "75012"}, "75112", "75", {"place_conflict"}),
    ({"city": "12e arrondissement de Paris"}, "75112", "75", set()),
    ({"city": "Juan-les-Pins"}, "06004", "06", set()),
    ({"city": "Montreuil s/bois"}, "93048", "93", set()),
    ({"city": "Cherbourg"}, "50129", "50", set()),
    ({"city": "Châlons-sur-Marne (51)"}, "51108", "51", set()),
    ({"city": "Saint-Denis de la Réunion"}, "97411", "974", set()),
    ({"city": "75012"}, "75112", "75", set()),
    ({"city": "Rennes", "postcode": "FR-35000"}, "35238", "35", set()),
    ({"city": "Rennes", "postcode": "CP 35000"}, "35238", "35", set()),
    ({"city": "Rennes", "postcode": "'35000"}, "35238", "35", set()),
    ({"city": "Rennes", "postcode": "35064 CEDEX 2"}, "35238", "35", set()),
    ({"city": "Rennes", "postcode": "35.000"}, "35238", "35", set()),
    ({"city": "Rennes", "postcode": "35-000"}, "35238", "35", set()),
    ({"postcode": "35.000"}, "35238", "35", set()),
    ({"city": "Bourg-en-Bresse", "postcode": "1.000"}, "01053", "01", set()),
    ({"city": "35.000 Rennes"}, "35238", "35", set()),
    ({"city": "Liffré", "postcode": "35340 Liffré"}, "35152", "35", set()),
    ({"postcode": "35340 LIFFRE"}, "35152", "35", set()),
    ({"city": "Rennes", "postcode": "35340 Liffré"}, "35238", "35", {"value_not_understood"}),
    ({"commune_code": "35.238"}, "35238", "35", set()),
    ({"commune_code": "35-238"}, "35238", "35", set()),
    ({"commune_code": "INSEE : 35238"}, "35238", "35", set()),
    ({"commune_code": "COM-2A004"}, "2A004", "2A", set()),
    ({"commune_code": "35238 (Rennes)"}, "35238", "35", set()),
    ({"commune_code": "35238 Brest"}, "35238", "35", {"place_conflict"}),
    ({"address": "2 rue Haute, Rennes"}, "35238", "35", set()),
    ({"address": "2 rue Haute - Rennes (35)"}, "35238", "35", set()),
    ({"address": "rue de Brest\nRENNES, France"}, "35238", "35", set()),
    ({"address": "rue de Rennes, Paris"}, "75056", "75", set()),
    ({"address": "2 rue Haute, Rennes", "lat": 48.39, "lon": -4.49}, "29019", "29", {"place_conflict"}),
    ({"address": "2 rue Haute, La Couronne"}, None, None, {"unlocated"}),
    ({"address": "2 rue Haute, Bellevue"}, None, None, {"unlocated"}),
    ({"address": "Amphithéâtre, Rennes"}, None, None, {"unlocated"}),  # no street
    ({"address": "2 rue Haute, Valence"}, None, None, {"unlocated", "commune_ambiguous"}),
    ({"city": "Rennes", "postcode": "35XXX"}, "35238", "35", {"value_not_understood"}),
]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build all cases in one file."""
    path = tmp_path_factory.mktemp("written") / "events.duckdb"
    build(path, [record(f"{number:03}", **fields) for number, (fields, *_) in enumerate(CASES)])
    return path


@pytest.mark.parametrize("number", range(len(CASES)), ids=[str(fields) for fields, *_ in CASES])
def test_place(db: Path, number: int) -> None:
    _fields, commune, departement, findings = CASES[number]
    uid = f"{number:03}"
    assert events_of(db, "commune_code", "departement_code")[uid] == (commune, departement)
    kinds = findings_of(db).get(uid, set())
    assert kinds - {"type_unknown", "duplicate"} == findings


def test_a_lost_zero_is_given_back_where_the_departement_is_known(db: Path) -> None:
    postcodes = events_of(db, "postcode")
    given = {fields.get("postcode"): f"{number:03}" for number, (fields, *_) in enumerate(CASES)}
    assert postcodes[given["9000"]] == "9000"


REGIONS = {
    "Pays de la Loire": ("52", "52"),
    "Région Île-de-France": ("11", "11"),
    "PACA": ("93", "93"),
    "Occitanie": (None, "76"),
    "Centre": (None, None),  # of a town, most likely
    "Sud": (None, None),
    "Bretagne": (None, None),  # two communes are called so
}


def test_a_region_in_place_of_a_town_is_one(tmp_path: Path) -> None:
    db = tmp_path / "events.duckdb"
    build(db, [record(name, city=name) for name in REGIONS])
    regions = zip(*(events_of(db, f"region_{year}_code").items() for year in (2014, 2016)), strict=True)
    assert {name: (old, new) for (name, old), (_name, new) in regions} == REGIONS
    assert events_of(db, "place_precision")["PACA"] == "region"


LIKELIEST = {
    "Renne": "Renne → Rennes (35) ?",
    "Nante": "Nante → Nantes (44) ?",
    "Montpelier": "Montpelier → Montpellier (34) ?",
    "Nnates": "Nnates → Nantes (44) ?",
    "La Rochele": "La Rochele → La Rochelle (17) ?",
    "Lille Bonne": "Lille Bonne → Lillebonne (76) ?",
    "Strasbour": "Strasbour → Strasbourg (67) ?",
    "Réunion": None,
    "Tours sur Inconnue": None,
    "Divers": None,
    "Londres": None,
}


def test_a_misspelt_name_is_told_with_the_likeliest_town(tmp_path: Path) -> None:
    db = tmp_path / "events.duckdb"
    build(db, [record(name, city=name) for name in LIKELIEST])
    sql = (
        "select source_uid, detail from findings inner join events using (event_id) where kind = 'commune_unrecognised'"
    )
    details = dict(rows_of(db, sql))
    assert {name: details.get(name) for name in LIKELIEST} == LIKELIEST
    assert set(events_of(db, "commune_code").values()) == {None}
