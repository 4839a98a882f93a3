"""A kit is unzipped, read and compared: the same figure in PDF, sentences, CSV, workbook, SVG and API."""

import asyncio
import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import httpx
import openpyxl
import pytest
from PIL import Image
from starlette.applications import Starlette

from campaign import store, web
from campaign.core.settings import settings
from campaign.filters import codes
from campaign.press import kit as kits
from campaign.press.kit import Kit
from tests.kept import demonstration

SPACES = "\u202f\u00a0"
ENGLISH = r"\b(?:the|event|events|with|out of|data of|source file|region of|more than|rise|busiest|figure of)\b"


@pytest.fixture(scope="module", autouse=True)
def small_demo() -> Iterator[None]:
    path = demonstration(2000)
    before = settings().db
    settings().db = path
    with store.snapshot():
        yield
    settings().db = before


class Client:
    """Asks the application without a server."""

    def __init__(self) -> None:
        self._app = Starlette(routes=web.routes())

    def get(self, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        async def fetch() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app)
            async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
                return await client.get(path, headers=headers)

        return asyncio.run(fetch())


@pytest.fixture(scope="module")
def client() -> Client:
    return Client()


@pytest.fixture(scope="module", params=[None, "53", "06"])
def kit(request: pytest.FixtureRequest) -> Kit:
    region, _, nomenclature = (request.param or "").partition("-")
    return kits.kit(kits.choice(None, int(nomenclature or 2014), region or None), "http://testserver")


def unzipped(kit: Kit) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(kit.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def words_of(svg: bytes) -> str:
    return plain(" ".join(ElementTree.fromstring(svg).itertext()))  # noqa: S314  our own drawing


def plain(text: str) -> str:
    return re.sub(rf"[{SPACES}\s]+", " ", text)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def pdf_text(content: bytes, tmp_path: Path) -> str:
    file = tmp_path / "fiche.pdf"
    file.write_bytes(content)
    result = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    return plain(result.stdout.decode())


def test_the_same_figure_everywhere(kit: Kit, client: Client, tmp_path: Path) -> None:
    files = unzipped(kit)
    manifest = json.loads(files["manifeste.json"])
    count = f"{kit.total:,}".replace(",", " ")
    counts = client.get(
        urlsplit(manifest["adresses"]["comptes"]).path + "?" + urlsplit(manifest["adresses"]["comptes"]).query
    )
    assert counts.json()["total"] == kit.total == manifest["evenements"]
    assert re.search(rf"\b{count} événement", plain(files["phrases.txt"].decode()))
    document = plain(zipfile.ZipFile(io.BytesIO(files["phrases.docx"])).read("word/document.xml").decode())
    assert re.search(rf"\b{count} événement", document)
    assert sum(int(row["nombre"]) for row in rows_of(files["donnees/types.csv"])) == kit.total
    year = str(manifest["edition"])
    assert [int(row["nombre"]) for row in rows_of(files["donnees/editions.csv"]) if row["code"] == year] == [kit.total]
    if kit.code:
        assert [int(r["nombre"]) for r in rows_of(files["donnees/regions.csv"]) if r["code"] == kit.code] == [kit.total]
    sheet = openpyxl.load_workbook(io.BytesIO(files["donnees/tableaux.xlsx"]))["types"]
    assert sum(row[2] for row in sheet.iter_rows(min_row=2, values_only=True)) == kit.total  # type: ignore[misc]
    texts = words_of(files["dessins/editions.svg"])
    assert re.search(rf"\b{count}\b", texts)
    if shutil.which("pdftotext"):
        assert f"{count} événement" in pdf_text(files["fiche.pdf"], tmp_path)


def test_the_brief_is_one_tagged_page_with_its_fonts(kit: Kit) -> None:
    brief = unzipped(kit)["fiche.pdf"]
    assert brief.startswith(b"%PDF-1.7")
    assert b"pdfuaid:part" in brief
    assert len(re.findall(rb"/Type\s*/Page\b", brief)) == 1
    assert brief.count(b"/FontFile") == 2
    assert b"/Lang(fr)" in brief
    assert b"/StructTreeRoot" in brief
    assert brief.count(b"/Alt") >= 4


def test_every_row_says_unit_source_and_date(kit: Kit) -> None:
    for name, content in unzipped(kit).items():
        if name.endswith(".csv"):
            rows = rows_of(content)
            assert rows
            assert all(row["unite"] and row["source"] and row["date_des_donnees"] and row["etat"] for row in rows)


def test_drawings_say_what_they_are(kit: Kit) -> None:
    for name, content in unzipped(kit).items():
        if name.endswith(".svg"):
            words = words_of(content)
            if name == "dessins/chiffres-publies.svg":  # real figures, whatever the file is
                assert "Sources : " in words
                continue
            assert "Démonstration : événements fictifs" in words
            assert "Source : " in words
            assert "Licence : " in words
            assert "données du" in words
        elif name.endswith(".png"):
            assert Image.open(io.BytesIO(content)).size in {(2000, 1400), (2400, 1350), (2160, 2160)}


def test_no_english_and_no_wrong_preposition(kit: Kit, tmp_path: Path) -> None:
    files = unzipped(kit)
    texts = [files[name].decode() for name in ("phrases.txt", "methode.txt")]
    texts += [words_of(files[n]) for n in files if n.endswith(".svg")]
    for text in map(plain, texts):
        assert not re.search(ENGLISH, text)
        assert not re.search(
            r"\b(?:à le|de le|à les|de les|en le|en la|de [AEIOUÉÎ][a-zé]+-de-France|dans Bretagne)\b", text
        )


def test_checksums_and_addresses_hold(kit: Kit, client: Client) -> None:
    files = unzipped(kit)
    manifest = json.loads(files["manifeste.json"])
    assert {entry["nom"] for entry in manifest["fichiers"]} == files.keys() - {"manifeste.json"}
    for entry in manifest["fichiers"]:
        assert hashlib.sha256(files[entry["nom"]]).hexdigest() == entry["sha256"]
    for name in ("carte", "types"):
        address = urlsplit(manifest["adresses"][name])
        answer = client.get(f"{address.path}?{address.query}")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "image/svg+xml"


def test_regions_and_unknown_sum_to_the_country() -> None:
    for nomenclature in (2014, 2016):
        national = kits.choice(None, nomenclature, None)
        totals = [
            store.query("event_totals", **national.replace(regions=(code,)).params()).one["total"]
            for code in codes().regions[nomenclature]
        ]
        whole = store.query("event_totals", **national.params()).one["total"]
        assert sum(totals) + kits.unknown(national) == whole


@pytest.mark.in_turn
def test_the_same_file_gives_the_same_kit() -> None:
    chosen = kits.choice(None, 2014, "94")
    first = kits.kit(chosen, "http://testserver").content
    kits._kit.cache_clear()
    assert kits.kit(chosen, "http://testserver").content == first


def test_mayotte_is_marked() -> None:
    kit = kits.kit(kits.choice(None, 2014, "06"), "http://testserver")
    assert "pas encore de chambre" in unzipped(kit)["phrases.txt"].decode()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/figures/carte.svg?region=53", 200),
        ("/figures/types-editions.svg?size=square", 200),
        ("/figures/jours.csv?departement=35", 200),
        ("/figures/carte-departements.svg?nomenclature=2016", 200),
        ("/figures/chiffres-publies.svg?lang=en", 200),
        ("/figures/editions.svg?q=zzzzzz", 200),
        ("/figures/carte.png?region=53&region=52&size=social", 200),
        ("/figures/carte.svg?departement=972", 200),
        ("/figures/nothing.svg", 404),
        ("/figures/carte.gif", 404),
        ("/figures/carte.svg?size=huge", 400),
        ("/figures/carte.svg?region=99", 400),
        ("/kits/other.zip", 404),
        ("/kits/presse.zip?type=atelier", 400),
        ("/kits/presse.zip?edition=all", 400),
    ],
)
def test_addresses(client: Client, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    if status != 200:
        assert answer.headers["content-type"] == "application/problem+json"
    else:
        assert client.get(path, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


def test_published_figures_are_real_and_say_so(client: Client) -> None:
    words = words_of(client.get("/figures/chiffres-publies.svg").content)
    assert "Démonstration" not in words
    rows = rows_of(client.get("/figures/chiffres-publies.csv").content)
    assert {row["nombre"] for row in rows if row["edition"] == "2011"} >= {"1500", "1732"}
    assert all(row["source"] and row["etat"] in ("annoncé", "définitif") for row in rows)
