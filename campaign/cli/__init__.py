"""The command line: `campaign …`."""

from campaign.cli import first as first  # before the others: what it begins goes on while they are imported

# isort: split
from typing import Any, Final

import typer

from campaign.cli.on_demand import OnDemand
from campaign.cli.options import ReadableGroup, language_of_terminal, ran_by, readable_errors
from campaign.core.language import use
from campaign.profile import profile as load_profile
from campaign.profile.filled import refuse_left_behind
from campaign.publish import trail

# Where each command stands, in the order of the help; its module is imported when it is run.
COMMANDS: Final = {
    "demo": "demo:demo",
    "import": "import_events:import_",
    "sync": "sync:sync",
    "rollback": "rollback:rollback",
    "template": "template:template",
    "history": "history:history",
    "check": "check:check",
    "export": "export:export",
    "backup": "backup:backup",
    "restore": "backup:restore",
    "migrate": "migrate:migrate",
    "kit": "kit:kit",
    "bilan": "bilan:bilan",
    "digest": "digest:digest",
    "archive": "archive:archive",
    "programme": "programme:programme",
    "serve": "serve:serve",
    "follow": "follow:app",
    "duplicates": "duplicates:app",
    "corrections": "corrections:app",
    "organisers": "organisers:app",
    "profile": "profile:app",
    "lake": "lake:app",
}

# What these write has a language of its own, whatever that of the terminal is.
WRITERS: Final = ("demo", "template", "export", "kit", "bilan", "digest", "archive", "programme", "serve")


class Commands(ReadableGroup):
    """The commands, each imported when it is wanted."""

    def __init__(self, **given: Any) -> None:
        """Take Typer's settings of the group."""
        super().__init__(**given)
        self.commands = OnDemand(COMMANDS)


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
    if context.invoked_subcommand not in WRITERS:
        context.with_resource(use(language_of_terminal()))
    with readable_errors():
        if context.invoked_subcommand != "profile":  # which says all that is wrong
            load_profile()
        refuse_left_behind()
