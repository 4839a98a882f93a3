"""Two editions compared: what makes the difference, gains and losses by region, all regions over the editions."""

from typing import Any, Final

from campaign import catalog, comparison, store
from campaign.filters import Filters, codes
from campaign.language import _, ngettext
from campaign.press.drawings import choropleth as maps_drawn
from campaign.press.drawings import multiples
from campaign.press.drawings.content import Content, title_of_total
from campaign.press.drawings.diverging import GAIN_LOSS, INKS, diverging
from campaign.press.figures import Figures, everywhere
from campaign.wording import labels
from campaign.wording.course import SMALL
from campaign.wording.dates import years
from campaign.wording.numbers import signed, signed_percent

DIMENSIONS: Final = ("organiser", "commune", "type")
PARTS: Final = ("same", "new", "lost", "unknown")


def _sides(figures: Figures) -> tuple[Filters, Filters, int, int] | None:
    """Return both choices and their editions, or None where there is nothing to compare with."""
    edition = figures.last_edition
    now = figures.chosen.but(editions=(edition,), unit="events")
    earlier = comparison.against(figures.option("against"), edition)
    return None if earlier is None else (now, comparison.before_of(now, edition, earlier), edition, earlier)


def _nothing(figures: Figures) -> Content:
    return Content(title_of_total(figures), _("Une seule édition : rien à comparer."), [], lambda _box, _size: "")


def ecart(figures: Figures) -> Content:
    """Bars to both sides: what organisers, communes and types add to the difference."""
    sides = _sides(figures)
    if sides is None:
        return _nothing(figures)
    now, before, edition, earlier = sides
    found = {
        (row["dimension"], row["part"]): row for row in store.query("change_by_part", chosen=now, before=before).rows
    }
    heads = {"organiser": _("Organisateurs"), "commune": _("Communes"), "type": _("Types")}
    parts = {"same": _("des deux éditions"), "new": _("nouveaux"), "lost": _("disparus"), "unknown": _("n. c.")}
    feminine = {"new": _("nouvelles"), "lost": _("disparues")}
    rows = [
        (
            f"{dimension} {part}",
            _(
                "{name}, {part}",
                name=heads[dimension],
                part=(feminine if dimension == "commune" else parts).get(part, parts[part]),
            ),
            int(found[dimension, part]["difference"]),
        )
        for dimension in DIMENSIONS
        for part in PARTS
        if (dimension, part) in found
    ]
    difference = sum(n for code, _name, n in rows if code.startswith("type"))
    title = _(
        "{place}, {difference} {noun} de {earlier} à {edition}.",
        place=labels.capitalised(figures.place.inside),
        difference=signed(difference),
        noun=labels.unit("events", abs(difference)),
        earlier=earlier,
        edition=edition,
    )
    subtitle = _("Événements en plus et en moins ; chaque partage fait la même somme : {n}", n=signed(difference))

    def draw(box: Any, size: float) -> str:
        return diverging(box, size, [(name, n) for _code, name, n in rows])

    patches = [{"edition": f"{earlier}-{edition}"}] * len(rows)
    return Content(title, subtitle, rows, draw, patches, unit=_("événements d'écart"))


def carte_evolution(figures: Figures) -> Content:
    """Map: gains and losses by region; those too small for a percentage are hatched."""
    sides = _sides(figures)
    if sides is None:
        return _nothing(figures)
    now, before, edition, earlier = sides
    nomenclature = figures.chosen.nomenclature
    found = [
        row
        for row in store.query("events_by_region", chosen=everywhere(now), before=everywhere(before)).rows
        if row["region_code"]
    ]
    steps = {row["region_code"]: comparison.change_class(row["count"], row["count_before"]) for row in found}
    up, down = (sum((step or 3) * sign > 3 * sign for step in steps.values()) for sign in (1, -1))
    small = sum(step is None for step in steps.values())
    title = _(
        "{up}, {down}, {small} de {earlier} à {edition}",
        up=ngettext("{n} région en hausse", "{n} régions en hausse", up, n=up),
        down=ngettext("{n} en baisse", "{n} en baisse", down, n=down),
        small=ngettext("{n} trop petite pour le dire", "{n} trop petites pour le dire", small, n=small),
        earlier=earlier,
        edition=edition,
    )
    words = {
        row["region_code"]: signed(row["count"] - row["count_before"])
        if steps[row["region_code"]] is None
        else signed_percent(row["count"] / row["count_before"] - 1, 0)
        for row in found
    }
    legend = [
        _("−20 % et plus bas"), _("−20 à −5 %"), _("à 5 % près, autant"), _("+5 à +20 %"), _("+20 % et plus"),
    ]  # fmt: skip
    entries = [*zip(GAIN_LOSS[1:], legend, strict=True), ("url(#nodata)", _("moins de {n} : en événements", n=SMALL))]
    rows = [
        (
            str(row["region_code"]),
            catalog.label(f"region_{nomenclature}", row["region_code"]),
            row["count"] - row["count_before"],
        )
        for row in found
    ]
    listed = sorted(((name, abs(n)) for _code, name, n in rows), key=lambda row: -row[1])

    def draw(box: Any, size: float) -> str:
        return maps_drawn.choropleth(
            box, size, {code: float(step) for code, step in steps.items() if step is not None},
            layer="region_2016" if nomenclature == 2016 else "region_2014", breaks=(2, 3, 4, 5), listed=listed,
            heading=_("Les plus grands écarts, en événements"), selected=figures.chosen.region, nomenclature=nomenclature,
            look=maps_drawn.Look(GAIN_LOSS, INKS, words, entries),
        )  # fmt: skip

    subtitle = _("Évolution du nombre d'événements, {regions}", regions=labels.nomenclature(nomenclature))
    patches = [{"edition": f"{earlier}-{edition}"}] * len(rows)
    return Content(title, subtitle, rows, draw, patches, unit=_("événements d'écart"))


def regions_editions(figures: Figures) -> Content:
    """Small multiples: each region over the editions, on one scale."""
    chosen = everywhere(figures.chosen).but(editions=(), from_day=None, to_day=None)
    kind = f"region_{chosen.nomenclature}"
    found = [row for row in store.query("events_by_region_and_edition", **chosen.params()).rows if row["region_code"]]
    known = list(codes().counted_editions)
    year = figures.last_edition
    counts = {(row["region_code"], row["edition"]): row["count"] for row in found}
    ordered = sorted(catalog.labels(kind), key=lambda code: -counts.get((code, year), 0))
    rows = [
        (f"{edition} {code}", f"{catalog.label(kind, code)} {edition}", counts.get((code, edition), 0))
        for code in ordered
        for edition in known
    ]
    best = counts.get((ordered[0], year), 0)
    title = _(
        "{name} est en tête en {edition} : {counted}",
        name=catalog.label(kind, ordered[0]),
        edition=year,
        counted=labels.unit_counted(chosen.unit, best),
    )
    if best == 0:
        title = _("Aucun événement à situer.")
    subtitle = _("{unit} par région, même échelle pour toutes", unit=labels.capitalised(labels.unit(chosen.unit)))

    def draw(box: Any, size: float) -> str:
        series = [(catalog.label(kind, code), {y: counts.get((code, y), 0) for y in known}) for code in ordered]
        return multiples.multiples(box, size, series, known, year)

    patches = [
        {"edition": code.split()[0], "etat": labels.stage(comparison.status(int(code.split()[0])))}
        for code, _n, _c in rows
    ]
    text = f"{subtitle}, {labels.nomenclature(chosen.nomenclature)}, {years(known)}"
    return Content(title, text, rows, draw, patches, unit=labels.unit(chosen.unit))
