"""The filters write the address, and show what stands in it."""

from datetime import date

from campaign.filters import codes
from tests.pages.conftest import Draw


def test_the_sidebar_shows_what_the_address_asks(draw: Draw) -> None:
    app = draw("regions", edition="2013", region="53", type=["atelier", "conference"], unit="sessions").app
    assert {box.label: box.value for box in app.sidebar.selectbox} == {
        "Édition": "2013",
        "Région": "53",
        "Département": "",
        "Temps fort": "",
        "Prix": "",
        "Unité de compte": "sessions",
    }
    assert app.sidebar.multiselect[0].value == ["atelier", "conference"]


def test_a_choice_is_written_as_a_code(draw: Draw) -> None:
    app = draw("overview").app
    app.sidebar.selectbox(key="filter_region").select("53").run()
    assert app.query_params["region"] == "53"
    assert "edition" not in app.query_params
    next(box for box in app.sidebar.selectbox if box.label == "Département").select("35").run()
    app.sidebar.selectbox(key="filter_edition").select("2012").run()
    assert dict(app.query_params) == {"region": "53", "departement": "35", "edition": "2012"}
    app.sidebar.selectbox(key="filter_region").select("").run()
    assert dict(app.query_params) == {"edition": "2012"}


def test_a_page_local_parameter_goes_with_a_new_choice(draw: Draw) -> None:
    app = draw("agenda", page="3").app
    app.sidebar.multiselect[0].select("atelier").run()
    assert dict(app.query_params) == {"type": "atelier"}


def test_days_are_chosen_within_the_year_of_the_edition(draw: Draw) -> None:
    app = draw("overview", edition="2013", unfolded=True).app
    first = app.sidebar.date_input(key="filter_from")
    assert (first.min, first.max) == (date(2013, 1, 1), date(2013, 12, 31))
    first.set_value(date(2013, 11, 4)).run()
    assert app.query_params["from"] == "2013-11-04"
    app.sidebar.date_input(key="filter_to").set_value(date(2013, 11, 2)).run()
    assert dict(app.query_params) == {"edition": "2013", "to": "2013-11-02"}


def test_regions_of_the_other_list_fall_away(draw: Draw) -> None:
    app = draw("overview", region="72").app
    app.sidebar.get("button_group")[0].set_value([2016]).run()
    assert dict(app.query_params) == {"nomenclature": "2016"}
    assert codes().regions[2016] - codes().regions[2014]


def test_filters_that_few_take_are_folded_until_one_is_taken(draw: Draw) -> None:
    folded = draw("overview", region="53").app
    assert [box.label for box in folded.sidebar.selectbox] == ["Édition", "Région", "Département"]
    unfolded = draw("overview", unit="sessions").app
    assert "Unité de compte" in [box.label for box in unfolded.sidebar.selectbox]
    unfolded.sidebar.selectbox(key="filter_unit").select("events").run()
    assert "Unité de compte" in [
        box.label for box in unfolded.sidebar.selectbox
    ]  # it does not fold under the reader's hand
