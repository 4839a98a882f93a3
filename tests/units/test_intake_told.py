"""What is given for a field and not understood is told: for every field of every format, whatever stands there.

A nonsense value must have the record rejected, be told as a finding that the same record without it does not have, or stand in
the event as it was given (a text). The fields are those that the readers themselves name.
"""

import csv
import json
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import pytest

from campaign.intake import HERE
from campaign.intake.fields import columns, date_fields
from campaign.intake.readers import fete_de_la_science, opendatasoft
from campaign.intake.readers import openagenda as agendas
from campaign.publish.importing import run_import
from campaign.wording import findings
from tests.intake_files import Stage, event, write, write_json
from tests.records import findings_of, rows_of

pytestmark = pytest.mark.rows(every=3)

NONSENSE: Final = ("Zqxv wkp", "-734", "日本語", "99/99/2026 88:77")

# Fields that are not read beside another one that the records here have.
FALLBACKS: Final = {
    "firstTiming", "nextTiming", "lastTiming", "html", "canonical", "additionalFields", "firstdate_begin", "firstdate_end",
    "location.adminLevel4", "lastdate_begin", "lastdate_end", "dates", "description_longue_html_fr", "type_animation",
}  # fmt: skip
# Words that help to guess a type where none is given, and are not kept.
NOT_KEPT: Final = {"keywords", "keywords_fr", "mots_cles_fr", "CATEGORIES"}
LOCATION: Final = (
    "name", "address", "city", "postalCode", "insee", "department", "region", "adminLevel1", "adminLevel2", "adminLevel4",
    "countryCode", "latitude", "longitude", "timezone",
)  # fmt: skip
PROPERTIES: Final = (
    "SUMMARY", "DTSTART", "DTEND", "DURATION", "DESCRIPTION", "LOCATION", "URL", "STATUS", "CLASS", "CATEGORIES", "CREATED",
    "LAST-MODIFIED", "GEO", "RRULE", "RDATE", "EXDATE",
)  # fmt: skip

Given = Sequence[tuple[str, str]]  # of each record, the field that is nonsense and what stands there


def spreadsheet(folder: Path, given: Given) -> Path:
    """Write a table."""
    plain = {"uid": "", "title": "Forum", "begins": "05/11/2026", "city": "Rennes", "postcode": "35000"}
    names = list(dict.fromkeys([*plain, *columns.FIELDS]))
    lines = [";".join(names)]
    for number, (field, value) in enumerate(given):
        row = plain | {"uid": f"n{number}"} | {field: value}
        lines.append(";".join(row.get(name, "") for name in names))
    return write(folder, "\n".join(lines) + "\n")


def openagenda(folder: Path, given: Given) -> Path:
    """Write an answer of the agendas' API."""
    records = []
    for number, (field, value) in enumerate(given):
        record = event(uid=f"n{number}", location={"name": "Salle", "city": "Rennes", "postalCode": "35000"})
        whole, _, part = field.partition(".")
        record[whole] = record.get(whole, {}) | {part: value} if part else value
        records.append(record)
    return write_json(folder, {"events": records})


def _records(base: dict[str, Any], uid: str) -> Callable[[Path, Given], Path]:
    def make(folder: Path, given: Given) -> Path:
        return write_json(folder, {"results": [base | {uid: f"n{n}"} | {f: v} for n, (f, v) in enumerate(given)]})

    return make


def calendar(folder: Path, given: Given) -> Path:
    """Write a calendar."""
    events = []
    for number, (field, value) in enumerate(given):
        lines = {
            "UID": f"un-identifiant-long-n{number}",
            "SUMMARY": "Forum",
            "DTSTART": "20261105T180000",
            field: value,
        }
        events.append("\n".join(["BEGIN:VEVENT", *(f"{k}:{v}" for k, v in lines.items() if k), "END:VEVENT"]))
    return write(folder, "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR"]), "a.ics")


PORTAL: Final = {
    "title_fr": "Forum", "location_city": "Rennes", "location_postalcode": "35000",
    "timings": json.dumps([{"begin": "2026-11-05T18:00:00+01:00", "end": "2026-11-05T20:00:00+01:00"}]),
}  # fmt: skip
SCIENCE: Final = {
    "titre_fr": "Forum", "ville": "Rennes", "code_postal": "35000",
    "horaires_iso": "2026-11-05T18:00:00+01:00-2026-11-05T20:00:00+01:00",
}  # fmt: skip
FORMATS: Final[dict[str, tuple[Callable[[Path, Given], Path], tuple[str, ...]]]] = {
    "csv": (spreadsheet, columns.FIELDS),
    "openagenda": (
        openagenda,
        (*agendas.FIELDS, *(f"location.{name}" for name in LOCATION), "age.min", "age.max", "accessibility.hi", "type", "theme"),
    ),
    "opendatasoft": (_records(PORTAL, "uid"), tuple(opendatasoft.FIELDS)),
    "fete-de-la-science": (_records(SCIENCE, "identifiant"), tuple(fete_de_la_science.FIELDS)),
    "ics": (calendar, PROPERTIES),
}  # fmt: skip


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


@pytest.mark.parametrize("name", FORMATS)
def test_no_value_is_lost_in_silence(tmp_path: Path, name: str) -> None:
    make, fields = FORMATS[name]
    identifiers = {"uid", "identifiant"}
    given = [(f, value) for f in fields if f not in FALLBACKS | NOT_KEPT | identifiers for value in NONSENSE]
    db = tmp_path / "campaign.duckdb"
    plain = ("description_fr", "") if name not in ("csv", "ics") else ("", "")
    account, _staged = run_import(db, [make(tmp_path, [plain, *given])])
    assert account.read == account.new + account.rejected == len(given) + 1
    rows = rows_of(
        db,
        "select source_uid, e::varchar, (select list(f.kind) from findings as f where f.event_id = e.event_id) from events as e",
    )
    events = {int(uid.rpartition("n")[2]): (text, set(kinds or ())) for uid, text, kinds in rows}
    usual = events[0][1]
    silent = [
        case
        for number, case in enumerate(given, start=1)
        if number in events and not events[number][1] - usual and _bare(case[1]) not in _bare(events[number][0])
    ]
    assert silent == [], silent


UNDERSTOOD: list[tuple[str, str, str, object]] = [
    ("accessibilité", "handicap moteur|handicap auditif", "accessibility", ["hi", "mi"]),
    ("accessibilité", "hi, vi", "accessibility", ["hi", "vi"]),
    ("accessibilité", "non", "accessibility", []),
    ("accessibilité", "non accessible PMR", "accessibility", []),
    ("accessibilité", "PMR : non", "accessibility", []),
    ("accessibilité", "malvoyants ; pas accessible aux fauteuils", "accessibility", ["vi"]),
    ("accessibilité", "LSF, boucle magnétique", "accessibility", ["hi"]),
    ("âge", "de 6 à 12 ans", "age_min", 6),
    ("âge", "jusqu'à 12 ans", "age_max", 12),
    ("âge", "à partir de 12 ans", "age_min", 12),
    ("âge", "16 ans minimum", "age_min", 16),
    ("âge", "60 ans et +", "age_min", 60),
    ("âge", "-25 ans", "age_max", 25),
    ("âge", "-25 ans", "age_min", None),
    ("âge", "tout public", "age_min", None),
    ("statut", "Programmé | Publié", "status", "scheduled"),
    ("statut", '{""id"": 6, ""label"": ""Annulé""}', "status", "cancelled"),
    ("publié", "0", "is_published", False),
    ("à publier", "non", "is_published", False),
    ("visibility", "private", "is_published", False),
    ("draft", "true", "is_published", False),
    ("publié", "1", "is_published", True),
    ("statut", "Non annulé", "status", "scheduled"),
    ("annulé", "Oui (météo)", "status", "cancelled"),
    ("statut", "dépublié", "is_published", False),
    ("statut", "à valider", "is_published", False),
    ("payant", "non", "conditions", "gratuit"),
    ("organisateur", "xxx", "organiser_labels", []),
    ("organisateur", "\\N", "organiser_labels", []),
    ("adresse", "https://meet.jit.si/x", "attendance_mode", "online"),
    ("adresse", "https://halles.example/plan", "attendance_mode", None),
    ("position_lng", "2.3", "lon", 2.3),
    ("mode de participation", "Pas en ligne", "attendance_mode", "on_site"),
    ("mode de participation", "sans présentiel", "attendance_mode", "online"),
    ("pays", "Deutschland", "country_code", "DE"),
    ("mode de participation", '{""id"": 2}', "attendance_mode", "online"),
    ("mode de participation", "n. c.", "attendance_mode", None),
    ("mode de participation", "-", "attendance_mode", None),
    ("année", "Édition 2026", "edition_hint", 2026),
    ("pays", "Belgique", "country_code", "BE"),
]


def test_what_is_understood_is_not_told(tmp_path: Path) -> None:
    columns = list(dict.fromkeys(column for column, *_rest in UNDERSTOOD))
    lines = [";".join(["titre", "date", *columns])]
    for given, value, *_rest in UNDERSTOOD:
        lines.append(
            ";".join(["Forum", "05/11/2026", *(f'"{value}"' if column == given else "" for column in columns)])
        )
    stage = Stage(write(tmp_path, "\n".join(lines) + "\n"))
    for (column, value, field, read), record in zip(UNDERSTOOD, stage.records, strict=True):
        assert record[field] == read, (column, value)
    assert stage.kinds == []


@pytest.mark.parametrize(
    ("column", "value", "detail"),
    [
        ("accessibilité", "hi, boucle", "accessibility: hi, boucle"),
        ("accessibilité", "Oui", "accessibility: Oui"),  # to whom?
        ("âge", "6-10 ans et familles", "age: 6-10 ans et familles"),
        ("âge minimum", "douze", "age_min: douze"),
        ("âge", "12-6", "age: 12-6"),
        ("statut", "Programmé | peut-être", "status: peut-être"),
        ("statut", "Reporté au 12/11", "status: Reporté au 12/11"),
        ("statut", "Déplacé au mardi 12 novembre", "status: Déplacé au mardi 12 novembre"),
        ("statut", "Confirmé, à 18h", "status: Confirmé, à 18h"),
        ("date de création", "hier", "created_at: hier"),
        ("date de création", "25/13/2026 10:56", "created_at: 25/13/2026 10:56"),
        ("date de création", "01/01/1970", "created_at: 01/01/1970"),  # of an empty clock
        ("date de création", "01/10/2099", "created_at: 01/10/2099"),  # to come
        ("année", "2014-2015", "year: 2014-2015"),
        ("pays", "écrire à jean@exemple.fr", "country: écrire à [adresse électronique retirée]"),
    ],
)
def test_the_field_and_the_value_are_told(tmp_path: Path, column: str, value: str, detail: str) -> None:
    stage = Stage(write(tmp_path, f"titre;date;{column}\nForum;05/11/2026;{value}\n"))
    assert [(w["kind"], w["detail"]) for w in stage.warnings] == [("value_not_understood", detail)]


def test_the_report_names_the_field_of_a_value(tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    file = write(tmp_path, "titre;date;date de création;ville;département\nForum;05/11/2026;hier;Rennes;Zqxv\n")
    run_import(tmp_path / "campaign.duckdb", [file], report=report)
    with report.open(encoding="utf-8-sig") as opened:
        rows = list(csv.DictReader(opened, delimiter=";"))
    values = {(row["champ"], row["valeur"]) for row in rows if row["motif"] == "value_not_understood"}
    assert values == {("Créé le", "hier"), ("Département", "Zqxv")}
    assert findings.detail("value_not_understood", "created_at: hier") == "Créé le\u00a0: hier"
    assert findings.detail("undated", "created_at: hier") == "created_at: hier"


def test_a_price_that_says_nothing_is_told(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    prices = {
        "12": False,
        "prix libre": True,
        "tarif unique": True,
        "5 €": False,
        "Gratuit": False,
        "Sur inscription": False,
    }
    rows = "".join(f"{price};{price};05/11/2026;{price}\n" for price in prices)
    run_import(db, [write(tmp_path, f"id;titre;date;tarif\n{rows}")])
    reported = {uid for uid, kinds in findings_of(db).items() if "value_not_understood" in kinds}
    assert reported == {price for price, is_told in prices.items() if is_told}


ALONE: Final = {
    "mode de participation": "attendance_mode: zqxv", "statut": "status: zqxv", "state": "state: zqxv", "pays": "country: zqxv",
    "accessibilité": "accessibility: zqxv", "âge": "age: zqxv", "âge minimum": "age_min: zqxv", "âge maximum": "age_max: zqxv",
    "date de création": "created_at: zqxv", "date de mise à jour": "updated_at: zqxv", "année": "year: zqxv",
    "lien d'inscription": None, "latitude": "zqxv", "longitude": "zqxv", "coordonnées": "zqxv",
}  # fmt: skip


def test_a_value_of_the_only_column_beside_title_and_date_is_told(tmp_path: Path) -> None:
    """What is done to a field is planned only where a column gives it (campaign/intake/spreadsheets/spreadsheet.sql)."""
    cells = [*((name, "zqxv") for name in ALONE), ("latitude", "48,1"), ("longitude", "2,3")]
    files = [
        write(tmp_path, f"titre;date;{name}\n{name};05/11/2026;{cell}\n", f"{number:02}.csv")
        for number, (name, cell) in enumerate(cells)
    ]
    stage = Stage(*files)
    titles = {record["record_id"]: record["title"] for record in stage.records}
    assert {titles[row["record_id"]]: row["detail"] for row in stage.warnings} == ALONE
    assert [(record["lat"], record["lon"]) for record in stage.records[-2:]] == [(48.1, None), (None, 2.3)]


def test_letters_and_figures_are_those_of_unicode() -> None:
    """Where the class is made of wider ranges than Unicode's, only marks and punctuation of other scripts stand in them."""
    with duckdb.connect() as connection:
        connection.execute((HERE / "text.sql").read_text("utf-8"))
        rows = connection.execute(
            """
            select n from range(1, 196608) as r (n)
            where n not between 55296 and 57343 and regexp_matches(chr(n::integer), '[' || intake_letters() || ']')
            """
        ).fetchall()
    taken = {number for (number,) in rows}
    letters = {n for n in range(1, 196608) if unicodedata.category(chr(n))[0] in "LN"}
    assert letters - taken == set()
    common = [
        *range(0x370),
        *range(0x2000, 0x2C00),
        *range(0x3000, 0x3040),
        *range(0xFE00, 0xFE70),
        *range(0x1F000, 0x1FB00),
    ]
    assert sorted(map(chr, (taken - letters).intersection(common))) == []


def test_a_row_whose_dates_nobody_read_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = date_fields.read_spans

    def read_but_one(connection: duckdb.DuckDBPyConnection, *given: Any, **options: Any) -> bool:
        are_read = read(connection, *given, **options)
        connection.execute("delete from intake_read_spans where begins = '05/11/2026'")
        return are_read

    monkeypatch.setattr(date_fields, "read_spans", read_but_one)
    stage = Stage(write(tmp_path, "Titre;Date\nForum;05/11/2026\nVisite;06/11/2026\n"))
    assert [record["title"] for record in stage.records] == ["Visite"]
    (reject,) = stage.rejects
    assert (reject["line"], reject["value"], reject["reason"]) == (2, "05/11/2026", "date_unreadable")
