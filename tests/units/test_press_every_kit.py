"""Every kit of both nomenclatures, as a reader of it: the same figure everywhere, one tagged page, French that holds."""

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from xml.etree import ElementTree

import docx
import httpx
import openpyxl
import pypdf
import pytest

from campaign import store
from campaign.core.settings import DATA, settings
from campaign.filters import codes, parse
from campaign.press import kit as kits
from campaign.press.kit import Kit
from tests import samples
from tests.kept import demonstration

BASE = "https://exemple.fr"
ENGLISH = re.compile(
    r"\b(?:the|event|events|with|out of|data of|source file|region of|more than|rise|busiest|figure|workshop|and|from|"
    r"fewer|known|place of|final|provisional|demonstration file)\b"
)
PREPOSITIONS = r"(?:\b(?:en|dans|à|au|aux|du|des|de|la|le|les) |\b[dl]'){1,2}"


@pytest.fixture(scope="module", autouse=True)
def whole_demo() -> Iterator[None]:
    path = demonstration()
    before = settings().db
    settings().db = path
    with store.snapshot():
        yield
    settings().db = before
    every.cache_clear()
    kits._kit.cache_clear()  # some are without their files


def is_read(region: str | None, nomenclature: int) -> bool:
    """Tell whether the files of a kit are made and read: the country's and five regions', all with --every-case."""
    regions = sorted(codes().regions[nomenclature])
    return samples.is_full or region is None or region in regions[:: -(-len(regions) // 5)]


@cache
def every(nomenclature: int) -> list[Kit]:
    """The kits of the country and of all regions; those that are not read are without their files."""
    files = kits._files
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            kits,
            "_files",
            lambda figures, base: files(figures, base) if is_read(figures.chosen.region, nomenclature) else {},
        )
        return kits.all_kits(kits.choice(2014, nomenclature, None), BASE, lambda _place: None)


def plain(text: str) -> str:
    return re.sub(r"[\u202f\u00a0\s]+", " ", text)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def words_of(svg: bytes) -> str:
    return plain(" ".join(ElementTree.fromstring(svg).itertext()))  # noqa: S314  our own drawing


def wrong_forms(text: str) -> list[str]:
    """Return each territory's name that stands after a preposition or article which is not its own."""
    wrong = []
    with (DATA / "territory_names.csv").open(encoding="utf-8", newline="") as source:
        forms: dict[str, set[str]] = {}
        for row in csv.DictReader(source):
            forms.setdefault(row["name"], set()).update((row["article"], row["in_form"], row["of_form"]))
    for name in sorted(forms, key=len, reverse=True):
        allowed = {form.lower() for form in forms[name]}
        allowed |= {form.removeprefix("dans ").removeprefix("de ") for form in allowed}
        for match in re.finditer(rf"{PREPOSITIONS}{re.escape(name)}(?![\w-])", text, flags=re.IGNORECASE):
            words = match.group().lower()
            if words not in allowed and words.split(" ", 1)[-1] not in allowed:
                wrong.append(match.group())
        text = re.sub(rf"{re.escape(name)}(?![\w-])", "¤", text)
    return wrong


@pytest.mark.in_turn
@pytest.mark.parametrize("nomenclature", [2014, pytest.param(2016, marks=pytest.mark.thorough)])
def test_regions_and_unknown_sum_to_the_country(nomenclature: int) -> None:
    every_kit = every(nomenclature)
    assert len(every_kit) == 1 + {2014: 27, 2016: 18}[nomenclature]
    national = kits.choice(2014, nomenclature, None)
    assert every_kit[0].total == sum(one.total for one in every_kit[1:]) + kits.unknown(national)
    rows = kits.summary(every_kit, national)
    assert sum(row["evenements"] for row in rows[:-1]) == rows[-1]["evenements"] == every_kit[0].total
    marked = [row["code"] for row in rows if row["remarque"] == "pas encore de chambre"]
    assert marked == (["06"] if nomenclature == 2014 else [])


@pytest.mark.parametrize("nomenclature", [2014, pytest.param(2016, marks=pytest.mark.thorough)])
def test_every_kit_says_one_figure_in_good_french(nomenclature: int, served_at: str) -> None:
    read = [kit for kit in every(nomenclature) if is_read(kit.code, nomenclature)]
    assert len(read) >= 6
    for kit in read:
        with zipfile.ZipFile(io.BytesIO(kit.content)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        count = f"{kit.total:,}".replace(",", " ") + (" événements" if kit.total > 1 else " événement")
        pairs = [
            ("edition", "2014"),
            ("nomenclature", str(nomenclature)),
            *([("region", kit.code)] if kit.code else []),
        ]
        chosen = parse(pairs)

        reader = pypdf.PdfReader(io.BytesIO(files["fiche.pdf"]))
        brief = plain(" ".join(page.extract_text() for page in reader.pages))
        assert len(reader.pages) == 1, kit.place
        assert reader.trailer["/Root"]["/Lang"] == "fr"  # type: ignore[index]
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
        sentences = plain(files["phrases.txt"].decode())
        document = " ".join(p.text for p in docx.Document(io.BytesIO(files["phrases.docx"])).paragraphs)
        drawn = {name: words_of(content) for name, content in files.items() if name.endswith(".svg")}
        for text in (brief, sentences, plain(document)):
            assert f"compte {count}" in text, kit.place
        assert count.split()[-2] in drawn["dessins/editions.svg"]
        assert [int(r["nombre"]) for r in rows_of(files["donnees/editions.csv"]) if r["code"] == "2014"] == [kit.total]
        assert sum(int(row["nombre"]) for row in rows_of(files["donnees/types.csv"])) == kit.total
        sheet = openpyxl.load_workbook(io.BytesIO(files["donnees/tableaux.xlsx"]))["types"]
        assert sum(row[2] for row in sheet.iter_rows(min_row=2, values_only=True)) == kit.total  # type: ignore[misc]
        answer = httpx.get(f"{served_at}/api/v1/counts.json", params=[*pairs, ("by", "region")]).json()
        assert answer["total"] == sum(row["count"] for row in answer["rows"]) == kit.total
        assert store.query("event_totals", **chosen.params()).one["total"] == kit.total

        for text in (brief, sentences, plain(files["methode.txt"].decode()), *drawn.values()):
            assert not ENGLISH.search(text), (kit.place, ENGLISH.search(text))
            assert wrong_forms(text) == [], kit.place
        for line in files["phrases.txt"].decode().splitlines():
            if re.search(r"\d", line) and line.endswith(".") and not line.startswith(("Pas encore", "Contact")):
                assert "données du" in line or "consulté le" in line, line
                assert re.search(r"définitif|provisoire|annoncé|non précisé", line), line
        manifest = json.loads(files["manifeste.json"])
        for entry in manifest["fichiers"]:
            assert hashlib.sha256(files[entry["nom"]]).hexdigest() == entry["sha256"]
        assert {entry["nom"] for entry in manifest["fichiers"]} == files.keys() - {"manifeste.json"}
        assert all(link.startswith(f"{BASE}/") for link in manifest["adresses"].values())


def test_a_wrong_form_is_seen() -> None:
    assert wrong_forms("Dans Bretagne, au Pays de la Loire, à Réunion") != []
    assert wrong_forms("En Bretagne, dans les Pays de la Loire, à La Réunion, de l'Ain et du Nord-Pas-de-Calais") == []
