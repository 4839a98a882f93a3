"""Where filters stand in SQL that is more than one column: days, words, distances, communes."""

from typing import Any

from campaign.filters.choice import Filters
from campaign.store import gazetteer, search
from campaign.store.conditions import Condition, one_of
from campaign.wording import labels


def communes(chosen: Filters) -> list[Condition]:
    """Return the condition on communes, arrondissements of a town included.

    An event of a day when a code was not in force is taken if its commune has become what the code's has.
    """
    given = one_of("commune", "commune_code", chosen.communes)
    names = given.sql.partition("commune_code")[2]  # the same values, for a whole town
    parts, parameters, columns = (
        [given.sql, f"commune_of({{t}}commune_code){names}"],
        [*given.parameters],
        {"commune_code"},
    )
    for place, code in enumerate(chosen.communes, start=1):
        spans = gazetteer.spans_of(code)
        if spans.is_always_in_force:
            continue
        columns |= {"commune_code_now", "placed_on"}
        now = f"commune_{place}_now"
        parameters.append((now, spans.code_now))
        outside = []
        for number, (first, last) in enumerate(spans.in_force, start=1):
            begins, ends = f"commune_{place}_from_{number}", f"commune_{place}_to_{number}"
            parameters += [(begins, first), (ends, last)]
            outside.append(f" and not ({{t}}placed_on >= ${{p}}_{begins} and {{t}}placed_on < ${{p}}_{ends})")
        parts.append(f"({{t}}commune_code_now = ${{p}}_{now}{''.join(outside)})")
    return [Condition(f"({' or '.join(parts)})", frozenset(columns), tuple(parameters))]


def organiser_families(chosen: Filters) -> list[Condition]:
    """Return the condition on the family of the lead organiser; an event that names none has no family, not an unknown one."""
    known = tuple(code for code in chosen.organiser_families if code != labels.UNKNOWN_FAMILY)
    parts: list[str] = []
    parameters: tuple[tuple[str, Any], ...] = ()
    if known:
        given = one_of("organiser_family", "family", known)
        parts.append(given.sql.replace("{t}", ""))  # a column of organisers
        parameters = given.parameters
    if labels.UNKNOWN_FAMILY in chosen.organiser_families:
        parts.append("family is null")
    sql = f"{{t}}lead_organiser_id in (select organiser_id from organisers where {' or '.join(parts)})"  # noqa: S608  texts of ours; values are parameters
    return [Condition(sql, frozenset({"lead_organiser_id"}), parameters)]


def regions(chosen: Filters) -> list[Condition]:
    """Return the condition on the region of the chosen nomenclature."""
    return [one_of("region", f"region_{chosen.nomenclature}_code", chosen.regions)]


def first_day(chosen: Filters) -> list[Condition]:
    """Return the condition that an event goes on after the first day."""
    columns = frozenset({"last_day", "first_day", "days"})
    return [Condition("{t}last_day >= ${p}_from", columns, (("from", chosen.from_day),), is_range=True)]


def last_day(chosen: Filters) -> list[Condition]:
    """Return the conditions that an event begins before the last day, and has a day between both."""
    columns = frozenset({"last_day", "first_day", "days"})
    conditions = [Condition("{t}first_day <= ${p}_to", columns, (("to", chosen.to_day),), is_range=True)]
    if chosen.from_day:  # an event may have days before and after, and none between
        between = (
            "({t}first_day >= ${p}_from or {t}last_day <= ${p}_to or days_between({t}days, ${p}_from, ${p}_to) > 0)"
        )
        conditions.append(Condition(between, columns, (), is_range=True))
    return conditions


def words(chosen: Filters) -> list[Condition]:
    """Return a condition for each word, and for each misspelt one."""
    conditions = []
    text_search = chosen.q
    assert text_search is not None  # noqa: S101  only an active filter is asked
    column = frozenset({"search_text"})
    for place, word in enumerate(text_search.words, start=1):
        conditions.append(Condition(f"contains({{t}}search_text, ${{p}}_q_{place})", column, ((f"q_{place}", word),)))
    for place, misspelt in enumerate(text_search.misspelt, start=1):
        name = f"q_meant_{place}"
        pattern = search.any_of(misspelt.meant)
        conditions.append(Condition(f"regexp_matches({{t}}search_text, ${{p}}_{name})", column, ((name, pattern),)))
    return conditions


def within(chosen: Filters) -> list[Condition]:
    """Return the condition on the distance from a place."""
    near = chosen.near
    assert near is not None  # noqa: S101  only an active filter is asked
    sql = (
        "({t}lat is not null and abs({t}lat - ${p}_lat) <= ${p}_radius_km / 110.5 "
        "and distance_km(${p}_lat, ${p}_lon, {t}lat, {t}lon) <= ${p}_radius_km)"
    )
    parameters = (("lat", near.lat), ("lon", near.lon), ("radius_km", chosen.radius_km))
    return [Condition(sql, frozenset({"lat", "lon"}), parameters)]


def free(chosen: Filters) -> list[Condition]:
    """Return the condition that conditions say free, or priced."""
    return [Condition("{t}is_free = ${p}_free", frozenset({"is_free"}), (("free", chosen.free),))]
