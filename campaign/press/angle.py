"""The local angle: true facts of a region or département, the most unusual first, each with its query and its data.

A fact counts events of one edition and territory, whatever else is filtered; each can be counted again from the events as
CSV (`/api/v1/events.csv`), whose columns its `recount` names.
"""

from typing import Final

from campaign.analysis.figures import Figures, gather
from campaign.filters import Filters
from campaign.press import facts_of_events, facts_of_rank
from campaign.press.fact import Fact

MOST: Final = 5


def used(chosen: Filters) -> Filters:
    """Return the part of a choice that facts are of: its edition, territory and day."""
    return Filters(
        editions=chosen.editions,
        nomenclature=chosen.nomenclature,
        regions=chosen.regions if not chosen.departements else (),
        departements=chosen.departements,
        as_of=chosen.as_of,
        lang=chosen.lang,
    )


def facts(chosen: Filters) -> list[Fact]:
    """Return up to five facts of one edition of a region or département; none for any other choice."""
    return of(gather(used(chosen)))


def of(figures: Figures) -> list[Fact]:
    """Return the facts of figures that are of one edition and territory, and of no other filter."""
    if figures.edition is None or figures.level not in ("region", "departement") or figures.country_total == 0:
        return []
    facts = [*facts_of_rank.facts(figures), *facts_of_events.facts(figures)]
    return sorted(facts, key=lambda fact: -fact.bits)[:MOST]
