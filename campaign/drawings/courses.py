"""Drawings by edition, by day and by type."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from campaign import store
from campaign.analysis import edition_dates, standing
from campaign.analysis import editions as over_time
from campaign.analysis.figures import Figures
from campaign.charts import columns, multiples
from campaign.core.language import _
from campaign.drawings import beside_marks
from campaign.drawings.bars import as_bars
from campaign.drawings.content import Content, subtitled, title_of_total
from campaign.filters import Filters
from campaign.statements.parts import source_words
from campaign.statements.scope import noun
from campaign.store import catalog
from campaign.wording import labels, sentences
from campaign.wording.course import types_over_editions
from campaign.wording.dates import day_name
from campaign.wording.labels import capitalised
from campaign.wording.numbers import number
from campaign.wording.quantities import listed


def editions(figures: Figures) -> Content:
    """Columns: the editions of the file, with the published figures beside them for the whole country."""
    chosen = figures.chosen
    used = chosen.replace(editions=(), from_day=None, to_day=None)
    course = store.query("events_by_edition", **used.params()).rows
    counts = over_time.counted({row["edition"]: row["count"] for row in course}, chosen.as_of)
    whole = Filters(editions=chosen.editions, nomenclature=chosen.nomenclature, lang=chosen.lang)
    is_country = chosen.replace(as_of=None) == whole
    years = over_time.beside_published() if is_country else over_time.of_file()
    headlines = over_time.headlines(years) if is_country else {}
    file = source_words(figures)
    if is_country:
        title, rest = parted(over_time.sentence())
        subtitle = _("Événements par édition, France : chiffres publiés, et comptes du {file}", file=file)
        subtitle = f"{subtitle}. {rest.removesuffix('.')}" if rest else subtitle
    else:
        title = _course(figures, counts)
        subtitle = _(
            "{unit} par édition, {place}, comptes du {file}",
            unit=capitalised(noun(chosen, 2)),
            place=figures.place.name,
            file=file,
        )

    def draw(box: Any, size: float) -> str:
        return columns.editions(box, size, counts, headlines, years=years, chosen=chosen.edition, file=file)

    rows = [(str(year), str(year), n) for year, n in sorted(counts.items())]
    patches = [
        {"edition": code, "etat": labels.stage(standing.status(int(code), chosen.as_of))} for code, _name, _n in rows
    ]
    beside = _("chiffres publiés : bilans et dossiers cités, un par un, page Éditions") if is_country else ""
    marks = {
        code: (_("{amount} dans le fichier", amount=f"{number(n)} {noun(chosen, n)}"),) for code, _name, n in rows if n
    }
    return Content(title, subtitle, rows, draw, patches, beside=beside, used=used, beside_marks=marks)


def parted(text: str) -> tuple[str, str]:
    """Return the first clause of a sentence, to be a title, and the others as a sentence of their own."""
    first, _mark, rest = text.partition(_("{sentence} ; {more}", sentence="", more="").rstrip() or ";")
    return f"{first.rstrip(' .')}.", capitalised(rest.strip())


def _course(figures: Figures, counts: Mapping[int, int]) -> str:
    """Return the finding of a territory's course: its finished edition with the most events."""
    finished = standing.whole(counts, figures.chosen.as_of)
    best = max((counts[year] for year in finished), default=0)
    if best == 0:
        return title_of_total(figures)
    values = {
        "place": capitalised(figures.place.inside),
        "amount": f"{number(best)} {noun(figures.chosen, best)}",
        "years": listed(str(year) for year in sorted(finished) if counts[year] == best),
    }
    if len(finished) < len(counts):
        return _("{place}, le plus haut des éditions finies : {amount} en {years}.", **values)
    return _("{place}, le plus haut du fichier : {amount} en {years}.", **values)


def types(figures: Figures) -> Content:
    """Bars: the types of events."""
    rows = [(code, catalog.label("type", code), n) for code, n in figures.types if n or not figures.chosen.types]
    title = (
        title_of_total(figures)
        if len(figures.chosen.types) == 1
        else sentences.types(dict(figures.types), figures.total, unit=figures.chosen.unit)
    )
    subtitle = _("{unit} par type", unit=capitalised(labels.unit(figures.chosen.unit)))

    return Content(
        title,
        subtitled(figures, subtitle),
        rows,
        **as_bars(rows),
        is_ranked=True,
        whole=figures.total,
        beside_marks=beside_marks.of_types(figures),
    )


def events_by_day(figures: Figures) -> Content:
    """Columns: one per day of the edition."""
    answer = store.query("events_by_day", **figures.chosen.replace(unit="events").params())
    counts: dict[date, int] = dict(answer.values)
    busiest, n = figures.busiest
    unit = noun(figures.chosen.replace(unit="events"), 2)
    title = _("Aucun jour à montrer.")
    if len(counts) == 1:
        title = title_of_total(figures)
    elif len(busiest) == 1:
        day = day_name(busiest[0], with_weekday=True)
        title = _(
            "{place}, le jour le plus chargé est le {day} : {n} {unit}.",
            place=capitalised(figures.place.inside),
            day=day,
            n=number(n),
            unit=unit,
        )
    elif busiest:
        title = _(
            "{place}, {n_days} jours sont à égalité, avec {n} {unit} chacun.",
            place=capitalised(figures.place.inside),
            n_days=number(len(busiest)),
            n=number(n),
            unit=noun(figures.chosen.replace(unit="events"), n),
        )
    year, there = figures.last_edition, edition_dates.territory_of(figures.chosen)
    subtitle = _(
        "{unit} par jour, chacun compté chaque jour où il a lieu ; {period} sur fond",
        unit=capitalised(unit),
        period=edition_dates.core_words(year, there),
    )

    def draw(box: Any, size: float) -> str:
        return columns.days(box, size, counts, busiest, edition_dates.core(year, there))

    return Content(
        title, subtitled(figures, subtitle), [(day.isoformat(), day_name(day), n) for day, n in counts.items()], draw
    )


def type_courses(figures: Figures) -> Content:
    """Small multiples: each type over the editions."""
    chosen = figures.chosen
    used = chosen.replace(editions=(), from_day=None, to_day=None)
    answer = store.query("events_by_type_and_edition", **used.params()).rows
    years = over_time.of_file()
    by_type: dict[str, dict[int, int]] = {}
    for row in answer:
        by_type.setdefault(row["type"], {})[row["edition"]] = row["count"]
    ordered = sorted((code for code, _n in figures.types), key=lambda code: -sum(by_type.get(code, {}).values()))
    held = [code for code in ordered if any(by_type.get(code, {}).values())]
    series = [(catalog.label("type", code), over_time.counted(by_type.get(code, {}), chosen.as_of)) for code in held]
    rows = [
        (f"{row['edition']} {row['type']}", f"{catalog.label('type', row['type'])} {row['edition']}", row["count"])
        for row in answer
    ]
    is_running = (
        chosen.edition is not None and len(standing.whole((chosen.edition - 1, chosen.edition), chosen.as_of)) < 2
    )
    title = types_over_editions(by_type, chosen.edition, is_running=is_running)
    subtitle = _(
        "{unit} par type et par édition, même échelle, {place}",
        unit=capitalised(labels.unit(chosen.unit)),
        place=figures.place.name,
    )
    subtitle += multiples.empty([catalog.label("type", code) for code in ordered if code not in held])
    subtitle += multiples.unfinished(sorted({row["edition"] for row in answer}), chosen.as_of)

    def draw(box: Any, size: float) -> str:
        return multiples.multiples(box, size, series, years if series else (), chosen.edition)

    patches = [
        {"edition": str(row["edition"]), "etat": labels.stage(standing.status(row["edition"], chosen.as_of))}
        for row in answer
    ]

    def height(width: float, size: float) -> float:
        return multiples.height(len(series), width, size)

    marks = {
        name: multiples.facts(
            values, years, chosen.edition, partial(labels.unit_counted, chosen.unit), is_running=is_running
        )
        for name, values in series
    }
    return Content(title, subtitle, rows, draw, patches, used=used, height=height, beside_marks=marks)
