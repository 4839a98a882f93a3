"""One event as a calendar."""

import httpx
from icalendar import Calendar


def test_one_event_is_a_calendar_with_its_sessions(client: httpx.Client) -> None:
    event = client.get("/api/v1/events.json?limit=1").json()["events"][0]
    answer = client.get(f"/api/v1/events/{event['event_id']}.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    sessions = list(Calendar.from_ical(answer.content).walk("VEVENT"))
    assert len(sessions) == event["n_sessions"]
    assert {str(session["url"]).rpartition("=")[2] for session in sessions} == {event["event_id"]}


def test_an_unknown_event_has_no_calendar(client: httpx.Client) -> None:
    answer = client.get("/api/v1/events/0000000000000000.ics")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/problem+json")
