"""What every answer says of itself: date of the data, source, licences, whether events are fictitious; file name."""

from dataclasses import dataclass
from datetime import date, datetime

from campaign import store
from campaign.analysis import moment
from campaign.core.language import _
from campaign.core.settings import PARIS
from campaign.filters import Filters
from campaign.filters.clauses import commune_name
from campaign.profile import profile
from campaign.wording.dates import data_as_of
from campaign.wording.quantities import listed
from campaign.wording.territories import chosen as territory_of


@dataclass(frozen=True)
class About:
    """What is to be repeated in every export."""

    is_demo: bool
    data_date: datetime | None
    source: str
    licences: tuple[str, ...]

    @property
    def licence(self) -> str:
        """All licences in one line; "n. c." if no import named one."""
        return " ; ".join(self.licences) or _("n. c.")

    @property
    def as_of(self) -> str:
        """The date of the data in words."""
        return data_as_of(self.data_date)

    def members(self) -> dict[str, object]:
        """Return what stands beside the rows of a JSON answer."""
        return {
            "data_date": self.data_date,
            "source": self.source,
            "licences": list(self.licences),
            "is_demo": self.is_demo,
        }


def about(chosen: Filters) -> About:
    """Return what there is to say of the file that is being read, as of the day of the choice, in the current language."""
    status = store.query("file_status").one
    known = moment.licences(chosen).rows
    sources = list(dict.fromkeys(row["source"] for row in known))
    source = _("Données de démonstration : événements fictifs, chiffres officiels réels.")
    if not status["is_demo"]:
        source = listed(sources) if sources else _("n. c.")
    licences = (
        row["licence"] if len(sources) == 1 else f"{row['source']} : {row['licence']}"
        for row in known
        if row["licence"]
    )
    return About(status["is_demo"], moment.data_date(chosen), source, tuple(dict.fromkeys(licences)))


def territory_name(chosen: Filters) -> str:
    """Return the territory of the filters, "Bretagne", "Ain et Jura"; "France" without one."""
    communes = [commune_name(code, chosen) for code in chosen.communes]
    place = territory_of(chosen.regions, chosen.departements, communes, chosen.nomenclature)
    return place.name if place else "France"


def file_name(chosen: Filters, extension: str) -> str:
    """Return `<slug>-2014-bretagne-evenements-20141112.csv`: editions, territory, day of the data."""
    data_date = moment.data_date(chosen)
    day: date = data_date.astimezone(PARIS).date() if data_date else moment.day_of(chosen)
    years = "-".join(str(edition) for edition in chosen.editions) or "toutes-editions"
    place = store.query("slug", text=territory_name(chosen)).one["slug"]
    return f"{profile().id}-{years}-{place}-evenements-{day:%Y%m%d}.{extension}"
