"""The benchmark's own arithmetic."""

import json

from tests.bench import press
from tests.bench.report import Report, aims, as_json, lines

SIZES = [12_000, 10_000_000]


def filled() -> Report:
    """Return a run of three samples each."""
    report = Report(transfer_mb={"bare": 1.1, "12000": 1.4, "10000000": 4.2}, memory_mb={"bare": 200.0})
    times = {
        ("bare", "bare", "cold"): 900, ("bare", "bare", "warm"): 300, ("bare", "bare", "filter"): 80,
        ("12000", "overview", "warm"): 450, ("10000000", "overview", "warm"): 480,
        ("12000", "overview", "filter"): 120, ("10000000", "overview", "filter"): 200,
        ("12000", "overview", "scan"): 400, ("10000000", "overview", "scan"): 1000,
    }  # fmt: skip
    for (target, page, kind), middle in times.items():
        for value in (middle - 10, middle, middle + 50):
            report.add(target, page, kind, value)
    return report


def test_ratios_are_those_of_medians_against_the_bare_page() -> None:
    assert filled().ratio(("10000000", "overview", "warm")) == 1.6
    assert filled().ratio(("10000000", "overview", "scan")) == 1000 / 300


def test_aims_say_what_is_reached() -> None:
    reached = {aim.what.split(" (")[0]: aim.is_reached for aim in aims(filled(), SIZES)}
    assert reached["overview, warm, against the bare page"]
    assert not reached["overview, filter, against the bare page"]
    assert reached["overview, warm, 10000000 against 12000 events"]
    assert not reached["overview, filter, 10000000 against 12000 events"]
    assert reached["overview, scan, 10000000 against 12000 events"]
    assert [aim.is_reached for aim in aims(filled(), SIZES) if "transfer" in aim.what] == [True, False]


def test_the_table_and_the_json_hold_every_measure() -> None:
    report = filled()
    document = json.loads(json.dumps(as_json(report, SIZES, {"runs": 3})))
    assert len(document["measures"]) == len(report.samples)
    assert document["measures"][0]["median_ms"] == 900
    text = "\n".join(lines(report, SIZES))
    assert "MISSED" in text
    assert "1.60" in text


def test_kits_are_measured_against_a_warm_picture() -> None:
    samples = {"kaleido": [100.0, 120.0, 110.0], "national": [900.0], "regional": [1000.0], "picture": [80.0]}
    national, regional = press.aims(samples)
    assert national.is_reached
    assert national.value == 900 / 110
    assert not regional.is_reached
