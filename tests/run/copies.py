"""Copies of the checkout as somebody else has it, and environments that hold what is named and not this project."""

import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import Final

from campaign.core.settings import ROOT

LEFT: Final = shutil.ignore_patterns(
    ".git",
    ".venv",
    ".*_cache",
    ".coverage",
    "build",
    "__pycache__",
    "*.egg-info",
    "campaign*.duckdb*",
    "lake",
    "screenshots",
)

# What must not be in a wheel: event files and files imported, compiled code, and what an earlier build left.
OWN: Final = ("data/campaign.duckdb", "data/imports/a.csv", "campaign/core/left.pyc", "build/lib/campaign/gone.py")


def checkout(folder: Path) -> Path:
    """Return a copy of the repository's own files in that folder."""
    shutil.copytree(ROOT, folder, ignore=LEFT, dirs_exist_ok=True)
    return folder


def environment(folder: Path) -> Path:
    """Return the Python of an environment that holds the installed libraries, and not this project."""
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    (site,) = folder.glob("lib/python*/site-packages")
    # A folder that a .pth file names is searched, but its own .pth files (the editable installation) are not read.
    libraries = next(path for path in map(Path, sys.path) if path.name == "site-packages")
    (site / "libraries.pth").write_text(f"{libraries}\n", "utf-8")
    missing = subprocess.run([python, "-P", "-c", "import campaign"], cwd=folder, capture_output=True, check=False)
    assert missing.returncode == 1, "the environment must not hold the project"
    assert b"No module named 'campaign'" in missing.stderr
    return python


def wheel(folder: Path) -> Path:
    """Build the wheel from a copy of the checkout in which somebody has worked, and return it."""
    source = checkout(folder / "source")
    for name in OWN:
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text("", "utf-8")
    return _built(source, folder)


def sources(folder: Path) -> Path:
    """Build an archive of the sources from a copy of the checkout, unpack it elsewhere and return where."""
    source = checkout(folder / "source")
    archives, unpacked = folder / "archives", folder / "unpacked"
    code = "import sys; from setuptools import build_meta; build_meta.build_sdist(sys.argv[1])"
    subprocess.run([sys.executable, "-c", code, archives], cwd=source, check=True, capture_output=True)
    (archive,) = archives.glob("campaign-*.tar.gz")
    shutil.unpack_archive(archive, unpacked, filter="data")
    (inside,) = unpacked.iterdir()
    return inside


def wheel_of_sources(folder: Path) -> Path:
    """Build the wheel from an archive of the sources, and return it."""
    return _built(sources(folder), folder / "built")


def _built(source: Path, folder: Path) -> Path:
    """Build the wheel of a folder of sources into another one, and return it."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        folder,
        source,
    ]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("campaign-*.whl")
    return built
