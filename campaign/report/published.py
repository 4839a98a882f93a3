"""The parts of a report that only published figures can fill: participants, media, partners, tools, website."""

from campaign.analysis import official
from campaign.analysis.figures import Figures
from campaign.core.language import _
from campaign.report.section import Section, Table, table
from campaign.wording import labels, source_names
from campaign.wording.labels import capitalised
from campaign.wording.nouns import metric
from campaign.wording.numbers import missing, published


def figures_of(figures: Figures, *metrics: str) -> list[official.Figure]:
    """Return what was published on these measures for the territory and the edition, the edition before included."""
    if figures.edition is None:
        return []
    level = "country" if figures.level == "country" else f"region_{figures.chosen.nomenclature}"
    code = figures.chosen.region
    return [
        figure
        for figure in official.figures()
        if figure.metric in metrics
        and figure.edition in (figures.edition - 1, figures.edition)
        and figure.territory_level == level
        and (level == "country" or figure.territory_code == code)
        and not figure.category
    ]


def published_table(figures: Figures, *metrics: str) -> Table | None:
    """Return the published figures with their sources; None if there is none."""
    published_figures = figures_of(figures, *metrics)
    if not published_figures:
        return None
    return table(
        _("Chiffres publiés, chacun avec sa source"),
        (_("Édition"), _("Mesure"), _("Source"), _("État"), _("Chiffre")),
        (
            (
                str(figure.edition),
                capitalised(metric(figure.metric)),
                source_names.title(figure.source_title),
                labels.stage(figure.stage) if figure.stage else missing(),
                published(figure.value, figure.qualifier, is_percent=figure.metric.endswith("_percent")),
            )
            for figure in sorted(published_figures, key=lambda one: (-(one.edition or 0), metrics.index(one.metric)))
        ),
        texts=4,
    )


def outside(figures: Figures, key: str, title: str, *metrics: str) -> Section:
    """Return a section that the event file cannot fill: published figures if there are some, else « n. c. »."""
    figures_table = published_table(figures, *metrics) if metrics else None
    own = [one for one in figures_of(figures, *metrics) if one.edition == figures.edition]
    lacking = _("Le fichier des événements ne tient rien à ce sujet.")
    if metrics and not own:
        lacking = _("Aucun chiffre publié pour cette édition (n. c.).") + " " + lacking
    return Section(
        key,
        title,
        tables=(figures_table,) if figures_table else (),
        missing=() if own else (lacking,),
    )
