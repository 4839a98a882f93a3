"""The same crowd on the Dash page of the benchmark: what its front end asks for, over HTTP."""

import asyncio
import random
import time
from collections.abc import Iterator
from typing import Any, Final

import httpx

from tests.load.crowd import PATIENCE_S, Crowd, Pace

LISTS: Final = ("region", "type")


async def gather(address: str, pace: Pace) -> Crowd:
    """Send a crowd to the Dash page; it comes and goes on as `crowd.gather` lets it."""
    crowd = Crowd()
    begins = time.perf_counter()
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE_S, limits=limits) as client:
        (callback,) = (await client.get("/_dash-dependencies")).json()
        options = dict(listed((await client.get("/_dash-layout")).json()))
        await asyncio.gather(
            *(_one(client, callback, options, number, pace, begins, crowd) for number in range(pace.sessions))
        )
    return crowd


def listed(part: Any) -> Iterator[tuple[str, list[str]]]:
    """Yield the lists of a layout with the values that they offer, without the one for everything."""
    if isinstance(part, list):
        for each in part:
            yield from listed(each)
    elif isinstance(part, dict):
        props = part.get("props", {})
        if props.get("id") in LISTS:
            yield props["id"], [option["value"] for option in props["options"] if option["value"]]
        yield from listed(props.get("children"))


async def _one(
    client: httpx.AsyncClient,
    callback: dict[str, Any],
    options: dict[str, list[str]],
    number: int,
    pace: Pace,
    begins: float,
    crowd: Crowd,
) -> None:
    """Be one reader, at the same moments as one of ours."""
    chance = random.Random(number)  # noqa: S311  the same choices in each run
    chosen = dict.fromkeys(LISTS, "")
    arrival = begins + pace.period_s * number / pace.sessions
    await asyncio.sleep(max(0.0, arrival - time.perf_counter()))
    counted_from = begins + pace.warm_s
    due = arrival + pace.period_s
    try:
        crowd.loads.append(await _ask(client, callback, chosen, LISTS[0]))
        while due < counted_from + pace.seconds:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            name = chance.choice(LISTS)
            chosen[name] = chance.choice(options[name])
            await _ask(client, callback, chosen, name)
            crowd.n_changes += 1
            if due >= counted_from:
                crowd.waits.append(time.perf_counter() - due)
            due += pace.period_s
    except httpx.HTTPError as error:
        crowd.errors.append(f"{type(error).__name__}: {error}")


async def _ask(client: httpx.AsyncClient, callback: dict[str, Any], chosen: dict[str, str], changed: str) -> float:
    """Ask for the whole page of a choice and return how long it took."""
    begins = time.perf_counter()
    outputs = [
        dict(zip(("id", "property"), each.rsplit(".", 1), strict=True))
        for each in callback["output"].strip(".").split("...")
    ]
    inputs = [{"id": name, "property": "value", "value": value} for name, value in chosen.items()]
    answer = await client.post(
        "/_dash-update-component",
        json={
            "output": callback["output"],
            "outputs": outputs,
            "inputs": inputs,
            "changedPropIds": [f"{changed}.value"],
            "state": [],
        },
    )
    answer.raise_for_status()
    if b'"cards"' not in answer.content:
        raise httpx.DecodingError("no figures in the answer", request=answer.request)
    return time.perf_counter() - begins
