"""The parts of the page of editions: what was published, cell by cell with its source, and what the file counts."""

from html import escape

from campaign.analysis import editions as over_time
from campaign.analysis import official
from campaign.analysis.official import Figure
from campaign.core.language import _, ngettext
from campaign.filters import Filters, urls
from campaign.store import Answer
from campaign.view.components import figures, growth
from campaign.view.components.dots import Point, dots_html
from campaign.view.components.figures import Cell, Column
from campaign.wording import labels
from campaign.wording.numbers import missing, number, ordinal, published


def country_figures() -> list[Figure]:
    """Return the published figures of the country for the years that are drawn."""
    years = over_time.beside_published()
    return [
        f
        for f in official.figures()
        if f.territory_level == "country" and f.edition in years and f.value is not None and f.category is None
    ]


def points() -> list[Point]:
    """Return every published number of events as dots."""
    return [
        Point(
            f.edition or 0,
            f.value or 0,
            f.is_soft,
            f.is_headline,
            f"{f.edition} : {published(f.value, f.qualifier)} ({labels.stage(f.stage or 'final')}), {f.source_title}",
        )
        for f in country_figures()
        if f.metric == "events"
    ]


def table() -> None:
    """Draw metric × edition; each cell holds every published figure with qualifier, stage and source."""
    found = country_figures()
    published_in = {f.edition for f in found}
    years = [year for year in over_time.beside_published() if year <= official.LAST or year in published_in]
    metrics = list(dict.fromkeys(f.metric for f in sorted(found, key=lambda f: (f.metric != "events", f.edition or 0))))
    columns = [Column(_("Chiffre publié"), "metric"), *(Column(_heading(year), str(year)) for year in years)]
    rows = []
    for metric in metrics:
        row = {"metric": Cell(labels.capitalised(labels.metric(metric)))}
        for year in years:
            cell = [f for f in found if f.metric == metric and f.edition == year]
            cell.sort(key=lambda f: (not f.is_headline, f.stage != "final", -(f.value or 0)))
            row[str(year)] = Cell("", html=_cell(cell, metric, year))
        rows.append(row)
    figures.heading(
        _("Tout ce qui a été publié, case par case"),
        _(
            "Chaque chiffre mène à sa source ; les chiffres contradictoires sont tous là ; n. c. : rien de publié à notre connaissance."
        ),
    )
    figures.table(columns, rows, caption=_("Chiffres publiés, édition par édition"), css="sourced")


def _heading(year: int) -> str:
    return f"{year} ({_('{rank} éd.', rank=ordinal(year - official.FIRST + 1))})"


def _cell(found: list[Figure], metric: str, year: int) -> str:
    if not found:
        return f'<span class="missing">{missing()}</span>'
    html = []
    for figure in found:
        soft = " class=soft" if figure.is_soft else ""
        text = published(figure.value, figure.qualifier, is_percent=metric.endswith("_percent"))
        title = f"{figure.source_title}{' – ' + figure.note if figure.note else ''}"
        link = (
            f'<a href="{escape(figure.source_url or "")}" target="_blank" rel="noopener noreferrer" '
            f'title="{escape(title)}">{escape(text)}</a>'
        )
        html.append(
            f"<div{soft}>{link}<small>{escape(labels.stage(figure.stage or 'final'))}, {escape(figure.short_source)}</small></div>"
        )
    if change := over_time.redefinition(metric, year):
        html.append(
            f'<small class="break">{escape(_("Définition changée, pas de comparaison :"))} {escape(change)}</small>'
        )
    return "".join(html)


def drawing(chosen: Filters) -> None:
    """Draw every published number of events, contradictions included."""
    found = points()
    years = over_time.beside_published()
    breaks = over_time.softenings(over_time.headlines(years))
    values = {year: {point.value for point in found if point.edition == year} for year in years}
    known = sum(1 for each in values.values() if each)
    several = sum(1 for each in values.values() if len(each) > 1)
    title = ngettext(
        "Les sources se contredisent pour {n} édition sur {known}",
        "Les sources se contredisent pour {n} éditions sur {known}",
        several,
        n=several,
        known=known,
    )
    figures.drawing(
        title,
        _(
            "Nombre d'événements publié, France entière ; point plein : chiffre exact d'un bilan ; cercle : arrondi ou annoncé"
        ),
        dots_html(found, years, chosen.edition, breaks),
        source=figures.source_html(
            chosen, origin=_("Sources : dans le tableau, case par case"), exports=[(_("JSON"), "/api/v1/figures.json")]
        ),
        files=figures.files_html("chiffres-publies", chosen),
    )
    figures.note(over_time.redefinition_note())


def counted(chosen: Filters, answer: Answer, *, is_demo: bool) -> None:
    """Draw the file's own counts beside the headline figures, edition by edition."""
    counts = over_time.counted({row["edition"]: row["count"] for row in answer.rows}, chosen.as_of)
    years = over_time.beside_published()
    figures.heading(
        _("Ce que compte le fichier"),
        _("Un calcul sur les événements du fichier ; il ne remplace aucun chiffre publié et ne s'y ajoute pas."),
    )
    rows = []
    for year in years:
        headline = official.headline(year)
        rows.append(
            {
                "year": Cell(str(year), href=urls.link("overview", chosen.but(editions=(year,)))),
                "rank": Cell(ordinal(year - official.FIRST + 1) if year >= official.FIRST else missing()),
                "count": figures.bar_cell(counts[year]) if year in counts else Cell(missing()),
                "official": Cell(
                    growth.SHORT_QUALIFIERS.get(headline.qualifier or "", "") + number(headline.value)
                    if headline
                    else missing(),
                    href=headline.source_url if headline else None,
                ),
                "stage": Cell(labels.stage(headline.stage or "final") if headline else ""),
            }
        )
    figures.table(
        [
            Column(_("Édition"), "year"),
            Column(_("Rang"), "rank"),
            Column(_("Fichier de démonstration") if is_demo else _("Fichier"), "count", True, True),
            Column(_("Chiffre publié"), "official", True),
            Column(_("État"), "stage"),
        ],
        rows,
        caption=_("Événements par édition"),
    )
