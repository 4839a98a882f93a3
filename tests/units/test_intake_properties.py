"""Numbers and texts as any spreadsheet may write them: whatever the spelling or the encoding, the same is read."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as some

from campaign.intake.files import encodings
from campaign.intake.request import Mapping
from campaign.intake.spreadsheets.mapping import parse, written
from tests.intake_files import Stage, write
from tests.records import TEST_OPTIONS, build, events_of, record
from tests.samples import examples

SPACES = (" ", "\u00a0", "\u202f", "\u2009")
quick = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=examples(25))

latitudes = some.decimals(-90, 90, places=4)
longitudes = some.decimals(-180, 180, places=4)


@some.composite
def spelt(draw: some.DrawFn, numbers: some.SearchStrategy[object], positive: str, negative: str) -> tuple[float, str]:
    """A number and one of the ways of writing it: comma, typeset minus, degree sign, point of the compass, spaces."""
    number = float(str(draw(numbers)))
    text = f"{abs(number):.4f}".replace(".", draw(some.sampled_from([".", ","])))
    if draw(some.booleans()):
        letter = positive if number >= 0 else draw(some.sampled_from(negative))
        text += draw(some.sampled_from(["", "°", " ", "° ", "\u00a0"])) + letter
    else:
        text = ("" if number >= 0 else draw(some.sampled_from(["-", "\u2212"]))) + text
        text += draw(some.sampled_from(["", "°"]))
    around = some.sampled_from(["", *SPACES])
    return number, draw(around) + text + draw(around)


@pytest.mark.in_turn
@quick
@given(some.lists(some.tuples(spelt(latitudes, "N", "S"), spelt(longitudes, "E", "OW")), min_size=1, max_size=20))
def test_coordinates_are_read_in_every_spelling(
    tmp_path: Path, pins: list[tuple[tuple[float, str], tuple[float, str]]]
) -> None:
    rows = "".join(f"Forum;05/11/2014;{lat};{lon}\n" for (_y, lat), (_x, lon) in pins)
    stage = Stage(write(tmp_path, f"titre;date;latitude;longitude\n{rows}"))
    points = [(row["lat"], row["lon"]) for row in stage.records]
    assert points == [(pytest.approx(y), pytest.approx(x)) for (y, _lat), (x, _lon) in pins]
    assert "coordinates_unreadable" not in stage.kinds


@pytest.mark.in_turn
@quick
@given(
    some.text(some.characters(exclude_categories=["Nd", "Cs", "Cc"], exclude_characters=';"'), min_size=1, max_size=12)
)
def test_what_is_no_number_is_told(tmp_path: Path, text: str) -> None:
    stage = Stage(write(tmp_path, f"titre;date;latitude;longitude\nForum;05/11/2014;48,1;x{text}\n"))
    assert stage.record["lon"] is None
    assert "coordinates_unreadable" in stage.kinds


@some.composite
def amounts(draw: some.DrawFn) -> tuple[int, str]:
    """Cents, and a price: decimal comma or point, thousands apart by any space, € or EUR."""
    cents = draw(some.one_of(some.just(0), some.integers(1, 999_999)))
    euros, rest = divmod(cents, 100)
    space = draw(some.sampled_from(SPACES))
    text = f"{euros:,}".replace(",", space)
    if rest or draw(some.booleans()):
        text += draw(some.sampled_from([",", "."])) + f"{rest:02}"
    return cents, text + draw(some.sampled_from(["", space])) + draw(some.sampled_from(["€", "EUR", "euros"]))


CONDITIONS = {
    "gratuit": True, "Gratuit pour tous, sur inscription": True, "Entrée libre": True, "Payant": False, "8 €, gratuit - 12 ans": False,
    "gratuit pour les adhérents": None, "Gratuit aux membres": None, "gratuit pour les moins de 12 ans": None, "Prix libre": None,
    "Gratuit pour les adhérents, entrée libre pour les autres": True,
}  # fmt: skip


def test_what_is_free_for_some_is_not_free(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, [record(text, title=f"Atelier {n}", conditions=text) for n, text in enumerate(CONDITIONS)])
    assert events_of(db, "is_free") == CONDITIONS


@pytest.mark.in_turn
def test_a_price_is_free_only_if_it_is_nothing(tmp_path: Path) -> None:
    seen = {"non payant": 0, "EUR 15": 1500, "pas gratuit": 1}

    @settings(max_examples=300, database=None)
    @given(amounts())
    def collect(amount: tuple[int, str]) -> None:
        seen[amount[1]] = amount[0]

    collect()
    db = tmp_path / "campaign.duckdb"
    build(db, [record(text, title=f"Atelier {n}", conditions=text) for n, text in enumerate(seen)])
    assert events_of(db, "is_free") == {text: cents == 0 for text, cents in seen.items()}
    assert TEST_OPTIONS.licence


FRENCH = "abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüÿœæÀÂÇÉÈÊËÎÏÔŒÙÛÜ'’«» -"
WORDS = ("Café", "Œuvre", "Été", "Hôtel", "à Besançon", "forêt", "l’économie", "où", "Noël")
phrases = some.lists(
    some.one_of(some.sampled_from(WORDS), some.text(FRENCH, min_size=1, max_size=12)), min_size=1, max_size=6
)


@pytest.mark.in_turn
@quick
@given(phrases, some.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le+BOM", "utf-16-be+BOM"]))
def test_any_text_comes_back_from_unicode(tmp_path: Path, words: list[str], encoding: str) -> None:
    title = " ".join(" ".join(words).split()) or "x"
    assume(encodings.mended(title) == title)  # « Â« » is taken for « « » written twice in UTF-8, wherever it comes from
    text = f"titre;date\nForum {title} fin;05/11/2014\n"
    name, has_mark = encoding.removesuffix("+BOM"), encoding.endswith("+BOM")
    stage = Stage(write(tmp_path, (("\ufeff" if has_mark else "") + text).encode(name)))
    assert stage.record["title"] == f"Forum {title} fin"


@pytest.mark.in_turn
@quick
@given(phrases, some.sampled_from(["cp1252", "mac_roman"]))
def test_french_comes_back_from_old_encodings(tmp_path: Path, words: list[str], encoding: str) -> None:
    """A file as chambers write it: enough French around for its encoding to be told."""
    around = "".join(f"{word} : débat à {n} voix, où l’été s’achève déjà;05/11/2014\n" for n, word in enumerate(WORDS))
    title = " ".join(" ".join(words).split()) or "x"
    content = f"titre;date\n{around}Forum {title} fin;05/11/2014\n".encode(encoding)
    path = write(tmp_path, content)
    assert encodings.guess(path, content) == encoding
    assert Stage(path).records[-1]["title"] == f"Forum {title} fin"


toml_texts = some.text(some.characters(exclude_categories=["Cs"]), max_size=20)


@given(
    some.dictionaries(some.sampled_from(["title", "begins", "city"]), some.one_of(toml_texts, some.integers(1, 99))),
    some.dictionaries(toml_texts, toml_texts, max_size=3),
)
def test_a_mapping_is_read_back_as_it_was_written(columns: dict[str, str | int], values: dict[str, str]) -> None:
    mapping = Mapping(columns=dict(columns), source={"name": "Chambre"}, values={"type": values})
    assert parse(written(mapping).encode(), "m.toml") == mapping
