"""Whatever the figures, each sentence agrees, contracts and spaces its words, and claims no more than the figures."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.language import Language, use
from campaign.wording import labels, nouns, numbers
from campaign.wording import sentences as s
from campaign.wording.quantities import counted
from campaign.wording.sentences import EditionFigure, OfficialFigure
from campaign.wording.territories import chosen, commune, territory

COUNTS = st.integers(0, 10**7) | st.integers(0, 40)
LANGUAGES: tuple[Language, ...] = ("fr", "en")
REGIONS = ["01", "02", "03", "04", "06", "11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94"]
DEPARTEMENTS = ["01", "2A", "13", "28", "35", "41", "59", "75", "84", "91", "94", "971", "974", "976"]
COMMUNES = ["Le Mans", "Les Ulis", "La Rochelle", "Île-de-Sein", "Amiens", "Hyères", "Paris 1er Arrondissement"]
TYPES = ["conference", "cine-debat", "atelier", "colloque", "visite-entreprise", "portes-ouvertes", "autre"]

NUMBER = {"fr": r"(?<![\d\u202f,/])\d+(?:\u202f\d{3})*", "en": r"(?<![\d,./])\d+(?:,\d{3})*(?!\.\d)"}
NOUNS = {
    "fr": {
        "événement": "événements",
        "session": "sessions",
        "jour": "jours",
        "ligne": "lignes",
        "département": "départements",
        "région": "régions",
        "situé": "situés",
        "inchangé": "inchangés",
        "annoncé": "annoncés",
        "compté": "comptés",
        "autre": "autres",
        "participant": "participants",
    },
    "en": {
        "event": "events",
        "session": "sessions",
        "day": "days",
        "line": "lines",
        "département": "départements",
        "region": "regions",
        "other": "others",
        "participant": "participants",
    },
}
WRONG = {
    "fr": re.compile(
        r"  | [;:!?%»]|« |\bde le\b|\bde les\b|\bà le\b|\bà les\b|\ben le\b|\b[Dd]e [AEIOUÉÎaeiouéœ](?!vec)"
        r"|\bde l'La\b|\bque [aeioué]|d'[BCDFGLMNPQRSTV]|\bNone\b|\bnan\b|[{}]| ,| \.$|\.\."
    ),
    "en": re.compile(
        r"  | [;:!?%]|\bNone\b|\bnan\b|[{}\u00a0\u202f]| ,| \.$|\.\.|événement|\bédition|\baucun| (?:du|le|dans|et) "
    ),
}


def check(text: str, language: Language) -> None:
    assert text == text.strip() != ""
    assert not WRONG[language].search(text), repr(text)
    plurals = NOUNS[language]
    for match in re.finditer(rf"({NUMBER[language]}) (\w+)(?: (\w+))?", text):
        n = int(re.sub(r"\D", "", match[1]))
        is_singular = n < 2 if language == "fr" else n == 1
        for word in match.group(2, 3):
            if word in plurals:
                assert is_singular, repr(text)
            if word in plurals.values():
                assert not is_singular, repr(text)
            if word not in plurals and word not in plurals.values():
                break


def in_both(sentence: Callable[[], str]) -> None:
    for language in LANGUAGES:
        with use(language):
            check(sentence(), language)


officials = st.builds(
    OfficialFigure,
    COUNTS,
    st.sampled_from(["exact", "more_than", "about", "announced"]),
    st.sampled_from(["announced", "final"]),
    st.just("CNCRES"),
)
figures = st.builds(
    EditionFigure,
    st.integers(2008, 2014),
    st.none() | COUNTS,
    st.sampled_from(["exact", "more_than", "about", "announced"]),
    st.sampled_from(["announced", "final"]),
)
places = st.none() | st.tuples(
    st.lists(st.sampled_from(REGIONS), max_size=5, unique=True),
    st.lists(st.sampled_from(DEPARTEMENTS), max_size=5, unique=True),
    st.lists(st.sampled_from(COMMUNES), max_size=5, unique=True),
)
units = st.sampled_from(["events", "sessions", "days"])


@given(
    number=st.integers(1, 20),
    n=COUNTS,
    status=st.sampled_from(["running", "final"]),
    official=st.none() | officials,
    is_demo=st.booleans(),
    where=places,
    dated=st.booleans(),
    narrowed=st.sampled_from(["", "à 5 km"]),
    several=st.booleans(),
    unit=units,
)
def test_overview(
    number: int,
    n: int,
    status: s.Status,
    official: OfficialFigure | None,
    is_demo: bool,
    where: tuple[list[str], list[str], list[str]] | None,
    dated: bool,
    narrowed: str,
    several: bool,
    unit: s.Unit,
) -> None:
    def sentence() -> str:
        return s.overview(
            [2012, 2014] if several else 2007 + number,
            None if several else number,
            n,
            status,
            official=official,
            is_demo=is_demo,
            place=chosen(*where, nomenclature=2016) if where else None,
            data_date=datetime(2014, 11, 1, 9, 5, tzinfo=UTC) if dated else None,
            narrowed=narrowed,
            unit=unit,
        )

    in_both(sentence)
    with use("en"):
        text = sentence()
    assert text.endswith(".")
    assert ("demonstration" in text) == is_demo


@given(
    st.dictionaries(st.sampled_from(REGIONS), COUNTS),
    st.integers(0, 1000),
    st.none() | st.integers(0, 101),
    units,
)
def test_where(counts: dict[str, int], elsewhere: int, covered: int | None, unit: s.Unit) -> None:
    total = sum(counts.values()) + elsewhere
    in_both(lambda: s.where(counts, total, nomenclature=2016, covered=covered, unit=unit))


@given(st.dictionaries(st.sampled_from(DEPARTEMENTS), COUNTS), st.integers(0, 1000), units)
def test_where_by_departement(counts: dict[str, int], elsewhere: int, unit: s.Unit) -> None:
    in_both(lambda: s.where(counts, sum(counts.values()) + elsewhere, level="departement", unit=unit))


@given(st.dictionaries(st.sampled_from(TYPES), COUNTS), units)
def test_types(counts: dict[str, int], unit: s.Unit) -> None:
    in_both(lambda: s.types(counts, sum(counts.values()), unit=unit))


@given(st.lists(figures, max_size=7, unique_by=lambda figure: figure.edition))
def test_editions(course: list[EditionFigure]) -> None:
    in_both(lambda: s.editions(course))
    with use("en"):
        text = s.editions(course)
    comparable = [figure for figure in course if figure.is_comparable]
    assert ("between final reports" in text) == (len(comparable) > 1)
    assert ("%" not in text) or len(comparable) > 1
    if any(figure.value is None for figure in course):
        assert "n/a" in text


def test_a_fall_between_final_reports_is_always_said() -> None:
    values = (1513, 1732, 1707, 1800, 1600, 1700)
    for n in range(2, len(values) + 1):
        course = [EditionFigure(2010 + i, value, "exact", "final") for i, value in enumerate(values[:n])]
        assert ("baisse" in s.editions(course)) == (n > 2)


@given(COUNTS, st.none() | COUNTS, st.sampled_from(["total", "same_days_to_go"]), st.none() | st.integers(-60, 60))
def test_comparison(now: int, before: int | None, kind: str, to_go: int | None) -> None:
    in_both(lambda: s.comparison(now, before, 2013, kind, to_go=to_go))  # type: ignore[arg-type]
    text = s.comparison(now, before, 2013, kind, to_go=to_go)  # type: ignore[arg-type]
    if before is None:
        assert "n.\u00a0c." in text
    elif min(now, before) < 30:
        assert "%" not in text
    if before is not None and now != before:
        assert ("+" in text or "de plus" in text) == (now > before)
        assert not re.search(r"[+\u2212]0\u00a0%", text)


@given(COUNTS, COUNTS, COUNTS)
def test_placement(located: int, online: int, unlocated: int) -> None:
    if located or online or unlocated:
        in_both(lambda: s.placement(located, online, unlocated))
    else:
        assert s.placement(0, 0, 0) == ""


@given(COUNTS, places, st.lists(st.sampled_from(["a", "b"]), max_size=3))
def test_agenda(n: int, where: tuple[list[str], list[str], list[str]] | None, words: list[str]) -> None:
    in_both(lambda: s.agenda(n, place=chosen(*where, nomenclature=2016) if where else None, words=words))


@given(COUNTS, COUNTS, COUNTS, st.lists(st.tuples(st.none() | st.integers(1, 99), st.sampled_from("abc")), max_size=20))
def test_account(new: int, updated: int, unchanged: int, rejected: list[tuple[int | None, str]]) -> None:
    in_both(lambda: s.account(new, updated, unchanged, rejected))


@given(COUNTS)
def test_nouns(n: int) -> None:
    in_both(lambda: counted(n, "événement", "événements"))
    in_both(lambda: labels.unit_counted("sessions", n))
    in_both(lambda: nouns.figure("participants", n, "about"))


@given(st.floats(0, 100))
def test_below_two_is_singular_in_french(value: float) -> None:
    assert labels.unit("events", value) == ("événement" if value < 2 else "événements")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_territory_reads_well_after_a_count(language: Language) -> None:
    with use(language):
        for place in (
            *(territory(code, "region", 2016) for code in REGIONS),
            *(territory(code, "departement") for code in DEPARTEMENTS),
            *(commune(name) for name in COMMUNES),
        ):
            check(f"2 {labels.unit('events', 2)} {place.inside}", language)
            assert numbers.missing() not in place.of


@pytest.mark.parametrize(
    "text",
    [
        "0 événements", "1 événements", "2 événement", "1\u202f700 événement annoncés", "1 événement annoncés",
        "à Le Mans  ", "à le Mans", "de les Ulis", "de Île-de-France", "12 %", "oui ; non", "« oui »",
    ],
)  # fmt: skip
def test_the_check_sees_faults(text: str) -> None:
    with pytest.raises(AssertionError):
        check(text, "fr")
