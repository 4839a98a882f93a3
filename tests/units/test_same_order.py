"""What is drawn and written does not depend on the process that writes it: sets have an order of their own in each."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from campaign.core.settings import ROOT

WRITE = """
from campaign.analysis.figures import gather
from campaign.drawings.catalogue import DRAWINGS, drawing
from campaign.filters import parse
from tests.pages.conftest import draw_page

figures = gather(parse([("edition", "2014")]))
for name in DRAWINGS:
    drawn = drawing(name, figures)
    print(name, drawn.title, drawn.rows)
for key in ("overview", "types", "compare", "regions", "records"):
    print(key, draw_page(key).text)
"""


@pytest.mark.thorough
def test_two_processes_write_the_same(demo_db: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE],
            cwd=ROOT,
            env=os.environ | {"CAMPAIGN_DB": str(demo_db), "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for seed in ("1", "2")
    ]
    written = [process.communicate()[0].splitlines() for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert len(written[0]) > 25
    for one, other in zip(*written, strict=True):
        assert one == other
