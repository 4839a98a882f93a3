"""What commands share: the event file's option, and errors as a person reads them."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column, Table
from typer.core import TyperGroup

from campaign import filters
from campaign.core.errors import BusyError, CampaignError, DemoRefusedError, FilterError, StoreError, WriteError
from campaign.core.files import reason
from campaign.core.language import Language, Message, _, known, say, use
from campaign.core.settings import settings
from campaign.filters import Filters
from campaign.publish import trail
from campaign.wording.quantities import counted

DONE, NOTHING_TAKEN, WRONG_USAGE, BUSY = 0, 1, 2, 3

Db = Annotated[
    Path | None, typer.Option("--db", help="Fichier d'événements (sinon CAMPAIGN_DB, sinon data/campaign.duckdb).")
]
Edition = Annotated[str | None, typer.Option(help="Année de l'édition ; l'édition courante sans elle.")]
Nomenclature = Annotated[str | None, typer.Option(help="Découpage : 2014 (27 régions) ou 2016 (18).")]
RegionOrAll = Annotated[str | None, typer.Option(help="Code INSEE, ou all : le pays et chaque région.")]

# What is printed holds what others wrote: [brackets] and :colons: stand for themselves.
console = Console(stderr=True, highlight=False, markup=False, emoji=False)


def headed(*names: str, title: str | None = None, show_lines: bool = False) -> Table:
    """Return an empty table whose cells are whole: a long word, such as an identifier, goes on in the next line."""
    columns = (Column(name, overflow="fold") for name in names)
    return Table(*columns, title=title, title_justify="left", show_lines=show_lines)


def language_of_terminal() -> Language:
    """Return the language of the terminal, as the system's variables name it: English where they say so, else French."""
    return known(next((each for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (each := os.environ.get(name))), None))


def event_file(db: Path | None) -> Path:
    """Return the event file of a command, and make it the process's."""
    if db is not None:
        settings().db = db
    return settings().db


class ReadableGroup(TyperGroup):
    """The commands, none of which ends with a trace where the system refuses to read or to write."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; what the system refuses is printed with its reason."""
        try:
            answer = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            raise  # a reader who has read enough (« | head »): the command ends there, silently
        except OSError as error:
            named = f"{error.filename} : " if error.filename else ""
            _say(
                CampaignError(
                    say("Le système refuse : {named}{error}.", named=named, error=reason(error)),
                    say("Vérifiez la place et les droits."),
                )
            )
            raise typer.Exit(NOTHING_TAKEN) from error
        return answer


@contextmanager
def readable_errors(*, wrong_usage: bool = False) -> Iterator[None]:
    """Print what went wrong and what to do, without a trace, and leave with the documented exit status.

    `wrong_usage`: what can go wrong is what was asked for, but for files that cannot be written or read.
    """
    try:
        yield
    except (DemoRefusedError, FilterError) as error:
        _say(error)
        raise typer.Exit(WRONG_USAGE) from error
    except BusyError as error:
        _say(error)
        raise typer.Exit(BUSY) from error
    except CampaignError as error:
        _say(error)
        is_wrong = wrong_usage and not isinstance(error, WriteError | StoreError)
        raise typer.Exit(WRONG_USAGE if is_wrong else NOTHING_TAKEN) from error


def ran_by(command: str) -> str:
    """Return what a history says of a command: its name and the account of the system that ran it."""
    return f"campaign {command} ({trail.account()})"


def _say(error: CampaignError) -> None:
    with use(language_of_terminal()):
        # wrapped by the terminal, not here: a line to copy stays one line
        console.print(error.message, style="bold", markup=False, soft_wrap=True)
        if error.detail:
            console.print(error.detail, markup=False, soft_wrap=True)
        if error.remedy:
            console.print(error.remedy, markup=False, soft_wrap=True)


def out(text: str) -> None:
    """Print to standard output."""
    sys.stdout.write(text + "\n")


@contextmanager
def progress_over_regions(documents: str, chosen: Filters) -> Iterator[Callable[[str], None]]:
    """Show how far a command is with the documents of the country and of each region; gives what is called with each place."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(documents, total=1 + len(filters.codes().regions[chosen.nomenclature]))
        yield lambda place: progress.update(task, advance=1, description=place)


def of_one_edition(document: Message, **given: str | None) -> tuple[Filters, int]:
    """Return the choice of a document (« Un bilan ») that is of one edition, and its year; `given` are filters by name.

    Says that the file has no event that counts, and ends the command well, where there is no edition to speak of.
    Raises FilterError for several editions, or a value that is not known.
    """
    chosen = filters.parse([(name, value) for name, value in given.items() if value is not None])
    if chosen.edition is not None:
        return chosen, chosen.edition
    if not filters.codes().counted_editions:
        with use(language_of_terminal()):
            out(_("Aucun événement ne compte dans le fichier : rien n'est écrit. Donnez une année à --edition."))
        raise typer.Exit(DONE)
    raise FilterError("edition", say("{document} est d'une seule édition.", document=document))


def amount(n: int) -> str:
    """Return "aucun événement", "1 événement", "1 700 événements"."""
    return counted(n, "événement", "événements") if n else _("aucun événement")
