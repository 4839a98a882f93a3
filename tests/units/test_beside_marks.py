"""What a mark says beside its number: rate, and the change since the edition before where the two may be compared."""

import pytest

from campaign import store
from campaign.analysis.comparison import Comparison, with_edition_before
from campaign.analysis.figures import gather
from campaign.drawings.catalogue import drawing
from campaign.filters import parse
from campaign.wording.numbers import number, signed

LAST, FIRST = (("edition", "2014"),), (("edition", "2008"),)


@pytest.mark.usefixtures("reading_demo")
@pytest.mark.parametrize("name", ["carte", "regions"])
def test_a_region_says_its_rate_and_its_change(name: str) -> None:
    chosen = parse(LAST)
    verdict = with_edition_before(chosen)
    assert isinstance(verdict, Comparison)
    facts = drawing(name, gather(chosen)).facts
    for row in store.query("events_by_region", **chosen.params()).rows:
        code = row["region_code"]
        if code is None:
            continue
        assert f"{number(row['per_100k'], 1, fixed=True)} pour 100\u202f000 habitants" in facts[code]
        change = verdict.regions().get(code)
        comparison = "sans comparaison" if change is None else f"{signed(change.difference)} par rapport à 2013"
        assert any(fact.startswith(comparison) for fact in facts[code]), (code, facts[code])


@pytest.mark.usefixtures("reading_demo")
def test_types_say_their_change_and_the_first_edition_that_there_is_none() -> None:
    verdict = with_edition_before(parse(LAST))
    assert isinstance(verdict, Comparison)
    facts = drawing("types", gather(parse(LAST))).facts
    for code, change in verdict.types().items():
        if code in facts and change is not None:
            assert any(fact.startswith(signed(change.difference)) for fact in facts[str(code)])
    first = drawing("types", gather(parse(FIRST))).facts
    assert {facts[-1] for facts in first.values()} == {"sans comparaison"}


@pytest.mark.usefixtures("reading_demo")
def test_the_rates_of_a_region_are_those_of_its_departements() -> None:
    drawn = drawing("carte-taux", gather(parse((*LAST, ("region", "53"), ("nomenclature", "2014")))))
    assert {row["code"] for row in drawn.rows} == {"22", "29", "35", "56"}
    assert "Bretagne" in drawn.subtitle
    assert all("événement" in facts[-1] for facts in drawn.facts.values())
