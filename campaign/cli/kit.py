"""`campaign kit`: press kits as files, for the country, one region, or all at once."""

import csv
import io
import time
from pathlib import Path
from typing import Annotated

import typer

from campaign import filters, store
from campaign.cli.options import (
    Db,
    Edition,
    Nomenclature,
    RegionOrAll,
    amount,
    event_file,
    language_of_terminal,
    of_one_edition,
    out,
    progress_over_regions,
    readable_errors,
)
from campaign.core.files import write_whole, writing_into
from campaign.core.language import _, say, use
from campaign.core.settings import settings
from campaign.exports.files import LOCAL_ADDRESS
from campaign.press import kit as kits
from campaign.wording.numbers import number
from campaign.wording.quantities import counted


def kit(
    out_dir: Annotated[Path, typer.Option("--out", help="Dossier où écrire les kits.")],
    edition: Edition = None,
    nomenclature: Nomenclature = None,
    region: RegionOrAll = None,
    db: Db = None,
) -> None:
    """Écrit des kits de presse : fiche PDF, phrases, carte, dessins, tableaux, note de méthode, manifeste."""
    event_file(db)
    with readable_errors(), store.snapshot(), writing_into(out_dir):
        one = None if region == "all" else region
        chosen, _year = of_one_edition(say("Un kit"), edition=edition, nomenclature=nomenclature, region=one)
        base_url = settings().public_url.rstrip("/") or LOCAL_ADDRESS
        began = time.monotonic()
        if region == "all":
            written_kits = _all(chosen, base_url)
            _write_summary(out_dir, written_kits, chosen)
        else:
            written_kits = [kits.kit(chosen, base_url)]
        for each in written_kits:
            write_whole(out_dir / each.name, each.content)
    with use(language_of_terminal()):
        seconds = number(time.monotonic() - began, 1)
        out(
            _(
                "{out_dir} : {n_kits} en {seconds} s, {total} au total.",
                out_dir=out_dir,
                n_kits=counted(len(written_kits), "kit", "kits"),
                seconds=seconds,
                total=amount(written_kits[0].total),
            )
        )


def _all(chosen: filters.Filters, base_url: str) -> list[kits.Kit]:
    with progress_over_regions("Kits", chosen) as advance:
        return kits.all_kits(chosen, base_url, advance)


def _write_summary(out_dir: Path, written_kits: list[kits.Kit], chosen: filters.Filters) -> None:
    rows = kits.summary(written_kits, chosen)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    write_whole(out_dir / "sommaire.csv", text.getvalue().encode("utf-8-sig"))
