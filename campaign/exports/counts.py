"""Counts by one or several dimensions, as rows: the same for the address, the archive and the command line."""

from datetime import date
from typing import Any, Final

from campaign import store
from campaign.core.language import use
from campaign.filters import FIRST_DAY, LAST_DAY, Filters
from campaign.store.catalog import label
from campaign.wording.dates import day_name

CELL_DIMENSIONS: Final = frozenset({"edition", "region", "departement", "type"})


def is_overlapping(by: tuple[str, ...], chosen: Filters) -> bool:
    """Return whether rows may add up to more than the total: an event has several themes, and several days."""
    return "theme" in by or ("day" in by and chosen.unit != "days")


def rows(by: tuple[str, ...], chosen: Filters) -> list[dict[str, Any]]:
    """Return one row per combination with a count above 0: the code of each dimension, its label, `count`.

    With one dimension its name is `label`, with several `<dimension>_label`; the label of no code is null.
    """
    with use(chosen.lang):
        return [_row(by, group, chosen) for group in _counts(by, chosen)]


def _row(by: tuple[str, ...], group: dict[str, Any], chosen: Filters) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for dimension in by:
        code = group[dimension]
        row[dimension] = code
        row["label" if len(by) == 1 else f"{dimension}_label"] = _label(dimension, code, chosen)
    row["count"] = group["count"]
    return row


def _label(dimension: str, code: Any, chosen: Filters) -> str | None:
    if code is None:
        return None
    match dimension:
        case "day":
            return day_name(code, with_weekday=True)
        case "edition":
            return str(code)
        case "region":
            return label(f"region_{chosen.nomenclature}", code)
        case _:
            return label(dimension, code)


def _counts(by: tuple[str, ...], chosen: Filters) -> list[dict[str, Any]]:
    """Return the counts from the cells where they hold the answer, else from a scan of the chosen editions."""
    has_days = chosen.from_day is not None or chosen.to_day is not None
    if CELL_DIMENSIONS.issuperset(by):
        return store.query("counts", chosen=chosen, by=by).rows
    if by == ("day",):
        return [*store.query("events_by_day", chosen=chosen).rows, *_undated(chosen, has_days=has_days)]
    if by == ("theme",):
        return store.query("events_by_theme", chosen=chosen).rows
    return store.query("counts_scanned", chosen=chosen, by=by).rows


def _undated(chosen: Filters, *, has_days: bool) -> list[dict[str, date | int | None]]:
    """Return the row of events without a day, if there are any: they stand in no day's count."""
    if has_days or chosen.unit != "events":
        return []
    dated = chosen.replace(from_day=FIRST_DAY, to_day=LAST_DAY)
    n_undated: int = sum(
        sign * store.query("event_totals", chosen=each).one["n_events"] for sign, each in ((1, chosen), (-1, dated))
    )
    return [{"day": None, "count": n_undated}] if n_undated else []
