"""A place that a reader writes is found offline."""

from pathlib import Path

import duckdb
import httpx
import pytest

from campaign import filters
from campaign.core.errors import FilterError
from campaign.core.settings import DATA
from campaign.filters import places
from campaign.store import gazetteer, query
from tests import samples


def names(text: str) -> list[str]:
    return [place.name for place in places.named(text)]


@pytest.mark.rows(every=3)
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Cherbourg-en-Cotentin", "Cherbourg-en-Cotentin"),
        ("evry courcouronnes", "Évry-Courcouronnes"),
        ("Beaupréau-en-Mauges", "Beaupréau-en-Mauges"),
        ("Oullins Pierre Benite", "Oullins-Pierre-Bénite"),
        ("Cherbourg en Cotentain", "Cherbourg-en-Cotentin"),
        ("Fort-Mardyck", "Fort-Mardyck"),
        ("59248", "Fort-Mardyck"),
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
    choices = places.named("Lyon")
    assert choices[0].is_certain
    assert {place.name for place in choices[1:]} == {
        f"Lyon {n}{'er' if n == 1 else 'e'} Arrondissement" for n in range(1, 10)
    }
    near = places.near(choices[0])
    assert [place.commune_code for place in places.others(near)] == [f"6938{n}" for n in range(1, 10)]


@pytest.mark.parametrize("text", ["99999", "", "   ", "zzzzzz", "'; drop table events", "%", "\x00"])
def test_what_is_no_place_finds_nothing(reading_demo: Path, text: str) -> None:
    assert places.named(text) == []


def test_a_beginning_is_no_certain_choice(reading_demo: Path) -> None:
    guesses = places.named("saint-d")
    assert len(guesses) == gazetteer.MOST_GUESSES
    assert not any(place.is_certain for place in guesses)


def test_namesakes_are_offered(reading_demo: Path) -> None:
    namesakes = places.named("saint-denis")
    assert {"93", "974"} <= {place.departement_code for place in namesakes if place.is_certain}
    others = places.others(places.near(namesakes[0]))
    assert {place.commune_code for place in others} >= {
        place.commune_code for place in namesakes[1:] if place.is_certain
    }


def test_a_postcode_stays_the_postcode_that_was_written(reading_demo: Path) -> None:
    assert places.named("35000")[0].near_code == "35000"
    assert places.named("Rennes")[0].near_code == "35238"


def test_a_postcode_that_is_another_communes_code_means_the_postcode(reading_demo: Path) -> None:
    choices = places.named("69001")
    assert [place.name for place in choices] == ["Lyon", "Lyon 1er Arrondissement", "Affoux"]
    assert places.near(choices[0]).name == "Lyon"


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


def places_of(day: str) -> list[tuple[str, str]]:
    """Return code and name of every commune of a day, some of them, and those with more than 15,000 people (make test: 200,000)."""
    n_drawn, most = (100, 15_000) if samples.is_full else (15, 200_000)
    with duckdb.connect() as connection:
        return connection.execute(
            """
            select commune_code, name
            from read_parquet($path)
            where kind = 'commune' and valid_from <= $day::date and coalesce(valid_to > $day::date, true)
            qualify population > $most or row_number() over (order by hash(commune_code)) <= $n_drawn
            order by all
            """,
            {"path": str(DATA / "geo" / "communes_over_time.parquet"), "day": day, "most": most, "n_drawn": n_drawn},
        ).fetchall()


@pytest.mark.matrix(every=3)
@pytest.mark.parametrize("day", ["2008-10-01", "2014-11-01", "2026-01-01"])
def test_every_code_and_name_of_any_year_is_found(reading_demo: Path, day: str) -> None:
    checked = places_of(day)
    assert len(checked) > (90 if samples.is_full else 20)
    for code, name in checked:
        assert filters.parse([("near", code)]).near is not None, code
        choices = [place for place in places.named(name) if place.is_certain]
        assert code in {place.commune_code for place in choices} or len(choices) == 1, name
        for place in choices:  # what is offered can be chosen, and stays what it is in the address
            again = filters.parse([("near", place.near_code)]).near
            assert again is not None
            assert abs(again.lat - place.lat) < 0.2, name


def test_a_commune_of_today_keeps_its_name_in_the_address(reading_demo: Path) -> None:
    chosen = filters.parse([("near", "cherbourg en cotentin")])
    assert chosen.near is not None
    assert ("near", "Cherbourg-en-Cotentin") in chosen.to_query()
    assert chosen.near.name == "Cherbourg-en-Cotentin"


def test_a_name_of_several_places_is_never_chosen_in_silence(reading_demo: Path) -> None:
    namesakes = places.named("Saint-Denis")
    assert places.meant(namesakes) is None
    assert [place.departement for place in namesakes[:2]] == ["La Réunion", "Seine-Saint-Denis"]
    with pytest.raises(FilterError) as refused:
        filters.parse([("near", "Saint-Denis")])
    message = str(refused.value)
    assert message.index("97411 pour Saint-Denis (97400, La Réunion)") < message.index(
        "93066 pour Saint-Denis (93200, "
    )
    assert all(place.commune_code in message for place in namesakes)


def test_all_namesakes_are_offered(reading_demo: Path) -> None:
    namesakes = places.named("Sainte-Colombe")
    assert len(namesakes) >= 13
    assert {place.name for place in namesakes} == {"Sainte-Colombe"}
    assert len([place for place in places.named("Paris") if place.fit == places.PART]) == 20


@pytest.mark.parametrize(("text", "code"), [("Rennes", "35238"), ("35000", "35000"), ("Lyon", "69123")])
def test_what_can_mean_one_place_is_chosen(reading_demo: Path, text: str, code: str) -> None:
    place = places.meant(places.named(text))
    assert place is not None
    assert place.near_code == code


def test_a_code_of_another_year_means_the_communes_of_the_file(reading_demo: Path) -> None:
    assert filters.parse([("commune", "35238")]).communes == ("35238",)
    merged, own = (filters.parse([("commune", code)]) for code in ("59248", "59183"))
    assert merged.communes == ("59248",)  # Fort-Mardyck, part of Dunkerque since 2010
    assert query("event_totals", chosen=merged) == query("event_totals", chosen=own)
    with pytest.raises(FilterError):
        filters.parse([("commune", "99999")])


def test_events_around_a_commune_of_today(client: httpx.Client) -> None:
    by_name = client.get("/api/v1/counts.json?edition=all&near=Évry-Courcouronnes").json()
    by_code = client.get("/api/v1/counts.json?edition=all&near=91228").json()
    assert by_name["total"] == by_code["total"] > 0


def test_an_ambiguous_name_is_refused_with_the_list(client: httpx.Client) -> None:
    answer = client.get("/api/v1/counts.json?near=Saint-Denis")
    assert answer.status_code == 400
    assert answer.json()["parameter"] == "near"
    assert "93066 pour Saint-Denis (93200, Seine-Saint-Denis)" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("written", "year", "code", "name"),
    [
        ("Cherbourg", "2014", "50129", "Cherbourg-Octeville"),
        ("Cherbourg", "2026", "50129", "Cherbourg-en-Cotentin"),
        ("50129", "2026", "50129", "Cherbourg-en-Cotentin"),
        ("50173", "2026", "50173", "Équeurdreville-Hainneville"),
        ("Beaupréau-en-Mauges", "2026", "Beaupréau-en-Mauges", "Beaupréau-en-Mauges"),
        ("49023", "2014", "49023", "Beaupréau"),
        ("49023", "2026", "49023", "Beaupréau-en-Mauges"),
        ("91228", "2026", "91228", "Évry-Courcouronnes"),
        ("93066", "2026", "93066", "Saint-Denis"),
    ],
)
def test_a_place_is_called_as_in_the_edition(reading_demo: Path, written: str, year: str, code: str, name: str) -> None:
    near = filters.parse([("edition", year), ("near", written)]).near
    assert near is not None
    assert (near.code, near.name) == (code, name)
    choices = places.named(written)
    assert places.meant(choices) is not None


def test_a_name_of_several_is_refused_with_what_each_is_today(reading_demo: Path) -> None:
    with pytest.raises(
        FilterError, match=r"91228 pour Évry, aujourd'hui Évry-Courcouronnes \(91000, Essonne\) ; 89162 pour Évry"
    ):
        filters.parse([("near", "Évry")])
    with pytest.raises(FilterError, match=r"97411 pour Saint-Denis \(97400, La Réunion\) ; 93066 pour Saint-Denis"):
        filters.parse([("near", "Saint-Denis")])


def test_communes_are_suggested_by_the_beginning_of_a_name_or_by_postcode(client: httpx.Client) -> None:
    suggestions = client.get("/communes.json?q=saint-eti").json()["places"]
    assert 1 < len(suggestions) <= 8
    assert all(place["text"].startswith("Saint-Éti") for place in suggestions)
    (first, *_others) = client.get("/communes.json?q=42000").json()["places"]
    assert first == {"text": "Saint-Étienne (42000)", "departement": "Loire"}
