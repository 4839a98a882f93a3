"""The editions over time, for every drawing that shows them: which years, what was published, where figures stop being alike."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise

from campaign import store
from campaign.analysis import edition_dates, official
from campaign.analysis.official import EVENTS, Figure
from campaign.core.language import _, current, typeset
from campaign.core.settings import settings
from campaign.filters import Filters, codes
from campaign.profile import profile
from campaign.wording import sentences
from campaign.wording.dates import spans
from campaign.wording.dates import years as years_in_words
from campaign.wording.nouns import figure as figure_in_words
from campaign.wording.quantities import clauses
from campaign.wording.sentences import EditionFigure


def of_file() -> range:
    """Return the years from the file's first edition to its last, one slot each; those published for an empty file."""
    held = codes().counted_editions
    return range(min(held), max(held) + 1) if held else beside_published()


def beside_published() -> range:
    """Return the years of a drawing that shows published figures too: from the first edition to the last that is known.

    That is the latest of the file's, of those with a published figure, and of the one that has begun.
    """
    first, begun = profile().first, edition_dates.running()
    published = (figure.edition for figure in official.figures() if figure.is_headline and figure.edition)
    known = [first, *codes().counted_editions, *published, *([begun] if begun else [])]
    return range(min(known), max(known) + 1)


def of_country() -> list[official.Figure]:
    """Return the published figures of the country as a whole for the years that are drawn."""
    years = beside_published()
    return [
        f
        for f in official.figures()
        if f.territory_level == "country" and f.edition in years and f.value is not None and f.category is None
    ]


def silent() -> list[int]:
    """Return the editions that are over and of which nothing was published about the country as a whole."""
    editions_with_figures = {figure.edition for figure in of_country()}
    over = (year for year in beside_published() if edition_dates.window(year)[1] < settings().current_day())
    return [year for year in over if year not in editions_with_figures]


def unpublished() -> str:
    """Return the silent editions in a sentence; "" without any."""
    if not (years := silent()):
        return ""
    return _(
        "{years} : aucun chiffre publié à notre connaissance pour l'ensemble du pays.", years=", ".join(spans(years))
    )


def held(as_of: date | None) -> tuple[int, ...]:
    """Return the editions with events in the file, as of a day."""
    if as_of is None:
        return codes().counted_editions
    return tuple(store.query("events_by_edition", **Filters(as_of=as_of).params()).column("edition"))


def counted(counts: Mapping[int, int], as_of: date | None) -> dict[int, int]:
    """Return the counts by edition with 0 for an edition that the file held otherwise, as of a day; any other year is missing."""
    return {year: counts.get(year, 0) for year in held(as_of)}


def headlines(years: Iterable[int]) -> dict[int, Figure | None]:
    """Return the country's headline figure of each year, None where nothing was published."""
    return {year: official.headline(year) for year in years}


def sentence() -> str:
    """Return the course of the published figures in a sentence."""
    return sentences.editions(
        [
            EditionFigure(year, f.value, f.qualifier, f.stage, series(year)) if f else EditionFigure(year, None)
            for year, f in headlines(beside_published()).items()
        ]
    )


def softenings(published: Mapping[int, Figure | None]) -> list[int]:
    """Return the years of exact final figures after which the next that was published is only rounded or announced."""
    known = [(year, figure) for year, figure in sorted(published.items()) if figure and figure.value is not None]
    return [year for (year, figure), (_next, following) in pairwise(known) if not figure.is_soft and following.is_soft]


def softening_words(*breaks: int) -> str:
    """Return what is written at such breaks."""
    return _("rupture : après {year}, arrondis ou annoncés", year=years_in_words(breaks))


def redefinition(metric: str, year: int) -> str:
    """Return how the definition of a figure changed in that year: no growth is computed across it; "" if it did not."""
    redefinitions = (
        one for one in profile().settings.redefinitions if (one.metric, one.from_edition) == (metric, year)
    )
    return next((one.en if current() == "en" else typeset(one.fr) for one in redefinitions), "")


def redefinition_note(metric: str | None = None) -> str:
    """Return the changes of definition between published figures, or those of one metric, in a sentence; "" without any."""
    changes = [one for one in profile().settings.redefinitions if metric in (None, one.metric)]
    if not changes:
        return ""
    notes = [one.note_en if current() == "en" else typeset(one.note_fr) for one in changes]
    if all(notes):
        return " ".join(notes)
    words = clauses(redefinition(one.metric, one.from_edition) for one in changes)
    return _("Les définitions ont changé ({changes}) : aucune évolution n'en est tirée.", changes=words)


def breaks(published: Mapping[int, Figure | None]) -> dict[int, str]:
    """Return the years after which published numbers of events are not like those before, and why."""
    reasons = {year: softening_words(year) for year in softenings(published)}
    known = [year for year, figure in published.items() if figure and figure.value is not None]
    for one in profile().settings.redefinitions:
        last = one.from_edition - 1
        if one.metric == EVENTS and last in published and any(year <= last for year in known):
            reasons[last] = _("rupture : {change}", change=redefinition(one.metric, one.from_edition))
    return dict(sorted(reasons.items()))


def series(year: int) -> int:
    """Return how many times the definition of the number of events had changed: figures of one series can be compared."""
    return sum(one.metric == EVENTS and one.from_edition <= year for one in profile().settings.redefinitions)


def others() -> str:
    """Return the editions of which another headline figure than a number of events was published, in a sentence."""
    figures = [figure for year in beside_published() for figure in [official.instead(year)] if figure]
    if not figures:
        return ""
    words = (f"{one.edition} ({figure_in_words(one.metric, one.value, one.qualifier)})" for one in figures)
    return _("Sans nombre d'événements publié, mais avec un autre chiffre : {editions}.", editions=", ".join(words))
