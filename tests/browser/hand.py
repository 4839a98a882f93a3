"""A reader's hand, whose actions are counted: presses, typed texts, and screens scrolled."""

import math
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator

from tests.browser.visit import Visit


@dataclass
class Hand:
    """A reader's hand: counts what it does. What is out of sight is scrolled to first, a screen at a time."""

    visit: Visit
    n_actions: int = 0

    def see(self, target: Locator) -> Locator:
        """Bring a part of the page into sight."""
        target.wait_for(state="visible")
        box, window = target.bounding_box(), self.visit.page.viewport_size
        assert box is not None
        assert window is not None
        beyond = max(box["y"] + min(box["height"], 40) - window["height"], -box["y"], 0)
        self.n_actions += math.ceil(beyond / window["height"])
        target.scroll_into_view_if_needed()
        return target

    def press(self, target: Locator, *, is_answered: bool = True) -> None:
        """Press something, and wait for the page's answer if it has one."""
        self.see(target)
        self.n_actions += 1
        if is_answered:
            self.visit.act(target.click)
        else:
            target.click()

    def type(self, target: Locator, text: str) -> None:
        """Write into a field, and press Enter."""
        self.see(target).click()
        self.n_actions += 1
        self.visit.page.keyboard.type(text)
        self.visit.act(lambda: self.visit.page.keyboard.press("Enter"))

    def give(self, target: Locator, file: Path) -> None:
        """Choose a file: the button of the field and the file count as one action."""
        self.n_actions += 1
        target.set_input_files(str(file))
