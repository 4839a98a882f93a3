"""Documents of agendas, read as one: each record keeps its file, its line and its agenda's labels."""

import json
from pathlib import Path

import pytest

from campaign.intake import joining
from campaign.intake.readers import formats
from tests.intake_files import Stage, event


def schema(label: str) -> dict[str, object]:
    return {"fields": [{"field": "types-d-evenement", "options": [{"id": 1, "label": {"fr": label}}]}]}


def written(folder: Path, name: str, first: int, *, label: str | None) -> Path:
    events = [event(uid=first + n, title={"fr": f"{name} {n}"}, **{"types-d-evenement": [1]}) for n in range(3)]
    document: dict[str, object] = {"agenda": {"uid": first, "schema": schema(label)}} if label else {}
    items = [events[0], "pas un événement", event(uid=first + 9, title={"fr": ""}), *events[1:]]
    (folder / f"{name}.json").write_text(json.dumps(document | {"events": items}), "utf-8")
    return folder / f"{name}.json"


@pytest.mark.in_turn
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
    assert len(calls) == 1
    numbered = [row | {"record_id": 0} for row in together.records]
    assert numbered == [row | {"record_id": 0} for stage in apart for row in stage.records]
    assert together.rejects == [row for stage in apart for row in stage.rejects]
    assert [row["line"] for row in together.records[:6]] == [1, 4, 5, 1, 4, 5]
    assert {row["type_label"] for row in together.records if row["file"] == "c.json"} == {"Conférence"}
    assert [(file.name, file.n_records, file.n_rejects) for file in together.staged.files] == [
        (f"{name}.json", 3, 2) for name in "abcde"
    ]


@pytest.mark.in_turn
def test_each_agenda_explains_its_own_options_and_no_other(tmp_path: Path) -> None:
    """An option is named by its number, a text, an object, in a list, beside the event's fields; organisers are never options."""
    given: list[object] = [
        1,
        "1",
        {"id": 1},
        [1, 2],
        [{"id": 2, "label": {"fr": "Marché"}}],
        3,
        "Balade",
        True,
        None,
        [],
        {"fr": "Fête"},
    ]
    files, apart = [], []
    for name, labels in (("a", ["Atelier", "Concert"]), ("b", ["Visite", "Débat"]), ("c", [])):
        options = [{"id": n, "value": f"v{n}", "label": {"fr": label}} for n, label in enumerate(labels, 1)]
        fields = [
            {"field": field, "options": options} for field in ("types-d-evenement", "thematiques", "organisateur")
        ]
        events = [
            event(
                uid=100 * len(files) + n,
                additionalFields={"thematiques": value},
                **{"types-d-evenement": value, "organisateur": value},
            )
            for n, value in enumerate(given)
        ]
        document = {"agenda": {"uid": 1, "schema": {"fields": fields}}, "events": events}
        files.append(tmp_path / f"{name}.json")
        files[-1].write_text(json.dumps(document), "utf-8")
        apart.append(Stage(files[-1]))
    together = Stage(*files)
    for table in ("records", "rejects", "warnings"):
        own = [row | {"record_id": 0} for stage in apart for row in getattr(stage, table)]
        both = [row | {"record_id": 0} for row in getattr(together, table)]
        assert sorted(map(repr, both)) == sorted(map(repr, own))  # what is told of one event has no order
    assert {row["type_label"] for row in together.records} >= {"Atelier", "Visite", "Balade", "Fête"}


def test_numbers_that_would_be_rounded_are_read_as_they_stand(tmp_path: Path) -> None:
    files = [written(tmp_path, name, first, label=None) for name, first in (("a", 1), ("b", 12345678901234567890))]
    assert "12345678901234567890" in [row["source_uid"] for row in Stage(*files).records]
    assert joining._LONG_NUMBER.search(files[1].read_bytes())
