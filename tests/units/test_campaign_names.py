"""What belongs to one campaign stands in its folder: code, queries and pages name no campaign and no chamber."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign.core import language
from campaign.core.settings import ROOT, settings
from campaign.profile import new, profile
from campaign.wording import campaign_names as names
from campaign.wording import labels, nouns

PLACES = ("campaign", "pages", "queries", "assets")
SUFFIXES = {".py", ".sql", ".typ", ".js", ".css", ".json", ".csv", ".toml"}
LEFT_OUT = ("campaign/locale/", "campaign/publish/migrations/")
FORBIDDEN = re.compile(
    r"Mois de l['’](?!evenement)|\bESS\b|\b(?:CN)?CRESS?\b|économie sociale|\bmois-ess\b", re.IGNORECASE
)
# « mars », « mai », "may" and "march" are other words too
MONTHS = re.compile(
    r"\b(?:janvier|f[ée]vrier|avril|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[ée]cembre"
    r"|january|february|april|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
MONTHS_READ = {
    "campaign/intake/dates/date_words.py": "the names that people write in dates, with their abbreviations",
    "assets/words.js": "Streamlit's calendar, whose English names are replaced by the browser's French ones",
}
COMMENTS = {
    ".sql": r"--[^\n]*",
    ".js": r"/\*.*?\*/|(?<!:)//[^\n]*",
    ".typ": r"(?<!:)//[^\n]*",
    ".html": r"\{#.*?#\}|<!--.*?-->",
    ".css": r"/\*[^*]*\*/",
}
# names of columns, tables and files, words on regions; a day as an example of how one is written
NOMENCLATURE = re.compile(
    r"^2014$|(?:[Rr]egions?|communes|departements?|code|lines|nomenclature)[-_ ]2014|_2014_|[Rr][ée]gions? de 2014|r[ée]gions en 2014"
    r"|[Rr][ée]gions.* celles de 2014|r[ée]gion \(2014\)|2014 \(27 r[ée]gions\)|[Dd][ée]coupage"
    r"|(?:05|31)/11/2014|2014-1[12]-05|celui de 2014|nomenclature.*\b2014\b|2014.*nomenclature"
)
YEAR_2014 = {
    "campaign/publish/commune_periods.sql": "communes are those of 1 January 2014, by which places are looked up",
    "campaign/publish/gazetteer.sql": "communes are those of 1 January 2014, by which places are looked up",
    "campaign/view/methods.py": "three communes changed département since the list of communes",
    "campaign/cli/demo.py": "an example of an option's value",
    "campaign/publish/populations.sql": "the day of the communes' list that populations are counted on",
    "campaign/publish/demo_places.sql": "no invented event in Mayotte before it was a département for some years",
}
# what names a folder by its path, and what reads files that other people write
ALLOWED = {
    "campaign/core/settings.py": 'default=DATA / "campaigns" / "mois-ess",',
}


def files() -> Iterator[Path]:
    for place in PLACES:
        yield from (path for path in sorted((ROOT / place).rglob("*")) if path.suffix in SUFFIXES)
    yield from (ROOT / name for name in ("dashboard.py", "data/schema.sql", ".streamlit/config.toml"))


def named(path: Path) -> list[str]:
    relative = path.relative_to(ROOT).as_posix()
    if relative.startswith(LEFT_OUT):
        return []
    return [
        f"{relative}:{n}: {line.strip()[:100]}"
        for n, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if FORBIDDEN.search(line) and line.strip() != ALLOWED.get(relative)
    ]


def test_no_campaign_and_no_chamber_is_named_outside_its_folder() -> None:
    paths = list(files())
    assert len(paths) > 400
    assert [line for path in paths for line in named(path)] == []


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts and numbers of a module or query that are no comment and no docstring, with their lines."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        tree = ast.parse(text)
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        yield from (
            (node.lineno, str(node.value))
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and id(node) not in docstrings
        )
    else:
        bare = re.sub(COMMENTS[path.suffix], lambda comment: "\n" * comment[0].count("\n"), text)
        yield from enumerate(bare.splitlines(), start=1)


def modules() -> list[Path]:
    left_out = ("campaign/locale/", "campaign/publish/migrations/", "campaign/profile/example/")
    paths = [path for place in ("campaign", "pages", "queries") for path in (ROOT / place).rglob("*")]
    paths += (ROOT / "assets").glob("*.js")
    return [
        path
        for path in sorted(paths)
        if path.suffix in (".py", *COMMENTS) and not path.relative_to(ROOT).as_posix().startswith(left_out)
    ]


def holding(pattern: re.Pattern[str]) -> dict[str, set[str]]:
    """Return the words that a pattern finds among the literals of each file."""
    words: dict[str, set[str]] = {}
    for path in modules():
        for _line, text in literals(path):
            if pattern.search(text):
                words.setdefault(path.relative_to(ROOT).as_posix(), set()).add(text.strip())
    return words


def test_no_month_is_named_in_code() -> None:
    assert len(modules()) > 400
    assert holding(MONTHS).keys() == MONTHS_READ.keys()


def test_2014_is_said_as_a_nomenclature_only() -> None:
    rest = {
        path: {text for text in texts if not NOMENCLATURE.search(text)}
        for path, texts in holding(re.compile("2014")).items()
    }
    assert {path: texts for path, texts in rest.items() if texts and path not in YEAR_2014} == {}
    assert YEAR_2014.keys() <= {path for path, texts in rest.items() if texts}


def test_what_is_scanned_is_no_comment(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('"""En novembre 2014."""\n# novembre\nx = "en octobre"\ny = 2014\n', "utf-8")
    (tmp_path / "a.sql").write_text("-- novembre\nselect 'octobre'\n", "utf-8")
    assert {text for _line, text in literals(tmp_path / "a.py")} == {"en octobre", "2014"}
    assert [text for _line, text in literals(tmp_path / "a.sql") if MONTHS.search(text)] == ["select 'octobre'"]
    for name in ("novembre", "October", "décembre", "aout"):
        assert MONTHS.search(f"en {name}")


def test_what_is_forbidden_would_be_seen(tmp_path: Path) -> None:
    for words in ("le Mois de l'ESS", "CRESS Bretagne", "le CNCRES", "l'économie sociale", 'f"mois-ess-{year}"'):
        assert FORBIDDEN.search(words), words
    assert not FORBIDDEN.search("EXPRESS, address, process, présent, guess, crest")


def test_names_are_those_of_the_folder_in_both_languages() -> None:
    assert (names.name(), names.the(), names.of(), names.at()) == (
        "Mois de l'ESS", "le Mois de l'ESS", "du Mois de l'ESS", "au Mois de l'ESS",
    )  # fmt: skip
    assert (names.chambers(1), names.chambers(26), names.a_body()) == (
        "chambre régionale", "chambres régionales", "une chambre",
    )  # fmt: skip
    assert names.dashboard() == "Tableau de bord du Mois de l'ESS"
    assert labels.organiser_family("cress") == "Chambre régionale (CRESS)"
    assert nouns.metric("prize_applications", 425) == "candidatures aux Prix de l'ESS"
    with language.use("en"):
        assert (names.of(), names.dashboard()) == ("of the Mois de l'ESS", "Mois de l'ESS dashboard")
        assert (names.chambers(1), names.chambers(2), names.a_body()) == (
            "regional chamber", "regional chambers", "a chamber",
        )  # fmt: skip
        assert nouns.metric("prize_applications", 1) == "application to the ESS prize"


def test_another_folder_gives_other_names_and_genders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "fete"
    new.write(folder)
    text = (folder / "campaign.toml").read_text("utf-8")
    for old, given in (
        ('fr = "Ma campagne"', 'fr = "Fête des voisins"'),
        ('the = "ma campagne"', 'the = "la Fête des voisins"'),
        ('of = "de ma campagne"', 'of = "de la Fête des voisins"'),
        ('at = "à ma campagne"', 'at = "à la Fête des voisins"'),
        ('gender = "f"', 'gender = "m"'),
        ('noun = "coordination"', 'noun = "comité"'),
    ):
        assert old in text
        text = text.replace(old, given, 1)
    (folder / "campaign.toml").write_text(text, "utf-8")
    monkeypatch.setattr(settings(), "profile", folder)
    assert (names.the(), names.of(), names.at()) == (
        "la Fête des voisins", "de la Fête des voisins", "à la Fête des voisins",
    )  # fmt: skip
    assert (names.a_body(), names.dashboard(), names.slug()) == (
        "un comité", "Tableau de bord de la Fête des voisins", "ma-campagne",
    )  # fmt: skip
    assert profile().settings.chamber.family == ""
    assert names.family("cress") is None
