"""What is told of a table without a column that every event needs."""

import json
from collections.abc import Mapping, Sequence

from campaign.core.errors import MissingColumnError
from campaign.core.language import say
from campaign.intake.fields import settling
from campaign.intake.fields.guessing import Guess


def check(
    file: str,
    columns: Mapping[str, Sequence[int]],
    names: Sequence[str],
    guesses: Mapping[int, Guess],
    unused: Sequence[str],
) -> None:
    """Raise MissingColumnError if no column of `columns` is a title or a date, with those among `names` that look like one."""
    for field, label, others in (("begins", say("date"), ("slots", "year")), ("title", say("titre"), ())):
        if field in columns or any(other in columns for other in others):
            continue
        alike = [names[index] for index, guess in guesses.items() if guess.field == field]
        of_events = (name for name in unused if not settling.is_of_another_act(field, name))
        candidate = alike[0] if alike else next(of_events, "nom de la colonne")
        message = say("{file} : aucune colonne de {label} n'a été reconnue.", file=file, label=label)
        if alike:
            message = say(
                "{file} : aucune colonne de {label} n'a été reconnue ; {alike} y ressemble.",
                file=file,
                label=label,
                alike=", ".join(f"«\u00a0{each}\u00a0»" for each in alike),
            )
        raise MissingColumnError(
            message,
            say(
                "Donnez --mapping avec un fichier TOML où se trouve : [columns] {name} = {column}. Colonnes sans emploi : {unused}.",
                name=field,
                column=json.dumps(candidate, ensure_ascii=False),
                unused=", ".join(unused) or say("aucune"),
            ),
            field=field,
        )
