"""Objects of programs that say a thing twice, or apart from where it belongs, and those that repeat by a rule."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from campaign.core.settings import PARIS
from tests.intake_files import Stage, write_json

pytestmark = [pytest.mark.rows(every=3), pytest.mark.in_turn]

Item = dict[str, Any]


def spans(stage: Stage) -> list[str]:
    """The sessions of all records on the clock of Paris, « 11-05 18:00-20:00 »."""
    return [
        _clock(t["begins"]) + (f"-{_clock(t['ends'])[6:]}" if len(t["ends"] or "") > 10 else "")
        for record in stage.records
        for t in record["timings"]
    ]


def _clock(text: str) -> str:
    moment = datetime.fromisoformat(text)
    here = moment.astimezone(PARIS) if moment.tzinfo else moment
    return here.strftime("%m-%d %H:%M" if len(text) > 10 else "%m-%d")


OWN_DATES = [
    (  # the first date of a series beside that of this occurrence
        {
            "base": {"id": 7, "caption": "Bal", "startDate": "2026-09-02T18:00:00", "endDate": "2026-09-02T20:00:00"},
            "calculated": {"startDate": "2026-11-05T18:00:00", "endDate": "2026-11-05T20:00:00"},
        },
        ["11-05 18:00-20:00"],
    ),
    (  # Greenwich's zone before hours that are those of the doors
        {
            "eventname": "Bal",
            "startdate": "2026-11-05T18:00:00+00:00",
            "enddate": "2026-11-05T20:00:00+00:00",
            "openingtimes": {"doorsopen": "18:00", "doorsclose": "20:00", "lastentry": ""},
        },
        ["11-05 18:00-20:00"],
    ),
    (
        {
            "eventname": "Bal",
            "startdate": "2026-11-05T18:00:00+00:00",
            "enddate": "2026-11-05T20:00:00+00:00",
            "openingtimes": {"doorsopen": "19:00", "doorsclose": "21:00"},
        },
        ["11-05 19:00-21:00"],
    ),
    (
        {
            "title": "Bal",
            "startDate": {"date": "2026-11-05", "tz": "UTC", "time": "17:00:00"},
            "endDate": {"date": "2026-11-05", "tz": "UTC", "time": "19:00:00"},
        },
        ["11-05 18:00-20:00"],
    ),
    (  # days, the hour of the first, and a length
        {
            "name": "Bal",
            "dates": ["2026-11-05", "2026-11-12"],
            "datetime": "2026-11-05 18:00:00",
            "hours": 1,
            "minutes": 30,
        },
        ["11-05 18:00-19:30", "11-12 18:00-19:30"],
    ),
    ({"name": "Bal", "dates": ["2026-11-05"], "datetime": "2026-11-05 18:00:00"}, ["11-05 18:00"]),
    (  # no agenda of OpenAgenda
        {
            "name": "Bal",
            "dateRange": ["2026-11-05T17:00:00Z", "2026-11-12T19:00:00Z"],
            "eventOccurrences": [
                {"beginningDatetime": f"2026-11-{day}T17:00:00Z", "endDatetime": f"2026-11-{day}T19:00:00Z"}
                for day in ("05", "12")
            ],
        },
        ["11-05 18:00-20:00", "11-12 18:00-20:00"],
    ),
]


@pytest.mark.parametrize(("item", "expected"), OWN_DATES)
def test_the_dates_of_an_event_itself(tmp_path: Path, item: Item, expected: list[str]) -> None:
    second = {key: "Foire" if value == "Bal" else value for key, value in item.items()}
    if "base" in item:
        second["base"] = {**item["base"], "caption": "Foire", "id": 8}
    stage = Stage(write_json(tmp_path, [{**each, "city": "Rennes"} for each in (item, second)]))
    assert spans(stage) == expected * 2
    assert [record["title"] for record in stage.records] == ["Bal", "Foire"]
    assert "date_ambiguous" not in stage.kinds


def test_a_place_goes_before_the_seat_of_who_announces(tmp_path: Path) -> None:
    at = {"name": "Gîte", "location": {"city": "Poitiers", "zip": "86000"}}
    seat = {"name": "Voyages doux", "location": {"city": "Nantes", "zip": "44000"}}
    events = [{"name": f"Bal {n}", "startTime": "2026-11-05T18:00:00", "venue": seat, "place": at} for n in (1, 2)]
    record = Stage(write_json(tmp_path, [*events, {**events[0], "name": "Foire", "place": None}])).records
    assert [row["city"] for row in record] == ["Poitiers", "Poitiers", "Nantes"]
    assert record[0]["organiser_labels"] == ["Voyages doux"]


@pytest.mark.parametrize(
    ("more", "is_published"),
    [
        ({"status": [{"value": True}]}, True),
        ({"status": [{"value": False}]}, False),
        ({"status": False}, False),
        ({"active": True, "is_public": True}, True),
        ({"active": True, "is_public": False}, False),
        ({"is_active": "0", "is_public": "1"}, False),
        ({"sensitivity": "normal"}, True),
        ({"sensitivity": "private"}, False),
        ({"sensitivity": "personal"}, False),
        ({"visibility": "default"}, True),
        ({"visibility": "confidential"}, False),
        ({"visibility": "company"}, False),
        ({"Visibilité": "Membres"}, False),
        ({"Visibilité": "Réservé aux adhérents"}, False),
        ({"Critère de diffusion": "Normal"}, True),
        ({"Critère de diffusion": "Confidentiel"}, False),
        ({"Critère de diffusion": "Normal", "Privé": "Vrai"}, False),
        ({"Privé": "Faux", "Critère de diffusion": "Personnel"}, False),
    ],
)
def test_what_is_held_back_is_not_published(tmp_path: Path, more: Item, is_published: bool) -> None:
    event = {"title": [{"value": "Bal"}], "date": [{"value": "2026-11-05"}], "city": "Rennes"}
    stage = Stage(write_json(tmp_path, [{**event, **more}, {**event, "title": "Foire", **more}]))
    assert [(row["title"], row["is_published"]) for row in stage.records] == [
        ("Bal", is_published),
        ("Foire", is_published),
    ]


LINES = "DTSTART:20261105T180000\nRRULE:FREQ=WEEKLY;UNTIL=20261130\nEXDATE:20261112T180000"
WEEKS = ["11-05 18:00-20:00", "11-19 18:00-20:00", "11-26 18:00-20:00"]
GOOGLE = {"start": {"dateTime": "2026-11-05T18:00:00+01:00"}, "end": {"dateTime": "2026-11-05T20:00:00+01:00"}}
GRAPH = {
    "start": {"dateTime": "2026-11-05T17:00:00.0000000", "timeZone": "UTC"},
    "end": {"dateTime": "2026-11-05T19:00:00.0000000", "timeZone": "UTC"},
}
WEEKLY = {"type": "weekly", "interval": 2, "daysOfWeek": ["thursday"], "firstDayOfWeek": "monday"}
MONTHLY = {"type": "relativeMonthly", "interval": 1, "daysOfWeek": ["thursday"], "index": "first"}
JSCALENDAR = {"@type": "Event", "start": "2026-11-05T18:00:00", "timeZone": "Europe/Paris", "duration": "PT2H"}
REPEATS = [
    ({"rrule": LINES, "duration": "02:00"}, WEEKS),
    (
        {
            "rrule": {"freq": "weekly", "byweekday": ["TH"], "dtstart": "2026-11-05T18:00:00", "until": "2026-11-30"},
            "duration": {"hours": 2},
            "exdate": ["2026-11-12"],
        },
        WEEKS,
    ),
    (
        {"rrule": {"freq": 2, "byweekday": [3], "dtstart": "2026-11-05T18:00:00", "count": 2}},
        ["11-05 18:00", "11-12 18:00"],
    ),
    (
        {
            "daysOfWeek": ["1", 4],
            "startRecur": "2026-11-03",
            "endRecur": "2026-11-12",
            "startTime": "18:00",
            "endTime": "20:00",
        },
        ["11-05 18:00-20:00", "11-09 18:00-20:00"],
    ),
    ({"daysOfWeek": [4], "startRecur": "2026-11-05", "endRecur": "2026-11-13"}, ["11-05", "11-12"]),
    ({**GOOGLE, "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;VALUE=DATE:20261112"]}, WEEKS),
    (
        {**GRAPH, "recurrence": {"pattern": WEEKLY, "range": {"type": "endDate", "endDate": "2026-11-30"}}},
        ["11-05 18:00-20:00", "11-19 18:00-20:00"],
    ),
    (
        {**GRAPH, "recurrence": {"pattern": MONTHLY, "range": {"type": "numbered", "numberOfOccurrences": 2}}},
        ["11-05 18:00-20:00", "12-03 18:00-20:00"],
    ),
    (  # of RFC 8984
        {
            **JSCALENDAR,
            "recurrenceRules": [{"@type": "RecurrenceRule", "frequency": "weekly", "until": "2026-11-30T00:00:00"}],
            "recurrenceOverrides": {"2026-11-12T18:00:00": {"excluded": True}},
        },
        WEEKS,
    ),
    (
        {
            **JSCALENDAR,
            "recurrenceRules": [{"frequency": "monthly", "byDay": [{"day": "th", "nthOfPeriod": 1}], "count": 2}],
            "recurrenceOverrides": {"2026-11-07T09:00:00": {}},
        },
        ["11-05 18:00-20:00", "11-07 09:00-11:00", "12-03 18:00-20:00"],
    ),
]


@pytest.mark.parametrize(("rule", "expected"), REPEATS)
def test_the_sessions_of_a_rule(tmp_path: Path, rule: Item, expected: list[str]) -> None:
    stage = Stage(write_json(tmp_path, [{"title": title, **rule, "city": "Rennes"} for title in ("Bal", "Foire")]))
    assert (spans(stage), stage.kinds) == (expected * 2, [])


def _google(day: str, hours: tuple[str, str] = ("18:00", "20:00"), **more: Any) -> Item:
    sides = {side: {"dateTime": f"{day}T{hour}:00+01:00"} for side, hour in zip(("start", "end"), hours, strict=True)}
    return {"kind": "calendar#event", "summary": "Bal", "location": "Rennes", **sides, **more}


_SERIES = _google("2026-11-05", id="a", recurrence=["RRULE:FREQ=WEEKLY;COUNT=3"])
_OF_SERIES = {"recurringEventId": "a", "originalStartTime": {"dateTime": "2026-11-12T17:00:00Z"}}
_GRAPH_SERIES = {
    "id": "g", "subject": "Bal", "location": {"displayName": "Rennes"},
    "start": {"dateTime": "2026-11-05T17:00:00", "timeZone": "UTC"},
    "end": {"dateTime": "2026-11-05T19:00:00", "timeZone": "UTC"},
    "recurrence": {
        "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": ["thursday"], "firstDayOfWeek": "monday"},
        "range": {"type": "numbered", "startDate": "2026-11-05", "numberOfOccurrences": 3},
    },
}  # fmt: skip
_THREE = ["11-05 18:00-20:00", "11-12 18:00-20:00", "11-19 18:00-20:00"]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([_SERIES], _THREE),
        ([_SERIES, {"id": "a_1", "status": "cancelled", **_OF_SERIES}], [_THREE[0], _THREE[2]]),
        ([{"id": "a_1", "status": "cancelled", **_OF_SERIES}, _SERIES], [_THREE[0], _THREE[2]]),
        (
            [_SERIES, _google("2026-11-13", ("09:00", "11:30"), id="a_1", **_OF_SERIES)],
            [_THREE[0], "11-13 09:00-11:30", _THREE[2]],
        ),
        ([_google("2026-11-13", id="a_1", **_OF_SERIES), _google("2026-11-19", id="a_2")], ["11-13 18:00-20:00", _THREE[2]]),
        (  # of another name it is an event of its own
            [_SERIES, _google("2026-11-13", id="a_1", **_OF_SERIES) | {"summary": "Foire"}],
            [_THREE[0], _THREE[2], "11-13 18:00-20:00"],
        ),
        (
            [
                _GRAPH_SERIES,
                {**_GRAPH_SERIES, "id": "g1", "seriesMasterId": "g", "recurrence": None, "isCancelled": True,
                 "originalStart": "2026-11-12T17:00:00Z"},
            ],
            [_THREE[0], _THREE[2]],
        ),
    ],
)  # fmt: skip
def test_the_sessions_that_are_listed_beside_their_series(
    tmp_path: Path, items: list[Item], expected: list[str]
) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text("".join(json.dumps(item) + "\n" for item in items), "utf-8")
    for path in (write_json(tmp_path, {"items": items}), lines)[: 1 + (len(items) > 1)]:
        stage = Stage(path)
        assert (spans(stage), stage.kinds, stage.rejects) == (expected, [], [])


@pytest.mark.parametrize(
    "rule",
    [
        {"rrule": LINES.replace(";UNTIL=20261130", "")},
        {"rrule": LINES.replace("WEEKLY", "WEAKLY")},
        {"daysOfWeek": [4], "startRecur": "2026-11-05", "startTime": "18:00"},
        {"daysOfWeek": [4], "startTime": "18:00"},
        {**JSCALENDAR, "recurrenceRules": [{"frequency": "weekly", "count": 3, "skip": "forward"}]},
        {
            **JSCALENDAR,
            "recurrenceRules": [{"frequency": "weekly", "count": 3}],
            "excludedRecurrenceRules": [{"frequency": "daily"}],
        },
        {**GOOGLE, "recurrence": ["RRULE:FREQ=SECONDLY"]},
        {**GRAPH, "recurrence": {"pattern": WEEKLY, "range": {"type": "noEnd"}}},
    ],
)
def test_a_rule_without_an_end_or_sense_is_told(tmp_path: Path, rule: Item) -> None:
    alone = {"title": "Foire", "start": "2026-11-06T18:00:00", "city": "Rennes"}
    stage = Stage(write_json(tmp_path, [{"title": "Bal", **rule, "city": "Rennes"}, alone]))
    notes = [row for row in stage.warnings if row["record_id"] == 1 and row["kind"] != "type_unknown"]
    assert notes or [row["value"] for row in stage.rejects]


def test_a_rule_in_words_is_told(tmp_path: Path) -> None:
    event = {"title": "Bal", "date": "2026-11-05T17:00:00.000Z", "startTime": "6:00 PM", "endTime": "8:00 PM"}
    rules = [{"days": [], "rate": "noRecurr"}, {"days": ["Thursday"], "rate": "Weekly"}]
    stage = Stage(write_json(tmp_path, [{**event, "city": "Rennes", "recurring": rule} for rule in rules]))
    assert spans(stage) == ["11-05 18:00-20:00"] * 2
    assert [(row["record_id"], row["kind"]) for row in stage.warnings] == [(2, "date_ambiguous")]


VEVENT = {"type": "VEVENT", "params": [], "location": "35000 Rennes", "method": "PUBLISH"}
DOCUMENTS = [
    (  # a calendar that a library has read
        {
            "x": {"type": "VTIMEZONE", "tzid": "Europe/Paris", "start": "1970-03-29T01:00:00.000Z"},
            "u": {
                **VEVENT,
                "uid": "u",
                "summary": "Bal",
                "start": "2026-11-05T17:00:00Z",
                "end": "2026-11-05T19:00:00Z",
            },
            "v": {
                **VEVENT,
                "uid": "v",
                "summary": "Foire",
                "datetype": "date",
                "start": "2026-11-06T23:00:00.000Z",
                "end": "2026-11-08T23:00:00.000Z",
            },
            "vcalendar": {"type": "VCALENDAR", "prodid": "essai"},
        },
        ["11-05 18:00-20:00", "11-07"],
    ),
    (  # many keys deep
        {
            "data": {
                "agenda": {
                    "calendar": {
                        "id": 1,
                        "events": [
                            {"id": 1, "title": "Bal", "startDate": "2026-11-05"},
                            {"id": 2, "title": "Foire", "startDate": "2026-11-06"},
                        ],
                    }
                }
            }
        },
        ["11-05", "11-06"],
    ),
    (  # titles of areas are none of events
        {
            "data": [
                {"summary": "Bal", "start": "2026-11-05", "areas": [{"title": "Rennes"}]},
                {"summary": "Foire", "start": "2026-11-06", "areas": [{"title": "Brest"}]},
            ]
        },
        ["11-05", "11-06"],
    ),
    (  # when entries were made is no beginning
        {
            "data": [
                {
                    "name": {"fr": "Bal", "en": "Ball"},
                    "start_time": "2026-11-05T17:00:00Z",
                    "created_time": "2026-08-01T08:00:00Z",
                    "last_modified_time": "2026-09-01T08:00:00Z",
                },
                {
                    "name": {"fr": "Foire", "en": "Fair"},
                    "start_time": "2026-11-06",
                    "created_time": "2026-08-01T08:00:00Z",
                    "last_modified_time": "2026-09-01T08:00:00Z",
                },
            ]
        },
        ["11-05 18:00", "11-06"],
    ),
    (
        [
            {
                "subject": "Bal",
                **GRAPH,
                "createdDateTime": "2026-08-01T08:00:00Z",
                "lastModifiedDateTime": "2026-09-01T08:00:00Z",
            },
            {
                "subject": "Foire",
                **GRAPH,
                "createdDateTime": "2026-08-01T08:00:00Z",
                "lastModifiedDateTime": "2026-09-01T08:00:00Z",
                "recurrence": {"pattern": WEEKLY, "range": {"type": "numbered", "numberOfOccurrences": 1}},
            },
        ],
        ["11-05 18:00-20:00"] * 2,
    ),
]


@pytest.mark.parametrize(("document", "expected"), DOCUMENTS)
def test_events_wherever_they_stand_in_a_document(tmp_path: Path, document: Any, expected: list[str]) -> None:
    stage = Stage(write_json(tmp_path, document))
    assert ([row["title"] for row in stage.records], spans(stage)) == (["Bal", "Foire"], expected)
    assert stage.kinds == []
