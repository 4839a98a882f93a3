"""Heads of requests: bounded, and no cookie that holds everybody up; addresses of ours that are no pages keep their conditions."""

import asyncio
import time

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import Message

from campaign import web
from campaign.web import shell
from campaign.web.heads import ADDRESS_BYTES, HEADERS_BYTES, Heads


async def cookies(request: Request) -> JSONResponse:
    """Answer the cookies as they are read."""
    return JSONResponse(request.cookies)


def get(address: str, headers: dict[str, str]) -> httpx.Response:
    """Ask an application that reads its cookies."""
    application = Starlette(routes=[Route("/", cookies)], middleware=[Middleware(Heads)])

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(application), base_url="http://example.org"
        ) as client:
            return await client.get(address, headers=headers)

    return asyncio.run(ask())


def test_a_cookie_that_takes_long_to_read_is_not_read() -> None:
    bomb = "\\" * 30_000
    begun = time.thread_time()
    answer = get("/", {"Cookie": f'before=1; bomb="{bomb}"; after="2"; short="\\141"'})
    assert answer.json() == {"before": "1", "after": "2"}
    assert time.thread_time() - begun < 0.5  # more than a second where it is read


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("/?q=" + "a" * (ADDRESS_BYTES - 10), {}, 200),
        ("/?q=" + "a" * ADDRESS_BYTES, {}, 414),
        ("/" + "a" * ADDRESS_BYTES, {}, 414),
        ("/", {"X-Long": "a" * (HEADERS_BYTES - 1000)}, 200),
        ("/", {"X-Long": "a" * HEADERS_BYTES}, 431),
        ("/", {f"X-{n}": "a" for n in range(8000)}, 431),
    ],
)
def test_heads_are_bounded(address: str, headers: dict[str, str], status: int) -> None:
    answer = get(address, headers)
    assert answer.status_code == status
    if status != 200:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]


def test_sessions_are_refused_alike() -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "websocket", "path": "/", "query_string": b"a" * ADDRESS_BYTES, "headers": [],
        "extensions": {"websocket.http.response": {}},
    }  # fmt: skip
    asyncio.run(Heads(Starlette())(scope, receive, send))
    assert sent[0]["status"] == 414


def test_every_request_goes_through_it() -> None:
    order = [each.cls for each in web.middleware()]
    assert order.index(Heads) == 1  # after what names the answer's own headers; before what keeps addresses


def test_no_address_of_ours_is_taken_for_a_page() -> None:
    """A page's conditions are not passed on: what is none would be made and sent anew each time."""
    for route in web.routes():
        path = getattr(route, "path", "")
        if path and path != "/":
            example = path.replace("{rest:path}", "x").replace("{", "").replace("}", "")
            assert shell.PASSED.match(example) or shell.ICONS.fullmatch(example), path
