"""Calendars: one record per event, repeated ones within the window, and every oddity told."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from campaign.core.errors import IntakeError
from tests.intake_files import FILES, Stage, write, write_json
from tests.samples import examples

pytestmark = [pytest.mark.rows(every=3), pytest.mark.in_turn]

CALENDAR = FILES / "calendrier.ics"


@pytest.fixture(scope="module")
def stage() -> Stage:
    return Stage(CALENDAR)


def by_title(stage: Stage, start: str) -> dict[str, Any]:
    return next(record for record in stage.records if record["title"].startswith(start))


def line_of(text: str) -> int:
    lines = CALENDAR.read_text("utf-8").splitlines()
    return max(n for n, line in enumerate(lines[: lines.index(text) + 1], start=1) if line == "BEGIN:VEVENT")


def vevent(*lines: str) -> str:
    body = "\r\n".join(["BEGIN:VEVENT", "SUMMARY:A", *lines, "END:VEVENT"])
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}\r\nEND:VCALENDAR\r\n"


def test_texts_of_calendars_before_the_standard(tmp_path: Path) -> None:
    text = vevent(
        "DTSTART:20261105T173000Z",
        "DESCRIPTION;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Go=FBter=\r\n, pain=0D=0Avin",
    )
    record = Stage(
        write(tmp_path, text.replace("SUMMARY:", "SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Caf=C3=A9 "), "a.ics")
    ).record
    assert (record["title"], record["description"]) == ("Café A", "Goûter, pain\nvin")


def test_every_event_is_taken_or_explained(stage: Stage) -> None:
    assert [record["title"] for record in stage.records] == [
        "Permanence du jeudi, ouverte à tous", "Portes ouvertes", "ANNULÉ : Ciné-débat", "Colloque", "Fuseau inconnu",
        "Deux fois le même identifiant", "Un autre événement", "Table ronde",
    ]  # fmt: skip
    assert [(reject["line"], reject["reason"]) for reject in stage.rejects] == [
        (line_of("UID:sans-date@exemple.fr"), "date_missing"),
        (line_of("UID:date-fausse@exemple.fr"), "date_unreadable"),
        (line_of("UID:coupe@exemple.fr"), "event_unreadable"),
    ]
    assert "export OpenAgenda" in str(stage.staged.files[0].reading.why)


def test_a_series_is_expanded_within_the_window(stage: Stage) -> None:
    series = by_title(stage, "Permanence")
    begins = [timing["begins"] for timing in series["timings"]]
    assert begins[0] == "2014-10-02T18:00:00+02:00"
    assert "2014-11-14T10:00:00+01:00" in begins
    assert not any(day[:10] in ("2014-11-13", "2014-12-25") for day in begins)
    assert (begins[-1], len(begins)) == ("2014-12-18T18:00:00+01:00", 12)
    assert (series["venue"], series["postcode"], series["keywords"]) == (
        "Maison des associations", "35000", ["Atelier", "Emploi"],
    )  # fmt: skip
    kinds = {(w["record_id"], w["kind"]) for w in stage.warnings}
    assert (series["record_id"], "recurrence_cut") in kinds


def test_the_window_is_that_of_the_edition_asked() -> None:
    series = by_title(Stage(CALENDAR, edition=2015), "Permanence")
    assert [t["begins"][:10] for t in series["timings"]] == ["2014-09-04"]  # it ended in June: kept with its first date


def test_whole_days_end_the_day_before(stage: Stage) -> None:
    doors = by_title(stage, "Portes")
    assert doors["timings"] == [{"begins": "2014-11-07", "ends": "2014-11-08"}]
    assert (doors["lat"], doors["lon"], doors["city"]) == (48.39, -4.4861, "Brest")


def test_floating_vendor_and_unknown_zones(stage: Stage) -> None:
    assert by_title(stage, "ANNULÉ")["timings"] == [{"begins": "2014-11-05T18:30:00", "ends": "2014-11-05T20:30:00"}]
    colloque = by_title(stage, "Colloque")
    assert colloque["timings"] == [{"begins": "2014-11-18T09:00:00+01:00", "ends": "2014-11-18T17:00:00+01:00"}]
    assert (colloque["attendance_mode"], colloque["online_url"]) == ("online", "https://visio.exemple.fr/salle")
    unknown = by_title(stage, "Fuseau")
    assert (unknown["timings"][0]["begins"], unknown["is_published"]) == ("2014-11-19T09:00:00", False)
    warnings = {(w["record_id"], w["kind"], w["detail"]) for w in stage.warnings}
    assert (unknown["record_id"], "timezone_unknown", "Quelque part") in warnings


def test_cancelled_in_the_title_only(stage: Stage) -> None:
    record = by_title(stage, "ANNULÉ")
    assert record["status"] == "cancelled"
    assert (record["record_id"], "cancelled_in_title") in {(w["record_id"], w["kind"]) for w in stage.warnings}


def test_identifiers(stage: Stage) -> None:
    table = by_title(stage, "Table")
    assert (table["source_uid"], len(table["timings"])) == ("4001", 2)
    one, other = by_title(stage, "Deux"), by_title(stage, "Un autre")
    assert one["source_uid"] == "calendrier:1"
    assert other["source_uid"] != one["source_uid"]


@pytest.mark.parametrize(
    ("lines", "begins", "kinds"),
    [
        (("DTSTART:20141105T180000", "RRULE:FREQ=NEVER"), ["2014-11-05T18:00:00"], ["recurrence_unreadable"]),
        (("DTSTART;VALUE=DATE:20141105",), ["2014-11-05"], []),
        (("DTSTART:2014-11-05T18:00:00",), ["2014-11-05T18:00:00"], []),
        (("DTSTART:20141105T1800",), ["2014-11-05T18:00:00"], []),
        (("DTSTART:2014-11-05T18:00+01:00",), ["2014-11-05T17:00:00+00:00"], []),
        (("DTSTART;VALUE=DATE:20141105", "DTEND;VALUE=DATE:20141105"), ["2014-11-05"], []),
        (("DTSTART;TZID=Europe/Paris;VALUE=DATE:20141105",), ["2014-11-05"], []),
        (("DTSTART;TZID=Europe/Paris:20141105T180000Z",), ["2014-11-05T18:00:00+00:00"], []),
        (("DTSTART:20141105T180000+0100",), ["2014-11-05T17:00:00+00:00"], []),
        (("DTSTART:20141105T180000", "RDATE;VALUE=DATE:20141106"), ["2014-11-05T18:00:00", "2014-11-06T18:00:00"], []),
        (
            ("DTSTART:20141105T180000", "RRULE: FREQ=DAILY; COUNT=2"),
            ["2014-11-05T18:00:00", "2014-11-06T18:00:00"],
            [],
        ),
        (
            ("DTSTART:20141105T180000", "RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20141106T180000,demain"),
            ["2014-11-05T18:00:00"],
            ["recurrence_unreadable"],
        ),
        (
            ("DTSTART:20141105T180000", "RRULE:FREQ=DAILY;COUNT=4", "EXDATE:2014-11-06,20141107T180000,demain"),
            ["2014-11-05T18:00:00", "2014-11-08T18:00:00"],
            ["recurrence_unreadable"],
        ),
        (("DTSTART:20141105T180000", "RRULE:FREQ=DAILY;COUNT=1", "EXDATE:"), ["2014-11-05T18:00:00"], []),
        (("DTSTART;VALUE=DATE:20141105T000000Z", "DTEND;VALUE=DATE:20141107T000000Z"), ["2014-11-05"], []),
        (("DTSTART;VALUE=DATE:20141105T180000",), ["2014-11-05T18:00:00"], []),
        (("DTSTART: 20141105T180000",), ["2014-11-05T18:00:00"], []),
        (("DTSTART : 20141105T180000", "DTEND;TZID=Europe/Paris : 20141105T190000"), ["2014-11-05T18:00:00"], []),
        (("DTSTART:20141104T230000Z", "DTEND:20141105T225959Z"), ["2014-11-05"], []),  # to the last second
        (("DTSTART:20141105T200000", "DTEND:20141105T235900"), ["2014-11-05T20:00:00"], []),
        (("DTSTART;TZID=GMT Standard Time 1:20141105T180000",), ["2014-11-05T18:00:00+00:00"], []),
        (("DTSTART:20141104T230000Z", "DTEND:20141105T230000Z", "X-FUNAMBOL-ALLDAY:1"), ["2014-11-05"], []),
        (("DTSTART:20141105T180000", "GEO:48.11,-1.67"), ["2014-11-05T18:00:00"], []),
        (("DTSTART:20141105T180000Z", "DTEND:20141105T170000Z"), ["2014-11-05T18:00:00+00:00"], ["end_before_start"]),
        (
            ("DTSTART:20141105T180000", "RDATE:20141106T180000,20141107T180000"),
            ["2014-11-05T18:00:00", "2014-11-06T18:00:00", "2014-11-07T18:00:00"],
            [],
        ),
        (("DTSTART:20141105T180000", "DTEND:20141105T180000"), ["2014-11-05T18:00:00"], ["end_before_start"]),
        (("DTSTART:20141105T180000", "GEO:abc"), ["2014-11-05T18:00:00"], ["coordinates_unreadable"]),
        (("DTSTART:20141105T180000", "DTEND:demain"), ["2014-11-05T18:00:00"], ["end_unreadable"]),
        (("DTSTART:20141105T180000", "DTEND;VALUE=DATE:20141105"), ["2014-11-05T18:00:00"], ["end_unreadable"]),
        (("DTSTART:20141105T000000", "DTEND:20141105T240000"), ["2014-11-05"], []),
        (("DTSTART:20141105T000000", "DTEND:20141107T000000"), ["2014-11-05"], []),
        (("DTSTART:20141105T000000", "DTEND:20141105T020000"), ["2014-11-05T00:00:00"], []),
        (
            ("DTSTART;VALUE=DATE:20141117", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20141117T230000Z"),
            ["2014-11-17", "2014-11-19"],
            [],
        ),
    ],
)
def test_dates(tmp_path: Path, lines: tuple[str, ...], begins: list[str], kinds: list[str]) -> None:
    stage = Stage(write(tmp_path, vevent("UID:un-identifiant-long", *lines), "a.ics"))
    assert [t["begins"] for t in stage.record["timings"]] == begins
    assert stage.kinds == kinds


@pytest.mark.parametrize(
    "lines", [("DTSTART:00010101T000000", "DURATION:-PT1H"), ("DTSTART:99991231T235959Z", "DURATION:P1D")]
)
def test_a_duration_that_leaves_the_calendar_is_no_crash(tmp_path: Path, lines: tuple[str, ...]) -> None:
    stage = Stage(write(tmp_path, vevent("UID:un-identifiant-long", *lines), "a.ics"))
    assert [(reject["field"], reject["reason"]) for reject in stage.rejects] == [("date", "date_unreadable")]


def test_an_endless_daily_series_is_bounded(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, vevent("UID:tous-les-jours", "DTSTART:20100101T100000", "RRULE:FREQ=DAILY"), "a.ics"))
    days = [t["begins"][:10] for t in stage.record["timings"]]
    assert (days[0], days[-1], len(days)) == ("2010-10-01", "2010-12-31", 92)


@pytest.mark.parametrize("content", ["BEGIN:VCALENDAR\nEND:VCALENDAR\n", "BEGIN:VCALENDAR\n"])
def test_a_calendar_without_events_says_so(tmp_path: Path, content: str) -> None:
    with pytest.raises(IntakeError, match="sans événement"):
        Stage(write(tmp_path, content, "a.ics"))


LINES = some.sampled_from([
    "UID:un-identifiant-long", "UID:", "DTSTART:20141105T180000Z", "DTSTART;VALUE=DATE:20141105", "DTSTART:x", "DTEND:20141105T190000Z",
    "DTSTART;TZID=Nulle part:20141105T180000", "RRULE:FREQ=DAILY;COUNT=3", "RRULE:x", "RRULE:FREQ=WEEKLY;UNTIL=20141130",
    "EXDATE:20141106T180000Z", "RDATE;VALUE=PERIOD:20141109T180000Z/PT1H",
    "RECURRENCE-ID:20141106T180000Z", "DURATION:-PT1H", "DURATION:P1D",
    "GEO:1", "GEO:48;2", "CATEGORIES:a,b", "STATUS:CANCELLED", "SEQUENCE:x", "SEQUENCE:2", "CLASS:PRIVATE",
    "sans deux-points", "LOCATION:x\\, y",
    "DTSTART:99991231T235959Z", "DTSTART:00010101T000000", "DTEND;VALUE=DATE:20141101", "CREATED:20140101T000000Z",
])  # fmt: skip


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(some.lists(some.lists(LINES, max_size=7), min_size=1, max_size=4))
def test_whatever_is_written_nothing_is_lost(tmp_path: Path, events: list[list[str]]) -> None:
    body = "".join(vevent(*lines).split("VERSION:2.0\r\n")[1].split("END:VCALENDAR")[0] for lines in events)
    stage = Stage(write(tmp_path, f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}END:VCALENDAR\r\n", "a.ics"))
    lines = {record["line"] for record in stage.records} | {reject["line"] for reject in stage.rejects}
    assert 1 <= len(lines) <= len(events)
    assert stage.records or stage.rejects


def test_a_calendar_that_calls_off_all_that_it_holds(tmp_path: Path) -> None:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "METHOD:CANCEL", "BEGIN:VEVENT", "UID:1", "SUMMARY:Forum",
             "DTSTART:20261103T180000", "END:VEVENT", "END:VCALENDAR"]  # fmt: skip
    path = tmp_path / "agenda.ics"
    path.write_bytes("\r\n".join(lines).encode("utf-16"))
    record = Stage(path).record
    assert record["status"] == "cancelled"
    assert record["source_uid"] == "agenda:1"  # of the file that was sent, not of its copy in UTF-8


@pytest.mark.parametrize("uid", ["un-identifiant-long", "un-autre-identifiant"])
def test_a_calendar_behind_another_that_calls_off_one_of_its_events(tmp_path: Path, uid: str) -> None:
    held = vevent("UID:un-identifiant-long", "SEQUENCE:0", "DTSTART:20261103T180000")
    called_off = vevent(f"UID:{uid}", "SEQUENCE:1", "DTSTART:20261103T180000")
    calendars = held + called_off.replace("VERSION:2.0", "VERSION:2.0\r\nMETHOD:CANCEL")
    stage = Stage(write(tmp_path, calendars, "a.ics"))
    expected = ["cancelled"] if uid == "un-identifiant-long" else [None, "cancelled"]
    assert [record["status"] for record in stage.records] == expected


def test_a_later_version_that_calls_off_the_same_hour(tmp_path: Path) -> None:
    parts = [
        vevent(
            "UID:un-identifiant-long", f"DTSTAMP:2026100{day}T080000Z", f"STATUS:{status}", "DTSTART:20261103T180000"
        )
        for day, status in ((1, "CONFIRMED"), (2, "CANCELLED"))
    ]
    event = parts[1][parts[1].index("BEGIN:VEVENT") : parts[1].index("END:VCALENDAR")]
    stage = Stage(write(tmp_path, parts[0].replace("END:VCALENDAR", event + "END:VCALENDAR"), "a.ics"))
    assert (stage.record["status"], len(stage.record["timings"])) == ("cancelled", 1)


@pytest.mark.parametrize(
    ("text", "town", "place"),
    [
        ("Halle", "Rennes", ("Halle", "Rennes")),
        ("Halle\\, 35000 Rennes", "Rennes", ("Halle", "Rennes")),
        ("Halle", "", ("Halle", None)),
        ("Halle", 'Rennes"', ("Halle", None)),  # no JSON
    ],
)
def test_the_town_of_a_place_of_outlook(tmp_path: Path, text: str, town: str, place: tuple[str, str | None]) -> None:
    held = f'[{{"DisplayName":"Halle"\\,"LocationStreet":""\\,"LocationCity":"{town}"\\,"LocationPostalCode":"35000"}}]'
    lines = ["UID:1", "SUMMARY:Bal", "DTSTART:20261105T173000Z", f"LOCATION:{text}", f"X-MICROSOFT-LOCATIONS:{held}"]
    event = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""])
    record = Stage(write(tmp_path, event, "a.ics")).record
    assert (record["venue"], "Rennes" if "Rennes" in f"{record['city']} {record['address']}" else None) == place


AS_OBJECTS = {
    "VCALENDAR": [
        {
            "VERSION": "2.0",
            "VEVENT": [
                {
                    "SUMMARY": "Forum",
                    "DTSTART;TZID=Europe/Paris": "20261105T133000",
                    "DTEND;TZID=Europe/Paris": "20261105T170000",
                    "RRULE": "FREQ=WEEKLY;UNTIL=20261112T123000Z",
                    "LOCATION": "Halle, Rennes",
                },
                {"SUMMARY": "Fête", "DTSTART;VALUE=DATE": "20261109", "DTEND;VALUE=DATE": "20261110"},
            ],
        }
    ]
}
AS_LISTS = [
    "vcalendar",
    [["version", {}, "text", "2.0"]],
    [
        [
            "vevent",
            [
                ["summary", {}, "text", "Forum"],
                ["dtstart", {"tzid": "Europe/Paris"}, "date-time", "2026-11-05T13:30:00"],
                ["dtend", {"tzid": "Europe/Paris"}, "date-time", "2026-11-05T17:00:00"],
                ["rrule", {}, "recur", {"freq": "WEEKLY", "until": "2026-11-12T12:30:00Z"}],
                ["location", {}, "text", "Halle, Rennes"],
                ["geo", {}, "float", [48.1, -1.68]],
            ],
            [],
        ],
        [
            "vevent",
            [
                ["summary", {}, "text", "Fête"],
                ["dtstart", {}, "date", "2026-11-09"],
                ["dtend", {}, "date", "2026-11-10"],
            ],
            [],
        ],
    ],
]


@pytest.mark.parametrize("document", [AS_OBJECTS, AS_LISTS, [AS_LISTS], AS_OBJECTS["VCALENDAR"][0]])
def test_calendars_in_json(tmp_path: Path, document: Any) -> None:
    stage = Stage(write_json(tmp_path, document))
    assert [(r["title"], [t["begins"] for t in r["timings"]], r["venue"]) for r in stage.records] == [
        ("Forum", ["2026-11-05T13:30:00+01:00", "2026-11-12T13:30:00+01:00"], "Halle"),
        ("Fête", ["2026-11-09"], None),
    ]
    assert stage.kinds == []


XCAL = """<?xml version="1.0"?><icalendar xmlns="urn:ietf:params:xml:ns:icalendar-2.0"><vcalendar>
<properties><version><text>2.0</text></version></properties><components>
<vevent><properties><summary><text>Forum, puis bal</text></summary>
<dtstart><parameters><tzid><text>Europe/Paris</text></tzid></parameters><date-time>2026-11-05T13:30:00</date-time></dtstart>
<duration><duration>PT1H</duration></duration>
<rrule><recur><freq>WEEKLY</freq><until>2026-11-12T12:30:00Z</until><byday>TH</byday></recur></rrule>
<geo><latitude>48.1</latitude><longitude>-1.68</longitude></geo></properties></vevent>
<vevent><properties><summary><text>Fête</text></summary><dtstart><date>2026-11-09</date></dtstart>
<dtend><date>2026-11-10</date></dtend></properties></vevent></components></vcalendar></icalendar>"""


def test_calendars_in_xml(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, XCAL, "a.xml"))
    assert [(r["title"], [(t["begins"], t["ends"]) for t in r["timings"]], r["lon"]) for r in stage.records] == [
        (
            "Forum, puis bal",
            [
                ("2026-11-05T13:30:00+01:00", "2026-11-05T14:30:00+01:00"),
                ("2026-11-12T13:30:00+01:00", "2026-11-12T14:30:00+01:00"),
            ],
            -1.68,
        ),
        ("Fête", [("2026-11-09", "2026-11-09")], None),
    ]
    assert stage.kinds == []


@pytest.mark.parametrize("name", ["a.xml", "a.json"])
def test_a_calendar_in_pieces_is_refused(tmp_path: Path, name: str) -> None:
    text = {"a.xml": XCAL[:60] + "&&", "a.json": '{"VCALENDAR": [{"VEVENT": [{"SUMMARY": "Forum", "DTSTA'}[name]
    with pytest.raises(IntakeError):
        Stage(write(tmp_path, text, name))
