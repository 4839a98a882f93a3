"""What a kind of drawing gives: its words, its rows, and what draws them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from campaign.analysis.figures import Figures
from campaign.core.language import _
from campaign.filters import Filters
from campaign.statements.parts import campaign_name
from campaign.statements.scope import none_of, noun
from campaign.wording.dates import years
from campaign.wording.labels import capitalised
from campaign.wording.numbers import number
from campaign.wording.territories import Territory

Rows = Sequence[tuple[str, str, float]]  # code, name, number


def usual_height(width: float, size: float) -> float:
    """Return the height of a course on a page: flat where there is room, never lower than its words need."""
    return max(size * 19, min(width * 0.4, size * 25))


@dataclass(frozen=True)
class Content:
    """What a kind of drawing says and draws: finding, subtitle, rows, and the function that draws."""

    title: str
    subtitle: str
    rows: Rows
    draw: Callable[..., str]
    patches: Sequence[Mapping[str, Any]] = ()  # what is otherwise in each exported row, in order
    source: str = ""  # of a drawing that shows nothing of the event file: real whatever the file is
    beside: str = ""  # another source beside the event file
    unit: str = ""  # what the rows count, where it is not what the choice counts
    used: Filters | None = None  # the choice that it draws, where it is not the whole choice
    area: Territory | None = None  # where its rows are, where it is not that choice's territory
    decimals: int = 0
    is_ranked: bool = False  # whether the rows are territories or kinds that a reader ranks, not steps of time or size
    whole: float | None = None  # what the rows are parts of, each event in one of them
    height: Callable[[float, float], float] = usual_height  # on a page, at a width, with letters of a size
    beside_marks: Mapping[str, Sequence[str]] = field(
        default_factory=dict
    )  # what a mark says beside its number, by code
    without_list: Callable[..., str] | None = None  # what a page draws that has the list as a table

    @property
    def on_page(self) -> Callable[..., str]:
        """What draws it on a page."""
        return self.without_list or self.draw


def subtitled(figures: Figures, of: str) -> str:
    """Return "Événements par type, Bretagne, 2014"; each kind gives its own words before the place."""
    return f"{of}, {figures.place.name}, {years(figures.editions)}"


def title_of_total(figures: Figures) -> str:
    """Return the total as a finding."""
    if not figures.total:
        return _(
            "{place}, {campaign} : {none}.",
            place=capitalised(figures.place.inside),
            campaign=campaign_name(figures),
            none=none_of(figures.chosen),
        )
    return _(
        "{place}, {campaign} : {n} {noun}.",
        place=capitalised(figures.place.inside),
        campaign=campaign_name(figures),
        n=number(figures.total),
        noun=noun(figures.chosen, figures.total),
    )
