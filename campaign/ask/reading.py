"""A question cut into the longest words that mean something: days, editions, places, names of values, or text to be searched."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from campaign import store
from campaign.analysis import edition_dates
from campaign.ask.days import YEAR, days_at
from campaign.ask.lexicon import lexicon
from campaign.ask.names import CITY, names, tolerance
from campaign.ask.organisers import organisers
from campaign.ask.senses import Sense, Span
from campaign.ask.tokens import tokens
from campaign.core.settings import settings
from campaign.filters import codes, places

LONGEST: Final = 200
SMALL: Final = 5000  # inhabitants: a smaller place in lower case may as well be a word (« monnaie », « jardin »)
LARGE: Final = 100_000  # a place that is meant before the département of its name (Paris)
AT: Final = frozenset({"a", "au", "aux", "at", "near", "pres", "autour", "around", "vers", "proche", "km"})
TOWARDS: Final = AT | {"de", "d", "of", "from", "in", "l", "la", "le", "les"}
KILOMETRES: Final = re.compile(r"(?:km|kms|kilometres?|kilometers?)")
WITH_KILOMETRES: Final = re.compile(r"(\d{1,3})\s?(?:km|kms|kilometres?|kilometers?)")
DEPARTEMENT: Final = re.compile(r"\d{2}|2[ab]|97\d")
IN_DEPARTEMENT: Final = frozenset({"le", "dans", "departement", "dep", "dpt", "du", "departements", "the"})
RANK: Final = re.compile(r"(\d{1,2})(?:e|eme|er|ere|st|nd|rd|th)")
YEARS_AGO: Final = {
    ("an", "dernier"): 1,
    ("annee", "derniere"): 1,
    ("last", "year"): 1,
    ("cette", "annee"): 0,
    ("this", "year"): 0,
}
TEXT: Final = Sense("text")
SKIP: Final = Sense("skip")


@dataclass(frozen=True)
class Cut:
    """A question and its spans, in order."""

    question: str
    spans: tuple[Span, ...]


def cut(question: str) -> Cut:
    """Return the spans of a question; what is longer than LONGEST letters is left out."""
    question = question[:LONGEST]
    return Cut(question, tuple(_Reader(question).spans()))


class _Reader:
    """Walks through a question's words."""

    def __init__(self, question: str) -> None:
        self._question = question
        self._words = tokens(question)
        self._keys = [token.key for token in self._words]
        self._today: date = settings().current_day()
        self._editions = codes().editions
        years = {int(word) for word in self._keys if YEAR.fullmatch(word) and int(word) in self._editions}
        self._year = years.pop() if len(years) == 1 else self._default_year

    @property
    def _default_year(self) -> int:
        """The year of a day that names none: this one where it has an edition, else that of the edition that is shown."""
        return self._today.year if self._today.year in self._editions else codes().current_edition or self._today.year

    @cached_property
    def _known(self) -> frozenset[str]:
        """Which of the words stand in the texts of events."""
        return frozenset(store.query("known_words", words=tuple(sorted(set(self._keys)))).column("word"))

    def spans(self) -> list[Span]:
        spans: list[Span] = []
        at = 0
        while at < len(self._words):
            n, senses, meant = self._at(at)
            spans.append(Span(self._words[at].start, self._words[at + n - 1].end, senses, meant))
            at += n
        return spans

    def _at(self, at: int) -> tuple[int, tuple[Sense, ...], str]:
        """Return how many words from `at` on mean something together, what, and how they are written where there is a slip."""
        if days := days_at(self._words, at, self._today, self._year):
            return days.n, (Sense("days", days=days),), ""
        for number in (self._years(at), self._radius(at), self._code(at)):
            if number:
                return *number, ""
        n, senses = self._named(at)
        return (n, senses, "") if n else self._with_slip(at)

    def _years(self, at: int) -> tuple[int, tuple[Sense, ...]] | None:
        keys = self._keys[at:]
        for words, ago in YEARS_AGO.items():
            if tuple(keys[:2]) == words and self._today.year - ago in self._editions:
                return 2, (Sense("edition", value=str(self._today.year - ago)),)
        rank = RANK.fullmatch(keys[0])
        if rank and keys[1:2] in (["edition"], ["editions"]):
            years = [year for year in self._editions if edition_dates.number_of(year) == int(rank[1])]
            return (2, (Sense("edition", value=str(years[0])),)) if years else None
        if not (YEAR.fullmatch(keys[0]) and int(keys[0]) in self._editions):
            return None
        for n, middle in ((2, "-"), (3, "")):
            if len(keys) >= n and YEAR.fullmatch(keys[n - 1]) and self._is_range(at, n, middle):
                run = [str(year) for year in sorted(self._editions) if int(keys[0]) <= year <= int(keys[n - 1])]
                if run:
                    return n, (Sense("edition", value=",".join(run)),)
        return 1, (Sense("edition", value=keys[0]),)

    def _is_range(self, at: int, n: int, middle: str) -> bool:
        """Whether two years are the ends of a run: "2010-2013", "de 2010 à 2013", "from 2010 to 2013"."""
        if middle:
            return self._question[self._words[at].end : self._words[at + 1].start].strip() in ("-", "–")
        return self._keys[at + 1] in ("a", "to", "au", "until")

    def _radius(self, at: int) -> tuple[int, tuple[Sense, ...]] | None:
        keys = self._keys[at : at + 2]
        if match := WITH_KILOMETRES.fullmatch(keys[0]):
            return 1, (Sense("radius", value=match[1]),)
        if len(keys) == 2 and re.fullmatch(r"\d{1,3}", keys[0]) and KILOMETRES.fullmatch(keys[1]):
            return 2, (Sense("radius", value=keys[0]),)
        return None

    def _code(self, at: int) -> tuple[int, tuple[Sense, ...]] | None:
        """Return a postcode, a commune's code, or a département's number where words say that it is one."""
        word = self._keys[at]
        if re.fullmatch(r"\d[\dab]\d{3}", word):
            known = [place for place in places.named(word) if place.is_certain]
            return (1, (Sense("filter", "near", known[0].near_code),)) if known else None
        is_said = self._is_in_brackets(at) or len(self._words) == 1 or (at > 0 and self._keys[at - 1] in IN_DEPARTEMENT)
        if is_said and DEPARTEMENT.fullmatch(word) and word.upper() in codes().departements:
            return 1, (Sense("departement", value=word.upper()),)
        return None

    def _is_in_brackets(self, at: int) -> bool:
        """Whether a word follows a name in brackets: "Saint-Denis (93)"."""
        return at > 0 and "(" in self._question[self._words[at - 1].end : self._words[at].start]

    def _named(self, at: int) -> tuple[int, tuple[Sense, ...]]:
        """Return the longest name that starts here: of a filter's value, a page, a territory, a commune or an organiser."""
        n, senses = self._named_apart_from_organisers(at)
        n_organiser, organiser_senses, way = organisers().at(self._words, at)
        if n_organiser < n or not organiser_senses or (n_organiser == n and way != "whole"):
            return n, senses
        inner = [self._named_apart_from_organisers(place) for place in range(at, at + n_organiser)]
        has_text = any(not length for length, _senses in inner)
        if way == "bare":  # « jardin partagé » is what is searched before it is who has it for a name
            return (
                (n, senses)
                if any(each and SKIP not in each for _n, each in inner)
                else (n_organiser, (TEXT, *organiser_senses))
            )
        if way == "begun" and not has_text:
            return n, senses
        within = [sense for _n, each in inner for sense in each if sense.kind in ("region", "departement", "place")]
        is_only_place = not has_text and all(
            SKIP in each or any(sense in within for sense in each) for _n, each in inner
        )
        if is_only_place or (n_organiser == n and senses):  # « ville de Lyon » is Lyon, and then who is called so
            return n_organiser, (*within, *senses, *organiser_senses)
        return n_organiser, (*organiser_senses, *within, TEXT)

    def _named_apart_from_organisers(self, at: int) -> tuple[int, tuple[Sense, ...]]:
        n_words, senses = self._sense_at(at)
        n_place, namesakes = names().at(self._words, at)
        towns = tuple(Sense("place", place=place, n_namesakes=len(namesakes)) for place in namesakes[:4])
        if n_place > n_words:
            return n_place, self._weighed(at, n_place, towns)
        if n_place == n_words and n_words:
            return n_words, self._either(at, senses, towns)
        return n_words, senses

    def _sense_at(self, at: int) -> tuple[int, tuple[Sense, ...]]:
        known = lexicon()
        for n in range(min(known.longest, len(self._words) - at), 0, -1):
            words = self._words[at : at + n]
            if senses := known.senses(tuple(word.stem for word in words), tuple(word.key for word in words)):
                return n, senses
        return 0, ()

    def _before(self, at: int) -> str:
        return self._keys[at - 1] if at else ""

    def _weighed(self, at: int, n: int, towns: tuple[Sense, ...]) -> tuple[Sense, ...]:
        """Return places, after the text where a small place in lower case has a name that events use as a word."""
        place = towns[0].place
        words = self._words[at : at + n]
        is_written_as_name = any(word.text[0].isupper() for word in words)
        is_doubtful = place is not None and place.population < SMALL and not is_written_as_name and n <= 2
        is_word = words[-1].key in self._known or self._stands_among_others(at, n)
        if is_doubtful and self._before(at) not in AT and is_word:
            return (TEXT, *towns)
        return towns

    def _stands_among_others(self, at: int, n: int) -> bool:
        """Whether other words than small ones stand beside a name: « monnaie locale », « vélo et couture »."""
        others = [place for place in range(len(self._words)) if not at <= place < at + n]
        return any(SKIP not in self._sense_at(place)[1] for place in others)

    def _either(self, at: int, senses: tuple[Sense, ...], towns: tuple[Sense, ...]) -> tuple[Sense, ...]:
        """Return what a word means that is a name of a place as well."""
        place = towns[0].place
        is_territory = any(sense.kind in ("region", "departement") for sense in senses)
        if place and is_territory:
            is_place = self._before(at) in AT or place.population >= LARGE
            return (*towns[:1], *senses, *towns[1:]) if is_place else (*senses, *towns)
        if place and self._before(at) in AT and self._words[at].text[0].isupper() and place.population >= SMALL:
            return (*towns, *senses)
        return senses

    def _with_slip(self, at: int) -> tuple[int, tuple[Sense, ...], str]:
        """Return what a word means once a slip is forgiven; else it is text."""
        n = self._n_hyphened(at)
        whole = " ".join(self._keys[at : at + n])
        if n > 1 and (towns := names().near(whole)):
            return n, (Sense("place", place=towns[0], n_namesakes=1),), towns[0].name
        word = self._words[at]
        is_name = word.text[0].isupper() or self._before(at) in TOWARDS
        is_known = word.key in self._known
        if len(word.key) > 4 and (is_name or not is_known) and (towns := names().begun(word.key)):
            return 1, tuple(Sense("place", place=town, n_namesakes=1) for town in towns[:3]), ""
        if not word.key.isalpha() or len(word.key) < 4 or is_known:
            return 1, (TEXT,), ""
        close = process.extract(
            word.stem, list(lexicon().words), scorer=OSA.distance, score_cutoff=tolerance(word.stem), limit=5
        )
        for meant, _distance, _at in sorted(close, key=lambda each: (each[1], each[0])):
            if len(meant) >= 4 and meant[0] == word.key[0]:
                senses = tuple(sense for sense in lexicon().senses((meant,), (meant,)) if sense.kind != "skip")
                return 1, senses or (SKIP,), lexicon().words[meant]
        if towns := names().near(word.key, 0 if is_name else CITY):
            return 1, (Sense("place", place=towns[0], n_namesakes=1),), towns[0].name
        return 1, (TEXT,), ""

    def _n_hyphened(self, at: int) -> int:
        """Return how many words from here on are joined by hyphens."""
        n = 1
        while (
            at + n < len(self._words) and self._question[self._words[at + n - 1].end : self._words[at + n].start] == "-"
        ):
            n += 1
        return n
