"""Countries by their names in French, English and the languages of neighbours, as Babel lists them, and by their codes."""

import re
import unicodedata
from functools import cache
from typing import Final

from babel import Locale

# French by their code: what lies there is not abroad.
FRENCH: Final = frozenset({"FR", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "WF", "PF", "NC", "TF"})
_MORE: Final = {
    "FRA": "FR", "CHE": "CH", "BEL": "BE", "LUX": "LU", "DEU": "DE", "ESP": "ES", "ITA": "IT", "GBR": "GB", "CAN": "CA",
    "MCO": "MC", "NLD": "NL", "PRT": "PT", "uk": "GB", "angleterre": "GB", "ecosse": "GB", "pays de galles": "GB",
    "england": "GB", "hollande": "NL", "usa": "US", "etats unis d amerique": "US", "quebec": "CA", "principaute de monaco": "MC",
    "grand duche de luxembourg": "LU", "france metropolitaine": "FR", "metropole": "FR", "republique francaise": "FR",
}  # fmt: skip
# How a postcode of a neighbour begins: « B-1348 », « CH 1201 », « L-1011 ».
PREFIXES: Final = {
    "B": "BE", "BE": "BE", "CH": "CH", "L": "LU", "LU": "LU", "D": "DE", "DE": "DE", "I": "IT", "IT": "IT", "E": "ES", "ES": "ES",
    "NL": "NL", "A": "AT", "AT": "AT", "MC": "MC", "PT": "PT", "GB": "GB", "UK": "GB",
}  # fmt: skip


def key(name: str) -> str:
    """Return a name without case, accents and punctuation."""
    text = unicodedata.normalize("NFKD", name.replace("œ", "oe"))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())


@cache
def codes() -> dict[str, str]:
    """Return the code of each country by the key of each of its names."""
    codes_by_name = {}
    for language in ("de", "nl", "es", "it", "en", "fr"):  # of neighbours; where two differ, the last one holds
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"):
                codes_by_name[key(name)] = code
    return codes_by_name | {key(name): code for name, code in _MORE.items()}
