"""Which tests of the browser go to one worker."""

import re

import pytest

from campaign.core.settings import ROOT
from tests.browser.conftest import OWN_SERVERS, together

AT = "tests/browser/"


@pytest.mark.parametrize(
    ("one", "other", "is_together"),
    [
        ("test_tasks.py::test_a[x]", "test_tasks.py::test_b", True),
        ("test_pages_draw.py::test_a_page_asks_no_other_host[map]", "test_language.py::test_no_english_is_left_in_french[map]", True),
        ("test_pages_draw.py::test_a_page_asks_no_other_host[map]", "test_pages_draw.py::test_a_page_is_named_in_french[pace]", False),
        ("test_filters.py::test_a", "test_filters.py::test_b", False),
    ],
)  # fmt: skip
def test_tests_that_share_something_dear_stay_together(one: str, other: str, is_together: bool) -> None:
    assert (together(AT + one) == together(AT + other)) is is_together


def test_files_that_serve_are_known() -> None:
    serving = {
        path.name
        for path in (ROOT / "tests" / "browser").glob("test_*.py")
        if re.search(r"\bwith serving\(", path.read_text("utf-8"))
    }
    assert serving == OWN_SERVERS
