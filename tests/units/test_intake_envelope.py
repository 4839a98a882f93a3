"""Cutting documents into records."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from campaign.intake.files import envelope

values = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(alphabet='ab"\\{}[],:\n\u2028é😀', max_size=12),
    lambda inner: (
        some.lists(inner, max_size=3) | some.dictionaries(some.text('a"\\{}[]', max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)
records = some.lists(some.dictionaries(some.text('xyz"\\', min_size=1, max_size=4), values, max_size=4), max_size=6)


@pytest.mark.in_turn
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(records, some.sampled_from(["list", "answer", "pages"]), some.sampled_from([None, 1]), some.integers(1, 40))
def test_lines_are_the_records(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    given_records: list[dict[str, Any]],
    shape: str,
    indent: int | None,
    chunk: int,
) -> None:
    document: object = given_records
    if shape == "answer":
        document = {"total": 3, "odd": {"list": [1, {"a": 2}]}, "events": given_records, "after": [{"b": []}, "x"]}
    elif shape == "pages":
        document = {"from0": {"after": [1], "events": given_records[:2]}, "from2": {"events": given_records[2:]}}
    path, lines = tmp_path / "document.json", tmp_path / "lines.ndjson"
    path.write_text(json.dumps(document, indent=indent, ensure_ascii=False), "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(envelope, "CHUNK", chunk)
        cut = envelope.split(path, lines, prefixes=(b"xyz",))
    read = [json.loads(line) for line in lines.read_text("utf-8").split("\n") if line.strip()]
    assert read == given_records
    assert cut.n_records == len(given_records)
    assert cut.items.tolist() == list(range(1, len(given_records) + 1))


def test_long_runs_of_backslashes(tmp_path: Path) -> None:
    documents = [{"a": "\\" * n + '"'} for n in (1, 2, 31, 32, 33, 100)]
    path, lines = tmp_path / "document.json", tmp_path / "lines.ndjson"
    path.write_text(json.dumps(documents), "utf-8")
    envelope.split(path, lines)
    assert [json.loads(line) for line in lines.read_text("utf-8").splitlines() if line.strip()] == documents


def test_keys_are_found_wherever_they_stand(tmp_path: Path) -> None:
    events = [
        {"organisateur": "a"},
        *[{"organisation-de": i, "pad": "é" * 300} for i in range(50)],
        {"z": {"organiste": 1}},
    ]
    path = tmp_path / "document.json"
    path.write_text(json.dumps(events), "utf-8")
    cut = envelope.split(path, tmp_path / "lines", prefixes=(b"organis",))
    assert cut.keys == {"organisateur", "organisation-de", "organiste"}
