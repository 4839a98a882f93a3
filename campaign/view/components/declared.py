"""What chambers declare outside the event file, shown beside its counts and never added to them."""

import streamlit as st

from campaign.analysis import declarations
from campaign.core.errors import CampaignError
from campaign.core.language import _
from campaign.filters import Filters, filter_name
from campaign.view.components import figures
from campaign.view.components.figures import Cell, Column
from campaign.view.frame.literal import literal
from campaign.wording import campaign_names as names
from campaign.wording.dates import day_name
from campaign.wording.numbers import number


def beside(chosen: Filters) -> None:
    """Draw the declarations of this edition and territory, if there are any."""
    try:
        known_declarations = declarations.beside(chosen)
    except CampaignError as error:
        st.warning(literal(str(error)))
        return
    if not known_declarations:
        return
    figures.heading(
        _("Déclarés hors du fichier"),
        _(
            "Des événements que leur {body} déclare sans les saisir. Ils ne sont dans aucun total de ces pages.",
            body=names.body(),
        ),
    )
    figures.table(
        [
            Column(_("Territoire"), "territory"),
            Column(filter_name("edition"), "edition"),
            Column(_("Événements déclarés"), "count", True),
            Column(_("Déclaré le"), "day"),
            Column(_("Source"), "source"),
            Column(_("Remarque"), "note"),
        ],
        [
            {
                "territory": Cell(declarations.territory(declared)),
                "edition": Cell(str(declared.edition)),
                "count": Cell(number(declared.count)),
                "day": Cell(day_name(declared.declared_on)),
                "source": Cell(declared.source),
                "note": Cell(declared.note),
            }
            for declared in known_declarations
        ],
        caption=_("Événements déclarés hors du fichier"),
    )
