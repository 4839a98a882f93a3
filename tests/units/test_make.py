"""The README's test command runs every test that there is."""

import re

from campaign.core.settings import ROOT


def test_every_folder_of_tests_is_run_once() -> None:
    recipe = (ROOT / "Makefile").read_text("utf-8").split("\ntest:")[1].split("\n\n")[0]
    named = re.findall(r"tests/(\w+)", recipe)
    there = sorted({path.parent.name for path in (ROOT / "tests").glob("*/test_*.py")})
    assert sorted(named) == there


def test_every_target_that_is_listed_is_named_for_contributors() -> None:
    makefile, contributing = ((ROOT / name).read_text("utf-8") for name in ("Makefile", "CONTRIBUTING.md"))
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, flags=re.MULTILINE))
    assert targets > {"run", "test", "test-all", "lint", "bench", "faults", "load", "reference"}
    inner = {"help", "browser", "servers", "clean"}
    assert sorted(target for target in targets - inner if not re.search(rf"`make {target}\b(?!-)", contributing)) == []
