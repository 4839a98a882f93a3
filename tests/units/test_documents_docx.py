"""Text documents: the same words give the same bytes on any day; language, font and header rows are named."""

import io
import time
import zipfile
from datetime import UTC, datetime

import docx as reader
import pytest

from campaign.documents import docx

MOMENT = datetime(2014, 11, 30, 22, 5, tzinfo=UTC)


def write(language: str = "fr", moment: datetime | None = MOMENT) -> bytes:
    document = docx.blank("Bilan\x08", "Tableau de bord", language, moment)
    docx.add_heading(document, "Bilan\x08", docx.TITLE)
    docx.add_heading(document, "Chiffres", 1)
    docx.add_notice(document, "À compléter", "les <comptes> & le reste")
    docx.add_table(
        document, "Régions", ("Région", "Événements"), [("Bretagne", "12"), ("Corse", "n. c.")], frozenset({1})
    )
    return docx.to_bytes(document)


def test_the_same_words_give_the_same_bytes_a_day_later(monkeypatch: pytest.MonkeyPatch) -> None:
    before = write()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 86_400)
    assert write() == before


@pytest.mark.parametrize(("language", "code"), [("fr", "fr-FR"), ("en", "en-GB")])
def test_properties_language_and_font(language: str, code: str) -> None:
    content = write(language)
    about = reader.Document(io.BytesIO(content)).core_properties
    assert (about.title, about.author, about.language) == ("Bilan", "Tableau de bord", code)
    assert about.created == about.modified == MOMENT
    styles = zipfile.ZipFile(io.BytesIO(content)).read("word/styles.xml").decode()
    assert f'w:lang w:val="{code}"' in styles
    assert "Theme=" not in styles  # a theme's font comes before a font that is named
    assert f'w:ascii="{docx.FONT}"' in styles


def test_headings_and_tables_are_real() -> None:
    document = reader.Document(io.BytesIO(write()))
    styles = [(p.text, p.style.name) for p in document.paragraphs if p.style is not None and p.text]
    assert styles[:2] == [("Bilan", "Title"), ("Chiffres", "Heading 1")]
    assert styles[2][0] == "À compléter les <comptes> & le reste"
    (table,) = document.tables
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert [[cell.text for cell in row.cells] for row in table.rows][1:] == [["Bretagne", "12"], ["Corse", "n. c."]]


def test_an_undated_file_gives_a_document() -> None:
    about = reader.Document(io.BytesIO(write(moment=None))).core_properties
    assert about.created == docx.UNDATED
