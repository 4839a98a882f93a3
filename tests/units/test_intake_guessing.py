"""Columns by what they are called and what they hold."""

from pathlib import Path

import pytest

from campaign.core.errors import IntakeError
from campaign.intake.fields import column_names, columns, guessing, likeness
from campaign.intake.request import Mapping
from tests.intake_files import Stage, write

# Tables as strangers make them: header, two rows, and which field each column is (None: none).
TABLES: list[tuple[list[str], list[list[str]], list[str | None]]] = [
    (
        ["Nom de la manifestation", "first_date", "last_date", "Adresse complète", "Courriel du contact"],
        [
            ["Fête", "2014-11-05", "2014-11-06", "1 rue Haute, 35000 Rennes", "a@b.fr"],
            ["Bal", "2014-11-07", "", "Brest", "c@d.fr"],
        ],
        ["title", "begins", "ends", "address", None],
    ),
    (
        [
            "eventName",
            "startDate",
            "endDate",
            "location_name",
            "location_city",
            "location_postalCode",
            "organizer_name",
        ],
        [
            ["Fête", "2014-11-05", "2014-11-05", "Salle", "Rennes", "35000", "Asso"],
            ["Bal", "2014-11-06", "", "Halle", "Brest", "29200", "Scop"],
        ],
        ["title", "begins", "ends", "venue", "city", "postcode", "organiser"],
    ),
    (
        ["Intitulés", "Dates de l'événement", "Heures de début", "Villes", "Codes postaux", "Tarifs"],
        [
            ["Fête", "05/11/2014", "18h30", "Rennes", "35000", "Gratuit"],
            ["Bal", "06/11/2014", "20h", "Brest", "29200", "5 €"],
        ],
        ["title", "begins", "begins_hour", "city", "postcode", "conditions"],
    ),
    (
        ["Titre", "Date limite d'inscription", "Date", "Date de naissance du référent", "Commune"],
        [
            ["Fête", "01/11/2014", "05/11/2014", "01/02/1980", "Rennes"],
            ["Bal", "02/11/2014", "06/11/2014", "03/04/1975", "Brest"],
        ],
        ["title", None, "begins", None, "city"],
    ),
    (
        ["name", "start_time", "end_time", "updated_time", "place_location_city"],
        [
            ["Fête", "2014-11-05T18:30:00+0100", "2014-11-05T20:00:00+0100", "2014-10-01T08:00:00+0000", "Rennes"],
            ["Bal", "2014-11-06T18:30:00+0100", "", "2014-10-02T08:00:00+0000", "Brest"],
        ],
        ["title", "begins", "ends", "updated_at", "city"],
    ),
    (  # hours that are whole moments are the dates, not what else has some
        ["Titre", "Heure de début", "Heure de fin", "Passage en base", "Ville"],
        [
            ["Fête", "05/11/2014 18:30", "05/11/2014 20:00", "01/10/2014 08:00:00", "Rennes"],
            ["Bal", "06/11/2014 10:00", "06/11/2014 12:00", "02/10/2014 09:00:00", "Brest"],
        ],
        ["title", "begins", "ends", None, "city"],
    ),
    (  # what a program calls its entries is no type
        ["kind", "summary", "start", "location"],
        [
            ["calendar#event", "Fête", "2014-11-05T18:30:00+01:00", "Rennes"],
            ["calendar#event", "Bal", "2014-11-06", "Brest"],
        ],
        [None, "title", "begins", "venue"],
    ),
    (  # a map drawn by hand
        ["name", "description", "ville"],
        [["Fête", "Mercredi 5 novembre 2014 à 18h30", "Rennes"], ["Bal", "Du 8 au 9 novembre 2014", "Brest"]],
        ["title", "begins", "city"],
    ),
    (
        ["Thème", "Date", "Lieu", "Intervenant"],
        [["Le vrac", "05/11/2014", "Halle", "Anne Roux"], ["La réparation", "06/11/2014", "Salle", "Luc Petit"]],
        ["title", "begins", "venue", None],
    ),
    (
        ["Thème", "Intitulé de votre événement ESS", "post_date", "Von", "Ville"],
        [
            ["Vrac", "Fête du vrac", "01/09/2014", "05/11/2014", "Rennes"],
            ["Vélo", "Bal à vélo", "02/09/2014", "06/11/2014", "Brest"],
        ],
        ["themes", "title", "created_at", "begins", "city"],
    ),
    (
        ["Titre", "Passage", "Remarques", "Ville"],
        [["Fête", "05/11/2014", "à voir", "Rennes"], ["Bal", "06/11/2014", "vu", "Brest"]],
        ["title", "begins", None, "city"],
    ),
    (
        ["Organisateurs", "Intitulé de la manifestation", "Date du", "Au", "Lieu de la manifestation"],
        [["Asso", "Fête", "05/11/2014", "06/11/2014", "Halle"], ["Scop", "Bal", "07/11/2014", "08/11/2014", "Salle"]],
        ["organiser", "title", "begins", "ends", "venue"],
    ),
    (  # the words around a name say whose it is, and what it holds is weighed against a name of one word
        [
            "ID évènement",
            "Nom de l'évènement",
            "Début",
            "Pays du lieu",
            "Adresse complète du lieu",
            "Site web du lieu",
            "Statut des ventes",
            "Dpt",
            "Tarif et modalités de paiement",
            "Bon de commande",
        ],
        [
            ["7", "Fête", "2014-11-05 20:00", "France", "1 rue Haute", "https://a.fr", "Ouvertes", "35", "5 €", "B1"],
            ["8", "Bal", "2014-11-06 20:00", "France", "2 rue Haute", "https://b.fr", "Fermées", "35", "6 €", "B2"],
        ],
        ["uid", "title", "begins", "country", "address", None, None, "departement", "conditions", None],
    ),
    (
        [
            "event.name.text",
            "event.start.local",
            "event.start.timezone",
            "event.online_event",
            "venue.name",
            "venue.address.address_1",
            "event.changed",
            "event cost",
            "lastdate_begin",
            "periode_fin",
            "ALL DAY EVENT",
        ],
        [
            [
                "Fête",
                "2014-11-05T20:00",
                "Europe/Paris",
                "False",
                "Salle",
                "1 rue Haute",
                "x",
                "5",
                "2014-11-08",
                "2014-11-05T23:00",
                "FALSE",
            ],
            [
                "Bal",
                "2014-11-06T20:00",
                "Europe/Paris",
                "True",
                "Halle",
                "2 rue Haute",
                "x",
                "0",
                "2014-11-09",
                "2014-11-06T23:00",
                "FALSE",
            ],
        ],
        [
            "title",
            "begins",
            "timezone",
            "attendance_mode",
            "venue",
            "address",
            "updated_at",
            "conditions",
            None,
            "ends",
            "duration",
        ],
    ),
    (
        [
            "Titre de l'événement (60 caractères)",
            "En quelques lignes, de quoi s'agit-il ?",
            "Start Time",
            "End Time",
            "Où aura lieu l'événement ? (nom du lieu)",
            "L'événement est-il en ligne ou sur place ?",
            "inscription",
            "horaire",
            "G1Q5[adr]. Lieu [Adresse]",
        ],
        [
            [
                "Fête",
                "Une fête pour rencontrer le quartier",
                "2014-11-05T20:00",
                "2014-11-05T23:00",
                "Halle",
                "Sur place",
                "1",
                "oui",
                "1 rue Haute",
            ],
            [
                "Bal",
                "Un bal pour rencontrer le quartier",
                "2014-11-06T20:00",
                "2014-11-06T23:00",
                "Salle",
                "Sur place",
                "0",
                "oui",
                "2 rue Haute",
            ],
        ],
        ["title", "description", "begins", "ends", "venue", "attendance_mode", None, "duration", "address"],
    ),
    (
        [
            "Titre",
            "Date",
            "À quelle heure commence-t-il ?",
            "À quelle heure se termine-t-il ?",
            "Identifiant de l'offre",
            "Séances",
        ],
        [
            ["Fête", "05/11/2014", "18:30", "20:00", "OFF-1", "5 novembre à 18h"],
            ["Bal", "06/11/2014", "20:30", "23:00", "OFF-2", ""],
        ],
        ["title", "begins", "begins_hour", "ends_hour", "uid", "slots"],
    ),
    (
        ["Kezako", "Pour le jour", "À partir de", "Chez", "Horaires précis"],
        [
            ["Fête du livre", "05/11/2014", "18h", "Asso A", "jeudi 5 : 14h-16h"],
            ["Bal folk", "06/11/2014", "20h", "Scop B", "14h (accueil dès 13h30)"],
            ["Foire aux plants", "07/11/2014", "9h", "Asso C", "vendredi 7 : 10h"],
        ],
        ["title", "begins", None, "organiser", "begins_hour"],
    ),
    (
        ["Event title", "When", "Where", "Hosted by"],
        [["Talk", "5 Nov 2014, 6.30pm", "Rennes", "Coop A"], ["Fair", "6 Nov 2014", "Brest", "Coop B"]],
        ["title", "begins", "venue", "organiser"],
    ),
    (
        ["Titre", "Jour", "De", "À", "Territoire"],
        [["Fête", "05/11/2014", "18h", "20h", "Bretagne"], ["Bal", "06/11/2014", "21h", "", "Pays de la Loire"]],
        ["title", "begins", "begins_hour", "ends_hour", "region"],
    ),
    (
        [
            "Horodateur",
            "Intitulé [en 10 mots]",
            "Date (si plusieurs, remplir le formulaire plusieurs fois, merci à vous)",
            "Lieu (ville)",
        ],
        [["01/10/2014 09:00", "Fête", "05/11/2014", "Rennes"], ["02/10/2014 09:00", "Bal", "06/11/2014", "Brest"]],
        ["created_at", "title", "begins", "city"],
    ),
    (  # abbreviations of databases, names within names, names that are one but for a word
        [
            "REF_ACTION",
            "LIB_EVT",
            "DT_DEB",
            "DT_FIN",
            "NOM_ORGA",
            "Contenu de la manifestation",
            "Adresse du lieu d'accueil",
        ],
        [
            ["A1", "Fête", "2014-11-05", "2014-11-06", "Asso", "On y rencontre tout le quartier", "1 rue Haute"],
            ["A2", "Bal", "2014-11-07", "2014-11-08", "Scop", "On y danse avec tout le quartier", "2 rue Haute"],
        ],
        ["uid", "title", "begins", "ends", "organiser", "description", "address"],
    ),
    (
        ["What", "Day", "Kick-off", "Town/City"],
        [["Fair", "2014-11-05", "18:00", "Rennes"], ["Talk", "2014-11-06", "20:00", "Brest"]],
        ["title", "begins", "begins_hour", "city"],
    ),
    (
        ["Titre", "Date", "Date (de naissance)", "Antenne"],
        [["Fête", "05/11/2014", "01/02/1980", "Rennes"], ["Bal", "06/11/2014", "03/04/1975", "Brest"]],
        ["title", "begins", None, "city"],
    ),
    (
        ["Titre", "Jour", "Début", "Fin"],
        [["Fête", "05/11/2014", "matin", "11h"], ["Bal", "06/11/2014", "21h", "minuit"]],
        ["title", "begins", "begins_hour", "ends_hour"],
    ),
    (
        ["Titre", "Date", "Localisation"],
        [["Fête", "05/11/2014", "Vannes (56)"], ["Bal", "06/11/2014", "Lorient"]],
        ["title", "begins", "venue"],
    ),
    (
        ["Titre", "Date", "Géolocalisations"],
        [["Fête", "05/11/2014", "48.11, -1.68"], ["Bal", "06/11/2014", "48.39, -4.49"]],
        ["title", "begins", "position"],
    ),
    (
        ["Titre", "Date", "Géolocalisations"],
        [["Fête", "05/11/2014", "Vannes (56)"], ["Bal", "06/11/2014", "au port"]],
        ["title", "begins", "venue"],
    ),
    (
        ["Titre", "Date", "Lieu"],
        [["Fête", "05/11/2014", "48.1147, -1.6794"], ["Bal", "06/11/2014", "48,39 / -4,486"]],
        ["title", "begins", "position"],
    ),
    (
        ["Titre", "Date", "Lieu", "Adresse"],
        [["Fête", "05/11/2014", "48.1147, -1.6794", "2 rue Haute"], ["Bal", "06/11/2014", "MJC", "3 rue Basse"]],
        ["title", "begins", "venue", "address"],
    ),
    (
        ["calendar_name", "label", "start", "city"],
        [["Agenda de la MJC", "Fête", "2014-11-05", "Rennes"], ["Agenda de la MJC", "Bal", "2014-11-06", "Brest"]],
        [None, "title", "begins", "city"],
    ),
    (
        ["Titre", "Horaires", "Ville"],
        [["Fête", "jeudi 5 novembre 14h-16h", "Rennes"], ["Bal", "Tous les mardis de novembre à 18h", "Brest"]],
        ["title", "begins", "city"],
    ),
]


def _fields(names: list[str], rows: list[list[str]]) -> list[str | None]:
    header = columns.find_header([names, *rows], Mapping(), "a.csv")
    fields = {index: field for field, indexes in header.columns.items() for index in indexes}
    return [fields.get(index) for index in range(len(names))]


def test_precision_and_recall() -> None:
    pairs = [pair for names, rows, gold in TABLES for pair in zip(_fields(names, rows), gold, strict=True)]
    right = sum(1 for guess, gold in pairs if guess and guess == gold)
    wrong = [pair for pair in pairs if pair[0] and pair[0] != pair[1]]
    assert not wrong
    assert right >= 0.9 * sum(1 for _found, gold in pairs if gold)


@pytest.mark.parametrize("number", range(len(TABLES)))
def test_columns_of_strangers(number: int) -> None:
    names, rows, gold = TABLES[number]
    assert _fields(names, rows) == gold


def test_each_guess_has_a_reason(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, "Titre;Passage;Ville\nA;05/11/2014;Rennes\nB;06/11/2014;Brest\n"))
    reading = stage.staged.files[0].reading
    assert "seule colonne de ce genre" in reading.reasons["begins"][0]
    assert "confiance 70\u00a0%" in reading.reasons["begins"][0]
    assert reading.reasons["title"] == []  # its name is listed


def test_two_columns_of_dates_are_not_chosen_between(tmp_path: Path) -> None:
    text = "Titre;A;B;Ville\nX;05/11/2014;06/11/2014;Rennes\nY;07/11/2014;08/11/2014;Brest\n"
    with pytest.raises(IntakeError, match=r"«.A.», «.B.» y ressemble") as caught:
        Stage(write(tmp_path, text))
    assert '[columns] begins = "A"' in caught.value.remedy
    mapping = Mapping(columns={"begins": "A", "ends": "B"})
    assert len(Stage(write(tmp_path, text), mapping=mapping).records) == 2


def test_a_table_without_a_date_says_so(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="aucune colonne de date n'a été reconnue") as caught:
        Stage(write(tmp_path, "Titre;Remarque;Ville\nX;bientôt;Rennes\nY;un jour;Brest\n"))
    assert "Remarque" in caught.value.remedy


@pytest.mark.parametrize("header", ["Date import", "Mise à jour le", "record_updated_on", "Export du"])
def test_the_day_of_an_entry_is_not_that_of_its_event(tmp_path: Path, header: str) -> None:
    text = f"Titre;{header};Ville\nX;05/10/2014 08:00;Rennes\nY;06/10/2014 09:00;Brest\n"
    with pytest.raises(IntakeError, match="aucune colonne de date n'a été reconnue") as caught:
        Stage(write(tmp_path, text))
    assert 'begins = "nom de la colonne"' in caught.value.remedy


def test_descriptions_that_hold_dates_among_other_words_are_named(tmp_path: Path) -> None:
    text = "Titre;Description\nX;Le 5 novembre 2014, venez\nY;Le 6 novembre 2014 dans la salle\n"
    with pytest.raises(IntakeError, match=r"«.Description.» y ressemble") as caught:
        Stage(write(tmp_path, text))
    assert 'begins = "Description"' in caught.value.remedy


def test_dates_of_foundation_are_no_registrations(tmp_path: Path) -> None:
    text = "Titre;Date;Date de création\nX;05/11/2014;01/02/1998\nY;06/11/2014;03/04/2003\n"
    stage = Stage(write(tmp_path, text))
    assert [r["created_at"] for r in stage.records] == [None, None]
    assert "fondation" in stage.staged.files[0].reading.likenesses["Date de création"]
    text = "Titre;Date;Date de création\nX;05/11/2014;01/09/2014\nY;06/11/2014;03/09/2014\n"
    assert all(r["created_at"] for r in Stage(write(tmp_path, text)).records)


def test_of_two_columns_the_one_that_can_be_read_goes_first(tmp_path: Path) -> None:
    text = (
        "Titre;Dates;date_debut;Ville\n"
        "X;Du 5 au 9 novembre;2014-11-05;Rennes\n"
        "Y;Du 6 au 9 novembre;2014-11-06;Brest\n"
        "Z;2014-11-07;;Brest\n"
    )  # fmt: skip
    records = Stage(write(tmp_path, text)).records
    assert [r["timings"][0]["begins"] for r in records] == ["2014-11-05", "2014-11-06", "2014-11-07"]


def test_a_listed_name_goes_before_one_that_is_like_it(tmp_path: Path) -> None:
    records = Stage(
        write(tmp_path, "Titre;Date provisoire;Date\nA;05/11/2014;06/11/2014\nB;07/11/2014;08/11/2014\n")
    ).records
    assert records[0]["timings"][0]["begins"] == "2014-11-06"


def test_a_column_that_says_nothing_gives_way(tmp_path: Path) -> None:
    text = "Titre;Date;Ville;Commune\nX;05/11/2014;N/A;Rennes\nY;06/11/2014;;Brest\nZ;06/11/2014;Lille;\n"
    assert [r["city"] for r in Stage(write(tmp_path, text)).records] == ["Rennes", "Brest", "Lille"]


@pytest.mark.parametrize(
    ("values", "field", "least"),
    [
        (["48.1", "48,39"], "lat", 1), (["-1.6", "−4,48"], "lon", 1), (["35000", "01 000"], "postcode", 1),
        (["2A004", "1053"], "commune_code", 1), (["18h30", "9:00"], "begins_hour", 1), (["5 novembre 2014", "12/11/14"], "begins", 1),
        (["https://a.fr", "www.b.fr/c"], "url", 1),
    ],
)  # fmt: skip
def test_contents(values: list[str], field: str, least: float) -> None:
    assert (guessing.by_contents(values, field) or 0) >= least


@pytest.mark.parametrize(
    ("header", "field"),
    [("Descritpion", "description"), ("Ville de l'événement", "city")],
)
def test_a_name_with_a_slip_or_more_words_is_near(header: str, field: str) -> None:
    assert field in likeness.by_name(header, column_names.known())
