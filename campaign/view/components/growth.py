"""The editions as columns: official figures, softer where rounded or announced, the file's own count beside."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from campaign.analysis import editions as over_time
from campaign.analysis import official
from campaign.analysis.official import Figure
from campaign.core.language import _
from campaign.wording import labels
from campaign.wording.numbers import missing, number, ordinal, published

LONG: Final = 10  # years; above, slots are narrow
SHORT_QUALIFIERS = {"more_than": "> ", "about": "≈ "}


def columns_html(counts: Mapping[int, int], *, chosen: int | None, is_demo: bool) -> str:
    """Return one column slot per year, « n. c. » where nothing was published; `counts` are the file's.

    The years are those of the product and of the file; in a long run the style turns the numbers upright.
    """
    years = over_time.beside_published()
    headlines = over_time.headlines(years)
    breaks = over_time.softenings(headlines)
    top = max([f.value or 0 for f in headlines.values() if f] + [counts.get(year, 0) for year in years] + [1])
    items = "".join(
        _column(
            year, headlines[year], counts.get(year), top, is_chosen=year == chosen, break_html=break_html(year, breaks)
        )
        for year in years
    )
    file = _("fichier de démonstration") if is_demo else _("fichier des événements")
    keys = (
        ("", _("chiffre exact d'un bilan")),
        ("soft", _("chiffre arrondi ou annoncé")),
        ("file", _("compté dans le {file}", file=file)),
    )
    key = "".join(f'<li><i class="{css}"></i>{escape(text)}</li>' for css, text in keys)
    return f'<ul class="key">{key}{break_key(breaks)}</ul><ol class="{columns_css(len(years))}">{items}</ol>'


def columns_css(n_years: int) -> str:
    """Return the classes of a row of columns: a long run has narrow slots."""
    return "columns long" if n_years > LONG else "columns"


def break_html(year: int, breaks: Sequence[int]) -> str:
    """Return the mark after a year where figures stop being exact: a line, whose words are in the key."""
    if year not in breaks:
        return ""
    return '<span class="rupture"></span>'


def break_key(breaks: Sequence[int]) -> str:
    """Return what such a line says, as an entry of the key; "" without any."""
    return f'<li><i class="rupture"></i>{escape(over_time.softening_words(*breaks))}</li>' if breaks else ""


def _column(year: int, figure: Figure | None, count: int | None, top: int, *, is_chosen: bool, break_html: str) -> str:
    bar = _official_bar(year, figure, top)
    file = ""
    if count:
        words = _("{n} dans le fichier", n=number(count))
        style = f"height:{100 * count / top:.1f}%"
        file = f'<span class="file" style="{style}" role="img" aria-label="{escape(words)}" title="{escape(words)}"></span>'
    rank = ordinal(year - official.FIRST + 1)
    counted = number(count) if count is not None else missing()
    css = ' class="chosen"' if is_chosen else ""
    return (
        f'<li{css}><div class="plot">{bar}{file}</div>{break_html}'
        f'<div class="year">{year}<small>{escape(_("{rank} éd.", rank=rank))}</small>'
        f"<small>{escape(_('fichier : {n}', n=counted))}</small></div></li>"
    )


def _official_bar(year: int, figure: Figure | None, top: int) -> str:
    if figure is None or figure.value is None:
        return f'<span class="none">{missing()}</span>'
    words = f"{year} : {published(figure.value, figure.qualifier)}, {labels.stage(figure.stage or 'final')}. {figure.source_title}"
    soft = " soft" if figure.is_soft else ""
    short = SHORT_QUALIFIERS.get(figure.qualifier or "", "") + number(figure.value)
    stage = f"<small>{escape(labels.stage(figure.stage or 'final'))}</small>"
    href = escape(figure.source_url or "")
    return (
        f'<a class="official{soft}" style="height:{100 * figure.value / top:.1f}%" href="{href}" target="_blank" '
        f'rel="noopener noreferrer" title="{escape(words)}" aria-label="{escape(words)}"><b>{short}{stage}</b></a>'
    )
