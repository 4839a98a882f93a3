"""Texts about days and hours as the grammar reads them: without typography, their words of numbers as figures, their slips mended."""

import html
import re
import unicodedata
from typing import Final

from campaign.intake.dates import date_exceptions, date_numbers, date_weeks

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january januar",
            "fevrier fevr fev february feb februar",
            "mars mar march marz",
            "avril avr april apr",
            "mai may",
            "juin jun june juni",
            "juillet juil jul july juli",
            "aout aou august aug",
            "septembre sept sep september",
            "octobre oct october oktober okt",
            "novembre nov november",
            "decembre dec december dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            "lundi lun monday mon montag",
            "mardi mar tuesday tue tues dienstag",
            "mercredi mer wednesday wed mittwoch",
            "jeudi jeu thursday thu thur thurs donnerstag",
            "vendredi ven friday fri freitag",
            "samedi sam saturday sat samstag",
            "dimanche dim sunday sun sonntag",
        )
    )
    for name in names.split()
}
_DAY_NAMES: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_OF_TWO_LETTERS: Final = {name[:2]: name for name in _DAY_NAMES}
_TWO_LETTERS: Final = re.compile(  # « Ma 03/11 », « je. 5 novembre », not « ma 3e visite »
    r"(?i)(?<![\w'])(lu|ma|me|je|ve|sa|di)\.?(?=\s?\d{1,2}(?:er)?\s?(?:[/.]\s?\d|(?:janv|f[ée]v|mars|avr|mai|juin|juil|ao[ûu]|sept|oct|nov|d[ée]c)))"
)
_MARDI: Final = re.compile(  # « lun 02/11 mar 03/11 », not « 12 mar 14/15h »
    r"(?:(?<!\d )|(?<=/\d )|(?<=/\d\d )|(?<=/\d{4} ))\bmar\.? (?=\d{1,2}/\d{1,2}\b(?! ?h))"
)
_ARROWS: Final = str.maketrans(dict.fromkeys("⇒⟶➔➜➝➞►▶", "→"))
MIDNIGHT: Final = "24h00"  # what « minuit » is read as
MONTH: Final = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
WEEKDAY: Final = "(?:" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + ")"
_EXCEPTIONS: Final = date_exceptions.Exceptions(WEEKDAY)
_LONG_MONTHS: Final = ("janvier", "fevrier", "juillet", "septembre", "octobre", "novembre", "decembre")
_PART_OF_DAY: Final = (  # before an hour that says it too: « matin : 9h-12h », « l'après-midi de 14h à 17h »
    r"(?<!h du )(?<!h\d\d du )(?<!heures du )(?<!h de )(?<!h\d\d de )(?<!heures de )"  # « 14h du matin à 16h » is none
    r"\b(?:le |l'|en )?(?:matinee|matin|apresmidi|soiree|soir)\s*:?\s*(?=\(?(?:(?:de|a|des)\s+)?\d{1,2}\s*(?:h\b|h\d|:\d|heures?))"
)
_OTHER_PART: Final = (  # after a dash: « matin : 10h-12h - après-midi : 14h-16h »
    r"(?<=\d|h)\s?-\s?(?=(?:le |l'|en )?(?:matin|apresmidi|soir)\s?:)"
)
_DAY_IN_WORDS: Final = re.compile(  # « le cinq novembre »
    rf"(?<![\d-])(?<!\d\s)\b({date_numbers.DAY_IN_WORDS})\s(?=(?:{'|'.join(_LONG_MONTHS)}|mars|avril|mai|juin|aout)\b)"
)
_LENGTH_OF: Final = (  # « 18h30 - 2h30 de débat »
    r"(?<=[\dh])\s?[-,+]\s?([1-5]h(?:[0-5]\d)?) (?:de|d')\s?(?!\d|(?:le |la |l')?(?:matin|apresmidi|soir|nuit))[a-z]+"
)
_OPENING_HOURS: Final = re.compile(  # « ouverture à 10h, fermeture à 18h »
    r"\bouverture (?:des portes )?:?\s?(?:a )?(\d{1,2} ?[h:](?: ?[0-5]\d)?)[ ,;.-]*(?:et )?fermeture (?:des portes )?:?\s?(?:a )?"
    r"(\d{1,2} ?[h:](?: ?[0-5]\d)?)"
)
_TURNED_HOURS: Final = re.compile(  # « 20h30 le mercredi, 15h le dimanche »
    rf"((?:de )?\d{{1,2}} ?[h:](?: ?[0-5]\d)?(?: ?(?:-|a|/) ?\d{{1,2}} ?[h:](?: ?[0-5]\d)?)?) les? ({WEEKDAY}s?)\b(?! ?\d)"
)
_TURNED_LIST: Final = re.compile(  # « 9h-17h (jeudi, vendredi), 9h-12h samedi »
    rf"(\d{{1,2}} ?[h:](?: ?[0-5]\d)? ?(?:-|a|/) ?\d{{1,2}} ?[h:](?: ?[0-5]\d)?),? ?"
    rf"\(?((?:les? |du )?{WEEKDAY}s?(?:(?: ?[,&-] ?| et | au )(?:les? )?{WEEKDAY}s?)*)\b\)?(?! ?:| ?\d)"
)
_TURNED_DAYS: Final = re.compile(  # « lundi 14h-18h et mardi 10h-12h, du 3 au 16 novembre 2026 »
    rf"(\D*\b{WEEKDAY}s?\b.*?[h:\d])[ ,;(]*(\b(?:du|from) (?:{WEEKDAY} )?\d{{1,2}}\b.* (?:au|to) .*?)\)?"
)
_NONE_ON: Final = re.compile(  # « pas de séance le 20/11 », « sans séance le mercredi »
    rf"(?<!-)\b(?:(?:il n'y a |il n'y aura )?pas|sans|aucune?) (?:de |d')?(?:(?!avant|apres|plus)\w+ )?"
    rf"(?=les? (?:{WEEKDAY}s?\b|\d{{1,2}}\b(?! ?[:h])))"
)
_DATE: Final = rf"\d{{1,2}}(?:er)?(?:[/.]\d{{1,2}}[/.]\d{{2,4}}| {MONTH}(?: (?:19|20)\d\d)?)"
_WRITTEN_ON: Final = re.compile(  # « mis en ligne le 3 octobre 2014, a lieu le 5 novembre »: not the event's, where another day follows
    r"(?:\b(?:publie|poste|actualise|modifie|saisi|cree|annonce|diffuse)e?s?|\bmis(?:e? en ligne|e? a jour)|\bmaj)(?: :)?(?: le)?"
    rf" (?:{WEEKDAY} )?{_DATE}(?: a \d{{1,2}} ?[h:](?: ?[0-5]\d)?)?[\s.,;:)-]+(?:(?:a|aura|ont|auront) lieu )?"
    rf"(?=.*?(?:\d[/.-]\d|\d (?:{MONTH})))"
)
_REGISTER_BY: Final = re.compile(  # « inscription avant le 1er novembre, atelier le 3 »: not the event's day, where another follows
    rf"\b(inscriptions?)\b[^,;.()\d]{{0,30}}\b(?:avant|jusqu'au|au plus tard|limite ?:?)(?: le)? (?:{WEEKDAY} )?{_DATE}"
    rf"(?: a \d{{1,2}} ?[h:](?: ?[0-5]\d)?)?[\s.,;:)-]+(?=.*?(?:\d[/.-]\d|\d (?:{MONTH})))"
)
_TWO_RANGES: Final = re.compile(  # « de 14 à 16 et de 18 à 20 heures »
    r"\bde (\d{1,2}) a (\d{1,2})(,| et| puis) de (?=\d{1,2} a \d{1,2} ?h)"
)
_NUMBERED_DAYS: Final = re.compile(  # « J1 : 03/11 9h-17h, J2 : 04/11 », « Jour 1 : mardi 3 novembre »
    rf"\b(?:jour |j)[1-9](?: ?[:-])? (?=(?:le )?(?:{WEEKDAY} )?\d{{1,2}}(?:er)?[/. ]\w)"
)
_COUNTED: Final = {"2": 2, "deux": 2, "3": 3, "trois": 3}
_RANKS: Final = ("premier", "deuxieme", "troisieme")
_FIRST_OF_MONTH: Final = re.compile(
    rf"\b({'|'.join(_COUNTED)}) premiers (?=(?:{'|'.join(_DAY_NAMES)})s\b)"
)  # « les 3 premiers mardis »
_COUNT_OF_DAYS: Final = re.compile(  # « les 3 mardis »: how many, no day
    rf"\b([2-5]) (?=(?:derniers )?(?:{'|'.join(_DAY_NAMES)})s\b)"
)
_SHORT: Final = _OF_TWO_LETTERS | dict(
    zip(("mo", "tu", "we", "th", "fr", "su"), (*_DAY_NAMES[:5], "dimanche"), strict=True)
)
_SHORT_PAIR: Final = re.compile(
    rf"\b({'|'.join(_SHORT)})\.?( ?- ?| au | a )({'|'.join(_SHORT)})\b\.?"
)  # « Lu - Sa », « Mo-Fr »
_CLOSED_ON: Final = re.compile(rf"[ ,;/]*\b({WEEKDAY})s? ?: ?fermee?s?\b")  # « samedi : fermé »
_SAID_AGAIN: Final = re.compile(  # what hours say without it: « 10h-19h non stop », « deux séances : 14h et 16h »
    r"\(?\b(?:non[ -]stop|sans interruption|en continu)\b\)?"
    r"|\b(?:deux|trois|quatre|[2-4]) (?:seances|representations|sessions|creneaux|departs) ?(?:: ?|a )(?=\d{1,2} ?h)"
)
_YEAR_FIRST: Final = re.compile(
    r"((?:19|20)\d\d)([ :])(\d\d)\2(\d\d)(?![\d:,.h]| ?h\b)"
)  # « 2014 11 25 », « 2014:11:25 »
_TWO_DAYS: Final = re.compile(r"(?<=/\d{4}) / (?=\d{1,2}/\d{1,2}/\d{4}\b(?! ?/))")
_GLUED: Final = re.compile(r"(?<=/(?:19|20)\d\d)(?=\d{1,2}/\d{1,2}/(?:19|20)\d\d)")  # « 04/11/201405/11/2014 »
_WHOLE_DAY: Final = rf"(?:{WEEKDAY} )?(?:\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?|\d{{4}}-\d\d-\d\d|\d{{1,2}}(?:er)? {MONTH}(?: (?:19|20)\d\d)?)"
_DAYS_IN_A_ROW: Final = re.compile(  # « 04/11 12/11 20/11/2026 »
    rf"(?<![\d/.,:h-])(?:{_WHOLE_DAY} ){{2,}}{_WHOLE_DAY}(?![\d/:]| ?h\b)"
)
_NUMBERS_IN_A_ROW: Final = re.compile(  # « 4 12 20 novembre »
    rf"(?<![\d/.,:h-])(?<!\d )(?:(?:{WEEKDAY} )?\d{{1,2}} ){{2,}}(?={WEEKDAY}? ?\d{{1,2}} {MONTH})"
)
_DASHES: Final = re.compile("[\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]")
_ZEROS: Final = re.compile(  # a letter of a scan: « O5/11/2O14 », « 18hOO »
    r"(?<=\d)o(?=[\d/.])|(?<=[/.:-])o(?=\d)|(?<!\S)o(?=\d[/.-])|(?<=\dh)o(?=o\b)|(?<=\dho)o\b"
)
NAMES: Final = "|".join(sorted(MONTHS, key=len, reverse=True))


_CLOCK_OF_PARIS: Final = re.compile(r"\b(?:a l')?heure (?:de paris|francaise)\b")


def simplified(text: str) -> str:
    """Return a text without case, accents and typography, noon and midnight as hours."""
    plain = re.sub(
        r"\bdès\b", "à partir de", unicodedata.normalize("NFC", text.replace("\u2019", "'")), flags=re.IGNORECASE
    )
    plain = _TWO_LETTERS.sub(lambda day: _OF_TWO_LETTERS[day[1].lower()], plain)
    plain = _MARDI.sub("mardi ", plain)
    if "<" in plain:  # « <span class="date">mercredi 5 novembre</span> »
        plain = re.sub(r"<[A-Za-z/][^<>]*>", " ", plain)
    if "&" in plain:
        plain = html.unescape(plain)
    plain = re.sub(r"(?i)\b1(?:\s?[°º]|\s+er\b)(?=\s)", "1er", plain)
    plain = unicodedata.normalize("NFKD", plain)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    plain = re.sub(
        r"\bapres[\s-]*midis?\b", "apresmidi", plain if plain.isascii() else _DASHES.sub("-", plain.translate(_ARROWS))
    )
    plain = _TWO_DAYS.sub(" ; ", _GLUED.sub(" ", _ZEROS.sub("0", plain).strip()))
    if year_first := _YEAR_FIRST.match(plain):
        plain = f"{year_first[1]}-{year_first[3]}-{year_first[4]}{plain[year_first.end() :]}"
    plain = re.sub(r"\b(?:midi|noon)\b", "12h00", re.sub(r"\b(?:minuit|midnight)\b", MIDNIGHT, plain))
    plain = re.sub(
        r"\b(?:a partir (?:de|du)|des|starting at)(?=\s*\d{1,2}(?:\s*[h:]|\s?[ap]m))",
        " ",
        plain,
    )
    plain, n_of_paris = _CLOCK_OF_PARIS.subn("europe/paris", plain)
    plain = plain if n_of_paris else re.sub(r"\bheure locale\b", " ", plain)  # beside that of Paris it is another clock
    plain = re.sub(  # « 18 : 30 », not « séance 2 : 12 novembre »
        rf"(?<![\d.,])(\d{{1,2}}) : (?=[0-5]\d\b(?! ?(?:{MONTH}|/)))", r"\1:", plain
    )
    plain = re.sub(r"(?<=\d)\s?h\.\s?(?=[0-5]\d\b)", "h", plain)  # « 18 h. 30 »
    plain = re.sub(r"(?<=\d)\s?uhr\b", "h", re.sub(r"\b(\d{1,2})\.(?=[0-5]\d uhr\b)", r"\1:", plain))
    plain = re.sub(r"(?<=:[0-5]\d)\s?h\b", "", plain)  # « 18:30 h »
    plain = re.sub(r"(?<=\d)\s?hrs?\b", "h", re.sub(r"(?<=[\dh])_(?=\d)", "-", plain))  # « 10h_12h »
    plain = re.sub(  # « 28.11. - 3.12.2026 »
        r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.?(?=\s?(?:-|au)\s?\d{1,2}\.\d{1,2}\.(?:20)?\d\d\b)", r"\1/\2", plain
    )
    plain = re.sub(
        r"\bfin (?:prevue|estimee|probable)?\s?:?\s?(?:a|vers|autour de)?\s?(?=\d{1,2}\s?[h:])", "fin ", plain
    )
    if "," in plain:
        plain = re.sub(r"(h(?:[0-5]\d)?),(?=\d{1,2}\s?h)", r"\1, ", plain)  # « 14h,16h »
        plain = re.sub(rf"\b({MONTH} \d{{1,2}}),(?=20\d\d\b)", r"\1, ", plain)  # « November 17,2014 »
    if ".." in plain:
        plain = re.sub(r"(?<=[\dh])\s?\.{2,3}\s?(?=\d)", "-", plain)  # « 10h…12h »
    plain = _OPENING_HOURS.sub(r"\1 - \2", plain)
    plain = _DAY_IN_WORDS.sub(lambda day: f"{date_numbers.of_day(day[1])} ", plain)
    plain = re.sub(
        r"\b(?:(?:cycle|serie|parcours) (?:de |en ))?\d{1,2} (?:seances?|creneaux|representations?|passages?)\s?:?\s(?=(?:a |de )?\d)",
        " ",
        plain,
    )
    plain = re.sub(r"\b(?:ainsi que|et aussi)\b", "et", plain)
    plain = re.sub(_LENGTH_OF, r" duree \1", plain)
    plain = re.sub(_OTHER_PART, ", ", plain)
    plain = re.sub(
        r"\b(?:(?:toute )?la |en )?journee (?:entiere|complete)\b|\ball day(?: long)?\b|\b24 ?h? ?(?:/|sur) ?24(?: ?h\b)?",
        "journee",
        plain,
    )
    if re.search(r"week|semaine|7 ?j|ouvres|ouvrables|\dw\d|\d-w\d", plain):
        plain = date_weeks.as_days(plain)
    if "heure" in plain:
        plain = date_numbers.of_hours(plain)
    if "pas" in plain or "sans" in plain or "aucun" in plain:
        plain = _NONE_ON.sub("sauf ", plain)
    plain = _FIRST_OF_MONTH.sub(
        lambda ranks: f"{' et '.join(_RANKS[: _COUNTED[ranks[1]]])} ", _WRITTEN_ON.sub("", plain)
    )
    plain = _REGISTER_BY.sub(r"\1 ", _NUMBERED_DAYS.sub("", plain))
    plain = _TWO_RANGES.sub(r"de \1h a \2h\3 de ", re.sub(r"\bpour une? (?=duree\b)", "", plain))
    plain = re.sub(rf"\bouverte?s? (?=(?:tous|toutes|du|les?|{WEEKDAY}s?)\b)", "", plain)
    plain = _COUNT_OF_DAYS.sub(r"\1_fois ", plain)
    plain = re.sub(r"\b(?:tous les|chaque) soirs?\b(?=.*\b(?:1[7-9]|2[0-3]) ?[h:])", "tous les jours", plain)
    plain = _SHORT_PAIR.sub(lambda pair: f"{_SHORT[pair[1]]}{pair[2]}{_SHORT[pair[3]]}", plain)
    plain = _CLOSED_ON.sub(r" sauf \1", _SAID_AGAIN.sub(" ", plain))
    plain = date_numbers.of_clocks(plain)  # before the parts of a day: « 8h du soir à 10h du soir »
    plain = re.sub(_PART_OF_DAY, " ", plain)
    if "sauf" in plain or "jusqu" in plain or "(" in plain or "except" in plain or "hors" in plain:
        plain = _EXCEPTIONS.as_weekdays(plain)
    if "compris" in plain or "inclus" in plain:
        plain = _EXCEPTIONS.without_included(plain)
    plain = re.sub(rf"\bune? ({WEEKDAY}) sur (?:deux|2)\b", r" tous_les_2_semaines les \1s", plain)
    plain = re.sub(
        r"\b(?:une semaine sur (?:deux|2)|every (?:other|second|two|2) weeks?)\b", " tous_les_2_semaines ", plain
    )
    plain = re.sub(
        r"\b(?:tous|toutes) les (\d{1,2}|quinze|huit|deux|trois) (jours?|semaines?)\b", r" tous_les_\1_\2 ", plain
    )
    plain = re.sub(rf"(?<![\d.,])\d{{1,2}}(?:,\d{{1,2}})+(?=\s*(?:(?:et |&\s?)\d{{1,2}}\s*)?{MONTH})", _spaced, plain)
    plain = re.sub(r"\b[a-z]{6,10}\b", _month_of_slip, plain)
    plain = re.sub(rf"(?<=\d)(?=(?:{NAMES})(?:\b|\d))", " ", plain)
    plain = re.sub(rf"\b({WEEKDAY}|{NAMES})\.?(?=\d)", r"\1 ", plain)
    plain = " ".join(plain.split())
    plain = _DAYS_IN_A_ROW.sub(lambda days: re.sub(rf" (?=(?:{_WHOLE_DAY})(?: |$))", ", ", days[0]), plain)
    return _NUMBERS_IN_A_ROW.sub(lambda days: re.sub(r"(?<=\d) ", ", ", days[0]), plain)


def turned(words: str) -> list[str]:
    """Return other orders of a text that says the same: weekdays before their hours, the days before both."""
    behind = _TURNED_HOURS.sub(r"\2 \1", words)
    lists = _TURNED_LIST.sub(lambda turn: f"{re.sub(' ?[,&] ?', ' et ', turn[2])} : {turn[1]}", words)
    orders = dict.fromkeys((words, behind, lists))
    others = [f"{match[2]} : {match[1]}" for order in orders if (match := _TURNED_DAYS.fullmatch(order))]
    return [*(order for order in orders if order != words), *others]


def _spaced(listed: re.Match[str]) -> str:
    """Return days that commas alone stand between, so that they are no decimal number: « 3,4,5 novembre »."""
    return listed[0].replace(",", ", ")


def _month_of_slip(word: re.Match[str]) -> str:
    """Return the month that a word is but for one letter: « novenbre », « setembre »."""
    text = word[0]
    if text in MONTHS or text in WEEKDAYS or text[0] not in "adfjnos":
        return text
    texts = (text, text.replace("rn", "m"))  # « novernbre », of a scan
    return next((name for name in _LONG_MONTHS if any(_is_one_off(each, name) for each in texts)), text)


def _is_one_off(text: str, name: str) -> bool:
    """Tell whether one letter is missing, too many, changed or swapped with the next."""
    if abs(len(text) - len(name)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(text, name, strict=False)) if a != b), min(len(text), len(name)))
    rest, other = text[start:], name[start:]
    is_swapped = len(rest) > 1 and rest[:2] == other[:2][::-1] and rest[2:] == other[2:]
    return is_swapped or rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]
