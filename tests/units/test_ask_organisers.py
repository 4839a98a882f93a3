"""Organisers in questions, in a file of their own."""

from pathlib import Path

import pytest

from campaign import ask, store
from campaign.core import language
from campaign.core.settings import settings
from tests.records import build, record


@pytest.mark.in_turn
def test_a_chamber_that_organises_is_offered_as_organiser_and_as_region(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "chamber.duckdb"
    names = ["Cress Bretagne", "Scop Ti – Gémenos", "CRESS Bretagne"]
    build(path, [record(f"event {n}", organiser_labels=[name], commune_code="35238") for n, name in enumerate(names)])
    monkeypatch.setattr(settings(), "db", path)
    with store.snapshot(), language.use("fr"):
        answers = ask.reply("cress bretagne", "fr").answers
        assert (answers[0].chosen.organisers, answers[0].count) == (("cress-bretagne",), 2)
        assert any(answer.chosen.regions == ("53",) for answer in answers)
        assert ask.reply("scop ti", "fr").answers[0].count == 1  # the beginning of its name
