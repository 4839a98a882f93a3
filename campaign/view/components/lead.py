"""How pages begin: the territory, the status, and the sentence that states the choice."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from campaign.analysis import edition_dates, moment, official, standing
from campaign.analysis import editions as over_time
from campaign.analysis.comparison import Change, Comparison
from campaign.analysis.figures import place_of as figures_place
from campaign.core.language import _
from campaign.filters import Filters, codes
from campaign.filters.clauses import commune_name
from campaign.statements.scope import briefly_unsaid, names_a_place
from campaign.store import catalog, query
from campaign.wording import labels, nouns, overview, sentences, territories
from campaign.wording.course import SMALL


def place_of(chosen: Filters) -> territories.Territory | None:
    """Return the territory of the choice in words, None for the country."""
    communes = [commune_name(code, chosen) for code in chosen.communes]
    return territories.chosen(chosen.regions, chosen.departements, communes, chosen.nomenclature)


def where(chosen: Filters, counts: Mapping[str, int], totals: Mapping[str, Any], *, covered: int | None) -> str:
    """Return in which region of the country most is; of a choice that names its place the state there, which it does not say."""
    if names_a_place(chosen):
        return sentence(chosen, totals)
    return sentences.where(counts, totals["total"], nomenclature=chosen.nomenclature, covered=covered, unit=chosen.unit)


def is_filtered(chosen: Filters) -> bool:
    """Whether something other than edition and territory is filtered."""
    plain = Filters(
        editions=chosen.editions,
        nomenclature=chosen.nomenclature,
        regions=chosen.regions,
        departements=chosen.departements,
        communes=chosen.communes,
        unit=chosen.unit,
        lang=chosen.lang,
    )
    return chosen != plain


def status_of(chosen: Filters) -> overview.Status:
    """Return whether the chosen editions may still change."""
    return standing.status_of(chosen)


def sentence(chosen: Filters, totals: Mapping[str, Any]) -> str:
    """Return the state of the chosen edition in one true sentence."""
    figure = official.beside(chosen)
    published = None
    if figure is not None and figure.value is not None:
        published = sentences.OfficialFigure(
            figure.value, figure.qualifier or "exact", figure.stage or "final", figure.short_source
        )
    edition = chosen.edition
    state = partial(
        sentences.overview,
        edition or chosen.editions or codes().counted_editions or tuple(over_time.of_file()),
        edition_dates.number_of(edition) if edition else None,
        totals["total"],
        status_of(chosen),
        official=published,
        is_demo=query("file_status").one["is_demo"],
        place=place_of(chosen) or (figures_place(chosen) if chosen.near else None),
        data_date=moment.data_date(chosen),
        unit=chosen.unit,
        now=None if published else now_of(chosen),
    )
    return state(narrowed=briefly_unsaid(chosen, state())) if is_filtered(chosen) else state()


def now_of(chosen: Filters) -> sentences.Now | None:
    """Return what there is on the day of the choice and after it, of a running edition; None for others."""
    if chosen.edition is None or chosen.unit == "days" or is_filtered(chosen) or status_of(chosen) != "running":
        return None
    today = moment.day_of(chosen)
    return sentences.Now(
        query("event_totals", **chosen.replace(from_day=today, to_day=today).params()).one["total"],
        query("event_totals", **chosen.replace(from_day=today + timedelta(days=1)).params()).one["total"],
    )


def details(chosen: Filters, totals: Mapping[str, Any]) -> str:
    """Return what stands under the answer: where the events are, and how settled the figures are."""
    placed = sentences.placement(totals["located"], totals["online"], totals["unlocated"], unit=chosen.unit)
    counted = labels.unit_counted(chosen.unit, totals["total"])
    split = f"{counted}{_(' : ')}{placed}." if placed else ""
    other = official.instead_beside(chosen.replace(as_of=None))
    published = (
        _(
            "Chiffre publié : {figure} ({source}, {stage}).",
            figure=nouns.figure(other.metric, other.value, other.qualifier),
            source=other.short_source,
            stage=labels.stage(other.stage or "final"),
        )
        if other
        else ""
    )
    missing = "" if other else unpublished(chosen)
    state = f"{sentences.standing(status_of(chosen), moment.data_date(chosen))}."
    remark = edition_dates.remark(chosen.edition) if chosen.edition else ""
    apart = f"{labels.capitalised(remark)}." if remark else ""
    return " ".join(part for part in (split, published, apart, state, missing) if part)


def unpublished(chosen: Filters) -> str:
    """Return that nothing is published yet of a running edition as a whole; "" of any other choice."""
    is_whole = chosen.edition and not is_filtered(chosen) and not place_of(chosen)
    if is_whole and standing.is_provisional(status_of(chosen)) and official.beside(chosen) is None:
        return _("Aucun chiffre publié pour {edition} (n. c.)", edition=chosen.edition) + "."
    return ""


def changed(verdict: Comparison, change: Change, *, minimum: int = SMALL) -> str:
    """Return a change in words, with the days to go where it is counted at them."""
    return sentences.comparison(
        change.now, change.before, verdict.edition, verdict.kind, minimum=minimum, to_go=verdict.days_to_go
    )


def region_name(chosen: Filters, code: str | None) -> str:
    """Return a region's name in the chosen nomenclature, « région inconnue » for none."""
    return catalog.label(f"region_{chosen.nomenclature}", code) if code else _("Région inconnue")
