"""Files that a program damaged: written twice in UTF-8, their lines quoted whole, cut in the middle of a line."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from campaign.core.errors import IntakeError
from campaign.intake.files import csv_lines, encodings
from tests.intake_files import Stage, event, write

pytestmark = pytest.mark.rows(every=3)

TEXT = "Intitulé;Date;Ville\nCiné-débat sur l’économie à Évry;03/11/2026;Évry\nCHÂTEAU, Œuvre;04/11/2026;Brest\n"


def twice(text: str, encoding: str = "cp1252") -> str:
    return text.encode().decode(encoding)


@pytest.mark.parametrize(
    "content",
    [
        twice(TEXT.replace("à", "a")),
        TEXT.splitlines(keepends=True)[0] + twice(TEXT.split("\n")[1], "latin-1") + "\n" + TEXT.split("\n")[2] + "\n",
        twice(twice(TEXT.replace("à", "a"), "latin-1"), "latin-1"),
        TEXT.replace("é", "\\u00e9"),
        TEXT.replace("É", "\\u00c9"),
        TEXT.replace("’", "\x92").replace("Œ", "\x8c").replace("\n", "_x000D_\n"),
    ],
    ids=["whole", "one line", "thrice", "as JSON escapes it", "a capital as JSON escapes it", "controls"],
)
def test_what_was_written_twice_is_mended_and_told(tmp_path: Path, content: str) -> None:
    stage = Stage(write(tmp_path, content))
    assert [row["title"].replace(" à ", " a ") for row in stage.records] == [
        "Ciné-débat sur l’économie a Évry",
        "CHÂTEAU, Œuvre",
    ]
    assert stage.records[0]["city"] == "Évry"
    assert "encoding_repaired" in stage.kinds


@pytest.mark.parametrize("text", ["CHÂTEAU", "Âge d'or", "SÃO PAULO", "Å", "√2", "L’été à Évry, déjà", "ÎLE-DE-FRANCE"])
def test_capitals_with_accents_stay(text: str) -> None:
    assert encodings.mended(text) == text


@pytest.mark.in_turn
def test_a_workbook_and_json_are_mended(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["Titre", "Date", "Ville"], [twice("Café"), "03/11/2026", "Rennes"], ["Thé", "04/11/2026", "Brest"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    stage = Stage(tmp_path / "a.xlsx")
    assert [row["title"] for row in stage.records] == ["Café", "Thé"]
    assert [(row["kind"], row["detail"]) for row in stage.warnings] == [("encoding_repaired", "1")]
    for ascii_only in (True, False):
        listed = json.dumps(
            [{"title": twice("Café"), "date": "2026-11-03"}, {"title": "Thé", "date": "2026-11-04"}],
            ensure_ascii=ascii_only,
        )
        agenda = json.dumps(
            {"events": [event(title={"fr": twice('Café "à point"'.replace("à", "é"))})]}, ensure_ascii=ascii_only
        )
        assert Stage(write(tmp_path, listed, "l.json")).records[0]["title"] == "Café"
        stage = Stage(write(tmp_path, agenda, "a.json"))
        assert stage.record["title"] == 'Café "é point"'
        assert stage.kinds == ["encoding_repaired"]


def test_a_file_without_a_fault_is_read_where_it_stands(tmp_path: Path) -> None:
    path = write(tmp_path, TEXT)
    assert encodings.as_mended(path, tmp_path) == (path, 0)
    assert csv_lines.as_cells(path, tmp_path) == path


@pytest.mark.parametrize(
    "content",
    [
        '"Titre;Date;Ville"\n"Café;03/11/2026;Rennes"\n"Thé ""vert"";04/11/2026;Brest"\n',
        '"Titre,Date,""Ville"""\r\n"Café,2026-11-03,Rennes"\r\n"""Thé """"vert"""""",2026-11-04,Brest"\r\n',
        '"Titre;Date;Ville";;\n"Café;03/11/2026;Rennes";;\n"Thé ""vert"";04/11/2026;Brest";;\n',
        'Titre,Date,Ville\n"Café",03/11/2026,Rennes\n"Thé \\"vert\\"",04/11/2026,Brest\n',
        'Titre;Date;Ville\nCafé\0;03/11/2026;Rennes\0\0\n"Thé ""vert""";04/11/2026;Brest\n',
    ],
    ids=["plain", "quoted cells", "empty cells behind", "escaped", "zeros between letters"],
)
def test_lines_that_are_quoted_whole(tmp_path: Path, content: str) -> None:
    stage = Stage(write(tmp_path, content))
    assert [(row["title"], row["city"]) for row in stage.records] == [("Café", "Rennes"), ('Thé "vert"', "Brest")]
    assert stage.rejects == []


def test_quotes_around_each_cell_stay_those_of_cells(tmp_path: Path) -> None:
    path = write(tmp_path, '"Titre";"Date";"Ville"\n"Café; thé";"03/11/2026";"Rennes"\n')
    assert csv_lines.as_cells(path, tmp_path) == path
    assert Stage(path).record["title"] == "Café; thé"


@pytest.mark.parametrize("n_whole", [1, 2])
def test_lines_of_json_are_kept_up_to_the_break(tmp_path: Path, n_whole: int) -> None:
    whole = [json.dumps({"title": f"Forum {n}", "date": f"2026-11-0{n + 1}", "city": "Rennes"}) for n in range(n_whole)]
    cut = json.dumps({"title": "Débat", "place": {"city": "Brest"}, "date": "2026-11-09"})
    stage = Stage(write(tmp_path, "\n".join([*whole, cut[:-25]]), "a.jsonl"))
    assert [row["title"] for row in stage.records] == [f"Forum {n}" for n in range(n_whole)]
    assert [(row["kind"], row["detail"]) for row in stage.warnings] == [("file_truncated", str(n_whole + 1))]


def test_lines_of_an_agenda_are_kept_up_to_the_break(tmp_path: Path) -> None:
    lines = [json.dumps(event(uid=number)) for number in (1, 2, 3)]
    stage = Stage(write(tmp_path, "\n".join(lines)[:-10], "a.ndjson"))
    assert len(stage.records) == 2
    assert stage.kinds == ["file_truncated"] * 1


def test_a_line_of_json_in_the_middle_that_is_broken_is_told(tmp_path: Path) -> None:
    lines = [json.dumps({"title": f"Forum {n}", "date": "2026-11-03"}) for n in range(4)]
    lines[1] = lines[1][:-4]
    stage = Stage(write(tmp_path, "\n".join(lines), "a.jsonl"))
    assert [row["title"] for row in stage.records] == ["Forum 0", "Forum 2", "Forum 3"]
    assert [(row["kind"], row["detail"]) for row in stage.warnings] == [("file_truncated", "2")]
    lines[2] = lines[2][:-4]
    with pytest.raises(IntakeError, match="ligne 3"):
        Stage(write(tmp_path, "\n".join(lines), "a.jsonl"))


@pytest.mark.parametrize("n_before", [1, 2, 3])
def test_a_character_that_two_pieces_of_a_file_part_is_mended(tmp_path: Path, n_before: int) -> None:
    line = "Titre;" + "x" * 93 + "\n"
    n_lines = (1 << 20) // len(line)
    short = (1 << 20) - n_lines * len(line)
    content = line * n_lines + "y" * (short - n_before) + twice("é") + ";05/11/2026\n"
    assert content.encode()[: 1 << 20].endswith(twice("é").encode()[:n_before])
    mended, n_mended = encodings.as_mended(write(tmp_path, content), tmp_path)
    assert (n_mended, mended.read_text("utf-8")[-15:]) == (1, "yyé;05/11/2026\n")


def test_texts_of_four_bytes_without_a_mark_are_not_of_two() -> None:
    assert encodings.wide("Titre;Date".encode("utf-16-le")) == "utf-16-le"
    assert encodings.wide("Titre;Date".encode("utf-32-le")) is None
    assert encodings.wide(b"\x89\0P\0N\0G\0\1\0\2\0") is None  # no text of ours begins so
