"""The command line: `campaign …`."""

import typer

from campaign.commands import (
    archiving,
    duplicates,
    filling,
    history,
    keeping,
    kits,
    organisers,
    programmes,
    reading,
    reports,
    serving,
)

app = typer.Typer(
    name="campaign",
    help="Le tableau de bord du Mois de l'ESS.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("demo")(filling.demo)
app.command("import")(filling.import_)
app.command("rollback")(filling.rollback)
app.command("template")(filling.template)
app.command("history")(history.history)
app.command("check")(reading.check)
app.add_typer(duplicates.app, name="duplicates")
app.add_typer(organisers.app, name="organisers")
app.command("export")(reading.export)
app.command("backup")(keeping.backup)
app.command("restore")(keeping.restore)
app.command("migrate")(keeping.migrate)
app.command("kit")(kits.kit)
app.command("bilan")(reports.bilan)
app.command("digest")(reports.digest)
app.command("archive")(archiving.archive)
app.command("programme")(programmes.programme)
app.command("serve")(serving.serve)

if __name__ == "__main__":
    app()
