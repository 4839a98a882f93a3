"""Writes the archive of an edition: pages, drawings, data, licences, and a manifest with checksums."""

import csv
import hashlib
import io
import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from campaign import __version__, store
from campaign.analysis import edition_dates
from campaign.analysis.about import about
from campaign.analysis.figures import gather
from campaign.archive import events, html, pages
from campaign.charts import svg
from campaign.charts.sheet import SIZES, render
from campaign.core import language
from campaign.core.errors import CampaignError
from campaign.core.files import writing_into
from campaign.core.language import say
from campaign.core.settings import ROOT
from campaign.drawings.catalogue import drawing
from campaign.drawings.export import rows_csv
from campaign.exports import counts, files
from campaign.exports.columns import DICTIONARY
from campaign.filters import Filters, Nomenclature
from campaign.profile import profile
from campaign.wording import campaign_names as names
from campaign.wording.dates import data_as_of
from campaign.wording.labels import capitalised

DRAWN: Final = ("carte", "regions", "departements", "types", "jours", "editions", "carte-departements")
# File in `donnees/`, format, dialect, what it is.
DATA: Final = (
    ("evenements.csv", "csv", None, "tableau, UTF-8"),
    ("evenements-excel.csv", "csv", "fr", "tableau pour un Excel français"),
    ("evenements.xlsx", "xlsx", None, "classeur"),
    ("evenements.json", "json", None, "document JSON"),
    ("evenements.geojson", "geojson", None, "carte"),
    ("evenements.parquet", "parquet", None, "tableau en colonnes"),
    ("evenements.ics", "ics", None, "calendrier, une entrée par session, les annulés barrés"),
)
BY: Final = ("region", "departement", "type", "theme", "day")
MANIFEST, SUMS, READ_ME, NOTICE = "manifeste.json", "SHA256SUMS", "LISEZMOI.txt", "NOTICE.md"


class ArchiveError(CampaignError):
    """The archive cannot be written there."""


@dataclass(frozen=True)
class Made:
    """What was written: how many events and files, how large."""

    n_events: int
    n_files: int
    n_bytes: int


def write(edition: int, out: Path, nomenclature: Nomenclature | None = None, region: str | None = None) -> Made:
    """Write the archive of an edition, of the country or one region, into `out`, a new or empty folder; all of it or nothing.

    Raises ArchiveError if the folder holds anything, FilterError through the caller's filters for an unknown edition.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ArchiveError(say("{out} n'est pas un dossier vide.", out=out), say("Donnez un nouveau dossier à --out."))
    with writing_into(out.parent), tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as scratch:
        folder = Path(scratch) / out.name
        folder.mkdir()
        with store.snapshot(), language.use("fr"):
            chosen = Filters(
                editions=(edition,),
                nomenclature=nomenclature,
                regions=(region,) if region else (),
            )
            archived = _filled(folder, chosen)
        if out.exists():
            out.rmdir()
        folder.replace(out)
    return archived


def _filled(folder: Path, chosen: Filters) -> Made:
    for name in ("agenda", "dessins", "donnees", "polices"):
        (folder / name).mkdir()
    figures, provenance = gather(chosen), about(chosen)
    edition = chosen.editions[0]
    frame = html.Frame(
        edition,
        f"{edition_dates.rank(edition)} édition",
        figures.place.inside if chosen.regions else "",
        provenance.is_demo,
        f"{capitalised(data_as_of(provenance.data_date))}. Source : {provenance.source} Licence : {provenance.licence}.",
    )
    drawings = {name: drawing(name, figures) for name in DRAWN}
    listed = events.rows(chosen)
    groups = events.by_region(listed, chosen.nomenclature)
    total = figures.total
    if len(listed) != total:
        raise ArchiveError(
            say(
                "La liste a {listed} événements et le compte {total} : rien n'a été écrit.",
                listed=len(listed),
                total=total,
            )
        )
    published = [row for row in store.query("official_figures").rows if row["edition"] == edition]
    written: dict[str, bytes | str] = {
        "style.css": html.style(),
        "index.html": pages.overview(frame, figures, drawings),
        "regions.html": pages.regions(frame, chosen, drawings, total),
        "types.html": pages.types(frame, chosen, drawings, total),
        "jours.html": pages.days(frame, chosen, drawings),
        "agenda.html": pages.agenda(frame, groups, chosen.nomenclature, total),
        "sources.html": pages.sources(frame, figures, published, store.query("sources").rows),
        "donnees/comptes.json": _json({name: counts.rows((name,), chosen) for name in BY} | {"total": total}),
        "donnees/chiffres-officiels.json": _json(published),
        "donnees/dictionnaire.csv": _dictionary(),
        "LICENCES.txt": _licences(provenance.licence),
        READ_ME: READ_ME_TEXT.format(campaign=names.name(), edition=edition),
    }
    written |= {
        events.file_of(code): events.region_page(frame, code, group, chosen.nomenclature)
        for code, group in groups.items()
    }
    for name, drawn in drawings.items():
        written[f"dessins/{name}.svg"] = render(drawn, SIZES["a4"])
        written[f"dessins/{name}.csv"] = rows_csv(drawn)
    written["donnees.html"] = pages.data(frame, _data_files(), total, provenance)
    for name, content in written.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    for name, form, dialect, _words in DATA:
        with (folder / "donnees" / name).open("wb") as stream:
            files.write(form, chosen, stream, dialect)
    for font in (*svg.FILES.values(), "LICENSE"):
        shutil.copyfile(svg.FONTS / font, folder / "polices" / font)
    return _sealed(folder, figures.data_date, chosen, total, provenance.is_demo)


def _data_files() -> list[tuple[str, str]]:
    return [
        *((f"donnees/{name}", words) for name, _form, _dialect, words in DATA),
        ("donnees/comptes.json", "comptes par région, département, type, thème et jour"),
        ("donnees/chiffres-officiels.json", "chiffres publiés pour cette édition, avec leurs sources"),
        ("donnees/dictionnaire.csv", "ce que dit chaque colonne"),
    ]


def _json(content: Any) -> bytes:
    return orjson.dumps(content, option=orjson.OPT_INDENT_2)


def _dictionary() -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(["colonne", "contenu", "peut_manquer", "description"])
    writer.writerows([name, of.kind, str(of.is_optional).lower(), of.description] for name, of in DICTIONARY.items())
    return stream.getvalue()


def _licences(licence: str) -> str:
    paths = (ROOT / "data" / NOTICE, profile().folder / NOTICE)
    notices = "\n".join(path.read_text("utf-8") for path in paths if path.is_file())
    return f"Événements : {licence}\n\nLettres (polices/) : SIL Open Font License 1.1, texte dans polices/LICENSE.\n\n{notices}"


def _sealed(folder: Path, data_date: Any, chosen: Filters, total: int, is_demo: bool) -> Made:
    """Write the manifest and the checksums of all that the folder holds, as `sha256sum -c` reads them."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    content = {
        "edition": chosen.editions[0],
        "decoupage": chosen.nomenclature,
        "region": chosen.region,
        "evenements": total,
        "demonstration": is_demo,
        "date_des_donnees": data_date.isoformat() if data_date else None,
        "logiciel": f"campaign {__version__}",
        "fichiers": [
            {"nom": name, "octets": (folder / name).stat().st_size, "sha256": of} for name, of in sums.items()
        ],
    }
    manifest = folder / MANIFEST
    manifest.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")
    sums[MANIFEST] = hashlib.sha256(manifest.read_bytes()).hexdigest()
    (folder / SUMS).write_text("".join(f"{of}  {name}\n" for name, of in sums.items()), "utf-8")
    everything = [path for path in folder.rglob("*") if path.is_file()]
    return Made(total, len(everything), sum(path.stat().st_size for path in everything))


READ_ME_TEXT: Final = """{campaign} {edition} : archive

Ouvrez index.html dans un navigateur : les pages se lisent sans serveur ni réseau.

  agenda/      les événements, une page par région
  dessins/     les dessins (SVG) et leurs nombres (CSV)
  donnees/     les événements en tableau, calendrier et carte ; les comptes ; les chiffres publiés
  polices/     les lettres des pages
  LICENCES.txt licences à répéter en cas de réutilisation
  manifeste.json, SHA256SUMS : ce que l'archive contient ; vérifier par « sha256sum -c SHA256SUMS »
"""
