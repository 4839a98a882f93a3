"""How the Chromium of tests, benchmarks and screenshots is found and started."""

from typing import Final

from playwright.sync_api import Browser, Playwright

from tests.browser.install import HELP, find

# No sandbox: the tests run as root in containers. The rest keeps the browser from calling anybody; WebGL without a GPU.
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
)


class ChromiumMissingError(RuntimeError):
    """There is no Chromium on this machine; the message says how to install one."""


def executable() -> str:
    """Return the path of the Chromium to use; raises ChromiumMissingError if there is none."""
    found = find()
    if found is None:
        raise ChromiumMissingError(HELP)
    return found


def launch(playwright: Playwright) -> Browser:
    """Start it, without a window."""
    return playwright.chromium.launch(executable_path=executable(), args=list(ARGUMENTS))
