"""What belongs to one campaign stands in its folder: code, queries and pages name no campaign and no chamber."""

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
LEFT_OUT = ("campaign/locale/", "campaign/publish/migrations/", "assets/base")
FORBIDDEN = re.compile(r"Mois de l['’]|\bESS\b|\b(?:CN)?CRESS?\b|économie sociale|\bmois-ess\b", re.IGNORECASE)
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
    found = list(files())
    assert len(found) > 400
    assert [line for path in found for line in named(path)] == []


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
