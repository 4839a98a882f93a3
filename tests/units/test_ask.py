"""Questions in a reader's own words: each leads to its page and filters, and its number is the one that the address gives."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from campaign import ask, store
from campaign.ask import days, tokens
from campaign.core import language
from campaign.core.settings import settings
from campaign.filters import urls

FILES = Path(__file__).parents[1] / "files"
WEDNESDAY = date(2014, 11, 26)


def read_questions(name: str) -> list[dict[str, str]]:
    with (FILES / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source, delimiter=";"))


BEFORE, AFTER = read_questions("questions_before_the_rules.csv"), read_questions("questions.csv")
QUESTIONS = BEFORE + AFTER


@pytest.fixture(autouse=True)
def in_november(reading_demo: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Read the demonstration file on a Wednesday of its last edition."""
    monkeypatch.setattr(settings(), "today", WEDNESDAY)
    with store.snapshot(), language.use("fr"):
        yield


def best(question: str, lang: language.Language = "fr") -> ask.Answer:
    with language.use(lang):
        return ask.reply(question, lang).answers[0]


def titles(question: str, lang: language.Language = "fr") -> list[str]:
    with language.use(lang):
        return [
            answer.title.replace("\u00a0", " ").replace("\u202f", " ") for answer in ask.reply(question, lang).answers
        ]


def test_there_are_enough_questions_a_third_of_them_older_than_the_rules() -> None:
    assert len(QUESTIONS) >= 200
    assert len(BEFORE) * 3 >= len(AFTER)
    assert len({(each["lang"], each["question"]) for each in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.in_turn
def test_each_question_leads_to_its_page_and_filters() -> None:
    wrong = []
    for each in QUESTIONS:
        answer = best(each["question"], language.known(each["lang"]))
        filters = sorted(pair for pair in parse_qsl(urlsplit(answer.href).query) if pair[0] != "lang")
        if (answer.page, filters) != (each["page"], sorted(parse_qsl(each["filters"]))):
            wrong.append(f"{each['question']} → {answer.page} {filters}, not {each['page']} {each['filters']}")
    assert wrong == []


@pytest.mark.in_turn
def test_each_number_is_that_of_the_address(client: httpx.Client) -> None:
    for each in QUESTIONS[::4]:
        for answer in ask.reply(each["question"], "fr").answers[:2]:
            if answer.count is not None:
                counts = client.get(urls.api("/api/v1/counts.json", answer.chosen)).json()
                assert counts["total"] == answer.count, (each["question"], answer.title)


@pytest.mark.parametrize(
    ("question", "lang", "title"),
    [
        (
            "ateliers gratuits à Bourges samedi",
            "fr",
            "0 atelier gratuit à moins de 20 km de Bourges, samedi 29 novembre",
        ),
        ("conférences gratuites", "fr", "36 conférences gratuites en 2014"),
        ("free talks", "en", "36 free talks in 2014"),
        ("combien de ciné-débats en 2014", "fr", "38 ciné-débats en 2014"),
        ("toutes les éditions", "fr", "2 000 événements, toutes éditions"),
        ("finance solidaire gratuit", "fr", "3 événements gratuits en 2014 ; recherche : « finance solidaire »"),
        ("Semaine de l'épargne solidaire", "fr", "7 événements en 2014, Semaine de l'épargne solidaire"),
        ("Saint-Denis (93)", "fr", "40 événements à moins de 20 km de Saint-Denis (93200, Seine-Saint-Denis) en 2014"),
        ("novembre 2012", "fr", "283 événements, du 1er au 30 novembre"),
    ],
)
def test_a_number_is_said_with_all_its_filters(question: str, lang: language.Language, title: str) -> None:
    assert titles(question, lang)[0].startswith(title)


def test_an_organiser_is_known_by_name() -> None:
    """By the whole name, with or without small words; the rest of the question stays what it is."""
    for question in ("scop les bâtisseurs", "Scop Bâtisseurs", "SCOP LES BATISSEURS"):
        assert parse_qsl(urlsplit(best(question).href).query) == [("organiser", "scop-les-batisseurs")], question
    assert titles("scop les bâtisseurs")[0] == "14 événements en 2014 ; organisateur : Scop Les Bâtisseurs"
    assert titles("scop les bâtisseurs")[-1].endswith("recherche : « scop les bâtisseurs »")
    assert "type=atelier" in best("ateliers des scop les bâtisseurs").href
    assert "organiser=" not in best("ateliers").href
    assert "organiser=" not in best("médiathèque").href  # many are called so


def test_an_organiser_named_after_a_town_does_not_hide_the_town() -> None:
    answers = ask.reply("ville de paris", "fr").answers
    assert "near=75056" in answers[0].href
    assert any("organiser=ville-de-paris" in answer.href for answer in answers)


def test_what_an_organiser_is_called_is_searched_before_it_is_who() -> None:
    answers = ask.reply("vélo et compagnie", "fr").answers
    assert answers[0].chosen.q
    assert answers[1].chosen.organisers == ("association-velo-et-compagnie",)


def test_an_organiser_without_events_this_year_is_found_in_the_others() -> None:
    answers = ask.reply("mutuelle entraide de vaucresson", "fr").answers
    assert answers[0].count == 0
    assert any(answer.count and answer.chosen.organisers and not answer.chosen.editions for answer in answers)


PRESENT = [
    ("ateliers", "region=53&edition=2014", {"region": "53", "type": "atelier"}),
    ("samedi", "region=53", {"region": "53", "from": "2014-11-29", "to": "2014-11-29"}),
    ("gratuit", "edition=2012", {"edition": "2012", "free": "true"}),
    ("2012", "region=53&type=atelier", {"edition": "2012", "region": "53", "type": "atelier"}),
    ("Rennes", "region=82&free=true", {"near": "35238", "free": "true"}),
    ("soir", "near=69123&radius_km=10", {"near": "69123", "radius_km": "10", "time_of_day": "evening"}),
    ("Lyon", "near=35238&from=2014-11-29&to=2014-11-29", {"near": "69123", "from": "2014-11-29", "to": "2014-11-29"}),
    ("conférences", "type=atelier&departement=35", {"type": "conference", "departement": "35"}),
    ("rythme", "region=53", {"region": "53"}),
    ("scop les bâtisseurs", "free=true", {"organiser": "scop-les-batisseurs", "free": "true"}),
    ("vélo", "q=atelier&region=53", {"q": "vélo", "region": "53"}),
    ("demain", "subcampaign=epargne-solidaire", {"from": "2014-11-27", "to": "2014-11-27"}),
]


@pytest.mark.parametrize(("question", "present", "filters"), PRESENT)
def test_a_question_is_asked_within_the_present_choice_too(
    client: httpx.Client, question: str, present: str, filters: dict[str, str]
) -> None:
    answers = client.get("/ask.json", params={"q": question, "present": present}).json()["answers"]
    held = [answer for answer in answers if answer["is_within"]]
    if question == "demain":  # the days take the place of the sub-campaign: nothing of the choice is left
        assert not any("subcampaign" in answer["href"] for answer in held)
        return
    assert len(held) == 1
    assert answers.index(held[0]) == 1  # what was asked for comes first
    address = dict(parse_qsl(urlsplit(held[0]["href"]).query))
    assert address == filters
    counts = client.get("/api/v1/counts.json", params=parse_qsl(urlsplit(held[0]["href"]).query)).json()
    assert counts["total"] == held[0]["count"]


@pytest.mark.parametrize("present", ["", "edition=2014", "lang=fr", "region=99&foo=bar"])
def test_without_a_present_choice_nothing_more_is_offered(client: httpx.Client, present: str) -> None:
    reply = client.get("/ask.json", params={"q": "ateliers", **({"present": present} if present else {})}).json()
    assert not any(answer["is_within"] for answer in reply["answers"])


def test_namesakes_are_offered_and_told_apart() -> None:
    namesakes = [title for title in titles("Saint-Denis") if "Saint-Denis (" in title]
    assert len(set(namesakes)) >= 3
    assert any("97400, La Réunion" in title for title in namesakes)
    assert any("93200, Seine-Saint-Denis" in title for title in namesakes)


def test_words_that_are_not_understood_are_told_and_searched() -> None:
    reply = ask.reply("monnaie locale à Rennes", "fr")
    assert reply.searched == "monnaie locale"
    assert ("q", "monnaie locale") in parse_qsl(urlsplit(reply.answers[0].href).query)


def test_a_forgiven_slip_is_told() -> None:
    corrected = ask.reply("conférances à Lile", "fr").corrected
    assert [(each.word, each.meant) for each in corrected] == [("conférances", "conférence"), ("Lile", "Lille")]


def test_where_nothing_is_found_a_wider_choice_is_offered() -> None:
    answers = ask.reply("ateliers à Lyon le 1er octobre", "fr").answers
    assert answers[0].count == 0
    assert any(answer.count for answer in answers[1:])


def test_what_cannot_be_taken_beside_the_rest_is_told() -> None:
    assert ask.reply("ateliers gratuits ou payants", "fr").left_out == ("Prix",)
    assert ask.reply("Semaine de l'épargne solidaire samedi", "fr").left_out
    assert ask.reply("ateliers gratuits", "fr").left_out == ()


def test_a_question_without_words_has_no_answer() -> None:
    assert ask.reply(" ?! ", "fr").answers == ()


def test_an_endless_question_is_read_as_far_as_filters_go() -> None:
    assert ask.reply("vélo " * 500, "fr").answers


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("samedi", date(2014, 11, 29), date(2014, 11, 29)),
        ("mercredi", WEDNESDAY, WEDNESDAY),
        ("mercredi prochain", date(2014, 12, 3), date(2014, 12, 3)),
        ("ce week-end", date(2014, 11, 29), date(2014, 11, 30)),
        ("du 30 novembre au 2 décembre", date(2014, 11, 30), date(2014, 12, 2)),
        ("31 novembre", None, None),
        ("after 20 November", date(2014, 11, 21), None),
    ],
)
def test_days_in_words(text: str, first: date | None, last: date | None) -> None:
    words = tokens.tokens(text)
    at = 1 if text.startswith("ce ") else 0
    period = days.days_at(words, at, WEDNESDAY, 2014)
    assert (period.first, period.last) == (first, last) if period else first is last is None


@pytest.mark.parametrize(("today", "first", "last"), [(29, 29, 30), (30, 30, 30)])
def test_the_weekend_that_has_begun_is_this_one(today: int, first: int, last: int) -> None:
    period = days.days_at(tokens.tokens("week-end"), 0, date(2014, 11, today), 2014)
    assert period
    assert (period.first, period.last) == (date(2014, 11, first), date(2014, 11, last))


def test_the_day_is_that_of_the_campaign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "today", date(2013, 11, 15))
    assert "from=2013-11-16" in best("samedi").href
    assert "edition=2013" in best("samedi").href


def test_the_address_gives_the_views_in_the_asked_language(client: httpx.Client) -> None:
    reply = client.get("/ask.json", params={"q": "free workshops near Lyon, zzzz", "lang": "en"}).json()
    assert reply["searched"] == "zzzz"
    assert reply["answers"][0]["page_label"] == "Agenda"
    assert "free workshop" in reply["answers"][0]["title"]
    assert "lang=en" in reply["answers"][0]["href"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("q=" + "a" * 201, "q"), ("q=a&q=b", "q"), ("q=a&edition=2014", "edition"), ("q=a&lang=de", "lang")],
)
def test_the_address_refuses_what_it_does_not_take(client: httpx.Client, query: str, parameter: str) -> None:
    answer = client.get(f"/ask.json?{query}")
    assert (answer.status_code, answer.json()["parameter"]) == (400, parameter)
