"""docs/reference.md is what `make reference` writes."""

import pytest

from campaign.core.settings import settings
from tools import reference


@pytest.fixture(autouse=True)
def without_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read no event file: the reference is the same whatever stands in `data`."""
    monkeypatch.setattr(settings(), "db", reference.ROOT / "nowhere.duckdb")


def test_it_is_what_the_code_gives() -> None:
    assert reference.FILE.read_text("utf-8") == reference.document(), "run `make reference`"


def test_a_row_that_says_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="--new: nothing says"):
        reference.table(("option", "dit"), [("--new", "")])


def test_an_address_without_a_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        reference, "ADDRESSES", {path: of for path, of in reference.ADDRESSES.items() if path != "/metrics"}
    )
    with pytest.raises(ValueError, match="/metrics"):
        reference.document()
