"""What stands around a table and says of its dates what their cells do not: a year, a month, which number is the month.

A year is taken where only one stands: in the sheet's name, else a line above the header, else the edition asked for, else the
file's name. The order of day and month is decided by a column as a whole.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from campaign.core.language import mark
from campaign.intake.dates import date_text
from campaign.intake.dates.date_text import Hint, Order
from campaign.intake.dates.date_tokens import TOKENS, WEEKDAYS, date_of, month_of, simplified, year_of
from campaign.intake.dates.date_words import MONTH, MONTHS
from campaign.intake.dates.moments import Session
from campaign.intake.files import workbook_parts
from campaign.intake.request import Request
from campaign.profile import profile

_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_PAIR: Final = re.compile(r"(\d{1,2})([/-])(\d{1,2})")
YEAR_ALONE: Final = re.compile(r"(?:19|20)\d\d")
_DATE: Final = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/])")
_HALF: Final = re.compile(r"(?i)\d\s*[ap]\.?m\b")
_OF_24_HOURS: Final = re.compile(r"(?i)(?:\b(?:1[3-9]|2[0-3]):[0-5]\d|\d\s?h(?![a-z]))")
_DIFFERENT: Final = 3  # different second numbers under one first, from which on the first is a month
_OVERWHELMING: Final = 20  # times as many dates in one order as in the other: the others are slips
_WRITTEN_ON: Final = re.compile(  # of a table, not of its days
    r"(?i)\b(?:mis(?:es?)? [àa] jour|m[àa]j|[ée]dit[ée]e? (?:le|en)|imprim[ée]|export|version|actualis|avant|jusqu|depuis|inscri|d[ée]lai)"
)
_MONTH_FIRST: Final = re.compile(r"(?i)\bmm?[/.-](?:jj?|dd?)[/.-](?:aa|yy)")  # « Date (mm/jj/aaaa) »
_ISO_MONTH: Final = re.compile(r"((?:19|20)\d\d)-(\d\d)(?:-\d\d)?(?:[T ][\d:.]*)?")
_ONLY_MONTH: Final = re.compile(r"0?[1-9]|1[0-2]")
WEEKDAY_AND_NUMBER: Final = re.compile(
    r"(?i)^(?:lun|mar|mer|jeu|ven|sam|dim)[a-z]*\.?\s+\d{1,2}(?:er)?$"
)  # its month stands elsewhere
_ANY_YEAR: Final = 2000  # stands for one that is written elsewhere
_LONGEST_DAY: Final = 40


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


def of_sheet(name: str, edition: int | None = None) -> tuple[int | None, int | None]:
    """Return the month and the year that a sheet's name gives; « Nov 26 » is a month with its year, unless that is not the edition's."""
    short = re.fullmatch(rf"({MONTH})\s*'?(\d\d)", simplified(re.sub(r"[_.-]", " ", name)))
    if short and (edition or 2000 + int(short[2])) == 2000 + int(short[2]) >= profile().first:
        return MONTHS[short[1].rstrip(".")], 2000 + int(short[2])
    return month_and_year(name)


def is_month(text: str) -> bool:
    """Tell whether a cell says a month, a year or both, and nothing else."""
    words = simplified(re.sub(r"[_.-]", " ", text))
    has_others = any(
        token.lastgroup not in ("monthly", "year", "neutral", "list", "range") for token in TOKENS.finditer(words)
    )
    return month_and_year(text) != (None, None) and (
        not has_others or bool(_ISO_MONTH.fullmatch(text.strip()) or _ONLY_MONTH.fullmatch(words))
    )


def are_weekdays(text: str) -> bool:
    """Tell whether a cell names weekdays and nothing else: « mardi », « lundi et jeudi », « du lundi au vendredi »."""
    kinds = [token.lastgroup for token in TOKENS.finditer(simplified(text))]
    return "weekday" in kinds and set(kinds) <= {"weekday", "list", "range", "neutral", "each"}


def of_table(request: Request, above: Sequence[Sequence[str]] = (), names: Sequence[str] = ()) -> tuple[Hint, str]:
    """Return what stands around a table of its dates, and where its year was found, as a message.

    `names` are the headers of the columns of dates.
    """
    named = month_and_year(" ; ".join(names))
    sheet = of_sheet(request.sheet or "", request.edition)
    titles = _of_titles(above)
    file = month_and_year(Path(request.name).stem)
    year, source = next(
        (
            (year, source)
            for year, source in (
                (named[1], mark("année {n} d'après l'en-tête des dates")),
                (sheet[1], mark("année {n} d'après le nom de la feuille")),
                (titles[1], mark("année {n} d'après une ligne au-dessus de l'en-tête")),
                (request.edition, mark("année {n} d'après l'édition demandée")),
                (file[1], mark("année {n} d'après le nom du fichier")),
            )
            if year
        ),
        (None, ""),
    )
    month = named[0] or (sheet[0] if request.sheet else None)
    if month is None and (month := _month_above(above)) and year == titles[1] and source:
        source = mark("année {n} d'après une ligne au-dessus de l'en-tête")
    if month is None and not (sheet[1] or titles[1] or titles[0]) and not _WRITTEN_ON.search(request.name):
        month = file[0] if file[1] and file[1] == year else None
    is_1904 = bool(request.sheet) and workbook_parts.counts_from_1904(request.path)
    order: Order = "mdy" if any(map(_MONTH_FIRST.search, names)) else "dmy"
    return Hint(year=year, month=month, order=order, is_1904=is_1904), source


def _of_titles(above: Sequence[Sequence[str]]) -> tuple[int | None, int | None]:
    """Return the month and year that the lines above a header give; when the table was written gives the year only where no title does."""
    cells = [cell for row in above for cell in row if cell]
    titles = month_and_year(" ; ".join(cell for cell in cells if not _WRITTEN_ON.search(cell)))
    return titles if titles[1] else month_and_year(" ; ".join(cells))


def _month_above(above: Sequence[Sequence[str]]) -> int | None:
    """Return the month that a title above the header gives its days: the only one there, not of when the table was written."""
    cells = [cell for row in above for cell in row if cell.strip() and not _WRITTEN_ON.search(cell)]
    months = {month_and_year(cell)[0] for cell in cells} - {None}
    days = [token for cell in cells for token in TOKENS.finditer(simplified(cell)) if token.lastgroup == "day"]
    return months.pop() if len(months) == 1 and not days else None


def with_order(hint: Hint, texts: Iterable[str], others: Iterable[str] = ()) -> Hint:
    """Return a hint with the order of day and month that the cells of a column have; "" if it cannot be told.

    `others` are cells of other columns of dates: what a program wrote in one order there, it wrote so everywhere.
    """
    written = list(texts)
    if hint.order == "mdy" and not _evidence(written)[0]:  # as a header says
        return hint
    return replace(hint, order=order_of(written, others))


def with_pairs(hint: Hint, texts: Sequence[str], years: Iterable[str | None]) -> Hint:
    """Return a hint for cells of two numbers, « 10-29 », « 4-11 », beside a column of years: which number is the month.

    As those of the whole column say; where none is above twelve, as all are days of the campaign; else « 10-11 » cannot be told.
    """
    if not texts or hint.month or not all(map(_PAIR.fullmatch, texts)):
        return hint
    year = hint.year or next(
        (int(years_in_text[0]) for text in years if (years_in_text := YEAR_ALONE.findall(text or ""))), None
    )
    if year is None:
        return hint
    dates = [(*pair.groups(), str(year)) for text in texts if (pair := _PAIR.fullmatch(text))]
    french, american = _evidence(sign.join((first, second, last)) for first, sign, second, last in dates)
    of_campaign = [all(_is_in_campaign(*each, order=order) for each in dates) for order in ("mdy", "dmy")]
    is_open = all(sign == "-" and len(first) == len(second) == 2 for first, sign, second, _ in dates)
    if american or french:
        order: Order = "" if american and french else "mdy" if american else "dmy"
    elif of_campaign[0] != of_campaign[1]:
        order = "mdy" if of_campaign[0] else "dmy"
    else:
        order = "" if is_open else "dmy"
    return replace(hint, order=order, has_pairs=True)


def order_of(texts: Iterable[str], others: Iterable[str] = ()) -> Order:
    """Return which of the numbers of a column's dates is the month: those above twelve, and weekdays, say it for the others.

    Where neither does, the French order is taken, unless the column looks American (all dates have one first number and different
    second ones, or hours are said by am and pm): then other columns decide, else the campaign's days do where hours are American too,
    else nothing does.
    """
    written = list(texts)
    if _is_year_first(written):
        return "ymd"
    french, american = _evidence(written)
    if not french and not american and _looks_american(written):
        french, american = _evidence(others)
        if not american and not french and _are_of_campaign(written):
            return "mdy"
        if not american:
            return "dmy" if french else ""
    if american > _OVERWHELMING * french:
        return "mdy"
    return "" if american and french <= _OVERWHELMING * american else "dmy"


def _is_year_first(texts: Sequence[str]) -> bool:
    """Tell whether dates of two-digit numbers begin with the year: all with the same, while the last numbers would be years apart."""
    dates = [each for text in texts for each in _DATE.findall(text)]
    years, days = {int(first) for first, *_ in dates}, {int(last) for *_, last in dates}
    is_short = all(len(first) == len(last) == 2 for first, _, _, last in dates)
    return is_short and len(years) == 1 and max(days, default=0) - min(days, default=0) > 1


def _evidence(texts: Iterable[str]) -> tuple[int, int]:
    """Return how many dates can only be of the French order, and how many only of the American one."""
    french = american = 0
    for text in texts:
        dates = _DATE.findall(text)
        for first, _, second, _year in dates:
            french += int(first) > 12 >= int(second)
            american += int(second) > 12 >= int(first)
        if len(dates) == 1 and (named := weekday_of(text)) is not None:
            is_french, is_american = (_falls_on(named, *dates[0], order=order) for order in ("dmy", "mdy"))
            french += is_french and not is_american
            american += is_american and not is_french
    return french, american


def weekday_of(text: str) -> int | None:
    """Return the only weekday that a text names."""
    named = {WEEKDAYS[token["name"]] for token in TOKENS.finditer(simplified(text)) if token.lastgroup == "weekday"}
    return named.pop() if len(named) == 1 else None


def says_when_written(text: str) -> bool:
    """Tell whether a title says when its table was written, or until when something may be done."""
    return bool(_WRITTEN_ON.search(text))


def says_which_days(text: str) -> bool:
    """Tell whether a text says which days of a span it is of: it names a weekday, « tous les jours », « sauf le 11 »."""
    return any(token.lastgroup in ("weekday", "each", "except") for token in TOKENS.finditer(simplified(text)))


def _falls_on(weekday: int, first: str, _sign: str, second: str, year: str, *, order: str) -> bool:
    """Tell whether a date falls on a weekday if its numbers stand in this order."""
    day, month = (first, second) if order == "dmy" else (second, first)
    day_of_order = date_of(int(year) if len(year) == 4 else 2000 + int(year), int(month), int(day))
    return day_of_order is not None and day_of_order.weekday() == weekday


def _looks_american(texts: Sequence[str]) -> bool:
    """Tell whether dates of which no number is above twelve are more likely of the American order."""
    pairs = {(int(first), int(second)) for text in texts for first, _, second, _year in _DATE.findall(text)}
    firsts, seconds = {first for first, _ in pairs}, {second for _, second in pairs}
    of_figures = [text for text in texts if _DATE.search(text)]
    has_halves = any(map(_HALF.search, of_figures)) and not any(map(_OF_24_HOURS.search, of_figures))
    return has_halves or (len(firsts) == 1 and len(seconds) >= _DIFFERENT)


def _are_of_campaign(texts: Sequence[str]) -> bool:
    """Tell whether dates with hours of am and pm are all of the campaign if their month stands first, and none of them if it does not."""
    dates = [each for text in texts for each in _DATE.findall(text)]
    if not any(_HALF.search(text) for text in texts if _DATE.search(text)):
        return False
    orders = [{_is_in_campaign(*each, order=order) for each in dates} for order in ("mdy", "dmy")]
    return orders == [{True}, {False}]


def _is_in_campaign(first: str, _sign: str, second: str, year: str, *, order: str) -> bool:
    """Tell whether a date is within the days of the campaign of its year if its numbers stand in this order."""
    day, month = (first, second) if order == "dmy" else (second, first)
    day_of_order = date_of(int(year) if len(year) == 4 else 2000 + int(year), int(month), int(day))
    if day_of_order is None or not profile().first <= day_of_order.year <= date.max.year - 1:
        return False
    opens, closes = profile().edition(day_of_order.year).window
    return opens <= day_of_order <= closes


def _is_figures(token: re.Match[str]) -> bool:
    return token.lastgroup == "day" and not re.search(r"[a-z]", token[0])


def is_day(cell: str) -> bool:
    """Tell whether a cell holds one day and no hour; five figures are a postcode, not a day of a spreadsheet."""
    text = cell.strip()
    if not re.search(r"\d", text) or len(text) > _LONGEST_DAY or re.fullmatch(r"\d{5}", text):
        return False
    sessions, left = date_text.parse(text, _ANY_YEAR)
    weekday = re.sub(r"\W.*", "", text).lower()
    return len(sessions) == 1 and sessions[0][0].hour is None and sessions[0][1] is None and left in ("", weekday)


def of_row(year: str | None, month: tuple[int | None, int | None], around: Hint) -> Hint:
    """Return what other columns, else what stands around the table, say of a row's dates."""
    own_years = YEAR_ALONE.findall(year or "")
    short = re.fullmatch(r"\s*['’]?([0-4]\d)\s*", year or "")
    own = int(own_years[0]) if own_years else 2000 + int(short[1]) if short else month[1]
    return replace(around, year=own or around.year, month=month[0] or around.month)


def is_other_year(text: str, sessions: list[Session]) -> bool:
    """Tell whether a column of years names others than those of the sessions: « 2013 » beside « 05/11/2014 »."""
    named = {int(year) for year in YEAR_ALONE.findall(text)}
    return len(named) == 1 and not named & {moment.day.year for session in sessions for moment in session if moment}
