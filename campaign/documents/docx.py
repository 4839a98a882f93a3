"""Text documents (.docx) that a reader carries on writing: real headings, tables with a header row, described pictures."""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from campaign.core.markup import allowed
from campaign.core.palette import PRINT, rgb

FONT: Final = "Calibri"  # readers have it, or a font of the same widths; a text document embeds none
AMBER: Final = RGBColor(*rgb(PRINT, "amber"))
INK: Final = RGBColor(*rgb(PRINT, "ink"))
LANGUAGES: Final = {"fr": "fr-FR", "en": "en-GB"}
TITLE: Final = 0  # the level of the document's title; 1 heads a section
UNDATED: Final = datetime(2008, 1, 1, tzinfo=UTC)
ENTRY_DATE: Final = (1980, 1, 1, 0, 0, 0)  # what zip archives write for none


def blank(title: str, author: str, language: str, moment: datetime | None) -> Document:
    """Return an A4 document without a word, its properties set; `moment` (the date of the data) dates it."""
    document = docx.Document()
    _set_styles(document, LANGUAGES[language])
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    about = document.core_properties
    about.title, about.author, about.language = allowed(title), allowed(author), LANGUAGES[language]
    about.comments = ""
    about.created = about.modified = (moment or UNDATED).astimezone(UTC)
    return document


def to_bytes(document: Document) -> bytes:
    """Return the file; the same words give the same bytes, which python-docx does not see to (it dates entries by the clock)."""
    saved, dated = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as entries, zipfile.ZipFile(dated, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in entries.namelist():
            archive.writestr(zipfile.ZipInfo(name, ENTRY_DATE), entries.read(name), zipfile.ZIP_DEFLATED)
    return dated.getvalue()


def add_heading(document: Document, text: str, level: int) -> None:
    """Add a heading, or the title."""
    document.add_heading(allowed(text), level)


def add_text(document: Document, text: str) -> Paragraph:
    """Add a paragraph."""
    return document.add_paragraph(allowed(text))


def add_notice(document: Document, notice: str, text: str = "") -> None:
    """Add a paragraph that begins with words in bold amber."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(allowed(notice))
    run.bold = True
    run.font.color.rgb = AMBER
    if text:
        paragraph.add_run(f" {allowed(text)}")


def add_picture(document: Document, png: bytes, title: str, alt: str) -> None:
    """Add a picture across the page, with its text alternative."""
    document.add_picture(io.BytesIO(png), width=Cm(16))
    described = document.inline_shapes[-1]._inline.docPr  # no public name for the text alternative
    described.set("descr", allowed(alt))
    described.set("title", allowed(title))


def add_table(
    document: Document,
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    numeric: frozenset[int] = frozenset(),
) -> None:
    """Add a table under its caption; its first row is repeated on each page and read as its header.

    Columns whose positions are in `numeric` stand at the right.
    """
    above = document.add_paragraph(allowed(caption), style="Caption")
    above.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1 + len(rows), cols=len(columns), style="Light List")
    for row, values in zip(table.rows, (columns, *rows), strict=True):
        for position, (cell, value) in enumerate(zip(row.cells, values, strict=True)):
            cell.text = allowed(value)
            if position in numeric:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(header)  # no public name for a header row
    document.add_paragraph()


def _set_styles(document: Document, language: str) -> None:
    """Name one font and one language in every style; python-docx's template names those of its theme, which come first."""
    styles = document.styles
    for fonts in styles.element.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
    styles["Normal"].font.size = Pt(10.5)
    for name in ("Title", "Heading 1"):
        styles[name].font.color.rgb = INK
    for element in styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), language)
