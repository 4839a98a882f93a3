"""Two editions compared: what makes the difference, gains and losses by region, all regions over the editions."""

from typing import Any, Final

from campaign import store
from campaign.analysis import comparison, standing
from campaign.analysis import editions as over_time
from campaign.analysis.comparison import Comparison, Refusal
from campaign.analysis.figures import Figures, everywhere
from campaign.charts import choropleth as maps_drawn
from campaign.charts import multiples
from campaign.charts.diverging import GAIN_LOSS, INKS, diverging
from campaign.core.language import _, ngettext
from campaign.drawings.content import Content, title_of_total
from campaign.store import catalog
from campaign.wording import labels
from campaign.wording.course import SMALL
from campaign.wording.dates import days_to_go, years
from campaign.wording.numbers import missing, signed, signed_percent

DIMENSIONS: Final = ("organiser", "commune", "type")
PARTS: Final = ("same", "new", "lost", "unknown")


def _verdict(figures: Figures, *, of_country: bool) -> tuple[Comparison | Refusal, int]:
    """Return whether and how the edition is compared with the address's, and the edition."""
    edition = figures.last_edition
    chosen = everywhere(figures.chosen) if of_country else figures.chosen
    other = comparison.against(figures.option("against"), edition)
    if other is None:
        return Refusal("absent"), edition
    return comparison.compare(chosen.but(unit="events"), edition, other), edition


def _nothing(figures: Figures, refused: Refusal) -> Content:
    words = _("Une seule édition : rien à comparer.")
    if refused.reason == "undated":
        words = _("Pas de comparaison – {reason}.", reason=refused.words)
    return Content(title_of_total(figures), words, [], lambda _box, _size: "")


def _moment(found: Comparison) -> str:
    """Return at which days to go both editions are read, to end a subtitle; "" for whole ones."""
    return "" if found.days_to_go is None else _(" ; les deux éditions {when}", when=days_to_go(found.days_to_go))


def ecart(figures: Figures) -> Content:
    """Bars to both sides: what organisers, communes and types add to the difference."""
    verdict, edition = _verdict(figures, of_country=False)
    if isinstance(verdict, Refusal):
        return _nothing(figures, verdict)
    earlier = verdict.edition
    found = {
        (row["dimension"], row["part"]): row
        for row in store.query("change_by_part", chosen=verdict.now, before=verdict.before).rows
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
    subtitle += _moment(verdict)

    def draw(box: Any, size: float) -> str:
        return diverging(box, size, [(name, n) for _code, name, n in rows])

    patches = [{"edition": f"{earlier}-{edition}"}] * len(rows)
    return Content(title, subtitle, rows, draw, patches, unit=_("événements d'écart"))


def carte_evolution(figures: Figures) -> Content:
    """Map: gains and losses by region; those too small for a percentage are hatched."""
    verdict, edition = _verdict(figures, of_country=True)
    if isinstance(verdict, Refusal):
        return _nothing(figures, verdict)
    earlier = verdict.edition
    nomenclature = figures.chosen.nomenclature
    changes = {code: change for code, change in verdict.regions().items() if code}
    found = {code: change for code, change in changes.items() if change}
    steps = {code: comparison.change_class(change) for code, change in found.items()}
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
        code: signed(change.difference) if steps[code] is None else signed_percent(change.now / change.before - 1, 0)
        for code, change in found.items()
    } | {code: missing() for code in changes.keys() - found.keys()}
    legend = [
        _("−20 % et plus bas"), _("−20 à −5 %"), _("à 5 % près, autant"), _("+5 à +20 %"), _("+20 % et plus"),
    ]  # fmt: skip
    entries = [*zip(GAIN_LOSS[1:], legend, strict=True), ("url(#nodata)", _("moins de {n} : en événements", n=SMALL))]
    rows = [(code, catalog.label(f"region_{nomenclature}", code), change.difference) for code, change in found.items()]
    listed = sorted(((name, abs(n)) for _code, name, n in rows), key=lambda row: -row[1])

    def draw(box: Any, size: float) -> str:
        return maps_drawn.choropleth(
            box, size, {code: float(step) for code, step in steps.items() if step is not None},
            layer="region_2016" if nomenclature == 2016 else "region_2014", breaks=(2, 3, 4, 5), listed=listed,
            heading=_("Les plus grands écarts, en événements"), selected=figures.chosen.region, nomenclature=nomenclature,
            look=maps_drawn.Look(GAIN_LOSS, INKS, words, entries),
        )  # fmt: skip

    subtitle = _("Évolution du nombre d'événements, {regions}", regions=labels.nomenclature(nomenclature))
    subtitle += _moment(verdict)
    patches = [{"edition": f"{earlier}-{edition}"}] * len(rows)
    return Content(title, subtitle, rows, draw, patches, unit=_("événements d'écart"), used=verdict.now)


def regions_editions(figures: Figures) -> Content:
    """Small multiples: each region over the editions that may stand side by side, on one scale."""
    chosen = everywhere(figures.chosen)
    course = comparison.over_editions(chosen, figures.last_edition)
    kind = f"region_{chosen.nomenclature}"
    year = course.edition
    ordered = sorted(catalog.labels(kind), key=lambda code: -course.counts.get(code, {}).get(year, 0))
    rows = [
        (f"{edition} {code}", f"{catalog.label(kind, code)} {edition}", course.counts[code][edition])
        for code in ordered
        for edition in course.years
        if edition in course.counts.get(code, {})
    ]
    best = course.counts.get(ordered[0], {}).get(year, 0)
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
        series = [(catalog.label(kind, code), course.counts.get(code, {})) for code in ordered]
        return multiples.multiples(box, size, series, over_time.of_file(), year)

    patches = [
        {"edition": code.split()[0], "etat": labels.stage(standing.status(int(code.split()[0])))}
        for code, _n, _c in rows
    ]
    text = f"{subtitle}, {labels.nomenclature(chosen.nomenclature)}, {years(course.years)}{course.moment}"
    return Content(title, text, rows, draw, patches, unit=labels.unit(chosen.unit), used=chosen.but(editions=()))
