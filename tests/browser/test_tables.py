"""A table is sorted by any column, searched, copied and taken away."""

import csv

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser
TABLE = "table.league"


def column(visit: Visit, n: int) -> list[str]:
    """Return the texts of a column of the table, its rows in sight only."""
    cells = visit.page.locator(f"{TABLE} tbody tr:visible > :nth-child({n})")
    return [text.replace("\u202f", "").replace("\u00a0", " ").strip() for text in cells.all_inner_texts()]


@pytest.mark.in_turn
def test_a_column_sorts_both_ways_and_the_address_keeps_it(visits: Visits) -> None:
    visit = visits().open("/regions?edition=2014")
    names, counts = column(visit, 2), [int(n) for n in column(visit, 3)]
    heads = visit.page.locator(f"{TABLE} thead th")
    heads.nth(1).get_by_role("button").click()
    visit.until(lambda: column(visit, 2)[0], "Alsace")
    expect(heads.nth(1)).to_have_attribute("aria-sort", "ascending")
    heads.nth(2).get_by_role("button").click()
    visit.until(lambda: [int(n) for n in column(visit, 3)], sorted(counts, reverse=True))
    heads.nth(2).get_by_role("button").click()
    visit.until(lambda: [int(n) for n in column(visit, 3)], sorted(counts))
    address = visit.shown_path + "#" + visit.address.partition("#")[2]
    again = visits().open(address)
    again.page.wait_for_function("document.querySelector('table.league [aria-sort]')")
    again.until(lambda: [int(n) for n in column(again, 3)], sorted(counts))
    assert sorted(column(again, 2)) == sorted(names)
    assert "Total" in visit.text(f"{TABLE} tfoot")


def test_what_is_not_known_comes_last_either_way(visits: Visits) -> None:
    visit = visits().open("/regions?edition=2014")
    head = visit.page.locator(f"{TABLE} thead th").nth(3)
    for way in ("descending", "ascending"):
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", way)
        rates = column(visit, 4)
        assert "–" not in rates or rates[-rates.count("–") :] == ["–"] * rates.count("–")


@pytest.mark.in_turn
def test_a_long_table_is_searched_and_taken_away(visits: Visits) -> None:
    visit = visits(permissions=["clipboard-read", "clipboard-write"]).open("/regions?edition=2014")
    tools = visit.page.locator(f".table-frame:has({TABLE}) + .table-tools")
    search = tools.get_by_role("searchbox")
    search.fill("alpes")
    visit.until(lambda: column(visit, 2), ["Provence-Alpes-Côte d'Azur", "Rhône-Alpes"])
    expect(tools.locator("output")).to_have_text("2 / 28")
    tools.get_by_role("button", name="Copier").click()

    def copied() -> list[str]:
        text = str(visit.evaluate("navigator.clipboard.readText()"))
        return [line.split("\t")[1] for line in text.splitlines()[1:3]]

    visit.until(copied, column(visit, 2))
    search.fill("")
    with visit.page.expect_download() as download:
        tools.get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename == "classement-des-regions.csv"
    with download.value.path().open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    by_name = {row[1]: row[2] for row in rows[1:]}
    assert len(rows) == 28 + 2  # 27 regions and what is in none; the head and the total
    assert sum(int(n) for name, n in by_name.items() if name != "Total") == int(by_name["Total"]) == 1700


def test_a_long_table_shows_its_first_rows_the_reader_s_own_and_all_on_demand(visits: Visits) -> None:
    visit = visits().open("/regions?edition=2014&nomenclature=2014&region=74")
    visit.page.get_by_text("Toutes les régions", exact=True).click()
    league = visit.page.locator("table.league")
    rows = league.locator("tbody tr:visible")
    expect(rows).to_have_count(9)
    assert "Limousin" in rows.last.inner_text()
    search = visit.page.locator(".table-frame:has(table.league) + .table-tools input")
    search.fill("mayotte")
    expect(league.locator("tbody tr:visible th")).to_have_text(["Mayotte"])
    search.fill("")
    league.locator("button.sort", has_text="Région").click()
    expect(league.locator("tbody tr:visible th").first).to_contain_text("Alsace")
    visit.page.locator(".table-tools button[data-table=unfold]").last.click()
    expect(rows).to_have_count(28)


@pytest.mark.in_turn
def test_on_a_telephone_every_long_table_shows_its_first_rows(visits: Visits) -> None:
    visit = visits(viewport={"width": 360, "height": 800}).open("/regions?edition=2014&nomenclature=2014")
    rows = visit.page.locator("table.league tbody tr:visible")
    expect(rows).to_have_count(5)
    search = visit.page.locator(".table-frame:has(table.league) + .table-tools input")
    expect(search).not_to_be_visible()
    visit.page.locator(".table-frame:has(table.league) + .table-tools button[data-table=unfold]").click()
    expect(rows).to_have_count(28)
    expect(search).to_be_visible()
    visit.page.set_viewport_size({"width": 1440, "height": 1000})
    visit.open("/regions?edition=2014&nomenclature=2014")
    expect(visit.page.locator("table.league tbody tr:visible")).to_have_count(28)
    expect(visit.page.locator("button[data-table=unfold]:visible")).to_have_count(0)
