"""A place that a reader writes is found offline."""

from pathlib import Path

import httpx
import pytest

from campaign import places


def names(text: str) -> list[str]:
    return [place.name for place in places.named(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("35000", "Rennes"),
        ("35238", "Rennes"),
        ("rennes", "Rennes"),
        (" RENNES ", "Rennes"),
        ("st etienne", "Saint-Étienne"),
        ("Saint-Étienne", "Saint-Étienne"),
        ("Renes", "Rennes"),
        ("Montpelier", "Montpellier"),
        ("lyon 3", "Lyon 3e Arrondissement"),
        ("69001", "Lyon"),
        ("2A004", "Ajaccio"),
        ("97400", "Saint-Denis"),
        ("marseil", "Marseille"),
    ],
)
def test_the_likeliest_comes_first(reading_demo: Path, text: str, name: str) -> None:
    assert names(text)[0] == name


def test_lyon_has_its_arrondissements(reading_demo: Path) -> None:
    found = places.named("Lyon")
    assert found[0].is_certain
    assert {place.name for place in found[1:]} == {
        f"Lyon {n}{'er' if n == 1 else 'e'} Arrondissement" for n in range(1, 10)
    }
    near = places.near(found[0])
    assert [place.commune_code for place in places.others(near)] == [f"6938{n}" for n in range(1, 10)]


@pytest.mark.parametrize("text", ["99999", "", "   ", "zzzzzz", "'; drop table events", "%", "\x00"])
def test_what_is_no_place_finds_nothing(reading_demo: Path, text: str) -> None:
    assert places.named(text) == []


def test_a_beginning_is_no_certain_choice(reading_demo: Path) -> None:
    found = places.named("saint-d")
    assert len(found) == places.MOST
    assert not any(place.is_certain for place in found)


def test_namesakes_are_offered(reading_demo: Path) -> None:
    found = places.named("saint-denis")
    assert {"93", "974"} <= {place.departement_code for place in found if place.is_certain}
    others = places.others(places.near(found[0]))
    assert {place.commune_code for place in others} >= {place.commune_code for place in found[1:] if place.is_certain}


def test_a_postcode_stays_the_postcode_that_was_written(reading_demo: Path) -> None:
    assert places.named("35000")[0].asked == "35000"
    assert places.named("Rennes")[0].asked == "35238"


def test_a_postcode_that_is_another_communes_code_means_the_postcode(reading_demo: Path) -> None:
    found = places.named("69001")
    assert [place.name for place in found] == ["Lyon", "Lyon 1er Arrondissement", "Affoux"]
    assert places.near(found[0]).name == "Lyon"


def test_the_nearest_commune_of_a_position(client: httpx.Client) -> None:
    assert client.get("/near.json?lat=48.11&lon=-1.68").json() == {"code": "35238", "name": "Rennes"}
    assert client.get("/near.json?lat=48.86&lon=2.38").json()["code"] == "75111"
    assert client.get("/near.json?lat=-20.88&lon=55.45").json()["code"].startswith("974")


@pytest.mark.parametrize("query", ["", "lat=48", "lat=91&lon=0", "lat=a&lon=b", "lat=48&lat=49&lon=2", "lat=nan&lon=2"])
def test_a_wrong_position_is_refused(client: httpx.Client, query: str) -> None:
    answer = client.get(f"/near.json?{query}")
    assert answer.status_code == 400
    assert answer.json()["parameter"] in ("lat", "lon")


def test_far_from_france_there_is_no_commune(client: httpx.Client) -> None:
    assert client.get("/near.json?lat=0&lon=0").status_code == 404
