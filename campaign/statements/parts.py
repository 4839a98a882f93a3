"""What every sentence of the press room shares: its frame, its source, its campaign's name."""

from dataclasses import dataclass

from campaign.analysis import edition_dates, official
from campaign.analysis.figures import Figures
from campaign.core.language import _
from campaign.statements.scope import noun, unsaid
from campaign.wording import campaign_names as names
from campaign.wording import labels, source_names
from campaign.wording.dates import data_as_of, day_name, years
from campaign.wording.numbers import number
from campaign.wording.quantities import clauses


@dataclass(frozen=True)
class Sentence:
    """One sentence to copy: what it speaks of (`key`), its words, and how settled its figure is."""

    key: str
    text: str
    stage: str
    plain: str = ""  # without its source, where that is said once for several


def source_words(figures: Figures) -> str:
    """Return what the figures come from: "fichier de démonstration", "fichier des événements"."""
    return _("fichier de démonstration") if figures.is_demo else _("fichier des événements")


def stage_words(stage: str | None) -> str:
    """Return "chiffre définitif", "chiffre provisoire", "chiffre annoncé", "édition close"; that a source does not say for None."""
    if stage is None:
        return _("état non précisé")
    return labels.stage(stage) if stage in ("upcoming", "closed") else _("chiffre {stage}", stage=labels.stage(stage))


def source_title(figure: official.Figure) -> str:
    """Return the title of a published figure's source as it stands in parentheses, and the day it was read."""
    title = source_names.title_within(figure.source_title)
    if figure.accessed_on is None:
        return title
    return _("{title}, consulté le {day}", title=title, day=day_name(figure.accessed_on))


def origin(figures: Figures, text: str) -> str:
    """Return what stands behind a text's figures: the filters that it does not say itself, stage, source, date of the data."""
    source = f"{source_words(figures)}, {data_as_of(figures.data_date)}"
    parts = [unsaid(figures.chosen, text), stage_words(figures.stage), source]
    return clauses(part for part in parts if part)


def subject(figures: Figures) -> str:
    """Return what the figures count, where and when, as headings say it: "ateliers en Bretagne 2014"."""
    return f"{noun(figures.chosen, 2)} {figures.place.inside} {years(figures.editions)}"


def regions_words(nomenclature: int) -> str:
    """Return the regions of a nomenclature as they stand after "des": "27 régions de 2014"."""
    return _("27 régions de 2014") if nomenclature == 2014 else _("18 régions de 2016")


def campaign_name(figures: Figures) -> str:
    """Return "la Fête 2014 (7e édition)", or the years of several editions."""
    if figures.edition is None:
        return f"{names.the()} ({years(figures.editions)})"
    if edition_dates.number_of(figures.edition) is None:
        return f"{names.the()} {figures.edition}"
    rank = edition_dates.rank(figures.edition)
    return _("{campaign} {year} ({rank} édition)", campaign=names.the(), year=figures.edition, rank=rank)


def when(figures: Figures) -> str:
    """Return "en 2014", "en 2012 et 2014", or "de 2008 à 2014" for a run of editions."""
    editions = figures.editions
    if len(editions) > 2 and max(editions) - min(editions) == len(editions) - 1:
        return _("de {years}", years=years(editions))
    return _("en {year}", year=years(editions))


def amount(figures: Figures, n: int) -> str:
    """Return a number with what is counted: "67 ateliers"."""
    return f"{number(n)} {noun(figures.chosen, n)}"


def closed(key: str, text: str, figures: Figures) -> Sentence:
    """Return the sentence with what stands behind its figure."""
    return Sentence(key, f"{text} ({origin(figures, text)}).", figures.stage, f"{text}.")
