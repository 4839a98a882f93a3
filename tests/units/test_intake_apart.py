"""Files are read in a process of its own: one that ends there is told, changes nothing, and stops nobody."""

import io
import os
import shutil
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from campaign.core import apart as processes
from campaign.core import language
from campaign.core.errors import IntakeError, NoEventsError
from campaign.core.settings import settings
from campaign.intake import Mapping, apart
from campaign.intake.files import scratch, unpack
from campaign.publish import pipeline
from campaign.publish.account import ImportOptions
from campaign.publish.importing import look, read_files, run_import
from tests.intake_files import write
from tests.records import rows_of
from tests.units.test_intake_unpack import TABLE, zipped
from tests.units.test_intake_workbook import HEADER, workbook_of

GOOD = TABLE.format("Atelier")
CELL = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


def _elsewhere(name: str, content: bytes) -> tuple[str, bytes]:
    """Put the sheet where no reader expects it, but where the workbook says that it is."""
    return name.replace("worksheets/sheet1.xml", "feuilles/une.xml"), content.replace(
        b"worksheets/sheet1.xml", b"feuilles/une.xml"
    )


def _prefixed(name: str, content: bytes) -> tuple[str, bytes]:
    if not name.endswith("sheet1.xml"):
        return name, content
    for tag in (b"worksheet", b"sheetData", b"row", b"c", b"v", b"is", b"t"):
        for opened in (b"<%b ", b"<%b>", b"</%b>", b"<%b/>"):
            content = content.replace(opened % tag, opened.replace(b"%b", b"x:%b") % tag)
    return name, content.replace(b'xmlns="', b'xmlns="', 1).replace(b"xmlns=", b"xmlns:x=", 1)


SPELLINGS: dict[str, Callable[[str, bytes], tuple[str, bytes]]] = {
    "as Excel writes it": lambda name, content: (name, content),
    "in single quotes": lambda name, content: (name, content.replace(CELL, CELL.replace(b'"', b"'"))),
    "with blanks": lambda name, content: (name, content.replace(b' r="XFD1048576"', b'\n  r = "XFD1048576"\t')),
    "in small letters": lambda name, content: (name, content.replace(b"XFD1048576", b"xfd1048576")),
    "with a prefix": _prefixed,
    "elsewhere": _elsewhere,
    "of a row that says no number": lambda name, content: (name, content.replace(b'<row r="1048576">', b"<row>")),
}


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("imported")
    run_import(folder / "campaign.duckdb", [write(folder, GOOD, "bon.csv")])
    return folder


@pytest.fixture
def db(imported: Path, tmp_path: Path) -> Path:
    return shutil.copytree(imported, tmp_path, dirs_exist_ok=True) / "campaign.duckdb"


@pytest.fixture
def ending(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have files read by a reader that ends as their names say, within small bounds."""
    monkeypatch.setattr(apart, "MODULE", "tests.ends")
    for setting, value in {"reading_mb": 512, "reading_seconds": 1, "reading_output_mb": 2}.items():
        monkeypatch.setattr(settings(), setting, value)


@pytest.mark.matrix(every=3)
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_workbook_with_a_cell_at_the_far_corner_ends_its_reader_alone(
    tmp_path: Path, db: Path, spelling: str
) -> None:
    book = io.BytesIO()
    with (
        zipfile.ZipFile(workbook_of(tmp_path, {"A": [HEADER]})) as source,
        zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.namelist():
            content = source.read(member).replace(b"</sheetData>", CELL)
            target.writestr(*SPELLINGS[spelling](member, content))
    path = write(tmp_path, book.getvalue(), "grand.xlsx")
    assert path.stat().st_size < 20_000
    for read in (lambda: run_import(db, [path]), lambda: look([path])):
        with pytest.raises(IntakeError, match=r"grand\.xlsx.*démesuré"):
            read()
    assert rows_of(db, "select title from events") == [("Atelier",)]
    account, _staged = run_import(db, [tmp_path / "bon.csv"])
    assert account.unchanged == 1


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("memoire", "démesuré"), ("abandon", "démesuré"), ("calcul", "trop de temps"), ("attente", "trop de temps"),
        ("sortie", "ne tient pas"), ("arret", "arrêtée de l'extérieur"), ("faute", "a arrêté le programme"),
        ("segment", "a arrêté le programme"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("ending")
def test_a_reader_that_ends_is_told_with_its_file(tmp_path: Path, name: str, says: str) -> None:
    begun = time.monotonic()
    with scratch.folder() as folder:
        with pytest.raises(IntakeError, match=says) as failure:
            apart.look([tmp_path / f"{name}.csv"], folder, Mapping())
        assert apart.look([tmp_path / "bon.csv"], folder, Mapping()) == []  # the next one is read
    assert f"{name}.csv" in failure.value.message
    assert "inchangé" in failure.value.remedy
    assert name != "faute" or "un défaut du lecteur" in failure.value.detail
    assert time.monotonic() - begun < 60


def test_what_is_wrong_with_a_file_is_said_in_the_language_of_who_reads_it(db: Path, tmp_path: Path) -> None:
    with pytest.raises(NoEventsError) as raised:
        run_import(db, [write(tmp_path, b" ", "{name}.csv")])
    assert str(raised.value) == "{name}.csv est vide. Refaites l'export."
    with language.use("en"):
        assert str(raised.value) == "{name}.csv is empty. Export it again."


@pytest.mark.usefixtures("ending")
def test_a_host_that_is_killed_is_replaced(tmp_path: Path) -> None:
    with scratch.folder() as folder:
        assert apart.look([tmp_path / "bon.csv"], folder, Mapping()) == []
        with processes.host("tests.ends") as host:
            os.kill(host._process.pid, 9)
            host._process.wait()
        with pytest.raises(IntakeError, match="arrêtée de l'extérieur"):
            apart.look([tmp_path / "bon.csv"], folder, Mapping())
        assert apart.look([tmp_path / "bon.csv"], folder, Mapping()) == []


@pytest.mark.parametrize("is_unprepared", [False, True], ids=["ready", "not ready"])
def test_a_process_is_ready_before_its_job_or_says_with_it_why_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], is_unprepared: bool
) -> None:
    if is_unprepared:
        monkeypatch.setenv("TESTS_UNPREPARED", "1")
    host = processes.Host("tests.ends")
    bounds = processes.Bounds(512, 5, 2)
    try:
        for _job in range(2):
            if is_unprepared:
                with pytest.raises(processes.EndedError) as ended:
                    host.run({"files": ["pret.csv"]}, bounds, tmp_path / "words", lambda _said: None)
                assert (ended.value.cause, ended.value.detail) == ("fault", 'KeyError: "rien n\'est prêt"')
            else:
                assert host.run({"files": ["pret.csv"]}, bounds, tmp_path / "words", lambda _said: None) == [True]
    finally:
        host.end()
    assert capfd.readouterr() == ("", "")


def test_a_reader_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMPAIGN_SIGNIN_COOKIE_SECRET", "une longue phrase")
    monkeypatch.setenv("CAMPAIGN_DB", "ducklake:postgres:password=x")
    host = processes.Host("tests.ends")
    try:
        environment = Path(f"/proc/{host._process.pid}/environ").read_bytes()
        assert b"CAMPAIGN_SIGNIN" not in environment
        assert b"CAMPAIGN_DB" not in environment
    finally:
        host.end()


def test_nested_archives_count_against_the_limit_together(tmp_path: Path) -> None:
    inner = zipped(tmp_path, {"a.csv": GOOD + "x" * (1 << 20)}, "dedans.zip").read_bytes()
    path = zipped(tmp_path, {f"{number}.zip": inner for number in range(4)})
    assert len(look([path], unpacked_mb=6)) == 4
    with pytest.raises(IntakeError, match=r"plus de 2 Mo une fois décompressé"):
        look([path], unpacked_mb=2)


def test_a_workbook_counts_against_the_limit(tmp_path: Path) -> None:
    path = workbook_of(tmp_path, {"A": [HEADER, *[[f"Texte {number} {'x' * 99}"] for number in range(20_000)]]})
    assert look([path], unpacked_mb=20)
    with pytest.raises(IntakeError, match="une fois décompressé"):
        look([path], unpacked_mb=1)


def test_members_cost_a_time_that_grows_with_their_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    monkeypatch.setattr(unpack.zipfile, "ZipFile", lambda *given: opened.append(given) or zipfile_class(*given))
    listed = []
    monkeypatch.setattr(Path, "iterdir", lambda self: listed.append(self) or iter([]))
    path = zipped(tmp_path, {f"{number}.csv": GOOD for number in range(200)})
    opened.clear()
    with scratch.folder() as folder:
        assert len(unpack.expand([path], folder)) == 200
    assert len(opened) <= 2
    assert listed == []


zipfile_class = zipfile.ZipFile


@pytest.mark.in_turn
@pytest.mark.parametrize("least", [0, apart.LARGE], ids=["seen where they were written", "copied"])
def test_staged_records_are_taken_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, least: int) -> None:
    monkeypatch.setattr(apart, "LARGE", least)
    views: list[bool] = []
    stages: list[pipeline.Stage] = []
    db = tmp_path / "campaign.duckdb"
    with scratch.folder() as folder:
        for name in ("a", "b"):
            own = folder / name
            own.mkdir()
            file = write(tmp_path, TABLE.format(name), f"{name}.csv")
            stages += read_files([file], own, source="agenda").views

        def observe(connection: duckdb.DuckDBPyConnection) -> None:
            kind = connection.execute(
                "select count(*) from duckdb_views() where view_name = 'staged_records'"
            ).fetchone()
            views.append(kind == (1,))

        pipeline.run(
            db, stages, ImportOptions(source="agenda", format="csv", files=("a.csv", "b.csv")), observe=observe
        )
    assert views == [least == 0] * 2
    assert [title for (title,) in rows_of(db, "select title from events order by 1")] == ["a", "b"]
