"""What a reader of the press room must know beside the figures: embargo, contact, and figures that changed."""

from dataclasses import dataclass
from datetime import UTC, datetime

from campaign import official
from campaign.language import _
from campaign.press.figures import WITHOUT_CHAMBER, Figures
from campaign.press.settings import press_settings
from campaign.settings import PARIS
from campaign.wording.dates import moment_name
from campaign.wording.numbers import published


def embargo() -> str:
    """Return the embargo in words while it lasts, else ""."""
    until = press_settings().embargo
    if until is None:
        return ""
    moment = until if until.tzinfo else until.replace(tzinfo=PARIS)
    if moment <= datetime.now(UTC):
        return ""
    return _("Sous embargo jusqu'au {moment} (heure de Paris).", moment=moment_name(moment))


def chamber(figures: Figures) -> str:
    """Return that a region had no chamber yet, else ""."""
    region = figures.chosen.region
    if figures.level != "region" or (figures.chosen.nomenclature, region) not in WITHOUT_CHAMBER:
        return ""
    return _("Pas encore de chambre régionale {place} en 2014.", place=figures.place.inside)


def contact() -> str:
    """Return the press contact in words; that there is none where none is set."""
    found = press_settings().contact
    return _("Contact presse : {contact}", contact=found) if found else _("Contact presse : n. c.")


@dataclass(frozen=True)
class Correction:
    """A published figure that another one replaced: both with their sources."""

    edition: int
    old: str
    old_source: str
    new: str
    new_source: str
    why: str


def corrections() -> list[Correction]:
    """Return the announced numbers of events that a final figure later replaced, by edition."""
    found = []
    for edition in range(official.FIRST, official.LAST + 1):
        final = official.headline(edition)
        if final is None or final.stage != "final":
            continue
        for figure in official.figures():
            same = (figure.edition, figure.metric, figure.territory_level) == (edition, "events", "country")
            if same and figure.stage == "announced" and figure.value != final.value and not figure.category:
                found.append(
                    Correction(
                        edition,
                        published(figure.value, figure.qualifier),
                        figure.source_title,
                        published(final.value, final.qualifier),
                        final.source_title,
                        _("chiffre annoncé avant la campagne, remplacé par celui d'après"),
                    )
                )
    return found
