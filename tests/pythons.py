"""The tests of units and queries on every other Python that is there: `python -m tests.pythons [VERSION…] [-- pytest's options]`.

Each has an environment of its own inside the first, `.venv/python3.12`, made from the same locks. A version that is not on this machine
is said and left out.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
VERSIONS: Final = ("3.12", "3.13", "3.14")  # beside the oldest, 3.11, on which everything else runs
TESTS: Final = ("tests/units", "tests/queries")
LOCKS: Final = ("requirements.lock", "requirements-dev.lock")


def candidates(version: str) -> list[Path]:
    """Return where a Python may be: on the path, then among pyenv's."""
    on_path = [Path(folder) / f"python{version}" for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    return [*on_path, *sorted(pyenv.glob(f"{version}.*/bin/python"), reverse=True)]


def find(version: str) -> Path | None:
    """Return a Python of that version that runs (a shim of pyenv may not), or None."""
    for path in candidates(version):
        if not path.is_file():
            continue
        result = subprocess.run(
            [path, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if result.returncode == 0 and result.stdout.strip() == version:
            return path
    return None


def environment(python: Path, version: str) -> Path:
    """Return the Python of an environment that holds the locks and this checkout, made anew when a lock has changed."""
    folder = ROOT / ".venv" / f"python{version}"
    own, stamp = folder / "bin" / "python", folder / "made"
    newest = max((ROOT / name).stat().st_mtime for name in (*LOCKS, "pyproject.toml"))
    if stamp.is_file() and stamp.stat().st_mtime >= newest:
        return own
    subprocess.run([python, "-m", "venv", "--clear", folder], check=True)
    pip = [own, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for lock in LOCKS:
        subprocess.run([*pip, "--require-hashes", "-r", ROOT / lock], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT], check=True)
    stamp.touch()
    return own


def main(given: list[str]) -> int:
    """Run the tests on each version; return 1 if any failed."""
    cut = given.index("--") if "--" in given else len(given)
    wanted, options = given[:cut] or list(VERSIONS), given[cut + 1 :]
    failed = []
    for version in wanted:
        python = find(version)
        if python is None:
            print(f"Python {version}: not on this machine, not tried.")
            continue
        own = environment(python, version)
        print(f"Python {version} ({python}):", flush=True)
        tests = [] if any(option.startswith("tests/") for option in options) else TESTS
        if subprocess.run([own, "-m", "pytest", *options, *tests], cwd=ROOT, check=False).returncode:
            failed.append(version)
    if failed:
        print(f"Failed on Python {', '.join(failed)}.")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
