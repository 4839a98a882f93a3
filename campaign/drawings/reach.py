"""How many people have an event near, and where one more would reach the most."""

from functools import lru_cache
from typing import Any, Final

from campaign import store
from campaign.analysis.coverage import Place, best_places
from campaign.analysis.distincts import is_placed
from campaign.analysis.figures import Figures, everywhere, place_of
from campaign.charts import choropleth as maps_drawn
from campaign.charts.bars import bars
from campaign.core.language import _
from campaign.drawings.content import Content
from campaign.filters import Filters
from campaign.store import catalog
from campaign.wording import sentences
from campaign.wording.dates import years
from campaign.wording.numbers import number, share

BREAKS: Final = (10.0, 25.0, 50.0, 75.0)
DEFAULT_KM: Final = "10"


def couverture(figures: Figures) -> Content:
    """Map: the share of each département's people farther from an event than some km."""
    km = figures.option("within") or DEFAULT_KM
    events = everywhere(figures.chosen)
    is_known = is_placed(store.query("event_totals", **events.params()).one)
    found = store.query("population_reached", chosen=events, within=events).rows if is_known else []
    within = _territory(figures)
    own = store.query("population_reached", chosen=events, within=within).rows
    total = next(row for row in own if row["departement_code"] is None)
    rows = [
        (
            str(row["departement_code"]),
            catalog.label("departement", row["departement_code"]),
            100 * (row["population"] - row[f"within_{km}"]) / row["population"],
        )
        for row in found
        if row["departement_code"] and row["population"]
    ]
    title = _(
        "{share} de la population {place} a un événement à moins de {km} km.",
        share=share(total[f"within_{km}"], total["population"]),
        place=place_of(within).of_whole,
        km=km,
    )
    if not is_known:
        title = sentences.nothing_placed()
    subtitle = _("Part de la population à plus de {km} km d'un événement, en %, par département", km=km)
    listed = sorted(((name, rate) for _code, name, rate in rows), key=lambda row: -row[1])

    def draw(box: Any, size: float) -> str:
        return maps_drawn.choropleth(
            box, size, {code: rate for code, _name, rate in rows}, layer="departement", breaks=BREAKS, listed=listed,
            heading=_("Les plus éloignés, en %"), nomenclature=figures.chosen.nomenclature, decimals=0,
            look=maps_drawn.Look(entries=_entries()),
        )  # fmt: skip

    unit = _("% de la population à plus de {km} km", km=km)
    beside = _("population : INSEE, 2016 ou 2017")
    text = f"{subtitle}, {_('France')}, {years(figures.editions)}"
    return Content(title, text, rows, draw, unit=unit, decimals=1, beside=beside, used=within)


def _territory(figures: Figures) -> Filters:
    """Return the choice whose people are counted: those of a region or département, not of what is near or of a commune."""
    return figures.chosen.but(communes=(), near=None)


def _entries() -> list[tuple[str, str]]:
    words = [
        "0",
        _("moins de {high}", high="10"),
        *(_("{low} à {high}", low=a, high=b) for a, b in ((10, 25), (25, 50), (50, 75))),
    ]
    return list(zip(maps_drawn.Look().fills, [*words, _("{low} et plus", low="75")], strict=True))


def couverture_lieux(figures: Figures) -> Content:
    """Bars: the ten communes where one more event would reach the most people, one after the other."""
    km = figures.option("within") or DEFAULT_KM
    within = _territory(figures)
    is_known = is_placed(store.query("event_totals", **everywhere(figures.chosen).params()).one)
    places = _best(store.reader(), everywhere(figures.chosen), within, int(km)) if is_known else ()
    rows = [(place.commune_code, f"{place.name} ({place.departement_code})", place.gain) for place in places]
    title = _(
        "Dix événements bien placés atteindraient {n} habitants de plus.", n=number(sum(place.gain for place in places))
    )
    if len(places) < 10:
        title = _("Tous les habitants ont un événement à moins de {km} km, ou presque.", km=km)
    if not is_known:
        title = sentences.nothing_placed()
    subtitle = _("Habitants à moins de {km} km en plus, chaque commune après celles d'avant", km=km)

    def draw(box: Any, size: float) -> str:
        return bars(box, size * 1.1, [(r[1], r[2]) for r in rows], selected=None)

    unit = _("habitants à moins de {km} km en plus", km=km)
    beside = _("population : INSEE, 2016 ou 2017")
    text = f"{subtitle}, {place_of(within).name}, {years(figures.editions)}"
    return Content(title, text, rows, draw, unit=unit, beside=beside, used=within)


@lru_cache(maxsize=32)
def _best(_reader: store.Reader, events: Filters, where: Filters, radius_km: int) -> tuple[Place, ...]:
    rows = store.query("communes_reached", chosen=events, within=where).rows
    return tuple(best_places(rows, radius_km=radius_km))
