"""Few pages of one client are drawn at once, and the others do not wait for it; who waits is served when another one ends."""

import threading

from campaign.view.frame.turns import Turns
from tests.units.conftest import eventually


def test_one_client_leaves_turns_to_the_others() -> None:
    turns = Turns(of_one=2, patience_s=10)
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
    for each in threads[-2:]:
        each.start()
    eventually(lambda: sorted(drawing) == ["a", "a", "b", "c"])
    go.wait(0.1)
    assert len(drawing) == 4
    go.set()
    for each in threads:
        each.join(10)
    assert sorted(drawing) == ["a"] * 5 + ["b", "c"]


def test_nobody_waits_for_ever() -> None:
    turns = Turns(of_one=1, patience_s=0.05)
    with turns.turn("a"), turns.turn("a"):
        pass
