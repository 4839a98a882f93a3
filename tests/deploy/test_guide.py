"""deploy/README.md followed word by word on a copy of this machine, then what it installed is run as its units say.

A layer over the machine's own files in a mount namespace takes all that the guide does, and is thrown away; what runs is in a
network namespace of its own. There is no systemd in it: `systemctl enable` makes its links and starts nothing, so that each
ExecStart is run here, as the unit's user and with its environment, without its protections (test_publishing.py checks those).
Two words of the guide are filled in, the repository's address and yes to apt's question, and one is left out, `--now`. Firewall and
certificate are not tried: both need a machine of one's own.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from campaign.core.settings import ROOT
from tests.deploy.test_publishing import unit

GUIDE = (ROOT / "deploy" / "README.md").read_text("utf-8")
PORTS = ("8501", "8502", "8503")

LAYER = """
set -e
mount -t tmpfs none {folder}
mkdir {folder}/upper {folder}/work {folder}/root
mount -t overlay overlay -o lowerdir=/,upperdir={folder}/upper,workdir={folder}/work {folder}/root
mount --rbind /proc {folder}/root/proc
mount --rbind /dev {folder}/root/dev
mount -t tmpfs none {folder}/root/run
printf 'APT::Get::Assume-Yes "true";' > {folder}/root/etc/apt/apt.conf.d/90yes
printf '#!/bin/sh\\nexit 101\\n' > {folder}/root/usr/sbin/policy-rc.d
chmod 755 {folder}/root/usr/sbin/policy-rc.d
rm -f {folder}/root/etc/nginx/conf.d/*
cp {scripts}/*.sh {folder}/root/
chroot {folder}/root sh -exc '. /follow.sh'
unshare -n chroot {folder}/root sh -exc '. /run.sh'
"""


# What a person fills in: without it there is no page of imports.
SIGN_IN = (
    "CAMPAIGN_SIGNIN_PROVIDER=https://compte.example.org/.well-known/openid-configuration CAMPAIGN_SIGNIN_CLIENT_ID=tableau "
    "CAMPAIGN_SIGNIN_CLIENT_SECRET=secret CAMPAIGN_SIGNIN_COOKIE_SECRET=une-phrase-de-plus-de-trente-deux-signes "
    "CAMPAIGN_COORDINATORS=marie@example.org"
)


def commands(heading: str) -> str:
    """Return the commands of a section of the guide, as they stand."""
    section = GUIDE.split(f"\n## {heading}", 1)[1].split("\n## ", 1)[0]
    return "\n".join(line[4:] for line in section.splitlines() if line.startswith("    "))


def started(name: str, user: str, home: str, port: str = "", more: str = "") -> str:
    """Return what runs a unit's command in the background, as its user, with its environment and what its file of settings holds."""
    given = unit(name)
    environment = " ".join(given["Environment"]).replace("%S", "/var/lib").replace("%i", port)
    command = given["ExecStart"][0].replace("%i", port)
    return (
        f"install -d -o {user} {home}; cd {given['WorkingDirectory'][0]}; "
        f"sudo -u {user} env {environment} {more} {command} > /run/{name}{port}.log 2>&1 &"
    )


@pytest.mark.thorough  # installs packages and libraries: minutes
def test_the_guide_as_it_stands_gives_a_site(tmp_path: Path) -> None:
    if os.geteuid() != 0 or shutil.which("unshare") is None or not Path("/etc/debian_version").exists():
        pytest.skip("root on Debian is needed, with unshare: the guide installs packages there")
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    install = commands("Install (Debian 12)")
    assert install.count("git clone … ") == 1
    install = install.replace("git clone … ", f"git -c safe.directory='*' clone -q file://{ROOT} ")
    desk = commands("The page of imports")
    assert "campaign-import" in desk
    path = (
        "export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root "
        "DEBIAN_FRONTEND=noninteractive SYSTEMD_OFFLINE=1"  # systemctl makes its links and speaks to nobody
    )
    follow = f"{path}\n{install}\n{desk}\n".replace("systemctl enable --now ", "systemctl enable ")
    (scripts / "follow.sh").write_text(follow, "utf-8")
    home = "/var/lib/campaign"
    run = [
        path,
        "ip link set lo up || ifconfig lo up",
        *(started("campaign@.service", "nobody", f"{home}/{port}", port) for port in PORTS),
        started("campaign-import.service", "campaign", f"{home}/import", more=SIGN_IN),
        "nginx",
        "for turn in $(seq 120); do curl -fsS http://127.0.0.1/healthz > /run/health && break; sleep 1; done",
        'grep -q \'"status":"ok"\' /run/health',
        "curl -fsS -H 'Host: localhost' http://127.0.0.1/ | grep -q '<html lang=\"fr\"'",
        "curl -fsSI -H 'Host: localhost' http://127.0.0.1/import | grep -qi 'campaign_desk=1'",
        "for port in 8501 8502 8503 8510; do curl -fsS http://127.0.0.1:$port/healthz > /dev/null; done",
        "cd /srv/campaign && sudo -u campaign campaign backup /srv/campaign/copy.duckdb --db /srv/campaign/campaign.duckdb",
        "echo FOLLOWED",
        "kill $(jobs -p) $(cat /run/nginx.pid)",
    ]
    (scripts / "run.sh").write_text("\n".join(run) + "\n", "utf-8")
    layer = tmp_path / "layer"
    layer.mkdir()
    result = subprocess.run(
        ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private", "bash", "-c",
         LAYER.format(folder=layer, scripts=scripts)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "FOLLOWED" in result.stdout.splitlines(), f"{result.stdout[-1500:]}\n{result.stderr[-3000:]}"


def test_every_command_of_the_guide_names_files_that_are_there() -> None:
    named = set(
        re.findall(r"\bdeploy/[\w./@-]+", "\n".join(commands(each) for each in ("Install", "The page of imports")))
    )
    assert len(named) > 5
    assert [name for name in sorted(named) if not (ROOT / name.rstrip("/")).exists()] == []
