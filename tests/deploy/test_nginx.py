"""Behind nginx: a reader stays on a node; a node may die or be restarted, and the file be replaced, under load."""

import asyncio
import http.client
import os
import shutil
import signal
import sys
from pathlib import Path

import httpx
import pytest

from campaign.publish import demonstration
from tests.browser.server import ROOT
from tests.deploy.audience import Audience, expected
from tests.deploy.nodes import Cluster, wait
from tests.kept import make_once


@pytest.mark.in_turn
def test_a_reader_stays_on_one_node_and_readers_are_spread(behind_nginx: Cluster) -> None:
    nodes = set()
    for _number in range(12):
        with httpx.Client(base_url=behind_nginx.url) as client:
            name = client.get("/").cookies["campaign_node"]
            for path in ("/regions", "/_stcore/health", "/_stcore/host-config", "/types"):
                assert "set-cookie" not in client.get(path).headers or path == "/_stcore/health"
        assert behind_nginx.has_logged(name, " /types")
        nodes_of_reader = behind_nginx.nodes_of(name)
        assert len(nodes_of_reader) == 1
        nodes.update(nodes_of_reader)
    assert len(nodes) > 1


def test_a_cookie_that_is_not_ours_is_replaced(behind_nginx: Cluster) -> None:
    answer = httpx.get(f"{behind_nginx.url}/", headers={"Cookie": "campaign_node=x; Domain=evil"})
    assert len(answer.cookies["campaign_node"]) == 32


@pytest.mark.parametrize("path", ["/api/v1/counts.json", "/badge/france.svg", "/assets/campaign.css", "/healthz"])
def test_only_pages_give_a_cookie(behind_nginx: Cluster, path: str) -> None:
    answer = httpx.get(f"{behind_nginx.url}{path}", timeout=60)  # the first of its kind may start a process
    assert answer.status_code == 200
    assert "campaign_node" not in answer.headers.get("set-cookie", "")


def test_files_are_kept_compressed_as_each_browser_takes_them(behind_nginx: Cluster) -> None:
    address = f"{behind_nginx.url}/assets/campaign.css?v=1"
    for accepted, encoding in (("gzip, br", "br"), ("gzip", "gzip"), ("identity", None), ("gzip, br", "br")):
        answer = httpx.get(address, headers={"Accept-Encoding": accepted})
        assert answer.headers.get("content-encoding") == encoding
        assert "immutable" in answer.headers["cache-control"]
        assert answer.text.startswith("/*")
    assert behind_nginx.has_logged(" HIT ", "/assets/campaign.css?v=1")


def test_an_upload_beyond_the_limit_is_refused_before_it_is_read(behind_nginx: Cluster) -> None:
    connection = http.client.HTTPConnection(behind_nginx.url.removeprefix("http://"), timeout=60)
    connection.putrequest("PUT", "/_stcore/upload_file/a/b")
    connection.putheader("Content-Length", str(52 * 1024 * 1024))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


@pytest.mark.in_turn
def test_readers_of_a_killed_node_come_back_on_another_with_the_same_view(behind_nginx: Cluster) -> None:
    async def run() -> tuple[Audience, dict[str, str], int]:
        views = await expected(behind_nginx.url)
        audience = Audience(behind_nginx.url)
        killed = 0

        async def kill() -> None:
            nonlocal killed
            killed = int(behind_nginx.nodes_of(audience.names[0])[0].rpartition(":")[2])
            await asyncio.to_thread(behind_nginx.end, killed, signal.SIGKILL)
            await asyncio.sleep(2)

        await audience.while_reading(kill)
        return audience, views, killed

    audience, views, killed = asyncio.run(run())
    on_it = {name for name in audience.names if behind_nginx.nodes_of(name)[0].endswith(f":{killed}")}
    behind_nginx.start(killed)
    wait(f"http://127.0.0.1:{killed}/healthz", behind_nginx.folder / f"{killed}.log")
    assert audience.errors == []
    assert set(audience.statuses) == {200}
    assert set(audience.cut_off) == on_it
    assert all(len(behind_nginx.nodes_of(name)) >= 2 for name in on_it)
    assert audience.returns
    assert all(view == views[query] for query, view in audience.returns if query)
    assert all(view == views[query] for query, view in audience.views if query)


@pytest.mark.thorough
def test_a_file_published_under_load_gives_no_error_and_no_mixed_page(behind_nginx: Cluster) -> None:
    written = make_once("demo_other", lambda at: demonstration.write(at / "campaign.duckdb", n_events=2600, seed=7))
    other = shutil.copy(written / "campaign.duckdb", behind_nginx.folder / "other.duckdb")

    async def run() -> tuple[Audience, dict[str, str], dict[str, str]]:
        before = await expected(behind_nginx.url)
        audience = Audience(behind_nginx.url)

        async def publish() -> None:
            await asyncio.to_thread(os.replace, other, behind_nginx.db)

        await audience.while_reading(publish)
        return audience, before, await expected(behind_nginx.url)

    audience, before, after = asyncio.run(run())
    assert audience.errors == []
    assert set(audience.statuses) == {200}
    assert not audience.cut_off
    assert all(before[query] != after[query] for query in before)
    seen = {"before": 0, "after": 0, "mixed": 0}
    for query, view in audience.views:
        seen["before" if view == before[query] else "after" if view == after[query] else "mixed"] += 1
    assert seen["mixed"] == 0
    assert seen["before"]
    assert seen["after"]


@pytest.mark.thorough
def test_nodes_are_restarted_one_after_the_other_without_an_error(behind_nginx: Cluster, tmp_path: Path) -> None:
    restart = tmp_path / "restart"
    restart.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -m tests.deploy.nodes "{behind_nginx.folder}" "{behind_nginx.db}" "$1"\n',
        "utf-8",
    )
    restart.chmod(0o755)

    async def run() -> tuple[Audience, dict[str, str]]:
        views = await expected(behind_nginx.url)
        audience = Audience(behind_nginx.url)

        async def roll() -> None:
            process = await asyncio.create_subprocess_exec(
                ROOT / "deploy" / "rolling-restart",
                *(str(port) for port in behind_nginx.ports),
                cwd=ROOT,
                env={**os.environ, "CAMPAIGN_RESTART": str(restart), "CAMPAIGN_PAUSE": "2"},
            )
            assert await process.wait() == 0

        await audience.while_reading(roll)
        return audience, views

    audience, views = asyncio.run(run())
    assert audience.errors == []
    assert set(audience.statuses) == {200}
    assert audience.cut_off
    assert all(view == views[query] for query, view in audience.views if query)
