"""Other campaigns than the project's first: a new folder, the second campaign, and one that nothing in the code knows."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from campaign.core.settings import DATA, settings
from campaign.profile import new
from campaign.profile.loader import loaded
from campaign.publish import demonstration
from tests.kept import make_once

# What belongs to the project's first campaign alone; a month is said of a day, with its year
FIRST_ONLY: Final = re.compile(
    r"\bESS\b|\b(?:CN)?CRESS?\b|Mois de l|économie sociale|social and solidarity|\bchambres?\b|\bchambers?\b"
    r"|novembre(?! 20)|November(?! 20)",
    re.IGNORECASE,
)
GARDENS: Final = {
    "campaign.toml": """
id = "jardins-ouverts"

[name]
fr = "Jardins ouverts"
the = "les Jardins ouverts"
of = "des Jardins ouverts"
at = "aux Jardins ouverts"
long = "Jardins ouverts"
of_long = "des Jardins ouverts"
en = "Open Gardens"
the_en = "the Open Gardens"
the_long_en = "the Open Gardens weekend"

[editions]
first = 1984
numbering = "counted"
window = { from = "09-14", to = "09-22" }

[headline]
metric = "participants"

[chamber]
fr = "relais local"
plural = "relais locaux"
gender = "m"
noun = "relais"
nouns = "relais"
en = "local contact"
plural_en = "local contacts"
noun_en = "contact"
nouns_en = "contacts"

[[organisers]]
from = 1984
fr = "Comité des jardins"

[colours]
accent = "#9C2F5B"
accent_dark = "#F090B4"
""",
    "editions.csv": """
edition,territories,number,starts_on,ends_on,core_starts_on,core_ends_on,status,name_fr,name_en,theme_fr,theme_en,source_title,source_url,note
2023,,,2023-09-16,2023-09-17,,,,,,,,,,
2024,,,2024-09-21,2024-09-22,,,,,,,,,,
2025,,,2025-09-20,2025-09-21,,,,,,,,,,
""",
    "figures/editions.csv": """
edition,year,starts,ends,metric,value,qualifier,stage,headline,source_title,source_url,note
41,2024,,,participants,12000,exact,final,yes,Bilan 2024,https://example.org/bilan,
""",
    "sources.toml": """
[figures.bilan]
title = "Bilan 2024"
url = "https://example.org/bilan"
accessed_on = 2025-01-15
""",
    "types.csv": """
type,label_fr,label_en,rank,noun_fr,nouns_fr,gender,the_fr,noun_en,nouns_en
balade-guidee,Balade guidée,Guided walk,1,balade guidée,balades guidées,f,la balade guidée,guided walk,guided walks
autre,Autre,Other,2,autre rendez-vous,autres rendez-vous,m,l'autre rendez-vous,other meeting,other meetings
""",
    "type_labels.csv": """
type,kind,label,priority
balade-guidee,label,balade guidée,10
autre,label,autre,90
""",
    "demo/phrases.toml": """
[editions]
first = 2023
last = 2025
invented = { 2023 = 100, 2024 = 120, 2025 = 140 }

[[types]]
label = "Balade guidée"
weight = 800
hours = [10, 14]
minutes = 60
titles = ["Balade au potager {de_commune}", "Les arbres du parc {à_commune}"]

[[types]]
label = "Autre"
weight = 200
hours = [10]
minutes = 120
titles = ["Troc de graines {à_commune}"]

[[organisers]]
weight = 1
names = ["Ville {de_commune}", "Association Les Jardiniers {de_commune}"]

[venues]
names = ["Jardin public", "Parc municipal"]
streets = ["allée des Tilleuls", "rue du Parc"]

[themes]
names = ["Potager", "Biodiversité"]
""",
}


@dataclass(frozen=True)
class Campaign:
    """A folder, how its name is read in both languages, and the current edition of its demonstration."""

    key: str
    folder: Callable[[], Path]
    name: str
    name_en: str
    edition: int
    n_events: int = 400

    @property
    def slug(self) -> str:
        """Its id."""
        return loaded(self.folder()).id

    def db(self) -> Path:
        """Return its demonstration, written once."""
        return make_once(f"campaign-{self.key}", self._write) / "campaign.duckdb"

    def read(self, patch: pytest.MonkeyPatch) -> None:
        """Take its folder and its demonstration for the process's."""
        db = self.db()
        patch.setattr(settings(), "profile", self.folder())
        patch.setattr(settings(), "db", db)

    def _write(self, place: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(settings(), "profile", self.folder())
            demonstration.write(place / "campaign.duckdb", n_events=self.n_events)


def _new() -> Path:
    return make_once("folder-new", new.write)


def _gardens() -> Path:
    def write(folder: Path) -> None:
        new.write(folder)
        for name, text in GARDENS.items():
            (folder / name).write_text(text.lstrip(), "utf-8")

    return make_once("folder-gardens", write)


OTHERS: Final = (
    Campaign("new", _new, "Ma campagne", "My campaign", 2025),
    Campaign(
        "science", lambda: DATA / "campaigns" / "fete-de-la-science", "Fête de la science", "Fête de la science", 2025
    ),
    Campaign("gardens", _gardens, "Jardins ouverts", "Open Gardens", 2025),
)
