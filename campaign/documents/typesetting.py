"""PDF documents, set by typst: tagged (PDF/UA-1), our fonts embedded, every text legible. All PDF files are made here."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from campaign.charts.picture import fonts
from campaign.core import stopping
from campaign.documents.legible import all_legible
from campaign.profile import colours


def pdf(template: Path, content: Mapping[str, Any], files: Mapping[str, bytes], moment: datetime | None) -> bytes:
    """Return the PDF of a template: `content` and the colours reach it as JSON in sys.inputs.data, `files` (pictures) by their names.

    `moment` dates the document, so that the same words give the same bytes; typst takes seconds of a fixed offset only.
    """
    stopping.check()
    document = typst.compile(  # type: ignore[call-overload]  # files in memory are taken, its stub does not say so
        {"main.typ": template.read_bytes(), **files},
        format="pdf",
        font_paths=fonts(),
        sys_inputs={
            "data": json.dumps({**all_legible(dict(content)), "colours": dict(colours.printed())}, ensure_ascii=False)
        },
        pdf_standards=["ua-1"],
        timestamp=moment.astimezone(UTC).replace(microsecond=0) if moment else None,
    )
    return bytes(document)
