"""Every drawing, in every size and over many choices: it says what it shows, fits its sheet, and gives its numbers."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from campaign import store
from campaign.analysis import standing
from campaign.analysis.figures import gather
from campaign.charts import svg
from campaign.charts.sheet import SIZES, Drawing
from campaign.core import language
from campaign.core.settings import settings
from campaign.drawings import export
from campaign.drawings.catalogue import DRAWINGS, drawing
from campaign.filters import parse
from campaign.view.press.pictures import titles
from tests.kept import demonstration

pytestmark = pytest.mark.rows(every=3)

CHOICES = (
    "", "region=53", "region=11&lang=en", "departement=972", "departement=75&type=atelier", "edition=all", "edition=2008",
    "q=zzzzzz", "nomenclature=2016&region=44&unit=sessions", "near=35000&from=2014-11-01&to=2014-11-09", "region=06",
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def small_demo() -> Iterator[None]:
    path = demonstration(2000)
    before = settings().db
    settings().db = path
    with store.snapshot():
        yield
    settings().db = before


def pairs(query: str) -> list[tuple[str, str]]:
    return [(part.split("=")[0], part.split("=")[1]) for part in query.split("&") if part]


@pytest.mark.matrix(every=5)
@pytest.mark.parametrize("query", CHOICES)
@pytest.mark.parametrize("name", list(DRAWINGS))
def test_it_says_what_it_shows_and_fits(name: str, query: str) -> None:
    chosen = parse(pairs(query))
    with language.use(chosen.lang):
        rows = list(csv.DictReader(io.StringIO(export.exported(name, "csv", chosen, "a4").decode("utf-8-sig"))))
        for size, sheet in SIZES.items():
            document = export.exported(name, "svg", chosen, size)
            root = ElementTree.fromstring(document)  # noqa: S314  our own drawing
            words = " ".join(root.itertext())
            assert "Source" in words
            assert "Licence" in words or name == "chiffres-publies"
            assert ("Demonstration" if chosen.lang == "en" else "Démonstration") in words or name == "chiffres-publies"
            assert not re.search(r"\b(?:nan|None|inf)\b|\{", words)
            for text in root.iter("{http://www.w3.org/2000/svg}text"):
                if text.get("x") and not text.get("stroke") and text in root:
                    wide = svg.measure(
                        text.text or "", float(text.get("font-size", "0")), int(text.get("font-weight", "400"))
                    )
                    x = float(text.get("x", "0")) - wide * {"middle": 0.5, "end": 1.0}.get(
                        text.get("text-anchor", ""), 0.0
                    )
                    assert x >= -2, text.text
                    assert x + wide <= sheet.width + 2, text.text
                    assert float(text.get("y", "0")) <= sheet.height
    assert all(row["unite"] and row["source"] and row["etat"] and row["licence"] for row in rows)
    assert all(re.fullmatch(r"-?\d+(?:\.\d+)?", row["nombre"]) for row in rows)


def test_every_drawing_has_a_name_on_the_page() -> None:
    assert set(titles()) == set(DRAWINGS)


def test_options_change_the_drawing() -> None:
    chosen = parse([("edition", "2014")])
    near, far = (export.exported("couverture", "csv", chosen, "a4", (("within", km),)) for km in ("5", "20"))
    assert near != far
    assert b"2010" in export.exported("ecart", "svg", chosen, "a4", (("against", "2010"),))


def test_every_page_offers_its_drawings() -> None:
    views = (Path(export.__file__).parents[1] / "view").rglob("*.py")
    offered = set(
        re.findall(
            r'(?:figures\.files(?:_html)?|drawn\.drawing)\(\s*"([a-z-]+)"',
            " ".join(view.read_text("utf-8") for view in views),
        )
    )
    assert offered >= {
        "carte", "editions", "types", "types-editions", "types-regions", "chiffres-publies", "rythme", "couverture",
        "couverture-lieux", "calendrier", "carte-evolution", "regions-editions", "familles", "organisateurs-taille", "records",
    }  # fmt: skip


@pytest.mark.parametrize(("choice", "inside"), [("region=53", "Bretagne"), ("departement=35", "Ille-et-Vilaine")])
def test_rows_say_the_territory_that_they_are_of(choice: str, inside: str) -> None:
    figures = gather(parse(pairs(f"edition=2014&nomenclature=2014&{choice}")))
    for name in DRAWINGS:
        rows = drawing(name, figures).rows
        has_others = any(re.match("Île-de-France|Paris", row["libelle"]) for row in rows)
        is_of_country = has_others or name == "chiffres-publies"
        assert {row["territoire"] for row in rows} <= {"France" if is_of_country else inside}, name


def drawn(name: str, choice: str) -> Drawing:
    return drawing(name, gather(parse(pairs(f"edition=2014&nomenclature=2014&{choice}"))))


@pytest.mark.parametrize(
    ("choice", "inside", "codes"), [("type=atelier", "En France", ""), ("region=53", "En Bretagne", "22 29 35 56")]
)
def test_the_finding_of_coverage_counts_the_chosen_territory(choice: str, inside: str, codes: str) -> None:
    coverage = drawn("couverture", choice)
    far = [row for row in coverage.rows if row["nombre"] > 50 and (not codes or row["code"] in codes.split())]
    expected = f"{len(far)} département{'s ont' if len(far) > 1 else ' a'}" if far else "aucun département n'a"
    assert coverage.title.startswith(f"{inside}, {expected} plus de la moitié de")


def test_a_departement_alone_is_compared_with_nothing() -> None:
    [own] = [row for row in drawn("couverture", "departement=35").rows if row["code"] == "35"]
    share = f"{own['nombre']:.1f}".replace(".", ",")
    assert drawn("couverture", "departement=35").title.startswith(f"En Ille-et-Vilaine, {share}\N{NO-BREAK SPACE}% des")
    assert "le plus" not in drawn("carte-taux", "departement=35").title


def test_nouns_agree_with_what_is_counted() -> None:
    rates = drawn("carte-taux", "type=conference").title
    assert re.search("[01],\\d conférence pour 100", rates), rates
    assert drawn("regions-editions", "type=conference").title.endswith("conférences")


@pytest.mark.parametrize("name", list(DRAWINGS))
def test_the_text_alternative_is_made_of_sentences(name: str) -> None:
    for choice in ("region=53", "as_of=2014-10-20"):
        each = drawn(name, choice)
        assert re.match(r".*[.!?…] $", each.alt.partition(each.subtitle)[0])
        assert not re.search(r"\.\.|\.\s;", each.alt)


@pytest.mark.parametrize("name", [name for name in DRAWINGS if name != "chiffres-publies"])
def test_an_edition_that_ran_on_a_day_is_provisional_as_of_that_day(name: str) -> None:
    rows = drawn(name, "as_of=2014-10-20").rows
    stages = {row["etat"] for row in rows if row["edition"].endswith("2014")}
    assert "provisoire" in stages
    assert stages <= {"provisoire", "projection"}


def test_no_change_is_told_of_an_edition_that_ran_on_a_day() -> None:
    types = drawn("types-editions", "as_of=2014-10-20")
    assert "2014 n'est pas finie" in types.title
    assert "hausse" not in types.title
    assert "2014 n'est pas finie" in types.subtitle
    assert [phrase for phrases in types.facts.values() for phrase in phrases if "par rapport" in phrase] == []
    assert any("par rapport" in phrase for phrase in drawn("types-editions", "").facts["Conférence"])


def test_only_editions_that_were_over_are_whole_as_of_a_day() -> None:
    assert standing.whole((2012, 2013, 2014), date(2014, 10, 20)) == (2012, 2013)
    assert standing.known_until(2014, date(2014, 10, 20)) == date(2014, 10, 20)
    assert standing.whole((2013, 2014), None) == (2013, 2014)


def test_where_nobody_is_far_from_an_event_that_is_said_in_words() -> None:
    assert drawn("couverture", "departement=75").title.startswith(
        "À Paris, tous les habitants ont un événement à moins de"
    )
