"""Other Pythons are found where they run, not where a shim of pyenv only tells of them."""

import sys
from pathlib import Path

import pytest

from tests import pythons

OWN = f"{sys.version_info[0]}.{sys.version_info[1]}"


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def test_a_shim_that_does_not_run_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path / "shims" / f"python{OWN}", "exit 127")
    program(tmp_path / "versions" / "2.7.18" / "bin" / "python", "echo 2.6")
    wanted = program(tmp_path / "versions" / f"{OWN}.99" / "bin" / "python", f'exec {sys.executable} "$@"')
    monkeypatch.setenv("PATH", str(tmp_path / "shims"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    assert pythons.find(OWN) == wanted
    assert pythons.find("2.7") is None  # another than its folder says


def test_what_is_not_there_is_said_and_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert pythons.main(["3.99"]) == 0
    assert "3.99: not on this machine" in capsys.readouterr().out
