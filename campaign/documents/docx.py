"""A text document as Word and LibreOffice open it: a title and paragraphs, in the kit's language."""

import io
import zipfile
from collections.abc import Sequence
from typing import Final

from campaign.core.markup import in_xml

NAMESPACE: Final = "http://schemas.openxmlformats.org"
HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD: Final = f"{NAMESPACE}/wordprocessingml/2006/main"
TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OUTLINE: Final = '<w:outlineLvl w:val="0"/>'
LANGUAGES: Final = {"fr": "fr-FR", "en": "en-GB"}


def document(title: str, paragraphs: Sequence[tuple[str, str]], language: str, moment: tuple[int, ...]) -> bytes:
    """Return a .docx of a title, then (style, text) paragraphs; `style` is Heading1 or Normal.

    `moment` dates the entries (year to second), so that the same words give the same bytes.
    """
    body = "".join(_paragraph(style, text) for style, text in [("Title", title), *paragraphs])
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"/></w:sectPr>'
    files = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations("/officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _relations("/styles", "styles.xml"),
        "word/styles.xml": _styles(LANGUAGES[language]),
        "word/document.xml": f'{HEAD}<w:document xmlns:w="{WORD}"><w:body>{body}{page}</w:body></w:document>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, moment), text.encode(), zipfile.ZIP_DEFLATED)  # type: ignore[arg-type]
    return stream.getvalue()


def _paragraph(style: str, text: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{in_xml(text)}</w:t></w:r></w:p>'


def _content_types() -> str:
    return (
        f'{HEAD}<Types xmlns="{NAMESPACE}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{TYPE}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{TYPE}.styles+xml"/></Types>'
    )


def _relations(kind: str, target: str) -> str:
    return (
        f'{HEAD}<Relationships xmlns="{NAMESPACE}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{NAMESPACE}/officeDocument/2006/relationships{kind}" Target="{target}"/></Relationships>'
    )


def _styles(language: str) -> str:
    def style(name: str, size: int, extra: str = "", *, default: bool = False, bold: bool = False) -> str:
        weight = "<w:b/>" if bold else ""
        mark = ' w:default="1"' if default else ""
        return (
            f'<w:style w:type="paragraph"{mark} w:styleId="{name}"><w:name w:val="{name.lower()}"/>'
            f'<w:pPr><w:spacing w:after="140"/>{extra}</w:pPr><w:rPr>{weight}<w:sz w:val="{size}"/></w:rPr></w:style>'
        )

    return (
        f'{HEAD}<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/><w:lang w:val="{language}"/></w:rPr></w:rPrDefault></w:docDefaults>'
        f"{style('Normal', 22, default=True)}{style('Title', 36, bold=True)}"
        f"{style('Heading1', 26, OUTLINE, bold=True)}</w:styles>"
    )
