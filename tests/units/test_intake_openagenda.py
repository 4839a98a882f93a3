"""OpenAgenda, Opendatasoft and Fête de la science documents."""

import json
from pathlib import Path
from typing import Any

import pytest

from campaign.core.errors import IntakeError
from tests.intake_files import FILES, Stage, event, write, write_json

pytestmark = [pytest.mark.rows(every=3), pytest.mark.in_turn]


def test_a_detailed_answer_with_its_agenda_beside_it() -> None:
    stage = Stage(FILES / "openagenda_events.json")
    film, online, partial = stage.records
    assert film["title"] == "Ciné-débat : Demain"
    assert film["description"] == (
        "Projection suivie d’un débat avec la coopérative du quartier.\n\nEntrée libre & gratuite"
    )
    assert (film["type_label"], film["theme_labels"]) == ("Ciné-débat", ["Finance solidaire", "Emploi"])
    assert film["organiser_labels"] == ["Association Demain"]
    assert film["timings"] == [{"begins": "2014-11-05T20:00:00+01:00", "ends": "2014-11-05T22:30:00+01:00"}]
    assert (film["commune_code"], film["country_code"], film["lat"]) == ("35238", "FR", 48.1173)
    assert film["conditions"] == "Sur inscription au [téléphone retiré]"
    assert film["registration_url"] == "https://exemple.fr/billets"
    assert (film["accessibility"], film["age_min"], film["age_max"]) == (["hi", "mi"], 12, None)
    assert film["created_at"] == "2014-09-01T08:00:00.000Z"
    assert film["url"] is None
    assert (online["attendance_mode"], online["status"], online["venue"]) == ("online", "cancelled", None)
    assert (online["is_published"], online["type_label"], online["organiser_labels"]) == (False, "Portes ouvertes", [])
    assert online["online_url"] == "https://visio.exemple.fr/salle"
    assert not partial["is_published"]
    assert [t["begins"][:10] for t in partial["timings"]] == ["2014-11-06", "2014-11-08"]
    assert [(r["line"], r["reason"], r["value"]) for r in stage.rejects] == [(4, "title_missing", "1004")]
    assert stage.staged.warnings == {"partial_timings": 1, "personal_data_removed": 3, "value_not_understood": 1}
    assert [w["detail"] for w in stage.warnings if w["kind"] == "value_not_understood"] == ["organiser: 33"]


def test_without_the_agenda_option_ids_say_nothing(tmp_path: Path) -> None:
    alone = write_json(tmp_path, json.loads((FILES / "openagenda_events.json").read_text("utf-8")))
    assert [row["type_label"] for row in Stage(alone).records] == [None, None, None]
    described = Stage(alone, FILES / "openagenda_agenda.json")
    assert described.records[0]["type_label"] == "Ciné-débat"


@pytest.mark.parametrize(
    "document",
    [
        [event(uid=1), event(uid=2)],
        {"events": [event(uid=1), event(uid=2)]},
        {
            "total": 2,
            "agenda": {"title": "a", "events": 3},
            "events": [event(uid=1), event(uid=2)],
            "after": [{"a": 1}],
        },
        {
            "from0": {"events": [event(uid=1)], "after": [1]},
            "from1": {"events": [event(uid=2)]},
            "from2": {"events": []},
        },
        {"data": [event(uid=1), event(uid=2)], "pagination": {"after": None, "total": 2}},
    ],
)
def test_every_envelope(tmp_path: Path, document: object) -> None:
    for indent in (None, 2):
        path = write(tmp_path, json.dumps(document, indent=indent), "events.json")
        stage = Stage(path)
        assert [(row["line"], row["source_uid"]) for row in stage.records] == [(1, "1"), (2, "2")]


@pytest.mark.parametrize("document", [event(), {"agenda": {"uid": 1}, "event": event()}])
def test_one_event(tmp_path: Path, document: object) -> None:
    assert Stage(write_json(tmp_path, document)).record["title"] == "Conférence"


def test_an_agenda_inside_the_answer_and_custom_fields_of_version_3(tmp_path: Path) -> None:
    schema = {
        "fields": [{"field": "type-evenement", "options": [{"id": 5, "value": "atelier", "label": {"en": "Atelier"}}]}]
    }
    document = {
        "agenda": {"uid": 1, "schema": schema},
        "events": [
            event(**{"type-evenement": [5]}),
            event(uid=2, additionalFields={"type-evenement": 5, "organisateur": {"fr": "Scop"}}),
        ],
    }
    stage = Stage(write_json(tmp_path, document))
    assert [row["type_label"] for row in stage.records] == ["Atelier", "Atelier"]
    assert [row["organiser_labels"] for row in stage.records] == [[], ["Scop"]]


def test_items_that_are_no_events_are_rejected_with_their_place(tmp_path: Path) -> None:
    stage = Stage(write_json(tmp_path, [event(uid=1), "texte", None, [event(uid=9)], event(uid=5), {}]))
    assert [(row["line"], row["source_uid"]) for row in stage.records] == [(1, "1"), (5, "5")]
    assert [(row["line"], row["reason"]) for row in stage.rejects] == [
        (2, "not_an_event"), (3, "not_an_event"), (4, "not_an_event"), (6, "title_missing"),
    ]  # fmt: skip
    assert stage.staged.n_records + stage.staged.n_rejects == 6


SHAPES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"state": 1}, {"is_published": False}),
    ({"state": "2"}, {"is_published": True}),
    ({"draft": 1}, {"is_published": False}),
    ({"draft": False, "private": 0}, {"is_published": True}),
    ({"attendanceMode": 3, "status": 4}, {"attendance_mode": "mixed", "status": "postponed"}),
    ({"attendanceMode": {"id": 2}, "status": {"id": 3}}, {"attendance_mode": "online", "status": "moved_online"}),
    ({"keywords": {"fr": ["a", " ", "b "]}}, {"keywords": ["a", "b"]}),
    ({"keywords": []}, {"keywords": []}),
    ({"keywords": {"en": ["x"]}}, {"keywords": ["x"]}),
    ({"title": "Tout court"}, {"title": "Tout court"}),
    ({"title": {"fr": "", "br": "Brezhoneg"}}, {"title": "Brezhoneg"}),
    ({"title": {"fr": "<b>Gras</b> &amp; <script>alert(1)</script>net"}}, {"title": "Gras & net"}),
    ({"title": {"fr": "&lt;script&gt;alert(1)&lt;/script&gt;Fin"}}, {"title": "Fin"}),
    ({"title": {"fr": "5 < 6 & 7 > 2 😀"}}, {"title": "5 < 6 & 7 > 2 😀"}),
    ({"title": {"fr": "Ligne\u2028séparée\ncoupée"}}, {"title": "Ligne séparée coupée"}),
    ({"title": {"fr": 'Guillemet " et \\" fin\\\\'}}, {"title": 'Guillemet " et \\" fin\\\\'}),
    ({"location": {"latitude": 2.3, "longitude": 48.8}}, {"lat": 2.3, "lon": 48.8}),
    ({"location": {"adminLevel1": "Bretagne", "adminLevel2": "Finistère"}}, {"region_label": "Bretagne"}),
    ({"description": {"fr": "Écrire à a.b@exemple.fr ou +33 6 12 34 56 78"}},
     {"description": "Écrire à [adresse électronique retirée] ou [téléphone retiré]"}),
    ({"description": {"fr": "Le 01.11.2014 18:30, 0,06 € de 10 000 000"}},
     {"description": "Le 01.11.2014 18:30, 0,06 € de 10 000 000"}),
    ({"longDescription": {"fr": "# Titre\n\n* un\n* **deux**\n\n[lien](https://x.fr/a_(b)) ![img](y)"}},
     {"description": "Titre\n\n* un\n* deux\n\nlien img"}),
    ({"registration": ["mailto:a@b.fr", "https://x.fr/i"]}, {"registration_url": "https://x.fr/i"}),
    ({"onlineAccessLink": "javascript:alert(1)"}, {"online_url": None}),
    ({"canonicalUrl": "https://openagenda.com/x"}, {"url": "https://openagenda.com/x"}),
    ({"originAgenda": {"title": "Agenda"}, "contributor": {"organization": "X"}}, {"organiser_labels": []}),
    ({"organisateur": "https://exemple.fr", "organisateur-email": "a@b.fr"}, {"organiser_labels": []}),
    ({"createdAt": "n'importe quoi"}, {"created_at": None}),
    ({"uid": None}, {"source_uid": None}),
]  # fmt: skip


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Each shape of a field in an event of its own, in one file."""
    return Stage(
        write_json(
            tmp_path_factory.mktemp("shapes"),
            [event(**{"uid": 100 + n} | fields) for n, (fields, _) in enumerate(SHAPES)],
        )
    )


@pytest.mark.parametrize(("number", "expected"), [(n, expected) for n, (_fields, expected) in enumerate(SHAPES)])
def test_shapes_of_a_field(shapes: Stage, number: int, expected: dict[str, Any]) -> None:
    assert len(shapes.records) == len(SHAPES)
    record = shapes.records[number]
    assert {name: record[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("timings", "sessions", "kinds"),
    [
        ([("2014-10-26T02:30:00+02:00", "2014-10-26T02:10:00+01:00")], [("2014-10-26T02:30:00+02:00", True)], []),
        ([("2014-11-05T18:00:00+01:00", "2014-11-05T10:00:00+01:00")], [("2014-11-05T18:00:00+01:00", False)], ["end_before_start"]),
        ([("2014-11-05T18:00:00+01:00", "tard")], [("2014-11-05T18:00:00+01:00", False)], ["end_unreadable"]),
        ([("0001-01-01T10:00:00+00:53", None), ("2012-02-29T10:00:00Z", None)], [("2012-02-29T10:00:00Z", False)], ["impossible_date"]),
        ([("2014-11-05", "2016-11-05"), ("2014-11-05", "2014-11-05")], [("2014-11-05", True)], ["impossible_date"]),
    ],
)  # fmt: skip
def test_sessions(
    tmp_path: Path, timings: list[tuple[str, str | None]], sessions: list[tuple[str, bool]], kinds: list[str]
) -> None:
    given = [{"begin": begin, "end": end} for begin, end in timings]
    stage = Stage(write_json(tmp_path, [event(timings=given)]))
    assert [(t["begins"], t["ends"] is not None) for t in stage.record["timings"]] == sessions
    assert stage.kinds == kinds


@pytest.mark.parametrize(
    ("timings", "reason"),
    [([], "date_missing"), (None, "date_missing"), ({}, "date_missing"), ([{"begin": "2014-02-30T10:00:00Z"}], "date_unreadable")],
)  # fmt: skip
def test_no_usable_session_is_a_reject(tmp_path: Path, timings: object, reason: str) -> None:
    assert [row["reason"] for row in Stage(write_json(tmp_path, [event(timings=timings)])).rejects] == [reason]


def test_opendatasoft_of_both_versions() -> None:
    flat = Stage(FILES / "opendatasoft_v21.json")
    record = flat.record
    assert [(row["line"], row["reason"]) for row in flat.rejects] == [(2, "title_missing")]
    assert record["title"] == "Salon de l’ESS Édition 2014"
    assert record["description"] == "Deux jours de rencontres\n\n- Stands\n- Débats"
    assert (record["status"], record["attendance_mode"], record["created_at"]) == ("cancelled", "on_site", None)
    assert (record["lat"], record["lon"], record["age_min"]) == (48.7306, 2.2769, 7)
    assert (record["accessibility"], record["registration_url"]) == (["hi", "mi"], "https://exemple.fr/i")
    assert len(record["timings"]) == 2
    nested = Stage(FILES / "opendatasoft_v1.json").record
    assert {name for name in record if record[name] != nested[name]} == {"file"}


def test_opendatasoft_v1_as_a_bare_list_without_geometry(tmp_path: Path) -> None:
    records = json.loads((FILES / "opendatasoft_v1.json").read_text("utf-8"))["records"]
    record = Stage(write_json(tmp_path, [{"fields": records[0]["fields"]}])).record
    assert (record["lat"], record["lon"]) == (48.7306, 2.2769)


def test_fete_de_la_science() -> None:
    record = Stage(FILES / "fete_de_la_science.json").record
    assert record["timings"] == [
        {"begins": "2017-10-13T10:00:00+02:00", "ends": "2017-10-13T18:00:00+02:00"},
        {"begins": "2017-10-14T10:00:00+02:00", "ends": "2017-10-15T00:00:00+02:00"},
    ]
    assert (record["type_label"], record["theme_labels"]) == ("Atelier", ["Maths, physique, chimie", "Écologie"])
    assert record["organiser_labels"] == ["Université"]
    assert record["registration_url"] == "https://exemple.fr/ballon"
    assert "DUPONT" not in str(record)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "vide"),
        (b"\xef\xbb\xbf \n", "vide"),
        (b'{"events": [{"uid": 1}', "JSON"),
        (b'[{"uid": 1}]]', "JSON"),
        (b'[{"uid": 1} {"uid": 2}]', "JSON"),
        (b'[{"uid": 1, "title": }]', "JSON"),
        (b"[1, 2", "JSON"),
        (b"PK\x03\x04rest", "zip"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR", "iCalendar"),
        (b"<!doctype html><html></html>", "page web"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "image"),
        (b'{"uid": 1, "schema": {"fields": []}}', "agenda"),
    ],
)
def test_files_that_cannot_be_read_say_why(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(IntakeError, match=says) as caught:
        Stage(write(tmp_path, content, "events.json"))
    assert caught.value.remedy


def test_missing_files_folders_and_formats_say_why(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="n'existe pas"):
        Stage(tmp_path / "rien.json")
    with pytest.raises(IntakeError, match="dossier"):
        Stage(tmp_path)
    with pytest.raises(IntakeError, match="inconnu"):
        Stage(FILES / "chambre.csv", format="pdf")
    with pytest.raises(IntakeError, match="format csv"):
        Stage(FILES / "openagenda_events.json", format="csv")


def test_several_files_are_numbered_on(tmp_path: Path) -> None:
    stage = Stage(FILES / "opendatasoft_v21.json", FILES / "chambre.csv")
    assert [row["file"] for row in stage.records] == ["opendatasoft_v21.json", *["chambre.csv"] * 3]
    assert stage.staged.format == "mixed"
