"""Makes sure that a Chromium is there for the tests: Debian's package where we are root, else says what to do.

The one without a window of its own (chrome-headless-shell) takes a fifth less of the processor than the whole browser.
"""

import os
import shutil
import subprocess
import sys

SHELL, WHOLE = "chromium-headless-shell", "chromium"  # packages, and what they install
NAMES = (SHELL, "chrome-headless-shell", WHOLE, "chromium-browser", "google-chrome", "google-chrome-stable")
HELP = f"A Chromium is needed for the browser tests. On Debian: sudo apt-get install {SHELL}; elsewhere {WHOLE}"


def find() -> str | None:
    """Return the browser's path: CAMPAIGN_CHROMIUM, or the first of the usual names; None if there is none."""
    chosen = os.environ.get("CAMPAIGN_CHROMIUM")
    return chosen or next((path for name in NAMES if (path := shutil.which(name))), None)


def apt(*arguments: str) -> bool:
    """Ask Debian's packages for something; tell whether that was done."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return not subprocess.run(
        ["apt-get", "-qq", *arguments], env=environment, check=False, stdout=subprocess.DEVNULL
    ).returncode


def main() -> int:
    """Install what is missing; return an exit status."""
    if os.environ.get("CAMPAIGN_CHROMIUM") or shutil.which(SHELL):
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        apt("update")
        if not apt("install", "-y", "--no-install-recommends", SHELL) and not find():  # not every release has it
            apt("install", "-y", "--no-install-recommends", WHOLE)
    if find():
        return 0
    sys.stderr.write(f"{HELP}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
