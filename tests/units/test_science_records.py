"""Records of the Fête de la science under its own folder: found by themselves, its types, each year's key, no person's name."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from campaign.core.settings import DATA, settings
from campaign.intake.fields.columns import field_of
from campaign.publish.importing import run_import

FILE = Path(__file__).parents[1] / "files" / "fete_de_la_science.json"


@pytest.fixture
def science(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "profile", DATA / "campaigns" / "fete-de-la-science")


def types_of(path: Path, db: Path) -> list[str]:
    source = path.stem
    account, _conversion = run_import(db, [path], source=source, licence="Licence Ouverte 2.0")
    assert account.rejected == 0
    assert account.read > 0
    with duckdb.connect(str(db), read_only=True) as file:
        return [
            row[0]
            for row in file.execute(
                "select distinct type from events where not type_is_guessed and source = ? order by 1", [source]
            ).fetchall()
        ]


@pytest.mark.in_turn
@pytest.mark.usefixtures("science")
def test_types_are_read_by_the_key_of_each_year(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    first = types_of(FILE, db)
    assert first
    assert set(first) <= {
        "atelier",
        "exposition",
        "conference",
        "village-des-sciences",
        "jeu",
        "parcours",
        "visite",
        "spectacle",
    }
    text = FILE.read_text("utf-8").replace('"type_d_animation"', '"type_animation_project"')
    assert text != FILE.read_text("utf-8")
    later = tmp_path / "23.json"
    later.write_text(text, "utf-8")
    assert json.loads(text)
    assert types_of(later, db) == first


def test_another_campaign_does_not_know_that_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert field_of("type_animation_project") is None
    folder = tmp_path / "own"
    shutil.copytree(settings().profile, folder)
    with (folder / "column_aliases.csv").open("a", encoding="utf-8") as table:
        table.write("title,Intitulé du défi,\n")
    monkeypatch.setattr(settings(), "profile", folder)
    assert field_of("INTITULE DU DEFI") == "title"
    assert field_of("titre") == "title"
