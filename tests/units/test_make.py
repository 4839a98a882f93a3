"""The README's test command runs every test that there is."""

import re

from campaign.core.settings import ROOT


def test_every_folder_of_tests_is_run_once() -> None:
    recipe = (ROOT / "Makefile").read_text("utf-8").split("\ntest:")[1].split("\n\n")[0]
    named = re.findall(r"tests/(\w+)", recipe)
    there = sorted({path.parent.name for path in (ROOT / "tests").glob("*/test_*.py")})
    assert sorted(named) == there


def test_every_target_that_is_listed_is_named_in_the_readme() -> None:
    makefile, readme = ((ROOT / name).read_text("utf-8") for name in ("Makefile", "README.md"))
    for target in ("run", "test", "test-all", "coverage", "lint", "bench", "faults", "load"):
        assert re.search(rf"^{target}:.*## ", makefile, re.MULTILINE)
        assert re.search(rf"`?make {target}\b", readme)
