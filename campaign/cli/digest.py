"""`campaign digest`: the weekly note of a chamber."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from campaign import store
from campaign.cli.options import (
    DONE,
    NOTHING_TAKEN,
    Db,
    Edition,
    Nomenclature,
    console,
    event_file,
    language_of_terminal,
    of_one_edition,
    out,
    readable_errors,
)
from campaign.core import language
from campaign.core.errors import FilterError
from campaign.core.files import write_whole
from campaign.core.language import say, use
from campaign.core.settings import settings
from campaign.exports.files import LOCAL_ADDRESS
from campaign.filters import Filters
from campaign.messages import weekly
from campaign.messages.delivery import Delivered
from campaign.report import digest as notes
from campaign.wording.quantities import clauses, counted


def digest(
    region: Annotated[str | None, typer.Option(help="Code INSEE ; le pays sans lui.")] = None,
    edition: Edition = None,
    nomenclature: Nomenclature = None,
    day: Annotated[str | None, typer.Option("--date", help="Dernier jour de la semaine (AAAA-MM-JJ).")] = None,
    days: Annotated[int, typer.Option(min=1, max=92, help="Nombre de jours.")] = notes.DAYS,
    out_dir: Annotated[Path | None, typer.Option("--out", help="Dossier où écrire la note (.txt et .html).")] = None,
    lang: Annotated[str, typer.Option(help="fr ou en.")] = "fr",
    send: Annotated[
        bool,
        typer.Option(
            "--send",
            help="Envoie à chaque destinataire (CAMPAIGN_RECIPIENTS) la note de son territoire, une fois par semaine.",
        ),
    ] = False,
    db: Db = None,
) -> None:
    """Écrit la note de la semaine de qui coordonne un territoire : nouveaux, modifiés, à compléter, à faire."""
    path = event_file(db)
    with readable_errors(), store.snapshot():
        chosen, _year = of_one_edition(
            say("Une note"), edition=edition, nomenclature=nomenclature, region=region, lang=lang
        )
        language.use(chosen.lang)
        last_day = _day(day, chosen)
        if day is not None:
            chosen = chosen.replace(as_of=last_day)
        if send:
            report_delivery(
                weekly.send(path, chosen.replace(regions=()), last_day, regions=chosen.regions, n_days=days)
            )
        note = notes.digest(chosen, last_day, settings().public_url.rstrip("/") or LOCAL_ADDRESS, n_days=days)
        if out_dir is None:
            out(notes.text(note))
            return
        name = notes.name_of(chosen, last_day)
        for extension, content in (("txt", notes.text(note)), ("html", notes.html(note))):
            write_whole(out_dir / f"{name}.{extension}", content)
    out(f"{out_dir / name}.txt, .html : {note.opening}")


def report_delivery(result: Delivered) -> None:
    """Print what became of messages, and end the command: well, unless something went wrong."""
    with use(language_of_terminal()):
        sent = counted(result.sent, "message envoyé", "messages envoyés")
        already = counted(result.already, "déjà envoyé cette semaine", "déjà envoyés cette semaine")
        out(f"{clauses([sent, already])}." if result.already else f"{sent}.")
    for problem in result.problems:
        console.print(problem, markup=False)
    raise typer.Exit(NOTHING_TAKEN if result.problems else DONE)


def _day(text: str | None, chosen: Filters) -> date:
    """Return the day that was given, else the latest that can be told."""
    if text is None:
        return notes.latest_day(chosen)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FilterError("date", say("« --date » est une date comme 2014-11-05.")) from None
