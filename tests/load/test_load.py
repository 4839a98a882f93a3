"""The load run's own arithmetic, and a short sample of it: a few sessions, a few seconds, no times asserted."""

import asyncio
import json
from pathlib import Path

import pytest

from tests.browser.server import serving
from tests.load import peer
from tests.load.crowd import Pace, gather, named_in_answer
from tests.load.reader import Run
from tests.load.report import Load, aims, as_json, lines


def measured(**given: object) -> Load:
    """Return a run of a hundred waits from 10 ms to a second."""
    figures: dict[str, object] = {
        "sessions": 50,
        "floor_s": 0.1,
        "single_s": 0.12,
        "waits_s": [number / 100 for number in range(1, 101)],
        "loads_s": [0.3, 0.5, 0.4],
        "n_changes": 100,
        "errors": [],
        "memory_before_mb": 200.0,
        "memory_after_mb": 300.0,
        **given,
    }
    return Load(**figures)  # type: ignore[arg-type]


def reached(load: Load) -> dict[str, bool]:
    """Return which aims a run reaches."""
    return {aim.what: aim.is_reached for aim in aims(load)}


def test_percentiles_ratio_and_memory() -> None:
    load = measured()
    assert (load.percentile(0.5), load.percentile(0.95)) == (0.51, 0.96)
    assert round(load.ratio, 6) == 9.6
    assert load.mb_per_session == 2.0
    assert all(reached(load).values())


def test_an_error_a_slow_answer_and_memory_are_missed_aims() -> None:
    assert not reached(measured(errors=["cut off"]))["errors"]
    assert not reached(measured(floor_s=0.05))["p95 against the bare rerun of a single session"]
    assert not reached(measured(memory_after_mb=900.0))["memory per session in MB"]


def test_growth_is_told_by_the_second_half_of_a_long_run_only() -> None:
    filling = [(minute, 200.0 + 10 * min(minute, 15)) for minute in range(31)]
    assert measured(course=filling[:5]).mb_per_hour is None
    assert round(measured(course=filling).mb_per_hour or 0, 6) == 0
    growing = [(minute, 200.0 + minute) for minute in range(31)]
    assert round(measured(course=growing).mb_per_hour or 0, 6) == 60
    assert not reached(measured(course=growing))["growth of memory in MB per hour, second half"]


def test_a_run_is_printed_and_kept() -> None:
    load = measured(errors=["cut off", "cut off"])
    printed = "\n".join(lines(load))
    assert "50 sessions, 100 changes of a filter, 2 errors" in printed
    assert printed.count("error: cut off") == 1
    assert json.loads(json.dumps(as_json(load, {"cpus": 2})))["p95_ms"] == 960


def test_an_answer_for_another_choice_is_an_error() -> None:
    run = Run(texts=['<div id="answer"><h1>12 événements en Corse</h1></div>'])
    assert named_in_answer(("Région", "Corse"), run) is None
    assert named_in_answer(("Région", "Bretagne"), run)


@pytest.mark.in_turn
def test_sessions_change_filters_and_each_answer_is_for_its_choice(demo_db: Path, tmp_path: Path) -> None:
    with serving(tmp_path / "server.log", environment={"CAMPAIGN_DB": str(demo_db)}) as server:
        crowd = asyncio.run(gather(f"{server.url}/", Pace(sessions=4, seconds=3, period_s=0.8, warm_s=1)))
    assert crowd.errors == []
    assert len(crowd.loads) == 4
    assert crowd.waits
    assert crowd.n_changes >= len(crowd.waits)


def test_dash_beside_is_an_aim_of_its_own() -> None:
    assert measured().peer_ratio is None
    beside = measured(peer_waits_s=[number / 50 for number in range(1, 101)])
    assert beside.peer_ratio == 0.5
    assert reached(beside)["median against Dash's with as many sessions"]
    assert "Dash, change of filter, p50         1020 ms" in "\n".join(lines(beside))
    assert not reached(measured(peer_waits_s=[0.1]))["median against Dash's with as many sessions"]


def test_the_lists_of_a_layout_are_found_wherever_they_stand() -> None:
    region = {"props": {"id": "region", "options": [{"value": ""}, {"value": "53"}]}}
    layout = {"props": {"children": [{"props": {"children": "titre"}}, {"props": {"children": region}}]}}
    assert dict(peer.listed(layout)) == {"region": ["53"]}
