"""The shared filters, by name, in the order in which addresses hold them. A filter is added by declaring it: `register(Filter(…))`."""

from campaign.core.language import _
from campaign.filters.declaration import Filter

_filters: dict[str, Filter] = {}


def register(declared: Filter, *, before: str | None = None) -> Filter:
    """Add a filter, at the end or before another one; raises ValueError where its name or its field is taken."""
    if any(declared.name == other.name or declared.field == other.field for other in _filters.values()):
        raise ValueError(f"filter {declared.name}: its name or its field is taken")
    entries = list(_filters.items())
    place = next((at for at, (name, _other) in enumerate(entries) if name == before), len(entries))
    entries.insert(place, (declared.name, declared))
    _filters.clear()
    _filters.update(entries)
    return declared


def all_filters() -> tuple[Filter, ...]:
    """Return every filter."""
    return tuple(_filters.values())


def names() -> tuple[str, ...]:
    """Return the names that stand in addresses."""
    return tuple(_filters)


def filter_name(name: str) -> str:
    """Return what a filter is called, by its name in addresses."""
    return _(_filters[name].label)
