"""The days and the number of each edition, as the event file holds them, and how its core period is said."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from campaign import store
from campaign.core.language import _, current, typeset
from campaign.core.nomenclatures import departements_of, regions_of
from campaign.core.settings import settings
from campaign.filters import Filters
from campaign.profile import profile
from campaign.profile.calendar import Edition
from campaign.wording.campaign_names import capitalised
from campaign.wording.dates import month, period
from campaign.wording.numbers import missing, ordinal
from campaign.wording.quantities import clauses, listed


def of(edition: int, territory: str | None = None) -> Edition:
    """Return an edition, with the days of a territory that has days of its own; one that the file lacks follows the rule."""
    whole = _held(store.reader().identity).get(edition) or profile().edition(edition)
    own = profile().within(edition, territory)
    return (
        whole
        if own is None
        else whole._replace(**{name: day for name, day in own._asdict().items() if name != "territories"})
    )


def territory_of(chosen: Filters) -> str | None:
    """Return the territory of the campaign that a choice lies in; None where it lies in several, or the campaign has none."""
    if not profile().settings.territories:
        return None
    codes = set(chosen.departements)
    codes |= {code for region in chosen.regions for code in departements_of(region, chosen.nomenclature)}
    codes |= {code[:3] if code.startswith(("97", "98")) else code[:2] for code in chosen.communes}
    territories = {profile().territory(code) for code in codes}
    return territories.pop() if len(territories) == 1 else None


def days_by_territory(edition: int) -> str:
    """Return the days that territories have of their own, « France métropolitaine : du 7 au 17 octobre ; … »; "" without any."""
    labels = {one.code: one.en if current() == "en" else typeset(one.fr) for one in profile().settings.territories}
    parts = [
        _("{territory} : {period}",
          territory=capitalised(listed(labels[code] for code in one.territories)),
          period=period(one.core_starts_on, one.core_ends_on))
        for one in profile().days(edition)
    ]  # fmt: skip
    return clauses(parts) if parts else ""


@store.cached_per_file(maxsize=4)
def _held(_file: store.Identity) -> dict[int, Edition]:
    return {row["edition"]: Edition(**row) for row in store.query("edition_calendar").rows}


def window(edition: int, territory: str | None = None) -> tuple[date, date]:
    """Return the first and the last day on which an edition's events count."""
    return of(edition, territory).window


def core(edition: int, territory: str | None = None) -> tuple[date, date]:
    """Return the first and the last day of an edition's core period."""
    return of(edition, territory).core


def in_core(day: date, edition: int, territory: str | None = None) -> bool:
    """Whether a day is of an edition's core period."""
    first, last = core(edition, territory)
    return first <= day <= last


def own_openings(editions: Iterable[int]) -> dict[str, tuple[Any, ...]]:
    """Return the first core days of regions that have days of their own, as the parameters of `pace_by_chamber`, side by side."""
    if not profile().settings.territories:
        return {"own_editions": (), "own_regions": (), "own_openings": ()}
    lies_in = {
        region: {profile().territory(code) for code in departements_of(region, 2014)} for region in regions_of(2014)
    }
    openings = [
        (edition, region, core(edition, territory)[0])
        for edition in sorted(set(editions))
        for one in profile().days(edition)
        for territory in one.territories
        for region, territories in lies_in.items()
        if territories == {territory}
    ]
    columns = zip(*openings, strict=True) if openings else ((), (), ())
    return dict(zip(("own_editions", "own_regions", "own_openings"), map(tuple, columns), strict=True))


def around(edition: int, territory: str | None = None) -> tuple[date, date]:
    """Return the window with a month more on both sides: days further away would make the rest unreadable."""
    first, last = window(edition, territory)
    return first - timedelta(days=30), last + timedelta(days=31)


def number_of(edition: int) -> int | None:
    """Return the number of an edition; None before the first one and where it is not known."""
    return of(edition).number if edition >= profile().first else None


def rank(edition: int) -> str:
    """Return the number of an edition in words, « 7e »; « n. c. » where it is not known."""
    edition_number = number_of(edition)
    return missing() if edition_number is None else ordinal(edition_number)


def short_rank(edition: int) -> str:
    """Return « 7e éd. », "" where the number is not known."""
    return "" if number_of(edition) is None else _("{rank} éd.", rank=rank(edition))


def remark(edition: int) -> str:
    """Return what sets an edition apart: that it was called off, its name where that was another, its theme; "" if nothing."""
    given = profile().row(edition)
    if given is None:
        return ""
    is_english = current() == "en"
    name = (given.name_en if is_english else "") or typeset(given.name_fr)
    theme = (given.theme_en if is_english else "") or typeset(given.theme_fr)
    parts = (
        _("édition annulée") if profile().is_cancelled(edition) else "",
        _("sous le nom « {name} »", name=name) if name else "",
        _("thème : {theme}", theme=theme) if theme else "",
    )
    return ", ".join(part for part in parts if part)


def running() -> int | None:
    """Return the latest edition whose window has begun; None before the first one."""
    today = settings().current_day()
    years = range(profile().first, today.year + 1)
    return next((year for year in reversed(years) if window(year)[0] <= today), None)


def core_month(edition: int, territory: str | None = None) -> str | None:
    """Return the month that is an edition's core period, « novembre »; None for other periods."""
    first, last = core(edition, territory)
    of_month = date(first.year, first.month, 1), date(first.year, first.month, monthrange(first.year, first.month)[1])
    return month(first.month) if (first, last) == of_month else None


def core_words(edition: int, territory: str | None = None) -> str:
    """Return the core period as it stands after a verb or a colon: « novembre », « du 5 au 9 octobre »."""
    return core_month(edition, territory) or period(*core(edition, territory), with_year=False)


def within_core(edition: int, territory: str | None = None) -> str:
    """Return « en novembre », « du 5 au 9 octobre »."""
    named = core_month(edition, territory)
    return _("en {month}", month=named) if named else core_words(edition, territory)


def outside_core(edition: int, territory: str | None = None) -> str:
    """Return « hors de novembre », « hors de cette période »."""
    named = core_month(edition, territory)
    return _("hors de {month}", month=named) if named else _("hors de cette période")


def framed_core(edition: int, territory: str | None = None) -> str:
    """Return « novembre encadré », « période du 5 au 9 octobre encadrée »."""
    named = core_month(edition, territory)
    if named:
        return _("{month} encadré", month=named)
    return _("période {period} encadrée", period=core_words(edition, territory))
