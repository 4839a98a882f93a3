"""The type of each staged record, from the visible table of labels type_labels.csv of the campaign's folder."""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

import duckdb

from campaign.profile import profile

TABLE: Final = "type_labels.csv"
WHOLE: Final = Path(__file__).with_name("label_type.sql")
GUESS: Final = Path(__file__).with_name("guess_type.sql")

_ACCENTED: Final = {"a": "[aàâä]", "c": "[cç]", "e": "[eéèêë]", "i": "[iîï]", "o": "[oôö]", "u": "[uùûü]"}
_EDGE: Final = "[^a-z0-9àáâãäçèéêëìíîïñòóôõöùúûüÿœæ]"


def load(connection: duckdb.DuckDBPyConnection, table: Path | None = None) -> None:
    """Make the temporary table `type_labels` (type, kind, label, priority)."""
    with (table or profile().folder / TABLE).open(encoding="utf-8", newline="") as source:
        rows = [(row["type"], row["kind"], row["label"], int(row["priority"])) for row in csv.DictReader(source)]
    connection.execute(
        "create or replace temp table type_labels (type varchar, kind varchar, label varchar, priority integer)"
    )
    connection.execute(
        "insert into type_labels select unnest($1), unnest($2), unnest($3), unnest($4)",
        [list(column) for column in zip(*rows, strict=True)],
    )
    connection.execute("set variable are_words_defined = false")


def assign(connection: duckdb.DuckDBPyConnection, records: str = "staged_records") -> None:
    """Make `record_types` (record_id, type, type_is_guessed) from a table shaped as `staged_records`."""
    fields = "record_id, type_label, title, keywords, description"
    connection.execute(f"create or replace temp view typed_records as select {fields} from {records}")  # noqa: S608
    connection.execute(WHOLE.read_text("utf-8"))
    untyped = "select coalesce(getvariable('are_words_defined'), false) from record_types where type is null limit 1"
    for (are_defined,) in connection.execute(untyped).fetchall():
        if not are_defined:
            define_words(connection)
        connection.execute(GUESS.read_text("utf-8"))
    connection.execute("drop table type_of_labels")
    connection.execute("drop view typed_records")


def define_words(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the macros that find the words of `type_labels`, which takes longer than all else that a small file needs: `assign`
    does so where a record needs them and nobody has found the time before.

    `type_of_label(t)` and `type_of_words(t)` give the type of the word of lowest priority in a lower-case text, or null.
    """
    rows = connection.execute("select type, kind, label, priority from type_labels").fetchall()
    for kind, macro in (("label", "type_of_label"), ("keyword", "type_of_words")):
        words: dict[tuple[int, str], list[str]] = defaultdict(list)
        for of_type, of_kind, label, priority in rows:
            if of_kind == kind:
                words[priority, of_type].append(label)
        everything = pattern(word for group in words.values() for word in group)
        cases = " ".join(
            f"when regexp_matches(t, {_text(pattern(group))}) then {_text(of_type)}"
            for (_, of_type), group in sorted(words.items())
        )
        # The pattern of all words first: most texts hold none, or few.
        connection.execute(
            f"create or replace temp macro {macro}(t) as"
            f" case when not coalesce(regexp_matches(t, {_text(everything)}), false) then null {cases} end"
        )
    connection.execute("set variable are_words_defined = true")


def pattern(words: Iterable[str]) -> str:
    """Return a pattern that finds any of the words as whole words in a lower-case text, singular or plural.

    Accents do not matter, nor which sign stands between two words; « film » is not found in « filmé ».
    """
    return f"(?:^|{_EDGE})(?:{'|'.join(map(_spelled, words))})(?:s|x|es)?(?:{_EDGE}|$)"


@cache
def _spelled(word: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
    parts = re.findall(r"[a-z0-9]+", plain)
    return "[ '’/-]+".join("".join(_ACCENTED.get(letter, letter) for letter in part) for part in parts)


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
