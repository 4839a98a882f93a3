"""The tables of the press page: one sentence per region, and per département, to copy."""

from html import escape

import streamlit as st

from campaign import store
from campaign.analysis.figures import Figures, everywhere
from campaign.core.language import _
from campaign.filters import urls
from campaign.statements.parts import closed
from campaign.statements.scope import noun
from campaign.statements.sentences import counting
from campaign.store import catalog
from campaign.view.components import figures as parts
from campaign.view.components.figures import Cell, Column
from campaign.view.press.room import copy_button
from campaign.wording.labels import capitalised
from campaign.wording.numbers import number
from campaign.wording.territories import territory


def by_region(figures: Figures) -> None:
    """Draw one sentence per region, to copy."""
    chosen = figures.chosen
    whole = everywhere(chosen)
    rows = store.query("events_by_region", **whole.params()).rows
    columns = [
        Column(_("Région"), "region"),
        Column(capitalised(noun(chosen, 2)), "count", True, True),
        Column(_("Phrase"), "sentence"),
    ]
    table = []
    for row in rows:
        code = row["region_code"]
        if code is None:
            table.append(
                {"region": Cell(_("Région inconnue")), "count": parts.bar_cell(row["count"]), "sentence": Cell("")}
            )
            continue
        place = territory(code, "region", chosen.nomenclature)
        words = closed("total", counting(figures, place, row["count"]), figures).text
        href = urls.link("press", whole.replace(regions=(code,)))
        name = catalog.label(f"region_{chosen.nomenclature}", code)
        table.append(
            {
                "region": Cell(name, href=href),
                "count": parts.bar_cell(row["count"]),
                "sentence": Cell(words, html=copy_button(words)),
            }
        )
    total = {"region": Cell(_("Total")), "count": Cell(number(sum(row["count"] for row in rows)))}
    parts.table(columns, table, caption=_("Une phrase par région"), foot=total, is_folded=True)


def by_departement(figures: Figures) -> None:
    """Draw one sentence per département, to copy, folded."""
    whole = everywhere(figures.chosen)
    rows = [row for row in store.query("events_by_departement", **whole.params()).rows if row["departement_code"]]
    items = []
    for row in rows:
        place = territory(row["departement_code"], "departement")
        words = closed("total", counting(figures, place, row["count"]), figures).text
        href = urls.link("press", whole.replace(departements=(row["departement_code"],)))
        items.append(f"<li><p>{urls.anchor(href, place.name)} : {number(row['count'])}</p>{copy_button(words)}</li>")
    st.html(
        f'<details class="press-others"><summary>{escape(_("Département par département"))}</summary>'
        f'<ul class="press-sentences">{"".join(items)}</ul></details>'
    )
