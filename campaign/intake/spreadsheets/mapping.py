"""Mapping files: which column is which field, where guessing fails."""

import json
import tomllib
from pathlib import Path

from campaign.core.errors import IntakeError
from campaign.core.files import write_whole
from campaign.core.language import say
from campaign.intake.fields.columns import FIELDS, UNUSED
from campaign.intake.request import Mapping

_EXAMPLE = say('Par exemple : [columns] title = "Nom de l\'action", begins = 3 (troisième colonne).')


def load(path: Path) -> Mapping:
    """Read a mapping file (TOML: `[columns]`, `[source]`, `[values.<field>]`); raise IntakeError if it is faulty."""
    try:
        return parse(path.read_bytes(), path.name)
    except OSError as error:
        raise IntakeError(
            say("La correspondance {path} ne peut pas être ouverte.", path=path), say("Vérifiez son nom.")
        ) from error


def parse(content: bytes, name: str) -> Mapping:
    """Return what a mapping file says; `name` is how a person knows it. Raises IntakeError if it is faulty."""
    try:
        document = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise IntakeError(
            say("La correspondance {name} n'est pas du TOML : {error}.", name=name, error=error), _EXAMPLE
        ) from error
    columns = document.get("columns", {})
    source = document.get("source", {})
    values = document.get("values", {})
    unknown = sorted(set(document) - {"columns", "source", "values"})
    if unknown or not all(isinstance(part, dict) for part in (columns, source, values, *dict(values).values())):
        raise IntakeError(
            say(
                "La correspondance {name} a une partie inconnue ou mal formée ({parts}).",
                name=name,
                parts=", ".join(unknown) or "table",
            ),
            say("Ses parties sont [columns], [source] et [values.<champ>]."),
        )
    for field, column in columns.items():
        if field not in FIELDS and field != UNUSED:
            raise IntakeError(
                say("La correspondance {name} nomme un champ inconnu : {field}.", name=name, field=field),
                say(
                    "Champs : {fields} ; {unused} pour les colonnes sans emploi.",
                    fields=", ".join(FIELDS),
                    unused=UNUSED,
                ),
            )
        parts = column if isinstance(column, list) and column else [column]
        if not all(type(part) is str or (type(part) is int and part >= 1) for part in parts):
            raise IntakeError(
                say("La colonne du champ {field} n'est ni un en-tête ni un numéro à partir de 1.", field=field),
                _EXAMPLE,
            )
    return Mapping(
        columns=dict(columns),
        source={key: str(value) for key, value in source.items()},
        values={field: {str(k): str(v) for k, v in table.items()} for field, table in values.items()},
    )


def save(path: Path, mapping: Mapping) -> None:
    """Write a mapping file that `load` reads back; raise WriteError if it cannot be written."""
    write_whole(path, written(mapping))


def written(mapping: Mapping) -> str:
    """Return a mapping as the text of a file."""
    lines = [
        "# Quelle colonne est quel champ. Un numéro compte à partir de 1 ; une liste joint plusieurs colonnes.",
        "[columns]",
    ]
    lines += [f"{field} = {_toml(column)}" for field, column in mapping.columns.items()]
    if mapping.source:
        lines += ["", "[source]", *(f"{_toml(key)} = {_toml(value)}" for key, value in mapping.source.items())]
    for field, table in mapping.values.items():
        lines += ["", f"[values.{field}]", *(f"{_toml(key)} = {_toml(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def _toml(value: str | int | list[str | int]) -> str:
    """Return a value in TOML, whose texts are written as those of JSON."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
