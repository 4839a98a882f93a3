"""The spans of a question made into a choice and a page: what it asks for, and what else it may ask for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from campaign.ask.parameters import (
    Pairs,
    SortedSenses,
    editions,
    first_and_last_day,
    have_a_nomenclature,
    regions_in_force,
    says_editions,
    sort_senses,
    take_compared,
    take_place,
)
from campaign.ask.reading import Cut
from campaign.ask.senses import Sense, Span
from campaign.core.errors import FilterError
from campaign.core.nomenclatures import NOMENCLATURES
from campaign.filters import Filters, parse
from campaign.store import catalog

MOST_OTHERS: Final = 3


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


def readings(cut: Cut, lang: str) -> list[Reading]:
    """Return what a question may ask for, the likeliest first; each other differs from it by the sense of some words."""
    first = _placed(cut.spans)
    candidates = [_reading(cut, first, lang)]
    for at, span in enumerate(cut.spans):
        for other in _others(span):
            if len(candidates) <= MOST_OTHERS:
                candidates.append(_reading(cut, [*first[:at], other, *first[at + 1 :]], lang))
    return [reading for place, reading in enumerate(candidates) if reading not in candidates[:place]]


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


def _reading(cut: Cut, senses: Sequence[Sense], lang: str) -> Reading:
    while not have_a_nomenclature(
        by_kind := sort_senses(senses), cut.spans, senses
    ):  # « Occitanie et Limousin » are of no time together
        last = max(at for at, sense in enumerate(senses) if sense.kind == "region")
        senses = [*senses[:last], Sense("text"), *senses[last + 1 :]]
    text = _text(cut, senses)
    local: Pairs = []
    if by_kind.page == "compare":
        local = take_compared(by_kind)
    namesake = take_place(by_kind)
    pairs = [*dict.fromkeys(by_kind.pairs)]
    if not any(name == "near" for name, _value in pairs):
        pairs = [pair for pair in pairs if pair[0] != "radius_km"]
    pairs += first_and_last_day(by_kind.days)
    pairs += [("edition", year) for year in editions(by_kind)]
    pairs += regions_in_force(by_kind, cut.spans, senses)
    if text:
        pairs.append(("q", text))
    chosen, refused = _parsed([*pairs, ("lang", lang)])
    named = frozenset(name for name, _value in pairs) | ({"edition"} if says_editions(by_kind) else set())
    left_out = (*by_kind.left_out, *refused)
    return Reading(chosen, by_kind.page or _page(by_kind, chosen), tuple(local), text, namesake, left_out, named)


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


def _text(cut: Cut, senses: Sequence[Sense]) -> str:
    """Return the words that are searched, as they were written; neighbours keep what stands between them."""
    parts: list[str] = []
    before = None
    for span, sense in zip(cut.spans, senses, strict=True):
        if sense.kind != "text":
            if sense.kind != "skip":
                before = None
            continue
        if before is not None and cut.question[before.end : span.start].strip() in ("-", "'", "’"):
            parts[-1] += cut.question[before.end : span.end]
        else:
            parts.append(cut.question[span.start : span.end])
        before = span
    return " ".join(parts)


def _page(by_kind: SortedSenses, chosen: Filters) -> str:
    """Return the page that answers best where none is named."""
    if "count" in by_kind.kinds:
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
