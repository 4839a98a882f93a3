"""Single values of an address: read strictly, FilterError names the parameter and says what it takes."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from campaign import store
from campaign.errors import FilterError
from campaign.steering.subcampaigns import Subcampaign, offered

DEFAULT_RADIUS_KM = 20.0
MAX_RADIUS_KM = 200.0
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
MAX_SEARCH_LENGTH = 200
MAX_IDS = 200
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
RADIUS = re.compile(r"[0-9]{1,3}(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")


def single(given: Mapping[str, list[str]], name: str) -> str | None:
    """Return the only value of a parameter, None if it is not given."""
    values = given.get(name, [])
    if len(values) > 1:
        raise FilterError(name, f"« {name} » ne peut être donné qu'une fois.")
    return values[0].strip() if values else None


def listed(given: Mapping[str, list[str]], name: str, allowed: frozenset[str]) -> tuple[str, ...]:
    """Return the values of a parameter, each once, all of them allowed codes."""
    values = tuple(dict.fromkeys(given.get(name, [])))
    for value in values:
        if value not in allowed:
            raise FilterError(name, f"« {name} » n'a pas de code « {value} ».")
    return values


def existing(given: Mapping[str, list[str]], name: str, check: str) -> tuple[str, ...]:
    """Return the values of a parameter, each once, all of them known to the query `check`."""
    found: dict[str, None] = {}
    for value in given.get(name, []):
        answer = store.query(check, code=value).one
        if not answer["is_known"]:
            raise FilterError(name, f"« {name} » n'a pas de code « {value} ».")
        found[answer["code"]] = None
    return tuple(found)


def subcampaign(given: Mapping[str, list[str]], editions: Sequence[int]) -> Subcampaign | None:
    """Return the sub-campaign: that of the edition given, else of the current one, else of the latest that has it."""
    code = single(given, "subcampaign")
    if code is None:
        return None
    by_edition = {one.edition: one for one in offered() if one.code == code}
    if not by_edition:
        raise FilterError("subcampaign", f"« subcampaign » n'a pas de code « {code} ».")
    for name in ("theme", "from", "to"):
        if name in given:
            raise FilterError("subcampaign", f"Un temps fort a ses thèmes et ses jours : sans « {name} ».")
    found = by_edition.get(editions[0]) if len(editions) == 1 else None
    if found is None and "edition" in given:
        years = ", ".join(str(edition) for edition in sorted(by_edition))
        raise FilterError("subcampaign", f"« {code} » est un temps fort d'une édition à la fois : {years}.")
    return found or by_edition[max(by_edition)]


def ids(given: Mapping[str, list[str]]) -> tuple[str, ...]:
    """Return the identifiers of events, each once."""
    values = tuple(dict.fromkeys(given.get("id", [])))
    if len(values) > MAX_IDS:
        raise FilterError("id", f"« id » est donné au plus {MAX_IDS} fois.")
    for unknown in store.query("unknown_event_ids", ids=values).column("event_id") if values else ():
        raise FilterError("id", f"« id » n'a pas d'événement « {unknown} ».")
    return values


def choice(given: Mapping[str, list[str]], name: str, allowed: Sequence[str], default: str) -> str:
    """Return the value of a parameter that takes one of a few."""
    value = single(given, name)
    if value is None:
        return default
    if value not in allowed:
        raise FilterError(name, f"« {name} » vaut {', '.join(allowed)}.")
    return value


def day(given: Mapping[str, list[str]], name: str) -> date | None:
    """Return a day."""
    value = single(given, name)
    if value is None:
        return None
    try:
        day = date.fromisoformat(value) if DAY.fullmatch(value) else None
    except ValueError:
        day = None
    if day is None or not FIRST_DAY <= day <= LAST_DAY:
        raise FilterError(name, f"« {name} » est une date comme 2014-11-05.")
    return day


def search(value: str | None) -> str | None:
    """Return the words of a search, None for none."""
    if value and len(value) > MAX_SEARCH_LENGTH:
        raise FilterError("q", f"« q » a au plus {MAX_SEARCH_LENGTH} caractères.")
    if value and not value.isprintable():
        raise FilterError("q", "« q » contient un caractère de contrôle.")
    return value or None


def radius(value: str | None) -> float:
    """Return a radius in km."""
    if value is None:
        return DEFAULT_RADIUS_KM
    radius = float(value) if RADIUS.fullmatch(value) else -1.0
    if not 0 < radius <= MAX_RADIUS_KM:
        raise FilterError("radius_km", f"« radius_km » est un nombre de 0 à {MAX_RADIUS_KM:g}.")
    return radius
