"""Territories with the words that come before them: "en Bretagne", "dans l'Ain", "du Mans", "d'Île-de-France".

Regions and départements come from `data/territory_names.csv`, where each form is written out; communes follow rules.
In English names stay as they are: "in Bretagne", "of Bretagne".
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from campaign.core.language import _, current, ngettext
from campaign.core.settings import DATA
from campaign.wording.numbers import number
from campaign.wording.quantities import listed

Level = Literal["country", "region", "departement"]

NAMES: Final = DATA / "territory_names.csv"
MOST_NAMED: Final = 3

# "d'Hyères", "d'Honfleur", but "de Haguenau": an h is mute before é and y, and in these names.
MUTE_H: Final = r"H(?:[éèy]|agetmau|asparren|autmont|azebrouck|endaye|ennebont|erb|illion|irson|onfleur|ossegor)"
ELIDED: Final = re.compile(rf"(?:[AEIOUÀÂÉÈÊÎÔŒ]|Y(?![aeiouéè])|{MUTE_H})")
ARRONDISSEMENT: Final = re.compile(r"(?P<city>Paris|Lyon|Marseille) (?P<rank>\d+er?) Arrondissement")


@dataclass(frozen=True)
class Territory:
    """A territory in the current language: its name, and the name with its article, "in" and "of" before it.

    Two kinds of "of": `of` is where something comes from (« les vins de Bretagne », « à moins de 20 km du Mans »), `of_whole` what
    is the territory's own, or counts all of it (« le dossier de presse de la Bretagne », « la population de l'Île-de-France »).
    """

    name: str
    with_article: str
    inside: str
    of: str
    of_whole: str


@cache
def _names() -> dict[tuple[str, str, str], Territory]:
    with NAMES.open(encoding="utf-8", newline="") as source:
        return {
            (row["level"], row["code"], row["nomenclature"]): Territory(
                row["name"], row["article"], row["in_form"], row["of_form"], _of_whole(row["article"], row["of_form"])
            )
            for row in csv.DictReader(source)
        }


def _of_whole(with_article: str, of: str) -> str:
    """Return "de la Bretagne", "du Limousin", "des Hauts-de-France", "de l'Ain"; without an article as `of`."""
    for article, contracted in (("le ", "du "), ("les ", "des "), ("la ", "de la "), ("l'", "de l'")):
        if with_article.startswith(article):
            return contracted + with_article.removeprefix(article)
    return of


def territory(code: str, level: Level = "region", nomenclature: int = 2014) -> Territory:
    """Return a region of that nomenclature, a département or the country ("FR"); KeyError if there is none."""
    french = _names()[level, code, str(nomenclature) if level == "region" else ""]
    return french if current() == "fr" else _english(french.name)


def france() -> Territory:
    """Return the whole country."""
    return territory("FR", "country")


def commune(name: str) -> Territory:
    """Return a commune, or an arrondissement of Paris, Lyon or Marseille, by its official name: "au Mans"."""
    if arrondissement := ARRONDISSEMENT.fullmatch(name):
        return _arrondissement(arrondissement["city"], arrondissement["rank"])
    if current() != "fr":
        return _english(name)
    if name.startswith("Le "):
        return Territory(name, name, f"au {name[3:]}", f"du {name[3:]}", f"du {name[3:]}")
    if name.startswith("Les "):
        return Territory(name, name, f"aux {name[4:]}", f"des {name[4:]}", f"des {name[4:]}")
    if name.startswith("Île-"):
        return Territory(name, f"l'{name}", f"à l'{name}", f"de l'{name}", f"de l'{name}")
    of = f"d'{name}" if ELIDED.match(name) else f"de {name}"
    return Territory(name, name, f"à {name}", of, of)


def with_name_of_today(name: str, name_now: str | None) -> str:
    """Return "Cherbourg-Octeville, aujourd'hui Cherbourg-en-Cotentin"; the name alone where it is today's."""
    if name_now is None or name_now == name:
        return name
    return _("{name}, aujourd'hui {name_now}", name=name, name_now=name_now)


def around(name: str, radius_km: float) -> str:
    """Return "à moins de 20 km du Mans" ("within 20 km of Le Mans")."""
    return _("à moins de {n} km {place}", n=number(radius_km, 1), place=commune(name).of)


def _arrondissement(city: str, rank: str) -> Territory:
    if current() != "fr":
        return _english(f"{city} {rank}")
    name = f"{rank} arrondissement de {city}"
    return Territory(f"{city} {rank}", f"le {name}", f"dans le {name}", f"du {name}", f"du {name}")


def _english(name: str) -> Territory:
    return Territory(name, name, f"in {name}", f"of {name}", f"of {name}")


def place_in(code: str, level: Level = "region", nomenclature: int = 2014) -> str:
    """Return "en Bretagne", "dans l'Ain", "à La Réunion"."""
    return territory(code, level, nomenclature).inside


def place_of(code: str, level: Level = "region", nomenclature: int = 2014) -> str:
    """Return "de Bretagne", "de l'Ain", "des Hauts-de-France"."""
    return territory(code, level, nomenclature).of


def place_named(code: str, level: Level = "region", nomenclature: int = 2014) -> str:
    """Return "la Bretagne", "l'Ain", "La Réunion"."""
    return territory(code, level, nomenclature).with_article


def together(territories: Sequence[Territory], level: Literal["region", "departement", "commune"]) -> Territory:
    """Return several territories of one level as one: "en Bretagne et dans le Limousin"; from four on, their number."""
    if not territories:
        return france()
    if len(territories) <= MOST_NAMED:
        return Territory(
            listed(place.name for place in territories),
            listed(place.with_article for place in territories),
            listed(place.inside for place in territories),
            listed(place.of for place in territories),
            listed(place.of_whole for place in territories),
        )
    n = len(territories)
    many = {
        "region": ngettext("{n} région", "{n} régions", n, n=number(n)),
        "departement": ngettext("{n} département", "{n} départements", n, n=number(n)),
        "commune": ngettext("{n} commune", "{n} communes", n, n=number(n)),
    }[level]
    of = _("de {places}", places=many)
    return Territory(many, many, _("dans {places}", places=many), of, of)


def chosen(
    regions: Iterable[str] = (),
    departements: Iterable[str] = (),
    communes: Iterable[str] = (),
    nomenclature: int = 2014,
) -> Territory | None:
    """Return the territory of the reader's filters, the smallest level that is filtered; None for the whole country.

    `communes` are names; the others are codes.
    """
    if places := [commune(name) for name in communes]:
        return together(places, "commune")
    if places := [territory(code, "departement") for code in departements]:
        return together(places, "departement")
    if places := [territory(code, "region", nomenclature) for code in regions]:
        return together(places, "region")
    return None
