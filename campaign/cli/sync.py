"""`campaign sync`: the followed sources read, checked, published."""

import json
import os
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Final

import typer

from campaign.cli import import_output
from campaign.cli.options import DONE, NOTHING_TAKEN, WRONG_USAGE, Db, console, event_file, out, ran_by, readable_errors
from campaign.core.errors import BusyError, CampaignError
from campaign.core.language import _, mark
from campaign.follow import durations, followed, trial
from campaign.follow.sync import Result
from campaign.follow.sync import sync as run
from campaign.messages import delivery
from campaign.wording import sources

GRACE_S: Final = 5.0  # for a run that is under way when it is to end: who stops a container kills it after ten
STATUSES: Final = {
    "changed": mark("du nouveau"),
    "unchanged": mark("rien de nouveau"),
    "failed": mark("en échec"),
    "held": mark("retenue"),
}


def sync(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NOM…]", help="Sources à lire ; sinon celles dont c'est l'heure.")
    ] = None,
    every: Annotated[str | None, typer.Option(help="Recommence sans fin, par exemple toutes les 15m.")] = None,
    full: Annotated[
        bool,
        typer.Option(
            "--full",
            help="Lit tout, et retire ce que la source n'a plus (gardé, non compté) ; sans nom, de toutes les sources qui ne sont "
            "pas en pause, sans attendre leur heure (avec --every, la première fois).",
        ),
    ] = False,
    allow_withdrawals: Annotated[
        bool, typer.Option("--allow-withdrawals", help="Laisse passer ce qui serait retenu.")
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="Lit les sources en entier (sans nom, toutes celles qui ne sont pas en pause) et montre ce qu'elles apporteraient ; "
            "rien n'est publié.",
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Imprime le compte rendu en JSON.")] = False,
    db: Db = None,
) -> None:
    """Lit les sources suivies, vérifie ce qu'elles donnent, et publie le tout ensemble."""
    path = event_file(db)
    with readable_errors(wrong_usage=True):
        wait_s = durations.seconds(every) if every else None
        for name in names or []:
            followed.find(name)
        if dry_run:
            if every or as_json:
                raise typer.BadParameter(_("--dry-run ne va pas avec --every ni --json."))
            raise typer.Exit(_try(path, names or [each.name for each in followed.load() if not each.paused]))
    stopped = threading.Event()
    if wait_s is not None:
        end_when_told(stopped)
    is_first = True
    while True:
        status = _once(
            path,
            names or [],
            full=full,
            is_waiting=not (full and is_first),
            allow=allow_withdrawals,
            as_json=as_json,
            is_last=wait_s is None,
        )
        is_first = False
        if wait_s is None:
            raise typer.Exit(status)
        if stopped.wait(wait_s):
            raise typer.Exit(DONE)


def _try(path: Path, names: Sequence[str]) -> int:
    """Print what each source would bring; return the exit status. One that cannot be read does not keep the others from it."""
    status = DONE
    for name in names:
        out(_("{name} :", name=name))
        try:
            account, staged, _report = trial.run(path, followed.find(name))
        except BusyError:
            raise
        except CampaignError as error:
            console.print(str(error))
            status = NOTHING_TAKEN
        else:
            import_output.tell(account, staged, dry_run=True)
            status = status if account.taken else NOTHING_TAKEN
    return status


def end_when_told(stopped: threading.Event) -> None:
    """Listen to what ends a run that goes on; a signal that is ignored, as a hangup is under nohup, stays so."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda number, _frame: _end_soon(number, stopped))


def _end_soon(number: int, stopped: threading.Event) -> None:
    """End by a signal: at once between two runs, at the end of the one under way, or in the middle of it where it takes too long.

    A source may leave a run waiting for a minute. What was not published by then is read again by the next run.
    """

    def end(_number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    stopped.set()
    signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, GRACE_S)


def _once(
    path: Path, names: Sequence[str], *, full: bool, is_waiting: bool, allow: bool, as_json: bool, is_last: bool
) -> int:
    """Run once and tell; return the exit status. While it goes on, what is wrong with one run does not end it."""
    try:
        results = run(path, names, is_full=full, is_waiting=is_waiting, is_allowed=allow, ran_by=ran_by("sync"))
    except CampaignError as error:
        if is_last:
            with readable_errors():
                raise
        console.print(str(error), markup=False)
        return 3 if isinstance(error, BusyError) else NOTHING_TAKEN
    if as_json:
        out(json.dumps([asdict(result) for result in results], ensure_ascii=False))
    else:
        _tell(results)
    sys.stdout.flush()  # a log is read while it goes on
    _alert(path)
    return DONE if all(result.is_good for result in results) else NOTHING_TAKEN


def _alert(path: Path) -> None:
    """Send what people should hear of; what goes wrong there is said, and leaves the run as it was."""
    try:
        problems = delivery.tell(path).problems
    except CampaignError as error:
        problems = [str(error)]
    for problem in problems:
        console.print(_("Alertes : {problem}", problem=problem), markup=False)


def _tell(results: Sequence[Result]) -> None:
    if not results:
        out(_("Aucune source à lire maintenant ; nommez celles qui sont à lire sans attendre leur heure."))
    for result in results:
        out(
            _(
                "{source} : {status}{counts}",
                source=result.source,
                status=_(STATUSES[result.status]),
                counts=_counts(result),
            )
        )
        if result.message:
            out(f"  {result.message}")


def _counts(result: Result) -> str:
    names = ("new", "updated", "unchanged", "withdrawn", "rejected")
    parts = sources.counts({name: getattr(result, name) for name in names})
    return f" ({', '.join(parts)})" if parts else ""


__all__ = ["WRONG_USAGE", "sync"]
