"""What is declared outside the event file, on the pages that show it beside their counts."""

from pathlib import Path

import pytest

from tests.pages.conftest import Draw

HEADER = "edition,nomenclature,region_code,count,declared_on,source,note"
ROW = "2014,2014,53,12,2014-12-05,Chambre de <b>Bretagne</b>,"


@pytest.mark.parametrize("key", ["overview", "regions"])
def test_what_is_declared_stands_beside(draw: Draw, own_profile: Path, key: str) -> None:
    file = own_profile / "declarations.csv"
    file.write_text(f"{HEADER}\n{ROW}\n", "utf-8")
    page = draw(key, edition="2014")
    assert "Ils ne sont dans aucun total de ces pages." in page.text
    assert "Bretagne 2014 12 5 décembre 2014 Chambre de &lt;b&gt;Bretagne&lt;/b&gt;" in page.text
    assert "hors du fichier" not in draw(key, edition="2013").text


def test_a_file_of_declarations_that_cannot_be_read_is_named(draw: Draw, own_profile: Path) -> None:
    (own_profile / "declarations.csv").write_text(f"{HEADER}\n2014,2014,53,douze,2014-12-05,Chambre,\n", "utf-8")
    page = draw("overview", edition="2014")
    (warning,) = [element.value for element in page.app.warning]
    assert "declarations.csv" in warning
    assert page.answer
