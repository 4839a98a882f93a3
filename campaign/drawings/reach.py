"""How many people have an event near, and where one more would reach the most."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from campaign import store
from campaign.analysis import vintage
from campaign.analysis.coverage import Place, best_places
from campaign.analysis.distincts import is_placed
from campaign.analysis.figures import Figures, everywhere, place_of
from campaign.charts import choropleth as maps_drawn
from campaign.core.language import _, ngettext
from campaign.drawings.bars import as_bars
from campaign.drawings.content import Content
from campaign.filters import Filters
from campaign.store import catalog
from campaign.wording import sentences
from campaign.wording.dates import years
from campaign.wording.labels import capitalised
from campaign.wording.numbers import number, share
from campaign.wording.territories import france, territory

BREAKS: Final = (10.0, 25.0, 50.0, 75.0)
DEFAULT_KM: Final = "10"


def people_reached(figures: Figures) -> Content:
    """Map: the share of each département's people farther from an event than some km."""
    km = figures.option("within") or DEFAULT_KM
    events = everywhere(figures.chosen)
    is_known = is_placed(store.query("event_totals", **events.params()).one)
    departement_rows = store.query("population_reached", chosen=events, within=events).rows if is_known else []
    within = _territory(figures)
    own = store.query("population_reached", chosen=events, within=within).rows
    far = {row["departement_code"]: row["population"] - row[f"within_{km}"] for row in departement_rows}
    rows = [
        (
            str(row["departement_code"]),
            catalog.label("departement", row["departement_code"]),
            100 * far[row["departement_code"]] / row["population"],
        )
        for row in departement_rows
        if row["departement_code"] and row["population"]
    ]
    title = _finding(own, km, within) if is_known else sentences.nothing_placed()
    subtitle = _("Part de la population à plus de {km} km d'un événement, en %, par département", km=km)
    mark_labels = {
        code: _("{name} : {share} à plus de {km} km, {n} habitants",
                name=name, share=share(rate, 100), km=km, n=number(far[code]))
        for code, name, rate in rows
    }  # fmt: skip
    listed = sorted(((name, rate) for _code, name, rate in rows), key=lambda row: -row[1])

    def draw(box: Any, size: float, *, is_map_alone: bool = False) -> str:
        return maps_drawn.choropleth(
            box, size, {code: rate for code, _name, rate in rows}, layer="departement", breaks=BREAKS,
            listed=[] if is_map_alone else listed,
            heading=_("Les plus éloignés, en %"), nomenclature=figures.chosen.nomenclature, decimals=0,
            look=maps_drawn.Look(entries=_entries()), mark_labels=mark_labels,
        )  # fmt: skip

    unit = _("% de la population à plus de {km} km", km=km)
    beside = f"{vintage.named(figures.chosen)}, INSEE"
    text = f"{subtitle}, {_('France')}, {years(figures.editions)}"
    return Content(
        title,
        text,
        rows,
        draw,
        unit=unit,
        decimals=1,
        beside=beside,
        used=within,
        area=france(),
        height=maps_drawn.height,
        without_list=partial(draw, is_map_alone=True),
    )


def _finding(own: Sequence[Mapping[str, Any]], km: str, within: Filters) -> str:
    """Return in how many départements of the chosen territory most people are far from an event, and where the most are."""
    far = {
        row["departement_code"]: (row["population"] - row[f"within_{km}"], row["population"])
        for row in own
        if row["departement_code"] and row["population"]
    }
    place = place_of(within)
    if far and not any(n_far for n_far, _people in far.values()):
        return _(
            "{place}, tous les habitants ont un événement à moins de {km} km", place=capitalised(place.inside), km=km
        )
    if len(far) == 1:
        [(n_far, people)] = far.values()
        parts = {"place": capitalised(place.inside), "share": share(n_far, people), "km": km, "n": number(n_far)}
        return _("{place}, {share} des habitants sont à plus de {km} km d'un événement, soit {n}", **parts)
    half = sum(2 * n > people for n, people in far.values())
    title = ngettext(
        "{place}, {n} département a plus de la moitié de ses habitants à plus de {km} km d'un événement",
        "{place}, {n} départements ont plus de la moitié de leurs habitants à plus de {km} km d'un événement",
        half,
        place=capitalised(place.inside),
        n=number(half),
        km=km,
    )
    if not half:
        title = _(
            "{place}, aucun département n'a plus de la moitié de ses habitants à plus de {km} km d'un événement",
            place=capitalised(place.inside),
            km=km,
        )
    worst = max(far, key=lambda code: far[code][0], default=None)
    if worst is None or not far[worst][0]:
        return title
    return title + _(
        " ; le plus d'habitants : {n} {place}",
        n=number(far[worst][0]),
        place=territory(worst, "departement", 2014).inside,
    )


def _territory(figures: Figures) -> Filters:
    """Return the choice whose people are counted: those of a region or département, not of what is near or of a commune."""
    return figures.chosen.replace(communes=(), near=None)


def _entries() -> list[tuple[str, str]]:
    words = [
        "0",
        _("moins de {high}", high="10"),
        *(_("{low} à {high}", low=a, high=b) for a, b in ((10, 25), (25, 50), (50, 75))),
    ]
    return list(zip(maps_drawn.Look().fills, [*words, _("{low} et plus", low="75")], strict=True))


def places_to_add(figures: Figures) -> Content:
    """Bars: the ten communes where one more event would reach the most people, one after the other."""
    km = figures.option("within") or DEFAULT_KM
    within = _territory(figures)
    is_known = is_placed(store.query("event_totals", **everywhere(figures.chosen).params()).one)
    places = _best(store.reader().identity, everywhere(figures.chosen), within, int(km)) if is_known else ()
    rows = [(place.commune_code, f"{place.name} ({place.departement_code})", place.gain) for place in places]
    own = store.query("population_reached", chosen=everywhere(figures.chosen), within=within).rows
    total = next(row for row in own if row["departement_code"] is None)
    gain, reached = sum(place.gain for place in places), total[f"within_{km}"]
    title = ngettext(
        "{n} événement bien placé atteindrait {gain} habitants de plus : {before} → {after}",
        "{n} événements bien placés atteindraient {gain} habitants de plus : {before} → {after}",
        len(places),
        n=len(places),
        gain=number(gain),
        before=share(reached, total["population"]),
        after=share(reached + gain, total["population"]),
    )
    if not places:
        title = _("Tous les habitants ont un événement à moins de {km} km", km=km)
    if not is_known:
        title = sentences.nothing_placed()
    subtitle = _("Habitants à moins de {km} km en plus, chaque commune après celles d'avant", km=km)

    unit = _("habitants à moins de {km} km en plus", km=km)
    beside = f"{vintage.named(figures.chosen)}, INSEE"
    text = f"{subtitle}, {place_of(within).name}, {years(figures.editions)}"
    return Content(
        title,
        text,
        rows,
        **as_bars(rows),
        unit=unit,
        beside=beside,
        used=within,
        beside_marks={code: (f"{number(n)} {unit}",) for code, _name, n in rows},
    )


@store.cached_per_file(maxsize=32)
def _best(_file: store.Identity, events: Filters, where: Filters, radius_km: int) -> tuple[Place, ...]:
    rows = store.query("communes_reached", chosen=events, within=where).rows
    return tuple(best_places(rows, radius_km=radius_km))
