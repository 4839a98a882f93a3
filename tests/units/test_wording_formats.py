"""By what a file was recognised is said in the reader's language, part by part."""

import re
from pathlib import Path

import pytest

from campaign.core import language
from campaign.intake import formats as found
from campaign.wording import formats


def given() -> list[str]:
    """Return what campaign/intake/formats.py says of files, with « x » in the place of values."""
    source = Path(found.__file__).read_text("utf-8")
    texts = re.findall(r'Found\((?:AGENDA|"[\w-]+"), f?"([^"]+)"', source)
    return [re.sub(r"\{\w+\}", "x", text) for text in texts]


def test_each_format_is_said_in_english() -> None:
    assert len(given()) > 15
    with language.use("en"):
        assert [text for text in given() if formats.why(text) == text] == ["JSON-LD (x)"]


@pytest.mark.parametrize(
    ("french", "english"),
    [
        (
            "texte en lignes et colonnes ; CSV, utf-8, séparateur point-virgule, en-tête ligne 2",
            "text in rows and columns; CSV, utf-8, separated by semicolons, header on line 2",
        ),
        (
            "classeur Excel ; export OpenAgenda, classeur, feuille « Mes, dates », sans en-tête, année 2014 d'après le nom du fichier",
            "Excel workbook; OpenAgenda export, workbook, sheet “Mes, dates”, without a header, year 2014 by the name of the file",
        ),
        ("JSON, un format d'une autre fois", "JSON, un format d'une autre fois"),
    ],
)
def test_each_part_is_said_in_the_reader_s_language(french: str, english: str) -> None:
    with language.use("en"):
        assert formats.why(french).replace("\u00a0", " ") == english
    assert re.sub(r"[\u00a0\u202f]", " ", formats.why(french)).replace("’", "'") == french
