"""A drawing for a page: its words, its shapes, its rows; kept as long as the event file and the day stay.

What is kept is known by the file's identity, so that no file stays open for it that was replaced.
"""

from dataclasses import dataclass, replace
from datetime import date

from campaign import store
from campaign.analysis.figures import Figures, gather
from campaign.charts import in_html
from campaign.charts.sheet import Drawing
from campaign.core.language import current
from campaign.core.settings import settings
from campaign.drawings.catalogue import drawing
from campaign.drawings.export import Options
from campaign.filters import Filters


@dataclass(frozen=True)
class OnPage:
    """A drawing and its shapes as HTML, whose marks lead nowhere yet."""

    drawn: Drawing
    html: str


def on_page(name: str, chosen: Filters, options: Options = ()) -> OnPage:
    """Return the drawing of that name, in the current language; KeyError if there is none."""
    return _on_page(store.reader().identity, current(), settings().current_day(), name, chosen, options)


@store.cached_per_file(maxsize=256)
def _on_page(
    identity: store.Identity, language: str, day: date, name: str, chosen: Filters, options: Options
) -> OnPage:
    drawn = drawing(name, replace(_figures(identity, language, day, chosen), options=options))
    return OnPage(drawn, in_html.on_page(drawn))


@store.cached_per_file(maxsize=512)
def _figures(_identity: store.Identity, _language: str, _day: date, chosen: Filters) -> Figures:
    """Return the figures of a choice, which all drawings of a page share."""
    return gather(chosen)
