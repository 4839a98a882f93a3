"""Mapping files: which column is which field, where guessing fails."""

import tomllib
from pathlib import Path

from campaign.errors import IntakeError
from campaign.intake.columns import FIELDS
from campaign.intake.request import Mapping

_EXAMPLE = 'Par exemple : [columns] title = "Nom de l\'action", starts_at = 3 (troisième colonne).'


def load(path: Path) -> Mapping:
    """Read a mapping file (TOML: `[columns]`, `[source]`, `[values.<field>]`); raise IntakeError if it is faulty."""
    try:
        document = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise IntakeError(f"La correspondance {path} ne peut pas être ouverte.", "Vérifiez son nom.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise IntakeError(f"La correspondance {path.name} n'est pas du TOML : {error}.", _EXAMPLE) from error
    columns = document.get("columns", {})
    source = document.get("source", {})
    values = document.get("values", {})
    unknown = sorted(set(document) - {"columns", "source", "values"})
    if unknown or not all(isinstance(part, dict) for part in (columns, source, values, *dict(values).values())):
        raise IntakeError(
            f"La correspondance {path.name} a une partie inconnue ou mal formée ({', '.join(unknown) or 'table'}).",
            "Ses parties sont [columns], [source] et [values.<champ>].",
        )
    for name, column in columns.items():
        if name not in FIELDS:
            raise IntakeError(
                f"La correspondance {path.name} nomme un champ inconnu : {name}.", f"Champs : {', '.join(FIELDS)}."
            )
        if not isinstance(column, str | int) or isinstance(column, bool) or (isinstance(column, int) and column < 1):
            raise IntakeError(f"La colonne du champ {name} n'est ni un en-tête ni un numéro à partir de 1.", _EXAMPLE)
    return Mapping(
        columns=dict(columns),
        source={key: str(value) for key, value in source.items()},
        values={name: {str(k): str(v) for k, v in table.items()} for name, table in values.items()},
    )
