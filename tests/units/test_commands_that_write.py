"""Where the system refuses to write, every command says so in a sentence: no trace, nothing left over."""

import errno
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import typer
from typer.testing import CliRunner

from campaign.cli import app
from campaign.core.errors import WriteError
from campaign.core.files import reason, whole_file, write_whole
from campaign.core.settings import settings

# What each command needs before the name of what it writes, and what it is called.
WRITERS: Final = {
    "archive": ("archive", "--edition", "2014", "--out"),
    "backup": ("backup",),
    "bilan": ("bilan", "--edition", "2014", "--region", "53", "--out"),
    "check": ("check", "--out"),
    "corrections export": ("corrections", "export", "--out"),
    "digest": ("digest", "--edition", "2014", "--out"),
    "export": ("export", "--format", "csv", "--out"),
    "import --report": ("import", "{csv}", "--dry-run", "--report"),
    "import --save-mapping": ("import", "{csv}", "--dry-run", "--save-mapping"),
    "kit": ("kit", "--edition", "2014", "--region", "53", "--out"),
    "profile new": ("profile", "new"),
    "programme": ("programme", "--edition", "2014", "--region", "53", "--out"),
    "template": ("template",),
}
WRITTEN: Final = {"--out", "--report", "--save-mapping", "target", "out_file"}
CSV: Final = "titre,date,commune\nAtelier,2014-11-05,Rennes\n"


def commands(command: Any, name: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Yield each command of the line with its name."""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield " ".join(name), command
        return
    for word, one in inner.items():
        yield from commands(one, (*name, word))


@pytest.fixture(scope="module")
def own_db(hand_made_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of this module's: a command that reads an import leaves its lock beside it."""
    return Path(shutil.copy(hand_made_db, tmp_path_factory.mktemp("own") / "events.duckdb"))


def test_every_command_that_writes_is_tried() -> None:
    writers = {
        name if option in {"--out", "target", "out_file"} else f"{name} {option}"
        for name, command in commands(typer.main.get_command(app))
        for parameter in command.params
        for option in parameter.opts
        if option in WRITTEN
    }
    assert writers | {"profile new"} == WRITERS.keys()


@pytest.mark.parametrize("name", WRITERS)
def test_a_refusal_is_a_sentence(name: str, own_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "db", own_db)
    (tmp_path / "events.csv").write_text(CSV, "utf-8")
    (tmp_path / "file").write_text("a file, and no folder", "utf-8")
    before = sorted(tmp_path.rglob("*"))
    words = [word.format(csv=tmp_path / "events.csv") for word in WRITERS[name]]
    result = CliRunner().invoke(app, [*words, str(tmp_path / "file" / "inside")])
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    words_printed = " ".join(result.output.split())
    assert "est un fichier" in words_printed or "un fichier y porte ce nom" in words_printed
    assert "Traceback" not in words_printed
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "file").read_text("utf-8") == "a file, and no folder"


@pytest.mark.matrix(every=2)
@pytest.mark.parametrize("words", [("export", "--format", "csv"), ("history",)])
def test_a_full_disk_behind_standard_output_is_a_sentence(words: tuple[str, ...], hand_made_db: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "campaign.cli", *words, "--db", str(hand_made_db)],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert result.returncode == 1
    assert "le disque est plein" in result.stderr
    assert "Traceback" not in result.stderr


def test_what_stood_there_stays_until_all_is_written(tmp_path: Path) -> None:
    target = tmp_path / "kept.txt"
    target.write_text("before", "utf-8")
    with pytest.raises(TypeError), whole_file(target) as file:
        file.writelines([b"half", "and no bytes"])  # type: ignore[list-item]
    assert target.read_text("utf-8") == "before"
    assert list(tmp_path.iterdir()) == [target]
    write_whole(target, "après")
    assert target.read_text("utf-8") == "après"


def test_a_folder_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="c'est un dossier"):
        write_whole(tmp_path, b"")
    assert list(tmp_path.parent.glob(f"{tmp_path.name}.*")) == []


def test_reasons_are_french() -> None:
    assert str(reason(OSError(errno.ENOSPC, "No space left on device"))) == "le disque est plein"
    assert reason(OSError(errno.EXDEV, "Invalid cross-device link")) == "Invalid cross-device link"
