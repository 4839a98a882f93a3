"""Press kits: one zip per territory, made from the event file alone, and the same bytes all day as long as the file stays."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from campaign import store
from campaign.analysis.about import file_name
from campaign.analysis.figures import Figures, everywhere, gather, has_no_chamber
from campaign.charts.picture import png
from campaign.charts.sheet import SIZES, render
from campaign.core.errors import AssertionFailedError
from campaign.core.language import _, current, say
from campaign.core.settings import PARIS, settings
from campaign.documents import docx
from campaign.drawings.catalogue import drawing
from campaign.drawings.export import rows_csv
from campaign.filters import Filters, Nomenclature, codes
from campaign.filters.urls import api
from campaign.press import angle, brief
from campaign.press.tables import workbook
from campaign.statements import cite, notices
from campaign.statements.method import method
from campaign.statements.parts import stage_words
from campaign.statements.sentences import ready
from campaign.wording import campaign_names as names

# Drawings of a kit (the first four are on the brief), and tables that it holds besides.
DRAWN: Final = {
    "country": ("carte", "editions", "types", "jours", "carte-departements", "chiffres-publies"),
    "region": ("carte", "regions", "editions", "types"),
}
TABLED: Final = ("regions", "departements", "types", "editions", "jours")


@dataclass(frozen=True)
class Kit:
    """One kit: whose it is, how many events it counts, its file's name and bytes."""

    code: str | None
    place: str
    total: int
    name: str
    content: bytes

    @property
    def checksum(self) -> str:
        """The SHA-256 of the file."""
        return hashlib.sha256(self.content).hexdigest()


def choice(edition: int | None, nomenclature: Nomenclature | None, region: str | None, lang: str = "fr") -> Filters:
    """Return the choice that a kit is of: one edition (the current one by default), the country or one region.

    Without a nomenclature, the regions are those in force for the edition.
    """
    year = edition or codes().current_edition
    return Filters(
        editions=(year,) if year else (),
        nomenclature=nomenclature,
        regions=(region,) if region else (),
        lang="en" if lang == "en" else "fr",
    )


def kit(chosen: Filters, base_url: str) -> Kit:
    """Return the kit of a choice in the current language, kept as long as the event file and the day stay."""
    return _kit(store.reader().identity, current(), settings().current_day(), notices.embargo(), chosen, base_url)


@store.cached_per_file(maxsize=64)
def _kit(_file: store.Identity, _language: str, _day: date, _embargo: str, chosen: Filters, base_url: str) -> Kit:
    figures = gather(chosen)
    files = _files(figures, base_url)
    files["manifeste.json"] = _manifest(figures, files, base_url)
    name = file_name(chosen, "zip").replace("-evenements-", "-presse-")
    return Kit(chosen.region, figures.place.name, figures.total, name, _zipped(files, _moment(figures)))


def all_kits(national: Filters, base_url: str, on_made: Callable[[str], None]) -> list[Kit]:
    """Return the kits of the country and of every region of its nomenclature; `on_made` is called with each name.

    Raises AssertionFailedError if the regions and « région inconnue » do not sum to the country.
    """
    kits = []
    for region in (None, *sorted(codes().regions[national.nomenclature])):
        regional = kit(national.replace(regions=(region,) if region else ()), base_url)
        kits.append(regional)
        on_made(regional.place)
    if kits[0].total != sum(regional.total for regional in kits[1:]) + unknown(national):
        raise AssertionFailedError(say("Les régions et « région inconnue » ne font pas le total national."))
    return kits


def unknown(national: Filters) -> int:
    """Return how many events have no region."""
    whole = everywhere(national)
    rows = store.query("events_by_region", **whole.params()).rows
    return sum(row["count"] for row in rows if row["region_code"] is None)


def summary(kits: list[Kit], national: Filters) -> list[dict[str, Any]]:
    """Return one row per kit, « région inconnue », and the total."""

    def row(place: str, total: int, each: Kit | None, note: str = "") -> dict[str, Any]:
        return {
            "code": (each.code if each else None) or "",
            "territoire": place,
            "evenements": total,
            "fichier": each.name if each else "",
            "sha256": each.checksum if each else "",
            "remarque": note,
        }

    def remark(each: Kit) -> str:
        lacks_one = has_no_chamber(national.nomenclature, each.code, national.editions)
        return _("pas encore de {body}", body=names.body()) if lacks_one else ""

    return [
        *(row(each.place, each.total, each, remark(each)) for each in kits[1:]),
        row(_("Région inconnue"), unknown(national), None),
        row(kits[0].place, kits[0].total, kits[0], _("total")),
    ]


def _files(figures: Figures, base_url: str) -> dict[str, bytes]:
    facts = angle.of(figures)
    drawings = {name: drawing(name, figures) for name in dict.fromkeys((*DRAWN[figures.level], *TABLED))}
    sentences = ready(figures)
    title = f"{_('Phrases prêtes')} – {figures.place.name} {'-'.join(map(str, figures.editions))}"
    heads = [("Normal", text) for text in (notices.embargo(), notices.chamber(figures), notices.contact()) if text]
    heads += [("Heading1", _("Phrases")), *(("Normal", s.text) for s in sentences)]
    if facts:
        heads += [("Heading1", _("Angle local")), *(("Normal", fact.text) for fact in facts)]
    heads += [("Heading1", _("Citer")), ("Normal", cite.citation(figures, base_url).text)]
    files = {
        "fiche.pdf": brief.pdf(figures, base_url, facts, [drawings[name] for name in DRAWN[figures.level][:4]]),
        "phrases.txt": _text(title, heads),
        "phrases.docx": _document(title, heads, figures),
        "methode.txt": _text(_("Note de méthode"), method(figures)),
    }
    for name in DRAWN[figures.level]:
        document = render(drawings[name], SIZES["a4"])
        files[f"dessins/{name}.svg"] = document.encode()
        files[f"dessins/{name}.png"] = png(document, SIZES["a4"])
    for size, suffix in (("social", "reseaux"), ("square", "carre")):
        files[f"dessins/carte-{suffix}.png"] = png(render(drawings["carte"], SIZES[size]), SIZES[size])
    tables = {name: drawings[name] for name in TABLED}
    for name, table in tables.items():
        files[f"donnees/{name}.csv"] = rows_csv(table)
    sheets = [(name, list(table.rows)) for name, table in tables.items()]
    files["donnees/tableaux.xlsx"] = workbook(sheets, title, figures.data_date)
    return files


def _text(title: str, paragraphs: list[tuple[str, str]]) -> bytes:
    lines = [title, "=" * len(title), ""]
    for style, text in paragraphs:
        lines += ["", text, "-" * len(text), ""] if style == "Heading1" else [text, ""]
    return ("\n".join(lines).rstrip() + "\n").encode()


def _document(title: str, paragraphs: list[tuple[str, str]], figures: Figures) -> bytes:
    document = docx.blank(title, names.dashboard(), current(), figures.data_date)
    docx.add_heading(document, title, docx.TITLE)
    for style, text in paragraphs:
        if style == "Heading1":
            docx.add_heading(document, text, 1)
        else:
            docx.add_text(document, text)
    return docx.to_bytes(document)


def _manifest(figures: Figures, files: dict[str, bytes], base_url: str) -> bytes:
    """Return what the kit holds, with checksums, and the addresses that give each view again."""
    frozen = cite.frozen(figures)
    views = {name: base_url + api(f"/figures/{name}.svg", frozen) for name in (*DRAWN[figures.level], "departements")}
    views |= {
        "presse": cite.address(figures, base_url),
        "evenements": base_url + api("/api/v1/events.csv", frozen),
        "comptes": base_url + api("/api/v1/counts.json", frozen, by="region"),
    }
    content = {
        "territoire": figures.place.name,
        "code": figures.chosen.region,
        "decoupage": figures.chosen.nomenclature,
        "edition": figures.edition,
        "evenements": figures.total,
        "etat": stage_words(figures.stage),
        "demonstration": figures.is_demo,
        "date_des_donnees": figures.data_date.isoformat() if figures.data_date else None,
        "fichiers": [
            {"nom": name, "octets": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in sorted(files.items())
        ],
        "adresses": views,
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def _moment(figures: Figures) -> tuple[int, int, int, int, int, int]:
    """Return the date of the data as archives keep it: from 1980 to 2107, none outside."""
    moment = (figures.data_date or datetime(2008, 1, 1, tzinfo=UTC)).astimezone(PARIS)
    if not 1980 <= moment.year <= 2107:
        moment = datetime(1980, 1, 1, tzinfo=PARIS)
    return (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)


def _zipped(files: dict[str, bytes], moment: tuple[int, int, int, int, int, int]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            kind = zipfile.ZIP_STORED if name.endswith((".png", ".docx", ".xlsx")) else zipfile.ZIP_DEFLATED
            entry = zipfile.ZipInfo(name, moment)
            entry.external_attr = 0o644 << 16  # readable by all
            archive.writestr(entry, content, kind)
    return stream.getvalue()
