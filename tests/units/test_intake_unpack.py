"""Folders, archives, packed files; what would unpack without measure is refused."""

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from campaign.core import language
from campaign.core.errors import IntakeError
from campaign.intake.files import scratch, unpack
from campaign.publish.importing import run_import
from tests.intake_files import Stage, event, write, write_json
from tests.records import rows_of

TABLE = "titre;date;ville;code postal\n{};2014-11-05;Rennes;35000\n"


def zipped(folder: Path, members: dict[str, bytes | str], name: str = "envoi.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return path


def test_a_folder_s_files_are_read_in_order_and_the_others_said(tmp_path: Path) -> None:
    folder = tmp_path / "envois"
    (folder / "sous").mkdir(parents=True)
    write(folder, TABLE.format("B"), "b.csv")
    write_json(folder / "sous", [event(uid=7)], "c.json")
    write(folder, b"%PDF-1.4\n\0", "programme.pdf")
    write(folder, "À lire d'abord.\n\nMerci.\n", "LISEZMOI.txt")
    write(folder, b"\0", ".DS_Store")
    account, staged = run_import(tmp_path / "campaign.duckdb", [folder])
    assert [file.name for file in staged.files] == ["envois/b.csv", "envois/sous/c.json"]
    assert [name for name in ("LISEZMOI.txt", "programme.pdf") if any(name in str(left) for left in staged.left)] == [
        "LISEZMOI.txt", "programme.pdf",
    ]  # fmt: skip
    with language.use("en"):
        assert "envois/programme.pdf is a PDF, not an export of events." in map(str, staged.left)
        assert str(staged.files[0].reading.why).startswith("CSV, utf-8, separated by ")
        assert str(staged.files[1].why) == "JSON, OpenAgenda events"
    assert (account.read, account.new) == (2, 2)


@pytest.mark.in_turn
def test_archives_within_bounds(tmp_path: Path) -> None:
    inner = zipped(tmp_path, {"dedans.csv": TABLE.format("Dedans")}, "dedans.zip").read_bytes()
    packed = gzip.compress(TABLE.format("Serré").encode())
    path = zipped(
        tmp_path, {"a.csv": TABLE.format("A"), "serre.csv.gz": packed, "dedans.zip": inner, "__MACOSX/._a.csv": "x"}
    )
    stage = Stage(path)
    assert {record["file"]: record["title"] for record in stage.records} == {
        "envoi.zip/a.csv": "A", "envoi.zip/serre.csv": "Serré", "envoi.zip/dedans.zip/dedans.csv": "Dedans",
    }  # fmt: skip
    single = Stage(write(tmp_path, packed, "seul.csv.gz"))
    assert (single.record["file"], single.record["origin"]) == ("seul.csv", "seul")


@pytest.mark.parametrize("member", ["../dehors.csv", "/etc/dehors.csv", "a/../../dehors.csv", "..\\dehors.csv"])
def test_a_path_out_of_the_archive_is_refused(tmp_path: Path, member: str) -> None:
    with pytest.raises(IntakeError, match="sort de l'archive"):
        Stage(zipped(tmp_path, {"a.csv": TABLE, member: "x"}))
    assert not (tmp_path.parent / "dehors.csv").exists()


def test_bombs_are_refused(tmp_path: Path) -> None:
    zeros = b"0" * (40 << 20)
    for path in (zipped(tmp_path, {"grand.csv": zeros}), write(tmp_path, gzip.compress(zeros), "grand.csv.gz")):
        with pytest.raises(IntakeError, match="démesurément"):
            Stage(path)
    book = zipped(
        tmp_path, {"[Content_Types].xml": "", "xl/workbook.xml": "", "xl/worksheets/sheet1.xml": zeros}, "b.xlsx"
    )
    with pytest.raises(IntakeError, match="démesurément"):
        Stage(book)


def test_what_is_unpacked_is_counted_over_the_whole_import(tmp_path: Path) -> None:
    path = zipped(tmp_path, {"a.csv": "a" * 600, "b.csv": "b" * 600})
    with scratch.folder() as folder, pytest.raises(IntakeError, match="démesurément"):
        unpack.expand([path], folder, unpack.Budget(left=1000))


def test_archives_that_cannot_be_opened_say_why(tmp_path: Path) -> None:
    whole = zipped(tmp_path, {"a.csv": TABLE.format("A")}).read_bytes()
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w:gz") as archive:
        archive.add(tmp_path / "envoi.zip", "envoi.zip")
    deep = zipped(tmp_path, {"1.zip": zipped(tmp_path, {"2.zip": whole}, "2.zip").read_bytes()}, "0.zip").read_bytes()
    for content, says in (
        (whole[:-30], "abîmée"), (gzip.compress(b"titre")[:-6], "abîmée"), (tar.getvalue(), "tar"), (deep, "archives"),
        (zipped(tmp_path, {}, "rien.zip").read_bytes(), "aucun fichier"),
    ):  # fmt: skip
        with pytest.raises(IntakeError, match=says):
            Stage(write(tmp_path, content, "x.bin"))


@pytest.mark.in_turn
def test_two_chambers_with_the_same_numbers_stay_apart(tmp_path: Path) -> None:
    header = "identifiant;titre;date\n"
    path = zipped(tmp_path, {f"{name}.csv": f"{header}1;{name};2014-11-05\n" for name in ("alsace", "bretagne")})
    db = tmp_path / "campaign.duckdb"
    account, _staged = run_import(db, [path])
    assert (account.read, account.new) == (2, 2)
    assert rows_of(db, "select source, source_uid, title from events order by title") == [
        ("alsace", "1", "alsace"), ("bretagne", "1", "bretagne"),
    ]  # fmt: skip
    assert rows_of(db, "select source from imports") == [("alsace + bretagne",)]
    alone, _staged = run_import(db, [write(tmp_path, f"{header}1;alsace;2014-11-05\n", "alsace.csv")])
    assert alone.unchanged == 1


def test_a_way_of_compressing_that_is_not_read_is_no_damage(tmp_path: Path) -> None:
    path = zipped(tmp_path, {"a.csv": TABLE.format("A") * 20})
    # Deflate64 in place of Deflate, in the header of the file and in the directory: 8 and 10 bytes behind their marks
    content = bytearray(path.read_bytes())
    for mark, behind in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        content[content.index(mark) + behind] = 9
    path.write_bytes(content)
    with pytest.raises(IntakeError, match="n'est pas lue") as failure:
        Stage(path)
    assert "ZIP ordinaire" in str(failure.value)


def test_a_folder_that_a_killed_import_left_is_swept() -> None:
    with scratch.folder() as held:
        left = held.with_name("campaign-intake-abandoned")
        left.mkdir()
        (left / "in-use").touch()
        with scratch.folder():
            assert not left.exists()
            assert held.exists()
