"""What programs export that readers got wrong without a word: offsets, days, publication dates, online events, places."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from campaign.intake.dates.date_text import parse
from tests.intake_files import Stage, write, write_json

pytestmark = [pytest.mark.rows(every=3), pytest.mark.in_turn]


def timings(stage: Stage) -> list[tuple[str, str | None]]:
    return [(t["begins"], t["ends"]) for record in stage.records for t in record["timings"]]


SPANS = [
    ("05/11/2026 10:00-12:00", "2026-11-05T10:00", "2026-11-05T12:00"),
    ("05/11/2026 20:00-24:00", "2026-11-05T20:00", "2026-11-06T00:00"),
    ("2026-11-05 10:00-12:00", "2026-11-05T10:00", "2026-11-05T12:00"),
    ("2026-11-05 9:00-12:00", "2026-11-05T09:00", "2026-11-05T12:00"),
    ("05/11/2026 20:00:00-04:00", "2026-11-05T20:00:00-04:00", None),
    ("2026-11-05T10:00-04:00", "2026-11-05T10:00:00-04:00", None),
    ("2026-11-05 10:00:00-04:00", "2026-11-05T10:00:00-04:00", None),
    ("Thu, 05 Nov 2026 13:00 - 16:00 UTC", "2026-11-05T13:00:00+00:00", "2026-11-05T16:00:00+00:00"),
    ("2026-11-05:18:30:00", "2026-11-05T18:30", None),
    ("05/11/2026 18:30 +0100", "2026-11-05T18:30:00+0100", None),
    ("1° novembre 2026", "2026-11-01", None),
    ("1 er novembre 2026", "2026-11-01", None),
    ("du 1er au 3 novembre 2026", "2026-11-01", "2026-11-03"),
    *(
        (
            f"2026-11-05T10:00:00+01:00{between}2026-11-05T12:00:00+01:00",
            "2026-11-05T10:00:00+01:00",
            "2026-11-05T12:00:00+01:00",
        )
        for between in ("/", " - ", " – ", " → ", " au ", " to ", " -> ")
    ),
]


@pytest.mark.parametrize(("text", "begins", "ends"), SPANS)
def test_an_hour_and_its_end_are_no_offset(text: str, begins: str, ends: str | None) -> None:
    sessions, left = parse(text)
    assert ([(b.iso, e.iso if e else None) for b, e in sessions], left) == ([(begins, ends)], "")


@pytest.mark.parametrize(("text", "begins", "ends"), [span for span in SPANS if span[0][:4] == "2026"])
def test_nor_are_they_in_a_column(tmp_path: Path, text: str, begins: str, ends: str | None) -> None:
    stage = Stage(write(tmp_path, f"Titre;Date;Ville\nBal;{text};Rennes\n"))
    spans = [(b.replace(":00-04:00", "-04:00"), e) for b, e in timings(stage)]
    assert (spans, stage.kinds) == ([(begins.replace(":00-04:00", "-04:00"), ends)], [])


@pytest.mark.parametrize("between", [", ", " et "])
def test_instants_of_a_list_are_sessions_of_their_own(between: str) -> None:
    sessions, left = parse(f"2026-11-05T09:00:00Z{between}2026-11-12T09:00:00Z")
    assert [begins.iso for begins, _ in sessions] == ["2026-11-05T09:00:00Z", "2026-11-12T09:00:00Z"]
    assert (left, [ends for _, ends in sessions]) == ("", [None, None])


@pytest.mark.parametrize(
    ("day", "begins", "kinds"),
    [
        ("2026-11-05T00:00:00.000Z", "2026-11-05T18:30", []),
        ("2026-11-04T23:00:00.000Z", "2026-11-05T18:30", []),  # midnight in Paris
        ("2026-07-04T22:00:00.000Z", "2026-07-05T18:30", []),
        ("2026-11-05T09:00:00.000Z", "2026-11-05T09:00:00Z", ["hour_unreadable"]),
    ],
)
def test_a_midnight_of_greenwich_beside_an_hour_is_a_day(
    tmp_path: Path, day: str, begins: str, kinds: list[str]
) -> None:
    stage = Stage(write(tmp_path, f"Titre;Date;Heure;Ville\nBal;{day};18:30;Rennes\n"))
    assert ([t[0] for t in timings(stage)], stage.kinds) == ([begins], kinds)


def test_hours_beside_greenwich_s_zone_are_told(tmp_path: Path) -> None:
    rows = [{"title": "Bal", "start": f"2026-11-05 17:30:00{sign}", "timezone": "UTC"} for sign in ("", "Z")]
    stage = Stage(write_json(tmp_path, [*rows, {**rows[0], "rrule": "FREQ=WEEKLY"}]))
    assert stage.kinds == ["timezone_unknown", "date_ambiguous", "timezone_unknown"]


@pytest.mark.parametrize(
    ("header", "begins"),
    [
        ("Event start (GMT)", "2026-11-05T17:30:00Z"),
        ("Début [UTC]", "2026-11-05T17:30:00Z"),
        ("Event start (local)", "2026-11-05T17:30:00"),
        ("Event start", "2026-11-05T17:30:00"),
    ],
)
def test_a_header_may_say_that_hours_are_greenwich_s(tmp_path: Path, header: str, begins: str) -> None:
    rows = "".join(f"{title};2026-11-05 17:30:00;Rennes\n" for title in ("Bal", "Foire"))
    stage = Stage(write(tmp_path, f"Titre;{header};Ville\n{rows}"))
    assert (timings(stage), stage.kinds) == ([(begins, None)] * 2, [])


def test_hours_that_hold_their_day(tmp_path: Path) -> None:
    text = (
        "Titre;Heure de début;Heure de fin;Emplacement\n"
        "Atelier;05/11/2026 18:30;05/11/2026 20:30;Rennes\n"
        "Salon;07/11/2026 00:00;08/11/2026 23:59;Brest\n"
    )
    stage = Stage(write(tmp_path, text))
    assert timings(stage) == [("2026-11-05T18:30", "2026-11-05T20:30"), ("2026-11-07", "2026-11-08")]
    assert stage.kinds == []


@pytest.mark.parametrize(
    ("hours", "read"),
    [
        (("64800", "36000"), ["18:00", "10:00"]),
        (("64800.0", "0"), ["18:00", "00:00"]),
        (("64800000", "36000000"), ["18:00", "10:00"]),
        (("64500", "81000"), ["", ""]),  # 17:55 and 22:30, or 6:45:00 and 8:10:00
        (("64801", "36000"), ["", ""]),
    ],
)
def test_hours_as_seconds_of_the_day(tmp_path: Path, hours: tuple[str, str], read: list[str]) -> None:
    rows = "".join(f"Bal {hour};2026-11-05;{hour};Rennes\n" for hour in hours)
    stage = Stage(write(tmp_path, f"Titre;Date;Heure;Ville\n{rows}"))
    assert [begins[11:] for begins, _ in timings(stage)] == read
    assert bool(stage.kinds) is not all(read)


def test_the_date_of_a_page_is_no_event_s(tmp_path: Path) -> None:
    """WordPress says when a page was published as « date », and again in Greenwich's time."""
    published = {"date": "2026-09-01T10:00:00", "modified": "2026-09-02T10:00:00"}
    posts = [
        {
            **published,
            "date_gmt": "2026-09-01T08:00:00",
            "title": {"rendered": f"Bal {n}"},
            "acf": {"date_evenement": f"2026111{n}"},
        }
        for n in range(3)
    ]
    stage = Stage(write_json(tmp_path, posts))
    assert [t[0] for t in timings(stage)] == ["2026-11-10", "2026-11-11", "2026-11-12"]
    assert (stage.kinds, stage.records[0]["created_at"][:10]) == ([], "2026-09-01")
    chosen = [{**published, "title": post["title"], "acf": {"date": f"2026111{n}"}} for n, post in enumerate(posts)]
    assert [t[0] for t in timings(Stage(write_json(tmp_path, chosen)))] == ["2026-11-10", "2026-11-11", "2026-11-12"]
    events = [
        {
            **published,
            "date_utc": "2026-09-01T08:00:00",
            "title": "Bal",
            "start_date": "2026-11-05 18:30:00",
            "start_date_details": {"year": "2026", "month": "11"},
            "end_date": "2026-11-05 20:30:00",
            "utc_start_date": "2026-11-05 17:30:00",
            "utc_end_date": "2026-11-05 19:30:00",
        }
    ]
    stage = Stage(write_json(tmp_path, {"events": events, "total": 1}))
    assert (timings(stage), stage.kinds) == ([("2026-11-05T18:30:00", "2026-11-05T20:30:00")], [])


@pytest.mark.parametrize(
    ("event", "span"),
    [
        ({"allDay": True, "start": "2026-11-14", "end": "2026-11-16"}, ("2026-11-14", "2026-11-15")),
        ({"allDay": True, "start": "2026-11-14", "end": "2026-11-14"}, ("2026-11-14", None)),
        ({"allDay": False, "start": "2026-11-14", "end": "2026-11-16"}, ("2026-11-14", "2026-11-16")),
    ],
)
def test_the_end_of_days_in_a_calendar_of_web_pages(
    tmp_path: Path, event: dict[str, Any], span: tuple[str, str | None]
) -> None:
    other = {"title": "Atelier", "start": "2026-11-05T18:30:00", "end": "2026-11-05T20:30:00", "allDay": False}
    stage = Stage(write_json(tmp_path, [{"title": "Salon", **event}, other]))
    assert timings(stage)[0] == span


@pytest.mark.parametrize("header", ["Online Event", "online_event", "isOnline", "Virtual"])
def test_columns_of_online_events(tmp_path: Path, header: str) -> None:
    stage = Stage(write(tmp_path, f"Titre;Date;Ville;{header}\nBal;05/11/2026;Rennes;No\nVisio;05/11/2026;;Yes\n"))
    assert [record["attendance_mode"] for record in stage.records] == [None, "online"]


@pytest.mark.parametrize(
    ("place", "mode"),
    [
        ("Visio (lien envoyé après inscription)", "online"),
        ("Online event", "online"),
        ("En ligne, lien de connexion communiqué aux inscrits", "online"),
        ("Salle Visio, rue du Lien", None),
        ("La Cantine + visio", "mixed"),
        ("En présentiel ou à distance", "mixed"),
        ("https://exemple.fr/salon/online", "online"),
        ("Ligné", None),
    ],
)
def test_places_that_are_none(tmp_path: Path, place: str, mode: str | None) -> None:
    stage = Stage(write(tmp_path, f'Titre;Date;Lieu\nBal;05/11/2026;"{place}"\n'))
    assert stage.record["attendance_mode"] == mode


def test_a_format_may_be_how_people_take_part(tmp_path: Path) -> None:
    formats = {
        "Présentiel": "on_site",
        "En personne": "on_site",
        "Distanciel": "online",
        "Présentiel et distanciel": "mixed",
    }
    text = "Titre;Date;Format\n" + "".join(f"Bal;05/11/2026;{each}\n" for each in formats)
    records = Stage(write(tmp_path, text)).records
    assert [(record["attendance_mode"], record["type_label"]) for record in records] == [
        (m, None) for m in formats.values()
    ]


@pytest.mark.parametrize(
    ("location", "venue", "city"),
    [
        ("Halles\\, Rennes et en ligne", "Halles", "Rennes"),
        ("La Cantine (12 rue Haute\\, Rennes\\, France)", "La Cantine", "Rennes"),
        ("Saint-Denis\\, La Réunion", "Saint-Denis", "Saint-Denis (La Réunion)"),
        ("Halles\\, Rennes", "Halles", "Rennes"),
        ("Mairie de Lille", "Mairie de Lille", "Lille"),
        ("Gare de Rennes", "Gare de Rennes", "Rennes"),
        ("Gare SNCF de Vannes", "Gare SNCF de Vannes", "Vannes"),
        ("Gare de Lyon", "Gare de Lyon", None),
        ("Préfecture de Quimper", "Préfecture de Quimper", "Quimper"),
        ("Départ Rennes\\, arrivée Redon", "Départ Rennes", "Départ Rennes, arrivée Redon"),
        ("Théâtre à Quimper", "Théâtre à Quimper", "Quimper"),
        ("Vannes : maison bleue", "Vannes : maison bleue", "Vannes"),
        ("Mairie de Lille\\nSalle des mariages", "Mairie de Lille", "Lille"),
        ("Vannes - Palais des Arts", "Vannes", "Vannes"),
        ("Halles\\, Vannes\\, Morbihan\\, Bretagne\\, France", "Halles", "Vannes (Morbihan)"),
        ("Chez Jo (Vannes)", "Chez Jo (Vannes)", "Chez Jo, Vannes"),
        ("Chez Jo\\, Vannes (56)", "Chez Jo", "Chez Jo, Vannes (56)"),
        ("Mayenne", "Mayenne", "Mayenne"),
        ("Salle (1er étage)\\, Rennes", "Salle (1er étage)", "Rennes"),
    ],
)
def test_places_of_calendars(tmp_path: Path, location: str, venue: str, city: str | None) -> None:
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1", "SUMMARY:Bal", "DTSTART:20261105T183000")
    content = "\r\n".join((*lines, f"LOCATION:{location}", "END:VEVENT", "END:VCALENDAR", ""))
    record = Stage(write(tmp_path, content, "events.ics")).record
    assert (record["venue"], record["city"]) == (venue, city)


@pytest.mark.parametrize(
    ("cell", "title", "city", "begins"),
    [
        ("5 Atelier (18h30, Rennes)", "Atelier", "Rennes", "2026-11-05T18:30"),
        ("5 – 20h Bal, Brest", "Bal", "Brest", "2026-11-05T20:00"),
        ("5 Bal - Brest - 20h", "Bal", "Brest", "2026-11-05T20:00"),
        ("5 Ciné - concert", "Ciné - concert", None, "2026-11-05"),
        ("5 Bal (18h)", "Bal", None, "2026-11-05T18:00"),
        ("5 Musique, Contes", "Musique, Contes", None, "2026-11-05"),
        ("5 Pain, sel et eau", "Pain, sel et eau", None, "2026-11-05"),
        ("5 Atelier (gratuit)", "Atelier (gratuit)", None, "2026-11-05"),
    ],
)
def test_towns_in_the_days_of_a_month(tmp_path: Path, cell: str, title: str, city: str | None, begins: str) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Novembre 2026"])
    sheet.append(["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"])
    sheet.append([2, 3, 4, cell, 6, 7, 8])
    sheet.append([9, 10, 11, 12, 13, 14, 15])
    book.save(tmp_path / "grille.xlsx")
    record = Stage(tmp_path / "grille.xlsx").record
    assert (record["title"], record["city"], record["timings"][0]["begins"]) == (title, city, begins)


@pytest.mark.parametrize(
    ("uids", "expected"),
    [
        (("0", "0", "0"), [None, None, None]),  # an anonymous user's number
        (("7", "7", "8"), ["7", "7", "8"]),  # two rows of one event, most likely
        (("1", "2", "3"), ["1", "2", "3"]),
    ],
)
def test_what_different_events_share_is_no_identifier(
    tmp_path: Path, uids: tuple[str, ...], expected: list[str | None]
) -> None:
    titles = ("Atelier", "Atelier" if uids[2] == "8" else "Bal", "Débat")
    rows = "".join(f"{uid};{title};05/11/2026;Rennes\n" for uid, title in zip(uids, titles, strict=True))
    stage = Stage(write(tmp_path, f"UID;Titre;Date;Ville\n{rows}"))
    assert [record["source_uid"] for record in stage.records] == expected


@pytest.mark.parametrize(
    "header",
    [
        "Date du rappel",
        "Reminder Date",
        "submitdate. Date de soumission",
        "Date limite d'inscription",
        "Date de la commande",
        "Purchase date",
    ],
)
def test_dates_of_other_acts_are_no_beginnings(tmp_path: Path, header: str) -> None:
    rows = "".join(f"Bal {n};0{n}/11/2026;{n}/10/2026;Rennes\n" for n in range(1, 4))
    stage = Stage(write(tmp_path, f"Titre;Quand a lieu l'événement;{header};Ville\n{rows}"))
    assert [t[0] for t in timings(stage)] == ["2026-11-01", "2026-11-02", "2026-11-03"]
    assert (stage.kinds, header in stage.staged.files[0].reading.columns["begins"]) == ([], False)


def test_hours_and_prices_in_one_column(tmp_path: Path) -> None:
    text = (
        "Titre;Date;Horaires et tarif;Ville\nBal;05/11/2026;18h30 - 5 €;Rennes\nFoire;06/11/2026;20h (gratuit);Brest\n"
    )
    stage = Stage(write(tmp_path, text))
    assert timings(stage) == [("2026-11-05T18:30", None), ("2026-11-06T20:00", None)]
    assert [record["conditions"] for record in stage.records] == ["18h30 - 5 €", "20h (gratuit)"]


ACTIVITY = {
    "@context": "https://www.w3.org/ns/activitystreams",
    "type": "OrderedCollectionPage",
    "orderedItems": [
        {
            "type": "Create",
            "actor": "https://exemple.org/@groupe",
            "object": {
                "type": "Event",
                "id": f"https://exemple.org/{number}",
                "name": name,
                "content": "<p>Entrée libre</p>",
                "startTime": f"2026-11-1{number}T09:00:00Z",
                "endTime": None,
                "ical:status": status,
                "location": {"type": "Place", "name": "Halle", "address": {"addressLocality": "Dijon"}},
            },
        }
        for number, (name, status) in enumerate([("Bal", "CONFIRMED"), ("Foire", "CANCELLED")])
    ],
}


def test_events_among_activities(tmp_path: Path) -> None:
    stage = Stage(write_json(tmp_path, ACTIVITY))
    assert [(row["title"], row["city"], row["status"]) for row in stage.records] == [
        ("Bal", "Dijon", None),
        ("Foire", "Dijon", "cancelled"),
    ]
    assert timings(stage) == [("2026-11-10T09:00:00Z", None), ("2026-11-11T09:00:00Z", None)]
    assert (stage.records[0]["description"], stage.kinds) == ("Entrée libre", [])


@pytest.mark.parametrize(
    "beside",
    [
        {"schema": {"fields": [{"name": name, "type": "string"} for name in ("index", "titre", "date", "ville")]}},
        {"venues": [{"name": f"Salle {n}", "city": "Brest", "description": "grande"} for n in range(4)]},
    ],
)
def test_a_longer_list_that_is_not_of_events(tmp_path: Path, beside: dict[str, Any]) -> None:
    events = [{"titre": "Bal", "date": "2026-11-05", "ville": "Rennes"}]
    stage = Stage(write_json(tmp_path, {**beside, "data": events}))
    assert [(row["title"], row["city"]) for row in stage.records] == [("Bal", "Rennes")]


@pytest.mark.parametrize("factor", [1, 1000])
def test_sessions_in_seconds(tmp_path: Path, factor: int) -> None:
    slots = [{"id": 1, "start_date": 1794918600 * factor, "end_date": 1794925800 * factor}]
    stage = Stage(write_json(tmp_path, [{"title": "Bal", "timeslots": slots, "city": "Nantes"}] * 2))
    assert timings(stage)[0] == ("2026-11-17T13:30:00+01:00", "2026-11-17T15:30:00+01:00")


@pytest.mark.parametrize("name", ["isOnlineOnly", "isOnlyOnline", "only_online"])
def test_online_only(tmp_path: Path, name: str) -> None:
    rows = [{"title": f"Bal {n}", "date": "2026-11-05", name: bool(n)} for n in range(2)]
    stage = Stage(write_json(tmp_path, rows))
    assert [row["attendance_mode"] for row in stage.records] == [None, "online"]


def test_a_collection_of_one_point(tmp_path: Path) -> None:
    geometry = {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [-0.5532, 47.4736]}]}
    feature = {"type": "Feature", "geometry": geometry, "properties": {"nom": "Bal", "debut": "2026-11-05"}}
    stage = Stage(write_json(tmp_path, {"type": "FeatureCollection", "features": [feature, feature]}))
    assert [(row["lat"], row["lon"]) for row in stage.records] == [(47.4736, -0.5532)] * 2
    assert stage.kinds == []


def test_spaces_behind_commas_and_one_comma_more(tmp_path: Path) -> None:
    text = (
        "StartDate,EndDate,StartTime,EndTime,Location,Subject,ShowTimeAs\n"
        "2026-11-18, 2026-11-18, 10:45, 12:30, Rennes, Forum, 4, \n"
        "2026-11-19, 2026-11-19, 09:00, 17:00, en ligne, Colloque, 4, \n"
    )
    stage = Stage(write(tmp_path, text))
    assert [(row["title"], row["city"], row["attendance_mode"]) for row in stage.records] == [
        ("Forum", "Rennes", None),
        ("Colloque", None, "online"),
    ]
    assert timings(stage)[0] == ("2026-11-18T10:45", "2026-11-18T12:30")


def test_quotes_that_a_calendar_escapes(tmp_path: Path) -> None:
    event = 'BEGIN:VEVENT\nUID:a@exemple.org\nDTSTART:20261105T183000\nSUMMARY:Atelier \\"low-tech\\"\\, suite\nEND:VEVENT\n'
    stage = Stage(write(tmp_path, f"BEGIN:VCALENDAR\nVERSION:2.0\n{event}END:VCALENDAR\n", "a.ics"))
    assert stage.record["title"] == 'Atelier "low-tech", suite'


@pytest.mark.parametrize(
    ("first", "last", "day", "end"),
    [
        ("2026-11-11T23:00:00.000Z", "2026-11-13T23:00:00.000Z", "2026-11-12", "2026-11-14"),  # midnights of Paris
        ("2026-07-11T22:00:00Z", None, "2026-07-12", None),
        ("2026-11-12T00:00:00.000Z", None, "2026-11-12", None),
        ("2026-11-12T00:00:00Z", "2026-11-14T00:00:00Z", "2026-11-12", "2026-11-14"),
        ("2026-11-12T00:00:00+00:00", None, "2026-11-12", None),
    ],
)
def test_midnights_of_greenwich_s_clock_are_days(
    tmp_path: Path, first: str, last: str | None, day: str, end: str | None
) -> None:
    rows = [{"titre": f"Bal {n}", "date_debut": first, "date_fin": last, "ville": "Lille"} for n in range(2)]
    stage = Stage(write_json(tmp_path, rows))
    assert (timings(stage), stage.kinds) == ([(day, end)] * 2, [])


def test_nor_where_one_of_them_has_an_hour(tmp_path: Path) -> None:
    rows = [{"titre": "Bal", "date": f"2026-11-1{hour}:00:00Z", "ville": "Lille"} for hour in ("1T23", "2T17")]
    assert [begins for begins, _ in timings(Stage(write_json(tmp_path, rows)))] == [
        "2026-11-11T23:00:00Z",
        "2026-11-12T17:00:00Z",
    ]


def test_the_end_of_a_night_beside_its_day(tmp_path: Path) -> None:
    text = (
        "Titre,Date,Start Time,End Time,Ville\n"
        "Bal,2026-11-13T00:00:00,2026-11-13T22:00:00,2026-11-14T02:00:00,Brest\n"
        "Foire,2026-11-13T00:00:00,2026-11-13T10:00:00,2026-11-14T18:00:00,Brest\n"
    )
    stage = Stage(write(tmp_path, text))
    assert timings(stage)[0] == ("2026-11-13T22:00", "2026-11-14T02:00")
    assert stage.kinds == ["hour_unreadable"]


def test_a_moment_of_java_with_the_name_of_greenwich_s_zone(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, "Titre;Date;Ville\nBal;2026-11-13T17:30:00Z[UTC];Metz\n"))
    assert (timings(stage), stage.kinds) == ([("2026-11-13T17:30:00Z", None)], [])


def test_hits_of_a_search_engine(tmp_path: Path) -> None:
    hits = [
        {"_index": "events", "_id": str(n), "_source": {"name": "Bal", "startDate": "2026-11-05", "ville": "Metz"}}
        for n in range(2)
    ]
    buckets = [{"key": town, "doc_count": 1} for town in ("Metz", "Caen", "Lille")]
    stage = Stage(write_json(tmp_path, {"hits": {"hits": hits}, "aggregations": {"towns": {"buckets": buckets}}}))
    assert [(row["title"], row["city"]) for row in stage.records] == [("Bal", "Metz")] * 2


def test_a_table_of_org_mode(tmp_path: Path) -> None:
    text = "| Titre  | Date       | Ville  |\n|--------+------------+--------|\n| Bourse | 2026-11-12 | Rennes |\n"
    stage = Stage(write(tmp_path, text, "a.org"))
    assert ([row["title"] for row in stage.records], stage.rejects) == (["Bourse"], [])


@pytest.mark.parametrize(
    ("begins", "ends", "read", "kinds"),
    [
        ("2026-11-08 00:00:00", "2026-11-10 00:00:00", [("2026-11-08", "2026-11-09")], ["date_ambiguous"]),
        ("2026-11-08T00:00:00+01:00", "2026-11-09T00:00:00+01:00", [("2026-11-08", "2026-11-08")], ["date_ambiguous"]),
        ("2026-11-08 00:00:00", "2026-11-08 00:00:00", [("2026-11-08", None)], []),
        ("2026-11-08 00:00:00", "", [("2026-11-08", None)], ["hour_unreadable"]),
        ("2026-11-07 20:00:00", "2026-11-08 00:00:00", [("2026-11-07T20:00:00", "2026-11-08T00:00:00")], []),
    ],
)
def test_midnights_among_hours_are_days(
    tmp_path: Path, begins: str, ends: str, read: list[tuple[str, str | None]], kinds: list[str]
) -> None:
    rows = f"Bal;2026-11-05 18:30;2026-11-05 20:00;Brest\nFoire;{begins};{ends};Rennes\n"
    stage = Stage(write(tmp_path, f"Titre;Début;Fin;Ville\n{rows}"))
    assert (timings(stage)[1:], stage.kinds) == (read, kinds)


TALKS = [
    {"id": 1, "date": "2026-11-05T10:00:00+01:00", "start": "10:00", "duration": "00:45", "title": "Ouverture"},
    {"id": 2, "date": "2026-11-05T11:00:00+01:00", "start": "11:00", "duration": "01:30", "title": "Atelier"},
    {"id": 3, "date": "2026-11-06T17:00:00+01:00", "start": "17:00", "duration": "00:20", "title": "Bilan"},
]
TALKS_READ = [
    ("2026-11-05T10:00", "2026-11-05T10:45"),
    ("2026-11-05T11:00", "2026-11-05T12:30"),
    ("2026-11-06T17:00", "2026-11-06T17:20"),
]


def test_talks_under_rooms_under_days(tmp_path: Path) -> None:
    around = [
        {"date": f"2026-11-0{n}", "day_start": f"2026-11-0{n}T04:00", "day_end": f"2026-11-0{n + 1}T03:59"}
        for n in (5, 6)
    ]
    days = [
        {**around[0], "rooms": {"Amphi": TALKS[:1], "Hall": TALKS[1:2]}},
        {**around[1], "rooms": {"Amphi": TALKS[2:], "Hall": []}},
    ]
    stage = Stage(
        write_json(tmp_path, {"schedule": {"conference": {"title": "Forum", "start": "2026-11-05", "days": days}}})
    )
    assert ([row["title"] for row in stage.records], timings(stage)) == (["Ouverture", "Atelier", "Bilan"], TALKS_READ)
    assert (stage.kinds, stage.staged.n_rejects) == ([], 0)


def test_talks_of_a_schedule_in_xml(tmp_path: Path) -> None:
    talks = [
        "<event>" + "".join(f"<{key}>{value}</{key}>" for key, value in talk.items()) + "</event>" for talk in TALKS
    ]
    day = '<day date="2026-11-0{n}" start="2026-11-0{n}T04:00:00" end="2026-11-0{n}T23:59:00">'
    days = day.format(n=5) + f"<room>{talks[0]}</room><room>{talks[1]}</room></day>"
    days += day.format(n=6) + f"<room>{talks[2]}</room></day>"
    stage = Stage(write(tmp_path, f"<schedule><conference><title>Forum</title></conference>{days}</schedule>", "a.xml"))
    assert ([row["title"] for row in stage.records], timings(stage)) == (["Ouverture", "Atelier", "Bilan"], TALKS_READ)


@pytest.mark.parametrize(
    ("begins", "ends", "read"),
    [
        ("2026-11-05T00:00:00+0100", "2026-11-06T00:00:00+0100", ("2026-11-05", "2026-11-05")),
        ("2026-11-05T00:00:00+01:00", "2026-11-07T00:00:00+01:00", ("2026-11-05", "2026-11-06")),
        (
            "2026-11-05T20:00:00+01:00",
            "2026-11-06T00:00:00+01:00",
            ("2026-11-05T20:00:00+01:00", "2026-11-06T00:00:00+01:00"),
        ),
    ],
)
def test_from_one_midnight_to_another_are_days(tmp_path: Path, begins: str, ends: str, read: tuple[str, str]) -> None:
    event = {"@context": "https://schema.org", "@type": "Event", "name": "Bal", "startDate": begins, "endDate": ends}
    other = {**event, "name": "Foire", "startDate": "2026-11-09T10:00+01:00", "endDate": "2026-11-09T11:00+01:00"}
    stage = Stage(write_json(tmp_path, [event, other], "a.jsonld"))
    assert (timings(stage)[:1], stage.kinds) == ([read], [])


def _of_sale(name: str, start: dict[str, Any], status: str) -> dict[str, Any]:
    venue = {
        "name": "Salle",
        "city": {"name": "Caen"},
        "postalCode": "14000",
        "address": {"line1": "1 place du Marché"},
    }
    return {
        "name": name,
        "locale": "fr-fr",
        "sales": {"public": {"startDateTime": "2026-09-01T08:00:00Z", "endDateTime": "2026-11-05T16:00:00Z"}},
        "dates": {"start": start, "timezone": "Europe/Paris", "status": {"code": status}},
        "_embedded": {"venues": [venue]},
    }


def test_events_of_a_box_office(tmp_path: Path) -> None:
    moment = {"localDate": "2026-11-05", "localTime": "20:00:00", "dateTime": "2026-11-05T19:00:00Z", "timeTBA": False}
    events = [
        _of_sale("Bal", moment, "onsale"),
        _of_sale("Foire", {"localDate": "2026-11-08", "timeTBA": True}, "onsale"),
        _of_sale("Débat", moment, "cancelled"),
    ]
    stage = Stage(write_json(tmp_path, {"_embedded": {"events": events}, "page": {"size": 20}}))
    assert timings(stage) == [("2026-11-05T20:00", None), ("2026-11-08", None), ("2026-11-05T20:00", None)]
    assert [(row["city"], row["postcode"], row["status"]) for row in stage.records] == [
        ("Caen", "14000", "scheduled"),
        ("Caen", "14000", "scheduled"),
        ("Caen", "14000", "cancelled"),
    ]
    assert set(stage.kinds) <= {"value_not_understood"}  # « event »


@pytest.mark.parametrize("flag", ["time_tbd", "timeTBA", "noSpecificTime", "Heure à confirmer"])
def test_an_hour_that_is_not_known_yet(tmp_path: Path, flag: str) -> None:
    rows = [
        {
            "title": f"Bal {n}",
            "announce_date": "2026-09-01T00:00:00",
            "datetime_local": f"2026-11-0{n}T03:30:00",
            flag: n == 5,
        }
        for n in (4, 5)
    ]
    assert timings(Stage(write_json(tmp_path, {"events": rows}))) == [
        ("2026-11-04T03:30:00", None),
        ("2026-11-05", None),
    ]


def test_places_in_a_list(tmp_path: Path) -> None:
    places = [{"name": "Halle", "city": "Rennes"}, {"name": "Port", "city": "Brest"}]
    rows = [{"title": f"Bal {n}", "date": "2026-11-05", "venues": places[:n]} for n in (1, 2)]
    records = Stage(write_json(tmp_path, rows)).records
    assert [(row["venue"], row["city"]) for row in records] == [("Halle", "Rennes"), ("Halle | Port", "Rennes | Brest")]


WHEN = [
    ({"when": {"type": "Interval", "start": "2026-11-05T18:00:00", "end": "2026-11-05T20:00:00"}}, {}),
    ({}, {"starttime": "2026-11-05 18:00:00", "endtime": "2026-11-05 20:00:00"}),
    ({}, {"date": "2026-11-05T18:00:00/2026-11-05T20:00:00"}),
]


def test_features_that_say_when_in_different_ways(tmp_path: Path) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"title": f"Bal {n}", **within},
            "geometry": {"type": "Point", "coordinates": [-1.6778, 48.1173]},
            **beside,
        }
        for n, (beside, within) in enumerate(WHEN)
    ]
    stage = Stage(write_json(tmp_path, {"type": "FeatureCollection", "features": features}, "a.geojson"))
    read = [(begins[:16], (ends or "")[:16]) for begins, ends in timings(stage)]
    assert (read, stage.kinds) == ([("2026-11-05T18:00", "2026-11-05T20:00")] * 3, [])


@pytest.mark.parametrize(
    ("address", "city"),
    [
        ("Caen", "Caen"),
        ("10 rue de Brest, Rennes", "Rennes"),
        ("Le Port", None),
        ("Mairie", None),
        ("Beauregard", None),
    ],
)
def test_an_address_that_is_a_town(tmp_path: Path, address: str, city: str | None) -> None:
    row = {"title": "Bal", "date": "2026-11-05", "place": {"name": "Place Saint-Sauveur", "address": address}}
    assert Stage(write_json(tmp_path, [row, {**row, "title": "Foire"}])).records[0]["city"] == city
