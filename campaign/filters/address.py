"""Addresses read as choices: strictly, as the API does, or leniently, as a page does."""

from collections.abc import Iterable, Mapping, Sequence

from campaign.core.errors import FilterError
from campaign.core.language import say
from campaign.filters import registry
from campaign.filters.choice import Filters
from campaign.filters.declaration import Reading
from campaign.filters.known import codes


def parse(pairs: Iterable[tuple[str, str]], *, extra: Sequence[str] = ()) -> Filters:
    """Return the choice that an address makes; raises FilterError on an unknown name, value or code.

    `extra` names the parameters that belong to the address itself (`by`, `limit`, …) and are passed over.
    """
    known = registry.names()
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        if name in extra:
            continue
        if name not in known:
            raise FilterError(name, say("Paramètre inconnu : « {name} ».", name=name))
        given.setdefault(name, []).append(value)
    return _read(given)


def lenient(pairs: Iterable[tuple[str, str]]) -> tuple[Filters, list[str]]:
    """Return the choice that a page's address makes, and the names of parameters whose value was dropped."""
    known = registry.names()
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        if name in known:
            given.setdefault(name, []).append(value)
    dropped: list[str] = []
    while True:
        try:
            return _read(given), dropped
        except FilterError as error:
            dropped.append(error.parameter)
            del given[error.parameter]


def _read(given: Mapping[str, list[str]]) -> Filters:
    reading = Reading(given, codes())
    declared = registry.all_filters()
    for each in declared:
        reading.fields[each.field] = each.kind.read(each.name, reading)
    chosen = Filters(**reading.fields)
    for each in declared:
        if each.finish is not None:
            chosen = each.finish(chosen)
    return chosen
