"""What a wheel holds besides code, so that it serves from any folder: all that stands in a checkout, inside the package.

Code goes where it stands; the files between it (SQL, templates, fonts, texts) too; what stands beside the package (pages, queries,
data, assets, dashboard.py and Streamlit's settings) goes to `campaign/app`, which campaign/core/settings.py takes for the
checkout. What .gitignore leaves out is somebody's own and goes nowhere.
"""

import shutil
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
BESIDE = ("dashboard.py", ".streamlit", "assets", "data", "pages", "queries")


def kept(place: Path, ignored: list[str]) -> Iterator[Path]:
    """Yield the files at a place, without those that .gitignore leaves out: by name, or by path where a pattern has a slash."""
    relative = place.relative_to(ROOT).as_posix()
    if any(fnmatch(relative if "/" in each.rstrip("/") else place.name, each.strip("/")) for each in ignored):
        return
    if place.is_dir():
        for each in sorted(place.iterdir()):
            yield from kept(each, ignored)
    else:
        yield place


class BuildWithFiles(build_py):
    """Builds the package with its files; an editable installation reads them in the checkout."""

    def run(self) -> None:
        """Build afresh: what an earlier build left in the folder would go into the wheel too."""
        if self.editable_mode:
            super().run()
            return
        target = Path(self.build_lib) / "campaign"
        shutil.rmtree(target, ignore_errors=True)
        super().run()
        ignored = (ROOT / ".gitignore").read_text("utf-8").split()
        for name in ("campaign", *BESIDE):
            folder = target.parent if name == "campaign" else target / "app"
            for path in kept(ROOT / name, ignored):
                copy = folder / path.relative_to(ROOT)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)


setup(cmdclass={"build_py": BuildWithFiles})
