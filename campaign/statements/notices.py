"""What a reader of the press room must know beside the figures: embargo, contact, and figures that changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from campaign import store
from campaign.analysis import edition_dates, moment, official
from campaign.analysis import editions as over_time
from campaign.analysis.figures import Figures, has_no_chamber
from campaign.core.language import _
from campaign.core.settings import PARIS
from campaign.filters import Filters
from campaign.statements.parts import source_title
from campaign.statements.press_settings import press_settings
from campaign.wording import campaign_names as names
from campaign.wording import labels
from campaign.wording.dates import day_name, moment_name
from campaign.wording.numbers import number, published


def embargo() -> str:
    """Return the embargo in words while it lasts, else ""."""
    until = press_settings().embargo
    if until is None:
        return ""
    end = until if until.tzinfo else until.replace(tzinfo=PARIS)
    if end <= datetime.now(UTC):
        return ""
    return _("Sous embargo jusqu'au {moment} (heure de Paris).", moment=moment_name(end))


def chamber(figures: Figures) -> str:
    """Return that a region had no chamber yet, else ""."""
    chosen = figures.chosen
    if figures.level != "region" or not has_no_chamber(chosen.nomenclature, chosen.region, figures.editions):
        return ""
    return _(
        "Pas encore de {chamber} {place} en {year}.",
        chamber=names.chambers(1),
        place=figures.place.inside,
        year=max(figures.editions),
    )


def contact() -> str:
    """Return the press contact in words; that there is none where none is set."""
    press_contact = press_settings().contact
    return _("Contact presse : {contact}", contact=press_contact) if press_contact else _("Contact presse : n. c.")


@dataclass(frozen=True)
class Correction:
    """A figure that another one replaced: both with their sources, the day of the new one, and why."""

    edition: int
    old: str
    old_source: str
    new: str
    new_source: str
    day: str
    why: str


def corrections(chosen: Filters) -> list[Correction]:
    """Return the published figures that later changed, by edition: announcements, then counts of the file until its day."""
    return [*_of_reports(), *_of_the_file(moment.day_of(chosen))]


def _of_reports() -> Iterator[Correction]:
    """Yield the announced numbers of events that a final figure replaced."""
    for edition in over_time.beside_published():
        final = official.headline(edition)
        if final is None or final.stage != "final":
            continue
        for figure in official.figures():
            same = (figure.edition, figure.metric, figure.territory_level) == (edition, "events", "country")
            is_other = (figure.value, figure.qualifier) not in {
                (final.value, final.qualifier),
                (final.value, "announced"),
            }
            if same and figure.stage == "announced" and is_other and not figure.category:
                yield Correction(
                    edition,
                    published(figure.value, figure.qualifier),
                    source_title(figure),
                    published(final.value, final.qualifier),
                    source_title(final),
                    _("après l'édition"),
                    _("chiffre annoncé avant la campagne, remplacé par celui d'après"),
                )


def _of_the_file(last_day: date) -> Iterator[Correction]:
    """Yield the counts of finished editions that an import until `last_day` changed after their end."""
    before: dict[int, int] = {}
    for row in store.query("press_counts_by_import").rows:
        edition, n = row["edition"], row["n_events"]
        day = row["imported_at"].astimezone(PARIS).date()
        if day > last_day:
            continue
        if edition in before and before[edition] != n and day > edition_dates.window(edition)[1]:
            yield Correction(
                edition,
                labels.unit_counted("events", before[edition]),
                _("fichier des événements"),
                labels.unit_counted("events", n),
                _("fichier des événements, import de « {source} »", source=row["source"]),
                day_name(day),
                _(
                    "{added} de plus, {removed} de moins",
                    added=number(row["n_added"]),
                    removed=number(row["n_removed"]),
                ),
            )
        before[edition] = n
