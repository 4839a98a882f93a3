"""What the agenda's address says beside the filters: how the result is shown, what was put aside; and links that keep it."""

from dataclasses import dataclass
from datetime import date

from campaign import store
from campaign.analysis import moment
from campaign.analysis.season import Period, months, periods
from campaign.filters import Filters, places, urls
from campaign.view.frame import choice


@dataclass(frozen=True)
class Season:
    """Whether the chosen editions still have something to come, and their first and last day, None without dates."""

    today: date
    first_day: date | None
    last_day: date | None
    is_past_view: bool = False

    @property
    def is_on(self) -> bool:
        """Whether something is still to come."""
        return self.last_day is not None and self.today <= self.last_day

    def periods(self) -> list[Period]:
        """Return the quick choices: relative to today in season, else the months, as in a view as of a past day."""
        if (self.is_on and not self.is_past_view) or self.first_day is None or self.last_day is None:
            return periods(self.today)
        return months(self.first_day, self.last_day)


def season_of(chosen: Filters) -> Season:
    """Return the season of the chosen editions, whatever else is chosen."""
    days = store.query("edition_days", chosen=Filters(editions=chosen.editions, as_of=chosen.as_of)).one
    return Season(moment.day_of(chosen), days["first_day"], days["last_day"], chosen.as_of is not None)


@dataclass(frozen=True)
class Agenda:
    """The reader's choice on this page: filters, view, order, and the events put aside."""

    chosen: Filters
    season: Season
    view: str
    is_by_distance: bool
    shortlist: tuple[str, ...]

    @property
    def since(self) -> date | None:
        """The day from which on events come first: the chosen first day, in season today, else none."""
        return self.chosen.from_day or (self.season.today if self.season.is_on else None)

    def parameters(self) -> dict[str, str | None]:
        """Return the parameters that every link of the page carries along."""
        return {
            "view": self.view if self.view != "list" else None,
            "sort": "distance" if self.is_by_distance else None,
            "shortlist": ",".join(self.shortlist) or None,
        }

    def link(self, chosen: Filters | None = None, /, **local: str | int | None) -> str:
        """Return the address of this page with another choice or other local parameters."""
        return urls.link("agenda", chosen or self.chosen, **{**self.parameters(), **local})

    def toggled(self, event_id: str) -> str | None:
        """Return the shortlist with an event put aside, or taken back."""
        without = [other for other in self.shortlist if other != event_id]
        left = without if event_id in self.shortlist else [*self.shortlist, event_id]
        return ",".join(left) or None


def read(chosen: Filters) -> Agenda:
    """Return what the address asks of the agenda; what makes no sense falls away."""
    shortlist = choice.local("shortlist")
    return Agenda(
        chosen=chosen,
        season=season_of(chosen),
        view=choice.local("view") or "list",
        is_by_distance=chosen.near is not None and choice.local("sort") == "distance",
        shortlist=tuple(shortlist.split(",")) if shortlist else (),
    )


def alternatives(chosen: Filters) -> list[places.Place]:
    """Return what else the chosen place may mean."""
    return places.others(chosen.near) if chosen.near else []
