"""What an event is found by: what it says, where it was located, what its commune is called on its day and today."""

from pathlib import Path

from tests.records import build, events_of, record

ANNECY = {"city": "Annecy-le-Vieux", "postcode": "74940"}  # part of Annecy since 2017
IN_2014, IN_2024 = [("2014-11-05T18:00", None)], [("2024-11-05T18:00", None)]


def test_an_event_is_found_by_its_commune_then_and_now_and_where_it_was_located(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    rows = [
        record("then", title="Été", venue="Café", timings=IN_2014, organiser_labels=["Le Relais"], **ANNECY),
        record("now", title="Été", timings=IN_2024, **ANNECY),
        record("same", title="Été", timings=IN_2014, city="Rennes", postcode="35000"),
        record("nowhere", title="Été", timings=IN_2014, city="Pas une commune"),
        record("without", title="Été", timings=IN_2014),
    ]
    build(db, rows)
    assert events_of(db, "search_text") == {
        "then": "ete | annecy-le-vieux | cafe | le relais | annecy",
        "now": "ete | annecy | annecy-le-vieux",
        "same": "ete | rennes",
        "nowhere": "ete | pas une commune",
        "without": "ete",
    }
