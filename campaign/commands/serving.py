"""`campaign serve`: the dashboard."""

import os
import sys
from typing import Annotated

import typer

from campaign.commands.common import Db, event_file
from campaign.lake import is_lake
from campaign.settings import ROOT


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port d'écoute.")] = 8501,
    address: Annotated[str, typer.Option(help="Adresse d'écoute.")] = "localhost",
    db: Db = None,
) -> None:
    """Sert le tableau de bord."""
    file = event_file(db)
    environment = os.environ | {"CAMPAIGN_DB": str(file if is_lake(file) else file.absolute())}
    os.chdir(ROOT)
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
    options = ["--server.port", str(port), "--server.address", address, "--server.headless", "true"]
    os.execve(sys.executable, [*command, *options], environment)  # noqa: S606  our own interpreter, no shell
