"""What the senses of a question say as parameters of an address: editions and days, regions and places, each with those beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from campaign.analysis import edition_dates
from campaign.ask.days import Days
from campaign.ask.senses import Sense, Span
from campaign.core.nomenclatures import NOMENCLATURES
from campaign.filters import MAX_RADIUS_KM, codes
from campaign.filters.known import nomenclature_of
from campaign.store import catalog

ONCE: Final = frozenset({"free", "unit", "subcampaign", "near", "radius_km"})

Pairs = list[tuple[str, str]]


@dataclass
class SortedSenses:
    """The senses of a question, sorted by what they are."""

    pairs: Pairs
    editions: list[str]
    regions: list[str]
    places: list[Sense]
    days: list[Days]
    page: str
    kinds: set[str]
    left_out: list[str]


def sort_senses(senses: Iterable[Sense]) -> SortedSenses:
    """Return the senses by what they are; those of filters are pairs already."""
    by_kind = SortedSenses([], [], [], [], [], "", set(), [])
    for sense in senses:
        by_kind.kinds.add(sense.kind)
        match sense.kind:
            case "filter":
                if sense.name not in ONCE or all(name != sense.name for name, _value in by_kind.pairs):
                    by_kind.pairs.append((sense.name, sense.value))
                elif (sense.name, sense.value) not in by_kind.pairs:
                    by_kind.left_out.append(sense.name)
            case "departement":
                by_kind.pairs.append(("departement", sense.value))
            case "radius":
                by_kind.pairs.append(("radius_km", str(min(int(sense.value), int(MAX_RADIUS_KM)))))
            case "region":
                by_kind.regions.append(sense.value)
            case "place":
                by_kind.places.append(sense)
            case "days" if sense.days:
                by_kind.days.append(sense.days)
                if sense.days.time_of_day:
                    by_kind.pairs.append(("time_of_day", sense.days.time_of_day))
            case "edition":
                by_kind.editions += sense.value.split(",")
            case "page":
                by_kind.page = by_kind.page or sense.value
    return by_kind


def says_editions(by_kind: SortedSenses) -> bool:
    """Whether a question names editions, or days that are of some edition."""
    return bool(by_kind.days or by_kind.editions or by_kind.kinds & {"all_editions", "current_edition"})


def take_compared(by_kind: SortedSenses) -> Pairs:
    """Return what the page of comparison is given: the earlier of two editions, the second of two regions."""
    years = sorted(set(by_kind.editions))
    if len(years) == 2:
        by_kind.editions = years[1:]
        return [("against", years[0])]
    if len(by_kind.regions) == 2:
        names = {entry.fr: code for code, entry in catalog.labels(f"region_{_nomenclature(by_kind)}").items()}
        if all(name in names for name in by_kind.regions):
            other = by_kind.regions.pop()
            return [("with", names[other])]
    return []


def take_place(by_kind: SortedSenses) -> str:
    """Put the place that is meant among the pairs and return it in words, where it has namesakes.

    Of namesakes it is the one of the territory that is named beside it; several places are communes to be counted together.
    """
    places = [sense for sense in by_kind.places if sense.place]
    if len(places) > 1:
        for sense in places:
            if sense.place and sense.place.near_value.isalnum():
                by_kind.pairs.append(("commune", sense.place.near_value))
            else:
                by_kind.left_out.append("commune")
        return ""
    for sense in places:
        if sense.place is None:
            continue
        by_kind.pairs.append(("near", sense.place.near_value))
        return sense.place.in_words if sense.n_namesakes > 1 else ""
    return ""


def first_and_last_day(days: Sequence[Days]) -> Pairs:
    """Return the first and last day of all that is said: what two phrases mean together goes from one to the other.

    « samedi et dimanche » is both; « après le 3, avant le 8 » is what is left between.
    """
    firsts = [each.first for each in days if each.first]
    lasts = [each.last for each in days if each.last]
    is_open = any(each.first is None or each.last is None for each in days)
    first = max(firsts, default=None) if is_open else min(firsts, default=None)
    last = min(lasts, default=None) if is_open else max(lasts, default=None)
    return [(name, day.isoformat()) for name, day in (("from", first), ("to", last)) if day]


def editions(by_kind: SortedSenses) -> list[str]:
    """Return the editions: those named, else all that the days fall into; none for the current one."""
    if "all_editions" in by_kind.kinds:
        return ["all"]
    if by_kind.editions:
        return sorted(set(by_kind.editions))
    pairs = dict(first_and_last_day(by_kind.days))
    if not pairs or "current_edition" in by_kind.kinds:
        return []
    current = codes().current_edition
    meant = [year for year in sorted(codes().editions) if _overlaps(year, pairs.get("from"), pairs.get("to"))]
    if len(pairs) == 1:  # of an open end, the edition of the day that is named
        (day,) = pairs.values()
        meant = [year for year in meant if _overlaps(year, day, day)] or meant
    if current in meant and len(meant) == 1:
        return []
    return [str(year) for year in meant] or ["all"]


def _overlaps(year: int, first: str | None, last: str | None) -> bool:
    begins, ends = edition_dates.window(year)
    return (first is None or first <= ends.isoformat()) and (last is None or begins.isoformat() <= last)


def _nomenclature(by_kind: SortedSenses) -> int:
    years = [int(year) for year in editions(by_kind) if year != "all"]
    current = codes().current_edition
    return nomenclature_of(tuple(years) or ((current,) if current and "all_editions" not in by_kind.kinds else ()))


def have_a_nomenclature(by_kind: SortedSenses, spans: Sequence[Span], senses: Sequence[Sense]) -> bool:
    """Whether one nomenclature has all the regions that are named."""
    return not by_kind.regions or bool(regions_in_force(by_kind, spans, senses))


def regions_in_force(by_kind: SortedSenses, spans: Sequence[Span], senses: Sequence[Sense]) -> Pairs:
    """Return the regions in the nomenclature in force, or in the other one where only that has them all."""
    names = list(dict.fromkeys(by_kind.regions))
    if not names:
        return []
    own = _nomenclature(by_kind)
    meant = [
        tuple(sense.value for sense in span.senses if sense.kind == "region")
        for span, chosen in zip(spans, senses, strict=True)
        if chosen.kind == "region" and chosen.value in names
    ]
    for year in sorted(NOMENCLATURES, key=lambda each: each != own):
        regions = {entry.fr: code for code, entry in catalog.labels(f"region_{year}").items()}
        region_codes = [next((regions[name] for name in names_of if name in regions), None) for names_of in meant]
        if all(region_codes):
            pairs: Pairs = [("region", code) for code in dict.fromkeys(region_codes) if code]
            return pairs if year == own else [("nomenclature", str(year)), *pairs]
    return []
