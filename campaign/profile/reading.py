"""Files of a profile read into models, with every fault told: its file, line, key, value and remedy."""

import csv
import io
import re
import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from campaign.profile.problems import Problem

M = TypeVar("M", bound=BaseModel)
Where = tuple[str | int, ...]

# What pydantic says in English, by its types of errors; those that the models raise speak French already.
_WORDS = {
    "extra_forbidden": ("clé inconnue", "Retirez-la, ou corrigez son nom."),
    "missing": ("clé absente", "Ajoutez-la."),
    "string_too_short": ("une valeur est attendue", "Remplissez-la."),
    "too_short": ("une table au moins est attendue", "Ajoutez-en une."),
    "literal_error": ("cette valeur n'est pas prévue", "Valeurs admises : {expected}."),
    "int_parsing": ("un nombre entier est attendu", "Écrivez-le en chiffres, sans espace."),
    "int_type": ("un nombre entier est attendu", "Écrivez-le en chiffres, sans guillemets."),
    "float_parsing": ("un nombre est attendu", "Écrivez-le en chiffres."),
    "greater_than": ("un nombre au-dessus de {gt} est attendu", "Corrigez-le."),
    "greater_than_equal": ("un nombre d'au moins {ge} est attendu", "Corrigez-le."),
    "less_than_equal": ("un nombre d'au plus {le} est attendu", "Corrigez-le."),
    "string_type": ("un texte est attendu", "Mettez-le entre guillemets."),
    "date_from_datetime_parsing": ("un jour est attendu", "Écrivez-le comme 2014-12-05."),
    "date_parsing": ("un jour est attendu", "Écrivez-le comme 2014-12-05."),
    "value_error": ("{error}", "Corrigez la valeur."),
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
            path.name, int(at[1]) if at else None, None, None, "ce n'est pas du TOML", f"Corrigez la ligne : {error}."
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
    found = next(reader, [])
    needed = {field.alias or name for name, field in model.model_fields.items() if field.is_required()}
    if found != [column for column in wanted if column in found] or not needed <= set(found):
        message = f"les colonnes attendues sont {', '.join(wanted)}"
        return [], [Problem(path.name, 1, None, None, message, f"La première ligne est « {','.join(found)} ».")]
    rows: list[tuple[int, M]] = []
    for cells in reader:
        if not any(cells):
            continue
        if len(cells) != len(found):
            message = f"{len(cells)} cellules, pour {len(found)} colonnes"
            remedy = "Mettez entre guillemets une cellule qui contient une virgule."
            problems.append(Problem(path.name, reader.line_num, None, None, message, remedy))
            continue
        try:
            row = model.model_validate(dict(zip(found, cells, strict=True)))
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
        message, remedy = "ce fichier manque", "campaign profile new en écrit un exemple dans un autre dossier."
    except IsADirectoryError:
        message, remedy = "c'est un dossier", "Mettez-y un fichier."
    except UnicodeDecodeError:
        message, remedy = "ce fichier n'est pas en UTF-8", "Enregistrez-le en UTF-8."
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
    message, remedy = _WORDS.get(error["type"], ("cette valeur n'est pas admise", error["msg"]))
    values = {name: _quoted(value) for name, value in error.get("ctx", {}).items()}
    given = error["input"]
    value = None if error["type"] == "missing" or isinstance(given, dict | list | BaseModel) else str(given)
    key = ".".join(str(part) for part in error["loc"]) or None
    return Problem(path.name, line, key, value, message.format(**values), remedy.format(**values))


def _quoted(value: object) -> str:
    return str(value).replace(" or ", " ou ")
