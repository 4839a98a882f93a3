"""Makes sure that a Chromium is there for the tests: Debian's package where we are root, else says what to do."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HELP = "A Chromium is needed for the browser tests. On Debian or Ubuntu: sudo apt-get install chromium"


def find() -> str | None:
    """Return the browser's path: CAMPAIGN_CHROMIUM, or the first of the usual names; None if there is none."""
    chosen = os.environ.get("CAMPAIGN_CHROMIUM")
    return chosen or next((path for name in NAMES if (path := shutil.which(name))), None)


def main() -> int:
    """Install what is missing; return an exit status."""
    if find():
        return 0
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.stderr.write(f"{HELP}\n")
        return 1
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ):
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return 0 if find() else 1


if __name__ == "__main__":
    sys.exit(main())
