"""Files of a profile read into models, with every fault told: its file, line, key, value and remedy."""

import csv
import io
import re
import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from campaign.core.language import Message, mark, say
from campaign.profile.problems import Problem

M = TypeVar("M", bound=BaseModel)
Where = tuple[str | int, ...]

# What pydantic says in English, by its types of errors; those that the models raise speak French already.
_WORDS = {
    "extra_forbidden": (mark("clé inconnue"), mark("Retirez-la, ou corrigez son nom.")),
    "missing": (mark("clé absente"), mark("Ajoutez-la.")),
    "string_too_short": (mark("une valeur est attendue"), mark("Remplissez-la.")),
    "too_short": (mark("une table au moins est attendue"), mark("Ajoutez-en une.")),
    "literal_error": (mark("cette valeur n'est pas prévue"), mark("Valeurs admises : {expected}.")),
    "int_parsing": (mark("un nombre entier est attendu"), mark("Écrivez-le en chiffres, sans espace.")),
    "int_type": (mark("un nombre entier est attendu"), mark("Écrivez-le en chiffres, sans guillemets.")),
    "float_parsing": (mark("un nombre est attendu"), mark("Écrivez-le en chiffres.")),
    "greater_than": (mark("un nombre au-dessus de {gt} est attendu"), mark("Corrigez-le.")),
    "greater_than_equal": (mark("un nombre d'au moins {ge} est attendu"), mark("Corrigez-le.")),
    "less_than_equal": (mark("un nombre d'au plus {le} est attendu"), mark("Corrigez-le.")),
    "string_type": (mark("un texte est attendu"), mark("Mettez-le entre guillemets.")),
    "date_from_datetime_parsing": (mark("un jour est attendu"), mark("Écrivez-le comme 2014-12-05.")),
    "date_parsing": (mark("un jour est attendu"), mark("Écrivez-le comme 2014-12-05.")),
    "value_error": ("{error}", mark("Corrigez la valeur.")),
}


def read_toml(path: Path, model: type[M]) -> tuple[M | None, list[Problem]]:
    """Return a TOML file's settings, None where they are wrong, and what is."""
    text, problems = _text(path)
    if text is None:
        return None, problems
    try:
        return model.model_validate(tomllib.loads(text)), []
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        fault = Problem(
            path.name,
            int(at[1]) if at else None,
            None,
            None,
            say("ce n'est pas du TOML"),
            say("Corrigez la ligne : {error}.", error=error),
        )
        return None, [fault]
    except ValidationError as error:
        return None, [_problem(path, line_of(text, one["loc"]), one) for one in _own(error.errors())]


def read_table(path: Path, model: type[M]) -> tuple[list[tuple[int, M]], list[Problem]]:
    """Return a CSV file's rows with the line where each ends, and what is wrong in others.

    All columns are needed in their order, but those that have a default may be missing.
    """
    text, problems = _text(path)
    if text is None:
        return [], problems
    wanted = header(model)
    reader = csv.reader(io.StringIO(text, newline=""))
    columns = next(reader, [])
    needed = {field.alias or name for name, field in model.model_fields.items() if field.is_required()}
    if columns != [column for column in wanted if column in columns] or not needed <= set(columns):
        message = say("les colonnes attendues sont {listed}", listed=", ".join(wanted))
        return [], [
            Problem(
                path.name, 1, None, None, message, say("La première ligne est « {listed} ».", listed=",".join(columns))
            )
        ]
    rows: list[tuple[int, M]] = []
    for cells in reader:
        if not any(cells):
            continue
        if len(cells) != len(columns):
            message = say("{n_cells} cellules, pour {n_columns} colonnes", n_cells=len(cells), n_columns=len(columns))
            remedy = say("Mettez entre guillemets une cellule qui contient une virgule.")
            problems.append(Problem(path.name, reader.line_num, None, None, message, remedy))
            continue
        try:
            row = model.model_validate(dict(zip(columns, cells, strict=True)))
            rows.append((reader.line_num, row))
        except ValidationError as error:
            problems += [_problem(path, reader.line_num, one) for one in _own(error.errors())]
    return rows, problems


def header(model: type[BaseModel]) -> list[str]:
    """Return the columns of a table whose rows are such models."""
    return [field.alias or name for name, field in model.model_fields.items()]


def line_of(text: str, where: Where) -> int | None:
    """Return the line of a TOML text that sets a key, else of the table that it is missing from."""
    best, line_found = 0, None
    table: Where = ()
    seen: dict[str, int] = {}
    for line, content in enumerate(text.splitlines(), start=1):
        if named := re.match(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]", content):
            path = tuple(part.strip().strip("\"'") for part in named[2].split("."))
            table = path
            if named[1] == "[[":
                seen[named[2]] = seen.get(named[2], -1) + 1
                table = (*path, seen[named[2]])
            key = table
        elif given := re.match(r"\s*([\w.\"'-]+?)\s*=", content):
            key = (*table, *(part.strip("\"'") for part in given[1].split(".")))
        else:
            continue
        if len(key) > best and where[: len(key)] == key:
            best, line_found = len(key), line
    return line_found


def _text(path: Path) -> tuple[str | None, list[Problem]]:
    try:
        return path.read_text("utf-8-sig"), []
    except FileNotFoundError:
        message, remedy = (
            say("ce fichier manque"),
            say("campaign profile new en écrit un exemple dans un autre dossier."),
        )
    except IsADirectoryError:
        message, remedy = say("c'est un dossier"), say("Mettez-y un fichier.")
    except UnicodeDecodeError:
        message, remedy = say("ce fichier n'est pas en UTF-8"), say("Enregistrez-le en UTF-8.")
    return None, [Problem(path.name, None, None, None, message, remedy)]


def _own(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Return the errors without those of a table that only follow from one within it."""
    places = [one["loc"] for one in errors]
    return [
        one
        for one in errors
        if not any(len(p) > len(one["loc"]) and p[: len(one["loc"])] == one["loc"] for p in places)
    ]


def _problem(path: Path, line: int | None, error: ErrorDetails) -> Problem:
    message, remedy = _WORDS.get(error["type"], (mark("cette valeur n'est pas admise"), error["msg"]))
    values = {name: _text_of(value) for name, value in error.get("ctx", {}).items()}
    given = error["input"]
    value = None if error["type"] == "missing" or isinstance(given, dict | list | BaseModel) else str(given)
    key = ".".join(str(part) for part in error["loc"]) or None
    return Problem(path.name, line, key, value, say(message, **values), say(remedy, **values))


def said_by(error: ValueError) -> Message:
    """Return what a model says of a value: the message that it raised."""
    raised = error.args[0] if error.args else ""
    return raised if isinstance(raised, Message) else Message("{error}", {"error": str(error)})


def _text_of(value: object) -> str | Message:
    # a list of values of pydantic is in English
    return said_by(value) if isinstance(value, ValueError) else str(value).replace(" or ", ", ")
