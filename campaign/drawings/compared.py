"""Two editions compared: what makes the difference, gains and losses by region, all regions over the editions."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from campaign import store
from campaign.analysis import comparison, standing
from campaign.analysis import editions as over_time
from campaign.analysis.comparison import Change, Comparison, Course, Refusal
from campaign.analysis.figures import Figures, everywhere
from campaign.charts import choropleth as maps_drawn
from campaign.charts import multiples
from campaign.charts.bars import height as height_of_bars
from campaign.charts.diverging import GAIN_LOSS, INKS, diverging
from campaign.core.language import _, ngettext
from campaign.drawings.content import Content, title_of_total
from campaign.filters import Filters
from campaign.statements.scope import noun
from campaign.store import catalog
from campaign.wording import labels
from campaign.wording.course import SMALL
from campaign.wording.dates import days_to_go, years
from campaign.wording.numbers import missing, number, signed, signed_percent
from campaign.wording.quantities import listed
from campaign.wording.territories import territory

DIMENSIONS: Final = ("organiser", "commune", "type")
PARTS: Final = ("same", "new", "lost", "unknown")


def _verdict(figures: Figures, *, of_country: bool) -> tuple[Comparison | Refusal, int]:
    """Return whether and how the edition is compared with the address's, and the edition."""
    edition = figures.last_edition
    chosen = everywhere(figures.chosen) if of_country else figures.chosen
    other = comparison.against(figures.option("against"), edition)
    if other is None:
        return Refusal("absent"), edition
    return comparison.compare(chosen.replace(unit="events"), edition, other), edition


def _nothing(figures: Figures, refused: Refusal) -> Content:
    words = _("Une seule édition : rien à comparer.")
    if refused.reason == "undated":
        words = _("Pas de comparaison – {reason}.", reason=refused.words)
    return Content(title_of_total(figures), words, [], lambda _box, _size: "")


def _moment(comparison: Comparison) -> str:
    """Return at which days to go both editions are read, to end a subtitle; "" for whole ones."""
    if comparison.days_to_go is None:
        return ""
    return _(" ; les deux éditions {when}", when=days_to_go(comparison.days_to_go))


def change_by_part(figures: Figures) -> Content:
    """Bars to both sides: what organisers, communes and types add to the difference."""
    verdict, edition = _verdict(figures, of_country=False)
    if isinstance(verdict, Refusal):
        return _nothing(figures, verdict)
    earlier = verdict.edition
    row_by_part = {
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
            int(row_by_part[dimension, part]["difference"]),
        )
        for dimension in DIMENSIONS
        for part in PARTS
        if (dimension, part) in row_by_part
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
        return diverging(box, size, [(name, n) for _code, name, n in rows], [code for code, _name, _n in rows])

    patches = [{"edition": f"{earlier}-{edition}"}] * len(rows)
    marks = {
        f"{dimension} {part}": _facts(Change(row["n_now"], row["n_before"]), edition, earlier)
        for (dimension, part), row in row_by_part.items()
    }
    return Content(
        title,
        subtitle,
        rows,
        draw,
        patches,
        unit=_("événements d'écart"),
        beside_marks=marks,
        height=lambda _width, size: height_of_bars(len(rows), size * 1.2),
    )


def _facts(change: Change, edition: int, earlier: int) -> tuple[str, ...]:
    """Return what a mark says of a difference: it and both numbers, with their unit and editions."""
    return (
        f"{signed(change.difference)} {labels.unit('events', abs(change.difference))}",
        *(
            _("{amount} en {year}", amount=labels.unit_counted("events", n), year=year)
            for n, year in ((change.before, earlier), (change.now, edition))
        ),
    )


def _both(change: Change) -> str:
    """Return both numbers and their difference in per cent, in events where one of the two is small."""
    is_small = min(change.now, change.before) < SMALL
    difference = signed(change.difference) if is_small else signed_percent(change.now / change.before - 1)
    return f"{number(change.before)} → {number(change.now)} ({difference})"


def change_map(figures: Figures) -> Content:
    """Map: gains and losses by region; those too small for a percentage are hatched."""
    verdict, edition = _verdict(figures, of_country=True)
    if isinstance(verdict, Refusal):
        return _nothing(figures, verdict)
    earlier = verdict.edition
    nomenclature = figures.chosen.nomenclature
    changes = {code: change for code, change in verdict.regions().items() if code}
    known_changes = {code: change for code, change in changes.items() if change}
    steps = {code: comparison.change_class(change) for code, change in known_changes.items()}
    up, down = (sum((step or 3) * sign > 3 * sign for step in steps.values()) for sign in (1, -1))
    small = sum(step is None for step in steps.values())
    counted = [
        ngettext("{n} région en hausse", "{n} régions en hausse", up, n=up) if up else _("aucune région en hausse"),
        ngettext("{n} en baisse", "{n} en baisse", down, n=down) if down else _("aucune en baisse"),
    ]
    if small:
        counted.append(ngettext("{n} trop petite pour le dire", "{n} trop petites pour le dire", small, n=small))
    title = labels.capitalised(
        _("{changes} de {earlier} à {edition}", changes=", ".join(counted), earlier=earlier, edition=edition)
    )
    words = {
        code: signed(change.difference) if steps[code] is None else signed_percent(change.now / change.before - 1, 0)
        for code, change in known_changes.items()
    } | {code: missing() for code in changes.keys() - known_changes.keys()}
    mark_labels = {
        code: f"{catalog.label(f'region_{nomenclature}', code)}{_(' : ')}{_both(change) if change else missing()}"
        for code, change in changes.items()
    }
    legend = [
        _("−20 % et plus bas"), _("−20 à −5 %"), _("à 5 % près, autant"), _("+5 à +20 %"), _("+20 % et plus"),
    ]  # fmt: skip
    entries = [*zip(GAIN_LOSS[1:], legend, strict=True), ("url(#nodata)", _("moins de {n} : en événements", n=SMALL))]
    rows = [
        (code, catalog.label(f"region_{nomenclature}", code), change.difference)
        for code, change in known_changes.items()
    ]
    largest = sorted(((name, abs(n)) for _code, name, n in rows), key=lambda row: -row[1])

    def draw(box: Any, size: float, *, is_map_alone: bool = False) -> str:
        return maps_drawn.choropleth(
            box, size, {code: float(step) for code, step in steps.items() if step is not None},
            layer="region_2016" if nomenclature == 2016 else "region_2014", breaks=(2, 3, 4, 5), listed=[] if is_map_alone else largest,
            heading=_("Les plus grands écarts, en événements"), selected=figures.chosen.region, nomenclature=nomenclature,
            look=maps_drawn.Look(GAIN_LOSS, INKS, words, entries), mark_labels=mark_labels,
        )  # fmt: skip

    subtitle = _("Évolution du nombre d'événements, {regions}", regions=labels.nomenclature(nomenclature))
    subtitle += _moment(verdict)
    patches = [{"edition": f"{earlier}-{edition}"}] * len(rows)
    return Content(
        title,
        subtitle,
        rows,
        draw,
        patches,
        unit=_("événements d'écart"),
        beside_marks={code: _facts(change, edition, earlier) for code, change in known_changes.items()},
        used=verdict.now,
        height=maps_drawn.height,
        without_list=partial(draw, is_map_alone=True),
    )


def regions_over_editions(figures: Figures) -> Content:
    """Small multiples: each region over the editions that may stand side by side, on one scale or, `scale=indexed`, as an index."""
    chosen = everywhere(figures.chosen)
    course = comparison.over_editions(chosen, figures.last_edition)
    kind, year, unit = f"region_{chosen.nomenclature}", course.edition, labels.unit(chosen.unit)
    ordered = sorted(catalog.labels(kind), key=lambda code: -course.counts.get(code, {}).get(year, 0))
    series: dict[str, Mapping[int, int]] = {code: course.counts.get(code, {}) for code in ordered}
    if is_indexed := figures.option("scale") == "indexed" and bool(course.counts):
        title, subtitle, series = _indexed(chosen, course, ordered)
        unit = _("indice, 100 en {year}", year=course.years[0])
    else:
        best = series[ordered[0]].get(year, 0)
        title = _(
            "C'est {place} qu'il y en a le plus en {edition} : {counted}",
            place=territory(ordered[0], "region", chosen.nomenclature).inside,
            edition=year,
            counted=f"{number(best)} {noun(chosen, best)}",
        )
        if best == 0:
            title = _("Aucun événement à situer.")
        subtitle = _("{unit} par région, même échelle pour toutes", unit=labels.capitalised(unit))
        subtitle += multiples.empty([catalog.label(kind, code) for code in ordered if not any(series[code].values())])
    rows = [
        (f"{edition} {code}", f"{catalog.label(kind, code)} {edition}", values[edition])
        for code, values in series.items()
        for edition in course.years
        if edition in values
    ]
    named = [(catalog.label(kind, code), values) for code, values in series.items() if any(values.values())]

    def draw(box: Any, size: float) -> str:
        held = over_time.of_file() if named else ()
        return multiples.multiples(box, size, named, held, year, base=100 if is_indexed else None)

    def height(width: float, size: float) -> float:
        return multiples.height(len(named), width, size)

    patches = [
        {"edition": code.split()[0], "etat": labels.stage(standing.status(int(code.split()[0]), chosen.as_of))}
        for code, _n, _c in rows
    ]
    text = f"{subtitle}, {labels.nomenclature(chosen.nomenclature)}, {years(course.years)}{course.moment}"
    counted = _index if is_indexed else partial(labels.unit_counted, chosen.unit)
    marks = {name: multiples.facts(values, course.years, year, counted) for name, values in named}
    return Content(
        title, text, rows, draw, patches, unit=unit, used=chosen.replace(editions=()), height=height, beside_marks=marks
    )


def _index(n: int) -> str:
    return _("indice {n}", n=number(n))


def _indexed(chosen: Filters, course: Course, ordered: Sequence[str]) -> tuple[str, str, dict[str, Mapping[int, int]]]:
    """Return finding, subtitle and series of the regions' indices, the first edition being 100; small regions have none."""
    kind, base = f"region_{chosen.nomenclature}", course.years[0]
    subtitle = _("{unit} par région, indice 100 en {year}",
                 unit=labels.capitalised(labels.unit(chosen.unit)), year=base)  # fmt: skip
    series: dict[str, Mapping[int, int]] = {}
    for code in ordered:
        counts = course.counts.get(code, {})
        if counts.get(base, 0) >= SMALL:
            series[code] = {edition: round(100 * n / counts[base]) for edition, n in counts.items()}
    if not series:
        return _("Aucune région n'a {n} événements en {year} : pas d'indice.", n=SMALL, year=base), subtitle, {}
    top = max(series, key=lambda code: series[code].get(course.edition, 0))
    title = _(
        "{name} a le plus grossi : indice {n} en {edition}",
        name=catalog.label(kind, top),
        n=number(series[top].get(course.edition, 0)),
        edition=course.edition,
    )
    if small := [catalog.label(kind, code) for code in ordered if code not in series]:
        subtitle += _(" ; sans indice, faute de {n} événements : {names}", n=SMALL, names=listed(small))
    return title, subtitle, series
