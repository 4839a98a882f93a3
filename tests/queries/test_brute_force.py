"""Whatever is chosen, the answers equal a count made event by event in Python, without the file's macros and cells."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from campaign.core.settings import settings
from campaign.filters import Filters
from campaign.store import query
from tests.records import rows_of
from tests.samples import examples

CITIES = {
    **{f"751{n:02}": "75056" for n in range(1, 21)},
    **{f"6938{n}": "69123" for n in range(1, 10)},
    **{f"132{n:02}": "13055" for n in range(1, 17)},
}

COLUMNS = (
    "event_id", "edition", "region_2014_code", "region_2016_code", "departement_code", "type", "themes", "attendance_mode",
    "placement", "commune_code", "lead_organiser_id", "registered_on", "is_published", "in_campaign", "status", "is_withheld",
    "conditions", "accessibility", "age_min", "age_max",
)  # fmt: skip


@dataclass(frozen=True)
class Event:
    """One event of the file, of which all days are known from its sessions."""

    values: dict[str, Any]
    spans: tuple[tuple[date, date], ...]

    @property
    def days(self) -> set[date]:
        return {start + timedelta(n) for start, stop in self.spans for n in range((stop - start).days + 1)}


_read: dict[Path, list[Event]] = {}


def events_in(db: Path) -> list[Event]:
    """Return the events that count: published, in a campaign, not cancelled, not withheld."""
    if db not in _read:
        spans: dict[str, list[tuple[date, date]]] = {}
        for event_id, first, last in rows_of(db, "select event_id, begins_on, ends_on from sessions"):
            spans.setdefault(event_id, []).append((first, last))
        events = [
            Event(values, tuple(spans.get(values["event_id"], [])))
            for row in rows_of(db, f"select {', '.join(COLUMNS)} from events")
            if (values := dict(zip(COLUMNS, row, strict=True)))
        ]
        _read[db] = [
            e
            for e in events
            if e.values["is_published"]
            and e.values["in_campaign"]
            and e.values["status"] != "cancelled"
            and not e.values["is_withheld"]
        ]
    return _read[db]


def commune_of(code: str | None) -> str | None:
    """Return an arrondissement's city."""
    return CITIES.get(code, code) if code else None


def region_of(event: Event, chosen: Filters) -> str | None:
    code = event.values[f"region_{chosen.nomenclature}_code"]
    return None if code is None else str(code)


def is_free(event: Event) -> bool | None:
    """Whether its conditions say that it is free: of the few wordings of these files, an amount says that it is not."""
    conditions = (event.values["conditions"] or "").lower()
    return False if "€" in conditions else True if "gratuit" in conditions or "entrée libre" in conditions else None


def ages(event: Event) -> set[str]:
    """Return the age groups that have a year within the event's ages."""
    if event.values["age_min"] is None and event.values["age_max"] is None:
        return set()
    first, last = event.values["age_min"] or 0, event.values["age_max"]
    welcome = {age for age in range(100) if first <= age and (last is None or age <= last)}
    groups = {"children": range(12), "teenagers": range(12, 18), "adults": range(18, 100)}
    return {name for name, years in groups.items() if welcome & set(years)}


def is_chosen(event: Event, chosen: Filters) -> bool:
    """Whether an event meets every filter."""
    v = event.values
    days = event.days
    within = {d for d in days if (chosen.from_day or d) <= d <= (chosen.to_day or d)}
    return all(
        (
            not chosen.editions or v["edition"] in chosen.editions,
            not chosen.regions or region_of(event, chosen) in chosen.regions,
            not chosen.departements or v["departement_code"] in chosen.departements,
            not chosen.types or v["type"] in chosen.types,
            not chosen.themes or set(v["themes"]) & set(chosen.themes),
            not chosen.attendance_modes or v["attendance_mode"] in chosen.attendance_modes,
            not chosen.communes or {v["commune_code"], commune_of(v["commune_code"])} & set(chosen.communes),
            not chosen.organisers or v["lead_organiser_id"] in chosen.organisers,
            chosen.free is None or is_free(event) is chosen.free,
            not chosen.accessible or set(v["accessibility"]) & set(chosen.accessible),
            not chosen.audiences or ages(event) & set(chosen.audiences),
            not chosen.ids or v["event_id"] in chosen.ids,
            chosen.as_of is None or v["registered_on"] <= chosen.as_of,
            within or not (chosen.from_day or chosen.to_day),
        )
    )


def in_unit(event: Event, chosen: Filters, only: date | None = None) -> int:
    """Return what an event weighs in the asked unit, within the chosen days or on one."""
    first, last = only or chosen.from_day or date.min, only or chosen.to_day or date.max
    if chosen.unit == "sessions":
        return sum(start <= last and stop >= first for start, stop in event.spans)
    if chosen.unit == "days":
        return sum(first <= day <= last for day in event.days)
    return 1


def sums(pairs: Iterable[tuple[Any, int]]) -> dict[Any, int]:
    counted: Counter[Any] = Counter()
    for key, n in pairs:
        counted[key] += n
    return {key: n for key, n in counted.items() if n}


some_days = st.none() | st.dates(date(2013, 9, 25), date(2015, 1, 5))
choices = st.builds(
    Filters,
    editions=st.sampled_from([(), (2014,), (2013,), (2013, 2014), (2008, 2014)]),
    nomenclature=st.sampled_from([2014, 2016]),
    regions=st.sampled_from([(), (), (), ("11",), ("53", "24"), ("44",), ("82", "42")]),
    departements=st.sampled_from([(), (), (), ("75",), ("69", "35"), ("2A",)]),
    types=st.sampled_from([(), (), ("conference",), ("atelier", "autre")]),
    themes=st.sampled_from([(), (), (), ("culture",), ("sport", "agissons-ensemble"), ("agissons-ensemble",)]),
    attendance_modes=st.sampled_from([(), (), ("online",), ("on_site", "mixed")]),
    communes=st.sampled_from([(), (), (), ("75056",), ("75111", "69123")]),
    organisers=st.sampled_from([(), (), (), (), ("alpha",)]),
    free=st.sampled_from([None, None, None, True, False]),
    accessible=st.sampled_from([(), (), (), ("mi",), ("mi", "hi")]),
    audiences=st.sampled_from([(), (), (), ("children",), ("teenagers", "adults")]),
    from_day=some_days,
    to_day=some_days,
    as_of=st.none() | st.none() | st.dates(date(2013, 8, 1), date(2014, 11, 30)),
    unit=st.sampled_from(["events", "sessions", "days"]),
)


def check(db: Path, chosen: Filters) -> None:
    """Compare every counted answer with the events themselves."""
    counted = [event for event in events_in(db) if is_chosen(event, chosen)]

    totals = query("event_totals", chosen=chosen).one
    by_placement = sums((e.values["placement"], in_unit(e, chosen)) for e in counted)
    assert {k: totals[k] for k in ("located", "online", "unlocated") if totals[k]} == by_placement
    assert totals["total"] == sum(by_placement.values())
    assert totals["n_events"] == len(counted)

    regions = query("events_by_region", chosen=chosen).rows
    assert {r["region_code"]: r["count"] for r in regions if r["count"]} == sums(
        (region_of(e, chosen), in_unit(e, chosen)) for e in counted
    )

    departements = query("events_by_departement", chosen=chosen).rows
    assert {r["departement_code"]: r["count"] for r in departements if r["count"]} == sums(
        (e.values["departement_code"], in_unit(e, chosen)) for e in counted
    )

    types = query("events_by_type", chosen=chosen).rows
    assert {r["type"]: r["count"] for r in types if r["count"]} == sums(
        (e.values["type"], in_unit(e, chosen)) for e in counted
    )

    editions = query("events_by_edition", chosen=chosen).rows
    assert {r["edition"]: r["count"] for r in editions if r["count"]} == sums(
        (e.values["edition"], in_unit(e, chosen)) for e in counted
    )

    themes = query("events_by_theme", chosen=chosen).rows
    assert {r["theme"]: r["count"] for r in themes} == sums(
        (theme, in_unit(e, chosen)) for e in counted for theme in e.values["themes"] or [None]
    )

    days = query("events_by_day", chosen=chosen).rows
    first, last = chosen.from_day or date.min, chosen.to_day or date.max
    assert {r["day"]: r["count"] for r in days} == sums(
        (day, in_unit(e, chosen, day)) for e in counted for day in e.days if first <= day <= last
    )

    distincts = query("event_distincts", chosen=chosen).one
    assert distincts == {
        "n_organisers": len({e.values["lead_organiser_id"] for e in counted} - {None}),
        "n_with_organiser": sum(e.values["lead_organiser_id"] is not None for e in counted),
        "n_communes": len({commune_of(e.values["commune_code"]) for e in counted} - {None}),
        "n_departements": len({e.values["departement_code"] for e in counted} - {None}),
    }

    for by, key in ((("region",), "region"), (("type", "edition"), "type")):
        rows = query("counts", chosen=chosen, by=by).rows
        assert sum(row["count"] for row in rows) == totals["total"], key

    listed = query("event_rows", chosen=chosen, lang="fr", after_starts=None, after_id=None, limit=None)
    assert set(listed.column("event_id")) == {e.values["event_id"] for e in counted}


@trying(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=choices)
def test_the_tiny_file(tiny_db: Path, monkeypatch: pytest.MonkeyPatch, chosen: Filters) -> None:
    monkeypatch.setattr(settings(), "db", tiny_db)
    check(tiny_db, chosen)


@trying(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=choices)
def test_the_demonstration(demo_db: Path, monkeypatch: pytest.MonkeyPatch, chosen: Filters) -> None:
    monkeypatch.setattr(settings(), "db", demo_db)
    check(demo_db, chosen)
