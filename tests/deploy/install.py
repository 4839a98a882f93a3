"""Makes sure that nginx and PostgreSQL are there for the tests: Debian's where we are root, else says what to do."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HELP = "nginx is needed for the tests of deploy/. On Debian or Ubuntu: sudo apt-get install nginx-light"
POSTGRES_HELP = "PostgreSQL is needed for the tests of the lake. On Debian or Ubuntu: sudo apt-get install postgresql"


def find() -> str | None:
    """Return nginx's path; None if there is none."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


def postgres() -> Path | None:
    """Return the folder of PostgreSQL's programs; None if there is none."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return programs[-1].parent if programs else None


def missing() -> dict[str, str]:
    """Return the packages that are missing, each with what to tell."""
    wanted = {"nginx-light": (find(), HELP), "postgresql": (postgres(), POSTGRES_HELP)}
    return {package: advice for package, (path, advice) in wanted.items() if path is None}


def main() -> int:
    """Install what is missing; without it those tests are skipped with the reason, so that is no failure."""
    if missing() and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing()]
        for command in (["apt-get", "update", "-qq"], install):
            subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL)
    for advice in missing().values():
        sys.stderr.write(f"{advice}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
