"""Every query is one question, says so, and keeps what its header says."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from campaign import store
from campaign.core.settings import ROOT, settings
from campaign.filters import Filters
from campaign.store import templates
from tests.queries.parameters import parameters_of as named_in

NAMES = sorted(path.stem for path in templates.QUERIES.glob("*.sql"))
CHOSEN = Filters(editions=(2014,))

VALUES: dict[str, object] = {
    "chosen": CHOSEN, "before": CHOSEN.replace(editions=(2013,)), "history": CHOSEN.replace(editions=()), "within": CHOSEN,
    "by": ("region", "type"), "code": "35000", "edition": 2014, "day": date(2014, 10, 20), "by_weekday": True,
    "own_editions": (), "own_regions": (), "own_openings": (),
    "event_id": None, "kind": "unlocated", "lang": "fr", "limit": 50, "offset": 0, "minimum": 2, "n": 10, "least": 1,
    "first_day": date(2014, 10, 14), "last_day": date(2014, 10, 20), "after_starts": None, "after_updated": None,
    "after_id": None, "text": "L'Été à Rennes", "ids": ("0" * 16,),
    "since": date(2014, 11, 20), "by_distance": False, "by_departement": False,
    "place": "50.850,4.350", "lat": 48.11, "lon": -1.68, "radius_km": 70.0,
    "import_id": 1, "collectivities": ("MF", "PF"), "with_unpublished": False, "most": 15, "kept": ("35238",), "words": ("vélo", "atelier"),
    "from_days": (date(2014, 11, 3), date.min), "to_days": (date(2014, 11, 9), date.max),
    "first_days": ("2014-11-03", ""), "last_days": ("2014-11-09", ""), "themes": ("", "culture|sport"),
}  # fmt: skip

# Those that are asked of an event of the file, or of several.
OF_EVENTS: Final = ("event", "event_sessions", "sessions_listed")

# What tells a query's rows apart; the others have one row, or their whole row.
KEYS: dict[str, tuple[str, ...]] = {
    "agenda_facets": ("facet", "code"), "agenda_month": ("day", "event_id"), "agenda_periods": ("period",), "place_days": ("place", "day"),
    "places_named": ("commune_code",), "known_words": ("word",), "towns_around": ("name", "lat"),
    "awaiting_by_chamber": ("name",), "digest_items": ("part", "event_id"),
    "report_examples": ("territory",), "calendar_sessions": ("event_id", "begins_utc", "ends_utc"),
    "change_by_part": ("dimension", "part"), "changes_by_region": ("region_code",), "communes_reached": ("commune_code",),
    "completeness_by_chamber": ("name", "is_total"),
    "completeness_by_collectivity": ("country_code",), "duplicate_pairs": ("event_id", "other_id"),
    "corrections": ("source", "source_uid", "field"),
    "duplicate_decisions": ("event_id", "other_id"), "import_changes": ("event_id",), "import_changes_by_chamber": ("name",),
    "counts": ("edition", "region", "departement", "type"),
    "counts_scanned": ("edition", "region", "departement", "type", "theme", "day"), "event_places": ("place",),
    "event_rows": ("event_id",), "events_by_day": ("day",), "events_by_collectivity": ("country_code", "edition", "type"),
    "events_by_departement": ("departement_code",),
    "events_by_departement_and_edition": ("departement_code", "edition"), "events_by_edition": ("edition",),
    "events_by_region": ("region_code",), "events_by_region_and_edition": ("region_code", "edition"),
    "events_by_region_and_type": ("region_code", "type"), "events_by_subcampaign": ("place",),
    "events_by_theme": ("theme",), "events_by_type": ("type",),
    "events_by_type_and_edition": ("type", "edition"), "events_listed": ("event_id",), "feed_items": ("event_id",),
    "filter_codes": ("kind", "code"), "findings_by_kind": ("kind",), "first_time_communes": ("commune_code",),
    "imports": ("import_id",), "labels": ("kind", "code"), "licences": ("source", "licence"), "licences_as_of": ("source", "licence"),
    "official_figures": ("figure_id",), "organisers_by_family": ("family",), "organisers_by_size": ("rank",),
    "organisers_listed": ("organiser_id",),
    "organiser_names": ("organiser_id",), "organiser_joins": ("named_id",), "pace_by_chamber": ("name", "edition"),
    "population_reached": ("departement_code",), "press_counts_by_import": ("edition", "import_id"), "press_first_days": ("edition", "day"),
    "programme_days": ("event_id", "day"),
    "press_new_communes": ("commune_code",), "record_days": ("edition",), "record_streaks": ("edition",),
    "registrations_by_day": ("edition", "day"),
    "registrations_dated": ("edition", "region_code", "type"), "sources": ("source_id",), "town_days": ("commune_code", "day"),
    "search_terms": ("word",), "sessions_listed": ("event_id",),
    "unknown_event_ids": ("event_id",), "type_labels": ("source_type_label", "type", "type_is_guessed"),
}  # fmt: skip


def header_of(name: str) -> list[str]:
    lines = templates.text_of(name).splitlines()
    return [
        line.removeprefix("--").strip()
        for line in lines[: next(i for i, x in enumerate(lines) if not x.startswith("--"))]
    ]


def parameters_of(name: str) -> set[str]:
    return set(named_in(templates.text_of(name)))


def answer(name: str) -> store.Answer:
    unknown = parameters_of(name) - set(VALUES)
    assert not unknown, f"give a value in VALUES for {unknown}"
    values = VALUES | (of_many_sessions(settings().db) if name in OF_EVENTS else {})
    return store.query(name, **{key: values[key] for key in parameters_of(name)})


@cache
def of_many_sessions(_db: str) -> dict[str, object]:
    """Return the events of the file that have most sessions, as parameters."""
    rows = store.query("events_listed", chosen=CHOSEN, since=None, by_distance=False, limit=None, offset=0).rows
    ids = tuple(row["event_id"] for row in sorted(rows, key=lambda row: (-row["n_sessions"], row["event_id"]))[:3])
    return {"event_id": ids[0], "ids": ids}


def documented(header: list[str], columns: tuple[str, ...]) -> tuple[set[str], set[str]]:
    """Return the columns that the lines after the grain name, and the names there that are no column.

    Columns stand between middle dots or at a line's beginning, alone or before a colon, several with commas; a line may also
    carry on the explanation of the one before.
    """
    described: set[str] = set()
    wrong: set[str] = set()
    for line in header[2:]:
        for place, segment in enumerate(line.split(" · ")):
            named = segment.split(":")[0]
            words = re.split(r", | and | ", named)
            if all(re.fullmatch(r"[a-z][a-z0-9_]*", word) for word in words):
                known = {word for word in words if word in columns}
                described |= known
                if ":" in segment or len(words) == 1:
                    carries_on = place == 0 and not known
                    wrong |= set() if carries_on else set(words) - known
    return described, wrong


@pytest.mark.parametrize("name", NAMES)
def test_header_says_the_question_the_grain_and_the_columns(reading_demo: Path, name: str) -> None:
    header = header_of(name)
    assert header[0].endswith("?") or "? " in header[0]
    assert header[1].startswith("grain: ")
    columns = answer(name).columns
    described, wrong = documented(header, columns)
    assert described == set(columns)
    assert wrong <= {"and"}


@pytest.mark.parametrize("name", NAMES)
def test_parameters_in_the_header_are_those_of_the_query(name: str) -> None:
    assert set(re.findall(r"\$([a-z_]+)", " ".join(header_of(name)))) <= parameters_of(name)


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_of_the_grain(reading_demo: Path, name: str) -> None:
    rows = answer(name)
    grain = header_of(name)[1].removeprefix("grain: ")
    if re.match(r"one row(?! per)", grain) and "if" not in grain:
        assert len(rows.values) == 1
    elif re.match(r"(at most one row|one row)(?! per)", grain):
        assert len(rows.values) <= 1
    else:
        places = [rows.columns.index(key) for key in KEYS.get(name, rows.columns)]
        keys = [str([row[place] for place in places]) for row in rows.values]
        assert len(set(keys)) == len(keys)


def test_most_queries_have_rows_in_the_demonstration(reading_demo: Path) -> None:
    empty = {name for name in NAMES if answer(name).is_empty}
    assert empty <= {
        "commune_exists",
        "commune_named",
        "commune_periods",
        "organiser_name",
        "duplicate_decisions",
        "corrections",
        "organiser_joins",
        "places_named",
        "events_at_point",
        "licences_as_of",
        "completeness_by_collectivity",
        "events_by_collectivity",
    }


def calls() -> Iterator[tuple[str, str, set[str] | None]]:
    """Yield each call of `query` or `stream` by name: where it is, the query, the names of its parameters (None: spread)."""
    for path in [*ROOT.glob("campaign/**/*.py"), *ROOT.glob("pages/*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            if isinstance(node.func, ast.Attribute):  # store.query, not a web client's stream
                called = node.func.attr if getattr(node.func.value, "id", "") == "store" else ""
            else:
                called = getattr(node.func, "id", "")
            if called in ("query", "stream") and isinstance(node.args[0].value, str):
                named = {keyword.arg for keyword in node.keywords if keyword.arg}
                is_spread = any(keyword.arg is None for keyword in node.keywords)
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.args[0].value, None if is_spread else named


def test_calls_give_the_parameters_that_queries_take() -> None:
    checked = 0
    for where, name, given in calls():
        assert name in NAMES, where
        if given is not None:
            assert given - {"batch_rows"} == parameters_of(name), where
            checked += 1
    assert checked > 20


def test_no_query_is_an_orphan() -> None:
    code = "\n".join(p.read_text("utf-8") for p in [*ROOT.glob("campaign/**/*.py"), *ROOT.glob("pages/*.py")])
    assert [name for name in NAMES if f'"{name}"' not in code] == []
