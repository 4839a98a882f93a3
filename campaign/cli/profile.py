"""`campaign profile check|new`: the campaign's folder."""

import json
from pathlib import Path
from typing import Annotated

import typer

from campaign.cli.options import DONE, NOTHING_TAKEN, Db, console, event_file, out, readable_errors
from campaign.core.language import _
from campaign.core.settings import settings
from campaign.profile import new as example
from campaign.profile.check import find_problems

app = typer.Typer(help="Le dossier de la campagne (CAMPAIGN_PROFILE).", no_args_is_help=True)


@app.command("check")
def check(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help="Le dossier (sinon CAMPAIGN_PROFILE).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Les fautes en JSON.")] = False,
    db: Db = None,
) -> None:
    """Dit ce qui est faux dans le dossier d'une campagne : fichier, ligne, clé, valeur, remède."""
    event_file(db)
    wanted = folder or settings().profile
    problems = find_problems(wanted)
    if as_json:
        out(json.dumps([one.as_json() for one in problems], ensure_ascii=False))
    elif problems:
        for one in problems:
            console.print(str(one), style="bold", markup=False)
            console.print(f"  {one.remedy}", markup=False)
    else:
        out(_("{wanted} : rien à corriger.", wanted=wanted))
    raise typer.Exit(NOTHING_TAKEN if problems else DONE)


@app.command("new")
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Le dossier à écrire.")],
    db: Db = None,
) -> None:
    """Écrit un dossier de campagne à remplir, qui sert tel quel."""
    event_file(db)
    with readable_errors():
        example.write(folder)
    out(
        _(
            "{folder} : remplissez-le, puis campaign profile check {folder} ; CAMPAIGN_PROFILE={folder} le prend.",
            folder=folder,
        )
    )
