"""Lists of events of any shape, read as tables; files that are none, each refused by what it is."""

import json
import plistlib
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import duckdb
import lxml.html
import pytest
from docx.oxml.ns import nsdecls

from campaign.core.errors import IntakeError
from campaign.exports import columns as exported
from campaign.intake import Mapping
from campaign.intake.fields import flat_rows
from campaign.intake.files import xml_documents
from campaign.intake.readers import marked_pages, structured
from tests.intake_files import Stage, write, write_json

pytestmark = [pytest.mark.rows(every=3), pytest.mark.in_turn]

ROWS: list[dict[str, Any]] = [
    {
        "nom": "Fête",
        "title": "Fête",
        "start": "2014-11-05T18:00",
        "place": {"city": "Rennes", "postcode": "35000"},
        "tags": ["a", "b"],
    },
    {
        "nom": "Bal",
        "title": "Bal",
        "start": "2014-11-06T20:00",
        "place": {"city": "Brest", "postcode": None},
        "tags": [],
    },
]


def _checked(stage: Stage, *, zone: bool = False) -> None:
    begins = (
        ("2014-11-05T17:00:00+00:00", "2014-11-06T19:00:00+00:00") if zone else ("2014-11-05T18:00", "2014-11-06T20:00")
    )
    assert [(r["title"], r["timings"][0]["begins"], r["city"]) for r in stage.records] == [
        ("Fête", begins[0], "Rennes"),
        ("Bal", begins[1], "Brest"),
    ]
    assert stage.staged.n_rejects == 0


@pytest.mark.parametrize("shape", ["list", "items", "deep", "data", "results", "hydra"])
def test_a_list_of_any_keys(tmp_path: Path, shape: str) -> None:
    document: Any = {"list": ROWS, "deep": {"answer": {"rows": ROWS}}, "hydra": {"@context": "/c", "member": ROWS}}.get(
        shape, {shape: ROWS, "total": 2}
    )
    stage = Stage(write_json(tmp_path, document))
    _checked(stage)
    assert stage.records[0]["postcode"] == "35000"


FLAT = [{"title": r["title"], "start": r["start"], "ville": r["place"]["city"]} for r in ROWS]
NESTED: dict[str, Any] = {
    "under towns": {r["ville"]: [{"title": r["title"], "start": r["start"]}] for r in FLAT},
    "in days": {
        "agenda": {
            "jours": [
                {"start": r["start"], "name": "x", "liste": [{"title": r["title"], "ville": r["ville"]}]} for r in FLAT
            ]
        }
    },
    "rows": {"columns": list(FLAT[0]), "data": [list(r.values()) for r in FLAT]},
    "header": [list(FLAT[0]), *(list(r.values()) for r in FLAT)],
    "a title over the header": {"values": [["Programme", "", ""], list(FLAT[0]), *(list(r.values()) for r in FLAT)]},
    "texts": [
        {
            "when": {"start": {"millis": int(datetime.fromisoformat(r["start"] + "+01:00").timestamp() * 1000)}},
            "content": {"summary": {"text": r["title"]}, "city": r["ville"]},
        }
        for r in FLAT
    ],
    "moments beside their zone": [
        {
            "subject": r["title"],
            "start": {"dateTime": f"{r['start'][:11]}{int(r['start'][11:13]) - 1}:00:00.0000000", "timeZone": "UTC"},
            "city": r["ville"],
        }
        for r in FLAT
    ],
    "moments as numbers": [
        {
            "title": {"fr-FR": r["title"], "en-GB": "x"},
            "start": [2014, 11, 5 + n, 18 + 2 * n, 0],
            "end": None,
            "city": r["ville"],
        }
        for n, r in enumerate(FLAT)
    ],
    "moments as parts": [
        {
            "title": r["title"],
            "start": {"year": 2014, "month": 11, "day": 5 + n, "hour": 18 + 2 * n, "minute": 0},
            "city": r["ville"],
        }
        for n, r in enumerate(FLAT)
    ],
    "a date of its own beside the beginning": [{"date": "2014-10-01", **r} for r in FLAT],
}


@pytest.mark.parametrize("shape", NESTED)
def test_lists_in_lists(tmp_path: Path, shape: str) -> None:
    _checked(Stage(write_json(tmp_path, NESTED[shape])), zone=shape in ("texts", "moments beside their zone"))


def test_a_table_that_is_handed_to_a_script(tmp_path: Path) -> None:
    """Google's answer to a query of a sheet, whose cells say a value and what is shown of it."""
    columns = [{"id": name, "label": name} for name in ("Titre", "Date", "Ville")]
    rows = [{"c": [{"v": r["title"]}, {"v": "Date(2014,10,5)", "f": r["start"]}, {"v": r["ville"]}]} for r in FLAT]
    document = json.dumps({"status": "ok", "table": {"cols": columns, "rows": rows}})
    _checked(Stage(write(tmp_path, f"/*O_o*/\ngoogle.visualization.Query.setResponse({document});")))


def test_cells_beyond_the_header_are_a_column_without_use(tmp_path: Path) -> None:
    rows = [list(FLAT[0]), *([*row.values(), "Buvette"] for row in FLAT)]
    assert "colonne 4" in Stage(write_json(tmp_path, rows)).staged.files[0].reading.unused_columns


def test_a_line_per_event(tmp_path: Path) -> None:
    _checked(Stage(write(tmp_path, "".join(json.dumps(row) + "\n" for row in ROWS), "a.jsonl")))


def test_a_mapping_is_for_json_too(tmp_path: Path) -> None:
    rows = [
        {"quoi_donc": "Fête", "x1": "2014-11-05", "x2": "2014-12-05"},
        {"quoi_donc": "Bal", "x1": "2014-11-06", "x2": "2014-12-06"},
    ]
    mapping = Mapping(columns={"title": "quoi_donc", "begins": "x1"})
    stage = Stage(write_json(tmp_path, rows), mapping=mapping)
    assert [r["title"] for r in stage.records] == ["Fête", "Bal"]


def test_events_of_openagenda_on_lines(tmp_path: Path) -> None:
    events = [{"uid": n, "title": {"fr": f"E{n}"}, "timings": [{"begin": "2014-11-05T18:00:00+01:00"}]} for n in (1, 2)]
    stage = Stage(write(tmp_path, "".join(json.dumps(event) + "\n" for event in events), "a.jsonl"))
    assert [file.format for file in stage.staged.files] == ["openagenda"]
    assert [r["title"] for r in stage.records] == ["E1", "E2"]


def test_geojson(tmp_path: Path) -> None:
    features: list[dict[str, Any]] = [
        {
            "type": "Feature",
            "properties": {"titre": "Fête", "date": "05/11/2014"},
            "geometry": {"type": "Point", "coordinates": [-1.67, 48.11]},
        }
    ] * 2
    for point, expected in (([-1.67, 48.11], (48.11, -1.67)), ([1046625.1, 6844868.2], (48.61105, 7.70473))):
        features[0]["geometry"]["coordinates"] = point  # in degrees, and in Lambert-93, as a public address has both
        document = {"type": "FeatureCollection", "features": features}
        record = Stage(write_json(tmp_path, document, "a.geojson")).records[0]
        assert (record["title"], record["lat"], record["lon"]) == ("Fête", *expected)


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select * from (values ('Fête', timestamp '2014-11-05 18:00', 'Rennes'), ('Bal', timestamp '2014-11-06 20:00', 'Brest'))"
            f" as t (titre, date, ville)) to '{path}' (format parquet)"
        )
    assert [r["city"] for r in Stage(path).records] == ["Rennes", "Brest"]


EVENT = {
    "@context": "https://schema.org",
    "@type": "TheaterEvent",
    "name": "Pièce",
    "startDate": "2014-11-05T20:00:00+01:00",
    "endDate": "2014-11-05T22:00:00+01:00",
    "eventStatus": "https://schema.org/EventCancelled",
    "location": {"@type": "Place", "name": "Halle", "address": {"postalCode": "35000", "addressLocality": "Rennes"}},
    "organizer": [{"@type": "Organization", "name": "Troupe"}],
}


MICRODATA = """<div itemscope itemtype="https://schema.org/TheaterEvent"><b itemprop="name">Pièce</b>
<time itemprop="startDate" datetime="2014-11-05T20:00:00+01:00">5</time><meta itemprop="endDate" content="2014-11-05T22:00:00+01:00">
<link itemprop="eventStatus" href="https://schema.org/EventCancelled"><p itemprop="organizer" itemscope><i itemprop="name">Troupe</i></p>
<p itemprop="location" itemscope itemtype="https://schema.org/Place"><i itemprop="name">Halle</i>
<span itemprop="address" itemscope><i itemprop="postalCode">35000</i> <i itemprop="addressLocality">Rennes</i></span></p></div>"""
RDFA = (
    MICRODATA.replace("itemscope itemtype", "typeof")
    .replace("itemscope", 'typeof="Thing"')
    .replace("itemprop", "property")
    .replace("https://schema.org/Theater", "schema:Theater")
)


@pytest.mark.parametrize("shape", ["alone", "graph", "list", "page", "microdata", "rdfa"])
def test_events_of_schema_org(tmp_path: Path, shape: str) -> None:
    if shape in ("microdata", "rdfa"):
        element = MICRODATA if shape == "microdata" else RDFA
        path = write(tmp_path, f"<!doctype html><html><body>é {element}</body></html>", "a.html")
    elif shape == "page":
        script = f'<script type="application/ld+json">{json.dumps([EVENT])}</script>'
        path = write(tmp_path, f"<!doctype html><html><head>{script}</head><body>é</body></html>", "a.html")
    else:
        path = write_json(
            tmp_path,
            {"alone": EVENT, "graph": {"@graph": [EVENT, {"@type": "Place"}]}, "list": [EVENT]}[shape],
            "a.jsonld",
        )
    record = Stage(path).record
    assert (record["title"], record["venue"], record["city"], record["postcode"]) == (
        "Pièce",
        "Halle",
        "Rennes",
        "35000",
    )
    assert record["timings"] == [{"begins": "2014-11-05T20:00:00+01:00", "ends": "2014-11-05T22:00:00+01:00"}]
    assert (record["status"], record["organiser_labels"]) == ("cancelled", ["Troupe"])


def test_a_broken_script_beside_good_ones_is_told(tmp_path: Path) -> None:
    script = '<script type="application/ld+json">{}</script>'
    whole = json.dumps(EVENT, ensure_ascii=False)
    loose = f"<!--\n{whole[:-1]},}};\n-->".replace("Pièce", "Autre\n")
    scripts = "".join(map(script.format, (whole, loose, whole[:120].replace("Pièce", "Coupée"))))
    stage = Stage(write(tmp_path, f"<!doctype html><html><head><meta charset=utf-8>{scripts}</head></html>", "a.html"))
    assert [record["title"] for record in stage.records] == ["Pièce", "Autre"]
    assert [reject["reason"] for reject in stage.rejects] == ["date_missing"]


def test_datatourisme(tmp_path: Path) -> None:
    item = {
        "@id": "https://data.example/1", "@type": ["EntertainmentAndEvent", "CulturalEvent"], "rdfs:label": {"fr": ["Marché"]},
        "takesPlaceAt": [
            {"startDate": "2014-11-05", "endDate": "2014-11-05", "startTime": "18:00:00"},
            {"startDate": "2014-11-12", "endDate": "2014-11-12"},
        ],
        "isLocatedAt": [{"schema:address": [{"schema:postalCode": "35000", "schema:addressLocality": "Rennes"}]}],
    }  # fmt: skip
    record = Stage(write_json(tmp_path, {"@graph": [item]}, "a.json")).record
    assert (record["title"], record["city"]) == ("Marché", "Rennes")
    assert [t["begins"] for t in record["timings"]] == ["2014-11-05T18:00", "2014-11-12"]
    item["takesPlaceAt"] = [
        {"startDate": "2014-11-05", "endDate": "2014-11-06", "startTime": "10:00:00", "endTime": "18:00:00"}
    ]
    timings = Stage(write_json(tmp_path, {"@graph": [item]}, "a.json")).record["timings"]
    assert timings == [{"begins": f"2014-11-0{day}T10:00", "ends": f"2014-11-0{day}T18:00"} for day in (5, 6)]


_SIDES = {"begin": "2014-11-05T18:30:00+01:00", "end": "2014-11-05"}
_CELL = json.dumps([_SIDES]).replace('"', '""')


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("a.json", [{"title": "Bal", "start": "2014-11-05T18:30", "end": "2014-11-05"}]),
        ("a.json", [{"uid": 1, "title": {"fr": "Bal"}, "timings": [_SIDES]}]),
        ("a.json", {"total": 1, "events": [{"uid": 1, "title": {"fr": "Bal"}, "timings": [_SIDES]}]}),
        ("a.jsonld", {"@context": "https://schema.org", "@type": "Event", "name": "Bal", "startDate": "2014-11-05T18:30",
                      "endDate": "2014-11-05"}),
        ("a.json", {"@graph": [{"@type": ["EntertainmentAndEvent"], "rdfs:label": {"fr": ["Bal"]}, "takesPlaceAt": [
            {"startDate": "2014-11-05", "endDate": "2014-11-05", "startTime": "18:30:00"}]}]}),
        ("a.csv", f'uid;title_fr;firstdate_begin;firstdate_end;timings\n1;Bal;{_SIDES["begin"]};2014-11-05;"{_CELL}"\n'),
        ("a.csv", "Titre;Début;Fin\nBal;2014-11-05 18:30;2014-11-05\n"),
        ("a.rss", '<rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel><title>Agenda</title><item><title>Bal'
                  "</title><ev:startdate>2014-11-05T18:30:00+01:00</ev:startdate><ev:enddate>2014-11-05</ev:enddate></item>"
                  "</channel></rss>"),
    ],
)  # fmt: skip
def test_a_day_alone_as_the_end_of_an_hour_is_no_end(tmp_path: Path, name: str, document: object) -> None:
    text = document if isinstance(document, str) else json.dumps(document)
    timings = Stage(write(tmp_path, text, name)).record["timings"]
    assert [(t["begins"][:16], t["ends"]) for t in timings] == [("2014-11-05T18:30", None)]


def test_a_table_of_a_page(tmp_path: Path) -> None:
    rows = "<tr><td rowspan=2>Fête</td><td>05/11/2014</td><td>Rennes</td></tr><tr><td>06/11/2014</td><td>Évry</td></tr>"
    text = f"<html><body><table><tr><th>Titre</th><th>Date</th><th>Ville</th></tr>{rows}</table></body></html>"
    assert [(r["title"], r["city"]) for r in Stage(write(tmp_path, text, "a.html")).records] == [
        ("Fête", "Rennes"),
        ("Fête", "Évry"),
    ]


def test_a_page_that_was_saved_as_one_file(tmp_path: Path) -> None:
    page = "<html><meta charset=3Dutf-8><table><tr><th>Titre<th>Date<tr><td>F=C3=AAte d'=\n=C3=A9t=C3=A9<td>05/11/2014</table></html>"
    text = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://exemple.fr/a\nSubject: Agenda\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="--b"\n\n----b\nContent-Type: text/html\n'
        f"Content-Transfer-Encoding: quoted-printable\n\n{page}\n----b--\n"
    )
    for written in (text, text.replace("\n", "\r\n")):
        assert Stage(write(tmp_path, written, "a.mhtml")).record["title"] == "Fête d'été"


def test_hours_below_days_in_a_page(tmp_path: Path) -> None:
    head = "".join(f"<th>{day} nov. 2014" for day in ("mer. 12", "jeu. 13", "ven. 14"))
    rows = "<tr><td>Demain<td>Redon<td>14h<br>20h30<td>–<td>20h30</tr><tr><td>La ferme<td>Vitré<td>–<td>18h<td>–</tr>"
    page = f"<html><body><table><tr><th>Film<th>Ville{head}</tr>{rows}</table></body></html>"
    records = Stage(write(tmp_path, page, "a.html")).records
    assert [(row["title"], [t["begins"][8:] for t in row["timings"]]) for row in records] == [
        ("Demain", ["12T14:00", "12T20:30", "14T20:30"]),
        ("La ferme", ["13T18:00"]),
    ]


def test_content_controls_frame_what_a_form_says(tmp_path: Path) -> None:
    """A control around a cell, around words, around a row, and one that nobody filled in."""
    document = docx.Document()
    table = document.add_table(4, 4)
    rows = [
        ("Titre", "Date", "Heure", "Ville"),
        ("Fête", "05/11/2014", "18h", "Rennes"),
        ("Bal", "06/11/2014", "20h", "Brest"),
    ]
    for cells, texts in zip(
        table.rows, [*rows, ("Loto", "07/11/2014", "9h", "Cliquez ici pour taper du texte.")], strict=True
    ):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    for part, properties in (
        (table.cell(1, 1)._tc, ""),
        (table.rows[2]._tr, ""),
        (table.cell(1, 3).paragraphs[0].runs[0]._r, ""),
        (table.cell(3, 3).paragraphs[0].runs[0]._r, "<w:showingPlcHdr/>"),
    ):
        control = docx.oxml.parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr>{properties}</w:sdtPr><w:sdtContent/></w:sdt>")
        part.addprevious(control)
        control[1].append(part)
    document.save(str(tmp_path / "a.docx"))
    records = Stage(tmp_path / "a.docx").records
    assert [(row["title"], row["timings"][0]["begins"], row["city"]) for row in records] == [
        ("Fête", "2014-11-05T18:00", "Rennes"),
        ("Bal", "2014-11-06T20:00", "Brest"),
        ("Loto", "2014-11-07T09:00", None),
    ]


MERGED = [("Titre", "Date", "Heure", "Ville"), ("Fête", "05/11/2014", "18h", "Rennes"), ("", "06/11/2014", "19h", "")]
MERGED += [("Bal", "05/11/2014", "18h", "Brest"), ("Loto", "05/11/2014", "20h", "")]


def _merged_page(tmp_path: Path, height: int) -> Path:
    rows = "<tr><th>Titre<th>Date<th>Heure<th>Ville</tr>"
    rows += "<tr><td rowspan=2>Fête<td>05/11/2014<td>18h<td rowspan=2>Rennes</tr><tr><td>06/11/2014<td>19h</tr>"
    rows += f"<tr><td>Bal<td rowspan=2>05/11/2014<td>18h<td rowspan={height}>Brest</tr><tr><td>Loto<td>20h</tr>"
    return write(tmp_path, f"<html><body><table>{rows}</table></body></html>", "a.html")


def _merged_document(tmp_path: Path) -> Path:
    document = docx.Document()
    table = document.add_table(len(MERGED), 4)
    for number, row in enumerate(MERGED):
        for index, text in enumerate(row):
            table.rows[number].cells[index].text = text
    for first, last, index in ((1, 2, 0), (1, 2, 3), (3, 4, 3)):
        table.cell(first, index).merge(table.cell(last, index)).text = MERGED[first][index]
    document.save(str(tmp_path / "a.docx"))
    return tmp_path / "a.docx"


@pytest.mark.parametrize("kind", ["page", "to its end", "document"])
def test_rows_below_one_title_are_its_sessions(tmp_path: Path, kind: str) -> None:
    path = _merged_document(tmp_path) if kind == "document" else _merged_page(tmp_path, 2 if kind == "page" else 0)
    stage = Stage(path)
    assert [(r["title"], r["city"], [t["begins"] for t in r["timings"]]) for r in stage.records] == [
        ("Fête", "Rennes", ["2014-11-05T18:00", "2014-11-06T19:00"]),
        ("Bal", "Brest", ["2014-11-05T18:00"]),
        ("Loto", "Brest", ["2014-11-05T20:00"]),
    ]
    assert stage.staged.n_rejects == 0


def test_a_table_of_a_document(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Programme de 2014")
    document.add_paragraph("Pour tous")
    table = document.add_table(3, 3)
    rows = [("Titre", "Date", "Ville"), ("Fête", "mercredi 5 novembre", "Rennes"), ("Bal", "6 novembre", "Brest")]
    for number, row in enumerate(rows):
        for index, text in enumerate(row):
            table.rows[number].cells[index].text = text
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="1" w:author="A"'
    changes = (
        f"<w:ins {word}><w:r><w:t> !</w:t></w:r></w:ins>",
        f"<w:del {word}><w:r><w:delText>?</w:delText></w:r></w:del>",
        f"<w:ins {word}><w:r><w:noBreakHyphen/><w:t>folk</w:t></w:r></w:ins>",
    )
    for change in changes:
        table.rows[2].cells[0].paragraphs[0]._p.append(docx.oxml.parse_xml(change))
    table.add_row().cells[0].text = "Foire"
    table.rows[3]._tr.get_or_add_trPr().append(docx.oxml.parse_xml(f"<w:del {word}/>"))
    document.save(str(tmp_path / "a.docx"))
    stage = Stage(tmp_path / "a.docx")
    events = [(r["title"], r["timings"][0]["begins"]) for r in stage.records]
    assert (events, stage.rejects) == ([("Fête", "2014-11-05"), ("Bal !-folk", "2014-11-06")], [])


def test_tables_without_a_header_under_days(tmp_path: Path) -> None:
    document = docx.Document()
    for day, rows in (
        ("Mercredi 5 novembre 2014", ["10h", "Atelier", "Brest"]),
        ("6 novembre 2014", ["9h", "Visite", "Rennes"]),
    ):
        document.add_heading(day, 1)
        for cell, text in zip(document.add_table(1, 3).rows[0].cells, rows, strict=True):
            cell.text = text
    document.save(str(tmp_path / "a.docx"))
    records = Stage(tmp_path / "a.docx").records
    assert [(r["title"], r["timings"][0]["begins"], r["city"]) for r in records] == [
        ("Atelier", "2014-11-05T10:00", "Brest"),
        ("Visite", "2014-11-06T09:00", "Rennes"),
    ]


def test_a_feed_with_events(tmp_path: Path) -> None:
    item = (
        "<item><guid>1</guid><title>Fête</title><link>https://exemple.fr/1</link><ev:startdate>2014-11-05T18:00:00+01:00</ev:startdate>"
        "<ev:location>35000 Rennes</ev:location></item>"
    )
    text = f'<?xml version="1.0"?><rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel>{item}</channel></rss>'
    record = Stage(write(tmp_path, text, "a.xml")).record
    assert (record["title"], record["address"], record["url"]) == ("Fête", "35000 Rennes", "https://exemple.fr/1")


def test_entries_of_google_and_with_a_point(tmp_path: Path) -> None:
    entry = (
        '<entry><id>1</id><title>Fête</title><gd:when startTime="2014-11-05T18:00:00+01:00"/><gd:where valueString="Halle, 35000 Rennes"/>'
        "<georss:point>48.117 -1.678</georss:point></entry>"
    )
    names = 'xmlns="http://www.w3.org/2005/Atom" xmlns:gd="http://schemas.google.com/g/2005" xmlns:georss="http://www.georss.org/georss"'
    record = Stage(write(tmp_path, f'<?xml version="1.0"?><feed {names}>{entry}</feed>', "a.xml")).record
    assert [t["begins"] for t in record["timings"]] == ["2014-11-05T18:00:00+01:00"]
    assert (record["venue"], record["lat"], record["lon"]) == ("Halle", 48.117, -1.678)


@pytest.mark.parametrize(
    "status",
    [
        '<gd:eventStatus value="http://schemas.google.com/g/2005#event.canceled"/>',
        "<xcal:status>CANCELLED</xcal:status>",
    ],
)
def test_an_entry_that_is_called_off(tmp_path: Path, status: str) -> None:
    begins = '<gd:when startTime="2014-11-05T18:00:00+01:00"/><xcal:dtstart>2014-11-05T18:00:00+01:00</xcal:dtstart>'
    of_others = '<gd:eventStatus value="http://schemas.google.com/g/2005#event.confirmed"/>'
    entries = f"<entry><id>1</id><title>Fête</title>{begins}{status}</entry><entry><id>2</id><title>Bal</title>{begins}{of_others}</entry>"
    names = 'xmlns="http://www.w3.org/2005/Atom" xmlns:gd="http://schemas.google.com/g/2005" xmlns:xcal="urn:ietf:params:xml:ns:xcal"'
    stage = Stage(write(tmp_path, f'<?xml version="1.0"?><feed {names}>{entries}</feed>', "a.xml"))
    assert [(row["title"], row["status"]) for row in stage.records] == [("Fête", "cancelled"), ("Bal", "scheduled")]


def test_all_times_of_an_entry_of_google(tmp_path: Path) -> None:
    days = '<gd:when startTime="2014-11-08" endTime="2014-11-10"/>'
    times = "".join(
        f'<gd:when startTime="2014-11-{day}T10:00:00+01:00" endTime="2014-11-{day}T12:00:00+01:00"/>'
        for day in ("06", "13")
    )
    entries = "".join(
        f"<entry><id>{n}</id><title>Fête {n}</title>{when}</entry>"
        for n, when in enumerate((days, times, days.replace("10", "08")))
    )
    names = 'xmlns="http://www.w3.org/2005/Atom" xmlns:gd="http://schemas.google.com/g/2005"'
    stage = Stage(write(tmp_path, f'<?xml version="1.0"?><feed {names}>{entries}</feed>', "a.xml"))
    assert [[(t["begins"], t["ends"]) for t in record["timings"]] for record in stage.records] == [
        [("2014-11-08", "2014-11-09")],
        [(f"2014-11-{day}T10:00:00+01:00", f"2014-11-{day}T12:00:00+01:00") for day in ("06", "13")],
        [("2014-11-08", "2014-11-08")],
    ]


@pytest.mark.parametrize(
    ("changes", "price"),
    [
        ({"isAccessibleForFree": "http://schema.org/True"}, "Gratuit"),
        ({"offers": {"price": "0"}}, "0 €"),
        ({"offers": [{"price": 5}, {"lowPrice": "3,5", "highPrice": "8.00"}]}, "de 3,50 € à 8 €"),
        ({"offers": {"price": "sur demande"}}, ""),
    ],
)
def test_what_an_event_of_schema_org_costs(changes: dict[str, Any], price: str) -> None:
    assert [row["tarif"] for row in structured.events({**EVENT, **changes})] == [price]


def test_events_in_microformats() -> None:
    page = lxml.html.fromstring(
        '<div><p class="h-event"><a class="p-name u-url" href="/1">Fête</a> <time class="dt-start" datetime="2014-11-05T18:00"></time>'
        '<i class="p-location">Halle, 35000 Rennes</i></p><p class="h-events">Bal</p></div>'
    )
    rows = list(structured.events(list(marked_pages.things(page))))
    assert [(row["titre"], row["date de début"], row["lieu"]) for row in rows] == [
        ("Fête", "2014-11-05T18:00", "Halle, 35000 Rennes")
    ]


def test_an_event_that_is_marked_in_both_ways_is_one() -> None:
    page = lxml.html.fromstring(
        '<div><div class="vevent h-event"><b class="summary p-name">Fête</b><i class="dtstart dt-start">2014-11-05</i></div></div>'
    )
    assert [row["titre"] for row in structured.events(list(marked_pages.things(page)))] == ["Fête"]


def test_events_in_microformats_as_they_were_before(tmp_path: Path) -> None:
    page = (
        '<html><body><div class="vevent"><a class="summary url" href="https://exemple.org/1">Fête</a> <abbr class="dtstart"'
        ' title="2014-11-05T18:00:00+01:00">5 nov.</abbr><abbr class="dtend" title="2014-11-05T20:00:00+01:00">20 h</abbr>'
        '<span class="location">35000 Rennes</span></div>'
        '<div class="vevent hentry"><span class="summary">Bal</span><span class="dtstart">demain</span></div></body></html>'
    )
    stage = Stage(write(tmp_path, page, "a.html"))
    assert (stage.record["title"], stage.record["url"]) == ("Fête", "https://exemple.org/1")
    assert stage.record["timings"] == [{"begins": "2014-11-05T18:00:00+01:00", "ends": "2014-11-05T20:00:00+01:00"}]
    assert [row["value"] for row in stage.rejects] == ["demain"]


@pytest.mark.parametrize(
    ("machine", "text", "fuller"),
    [
        ("2014-11-05", "mer. 5 à 18h30", "2014-11-05 18:30"),
        ("2014-11-05", "de 14h à 16h", "2014-11-05 de 14h à 16h"),
        ("2014-11-05", "bientôt", "2014-11-05"),
        ("2014-11-05", "", "2014-11-05"),
        ("2014-11-05T18:30", "mercredi soir", "2014-11-05T18:30"),
        ("2014-11-05", "mercredi 5 novembre 2014 à 18h", "mercredi 5 novembre 2014 à 18h"),
        ("", "mercredi 5 novembre", "mercredi 5 novembre"),
        ("demain", "mercredi 5", "mercredi 5"),
    ],
)
def test_the_fuller_of_what_programs_and_readers_are_given(machine: str, text: str, fuller: str) -> None:
    assert marked_pages.moment(machine, text) == fuller


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([2014, 11, 5], "2014-11-05"),
        ([2014, 11, 5, 18, 30], "2014-11-05T18:30"),
        ([2014, 13, 45], "2014 | 13 | 45"),
        (
            {"date": "2014-11-05 18:30:00.000000", "timezone_type": 3, "timezone": "Europe/Paris"},
            "2014-11-05T18:30:00+01:00",
        ),
        ({"dateTime": "2014-11-05T18:30:00Z", "timeZone": "UTC"}, "2014-11-05T18:30:00Z"),
        ({"dateTime": "2014-11-05T18:30:00", "timeZone": "Romance Standard Time"}, "2014-11-05T18:30:00+01:00"),
        ({"year": 2014, "month": 11, "day": 5, "hour": 18, "minute": 30}, "2014-11-05T18:30"),
        ({"hour": 18, "minute": 5, "second": 0, "nano": 0}, "18:05"),
        ({"text": "Bal", "html": "<b>Bal</b>"}, "Bal"),
        ({"rendered": "Bal"}, "Bal"),
        (float("nan"), ""),
        (True, "oui"),
        (["a", None, "b"], "a | b"),
        ([{"organizer": "AMAP"}, {"name": "Halle"}], "AMAP | Halle"),
    ],
)
def test_what_programs_wrap_is_one_text(value: Any, text: str) -> None:
    assert flat_rows.flat({"x": value}) == {"x": text}


def test_a_zone_that_nobody_knows_is_kept_beside_its_moment() -> None:
    row = flat_rows.flat({"x": {"dateTime": "2014-11-05T18:30:00", "timeZone": "Mars Time"}})
    assert row == {"x_dateTime": "2014-11-05T18:30:00", "x_timeZone": "Mars Time"}


ENTRY = "<item><title>Bal</title><pubDate>Thu, 01 Oct 2026 10:00:00 +0200</pubDate><description>{}</description></item>"


@pytest.mark.parametrize(
    ("text", "begins", "venue"),
    [
        ("Jeudi 5 novembre 2026 à 20h, Halles, Rennes. Un bal.", "2026-11-05T20:00", "Halles"),
        ("&lt;p&gt;Le 5 novembre 2026 de 10h à 12h - bal&lt;/p&gt;", "2026-11-05T10:00", None),
        ("Le 5 novembre 2024, nous avons dansé.", None, None),  # over when it was published
        ("Nous serons là le 5 novembre 2026.", None, None),
    ],
)
def test_a_feed_whose_texts_begin_with_a_date(tmp_path: Path, text: str, begins: str | None, venue: str | None) -> None:
    feed = f'<rss version="2.0"><channel><title>A</title>{ENTRY.format(text)}</channel></rss>'
    stage = Stage(write(tmp_path, feed, "a.rss"))
    assert [(r["timings"][0]["begins"], r["venue"]) for r in stage.records] == ([(begins, venue)] if begins else [])
    assert [r["reason"] for r in stage.rejects] == ([] if begins else ["date_missing"])


@pytest.mark.parametrize(
    ("parts", "begins"),
    [
        ("<date>2026-11-05</date><heure>20h</heure>", "2026-11-05T20:00"),
        ("<dc:date>2026-11-05T20:00:00+01:00</dc:date>", "2026-11-05T20:00:00+01:00"),
        ("<dc:date>2026-10-01T10:00:00+02:00</dc:date>", None),  # when it was published
        ("<date>2026-09-30</date>", None),
        (
            "<description>&lt;p&gt;Date : 5 novembre 2026&lt;/p&gt;&lt;p&gt;Heure : 20h&lt;/p&gt;</description>",
            "2026-11-05T20:00",
        ),
        (
            "<description>Né le 3 mars 2012.&lt;br/&gt;Quand : 5 novembre 2026&lt;br/&gt;Note : 5</description>",
            "2026-11-05",
        ),
        ("<description>Heure : 20h, Rennes</description>", None),
        ("<title>Bal - jeudi 5 novembre 2026 à 20h</title>", "2026-11-05T20:00"),
        ("<title>Retour sur le bal - 5 septembre 2026</title>", None),
    ],
)
def test_a_feed_that_says_a_date_in_its_own_way(tmp_path: Path, parts: str, begins: str | None) -> None:
    title = "" if "<title>" in parts else "<title>Bal</title>"
    item = f"<item>{title}<pubDate>Thu, 01 Oct 2026 10:00:00 +0200</pubDate>{parts}<lieu>35000 Rennes</lieu></item>"
    names = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    stage = Stage(write(tmp_path, f'<rss version="2.0" {names}><channel>{item}</channel></rss>', "a.rss"))
    assert [r["timings"][0]["begins"] for r in stage.records] == ([begins] if begins else [])
    assert [r["address"] for r in stage.records] == (["35000 Rennes"] if begins else [])
    assert [r["reason"] for r in stage.rejects] == ([] if begins else ["date_missing"])


DRUPAL = '<item><title>{title}</title><field_date><time datetime="{start}">x</time></field_date><lieu><ville>{ville}</ville></lieu></item>'
PAGE = "<h2>{month}</h2><table><caption>Programme</caption><tr><th>Date<th>Titre<th>Ville<tr><td>{day}<td>{title}<td>{ville}</table>"


ATTRIBUTES = '<item title="{title}" start="{start}" ville="{ville}"/>'
BESIDE_TEXTS = '<item><titre date="{start}">{title}</titre><lieu ville="{ville}">Salle</lieu></item>'


META = "<wp:postmeta><wp:meta_key>{}</wp:meta_key><wp:meta_value>{}</wp:meta_value></wp:postmeta>"
WORDPRESS = (
    "<item><title>{title}</title><wp:post_id>{ville}</wp:post_id><wp:post_type>tribe_events</wp:post_type>"
    + META.format("_EventStartDate", "{start}")
    + META.format("_EventVenueID", "{ville}1")
    + "</item><item><title>Halle</title><wp:post_id>{ville}1</wp:post_id><wp:post_type>tribe_venue</wp:post_type>"
    + META.format("_VenueCity", "{ville}")
    + "</item><item><title>Actualité</title><pubDate>Wed, 05 Nov 2014 08:00:00 +0000</pubDate><wp:post_type>post</wp:post_type></item>"
)


MAP = (
    '<Placemark><name>{title}</name><ExtendedData><Data name="start"><value>{start}</value></Data>'
    '<Data name="ville"><value>{ville}</value></Data></ExtendedData><Point><coordinates>-1.67,48.11,0</coordinates></Point></Placemark>'
)


@pytest.mark.parametrize("item", [DRUPAL, ATTRIBUTES, BESIDE_TEXTS, WORDPRESS, MAP])
def test_a_list_in_xml(tmp_path: Path, item: str) -> None:
    items = "".join(item.format(**row) for row in FLAT)
    space = ' xmlns:wp="http://wordpress.org/export/1.2/"' if item is WORDPRESS else ""
    root = "rss" if space else "response"
    _checked(Stage(write(tmp_path, f'<?xml version="1.0"?><{root}{space}>{items}</{root}>', "a.xml")))


@pytest.mark.parametrize(
    ("end", "largest_mb", "message"), [("", 64, "coupé avant sa fin"), ("</rss>", 0, "trop pour du XML")]
)
def test_no_entry_of_a_wordpress_export_is_lost_unsaid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str, largest_mb: int, message: str
) -> None:
    monkeypatch.setattr(xml_documents, "_LARGEST_MB", largest_mb)
    items = "".join(WORDPRESS.format(**row) for row in FLAT)
    content = f'<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/">{items}<item><title>Fo{end}'
    with pytest.raises(IntakeError, match=message):
        Stage(write(tmp_path, content, "a.xml"))


def test_a_heading_over_a_table_of_a_page(tmp_path: Path) -> None:
    tables = "".join(
        PAGE.format(month=month, day=day, title="Bal", ville="Rennes")
        for month, day in (("Novembre 2026", "jeudi 5"), ("Décembre 2026", "4"))
    )
    records = Stage(write(tmp_path, f"<html><body>{tables}</body></html>", "a.html")).records
    assert [r["timings"][0]["begins"] for r in records] == ["2026-11-05", "2026-12-04"]


def test_a_page_of_notes(tmp_path: Path) -> None:
    page = "# Bal\n\nDate: 5 novembre 2026 20:00\nVille: Rennes\n\nUn bal ouvert à tous.\n"
    record = Stage(write(tmp_path, page, "a.md")).record
    assert (record["title"], record["city"], record["description"]) == ("Bal", "Rennes", "Un bal ouvert à tous.")
    with pytest.raises(IntakeError):
        Stage(write(tmp_path, "# Notes\n\nAuteur: Zoé\nDate: 5 novembre 2026\n\nRien.\n", "a.md"))


def test_our_own_list(tmp_path: Path) -> None:
    row = dict.fromkeys(exported.COLUMNS) | {
        "event_id": "0123456789abcdef", "edition": 2014, "title": "Fête", "type": "conference", "starts_at": "2014-11-05T18:00:00+01:00",
        "ends_at": "2014-11-05T20:00:00+01:00", "n_sessions": 1, "commune": "Rennes", "commune_code": "35238", "departement_code": "35",
        "attendance_mode": "on_site", "status": "scheduled", "is_demo": False,
    }  # fmt: skip
    record = Stage(write_json(tmp_path, {"total": 1, "after": None, "events": [row]})).record
    assert (record["title"], record["commune_code"], record["source_uid"]) == ("Fête", "35238", "0123456789abcdef")
    assert record["timings"] == [{"begins": "2014-11-05T18:00:00+01:00", "ends": "2014-11-05T20:00:00+01:00"}]


def _zip(path: Path, mimetype: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", mimetype)
        archive.writestr("content.xml", "<x/>")
    return path


SHEET = "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz/edit"


@pytest.mark.parametrize(
    ("name", "content", "says", "way_out"),
    [
        ("a.pdf", b"%PDF-1.7 x", "est un PDF", "XLSX"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "est une image", "XLSX"),
        ("a.webp", b"RIFF$\0\0\0WEBPVP8 ", "est une image", "XLSX"),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1", "est une image", "XLSX"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "est une image", "XLSX"),
        (
            "a.eml",
            b"From: a@b.fr\r\nTo: c@d.fr\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\nBonjour",
            "est un courriel",
            "pièce jointe",
        ),
        ("a.rtf", b"{\\rtf1 x}", "RTF", ".docx"),
        ("winmail.dat", b'x\x9f>"\x01\0\x01\0', "winmail.dat", "texte brut"),
        (
            "a.csv",
            f'<html><a href="{SHEET}">x</a></html>'.encode(),
            "Google Sheets",
            "/1AbCdEfGhIjKlMnOpQrStUvWxYz/export?format=csv",
        ),
        ("a.gsheet", b'{"doc_id":"1AbCdEfGhIj","email":"a@b.fr"}', "Google Drive", "/1AbCdEfGhIj/export?format=csv"),
        ("a.gdoc", b'{"url":"https://docs.google.com/open?id=1AbCd","doc_id":"1AbCd"}', "Google Drive", "Télécharger"),
        (
            "a.url",
            b"[InternetShortcut]\r\nURL=https://exemple.org/agenda\r\n",
            "raccourci",
            "https://exemple.org/agenda",
        ),
        ("a.url", f"[InternetShortcut]\nIDList=\nURL={SHEET}\n".encode(), "raccourci", "StUvWxYz/export?format=csv"),
        ("a.webloc", plistlib.dumps({"URL": "https://exemple.org/agenda"}), "raccourci", "https://exemple.org/agenda"),
        (
            "a.webloc",
            plistlib.dumps({"URL": SHEET}, fmt=plistlib.FMT_BINARY),
            "raccourci",
            "StUvWxYz/export?format=csv",
        ),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), ".doc", ".docx"),
        (
            "a.msg",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__properties_version1.0".encode("utf-16-le"),
            "Outlook",
            "pièce jointe",
        ),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "mot de passe",
            "Retirez",
        ),
    ],
)
def test_what_is_no_list_says_what_it_is(tmp_path: Path, name: str, content: bytes, says: str, way_out: str) -> None:
    with pytest.raises(IntakeError) as caught:
        Stage(write(tmp_path, content, name))
    assert says in caught.value.message
    assert way_out in caught.value.remedy


def test_a_document_of_apple_says_how_it_is_exported(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.numbers", "w") as archive:
        archive.writestr("Index/Document.iwa", "x")
    with pytest.raises(IntakeError, match="Numbers") as caught:
        Stage(tmp_path / "a.numbers")
    assert "Exporter vers" in caught.value.remedy


@pytest.mark.parametrize(
    "text",
    [
        '[{"titre": "Bal", "date": "2026-11-05"},]',
        '[\n  {"titre": "Bal", "date": "2026-11-05",},\n  // à confirmer : "x"\n]',
        '/* agenda, v2 */ {"evenements": [{"titre": "Bal", "date": "2026-11-05"} /* seul */ , ]}',
    ],
)
def test_a_list_corrected_by_hand_is_read(tmp_path: Path, text: str) -> None:
    record = Stage(write(tmp_path, text, "a.json")).record
    assert (record["title"], record["timings"][0]["begins"]) == ("Bal", "2026-11-05")


def test_what_stands_in_texts_is_no_slip(tmp_path: Path) -> None:
    text = '[{"titre": "Bal // fête, ]", "date": "2026-11-05", "lien": "https://exemple.org/a"},]'
    record = Stage(write(tmp_path, text, "a.json")).record
    assert (record["title"], record["url"]) == ("Bal // fête, ]", "https://exemple.org/a")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[\n {"titre": "Bal" "date": "2026-11-05"}]', "ligne 2, colonne 18"),
        ('[\n {"titre": "Bal", "date": "2026-11-05"},\n {"titre": "Fê', "il s'arrête ligne 3"),
        ('{"events": [{"uid": 1, "timings": [}]}', "ligne 1, colonne 36"),
        ('{"events": [{"uid": 1, "title": {"fr": "x"}, "timings": []},', "il s'arrête ligne 1"),
    ],
)
def test_where_a_document_breaks_is_said_in_french(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(IntakeError, match="n'est pas un document JSON complet") as caught:
        Stage(write(tmp_path, text, "a.json"))
    assert place in caught.value.message


def test_a_text_document_is_no_workbook(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match=r"\.odt") as caught:
        Stage(_zip(tmp_path / "a.odt", "application/vnd.oasis.opendocument.text"))
    assert "mot de passe" not in caught.value.remedy


def test_sessions_and_names_in_lists_of_any_keys(tmp_path: Path) -> None:
    rows = [
        {"title": "Forum", "city": "Rennes", "organizers": [{"organizer": "Le Relais", "id": 4}],
         "dates": [{"start": "2026-11-03T18:00", "end": "2026-11-03T20:00"}, {"start": "2026-11-05T18:00", "end": None}]},
        {"title": "Bal", "city": "Brest", "organizers": [], "dates": [{"start": "2026-11-04T18:00", "end": "2026-11-04T20:00"}]},
    ]  # fmt: skip
    stage = Stage(write_json(tmp_path, rows))
    assert [[(t["begins"], t["ends"]) for t in row["timings"]] for row in stage.records] == [
        [("2026-11-03T18:00", "2026-11-03T20:00"), ("2026-11-05T18:00", None)],
        [("2026-11-04T18:00", "2026-11-04T20:00")],
    ]
    assert [row["organiser_labels"] for row in stage.records] == [["Le Relais"], []]


PLACED = [
    {"date": "2026-11-03", "hour": "18:30", "city": "Rennes"},
    {"date": "2026-11-04", "hour": "10:00", "city": "Brest"},
]
SESSIONS_WITH_PLACES: dict[str, Any] = {
    "keyed": {"datesPlaces": {"0": PLACED[0], "1": PLACED[1]}},
    "a list": {"dates": PLACED},
    "a place within": {"dates": [{"start": f"{s['date']}T{s['hour']}", "place": {"city": s["city"]}} for s in PLACED]},
    "a town over them": {"city": "Lille", "postalCode": "59000", "seances": PLACED},
    "dates of people": {"dates": [{**s, "date": f"{n} novembre 2026"} for n, s in enumerate(PLACED, 3)]},
    "a place that is named": {"dates": [{**s, "name": "Halle"} for s in PLACED]},
}


@pytest.mark.parametrize("shape", SESSIONS_WITH_PLACES)
def test_each_place_of_sessions_is_an_event(tmp_path: Path, shape: str) -> None:
    first = {"id": 7, "title": "Forum", **SESSIONS_WITH_PLACES[shape]}
    rows = [first, {"id": 8, "title": "Bal", "city": "Lille", "date": "2026-11-05"}]
    stage = Stage(write_json(tmp_path, rows))
    assert [(r["title"], r["city"], [t["begins"] for t in r["timings"]]) for r in stage.records] == [
        ("Forum", "Rennes", ["2026-11-03T18:30"]),
        ("Forum", "Brest", ["2026-11-04T10:00"]),
        ("Bal", "Lille", ["2026-11-05"]),
    ]
    assert len({r["source_uid"] for r in stage.records}) == 3
    assert (stage.kinds, [r["postcode"] for r in stage.records]) == ([], [None] * 3)


@pytest.mark.parametrize("shape", SESSIONS_WITH_PLACES)
@pytest.mark.parametrize(
    ("begins", "ends", "is_told"),
    [
        ("2026-11-03T18:30", "2026-11-04T10:00", False),
        ("2026-11-03", "2026-11-04", False),
        ("2026-11-03T00:00:00", "2026-11-05T00:00:00", False),
        ("2026-11-01T10:00", "2026-11-20T18:00", True),
        ("2026-11-03T09:00", None, True),
        ("2026-11-03T18:30", "2026-11-06T20:00", True),
    ],
)
def test_dates_around_sessions_with_places_are_told(
    tmp_path: Path, shape: str, begins: str, ends: str | None, *, is_told: bool
) -> None:
    stage = Stage(
        write_json(tmp_path, [{"title": "Forum", **SESSIONS_WITH_PLACES[shape], "start": begins, "end": ends}])
    )
    assert [[t["begins"] for t in r["timings"]] for r in stage.records] == [["2026-11-03T18:30"], ["2026-11-04T10:00"]]
    assert [warning["detail"] for warning in stage.warnings] == [
        " -> ".join(filter(None, (begins, ends)))
    ] * 2 * is_told


def test_sessions_at_one_place_are_one_event(tmp_path: Path) -> None:
    sessions = [{"date": f"2026-11-0{n}", "hour": "10:00"} for n in (3, 4)]
    rows = [
        {"title": "Permanence", "city": "Brest", "seances": {"0": sessions[0], "1": sessions[1]}},
        {"title": "Atelier", "city": "Brest", "seances": {"0": sessions[1]}},
        {"title": "Bal", "seances": [{**session, "city": "Lille"} for session in sessions]},
    ]
    stage = Stage(write_json(tmp_path, rows))
    assert [(r["city"], [t["begins"] for t in r["timings"]]) for r in stage.records] == [
        ("Brest", ["2026-11-03T10:00", "2026-11-04T10:00"]),
        ("Brest", ["2026-11-04T10:00"]),
        ("Lille", ["2026-11-03T10:00", "2026-11-04T10:00"]),
    ]


def test_points_with_a_list_of_each_property(tmp_path: Path) -> None:
    lists = {"titre": ["Bal", "Foire"], "date": ["2026-11-05", "2026-11-06"], "ville": ["Rennes", "Brest"]}
    points = {"type": "MultiPoint", "coordinates": [[-1.6778, 48.1173], [-4.4861, 48.3904]]}
    feature = {"type": "Feature", "geometry": points, "properties": lists}
    stage = Stage(write_json(tmp_path, {"type": "FeatureCollection", "features": [feature]}))
    assert [(r["title"], r["timings"][0]["begins"], r["city"], r["lat"]) for r in stage.records] == [
        ("Bal", "2026-11-05", "Rennes", 48.1173),
        ("Foire", "2026-11-06", "Brest", 48.3904),
    ]


def test_an_address_that_a_place_of_a_graph_refers_to(tmp_path: Path) -> None:
    def thing(kind: str, of: str, **properties: Any) -> dict[str, Any]:
        return {"@type": kind, "@id": f"https://exemple.org/#{of}", **properties}

    graph = [
        thing("Place", "lieu", name="Halle", address={"@id": "https://exemple.org/#adresse"}),
        thing("PostalAddress", "adresse", addressLocality="Rennes", postalCode="35000"),
        thing("Event", "1", name="Bal", startDate="2026-11-05", location={"@id": "https://exemple.org/#lieu"}),
    ]
    record = Stage(write_json(tmp_path, {"@context": "https://schema.org", "@graph": graph})).record
    assert (record["venue"], record["city"], record["postcode"]) == ("Halle", "Rennes", "35000")


def test_a_list_of_terms_in_an_entry_of_a_feed(tmp_path: Path) -> None:
    html = (
        "<dl><dt>Date</dt><dd>5 novembre 2026 à 18h30</dd><dt>Lieu</dt><dd>Halle, 35000 Rennes</dd></dl><p>Venez.</p>"
    )
    content = f'<content type="html">{html.replace("<", "&lt;")}</content>'
    entry = f"<entry><id>1</id><title>Bal</title><updated>2026-10-01T08:00:00Z</updated>{content}</entry>"
    record = Stage(write(tmp_path, f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>', "a.xml")).record
    assert (record["timings"][0]["begins"], record["venue"]) == ("2026-11-05T18:30", "Halle")


def test_dates_of_other_platforms(tmp_path: Path) -> None:
    seconds = [
        {"title": title, "start_datetime": 1793718000 + n, "place": {"name": "MJC"}}
        for n, title in ((0, "A"), (86400, "B"))
    ]
    stage = Stage(write_json(tmp_path, seconds))
    assert [row["timings"][0]["begins"] for row in stage.records] == [
        "2026-11-03T15:00:00+00:00",
        "2026-11-04T15:00:00+00:00",
    ]
    table = (
        "Event Name,Event Start Date,Event Start Time,Event End Date,Event End Time,Venue City\n"
        "Forum,2026-11-03,18:00:00,2026-11-03,20:00:00,Rennes\nBal,2026-11-14,10:00:00,2026-11-14,12:00:00,Brest\n"
    )
    stage = Stage(write(tmp_path, table))
    assert stage.records[0]["timings"] == [{"begins": "2026-11-03T18:00", "ends": "2026-11-03T20:00"}]
    mail = Stage(write(tmp_path, "Titre;Date;Ville\nA;Tue, 03 Nov 2026 18:00:00 +0100;Rennes\n", "mail.csv"))
    assert mail.record["timings"][0]["begins"] == "2026-11-03T18:00:00+01:00"


def test_lines_in_a_cell_and_several_tables_of_a_page(tmp_path: Path) -> None:
    head = "<tr><th>Titre</th><th>Date</th><th>Ville</th></tr>"
    page = (
        f"<html><body><table>{head}<tr><td>Forum</td><td>3 novembre 2026<br>14h</td><td>Rennes</td></tr>"
        f"<tr><td>Débat</td><td>04/11/2026</td><td>Brest</td></tr></table><table><tr><td>Menu</td></tr></table>"
        f"<table>{head}<tr><td>Bal</td><td>05/11/2026</td><td>Vannes</td></tr></table></body></html>"
    )
    stage = Stage(write(tmp_path, page, "programme.html"))
    assert [(row["title"], row["timings"][0]["begins"], row["city"]) for row in stage.records] == [
        ("Forum", "2026-11-03T14:00", "Rennes"),
        ("Débat", "2026-11-04", "Brest"),
        ("Bal", "2026-11-05", "Vannes"),
    ]


def test_the_end_of_whole_days_of_a_calendar_is_exclusive(tmp_path: Path) -> None:
    days = {
        "summary": "Photos",
        "start": {"date": "2026-11-03"},
        "end": {"date": "2026-11-05"},
        "location": "Brest, France",
    }
    hours = {
        "summary": "Forum",
        "start": {"dateTime": "2026-11-03T14:00:00+01:00"},
        "end": {"dateTime": "2026-11-03T16:00:00+01:00"},
        "location": "Fournil, 12 rue du Four, 35000 Rennes",
    }
    stage = Stage(write_json(tmp_path, {"items": [days, hours]}))
    assert [(t["begins"][:10], t["ends"][:10]) for row in stage.records for t in row["timings"]] == [
        ("2026-11-03", "2026-11-04"),
        ("2026-11-03", "2026-11-03"),
    ]
    assert [(row["venue"], row["city"]) for row in stage.records] == [("Brest", "Brest"), ("Fournil", None)]


def test_a_series_of_json_ld_is_one_event(tmp_path: Path) -> None:
    parts = [{"@type": "Event", "name": "Atelier", "startDate": f"2026-11-0{n}T18:00"} for n in (3, 4)]
    series = {"@context": "x", "@type": "EventSeries", "name": "Atelier", "location": "Vannes", "subEvent": parts}
    record = Stage(write_json(tmp_path, series)).record
    assert ([t["begins"][:10] for t in record["timings"]], record["city"]) == (["2026-11-03", "2026-11-04"], "Vannes")


@pytest.mark.parametrize(
    ("whole", "n_events"),
    [
        ({}, 2),
        ({"startDate": "2026-11-03", "endDate": "2026-11-04"}, 2),  # from the first part to the last
        ({"startDate": "2026-11-02", "endDate": "2026-11-04"}, 3),
        ({"startDate": "2026-11-03T10:00", "endDate": "2026-11-04T20:00"}, 3),
    ],
)
def test_a_series_whose_parts_have_names_of_their_own(tmp_path: Path, whole: dict[str, str], n_events: int) -> None:
    parts = [
        {"@type": "Event", "name": f"Étape {n}", "startDate": f"2026-11-0{n}T18:00", "location": town}
        for n, town in ((3, "Vannes"), (4, "Rennes"))
    ]
    series = {"@context": "x", "@type": "EventSeries", "name": "Caravane", **whole, "subEvent": parts}
    records = Stage(write_json(tmp_path, series)).records
    assert len(records) == n_events
    assert [row["city"] for row in records][-2:] == ["Vannes", "Rennes"]


def test_an_exhibition_with_its_hours(tmp_path: Path) -> None:
    hours = {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": ["https://schema.org/Tuesday"],
        "opens": "10:00",
        "closes": "18:00",
    }
    event = {
        "@context": "x",
        "@type": "ExhibitionEvent",
        "name": "Coopérer",
        "startDate": "2026-11-03",
        "endDate": "2026-11-12",
    }
    record = Stage(write_json(tmp_path, [{**event, "hoursAvailable": [hours]}])).record
    assert [(t["begins"], t["ends"]) for t in record["timings"]] == [
        ("2026-11-03T10:00", "2026-11-03T18:00"),
        ("2026-11-10T10:00", "2026-11-10T18:00"),
    ]


def test_places_of_a_map_in_several_folders(tmp_path: Path) -> None:
    places = [
        f"<Placemark><name>Bal {n}</name><TimeSpan><begin>2026-11-0{n}T10:00:00Z</begin></TimeSpan>"
        "<Point><coordinates>-1.68,48.11,0</coordinates></Point></Placemark>"
        for n in (1, 2, 3)
    ]
    body = f"<name>Carte</name><Folder><name>Ouest</name>{places[0]}{places[1]}</Folder>{places[2]}"
    kml = f'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{body}</Document></kml>'
    stage = Stage(write(tmp_path, kml, "carte.kml"))
    assert [row["title"] for row in stage.records] == ["Bal 1", "Bal 2", "Bal 3"]


def test_a_place_of_one_text_in_json_ld(tmp_path: Path) -> None:
    event = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Forum",
        "startDate": "2026-11-03",
        "location": "Vannes",
    }
    assert Stage(write_json(tmp_path, [event])).record["city"] == "Vannes"


@pytest.mark.parametrize(
    ("geometry", "point"),
    [
        ({"type": "Point", "coordinates": [[-1.67, 48.11]]}, (48.11, -1.67)),
        ({"type": "Point", "coordinates": ["-1.67", "48.11"]}, (48.11, -1.67)),
        ({"type": "MultiPoint", "coordinates": [[[-1.67, 48.11]]]}, (48.11, -1.67)),
        ({"type": "MultiPoint", "coordinates": [[-1.67, 48.11], [2.3, 48.8]]}, (None, None)),
    ],
)
def test_points_between_any_number_of_brackets(
    tmp_path: Path, geometry: dict[str, Any], point: tuple[float | None, float | None]
) -> None:
    feature = {"type": "Feature", "properties": {"titre": "Fête", "date": "05/11/2014"}, "geometry": geometry}
    record = Stage(write_json(tmp_path, {"type": "FeatureCollection", "features": [feature]}, "a.geojson")).record
    assert (record["lat"], record["lon"]) == point


def test_a_point_within_a_place(tmp_path: Path) -> None:
    venue = {"name": "MJC", "loc": {"type": "Point", "coordinates": [-1.67, 48.11]}}
    rows = [{"title": title, "start": "2026-11-03T18:00", "venue": venue} for title in ("A", "B")]
    assert [(row["lat"], row["lon"]) for row in Stage(write_json(tmp_path, rows)).records] == [(48.11, -1.67)] * 2


@pytest.mark.parametrize(
    ("period", "timings"),
    [
        ({"dateDebut": "2026-11-03", "dateFin": "2026-11-03", "horaireOuverture": "10:00:00", "horaireFermeture": "12:00:00"},
         [("2026-11-03T10:00", "2026-11-03T12:00")]),
        ({"dateDebut": "2026-11-03", "dateFin": "2026-11-04", "horaireOuverture": "10:00:00", "horaireFermeture": "12:00:00"},
         [("2026-11-03T10:00", "2026-11-03T12:00"), ("2026-11-04T10:00", "2026-11-04T12:00")]),
        ({"dateDebut": "2026-11-03", "dateFin": "2026-11-05"}, [("2026-11-03", "2026-11-05")]),
    ],
)  # fmt: skip
def test_periods_of_apidae(tmp_path: Path, period: dict[str, str], timings: list[tuple[str, str]]) -> None:
    rows = [{"nom": {"libelleFr": name}, "ouverture": {"periodesOuvertures": [period]}} for name in ("Bal", "Foire")]
    stage = Stage(write_json(tmp_path, {"objetsTouristiques": rows}))
    assert [[(t["begins"], t["ends"]) for t in row["timings"]] for row in stage.records] == [timings] * 2
    assert stage.kinds == []


def test_a_period_that_leaves_days_out_is_refused(tmp_path: Path) -> None:
    period = {"dateDebut": "2026-11-03", "dateFin": "2026-11-20", "ouverturesJournalieres": [{"jour": "LUNDI"}]}
    rows = [{"title": name, "ouverture": {"periodesOuvertures": [period]}} for name in ("Bal", "Foire")]
    with pytest.raises(IntakeError):
        Stage(write_json(tmp_path, rows))


@pytest.mark.parametrize(
    ("key", "seconds", "timings"),
    [
        ("date", [1793919600, 1794092400], [("2026-11-06", "2026-11-08")]),
        ("date", [1793984400, 1793991600], [("2026-11-06T18:00:00+01:00", "2026-11-06T20:00:00+01:00")]),
        ("date", [1793919600], [("2026-11-06", None)]),
        ("dates", [1793919600, 1794092400], [("2026-11-06", None), ("2026-11-08", None)]),
        ("date", 1793919600000, [("2026-11-06", None)]),
    ],
)
def test_seconds_at_midnight_are_days(tmp_path: Path, key: str, seconds: Any, timings: list[tuple[str, str]]) -> None:
    stage = Stage(write_json(tmp_path, [{"name": name, key: seconds} for name in ("Bal", "Foire")]))
    assert [[(t["begins"], t["ends"]) for t in row["timings"]] for row in stage.records] == [timings] * 2
    assert stage.kinds == []


def test_a_span_of_seconds_beside_a_day_of_them(tmp_path: Path) -> None:
    rows = [{"name": "Bal", "date": [1793919600, 1794092400]}, {"name": "Foire", "date": [1793919600]}]
    stage = Stage(write_json(tmp_path, rows))
    assert [(t["begins"], t["ends"]) for row in stage.records for t in row["timings"]] == [
        ("2026-11-06", "2026-11-08"),
        ("2026-11-06", None),
    ]


def test_seconds_of_which_one_has_an_hour(tmp_path: Path) -> None:
    rows = [{"name": "Bal", "date": 1793919600}, {"name": "Foire", "date": 1793984400}]
    begins = [row["timings"][0]["begins"] for row in Stage(write_json(tmp_path, rows)).records]
    assert begins == ["2026-11-05T23:00:00+00:00", "2026-11-06T17:00:00+00:00"]


def test_a_place_that_stands_in_a_town() -> None:
    for town, city in (("Saintes", "Saintes"), ("Un pays", "")):
        place = {"@type": "Place", "name": "Le Cheval", "containedIn": {"@type": "AdministrativeArea", "name": town}}
        event = {"@type": "Event", "name": "Bal", "startDate": "2026-11-05", "location": place}
        assert [row["ville"] for row in structured.events([event])] == [city]


HEADS = {
    "two rows": "<tr><th rowspan=2>Date</th><th colspan=2>Horaires</th><th rowspan=2>Titre</th></tr><tr><th>Début</th><th>Fin</th></tr>",
    "the same name": "<tr><th>Date</th><th>Horaires</th><th>Horaires</th><th>Titre</th></tr>",
}


@pytest.mark.parametrize("head", HEADS)
def test_headers_over_several_columns_of_a_page(tmp_path: Path, head: str) -> None:
    rows = (
        "<tr><td>05/11/2026</td><td>10h</td><td>12h</td><td>Bal</td></tr><tr><td colspan=4>Semaine 46</td></tr>"
        "<tr><td>12/11/2026</td><td>14h</td><td>16h</td><td>Foire</td></tr>"
    )
    stage = Stage(write(tmp_path, f"<html><body><table>{HEADS[head]}{rows}</table></body></html>", "a.html"))
    begins = [[t["begins"] for t in row["timings"]] for row in stage.records]
    assert [each[0] for each in begins] == ["2026-11-05T10:00", "2026-11-12T14:00"]
    ends = [row["timings"][-1]["ends"] or row["timings"][-1]["begins"] for row in stage.records]
    assert ends == ["2026-11-05T12:00", "2026-11-12T16:00"]
    assert stage.rejects == []


LINKED = {
    "relationships": {
        "data": [
            {"type": "event", "id": "1", "attributes": {"title": "Bal"}, "relationships": {"lieu": {"data": {"type": "place", "id": "7"}},
             "dates": {"data": [{"type": "date", "id": "1"}, {"type": "date", "id": "2"}]}}},
            {"type": "event", "id": "2", "attributes": {"title": "Foire"}, "relationships": {"lieu": {"data": None},
             "dates": {"data": [{"type": "date", "id": "3"}]}}},
        ],
        "included": [
            {"type": "place", "id": "7", "attributes": {"ville": "Rennes"}},
            *({"type": "date", "id": str(n), "attributes": {"start": f"2026-11-0{n}T10:00", "end": None}} for n in (1, 2, 3)),
        ],
    },
    "links": {
        "events": [
            {"id": "1", "name": "Bal", "ville": "Rennes", "links": {"dates": ["1", "2"], "groups": ["9"]}},
            {"id": "2", "name": "Foire", "ville": None, "links": {"dates": ["3"], "groups": []}},
        ],
        "linked": {
            "event_dates": [{"id": str(n), "start_at": f"2026-11-0{n}T10:00", "finish_at": None} for n in (1, 2, 3)],
            "groups": [{"id": "9", "name": "Fédération"}],
        },
    },
}  # fmt: skip


def test_events_beside_their_instances(tmp_path: Path) -> None:
    instances = [
        {
            "type": "EventInstance",
            "id": str(10 + n),
            "attributes": {"starts_at": f"2026-11-0{n}T10:00", "city": "Rennes"},
            "relationships": {"event": {"data": {"type": "Event", "id": str(n)}}},
        }
        for n in (1, 2)
    ]
    events = [{"type": "Event", "id": str(n), "attributes": {"name": f"Bal {n}"}} for n in (1, 2)]
    stage = Stage(write_json(tmp_path, {"data": instances, "included": events}))
    assert [(row["title"], row["city"]) for row in stage.records] == [("Bal 1", "Rennes"), ("Bal 2", "Rennes")]


@pytest.mark.parametrize("shape", LINKED)
def test_parts_beside_their_records(tmp_path: Path, shape: str) -> None:
    stage = Stage(write_json(tmp_path, LINKED[shape]))
    assert [(row["title"], row["city"]) for row in stage.records] == [("Bal", "Rennes"), ("Foire", None)]
    assert [[t["begins"] for t in row["timings"]] for row in stage.records] == [
        ["2026-11-01T10:00", "2026-11-02T10:00"],
        ["2026-11-03T10:00"],
    ]


def test_all_layers_of_a_map(tmp_path: Path) -> None:
    def layer(*names: str) -> dict[str, Any]:
        point = {"type": "Point", "coordinates": [-1.67, 48.11]}
        return {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": {"name": name, "date": "05/11/2026"}, "geometry": point}
                for name in names
            ],
        }

    stage = Stage(write_json(tmp_path, {"type": "umap", "layers": [layer("Bal"), layer("Foire", "Loto")]}, "a.umap"))
    assert [(row["title"], row["lat"]) for row in stage.records] == [("Bal", 48.11), ("Foire", 48.11), ("Loto", 48.11)]


def test_times_of_a_map_in_kml(tmp_path: Path) -> None:
    times = (
        "<TimeSpan><begin>2026-11-05</begin><end>2026-11-07</end></TimeSpan>",
        "<TimeStamp><when>2026-11-06</when></TimeStamp>",
    )
    marks = "".join(f"<Placemark><name>Bal {n}</name>{each}</Placemark>" for n, each in enumerate(times))
    stage = Stage(
        write(tmp_path, f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{marks}</Document></kml>', "a.kml")
    )
    assert [(row["timings"][0]["begins"], row["timings"][0]["ends"]) for row in stage.records] == [
        ("2026-11-05", "2026-11-07"),
        ("2026-11-06", None),
    ]


def test_sessions_in_some_records_and_a_beginning_in_all(tmp_path: Path) -> None:
    first, second = ({"start_time": f"2026-11-{day}T10:00:00+0100"} for day in ("07", "14"))
    rows = [
        {"name": "Bal", "start_time": "2026-11-05T18:30:00+0100"},
        {"name": "Ateliers", **first, "event_times": [first, second]},
    ]
    stage = Stage(write_json(tmp_path, {"data": rows}))
    assert [[t["begins"][:16] for t in row["timings"]] for row in stage.records] == [
        ["2026-11-05T18:30"],
        ["2026-11-07T10:00", "2026-11-14T10:00"],
    ]


def test_an_instant_beside_its_day_and_its_hour(tmp_path: Path) -> None:
    rows = [
        {
            "name": name,
            "time": seconds * 1000,
            "duration": 5400000,
            "local_date": f"2026-11-0{day}",
            "local_time": "18:00",
        }
        for name, day, seconds in (("Bal", 6, 1793984400), ("Foire", 7, 1794070800))
    ]
    stage = Stage(write_json(tmp_path, rows))
    assert [[(t["begins"], t["ends"]) for t in row["timings"]] for row in stage.records] == [
        [("2026-11-06T18:00", "2026-11-06T19:30")],
        [("2026-11-07T18:00", "2026-11-07T19:30")],
    ]
    assert stage.kinds == []


def test_typed_properties(tmp_path: Path) -> None:
    def page(name: str, dates: dict[str, Any] | None, city: str, status: str) -> dict[str, Any]:
        return {
            "object": "page",
            "id": f"identifiant de {name}",
            "properties": {
                "Nom": {"id": "title", "type": "title", "title": [{"type": "text", "plain_text": name}]},
                "Date": {"id": "a", "type": "date", "date": dates},
                "Ville": {"id": "b", "type": "rich_text", "rich_text": [{"type": "text", "plain_text": city}]},
                "Statut": {"id": "c", "type": "select", "select": {"id": "x", "name": status}},
            },
        }

    days = (
        {"start": "2026-11-05T10:00:00.000+01:00", "end": "2026-11-05T18:00:00.000+01:00"},
        {"start": "2026-11-06", "end": None},
    )
    pages = [page("Bal", days[0], "Rennes", "Confirmé"), page("Foire", days[1], "Brest", "Annulé")]
    stage = Stage(write_json(tmp_path, {"object": "list", "results": pages}))
    assert [(row["title"], row["city"], row["status"]) for row in stage.records] == [
        ("Bal", "Rennes", "scheduled"),
        ("Foire", "Brest", "cancelled"),
    ]
    assert [[(t["begins"][:16], (t["ends"] or "")[:16]) for t in row["timings"]] for row in stage.records] == [
        [("2026-11-05T10:00", "2026-11-05T18:00")],
        [("2026-11-06", "")],
    ]


PAGES = [
    (
        '<div class="h-event"><p class="p-name">Rencontre</p><time class="dt-start" datetime="2026-11-12 18:00">12</time> '
        '<span class="p-location">Le Hub, Rennes</span></div>',
        "Rencontre",
    ),
    (
        '<div itemscope itemtype="https://schema.org/Event"><a itemprop="name" href="/e">Soudure</a>'
        '<meta itemprop="startDate" content="2026-11-12T18:00"></div>',
        "Soudure",
    ),
]


@pytest.mark.parametrize(("body", "title"), PAGES)
def test_names_and_events_that_elements_of_a_page_say(tmp_path: Path, body: str, title: str) -> None:
    stage = Stage(write(tmp_path, f"<html><body>{body}</body></html>", "a.html"))
    assert [(row["title"], row["timings"][0]["begins"]) for row in stage.records] == [(title, "2026-11-12T18:00")]


def test_an_address_beside_a_place() -> None:
    event = {"@type": "Event", "name": "Bal", "location": "Mairie", "address": {"addressLocality": "Angers"}}
    assert [(row["lieu"], row["ville"]) for row in structured.events([event])] == [("Mairie", "Angers")]


def test_elements_of_a_feed_called_start_time(tmp_path: Path) -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><id>a</id><entry><title>Bal</title><id>b</id>'
        "<start_time>2026-11-12T18:30:00+01:00</start_time><end_time>2026-11-12T20:00:00+01:00</end_time></entry></feed>"
    )
    stage = Stage(write(tmp_path, feed, "a.xml"))
    assert stage.record["timings"] == [{"begins": "2026-11-12T18:30:00+01:00", "ends": "2026-11-12T20:00:00+01:00"}]
