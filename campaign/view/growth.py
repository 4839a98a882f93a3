"""The seven editions as columns: official figures, softer where rounded or announced, the file's own count beside."""

from collections.abc import Mapping
from html import escape

from campaign import official
from campaign.language import _
from campaign.official import Figure
from campaign.wording import labels
from campaign.wording.numbers import missing, number, ordinal, published

SHORT_QUALIFIERS = {"more_than": "> ", "about": "≈ "}


def columns_html(counts: Mapping[int, int], *, chosen: int | None, is_demo: bool) -> str:
    """Return the columns of 2008 to 2014, an empty slot « n. c. » where nothing was published; `counts` are the file's."""
    years = range(official.FIRST, official.LAST + 1)
    headlines = {year: official.headline(year) for year in years}
    top = max([f.value or 0 for f in headlines.values() if f] + [counts.get(year, 0) for year in years] + [1])
    items = "".join(_column(year, headlines[year], counts.get(year), top, is_chosen=year == chosen) for year in years)
    file = _("fichier de démonstration") if is_demo else _("fichier des événements")
    keys = (
        ("", _("chiffre exact d'un bilan")),
        ("soft", _("chiffre arrondi ou annoncé")),
        ("file", _("compté dans le {file}", file=file)),
    )
    key = "".join(f'<li><i class="{css}"></i>{escape(text)}</li>' for css, text in keys)
    return f'<ul class="key">{key}</ul><ol class="columns">{items}</ol>'


def _column(year: int, figure: Figure | None, count: int | None, top: int, *, is_chosen: bool) -> str:
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
        f'<li{css}><div class="plot">{bar}{file}</div>'
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
