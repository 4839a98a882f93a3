"""`campaign programme`: the printable programme of a choice, as PDF or plain text."""

from pathlib import Path
from typing import Annotated

import typer

from campaign import filters, store
from campaign.cli.options import Db, Edition, Nomenclature, event_file, out, readable_errors
from campaign.core import language
from campaign.core.files import write_whole, writing_into
from campaign.core.settings import settings
from campaign.exports.files import LOCAL_ADDRESS
from campaign.programme import listing
from campaign.programme.files import name_of
from campaign.programme.sheet import pdf
from campaign.programme.text import text

Many = Annotated[list[str] | None, typer.Option()]


def programme(
    out_dir: Annotated[Path, typer.Option("--out", help="Dossier où écrire programme.pdf et programme.txt.")],
    edition: Edition = None,
    nomenclature: Nomenclature = None,
    region: Many = None,
    departement: Many = None,
    type: Many = None,
    theme: Many = None,
    subcampaign: Annotated[
        str | None, typer.Option(help="Code d'un temps fort, comme semaine-de-la-cooperation.")
    ] = None,
    from_: Annotated[str | None, typer.Option("--from", help="Premier jour, comme 2014-11-05.")] = None,
    to: Annotated[str | None, typer.Option(help="Dernier jour.")] = None,
    near: Annotated[str | None, typer.Option(help="Code postal ou code commune.")] = None,
    radius_km: Annotated[str | None, typer.Option()] = None,
    lang: Annotated[str | None, typer.Option(help="fr ou en.")] = None,
    db: Db = None,
) -> None:
    """Écrit le programme d'un territoire, par jour et commune : PDF à imprimer, texte pour une lettre d'information."""
    event_file(db)
    lists = {"region": region, "departement": departement, "type": type, "theme": theme}
    singles = {
        "edition": edition, "nomenclature": nomenclature, "subcampaign": subcampaign, "from": from_, "to": to, "near": near,
        "radius_km": radius_km, "lang": lang,
    }  # fmt: skip
    pairs = [(name, value) for name, values in lists.items() for value in values or []]
    pairs += [(name, value) for name, value in singles.items() if value is not None]
    with readable_errors(), store.snapshot(), writing_into(out_dir):
        chosen = filters.parse(pairs)
        base_url = settings().public_url.rstrip("/") or LOCAL_ADDRESS
        with language.use(chosen.lang):
            territory_programme = listing.programme(chosen, base_url)
            for extension, content in (("pdf", pdf(territory_programme)), ("txt", text(territory_programme).encode())):
                target = out_dir / name_of(chosen, extension)
                write_whole(target, content)
                out(str(target))
            if not territory_programme.days:
                out(territory_programme.empty)
