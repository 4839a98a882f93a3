"""The page of imports publishes into a lake as it does into a file."""

from pathlib import Path

import pytest

from campaign import store
from campaign.publish import trail
from tests.pages.conftest import plain
from tests.pages.test_importing import PLAIN, button, html, opened, sent, sign_in
from tests.records import build, record


def test_a_coordinator_publishes_into_a_lake(lake_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(lake_db, [record("a")])
    before = store.identity_now()
    sign_in(monkeypatch)
    app = sent(opened(), "chambre.csv", PLAIN)
    assert "1 événement importé" in html(app)
    button(app, "Publier")
    assert "Publié, import n° 2." in plain(app.success[0].value)
    assert store.identity_now() != before
    assert store.query("file_status").one["n_events"] == 2
    entry = trail.entries(lake_db)[0]
    assert (entry.action, entry.import_id, entry.files) == ("import", 2, ("chambre.csv",))
    assert "marie@exemple.org" in entry.by
