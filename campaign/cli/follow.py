"""`campaign follow`: the sources that are followed."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from campaign.cli.import_events import FORMATS
from campaign.cli.options import WRONG_USAGE, Db, console, event_file, out, readable_errors
from campaign.core.language import _
from campaign.core.settings import PARIS, settings
from campaign.follow import followed, statuses
from campaign.follow.followed import EVERY, FULL_EVERY, Followed
from campaign.follow.statuses import SourceStatus
from campaign.intake.spreadsheets import mapping as mappings
from campaign.wording import sources as words
from campaign.wording.dates import moment_name

app = typer.Typer(
    help="Les sources suivies : la liste, ajouter, ôter, mettre en pause, reprendre.", no_args_is_help=True
)


@app.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="Imprime la liste en JSON.")] = False, db: Db = None
) -> None:
    """Liste les sources suivies, et ce qu'on sait de chacune."""
    path = event_file(db)
    with readable_errors():
        sources = followed.load()
        known = statuses.statuses(path)
    if as_json:
        out(json.dumps([_object(source, one) for source, one in zip(sources, known, strict=True)], ensure_ascii=False))
        return
    if not sources:
        out(_("Aucune source suivie dans {file}. Ajoutez-en par : campaign follow add.", file=settings().sources))
    for source, one in zip(sources, known, strict=True):
        last = moment_name(one.last_success.astimezone(PARIS)) if one.last_success else _("jamais")
        out(
            _(
                "{name} : {status} ; dernière lecture réussie : {last}",
                name=source.name,
                status=words.status(one.status),
                last=last,
            )
        )
        out(
            _(
                "  {url} (toutes les {every}, en entier toutes les {full_every} ; {licence})",
                url=source.url,
                every=source.every,
                full_every=source.full_every,
                licence=source.licence,
            )
        )
        if one.is_whole_only:
            out(f"  {words.whole_only()}")
        if one.is_feed:
            out(f"  {words.feed()}")
        if one.reason:
            out(f"  {words.wrong(one.reason, one.values, one.detail)}")


@app.command("add")
def add(
    url: Annotated[
        str, typer.Argument(metavar="ADRESSE", help="Agenda, jeu de données, calendrier, tableur : https://….")
    ],
    name: Annotated[str, typer.Option(help="Nom de la source : celui de ses imports (--source).")],
    licence: Annotated[str, typer.Option(help="Licence des événements, répétée dans chaque export.")],
    format: Annotated[str, typer.Option(help=", ".join(FORMATS) + ".")] = "auto",
    mapping: Annotated[Path | None, typer.Option(help="Fichier TOML : quelle colonne est quoi.")] = None,
    region: Annotated[
        str | None,
        typer.Option(help="Code INSEE de la région dont c'est l'agenda : ses événements en ligne y sont rangés."),
    ] = None,
    every: Annotated[str, typer.Option(help="Temps entre deux lectures : 15m, 1h, 24h.")] = EVERY,
    full_every: Annotated[
        str, typer.Option(help="Temps entre deux lectures entières, qui seules retirent des événements.")
    ] = FULL_EVERY,
    key_env: Annotated[
        str | None,
        typer.Option(help="Variable d'environnement qui donne la clé ; la clé elle-même n'est jamais écrite."),
    ] = None,
    db: Db = None,
) -> None:
    """Ajoute une source à suivre ; « campaign sync » la lira."""
    event_file(db)
    if format not in FORMATS:
        console.print(_("Format inconnu : {format}. Formats : {formats}.", format=format, formats=", ".join(FORMATS)))
        raise typer.Exit(WRONG_USAGE)
    with readable_errors(wrong_usage=True):
        if mapping is not None:
            mappings.load(mapping)
        source = Followed(
            name=name.strip(),
            url=url.strip(),
            licence=licence.strip(),
            format=format,
            mapping=str(mapping.resolve()) if mapping else None,
            region=region,
            every=every,
            full_every=full_every,
            key_env=key_env,
            added=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        followed.add(source)
    out(
        _(
            "{name} est suivie. Lisez-la maintenant par : {command}",
            name=source.name,
            command=f"campaign sync {source.name!r}",
        )
    )


@app.command("remove")
def remove(name: Annotated[str, typer.Argument(metavar="NOM", help="Le nom de la source.")], db: Db = None) -> None:
    """Ne suit plus une source ; ses événements restent."""
    event_file(db)
    with readable_errors(wrong_usage=True):
        followed.remove(name)
    out(_("{name} n'est plus suivie ; ses événements restent.", name=name))


@app.command("pause")
def pause(name: Annotated[str, typer.Argument(metavar="NOM", help="Le nom de la source.")], db: Db = None) -> None:
    """Laisse une source de côté jusqu'à « resume »."""
    event_file(db)
    with readable_errors(wrong_usage=True):
        followed.pause(name, is_paused=True)
    out(_("{name} est en pause.", name=name))


@app.command("resume")
def resume(name: Annotated[str, typer.Argument(metavar="NOM", help="Le nom de la source.")], db: Db = None) -> None:
    """Reprend une source mise en pause."""
    event_file(db)
    with readable_errors(wrong_usage=True):
        followed.pause(name, is_paused=False)
    out(_("{name} est de nouveau suivie.", name=name))


def _object(source: Followed, one: SourceStatus) -> dict[str, Any]:
    """Return a source as JSON: what its file says of it, and what is known of it."""
    return {
        **{field: getattr(source, field) for field in followed.FIELDS},
        "status": one.status,
        "last_success": _instant(one.last_success),
        "last_change": _instant(one.last_change),
        "next_run": _instant(one.next_run),
        "wrong_since": _instant(one.wrong_since),
        "reason": one.reason,
        "message": words.wrong(one.reason, one.values, one.detail) if one.reason else "",
    }


def _instant(moment: datetime | None) -> str | None:
    return moment.astimezone(PARIS).isoformat(timespec="seconds") if moment else None
