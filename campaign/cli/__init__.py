"""The command line: `campaign …`."""

import typer

from campaign.cli import (
    archive,
    backup,
    bilan,
    check,
    duplicates,
    history,
    imports,
    kit,
    organisers,
    programme,
    serve,
)

app = typer.Typer(
    name="campaign",
    help="Le tableau de bord du Mois de l'ESS.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("demo")(imports.demo)
app.command("import")(imports.import_)
app.command("rollback")(imports.rollback)
app.command("template")(imports.template)
app.command("history")(history.history)
app.command("check")(check.check)
app.add_typer(duplicates.app, name="duplicates")
app.add_typer(organisers.app, name="organisers")
app.command("export")(check.export)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("migrate")(backup.migrate)
app.command("kit")(kit.kit)
app.command("bilan")(bilan.bilan)
app.command("digest")(bilan.digest)
app.command("archive")(archive.archive)
app.command("programme")(programme.programme)
app.command("serve")(serve.serve)

if __name__ == "__main__":
    app()
