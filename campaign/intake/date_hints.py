"""What stands around a table and says of its dates what their cells do not: a year, a month, which number is the month.

A year is taken where only one stands: in the sheet's name, else a line above the header, else the edition asked for, else the
file's name. The order of day and month is decided by a column as a whole.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from campaign.intake.date_text import Hint, Order
from campaign.intake.date_tokens import TOKENS, month_of, simplified, year_of
from campaign.intake.request import Request

_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_DATE: Final = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\d/])")
_OVERWHELMING: Final = 20  # times as many dates in one order as in the other: the others are slips
_ISO_MONTH: Final = re.compile(r"((?:19|20)\d\d)-(\d\d)(?:-\d\d)?(?:[T ][\d:.]*)?")
_ONLY_MONTH: Final = re.compile(r"0?[1-9]|1[0-2]")


def month_and_year(text: str) -> tuple[int | None, int | None]:
    """Return the month and the year that a cell or a name gives, each None if it does not or gives several."""
    if iso := _ISO_MONTH.fullmatch(text.strip()):
        return int(iso[2]) or None, int(iso[1])
    words = simplified(re.sub(r"[_.-]", " ", text))
    named = [
        token for token in TOKENS.finditer(words) if token.lastgroup in ("monthly", "day") and not _is_figures(token)
    ]
    months = {month_of(token) for token in named if token.lastgroup == "monthly"}
    years = {int(year) for year in _YEAR.findall(words)} | {year for token in named if (year := year_of(token))}
    if not months and (number := _ONLY_MONTH.fullmatch(words)):
        months = {int(number[0])}
    return (months.pop() if len(months) == 1 else None), (years.pop() if len(years) == 1 else None)


def is_month(text: str) -> bool:
    """Tell whether a cell says a month, a year or both, and nothing else."""
    words = simplified(re.sub(r"[_.-]", " ", text))
    has_others = any(
        token.lastgroup not in ("monthly", "year", "neutral", "list", "range") for token in TOKENS.finditer(words)
    )
    return month_and_year(text) != (None, None) and (
        not has_others or bool(_ISO_MONTH.fullmatch(text.strip()) or _ONLY_MONTH.fullmatch(words))
    )


def of_table(request: Request, above: Sequence[Sequence[str]] = ()) -> tuple[Hint, str]:
    """Return what stands around a table of its dates, and where it was found, in words."""
    sheet = month_and_year(request.sheet or "")
    titles = month_and_year(" ; ".join(cell for cells in above for cell in cells if cell))
    file = month_and_year(Path(request.name).stem)
    year, source = next(
        (
            (year, source)
            for year, source in (
                (sheet[1], "le nom de la feuille"),
                (titles[1], "une ligne au-dessus de l'en-tête"),
                (request.edition, "l'édition demandée"),
                (file[1], "le nom du fichier"),
            )
            if year
        ),
        (None, ""),
    )
    return Hint(year=year, month=sheet[0] if request.sheet else None), source


def with_order(hint: Hint, texts: Iterable[str]) -> Hint:
    """Return a hint with the order of day and month that the cells of a column have; "" if they contradict each other."""
    return replace(hint, order=order_of(texts))


def order_of(texts: Iterable[str]) -> Order:
    """Return which of the numbers of a column's dates is the month: those above twelve say it for the others."""
    n_french = n_american = 0
    for text in texts:
        for first, _, second in _DATE.findall(text):
            n_french += int(first) > 12 >= int(second)
            n_american += int(second) > 12 >= int(first)
    if n_american > _OVERWHELMING * n_french:
        return "mdy"
    return "" if n_american and n_french <= _OVERWHELMING * n_american else "dmy"


def _is_figures(token: re.Match[str]) -> bool:
    return token.lastgroup == "day" and not re.search(r"[a-z]", token[0])
