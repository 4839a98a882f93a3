"""The report of `make coverage` names each module, and fails for one that too little of ran."""

import json
from pathlib import Path

import pytest

from tests import covered


def report(**percents: float) -> dict[str, object]:
    files = {
        f"campaign/{name}.py": {"summary": {"percent_covered": percent, "num_statements": 10}}
        for name, percent in percents.items()
    }
    files["campaign/__init__.py"] = {"summary": {"percent_covered": 0.0, "num_statements": 0}}
    return {"files": files, "totals": {"percent_covered": 90.0}}


@pytest.mark.parametrize(("share", "below"), [(84.9, 1), (85.0, 0)])
def test_a_module_below_the_least_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], share: float, below: int
) -> None:
    path = tmp_path / "coverage.json"
    path.write_text(json.dumps(report(a=share, b=100.0)), "utf-8")
    assert covered.main(path) == below
    printed = capsys.readouterr().out
    assert ("campaign/a.py  <--" in printed) is bool(below)
    assert printed.index("campaign/b.py") < printed.index("campaign/a.py")
    assert "campaign/__init__.py" not in printed
