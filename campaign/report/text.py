"""A report as a text document (.docx) that a chamber carries on writing: real headings, tables with a header row, described
drawings."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from campaign.analysis.figures import Figures
from campaign.charts.palette import PRINT, rgb
from campaign.charts.picture import png
from campaign.charts.sheet import render
from campaign.core.language import current
from campaign.core.markup import allowed
from campaign.drawings.catalogue import drawing
from campaign.report.pdf import PAGE, TALL, UPRIGHT, head
from campaign.report.section import Section, Table

AMBER: Final = RGBColor(*rgb(PRINT, "amber"))
INK: Final = RGBColor(*rgb(PRINT, "ink"))
LANGUAGES: Final = {"fr": "fr-FR", "en": "en-GB"}


def document(figures: Figures, sections: Sequence[Section]) -> bytes:
    """Return the document of these sections."""
    words = head(figures)
    found = docx.Document()
    _prepared(found, words, figures.data_date)
    found.add_heading(f"{words['kind']} – {words['place']}", 0)
    found.add_paragraph(words["name"])
    for key in ("demo", "notice"):
        if words[key]:
            _amber(found.add_paragraph(), words[key])
    found.add_paragraph(allowed(words["origin"]))
    for section in sections:
        found.add_heading(section.title, 1)
        for sentence in section.texts:
            found.add_paragraph(allowed(sentence))
        for missing in section.missing:
            paragraph = found.add_paragraph()
            _amber(paragraph, f"{words['to_write']} ")
            paragraph.add_run(allowed(missing))
        for table in section.tables:
            _table(found, table)
        for name in section.drawings:
            drawn = drawing(name, figures)
            size = TALL if name in UPRIGHT else PAGE
            found.add_picture(io.BytesIO(png(render(drawn, size, is_alone=False), size)), width=Cm(16))
            described = found.inline_shapes[-1]._inline.docPr  # no public name for the text twin
            described.set("descr", drawn.alt)
            described.set("title", drawn.title)
    stream = io.BytesIO()
    found.save(stream)
    return stream.getvalue()


def _prepared(found: Any, words: dict[str, Any], moment: datetime | None) -> None:
    """Set language, fonts and properties; the date is that of the data."""
    found.styles["Normal"].font.name = "Calibri"
    found.styles["Normal"].font.size = Pt(10.5)
    for name in ("Title", "Heading 1"):
        found.styles[name].font.color.rgb = INK
    defaults = found.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        defaults.append(language)
    language.set(qn("w:val"), LANGUAGES[current()])
    about = found.core_properties
    about.title, about.author, about.language = words["title"], words["author"], LANGUAGES[current()]
    dated = (moment or datetime(2008, 1, 1, tzinfo=UTC)).astimezone(UTC)
    about.created = about.modified = dated
    about.comments = ""


def _amber(paragraph: Any, words: str) -> None:
    run = paragraph.add_run(words)
    run.bold = True
    run.font.color.rgb = AMBER


def _table(found: Any, table: Table) -> None:
    """Add a table under its caption; its first row is repeated on each page and read as its header."""
    caption = found.add_paragraph(allowed(table.caption), style="Caption")
    caption.paragraph_format.keep_with_next = True
    drawn = found.add_table(rows=1 + len(table.rows), cols=len(table.columns), style="Light List")
    for row, values in enumerate((table.columns, *table.rows)):
        for column, value in enumerate(values):
            cell = drawn.cell(row, column)
            cell.text = allowed(value)
            if column in table.numeric:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    drawn.rows[0]._tr.get_or_add_trPr().append(header)  # no public name for a header row
    found.add_paragraph()
