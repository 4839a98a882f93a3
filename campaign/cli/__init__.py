"""The command line: `campaign …`."""

from campaign.cli import first as first  # before the others: what it begins goes on while they are imported

# isort: split
import typer

from campaign.cli import (
    archive,
    backup,
    bilan,
    check,
    corrections,
    demo,
    digest,
    duplicates,
    export,
    follow,
    history,
    import_events,
    kit,
    lake,
    migrate,
    organisers,
    profile,
    programme,
    rollback,
    serve,
    sync,
    template,
)
from campaign.cli.options import Commands, ran_by, readable_errors
from campaign.profile import profile as load_profile
from campaign.profile.filled import refuse_left_behind
from campaign.publish import trail

app = typer.Typer(
    name="campaign",
    help="Le tableau de bord d'une campagne d'événements.",
    no_args_is_help=True,
    add_completion=False,
    cls=Commands,
    pretty_exceptions_enable=False,
)


@app.callback()
def before_every_command(context: typer.Context) -> None:
    """Refuse a profile that cannot be read, and what was filled in where it is no longer read."""
    trail.act_as(ran_by(context.invoked_subcommand or ""))
    with readable_errors():
        if context.invoked_subcommand != "profile":  # which says all that is wrong
            load_profile()
        refuse_left_behind()


app.command("demo")(demo.demo)
app.command("import")(import_events.import_)
app.add_typer(follow.app, name="follow")
app.command("sync")(sync.sync)
app.command("rollback")(rollback.rollback)
app.command("template")(template.template)
app.command("history")(history.history)
app.command("check")(check.check)
app.add_typer(duplicates.app, name="duplicates")
app.add_typer(corrections.app, name="corrections")
app.add_typer(organisers.app, name="organisers")
app.add_typer(profile.app, name="profile")
app.command("export")(export.export)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.add_typer(lake.app, name="lake")
app.command("migrate")(migrate.migrate)
app.command("kit")(kit.kit)
app.command("bilan")(bilan.bilan)
app.command("digest")(digest.digest)
app.command("archive")(archive.archive)
app.command("programme")(programme.programme)
app.command("serve")(serve.serve)
