"""What chambers declare stands beside the counts of the file, and changes none of them."""

from datetime import date
from pathlib import Path

import pytest

from campaign.analysis import declarations
from campaign.analysis.figures import gather
from campaign.core.errors import CampaignError
from campaign.filters import Filters
from campaign.profile import filled
from campaign.statements.method import method
from campaign.store import query

HEADER = "edition,nomenclature,region_code,count,declared_on,source,note"
ROWS = """
2014,2014,53,12,2014-12-05,CRESS Bretagne,Programmes de trois pays
2014,2014,FR,40,2014-12-10,CNCRES,
2013,2014,53,7,2013-12-05,CRESS Bretagne,
2014,2016,84,9,2014-12-05,CRESS Auvergne-Rhône-Alpes,
""".strip()


@pytest.fixture
def declared(own_profile: Path, reading_demo: Path) -> Path:
    path = own_profile / "declarations.csv"
    path.write_text(f"{HEADER}\n{ROWS}\n", "utf-8")
    return path


def counts(chosen: Filters) -> list[int]:
    return [each.count for each in declarations.beside(chosen)]


def test_the_project_s_own_file_is_empty_and_readable() -> None:
    assert list(filled.declarations()) == []


def test_declarations_follow_edition_territory_and_nomenclature(declared: Path) -> None:
    assert counts(Filters(editions=(2014,))) == [12, 40]
    assert counts(Filters(editions=(2014,), regions=("53",))) == [12]
    assert counts(Filters(editions=(2013,), regions=("53",))) == [7]
    assert counts(Filters(editions=(2014,), nomenclature=2016)) == [40, 9]
    assert counts(Filters(editions=(2014,), regions=("11",))) == []
    assert counts(Filters(editions=(2014,), types=("atelier",))) == []
    assert counts(Filters(editions=(2014,), from_day=date(2014, 11, 5))) == []


def test_a_kit_says_them_apart_and_counts_the_same(declared: Path) -> None:
    chosen = Filters(editions=(2014,), regions=("53",))
    figures = gather(chosen)
    assert figures.total == query("event_totals", chosen=chosen).one["total"]
    text = " ".join(words for _style, words in method(figures))
    assert "12 événements déclarés le 5 décembre 2014 (CRESS Bretagne)" in text
    assert "aucun total" in text


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("2014,2014,99,12,2014-12-05,CRESS,", "99"),
        ("2014,2015,53,12,2014-12-05,CRESS,", "2015"),
        ("2014,2014,53,0,2014-12-05,CRESS,", "au-dessus de 0"),
        ("2014,2014,53,12,05/12/2014,CRESS,", "ligne 2"),
        ("2014,2014,53,12,2014-12-05,,", "une source"),
        ("2014,2014,53,douze,2014-12-05,CRESS,", "ligne 2"),
    ],
)
def test_a_wrong_line_is_named(declared: Path, row: str, message: str) -> None:
    declared.write_text(f"{HEADER}\n{row}\n", "utf-8")
    with pytest.raises(CampaignError, match=message):
        filled.declarations()


def test_other_columns_are_refused(declared: Path) -> None:
    declared.write_text("edition,count\n2014,12\n", "utf-8")
    with pytest.raises(CampaignError, match="colonnes attendues"):
        filled.declarations()
