"""The parts of the page of editions: what was published, cell by cell with its source, and what the file counts."""

from html import escape

from campaign.analysis import edition_dates, official
from campaign.analysis import editions as over_time
from campaign.analysis.official import Figure
from campaign.charts.columns import BREAK, signed
from campaign.core.language import _
from campaign.filters import Filters, urls
from campaign.store import Answer
from campaign.view.components import drawn, figures
from campaign.view.components.figures import Cell, Column
from campaign.wording import labels, source_names
from campaign.wording.numbers import missing, published

MOST_IN_SIGHT = 20  # editions in the table; those before on request


def table() -> None:
    """Draw editions, the latest first, by metrics; each cell holds every published figure with qualifier, stage and source."""
    published_figures = over_time.of_country()
    silent = over_time.silent()  # told below the table
    years = [year for year in over_time.beside_published()[::-1] if year not in silent]
    known = {f.metric: len({g.edition for g in published_figures if g.metric == f.metric}) for f in published_figures}
    metrics = sorted(
        known, key=lambda metric: (metric != "events", -known[metric])
    )  # the rows that say most come first
    columns = [
        Column(_("Édition"), "year"),
        *(Column(labels.capitalised(labels.metric(metric)), metric) for metric in metrics),
    ]
    rows = []
    for year in years:
        row = {"year": Cell(_heading(year))}
        for metric in metrics:
            cell = [f for f in published_figures if f.metric == metric and f.edition == year]
            cell.sort(key=lambda f: (not f.is_headline, f.stage != "final", -(f.value or 0)))
            row[metric] = Cell("", html=_cell(cell, metric, year))
        rows.append(row)
    figures.heading(
        _("Tout ce qui a été publié, case par case"),
        _(
            "Chaque chiffre mène à sa source ; les chiffres contradictoires sont tous là ; n. c. : rien de publié à notre connaissance."
        ),
    )
    figures.table(columns, rows, caption=_("Chiffres publiés, édition par édition"), css="sourced", is_folded=True)
    figures.note(over_time.others())
    figures.note(over_time.unpublished())


def _heading(year: int) -> str:
    short = edition_dates.short_rank(year)
    return f"{year} ({short})" if short else str(year)


def _cell(published_figures: list[Figure], metric: str, year: int) -> str:
    if not published_figures:
        return f'<span class="missing">{missing()}</span>'
    html = []
    for figure in published_figures:
        soft = " class=soft" if figure.is_soft else ""
        text = published(figure.value, figure.qualifier, is_percent=metric.endswith("_percent"))
        title = f"{source_names.title(figure.source_title)}{' – ' + figure.note if figure.note else ''}"
        link = (
            f'<a href="{escape(figure.source_url or "")}" target="_blank" rel="noopener noreferrer" '
            f'title="{escape(title)}">{escape(text)}</a>'
        )
        html.append(
            f"<div{soft}>{link}<small>{escape(labels.stage(figure.stage or 'final'))}, {escape(figure.short_source)}</small></div>"
        )
    if over_time.redefinition(metric, year):
        # In full under the drawing: in a column out of sight it would only make the row tall.
        html.append(f'<small class="break">{escape(_("nouvelle définition"))}</small>')
    return "".join(html)


def breaks(chosen: Filters) -> dict[str, str]:
    """Return where the breaks between figures lead: to the page of methods, which says why nothing is compared over them."""
    return {f"{BREAK}{year}": urls.link("methods", chosen) for year in over_time.beside_published()}


def drawing(chosen: Filters) -> None:
    """Draw every published number of events, contradictions included; they stand in the table under it."""
    drawn.drawing(
        "chiffres-publies",
        chosen,
        hrefs=breaks(chosen)
        | {str(year): urls.link("overview", chosen.moved_to(year)) for year in over_time.beside_published()},
        source=figures.source_html(
            chosen, origin=_("Sources : dans le tableau, case par case"), exports=[(_("JSON"), "/api/v1/figures.json")]
        ),
        table="",
    )
    figures.note(over_time.redefinition_note())


def counted(chosen: Filters, answer: Answer, *, is_demo: bool) -> None:
    """Draw the file's own counts beside the headline figures, edition by edition, the latest first."""
    counts = over_time.counted({row["edition"]: row["count"] for row in answer.rows}, chosen.as_of)
    years = over_time.beside_published()[::-1]
    figures.heading(
        _("Ce que compte le fichier"),
        _("Un calcul sur les événements du fichier ; il ne remplace aucun chiffre publié et ne s'y ajoute pas."),
    )
    rows = []
    for year in years:
        headline = official.headline(year)
        rows.append(
            {
                "year": figures.noted_cell(
                    str(year), edition_dates.remark(year), href=urls.link("overview", chosen.moved_to(year))
                ),
                "rank": Cell(edition_dates.rank(year)),
                "count": figures.bar_cell(counts[year]) if year in counts else Cell(missing()),
                "official": Cell(
                    signed(headline) if headline else missing(),
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
        is_folded=len(rows) > MOST_IN_SIGHT,
    )
