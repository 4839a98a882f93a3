"""The pictures of README and guide: `python -m tests.browser.screenshots docs/screenshots`."""

import argparse
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from campaign.core.pages import PAGES
from campaign.follow import followed, state
from campaign.follow.followed import Followed
from campaign.follow.state import SourceState
from campaign.publish import demonstration
from tests.browser import chromium
from tests.browser.server import serving
from tests.browser.visit import Visit

MAX_BYTES = 200_000
IN_SEASON = "2014-11-06"  # the agenda is shown as on a day of its campaign
DESK, TELEPHONE = {"width": 1440, "height": 1000}, {"width": 360, "height": 740}


def taken(browser: Browser, base: str, path: str, size: dict[str, int], target: Path) -> None:
    """Write the picture of a page, as a reader sees it first."""
    agent = "Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile" if size is TELEPHONE else None
    context = browser.new_context(locale="fr-FR", timezone_id="Europe/Paris", viewport=size, user_agent=agent)  # type: ignore[arg-type]
    visit = Visit.start(context, base).open(path)
    visit.rest()
    visit.page.wait_for_timeout(800)  # the map has no other sign that its letters are drawn
    visit.page.screenshot(path=target)
    context.close()
    optimise(target)


def optimise(path: Path) -> None:
    """Write a picture again with as many colours as fit in MAX_BYTES; raises ValueError if it cannot be small enough."""
    original = Image.open(path).convert("RGB")
    for colours in (256, 128, 64, 32):
        original.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= MAX_BYTES:
            return
    raise ValueError(f"{path} is larger than {MAX_BYTES} bytes")


def sources(folder: Path, db: Path) -> Path:
    """Write followed sources in several states; return their file."""
    path = folder / "sources.toml"
    ago = {hours: state.written(datetime.now(UTC) - timedelta(hours=hours)) for hours in (0, 3, 49, 50)}
    states = {
        "CRESS Bretagne": SourceState(
            result="ok", last_attempt=ago[0], last_success=ago[0], last_change=ago[0], changes={"new": 12, "updated": 3}
        ),
        "CRESS Occitanie": SourceState(
            result="held",
            last_attempt=ago[0],
            last_success=ago[0],
            last_change=ago[3],
            changes={"updated": 2},
            wrong_since=ago[0],
            n_wrong=1,
            reason="withdrawals",
            values={"n": 48, "of": 112},
        ),
        "Ville de Lyon": SourceState(
            result="failed",
            last_attempt=ago[0],
            last_success=ago[50],
            last_change=ago[50],
            changes={"new": 4},
            wrong_since=ago[49],
            n_wrong=49,
            reason="http_status",
            values={"status": 503},
        ),
    }
    for name in states:
        followed.add(Followed(name, "https://agenda.example.org/evenements.json", "Licence Ouverte 2.0"), path)
    state.save(db, states)
    return path


def main() -> None:
    """Take all pictures into the folder given."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        file = Path(scratch) / "campaign.duckdb"
        demonstration.write(file)
        listed = sources(Path(scratch), file)
        with serving(
            Path(scratch) / "server.log", environment={"CAMPAIGN_DB": str(file), "CAMPAIGN_SOURCES": str(listed)}
        ) as server:
            browser = chromium.launch(playwright)
            for entry in PAGES:
                if entry.key != "agenda":
                    taken(browser, server.url, f"/{entry.path}", DESK, folder / f"{entry.key}.png")
            taken(browser, server.url, "/", TELEPHONE, folder / "overview-360.png")
            taken(browser, server.url, "/carte?layer=days", DESK, folder / "map-days.png")
            browser.close()
        environment = {"CAMPAIGN_DB": str(file), "CAMPAIGN_TODAY": IN_SEASON}
        with serving(Path(scratch) / "season.log", environment=environment) as server:
            browser = chromium.launch(playwright)
            taken(browser, server.url, "/agenda", DESK, folder / "agenda.png")
            taken(browser, server.url, "/agenda?near=35000&view=calendar", DESK, folder / "agenda-calendar.png")
            browser.close()
    for picture in sorted(folder.glob("*.png")):
        print(f"{picture} {picture.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
