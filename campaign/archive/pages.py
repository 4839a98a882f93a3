"""The archive's pages beside the lists: overview, regions, types, days, agenda, data, sources."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from campaign.analysis import official
from campaign.analysis.about import About
from campaign.analysis.figures import Figures
from campaign.archive import events, html
from campaign.charts.sheet import Drawing
from campaign.exports import counts
from campaign.exports.columns import DICTIONARY
from campaign.filters import Filters
from campaign.statements.method import method
from campaign.wording import campaign_names as names
from campaign.wording import labels, nouns, sentences
from campaign.wording.labels import unit_counted
from campaign.wording.numbers import missing, published

# What the events without a code are called.
NO_CODE: Final = {
    "region": "Sans région : en ligne ou inconnue",
    "departement": "Sans département : en ligne ou inconnu",
    "theme": "Sans thème",
    "day": "Sans date",
}

Drawings = Mapping[str, Drawing]


def overview(frame: html.Frame, figures: Figures, drawings: Drawings) -> str:
    """Return the first page: the total, what it is made of, the map and the editions."""
    headline = None if frame.where else official.headline(frame.edition) or official.instead(frame.edition)
    words = ""
    if headline is not None and headline.value is not None:
        value = nouns.figure(headline.metric, headline.value, headline.qualifier)
        stage = labels.stage(headline.stage or "final")
        words = f"Chiffre publié pour {frame.edition} : {value} ({stage}, {headline.short_source})."
    cards = [
        (figures.total, labels.unit("events", figures.total)),
        (figures.n_sessions, labels.unit("sessions", figures.n_sessions)),
        (figures.n_communes, labels.metric("municipalities", figures.n_communes)),
        (figures.n_organisers, labels.metric("organisers", figures.n_organisers)),
    ]
    placed = sentences.placement(figures.located, figures.online, figures.unlocated, unit=figures.chosen.unit)
    campaign = " ".join(part for part in (f"{names.capitalised(names.the())} {frame.edition}", frame.where) if part)
    title = f"{campaign} : {unit_counted('events', figures.total)} dans le fichier"
    return html.page(
        frame,
        "index.html",
        title,
        "overview.html",
        placement=placed,
        published=words,
        figures=cards,
        drawings=drawings,
    )


def regions(frame: html.Frame, chosen: Filters, drawings: Drawings, total: int) -> str:
    """Return the page of regions: those of 2014, those of 2016, the départements; of one region its départements only."""
    tables = []
    both = ((2014, "27 régions de 2014"), (2016, "18 régions depuis 2016"))
    for nomenclature, words in () if chosen.regions else both:
        own = chosen.replace(nomenclature=nomenclature)
        tables.append((words, counted("region", own, f"Événements par région, {words}", total, "Région")))
    by_departement = counted("departement", chosen, "Événements par département", total, "Département")
    tables.append(("Départements", by_departement))
    title = drawings["carte"].title.rstrip(".")
    return html.page(frame, "regions.html", title, "regions.html", drawing=drawings["regions"], tables=tables)


def types(frame: html.Frame, chosen: Filters, drawings: Drawings, total: int) -> str:
    """Return the page of types and themes."""
    return html.page(
        frame,
        "types.html",
        drawings["types"].title.rstrip("."),
        "types.html",
        drawing=drawings["types"],
        types=counted("type", chosen, "Événements par type", total, "Type"),
        themes=counted("theme", chosen, "Événements par thème", None, "Thème"),
    )


def days(frame: html.Frame, chosen: Filters, drawings: Drawings) -> str:
    """Return the page of days."""
    by_day = counted("day", chosen, "Événements par jour", None, "Jour")
    title = drawings["jours"].title.rstrip(".")
    return html.page(frame, "jours.html", title, "days.html", drawing=drawings["jours"], days=by_day)


def counted(dimension: str, chosen: Filters, caption: str, total: int | None, head: str) -> html.Table:
    """Return the table of a dimension, the same rows as counts.json."""
    rows = [
        (row["label"] or NO_CODE.get(dimension, missing()), row["count"]) for row in counts.rows((dimension,), chosen)
    ]
    if dimension != "day":
        rows.sort(key=lambda row: -row[1])
    return html.Table(caption, [head, "Événements"], rows, total)


def agenda(frame: html.Frame, groups: Mapping[str, Sequence[Any]], nomenclature: int, total: int) -> str:
    """Return the list of the regions' pages."""
    rows = [
        (html.Link(events.name_of(code, nomenclature), events.file_of(code)), len(listed))
        for code, listed in groups.items()
    ]
    table = html.Table("Événements par région", ["Région", "Événements"], rows, total)
    title = f"{unit_counted('events', total)}, région par région"
    return html.page(frame, "agenda.html", title, "agenda.html", regions=table)


def data(frame: html.Frame, files: Sequence[tuple[str, str]], total: int, provenance: About) -> str:
    """Return the page of the data files, the dictionary and the licences."""
    dictionary = html.Table(
        "Dictionnaire des données",
        ["Colonne", "Ce qu'elle dit"],
        [(name, of.description) for name, of in DICTIONARY.items()],
    )
    return html.page(
        frame,
        "donnees.html",
        "Les mêmes événements, en données",
        "data.html",
        events=unit_counted("events", total),
        files=files,
        dictionary=dictionary,
        licence=provenance.licence,
    )


def sources(
    frame: html.Frame,
    figures: Figures,
    published_rows: Sequence[Mapping[str, Any]],
    reference: Sequence[Mapping[str, Any]],
) -> str:
    """Return the method, the official figures of the edition with their sources, and the reference data."""
    rows = [
        (
            labels.capitalised(labels.metric(row["metric"])) + (f" ({row['category']})" if row["category"] else ""),
            row["territory_name"],
            published(row["value"], row["qualifier"], is_percent=row["metric"].endswith("_percent")),
            html.Link(row["source_title"], row["source_url"]) if row["source_url"] else row["source_title"],
        )
        for row in published_rows
    ]
    cited = {row["source_title"] for row in published_rows} | {figure.source_title for figure in official.figures()}
    uncited_rows = [
        (row["title"], row["producer"] or missing(), row["licence"] or missing())
        for row in reference
        if row["title"] not in cited
    ]
    return html.page(
        frame,
        "sources.html",
        "Comment c'est compté, et d'où cela vient",
        "sources.html",
        method=method(figures),
        published=html.Table(
            "Chiffres publiés, chacun avec sa source", ["Mesure", "Territoire", "Valeur", "Source"], rows
        ),
        reference=html.Table("Données de référence", ["Titre", "Producteur", "Licence"], uncited_rows),
    )
