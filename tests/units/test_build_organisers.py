"""Spellings of one organiser are joined with caution, families told by the name; both are kept and can be taken back."""

from pathlib import Path

import pytest

from campaign.core.errors import StoreError
from campaign.core.settings import settings
from campaign.filters import Filters, parse
from campaign.publish.decisions import join_organisers, separate_organiser, undo_organiser
from campaign.publish.rollback import rollback
from campaign.store import query
from tests.records import build, events_of, record, rows_of


def imported(db: Path, *names: str, **options: object) -> None:
    build(db, [record(name, organiser_labels=[name]) for name in names], **options)


def standing(db: Path) -> dict[str, str]:
    return dict(events_of(db, "lead_organiser_id"))


# Names, and how many organisers they are.
NAMES: tuple[tuple[tuple[str, ...], int], ...] = (
    (("Association Le Relais", "Le Relais (asso)", "le relais"), 1),
    (("SCOP Le Moulin", "Le Moulin"), 1),
    (("La Ruche, SCIC SARL", "La Ruche SCIC SARL"), 1),
    (("SCOP Le Verger", "Association Le Verger"), 2),  # two legal persons
    (("SCOP Le Phare", "Association Le Phare", "Le Phare"), 3),  # nobody knows which one the third is
    (("Association ESS", "ESS"), 2),  # too short to be somebody's
    (("Le Chantier", "Le Chantier de Rennes"), 2),
    (("Atelier des voisins", "Atelier des voisines"), 2),
)


@pytest.mark.in_turn
def test_names_are_joined_with_caution(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "campaign.duckdb"
    monkeypatch.setattr(settings(), "db", db)
    given = [name for names, _n in NAMES for name in names]
    imported(db, *given)
    organisers = standing(db)
    for names, n in NAMES:
        assert len({organisers[name] for name in names}) == n, names
    assert len(set(organisers.values())) == sum(n for _names, n in NAMES)
    assert rows_of(db, "select count(*) from event_organisers where named_id is not null") == [(len(given),)]
    by_organiser = query("organiser_joins").column("organiser")
    assert by_organiser == sorted(by_organiser)


FAMILIES = (
    ("CRESS Bretagne", "cress"),
    ("Chambre régionale de l'économie sociale d'Alsace", "cress"),
    ("Fondation Agir", "fondation"),
    ("Mutuelle des Deux Rives", "mutuelle"),
    ("Ville de Rennes", "collectivite"),
    ("Conseil régional de Lorraine", "collectivite"),
    ("Communauté de communes du Pays fou", "collectivite"),
    ("Lycée Victor-Hugo", "etablissement-scolaire"),
    ("Coopérative des Tilleuls", "cooperative"),
    ("L'Équipe (SCOP)", "cooperative"),
    ("Dupont SARL", "entreprise"),
    ("Association sportive", "association"),
    ("Le Relais", None),
    ("Villeneuve en fête", None),
)


@pytest.fixture(scope="module")
def families(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | None]:
    """The family of each organiser, by name; one import of all."""
    db = tmp_path_factory.mktemp("families") / "campaign.duckdb"
    imported(db, *(name for name, _family in FAMILIES))
    return dict(rows_of(db, "select name, family from organisers"))  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "family"), FAMILIES)
def test_the_family_is_that_which_the_name_tells(
    families: dict[str, str | None], name: str, family: str | None
) -> None:
    assert families[name] == family


def test_a_plain_spelling_has_the_family_of_the_one_that_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "campaign.duckdb"
    imported(db, "Le Relais", "Association Le Relais")
    monkeypatch.setattr(settings(), "db", db)
    chosen = Filters(editions=(2014,))
    (row,) = query("organisers_listed", chosen=chosen, history=chosen, least=1, most=None, n=5).rows
    assert (row["name"], row["also"], row["family"], row["n_events"]) == (
        "Le Relais", ["Association Le Relais"], "association", 2,
    )  # fmt: skip
    assert query("event_distincts", chosen=chosen).one["n_organisers"] == 1
    old_link = parse([("edition", "2014"), ("organiser", "association-le-relais")])
    assert query("event_totals", chosen=old_link).one["total"] == 2


@pytest.mark.in_turn
def test_decisions_outlive_imports_and_can_be_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "campaign.duckdb"
    monkeypatch.setattr(settings(), "db", db)
    imported(db, "Le Relais", "Association Le Relais", "Relais de Rennes")
    by_name_alone = {"named_id": "association-le-relais", "name": "Association Le Relais", "family": "association"}
    assert query("organiser_joins").rows == [
        by_name_alone | {"organiser_id": "le-relais", "organiser": "Le Relais", "decision": None}
    ]
    separate_organiser(db, "association-le-relais")
    assert len(set(standing(db).values())) == 3
    join_organisers(db, "relais-de-rennes", "le-relais")
    decided = [(row["name"], row["organiser"], row["decision"]) for row in query("organiser_joins").rows]
    assert decided == [("Association Le Relais", None, "apart"), ("Relais de Rennes", "Le Relais", "joined")]
    imported(db, "Encore un")
    assert standing(db)["Relais de Rennes"] == "le-relais"
    assert standing(db)["Association Le Relais"] == "association-le-relais"
    rollback(db, 2)
    assert standing(db)["Relais de Rennes"] == "le-relais"
    undo_organiser(db, "relais-de-rennes")
    undo_organiser(db, "association-le-relais")
    assert standing(db) == {
        "Le Relais": "le-relais", "Association Le Relais": "le-relais", "Relais de Rennes": "relais-de-rennes",
    }  # fmt: skip


@pytest.mark.in_turn
def test_what_cannot_be_decided_is_said(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    imported(db, "Un nom", "Un autre")
    join_organisers(db, "un-nom", "un-autre")
    with pytest.raises(StoreError, match="déjà rattaché"):
        join_organisers(db, "un-autre", "un-nom")
    with pytest.raises(StoreError, match="Aucun organisateur"):
        join_organisers(db, "personne", "un-nom")
    with pytest.raises(StoreError, match="Rien n'a été décidé"):
        undo_organiser(db, "un-autre")
