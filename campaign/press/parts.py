"""What every sentence of the press room shares: its frame, its source, its campaign's name."""

from dataclasses import dataclass

from campaign import official
from campaign.language import _
from campaign.press.figures import Figures
from campaign.press.scope import noun, scope
from campaign.wording import labels
from campaign.wording.dates import data_as_of, years
from campaign.wording.numbers import number, ordinal
from campaign.wording.quantities import clauses


@dataclass(frozen=True)
class Sentence:
    """One sentence to copy: what it speaks of (`key`), its words, and how settled its figure is."""

    key: str
    text: str
    stage: str


def source_words(figures: Figures) -> str:
    """Return what the figures come from: "fichier de démonstration", "fichier des événements"."""
    return _("fichier de démonstration") if figures.is_demo else _("fichier des événements")


def stage_words(stage: str) -> str:
    """Return "chiffre définitif", "chiffre provisoire" or "chiffre annoncé"."""
    return _("chiffre {stage}", stage=labels.stage(stage))


def origin(figures: Figures) -> str:
    """Return what stands behind every figure: stage, source, date of the data, and the filters if there are any."""
    source = f"{source_words(figures)}, {data_as_of(figures.data_date)}"
    parts = [stage_words(figures.stage), source, scope(figures.chosen)]
    return clauses(part for part in parts if part)


def campaign_name(figures: Figures) -> str:
    """Return "le Mois de l'ESS 2014 (7e édition)", or the years of several editions."""
    if figures.edition is None:
        return _("le Mois de l'ESS ({years})", years=years(figures.editions))
    rank = ordinal(figures.edition - official.FIRST + 1)
    return _("le Mois de l'ESS {year} ({rank} édition)", year=figures.edition, rank=rank)


def when(figures: Figures) -> str:
    """Return "en 2014", or "(2008 à 2014)" for several editions."""
    if len(figures.editions) == 1:
        return _("en {year}", year=figures.editions[0])
    return f"({years(figures.editions)})"


def amount(figures: Figures, n: int) -> str:
    """Return a number with what is counted: "67 ateliers"."""
    return f"{number(n)} {noun(figures.chosen, n)}"


def feminine() -> tuple[str, ...]:
    """Return the nouns that take "aucune"."""
    return (
        labels.unit("sessions", 1),
        *(
            labels.event_type(code, 1)
            for code in ("conference", "visite-entreprise", "sensibilisation-scolaire", "portes-ouvertes")
        ),
    )


def closed(key: str, text: str, figures: Figures) -> Sentence:
    """Return the sentence with what stands behind its figure."""
    return Sentence(key, f"{text} ({origin(figures)}).", figures.stage)
