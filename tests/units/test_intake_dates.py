"""Dates as people write them."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from campaign.intake.dates import date_text
from campaign.intake.dates.holidays import is_holiday
from campaign.intake.fields import date_fields

MONTHS = [
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
]  # fmt: skip

days = some.dates(date(1990, 1, 1), date(2099, 12, 31))
hours = some.builds(time, some.integers(0, 23), some.integers(0, 59))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("05/11/2014", ["2014-11-05"]),
        ("5-11-14", ["2014-11-05"]),
        ("05.11.2014", ["2014-11-05"]),
        ("05/11/2014 18:30", ["2014-11-05T18:30"]),
        ("5/11/2014 à 18h", ["2014-11-05T18:00"]),
        ("3 novembre 2014", ["2014-11-03"]),
        ("1er décembre 2014", ["2014-12-01"]),
        ("Mercredi 5 Novembre 2014, 18h30", ["2014-11-05T18:30"]),
        ("mer. 5 nov. 2014 18 h 30", ["2014-11-05T18:30"]),
        ("le 5 août 2014 de 9h à 12h30", ["2014-08-05T09:00", "2014-08-05T12:30"]),
        ("5 novembre 2014 22h - 2h", ["2014-11-05T22:00", "2014-11-06T02:00"]),
        ("du 3 au 5 novembre 2014", ["2014-11-03", "2014-11-05"]),
        ("du 30 octobre au 2 novembre 2014", ["2014-10-30", "2014-11-02"]),
        ("du 28 décembre 2014 au 3 janvier 2015", ["2014-12-28", "2015-01-03"]),
        ("du 03/11/2014 au 05/11/2014", ["2014-11-03", "2014-11-05"]),
        ("November 5, 2014", ["2014-11-05"]),
        ("5 november 2014", ["2014-11-05"]),
        ("2014/11/05 18:30", ["2014-11-05T18:30"]),
        ("20141105T183000", ["2014-11-05T18:30"]),
        ("41948", ["2014-11-05"]),
        ("41948.0", ["2014-11-05"]),
        ("2014-W45-3", ["2014-11-05"]),
        ("2014-W60-3", []),
        ("2014-11-05T18:30:00.5+01:00[Europe/Paris]", ["2014-11-05T18:30:00+01:00"]),
        ("2014-11-05T18:30:00 01:00", ["2014-11-05T18:30:00+01:00"]),
        ("41948,7708333333", ["2014-11-05T18:30"]),
        ("29 février 2012", ["2012-02-29"]),
        ("29 février 2014", []),
        ("31/11/2014", []),
        ("11/25/2014", []),
        ("5 novembre", []),
        ("novembre 2014", []),
        ("à définir", []),
        ("toute l'année 2014", []),
        ("5 novembre, 2026", ["2026-11-05"]),
        ("05/11/2026 18:30:00+01:00", ["2026-11-05T18:30:00+01:00"]),
        ("05/11/2026 19h30~22h", ["2026-11-05T19:30", "2026-11-05T22:00"]),
        ("1415208600.5", ["2014-11-05T17:30:00+00:00"]),
        # zones by name or by offset
        ("2026-11-05 18:30 CET", ["2026-11-05T18:30:00+01:00"]),
        ("20 octobre 2026 18h30 (CET)", ["2026-10-20T18:30:00+02:00"]),
        ("2026-10-20 18:30 CEST", ["2026-10-20T18:30:00+02:00"]),
        ("5 novembre 2026 18h UTC+3", ["2026-11-05T18:00:00+03:00"]),
        ("5 novembre 2026 de 18h30 à 20h Europe/Paris", ["2026-11-05T18:30:00+01:00", "2026-11-05T20:00:00+01:00"]),
        ("Thu Nov 05 2026 18:30:00 GMT+0100 (heure normale d’Europe centrale)", ["2026-11-05T18:30:00+01:00"]),
        ("Thu Nov  5 18:30:00 CET 2026", ["2026-11-05T18:30:00+01:00"]),
        ("05 Nov 26 18:30 +0100", ["2026-11-05T18:30:00+01:00"]),
        # weekdays of two letters, as a diary prints them
        ("Je 05/11/2026", ["2026-11-05"]),
        ("me. 4 novembre 2026 18h", ["2026-11-04T18:00"]),
        ("3 ➜ 5 novembre 2026", ["2026-11-03", "2026-11-05"]),
        ("3,4&5 novembre 2026", ["2026-11-03", "2026-11-04", "2026-11-05"]),
        # letters of a scan, dashes of typography
        ("O5/11/2O26 18hOO", ["2026-11-05T18:00"]),
        ("5 novernbre 2026", ["2026-11-05"]),
        ("05\u201111\u20112026, 14h\u201216h", ["2026-11-05T14:00", "2026-11-05T16:00"]),
    ],
)
def test_reads_french_dates(text: str, read: list[str]) -> None:
    assert [moment for session in date_fields.read(text) for moment in session if moment] == read
    assert date_text.parse(text)[1] == "" or not read


def week_but(day: int, hours: str, own: str) -> list[tuple[str, str | None]]:
    """Return sessions from 2 to 7 November 2026 at hours « 10-18 », one day at its own."""
    each = [(n, (own if n == day else hours).split("-")) for n in range(2, 8)]
    return [(f"2026-11-0{n}T{begins}:00", f"2026-11-0{n}T{ends}:00") for n, (begins, ends) in each]


def days_of(day: str, *numbers: int, hours: str = "") -> list[tuple[str, str | None]]:
    """Return a session on each of these days of a month, at an hour if one is given."""
    return [(f"{day}-{number:02}{hours}", None) for number in numbers]


@pytest.mark.parametrize(
    ("text", "sessions"),
    [
        ("les mardis 3, 10 et 17 novembre 2026", days_of("2026-11", 3, 10, 17)),
        ("3, 10 et 17/11/2026 à 18h30", days_of("2026-11", 3, 10, 17, hours="T18:30")),
        ("3/10/17 novembre 2026", days_of("2026-11", 3, 10, 17)),
        ("7 et 8 novembre 2026 (samedi 10h-19h, dimanche 10h-18h)",
         [("2026-11-07T10:00", "2026-11-07T19:00"), ("2026-11-08T10:00", "2026-11-08T18:00")]),
        ("3 et 5 novembre 2026, mardi 10h et jeudi 14h", [("2026-11-03T10:00", None), ("2026-11-05T14:00", None)]),
        ("5/11-7/11 2026", [("2026-11-05", "2026-11-07")]),
        ("du 2 au 9 novembre 2026 (lun-ven)", days_of("2026-11", 2, 3, 4, 5, 6, 9)),
        ("du 2 au 8 novembre 2026 (les mercredis et samedis), 10h", days_of("2026-11", 4, 7, hours="T10:00")),
        ("du 2 au 5 novembre 2026 (relâche le 4)", days_of("2026-11", 2, 3, 5)),
        ("du 2 au 5 novembre 2026, 10h, fermé le 4", days_of("2026-11", 2, 3, 5, hours="T10:00")),
        ("du 2 au 10 novembre 2026, en semaine", days_of("2026-11", 2, 3, 4, 5, 6, 9, 10)),
        ("du 2 au 15 novembre 2026, le week-end à 10h", days_of("2026-11", 7, 8, 14, 15, hours="T10:00")),
        ("du 2 au 4 novembre 2026, 7j/7, 10h", days_of("2026-11", 2, 3, 4, hours="T10:00")),
        ("tous les premiers samedis du mois, du 1er novembre au 31 décembre 2026", [("2026-11-07", None), ("2026-12-05", None)]),
        ("03/11/2026 et 17/11/2026", days_of("2026-11", 3, 17)),
        ("3 novembre 2026, 5 novembre 2026 & 7 novembre 2026", days_of("2026-11", 3, 5, 7)),
        ("les 3 et 4 novembre et le 8 décembre 2026", [*days_of("2026-11", 3, 4), ("2026-12-08", None)]),
        ("tous les mardis du 3 au 24 novembre 2026", days_of("2026-11", 3, 10, 17, 24)),
        ("du 3 au 24 novembre 2026, chaque mardi à 18h", days_of("2026-11", 3, 10, 17, 24, hours="T18:00")),
        ("les mardis et jeudis du 3 au 12 novembre 2026", days_of("2026-11", 3, 5, 10, 12)),
        ("tous les jours du 3 au 5 novembre 2026", [("2026-11-03", "2026-11-05")]),
        ("du 3 au 6 novembre 2026 sauf le 5 novembre", days_of("2026-11", 3, 4, 6)),
        ("du 3 au 5 novembre 2026 sauf le mercredi", days_of("2026-11", 3, 5)),
        ("du 3 au 4 novembre 2026 de 14h à 18h", [(f"2026-11-0{n}T14:00", f"2026-11-0{n}T18:00") for n in (3, 4)]),
        ("du 3 novembre à 14h au 5 novembre 2026 à 18h", [("2026-11-03T14:00", "2026-11-05T18:00")]),
        ("du 28 décembre au 3 janvier 2027", [("2026-12-28", "2027-01-03")]),
        ("samedi 7 et dimanche 8 novembre 2026, 10h-18h", [(f"2026-11-0{n}T10:00", f"2026-11-0{n}T18:00") for n in (7, 8)]),
        ("5 novembre 2026 18h, 6 novembre 2026 19h", [("2026-11-05T18:00", None), ("2026-11-06T19:00", None)]),
        ("5 novembre 2026 de 14h à 16h et de 18h à 20h", [(f"2026-11-05T{h}:00", f"2026-11-05T{h + 2}:00") for h in (14, 18)]),
        ("2026-11-05T18:30:00Z", [("2026-11-05T18:30:00Z", None)]),
        ("20261105.0", [("2026-11-05", None)]),
        ("20261105T183000Z", [("2026-11-05T18:30:00Z", None)]),
        ("Thu 05 Nov 2026 18:30:00 +0100", [("2026-11-05T18:30:00+01:00", None)]),
        ("du 7 au 9 novembre 2026 (sauf dimanche)", days_of("2026-11", 7, 9)),
        ("du 7 au 9 novembre 2026, fermé le dimanche", days_of("2026-11", 7, 9)),
        ("7 novembre 2026 à 8 heures du soir", [("2026-11-07T20:00", None)]),
        ("7 novembre 2026, de 9h30 du matin à 2h de l'après-midi", [("2026-11-07T09:30", "2026-11-07T14:00")]),
        (
            "7 novembre 2026, matin (9h-12h), 18 hrs (heure française)",
            [("2026-11-07T09:00:00+01:00", "2026-11-07T12:00:00+01:00"), ("2026-11-07T18:00:00+01:00", None)],
        ),
        ("7 novembre 2026 de 9 heures et quart à midi et demi", [("2026-11-07T09:15", "2026-11-07T12:30")]),
        ("2026-11-07T09:00+01:00/2026-11-07T10:00:00Z", [("2026-11-07T09:00:00+01:00", "2026-11-07T10:00:00Z")]),
        ("7 novembre 2026 à 18h moins le quart", [("2026-11-07T17:45", None)]),
        ("le premier et le troisième mardi de novembre 2026", days_of("2026-11", 3, 17)),
        ("14h le 5 novembre 2026 et 10h le 6", [("2026-11-05T14:00", None), ("2026-11-06T10:00", None)]),
        ("14h le 5 novembre 2026, 16h le 6, 18h le 7", [(f"2026-11-0{n}T{4 + 2 * n}:00", None) for n in (5, 6, 7)]),
        ("tous les mardis de novembre 2026 sauf le 10, 18h", days_of("2026-11", 3, 17, 24, hours="T18:00")),
        ("du 5 au 9 novembre 2026 (hors week-end) 9h", days_of("2026-11", 5, 6, 9, hours="T09:00")),
        ("les week-ends du 6 au 9 novembre 2026", days_of("2026-11", 7, 8)),
        ("RDV à 14h le 5 novembre 2026. Durée 2h.", [("2026-11-05T14:00", "2026-11-05T16:00")]),
        ("Date : 05/11/2026 Heure : 18h30", [("2026-11-05T18:30", None)]),
        ("05/11/2026 14:00:00 PM", [("2026-11-05T14:00", None)]),
        ("2026-11-05 17:30:00 UTC", [("2026-11-05T17:30:00Z", None)]),
        ("Donnerstag, 5. November 2026, 19.30 Uhr", [("2026-11-05T19:30", None)]),
        ("28.11. - 3.12.2026", [("2026-11-28", "2026-12-03")]),
        ("5 novembre 2026 10h_12h", [("2026-11-05T10:00", "2026-11-05T12:00")]),
        ("4. Dezember 2026, 9 - 12 Uhr", [("2026-12-04T09:00", "2026-12-04T12:00")]),
        (
            "du 2 au 6 novembre 2026 : lundi 18h, jeudi 14h",
            [("2026-11-02T18:00", None), ("2026-11-05T14:00", None)],
        ),
        (
            "7 novembre 2026, matin : 10h-12h - après-midi : 14h-16h",
            [("2026-11-07T10:00", "2026-11-07T12:00"), ("2026-11-07T14:00", "2026-11-07T16:00")],
        ),
        ("7 novembre 2026, 9h/12h - 14h/17h", [("2026-11-07T09:00", "2026-11-07T12:00"), ("2026-11-07T14:00", "2026-11-07T17:00")]),
        (
            "du 13 au 15 novembre 2026 : ven. 18h-22h, sam. 10h et 14h, dim. 10h-18h",
            [
                ("2026-11-13T18:00", "2026-11-13T22:00"), ("2026-11-14T10:00", None), ("2026-11-14T14:00", None),
                ("2026-11-15T10:00", "2026-11-15T18:00"),
            ],
        ),
        (
            "du 13 au 15 novembre 2026 à 10h, dimanche à 9h",
            [*days_of("2026-11", 13, 14, hours="T10:00"), ("2026-11-15T09:00", None)],
        ),
        (
            "du 12 au 16 novembre 2026, jeu-ven 18h, dim 9h",
            [*days_of("2026-11", 12, 13, hours="T18:00"), ("2026-11-15T09:00", None)],
        ),
        ("18h les jeudis et 9h les dimanches, du 12 au 16 novembre 2026", [("2026-11-12T18:00", None), ("2026-11-15T09:00", None)]),
        ("un jeudi sur deux, du 5 au 26 novembre 2026, 18h", days_of("2026-11", 5, 19, hours="T18:00")),
        ("toutes les deux semaines du 5 au 19 novembre 2026", days_of("2026-11", 5, 19)),
        ("sam.7 novembre 2026", days_of("2026-11", 7)),
        ("du 6 au 10 novembre 2026 (jours ouvrés)", days_of("2026-11", 6, 9, 10)),
        ("du 6 au 9 novembre 2026, uniquement les jours ouvrés à 10h", days_of("2026-11", 6, 9, hours="T10:00")),
        (
            "tous les premiers samedis du mois d'octobre à décembre 2026, 10h",
            [("2026-10-03T10:00", None), ("2026-11-07T10:00", None), ("2026-12-05T10:00", None)],
        ),
        (
            "le 3e mercredi du mois, d'octobre à décembre 2026, à 19h",
            [("2026-10-21T19:00", None), ("2026-11-18T19:00", None), ("2026-12-16T19:00", None)],
        ),
        (
            "les 1er et 3e mardis d'octobre et de novembre 2026",
            [*days_of("2026-10", 6, 20), *days_of("2026-11", 3, 17)],
        ),
        ("tous les jeudis de novembre 2026 à 18h, pas de séance le 19", days_of("2026-11", 5, 12, 26, hours="T18:00")),
        ("tous les jeudis de novembre 2026 (pas d'atelier le jeudi 19)", days_of("2026-11", 5, 12, 26)),
        ("du 2 au 5 novembre 2026, sans permanence le mercredi", days_of("2026-11", 2, 3, 5)),
        ("les 5, 12 et 19 novembre 2026 sauf le 12", days_of("2026-11", 5, 19)),
        (
            "du 3 au 4 novembre 2026, 9h-12h et 14h-17h, fermé le mercredi après-midi",
            [(f"2026-11-{day}:00", f"2026-11-{end}:00") for day, end in (("03T09", "03T12"), ("03T14", "03T17"), ("04T09", "04T12"))],
        ),
        (
            "du 3 au 4 novembre 2026, 9h-12h et 14h-17h sauf mardi matin",
            [(f"2026-11-{day}:00", f"2026-11-{end}:00") for day, end in (("03T14", "03T17"), ("04T09", "04T12"), ("04T14", "04T17"))],
        ),
        ("Mis en ligne le 3 octobre 2026. A lieu le 5 novembre 2026 à 18h30", [("2026-11-05T18:30", None)]),
        ("publié le 3/10/2026 : 5/11/2026", days_of("2026-11", 5)),
        ("18 novembre 26 à 20h", [("2026-11-18T20:00", None)]),
        ("les 3 premiers mardis de novembre 2026", days_of("2026-11", 3, 10, 17)),
        ("les deux premiers jeudis de novembre 2026 à 18h", days_of("2026-11", 5, 12, hours="T18:00")),
        ("tous les soirs du 3 au 5 novembre 2026 à 20h", days_of("2026-11", 3, 4, 5, hours="T20:00")),
        ("du 2 au 8 novembre 2026, Lu - Me 10h", days_of("2026-11", 2, 3, 4, hours="T10:00")),
        ("du 2 au 8 novembre 2026, Mo-We 10h", days_of("2026-11", 2, 3, 4, hours="T10:00")),
        ("du 2 au 4 novembre 2026, lundi - mardi : 10h ; mercredi : fermé", days_of("2026-11", 2, 3, hours="T10:00")),
        ("5 novembre 2026, deux séances : 14h et 16h", [("2026-11-05T14:00", None), ("2026-11-05T16:00", None)]),
        ("5 novembre 2026, 10h-19h non stop", [("2026-11-05T10:00", "2026-11-05T19:00")]),
        ("2026-W46", [("2026-11-09", "2026-11-15")]),
        ("2026W46", [("2026-11-09", "2026-11-15")]),
        ("2026 semaine 46", [("2026-11-09", "2026-11-15")]),
        ("2026-W46, en semaine à 9h", days_of("2026-11", 9, 10, 11, 12, 13, hours="T09:00")),
    ],
)  # fmt: skip
def test_reads_every_day_of_a_text(text: str, sessions: list[tuple[str, str | None]]) -> None:
    assert date_fields.read(text) == sessions
    assert date_text.parse(text)[1] == ""


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("5 novembre 2026 (complet)", "complet"),
        ("3 novembre 2026 et 10", "10"),
        ("jeudi 5 novembre 2026 après-midi", "apresmidi"),
        ("mardi 5 novembre 2026", "mardi"),  # a Thursday
        ("les mardis 3, 10 et 18 novembre 2026", "2026-11-18"),
        ("les week-ends du 7 et du 14 novembre 2026", "dimanche"),
        ("le week-end du 7 novembre 2026", "week end"),
        ("du 2 au 8 novembre 2026 (mercredi)", "mercredi"),
        ("7 et 8 novembre 2026 (samedi 10h-19h)", "samedi"),
        ("atelier 1 : 5 novembre 2026, atelier 2 : 12 novembre 2026", "atelier 1 atelier 2"),
        ("5 novembre 2026 9h-17h, fermé 12h-14h", "ferme 12h 14h"),
        ("à partir du 5 novembre 2026", "partir"),
        ("jusqu'au 30 novembre 2026", "jusqu'au"),
        ("5 novembre 2026 18h30 20h", "20h"),
        ("du 3 au 24 novembre 2026, le mardi", "mardi"),
        ("du 4 au 24 novembre 2026, un mardi sur deux", "tous les 2 semaines"),
        ("5 novembre 2026, reporté au 12 novembre 2026", "reporte 5 novembre 2026"),
        ("5 novembre 2026 18h EST", "est"),
        ("05/11/2026 25h", "25h"),
        ("5 novembre 2026 durée 2h", "2h"),
        ("5 novembre 2026 20h30, portes à 20h", "portes 20h"),
        ("5 novembre 2026 (fermé)", "ferme"),
        ("du 13 au 15 novembre 2026, samedi à 14h", "samedi"),
        ("du 13 au 15 novembre 2026, mardi à 14h", "mardi 14h00"),
        ("5 novembre 2026 à 14h du soir", "soir"),
        ("du 2 au 8 novembre 2026, jours ouvrables", "ouvrables"),  # with the Saturdays, for most
        ("publié le 3 novembre 2026", "publie"),
        ("les 3 derniers mardis de novembre 2026", "3 fois"),
        ("les 3 mardis de novembre 2026", "3 fois"),
        ("tous les mercredis à 18h jusqu'au 25 novembre 2026", "jusqu'au"),
        ("à 18h jusqu'au 25 novembre 2026", "jusqu'au"),
        ("le 5 novembre 2026 sans inscription", "sans inscription"),
        ("18 nov 14 à 20h", "14"),  # the year, or from 14 h
        ("du 24 au 28 novembre 2026, 10h-19h (9h30 le samedi)", "9h30 samedi"),
        ("du 24 au 28 novembre 2026, 10h-19h (vendredi 18h)", "vendredi"),  # its beginning, or its end
        ("du 3 au 7 novembre 2026, 10h-17h sauf mercredi matin", "matin"),
        ("du 3 au 7 novembre 2026 sauf mercredi matin", "matin"),
    ],
)
def test_what_is_left_of_a_date_is_told(text: str, left: str) -> None:
    sessions, notes = date_fields.span(None, text)
    assert sessions
    assert notes == [("date_ambiguous", left)]


@pytest.mark.parametrize(
    ("cells", "sessions", "kinds"),
    [
        (("05/11/2026", "18h30 (heure de Paris)"), [("2026-11-05T18:30:00+01:00", None)], []),
        (("05/07/2026", "de 18h30 à 20h, heure de Paris"), [("2026-07-05T18:30:00+02:00", "2026-07-05T20:00:00+02:00")], []),
        (("05/11/2026", "18h30", None, "20h à l'heure de Paris"), [("2026-11-05T18:30:00+01:00", "2026-11-05T20:00:00+01:00")], []),
        (("5 et 6 novembre 2026 à 18h30 (heure de Paris)",), [(f"2026-11-0{day}T18:30:00+01:00", None) for day in (5, 6)], []),
        (("05/11/2026", "18h30 heure locale"), [("2026-11-05T18:30", None)], []),
        (("05/11/2026", "10h (heure de Paris), 14h (heure locale)"), [(f"2026-11-05T{hour}:00:00+01:00", None) for hour in (10, 14)],
         ["hour_unreadable"]),
        (("05/11/2026", "heure de Paris"), [("2026-11-05", None)], ["hour_unreadable"]),
    ],
)  # fmt: skip
def test_an_hour_of_paris_is_one_wherever_it_is(
    cells: tuple[str | None, ...], sessions: list[object], kinds: list[str]
) -> None:
    read, notes = date_fields.span(None, *cells)
    assert (read, [kind for kind, _ in notes]) == (sessions, kinds)


@pytest.mark.parametrize(
    ("hours", "left"),
    [("jusqu'à 18h", "jusqu'a 18h"), ("soirée jusqu'à 22h", "soiree jusqu'a 22h"), ("14h, soirée", "soiree")],
)
def test_what_is_left_of_an_hour_is_told_once(hours: str, left: str) -> None:
    assert date_fields.span(None, "05/11/2026", hours)[1] == [("hour_unreadable", left)]


@given(
    some.text("abcdefghijklmnopqrstuvwxyz", max_size=8),
    some.sampled_from(["{} 5 novembre 2026", "5 novembre 2026 {} 18h", "05/11/2026 {}"]),
)
def test_no_word_beside_a_date_is_dropped(word: str, text: str) -> None:
    sessions, left = date_text.parse(text.format(f"zq{word}"))
    assert sessions
    assert left == f"zq{word}"


@pytest.mark.parametrize(
    ("cells", "sessions", "kinds"),
    [
        (("05/11/2026", "14h et 16h"), [("2026-11-05T14:00", None), ("2026-11-05T16:00", None)], []),
        (("05/11/2026", "9h30/12h"), [("2026-11-05T09:30", "2026-11-05T12:00")], []),
        (("05/11/2026", "9-12h"), [("2026-11-05T09:00", "2026-11-05T12:00")], []),
        (("05/11/2026", "18.30"), [("2026-11-05T18:30", None)], []),
        (("05/11/2026", "0,75"), [("2026-11-05T18:00", None)], []),
        (("05/11/2026", "18h30, durée 1h30"), [("2026-11-05T18:30", "2026-11-05T20:00")], []),
        (("05/11/2026", "toute la journée"), [("2026-11-05", None)], []),
        (("05/11/2026", "matin"), [("2026-11-05", None)], ["hour_unreadable"]),
        (("05/11/2026", "en soirée, 19h"), [("2026-11-05T19:00", None)], ["hour_unreadable"]),
        (("05/11/2026", "20h30 (portes à 20h)"), [("2026-11-05T20:30", None)], ["hour_unreadable"]),
        (("05/11/2026", "19:00+01:00"), [("2026-11-05T19:00", None)], ["hour_unreadable"]),
        (("5 et 6 novembre 2026", "14h le 5 et 10h le 6"), [("2026-11-05T14:00", None), ("2026-11-06T10:00", None)], []),
        (("7 et 8 novembre 2026", "samedi 14h et dimanche 10h"), [("2026-11-07T14:00", None), ("2026-11-08T10:00", None)], []),
        (("2026-11-05T17:30:00Z", "18h30", None, "20h"), [("2026-11-05T18:30", "2026-11-05T20:00")], []),
        (("/Date(1793899800000)/", None, "0"), [("2026-11-05T17:30:00+00:00", None)], []),
        (("2026-11-05 18:30:00", None, "0000-00-00 00:00:00"), [("2026-11-05T18:30", None)], []),
        (("2026-11-05T17:30:00Z", "17h30"), [("2026-11-05T17:30:00Z", None)], []),
        (("05/11/2026", "10h/12h et 14h/16h"), [("2026-11-05T10:00", "2026-11-05T12:00"), ("2026-11-05T14:00", "2026-11-05T16:00")], []),
        (("05/11/2026", "18h30-1945"), [("2026-11-05T18:30", "2026-11-05T19:45")], []),
        (("05/11/2026", "18h30 (2026)"), [("2026-11-05T18:30", None)], ["hour_unreadable"]),
        (("05/11/2026", "2 séances : 10h et 14h"), [("2026-11-05T10:00", None), ("2026-11-05T14:00", None)], []),
        (("05/11/2026", "830"), [("2026-11-05T08:30", None)], []),
        (("05/11/2026", "0900-1230"), [("2026-11-05T09:00", "2026-11-05T12:30")], []),
        (("05/11/2026", "portes 19h30, concert 20h"), [("2026-11-05T20:00", None)], ["hour_unreadable"]),
        (("03/11/2026", "les mardis et jeudis 18h", "11/11/2026"), days_of("2026-11", 3, 5, 10, hours="T18:00"), []),
        (("03/11/2026", "du lundi au vendredi 18h"), [("2026-11-03T18:00", None)], ["hour_unreadable"]),
        (("05/11/2026\n12/11/2026", "18h30\n19h"), [("2026-11-05T18:30", None), ("2026-11-12T19:00", None)], []),
        (("05/11/2026", "18h", None, "plus tard"), [("2026-11-05T18:00", None)], ["hour_unreadable"]),
        (("05/11/2026\n12/11/2026", None, "06/11/2026\n13/11/2026"), [("2026-11-05", "2026-11-06"), ("2026-11-12", "2026-11-13")], []),
        (("05/11/2026\n12/11/2026", None, "06/11/2026"), days_of("2026-11", 5, 12), ["end_unreadable"]),
        (("05/11/2026 18h-20h ; 06/11/2026 18h-20h",), [(f"2026-11-0{n}T18:00", f"2026-11-0{n}T20:00") for n in (5, 6)], []),
        (("05/11/2026", None, "06/11/2026 (ou 7)"), [("2026-11-05", "2026-11-06")], ["date_ambiguous"]),
        (("05/11/2026", "10h et 14h (durée 1h)"), [(f"2026-11-05T{n}:00", f"2026-11-05T{n + 1}:00") for n in (10, 14)], []),
        (("05/11/2026", "ouverture à 10h, fermeture à 18h"), [("2026-11-05T10:00", "2026-11-05T18:00")], []),
        (("05/11/2026", "24h/24"), [("2026-11-05", None)], []),
        (("05/11/2026", "22:00", None, "26h00"), [("2026-11-05T22:00", "2026-11-06T02:00")], []),
        (("05/11/2026\x1ehebdomadaire", "18h", "19/11/2026"), days_of("2026-11", 5, 12, 19, hours="T18:00"), []),
        (("05/11/2026\x1equotidien", "18h", "06/11/2026"), days_of("2026-11", 5, 6, hours="T18:00"), []),
        (("2026-11-05 10:00", None, "2026-11-06 00:00", None, "sans horaire"), [("2026-11-05", "2026-11-06")], []),
        (("05/11/2026", None, None, None, None, "2025"), [("2026-11-05", None)], ["date_ambiguous"]),
        (("5 novembre", None, None, None, None, "26"), [("2026-11-05", None)], []),
        (("05/11/2026", "14h,16h30,18h"), [(f"2026-11-05T{hour}", None) for hour in ("14:00", "16:30", "18:00")], []),
        (("05/11/2026", "10h…12h"), [("2026-11-05T10:00", "2026-11-05T12:00")], []),
        (("05/11/2026", "5/11/2026 18:30"), [("2026-11-05T18:30", None)], []),
        (("05/11/2026", "06/11/2026 18:30"), [("2026-11-05", None)], ["hour_unreadable"]),
        (("05/11", None, "07/11/2026"), [("2026-11-05", "2026-11-07")], []),
        (("28/12", None, "03/01/2027"), [("2026-12-28", "2027-01-03")], []),
        (("du 5 au 6 novembre 2026", "10h", None, "18h"),
         [(f"2026-11-0{n}T10:00", f"2026-11-0{n}T18:00") for n in (5, 6)], ["date_ambiguous"]),
        (("05/11/2026", "10h", "06/11/2026", "18h"), [(f"2026-11-0{n}T10:00", f"2026-11-0{n}T18:00") for n in (5, 6)], ["date_ambiguous"]),
        (("05/11/2026", "dix-huit heures trente"), [("2026-11-05T18:30", None)], []),
        (("05/11/2026", "de neuf heures à vingt et une heures"), [("2026-11-05T09:00", "2026-11-05T21:00")], []),
        (("05/11/2026", "18h", None, "+2h"), [("2026-11-05T18:00", "2026-11-05T20:00")], []),
        (("05/11/2026", "22h30", None, "+ 90 min"), [("2026-11-05T22:30", "2026-11-06T00:00")], []),
        (("du 10 au 12 novembre 2026", "14h"), days_of("2026-11", 10, 11, 12, hours="T14:00"), ["date_ambiguous"]),
        (("05/11/2026", "18/20h"), [("2026-11-05T18:00", "2026-11-05T20:00")], []),
        (("05/11/2026", "14h30 ⇒ 16h"), [("2026-11-05T14:30", "2026-11-05T16:00")], []),
        # lines of a cell are a list
        *((("05/11/2026", hours), [("2026-11-05T10:00", None), ("2026-11-05T14:00", None)], [])
          for hours in ("10h\n14h", "10:00\r\n14:00", "10h<br>14h", "<ul><li>10h</li><li>14h</li></ul>", "- 10h\n- 14h", "10h ; 14h")),
        *((("05/11/2026", hours), [("2026-11-05T10:00", "2026-11-05T14:00")], [])
          for hours in ("10h\nà 14h", "10h à\n14h", "de 10h\n- 14h")),
        *((("05/11/2026", hours), [("2026-11-05T10:00", "2026-11-05T12:00"), ("2026-11-05T14:00", "2026-11-05T16:00")], [])
          for hours in ("10h-12h\n14h-16h", "10h-12h / 14h-16h")),
        (("05/11/2026", "10h<br>14h", None, "12h<br>16h"),
         [("2026-11-05T10:00", "2026-11-05T12:00"), ("2026-11-05T14:00", "2026-11-05T16:00")], []),
        (("05/11/2026", "10h\n14h", "12h\n16h"), [("2026-11-05T10:00", "2026-11-05T12:00"), ("2026-11-05T14:00", "2026-11-05T16:00")], []),
        (("05/11/2026", "10h", "12h\n16h"), [("2026-11-05T10:00", None)], ["end_unreadable"]),
        (("05/11/2026", "10h / 14h"), [("2026-11-05T10:00", None), ("2026-11-05T14:00", None)], ["hour_unreadable"]),
        # the hours of one weekday
        *((("02/11/2026", hours, "07/11/2026"), week_but(day, "10-18", own), []) for hours, day, own in (
            ("10h-18h (17h le vendredi)", 6, "10-17"), ("10h-18h, sauf samedi 10h-17h", 7, "10-17"),
            ("10h-18h (sauf le samedi : 10h-17h)", 7, "10-17"), ("10h-18h, jusqu'à 20h le jeudi", 5, "10-20"),
            ("10h-18h, nocturne le jeudi jusqu'à 20h", 5, "10-20"), ("10:00-18:00 (sauf samedi 17:00)", 7, "10-17"),
            ("10h-18h du lundi au vendredi, 10h-17h le samedi", 7, "10-17"),
        )),
        (("du 2 au 7 novembre 2026 (10h-18h sauf samedi 10h-17h)",), week_but(7, "10-18", "10-17"), []),
        # how many are announced before them
        *(((text,), [(f"2026-11-{day}", None) for day in ("04", "12", "20")], []) for text in (
            "Trois dates : 4, 12 et 20 novembre 2026", "3 dates : 4, 12 et 20 novembre 2026", "Dates : 4/11, 12/11 et 20/11/2026",
            "Trois séances (4, 12 et 20 novembre 2026)", "3 séances les 4, 12 et 20 novembre 2026",
            "3 dates : 4/11/2026\n12/11/2026\n20/11/2026",
            "Cycle de 3 séances : 4, 12 et 20 novembre 2026", "Nos rendez-vous : 4, 12 et 20 novembre 2026",
        )),
        (("Deux dates : 4, 12 et 20 novembre 2026",), days_of("2026-11", 4, 12, 20), ["date_ambiguous"]),
        (("3 jours : du 4 au 6 novembre 2026",), [("2026-11-04", "2026-11-06")], []),
        (("Deux séances : 4 et 12 novembre 2026 à 18h",), days_of("2026-11", 4, 12, hours="T18:00"), []),
        (("05/11/2026", "2 séances (14h et 16h)"), [("2026-11-05T14:00", None), ("2026-11-05T16:00", None)], []),
        # numbered weeks, and their weekdays
        *(((text, None, None, None, None, "2026"), [("2026-11-10", None)], []) for text in (
            "Semaine 46\x1emardi", "mardi\x1eS46", "mardi semaine 46", "mardi de la semaine n° 46", "S46 : mardi", "Semaine 46 (mardi)",
        )),
        *(((text, None, None, None, None, "2026"), [("2026-11-09", "2026-11-22")], []) for text in ("S46-S47", "semaines 46 et 47")),
        (("S46 2026",), [("2026-11-09", "2026-11-15")], []),
        (("S46\x1emardi et jeudi", "18h", None, None, None, "2026"), days_of("2026-11", 10, 12, hours="T18:00"), []),
        (("S46 - mardi 18h", None, None, None, None, "2026"), days_of("2026-11", 10, hours="T18:00"), []),
        (("Semaine 46 du 9 au 13 novembre 2026",), [("2026-11-09", "2026-11-13")], []),
        (("Semaine 47 du 9 au 13 novembre 2026",), [("2026-11-09", "2026-11-13")], ["date_ambiguous"]),
        (("semaine 60", None, None, None, None, "2026"), [], []),
        # days of a span that there is nothing on
        *((("02/11/2026", hours, "13/11/2026"), days_of("2026-11", *days), []) for hours, days in (
            ("tous les jours sauf le lundi", (3, 4, 5, 6, 7, 8, 10, 11, 12, 13)),
            ("du lundi au vendredi", (2, 3, 4, 5, 6, 9, 10, 11, 12, 13)),
            ("du lundi au vendredi, hors jours fériés", (2, 3, 4, 5, 6, 9, 10, 12, 13)), ("le week-end", (7, 8)),
        )),
        *((("02/11/2026", hours, "13/11/2026"),
           [(f"2026-11-{n:02}T09:00", f"2026-11-{n:02}T17:00") for n in range(2, 14) if n not in closed], []) for hours, closed in (
            ("9h-17h sauf le 11", (11,)), ("9h-17h sauf le 11 novembre", (11,)), ("9h-17h (sauf le 11 et le 12)", (11, 12)),
            ("9h-17h hors jours fériés", (11,)), ("9h-17h sauf dimanches et jours fériés", (8, 11)),
            ("9h-17h, fermé les jours fériés", (11,)),
        )),
        *(((f"du 2 au 13 novembre 2026{words}",), [("2026-11-02", "2026-11-13")], []) for words in (
            " y compris le week-end", " (week-ends compris)", ", samedis et dimanches inclus", ", y compris dimanches et jours fériés",
            " inclus",
        )),
        (("du lundi 2 au samedi 7 novembre 2026 inclus",), [("2026-11-02", "2026-11-07")], []),
        (("du 2 au 9 novembre 2026, du lundi au samedi inclus",), days_of("2026-11", 2, 3, 4, 5, 6, 7, 9), []),
        (("02/11/2026", "tous les jours", "13/11/2026"), [("2026-11-02", "2026-11-13")], []),
        (("02/11/2026\x1etous les jours sauf le lundi", None, "06/11/2026"), days_of("2026-11", 3, 4, 5, 6), []),
        (("02/11/2026\x1esauf le 4", None, "06/11/2026"), days_of("2026-11", 2, 3, 5, 6), []),
        (("les 4, 11 et 18 novembre 2026 hors jours fériés",), days_of("2026-11", 4, 18), []),
        (("05/11/2026", "9h-17h sauf le 11 novembre"), [("2026-11-05T09:00", "2026-11-05T17:00")], ["hour_unreadable"]),
        (("du 2 au 9 novembre 2026, sauf samedi, dimanche et le 4",), days_of("2026-11", 2, 3, 5, 6, 9), []),
        (("du 2 au 9 novembre 2026, sauf samedi 7 et dimanche 8",), days_of("2026-11", 2, 3, 4, 5, 6, 9), []),
        (("du 2 au 5 novembre 2026 (sauf 4)",), days_of("2026-11", 2, 3, 5), []),
        (("du 2 au 13 novembre 2026 (ouvert le 11)",), [("2026-11-02", "2026-11-13")], ["date_ambiguous"]),
        (("du 2 au 13 novembre 2026, le 11 de 20h à 22h",),
         [("2026-11-02", "2026-11-13"), ("2026-11-11T20:00", "2026-11-11T22:00")], ["date_ambiguous"]),
        (("02/11/2026 sauf le lundi",), days_of("2026-11", 2), ["date_ambiguous"]),
        # words for nothing, and for what is still to come
        *((("05/11/2026", word, word, word), [("2026-11-05", None)], [])
          for word in ("NULL", "nan", "N/A", "n. c.", "—", "NaT", "sans objet")),
        *((("05/11/2026", word), [("2026-11-05", None)], ["hour_unreadable"])
          for word in ("?", "à préciser", "Horaire à venir", "TBC", "#REF!")),
        (("05/11/2026", "18h", "à préciser", "#N/A"), [("2026-11-05T18:00", None)], ["end_unreadable", "hour_unreadable"]),
        (("NULL\x1e05/11/2026", "18h"), [("2026-11-05T18:00", None)], []),
        (("05/11/2026", "18h", None, None, "NaN"), [("2026-11-05T18:00", None)], []),
        (("05/11/2026", "18h", None, None, "à préciser"), [("2026-11-05T18:00", None)], ["value_not_understood"]),
        # an hour that is rather a length, or an end
        (("05/11/2026", "2h"), [("2026-11-05", None)], ["hour_unreadable"]),
        (("05/11/2026", "2h", None, "4h"), [("2026-11-05T02:00", "2026-11-05T04:00")], []),
        (("05/11/2026", "- 20:30"), [("2026-11-05T20:30", None)], ["hour_unreadable"]),
        (("05/11/2026", "→ 20h"), [("2026-11-05T20:00", None)], ["hour_unreadable"]),
    ],
)  # fmt: skip
def test_columns_are_understood_or_told(cells: tuple[str | None, ...], sessions: list[Any], kinds: list[str]) -> None:
    spans, notes = date_fields.span(None, *cells)
    assert (spans, [kind for kind, _ in notes]) == (sessions, kinds)


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2014, "04-21 05-29 06-09"),
        (2024, "04-01 05-09 05-20"),
        (2026, "04-06 05-14 05-25"),
    ],  # as service-public.fr lists them
)
def test_holidays_that_follow_easter(year: int, days: str) -> None:
    fixed = {"01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"}
    of_year = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [f"{day:%m-%d}" for day in of_year if is_holiday(day) and f"{day:%m-%d}" not in fixed] == days.split()


def test_sessions_that_are_not_iso_are_told() -> None:
    slots = "2026-11-05T18:00+01:00 -> 2026-11-05T20:00+01:00 | demain"
    assert date_fields.span(slots, None) == (
        [("2026-11-05T18:00:00+01:00", "2026-11-05T20:00:00+01:00")],
        [("date_ambiguous", "demain")],
    )
    assert date_fields.span("5/11/2026 14h | 12/11/2026 15h", None) == (
        [("2026-11-05T14:00", None), ("2026-11-12T15:00", None)],
        [],
    )
    assert date_fields.span("demain", "05/11/2026") == ([("2026-11-05", None)], [("date_ambiguous", "demain")])
    portal = '[{"begin": "2026-11-05T18:00:00+01:00", "end": "2026-11-05T20:00:00+01:00"}]'
    assert date_fields.span(portal, None) == ([("2026-11-05T18:00:00+01:00", "2026-11-05T20:00:00+01:00")], [])


@pytest.mark.parametrize(
    ("hours", "ends"),
    [
        ("20h à 18h", "2026-11-05T18:00"),  # before it begins: the checks tell it
        ("9h - 5h", "2026-11-05T05:00"),
        ("18h - 8h", "2026-11-05T08:00"),
        ("20h - 1h30", "2026-11-06T01:30"),
        ("20h à 8h", "2026-11-06T08:00"),
        ("10h - minuit", "2026-11-06T00:00"),
    ],
)
def test_only_a_night_ends_on_the_next_day(hours: str, ends: str) -> None:
    assert date_fields.span(None, "05/11/2026", hours)[0][0][1] == ends
    assert date_fields.read(f"5 novembre 2026 {hours}")[0][1] == ends
    first, last = hours.replace("à", "-").split("-")
    assert date_fields.span(None, "05/11/2026", first, None, last)[0][0][1] == ends


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("25 octobre 2026 à 10h56", "2026-10-25T10:56"),
        ("25/10/26 10:56", "2026-10-25T10:56"),
        ("46320,4555556", "2026-10-25T10:56"),
        ("25 octobre 2026", "2026-10-25"),
        ("25 octobre 2026 vers 10h56", None),
        ("du 25 au 26 octobre 2026", None),
        ("hier", None),
    ],
)
def test_the_moment_of_a_registration(text: str, moment: str | None) -> None:
    assert date_fields.moment(text) == moment


def test_borrows_the_year_of_its_column() -> None:
    assert date_fields.read("5 novembre à 18h", 2014) == [("2014-11-05T18:00", None)]
    assert date_fields.span(None, "5 novembre", year="Édition 2014") == ([("2014-11-05", None)], [])


@pytest.mark.parametrize(
    ("cells", "sessions"),
    [
        ((None, "05/11/2014", "18h30", None, "20h"), [("2014-11-05T18:30", "2014-11-05T20:00")]),
        ((None, "05/11/2014", "18h30-20h", None, None), [("2014-11-05T18:30", "2014-11-05T20:00")]),
        ((None, "05/11/2014", "22h", None, "2h"), [("2014-11-05T22:00", "2014-11-06T02:00")]),
        (
            (None, "07/11/2014", "9h", "08/11/2014", "17h"),
            [("2014-11-07T09:00", "2014-11-07T17:00"), ("2014-11-08T09:00", "2014-11-08T17:00")],
        ),
        ((None, "07/11/2014", "20h", "08/11/2014", "17h"), [("2014-11-07T20:00", "2014-11-08T17:00")]),
        ((None, "07/11/2014", None, "08/11/2014", None), [("2014-11-07", "2014-11-08")]),
        ((None, "07/11/2014 9h", None, "12h", None), [("2014-11-07T09:00", "2014-11-07T12:00")]),
        ((None, "05/11/2014\n12/11/2014", "18h", None, None), [("2014-11-05T18:00", None), ("2014-11-12T18:00", None)]),
        (
            ("2014-11-05T18:00:00+01:00 -> 2014-11-05T20:00:00+01:00 | 2014-11-06 -> 2014-11-07", None),
            [("2014-11-05T18:00:00+01:00", "2014-11-05T20:00:00+01:00"), ("2014-11-06", "2014-11-07")],
        ),
        ((None, "12/11/2014", None, "jusqu'au 30 novembre"), [("2014-11-12", "2014-11-30")]),
        ((None, "12/11/2014", "18h", None, "jusqu’à 20h"), [("2014-11-12T18:00", "2014-11-12T20:00")]),
        ((None, "12/11/2014", "PT18H30M00S", None, "PT20H"), [("2014-11-12T18:30", "2014-11-12T20:00")]),
        ((None, "12/11/2014", "PT0012H00M00S"), [("2014-11-12T12:00", None)]),
        ((None, "Semaine 46", None, None, None, None, "2014"), [("2014-11-10", "2014-11-16")]),
        ((None, "2014-11-05T18:30", None, None, "2014-11-05:20:00:00"), [("2014-11-05T18:30", "2014-11-05T20:00")]),
        ((None, "S46"), []),  # of which year?
        ((None, "2014"), []),
        ((None, "05/11/2014 ; bientôt"), []),
    ],
)
def test_spans_of_several_cells(cells: tuple[str | None, ...], sessions: list[tuple[str, str | None]]) -> None:
    assert date_fields.span(*cells)[0] == sessions


def test_an_end_that_cannot_be_read_is_told() -> None:
    assert date_fields.span(None, "05/11/2014", None, "tard") == (
        [("2014-11-05", None)],
        [("end_unreadable", "tard")],
    )


@given(days, hours)
def test_every_spelling_of_a_moment_is_the_same_moment(day: date, hour: time) -> None:
    wanted = [(datetime.combine(day, hour).isoformat(timespec="minutes"), None)]
    clock = f"{hour.hour}h{hour.minute:02}"
    assert date_fields.read(f"{day.day} {MONTHS[day.month - 1]} {day.year} à {clock}") == wanted
    assert date_fields.read(f"{day:%d/%m/%Y} {clock}") == wanted
    assert date_fields.read(f"{day:%d-%m-%Y} {hour:%H:%M}") == wanted
    spans, notes = date_fields.span(None, f"{day:%d/%m/%Y}", clock)
    if 1 <= hour.hour <= 4:  # « 2h30 » in a cell of its own: an hour of the night, or a length?
        assert (spans, notes) == ([(day.isoformat(), None)], [("hour_unreadable", clock)])
    else:
        assert (spans, notes) == (wanted, [])


@given(days, some.integers(0, 60))
def test_ranges_keep_their_days(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    text = f"du {first.day} {MONTHS[first.month - 1]} {first.year} au {last.day} {MONTHS[last.month - 1]} {last.year}"
    assert date_fields.read(text) == [(first.isoformat(), last.isoformat())]


@given(some.text(max_size=60))
def test_any_text_is_read_or_not_but_never_fails(text: str) -> None:
    for begins, ends in date_fields.read(text):
        assert datetime.fromisoformat(begins)
        assert ends is None or datetime.fromisoformat(ends)


@given(some.text("{}[]():,'\"1a -", max_size=30))
def test_any_list_or_object_is_read_or_not_but_never_fails(inner: str) -> None:
    for text in (f"{{{inner}}}", f"[{inner}]"):
        assert isinstance(date_fields.span(None, text), tuple)


@pytest.mark.parametrize("text", ["{[1]: 2}", "{{}}", "[" * 3000, '{"a":' * 3000])
def test_what_no_program_writes_is_no_date(text: str) -> None:
    assert date_fields.span(None, text)[0] == []


@pytest.mark.parametrize("zone", ["UTC+99", "GMT+15", "(UTC-15)", "+1500"])
def test_a_zone_that_is_none_moves_no_event(zone: str) -> None:
    ((begins, ends),), notes = date_fields.span(None, f"05/11/2026 18:30 {zone}")
    assert (begins, ends) == ("2026-11-05T18:30", None)
    assert notes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("du 3 novembre 2026 à 14 h au 5 à 18 h", [("2026-11-03T14:00", "2026-11-05T18:00")]),
        ("du 3 nov. 2026, 14h, au 5, 18h", [("2026-11-03T14:00", "2026-11-05T18:00")]),
        ("3 novembre 2026 de 14h au 18h", [("2026-11-03T14:00", "2026-11-03T18:00")]),
        ("3 novembre 2026 18.30-20.00", [("2026-11-03T18:30", "2026-11-03T20:00")]),
        ("2026-11-03 14:00:00.000", [("2026-11-03T14:00", None)]),
        ("2026-11-03 18:30:00+01", [("2026-11-03T18:30:00+01", None)]),
        ("3 novembre 2026 (mardi)", [("2026-11-03", None)]),
        ("du 3 au 5 novembre 2026 inclus", [("2026-11-03", "2026-11-05")]),
        ("1793718000", [("2026-11-03T15:00:00+00:00", None)]),
        ("semaine 46 2014", [("2014-11-10", "2014-11-16")]),
        ("2014-11-26/28", [("2014-11-26", "2014-11-28")]),
        ("2014-11-26/12-02", [("2014-11-26", "2014-12-02")]),
        ("7 novembre\n2014\nde 21h\nà 23h", [("2014-11-07T21:00", "2014-11-07T23:00")]),
        ("Semaine n° 47 de 2014", [("2014-11-17", "2014-11-23")]),
        ("semaine 47 (2014)", [("2014-11-17", "2014-11-23")]),
        ("05/11/2014 / 12/11/2014", [("2014-11-05", None), ("2014-11-12", None)]),
        ("2014 11 25", [("2014-11-25", None)]),
        ("2014 11 05 18h30", [("2014-11-05T18:30", None)]),
        ("2014:11:06 10:30:45", [("2014-11-06T10:30", None)]),
        ("November 17,2014", [("2014-11-17", None)]),
        ("Nov 8,2014 at 8:21AM", [("2014-11-08T08:21", None)]),
        (
            "du 3 au 7 novembre 2014 sauf mardi et jeudi de 10h à 12h",
            [(f"2014-11-0{day}T10:00", f"2014-11-0{day}T12:00") for day in (3, 5, 7)],
        ),
        ("semaine du 3 au 7 novembre 2014", [("2014-11-03", "2014-11-07")]),
        ("le week-end des 8 et 9 novembre 2014", [("2014-11-08", None), ("2014-11-09", None)]),
        ("Jour 1 : mardi 4 novembre 2014, Jour 2 : 5 novembre 2014", [("2014-11-04", None), ("2014-11-05", None)]),
        (
            "J1 04/11/2014 9h-17h, J2 05/11/2014 9h-12h",
            [("2014-11-04T09:00", "2014-11-04T17:00"), ("2014-11-05T09:00", "2014-11-05T12:00")],
        ),
        ("3 mar 2014", [("2014-03-03", None)]),
        (
            "Ouvert du mardi au jeudi, du 3 au 6 novembre 2014",
            [("2014-11-04", None), ("2014-11-05", None), ("2014-11-06", None)],
        ),
        *(
            (
                f"du 6 au 8 novembre 2014 : {hours}",
                [
                    (f"2014-11-0{day}T09:00", f"2014-11-0{day}T{ends}")
                    for day, ends in ((6, "17:00"), (7, "17:00"), (8, "12:00"))
                ],
            )
            for hours in ("9h-17h (jeudi, vendredi), 9h-12h (samedi)", "9h-17h jeudi et vendredi, 9h-12h samedi")
        ),
        (
            "du 3 au 5 novembre 2014 sauf le 4 de 9h à 17h",
            [(f"2014-11-0{day}T09:00", f"2014-11-0{day}T17:00") for day in (3, 5)],
        ),
    ],
)
def test_all_of_a_text_is_understood(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert date_fields.span(None, text) == (expected, [])


def test_days_left_out_before_the_days_they_are_left_out_of() -> None:
    spans, notes = date_fields.span(None, "tous les jours sauf lundi du 3 au 15 novembre 2026")
    assert ([begins for begins, _ in spans], notes) == ([f"2026-11-{n:02}" for n in range(3, 16) if n != 9], [])


@pytest.mark.parametrize(
    ("begins", "ends", "is_told"),
    [
        ("2026-11-03T18:00", "2026-11-07T20:00", False),
        ("2026-11-03", "2026-11-07", False),
        ("3 novembre 2026", "7 novembre 2026", False),
        ("2026-11-03T00:00:00", "2026-11-07T23:59:59", False),
        ("2026-11-03", "2026-11-08T00:00:00", False),
        ("2026-11-03T17:00:00Z", "2026-11-07T19:00:00Z", False),
        ("2026-11-05T18:00", "2026-11-05T20:00", False),  # the next one
        ("2026-11-05", None, False),
        (None, "2026-11-07T20:00", False),
        ("2026-11-01", "2026-11-07", True),
        ("2026-11-03", "2026-11-30", True),
        ("2026-11-03T10:00", None, True),
        ("2026-11-03T18:00", "2026-11-07T22:00", True),
        ("2026-11-05", "2026-11-06", True),
        ("12 novembre 2026", None, True),
    ],
)
def test_dates_beside_sessions_are_told_where_these_are_not_within_them(
    begins: str | None, ends: str | None, *, is_told: bool
) -> None:
    slots = " | ".join(f"2026-11-0{day}T18:00 -> 2026-11-0{day}T20:00" for day in (5, 3, 7))
    spans, notes = date_fields.span(slots, begins, None, ends)
    assert len(spans) == 3
    assert notes == [("date_ambiguous", " -> ".join(filter(None, (begins, ends))))] * is_told


@pytest.mark.parametrize(
    ("slots", "begins", "is_told"),
    [
        ("2026-11-03T17:00:00+00:00", "2026-11-03T18:00:00+01:00", False),
        ("2026-11-03T18:00:00+00:00", "2026-11-03T18:00:00+01:00", True),
        ("2026-11-03T17:00:00+00:00", "2026-11-03 18:00", False),
        ("2026-11-03", "2026-11-03T18:00", True),
        ("2026-11-31T17:00", "2026-11-05", False),  # no day: rejected for itself
    ],
)
def test_sessions_and_dates_of_different_zones(slots: str, begins: str, *, is_told: bool) -> None:
    assert date_fields.span(slots, begins)[1] == [("date_ambiguous", begins)] * is_told


@pytest.mark.parametrize(
    ("cells", "expected", "details"),
    [
        # begins, its hour, ends, its hour
        (("3 novembre 2026", "14h et 18h", None, "16h et 20h"), ["14:00-16:00", "18:00-20:00"], []),
        (("3 novembre 2026", "14h et 18h", None, "20h"), ["14:00-", "18:00-"], ["20h"]),
        (("3 novembre 2026", "18h-20h", None, "20h"), ["18:00-20:00"], []),
        (("3 novembre 2026", "18h-20h", None, "21h"), ["18:00-20:00"], ["21h"]),
        (("3 novembre 2026 18h", "19h", None, None), ["18:00-"], ["19h"]),
        (("3 novembre 2026 14h-16h", None, "18h", None), ["14:00-16:00"], ["18h"]),
        (("3 novembre 2026", None, "fin à 20h", None), ["-"], ["fin à 20h"]),
        (("2026-11-03 00:00:00", "18h", "2026-11-03 00:00:00", "20h"), ["18:00-20:00"], []),
        (("2026-11-03", "1899-12-30 18:30:00", None, "1899-12-30 20:00:00"), ["18:30-20:00"], []),
        (("2026-11-03", "2026-11-03 18:30", None, None), ["18:30-"], []),
        (("2026-11-03", "2026-11-04 18:30", None, None), ["-"], ["2026-11-04"]),
        (("3 novembre 2026", "1430", None, "1600"), ["14:30-16:00"], []),
        (("5 novembre 2026", "20h", "3 novembre 2026", None), ["20:00-"], ["3 novembre 2026"]),
    ],
)
def test_cells_that_contradict_each_other_are_told(
    cells: tuple[str, str | None, str | None, str | None], expected: list[str], details: list[str]
) -> None:
    spans, notes = date_fields.span(None, *cells)
    assert [f"{begins[11:]}-{(ends or '')[11:]}" for begins, ends in spans] == expected
    assert [detail for _, detail in notes] == details


@pytest.mark.parametrize(
    ("hours", "read", "details"),
    [
        ("14h, 1h30", ["14:00-15:30"], []),
        ("18h30 (2 heures)", ["18:30-20:30"], []),
        ("14h + 1h30", ["14:00-15:30"], []),
        ("14h30 (45 min)", ["14:30-15:15"], []),
        ("14h30 - 90 min", ["14:30-16:00"], []),
        ("14h - 1h30", ["14:00"], ["- 1h30"]),
        ("20h - 2h", ["20:00-02:00"], []),
        ("18h30, 20h30", ["18:30", "20:30"], []),
        ("18h30 - 5 €", ["18:30"], ["5 €"]),
        ("18h30, 12 pers. max", ["18:30"], ["12 pers max"]),
        ("9h-12h; 14h-17h", ["09:00-12:00", "14:00-17:00"], []),
        ("9h-12h 14h-17h", ["09:00-12:00", "14:00-17:00"], []),
        ("matin : 9h-12h, après-midi : 14h-17h", ["09:00-12:00", "14:00-17:00"], []),
        ("matin", [""], ["matin"]),
        ("accueil à 8h30, début à 9h", ["09:00"], ["accueil 8h30"]),
        ("18 : 30", ["18:30"], []),
        ("18 h. 30", ["18:30"], []),
        ("18:30 h - 20:00 h", ["18:30-20:00"], []),
        ("le 6 à 10h", ["10:00"], ["6"]),
        ("8h30 du soir à 10h du soir", ["20:30-22:00"], []),
        ("de 9h du matin à 5h de l'après-midi", ["09:00-17:00"], []),
        ("8h et demie du soir", ["20:30"], []),
        ("14h du matin à 16h", ["14:00"], ["matin 16h"]),
        ("séance du matin 9h-12h", ["09:00-12:00"], []),
        ("de quatorze à seize heures", ["14:00-16:00"], []),
        ("14.0", ["14:00"], []),
        ("9,0", ["09:00"], []),
        ("18.3", ["18:30"], []),
        ("18,45", ["18:45"], []),
        ("18.5", [""], ["18 5"]),  # a half, or fifty
        ("18,25", [""], ["18 25"]),
        ("deux à trois heures", ["03:00"], ["deux"]),  # a length, or an hour
        ("9h-12h30 - 14h-17h30", ["09:00-12:30", "14:00-17:30"], []),
        ("9h-12h30 - 11h-17h30", ["09:00-12:30"], ["11h 17h30"]),
        ("18h30 - 20h00 (1h30)", ["18:30-20:00"], []),
        ("18h30 - 20h00 (90 min)", ["18:30-20:00"], []),
        ("18h30 - 20h00 (durée 2h)", ["18:30-20:00"], ["2h"]),
        ("à 14h pour une durée de 2 heures", ["14:00-16:00"], []),
        ("de 14 à 16 et de 18 à 20 heures", ["14:00-16:00", "18:00-20:00"], []),
    ],
)
def test_hours_with_what_stands_beside_them(hours: str, read: list[str], details: list[str]) -> None:
    sessions, notes = date_fields.span(None, "05/11/2014", hours)
    assert ["-".join(moment[11:16] for moment in session if moment) for session in sessions] == read
    assert [detail for _, detail in notes] == details


@pytest.mark.parametrize(
    ("text", "read", "left"),
    [
        ("00/11/2014", [], ""),
        ("3,4,5 nov. 2014", ["2014-11-03", "2014-11-04", "2014-11-05"], ""),
        ("5 novenbre 2014", ["2014-11-05"], ""),
        ("12 setembre 2014", ["2014-09-12"], ""),
        ("Novembre : 5, 12, 19 (2014)", ["2014-11-05", "2014-11-12", "2014-11-19"], ""),
        ("2014 : 5 novembre", ["2014-11-05"], ""),
        ("entre le 5 et le 7 novembre 2014", ["2014-11-05", "2014-11-07"], ""),
        ("5 ou 6 novembre 2014", ["2014-11-05", "2014-11-06"], "ou"),
        ("05/11/2014 mercredi", ["2014-11-05"], ""),
        ("05/11/2014 mardi", ["2014-11-05"], "mardi"),
        ("5 novembre 2014 (inscription avant le 1er novembre)", ["2014-11-05"], "inscription avant 1er novembre"),
        ("05/11/2014 18:30 / 05/11/2014 20:00", ["2014-11-05T18:30", "2014-11-05T20:00"], ""),
        ("2014-11-05T18:30/2014-11-05T20:00", ["2014-11-05T18:30", "2014-11-05T20:00"], ""),
        ("05/11/2014 07/11/2014", ["2014-11-05", "2014-11-07"], "05/11/2014 07/11/2014"),
        ("05/11/201407/11/2014", ["2014-11-05", "2014-11-07"], "05/11/2014 07/11/2014"),
        *((text, ["2014-11-04", "2014-11-12", "2014-11-20"], "") for text in (
            "4 12 20 novembre 2014", "04/11/2014 12/11/2014 20/11/2014", "04/11/201412/11/201420/11/2014", "4/11 12/11 20/11/2014",
            "2014-11-04 2014-11-12 2014-11-20", "mardi 4 mercredi 12 jeudi 20 novembre 2014", "4 nov. 2014 12 nov. 2014 20 nov. 2014",
        )),
        ("5 nov. 2014 (mardi), 6 nov. 2014 (jeudi)", ["2014-11-05", "2014-11-06"], "mardi"),
        ("4 nov. 2014 (mardi), 6 nov. 2014", ["2014-11-04", "2014-11-06"], ""),
        ("05/11/2014 14h ~ 16h", ["2014-11-05T14:00", "2014-11-05T16:00"], ""),
        (
            "November 5, 2014 10:00 AM (GMT+1) → 12:00 PM",
            ["2014-11-05T10:00:00+01:00", "2014-11-05T12:00:00+01:00"],
            "",
        ),
        ("le 5 novembre 2014 à Rennes et le 7 à Brest", ["2014-11-05", "2014-11-07"], "rennes brest"),
        ("inscription avant le 1er novembre, atelier le 5 novembre 2014", ["2014-11-05"], "inscription atelier"),
        ("lun 03/11 mar 04/11/2014", ["2014-11-03", "2014-11-04"], "03/11 04/11/2014"),  # a beginning and an end, or two days
        ("05/11/2014 (GMT+1)", ["2014-11-05"], "gmt+1"),  # of a day without an hour, a zone says nothing
    ],
)  # fmt: skip
def test_days_with_what_stands_beside_them(text: str, read: list[str], left: str) -> None:
    sessions, rest = date_text.parse(text)
    assert [moment.iso for session in sessions for moment in session if moment] == read
    assert rest == left
    if "20:00" in text or text.startswith("entre"):
        assert len(sessions) == 1  # a beginning and an end
    if "Rennes" in text:
        assert len(sessions) == 2


@pytest.mark.parametrize(
    ("text", "begins", "left"),
    [
        ("3/11/2026 18h / 2h", "2026-11-03T18:00", "/ 2h"),  # an hour and a length, or an end in the night
        ("3/11/2026 ?", "2026-11-03", "?"),
        ("~ 3/11/2026", "2026-11-03", "~"),
        ("tous les 15 jours à partir du 3 novembre 2026", "2026-11-03", "tous les 15 jours partir"),
        ("3 novembre 2026 18:30+01:00", "2026-11-03T18:30", "utc+1"),
        ("3 novembre 2026 (14h) ou 5 novembre (9h)", "2026-11-03T14:00", "ou"),
    ],
)
def test_what_may_be_read_otherwise_is_left(text: str, begins: str, left: str) -> None:
    sessions, rest = date_text.parse(text)
    assert (sessions[0][0].iso, sessions[0][1]) == (begins, None)
    assert rest == left
