"""What people and their programs write, and readers got wrong without a word: each is read as it is meant, or told."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import Workbook

from campaign.core.errors import IntakeError
from campaign.intake.dates.date_text import parse
from campaign.intake.files import encodings
from campaign.intake.readers.schedules import MOST, schedules_of
from campaign.intake.spreadsheets import workbook
from tests.intake_files import Stage, write, write_json

pytestmark = [pytest.mark.rows(every=3), pytest.mark.in_turn]


def timings(stage: Stage) -> list[tuple[str, str | None]]:
    return [(t["begins"], t["ends"]) for record in stage.records for t in record["timings"]]


@pytest.mark.parametrize(
    ("text", "begins", "ends", "left"),
    [
        ("5/11/2026 à minuit", "2026-11-05T00:00", None, "minuit"),
        ("5/11/2026 24h", "2026-11-05T00:00", None, "24h"),
        ("5/11/2026 20h-minuit", "2026-11-05T20:00", "2026-11-06T00:00", ""),
        ("5/11/2026 00h00", "2026-11-05T00:00", None, ""),
        ("5 November 2026, 6.30pm to 8pm", "2026-11-05T18:30", "2026-11-05T20:00", ""),
        ("5&nbsp;novembre&nbsp;2026", "2026-11-05", None, ""),
        ("le vingt-cinq novembre 2026", "2026-11-25", None, ""),
        ('<span class="date">Jeudi 5 novembre 2026</span> - <b>18:30</b>', "2026-11-05T18:30", None, ""),
        ("5 novembre 2026, 18h30 - 2h30 de débat", "2026-11-05T18:30", "2026-11-05T21:00", ""),
        ("5 novembre 2026 à 18h30 (fin prévue vers 21h)", "2026-11-05T18:30", "2026-11-05T21:00", ""),
        ("November 5, 2026, between 7 and 8pm", "2026-11-05T19:00", "2026-11-05T20:00", ""),
    ],
)
def test_hours_of_texts(text: str, begins: str, ends: str | None, left: str) -> None:
    sessions, rest = parse(text)
    assert [(b.iso, e.iso if e else None) for b, e in sessions] == [(begins, ends)]
    assert rest == left


@pytest.mark.parametrize(
    ("cell", "sessions"),
    [
        ("Du 5 novembre 2026\nau 8 novembre 2026", [("2026-11-05", "2026-11-08")]),
        ("du 5 novembre 2026 au\n8 novembre 2026", [("2026-11-05", "2026-11-08")]),
        ("5/11/2026\njusqu'au 8/11/2026", [("2026-11-05", "2026-11-08")]),
        ("jeu 05/11/2026 - 10:00\n - jeu 05/11/2026 - 12:00", [("2026-11-05T10:00", "2026-11-05T12:00")]),
        (
            "<time datetime='2026-11-05T09:00:00Z'>jeu 05/11/2026 - 10:00</time>\n - <time>jeu 05/11/2026 - 12:00</time>\n",
            [("2026-11-05T10:00", "2026-11-05T12:00")],
        ),
        ("<p>5/11/2026</p><p>7/11/2026<br/>8/11/2026</p>", [(f"2026-11-0{day}", None) for day in (5, 7, 8)]),
        ("5/11/2026 10:00\n→ 5/11/2026 12:00", [("2026-11-05T10:00", "2026-11-05T12:00")]),
        ("5/11/2026 10:00\n–\n5/11/2026 12:00", [("2026-11-05T10:00", "2026-11-05T12:00")]),
        ("- 5/11/2026\n- 8/11/2026", [("2026-11-05", None), ("2026-11-08", None)]),  # a list
        ("5/11/2026\n- 8/11/2026\n- 9/11/2026", [(f"2026-11-0{day}", None) for day in (5, 8, 9)]),
        ("5 novembre 2026\n- 18h30\n- 20h30", [("2026-11-05T18:30", None), ("2026-11-05T20:30", None)]),
        ("5/11/2026\nà 18h30\n6/11/2026\nà 20h", [("2026-11-05T18:30", None), ("2026-11-06T20:00", None)]),
    ],
)
def test_a_line_may_end_what_the_one_above_begins(
    tmp_path: Path, cell: str, sessions: list[tuple[str, str | None]]
) -> None:
    stage = Stage(write(tmp_path, f'Titre;Date;Ville\nBal;"{cell}";Rennes\n'))
    assert (timings(stage), stage.kinds) == (sessions, [])


@pytest.mark.parametrize(
    "text",
    [
        "Titre;Date;Heure de début;Heure de fin\nBal;05/11/2026;20h;minuit\n",
        "Titre;Date de début;Date de fin\nBal;05/11/2026 20h;05/11/2026 à minuit\n",
        "Titre;Date de début;Date de fin\nBal;05/11/2026 20h;24h\n",
        "Titre;Date de début;Date de fin\nBal;2026-11-05T20:00;minuit\n",  # an end that is not in ISO 8601 as its beginning is
    ],
)
def test_midnight_ends_the_day(tmp_path: Path, text: str) -> None:
    stage = Stage(write(tmp_path, text))
    assert timings(stage) == [("2026-11-05T20:00", "2026-11-06T00:00")]
    assert stage.kinds == []


def test_prose_gives_the_hours_of_the_same_day(tmp_path: Path) -> None:
    text = "Titre;Date;Dates en clair\nBal;05/11/2026;jeudi 5 novembre à 18h\nFoire;06/11/2026;mercredi 11 novembre\n"
    stage = Stage(write(tmp_path, text))
    assert timings(stage) == [("2026-11-05T18:00", None), ("2026-11-06", None)]
    assert [(row["record_id"], row["kind"]) for row in stage.warnings] == [(2, "date_ambiguous")]


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [
        ("2026-11-06 00:00:00", "2026-11-06 23:59:59", ("2026-11-06", "2026-11-06")),
        ("2026-11-06T00:00", "2026-11-08T23:59", ("2026-11-06", "2026-11-08")),
        ("2026-11-06T00:00:00+01:00", "2026-11-06T23:59:00+01:00", ("2026-11-06", "2026-11-06")),
        ("2026-11-04T23:00:00Z", "2026-11-05T22:59:59Z", ("2026-11-05", "2026-11-05")),
        ("2026-11-04T23:00:00.000Z", "2026-11-06T22:59:59.999Z", ("2026-11-05", "2026-11-06")),
        ("2026-10-04T22:00:00Z", "2026-10-05T21:59:00Z", ("2026-10-05", "2026-10-05")),
        ("2026-11-04T22:00:00Z", "2026-11-05T21:59:00Z", ("2026-11-04T22:00:00Z", "2026-11-05T21:59:00Z")),
        ("2026-11-06T00:00:00Z", "2026-11-06T23:59:00Z", ("2026-11-06T00:00:00Z", "2026-11-06T23:59:00Z")),
        ("2026-11-06T00:00", "2026-11-06T22:00", ("2026-11-06T00:00", "2026-11-06T22:00")),
    ],
)
def test_from_midnight_to_the_last_minute_is_whole_days(
    tmp_path: Path, begins: str, ends: str, expected: tuple[str, str]
) -> None:
    rows = [{"title": "Salon", "start": begins, "end": ends}, {"title": "B", "start": "2026-11-07T10:00", "end": ""}]
    assert timings(Stage(write_json(tmp_path, rows)))[0] == expected


def test_a_column_says_that_events_last_all_day(tmp_path: Path) -> None:
    """Outlook writes midnights beside it, the last one that of the day after."""
    text = (
        "Subject,Start Date,Start Time,End Date,End Time,All day event\n"
        "Salon,05/11/2026,00:00:00,06/11/2026,00:00:00,True\n"
        "Foire,13/11/2026,00:00:00,16/11/2026,00:00:00,True\n"
        "Bal,14/11/2026,18:30:00,14/11/2026,20:00:00,False\n"
    )
    stage = Stage(write(tmp_path, text))
    assert timings(stage) == [
        ("2026-11-05", None),
        ("2026-11-13", "2026-11-15"),
        ("2026-11-14T18:30", "2026-11-14T20:00"),
    ]
    assert stage.kinds == []


@pytest.mark.parametrize(
    ("encoding", "expected"), [("iso8859-15", "iso8859-15"), ("cp1252", "cp1252"), ("latin-1", "cp1252")]
)
def test_latin_9_is_told_from_its_neighbours(tmp_path: Path, encoding: str, expected: str) -> None:
    signs = "Œuvre au cœur, 10 €" if encoding != "latin-1" else "½ journée à 10 ¢"
    content = f"Titre;Date\n{signs};05/11/2026\nÉté;06/11/2026\n".encode(encoding)
    path = write(tmp_path, content)
    assert encodings.guess(path, content) == expected
    assert Stage(path).records[0]["title"] == signs


def test_a_sign_of_windows_alone_says_that_a_half_beside_a_letter_is_one(tmp_path: Path) -> None:
    content = "Titre;Date\nUne pause de ½h à 10 €;05/11/2026\n".encode("cp1252")
    assert encodings.guess(write(tmp_path, content), content) == "cp1252"


def test_a_file_that_ends_with_half_a_letter_of_utf8_is_in_another_encoding(tmp_path: Path) -> None:
    content = "Titre;Lieu\nForum;Café".encode("cp1252")
    assert encodings.guess(write(tmp_path, content), content) == "cp1252"


@pytest.mark.parametrize("other", ["", "Déjà;07/11/2026\n"], ids=["alone", "beside other lines"])
def test_two_letters_of_a_mac_are_none_of_armenian(tmp_path: Path, other: str) -> None:
    """« ’é » is written there as UTF-8 writes « Վ »."""
    path = write(tmp_path, f"Titre;Date\nForum de l’économie;05/11/2026\n{other}".encode("mac_roman"))
    assert Stage(path).records[0]["title"] == "Forum de l’économie"


@pytest.mark.parametrize("title", ["Вечер", "Ωmega", "« Ici »", "10 °", "😀", "Ա", "Ǆ", "λ", "Bal\u2005de nuit"])
def test_letters_of_other_tongues_in_utf_8(tmp_path: Path, title: str) -> None:
    assert Stage(write(tmp_path, f"Titre;Date\n{title};05/11/2026\n".encode())).records[0]["title"] == title


def test_cells_in_single_quotes(tmp_path: Path) -> None:
    text = "'Titre';'Date';'Ville'\n'L''été; ici';'05/11/2026';'Rennes'\n'Fête \"libre\"';'06/11/2026';'Brest'\n"
    stage = Stage(write(tmp_path, text.encode("cp1252")))
    assert [(row["title"], row["city"]) for row in stage.records] == [
        ("L'été; ici", "Rennes"),
        ('Fête "libre"', "Brest"),
    ]


def test_single_quotes_around_some_cells_are_text(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, "Titre;Date\n'A' et 'B';05/11/2026\n"))
    assert stage.record["title"] == "'A' et 'B'"


SCHEDULE: dict[str, Any] = {
    "startDate": "2026-11-03", "endDate": "2026-11-24", "repeatFrequency": "P1W", "byDay": "https://schema.org/Tuesday",
    "startTime": "18:30", "endTime": "20:00",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "days", "left"),
    [
        ({}, [3, 10, 17, 24], ""),
        ({"exceptDate": "2026-11-10"}, [3, 17, 24], ""),
        ({"byDay": ["Tuesday", "http://schema.org/Friday"], "endDate": "2026-11-12"}, [3, 6, 10], ""),
        ({"byDay": "1TU", "repeatFrequency": "P1M"}, [3], ""),
        ({"byDay": None, "repeatFrequency": "P1D", "endDate": None, "repeatCount": 2}, [3, 4], ""),
        ({"repeatFrequency": "P2W"}, [3, 17], ""),
        ({"repeatFrequency": "Weekly", "byDay": None}, [3, 10, 17, 24], ""),
        ({"repeatFrequency": None, "byDay": None, "endDate": None}, [3], ""),
        ({"repeatFrequency": "when the moon is full"}, [], "repeatFrequency=when the moon is full"),
        ({"byDay": "Tuesdag"}, [], "byDay=Tuesdag"),
    ],
)
def test_schedules(changes: dict[str, Any], days: list[int], left: str) -> None:
    pieces = schedules_of([{**SCHEDULE, **changes}]).split(" | ")
    sessions = [each for each in pieces if "->" in each]
    assert sessions == [f"2026-11-{day:02}T18:30 -> 2026-11-{day:02}T20:00" for day in days]
    assert left in " ".join(set(pieces) - set(sessions))
    assert bool(left) == (sessions != [each for each in pieces if each])


def test_an_endless_schedule_is_cut_and_told() -> None:
    pieces = schedules_of([{**SCHEDULE, "endDate": None}]).split(" | ")
    assert len(pieces) == MOST + 1
    assert pieces[-1].startswith("eventSchedule")


def test_a_night_ends_on_the_next_day() -> None:
    given = {"startDate": "2026-11-03", "startTime": "22:00", "endTime": "02:00"}
    assert schedules_of([given]) == "2026-11-03T22:00 -> 2026-11-04T02:00"


@pytest.mark.parametrize(("frequency", "n_sessions", "kinds"), [("P1W", 4, []), ("often", 1, ["date_ambiguous"])])
def test_an_event_with_a_schedule(tmp_path: Path, frequency: str, n_sessions: int, kinds: list[str]) -> None:
    event = {
        "@context": "https://schema.org", "@type": "Event", "name": "Café", "startDate": "2026-11-03", "endDate": "2026-11-24",
        "eventSchedule": {**SCHEDULE, "repeatFrequency": frequency},
    }  # fmt: skip
    stage = Stage(write_json(tmp_path, event, "a.jsonld"))
    assert (len(stage.record["timings"]), stage.kinds) == (n_sessions, kinds)


def test_an_offset_after_minutes(tmp_path: Path) -> None:
    event = {
        "@context": "https://schema.org", "@type": "Festival", "name": "Fête",
        "subEvent": [{"@type": "Event", "name": "Bal", "startDate": "2026-11-05T18:00+01:00"}],
    }  # fmt: skip
    assert timings(Stage(write_json(tmp_path, event, "a.jsonld"))) == [("2026-11-05T18:00:00+01:00", None)]


@pytest.mark.parametrize(
    ("zone", "kinds"),
    [
        ("America/New_York", ["timezone_unknown"]),
        ("Europe/Paris", []),
        ("Europe/Brussels", []),
        ("UTC", ["timezone_unknown"]),
    ],
)
def test_an_hour_without_a_zone_in_a_calendar_of_another(tmp_path: Path, zone: str, kinds: list[str]) -> None:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"X-WR-TIMEZONE:{zone}",
        "BEGIN:VEVENT",
        "UID:abcdefghijklmn",
        "SUMMARY:Bal",
    ]
    lines += ["DTSTART:20261105T183000", "END:VEVENT", "END:VCALENDAR", ""]
    stage = Stage(write(tmp_path, "\r\n".join(lines), "a.ics"))
    assert timings(stage)[0][0].startswith("2026-11-05T18:30")
    assert stage.kinds == kinds


@pytest.mark.parametrize(
    "document",
    [
        {"12": {"title": "Bal", "date": "2026-11-05"}, "13": {"title": "Foire", "date": "2026-11-06"}},
        {"events": [
            {"name": {"text": "Bal", "html": "<p>Bal</p>"}, "start": {"timezone": "Europe/Paris", "local": "x", "utc": "2026-11-05"}},
            {"name": {"text": "Foire", "html": "x"}, "start": {"timezone": "Europe/Paris", "local": "x", "utc": "2026-11-06"}},
        ]},
        [
            {"title": {"rendered": "Bal", "protected": False}, "date_debut": "2026-11-05"},
            {"title": {"rendered": "Foire"}, "date_debut": "2026-11-06"},
        ],
        {"data": [
            {"attributes": {"title": "Bal", "date": [{"value": "2026-11-05"}]}},
            {"attributes": {"title": "Foire", "date": [{"day": "2026-11-06"}]}},
        ]},
    ],
    ids=["by identifier", "several clocks", "rendered", "attributes"],
)  # fmt: skip
def test_lists_of_programs(tmp_path: Path, document: object) -> None:
    stage = Stage(write_json(tmp_path, document))
    assert [row["title"] for row in stage.records] == ["Bal", "Foire"]
    assert [begins for begins, _ in timings(stage)] == ["2026-11-05", "2026-11-06"]


@pytest.mark.parametrize(
    "above",
    [
        "NOVEMBRE 2026",
        "Agenda de novembre 2026",
        "Novembre 2026\nMis à jour le 12/10/2025",
        "Programme\n;;\nNov. 2026",
        "Mis à jour en octobre\nNovembre 2026",
    ],
)
def test_days_below_the_month_of_a_title(tmp_path: Path, above: str) -> None:
    text = f"{above};;\nJour;Titre;Ville\n3;Café;Rennes\nmardi 10;Bal;Brest\n17-18;Salon;Nantes\nlundi 5;Foire;Lille\n"
    stage = Stage(write(tmp_path, text))
    assert timings(stage)[:3] == [("2026-11-03", None), ("2026-11-10", None), ("2026-11-17", "2026-11-18")]
    assert [(row["record_id"], row["kind"]) for row in stage.warnings if row["record_id"]] == [(4, "date_ambiguous")]


@pytest.mark.parametrize(
    ("table", "begins", "kinds"),
    [
        ("Titre;Date\nA;26-11-05\nB;26-11-14\n", "26-11-05 26-11-14", []),
        ("Titre;Date;Heures\nA;05/11/2026;jeudi 5 : 14h, vendredi 6 : 10h\n", "26-11-05T14:00 26-11-06T10:00", []),
        ("Titre;Date;Heure de début;Heure de fin\nA;05/11/2026;18:30;18:30\n", "26-11-05T18:30", ["end_before_start"]),
        ("Titre;Date\nA;05/11/2026\nActions du Finistère;\nTitre;Date\nB;06/11/2026\n", "26-11-05 26-11-06", ["rows_left"]),
        ("Titre;Date;Ville\nA;05/11/2026;Rennes\nPour novembre 2027;\nTitre;Ville;Date\nB;Brest;6\n", "26-11-05 27-11-06", ["rows_left"]),
        ("Titre;Date\nA;05/11/2026\nUn titre seul;\n\nB;06/11/2026\n", "26-11-05 26-11-06", ["date_missing"]),
        ("Titre;Date\nA;05/11/2026\nSous-total;3\n", "26-11-05", ["rows_left"]),
        ("Titre;Jour;Début;Fin\nA;05/11/2026;18h30;20h\nB;06/11/2026;;\n", "26-11-05T18:30 26-11-06", []),
        ("Nom_du_POI,Code_postal_et_commune,Periodes_regroupees\nA,35000#Rennes,2026-11-05<->2026-11-05|2026-11-08<->2026-11-09\n",
         "26-11-05 26-11-08", []),
        ("Titre;Date;Ville\nA;05/11/2026;NULL\nB;NULL;Brest\nC;06/11/2026;Brest\nD;?;Brest\n",
         "26-11-05 26-11-06", ["date_missing", "date_unreadable"]),
        *((f"Titre;Année;{header};Jour\nA;2026;46;mardi\nB;2026;47;jeudi\n", "26-11-10 26-11-19", [])
          for header in ("Semaine", "N° semaine")),
        ("Titre;Année;Semaine;Ville\nA;2026;S46;Rennes\nB;2026;S47;Brest\n", "26-11-09 26-11-16", []),
        ("Titre;Semaine;Date\nA;46;10/11/2026\n", "26-11-10", []),
        *((f"Titre;Année;Date\nA;2026;{first}\nB;2026;{second}\n", begins, kinds) for first, second, begins, kinds in (
            ("10-29", "11-05", "26-10-29 26-11-05", []), ("29-10", "05-11", "26-10-29 26-11-05", []),
            ("10/29", "11/05", "26-10-29 26-11-05", []),
            ("11-05", "11-12", "26-11-05 26-11-12", []), ("4-11", "5-11", "26-11-04 26-11-05", []),
            ("10-11", "11-11", "26-11-11", ["date_unreadable"]), ("29-10", "10-29", "26-10-29 26-10-29", []),
        )),
        ("Titre;Année;Début;Fin\nA;2026;11-05;11-07\nB;2026;11-12;11-29\n", "26-11-05 26-11-12", []),
        ("Titre;Année;Mois;Jour\nA;2026;novembre;10-12\nB;2026;novembre;4-6\n", "26-11-10 26-11-04", []),
        ("Titre;Date;Time;AM/PM\nA;05/11/2026;06:30;PM\nB;06/11/2026;9;AM\n", "26-11-05T18:30 26-11-06T09:00", []),
        ("Titre;Date;Matin;Après-midi\nA;05/11/2026;9h;14h\nB;06/11/2026;;15h\n", "26-11-05T09:00 26-11-05T14:00 26-11-06T15:00", []),
        ("Titre;Date;Matinée;Soirée\nA;05/11/2026;9h;20h\nB;06/11/2026;;19h\nC;07/11/2026;8h;\n",
         "26-11-05T09:00 26-11-05T20:00 26-11-06T19:00 26-11-07T08:00", []),
        ("Titre;Date;An;Début;Fin\nA;5 nov.;2026;18h30;20\nB;6 nov.;2026;9;12\n", "26-11-05T18:30 26-11-06T09:00", []),
        ("Titre;Date;H début;Min début\nA;05/11/2026;18;05\n", "26-11-05T18:05", []),
        ("Titre;Date;De;Jusqu'à\nA;05/11/2026;9 h du matin;midi\nB;06/11/2026;8h du soir;minuit\n", "26-11-05T09:00 26-11-06T20:00", []),
        ("Titre;Date;time_from;Foo\nA;05/11/2026;9h;12h\nB;06/11/2026;9h;12h\n",
         "26-11-05T09:00 26-11-06T09:00", ["hour_unreadable", "hour_unreadable"]),
        ("titre;date_debut;horaire\nA;2026-11-05 10:00;oui\nB;2026-11-06 10:00;non\n", "26-11-05T10:00 26-11-06", []),
        ("Titre;1re séance;2e séance;Ville\nA;05/11/2026;06/11/2026;Rennes\n", "26-11-05 26-11-06", []),
        ("titre;debut;fin\nA;2026-11-05;9999-12-31\n", "26-11-05", ["end_unreadable"]),
        ("titre;debut\nA;2026-11-05T18:30:00.123456Z\n", "26-11-05T18:30:00Z", []),
        ("Titre;Date\nA;05/11/2026\nNombre d'actions : 1;30\nInfos et inscriptions : ici;\n", "26-11-05", ["rows_left"]),
    ],
)  # fmt: skip
def test_days_of_tables(tmp_path: Path, table: str, begins: str, kinds: list[str]) -> None:
    stage = Stage(write(tmp_path, table))
    assert " ".join(begun[2:] for begun, _ends in timings(stage)) == begins
    assert [*stage.kinds, *(row["reason"] for row in stage.rejects)] == kinds


def test_empty_marks_are_no_town_and_no_price(tmp_path: Path) -> None:
    table = "Titre;Date;Ville;Tarif\nA;05/11/2026;NULL;nan\nB;06/11/2026;N.C.;—\nC;07/11/2026;Nantes;5 €\n"
    given = [(record["city"], record["conditions"]) for record in Stage(write(tmp_path, table)).records]
    assert given == [(None, None), (None, None), ("Nantes", "5 €")]


@pytest.mark.parametrize(
    "above", ["Mise à jour : octobre 2026", "Octobre et novembre 2026", "Programme 2026", "Reçu le 3 octobre 2026"]
)
def test_a_title_that_gives_no_month(tmp_path: Path, above: str) -> None:
    stage = Stage(write(tmp_path, f"{above};;\nJour;Titre;Ville\n3;Café;Rennes\n10;Bal;Brest\n"))
    assert stage.records == []
    assert {row["reason"] for row in stage.rejects} == {"date_unreadable"}


FIXED = """Programme du mois

Date         Titre                   Ville
----------   ---------------------   ----------
05/11/2026   Café des possibles      Rennes
06/11/2026   Bal                     Brest

07/11/2026   Marché ; vide-grenier   Saint-Malo
"""


def test_columns_that_spaces_align(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, FIXED.replace(" ; ", " - "), "a.txt"))
    assert [(row["title"], row["city"], row["line"]) for row in stage.records] == [
        ("Café des possibles", "Rennes", 5), ("Bal", "Brest", 6), ("Marché - vide-grenier", "Saint-Malo", 8),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        FIXED,  # a separator among the cells
        "Date         Titre          Ville\n05/11/2026   Café des possibles   Rennes\n06/11/2026   Bal            Brest\n",
        # a space alone before most towns: it may be one of the title
        "Date        Titre         Ville\n05/11/2026  Bal du marché Rennes\n06/11/2026  Fête du livre Brest\n",
    ],
)
def test_columns_that_are_not_surely_aligned_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(IntakeError, match=r"aucune ligne d'en-tête"):
        Stage(write(tmp_path, text, "a.txt"))


def form(document: Any, *fields: tuple[str, str]) -> None:
    table = document.add_table(0, 2)
    for name, value in fields:
        row = table.add_row()
        row.cells[0].text, row.cells[1].text = name, value


def test_forms_of_a_document(tmp_path: Path) -> None:
    document = docx.Document()
    form(document, ("Titre", "Café"), ("Date", "5 novembre 2026"), ("Horaires", "18h30 - 20h"), ("Ville", "Rennes"))
    form(document, ("Titre", "Bal"), ("Date", "6 novembre 2026"), ("Ville", "Brest"))
    heading = document.tables[1].add_row()
    heading.cells[0].merge(heading.cells[1]).text = "Merci de renvoyer cette fiche"
    document.save(str(tmp_path / "a.docx"))
    stage = Stage(tmp_path / "a.docx")
    assert [(row["title"], row["city"]) for row in stage.records] == [("Café", "Rennes"), ("Bal", "Brest")]
    assert timings(stage) == [("2026-11-05T18:30", "2026-11-05T20:00"), ("2026-11-06", None)]


@pytest.mark.parametrize("is_headed", [False, True])
def test_a_table_within_a_cell_of_a_document(tmp_path: Path, *, is_headed: bool) -> None:
    document = docx.Document()
    inner_rows = [["5 novembre 2026", "14h-16h"], ["12 novembre 2026", "14h-16h"]]
    if is_headed:  # a table for the layout of a page
        inner_rows = [["Titre", "Date"], ["Bal", "6 novembre 2026"], ["Loto", "7 novembre 2026"]]
        cell = document.add_table(1, 1).cell(0, 0)
    else:
        table = document.add_table(2, 3)
        for index, name in enumerate(("Titre", "Ville", "Séances", "Cours", "Rennes")):
            table.cell(index // 3, index % 3).text = name
        cell = table.cell(1, 2)
    inner = cell.add_table(len(inner_rows), 2)
    for number, row in enumerate(inner_rows):
        for index, text in enumerate(row):
            inner.cell(number, index).text = text
    document.save(str(tmp_path / "a.docx"))
    stage = Stage(tmp_path / "a.docx")
    assert [(row["title"], [t["begins"] for t in row["timings"]]) for row in stage.records] == (
        [("Bal", ["2026-11-06"]), ("Loto", ["2026-11-07"])]
        if is_headed
        else [("Cours", ["2026-11-05T14:00", "2026-11-12T14:00"])]
    )


@pytest.mark.parametrize("head", ["<tr><th>Horaire<th>Activité<th>Salle</tr>", ""])
def test_tables_of_a_page_under_days(tmp_path: Path, head: str) -> None:
    days = {5: ("Atelier de couture", "Repas partagé"), 6: ("Forum des métiers", "Soirée de clôture")}
    body = "".join(
        f"<h3>{number} novembre 2026</h3><table>{head}<tr><td>10h - 12h<td>{first}<td>Hall</tr><tr><td>18h30<td>{last}<td>Cour</tr></table>"
        for number, (first, last) in days.items()
    )
    stage = Stage(write(tmp_path, f"<html><meta charset=utf-8><body>{body}</body></html>", "a.html"))
    assert [(row["title"], row["timings"][0]["begins"]) for row in stage.records] == [
        ("Atelier de couture", "2026-11-05T10:00"),
        ("Repas partagé", "2026-11-05T18:30"),
        ("Forum des métiers", "2026-11-06T10:00"),
        ("Soirée de clôture", "2026-11-06T18:30"),
    ]


def test_what_no_reader_of_a_page_sees_is_no_text_of_a_cell(tmp_path: Path) -> None:
    rows = (
        "<tr><td><span style='display: none'>20261105</span>5 novembre 2026<td>Bal<td>Rennes</tr>"
        "<tr><td><b hidden>20261106</b>6 novembre 2026<td>Loto<td><i style='display:none'>Brest</i></tr>"
    )
    page = f"<html><meta charset=utf-8><body><table><tr><th>Date<th>Titre<th>Ville</tr>{rows}</table></body></html>"
    stage = Stage(write(tmp_path, page, "a.html"))
    assert [(row["title"], row["city"], row["timings"][0]["begins"]) for row in stage.records] == [
        ("Bal", "Rennes", "2026-11-05"),
        ("Loto", "Brest", "2026-11-06"),
    ]


def test_labelled_lines_of_a_document(tmp_path: Path) -> None:
    document = docx.Document()
    for line in (
        "Titre : Café",
        "Date : 5 novembre 2026",
        "Ville : Rennes",
        "",
        "Titre : Bal\nDate : 6 novembre 2026\nVille : Brest",
    ):
        document.add_paragraph(line)
    document.save(str(tmp_path / "a.docx"))
    assert [(row["title"], row["city"]) for row in Stage(tmp_path / "a.docx").records] == [
        ("Café", "Rennes"),
        ("Bal", "Brest"),
    ]


@pytest.mark.parametrize(
    ("rows", "expected", "kinds"),
    [
        ("Titre;Début;Fin\nA;05/11/2026 14:00;2h\n", ("2026-11-05T14:00", None), ["end_unreadable"]),
        ("Titre;Date;Heure de début;Heure de fin\nA;05/11/2026;14h;1h30\n", ("2026-11-05T14:00", None), ["end_unreadable"]),
        ("Titre;Date;Heure de début;Heure de fin\nA;05/11/2026;22h;2h\n", ("2026-11-05T22:00", "2026-11-06T02:00"), []),
        ("Titre;Date;Heure de début;Heure de fin\nA;05/11/2026;14:00;02:00\n", ("2026-11-05T14:00", "2026-11-06T02:00"), []),
    ],
)  # fmt: skip
def test_an_end_that_may_be_a_length_is_told(
    tmp_path: Path, rows: str, expected: tuple[str, str | None], kinds: list[str]
) -> None:
    stage = Stage(write(tmp_path, rows))
    assert (timings(stage), stage.kinds) == ([expected], kinds)


def test_the_date_of_a_postponed_event_is_told(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, "Titre;Date;Date de report\nA;05/11/2026;12/11/2026\nB;06/11/2026;\n"))
    assert [(row["record_id"], row["kind"]) for row in stage.warnings] == [(1, "date_ambiguous")]
    replaced = Stage(write(tmp_path, "Titre;Ancienne date;Nouvelle date\nA;05/11/2026;12/11/2026\n"))
    assert timings(replaced) == [("2026-11-12", None)]


def test_a_column_of_cancelled_events_holds_words_too(tmp_path: Path) -> None:
    text = "Titre;Date;Annulé\nA;05/11/2026;reporté\nB;06/11/2026;X\nC;07/11/2026;\n"
    assert [row["status"] for row in Stage(write(tmp_path, text)).records] == ["postponed", "cancelled", None]


def test_hours_in_english_columns(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, 'Title,Date,Time\nA,"Nov 5, 2026",6:30 PM\nB,11/13/2026,6 PM - 8 PM\n'))
    assert timings(stage) == [("2026-11-05T18:30", None), ("2026-11-13T18:00", "2026-11-13T20:00")]


def test_an_hour_stands_behind_its_day(tmp_path: Path) -> None:
    text = (
        "Nom manif;Date début;Heure;Date fin;Heure\nA;05/11/2026;18h;06/11/2026;12h\nB;07/11/2026;9h;07/11/2026;12h\n"
    )
    assert timings(Stage(write(tmp_path, text))) == [
        ("2026-11-05T18:00", "2026-11-06T12:00"), ("2026-11-07T09:00", "2026-11-07T12:00"),
    ]  # fmt: skip


def test_occurrences_and_lengths(tmp_path: Path) -> None:
    given = [{"title": "A", "occurrences": [{"start": "2026-11-05T18:30", "end": "2026-11-05T20:00"}]}, {"title": "B"}]
    assert timings(Stage(write_json(tmp_path, given))) == [("2026-11-05T18:30", "2026-11-05T20:00")]
    event = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "A",
        "startDate": "2026-11-05T18:30",
        "duration": "PT2H",
    }
    assert timings(Stage(write_json(tmp_path, event, "a.jsonld"))) == [("2026-11-05T18:30", "2026-11-05T20:30")]


def calendar(*lines: str) -> str:
    event = ["BEGIN:VEVENT", "UID:abcdefghijklmn", "SUMMARY:Bal", *lines, "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *event, "END:VCALENDAR", ""])


@pytest.mark.parametrize(
    ("left_out", "n_sessions", "details"),
    [
        ("EXDATE;TZID=Europe/Paris:20261110T000000", 3, ["EXDATE 2026-11-10"]),
        ("EXDATE;TZID=Europe/Paris:20261110T183000", 2, []),
        ("EXDATE:20261110T173000Z", 2, []),
        ("EXDATE;VALUE=DATE:20261110", 2, []),
        ("EXDATE;TZID=Europe/Paris:20261111T183000", 3, []),
    ],
)
def test_a_session_that_is_left_out_at_another_hour_is_told(
    tmp_path: Path, left_out: str, n_sessions: int, details: list[str]
) -> None:
    text = calendar("DTSTART;TZID=Europe/Paris:20261103T183000", "RRULE:FREQ=WEEKLY;COUNT=3", left_out)
    stage = Stage(write(tmp_path, text, "a.ics"))
    assert len(stage.record["timings"]) == n_sessions
    assert [row["detail"] for row in stage.warnings] == details


@pytest.mark.parametrize(
    ("name", "offset", "begins"),
    [
        ("Paris", "+0100", "2026-10-10T18:30:00+02:00"),
        ("Romance Standard Time", "+0100", "2026-10-10T18:30:00+02:00"),
        ("Heure de chez nous", "+0100", "2026-10-10T18:30:00+01:00"),
        ("Paris", "+0300", "2026-10-10T18:30:00+03:00"),
    ],
)
def test_a_zone_whose_definition_forgets_the_summer(tmp_path: Path, name: str, offset: str, begins: str) -> None:
    zone = f"BEGIN:VTIMEZONE\r\nTZID:{name}\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nTZOFFSETFROM:{offset}\r\n"
    zone += f"TZOFFSETTO:{offset}\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT"
    text = calendar(f"DTSTART;TZID={name}:20261010T183000").replace("BEGIN:VEVENT", zone, 1)
    assert timings(Stage(write(tmp_path, text, "a.ics"))) == [(begins, None)]


def test_a_date_that_shows_its_month_alone_is_no_day(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["Titre", "Date"], ["A", date(2026, 11, 1)], ["B", date(2026, 11, 2)], ["C", date(2026, 12, 1)]):
        book.active.append(row)
    for cell, code in (("B2", "mmmm yyyy"), ("B3", "dd mmmm yyyy"), ("B4", "mmm-yy")):
        book.active[cell].number_format = code
    book.save(tmp_path / "a.xlsx")
    stage = Stage(tmp_path / "a.xlsx")
    assert timings(stage) == [("2026-11-02", None)]
    assert [(row["line"], row["value"]) for row in stage.rejects] == [(2, "novembre 2026"), (4, "décembre 2026")]


def moment(hour: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-05T{hour}")


def test_lengths_and_moments_of_a_workbook() -> None:
    assert workbook.text(timedelta(hours=25, minutes=5)) == "25h05"
    assert workbook.text(timedelta(hours=1, minutes=30)) == "01:30"
    assert workbook.text(date(1900, 1, 1)) == "24:00"
    assert workbook.text(moment("18:29:59.712")) == "2026-11-05T18:30"
    assert workbook.text(moment("23:59:59")) == "2026-11-05T23:59"
    assert workbook.text(moment("23:59:59.999")) == "2026-11-06"


def test_entities_in_a_cell_of_dates(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, "Titre,Date,Heure\nCaf&eacute;,5&nbsp;novembre&nbsp;2026,18&nbsp;h\n"))
    assert (stage.record["title"], timings(stage), stage.kinds) == ("Café", [("2026-11-05T18:00", None)], [])


@pytest.mark.parametrize(
    ("begins", "ends", "session", "kinds"),
    [
        ("20261105", ":20261105T200000", ("2026-11-05", "2026-11-05"), ["end_unreadable"]),
        ("20261105", ":20261106T170000", ("2026-11-05", "2026-11-06"), ["end_unreadable"]),
        ("20261105", ":20261107T000000", ("2026-11-05", "2026-11-06"), []),
        ("20261105", ";VALUE=DATE:20261107", ("2026-11-05", "2026-11-06"), []),
    ],
)
def test_an_hour_that_ends_a_whole_day_is_told(
    tmp_path: Path, begins: str, ends: str, session: tuple[str, str], kinds: list[str]
) -> None:
    lines = ("UID:1", "SUMMARY:Salon", f"DTSTART;VALUE=DATE:{begins}", f"DTEND{ends}", "LOCATION:Rennes")
    content = "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""))
    stage = Stage(write(tmp_path, content, "events.ics"))
    assert (timings(stage), stage.kinds) == ([session], kinds)


@pytest.mark.parametrize(
    ("geometry", "point", "details"),
    [
        ({"type": "MultiPoint", "coordinates": [[-1.68, 48.11]]}, (48.11, -1.68), []),
        ({"type": "MultiPoint", "coordinates": [[-1.68, 48.11], [-1.68, 48.11]]}, (48.11, -1.68), []),
        ({"type": "MultiPoint", "coordinates": [[-1.68, 48.11], [-4.49, 48.39]]}, (None, None), ["MultiPoint (2)"]),
        ({"type": "LineString", "coordinates": [[-1.68, 48.11], [-4.49, 48.39]]}, (None, None), ["LineString"]),
        ({"type": "MultiPoint", "coordinates": []}, (None, None), []),
        (None, (None, None), []),
    ],
)
def test_places_of_several_points(
    tmp_path: Path, geometry: object, point: tuple[float | None, float | None], details: list[str]
) -> None:
    """One point is the place; of several none is chosen, and that is told."""
    features = [
        {"type": "Feature", "properties": {"titre": title, "date": "2026-11-05"}, "geometry": shape}
        for title, shape in (("Marche", geometry), ("Bal", {"type": "Point", "coordinates": [2.3, 48.8]}))
    ]
    stage = Stage(write_json(tmp_path, {"type": "FeatureCollection", "features": features}, "events.geojson"))
    assert (stage.records[0]["lat"], stage.records[0]["lon"]) == point
    assert [row["detail"] for row in stage.warnings if row["kind"] == "coordinates_unreadable"] == details


def test_parts_of_a_festival(tmp_path: Path) -> None:
    """A part with a name of its own is an event where its whole is; one without, or of the same name, is a session of it."""
    festival = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "Place", "@id": "#halles", "name": "Halles", "address": {"addressLocality": "Rennes"}},
            {
                "@type": "Festival",
                "name": "Festival",
                "location": {"@id": "#halles"},
                "subEvent": [
                    {"@type": "Event", "name": "Atelier", "startDate": "2026-11-05T18:30"},
                    {"@type": "Event", "startDate": "2026-11-06T10:00"},
                    {"@type": "Event", "name": "Festival", "startDate": "2026-11-07T10:00"},
                    {
                        "@type": "Event",
                        "name": "Bal",
                        "startDate": "2026-11-06",
                        "location": {"address": {"addressLocality": "Brest"}},
                    },
                ],
            },
        ],
    }
    parts = {record["title"]: record for record in Stage(write_json(tmp_path, festival, "events.jsonld")).records}
    assert {title: ([t["begins"] for t in record["timings"]], record["city"]) for title, record in parts.items()} == {
        "Festival": (["2026-11-06T10:00", "2026-11-07T10:00"], "Rennes"),
        "Atelier": (["2026-11-05T18:30"], "Rennes"),
        "Bal": (["2026-11-06"], "Brest"),
    }
    assert (parts["Atelier"]["venue"], parts["Atelier"]["keywords"]) == ("Halles", ["Festival"])


def test_a_whole_without_a_date_is_no_event_beside_its_parts(tmp_path: Path) -> None:
    part = {"@type": "Event", "name": "Atelier", "startDate": "2026-11-05"}
    series = {"@context": "https://schema.org", "@type": "EventSeries", "name": "Cycle", "subEvent": [part]}
    assert [record["title"] for record in Stage(write_json(tmp_path, series, "events.jsonld")).records] == ["Atelier"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["Programme novembre 2026", "- mardi 3 novembre, 14h, Rennes : Atelier pain", "- jeudi 5 novembre, 20h, Brest : Bal, fête"],
            [("2026-11-03T14:00", "Atelier pain", "Rennes", None), ("2026-11-05T20:00", "Bal, fête", "Brest", None)],
        ),
        (
            ["Jeudi 5 novembre 2026 à 18h30 – Atelier – Rennes (35)", "13/11/2026 – Bal – Brest (29)"],
            [("2026-11-05T18:30", "Atelier", "Rennes (35)", None), ("2026-11-13", "Bal", "Brest (29)", None)],
        ),
        (
            ["3 novembre 2026, salle des fêtes : Atelier", "1er décembre 2026, mairie : Bal"],
            [("2026-11-03", "Atelier", None, "salle des fêtes"), ("2026-12-01", "Bal", None, "mairie")],
        ),
        (
            ["3 novembre 2026 : Atelier", "4 novembre 2026 : Bal"],
            [("2026-11-03", "Atelier", None, None), ("2026-11-04", "Bal", None, None)],
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_word", [True, False])
def test_lists_of_sentences(tmp_path: Path, lines: list[str], expected: list[tuple[str, ...]], is_word: bool) -> None:
    stage = Stage(sentences_of(tmp_path, lines, is_word=is_word))
    events = [(r["timings"][0]["begins"], r["title"], r["city"], r["venue"]) for r in stage.records]
    assert (events, stage.kinds, stage.rejects) == (expected, [], [])


def sentences_of(folder: Path, lines: list[str], *, is_word: bool) -> Path:
    if not is_word:
        return write(folder, "\n".join(lines), "programme.txt")
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(folder / "programme.docx"))
    return folder / "programme.docx"


@pytest.mark.parametrize(
    "lines",
    [
        ["3 novembre 2026, salle des fêtes, Atelier", "4 novembre 2026, mairie : Bal"],  # which is the title?
        ["3 novembre 2026, Rennes : Brest", "4 novembre 2026, Rennes : Bal"],  # which is the town?
        ["lundi 5 novembre 2026, Rennes : Atelier", "6 novembre 2026, Rennes : Bal"],  # it is a Thursday
        ["3 novembre, Rennes : Atelier", "4 novembre, Rennes : Bal"],  # of which year?
        ["Nous ouvrons le 5 novembre 2026 à 14h.", "Le 6 novembre 2026, nous sommes fermés."],
    ],
)
def test_sentences_that_are_not_sure_are_refused(tmp_path: Path, lines: list[str]) -> None:
    with pytest.raises(IntakeError, match="phrases ne disent pas à coup sûr"):
        Stage(sentences_of(tmp_path, lines, is_word=True))


def test_a_line_between_sentences_is_told(tmp_path: Path) -> None:
    lines = [f"{day} novembre 2026, Rennes : Atelier {day}" for day in (3, 4, 5)]
    stage = Stage(sentences_of(tmp_path, [*lines[:2], "Sur inscription", lines[2]], is_word=True))
    assert [record["title"] for record in stage.records] == ["Atelier 3", "Atelier 4", "Atelier 5"]
    assert [reject["reason"] for reject in stage.rejects] == ["date_missing"]


def test_a_table_of_commas_is_no_list_of_sentences(tmp_path: Path) -> None:
    stage = Stage(
        write(tmp_path, "Date, Titre, Ville\n3 novembre 2026, Atelier, Rennes\n4 novembre 2026, Bal, Brest\n")
    )
    assert [(r["title"], r["city"]) for r in stage.records] == [("Atelier", "Rennes"), ("Bal", "Brest")]
    assert [file.format for file in stage.staged.files] == ["csv"]


def grid_with(folder: Path, beside: dict[int, str]) -> Path:
    """Write November 2026 as a grid of weeks, « Atelier » on each Wednesday, with a text beside some weeks."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "Novembre 2026"
    for column, name in enumerate(("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"), 1):
        sheet.cell(2, column, name)
    first = date(2026, 10, 26)
    for week in range(6):
        for weekday in range(7):
            day = first + timedelta(days=7 * week + weekday)
            if day.month == 11:
                sheet.cell(3 + week, weekday + 1, f"{day.day}\nAtelier 18h" if weekday == 2 else day.day)
        if week in beside:
            sheet.cell(3 + week, 8, beside[week])
    book.save(folder / "grille.xlsx")
    return folder / "grille.xlsx"


def test_a_town_beside_the_days_of_a_month(tmp_path: Path) -> None:
    stage = Stage(grid_with(tmp_path, {1: "Rennes", 2: "Brest"}))
    events = [(r["timings"][0]["begins"], r["city"]) for r in stage.records]
    assert events == [
        ("2026-11-04T18:00", "Rennes"), ("2026-11-11T18:00", "Brest"), ("2026-11-18T18:00", None), ("2026-11-25T18:00", None),
    ]  # fmt: skip
    assert stage.rejects == []


def test_a_note_beside_the_days_of_a_month_is_told(tmp_path: Path) -> None:
    stage = Stage(grid_with(tmp_path, {2: "vacances scolaires"}))
    assert [r["timings"][0]["begins"][8:10] for r in stage.records] == ["04", "11", "18", "25"]
    assert [(reject["reason"]) for reject in stage.rejects] == ["date_missing"]


def test_labels_of_all_weeks_are_refused(tmp_path: Path) -> None:
    with pytest.raises(IntakeError):
        Stage(grid_with(tmp_path, {week: f"Équipe {week}" for week in range(6)}))
