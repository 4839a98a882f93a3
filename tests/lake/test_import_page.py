"""The page of imports publishes into a lake as it does into a file."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from campaign import store
from campaign.core.settings import settings
from campaign.follow import followed
from campaign.follow.followed import Followed
from campaign.publish import trail
from tests.pages.conftest import plain
from tests.pages.test_importing import PLAIN, button, html, opened, run, sent, sign_in
from tests.records import build, record
from tests.sources import Agenda, agenda_event, serving


@pytest.mark.thorough
def test_a_coordinator_publishes_into_a_lake_and_a_try_beside_it_is_shown_until_then(
    lake_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(lake_db, [record("a")])
    before = store.identity_now()
    sign_in(monkeypatch)
    monkeypatch.setattr(settings(), "sources", tmp_path / "sources.toml")
    with serving() as sources:
        agenda = sources.agendas["77"] = Agenda()
        agenda.put(agenda_event(1, datetime(2014, 9, 1, tzinfo=UTC)))
        followed.add(Followed("Agenda", sources.agenda("77"), "LO"))
        trying = opened()
        button(trying, "Essayer")
    assert "Essai de Agenda" in html(trying)
    assert "Essai de Agenda" in html(run(trying))
    assert store.query("file_status").one["n_events"] == 1
    app = sent(opened(), "chambre.csv", PLAIN)
    assert "1 nouvel événement" in html(app)
    button(app, "Publier")
    assert "Publié, import n° 2." in plain(app.success[0].value)
    assert store.identity_now() != before
    assert store.query("file_status").one["n_events"] == 2
    entry = next(entry for entry in trail.entries(lake_db) if entry.action == "import")
    assert (entry.import_id, entry.files) == (2, ("chambre.csv",))
    assert "marie@exemple.org" in entry.by
    assert "Essai de Agenda" not in html(run(trying))
