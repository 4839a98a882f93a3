"""What `campaign import` prints: how far it is, what was understood of each file, what became of its rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from campaign import intake
from campaign.cli.options import console, headed, out
from campaign.core.language import _
from campaign.intake.request import Mapping
from campaign.intake.spreadsheets import mapping
from campaign.publish.account import Account
from campaign.wording import findings, previews, sentences
from campaign.wording.numbers import number, percent

LONGEST_SAMPLE = 40
MOST_REJECTED = 500


class Bar:
    """A progress bar on the terminal."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=None)

    def begin(self, n_bytes: int) -> None:
        """Give the bar its length."""
        self._bar.update(self._task, total=n_bytes)

    def advance(self, n_bytes: int) -> None:
        """Move on."""
        self._bar.advance(self._task, n_bytes)

    def step(self, name: str) -> None:
        """Say what is being done."""
        self._bar.update(self._task, description=name)


@contextmanager
def progress(console: Console) -> Iterator[Bar]:
    """Show a progress bar on standard error while something is being done, if someone is watching."""
    parts = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*parts, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield Bar(bar)


def tell(account: Account, staged: intake.Staged, *, dry_run: bool) -> None:
    """Print the account for a person: what was understood, taken, rejected, and what to look at."""
    for file in staged.files:
        out(
            f"{file.name} : {file.format} ({file.why} ; {file.reading.why})"
            if file.why
            else f"{file.name} : {file.format}"
        )
        if file.reading.columns:
            console.print(_columns(file))
        if file.reading.unused_columns:
            out(_("  colonnes sans emploi : {names}", names=", ".join(file.reading.unused_columns)))
        for column, likeness in file.reading.likenesses.items():
            out(
                _(
                    "  « {column} » ressemble à {likeness}, sans être prise : donnez --mapping si elle l'est.",
                    column=column,
                    likeness=likeness,
                )
            )
    for left in staged.left:
        out(_("Laissé de côté : {left}", left=left))
    rejected = [(reject.line, findings.rejection(reject.reason)) for reject in account.rejects]
    out(sentences.account(account.new, account.updated, account.unchanged, rejected, is_tried=dry_run))
    if account.taken:
        out(
            _(
                "Types : {guessed} devinés d'après les textes, {other} « autre ».",
                guessed=percent(account.guessed / account.taken),
                other=percent(account.other / account.taken),
            )
        )
    if account.warnings:
        table = headed(_("Constat"), _("Nombre"), _("Que faire"), title=_("À vérifier"))
        for kind, n in sorted(account.warnings.items(), key=lambda item: -item[1]):
            table.add_row(findings.finding(kind), number(n), findings.remedy(kind))
        console.print(table)
    if dry_run:
        if account.preview:
            console.print(_preview(account))
        if account.rejects:
            console.print(_rejected(account))
        out(_("Essai : rien n'a été écrit, rien n'est encore publié."))


def keep_columns(path: Path, staged: intake.Staged, licence: str | None) -> None:
    """Write which column of the first table was taken for which field, as a mapping file to correct and give back."""
    tables = [file for file in staged.files if file.reading.columns]
    columns = dict(tables[0].reading.columns) if tables else {}
    source = staged.source | ({"licence": licence} if licence else {})
    values: dict[str, str | int | list[str | int]] = {
        field: names[0] if len(names) == 1 else list(names) for field, names in columns.items()
    }
    mapping.save(path, Mapping(columns=values, source=source))


def _columns(file: intake.StagedFile) -> Table:
    """Return which column gave which field, with three values of each."""
    table = headed(_("Champ"), _("Colonne"), _("Exemples"), _("Devinée"), title=_("Colonnes de {name}", name=file.name))
    for field, names in file.reading.columns.items():
        table.add_row(
            field,
            ", ".join(names),
            " · ".join(_short(value) for value in file.reading.samples.get(field, [])),
            " · ".join(file.reading.reasons.get(field, [])),
        )
    return table


def _preview(account: Account) -> Table:
    """Return the first events as they will stand."""
    table = headed(
        _("Ligne"),
        _("Titre"),
        _("Quand"),
        _("Où"),
        _("Type"),
        _("Constats"),
        title=_("Les premiers événements, tels qu'ils seraient publiés"),
    )
    for event in account.preview:
        table.add_row(
            str(event.line or ""), _short(event.title), previews.when(event), previews.where(event), previews.event_type(event),
            previews.noticed(event),
        )  # fmt: skip
    return table


def _rejected(account: Account) -> Table:
    """Return the rejected rows, each with its value, why, and what to do."""
    table = headed(_("Fichier"), _("Ligne"), _("Valeur"), _("Motif"), _("Que faire"), title=_("Lignes rejetées"))
    for reject in account.rejects[:MOST_REJECTED]:
        table.add_row(
            reject.file, str(reject.line or ""), _short(reject.value or ""), findings.finding(reject.reason),
            findings.remedy(reject.reason),
        )  # fmt: skip
    if len(account.rejects) > MOST_REJECTED:
        table.caption = f"Et {number(len(account.rejects) - MOST_REJECTED)} autres : toutes dans --report."
    return table


def _short(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= LONGEST_SAMPLE else f"{line[: LONGEST_SAMPLE - 1]}…"
