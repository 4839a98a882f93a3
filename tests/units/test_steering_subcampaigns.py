"""Sub-campaigns: days and themes with a name, whose parts overlap and whose total counts each event once."""

from datetime import date
from pathlib import Path

import pytest

from campaign import filters, store
from campaign.core.errors import CampaignError, FilterError
from campaign.core.settings import settings
from campaign.filters import Filters
from campaign.filters.subcampaigns import counts, name_of, within
from campaign.profile import filled
from campaign.profile.tables import Subcampaign
from campaign.view.event_types import themes
from tests.records import build, record

HEADER = "edition,label_fr,label_en,from,to,themes\n"
CHOSEN = Filters(editions=(2014,))


def one(first: int | None, last: int | None, *codes: str) -> Subcampaign:
    days = (date(2014, 11, first), date(2014, 11, last)) if first and last else (None, None)
    return Subcampaign(
        edition=2014, label_fr="Semaine", label_en="Week", from_day=days[0], to_day=days[1], themes=codes
    )


def test_the_table_of_the_project_can_be_read() -> None:
    assert filled.subcampaigns() == ()


def test_rows_and_what_is_wrong_in_them(own_profile: Path) -> None:
    path = own_profile / "subcampaigns.csv"
    path.write_text(
        f"{HEADER}2014,Semaine,Week,2014-11-03,2014-11-09,culture|sport\n2014,Culture,,,,culture\n", "utf-8"
    )
    first, second = filled.subcampaigns()
    assert first == one(3, 9, "culture", "sport")
    assert (second.label("en"), second.from_day, second.themes) == ("Culture", None, ("culture",))
    for wrong in (
        "deux mille,Semaine,,,,culture",
        "2014,,,,,culture",
        "2014,Semaine,,,,",
        "2014,Semaine,,2014-11-03,,culture",
        "2014,Semaine,,3/11/2014,2014-11-09,",
        "2014,Semaine,,2014-11-09,2014-11-03,",
        "2014,Semaine,,,,culture\n2014,semaine !,,,,sport",
    ):
        path.write_text(f"{HEADER}{wrong}\n", "utf-8")
        with pytest.raises(CampaignError, match=r"ligne [23]"):
            filled.subcampaigns()
    path.write_text("edition;nom\n", "utf-8")
    with pytest.raises(CampaignError, match="colonnes"):
        filled.subcampaigns()


def test_counts_are_those_of_the_address_and_the_whole_counts_each_once(reading_demo: Path) -> None:
    codes = [row["theme"] for row in store.query("events_by_theme", chosen=CHOSEN).rows if row["theme"]][:2]
    listed = [one(3, 9), one(8, 15), one(None, None, *codes), one(3, 9, codes[0]), one(None, None, "inconnu")]
    numbers, together = counts(CHOSEN, listed)
    for sub, n in zip(listed, numbers, strict=True):
        assert n == store.query("event_totals", chosen=within(sub, CHOSEN)).one["total"]
    assert numbers[-1] == 0 < numbers[3] < numbers[0]
    assert max(numbers) < together < sum(numbers)
    assert counts(CHOSEN, [listed[0], listed[0]]) == ([numbers[0], numbers[0]], numbers[0])


EVENTS = (  # themes, days of sessions, status
    ("a", ["Culture"], ("2014-11-04",), "scheduled"),  # in the week, in culture
    ("b", ["Culture", "Sport"], ("2014-11-12",), "scheduled"),  # after the week
    ("c", ["Sport"], ("2014-11-01", "2014-11-09"), "scheduled"),  # on the week's last day
    ("d", [], ("2014-11-01", "2014-11-12"), "scheduled"),  # before and after the week, not in it
    ("e", [], ("2014-11-03",), "scheduled"),  # on its first day, no theme
    ("f", ["Culture"], ("2014-11-05",), "cancelled"),
    ("g", ["Culture"], (), "scheduled"),  # no day
)


@pytest.fixture
def on_fingers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "campaign.duckdb"
    rows = [
        record(
            uid,
            theme_labels=labels,
            timings=[(f"{day}T18:00", f"{day}T20:00") for day in days],
            status=status,
            created_at=f"2014-10-0{number}T10:00:00Z",
        )
        for number, (uid, labels, days, status) in enumerate(EVENTS, start=1)
    ]
    build(path, rows, edition=2014)
    monkeypatch.setattr(settings(), "db", path)


@pytest.mark.usefixtures("on_fingers")
def test_counts_on_fingers() -> None:
    listed = [
        one(3, 9),  # a, c, e
        one(None, None, "culture"),  # a, b, g
        one(3, 9, "culture"),  # a
        one(3, 9, "culture", "sport"),  # a, c
        one(20, 21),  # none
    ]
    assert counts(CHOSEN, listed) == ([3, 3, 1, 2, 0], 5)  # a, b, c, e, g
    assert counts(CHOSEN.replace(as_of=date(2014, 10, 2)), listed) == ([1, 2, 1, 1, 0], 2)  # a and b known


@pytest.fixture
def listed_in_a_file(on_fingers: None, own_profile: Path) -> None:
    path = own_profile / "subcampaigns.csv"
    path.write_text(
        f"{HEADER}2014,Semaine de l'Œuvre,Week,2014-11-03,2014-11-09,culture|sport\n2013,Semaine de l'Œuvre,,,,sport\n"
        "2012,Autre,,,,sport\n",
        "utf-8",
    )


@pytest.mark.usefixtures("listed_in_a_file")
def test_an_address_names_a_subcampaign() -> None:
    chosen = filters.parse([("subcampaign", "semaine-de-l-oeuvre"), ("type", "conference")])
    assert (chosen.editions, chosen.themes) == ((2014,), ("culture", "sport"))
    assert (chosen.from_day, chosen.to_day) == (date(2014, 11, 3), date(2014, 11, 9))
    assert store.query("event_totals", chosen=chosen).one["total"] == 2  # a, c
    assert chosen.to_query() == [("edition", "2014"), ("type", "conference"), ("subcampaign", "semaine-de-l-oeuvre")]
    assert filters.parse(chosen.to_query()) == chosen
    assert name_of(chosen.replace(lang="en")) == "Week"
    # Anything else of what it names, and it is no longer that sub-campaign; what it does not name leaves it.
    assert chosen.replace(types=()).subcampaign == "semaine-de-l-oeuvre"
    moved = chosen.replace(from_day=date(2014, 11, 4))
    assert [name for name, _value in moved.to_query()] == ["edition", "type", "theme", "theme", "from", "to"]


@pytest.mark.usefixtures("listed_in_a_file")
def test_the_edition_of_a_subcampaign() -> None:
    code = ("subcampaign", "semaine-de-l-oeuvre")
    assert filters.parse([code]).editions == (2014,)
    assert filters.parse([("subcampaign", "autre")]).editions == (2012,)
    for wrong in ([("edition", "2012"), code], [("edition", "all"), code], [code, ("theme", "sport")],
                  [code, ("from", "2014-11-04")], [code, code], [("subcampaign", "inconnu")]):  # fmt: skip
        with pytest.raises(FilterError) as raised:
            filters.parse(wrong)
        assert raised.value.parameter == "subcampaign"
    lenient, dropped = filters.lenient([("subcampaign", "inconnu"), ("theme", "sport")])
    assert (lenient.themes, dropped) == (("sport",), ["subcampaign"])


def test_a_page_says_when_a_sum_exceeds_the_total() -> None:
    assert themes.excess(10, 10) == ""
    assert "1 869" in themes.excess(1869, 1700).replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\xa0", " ")
