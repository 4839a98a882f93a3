"""Few pages are drawn at once, fewer of one client; who waits is served when another one ends."""

import threading

from campaign.view.frame.turns import Turns
from tests.units.conftest import eventually


def test_one_client_leaves_turns_to_the_others() -> None:
    turns = Turns(at_once=3, of_one=2, patience_s=10)
    go = threading.Event()
    drawing: list[str] = []

    def draw(client: str) -> None:
        with turns.turn(client):
            drawing.append(client)
            go.wait(10)

    threads = [threading.Thread(target=draw, args=("a",)) for _turn in range(5)]
    for each in threads:
        each.start()
    eventually(lambda: len(drawing) == 2)
    threads += [threading.Thread(target=draw, args=(client,)) for client in ("b", "c")]
    threads[-2].start()
    eventually(lambda: drawing == ["a", "a", "b"])
    threads[-1].start()
    go.wait(0.1)
    assert drawing == ["a", "a", "b"]
    go.set()
    for each in threads:
        each.join(10)
    assert sorted(drawing) == ["a"] * 5 + ["b", "c"]


def test_nobody_waits_for_ever() -> None:
    turns = Turns(at_once=1, of_one=1, patience_s=0.05)
    with turns.turn("a"), turns.turn("b"):
        pass
