"""Corrections on the page of quality: everybody sees them, coordinators make them and take them back."""

from pathlib import Path

import pytest

from campaign.core.settings import settings
from campaign.publish import corrections
from campaign.view.importing import access
from tests.pages.conftest import draw_page, plain
from tests.pages.test_importing import button, html, run
from tests.records import build, events_of, record


@pytest.fixture
def own_db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "campaign.duckdb"
    build(path, [record("a", title="Forum", postcode="35000", city="Rennes")])
    corrections.correct(path, events_of(path, "event_id")["a"], "type", "atelier", decided_by="marie@exemple.org")
    monkeypatch.setattr(settings(), "db", path)
    return path


@pytest.mark.in_turn
def test_everybody_sees_what_was_corrected_but_not_by_whom(own_db: Path) -> None:
    app = draw_page("quality").app
    text = html(app)
    assert "La source disait" in text
    assert "Conférence" in text
    assert "Atelier" in text
    assert "marie@exemple.org" not in text
    assert not app.get("form_submit_button")


@pytest.mark.in_turn
def test_a_coordinator_corrects_and_takes_back(own_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "person", lambda: access.Person("paul@exemple.org", True))
    app = draw_page("quality").app
    assert "marie@exemple.org" in html(app)
    app.text_input(key="correction_event").input(events_of(own_db, "event_id")["a"])
    app.selectbox(key="correction_field").set_value("place")
    app.text_input(key="correction_value").input("69001 Lyon")
    button(app, "Corriger")
    assert plain(app.success[0].value) == "Corrigé : 69001 Lyon."
    assert events_of(own_db, "departement_code")["a"] == "69"
    assert "paul@exemple.org" in html(app)
    button(app, "Revenir")  # the latest first
    run(app)
    assert events_of(own_db, "departement_code", "type")["a"] == ("35", "atelier")
