"""What is drawn by a large script, once somebody asks for it: the days of all editions side by side, and the map of density."""

import json
from datetime import date

import pytest

from campaign import filters, store
from campaign.charts import density, plotly_days
from campaign.core.palette import LIGHT
from campaign.filters import Filters
from campaign.profile.colours import palette
from campaign.view import days_compared
from tests.pages.conftest import draw_page

pytestmark = pytest.mark.usefixtures("reading_demo")


def of_days(edition: int) -> int:
    return sum(row["count"] for row in store.query("events_by_day", chosen=Filters(editions=(edition,))).rows)


def test_nothing_large_is_drawn_before_it_is_asked_for() -> None:
    for key in ("calendar", "map"):
        drawn = draw_page(key, edition="2014").app
        assert not drawn.get("plotly_chart")
        assert not drawn.get("deck_gl_json_chart")


def test_the_days_of_every_edition_stand_in_the_curves_and_in_the_table() -> None:
    page = draw_page("calendar", edition="2014", beside="editions")
    (chart,) = page.app.get("plotly_chart")
    figure = json.loads(chart.proto.spec)
    assert [trace["name"] for trace in figure["data"]] == [str(year) for year in filters.codes().counted_editions]
    for trace in figure["data"]:
        assert sum(trace["y"]) == of_days(int(trace["name"]))
    assert [trace["name"] for trace in figure["data"] if trace["visible"] is True] == ["2012", "2013", "2014"]
    assert (figure["layout"]["hovermode"], figure["layout"]["xaxis"]["rangeslider"]["visible"]) == ("x unified", True)
    assert "Les éditions, jour par jour depuis leur ouverture" in page.text


def test_a_period_that_is_not_followed_is_said() -> None:
    sentence = "Toutes les dates de chaque édition, quelles que soient celles qui sont choisies."
    assert sentence in draw_page("calendar", edition="2014", beside="editions", **{"from": "2014-11-03"}).text
    assert sentence not in draw_page("calendar", edition="2014", beside="editions").text


def test_days_are_counted_from_each_editions_own_opening_and_follow_the_choice() -> None:
    counts = days_compared.counts(Filters(regions=("53",)))
    by_day = store.query("events_by_day", chosen=Filters(editions=(2013,), regions=("53",))).rows
    opening = date(2013, 11, 1)
    assert counts[2013] == {(row["day"] - opening).days: row["count"] for row in by_day}


def test_a_day_without_an_event_is_zero_and_one_outside_is_nothing() -> None:
    figure = plotly_days.days({2013: {0: 2, 2: 1}, 2014: {5: 4}}, LIGHT, chosen=2014, names={}, unit="événements")
    assert [(trace["x"], trace["y"]) for trace in figure["data"]] == [(["0", "1", "2"], [2, 0, 1]), (["5"], [4])]
    assert plotly_days.days({}, LIGHT, chosen=2014, names={}, unit="")["data"] == []


def test_density_weighs_each_place_by_its_events_also_in_its_inset() -> None:
    places = store.query("event_places", chosen=Filters(editions=(2014,))).rows
    deck = json.loads(density.density_deck(places, dark=False, width=620).to_json())
    land, heat = deck["layers"]
    overseas = [row for row in places if row["departement_code"] in ("971", "972", "973", "974", "976")]
    ring = [row for row in places if row["departement_code"] in ("75", "92", "93", "94")]
    total = sum(row["n_events"] for row in places)
    assert overseas
    assert ring
    assert sum(point["n"] for point in heat["data"]) == total + sum(row["n_events"] for row in overseas + ring)
    assert heat["getWeight"] == "@@=n"
    assert heat["colorRange"][-1][:3] == list(palette(is_dark=False).steps[-1])
    assert land["data"].startswith("/assets/")
    assert deck["mapStyle"].startswith("/assets/")  # no request leaves for another host
    assert draw_page("map", edition="2014", layer="density").app.get("deck_gl_json_chart")
