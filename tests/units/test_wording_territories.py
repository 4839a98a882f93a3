"""Every form of every territory, listed apart from the data table, by the word that comes before the name."""

import csv
from collections.abc import Mapping

import pytest

from campaign.core.language import use
from campaign.core.settings import DATA
from campaign.wording import territories
from campaign.wording.territories import Level, commune, place_in, place_named, place_of, territory, together

Forms = Mapping[str, str]

REGIONS_2014 = """
01 Guadeloupe · 02 Martinique · 03 Guyane · 04 La Réunion · 06 Mayotte · 11 Île-de-France · 21 Champagne-Ardenne ·
22 Picardie · 23 Haute-Normandie · 24 Centre · 25 Basse-Normandie · 26 Bourgogne · 31 Nord-Pas-de-Calais ·
41 Lorraine · 42 Alsace · 43 Franche-Comté · 52 Pays de la Loire · 53 Bretagne · 54 Poitou-Charentes · 72 Aquitaine ·
73 Midi-Pyrénées · 74 Limousin · 82 Rhône-Alpes · 83 Auvergne · 91 Languedoc-Roussillon ·
93 Provence-Alpes-Côte d'Azur · 94 Corse
"""
REGIONS_2016 = """
01 Guadeloupe · 02 Martinique · 03 Guyane · 04 La Réunion · 06 Mayotte · 11 Île-de-France · 24 Centre-Val de Loire ·
27 Bourgogne-Franche-Comté · 28 Normandie · 32 Hauts-de-France · 44 Grand Est · 52 Pays de la Loire · 53 Bretagne ·
75 Nouvelle-Aquitaine · 76 Occitanie · 84 Auvergne-Rhône-Alpes · 93 Provence-Alpes-Côte d'Azur · 94 Corse
"""
DEPARTEMENTS = """
01 Ain · 02 Aisne · 03 Allier · 04 Alpes-de-Haute-Provence · 05 Hautes-Alpes · 06 Alpes-Maritimes · 07 Ardèche ·
08 Ardennes · 09 Ariège · 10 Aube · 11 Aude · 12 Aveyron · 13 Bouches-du-Rhône · 14 Calvados · 15 Cantal ·
16 Charente · 17 Charente-Maritime · 18 Cher · 19 Corrèze · 21 Côte-d'Or · 22 Côtes-d'Armor · 23 Creuse ·
24 Dordogne · 25 Doubs · 26 Drôme · 27 Eure · 28 Eure-et-Loir · 29 Finistère · 2A Corse-du-Sud · 2B Haute-Corse ·
30 Gard · 31 Haute-Garonne · 32 Gers · 33 Gironde · 34 Hérault · 35 Ille-et-Vilaine · 36 Indre · 37 Indre-et-Loire ·
38 Isère · 39 Jura · 40 Landes · 41 Loir-et-Cher · 42 Loire · 43 Haute-Loire · 44 Loire-Atlantique · 45 Loiret ·
46 Lot · 47 Lot-et-Garonne · 48 Lozère · 49 Maine-et-Loire · 50 Manche · 51 Marne · 52 Haute-Marne · 53 Mayenne ·
54 Meurthe-et-Moselle · 55 Meuse · 56 Morbihan · 57 Moselle · 58 Nièvre · 59 Nord · 60 Oise · 61 Orne ·
62 Pas-de-Calais · 63 Puy-de-Dôme · 64 Pyrénées-Atlantiques · 65 Hautes-Pyrénées · 66 Pyrénées-Orientales ·
67 Bas-Rhin · 68 Haut-Rhin · 69 Rhône · 70 Haute-Saône · 71 Saône-et-Loire · 72 Sarthe · 73 Savoie ·
74 Haute-Savoie · 75 Paris · 76 Seine-Maritime · 77 Seine-et-Marne · 78 Yvelines · 79 Deux-Sèvres · 80 Somme ·
81 Tarn · 82 Tarn-et-Garonne · 83 Var · 84 Vaucluse · 85 Vendée · 86 Vienne · 87 Haute-Vienne · 88 Vosges ·
89 Yonne · 90 Territoire de Belfort · 91 Essonne · 92 Hauts-de-Seine · 93 Seine-Saint-Denis · 94 Val-de-Marne ·
95 Val-d'Oise · 971 Guadeloupe · 972 Martinique · 973 Guyane · 974 La Réunion · 976 Mayotte
"""

REGIONS_IN: Forms = {
    "à ": "La Réunion, Mayotte",
    "dans le ": "Centre, Centre-Val de Loire, Grand Est, Limousin, Nord-Pas-de-Calais",
    "dans les ": "Hauts-de-France, Pays de la Loire",
    "en ": "Alsace, Aquitaine, Auvergne, Auvergne-Rhône-Alpes, Basse-Normandie, Bourgogne, Bourgogne-Franche-Comté,"
    " Bretagne, Champagne-Ardenne, Corse, Franche-Comté, Guadeloupe, Guyane, Haute-Normandie, Île-de-France,"
    " Languedoc-Roussillon, Lorraine, Martinique, Midi-Pyrénées, Normandie, Nouvelle-Aquitaine, Occitanie, Picardie,"
    " Poitou-Charentes, Provence-Alpes-Côte d'Azur, Rhône-Alpes",
}
REGIONS_OF: Forms = {
    "de ": "Basse-Normandie, Bourgogne, Bourgogne-Franche-Comté, Bretagne, Champagne-Ardenne, Corse, Franche-Comté,"
    " Haute-Normandie, La Réunion, Lorraine, Mayotte, Midi-Pyrénées, Normandie, Nouvelle-Aquitaine, Picardie,"
    " Provence-Alpes-Côte d'Azur, Rhône-Alpes",
    "d'": "Alsace, Aquitaine, Auvergne, Auvergne-Rhône-Alpes, Île-de-France, Occitanie",
    "du ": "Centre, Centre-Val de Loire, Grand Est, Languedoc-Roussillon, Limousin, Nord-Pas-de-Calais,"
    " Poitou-Charentes",
    "des ": "Hauts-de-France, Pays de la Loire",
    "de la ": "Guadeloupe, Guyane, Martinique",
}
REGIONS_NAMED: Forms = {
    "": "Auvergne-Rhône-Alpes, La Réunion, Mayotte, Midi-Pyrénées, Provence-Alpes-Côte d'Azur, Rhône-Alpes",
    "le ": "Centre, Centre-Val de Loire, Grand Est, Languedoc-Roussillon, Limousin, Nord-Pas-de-Calais,"
    " Poitou-Charentes",
    "la ": "Basse-Normandie, Bourgogne, Bourgogne-Franche-Comté, Bretagne, Champagne-Ardenne, Corse, Franche-Comté,"
    " Guadeloupe, Guyane, Haute-Normandie, Lorraine, Martinique, Normandie, Nouvelle-Aquitaine, Picardie",
    "l'": "Alsace, Aquitaine, Auvergne, Île-de-France, Occitanie",
    "les ": "Hauts-de-France, Pays de la Loire",
}

MASCULINE = (
    "Calvados, Cantal, Cher, Doubs, Finistère, Gard, Gers, Jura, Loiret, Lot, Morbihan, Nord, Pas-de-Calais,"
    " Puy-de-Dôme, Bas-Rhin, Haut-Rhin, Rhône, Tarn, Var, Vaucluse, Territoire de Belfort, Val-de-Marne, Val-d'Oise"
)
PLURAL = (
    "Alpes-de-Haute-Provence, Hautes-Alpes, Alpes-Maritimes, Ardennes, Bouches-du-Rhône, Côtes-d'Armor, Landes,"
    " Pyrénées-Atlantiques, Hautes-Pyrénées, Pyrénées-Orientales, Yvelines, Deux-Sèvres, Vosges, Hauts-de-Seine"
)
FEMININE_WITH_DANS = "Creuse, Drôme, Loire, Manche, Marne, Meuse, Nièvre, Sarthe, Somme, Vienne"
FEMININE_WITH_EN = (
    "Charente, Charente-Maritime, Corrèze, Côte-d'Or, Dordogne, Corse-du-Sud, Haute-Corse, Haute-Garonne, Gironde,"
    " Haute-Loire, Loire-Atlantique, Lozère, Haute-Marne, Mayenne, Moselle, Haute-Saône, Savoie, Haute-Savoie,"
    " Seine-Maritime, Vendée, Haute-Vienne, Seine-Saint-Denis, Guadeloupe, Martinique, Guyane"
)
ELIDED_WITH_DANS = "Ain, Aisne, Allier, Aube, Aude, Aveyron, Eure, Hérault, Indre, Oise, Orne, Yonne, Essonne"
ELIDED_WITH_EN = "Ardèche, Ariège, Isère"
TWO_RIVERS_ELIDED = "Eure-et-Loir, Ille-et-Vilaine, Indre-et-Loire"
TWO_RIVERS_MASCULINE = "Loir-et-Cher, Lot-et-Garonne, Maine-et-Loire, Tarn-et-Garonne"
TWO_RIVERS_FEMININE = "Meurthe-et-Moselle, Saône-et-Loire, Seine-et-Marne"

DEPARTEMENTS_IN: Forms = {
    "à ": "Paris, La Réunion, Mayotte",
    "dans le ": MASCULINE,
    "dans la ": FEMININE_WITH_DANS,
    "dans l'": ELIDED_WITH_DANS,
    "dans les ": PLURAL,
    "en ": ", ".join((FEMININE_WITH_EN, ELIDED_WITH_EN, TWO_RIVERS_ELIDED, TWO_RIVERS_MASCULINE, TWO_RIVERS_FEMININE)),
}
DEPARTEMENTS_OF: Forms = {
    "de ": ", ".join(("Paris, La Réunion, Mayotte", TWO_RIVERS_MASCULINE, TWO_RIVERS_FEMININE)),
    "d'": TWO_RIVERS_ELIDED,
    "du ": MASCULINE,
    "de la ": f"{FEMININE_WITH_DANS}, {FEMININE_WITH_EN}",
    "de l'": f"{ELIDED_WITH_DANS}, {ELIDED_WITH_EN}",
    "des ": PLURAL,
}
DEPARTEMENTS_NAMED: Forms = {
    "": "Paris, La Réunion, Mayotte",
    "le ": f"{MASCULINE}, {TWO_RIVERS_MASCULINE}",
    "la ": f"{FEMININE_WITH_DANS}, {FEMININE_WITH_EN}, {TWO_RIVERS_FEMININE}",
    "l'": f"{ELIDED_WITH_DANS}, {ELIDED_WITH_EN}, {TWO_RIVERS_ELIDED}",
    "les ": PLURAL,
}


def names(listing: str) -> dict[str, str]:
    """Return code → name."""
    return {entry.split()[0]: " ".join(entry.split()[1:]) for entry in listing.split("·")}


def forms(table: Forms) -> dict[str, str]:
    """Return name → form, each name once."""
    pairs = [(name, before + name) for before, listing in table.items() for name in listing.split(", ")]
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


@pytest.mark.parametrize(
    ("level", "nomenclature", "listing", "n", "inside", "of", "named"),
    [
        ("region", 2014, REGIONS_2014, 27, REGIONS_IN, REGIONS_OF, REGIONS_NAMED),
        ("region", 2016, REGIONS_2016, 18, REGIONS_IN, REGIONS_OF, REGIONS_NAMED),
        ("departement", 2014, DEPARTEMENTS, 101, DEPARTEMENTS_IN, DEPARTEMENTS_OF, DEPARTEMENTS_NAMED),
    ],
)
def test_every_form(
    level: Level, nomenclature: int, listing: str, n: int, inside: Forms, of: Forms, named: Forms
) -> None:
    codes = names(listing)
    assert len(codes) == n
    for code, name in codes.items():
        assert territory(code, level, nomenclature).name == name
        assert place_in(code, level, nomenclature) == forms(inside)[name]
        assert place_of(code, level, nomenclature) == forms(of)[name]
        assert place_named(code, level, nomenclature) == forms(named)[name]


@pytest.mark.parametrize(
    ("level", "nomenclature", "listing", "named", "of"),
    [
        ("region", 2014, REGIONS_2014, REGIONS_NAMED, REGIONS_OF),
        ("region", 2016, REGIONS_2016, REGIONS_NAMED, REGIONS_OF),
        ("departement", 2014, DEPARTEMENTS, DEPARTEMENTS_NAMED, DEPARTEMENTS_OF),
    ],
)
def test_what_is_a_territorys_own_takes_its_article(
    level: Level, nomenclature: int, listing: str, named: Forms, of: Forms
) -> None:
    contracted = {"le ": "du ", "les ": "des ", "la ": "de la ", "l'": "de l'"}
    articles = {name: article for article, names_ in named.items() for name in names_.split(", ")}
    for code, name in names(listing).items():
        expected = contracted[articles[name]] + name if articles[name] else forms(of)[name]
        assert territory(code, level, nomenclature).of_whole == expected


def test_the_two_kinds_of_of() -> None:
    brittany, limousin, centre = territory("53"), territory("74"), territory("11")
    assert (brittany.of, brittany.of_whole) == ("de Bretagne", "de la Bretagne")
    assert (limousin.of, limousin.of_whole) == ("du Limousin", "du Limousin")
    assert (centre.of, centre.of_whole) == ("d'Île-de-France", "de l'Île-de-France")
    assert territory("32", "region", 2016).of_whole == "des Hauts-de-France"
    assert territory("04").of_whole == "de La Réunion"
    assert territory("84", "region", 2016).of_whole == "d'Auvergne-Rhône-Alpes"
    assert together([brittany, limousin], "region").of_whole == "de la Bretagne et du Limousin"
    assert commune("Le Mans").of_whole == "du Mans"
    with use("en"):
        assert territory("53").of_whole == "of Bretagne"


def test_no_form_is_listed_for_nothing() -> None:
    regions = {*names(REGIONS_2014).values(), *names(REGIONS_2016).values()}
    for table in (REGIONS_IN, REGIONS_OF, REGIONS_NAMED):
        assert set(forms(table)) == regions
    for table in (DEPARTEMENTS_IN, DEPARTEMENTS_OF, DEPARTEMENTS_NAMED):
        assert set(forms(table)) == set(names(DEPARTEMENTS).values())


def test_the_table_holds_each_territory_once_and_plain_characters() -> None:
    with territories.NAMES.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    assert len(rows) == 1 + 27 + 18 + 101
    assert len({(row["level"], row["code"], row["nomenclature"]) for row in rows}) == len(rows)
    for row in rows:
        for form in (row["article"], row["in_form"], row["of_form"]):
            assert form.endswith(row["name"])
            assert form == " ".join(form.split())
            assert "’" not in form


def test_names_are_those_of_the_boundaries() -> None:
    with (DATA / "geo" / "departements_regions.csv").open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            assert territory(row["dep_code"], "departement").name == row["dep_name"]
            assert territory(row["region_2014_code"], "region", 2014).name == row["region_2014_name"]
            assert territory(row["region_2016_code"], "region", 2016).name == row["region_2016_name"]


def test_france() -> None:
    france = territories.france()
    assert (france.inside, france.of, france.with_article) == ("en France", "de France", "la France")


def test_a_code_of_the_other_nomenclature_is_not_known() -> None:
    with pytest.raises(KeyError):
        place_in("44", "region", 2014)


@pytest.mark.parametrize(
    ("name", "inside", "of"),
    [
        ("Rennes", "à Rennes", "de Rennes"),
        ("Le Mans", "au Mans", "du Mans"),
        ("Le Lamentin", "au Lamentin", "du Lamentin"),
        ("Les Ulis", "aux Ulis", "des Ulis"),
        ("Les Abymes", "aux Abymes", "des Abymes"),
        ("La Rochelle", "à La Rochelle", "de La Rochelle"),
        ("L'Haÿ-les-Roses", "à L'Haÿ-les-Roses", "de L'Haÿ-les-Roses"),
        ("Lesneven", "à Lesneven", "de Lesneven"),
        ("Lens", "à Lens", "de Lens"),
        ("Amiens", "à Amiens", "d'Amiens"),
        ("Évry", "à Évry", "d'Évry"),
        ("Ès", "à Ès", "d'Ès"),
        ("Œuilly", "à Œuilly", "d'Œuilly"),
        ("Hyères", "à Hyères", "d'Hyères"),
        ("Honfleur", "à Honfleur", "d'Honfleur"),
        ("Hénin-Beaumont", "à Hénin-Beaumont", "d'Hénin-Beaumont"),
        ("Haguenau", "à Haguenau", "de Haguenau"),
        ("Houilles", "à Houilles", "de Houilles"),
        ("Yvetot", "à Yvetot", "d'Yvetot"),
        ("Yerres", "à Yerres", "de Yerres"),
        ("Yutz", "à Yutz", "de Yutz"),
        ("Île-de-Sein", "à l'Île-de-Sein", "de l'Île-de-Sein"),
        ("Paris 15e Arrondissement", "dans le 15e arrondissement de Paris", "du 15e arrondissement de Paris"),
        ("Lyon 1er Arrondissement", "dans le 1er arrondissement de Lyon", "du 1er arrondissement de Lyon"),
    ],
)
def test_communes(name: str, inside: str, of: str) -> None:
    assert (commune(name).inside, commune(name).of) == (inside, of)


def test_several_territories() -> None:
    places = [territory(code) for code in ("53", "74", "31", "04")]
    assert together(places[:1], "region").inside == "en Bretagne"
    assert together(places[:2], "region").inside == "en Bretagne et dans le Limousin"
    assert together(places[:3], "region").of == "de Bretagne, du Limousin et du Nord-Pas-de-Calais"
    assert together(places, "region").inside == "dans 4 régions"
    assert together(places, "departement").of == "de 4 départements"
    assert together([], "region").inside == "en France"


def test_the_smallest_filtered_level_is_named() -> None:
    assert territories.chosen() is None
    in_region = territories.chosen(regions=["32"], nomenclature=2016)
    in_departement = territories.chosen(regions=["53"], departements=["35"])
    in_commune = territories.chosen(regions=["52"], communes=["Le Mans"])
    assert in_region is not None
    assert in_region.inside == "dans les Hauts-de-France"
    assert in_departement is not None
    assert in_departement.inside == "en Ille-et-Vilaine"
    assert in_commune is not None
    assert in_commune.inside == "au Mans"


def test_names_stay_as_they_are_in_english() -> None:
    with use("en"):
        assert place_in("53") == "in Bretagne"
        assert place_of("32", "region", 2016) == "of Hauts-de-France"
        assert place_named("01", "departement") == "Ain"
        assert commune("Le Mans").inside == "in Le Mans"
        assert commune("Paris 15e Arrondissement").inside == "in Paris 15e"
        assert together([territory("53"), territory("74")], "region").inside == "in Bretagne and in Limousin"
