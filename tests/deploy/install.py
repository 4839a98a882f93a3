"""Makes sure that nginx is there for the tests: Debian's package where we are root, else says what to do."""

import os
import shutil
import subprocess
import sys

HELP = "nginx is needed for the tests of deploy/. On Debian or Ubuntu: sudo apt-get install nginx-light"


def find() -> str | None:
    """Return nginx's path; None if there is none."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


def main() -> int:
    """Install what is missing; without it those tests are skipped with the reason, so that is no failure."""
    if find():
        return 0
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.stderr.write(f"{HELP}\n")
        return 0
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "nginx-light"]
    if subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL).returncode != 0:
        subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False, stdout=subprocess.DEVNULL)
        subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL)
    if find() is None:
        sys.stderr.write(f"{HELP}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
