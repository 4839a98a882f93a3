"""A campaign is a folder: it is read whole, what is wrong in it is told with its place, and what it says is what is shown."""

import json
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from campaign import store
from campaign.cli import app
from campaign.core.errors import CampaignError, OtherCampaignError
from campaign.core.language import use
from campaign.core.settings import settings
from campaign.core.tint import contrast
from campaign.profile import filled, profile
from campaign.profile.check import FILES, find_problems
from campaign.profile.loader import loaded, read
from campaign.profile.problems import ProfileError
from campaign.publish import migrate
from campaign.publish.importing import run_import
from tests.records import build, record

CHAMBER_FILE = Path(__file__).parents[1] / "files" / "chambre.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as `campaign profile new` writes it."""
    written = tmp_path / "ma-campagne"
    assert CliRunner().invoke(app, ["profile", "new", str(written)]).exit_code == 0
    return written


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_project_s_own_folder_has_every_file_and_nothing_wrong() -> None:
    assert find_problems(profile().folder) == []
    assert all((profile().folder / name).is_file() for name in FILES)


def test_the_rule_numbers_editions_and_gives_their_days() -> None:
    seventh = profile().edition(2014)
    assert (seventh.number, seventh.nomenclature) == (7, 2014)
    assert (seventh.starts_on, seventh.ends_on) == (date(2014, 10, 1), date(2014, 12, 31))
    assert (seventh.core_starts_on, seventh.core_ends_on) == (date(2014, 11, 1), date(2014, 11, 30))
    assert (profile().number(2026), profile().edition(2016).nomenclature) == (19, 2016)
    assert profile().number(2007) is None
    assert [profile().organiser(year).fr for year in (2008, 2019, 2020, 2026)] == [
        "CNCRES", "CNCRES", "ESS France", "ESS France",
    ]  # fmt: skip


def test_a_list_numbers_editions_and_moves_their_days(folder: Path) -> None:
    change(folder / "campaign.toml", 'numbering = "counted"', 'numbering = "listed"')
    with (folder / "editions.csv").open("a", encoding="utf-8") as table:
        table.write("2024,,33,2024-04-20,,2024-05-04,2024-05-20,,,,,,,,\n")
    campaign = loaded(folder)
    assert (campaign.number(2024), campaign.number(2025)) == (33, None)
    moved = campaign.edition(2024)
    assert (moved.starts_on, moved.ends_on) == (date(2024, 4, 20), date(2024, 6, 30))
    assert (moved.core_starts_on, moved.core_ends_on) == (date(2024, 5, 4), date(2024, 5, 20))


def test_a_period_may_run_into_the_next_year(folder: Path) -> None:
    change(folder / "campaign.toml", 'from = "04-15", to = "06-30"', 'from = "11-15", to = "02-29"')
    change(folder / "campaign.toml", 'from = "05-01", to = "05-31"', 'from = "12-15", to = "01-15"')
    edition = loaded(folder).edition(2024)
    assert (edition.starts_on, edition.ends_on) == (date(2024, 11, 15), date(2025, 2, 28))
    assert (edition.core_starts_on, edition.core_ends_on) == (date(2024, 12, 15), date(2025, 1, 15))


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "key", "words"),
    [
        ("campaign.toml", "[headline]", "[headline]\nmetrics = 3", "metrics = 3", "headline.metrics", "clé inconnue"),
        ("campaign.toml", 'id = "ma-campagne"', 'id = "Ma campagne"', "id =", "id", "minuscules"),
        ("campaign.toml", 'of = "de ma campagne"\n', "", "[name]", "name.of", "clé absente"),
        ("campaign.toml", 'gender = "f"', 'gender = "x"', "gender", "chamber.gender", "pas prévue"),
        ("campaign.toml", '"#0B7A75"', '"#9ADBD6"', "accent =", "colours.accent", "contraste de 1,6"),
        ("campaign.toml", '"#4FC3B8"', '"#333333"', "accent_dark", "colours.accent_dark", "contraste"),
        ("campaign.toml", 'from = "05-01"', 'from = "31-05"', "core =", "editions.core.from", "jour n'existe pas"),
        ("campaign.toml", 'from = "05-01"', 'from = "03-01"', "[editions]", "editions", "dans la fenêtre"),
        ("campaign.toml", "from = 2023", 'from = "hier"', "hier", "organisers.0.from", "nombre entier"),
        ("campaign.toml", "[name]", "[name", "[name", None, "pas du TOML"),
        ("types.csv", "autre,Autre", "divers,Autre", None, "type", "ce type manque"),
        ("types.csv", "atelier,Atelier,Workshop,2", "atelier,Atelier,Workshop", "atelier", None, "9 cellules, pour 10"),
        ("types.csv", ",workshop,", ",,", "Workshop", "noun_en", "une valeur est attendue"),
        ("types.csv", "f,la conférence", "x,la conférence", "Talk", "gender", "pas prévue"),
        ("types.csv", "atelier,Atelier", "conference,Atelier", "Atelier", None, "a déjà une ligne"),
        ("types.csv", "rank", "rang", "rang", None, "les colonnes attendues sont type, label_fr"),
        ("type_labels.csv", "conference,label", "conference,mot", "mot", "kind", "pas prévue"),
        (
            "organiser_families.csv",
            "^(la )?fondation ",
            "^(la )?fondation (",
            "fondation",
            "pattern",
            "expression régulière",
        ),
        ("demo/phrases.toml", "weight = 350", "weight = 0", "weight = 0", "types.0.weight", "au-dessus de 0"),
        ("demo/phrases.toml", "first = 2023", "first = 2020", None, "editions.first", "première édition"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    folder: Path, name: str, old: str, new: str, at: str | None, key: str | None, words: str
) -> None:
    change(folder / name, old, new)
    lines = (folder / name).read_text("utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, start=1) if at in text) if at else None
    problems = find_problems(folder)
    assert any(
        (one.file, one.line, one.key) == (name, line, key) and words in str(one.message) and str(one.remedy)
        for one in problems
    ), problems


@pytest.mark.parametrize(
    ("name", "row", "key", "words"),
    [
        ("chambers.csv", "x,X,99,11,,,,,", "region_2014_codes", "99"),
        ("chambers.csv", "x,X,11,11,2020-01-01,2019-01-01,,,", None, "avant valid_from"),
        ("chambers.csv", "x,X,11,11,01/01/2020,,,,", "valid_from", "2014-12-05"),
        ("editions.csv", "2024,,,2024-07-01,,,,,,,,,,,", "edition", "ne s'emboîtent pas"),
        ("targets.csv", "2024,2015,53,90", "nomenclature", "pas prévue"),
        ("column_aliases.csv", "Type,nature,", "field", "n'est pas admise"),
        ("column_aliases.csv", "type,nature,\ntitle,nature,", None, "a déjà une ligne"),
        ("targets.csv", "2024,2016,53,90\n2024,2016,53,91", None, "a déjà une ligne"),
        (
            "figures/editions.csv",
            "1,2023,,,events,12,exact,final,yes,Bilan,https://example.org,",
            "source_url",
            "source",
        ),
        ("figures/editions.csv", "1,2023,,,events,douze,exact,final,yes,Bilan,https://example.org,", "value", "entier"),
    ],
)
def test_what_is_wrong_in_a_new_row_is_told(folder: Path, name: str, row: str, key: str | None, words: str) -> None:
    with (folder / name).open("a", encoding="utf-8") as table:
        table.write(row + "\n")
    problems = find_problems(folder)
    assert any((one.file, one.key) == (name, key) and words in str(one.message) for one in problems), problems


def test_a_missing_and_a_misnamed_file_are_told(folder: Path) -> None:
    (folder / "targets.csv").rename(folder / "target.csv")
    assert {(one.file, str(one.message)) for one in find_problems(folder)} == {
        ("target.csv", "aucune commande ne lit ce fichier"),
        ("targets.csv", "ce fichier manque"),
    }
    campaign, faults = read(folder / "nowhere")
    assert campaign is None
    assert "aucun dossier" in str(faults[0].message)


def test_check_prints_every_fault_and_leaves_with_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["profile", "check", str(folder)]).exit_code == 0
    change(folder / "types.csv", "atelier,Atelier,Workshop,2", "atelier,Atelier,Workshop,deux")
    monkeypatch.setattr(settings(), "profile", folder)
    result = runner.invoke(app, ["profile", "check", "--json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {
            "file": "types.csv", "line": 3, "key": "rank", "value": "deux", "message": "un nombre entier est attendu",
            "remedy": "Écrivez-le en chiffres, sans espace.",
        }
    ]  # fmt: skip
    words = runner.invoke(app, ["profile", "check"])
    assert "types.csv, ligne 3 : rank = « deux »" in words.output.replace("\n", " ").replace("\u00a0", " ")
    with use("en"):
        english = [(str(one), str(one.remedy)) for one in find_problems(folder)]
    assert english == [
        ("types.csv, line 3: rank = “deux”: a whole number is expected", "Write it in digits, without spaces.")
    ]


def test_a_wrong_folder_stops_a_build_and_every_command(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "profile", folder)
    change(folder / "types.csv", "autre,Autre", "divers,Autre")
    with pytest.raises(ProfileError, match="ce type manque"):
        build(folder.parent / "new.duckdb", [record("a")])
    change(folder / "campaign.toml", "[headline]", "[entete]")
    loaded.cache_clear()
    result = CliRunner().invoke(app, ["history"])
    assert result.exit_code == 1
    assert "campaign.toml" in result.output


@pytest.mark.in_turn
def test_a_new_folder_serves_as_it_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_problems(folder) == []
    monkeypatch.setattr(settings(), "profile", folder)
    db = folder.parent / "own.duckdb"
    monkeypatch.setattr(settings(), "db", db)
    result = CliRunner().invoke(app, ["demo", "--events", "60", "--db", str(db)])
    assert result.exit_code == 0, result.output
    status = store.query("file_status").one
    assert (status["n_events"], list(status["editions"])) == (60, [2023, 2024, 2025])
    with duckdb.connect(str(db), read_only=True) as connection:
        outside = connection.execute(
            "select count(*) from events join sessions using (event_id) join editions using (edition)"
            " where in_campaign and not first_day between editions.starts_on and editions.ends_on"
        ).fetchone()
        in_core = connection.execute(
            "select count(*) filter (first_day between core_starts_on and core_ends_on), count(*)"
            " from events join sessions using (event_id) join editions using (edition) where in_campaign"
        ).fetchone()
    assert outside == (0,)
    assert in_core is not None
    assert in_core[0] > in_core[1] * 0.7
    again = CliRunner().invoke(app, ["profile", "new", str(folder)])
    assert again.exit_code == 1
    assert "pas un dossier vide" in again.output.replace("\n", " ")


@pytest.mark.in_turn
def test_the_file_of_another_campaign_is_refused(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, [record("a")])
    content = db.read_bytes()
    monkeypatch.setattr(settings(), "db", db)
    assert store.query("file_status").one["n_events"] == 1
    monkeypatch.setattr(settings(), "profile", folder)
    store.current._latest.clear()
    with pytest.raises(OtherCampaignError, match="autre campagne \\(mois-ess\\) que le profil ma-campagne"):
        store.query("file_status")
    with pytest.raises(OtherCampaignError):
        run_import(db, [CHAMBER_FILE])
    result = CliRunner().invoke(app, ["demo", "--db", str(db)])
    assert result.exit_code == 1
    served = CliRunner().invoke(app, ["serve", "--db", str(db)])
    assert served.exit_code == 1
    assert db.read_bytes() == content


@pytest.mark.in_turn
def test_a_file_of_before_is_of_the_first_campaign(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, [record("a")])
    with duckdb.connect(str(db)) as connection:
        connection.execute("alter table file_info drop column profile")
        for column in ("commune_code_now", "placed_on"):
            connection.execute(f"alter table events drop column {column}")
        connection.execute("drop table commune_periods")
        connection.execute("alter table duplicate_decisions rename column duplicate_of to twin_of")
        connection.execute("update file_info set schema_version = 6")
    content = db.read_bytes()
    with monkeypatch.context() as other:
        other.setattr(settings(), "profile", folder)
        with pytest.raises(OtherCampaignError):
            migrate.migrate(db)
        assert db.read_bytes() == content
    migration = migrate.migrate(db)
    assert migration is not None
    with duckdb.connect(str(db), read_only=True) as connection:
        assert connection.execute("select schema_version, profile from file_info").fetchall() == [
            (migration.after, "mois-ess")
        ]


@pytest.mark.parametrize("name", ["targets.csv", "subcampaigns.csv", "declarations.csv"])
def test_a_table_left_behind_in_data_stops_every_command(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(settings().profile / name, tmp_path / name)
    filled.refuse_left_behind(tmp_path)  # a header alone
    with (tmp_path / name).open("a", encoding="utf-8") as table:
        table.write("2014,…\n")
    with pytest.raises(CampaignError, match=str(settings().profile / name)):
        filled.refuse_left_behind(tmp_path)
    monkeypatch.setattr(filled, "DATA", tmp_path)
    result = CliRunner().invoke(app, ["history"])
    assert result.exit_code == 1
    assert name in result.output


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
