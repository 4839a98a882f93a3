"""The page of the press: what it says of a narrower choice."""

from tests.pages.conftest import Draw


def test_facts_say_which_filters_they_leave_aside(draw: Draw) -> None:
    sentence = "Sur tous les événements du territoire, sans tenir compte de ce choix : Atelier."
    assert sentence in draw("press", edition="2014", region="53", type="atelier").text
    assert "Sur tous les événements du territoire" not in draw("press", edition="2014", region="53").text


def test_a_table_of_long_texts_names_its_cells(draw: Draw) -> None:
    """On a telephone they stand below one another, under no heads (assets/campaign.css)."""
    html = draw("press", edition="2014").html
    table = html[html.index("Chiffres publiés qui ont changé</caption>") :].split("</table>")[0]
    assert table.count('data-head="Publié"') == table.count("<tr>") - 1 > 0
