"""Every code has its label, in both languages."""

from collections.abc import Callable

import pytest

from campaign.core.language import LANGUAGES, use
from campaign.filters import filter_name, names
from campaign.profile import profile, tables
from campaign.wording import labels, nouns

METRICS = [
    "co_organised_events",
    "communication_items",
    "daily_themes",
    "editions_held",
    "events",
    "lead_organisers",
    "media_mentions",
    "media_partners",
    "municipalities",
    "organisers",
    "organisers_ready_for_next_percent",
    "participants",
    "partner_networks",
    "printed_programmes",
    "prize_applications",
    "prize_shortlist",
    "public_votes",
    "regional_chambers",
    "regional_prize_winners",
    "regions_taking_part",
    "share_percent",
    "website_visitors",
]
TYPES = [
    "conference",
    "cine-debat",
    "atelier",
    "colloque",
    "visite-entreprise",
    "sensibilisation-scolaire",
    "portes-ouvertes",
    "salon-marche",
    "spectacle-exposition",
    "autre",
]
TABLES: list[tuple[Callable[[str], str], list[str]]] = [
    (labels.page, list(labels.PAGES)),
    (filter_name, list(names())),
    (labels.status, ["scheduled", "rescheduled", "moved_online", "postponed", "full", "cancelled"]),
    (labels.attendance_mode, ["on_site", "online", "mixed"]),
    (labels.place_precision, ["address", "commune", "departement", "region", "online", "unknown"]),
    (labels.stage, ["announced", "running", "final"]),
    (labels.organiser_family, list(labels.ORGANISER_FAMILIES)),
    (labels.accessibility, ["hi", "vi", "pi", "mi", "ii"]),
    (labels.language, ["fr", "en"]),
    (labels.unit, ["events", "sessions", "days"]),
    (labels.metric, METRICS),
    (labels.event_type, TYPES),
    (nouns.leading_event_type, TYPES),
]


@pytest.mark.parametrize(("label", "codes"), TABLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_code_has_a_label_of_its_own(label: Callable[[str], str], codes: list[str], language: str) -> None:
    with use(language):
        labels = [label(code) for code in codes]
    assert all(labels)
    assert len(set(labels)) == len(codes)
    with pytest.raises(KeyError):
        label("nowhere")


def test_pages_are_named_as_in_the_menu() -> None:
    assert [labels.page(key) for key in labels.PAGES] == [
        "Vue d'ensemble", "Carte", "Régions", "Types", "Éditions", "Agenda", "Presse", "Rythme", "Qualité", "Sources", "Données",
        "Méthode et sources", "Import", "Couverture", "Calendrier", "Comparer", "Organisateurs", "Records",
        "Accessibilité", "Mentions légales",
    ]  # fmt: skip


def test_filters_of_published_addresses_stay_and_each_has_a_name() -> None:
    assert set(names()) >= {
        "edition", "region", "nomenclature", "departement", "type", "theme", "subcampaign", "from", "to", "q", "near", "radius_km",
        "unit", "lang", "commune", "organiser", "attendance_mode", "as_of", "free", "accessible",
        "audience", "id", "collectivity", "time_of_day", "organiser_family",
    }  # fmt: skip
    for language in LANGUAGES:
        with use(language):
            words = [filter_name(name) for name in names()]
            assert all(words)
            assert len(set(words)) == len(words)


@pytest.mark.parametrize("n", [0, 1, 2, 1000])
def test_nouns_agree(n: int) -> None:
    assert labels.unit_counted("sessions", n).split()[-1] == ("session" if n < 2 else "sessions")
    assert labels.metric("regional_prize_winners", n) == ("lauréat régional" if n < 2 else "lauréats régionaux")
    assert labels.event_type("cine-debat", n) == ("ciné-débat" if n < 2 else "ciné-débats")
    with use("en"):
        assert labels.metric("website_visitors", n) == ("website visitor" if n == 1 else "website visitors")
        assert labels.event_type("colloque", n) == ("symposium" if n == 1 else "symposia")


def test_figures_stand_with_their_noun() -> None:
    assert nouns.figure("events", 1700, "more_than") == "plus de 1\u202f700 événements"
    assert nouns.figure("events", 1) == "1 événement"
    assert nouns.figure("participants", None) == "n.\u00a0c."
    assert nouns.figure("organisers_ready_for_next_percent", 80, "more_than") == (
        "plus de 80\u00a0% d'organisateurs prêts à recommencer"
    )
    assert nouns.figure("share_percent", 35) == "35\u00a0% du total"


def test_small_labels() -> None:
    assert labels.nomenclature(2014) == "27 régions de 2014"
    assert labels.nomenclature(2016) == "18 régions depuis 2016"
    assert labels.organiser_family(None) == "n.\u00a0c."
    assert labels.capitalised("à La Réunion") == "À La Réunion"
    assert labels.capitalised("") == ""


def test_every_metric_that_a_folder_may_hold_has_a_noun() -> None:
    assert all(nouns.metric(code) for code in tables.METRICS)
    assert set(METRICS) <= {*tables.METRICS, *(each.code for each in profile().settings.metrics)}
