"""`campaign serve`: the dashboard."""

import os
import sys
import sysconfig
from pathlib import Path
from typing import Annotated

import typer

from campaign.cli.migrate import made_current
from campaign.cli.options import Db, console, event_file, readable_errors
from campaign.core.errors import DamagedError
from campaign.core.settings import PACKAGE, ROOT, is_lake, settings
from campaign.store import describe


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port d'écoute.")] = 8501,
    address: Annotated[str, typer.Option(help="Adresse d'écoute.")] = "localhost",
    db: Db = None,
) -> None:
    """Sert le tableau de bord."""
    file = event_file(db)
    if not is_lake(file):
        _bring_up(file)
    command = [sys.executable, "-P", "-m", "streamlit", "run", str(ROOT / "dashboard.py")]
    options = ["--server.port", str(port), "--server.address", address, "--server.headless", "true"]
    os.execve(sys.executable, [*command, *options], _environment(file))  # noqa: S606  our own interpreter, no shell


def _environment(file: Path) -> dict[str, str]:
    """Return the server's environment: this command's event file, unless nobody named one, its profile, and this very code."""
    code = [Path(each).absolute() for each in os.environ.get("PYTHONPATH", "").split(os.pathsep) if each]
    if PACKAGE.parent not in (Path(sysconfig.get_path("purelib")), *code):
        code.append(PACKAGE.parent)  # run from a folder where it was merely unpacked
    given = os.environ | {
        "CAMPAIGN_PROFILE": str(settings().profile.absolute()),
        "PYTHONPATH": os.pathsep.join(map(str, code)),
    }
    if "db" in settings().model_fields_set:
        given["CAMPAIGN_DB"] = str(file if is_lake(file) else file.absolute())
    return given


def _bring_up(path: Path) -> None:
    """Migrate an older file, refuse a newer one; a damaged one is served as such: the pages say so, and heal by themselves."""
    with readable_errors():
        try:
            made_current(path)
        except DamagedError as error:
            console.print(str(error))
        else:
            if path.exists():
                describe(path)  # refuses the file of another campaign
