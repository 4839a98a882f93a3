"""Containerfile and compose.yaml: their style, and what they promise. No image is built here: that needs an engine."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from campaign.core.settings import ROOT
from tests.deploy import install

CONTAINERFILE = (ROOT / "Containerfile").read_text("utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text("utf-8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE)["services"]
OWN = ("first", "web1", "web2", "sync")
HOST = re.compile(r"\b[\w-]+(?:\.[\w-]+)+(?::\d+)?/[\w-]")  # registry.example.org/name


def instructions(text: str) -> list[tuple[str, str]]:
    """Return the instructions of a Containerfile, each with its arguments."""
    joined = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    return [
        (name, rest) for name, _space, rest in (line.partition(" ") for line in joined.splitlines() if line.strip())
    ]


def final(text: str, name: str) -> str:
    """Return the last such instruction of the last stage."""
    steps = instructions(text)
    start = max(at for at, (each, _rest) in enumerate(steps) if each == "FROM")
    return [rest for each, rest in steps[start:] if each == name][-1]


def test_the_containerfile_is_without_fault() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    result = subprocess.run([hadolint, ROOT / "Containerfile"], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (0, "")


def test_it_runs_as_nobody_in_particular_and_says_how_it_is() -> None:
    user, group = final(CONTAINERFILE, "USER").split(":")
    assert int(user) > 1000
    assert int(group) > 1000
    assert final(CONTAINERFILE, "VOLUME") == '["/data"]'
    assert final(CONTAINERFILE, "WORKDIR") == "/data"  # where default files stand outside a checkout
    assert "/healthz" in final(CONTAINERFILE, "HEALTHCHECK")
    assert final(CONTAINERFILE, "ENTRYPOINT") == '["campaign"]'


def test_the_base_is_an_argument_and_no_registry_is_named() -> None:
    stages = [rest for name, rest in instructions(CONTAINERFILE) if name == "FROM"]
    assert [stage.split()[0] for stage in stages] == ["${BASE}", "${BASE}"]
    images = re.findall(r"^ *(?:image|BASE): (.*)$", COMPOSE, re.MULTILINE)
    images += [rest for name, rest in instructions(CONTAINERFILE) if name == "ARG"]
    assert len(images) >= 4
    assert [image for image in images if HOST.search(image)] == []
    assert HOST.search("registry.example.org:5000/python")


@pytest.mark.parametrize("name", [*OWN, "nginx"])
def test_a_service_has_no_rights(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert int(str(service.get("user", final(CONTAINERFILE, "USER"))).split(":")[0]) > 1000
    assert "/tmp" in service["tmpfs"]  # noqa: S108  the container's own


def test_what_serves_can_write_nothing_and_ask_nobody() -> None:
    for name in ("web1", "web2"):
        assert SERVICES[name]["volumes"] == ["data:/data:ro"]
        assert SERVICES[name]["networks"] == ["inside"]
        assert SERVICES[name]["depends_on"] == {"first": {"condition": "service_completed_successfully"}}
    assert yaml.safe_load(COMPOSE)["networks"]["inside"] == {"internal": True}
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    assert ":?" in SERVICES["web1"]["environment"]["STREAMLIT_SERVER_COOKIE_SECRET"]


def test_commands_of_services_are_commands_of_ours() -> None:
    from campaign.cli import COMMANDS

    known = set(COMMANDS)
    assert set(re.findall(r"campaign (\w+)", SERVICES["first"]["command"][0])) <= known
    assert SERVICES["sync"]["command"][0] in known
    assert "serve" in final(CONTAINERFILE, "CMD")


def test_nginx_takes_the_site_as_it_is_started(tmp_path: Path) -> None:
    nginx = install.find()
    if nginx is None:
        pytest.skip(install.HELP)
    site = tmp_path / "site"
    site.mkdir()
    (site / "site.conf").write_bytes((ROOT / "deploy" / "nginx" / "campaign.conf").read_bytes())
    moved = {"/tmp": str(tmp_path), "/etc/campaign": str(site), "/var/cache/nginx": str(tmp_path / "cache")}  # noqa: S108
    (tmp_path / "cache").mkdir()
    texts = {}
    for name in ("nginx.conf", "start-nginx"):
        text = (ROOT / "deploy" / "container" / name).read_text("utf-8")
        for here, there in moved.items():
            text = text.replace(here, there)
        texts[name] = text
    (site / "nginx.conf").write_text(texts["nginx.conf"], "utf-8")
    # The two processes have no address here: those of this machine stand for them, and nginx only reads what it was given.
    start = (
        texts["start-nginx"]
        .replace(
            "exec nginx -c",
            f"sed -i -e 's/web[12]:8501/127.0.0.1:1/' -e 's#/var/cache/nginx#{tmp_path}/cache#' {tmp_path}/site.conf; exec {nginx} -t -c",
        )
        .replace(" -g 'daemon off;'", "")
    )
    result = subprocess.run(["sh", "-c", start], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    configuration = (tmp_path / "site.conf").read_text("utf-8")
    assert configuration.count("server 127.0.0.1:1") == 3  # both, and the first again where no process imports
    assert "listen 8080;" in configuration
    assert "8503" not in configuration


def test_what_is_somebodys_own_is_left_out_of_the_build() -> None:
    left = (ROOT / ".containerignore").read_text("utf-8").split()
    ignored = [line for line in (ROOT / ".gitignore").read_text("utf-8").split() if line.startswith("data/")]
    assert [line for line in ignored if line.rstrip("/") not in left] == []
    assert (ROOT / ".dockerignore").resolve() == ROOT / ".containerignore"
