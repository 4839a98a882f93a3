"""How the Chromium of tests, benchmarks and screenshots is found and started."""

from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Playwright

from tests.browser.install import HELP, find

# No sandbox: the tests run as root in containers. The rest keeps the browser from calling anybody.
BASE: Final = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# WebGL without a GPU, for the map of density. Whatever is drawn goes that way then, which takes five times as long.
ARGUMENTS: Final = (*BASE, "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
# One process draws every page of the server, and no other waits to be of use: a quarter less to do.
WITHOUT_WEBGL: Final = (*BASE, "--disable-gpu", "--in-process-gpu", "--no-zygote", "--process-per-site")


class ChromiumMissingError(RuntimeError):
    """There is no Chromium on this machine; the message says how to install one."""


def executable() -> str:
    """Return the path of the Chromium to use; raises ChromiumMissingError if there is none."""
    path = find()
    if path is None:
        raise ChromiumMissingError(HELP)
    return path


def launch(playwright: Playwright) -> Browser:
    """Start it, without a window."""
    return playwright.chromium.launch(executable_path=executable(), args=list(ARGUMENTS))


def launch_kept(playwright: Playwright, folder: Path, **options: Any) -> BrowserContext:
    """Start one that draws without WebGL and keeps in a folder what it has fetched and compiled, as readers' browsers do.

    Contexts of `launch` compile the scripts of each page that they load, which takes half of all that a page takes.
    """
    return playwright.chromium.launch_persistent_context(
        folder, executable_path=executable(), args=list(WITHOUT_WEBGL), **options
    )
