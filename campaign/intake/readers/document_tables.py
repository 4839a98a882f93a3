"""The tables of web pages and Word documents, and the events that a page's scripts describe, as rows."""

import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from campaign.core.errors import IntakeError
from campaign.core.language import say
from campaign.intake.fields import columns, date_hints, guessing, headings
from campaign.intake.fields.headings import OF_HEADING
from campaign.intake.files import encodings
from campaign.intake.readers import (
    document_controls,
    document_headers,
    marked_pages,
    sentences,
    spanning_cells,
    struck_texts,
    structured,
)
from campaign.intake.request import Mapping
from campaign.intake.spreadsheets import grids as drawn
from campaign.intake.spreadsheets import transposed

REMEDY: Final = say("Vérifiez l'export, ou enregistrez-le en CSV.")
_FEWEST_DAYS: Final = 2
_LINES: Final = frozenset({"br", "p", "div", "li"})  # what begins a line in a cell

_AROUND: Final = re.compile(r"^(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?://\s*)?(?:-->|\]\]>)(?:\s*\*/)?$")
_LAST_COMMA: Final = re.compile(r",(\s*[}\]])")

Row = dict[str, str]


def page(path: Path, name: str) -> Iterator[Row]:
    """Yield the events that the scripts of a web page describe, or its elements, else the rows of its tables."""
    import lxml.etree
    import lxml.html

    try:
        content = path.read_bytes()
        charset = re.search(rb"(?i)<meta[^>]+charset=[\"']?([\w-]+)", content[:4096])
        encoding = charset[1].decode() if charset else encodings.guess(path, content[:4096])
        page = lxml.html.fromstring(content, parser=lxml.html.HTMLParser(encoding=encoding))
    except (lxml.etree.LxmlError, ValueError, LookupError) as error:
        raise IntakeError(say("{name} est une page web illisible.", name=name), REMEDY) from error
    events = []
    for script in page.xpath('//script[@type="application/ld+json"]/text()'):
        events += _events_of(script)
    events = events or list(structured.events(list(marked_pages.things(page))))
    if events:
        yield from events
        return
    tables = page.xpath("//table[not(.//table)]")
    over = "preceding::*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6][1]"
    struck = [struck_texts.rows_of_page(table) for table in tables]  # before their texts are taken
    drawn_tables = [spanning_cells.of_page(table, _text) for table in tables]
    grids = [
        document_headers.one_row(struck_texts.called_off(grid, rows))
        for grid, rows in zip(drawn_tables, struck, strict=True)
    ]
    above = [[" ".join(map(_text, table.xpath(path))) for path in ("./caption", over)] for table in tables]
    grids = [_headed(grid, *texts) for grid, texts in zip(grids, above, strict=True)]
    yield from _under_days(grids, [heading for _, heading in above]) or _with_year(
        _all_rows(grids), [_text(each) for each in page.xpath("//h1 | //h2 | //h3 | //title | //caption")]
    )


def _events_of(script: str) -> list[Row]:
    """Return the events of a script of a page; of one that is broken a row with a title alone, so that it is told as one without a date."""
    text = _AROUND.sub("", script.strip()).rstrip("; \n")
    for written in (text, _LAST_COMMA.sub(r"\1", text)):
        try:
            return list(structured.events(json.loads(written, strict=False)))
        except ValueError:
            continue
    is_event = re.search(r'"@type"\s*:\s*"[^"]*(?:Event|Festival)"', text)
    name = re.search(r'"name"\s*:\s*"([^"]+)', text)
    return [{"titre": name[1] if name else "JSON-LD"}] if is_event else []


def _with_year(rows: Iterable[Row], texts: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of tables, with the only year that stands around them where no date has its own."""
    all_rows = list(rows)
    years = {year for text in texts if (year := date_hints.month_and_year(text)[1])}
    fields = {name: columns.field_of(name) for row in all_rows for name in row}
    dates = [cell for row in all_rows for name, cell in row.items() if fields[name] in ("begins", "month", "year")]
    is_without = len(years) == 1 and bool(dates) and "year" not in fields.values()
    of_all = (
        {"année": str(years.pop())} if is_without and not any(re.search(r"\b\d{4}\b", cell) for cell in dates) else {}
    )
    yield from ({**row, **of_all} for row in all_rows)


def _headed(grid: list[list[str]], *over: str) -> list[list[str]]:
    """Return a table with what a caption or heading over it says in a column of its own: the month of its days, the town of its events."""
    number, texts = columns.header_row(grid), [" ".join(text.split()) for text in over]
    text = next((text for text in texts if headings.heading_of(text) or headings.month_in(text)), "")
    kind = headings.heading_of(text)
    if kind is None and (month := headings.month_in(text)):
        kind, text = "month", month
        dated = [
            cells[at] for cells in grid[number + 1 :] for at in _columns_of(grid[number], "begins") if at < len(cells)
        ]
        kind = None if dated and all(map(guessing.is_full_date, filter(None, dated))) else kind
    if number < 0 and kind == "begins" and len(grid) > 1:  # « Horaire », « Activité », « Salle » below a day
        dated_grid = [[OF_HEADING[kind], *grid[0]], *([text, *cells] for cells in grid[1:])]
        return dated_grid if columns.header_row(dated_grid) == 0 else grid
    if number < 0 or kind is None or kind in {columns.field_of(name) for name in grid[number]}:
        return grid
    name = OF_HEADING[kind]
    beside = [name if at == number else text if sum(map(bool, cells)) > 1 else "" for at, cells in enumerate(grid)]
    return [[*cells, beside[at]] if at >= number else cells for at, cells in enumerate(grid)]


def _under_days(grids: Sequence[list[list[str]]], over: Sequence[str]) -> list[Row]:
    """Return the rows of tables without a header that stand each under a day, if what they hold says which column is what; none else."""
    if len(grids) < _FEWEST_DAYS or any(headings.heading_of(text) != "begins" for text in over):
        return []
    if any(columns.header_row(grid) >= 0 for grid in grids):
        return []
    rows = [[day, *cells] for day, grid in zip(over, grids, strict=True) for cells in grid]
    try:
        header = columns.find_header(rows, Mapping(), "")
    except IntakeError:
        return []
    named = {index: field for field, indexes in header.columns.items() for index in indexes}
    names = [OF_HEADING.get(named.get(index, ""), named.get(index, name)) for index, name in enumerate(header.names)]
    return [dict(zip(names, cells, strict=False)) for cells in rows] if header.row < 0 else []


def _columns_of(names: Sequence[str], field: str) -> list[int]:
    return [index for index, name in enumerate(names) if columns.field_of(name) == field]


def _text(cell: Any) -> str:
    """Return the text of a cell, its lines apart; of `<time datetime>` what a program reads."""
    for node in cell.iter("time"):
        fuller = marked_pages.moment(node.get("datetime", "").strip(), " ".join("".join(node.itertext()).split()))
        for child in list(node):
            node.remove(child)
        node.text = fuller
    hidden_nodes = [node for node in cell.iterdescendants() if isinstance(node.tag, str) and _is_hidden(node)]
    if (
        hidden_nodes
        and "".join(cell.itertext()).strip() != "".join("".join(n.itertext()) for n in hidden_nodes).strip()
    ):
        for node in hidden_nodes:
            node.drop_tree()
    words: list[str] = []
    for node in cell.iter():
        is_apart = node.tag in _LINES
        words += ["\n" if is_apart else "", node.text or "" if isinstance(node.tag, str) else ""]
        if node is not cell:
            words.append(("\n" if is_apart else "") + (node.tail or ""))
    lines = (" ".join(line.split()) for line in "".join(words).replace("\r", " ").split("\n"))
    return "\n".join(filter(None, lines))


def _is_hidden(node: Any) -> bool:
    """Tell whether no reader of a page takes an element for what holds: a key for sorting, or what is struck out."""
    style = re.sub(r"\s", "", node.get("style", "")).lower()
    is_unseen = node.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style
    return is_unseen or struck_texts.is_struck(node)


def document(path: Path, name: str) -> Iterator[Row]:
    """Yield the rows of the tables of a Word document."""
    import docx
    import docx.opc.exceptions

    try:
        document = docx.Document(str(path))
    except (
        docx.opc.exceptions.PackageNotFoundError,
        KeyError,
        ValueError,
        zipfile.BadZipFile,
        SyntaxError,  # XML that is none
    ) as error:
        raise IntakeError(
            say("{name} est un document Word abîmé.", name=name), say("Enregistrez-le de nouveau.")
        ) from error
    document_controls.without_controls(document.element.body)
    grids, over = [], ""
    days: list[str] = []
    for part in document.iter_inner_content():
        if isinstance(part, docx.table.Table):
            standing_rows = [row for row in part.rows if not row._tr.xpath("./w:trPr/w:del")]
            grid = spanning_cells.of_document(standing_rows, _written)
            grid = struck_texts.called_off(grid, struck_texts.rows_of_document(standing_rows))
            inner_grids = map(_inner_grid, part._tbl.xpath(".//w:tc//w:tbl"))
            for each in (grid, *(inner for inner in inner_grids if columns.header_row(inner) >= 0)):
                grids.append(_headed(document_headers.one_row(each), over))
                days.append(over)
        elif part.text.strip():
            over = part.text.strip()
    lines = [[line] for paragraph in document.paragraphs for line in paragraph.text.split("\n") if line.strip()]
    if not grids and transposed.is_transposed(lines):  # « Titre : … », « Date : … », each on its line
        grids = [lines]
    if grids:
        yield from _under_days(grids, days) or _with_year(
            _all_rows(grids), [paragraph.text for paragraph in document.paragraphs]
        )
        return
    prose_rows = sentences.rows_of([line for (line,) in lines])
    if not prose_rows:
        raise IntakeError(
            say(
                "{name} est un document texte sans tableau, dont les phrases ne disent pas à coup sûr ce qui est date, lieu et titre.",
                name=name,
            ),
            say("Mettez les événements dans un tableau, un par ligne, ou dans un classeur."),
        )
    yield from prose_rows


_SIGNS: Final = {"tab": " ", "noBreakHyphen": "-"}


def _written(cell: Any) -> str:
    """Return the text of a cell as it stands with all changes accepted, also what content controls hold.

    A row of a table within it is a line, unless that table has a header: it is one of its own.
    """
    lines = []
    for paragraph in cell.xpath(".//w:p[not(ancestor::w:moveFrom)] | .//w:tbl"):
        if next(paragraph.iterancestors(cell.tag)) is not cell:
            continue
        if paragraph.tag.endswith("}tbl"):
            rows = _inner_grid(paragraph)
            lines += [" ".join(filter(None, cells)) for cells in rows if columns.header_row(rows) < 0]
        else:
            parts = paragraph.xpath(
                ".//w:t[not(ancestor::w:moveFrom)] | .//w:br | .//w:cr | .//w:tab | .//w:noBreakHyphen"
            )
            lines.append(
                "".join(
                    part.text or "" if part.tag.endswith("}t") else _SIGNS.get(part.tag.rsplit("}", 1)[-1], "\n")
                    for part in struck_texts.standing(parts)
                )
            )
    return "\n".join(lines).strip()


def _inner_grid(table: Any) -> list[list[str]]:
    """Return the texts of a table within a cell."""
    return [[_written(cell) for cell in row.xpath("./w:tc")] for row in table.xpath("./w:tr")]


def _all_rows(grids: Sequence[Sequence[Sequence[str]]]) -> Iterator[Row]:
    """Return the rows of all tables of a document that have a header with a title, in their order; else of the longest."""
    grids = [
        drawn.unfolded(grid) if drawn.is_grid(grid) else grid for grid in grids
    ]  # films below each other, days side by side
    headed = [grid for grid in grids if (row := columns.header_row(grid)) >= 0 and _has_events(grid, row)]
    forms = [grid for grid in map(_once, grids) if transposed.is_transposed(grid)] if not headed else []
    for form in forms:
        _, turned = zip(*transposed.records(enumerate(map(list, form), 1)), strict=True)
        yield from _rows(turned)
    for grid in headed or ([] if forms else [max(grids, key=len, default=[])]):
        yield from _rows(grid)


def _once(grid: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return a grid whose cells that span several columns are said once: a form's title over both its columns."""
    return [[cell for index, cell in enumerate(cells) if not index or cell != cells[index - 1]] for cells in grid]


def _has_events(grid: Sequence[Sequence[str]], row: int) -> bool:
    """Tell whether a table has titles and dates, by the names of its columns or by what they hold."""
    fields = {columns.field_of(name) for name in grid[row]}
    if not fields & {"begins", "slots"}:
        return False
    try:
        return "title" in fields or bool(columns.find_header(grid[row:], Mapping(), ""))
    except IntakeError:
        return False


def _rows(grid: Sequence[Sequence[str]]) -> Iterator[Row]:
    """Return the rows of a grid by its header, found as that of a spreadsheet."""
    number = columns.header_row(grid)
    if number < 0:
        return
    names = document_headers.different([name or f"colonne {index}" for index, name in enumerate(grid[number], 1)])
    for cells in spanning_cells.with_sessions(list(map(list, grid)), number)[number + 1 :]:
        if any(cells) and list(cells) != list(grid[number]):
            yield dict(zip(names, cells, strict=False))
