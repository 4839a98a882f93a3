"""A report as a text document (.docx) that a chamber carries on writing."""

from collections.abc import Sequence

from campaign.analysis.figures import Figures
from campaign.charts.picture import png
from campaign.charts.sheet import render
from campaign.core.language import current
from campaign.documents import docx
from campaign.drawings.catalogue import drawing
from campaign.report.pdf import PAGE, TALL, UPRIGHT, head
from campaign.report.section import Section


def document(figures: Figures, sections: Sequence[Section]) -> bytes:
    """Return the document of these sections."""
    words = head(figures)
    word_file = docx.blank(words["title"], words["author"], current(), figures.data_date)
    docx.add_heading(word_file, f"{words['kind']} – {words['place']}", docx.TITLE)
    docx.add_text(word_file, words["name"])
    for key in ("demo", "notice"):
        if words[key]:
            docx.add_notice(word_file, words[key])
    docx.add_text(word_file, words["origin"])
    for section in sections:
        docx.add_heading(word_file, section.title, 1)
        for sentence in section.texts:
            docx.add_text(word_file, sentence)
        for missing in section.missing:
            docx.add_notice(word_file, words["to_write"], missing)
        for table in section.tables:
            docx.add_table(word_file, table.caption, table.columns, table.rows, table.numeric)
        for name in section.drawings:
            drawn = drawing(name, figures)
            size = TALL if name in UPRIGHT else PAGE
            docx.add_picture(word_file, png(render(drawn, size, is_alone=False), size), drawn.title, drawn.alt)
    return docx.to_bytes(word_file)
