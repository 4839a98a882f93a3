"""A reader's presses, made the moment a page has come, while the server is busy, or while answers are still on their way."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from tests.browser.visit import Visit
from tests.load.crowd import Pace, gather

DELAYS_MS: Final = (0, 50, 100, 200, 400, 800)
LATE_MS: Final = 400
ANSWERED_MS: Final = 30_000

# Every message of the server comes this many milliseconds late, every message to it leaves a quarter of that late.
FAR: Final = """
(() => {
  const late = %d;
  const { prototype } = window.WebSocket;
  const send = prototype.send;
  prototype.send = function (data) { setTimeout(() => send.call(this, data), late / 4); };
  prototype.addEventListener = function (kind, heard, options) {
    const told = kind === "message" ? (event) => setTimeout(() => heard.call(this, event), late) : heard;
    EventTarget.prototype.addEventListener.call(this, kind, told, options);
  };
})();
"""

ANSWERED: Final = """([query, words]) => {
  const found = [...new URLSearchParams(location.search)].map(([name, value]) => `${name}=${value}`).sort().join("&");
  return found === query && document.querySelector("h1.answer")?.innerText.includes(words);
}"""


@dataclass(frozen=True)
class Press:
    """What a reader picks: where, in which control, what, and what address, page and control say afterwards."""

    path: str
    label: str
    option: str
    query: Mapping[str, str]
    words: str
    caption: str | None = None
    kind: str = "list"

    def make(self, visit: Visit, way: str) -> None:
        """Pick, by mouse or keyboard, waiting for nothing that a person would not wait for."""
        control = self.control(visit)
        if self.kind == "text":
            control.click() if way == "mouse" else control.focus()
            visit.page.keyboard.type(self.option)
            visit.page.keyboard.press("Enter")
        elif way == "mouse":
            control.scroll_into_view_if_needed()
            # nobody clicks within the frame in which the sidebar still scrolls, which would close the list again
            visit.page.wait_for_timeout(100)
            control.click()
            visit.page.get_by_role("option", name=self.option, exact=True).click()
        else:
            control.focus()
            visit.page.keyboard.type(self.option)
            visit.page.get_by_role("option", name=self.option, exact=True).wait_for()
            visit.page.keyboard.press("Enter")

    def control(self, visit: Visit) -> Locator:
        """Return the control."""
        if self.kind == "text":
            return visit.page.get_by_label(self.label).first
        return visit.page.get_by_role("combobox", name=self.label, exact=True).first

    def says(self, visit: Visit) -> str:
        """Return what the control shows."""
        if self.kind == "tags":
            return " ".join(visit.page.locator("[data-testid='stMultiSelect']").first.inner_text().split())
        return self.control(visit).input_value()


PRESSES: Final = (
    Press("/", "Région", "Corse", {"region": "94"}, "Corse"),
    Press("/", "Département", "Ain (01)", {"departement": "01"}, "l'Ain"),
    Press("/", "Édition", "2013 (6e édition)", {"edition": "2013"}, "2013"),
    Press("/", "Type", "Conférence", {"type": "conference"}, "", "Type Conférence", kind="tags"),
    Press("/?unit=sessions", "Unité de compte", "Jours", {"unit": "days"}, "jours"),
    Press("/?unit=sessions", "Recherche", "culture", {"unit": "sessions", "q": "culture"}, "", kind="text"),
    Press("/agenda", "Recherche", "culture", {"q": "culture"}, "", kind="text"),
    Press("/agenda", "Autour de", "35000", {"near": "35000"}, "Rennes", "Rennes (35000)", kind="text"),
    Press("/comparer?region=53", "Avec", "Corse", {"region": "53", "with": "94"}, ""),
)


@dataclass
class Account:
    """How many presses were made, and what became of those that were lost."""

    n: int = 0
    lost: list[str] = field(default_factory=list)


def answered(visit: Visit, query: Mapping[str, str], words: str) -> bool:
    """Wait for an address and an answer as long as a patient person; return whether they came."""
    wanted = "&".join(sorted(f"{name}={value}" for name, value in query.items()))
    try:
        visit.page.wait_for_function(ANSWERED, arg=[wanted, words], timeout=ANSWERED_MS)
    except PlaywrightTimeoutError:
        return False
    return True


def is_as(press: Press, label: str, expected: str | None) -> bool:
    """Whether a control shows what it must: some words, or, where None is given, not what was picked."""
    return label == expected if expected else label != (press.caption or press.option)


def shows(visit: Visit, press: Press, expected: str | None) -> bool:
    """Wait for the control to show what it must; return whether it came to. Not every answer tells by itself that it has come."""
    for _turn in range(ANSWERED_MS // 100):
        if is_as(press, press.says(visit), expected):
            return True
        visit.page.wait_for_timeout(100)
    return False


def query_of(visit: Visit) -> dict[str, str]:
    """Return the parameters in the address bar."""
    return {name: ",".join(values) for name, values in parse_qs(urlsplit(visit.address).query).items()}


def press_on_arrival(visit: Visit, press: Press, way: str, delay_ms: int, account: Account) -> None:
    """Load a page, press `delay_ms` after its control was first seen, go back and forward; note what was lost on the way."""
    visit.page.goto(f"{visit.base}{press.path}", wait_until="commit")
    press.control(visit).wait_for()
    visit.page.wait_for_timeout(delay_ms)
    before = dict(parse_qs(urlsplit(press.path).query))
    account.n += 1
    attempt = f"{press.label} = {press.option}, {way}, {delay_ms} ms"
    try:
        press.make(visit, way)
    except PlaywrightTimeoutError as error:
        account.lost.append(f"{attempt}: {str(error)[:200]}")
        return
    for step, wanted, expected in (
        ("pick", press.query, press.caption or press.option),
        ("back", {name: values[0] for name, values in before.items()}, None),
        ("forward", press.query, press.caption or press.option),
    ):
        if step != "pick":
            visit.page.evaluate(f"history.{step}()")
        is_answered = answered(visit, wanted, press.words if expected else "") and shows(visit, press, expected)
        visit.settle()
        visit.page.wait_for_timeout(200)  # a late answer would come now
        label = press.says(visit)
        if not is_answered or not is_as(press, label, expected) or query_of(visit) != wanted:
            account.lost.append(f"{attempt}, {step}: {visit.shown_path} | {label} | {visit.answer[:80]}")
            return


@contextmanager
def busy(url: str, sessions: int) -> Iterator[None]:
    """Keep a server busy with other readers, who each change a filter every two seconds."""
    is_over = threading.Event()

    async def crowd() -> None:
        readers = asyncio.ensure_future(
            gather(f"{url}/", Pace(sessions, seconds=86_400, period_s=2.0), None, are_apart=True)
        )
        while not is_over.is_set():
            await asyncio.sleep(0.2)
        readers.cancel()
        await asyncio.wait([readers])

    thread = threading.Thread(target=lambda: asyncio.run(crowd()), daemon=True)
    if sessions:
        thread.start()
    try:
        yield
    finally:
        is_over.set()
        if sessions:
            thread.join(10)


def rest(visit: Visit) -> None:
    """Wait on a far server until everything that was on its way has come."""
    visit.page.wait_for_timeout(3 * LATE_MS)
    visit.settle()
    visit.page.wait_for_timeout(2 * LATE_MS)
    visit.settle()


def pick(visit: Visit, label: str, option: str) -> None:
    """Pick an option of a list, and do not wait for the answer."""
    visit.page.get_by_role("combobox", name=label, exact=True).first.click()
    visit.page.get_by_role("option", name=option, exact=True).click()


def at_once(*steps: Callable[[], object], pause_ms: int = 60) -> None:
    """Do things one after the other, faster than a far server answers."""
    for step in steps:
        step()
        threading.Event().wait(pause_ms / 1000)
