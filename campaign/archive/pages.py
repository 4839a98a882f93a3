"""The archive's pages beside the lists: overview, regions, types, days, agenda, data, sources."""

from collections.abc import Mapping, Sequence
from html import escape
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
from campaign.wording import labels, sentences
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
    headline = None if frame.where else official.headline(frame.edition)
    said = ""
    if headline is not None and headline.value is not None:
        value = published(headline.value, headline.qualifier)
        stage = labels.stage(headline.stage or "final")
        words = f"Chiffre publié pour {frame.edition} : {value} événements ({stage}, {headline.short_source})."
        said = f"<p>{escape(words)}</p>"
    cards = html.cards(
        [
            (figures.total, labels.unit("events", figures.total)),
            (figures.n_sessions, labels.unit("sessions", figures.n_sessions)),
            (figures.n_communes, labels.metric("municipalities", figures.n_communes)),
            (figures.n_organisers, labels.metric("organisers", figures.n_organisers)),
        ]
    )
    placed = sentences.placement(figures.located, figures.online, figures.unlocated, unit=figures.chosen.unit)
    body = (
        f'<p class="under">{escape(placed)}.</p>{said}{cards}{html.drawing(drawings["carte"])}{html.drawing(drawings["editions"])}'
        f"<p>{html.link('agenda.html', 'Les événements, région par région')} · {html.link('donnees.html', 'Les données')}</p>"
    )
    campaign = " ".join(part for part in (f"Le Mois de l'ESS {frame.edition}", frame.where) if part)
    title = f"{campaign} : {unit_counted('events', figures.total)} dans le fichier"
    return html.page(frame, "index.html", title, body)


def regions(frame: html.Frame, chosen: Filters, drawings: Drawings, total: int) -> str:
    """Return the page of regions: those of 2014, those of 2016, the départements; of one region its départements only."""
    parts = [html.drawing(drawings["regions"])]
    both = ((2014, "27 régions de 2014"), (2016, "18 régions depuis 2016"))
    for nomenclature, words in () if chosen.regions else both:
        own = chosen.but(nomenclature=nomenclature)
        parts.append(f"<h2>{words}</h2>{counted('region', own, f'Événements par région, {words}', total, 'Région')}")
    parts.append("<h2>Départements</h2>")
    parts.append(counted("departement", chosen, "Événements par département", total, "Département"))
    return html.page(frame, "regions.html", drawings["carte"].title.rstrip("."), "".join(parts))


def types(frame: html.Frame, chosen: Filters, drawings: Drawings, total: int) -> str:
    """Return the page of types and themes."""
    body = (
        f"{html.drawing(drawings['types'])}<h2>Types</h2>{counted('type', chosen, 'Événements par type', total, 'Type')}"
        '<h2>Thèmes</h2><p class="under">Un événement peut avoir plusieurs thèmes : la somme peut dépasser le total.</p>'
        + counted("theme", chosen, "Événements par thème", None, "Thème")
    )
    return html.page(frame, "types.html", drawings["types"].title.rstrip("."), body)


def days(frame: html.Frame, chosen: Filters, drawings: Drawings) -> str:
    """Return the page of days."""
    body = (
        f"{html.drawing(drawings['jours'])}<h2>Jour par jour</h2>"
        '<p class="under">Un événement sur plusieurs jours est compté à chacun d\'eux.</p>'
        + counted("day", chosen, "Événements par jour", None, "Jour")
    )
    return html.page(frame, "jours.html", drawings["jours"].title.rstrip("."), body)


def counted(dimension: str, chosen: Filters, caption: str, total: int | None, head: str) -> str:
    """Return the table of a dimension, the same rows as counts.json."""
    found = [
        (row["label"] or NO_CODE.get(dimension, missing()), row["count"]) for row in counts.rows((dimension,), chosen)
    ]
    if dimension != "day":
        found.sort(key=lambda row: -row[1])
    return html.table(caption, [head, "Événements"], found, total=total)


def agenda(frame: html.Frame, groups: Mapping[str, Sequence[Any]], nomenclature: int, total: int) -> str:
    """Return the list of the regions' pages."""
    rows = [
        ((events.name_of(code, nomenclature), events.file_of(code)), len(listed)) for code, listed in groups.items()
    ]
    body = html.table("Événements par région", ["Région", "Événements"], rows, total=total)
    return html.page(frame, "agenda.html", f"{unit_counted('events', total)}, région par région", body)


def data(frame: html.Frame, files: Sequence[tuple[str, str]], total: int, said: About) -> str:
    """Return the page of the data files, the dictionary and the licences."""
    listed = "".join(f"<li>{html.link(name, name)} : {escape(words)}</li>" for name, words in files)
    dictionary = html.table(
        "Dictionnaire des données",
        ["Colonne", "Ce qu'elle dit"],
        [(name, of.description) for name, of in DICTIONARY.items()],
    )
    body = (
        f'<p class="under">Chaque tableau d\'événements a {unit_counted("events", total)}, comme les pages.</p><ul>{listed}</ul>'
        f"<h2>Dictionnaire</h2>{dictionary}<h2>Licence</h2><p>{escape(said.licence)}</p>"
    )
    return html.page(frame, "donnees.html", "Les mêmes événements, en données", body)


def sources(
    frame: html.Frame,
    figures: Figures,
    published_rows: Sequence[Mapping[str, Any]],
    reference: Sequence[Mapping[str, Any]],
) -> str:
    """Return the method, the official figures of the edition with their sources, and the reference data."""
    notes = "".join(
        f"<h2>{escape(text)}</h2>" if style == "Heading1" else f"<p>{escape(text)}</p>"
        for style, text in method(figures)
    )
    rows = [
        (
            labels.capitalised(labels.metric(row["metric"])) + (f" ({row['category']})" if row["category"] else ""),
            row["territory_name"],
            published(row["value"], row["qualifier"], is_percent=row["metric"].endswith("_percent")),
            (row["source_title"], row["source_url"]) if row["source_url"] else row["source_title"],
        )
        for row in published_rows
    ]
    cited = {row["source_title"] for row in published_rows} | {figure.source_title for figure in official.figures()}
    kept = [
        (row["title"], row["producer"] or missing(), row["licence"] or missing())
        for row in reference
        if row["title"] not in cited
    ]
    body = (
        f"{notes}<h2>Chiffres publiés pour {frame.edition}</h2>"
        + html.table("Chiffres publiés, chacun avec sa source", ["Mesure", "Territoire", "Valeur", "Source"], rows)
        + "<h2>Données de référence</h2>"
        + html.table("Données de référence", ["Titre", "Producteur", "Licence"], kept)
    )
    return html.page(frame, "sources.html", "Comment c'est compté, et d'où cela vient", body)
