"""The spans of a question made into a choice and a page: what it asks for, and what else it may ask for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from campaign.analysis import edition_dates
from campaign.ask.days import Days
from campaign.ask.reading import Cut
from campaign.ask.senses import Sense, Span
from campaign.core.errors import FilterError
from campaign.core.nomenclatures import NOMENCLATURES
from campaign.filters import MAX_RADIUS_KM, Filters, codes, parse
from campaign.filters.known import nomenclature_of
from campaign.store import catalog

MOST_OTHERS: Final = 3
ONCE: Final = frozenset({"free", "unit", "subcampaign", "near", "radius_km"})

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Reading:
    """One way to understand a question: its choice, its page's key with parameters of that page, its words left as text.

    `namesake` is the chosen place in words that tell it from others of its name; "" where there is none.
    """

    chosen: Filters
    page: str
    local: tuple[tuple[str, str], ...] = ()
    text: str = ""
    namesake: str = ""
    left_out: tuple[str, ...] = ()  # names of filters of which a value could not be taken beside the others
    named: frozenset[str] = frozenset()  # names of the filters that the question itself says


def readings(found: Cut, lang: str) -> list[Reading]:
    """Return what a question may ask for, the likeliest first; each other differs from it by the sense of some words."""
    first = _placed(found.spans)
    made = [_reading(found, first, lang)]
    for at, span in enumerate(found.spans):
        for other in _others(span):
            if len(made) <= MOST_OTHERS:
                made.append(_reading(found, [*first[:at], other, *first[at + 1 :]], lang))
    return [reading for place, reading in enumerate(made) if reading not in made[:place]]


def _placed(spans: Sequence[Span]) -> list[Sense]:
    """Return the first sense of each span; of namesakes, the place in the département or region that is named beside them."""
    senses = [span.senses[0] for span in spans]
    for at, span in enumerate(spans):
        towns = [sense for sense in span.senses if sense.place]
        if not senses[at].place or len(towns) < 2:
            continue
        for beside, sense in enumerate(senses):
            within = next(
                (town for town in towns if town.place and town.place.departement in _departements(sense)), None
            )
            if within:
                senses[at], senses[beside] = within, Sense("skip")
    return senses


def _departements(sense: Sense) -> set[str]:
    """Return the names of the départements of a region or département."""
    departements = catalog.labels("departement")
    if sense.kind == "departement":
        return {departements[sense.value].fr}
    if sense.kind != "region":
        return set()
    return {
        entry.fr
        for entry in departements.values()
        for year, code in zip(NOMENCLATURES, entry.parents, strict=True)
        if catalog.label(f"region_{year}", code) == sense.value
    }


def _others(span: Span) -> Iterator[Sense]:
    """Yield the other senses of a span that are worth offering: territories, places, text."""
    for sense in span.senses[1:]:
        both_regions = sense.kind == "region" and span.senses[0].kind == "region"  # told apart by the nomenclature
        is_who = sense.kind == "filter" and sense.name == "organiser"
        if (is_who or sense.kind in ("region", "departement", "place", "text")) and not both_regions:
            yield sense


@dataclass
class _Asked:
    """The senses of a question, sorted by what they are."""

    pairs: Pairs
    editions: list[str]
    regions: list[str]
    places: list[Sense]
    days: list[Days]
    page: str
    kinds: set[str]
    left_out: list[str]


def _sorted(senses: Iterable[Sense]) -> _Asked:
    asked = _Asked([], [], [], [], [], "", set(), [])
    for sense in senses:
        asked.kinds.add(sense.kind)
        match sense.kind:
            case "filter":
                if sense.name not in ONCE or all(name != sense.name for name, _value in asked.pairs):
                    asked.pairs.append((sense.name, sense.value))
                elif (sense.name, sense.value) not in asked.pairs:
                    asked.left_out.append(sense.name)
            case "departement":
                asked.pairs.append(("departement", sense.value))
            case "radius":
                asked.pairs.append(("radius_km", str(min(int(sense.value), int(MAX_RADIUS_KM)))))
            case "region":
                asked.regions.append(sense.value)
            case "place":
                asked.places.append(sense)
            case "days" if sense.days:
                asked.days.append(sense.days)
                if sense.days.time_of_day:
                    asked.pairs.append(("time_of_day", sense.days.time_of_day))
            case "edition":
                asked.editions += sense.value.split(",")
            case "page":
                asked.page = asked.page or sense.value
    return asked


def _reading(found: Cut, senses: Sequence[Sense], lang: str) -> Reading:
    while not _have_a_nomenclature(
        asked := _sorted(senses), found, senses
    ):  # « Occitanie et Limousin » are of no time together
        last = max(at for at, sense in enumerate(senses) if sense.kind == "region")
        senses = [*senses[:last], Sense("text"), *senses[last + 1 :]]
    text = _text(found, senses)
    local: Pairs = []
    if asked.page == "compare":
        local = _compared(asked)
    namesake = _place(asked)
    pairs = [*dict.fromkeys(asked.pairs)]
    if not any(name == "near" for name, _value in pairs):
        pairs = [pair for pair in pairs if pair[0] != "radius_km"]
    pairs += _span_of(asked.days)
    pairs += [("edition", year) for year in _editions(asked)]
    pairs += _regions(asked, found, senses)
    if text:
        pairs.append(("q", text))
    chosen, refused = _parsed([*pairs, ("lang", lang)])
    named = frozenset(name for name, _value in pairs) | ({"edition"} if _says_editions(asked) else set())
    left_out = (*asked.left_out, *refused)
    return Reading(chosen, asked.page or _page(asked, chosen), tuple(local), text, namesake, left_out, named)


def _says_editions(asked: _Asked) -> bool:
    """Whether a question names editions, or days that are of some edition."""
    return bool(asked.days or asked.editions or asked.kinds & {"all_editions", "current_edition"})


def _parsed(pairs: Pairs) -> tuple[Filters, list[str]]:
    """Return the choice, and the names of filters whose value is refused together with the others, the last one first."""
    refused: list[str] = []
    while True:
        try:
            return parse(pairs), refused
        except FilterError as error:
            at = max(place for place, (name, _value) in enumerate(pairs) if name == error.parameter)
            refused.append(error.parameter)
            pairs = [*pairs[:at], *pairs[at + 1 :]]


def _text(found: Cut, senses: Sequence[Sense]) -> str:
    """Return the words that are searched, as they were written; neighbours keep what stands between them."""
    parts: list[str] = []
    before = None
    for span, sense in zip(found.spans, senses, strict=True):
        if sense.kind != "text":
            if sense.kind != "skip":
                before = None
            continue
        if before is not None and found.question[before.end : span.start].strip() in ("-", "'", "’"):
            parts[-1] += found.question[before.end : span.end]
        else:
            parts.append(found.question[span.start : span.end])
        before = span
    return " ".join(parts)


def _compared(asked: _Asked) -> Pairs:
    """Return what the page of comparison is given: the earlier of two editions, the second of two regions."""
    years = sorted(set(asked.editions))
    if len(years) == 2:
        asked.editions = years[1:]
        return [("against", years[0])]
    if len(asked.regions) == 2:
        names = {entry.fr: code for code, entry in catalog.labels(f"region_{_nomenclature(asked)}").items()}
        if all(name in names for name in asked.regions):
            other = asked.regions.pop()
            return [("with", names[other])]
    return []


def _place(asked: _Asked) -> str:
    """Put the place that is meant among the pairs and return it in words, where it has namesakes.

    Of namesakes it is the one of the territory that is named beside it; several places are communes to be counted together.
    """
    places = [sense for sense in asked.places if sense.place]
    if len(places) > 1:
        for sense in places:
            if sense.place and sense.place.asked.isalnum():
                asked.pairs.append(("commune", sense.place.asked))
            else:
                asked.left_out.append("commune")
        return ""
    for sense in places:
        if sense.place is None:
            continue
        asked.pairs.append(("near", sense.place.asked))
        return sense.place.in_words if sense.n_namesakes > 1 else ""
    return ""


def _span_of(days: Sequence[Days]) -> Pairs:
    """Return the first and last day of all that is said: what two phrases mean together goes from one to the other.

    « samedi et dimanche » is both; « après le 3, avant le 8 » is what is left between.
    """
    firsts = [each.first for each in days if each.first]
    lasts = [each.last for each in days if each.last]
    is_open = any(each.first is None or each.last is None for each in days)
    first = max(firsts, default=None) if is_open else min(firsts, default=None)
    last = min(lasts, default=None) if is_open else max(lasts, default=None)
    return [(name, day.isoformat()) for name, day in (("from", first), ("to", last)) if day]


def _editions(asked: _Asked) -> list[str]:
    """Return the editions: those named, else all that the days fall into; none for the current one."""
    if "all_editions" in asked.kinds:
        return ["all"]
    if asked.editions:
        return sorted(set(asked.editions))
    pairs = dict(_span_of(asked.days))
    if not pairs or "current_edition" in asked.kinds:
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


def _nomenclature(asked: _Asked) -> int:
    years = [int(year) for year in _editions(asked) if year != "all"]
    current = codes().current_edition
    return nomenclature_of(tuple(years) or ((current,) if current and "all_editions" not in asked.kinds else ()))


def _have_a_nomenclature(asked: _Asked, found: Cut, senses: Sequence[Sense]) -> bool:
    return not asked.regions or bool(_regions(asked, found, senses))


def _regions(asked: _Asked, found: Cut, senses: Sequence[Sense]) -> Pairs:
    """Return the regions in the nomenclature in force, or in the other one where only that has them all."""
    names = list(dict.fromkeys(asked.regions))
    if not names:
        return []
    own = _nomenclature(asked)
    spans = [
        tuple(sense.value for sense in span.senses if sense.kind == "region")
        for span, chosen in zip(found.spans, senses, strict=True)
        if chosen.kind == "region" and chosen.value in names
    ]
    for year in sorted(NOMENCLATURES, key=lambda each: each != own):
        regions = {entry.fr: code for code, entry in catalog.labels(f"region_{year}").items()}
        codes_found = [next((regions[name] for name in names_of if name in regions), None) for names_of in spans]
        if all(codes_found):
            said: Pairs = [("region", code) for code in dict.fromkeys(codes_found) if code]
            return said if year == own else [("nomenclature", str(year)), *said]
    return []


def _page(asked: _Asked, chosen: Filters) -> str:
    """Return the page that answers best where none is named."""
    if "count" in asked.kinds:
        return "overview"
    narrowed = {
        chosen.near, chosen.q, *chosen.organisers,
        chosen.from_day, chosen.to_day, chosen.free, *chosen.types, *chosen.themes, *chosen.communes,
        *chosen.audiences, *chosen.accessible, *chosen.attendance_modes, *chosen.times_of_day, chosen.subcampaign,
    } - {None}  # fmt: skip
    if narrowed:
        return "agenda"
    if chosen.regions:
        return "regions"
    return "overview"
