"""Sub-campaigns: days and themes with a name, whose parts overlap and whose total counts each event once."""

from datetime import date
from pathlib import Path

import pytest

from campaign import store
from campaign.errors import CampaignError
from campaign.filters import Filters
from campaign.steering import subcampaigns
from campaign.steering.subcampaigns import Subcampaign
from campaign.view import themes

HEADER = "edition,label_fr,label_en,from,to,themes\n"
CHOSEN = Filters(editions=(2014,))


def one(first: int | None, last: int | None, *codes: str) -> Subcampaign:
    days = (date(2014, 11, first), date(2014, 11, last)) if first and last else (None, None)
    return Subcampaign(2014, "Semaine", "Week", *days, codes)


def test_the_table_of_the_project_can_be_read() -> None:
    assert subcampaigns.read() == []


def test_rows_and_what_is_wrong_in_them(tmp_path: Path) -> None:
    path = tmp_path / "subcampaigns.csv"
    path.write_text(
        f"{HEADER}2014,Semaine,Week,2014-11-03,2014-11-09,culture|sport\n2014,Culture,,,,culture\n", "utf-8"
    )
    first, second = subcampaigns.read(path)
    assert first == one(3, 9, "culture", "sport")
    assert (second.label("en"), second.from_day, second.themes) == ("Culture", None, ("culture",))
    for wrong in (
        "deux mille,Semaine,,,,culture",
        "2014,,,,,culture",
        "2014,Semaine,,,,",
        "2014,Semaine,,2014-11-03,,culture",
        "2014,Semaine,,3/11/2014,2014-11-09,",
        "2014,Semaine,,2014-11-09,2014-11-03,",
    ):
        path.write_text(f"{HEADER}{wrong}\n", "utf-8")
        with pytest.raises(CampaignError, match="ligne 2"):
            subcampaigns.read(path)
    path.write_text("edition;nom\n", "utf-8")
    with pytest.raises(CampaignError, match="colonnes"):
        subcampaigns.read(path)


def test_counts_are_those_of_the_address_and_the_whole_counts_each_once(reading_demo: Path) -> None:
    codes = [row["theme"] for row in store.query("events_by_theme", chosen=CHOSEN).rows if row["theme"]][:2]
    listed = [one(3, 9), one(8, 15), one(None, None, *codes), one(3, 9, codes[0]), one(None, None, "inconnu")]
    numbers, together = themes.counts(CHOSEN, listed)
    for sub, n in zip(listed, numbers, strict=True):
        assert n == store.query("event_totals", chosen=sub.within(CHOSEN)).one["total"]
    assert numbers[-1] == 0 < numbers[3] < numbers[0]
    assert max(numbers) < together < sum(numbers)
    assert themes.counts(CHOSEN, [listed[0], listed[0]]) == ([numbers[0], numbers[0]], numbers[0])


def test_a_page_says_when_a_sum_exceeds_the_total() -> None:
    assert themes.excess(10, 10) == ""
    assert "1 869" in themes.excess(1869, 1700).replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\xa0", " ")
