"""What a mark says beside its number: for how many inhabitants, and since the edition before."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from campaign.analysis.comparison import Change, Comparison
from campaign.analysis.figures import Figures
from campaign.core.language import _
from campaign.wording.dates import days_to_go
from campaign.wording.numbers import number, signed

PER: Final = 100_000


def rate(row: Mapping[str, Any]) -> str | None:
    """Return the events for 100,000 inhabitants of a row, None without a population."""
    if not row["population"]:
        return None
    return _("{rate} pour {base} habitants", rate=number(row["per_100k"], 1, fixed=True), base=number(PER))


def change(figures: Figures, of: Callable[[Comparison], Mapping[Any, Change | None]]) -> Callable[[str], str]:
    """Return what tells the change of a code since the edition before; `of` takes the changes from the comparison."""
    verdict = figures.compared
    if not isinstance(verdict, Comparison):
        return lambda _code: _("sans comparaison")
    changes = of(verdict)
    at = f" ({days_to_go(verdict.days_to_go)})" if verdict.days_to_go is not None else ""

    def change_of(code: str) -> str:
        known = changes.get(code)
        if known is None:
            return _("sans comparaison")
        return _("{change} par rapport à {edition}", change=signed(known.difference), edition=verdict.edition) + at

    return change_of


def of_regions(figures: Figures, rows: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Return rate and change of regions, rows of `events_by_region`."""
    change_of = change(figures, Comparison.regions)
    return {
        row["region_code"]: tuple(filter(None, (rate(row), change_of(row["region_code"]))))
        for row in rows
        if row["region_code"]
    }


def of_departements(rows: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Return the rate of départements, rows of `events_by_departement`."""
    return {row["departement_code"]: tuple(filter(None, (rate(row),))) for row in rows if row["departement_code"]}


def of_types(figures: Figures) -> dict[str, tuple[str, ...]]:
    """Return the change of each type."""
    change_of = change(figures, Comparison.types)
    return {code: (change_of(code),) for code, _n in figures.types}
