"""Tables of which a row holds several events, in numbered columns: « Événement 1 : titre », « Événement 1 : date », « Titre 2 »…

Each becomes a row of its own, with the columns that have no number. So do sessions of one title that have places of their own,
« Séance 1 : date », « Séance 1 : ville »: those at the same place are sessions of one event.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from campaign.intake.fields.column_names import field_of, plain
from campaign.intake.fields.reshaping import Record, reshaped

_NUMBERED: Final = re.compile(
    r"(?P<before>.*?)\s*(?:n[o°]\s*)?(?<!\d)(?P<number>\d{1,2})(?!\d)\s*(?:[:.)\]_–-]+\s*)?(?P<after>.*)", re.DOTALL
)


_PLACES: Final = frozenset({"city", "postcode", "commune_code", "venue", "address"})
_DATES: Final = ("begins", "begins_hour", "ends_hour")


@dataclass(frozen=True)
class _Wide:
    """The record that is the header, the columns that all events of a row share, and those of each event by the name of each."""

    row: int
    shared: dict[int, str]
    events: list[dict[str, int]]

    @property
    def names(self) -> list[str]:
        """The names of the columns that each event has."""
        return list(dict.fromkeys(name for event in self.events for name in event))

    def by_place(self, events: list[list[str]]) -> list[list[str]]:
        """Return the sessions of one title at the same place as one event, with all their days and hours; others as they are."""
        fields = [field_of(name) for name in self.names]
        dates = [fields.index(field) for field in _DATES if field in fields]
        if "title" in fields or "ends" in fields:
            return events
        places: dict[tuple[str, ...], list[list[str]]] = {}
        for event in events:
            key = tuple("" if index in dates else cell.strip() for index, cell in enumerate(event))
            places.setdefault(key, []).append(event)
        return [each[0] if len(each) == 1 else _joined(key, each, dates) for key, each in places.items()]


def is_one(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first rows of a sheet are those of such a table."""
    return _wide(rows) is not None


def records(rows: Iterable[Record]) -> Iterator[Record]:
    """Return the records of a sheet, each with its line; of a table of several events a row, one for each of them."""
    return reshaped(rows, _wide, _rewritten)


def _rewritten(wide: _Wide, first: list[Record], rest: Iterator[Record]) -> Iterator[Record]:
    yield from first[: wide.row]
    yield first[wide.row][0], [*wide.shared.values(), *wide.names]
    for line, cells in (*first[wide.row + 1 :], *rest):
        beside = [_at(cells, index) for index in wide.shared]
        events = [[_at(cells, event.get(name, -1)) for name in wide.names] for event in wide.events]
        filled = [event for event in events if any(cell.strip() for cell in event)]
        yield from ((line, [*beside, *event]) for event in wide.by_place(filled) or events[:1])


def _wide(rows: Sequence[Sequence[str]]) -> _Wide | None:
    for number, cells in enumerate(rows):
        events: dict[int, dict[str, int]] = {}
        shared = {}
        for index, cell in enumerate(cells):
            match = _NUMBERED.fullmatch(cell.strip())
            name = _named(match) if match else None
            if match and name:
                events.setdefault(int(match["number"]), {}).setdefault(name, index)
            else:
                shared[index] = cell.strip()
        kinds = [{field_of(name) for name in event} for event in events.values()]
        is_titled = all({"title", "begins"} <= kind for kind in kinds)
        is_placed = "title" in map(field_of, shared.values()) and all(
            "begins" in kind and kind & _PLACES for kind in kinds
        )
        if len(kinds) > 1 and (is_titled or is_placed):
            return _Wide(number, shared, [events[each] for each in sorted(events)])
    return None


def _joined(place: Sequence[str], sessions: Sequence[Sequence[str]], dates: Sequence[int]) -> list[str]:
    """Return sessions at one place as one row, whose first date says all of them."""
    written = []
    for session in sessions:
        day, *hours = (session[index].strip() for index in dates)
        written.append(f"{day} {' - '.join(filter(None, hours))}".strip())
    return [" ; ".join(written) if index == dates[0] else cell for index, cell in enumerate(place)]


def _named(match: re.Match[str]) -> str | None:
    """Return what a numbered column is called without its number: « titre » of « Événement 1 : titre », « Titre » of « Titre 2 »."""
    before, after = match["before"].strip(" :-–("), match["after"].strip(" :-–)")
    name = after if after and field_of(after) else before
    return plain(name).capitalize() if field_of(name) else None


def _at(cells: Sequence[str], index: int) -> str:
    return cells[index] if 0 <= index < len(cells) else ""
