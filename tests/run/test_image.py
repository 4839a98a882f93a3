"""The image of Containerfile is built without an engine, on a base of Debian, and run as compose.yaml runs it.

buildah needs none: its steps run in a chroot. What was built runs in one too, in a mount namespace: as the image's user, its root
read-only, /tmp in memory, the volume at /data. Networks, capabilities and limits of an engine are not tried.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from campaign.core.settings import ROOT
from tests.browser.server import free_port

CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
NEEDED = ("buildah", "debootstrap", "unshare", "curl")

RUN = """
set -eu
mount --bind {root} {root}
mount -t proc proc {root}/proc
mount --rbind /dev {root}/dev
mount -t tmpfs -o mode=1777 tmpfs {root}/tmp
mount --bind {data} {root}/data
mount -o remount,ro,bind {root}
inside() {{ chroot --userspec={user} {root} env -i {environment} sh -c 'cd {folder} && exec "$@"' sh "$@"; }}
inside touch /opt/written && exit 1
inside campaign demo
inside {command} > {log} 2>&1 &
for turn in $(seq 120); do inside {health} && break; sleep 1; done
inside {health}
for address in '' 'programme.pdf?region=53' 'api/v1/events.xlsx?region=53' figures/carte.png assets/campaign.css; do
    curl -fsS -o /dev/null "http://127.0.0.1:{port}/$address"
done
curl -fsS http://127.0.0.1:{port}/ | grep -q '<html lang="fr"'
echo SERVED
"""


def call(*command: str | Path) -> str:
    """Run a command and return what it prints; its errors are in the exception's message."""
    result = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"{command}\n{result.stdout[-1500:]}\n{result.stderr[-3000:]}"
    return result.stdout


class Builder:
    """buildah with a store of its own."""

    def __init__(self, folder: Path) -> None:
        self._words = ("buildah", "--root", str(folder / "store"), "--runroot", str(folder / "running"))

    def __call__(self, *words: str | Path) -> str:
        """Run one of its commands and return what it prints."""
        return call(*self._words, *words).strip()

    def config(self, image: str) -> dict[str, Any]:
        """Return how an image is to be run."""
        config: dict[str, Any] = json.loads(self("inspect", "--type", "image", image))["Docker"]["config"]
        return config


@pytest.fixture
def builder(tmp_path: Path) -> Iterator[Builder]:
    """A builder that has a base: Debian with its Python, which trusts whom this machine trusts."""
    if os.geteuid() != 0 or not all(map(shutil.which, NEEDED)):
        pytest.skip(f"root on Debian is needed, with {', '.join(NEEDED)}: apt-get install buildah debootstrap")
    builder, base = Builder(tmp_path), tmp_path / "base"
    packages = "python3,python3-venv,ca-certificates"
    call("debootstrap", "--variant=minbase", f"--include={packages}", "bookworm", base)
    shutil.copy(CERTIFICATES, base / CERTIFICATES.relative_to("/"))
    (base / "etc" / "pip.conf").write_text(f"[global]\ncert = {CERTIFICATES}\n", "utf-8")
    container = builder("from", "scratch")
    builder("add", "-q", container, base, "/")
    builder("config", "--env", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", container)
    builder("commit", "-q", "--rm", container, "localhost/base")
    shutil.rmtree(base)
    yield builder
    builder("umount", "--all")
    shutil.rmtree(tmp_path / "store")  # a gigabyte


@pytest.mark.thorough  # a system and all libraries are installed: minutes, and two gigabytes while it runs
def test_the_image_is_built_and_serves(builder: Builder, tmp_path: Path) -> None:
    words = ("--isolation", "chroot", "--layers=false", "--format", "docker", "--build-arg", "BASE=localhost/base")
    builder("bud", *words, "-f", ROOT / "Containerfile", "-t", "localhost/campaign", ROOT)
    config = builder.config("localhost/campaign")
    root = builder("mount", builder("from", "--pull-never", "localhost/campaign"))
    port, data = str(free_port()), tmp_path / "data"
    data.mkdir()
    user = config["User"]
    os.chown(data, *map(int, user.split(":")))
    command = [*config["Entrypoint"], *config["Cmd"]]
    assert command[-1] == "8501"
    health = config["Healthcheck"]["Test"]
    assert health[0] == "CMD"
    (tmp_path / "run.sh").write_text(
        RUN.format(
            root=root, data=data, user=user, folder=config["WorkingDir"], log=tmp_path / "log", port=port,
            environment=" ".join(config["Env"]),
            command=" ".join([*command[:-1], port]),
            health=" ".join([*health[1:-1], f'"{health[-1].replace("8501", port)}"']),
        ),
        "utf-8",
    )  # fmt: skip
    apart = ("unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private")
    assert call(*apart, "bash", tmp_path / "run.sh").splitlines()[-1] == "SERVED"
