"""Which field a column is that no list names: what it is called and what it holds, weighed together.

A guess has a confidence between 0 and 1 and a reason. From `TAKEN` on it is used, and said; from `NOTED` on it is only named
as what a column looks like.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from campaign.core.language import Message, say
from campaign.intake.dates import date_text, date_words, lengths
from campaign.intake.fields import named_places
from campaign.intake.fields.likeness import Names, by_name

TAKEN: Final = 0.7
NOTED: Final = 0.4
FEWEST: Final = 2  # values from which on contents say something

# with or without their accents, the longest first
_MONTHS: Final = "|".join(
    name.replace("e", "[eé]").replace("u", "[uû]") for name in sorted(date_words.MONTHS, key=len, reverse=True)
)
_FULL_DATE: Final = re.compile(
    rf"(?i)\d{{4}}[-/.]\d\d?[-/.]\d\d?|\b\d\d?[-/.]\d\d?[-/.]\d{{2,4}}\b|\b\d\d?(?:er)?\s+(?:{_MONTHS})\.?\s+\d{{4}}"
)
_PART_DATE: Final = re.compile(rf"(?i)\b\d\d?(?:er)?\s+(?:{_MONTHS})\b|\b\d\d?/\d\d?\b")
_CLOCK: Final = r"(?:\d{1,2}\s*(?:(?:h|:|heures?)\s*(?:\d\d)?(?::\d\d)?(?:\s*[ap]\.?m\.?)?|[ap]\.?m\b\.?)|midi|minuit|noon|midnight)"
_HOUR: Final = re.compile(rf"(?i)^\W*(?:de |à |a |from )?{_CLOCK}(?:\W+(?:à|a|et|to)?\s*{_CLOCK})?\W*$")
_HAS_HOUR: Final = re.compile(rf"(?i)(?<![\d.,]){_CLOCK}(?![a-z])")
_DATED_HOUR: Final = re.compile(rf"(?i)(?:\d{{4}}-\d\d-\d\d[T ]|\d\d?[-/.]\d\d?[-/.]\d{{2,4}}\s+){_CLOCK}")
_LONGEST_HOURS: Final = 80
_LONGEST_DATES: Final = 80
_STATUS: Final = re.compile(
    r"(?i)annul|cancel|supprim|programm|schedul|d[ée]plac|report|postpon|complet|full|confirm|mainten|live|publi|brouillon|draft"
    r"|mod[ée]r|refus|rejet|attente|valid|propos|priv[ée]|private|^\s*-?\d\s*$"
)
_MODE: Final = re.compile(
    r"(?i)^\W*(?:en )?(?:ligne|pr[ée]sentiel(?:le)?|distanciel|visio(?:conf[ée]rence)?|sur place|[àa] distance|online|offline|on-?site"
    r"|hybride|mixte)\W*$"
)
_LINK: Final = re.compile(r"(?i)^\s*(?:https?://|www\.)\S+\s*$")
_PATTERNS: Final = {
    "postcode": re.compile(r"(?i)^\s*(?:F-)?(?:\d{5}|\d{2} \d{3}|[1-9]\d{3})(?:[.,]0)?(?:\s*cedex.*)?\s*$"),
    "commune_code": re.compile(r"(?i)^\s*(?:\d{4,5}|2[ab]\d{3})(?:[.,]0)?\s*$"),
    "position": re.compile(r"\d[.,]\d+\D+\d+[.,]\d|\d\s?[°º]|(?i:point)\s*\("),
    "url": _LINK,
    "email": re.compile(r"^\s*\S+@\S+\.\w+\s*$"),
    "conditions": re.compile(r"(?i)€|euros?\b|gratuit|\blibre\b|\bpayant|prix|free\b"),
    "registration_url": _LINK,
    "attendance_mode": re.compile(
        r"(?i)en ligne|pr[ée]sentiel|distanciel|[àa] distance|sur place|en personne|online|offline|hybride|mixte|visio|webinaire"
    ),
    "timezone": re.compile(r"^\s*(?:[A-Z][A-Za-z]+/[A-Z]\w+|UTC|CES?T|GMT)"),
    "status": _STATUS,
    "state": _STATUS,
}
_WITH_POSTCODE: Final = re.compile(r"\w.*\b\d{5}\s+[A-ZÀ-Ý]")  # « 4 rue du 11 novembre 1918, 35000 Rennes »
_YES_OR_NO: Final = re.compile(r"(?i)^\s*(?:oui|non|vrai|faux|true|false|yes|no|x|o|n)\s*$")
_LONG_TEXTS: Final = frozenset({"description", "long_description"})


@dataclass(frozen=True)
class Guess:
    """The field that a column is taken for, or looks like: how sure that is, and why."""

    field: str
    confidence: float
    reason: Message


def by_contents(values: Sequence[str], field: str) -> float | None:
    """Return how many of a column's values are what a field holds, between 0 and 1; None where contents cannot tell."""
    if len(values) < FEWEST:
        return None
    match field:
        case "begins" | "ends":
            return sum(_date(value) for value in values) / len(values)
        case "begins_hour" | "ends_hour":
            held = _share(values, lambda v: bool(_HOUR.match(v)) or _between(v, 0.0001, 0.9999) or _is_hour_in_words(v))
            return held + _share(values, is_dated_hour) if held else held
        case "duration":
            return _share(values, lambda v: lengths.parse(v)[0] is not None)
        case "lat":
            return _share(
                values, lambda v: _between(v, 41, 51.6) or (_between(v, -22, 18) and not _between(v, -0.5, 0.5))
            )
        case "lon":
            return _share(values, lambda v: _between(v, -5.6, 9.7) or _between(v, -63.2, -51) or _between(v, 45, 56))
        case "title" | "venue" | "organiser" | "city":
            # texts of a line, not figures, links or addresses of persons
            return _share(
                values,
                lambda v: (
                    bool(re.search(r"[^\W\d_]{2}", v))
                    and len(v) < 200
                    and not _is_technical(v)
                    and not _YES_OR_NO.match(v)
                ),
            )
        case "type" | "themes" | "accessibility":
            return _share(values, lambda v: not _is_technical(v))
        case "description" | "long_description":
            length = sum(map(len, values)) / len(values)
            if length < _LONGEST_DATES and sum(map(_date, values)) / len(values) >= 0.8:
                return 0.0  # dates in prose
            return min(1.0, length / (40 if field == "description" else 80))
        case "departement":
            return _share(values, lambda v: bool(re.search(r"[^\W\d]{3}", v) and named_places.departement_of(v)))
        case "region":
            return _share(values, named_places.is_region)
        case _ if field in _PATTERNS:
            return _share(values, lambda v: bool(_PATTERNS[field].search(v)))
    return None


def guess(header: str, values: Sequence[str], names: Names) -> Guess | None:
    """Return the field that a column is most likely, by its name and what it holds; None if nothing speaks for any."""
    if values and _share(values, lambda v: bool(_PATTERNS["email"].match(v))) > 0.5:
        return None  # addresses of persons are never read
    best: Guess | None = None
    for field, (likeness, alias) in by_name(header, names).items():
        held = by_contents(values, field)
        if held is not None and field in (
            "begins_hour",
            "ends_hour",
        ):  # also hours among other words, where the name says so
            held = max(held, 0.9 * _share(values, lambda v: len(v) <= _LONGEST_HOURS and bool(_HAS_HOUR.search(v))))
        if held is None:
            confidence = likeness * 0.9
            reason = say("l'en-tête ressemble à « {alias} »", alias=alias)
        else:
            confidence = 0.6 * likeness + 0.4 * held
            reason = say(
                "l'en-tête ressemble à « {alias} », {share} % de ses valeurs conviennent",
                alias=alias,
                share=round(held * 100),
            )
            if held < 0.3 and field not in _LONG_TEXTS:
                confidence = min(confidence, 0.5)
        if best is None or confidence > best.confidence:
            best = Guess(field, round(confidence, 2), reason)
    return best if best and best.confidence >= NOTED else None


_AMOUNTS: Final = re.compile(
    r"(?i)\b(?:budgets?|montants?|co[uû]ts?|prix|total|nombre|nb|jauge|capacit[ée]|effectifs?|participants?|visiteurs?|subventions?|recettes?"
    r"|d[ée]penses?|chiffre|ca|n[°o]|num[ée]ro|siren|t[ée]l\w*|id)\b"
)  # what counts or costs, never a postcode, whatever its numbers


def is_amount(header: str) -> bool:
    """Tell whether a header names what is counted or paid."""
    return bool(_AMOUNTS.search(header))


def of_contents(columns: dict[int, list[str]], missing: Sequence[str]) -> dict[int, Guess]:
    """Return the guesses that contents alone allow for fields that no column gives: a field of which one column alone holds values."""
    guesses: dict[int, Guess] = {}
    for field in missing:
        if field not in (
            "begins",
            "postcode",
            "url",
            "begins_hour",
            "attendance_mode",
            "departement",
            "region",
            "city",
            "address",
        ):
            continue
        if field == "begins_hour" and (pair := _two_hours(columns)):
            for index, name in zip(pair, ("begins_hour", "ends_hour"), strict=True):
                guesses[index] = Guess(name, TAKEN, say("deux colonnes d'heures côte à côte : début et fin"))
            continue
        held = {
            index: share
            for index, values in columns.items()
            if index not in guesses and (share := _alone(values, field)) is not None and share >= 0.8
        }
        if len(held) == 1:
            (index, share), *_rest = held.items()
            guesses[index] = Guess(
                field,
                0.7,
                say("{share} % de ses valeurs conviennent, seule colonne de ce genre", share=round(share * 100)),
            )
        elif held:
            for index, share in held.items():
                guesses[index] = Guess(
                    field,
                    0.5,
                    say(
                        "{share} % de ses valeurs conviennent, comme celles d'une autre colonne",
                        share=round(share * 100),
                    ),
                )
    return guesses


def _is_hour_in_words(value: str) -> bool:
    """Tell whether a text is hours and nothing else: « 9 h du matin », « midi et demi », « 14h, 16h et 18h »."""
    if len(value) > _LONGEST_HOURS or not _HAS_HOUR.search(value):
        return False
    hours, left = date_text.parse_hours(value)
    return bool(hours) and not left


def is_dated_hour(value: str) -> bool:
    """Tell whether a text is one hour behind its day in figures, among others that are hours alone: « 05/11/2026 18:30 »."""
    return bool(_DATED_HOUR.fullmatch(value.strip()))


def _alone(values: Sequence[str], field: str) -> float | None:
    """Return how many values are what a field holds and nothing besides, where no name speaks for it."""
    if field == "attendance_mode" and len(values) >= FEWEST:
        return _share(values, lambda v: bool(_MODE.match(v)))
    if field == "address":
        return _share(values, lambda v: bool(_WITH_POSTCODE.search(v))) if len(values) >= FEWEST else None
    if field == "city":
        return _share(values, named_places.is_commune) if len(set(values)) >= FEWEST else None
    return by_contents(values, field)


def _two_hours(columns: dict[int, list[str]]) -> tuple[int, int] | None:
    """Return the only two columns of hours if they stand side by side and each has single hours."""
    hours = [
        index
        for index, values in columns.items()
        if (by_contents(values, "begins_hour") or 0) >= 0.5
        and _share(
            values,
            lambda v: (
                bool(_HOUR.match(v) or re.fullmatch(r"\d{1,2}(?:\.[0-5]\d)?", v))
                or _is_hour_in_words(v)
                or is_dated_hour(v)
            ),
        )
        >= 0.8
    ]
    if len(hours) != 2 or hours[1] != hours[0] + 1:
        return None
    is_single = all(
        is_dated_hour(value) or not re.search(r"\d\D+\d.*\d\D+\d", value) for index in hours for value in columns[index]
    )
    return (hours[0], hours[1]) if is_single else None


def quality(values: Sequence[str], field: str, n_rows: int) -> float:
    """Return how well a column serves a field: how many of its values can be read, and how many rows have one."""
    held = by_contents(values, field)
    filled = len(values) / n_rows if n_rows else 0.0
    return round((1.0 if held is None else held) * (0.2 + 0.8 * filled), 2)


def is_foundation(created: Sequence[str], begins: Sequence[str]) -> bool:
    """Tell whether dates of « creation » lie years before the events: an organisation was founded then, nothing registered."""
    before = sorted(int(year) for value in created for year in re.findall(r"\b(?:18|19|20)\d\d\b", value)[:1])
    after = [int(year) for value in begins for year in re.findall(r"\b(?:19|20)\d\d\b", value)[:1]]
    return len(before) >= FEWEST and bool(after) and before[len(before) // 2] < min(after) - 2


def _date(value: str) -> float:
    if _FULL_DATE.search(value):
        # a date in a sentence is worse than a date
        return 1.0 if len(value) <= 30 else 0.8
    if _PART_DATE.search(value):
        return 0.6
    is_number = _between(value, 36500, 54800) or _between(value, 1.2e9, 2.2e9) or _between(value, 1.2e12, 2.2e12)
    return 0.9 if is_number else 0.0


def has_hour(value: str) -> bool:
    """Tell whether a text holds an hour, among other words or alone."""
    return bool(_HAS_HOUR.search(value))


def is_full_date(value: str) -> bool:
    """Tell whether a text has a date with its year."""
    return bool(_FULL_DATE.search(value))


def _is_technical(value: str) -> bool:
    return bool(_PATTERNS["url"].match(value) or _PATTERNS["email"].match(value) or _FULL_DATE.fullmatch(value.strip()))


def _between(value: str, least: float, most: float) -> bool:
    text = value.strip().replace(",", ".").replace("−", "-")
    return bool(re.fullmatch(r"-?\d+(?:\.\d+)?", text)) and least <= float(text) <= most


def _share(values: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(1 for value in values if holds(value)) / len(values)
