"""Embargo, contact, and the published figures that changed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from campaign import store
from campaign.core.settings import PARIS, settings
from campaign.filters import Filters
from campaign.press.unusual import of_rank, of_share
from campaign.statements import notices
from campaign.statements.press_settings import PressSettings
from tests.kept import demonstration


@pytest.fixture(scope="module", autouse=True)
def small_demo() -> Iterator[None]:
    path = demonstration(2000)
    before = settings().db
    settings().db = path
    with store.snapshot():
        yield
    settings().db = before


def test_an_embargo_is_said_while_it_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(PARIS)
    press = PressSettings(embargo=now + timedelta(days=1), contact="Service de presse")
    monkeypatch.setattr(notices, "press_settings", lambda: press)
    assert notices.embargo().startswith("Sous embargo jusqu'au ")
    assert notices.contact().endswith("Service de presse")
    press.embargo = now - timedelta(days=1)
    assert notices.embargo() == ""


def test_announced_figures_that_a_final_one_replaced_are_listed() -> None:
    changes = {(c.edition, c.old, c.new) for c in notices.corrections(Filters())}
    assert any(edition == 2011 and "500" in old and "732" in new for edition, old, new in changes)
    assert all(edition != 2014 for edition, _old, _new in changes)  # its headline is itself an announcement


def test_rarity_is_in_bits() -> None:
    assert of_rank(1, 32) == of_rank(32, 32) == 5
    assert of_rank(14, 27) < 1
    assert of_share(5, 10, 0.5) < 1 < of_share(10, 10, 0.5) == 10
    assert of_share(0, 0, 0.5) == 0
