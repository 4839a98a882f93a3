"""Hand-made tables."""

import csv
import io
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as some

from campaign import intake
from campaign.core.errors import IntakeError
from campaign.intake import looking
from campaign.intake.connecting import connect
from campaign.intake.fields import columns
from campaign.intake.files import scratch
from campaign.intake.request import Mapping, Request
from campaign.intake.spreadsheets import asides, spreadsheet, tables
from campaign.intake.spreadsheets import mapping as mappings
from campaign.intake.spreadsheets.mapping import load as load_mapping
from tests.intake_files import FILES, MEMORY_MB, Stage, write

pytestmark = [pytest.mark.rows(every=3), pytest.mark.in_turn]


def test_a_chamber_s_table() -> None:
    stage = Stage(FILES / "chambre.csv")
    first, doors, market = stage.records
    assert "cp1252" in str(stage.staged.files[0].reading.why)
    assert "point-virgule" in str(stage.staged.files[0].reading.why)
    assert (first["line"], first["title"]) == (5, "Été coopératif : « cœur de ville »")
    assert first["timings"] == [{"begins": "2014-11-05T18:30", "ends": "2014-11-05T20:00"}]
    assert (first["postcode"], first["lat"], first["lon"]) == ("1000", 46.2052, 5.2255)
    assert (first["keywords"], first["organiser_labels"]) == (["cinéma", "coopération"], ["Coopérative du Cœur"])
    assert (doors["line"], doors["title"]) == (6, "Portes ouvertes de l’atelier")
    assert doors["timings"] == [{"begins": f"2014-11-0{n}T09:00", "ends": f"2014-11-0{n}T17:00"} for n in (7, 8)]
    assert (market["line"], market["timings"]) == (10, [{"begins": "2014-11-12T10:00", "ends": "2014-11-12T18:30"}])
    assert [(r["line"], r["reason"], r["value"]) for r in stage.rejects] == [
        (9, "date_unreadable", "bientôt"),
        (11, "date_missing", None),
        (12, "title_missing", None),
    ]
    assert stage.staged.warnings == {"date_ambiguous": 1, "extra_cells": 1}


def test_without_a_header_a_mapping_is_needed() -> None:
    with pytest.raises(IntakeError, match="en-tête") as caught:
        Stage(FILES / "sans_entete.csv")
    assert "--mapping" in caught.value.remedy
    stage = Stage(FILES / "sans_entete.csv", mapping=FILES / "sans_entete.toml")
    assert [(r["line"], r["title"], r["type_label"]) for r in stage.records] == [
        (1, "Atelier vélo", "Atelier"),
        (2, "Visite de la Scop", "Visite d'entreprise"),
    ]
    assert stage.staged.source == {"chamber_region": "53"}


def test_openagenda_s_own_table() -> None:
    record = Stage(FILES / "openagenda_export.csv").record
    assert (record["source_uid"], record["status"], record["is_published"]) == ("4001", "cancelled", True)
    assert record["attendance_mode"] == "online"
    assert [t["begins"] for t in record["timings"]] == ["2014-11-18T18:00:00+01:00", "2014-11-19T18:00:00+01:00"]
    assert (record["age_min"], record["age_max"], record["created_at"]) == (12, 99, "2014-09-01T10:00:00Z")
    assert record["registration_url"] == "https://exemple.fr/table"
    assert record["keywords"] == ["emploi", "coopération"]


def test_a_wrong_winter_offset_keeps_the_hour_on_the_wall() -> None:
    stage = Stage(FILES / "hand_made.csv")
    winter, summer = stage.records
    assert winter["timings"] == [{"begins": "2024-11-29T20:30:00", "ends": "2024-11-29T22:30:00"}]
    assert summer["timings"] == [{"begins": "2024-07-29T20:30:00+0200", "ends": "2024-07-29T22:30:00+0200"}]
    assert [(w["record_id"], w["kind"]) for w in stage.warnings] == [(1, "wrong_offset"), (2, "link_dropped")]
    assert (winter["url"], winter["description"]) == ("https://www.exemple.fr/concert", "-\n\nUn concert")


@pytest.mark.parametrize(
    ("cell", "begins", "kinds"),
    [
        ("2014-10-26T02:30:00+02:00", "2014-10-26T02:30:00+02:00", []),
        ("2014-10-26T02:30:00+01:00", "2014-10-26T02:30:00+01:00", []),
        ("2014-10-26T04:30:00+02:00", "2014-10-26T04:30:00", ["wrong_offset"]),
        ("2014-11-05T18:00:00Z", "2014-11-05T18:00:00Z", []),
        ("2014-11-05T18:00:00+04:00", "2014-11-05T18:00:00+04:00", []),
        ("2014-11-05 18:00", "2014-11-05T18:00", []),
        ("2012-02-29", "2012-02-29", []),
    ],
)
def test_iso_dates(tmp_path: Path, cell: str, begins: str, kinds: list[str]) -> None:
    stage = Stage(write(tmp_path, f"title,starts_at\nA,{cell}\n"))
    assert ([t["begins"] for t in stage.record["timings"]], stage.kinds) == ([begins], kinds)


@pytest.mark.parametrize(
    ("cells", "outcome"),
    [
        ({"year": "2014"}, "undated"),
        ({"starts_at": "2014"}, "undated"),
        ({"starts_at": ""}, "date_missing"),
        ({"starts_at": "2014-02-30", "year": "2014"}, "date_unreadable"),
        ({"starts_at": "1066-10-14"}, "date_unreadable"),
        ({"starts_at": "2014-11-05", "title": " \t"}, "title_missing"),
    ],
)
def test_missing_dates_and_titles(tmp_path: Path, cells: dict[str, str], outcome: str) -> None:
    row = {"title": "A", "starts_at": "", "year": "", **cells}
    stage = Stage(write(tmp_path, f"title,starts_at,year\n{row['title']},{row['starts_at']},{row['year']}\n"))
    assert [r["reason"] for r in stage.rejects] + stage.kinds == [outcome]
    if outcome == "undated":
        assert (stage.record["edition_hint"], stage.record["timings"]) == (2014, [])


@pytest.mark.matrix(every=3)  # each encoding and each separator, not each pair
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_encodings_and_separators(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [
        ["Intitulé", "Début", "Commune"],
        ["Fête de l’été à Évry", "05/11/2014", "Évry"],
        ["Où ça, là ?", "06/11/2014", "Nîmes"],
    ]
    text = "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)
    stage = Stage(write(tmp_path, text.encode(encoding)))
    assert [(row["title"], row["city"]) for row in stage.records] == [(row[0], row[2]) for row in rows[1:]]


def test_a_row_of_another_encoding_is_repaired(tmp_path: Path) -> None:
    rows = "".join(f"Été {n};2014-11-05\n" for n in range(5))
    stage = Stage(write(tmp_path, b"titre;date\n" + rows.encode() + "Été de trop;2014-11-05\n".encode("cp1252")))
    assert stage.records[-1]["title"] == "Été de trop"
    assert [(w["record_id"], w["kind"], w["detail"]) for w in stage.warnings] == [(None, "encoding_repaired", "1")]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Titre *", "title"), ("  NOM DE L’ÉVÉNEMENT ", "title"), ("Date de début (jj/mm/aaaa)", "begins"),
        ("bf_latitude *", "lat"), ("Mots clés - FR", "keywords"), ("Agenda d'origine ( titre )", None),
        ("E-mail", None), ("Téléphone", None),
        ("Veranstalter", "organiser"), ("Qui organise ?", "organiser"),
        ("Conditions tarifaires", "conditions"), ("Code\nPostal", "postcode"),
    ],
)  # fmt: skip
def test_headers(header: str, field: str | None) -> None:
    assert columns.field_of(header) == field


def test_every_alias_is_of_one_field() -> None:
    seen: dict[str, str] = {}
    for line in columns.ALIASES.read_text("utf-8").splitlines()[1:]:
        field, aliases = line.split(",", 1)
        for alias in aliases.split("|"):
            assert seen.setdefault(columns.plain(alias), field) == field, alias
            assert columns.field_of(alias) == field


CELLS: list[tuple[dict[str, str], dict[str, Any]]] = [
    ({"titre": "=HYPERLINK(1)"}, {"title": "=HYPERLINK(1)"}),
    ({"titre": "<i>A</i>😀"}, {"title": "A😀"}),
    ({"latitude": "2,35", "longitude": "48,85"}, {"lat": 2.35, "lon": 48.85}),
    ({"coordonnées": "48.1173, -1.6778"}, {"lat": 48.1173, "lon": -1.6778}),
    ({"lieu": "En ligne"}, {"attendance_mode": "online"}),
    ({"dpt": "35", "event cost": "5 €"}, {"departement_label": "35", "conditions": "5 €"}),
    ({"organisateur": "A ; B", "partenaires": "C"}, {"organiser_labels": ["A", "B", "C"]}),
    ({"organisateur": "", "partenaires": "C"}, {"organiser_labels": []}),
    ({"organisateur": "n. c.", "partenaires": "C"}, {"organiser_labels": []}),
    ({"latitude": "48.1173, -1.6778"}, {"lat": 48.1173, "lon": -1.6778}),
    ({"latitude": "48,1173 ; -1,6778"}, {"lat": 48.1173, "lon": -1.6778}),
    ({"latitude": "(48.1173 -1.6778)"}, {"lat": 48.1173, "lon": -1.6778}),
    ({"latitude": "48, 1"}, {"lat": 48.1, "lon": None}),
    ({"longitude": "48.1173,-1.6778"}, {"lat": 48.1173, "lon": -1.6778}),
    ({"latitude": "48.1173,-1.6778", "longitude": "48.1173,-1.6778"}, {"lat": 48.1173, "lon": -1.6778}),
    ({"thématique": "Emploi, santé"}, {"theme_labels": ["Emploi", "santé"]}),
    ({"thématique": "Sciences, arts | Santé"}, {"theme_labels": ["Sciences, arts", "Santé"]}),
    ({"statut": "Reporté"}, {"status": "postponed", "is_published": True}),
    ({"statut": "En ligne"}, {"status": None, "is_published": True}),
    ({"statut": "Déplacé en ligne"}, {"status": "moved_online"}),
    ({"statut": "Brouillon"}, {"status": None, "is_published": False}),
    ({"statut": "Complet (liste d'attente)"}, {"status": "full", "is_published": True}),
    ({"statut": "En attente"}, {"status": None, "is_published": False}),
    ({"statut": "Déprogrammé"}, {"status": "cancelled"}),
    ({"statut": "Annulation possible"}, {"status": None}),
    ({"pays": "France (Métropole)"}, {"country_code": "FR"}),
    ({"pays": "Suisse", "cp": "1227"}, {"country_code": "CH", "postcode": "1227"}),
    ({"organisateur": "Écrire à x@exemple.fr"}, {"organiser_labels": ["Écrire à [adresse électronique retirée]"]}),
    ({"organisateur": "Halles - 06 12 34 56 78"}, {"organiser_labels": ["Halles"]}),
    ({"organisateur": "Halles (x@exemple.fr)"}, {"organiser_labels": ["Halles"]}),
    ({"organisateur": "x@exemple.fr"}, {"organiser_labels": []}),
    ({"thématique": "x@exemple.fr|Culture|06 12 34 56 78"}, {"theme_labels": ["Culture"]}),
]


def test_cells(tmp_path: Path) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(
        text, list(dict.fromkeys(["titre", "date", *(name for cells, _read in CELLS for name in cells)]))
    )
    writer.writeheader()
    writer.writerows({"titre": "A", "date": "2014-11-05", **cells} for cells, _read in CELLS)
    records = Stage(write(tmp_path, text.getvalue())).records
    for (cells, expected), record in zip(CELLS, records, strict=True):
        assert {name: record[name] for name in expected} == expected, cells


def test_coordinates_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, "titre;date;latitude;longitude\nA;2014-11-05;au nord;1°40'W\n"))
    assert (stage.kinds, stage.record["lat"]) == (["coordinates_unreadable"], None)


def test_both_coordinates_in_one_cell_leave_nothing_untold(tmp_path: Path) -> None:
    cells = ("48.1173, -1.6778;", ";48.1173, -1.6778", "48.1173;", "48.1173, nord;")
    rows = "".join(f"A{n};2014-11-05;{cell}\n" for n, cell in enumerate(cells))
    stage = Stage(write(tmp_path, "titre;date;latitude;longitude\n" + rows))
    assert [(w["record_id"], w["kind"]) for w in stage.warnings] == [(4, "coordinates_unreadable")]


def test_a_partner_beside_no_organiser_is_told(tmp_path: Path) -> None:
    rows = "A;2014-11-05;;La Ruche\nB;2014-11-05;Coop;La Ruche\nC;2014-11-05;;\n"
    stage = Stage(write(tmp_path, "titre;date;organisateur;partenaires\n" + rows))
    assert [row["organiser_labels"] for row in stage.records] == [[], ["Coop", "La Ruche"], []]
    assert [(w["record_id"], w["detail"]) for w in stage.warnings] == [(1, "partners: La Ruche")]


def test_a_second_organiser_beside_no_first_organises(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, "titre;date;organisateur 1;organisateur 2\nA;2014-11-05;;La Ruche\n"))
    assert (stage.record["organiser_labels"], stage.kinds) == (["La Ruche"], [])
    rows = "A;2014-11-05;;Coop;\nB;2014-11-05;Jardin;Coop;Mer\nC;2014-11-05;;;Mer\n"
    stage = Stage(write(tmp_path, "titre;date;organisateur;partenaires;organisateur 2\n" + rows))
    assert [row["organiser_labels"] for row in stage.records] == [[], ["Jardin", "Mer", "Coop"], ["Mer"]]
    assert [(w["record_id"], w["detail"]) for w in stage.warnings] == [(1, "partners: Coop")]


POSITIONS = [
    "48.11, -1.67", "48,11 ; -1,67", "[48.11,-1.67]", "POINT(-1.67 48.11)", "geo:48.11,-1.67", "48.11N 1.67W", "N 48.11 W 1.67",
    "https://cartes.exemple.fr/@48.11,-1.67,15z", "48°06'36\"N 1°40'12\"W", "1° 40' 12\" O, 48° 6' 36\" N", "lat: 48.11, lng: -1.67",
    '{"type":"Point","coordinates":[-1.67,48.11]}', "48,11 / -1,67", "(48.11, -1.67)", "lat 48.11 lng -1.67", "48°6.6 N 1°40.2 O",
    "https://cartes.exemple.fr/#map=15/48.11/-1.67", "48.11,-1.67,15z", "@48.11,-1.67,15z",
]  # fmt: skip


def test_coordinates_in_every_notation(tmp_path: Path) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(
        [["titre", "date", "coordonnées"], *(["A", "2014-11-05", position] for position in POSITIONS)]
    )
    stage = Stage(write(tmp_path, text.getvalue()))
    read = [(round(row["lat"], 4), round(row["lon"], 4)) for row in stage.records]
    assert dict(zip(POSITIONS, read, strict=True)) == dict.fromkeys(POSITIONS, (48.11, -1.67))
    assert stage.kinds == []


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        ("48 degrés 6 minutes 36 secondes Nord", "1 degré 40 minutes 12 secondes Ouest"),
        ("48 deg 6.6 min N", "1 deg 40.2 min O"),
        ("48°06'36\"N", "1°40'12\"W"),
    ],
)
def test_degrees_in_words(tmp_path: Path, lat: str, lon: str) -> None:
    cells = [
        ["titre", "date", "latitude", "longitude"],
        ["A", "2014-11-05", lat, lon],
        ["B", "2014-11-05", "0 degré 30 minutes Nord", "1 degré 30 minutes Est"],
    ]
    text = io.StringIO()
    csv.writer(text).writerows(cells)
    stage = Stage(write(tmp_path, text.getvalue()))
    assert [(round(row["lat"], 4), round(row["lon"], 4)) for row in stage.records] == [(48.11, -1.67), (0.5, 1.5)]


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("[columns", "TOML"), ("[colonnes]\na = 1", "inconnue"), ("[columns]\ntitre = 1", "champ inconnu"),
        ("[columns]\ntitle = 0", "numéro"), ("[columns]\ntitle = 99", "colonnes"), ('[columns]\ntitle = "Nom"', r"«.Nom.»"),
    ],
)  # fmt: skip
def test_faulty_mappings_say_why(tmp_path: Path, toml: str, says: str) -> None:
    with pytest.raises(IntakeError, match=says):
        Stage(FILES / "hand_made.csv", mapping=write(tmp_path, toml, "m.toml"))


def test_a_mapping_names_what_the_guess_does_not_know(tmp_path: Path) -> None:
    mapping = load_mapping(write(tmp_path, '[columns]\ntitle = "Quoi"\nbegins = "Tel jour"\n', "m.toml"))
    path = write(tmp_path, "Quoi;Tel jour;Ville\nA;05/11/2014;Rennes\n")
    record = Stage(path, mapping=mapping).record
    assert (record["title"], record["city"], record["timings"][0]["begins"]) == ("A", "Rennes", "2014-11-05")


@pytest.mark.matrix(every=2)
@pytest.mark.parametrize("n_rows", [2, 90_000])
def test_an_open_quote_swallows_no_row(tmp_path: Path, n_rows: int) -> None:
    text = "titre;date\nA;2014-11-05\n" + '"B;2014-11-05\n' + "C;2014-11-05\n" * n_rows
    stage = Stage(write(tmp_path, text))
    assert [r["title"] for r in stage.records[:4]] == ["A", "B", "C", "C"]
    assert [r["line"] for r in stage.records[:4]] == [2, 3, 4, 5]
    assert len(stage.records) == n_rows + 2
    assert stage.staged.warnings == {"open_quote": 1}


@pytest.mark.parametrize(
    "rows",
    [
        ['"Soir;2014-11-05;Brest', 'Disque 45";2014-11-06;Brest', "Fin;2014-11-07;Brest"],
        ['Débat;2014-11-05;"Brest', "Disque;2014-11-06;Brest", 'Fin;2014-11-07;"Brest"'],
    ],
)
def test_quotes_that_are_not_paired_lose_nothing(tmp_path: Path, rows: list[str]) -> None:
    stage = Stage(write(tmp_path, "\n".join(["titre;date;ville", *rows]) + "\n"))
    assert [r["timings"][0]["begins"][-2:] for r in stage.records] == ["05", "06", "07"]
    assert [r["city"] for r in stage.records] == ["Brest"] * 3
    assert stage.staged.warnings["open_quote"] >= 1


def test_a_file_that_is_no_table_is_refused_at_its_quote(tmp_path: Path) -> None:
    text = "titre;date\nA;2014-11-05\n" + '"B;2014-11-05\nune note\n' + "C;2014-11-05\n"
    with pytest.raises(IntakeError, match="ligne 3"):
        Stage(write(tmp_path, text))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-32"])
@pytest.mark.parametrize("name", ["a.csv", "a.json"])
def test_wide_texts_with_or_without_a_mark(tmp_path: Path, encoding: str, name: str) -> None:
    table = "titre;date;ville\nFête d'été;05/11/2014;Évry\n"
    document = '[{"uid": 1, "title": "Fête d\'été", "timings": [{"begin": "2014-11-05T18:00:00+01:00"}]}]'
    stage = Stage(write(tmp_path, (table if name.endswith("csv") else document).encode(encoding), name))
    assert stage.record["title"] == "Fête d'été"


def test_words_that_only_say_nothing_are_no_names(tmp_path: Path) -> None:
    rows = ["N/A", "néant", "non communiqué", "#N/A", "-", "n.c.", "à préciser", "(vide)", "Le Néant, compagnie"]
    text = "titre;date;organisateur;lieu\n" + "".join(
        f"A{n};05/11/2014;{words};{words}\n" for n, words in enumerate(rows)
    )
    stage = Stage(write(tmp_path, text))
    assert [r["organiser_labels"] for r in stage.records] == [[]] * 8 + [["Le Néant, compagnie"]]
    assert [r["venue"] for r in stage.records] == [None] * 8 + ["Le Néant, compagnie"]


def test_the_address_of_a_page_is_no_name_of_an_organiser(tmp_path: Path) -> None:
    rows = ["https://exemple.fr", "www.exemple.fr/asso", "Optima https://exemple.fr", "N/A"]
    stage = Stage(
        write(
            tmp_path, "titre;date;organisateur\n" + "".join(f"A{n};05/11/2014;{name}\n" for n, name in enumerate(rows))
        )
    )
    assert [r["organiser_labels"] for r in stage.records] == [[], [], [rows[2]], []]
    assert [row["detail"] for row in stage.warnings if row["kind"] == "value_not_understood"] == [
        "organiser: https://exemple.fr",
        "organiser: www.exemple.fr/asso",
    ]


TITLES = [
    ('"=""Débat"""', "Débat"),
    ('"=""Le """"Grand"""" soir"""', 'Le "Grand" soir'),
    ('"=HYPERLINK(""https://exemple.fr"",""Débat"")"', "Débat"),
    ('"=LIEN_HYPERTEXTE(""https://exemple.fr"";""Débat"")"', "Débat"),
    ('"=A1+1"', "=A1+1"),
    ("D&amp;eacute;bat", "Débat"),
    ("D&amp;amp;eacute;bat &amp;amp; go&ucirc;ter", "Débat & goûter"),
    ("Dé\u00adbat\u200b pop\u2060u\u200dlaire\ufeff", "Débat populaire"),
    ("De\u0301bat", "Débat"),
    ("Fête 👩\u200d🌾 ❤\ufe0f\u200d🔥", "Fête 👩\u200d🌾 ❤\ufe0f\u200d🔥"),
]


def test_titles_as_programs_leave_them(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, "titre,date\n" + "".join(f"{cell},05/11/2014\n" for cell, _title in TITLES)))
    assert [record["title"] for record in stage.records] == [title for _cell, title in TITLES]


TOWNS = {
    "En ligne": "online", "Visio": "online", "visioconférence (Teams)": "online", "À distance": "online",
    "Webinaire sur Zoom": "online", "100 % en ligne": "online", "Ligné": None, "Rennes": None, "Visan": None,
    "Rennes et en ligne": "mixed", "Rennes (ou en visio)": "mixed", "Rennes + Zoom": "mixed", "En ligne et à Rennes": "mixed",
    "En présentiel à Rennes ou en distanciel": "mixed", "Sur Zoom et à Rennes": "mixed", "Rennes - en ligne aussi": "mixed",
    "Zoom / en ligne": "online", "Rennes, en ligne": None, "hybride - Rennes": "mixed", "Rennes (hybride)": "mixed",
}  # fmt: skip


def test_online_in_place_of_a_town(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, "titre;date;ville\n" + "".join(f"A;05/11/2014;{town}\n" for town in TOWNS)))
    assert dict(zip(TOWNS, (record["attendance_mode"] for record in stage.records), strict=True)) == TOWNS
    assert {record["city"] for record in stage.records if record["attendance_mode"] == "mixed"} == {"Rennes"}


def test_a_link_to_a_map_in_place_of_a_venue_is_not_online(tmp_path: Path) -> None:
    links = {
        "https://visio.exemple.fr/1": "online", "https://www.google.com/maps/place/Rennes": None, "https://maps.app.goo.gl/x": None,
        "https://www.openstreetmap.org/node/1": None, "https://goo.gl/maps/x": None,
    }  # fmt: skip
    stage = Stage(
        write(tmp_path, "titre;date;lieu;ville\n" + "".join(f"A;05/11/2014;{link};Rennes\n" for link in links))
    )
    assert dict(zip(links, (record["attendance_mode"] for record in stage.records), strict=True)) == links


cells = some.text(alphabet="ab;,\" \n\té'", max_size=8)
grids = some.integers(2, 5).flatmap(
    lambda width: some.lists(some.lists(cells, min_size=width, max_size=width), min_size=1, max_size=8)
)


def test_a_column_can_be_left_without_use(tmp_path: Path) -> None:
    path = write(tmp_path, "titre;date;lieu;ville\nA;05/11/2014;le bourg;Rennes\n")
    mapping = load_mapping(write(tmp_path, '[columns]\nunused = ["Lieu", 4]\n', "m.toml"))
    record = Stage(path, mapping=mapping).record
    assert (record["title"], record["venue"], record["city"]) == ("A", None, None)


def test_columns_are_looked_at_before_they_are_read() -> None:
    rows = [
        ["Chambre de Bretagne"],
        ["Titre", "Titre - EN", "Date", "Remarque", "Remarque"],
        ["Forum", "Fair", "5/11", "", "x"],
        ["Débat", "", "5/11", "", "y"],
    ]
    table = looking.table("a.csv", rows, Mapping())
    assert [(c.header, c.samples, c.field) for c in table.columns] == [
        ("Titre", ("Forum", "Débat"), "title"),
        ("Titre - EN", ("Fair",), "title"),
        ("Date", ("5/11",), "begins"),
        ("Remarque", (), None),
        ("Remarque", ("x", "y"), None),
    ]
    fields = [column.field for column in table.columns]
    assert looking.mapping_of(table, fields, Mapping()).columns == {
        "title": ["Titre", "Titre - EN"],
        "begins": "Date",
        "unused": [4, 5],  # of one header: told apart by their numbers
    }
    fields[0], fields[3] = "uid", "title"
    assert looking.mapping_of(table, fields, Mapping(source={"name": "CRESS"})) == Mapping(
        columns={"uid": "Titre", "title": ["Titre - EN", 4], "begins": "Date", "unused": 5}, source={"name": "CRESS"}
    )


def test_a_mapping_made_of_choices_can_be_kept(tmp_path: Path) -> None:
    table = looking.table("a.csv", [["Forum", "05/11/2014"], ["Débat", "06/11/2014"]], Mapping())
    assert (table.has_header, [column.header for column in table.columns]) == (False, ["colonne 1", "colonne 2"])
    mapping = looking.mapping_of(table, ["title", "begins"], Mapping(values={"type": {"a « b »": "atelier"}}))
    assert mapping.columns == {"title": 1, "begins": 2}
    assert mappings.parse(mappings.written(mapping).encode(), "m.toml") == mapping


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(grids, some.sampled_from([";", ","]), some.sampled_from(["\n", "\r\n"]), some.booleans())
def test_both_readers_see_the_same_rows(
    tmp_path: Path, grid: list[list[str]], separator: str, ending: str, quoted: bool
) -> None:
    assume(not any(asides.says_same(cell) for row in grid for cell in row))  # which is read as what stands above
    assume(not any(row[0].lstrip().startswith("#") for row in grid))  # which is a comment
    text = io.StringIO()
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(text, delimiter=separator, lineterminator=ending, quoting=quoting)
    header = ["titre", "date", "ville", "lieu", "type"][: len(grid[0])]
    writer.writerows([header, *grid])
    path = write(tmp_path, text.getvalue())
    wanted = [row for row in grid if any(cell.strip() for cell in row)]
    mapping = Mapping()
    columns_of_header = columns.find_header([header], mapping, path.name)
    with duckdb.connect() as connection:
        connection.execute("create temp table intake_rejects (line integer)")
        for regular_from in (0, 1 << 30):
            request = Request(path, tmp_path, mapping)
            tables.load(connection, request, "utf-8", separator, columns_of_header, regular_from=regular_from)
            rows = connection.execute("select * exclude (notes) from intake_cells order by line").fetchall()
            assert [[cell or "" for cell in row[1:]] for row in rows] == wanted
            lines = text.getvalue().split("\n")
            assert all(lines[row[0] - 1].startswith(('"', (row[1] or "")[:1])) for row in rows)


def test_rows_that_explain_the_columns_of_a_large_file_are_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "REGULAR_FROM", 0)
    stage = Stage(write(tmp_path, "Titre;Date;Ville\n(nom court);(jj/mm/aaaa);(commune)\nForum;05/11/2026;Rennes\n"))
    assert (len(stage.records), stage.rejects, stage.kinds) == (1, [], ["rows_left"])
    stage = Stage(write(tmp_path, "Titre;Date;Ville\nForum;05/11/2026;Rennes\n# voir ; aussi ; ici\n"))
    assert (len(stage.records), stage.rejects, stage.kinds) == (1, [], ["rows_left"])


@pytest.mark.parametrize("aside", ["Mardi;;", ";Novembre;", "---;---;---", "___;___;___", " ; = ;_", "_;A;", "a;;"])
def test_what_is_no_row_of_a_large_file_is_left_as_of_a_small_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, aside: str
) -> None:
    body = "".join(f"Forum {day};{day:02}/11/2026;Rennes\n" for day in range(1, 29))
    path = write(tmp_path, f"Titre;Date;Ville\n{body}{aside}\nDébat;30/11/2026;Brest\n")
    small = Stage(path)
    assert len(small.records) == 29
    monkeypatch.setattr(tables, "REGULAR_FROM", 0)
    large = Stage(path)
    assert (large.records, large.rejects, large.kinds) == (small.records, small.rejects, small.kinds)


def test_regular_and_ragged_files_give_the_same_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = "".join(f'Événement {n};2014-11-{n % 28 + 1:02}T18:00;"Ville\n{n}"\n' for n in range(200))
    path = write(tmp_path, "titre;date;ville\n" + body)
    careful = Stage(path).records
    assert [row["line"] for row in careful] == list(range(2, 402, 2))
    monkeypatch.setattr(tables, "REGULAR_FROM", 0)
    monkeypatch.setattr(tables, "_load_any", None)
    assert Stage(path).records == careful


def test_understands_without_reading_everything() -> None:
    dialect = spreadsheet.understand(FILES / "chambre.csv", Mapping())
    assert (dialect.encoding, dialect.separator, dialect.header.row) == ("cp1252", ";", 3)


UNCLEAN = {
    "Titre": "title", "Description": "description", "Conditions": "conditions", "Lieu": "venue", "Adresse": "address", "Type": "type_label",
    "Code postal": "postcode", "Ville": "city", "Département": "departement_label", "Région": "region_label",
    "Mots-clés": "keywords", "Thèmes": "theme_labels", "Organisateur": "organiser_labels", "Lien": "url",
}  # fmt: skip


def test_each_column_is_cleaned_where_no_other_needs_it(tmp_path: Path) -> None:
    clean = {name: "https://x.fr" if name == "Lien" else "Été" for name in UNCLEAN}
    rows = [{**clean, name: f"{clean[name]}<b></b>\u200b"} for name in UNCLEAN]
    lines = ["\t".join(["Date", *UNCLEAN]), *("\t".join(["3/11/2026", *row.values()]) for row in rows)]
    stage = Stage(write(tmp_path, "\n".join(lines) + "\n"))
    for record, (name, field) in zip(stage.records, UNCLEAN.items(), strict=True):
        value = record[field]
        assert (value[0] if isinstance(value, list) else value) == (None if name == "Lien" else "Été"), name


def test_a_long_title_is_cut_where_nothing_says_the_place(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, f"Titre;Date\n{'x' * 501};3/11/2026\n"))
    assert len(stage.records[0]["title"]) == 500
    assert [row["kind"] for row in stage.warnings] == ["text_cut"]


def test_a_link_that_nobody_wrote_is_dropped_and_told(tmp_path: Path) -> None:
    link = f"https://exemple.org/{'a' * 2000}"
    stage = Stage(write(tmp_path, f"Titre;Date;Lien\nForum;3/11/2026;{link}\nBal;4/11/2026;{link[:2000]}\n"))
    assert [row["url"] for row in stage.records] == [None, link[:2000]]
    assert stage.kinds == ["link_dropped"]


@pytest.mark.parametrize("together", [1, 1 << 20], ids=["each file alone", "both at once"])
def test_records_that_are_read_once_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    monkeypatch.setattr(intake, "TOGETHER", together)
    paths = [
        write(tmp_path, f"Titre;Date;Ville\n{name};05/11/2014;Rennes\n;06/11/2014;Brest\n", f"{name}.csv")
        for name in ("a", "b")
    ]
    for is_read_once in (False, True):
        with scratch.folder() as folder, connect(folder, MEMORY_MB, 0) as connection:
            gathered = intake.gather(paths, folder)
            staged = intake.stage_sources(
                connection, gathered.sources, folder, mapping=intake.Mapping(), is_read_once=is_read_once
            )
            rows = connection.execute("select record_id, title, file, city from staged_records order by 1").fetchall()
        assert (staged.n_records, staged.n_rejects) == (2, 2)
        assert rows == [(1, "a", "a.csv", "Rennes"), (2, "b", "b.csv", "Rennes")]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ('"Ciné "Demain" suivi d\'un débat"', 'Ciné "Demain" suivi d\'un débat'),
        ('"Lecture de "L\'Entraide""', 'Lecture de "L\'Entraide"'),
        ('""Demain", le film"', '"Demain", le film'),
        ('"Le "Bocal; le bar" ouvre"', 'Le "Bocal; le bar" ouvre'),
        ('"Il dit ""oui"""', 'Il dit "oui"'),
        ('Atelier 12" vinyle', 'Atelier 12" vinyle'),
        ('"Atelier 12"" vinyle"', 'Atelier 12" vinyle'),
        ('"Bal "', "Bal"),
    ],
)
def test_quotes_within_quotes_that_nobody_doubled(tmp_path: Path, written: str, title: str) -> None:
    stage = Stage(write(tmp_path, f"Titre;Date;Lieu;Ville\n{written};2026-11-05;;Rennes\nFin;2026-11-06;;Brest\n"))
    assert [row["title"] for row in stage.records] == [title, "Fin"]
    assert ([row["city"] for row in stage.records], stage.kinds) == (["Rennes", "Brest"], [])


@pytest.mark.parametrize(("signs", "sign"), [("|;|", "|"), ("||", "|"), ("~|~", "~"), ("::", ":")])
@pytest.mark.parametrize("quote", ["", '"'])
def test_cells_between_several_signs(tmp_path: Path, signs: str, sign: str, quote: str) -> None:
    rows = [
        ("Titre", "Date", "Ville", "Description"),
        (f"Bal {sign} fête", "05/11/2014", "Rennes", "L’été ; l’hiver"),
        ("Foire", "06/11/2014", "", f"a {sign} b"),
    ]
    lines = (signs.join(f"{quote}{cell}{quote}" for cell in row) for row in rows)
    stage = Stage(write(tmp_path, "\n".join(lines) + "\n"))
    assert [(r["title"], r["city"], r["description"]) for r in stage.records] == [
        (f"Bal {sign} fête", "Rennes", "L’été ; l’hiver"),
        ("Foire", None, f"a {sign} b"),
    ]
    assert (stage.kinds, stage.rejects) == ([], [])


def test_comments_are_left_aside_and_told(tmp_path: Path) -> None:
    table = (
        "# Programme 2014, relu le 1er octobre\nTitre;Date;Ville\nBal;05/11/2014;Rennes\n# les ateliers\n"
        "Atelier n°#2;06/11/2014;Brest\n#Foire;07/11/2014;Lille\n# voir ; aussi\n"
    )
    stage = Stage(write(tmp_path, table))
    assert [record["title"] for record in stage.records] == ["Bal", "Atelier n°#2"]
    assert (stage.rejects, [(row["kind"], row["detail"]) for row in stage.warnings]) == ([], [("rows_left", "4, 6, 7")])


def test_a_title_that_begins_with_a_sign_is_no_comment(tmp_path: Path) -> None:
    table = "Titre;Date;Ville\n#ESS, le bal;05/11/2014;Rennes\n# Foire;06/11/2014;Brest\n"
    stage = Stage(write(tmp_path, table))
    assert [record["title"] for record in stage.records] == ["#ESS, le bal", "# Foire"]
