"""Every address and document of other campaigns (tests/campaigns.py), read back: each names its own campaign and no other."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import openpyxl
import pytest
from typer.testing import CliRunner

from campaign.cli import app
from campaign.core.palette import LIGHT
from campaign.core.settings import settings
from campaign.core.tint import SHADES
from campaign.drawings.catalogue import DRAWINGS
from campaign.profile import colours
from tests.campaigns import FIRST_ONLY, OTHERS, Campaign
from tests.units.test_every_document import DOCUMENTS, pdf_of, plain, words_of

SHADES_OF_OTHERS = re.compile("|".join(LIGHT[role] for role in ("accent", *SHADES)))
ADDRESSES = (*DOCUMENTS, "/api/v1/figures.json", "/api/v1/openapi.json")
BINARY = {".png", ".parquet", ".woff", ".woff2", ".ttf", ".ico"}


@pytest.fixture(params=OTHERS, ids=lambda campaign: campaign.key)
def other(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Campaign:
    """Another campaign's folder and demonstration, read."""
    campaign: Campaign = request.param
    campaign.read(monkeypatch)
    return campaign


def texts(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the words of a document, or of each member of an archive, with its name."""
    ending = Path(name.partition("?")[0]).suffix
    if ending == ".zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from texts(f"{name}:{member}", archive.read(member))
    elif ending == ".pdf":
        read, words = pdf_of(content)
        yield name, f"{words} {read.metadata}"
    elif ending == ".docx":
        yield name, words_of(content)
    elif ending == ".xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
        yield name, plain(f"{' '.join(cells)} {book.properties.title} {' '.join(book.sheetnames)}")
    elif ending not in BINARY:
        yield name, plain(content.decode("utf-8-sig"))


def foreign(name: str, content: bytes) -> list[tuple[str, str]]:
    """Return what is another campaign's in a document: where, and the words around it."""
    return [
        (where, text[max(0, match.start() - 60) : match.end() + 40])
        for where, text in [(name, name), *texts(name, content)]
        for match in FIRST_ONLY.finditer(text)
    ]


@pytest.mark.in_turn
@pytest.mark.matrix(every=6, first=5)  # its pages by day: tests/pages/test_other_campaign.py
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_address_is_of_its_own_campaign(other: Campaign, lang: str, served_at: str) -> None:
    drawings = [f"/figures/{name}.{ending}" for name in DRAWINGS for ending in ("svg", "csv")]
    frames = [f"/embed/{name}" for name in DRAWINGS]
    foreign_texts: list[tuple[str, str]] = []
    with httpx.Client(base_url=served_at, timeout=120) as client:
        for path in (*ADDRESSES, *drawings, *frames):
            answer = client.get(path, params={"lang": lang} if path not in ("/healthz", "/api/v1/openapi.json") else {})
            assert answer.status_code == 200, (path, answer.text[:300])
            foreign_texts += foreign(path, answer.content) + foreign("headers", str(answer.headers).encode())
            if path.endswith(".svg"):
                assert set(SHADES_OF_OTHERS.findall(answer.text)) <= set(colours.light().values()), path
        assert colours.light()["accent"] in client.get("/badge/france.svg").text
        assert client.get("/assets/icon.png").content.startswith(b"\x89PNG")
        health = client.get("/healthz").json()
        assert (health["profile"], health["current"]) == (other.slug, other.edition)
        own = other.name if lang == "fr" else other.name_en
        for path in (
            "/kits/presse.zip",
            "/reports/bilan.pdf",
            "/reports/bilan.docx",
            "/programme.pdf",
            "/programme.txt",
        ):
            answer = client.get(path, params={"lang": lang})
            assert any(own in text for _where, text in texts(path, answer.content)), path
            assert other.slug in answer.headers["content-disposition"], path
    assert foreign_texts == []


@pytest.mark.thorough
def test_every_command_writes_documents_of_its_own_campaign(other: Campaign, tmp_path: Path) -> None:
    foreign_texts: list[tuple[str, str]] = []
    for command in ("kit", "bilan", "digest", "programme", "archive", "template"):
        place = tmp_path / command
        out = place if command != "template" else place.with_suffix(".xlsx")
        result = CliRunner().invoke(app, [command, *(["--out"] if command != "template" else []), str(out)])
        assert result.exit_code == 0, (command, result.output, result.exception)
        foreign_texts += foreign(command, result.output.replace(str(settings().db), "").encode())
        for path in [out] if out.is_file() else sorted(one for one in place.rglob("*") if one.is_file()):
            foreign_texts += foreign(path.relative_to(tmp_path).as_posix(), path.read_bytes())
    assert foreign_texts == []


def test_what_names_the_first_campaign_would_be_seen() -> None:
    for words in ("le Mois de l'ESS", "une chambre", "CRESS Bretagne", "en novembre", "two chambers"):
        assert FIRST_ONLY.search(words), words
    assert not FIRST_ONLY.search("le 8 novembre 2022, process, address, presse")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a/b.json", json.dumps({"titre": "Mois de l'ESS"}))
    assert foreign("x.zip", packed.getvalue())
    assert re.search("b.json", foreign("x.zip", packed.getvalue())[0][0])
