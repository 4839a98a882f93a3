"""Content controls of Word documents, the fields of a form: they frame rows, cells, paragraphs or words, and say nothing themselves."""

from typing import Any


def without_controls(body: Any) -> None:
    """Put what each control of a document holds in its place; nothing of one that was not filled in (« Cliquez ici pour … »)."""
    from docx.oxml.ns import qn

    for control in list(body.iter(qn("w:sdt"))):
        properties = control.find(qn("w:sdtPr"))
        if properties is not None and properties.find(qn("w:showingPlcHdr")) is not None:
            for text in control.iter(qn("w:t")):
                text.text = ""
        for part in [part for content in control.findall(qn("w:sdtContent")) for part in content]:
            control.addprevious(part)
        control.getparent().remove(control)
