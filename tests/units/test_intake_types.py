"""Types from labels, titles, keywords and descriptions; and the lists of codes."""

import csv
import re
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as some

from campaign.intake import types
from campaign.profile import profile
from campaign.wording.reasons import REASONS

pytestmark = pytest.mark.rows(every=3)


@pytest.mark.parametrize(
    ("label", "title", "keywords", "description", "guess"),
    [
        ("Ciné-débat", "Demain", [], None, ("cine-debat", False)),
        ("CINE DEBAT", "Demain", [], None, ("cine-debat", False)),
        ("cine-debat", "Demain", [], None, ("cine-debat", False)),
        ("Rencontre - Conférence/débat", "Demain", [], None, ("conference", False)),
        ("Spectacle - Concert", "Demain", [], None, ("spectacle-exposition", False)),
        ("matinée scolaire", "Demain", [], None, ("sensibilisation-scolaire", False)),
        ("Portes Ouvertes", "Atelier", [], None, ("portes-ouvertes", False)),
        ("Visites d’entreprises", "Demain", [], None, ("visite-entreprise", False)),
        ("lancement", "Conférence de lancement", [], None, ("autre", False)),
        ("inclassable", "Conférence sur l’ESS", [], None, ("conference", True)),
        (None, "Projection-débat : Demain", [], None, ("cine-debat", True)),
        (None, "Journée portes ouvertes", [], None, ("portes-ouvertes", True)),
        (None, "Visite de la coopérative", [], None, ("visite-entreprise", True)),
        (None, "Atelier vélo", [], None, ("atelier", True)),
        (None, "ATELIERS", [], None, ("atelier", True)),
        (None, "Salon de l’ESS", [], None, ("salon-marche", True)),
        (None, "Marché de Noël solidaire", [], None, ("salon-marche", True)),
        (None, "Comprendre les marchés publics", [], None, ("conference", True)),
        (None, "Atelier : le film", [], None, ("atelier", True)),
        (None, "Une journée filmée", [], None, ("autre", True)),
        (None, "Spectaculaire", [], None, ("autre", True)),
        (None, "Sans indice", ["concert", "jazz"], None, ("spectacle-exposition", True)),
        (None, "Sans indice", [], "Une table ronde sur l’emploi", ("conference", True)),
        (None, "Sans indice", [], None, ("autre", True)),
        ("", "", [], "", ("autre", True)),
    ],
)
def test_types(
    label: str | None, title: str, keywords: list[str], description: str | None, guess: tuple[str, bool]
) -> None:
    assert _type(label, title, keywords, description) == guess


def test_every_record_has_one_type_of_the_list() -> None:
    with (profile().folder / "types.csv").open(encoding="utf-8") as source:
        known = {row["type"] for row in csv.DictReader(source)}
    with (profile().folder / types.TABLE).open(encoding="utf-8") as source:
        rows = list(csv.DictReader(source))
    assert {row["type"] for row in rows} == known
    assert {row["kind"] for row in rows} == {"label", "keyword"}
    assert len({(row["kind"], row["label"]) for row in rows}) == len(rows)


@given(
    some.text(max_size=30), some.sampled_from(["conférence", "ciné-débat", "portes ouvertes", "visite d'entreprise"])
)
def test_whole_words_only(text: str, word: str) -> None:
    find = re.compile(types.pattern([word]))
    assert find.search(f"{text.lower()} {word} fin")
    assert find.search(word.replace("é", "e"))
    assert not find.search(f"x{word}é")


def test_codes_are_documented_in_french() -> None:
    for code, reason in REASONS.items():
        assert code == reason.code
        assert re.fullmatch(r"[a-z_]+", code)
        assert reason.label.endswith(".")
        assert reason.remedy.endswith(".")


def _type(label: str | None, title: str, keywords: list[str], description: str | None) -> tuple[str, bool]:
    with duckdb.connect() as connection:
        types.load(connection)
        connection.execute(
            "create table given as select 1 as record_id, $1::varchar as type_label, $2::varchar as title,"
            " $3::varchar[] as keywords, $4::varchar as description",
            [label, title, keywords, description],
        )
        types.assign(connection, "given")
        row = connection.execute("select type, type_is_guessed from record_types").fetchone()
        assert row is not None
        return row[0], row[1]


def test_records_beside_one_another_are_as_each_alone() -> None:
    """Labels that are known whole are found without a look at words; those beside them are looked at all the same."""
    records: tuple[tuple[str | None, str], ...] = (
        ("Conférence", "Atelier"),
        ("Grande conférence publique", "Forum"),
        ("Tout autre chose", "Atelier de réparation"),
        (None, "Ciné-débat"),
        (None, "Zzz"),
    )
    alone = [_type(label, title, [], None) for label, title in records]
    assert {is_guessed for _type, is_guessed in alone} == {True, False}
    with duckdb.connect() as connection:
        types.load(connection)
        connection.execute(
            "create table given as select unnest(range(5)) as record_id, unnest($1::varchar[]) as type_label,"
            " unnest($2::varchar[]) as title, []::varchar[] as keywords, null::varchar as description",
            [list(column) for column in zip(*records, strict=True)],
        )
        types.assign(connection, "given")
        together = connection.execute("select type, type_is_guessed from record_types order by record_id").fetchall()
    assert together == alone


def test_words_that_were_made_before_are_those_of_the_labels_that_were_loaded_last(tmp_path: Path) -> None:
    table = tmp_path / "labels.csv"
    with duckdb.connect() as connection:
        for of_type in ("atelier", "colloque"):
            table.write_text(f"type,kind,label,priority\n{of_type},keyword,goûter,1\n", "utf-8")
            types.load(connection, table)
            connection.execute(
                "create or replace table given as select 1 as record_id, null::varchar as type_label, 'Un goûter' as title,"
                " []::varchar[] as keywords, null::varchar as description"
            )
            types.assign(connection, "given")
            assert connection.execute("select type from record_types").fetchall() == [(of_type,)]
