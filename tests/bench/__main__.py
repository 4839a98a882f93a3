"""`python -m tests.bench`: measures every page at several sizes of the event file, interleaved with a bare page."""

import argparse
import json
import os
import platform
import tempfile
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from campaign.core.pages import PAGES
from tests.bench import measure
from tests.bench.files import event_files
from tests.bench.floor import serving_bare
from tests.bench.peers import visit as peer
from tests.bench.peers.server import serving_dash
from tests.bench.report import Report, as_json, lines
from tests.browser import chromium
from tests.browser.server import ROOT, Server, serving
from tests.browser.visit import Visit

SIZES = "12000,1000000,10000000"
# By pairs: one chosen in the list, one followed on the map; each once in a run, so that no answer is known beforehand.
REGIONS = (("Alsace", "53"), ("Aquitaine", "83"), ("Auvergne", "94"), ("Bourgogne", "24"), ("Centre", "74"),
           ("Picardie", "41"), ("Lorraine", "82"), ("Limousin", "22"), ("Franche-Comté", "73"))  # fmt: skip
# Choices that the cells answer, one for each load, so that no answer is known beforehand either.
UNSEEN = tuple(product(("11", "21", "23", "25", "26", "31", "42", "43", "52", "54", "72", "91", "93", "04"),
                       ("conference", "atelier", "cine-debat", "colloque", "salon-marche", "visite-entreprise", "autre",
                        "portes-ouvertes", "spectacle-exposition", "sensibilisation-scolaire")))  # fmt: skip
FIRST_DAY = date(2014, 10, 1)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--events", default=os.environ.get("BENCH_EVENTS", SIZES), help="sizes, by commas")
    parser.add_argument("--file", action="append", default=[], metavar="N=PATH", help="an event file to use for a size")
    parser.add_argument("--pages", default="", help="keys of the pages, by commas; all without it")
    parser.add_argument(
        "--runs", type=int, default=int(os.environ.get("BENCH_RUNS", "3")), help="rounds after the first"
    )
    parser.add_argument("--json", type=Path, default=None)
    parser.add_argument(
        "--peers", action="store_true", help="a Dash page of the same work too (dependency group peers)"
    )
    return parser.parse_args()


def measured_round(
    turn: int, browser: Browser, warm: BrowserContext, servers: dict[str, Server], pages: list[str], report: Report
) -> None:
    """Measure everything once."""
    for target, server in servers.items():
        first = "bare" if target == "bare" else "overview"
        time, transfer = measure.cold(browser, server.url, "/")
        report.add(target, first, "cold", time)
        report.transfer_mb[target] = (transfer.files + transfer.messages) / 1e6
    for number, key in enumerate(["bare", *pages]):
        for target, server in servers.items():
            if (key == "bare") != (target == "bare"):
                continue
            path = next((f"/{entry.path}" for entry in PAGES if entry.key == key), "/")
            report.add(target, key, "warm", measure.load(warm, server.url, path))
            if target != "bare":
                region, kind = UNSEEN[(turn * len(pages) + number) % len(UNSEEN)]
                report.add(target, key, "fresh", measure.load(warm, server.url, f"{path}?region={region}&type={kind}"))
            if key == "overview":
                day = FIRST_DAY + timedelta(days=turn)
                report.add(target, key, "scan", measure.load(warm, server.url, f"{path}?q=atelier&from={day}"))
    chosen, followed = REGIONS[turn % len(REGIONS)]
    for target, server in servers.items():
        visit = Visit.start(warm, server.url).open("/")
        visit.rest(150)
        name = "bare" if target == "bare" else "overview"
        report.add(target, name, "filter", measure.choose(visit, chosen))
        if target != "bare":
            report.add(target, name, "link", measure.follow(visit, f"[data-overlay] a[href*='region={followed}']"))
        visit.page.close()


def measured_peer(turn: int, warm: BrowserContext, peers: dict[str, Server], report: Report) -> None:
    """Measure the Dash pages once."""
    for target, server in peers.items():
        report.add(target, "dash", "warm", peer.load(warm, server.url))
        report.add(target, "dash", "filter", peer.choose(warm, server.url, REGIONS[turn % len(REGIONS)][0]))


def main() -> None:
    """Run the benchmark, print its table and keep its figures."""
    given = arguments()
    sizes = sorted(int(size) for size in given.events.split(","))
    files = event_files(sizes, {int(n): Path(path) for n, path in (each.split("=", 1) for each in given.file)})
    pages = given.pages.split(",") if given.pages else [entry.key for entry in PAGES]
    report = Report()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        log = folder / "bare.log"
        servers = {"bare": stack.enter_context(serving_bare(log))}
        for size, path in files.items():
            settings = {"CAMPAIGN_DB": str(path.resolve())}
            servers[str(size)] = stack.enter_context(serving(folder / f"{size}.log", environment=settings))
        peers = {}
        if given.peers:
            largest = files[sizes[-1]]
            peers["dash"] = stack.enter_context(
                serving_dash(folder / "dash.log", {"CAMPAIGN_DB": str(largest.resolve())})
            )
        browser = chromium.launch(stack.enter_context(sync_playwright()))
        warm = browser.new_context(**measure.OPTIONS)
        measured_round(-1, browser, warm, servers, pages, Report())
        measured_peer(-1, warm, peers, Report())
        for turn in range(given.runs):
            measured_round(turn, browser, warm, servers, pages, report)
            measured_peer(turn, warm, peers, report)
            print(f"{turn + 1} of {given.runs}", flush=True)
        report.memory_mb = {target: server.memory_mb() for target, server in {**servers, **peers}.items()}
        browser.close()
    print("\n".join(lines(report, sizes)))
    now = datetime.now(UTC)
    about = {
        "at": now.isoformat(timespec="seconds"),
        "runs": given.runs,
        "cpus": os.cpu_count(),
        "python": platform.python_version(),
    }
    target = given.json or ROOT / f"bench-{now:%Y%m%d-%H%M%S}.json"
    target.write_text(json.dumps(as_json(report, sizes, about), indent=1), "utf-8")
    print(f"Kept in {target}")


if __name__ == "__main__":
    main()
