"""Readers who each change a filter every few seconds: how long each waits, and what goes wrong."""

import asyncio
import html
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from websockets.exceptions import WebSocketException

from tests.load.reader import PATIENCE_S, Reader, Run

EVERYTHING: Final = ("Toute la France", "Toutes les éditions")
Change = tuple[str, str]  # a list and one of its options


@dataclass(frozen=True)
class Pace:
    """Who comes and how: `period_s` between two changes of a reader, `warm_s` before waits count, then `seconds`."""

    sessions: int
    seconds: float
    period_s: float = 5.0
    warm_s: float = 10.0
    lists: tuple[str, ...] = ("Région", "Édition", "Type")


@dataclass
class Crowd:
    """What a crowd met: waits in seconds from the moment at which a change was due, first loads, errors."""

    waits: list[float] = field(default_factory=list)
    loads: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    n_changes: int = 0


Check = Callable[[Change, Run], str | None]


def named_in_answer(change: Change, run: Run) -> str | None:
    """Return an error unless the page answers for the option that was chosen."""
    option = change[1].split(" (")[0]
    text = html.unescape(run.answer) if run.answer else run.view
    return None if option in text else f"« {option} » n'est pas dans : {text[:200]}"


async def gather(
    address: str,
    pace: Pace,
    check: Check | None = named_in_answer,
    cookies: Sequence[str] = (),
    *,
    are_apart: bool = False,
) -> Crowd:
    """Send a crowd to an address; it comes within one period, and everybody goes on until the time is over.

    `are_apart`: each comes from an address of their own, as readers do (of this machine: Linux has 127.0.0.0/8).
    """
    crowd = Crowd()
    begins = time.perf_counter()
    await asyncio.gather(
        *(
            _one(
                Reader(
                    address,
                    cookie=cookies[number % len(cookies)] if cookies else "",
                    source=f"127.1.{number // 250}.{number % 250 + 1}" if are_apart else "",
                ),
                number,
                pace,
                begins,
                crowd,
                check,
            )
            for number in range(pace.sessions)
        )
    )
    return crowd


async def _one(reader: Reader, number: int, pace: Pace, begins: float, crowd: Crowd, check: Check | None) -> None:
    """Be one reader: come, then change one filter each period. An answer that is late makes the next change late too."""
    chance = random.Random(number)  # noqa: S311  the same choices in each run
    arrival = begins + pace.period_s * number / pace.sessions
    await _until(arrival)
    try:
        async with asyncio.timeout(PATIENCE_S + pace.warm_s + pace.seconds), reader:
            crowd.loads.append((await reader.open()).seconds)
            crowd.errors += reader.run.errors
            counted_from = begins + pace.warm_s
            due = arrival + pace.period_s
            while due < counted_from + pace.seconds:
                await _until(due)
                change = _change(reader, pace, chance)
                run = await reader.choose(*change)
                crowd.errors += run.errors
                wrong = check(change, run) if check else None
                if wrong:
                    crowd.errors.append(wrong)
                crowd.n_changes += 1
                if due >= counted_from:
                    crowd.waits.append(time.perf_counter() - due)
                due += pace.period_s
    except (OSError, TimeoutError, WebSocketException) as error:
        crowd.errors.append(f"{type(error).__name__}: {error}")


def _change(reader: Reader, pace: Pace, chance: random.Random) -> Change:
    label = chance.choice([name for name in pace.lists if name in reader.run.lists])
    return label, chance.choice([option for option in reader.run.lists[label].options if option not in EVERYTHING])


async def _until(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - time.perf_counter()))
