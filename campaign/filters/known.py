"""The codes that filters may take, as the event file knows them."""

from collections.abc import Mapping
from dataclasses import dataclass

from campaign import store
from campaign.core import nomenclatures
from campaign.core.settings import settings
from campaign.profile import profile


@dataclass(frozen=True)
class Codes:
    """The codes that filters may take, as the event file knows them."""

    current_edition: int | None
    editions: frozenset[int]
    counted_editions: tuple[int, ...]
    regions: Mapping[int, frozenset[str]]
    departements: frozenset[str]
    types: frozenset[str]
    themes: frozenset[str]


def nomenclature_of(editions: tuple[int, ...]) -> nomenclatures.Nomenclature:
    """Return the nomenclature in force for the latest of these editions; without any, for the file's latest, else today."""
    years = editions or codes().counted_editions or (settings().current_day().year,)
    return profile().nomenclature(max(years))


def codes() -> Codes:
    """Return the known codes of the file that is being read."""
    return _codes(store.reader().identity)


@store.cached_per_file(maxsize=4)
def _codes(_file: store.Identity) -> Codes:
    by_kind: dict[str, set[str]] = {}
    for kind, code in store.query("filter_codes").values:
        by_kind.setdefault(kind, set()).add(code)
    current = store.query("current_edition").one["edition"]
    return Codes(
        current_edition=current,
        editions=frozenset(int(code) for code in by_kind["edition"]),
        counted_editions=tuple(store.query("file_status").one["editions"]),
        regions={year: frozenset(by_kind[f"region_{year}"]) for year in nomenclatures.NOMENCLATURES},
        departements=frozenset(by_kind["departement"]),
        types=frozenset(by_kind["type"]),
        themes=frozenset(by_kind.get("theme", set())),
    )
