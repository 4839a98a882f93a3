"""Series, versions and time zones of calendars, to the letter of RFC 5545 where people meet it."""

import time
from pathlib import Path
from typing import Any

import pytest

from campaign.intake.dates import ics_zones
from tests.intake_files import Stage, write

pytestmark = [pytest.mark.rows(every=3), pytest.mark.in_turn]

UID = "UID:un-identifiant-long"
PARIS = "DTSTART;TZID=Europe/Paris:"
FIRST, LATER = "DTSTAMP:20140901T080000Z", "DTSTAMP:20141001T080000Z"


def calendar(*events: tuple[str, ...], head: str = "") -> str:
    body = "".join("\r\n".join(["BEGIN:VEVENT", UID, *lines, "END:VEVENT", ""]) for lines in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{body}END:VCALENDAR\r\n"


def staged(folder: Path, *events: tuple[str, ...], head: str = "", edition: int | None = None) -> Stage:
    return Stage(write(folder, calendar(*events, head=head), "a.ics"), edition=edition)


def begins(record: dict[str, Any]) -> list[str]:
    return [timing["begins"][5:16] for timing in record["timings"]]


WEEKLY = ("SUMMARY:Café", f"{PARIS}20141105T180000", "RRULE:FREQ=WEEKLY;COUNT=3")


@pytest.mark.parametrize("named", [":20141112T170000Z", ";VALUE=DATE:20141112"])
def test_a_cancelled_instance_is_no_session(tmp_path: Path, named: str) -> None:
    exception = ("SUMMARY:Café", f"RECURRENCE-ID{named}", f"{PARIS}20141112T180000", "STATUS:CANCELLED")
    record = staged(tmp_path, WEEKLY, exception).record
    assert begins(record) == ["11-05T18:00", "11-19T18:00"]
    assert record["status"] is None


def test_a_series_of_cancelled_instances_is_cancelled_and_keeps_its_days(tmp_path: Path) -> None:
    dates = ("20141105T180000", "20141112T180000", "20141119T180000")
    exceptions = [
        ("SUMMARY:Café", f"RECURRENCE-ID;TZID=Europe/Paris:{at}", f"{PARIS}{at}", "STATUS:CANCELLED") for at in dates
    ]
    record = staged(tmp_path, WEEKLY, *exceptions).record
    assert (record["status"], len(record["timings"])) == ("cancelled", 3)


def test_exceptions_without_their_series_are_sessions_unless_cancelled(tmp_path: Path) -> None:
    stage = staged(
        tmp_path,
        ("SUMMARY:Café", "RECURRENCE-ID:20141108T100000", "DTSTART:20141108T110000", "STATUS:CANCELLED"),
        ("SUMMARY:Café", "RECURRENCE-ID:20141115T100000", "DTSTART:20141115T110000"),
    )
    assert begins(stage.record) == ["11-15T11:00"]
    assert (stage.record["status"], stage.kinds) == (None, [])


@pytest.mark.parametrize(
    "exdate",
    [
        "EXDATE:20141112T170000Z",
        "EXDATE;TZID=America/New_York:20141112T120000",
        "EXDATE;VALUE=DATE:20141112",
        "EXDATE;TZID=Romance Standard Time:20141112T180000",
    ],
)
def test_a_date_taken_out_is_the_same_moment_in_any_zone(tmp_path: Path, exdate: str) -> None:
    assert begins(staged(tmp_path, (*WEEKLY, exdate)).record) == ["11-05T18:00", "11-19T18:00"]


def test_this_and_future_moves_all_that_follow(tmp_path: Path) -> None:
    moved = (
        "SUMMARY:Café", "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20141112T180000", f"{PARIS}20141112T200000",
    )  # fmt: skip
    assert begins(staged(tmp_path, WEEKLY, moved).record) == ["11-05T18:00", "11-12T20:00", "11-19T20:00"]


def test_a_rule_that_ends_on_a_day_holds_on_that_day(tmp_path: Path) -> None:
    rule = ("SUMMARY:Café", f"{PARIS}20141105T180000", "RRULE:FREQ=WEEKLY;UNTIL=20141119")
    assert begins(staged(tmp_path, rule).record)[-1] == "11-19T18:00"


def test_a_series_without_an_end_gets_none(tmp_path: Path) -> None:
    assert {timing["ends"] for timing in staged(tmp_path, WEEKLY).record["timings"]} == {None}


@pytest.mark.parametrize("repeat", ["", "RRULE:FREQ=DAILY;COUNT=1"])
def test_hours_run_over_the_change_of_clocks_days_do_not(tmp_path: Path, repeat: str) -> None:
    more = [repeat] if repeat else []
    for length, ends in (("PT9H", "2014-10-26T04:00:00+01:00"), ("P1D", "2014-10-26T20:00:00+01:00")):
        record = staged(tmp_path, ("SUMMARY:Nuit", f"{PARIS}20141025T200000", f"DURATION:{length}", *more)).record
        assert [timing["ends"] for timing in record["timings"]] == [ends]


@pytest.mark.parametrize(
    ("rule", "n_sessions", "kinds"),
    [
        ("FREQ=SECONDLY", 1, ["recurrence_cut"]),
        ("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", 1, ["recurrence_cut"]),
        ("FREQ=MINUTELY", 1, ["recurrence_cut"]),
        ("FREQ=MINUTELY;INTERVAL=1440;COUNT=3", 3, []),
        ("FREQ=SECONDLY;INTERVAL=3600;COUNT=4", 4, []),
        ("FREQ=HOURLY", 800, ["recurrence_cut"]),
        ("FREQ=DAILY;INTERVAL=0", 1, ["recurrence_unreadable"]),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5", 1, ["recurrence_unreadable"]),
        ("FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", 1, ["recurrence_unreadable"]),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=7", 1, ["recurrence_unreadable"]),
        ("FREQ=WEEKLY;COUNT=2;UNTIL=20141231T000000Z", 2, None),
    ],
)
def test_no_rule_takes_long(tmp_path: Path, rule: str, n_sessions: int, kinds: list[str] | None) -> None:
    start = time.monotonic()
    stage = staged(tmp_path, ("SUMMARY:Sans fin", f"{PARIS}20141105T100000", f"RRULE:{rule}"), edition=2014)
    assert time.monotonic() - start < 8
    assert len(stage.record["timings"]) == n_sessions
    assert begins(stage.record)[0] == "11-05T10:00"
    assert kinds is None or stage.kinds == kinds


def test_a_rule_of_exceptions_is_told(tmp_path: Path) -> None:
    assert staged(tmp_path, (*WEEKLY, "EXRULE:FREQ=WEEKLY;INTERVAL=2")).kinds == ["recurrence_unreadable"]


@pytest.mark.parametrize(
    ("first", "second", "events"),
    [
        (("SUMMARY:Salon", "SEQUENCE:0"), ("SUMMARY:Salon", "SEQUENCE:1"), [["11-10T10:00"]]),
        (("SUMMARY:Salon", "SEQUENCE:3"), ("SUMMARY:Grand salon", "SEQUENCE:4"), [["11-10T10:00"]]),
        (("SUMMARY:Salon", "SEQUENCE:2"), ("SUMMARY:Salon", "SEQUENCE:1"), [["11-08T10:00"]]),
        (("SUMMARY:Salon",), ("SUMMARY:Salon",), [["11-08T10:00", "11-10T10:00"]]),
        (("SUMMARY:Salon",), ("SUMMARY:Atelier",), [["11-08T10:00"], ["11-10T10:00"]]),
        (("SUMMARY:Salon", "LOCATION:Brest"), ("SUMMARY:Salon", "LOCATION:Lille"), [["11-08T10:00"], ["11-10T10:00"]]),
        (("SUMMARY:Le salon du vélo", FIRST), ("SUMMARY:Salon du vélo", LATER), [["11-10T10:00"]]),
        (("SUMMARY:Le salon du vélo", LATER), ("SUMMARY:Salon du vélo", FIRST), [["11-08T10:00"]]),
        (("SUMMARY:Salon", FIRST), ("SUMMARY:Atelier", LATER), [["11-08T10:00"], ["11-10T10:00"]]),
        (("SUMMARY:Le salon du vélo", FIRST), ("SUMMARY:Salon du vélo", FIRST), [["11-08T10:00"], ["11-10T10:00"]]),
    ],
)
def test_versions_sessions_and_events_under_one_identifier(
    tmp_path: Path, first: tuple[str, ...], second: tuple[str, ...], events: list[list[str]]
) -> None:
    stage = staged(tmp_path, (*first, "DTSTART:20141108T100000"), (*second, "DTSTART:20141110T100000"))
    assert [begins(record) for record in stage.records] == events
    assert len({record["source_uid"] for record in stage.records}) == len(events)
    assert stage.kinds == (["uid_repeated"] if len(events) == 1 else [])


@pytest.mark.parametrize(
    ("written", "offset"),
    [
        ("Romance Standard Time", "+01:00"),
        ("romance standard time", "+01:00"),
        ('"(UTC+01:00) Brussels, Copenhagen, Madrid, Paris"', "+01:00"),
        ('"(GMT+01.00) Paris/Madrid"', "+01:00"),
        ("europe/paris", "+01:00"),
        ("tzone://Microsoft/Utc", "+00:00"),
        ("CEST", "+01:00"),
        ("UTC+1", "+01:00"),
        ("GMT-0400", "-04:00"),
        ("+01:00", "+01:00"),
        ("-0400", "-04:00"),
        ("/citadel.org/20190914_1/Europe/Paris", "+01:00"),
        ("(UTC) Coordinated Universal Time", "+00:00"),
        ('"(UTC) Dublin, Edinburgh, Lisbon, London"', "+00:00"),
        ("(GMT) Greenwich Mean Time - London", "+00:00"),
        ('"Paris, Madrid"', "+01:00"),
        ('"Paris, London"', ""),  # of different clocks
        ('"(UTC+05:00) Paris"', ""),  # no such winter time there
        ("Quelque part", ""),
    ],
)
def test_names_of_zones(tmp_path: Path, written: str, offset: str) -> None:
    stage = staged(tmp_path, ("SUMMARY:A", f"DTSTART;TZID={written}:20141105T180000"))
    assert stage.record["timings"][0]["begins"] == f"2014-11-05T18:00:00{offset}"
    assert stage.kinds == ([] if offset else ["timezone_unknown"])


def test_a_zone_without_rules_does_not_cost_the_others(tmp_path: Path) -> None:
    head = (
        "X-WR-TIMEZONE:Eastern Standard Time\r\nBEGIN:VTIMEZONE\r\nTZID:Chez nous\r\nX-LIC-LOCATION:Europe/Paris\r\n"
        "END:VTIMEZONE\r\nBEGIN:VTIMEZONE\r\nTZID:Ailleurs\r\nEND:VTIMEZONE\r\n"
    )
    record = staged(tmp_path, ("SUMMARY:A", "DTSTART;TZID=Chez nous:20141105T180000"), head=head).record
    assert record["timings"][0]["begins"] == "2014-11-05T18:00:00+01:00"
    assert record["timezone"] == "America/New_York"
    stage = staged(tmp_path, ("SUMMARY:A", "DTSTART;TZID=Ailleurs:20141105T180000"), head=head)
    assert stage.kinds == ["timezone_unknown"]


@pytest.mark.parametrize(("summer", "begins_at"), [("+0200", "18:00:00+01:00"), ("+0300", "18:00:00+00:00")])
def test_a_zone_that_bears_the_name_of_greenwich(tmp_path: Path, summer: str, begins_at: str) -> None:
    rules = "".join(
        f"BEGIN:{kind}\r\nDTSTART:2000{month}T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH={month[:2]}\r\n"
        f"TZOFFSETFROM:{start}\r\nTZOFFSETTO:{to}\r\nEND:{kind}\r\n"
        for kind, month, start, to in (("STANDARD", "1029", summer, "+0100"), ("DAYLIGHT", "0326", "+0100", summer))
    )
    head = f"BEGIN:VTIMEZONE\r\nTZID:GMT\r\n{rules}END:VTIMEZONE\r\n"
    stage = staged(tmp_path, ("SUMMARY:A", "DTSTART;TZID=GMT:20141105T180000"), head=head)
    assert stage.record["timings"][0]["begins"] == f"2014-11-05T{begins_at}"


def test_only_the_parameter_is_a_zone() -> None:
    assert ics_zones.named("SUMMARY:TZID=UTC+1\r\nDTSTART;TZID=UTC+1:2014", {}).count("Etc/GMT-1") == 1


def test_lines_are_unfolded_before_they_are_decoded(tmp_path: Path) -> None:
    folded = (
        calendar(("SUMMARY:À l'épreuve", "DTSTART:20141105T180000")).encode().replace(b"\xc3\xa9", b"\xc3\r\n \xa9")
    )
    assert Stage(write(tmp_path, folded, "a.ics")).record["title"] == "À l'épreuve"


def test_whole_days_from_midnight_to_midnight_have_no_hour(tmp_path: Path) -> None:
    lines = ("SUMMARY:A", f"{PARIS}20141105T000000", "DTEND;TZID=Europe/Paris:20141107T000000")
    marked = staged(tmp_path, (*lines, "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE")).record
    assert marked["timings"] == [{"begins": "2014-11-05", "ends": "2014-11-06"}]
    assert staged(tmp_path, lines).record["timings"] == marked["timings"]
    night = (*lines[:2], "DTEND;TZID=Europe/Paris:20141105T020000")
    assert staged(tmp_path, night).record["timings"][0]["begins"] == "2014-11-05T00:00:00+01:00"


def test_a_file_that_breaks_off_is_kept_up_to_the_break(tmp_path: Path) -> None:
    whole = calendar(("SUMMARY:A", "DTSTART:20141105T180000"), ("SUMMARY:B", "DTSTART:20141106T180000")).encode()
    for cut in range(whole.rindex(b"BEGIN:VEVENT") + 14, whole.rindex(b"END:VEVENT") + 9, 7):
        stage = Stage(write(tmp_path, whole[:cut], "a.ics"))
        assert [record["title"] for record in stage.records] == ["A"]
        assert [reject["reason"] for reject in stage.rejects] == ["event_unreadable"]


@pytest.mark.parametrize(
    ("place", "events"),
    [
        ("Brest", [["11-05T18:00", "11-19T18:00"], ["11-12T18:00"]]),
        ("Salle B\\, 29200 Brest", [["11-05T18:00", "11-19T18:00"], ["11-12T18:00"]]),
        ("Salle B", [["11-05T18:00", "11-12T18:00", "11-19T18:00"]]),
        ("Rennes", [["11-05T18:00", "11-12T18:00", "11-19T18:00"]]),
    ],
)
def test_an_instance_in_another_town_is_an_event_of_its_own(
    tmp_path: Path, place: str, events: list[list[str]]
) -> None:
    series = (*WEEKLY, "LOCATION:Maison bleue\\, Rennes")
    moved = ("SUMMARY:Café", "RECURRENCE-ID:20141112T170000Z", f"{PARIS}20141112T180000", f"LOCATION:{place}")
    stage = staged(tmp_path, series, moved)
    assert sorted([begins(record) for record in stage.records]) == events
    assert len({record["source_uid"] for record in stage.records}) == len(events)


@pytest.mark.parametrize(
    ("lines", "details"),
    [
        (("LOCATION:Salle B",), ["venue: Salle B"]),
        (("LOCATION:maison bleue\\, Rennes",), []),
        (("LOCATION:Salle B", "STATUS:CANCELLED"), []),
        (("SUMMARY:Café des langues",), ["title: Café des langues"]),
    ],
)
def test_what_an_instance_says_otherwise_than_its_series_is_told(
    tmp_path: Path, lines: tuple[str, ...], details: list[str]
) -> None:
    series = (*WEEKLY, "LOCATION:Maison bleue\\, Rennes")
    moved = ("RECURRENCE-ID:20141112T170000Z", f"{PARIS}20141112T190000", *lines)
    assert [row["detail"] for row in staged(tmp_path, series, moved).warnings] == details


def test_an_instance_that_names_its_day_twice(tmp_path: Path) -> None:
    series = (*WEEKLY, "LOCATION:Maison bleue\\, Rennes")
    for named in ("RECURRENCE-ID:20141112T170000Z", "RECURRENCE-ID;VALUE=DATE:20141112"):
        moved = (named, named, f"{PARIS}20141112T190000", "LOCATION:Halle\\, Rennes")
        stage = staged(tmp_path, series, moved)
        assert begins(stage.records[0])[0] == "11-05T18:00"
        assert stage.kinds


def test_a_series_and_its_instance_without_identifiers(tmp_path: Path) -> None:
    series = ("SUMMARY:Café", f"{PARIS}20141105T180000", "RRULE:FREQ=WEEKLY;COUNT=3")
    moved = ("SUMMARY:Café", "RECURRENCE-ID:20141112T170000Z", f"{PARIS}20141113T180000")
    other = ("SUMMARY:Bal", f"{PARIS}20141105T180000", "RRULE:FREQ=WEEKLY;COUNT=1")
    events = "".join("\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", "")) for lines in (series, moved, other))
    stage = Stage(write(tmp_path, f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n", "a.ics"))
    assert [begins(record) for record in stage.records] == [
        ["11-05T18:00", "11-13T18:00", "11-19T18:00"],
        ["11-05T18:00"],
    ]
    assert (stage.kinds, {record["source_uid"] for record in stage.records}) == ([], {None})
