"""The workbook that a chamber fills in: columns with help, lists of allowed values, examples. It imports as it is.

The sheets « Aide », « Exemples » and « Listes » are not read by the import (campaign/intake/spreadsheets/workbook.py).
"""

import csv
import io
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final

import xlsxwriter
import xlsxwriter.exceptions
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from campaign.core.files import write_whole
from campaign.core.palette import PRINT
from campaign.core.settings import settings
from campaign.profile import profile

N_ROWS: Final = 2_000
MODES: Final = ("Sur place", "En ligne", "Mixte")
STATUSES: Final = ("Programmé", "Reprogrammé", "Reporté", "Complet", "Annulé")
STATES: Final = ("Publié", "Brouillon")


@dataclass(frozen=True)
class Column:
    """A column: its header, what it takes, and whether a row needs it."""

    header: str
    help: str
    width: int
    kind: str = "text"
    values: tuple[str, ...] = ()
    is_needed: bool = False


def columns() -> tuple[Column, ...]:
    """Return the columns of the template, the needed ones marked « * »."""
    return (
        Column("Titre *", "Le nom de l'événement, tel que le public le lira.", 44, is_needed=True),
        Column("Type", "Choisissez dans la liste ; « Autre » à défaut.", 26, values=_types()),
        Column("Date de début *", "Jour de l'événement, par exemple 05/11/2014.", 16, "date", is_needed=True),
        Column("Heure de début", "Par exemple 18:30. Vide : toute la journée.", 14, "time"),
        Column("Date de fin", "Vide si l'événement finit le même jour.", 14, "date"),
        Column("Heure de fin", "Par exemple 20:00.", 12, "time"),
        Column("Mode de participation", "Sur place, en ligne, ou les deux (mixte).", 20, values=MODES),
        Column("Nom du lieu", "Salle, cinéma, école… Vide si l'événement est en ligne.", 28),
        Column("Adresse", "Numéro et rue.", 30),
        Column("Code postal", "Cinq chiffres. Avec la commune, il suffit à placer l'événement.", 12, "postcode"),
        Column("Commune", "Le nom de la commune, sans CEDEX.", 24),
        Column("Organisateur", "La structure qui organise, non une personne.", 28),
        Column("Partenaires", "Les autres structures, séparées par « ; ».", 28),
        Column("Thématiques", "Séparées par « ; ».", 24),
        Column("Description", "Quelques phrases, sans adresse électronique ni téléphone.", 60),
        Column("Tarif", "Gratuit, 5 €, prix libre…", 16),
        Column("Lien", "Page de l'événement, qui commence par https://.", 30, "link"),
        Column("Lien d'inscription", "Adresse qui commence par https://.", 30, "link"),
        Column("Lien de connexion", "Pour un événement en ligne ou mixte.", 30, "link"),
        Column("Statut", "Vide ou « Programmé » si rien n'a changé.", 14, values=STATUSES),
        Column("État de publication", "« Brouillon » : gardé, mais ni montré ni compté.", 16, values=STATES),
        Column("Identifiant", "Un numéro à vous, qui ne change pas : l'événement pourra être mis à jour.", 14),
    )


def examples(year: int) -> tuple[tuple[object, ...], ...]:
    """Return rows that show each way of filling the template."""
    first = profile().edition(year).core_starts_on
    day, second, third = (first + timedelta(days=n) for n in (4, 13, 19))
    return (
        ("Ciné-débat : produire autrement", "Ciné-débat", day, time(18, 30), None, time(20, 30), "Sur place", "Cinéma Le Club",
         "12 rue de la Gare", "35000", "Rennes", "Association Bretagne solidaire", "Coopérative du Ponant ; Ville de Rennes",
         "Consommation ; Emploi", "Projection suivie d'un échange avec la salle.", "Gratuit", "https://exemple.fr/cine-debat", None,
         None, "Programmé", "Publié", f"{year}-001"),
        ("Portes ouvertes de la recyclerie", "Portes ouvertes", second, None, second + timedelta(days=1), None, "Sur place",
         "La Recyclerie", "3 avenue des Ateliers", "42000", "Saint-Étienne", "Recyclerie du Forez", None, "Environnement", None,
         "Entrée libre", None, None, None, None, "Publié", f"{year}-002"),
        ("Webinaire : créer sa coopérative", "Conférence", third, time(12), None, time(13, 30), "En ligne", None, None,
         None, None, "Union des coopératives", None, "Création d'activité", None, "Gratuit", None, "https://exemple.fr/inscription",
         "https://exemple.fr/visio", None, "Publié", f"{year}-003"),
    )  # fmt: skip


def write(path: Path, edition: int | None = None) -> None:
    """Write the template; `edition` is the year of its examples. Raises WriteError if it cannot be written."""
    year = edition or settings().current_day().year
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"default_date_format": "dd/mm/yyyy", "in_memory": True})
    book.set_properties(
        {"title": f"{profile().settings.name.fr} : événements à importer", "subject": f"Édition {year}"}
    )
    sheet = book.add_worksheet("Événements")
    _events(book, sheet, columns())
    _help(book, columns())
    _examples(book, columns(), year)
    _lists(book, columns())
    sheet.activate()
    book.close()
    write_whole(path, content.getvalue())


def _events(book: xlsxwriter.Workbook, sheet: Worksheet, fields: tuple[Column, ...]) -> None:
    formats = _formats(book)
    _header(book, sheet, fields)
    sheet.freeze_panes(1, 1)
    for index, field in enumerate(fields):
        sheet.set_column(index, index, field.width, formats.get(field.kind))
        rule = _rule(index, field)
        if rule:
            sheet.data_validation(1, index, N_ROWS, index, rule)


def _rule(index: int, field: Column) -> dict[str, object] | None:
    """Return what a cell of a column takes, and what a spreadsheet says of anything else."""
    texts = {"input_title": field.header[:32], "input_message": field.help[:255], "error_title": "Valeur inattendue"}
    if field.values:
        letter = chr(ord("A") + index)
        listed = f"=Listes!${letter}$2:${letter}${len(field.values) + 1}"
        return {"validate": "list", "source": listed, "error_message": "Choisissez une valeur de la liste.", **texts}
    if field.kind == "date":
        bounds = {"criteria": ">=", "value": datetime(profile().first, 1, 1)}  # noqa: DTZ001 - a spreadsheet's day
        return {"validate": "date", "error_message": "Une date, par exemple 05/11/2014.", **bounds, **texts}
    if field.kind == "time":
        bounds = {"criteria": "between", "minimum": time(0), "maximum": time(23, 59)}
        return {"validate": "time", "error_message": "Une heure, par exemple 18:30.", **bounds, **texts}
    return {"validate": "any", **texts}


def _header(book: xlsxwriter.Workbook, sheet: Worksheet, fields: tuple[Column, ...]) -> None:
    plain = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
    needed = book.add_format({**plain, "bg_color": PRINT["needed"]})
    free = book.add_format({**plain, "bg_color": PRINT["free"]})
    sheet.set_row(0, 30)
    for index, field in enumerate(fields):
        sheet.write_string(0, index, field.header, needed if field.is_needed else free)


def _help(book: xlsxwriter.Workbook, fields: tuple[Column, ...]) -> None:
    sheet = book.add_worksheet("Aide")
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90, wrapped)
    sheet.write_string(0, 0, "Comment remplir ce classeur", bold)
    for row, text in enumerate((
        "Une ligne par événement dans la feuille « Événements » ; les colonnes marquées * sont nécessaires.",
        "Ne changez pas les titres des colonnes ; leur ordre est libre, et les colonnes vides peuvent être supprimées.",
        "Un événement qui revient : une ligne par date, chacune avec son identifiant.",
        "Les feuilles « Aide », « Exemples » et « Listes » ne sont pas lues.",
    ), start=1):  # fmt: skip
        sheet.write_string(row, 1, text)
    for row, field in enumerate(fields, start=6):
        sheet.write_string(row, 0, field.header, bold)
        sheet.write_string(row, 1, field.help)


def _examples(book: xlsxwriter.Workbook, fields: tuple[Column, ...], year: int) -> None:
    sheet = book.add_worksheet("Exemples")
    formats = _formats(book)
    _header(book, sheet, fields)
    for index, field in enumerate(fields):
        sheet.set_column(index, index, field.width)
    for row, cells in enumerate(examples(year), start=1):
        for index, (field, cell) in enumerate(zip(fields, cells, strict=True)):
            if cell is not None:
                sheet.write(row, index, cell, formats.get(field.kind))


def _lists(book: xlsxwriter.Workbook, fields: tuple[Column, ...]) -> None:
    sheet = book.add_worksheet("Listes")
    _header(book, sheet, fields)
    for index, field in enumerate(fields):
        sheet.write_column(1, index, field.values)


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    return {
        "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        "time": book.add_format({"num_format": "hh:mm"}),
        "postcode": book.add_format({"num_format": "@"}),
        "link": book.add_format({"num_format": "@"}),
    }


def _types() -> tuple[str, ...]:
    with (profile().folder / "types.csv").open(encoding="utf-8", newline="") as source:
        return tuple(row["label_fr"] for row in csv.DictReader(source))
