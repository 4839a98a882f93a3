"""Documents of agendas with the same fields, read as one: each record keeps its file, its line and its agenda's labels."""

import json
from pathlib import Path

import pytest

from campaign.intake import formats, joining
from tests.intake_files import Stage, event


def schema(label: str) -> dict[str, object]:
    return {"fields": [{"field": "types-d-evenement", "options": [{"id": 1, "label": {"fr": label}}]}]}


def written(folder: Path, name: str, first: int, *, label: str | None) -> Path:
    events = [event(uid=first + n, title={"fr": f"{name} {n}"}, **{"types-d-evenement": [1]}) for n in range(3)]
    document: dict[str, object] = {"agenda": {"uid": first, "schema": schema(label)}} if label else {}
    items = [events[0], "pas un événement", event(uid=first + 9, title={"fr": ""}), *events[1:]]
    (folder / f"{name}.json").write_text(json.dumps(document | {"events": items}), "utf-8")
    return folder / f"{name}.json"


def test_joined_documents_come_to_what_each_comes_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [
        written(tmp_path, "a", 100, label="Atelier"),
        written(tmp_path, "b", 200, label="Atelier"),
        written(tmp_path, "c", 300, label="Conférence"),
        written(tmp_path, "d", 400, label=None),
        written(tmp_path, "e", 500, label="Atelier"),
    ]
    apart = [Stage(path) for path in files]
    calls: list[str] = []
    read = formats.read
    monkeypatch.setattr(formats, "read", lambda *given: (calls.append(given[0]), read(*given))[1])
    together = Stage(*files)
    assert len(calls) == 3  # a, b and e as one
    numbered = [row | {"record_id": 0} for row in together.records]
    assert numbered == [row | {"record_id": 0} for stage in apart for row in stage.records]
    assert together.rejects == [row for stage in apart for row in stage.rejects]
    assert [row["line"] for row in together.records[:6]] == [1, 4, 5, 1, 4, 5]
    assert {row["type_label"] for row in together.records if row["file"] == "c.json"} == {"Conférence"}
    assert [(file.name, file.n_records, file.n_rejects) for file in together.staged.files] == [
        (f"{name}.json", 3, 2) for name in "abcde"
    ]


def test_numbers_that_would_be_rounded_are_read_as_they_stand(tmp_path: Path) -> None:
    files = [written(tmp_path, name, first, label=None) for name, first in (("a", 1), ("b", 12345678901234567890))]
    assert "12345678901234567890" in [row["source_uid"] for row in Stage(*files).records]
    assert joining._LONG_NUMBER.search(files[1].read_bytes())
