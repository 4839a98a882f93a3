"""Each sentence, to the letter, in both languages."""

from collections.abc import Callable
from datetime import datetime

import pytest

from campaign.core.language import use
from campaign.core.settings import PARIS
from campaign.wording import accounts
from campaign.wording import sentences as s
from campaign.wording.sentences import EditionFigure, OfficialFigure
from campaign.wording.territories import Territory, territory

NO_BREAK = str.maketrans({"\u202f": " ", "\u00a0": " "})  # sentences are compared without; spaces have their own test

ANNOUNCED = OfficialFigure(1700, "more_than", "announced", "CNCRES")
COUNTED = OfficialFigure(1707, "exact", "final", "CNCRES")
ABOUT = OfficialFigure(2000, "about", "final", "CRESS Île-de-France")
DATA_DATE = datetime(2014, 11, 12, 18, 30, tzinfo=PARIS)
SEVEN = [
    EditionFigure(2008, None),
    EditionFigure(2009, 1100, "announced", "announced"),
    EditionFigure(2010, 1513, "exact", "final"),
    EditionFigure(2011, 1732, "exact", "final"),
    EditionFigure(2012, 1707, "exact", "final"),
    EditionFigure(2013, 2000, "about", "final"),
    EditionFigure(2014, 1700, "more_than", "announced"),
]


def bretagne() -> Territory:
    return territory("53")


def final(year: int, value: int) -> EditionFigure:
    return EditionFigure(year, value, "exact", "final")


Case = tuple[Callable[[], str], str, str]

OVERVIEW: list[Case] = [
    (
        lambda: s.overview(2014, 7, 1700, "running", official=ANNOUNCED, is_demo=True),
        "Plus de 1 700 événements annoncés pour 2014, 7e édition (CNCRES) ; 1 700 dans le fichier de démonstration.",
        "More than 1,700 events announced for 2014, 7th edition (CNCRES); 1,700 in the demonstration file.",
    ),
    (
        lambda: s.overview(2012, 5, 1650, "final", official=COUNTED),
        "1 707 événements comptés en 2012, 5e édition (CNCRES) ; 1 650 dans le fichier.",
        "1,707 events counted in 2012, 5th edition (CNCRES); 1,650 in the file.",
    ),
    (
        lambda: s.overview(2013, 6, 1, "final", official=ABOUT),
        "Environ 2 000 événements en 2013, 6e édition (CRESS Île-de-France) ; 1 dans le fichier.",
        "About 2,000 events in 2013, 6th edition (CRESS Île-de-France); 1 in the file.",
    ),
    (
        lambda: s.overview(2014, 7, 0, "running", official=ANNOUNCED, data_date=DATA_DATE),
        "Plus de 1 700 événements annoncés pour 2014, 7e édition (CNCRES) ;"
        " aucun dans le fichier à ce jour (données du 12 novembre 2014 à 18 h 30).",
        "More than 1,700 events announced for 2014, 7th edition (CNCRES);"
        " none in the file so far (data of 12 November 2014 at 18:30).",
    ),
    (
        lambda: s.overview(2008, 1, 1000, "final", is_demo=True),
        "1 000 événements pour 2008, 1re édition, dans le fichier de démonstration ; aucun chiffre publié (n. c.).",
        "1,000 events for 2008, 1st edition, in the demonstration file; no figure published (n/a).",
    ),
    (
        lambda: s.overview(2008, 1, 0, "final"),
        "Aucun événement pour 2008, 1re édition, dans le fichier ; aucun chiffre publié (n. c.).",
        "No event for 2008, 1st edition, in the file; no figure published (n/a).",
    ),
    (
        lambda: s.overview(2014, 7, 97, "running", place=bretagne()),
        "97 événements en Bretagne pour 2014, 7e édition, dans le fichier à ce jour.",
        "97 events in Bretagne for 2014, 7th edition, in the file so far.",
    ),
    (
        lambda: s.overview(2014, 7, 0, "running", place=bretagne(), is_demo=True),
        "Aucun événement en Bretagne pour 2014, 7e édition, dans le fichier de démonstration.",
        "No event in Bretagne for 2014, 7th edition, in the demonstration file.",
    ),
    (
        lambda: s.overview(
            2014, 7, 97, "final", official=OfficialFigure(100, "exact", "final", "CRESS Bretagne"), place=bretagne()
        ),
        "100 événements comptés en Bretagne en 2014, 7e édition (CRESS Bretagne) ; 97 dans le fichier.",
        "100 events counted in Bretagne in 2014, 7th edition (CRESS Bretagne); 97 in the file.",
    ),
    (
        lambda: s.overview(2014, 7, 1, "final", narrowed="type : ateliers"),
        "1 événement pour 2014, 7e édition (type : ateliers), dans le fichier.",
        "1 event for 2014, 7th edition (type : ateliers), in the file.",
    ),
    (
        lambda: s.overview([2012, 2013, 2014], None, 5407, "final"),
        "5 407 événements pour les éditions 2012 à 2014, dans le fichier.",
        "5,407 events for the editions 2012 to 2014, in the file.",
    ),
    (
        lambda: s.overview(2014, 7, 4210, "running", official=ANNOUNCED, unit="sessions"),
        "Plus de 1 700 événements annoncés pour 2014, 7e édition (CNCRES) ; 4 210 sessions dans le fichier à ce jour.",
        "More than 1,700 events announced for 2014, 7th edition (CNCRES); 4,210 sessions in the file so far.",
    ),
]

WHERE: list[Case] = [
    (
        lambda: s.where({"53": 97, "11": 253}, 1700, covered=87),
        "C'est en Île-de-France qu'il y a le plus d'événements : 253 sur 1 700, soit 14,9 % ;"
        " 87 départements couverts sur 101.",
        "The highest number of events is in Île-de-France: 253 out of 1,700, or 14.9%;"
        " 87 départements covered out of 101.",
    ),
    (
        lambda: s.where({"53": 21, "74": 21, "11": 1}, 100, covered=1),
        "Ex æquo en tête : la Bretagne et le Limousin, avec 21 événements dans chaque région, sur 100 ;"
        " 1 département couvert sur 101.",
        "Tied for first: Bretagne and Limousin, with 21 events in each region, out of 100;"
        " 1 département covered out of 101.",
    ),
    (
        lambda: s.where({"11": 2, "53": 2, "74": 2, "72": 2}, 9, unit="sessions"),
        "Ex æquo en tête : 4 régions, avec 2 sessions dans chaque région, sur 9.",
        "Tied for first: 4 regions, with 2 sessions in each region, out of 9.",
    ),
    (
        lambda: s.where({"35": 1, "29": 1}, 3, level="departement", covered=2, departements=4),
        "Ex æquo en tête : le Finistère et l'Ille-et-Vilaine, avec 1 événement dans chaque département, sur 3 ;"
        " 2 départements couverts sur 4.",
        "Tied for first: Finistère and Ille-et-Vilaine, with 1 event in each département, out of 3;"
        " 2 départements covered out of 4.",
    ),
    (
        lambda: s.where({"32": 40, "44": 2}, 42, nomenclature=2016, unit="days"),
        "C'est dans les Hauts-de-France qu'il y a le plus de jours d'événement : 40 sur 42, soit 95,2 %.",
        "The highest number of event days is in Hauts-de-France: 40 out of 42, or 95.2%.",
    ),
    (
        lambda: s.where({"04": 2, "06": 1}, 4, unit="sessions"),
        "C'est à La Réunion qu'il y a le plus de sessions : 2 sur 4.",
        "The highest number of sessions is in La Réunion: 2 out of 4.",
    ),
    (
        lambda: s.where({"53": 12}, 12, covered=4, departements=4),
        "Tout se passe en Bretagne : 12 événements ; 4 départements couverts sur 4.",
        "Everything takes place in Bretagne: 12 events; 4 départements covered out of 4.",
    ),
    (lambda: s.where({}, 4), "4 événements, sans région connue.", "4 events, with no known region."),
    (
        lambda: s.where({"35": 0}, 1, level="departement"),
        "1 événement, sans département connu.",
        "1 event, with no known département.",
    ),
    (lambda: s.where({}, 0), "Aucun événement à situer.", "No event to place."),
]

TYPES: list[Case] = [
    (
        lambda: s.types({"conference": 423, "atelier": 12}, 1700),
        "La conférence est le type le plus fréquent : 423 événements sur 1 700, soit 24,9 %.",
        "Talks are the most frequent type: 423 events out of 1,700, or 24.9%.",
    ),
    (
        lambda: s.types({"autre": 4, "atelier": 3}, 10),
        "« Autre » est le type le plus fréquent : 4 événements sur 10.",
        "“Other” is the most frequent type: 4 events out of 10.",
    ),
    (
        lambda: s.types({"conference": 4, "atelier": 4}, 10),
        "Types ex æquo en tête : ateliers et conférences, avec 4 événements chacun, sur 10.",
        "Types tied for first: talks and workshops, with 4 events each, out of 10.",
    ),
    (
        lambda: s.types({"conference": 1, "atelier": 1, "colloque": 1, "autre": 1}, 4),
        "Types ex æquo en tête : 4 types, avec 1 événement chacun, sur 4.",
        "Types tied for first: 4 types, with 1 event each, out of 4.",
    ),
    (lambda: s.types({"atelier": 1}, 1), "Un seul type : atelier, 1 événement.", "A single type: workshop, 1 event."),
    (lambda: s.types({}, 0), "Aucun événement à répartir par type.", "No event to sort by type."),
]

EDITIONS: list[Case] = [
    (
        lambda: s.editions(SEVEN),
        "De 1 100 événements annoncés en 2009 à plus de 1 700 annoncés en 2014 ; d'un bilan définitif à l'autre,"
        " hausse de 14,5 % de 2010 à 2011, puis baisse de 1,4 % de 2011 à 2012 ; aucun chiffre pour 2008 (n. c.).",
        "From 1,100 events announced in 2009 to more than 1,700 announced in 2014; between final reports,"
        " up 14.5% from 2010 to 2011, then down 1.4% from 2011 to 2012; no figure for 2008 (n/a).",
    ),
    (lambda: s.editions(SEVEN[:1]), "Aucun chiffre publié (n. c.).", "No figure published (n/a)."),
    (lambda: s.editions([]), "Aucun chiffre publié (n. c.).", "No figure published (n/a)."),
    (
        lambda: s.editions(SEVEN[2:3]),
        "Un seul chiffre publié : 1 513 événements comptés en 2010.",
        "Only one figure published: 1,513 events counted in 2010.",
    ),
    (
        lambda: s.editions(SEVEN[5:]),
        "D'environ 2 000 événements en 2013 à plus de 1 700 annoncés en 2014.",
        "From about 2,000 events in 2013 to more than 1,700 announced in 2014.",
    ),
    (
        lambda: s.editions([final(2010, 5), final(2011, 6), final(2012, 6)]),
        "De 5 événements comptés en 2010 à 6 comptés en 2012 ; d'un bilan définitif à l'autre,"
        " hausse de 1 événement de 2010 à 2011, puis même nombre de 2011 à 2012.",
        "From 5 events counted in 2010 to 6 counted in 2012; between final reports,"
        " up 1 event from 2010 to 2011, then the same number from 2011 to 2012.",
    ),
    (
        lambda: s.editions([final(2010 + i, n) for i, n in enumerate((1513, 1732, 1707, 1800, 1600))]),
        "De 1 513 événements comptés en 2010 à 1 600 comptés en 2014 ; d'un bilan définitif à l'autre,"
        " hausse de 5,8 % de 2010 à 2014, avec des baisses en 2012 et 2014.",
        "From 1,513 events counted in 2010 to 1,600 counted in 2014; between final reports,"
        " up 5.8% from 2010 to 2014, with falls in 2012 and 2014.",
    ),
    (
        lambda: s.editions([final(2010 + i, 100 * (i + 1)) for i in range(5)]),
        "De 100 événements comptés en 2010 à 500 comptés en 2014 ; d'un bilan définitif à l'autre,"
        " hausse de 400 % de 2010 à 2014.",
        "From 100 events counted in 2010 to 500 counted in 2014; between final reports, up 400% from 2010 to 2014.",
    ),
]

COMPARISON: list[Case] = [
    (lambda: s.comparison(112, 100, 2013), "+12 % par rapport à 2013", "+12% on 2013"),
    (lambda: s.comparison(1707, 1732, 2011), "−1,4 % par rapport à 2011", "−1.4% on 2011"),
    (lambda: s.comparison(5, 3, 2013), "2 de plus qu'en 2013", "2 more than in 2013"),
    (lambda: s.comparison(1, 0, 2013), "1 de plus qu'en 2013", "1 more than in 2013"),
    (lambda: s.comparison(3, 200, 2013), "197 de moins qu'en 2013", "197 fewer than in 2013"),
    (lambda: s.comparison(40, 35, 2013, minimum=50), "5 de plus qu'en 2013", "5 more than in 2013"),
    (lambda: s.comparison(100_001, 100_000, 2013), "1 de plus qu'en 2013", "1 more than in 2013"),
    (lambda: s.comparison(50, 50, 2013), "autant qu'en 2013", "as many as in 2013"),
    (lambda: s.comparison(50, None, 2012), "pas de chiffre pour 2012 (n. c.)", "no figure for 2012 (n/a)"),
    (lambda: s.comparison(None, 50, 2012), "n. c.", "n/a"),
    (
        lambda: s.comparison(112, 100, 2013, "same_days_to_go", to_go=12),
        "+12 % par rapport à 2013, à 12 jours de l'ouverture",
        "+12% on 2013, 12 days before the opening",
    ),
    (
        lambda: s.comparison(3, 5, 2013, "same_days_to_go"),
        "2 de moins qu'en 2013, au même nombre de jours de l'ouverture",
        "2 fewer than in 2013, at the same number of days from the opening",
    ),
]

SMALL_SENTENCES: list[Case] = [
    (
        lambda: s.agenda(312, place=bretagne(), period="du 3 au 7 novembre 2014", words=["ateliers", "« vélo »"]),
        "312 événements en Bretagne, du 3 au 7 novembre 2014 : ateliers, « vélo ».",
        "312 events in Bretagne, du 3 au 7 novembre 2014: ateliers, « vélo ».",
    ),
    (
        lambda: s.agenda(0, words=["ateliers"]),
        "Aucun événement : ateliers. Retirez un filtre pour en voir davantage.",
        "No event: ateliers. Remove a filter to see more.",
    ),
    (lambda: s.agenda(0), "Aucun événement.", "No event."),
    (lambda: s.agenda(1), "1 événement.", "1 event."),
    (
        lambda: s.placement(1602, 60, 38),
        "1 602 situés, 60 en ligne, 38 sans lieu",
        "1,602 located, 60 online, 38 without a place",
    ),
    (lambda: s.placement(45, 0, 0), "tous situés", "all located"),
    (lambda: s.placement(0, 3, 0, unit="sessions"), "toutes en ligne", "all online"),
    (lambda: s.placement(0, 0, 1), "1 sans lieu", "1 without a place"),
    (lambda: s.placement(0, 0, 0), "", ""),
    (
        lambda: s.placement(1, 1, 0),
        "1 situé, 1 en ligne",
        "1 located, 1 online",
    ),
    (
        lambda: s.placement(1920, 117, 0, unit="sessions"),
        "1 920 situées, 117 en ligne",
        "1,920 located, 117 online",
    ),
    (
        lambda: s.standing("running", DATA_DATE),
        "Chiffres provisoires, données du 12 novembre 2014 à 18 h 30",
        "Provisional figures, data of 12 November 2014 at 18:30",
    ),
    (lambda: s.standing("final"), "Chiffres définitifs, données non datées", "Final figures, undated data"),
    (
        lambda: s.demo_banner(with_remedy=True),
        "Données de démonstration : événements fictifs, chiffres officiels réels."
        " Pour les remplacer par vos événements : campaign import FICHIER.",
        "Demonstration data: the events are made up, the official figures are real."
        " To replace them with your events: campaign import FILE.",
    ),
]

ACCOUNT: list[Case] = [
    (
        lambda: s.account(97, rejected=[(12, "date absente"), (41, "date absente"), (40, "date absente")]),
        "97 événements importés, 3 lignes rejetées (12, 40, 41 : date absente). Corrigez-les et réimportez le fichier.",
        "97 events imported, 3 lines rejected (12, 40, 41: date absente). Correct them and import the file again.",
    ),
    (
        lambda: s.account(1, rejected=[(1200, "titre absent")]),
        "1 événement importé, 1 ligne rejetée (1200 : titre absent). Corrigez-la et réimportez le fichier.",
        "1 event imported, 1 line rejected (1200: titre absent). Correct it and import the file again.",
    ),
    (
        lambda: s.account(0, 3, 1200),
        "Aucun nouvel événement, 3 mis à jour, 1 200 inchangés.",
        "No new event, 3 updated, 1,200 unchanged.",
    ),
    (
        lambda: s.account(0, 1, 1, [(7, "b"), *((line, "a") for line in range(1, 7)), (None, "c")]),
        "Aucun nouvel événement, 1 mis à jour, 1 inchangé,"
        " 8 lignes rejetées (1, 2, 3, 4, 5 et 1 autre : a ; 7 : b ; c). Corrigez-les et réimportez le fichier.",
        "No new event, 1 updated, 1 unchanged,"
        " 8 lines rejected (1, 2, 3, 4, 5 and 1 other: a; 7: b; c). Correct them and import the file again.",
    ),
    (lambda: s.account(2), "2 événements importés.", "2 events imported."),
    (lambda: s.account(2, 3, is_tried=True), "2 nouveaux événements, 3 à mettre à jour.", "2 new events, 3 to update."),
    (
        lambda: accounts.counts({"n_new": 0, "n_updated": 1, "n_withdrawn": 31, "n_unchanged": 9, "n_rejected": 0}),
        "1 mis à jour, 31 retirés, 9 inchangés",
        "1 updated, 31 withdrawn, 9 unchanged",
    ),
    (lambda: s.account(0), "Le fichier ne contient aucun événement.", "The file holds no event."),
]


@pytest.mark.parametrize(
    ("sentence", "french", "english"),
    [*OVERVIEW, *WHERE, *TYPES, *EDITIONS, *COMPARISON, *SMALL_SENTENCES, *ACCOUNT],
)
def test_sentences(sentence: Callable[[], str], french: str, english: str) -> None:
    assert sentence().translate(NO_BREAK) == french
    with use("en"):
        assert sentence().translate(NO_BREAK) == english


def test_the_first_sentence_has_its_no_break_spaces() -> None:
    assert s.overview(2014, 7, 1700, "running", official=ANNOUNCED, is_demo=True) == (
        "Plus de 1\u202f700 événements annoncés pour 2014, 7e édition (CNCRES)\u202f;"
        " 1\u202f700 dans le fichier de démonstration."
    )
