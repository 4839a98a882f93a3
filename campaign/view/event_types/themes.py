"""Everyday themes and sub-campaigns: parts that overlap, with the total that counts each event once."""

from campaign.core.errors import CampaignError
from campaign.core.language import _, ngettext
from campaign.filters import Filters, urls
from campaign.filters import subcampaigns as named
from campaign.filters.subcampaigns import counts as counts_of
from campaign.filters.subcampaigns import within
from campaign.profile.tables import Subcampaign
from campaign.store import Answer, catalog
from campaign.view.components import figures
from campaign.view.components.figures import Cell, Column
from campaign.wording import labels
from campaign.wording.dates import period
from campaign.wording.numbers import number, share
from campaign.wording.quantities import clauses, listed

MOST = 30


def table(chosen: Filters, answer: Answer, total: int) -> None:
    """Draw the counts by theme; the total counts each event once, and the page says by how much the rows exceed it."""
    named = [row for row in answer.rows if row["theme"] is not None]
    if not named:
        return
    figures.heading(_("Quels thèmes du quotidien ?"), excess(sum(row["count"] for row in answer.rows), total))
    first = figures.first_rows(named, MOST)
    rows = [*first, *(row for row in answer.rows if row["theme"] is None)]
    figures.table(
        [
            Column(_("Thème"), "theme"),
            Column(labels.capitalised(labels.unit(chosen.unit)), "count", True, True),
            Column(_("Part"), "share", True),
        ],
        [
            {
                "theme": Cell(
                    catalog.label("theme", row["theme"]) if row["theme"] else _("Sans thème"),
                    href=urls.link("agenda", chosen.replace(themes=(row["theme"],))) if row["theme"] else None,
                ),
                "count": figures.bar_cell(row["count"]),
                "share": Cell(share(row["count"], total)),
            }
            for row in rows
        ],
        caption=_("Événements par thème"),
        foot={"theme": Cell(_("Total, chacun compté une fois")), "count": Cell(number(total))},
    )
    if len(named) > len(first):
        figures.note(_("Les {n} premiers thèmes sur {all}.", n=len(first), all=number(len(named))))


def excess(rows_sum: int, total: int) -> str:
    """Return whether rows add up to more than the total, and by how much."""
    if rows_sum <= total:
        return ""
    return _(
        "Un événement peut être sur plusieurs lignes : leur somme ({sum}) dépasse le total ({total}), où il est compté une fois.",
        sum=number(rows_sum),
        total=number(total),
    )


def _days_and_themes(one: Subcampaign) -> str:
    """Return the days and themes of a sub-campaign."""
    days = period(one.from_day, one.to_day) if one.from_day and one.to_day else _("toute l'édition")
    if not one.themes:
        return days
    names = listed(catalog.label("theme", code) for code in one.themes)
    return clauses([days, _("thème : {names}", names=names)])


def subcampaigns(chosen: Filters) -> None:
    """Draw the sub-campaigns of the chosen edition, each a link to its events; or what is wrong in their file."""
    try:
        own = [one for one in named.known() if one.edition == chosen.edition]
    except CampaignError as error:
        figures.heading(_("Temps forts de la campagne"))
        figures.note(str(error))
        return
    if not own:
        return
    numbers, together = counts_of(chosen, own)
    figures.heading(
        ngettext("{n} temps fort dans la campagne", "{n} temps forts dans la campagne", len(own), n=len(own)),
        excess(sum(numbers), together),
    )
    figures.table(
        [
            Column(_("Temps fort"), "label"),
            Column(_("Événements"), "count", True, True),
        ],
        [
            {
                "label": figures.noted_cell(
                    one.label(chosen.lang),
                    _days_and_themes(one),
                    href=urls.link("agenda", within(one, chosen)),
                    css="chosen" if one.code == chosen.subcampaign else "",
                ),
                "count": figures.bar_cell(n),
            }
            for one, n in sorted(zip(own, numbers, strict=True), key=lambda pair: -pair[1])
        ],
        caption=_("Temps forts de la campagne"),
        foot={"label": Cell(_("Ensemble, chacun compté une fois")), "count": Cell(number(together))},
    )
    figures.note(_("Le thème et les dates choisis ne s'y appliquent pas : un temps fort a les siens."))
