"""Where events are after their table was imported: namesakes, arrondissements, overseas, Corsica, CEDEX, abroad, merged communes.

Each row says by hand what is right: the commune (or the commune that it became), the département, and whether something is told.
"""

from typing import Final

import pytest

from campaign.publish.importing import run_import
from tests.intake_files import write
from tests.records import rows_of

COLUMNS: Final = ("postcode", "city", "departement", "commune_code", "country")
USUAL: Final = {"type_unknown", "duplicate"}
ABROAD: Final = "abroad"  # said to be outside of France
TOLD: Final = "told"  # nothing chosen, and said

# postcode, town, département, INSEE code, country → commune (a|b: either), département, and what must be told ("" for nothing)
CASES: Final[tuple[tuple[str, str, str, str, str, str, str, str], ...]] = (
    ("93200", "Saint-Denis", "", "", "", "93066", "93", ""),
    ("97400", "Saint-Denis", "", "", "", "97411", "974", ""),
    ("97490", "Saint-Denis", "", "", "", "97411", "974", ""),
    ("", "Saint-Denis", "Seine-Saint-Denis", "", "", "93066", "93", ""),
    ("", "Saint-Denis", "974", "", "", "97411", "974", ""),
    ("", "Saint-Denis (93)", "", "", "", "93066", "93", ""),
    ("", "Saint-Denis (974)", "", "", "", "97411", "974", ""),
    ("", "Saint-Denis", "", "", "", "", "", TOLD),
    ("91190", "Saint-Aubin", "", "", "", "91538", "91", ""),
    ("", "Saint-Aubin", "Pas-de-Calais", "", "", "62742", "62", ""),
    ("", "Saint-Aubin", "", "", "", "", "", TOLD),
    ("97438", "Sainte-Marie", "", "", "", "97418", "974", ""),
    ("97230", "Sainte-Marie", "", "", "", "97228", "972", ""),
    ("97410", "Saint-Pierre", "", "", "", "97416", "974", ""),
    ("97250", "Saint-Pierre", "", "", "", "97225", "972", ""),
    ("97480", "Saint-Joseph", "", "", "", "97412", "974", ""),
    ("97212", "Saint-Joseph", "", "", "", "97224", "972", ""),
    ("97460", "Saint-Paul", "", "", "", "97415", "974", ""),
    ("97200", "Fort-de-France", "", "", "", "97209", "972", ""),
    ("97240", "Le François", "", "", "", "97210", "972", ""),
    ("97300", "Cayenne", "", "", "", "97302", "973", ""),
    ("97100", "Basse-Terre", "", "", "", "97105", "971", ""),
    ("97600", "Mamoudzou", "", "", "", "97611", "976", ""),
    ("97615", "Dzaoudzi", "", "", "", "97608", "976", ""),
    ("", "", "Mayotte", "", "", "", "976", TOLD),
    ("97500", "Saint-Pierre", "", "", "", "", "", TOLD),
    ("97150", "Saint-Martin", "", "", "", "", "", TOLD),
    ("97133", "Saint-Barthélemy", "", "", "", "", "", TOLD),
    ("98800", "Nouméa", "", "", "", "", "", TOLD),
    ("98714", "Papeete", "", "", "", "", "", TOLD),
    ("98600", "Mata-Utu", "", "", "", "", "", TOLD),
    ("20000", "Ajaccio", "", "", "", "2A004", "2A", ""),
    ("20200", "Bastia", "", "", "", "2B033", "2B", ""),
    ("20137", "Porto-Vecchio", "", "", "", "2A247", "2A", ""),
    ("20250", "Corte", "20", "", "", "2B096", "2B", TOLD),  # « 20 » is no département any more
    ("20260", "Calvi", "2B", "", "", "2B050", "2B", ""),
    ("", "Sartène", "Corse-du-Sud", "", "", "2A272", "2A", ""),
    ("", "", "", "2a004", "", "2A004", "2A", ""),
    ("20600", "", "", "", "", "2B033", "2B", TOLD),  # of two communes the larger, and said
    ("75011", "Paris", "", "", "", "75111|75056", "75", ""),
    ("75116", "Paris", "", "", "", "75116|75056", "75", ""),
    ("", "Paris", "", "", "", "75056", "75", ""),
    ("", "Paris 11e", "", "", "", "75111", "75", ""),
    ("", "75020 PARIS", "", "", "", "75120|75056", "75", ""),
    ("69003", "Lyon", "", "", "", "69383|69123", "69", ""),
    ("", "Lyon 3ème", "", "", "", "69383", "69", ""),
    ("13013", "Marseille", "", "", "", "13213|13055", "13", ""),
    ("13012", "Marseille", "", "", "", "13212", "13", ""),  # 13012 is of the 13e too
    ("13004", "Marseille", "", "", "", "13204", "13", ""),
    ("13012", "", "", "", "", "13212", "13", ""),
    ("35360", "", "", "", "", "35184", "35", TOLD),
    ("29200", "", "", "", "", "29019", "29", ""),
    ("", "Marseille (1er)", "", "", "", "13201", "13", ""),
    ("75343", "PARIS CEDEX 07", "", "", "", "75107|75056", "75", ""),
    ("69401", "LYON CEDEX 03", "", "", "", "69383|69123", "69", ""),
    ("35042", "Rennes Cedex", "", "", "", "35238", "35", ""),
    ("91000", "Évry", "", "", "", "91228", "91", ""),
    ("91080", "Évry-Courcouronnes", "", "", "", "91228", "91", ""),
    ("74940", "Annecy-le-Vieux", "", "", "", "74011|74010", "74", ""),
    ("50100", "Cherbourg-en-Cotentin", "", "", "", "50129", "50", ""),
    ("49500", "Segré-en-Anjou Bleu", "", "", "", "49331", "49", ""),
    ("59160", "Lomme", "", "", "", "59355|59350", "59", TOLD),  # a part of Lille since 2000
    ("98000", "Monaco", "", "", "Monaco", "", "", ABROAD),
    ("98000", "Monaco", "", "", "", "", "", TOLD),
    ("1204", "Genève", "", "", "Suisse", "", "", ABROAD),
    ("66111", "Saarbrücken", "", "", "Allemagne", "", "", ABROAD),
    ("08001", "Barcelona", "", "", "Espagne", "", "", ABROAD),
    ("20121", "Milano", "", "", "Italie", "", "", ABROAD),
    ("B-1000", "Bruxelles", "", "", "Belgique", "", "", ABROAD),
    ("77694", "Kehl", "", "", "DE", "", "", ABROAD),
    ("35000", "Brest", "", "", "", "35238", "35", TOLD),  # the postcode is believed, and the name said
    ("99999", "Rennes", "", "", "", "35238", "35", TOLD),
)  # fmt: skip


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[str, str, set[str]]]:
    """Import all rows in one table: commune, département and findings of each."""
    folder = tmp_path_factory.mktemp("places")
    lines = [";".join(("uid", "title", "begins", *COLUMNS))]
    lines += [";".join((f"n{n}", f"Forum {n}", "05/11/2014", *case[:5])) for n, case in enumerate(CASES)]
    db = folder / "campaign.duckdb"
    account, _staged = run_import(db, [write(folder, "\n".join(lines) + "\n")])
    assert account.new == len(CASES)
    rows = rows_of(
        db,
        "select source_uid, commune_code, departement_code,"
        " (select list(f.kind) from findings as f where f.event_id = e.event_id) from events as e",
    )
    return {
        int(uid[1:]): (commune or "", departement or "", set(kinds or ())) for uid, commune, departement, kinds in rows
    }


@pytest.mark.parametrize("number", range(len(CASES)), ids=["-".join(filter(None, case[:5])) for case in CASES])
def test_place(imported: dict[int, tuple[str, str, set[str]]], number: int) -> None:
    communes, departement, finding = CASES[number][5:]
    commune, departement_of_event, kinds = imported[number]
    assert commune in communes.split("|")
    assert departement_of_event == departement
    if finding == ABROAD:
        assert "outside_france" in kinds
    else:
        assert bool(kinds - USUAL) == bool(finding)
        assert "outside_france" not in kinds or (finding and "Monaco" in CASES[number])
