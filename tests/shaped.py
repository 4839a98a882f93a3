"""Event files of the shapes that people really have, beside the demonstration: each built by the project's own import.

`hand_made`: one chamber's spreadsheet of 2014 without identifiers and without dates of creation or update, so that every
instant of registration is the import's own, microseconds included. `recent`: three editions, 2024 to 2026, exported twice (the
second time in the course of 2026, whose first days are past), with registration dates, communes of today, online and cancelled
events. `undated`: the same three editions without any registration date.
"""

import csv
import random
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from campaign.core.settings import PARIS
from campaign.publish.importing import run_import

TODAY: Final = date(2026, 11, 26)  # of the running edition in `recent`: set CAMPAIGN_TODAY (settings().today) to it
N_BY_EDITION: Final = {2024: 240, 2025: 300, 2026: 260}

COMMUNES: Final = (
    ("35000", "Rennes"),
    ("29200", "Brest"),
    ("56000", "Vannes"),
    ("22000", "Saint-Brieuc"),
    ("44000", "Nantes"),
    ("75011", "Paris"),
    ("93200", "Saint-Denis"),
    ("97400", "Saint-Denis"),
    ("13001", "Marseille"),
    ("69003", "Lyon"),
    ("31000", "Toulouse"),
    ("33000", "Bordeaux"),
    ("59800", "Lille"),
    ("67000", "Strasbourg"),
    ("20200", "Bastia"),
    ("97110", "Pointe-à-Pitre"),
)
TYPES: Final = ("Conférence", "Ciné-débat", "Atelier", "Portes ouvertes", "Visite d'entreprise", "Marché", "Bal")
FAMILIES: Final = ("Association Les Ateliers", "SCOP Le Fournil", "Mutuelle du Littoral", "Commune", "Coopérative Bio")

Row = dict[str, str]


def hand_made_rows() -> list[Row]:
    """Return sixty rows of 2014: French dates, one online, one cancelled, one without a place, several on one day."""
    rows = []
    for number in range(60):
        postcode, commune = COMMUNES[number % 5]
        day = date(2014, 11, 3) + timedelta(days=number % 27)
        rows.append(
            {
                "Intitulé": f"Rencontre n° {number + 1} de l'économie sociale et solidaire",
                "Type d'action": TYPES[number % len(TYPES)],
                "Date": f"{day:%d/%m/%Y}",
                "Heure de début": f"{9 + number % 10}h30",
                "Heure de fin": f"{11 + number % 10}h",
                "Lieu": "En ligne" if number == 7 else "Salle des fêtes",
                "Code postal": "" if number in (7, 8) else postcode,
                "Ville": "" if number in (7, 8) else commune,
                "Organisateur": FAMILIES[number % len(FAMILIES)],
                "Tarif": "Gratuit" if number % 3 else "5 €",
                "Mode de participation": "En ligne" if number == 7 else "Sur place",
                "Statut": "Annulé" if number == 9 else "",
            }
        )
    return rows


def recent_rows(*, dated: bool, seed: int = 2026) -> list[Row]:
    """Return the rows of three editions, those of 2026 registered until TODAY; without registration dates if not `dated`."""
    chance = random.Random(seed)  # noqa: S311  the same file each time
    rows = []
    for edition, n in N_BY_EDITION.items():
        for number in range(n):
            postcode, commune = chance.choice(COMMUNES)
            day = date(edition, 11, 1) + timedelta(days=chance.randrange(30))
            hour = chance.randrange(9, 20)
            last = (TODAY if edition == TODAY.year else date(edition, 11, 28)) - date(edition, 8, 1)
            registered = datetime(edition, 8, 1, 10, 56, tzinfo=PARIS) + timedelta(days=chance.randrange(last.days))
            is_online = number % 20 == 3
            row = {
                "Identifiant": f"{edition}-{number}",
                "Titre": f"{chance.choice(TYPES)} : {chance.choice(('habiter', 'se nourrir', 'se déplacer'))} autrement ({number})",
                "Type": chance.choice(TYPES),
                "Thème": chance.choice(("Alimentation", "Habitat", "Mobilité")),
                "Début": f"{day:%d/%m/%Y} {hour:02}:00",
                "Fin": f"{day:%d/%m/%Y} {hour + 2:02}:00",
                "Code postal": "" if is_online else postcode,
                "Ville": "" if is_online else commune,
                "Organisateur": chance.choice(FAMILIES),
                "Mode de participation": "En ligne" if is_online else "Sur place",
                "Statut": "Annulé" if number % 50 == 17 else "",
                "Tarif": "Gratuit" if chance.random() < 0.6 else "8 €",
            }
            if dated:
                row["Date de création"] = f"{registered:%d/%m/%Y %H:%M}"
            rows.append(row)
    return rows


def write_csv(path: Path, rows: Iterable[Row], *, delimiter: str = ";") -> Path:
    """Write rows as a spreadsheet's export."""
    given = list(rows)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(given[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(given)
    return path


def build_hand_made(folder: Path) -> Path:
    """Import the hand-made spreadsheet; return the event file."""
    db = folder / "hand_made.duckdb"
    run_import(db, [write_csv(folder / "chambre.csv", hand_made_rows())], licence="Licence Ouverte 2.0")
    return db


def build_recent(folder: Path, *, dated: bool = True) -> Path:
    """Import three recent editions, the running one in two imports; return the event file."""
    db = folder / ("recent.duckdb" if dated else "undated.duckdb")
    rows = recent_rows(dated=dated)
    first = [row for row in rows if not row["Identifiant"].startswith("2026-1")]
    run_import(db, [write_csv(folder / "agenda.csv", first)], source="Agenda", licence="Licence Ouverte 2.0")
    run_import(db, [write_csv(folder / "agenda.csv", rows)], source="Agenda", licence="Licence Ouverte 2.0")
    return db
