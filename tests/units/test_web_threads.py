"""Pages are drawn by threads whose beginning nobody waits for."""

import threading
import time

import pytest
from streamlit.runtime.scriptrunner import script_runner

from campaign.web import threads
from campaign.web.threads import UnawaitedThread


class WaitedError(Exception):
    """This thread was about to wait."""


def test_a_start_does_not_wait_for_the_thread_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[int] = []
    here, usual = threading.current_thread(), threading.Event.wait

    def refuse(event: threading.Event, timeout: float | None = None) -> bool:
        if threading.current_thread() is here:
            raise WaitedError
        return usual(event, timeout)

    unawaited = UnawaitedThread(target=lambda: ran.append(1), daemon=True)
    awaited = threading.Thread(target=lambda: ran.append(2), daemon=True)
    with monkeypatch.context() as patch:
        patch.setattr(threading.Event, "wait", refuse)
        unawaited.start()
        with pytest.raises(WaitedError):
            awaited.start()
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
