"""What a reader picks is never lost and never undone: right after loading, on a busy server, before the last answer has come.

PRESSES=200 presses 200 times, half of them on a busy server, and prints how many were lost.
"""

import itertools
import os
from urllib.parse import urlsplit

import pytest

from tests import samples
from tests.browser.conftest import Tabs, Visits
from tests.browser.presses import (
    DELAYS_MS,
    FAR,
    LATE_MS,
    PRESSES,
    Account,
    Press,
    at_once,
    busy,
    pick,
    press_on_arrival,
    query_of,
    rest,
)
from tests.browser.server import Server
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser
N = int(os.environ.get("PRESSES") or 0)


def one_of_each() -> list[Press]:
    """Return one press of each kind of control of each page, each third one, the others on other days."""
    one = {(urlsplit(press.path).path, press.kind): press for press in PRESSES}
    return list(one.values())[int(os.environ["TESTS_DAY"]) % 3 :: 3]


@pytest.mark.parametrize("sessions", [0, 12] if N else [0], ids=lambda n: f"{n} others")
def test_no_press_on_arrival_is_lost(
    tabs: Tabs, server: Server, sessions: int, capsys: pytest.CaptureFixture[str]
) -> None:
    account = Account()
    ways = ("mouse", "keyboard")
    presses = PRESSES if N or samples.is_full else one_of_each()
    turns = zip(
        itertools.cycle(presses), itertools.cycle(DELAYS_MS[::-1] + DELAYS_MS), itertools.cycle(ways), strict=False
    )
    with busy(server.url, sessions):
        for press, delay_ms, way in itertools.islice(turns, (N + 1) // 2 or len(presses)):
            visit = tabs.take(server.url)
            press_on_arrival(visit, press, way, delay_ms, account)
            tabs.give_back(visit)
    if N:
        with capsys.disabled():
            print(f"\n{sessions} others: lost {len(account.lost)} of {account.n}")
    assert not account.lost, "\n".join(account.lost)


@pytest.mark.matrix(every=3, first=1)
@pytest.mark.parametrize("pause_ms", [0, 100, 250])
def test_a_press_right_after_scrolling_a_list_counts(visit: Visit, pause_ms: int) -> None:
    visit.open("/")
    visit.page.get_by_role("combobox", name="Région").click()
    option = visit.page.get_by_role("option", name="Bretagne", exact=True)
    option.wait_for()
    visit.rest()
    box = visit.page.get_by_role("listbox").bounding_box()
    assert box is not None
    mouse = visit.page.mouse
    mouse.move(box["x"] + 60, box["y"] + 140)
    mouse.wheel(0, 60)
    visit.page.wait_for_function("() => document.querySelector('[role=listbox]:not(#ask-answers)').scrollTop >= 60")
    visit.page.wait_for_timeout(pause_ms)
    mouse.down()
    visit.page.wait_for_timeout(60)
    mouse.up()
    visit.page.wait_for_function("() => location.search.startsWith('?region=')")


@pytest.fixture
def far(visits: Visits) -> Visit:
    """A tab whose server is far away."""
    visit = visits()
    visit.change(FAR % LATE_MS)
    return visit


def ends(visit: Visit, query: dict[str, str], *, answer: str = "", **lists: str) -> None:
    """Wait until the address, lists of the sidebar and the answer are as they must be, and see that nothing late changes them."""

    def look() -> None:
        assert query_of(visit) == query
        for label, value in lists.items():
            field = visit.page.get_by_role("combobox", name=label, exact=True).first
            assert (label, field.input_value()) == (label, value)
        assert answer in visit.answer.replace("\u2019", "'")

    visit.page.keyboard.press("Escape")  # a list of several stays open, and hides all else from who cannot see
    visit.eventually(look)
    rest(visit)
    look()


@pytest.mark.in_turn
def test_quick_picks_all_count(far: Visit) -> None:
    far.open("/")
    at_once(
        lambda: pick(far, "Région", "Corse"),
        lambda: pick(far, "Édition", "2013 (6e édition)"),
        lambda: pick(far, "Type", "Conférence"),
    )
    query = {"region": "94", "edition": "2013", "type": "conference"}
    ends(far, query, answer="Corse", Région="Corse", Édition="2013 (6e édition)")
    assert "2013" in far.answer


@pytest.mark.thorough
def test_the_later_of_two_picks_of_a_list_counts(far: Visit) -> None:
    far.open("/")
    at_once(lambda: pick(far, "Région", "Alsace"), lambda: pick(far, "Région", "Corse"))
    ends(far, {"region": "94"}, answer="Corse", Région="Corse")


@pytest.mark.thorough
def test_a_departement_is_understood_though_its_list_was_cut_meanwhile(far: Visit) -> None:
    far.open("/")
    at_once(lambda: pick(far, "Région", "Corse"), lambda: pick(far, "Département", "Ain (01)"))
    ends(far, {"departement": "01"}, answer="l'Ain", Région="Toute la France", Département="Ain (01)")


@pytest.mark.in_turn
def test_a_pick_after_back_brings_nothing_back(far: Visit) -> None:
    far.open("/")
    pick(far, "Région", "Corse")
    rest(far)
    at_once(lambda: far.evaluate("history.back()"), lambda: pick(far, "Édition", "2013 (6e édition)"))
    ends(far, {"edition": "2013"}, Région="Toute la France", Édition="2013 (6e édition)")
    assert "Corse" not in far.answer


@pytest.mark.thorough
@pytest.mark.parametrize("option", ["Alsace", "Corse"])
def test_a_pick_of_the_list_that_back_has_just_changed_counts(far: Visit, option: str) -> None:
    far.open("/")
    pick(far, "Région", "Corse")
    rest(far)
    at_once(lambda: far.evaluate("history.back()"))
    if option == "Corse":  # it cannot be picked where it still stands
        rest(far)
    pick(far, "Région", option)
    ends(far, {"region": {"Alsace": "42", "Corse": "94"}[option]}, answer=option, Région=option)


@pytest.mark.thorough
def test_back_and_forward_at_once_show_what_they_arrive_at(far: Visit) -> None:
    far.open("/")
    pick(far, "Région", "Corse")
    rest(far)
    at_once(lambda: far.evaluate("history.back()"), lambda: far.evaluate("history.forward()"))
    ends(far, {"region": "94"}, answer="Corse", Région="Corse")


@pytest.mark.in_turn
def test_back_before_the_answer_shows_the_view_before(far: Visit) -> None:
    far.open("/")
    pick(far, "Édition", "2013 (6e édition)")
    rest(far)
    at_once(lambda: pick(far, "Région", "Corse"), lambda: far.evaluate("history.back()"))
    ends(far, {}, answer="2014", Région="Toute la France", Édition="2014 (7e édition)")
    assert "Corse" not in far.answer


@pytest.mark.in_turn
def test_a_link_before_the_answer_takes_the_pick_along(far: Visit) -> None:
    far.open("/")
    at_once(
        lambda: pick(far, "Région", "Corse"), lambda: far.page.locator(".menu a", has_text="Types").click(), pause_ms=20
    )
    ends(far, {"region": "94"}, Région="Corse")
    assert far.shown_path.startswith("/types")
    assert "1\u202f700" not in far.answer


@pytest.mark.in_turn
def test_a_chip_taken_off_before_the_answer_takes_only_its_own_away(far: Visit) -> None:
    far.open("/?region=94&type=conference")
    at_once(
        lambda: pick(far, "Édition", "2013 (6e édition)"), lambda: far.page.locator(".chip", has_text="Corse").click()
    )
    query = {"edition": "2013", "type": "conference"}
    ends(far, query, Région="Toute la France", Édition="2013 (6e édition)")


@pytest.mark.thorough
def test_a_pick_after_a_chip_brings_nothing_back(far: Visit) -> None:
    far.open("/?region=94&type=conference")
    at_once(
        lambda: far.page.locator(".chip", has_text="Corse").click(), lambda: pick(far, "Édition", "2013 (6e édition)")
    )
    query = {"edition": "2013", "type": "conference"}
    ends(far, query, Région="Toute la France", Édition="2013 (6e édition)")
