"""The command line on a real file: statuses, accounts, exports that agree with the counts."""

import csv
import io
import json
import shutil
import signal
import threading
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import Result
from typer.testing import CliRunner

from campaign.cli import app
from campaign.cli.sync import end_when_told
from campaign.core.settings import settings
from tests.kept import demonstration

RECORD = {
    "uid": 1,
    "title": {"fr": "Ciné-débat à Rennes"},
    "timings": [{"begin": "2014-11-05T18:00:00+01:00", "end": "2014-11-05T20:00:00+01:00"}],
    "location": {"city": "Rennes", "postalCode": "35000", "insee": "35238", "countryCode": "FR"},
}


@pytest.fixture(autouse=True)
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings(), "db", tmp_path / "campaign.duckdb")
    return tmp_path / "campaign.duckdb"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def agenda(folder: Path, *events: dict[str, object]) -> str:
    path = folder / "agenda.json"
    path.write_text(json.dumps({"success": True, "total": len(events), "events": events}), encoding="utf-8")
    return str(path)


def demonstrated(own_file: Path) -> None:
    """Put a demonstration in the place of the own file; that the command writes it is tried once, below."""
    shutil.copyfile(demonstration(2000), own_file)


def account(result: Result) -> dict[str, object]:
    return json.loads(result.stdout)


def test_a_line_to_copy_is_not_broken(tmp_path: Path) -> None:
    path = tmp_path / "actions.csv"
    path.write_text(
        "Désignation officielle de ce qui se passera;Date;Ville\nForum;05/11/2026;Rennes\n", encoding="utf-8"
    )
    refused = CliRunner().invoke(app, ["import", str(path)], env={"COLUMNS": "60"})
    assert '[columns] title = "Nom de l\'action"' in refused.stderr


def test_a_terminal_in_english_is_answered_in_english_and_documents_keep_their_language(
    own_file: Path, tmp_path: Path
) -> None:
    english = {"LC_ALL": "", "LC_MESSAGES": "en_GB.UTF-8", "LANG": "fr_FR.UTF-8"}
    demonstrated(own_file)
    refused = CliRunner().invoke(app, ["import", agenda(tmp_path, RECORD), "--format", "papier"], env=english)
    assert refused.stderr.startswith("Unknown format: papier.")
    history = CliRunner().invoke(app, ["history"], env=english)
    assert "edition by the dates" in " ".join(history.stdout.split())
    workbook = tmp_path / "a.xlsx"
    written = CliRunner().invoke(app, ["template", str(workbook)], env=english)
    assert written.stdout == f"{workbook}: to fill in, then campaign import {workbook}\n"
    assert "Titre *" in ZipFile(workbook).read("xl/sharedStrings.xml").decode()
    assert run("import", agenda(tmp_path, RECORD), "--format", "papier").stderr.startswith("Format inconnu")


@pytest.mark.thorough
def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    path = agenda(tmp_path, RECORD)
    first, second = account(run("import", path, "--json")), account(run("import", path, "--json"))
    assert (first["read"], first["new"]) == (1, 1)
    assert (second["read"], second["new"], second["unchanged"]) == (1, 0, 1)


def test_what_is_tried_is_printed_as_it_is_written(tmp_path: Path) -> None:
    """Rich reads [brackets] as styles and :names: as pictures, and fails where [/one] ends what none began."""
    path = tmp_path / "a.csv"
    path.write_text(
        "titre;date;commune\n[b]A[/y] :x:;05/11/2014;Rennes\nB;[/z];Brest\nAnticonstitutionnellement;06/11/2014;Lyon\n"
    )
    result = run("import", str(path), "--dry-run")
    assert result.exit_code == 0, result.exception
    understood, _heading, rest = result.output.partition("Les premiers événements")
    events, _heading, rejected = rest.partition("Lignes rejetées")
    assert "[b]A[/y] :x:" in understood
    assert "[b]A[/y]" in events
    assert ":x:" in events
    assert "…" not in events  # a long word goes on in the next line
    assert "[/z]" in rejected


@pytest.mark.thorough
def test_a_changed_event_is_updated(tmp_path: Path) -> None:
    run("import", agenda(tmp_path, RECORD))
    changed = RECORD | {"title": {"fr": "Ciné-débat à Rennes, complet"}, "status": 5}
    assert account(run("import", agenda(tmp_path, changed), "--json"))["updated"] == 1


@pytest.mark.in_turn
def test_a_dry_run_writes_nothing(tmp_path: Path, own_file: Path) -> None:
    given = agenda(tmp_path, RECORD)
    result = run("import", given, "--dry-run", "--json")
    assert result.exit_code == 0
    assert account(result)["new"] == 1
    assert [path for path in tmp_path.iterdir() if path != Path(given)] == []  # not even the lock of the event file


def test_nothing_taken_is_status_1_and_explained(tmp_path: Path, own_file: Path) -> None:
    report = tmp_path / "report.csv"
    result = run("import", agenda(tmp_path, {"uid": 2, "title": {}}), "--json", "--report", str(report))
    assert result.exit_code == 1
    assert account(result)["rejected"] == 1
    rows = list(csv.DictReader(io.StringIO(report.read_text("utf-8-sig")), delimiter=";"))
    assert (rows[0]["motif"], rows[0]["ligne"]) == ("title_missing", "1")
    assert rows[0]["remède"]
    assert not own_file.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("import", "x.json", "--format", "word"),
        ("import",),
        ("export", "--format", "doc"),
        ("demo", "--events", "0"),
        ("demo", "--editions", "2014-2008"),
        ("demo", "--editions", "2007"),
    ],
)
def test_wrong_usage_is_status_2(words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_a_missing_file_is_said_without_a_trace() -> None:
    result = run("import", "nowhere.json")
    assert result.exit_code == 1
    assert "Traceback" not in result.output


@pytest.mark.thorough
def test_the_demonstration_does_not_replace_real_events(tmp_path: Path) -> None:
    run("import", agenda(tmp_path, RECORD))
    assert run("demo", "--events", "70").exit_code == 2
    assert run("demo", "--events", "70", "--force").exit_code == 0


def test_every_export_holds_the_counted_events(tmp_path: Path, own_file: Path) -> None:
    demonstrated(own_file)
    file = tmp_path / "events.json"
    assert run("export", "--format", "json", "--edition", "2014", "--out", str(file)).exit_code == 0
    document = json.loads(file.read_text("utf-8"))
    assert document["total"] == len(document["events"]) > 0
    table = tmp_path / "events.csv"
    assert run("export", "--format", "csv-fr", "--edition", "2014", "--out", str(table)).exit_code == 0
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8-sig")), delimiter=";"))
    assert [row["Identifiant"].lstrip("'") for row in rows] == [event["event_id"] for event in document["events"]]


@pytest.mark.thorough
def test_a_table_for_a_french_excel_is_read_back_as_the_plain_one(
    tmp_path: Path, own_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demonstrated(own_file)
    read_back = {}
    for form in ("csv", "csv-fr"):
        table = tmp_path / f"{form}.csv"
        assert run("export", "--format", form, "--edition", "2014", "--out", str(table)).exit_code == 0
    for form in ("csv", "csv-fr"):
        monkeypatch.setattr(settings(), "db", tmp_path / f"{form}.duckdb")
        assert run("import", str(tmp_path / f"{form}.csv"), "--source", "essai").exit_code == 0
        file = tmp_path / f"{form}.json"
        assert run("export", "--format", "json", "--edition", "2014", "--out", str(file)).exit_code == 0
        read_back[form] = json.loads(file.read_text("utf-8"))["events"]
    assert len(read_back["csv"]) > 10
    assert any(str(event["commune_code"]).startswith("0") for event in read_back["csv"])
    for plain, french in zip(read_back["csv"], read_back["csv-fr"], strict=True):
        # a cell of Excel holds no seconds
        plain["updated_at"], french["updated_at"] = str(plain["updated_at"])[:16], str(french["updated_at"])[:16]
        assert french == plain


def test_an_unknown_code_is_status_2_and_named(own_file: Path) -> None:
    demonstrated(own_file)
    result = run("export", "--format", "csv", "--region", "99")
    assert result.exit_code == 2
    assert "« region » n'a pas de code « 99 »" in " ".join(result.output.replace("\u00a0", " ").split())


def test_what_is_to_check_is_counted(own_file: Path) -> None:
    demonstrated(own_file)
    counts = json.loads(run("check", "--json").stdout)
    assert counts["unlocated"] > 0
    assert run("history").exit_code == 0


@pytest.mark.in_turn
def test_history_says_what_came_in(tmp_path: Path, own_file: Path) -> None:
    demonstrated(own_file)
    licence = ("--licence", "Licence Ouverte 2.0", "--source", "CRESS Bretagne", "--edition", "2014")
    other = RECORD | {"uid": 2}
    run("import", agenda(tmp_path, RECORD, other, {"uid": 3}), *licence)
    run("import", agenda(tmp_path, RECORD), *licence, "--full")
    last, first, demo = json.loads(run("history", "--json").stdout)
    assert (demo["is_demo"], first["is_demo"]) == (True, False)
    about = {
        "import_id": 2, "source": "CRESS Bretagne", "format": "openagenda", "files": ["agenda.json"], "edition": 2014,
        "licence": "Licence Ouverte 2.0", "is_full": False,
    }  # fmt: skip
    assert {name: first[name] for name in about} == about
    counts = ("read", "new", "updated", "unchanged", "rejected", "withdrawn")
    assert [first[name] for name in counts] == [3, 2, 0, 0, 1, 0]
    assert [last[name] for name in counts] == [1, 0, 0, 1, 0, 1]
    assert (last["is_full"], last["warnings"]["withdrawn"]) == (True, 1)
    history = run("history").stdout
    assert max(map(len, history.splitlines())) <= 100
    for words in (
        "CRESS Bretagne",
        "agenda.json (openagenda)",
        "Licence Ouverte 2.0",
        "1 rejeté",
        "1 retiré",
        "complet",
    ):
        assert words in history


@pytest.mark.thorough
def test_a_rollback_shows_the_demonstration_again(tmp_path: Path, own_file: Path) -> None:
    demonstrated(own_file)
    before = run("export", "--format", "csv", "--edition", "all").stdout
    run("import", agenda(tmp_path, RECORD))
    assert "Rennes" in run("export", "--format", "csv", "--edition", "all").stdout
    assert run("rollback", "2").exit_code == 0
    assert run("export", "--format", "csv", "--edition", "all").stdout == before
    assert run("rollback", "9").exit_code == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_sync_that_goes_on_ends_when_it_is_told_unless_that_is_ignored(number: signal.Signals) -> None:
    heard = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGALRM)
    before = {each: signal.getsignal(each) for each in heard}
    stopped, deaf = threading.Event(), threading.Event()
    try:
        signal.signal(number, signal.SIG_DFL)  # whatever started the tests may ignore it
        end_when_told(stopped)
        signal.raise_signal(number)
        signal.signal(number, signal.SIG_IGN)
        end_when_told(deaf)
        signal.raise_signal(number)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for each, handler in before.items():
            signal.signal(each, handler)
    assert (stopped.is_set(), deaf.is_set()) == (True, False)
