"""Pictures of link previews: every page has one, with its own figure, drawn once per published file."""

import io
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from PIL import Image

from campaign import store
from campaign.analysis.figures import gather
from campaign.charts import card
from campaign.core.pages import paths
from campaign.filters import Filters
from campaign.web import preview


@pytest.mark.parametrize("path", sorted(paths()))
def test_every_page_has_a_picture(client: httpx.Client, path: str) -> None:
    answer = client.get(preview.address(path, [("region", "53")], ""))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)
    again = client.get(str(answer.url), headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_the_card_carries_the_figure_of_the_view(client: httpx.Client) -> None:
    total = client.get("/api/v1/counts.json", params={"region": "53"}).json()["total"]
    with store.snapshot():
        drawn = card.render(preview.of_view("regions", gather(Filters(editions=(2014,), regions=("53",)))))
    assert f">{total}</text>" in drawn
    assert "en\u00a0Bretagne" in drawn.replace("en Bretagne", "en\u00a0Bretagne")
    assert "Démonstration" in drawn


def test_pictures_differ_by_view_and_wrong_values_fall_away(client: httpx.Client) -> None:
    addresses = ("accueil.png", "accueil.png?region=53", "types.png", "accueil.png?lang=en")
    assert len({client.get(f"/apercu/{address}").content for address in addresses}) == len(addresses)
    plain, wrong = (client.get(f"/apercu/accueil.png{query}").content for query in ("", "?region=99&x=1"))
    assert plain == wrong


def test_an_event_has_its_own_picture(client: httpx.Client) -> None:
    event = client.get("/api/v1/events.json?limit=1").json()["events"][0]
    own = client.get("/apercu/agenda.png", params={"event": event["event_id"]})
    assert own.status_code == 200
    assert own.content != client.get("/apercu/agenda.png").content


@pytest.mark.parametrize("path", ["rien.png", "", "carte", "a/b.png"])
def test_other_pictures_are_not_found(client: httpx.Client, path: str) -> None:
    answer = client.get(f"/apercu/{path}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_long_titles_stay_on_the_card(reading_demo: object) -> None:
    event: dict[str, Any] = {
        "title": "Un titre qui ne finit pas <& >, " * 20,
        "type_label": "Atelier",
        "type_label_en": "Workshop",
        "starts_at": datetime(2014, 11, 5, 18, tzinfo=UTC),
        "timezone": "Europe/Paris",
        "attendance_mode": "on_site",
        "venue": "Salle",
        "commune": "Rennes",
        "organiser": "Écrire à jean@exemple.fr",
        "status": "full",
        "is_demo": False,
        "source": "Agenda",
    }
    drawn = card.render(preview.of_event(event, Filters()))
    assert "…" in drawn
    assert "jean@" not in drawn
    assert "Complet" in drawn
