"""Pages are drawn by threads whose beginning nobody waits for."""

import sys
import threading
import time
from collections.abc import Iterator

import pytest
from streamlit.runtime.scriptrunner import script_runner

from campaign.web import threads
from campaign.web.threads import UnawaitedThread


@pytest.fixture
def computing() -> Iterator[None]:
    """Another thread that computes and gives way seldom."""
    usual = sys.getswitchinterval()
    over = threading.Event()

    def compute() -> None:
        while not over.is_set():
            sum(range(1000))

    busy = threading.Thread(target=compute, daemon=True)
    busy.start()
    yield
    over.set()
    busy.join()
    sys.setswitchinterval(usual)


def seconds_to_start(thread: threading.Thread) -> float:
    """Return how long a start takes."""
    begun = time.perf_counter()
    thread.start()
    return time.perf_counter() - begun


def test_a_start_does_not_wait_for_the_thread_to_run(computing: None) -> None:
    ran: list[int] = []
    sys.setswitchinterval(0.5)
    unawaited = UnawaitedThread(target=lambda: ran.append(1), daemon=True)
    assert seconds_to_start(unawaited) < 0.25
    awaited = threading.Thread(target=lambda: ran.append(2), daemon=True)
    assert seconds_to_start(awaited) > 0.25
    sys.setswitchinterval(0.005)
    latest = time.monotonic() + 10
    while len(ran) < 2 and time.monotonic() < latest:
        time.sleep(0.01)
    unawaited.join(10)
    assert sorted(ran) == [1, 2]
    assert not unawaited.is_alive()


def test_runs_of_pages_begin_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script_runner, "threading", threading)
    assert threads.begin_without_waiting()
    assert script_runner.threading.Thread is UnawaitedThread
    assert script_runner.threading.current_thread() is threading.current_thread()
    assert not threads.begin_without_waiting()  # once
