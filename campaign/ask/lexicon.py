"""What common words mean: names of filters' values, pages, regions and départements, and their synonyms (synonyms.csv)."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from campaign import store
from campaign.ask.senses import Sense
from campaign.ask.tokens import phrase, tokens
from campaign.core.language import LANGUAGES, use
from campaign.core.nomenclatures import NOMENCLATURES
from campaign.core.pages import visible
from campaign.filters import Filters, all_filters
from campaign.filters.subcampaigns import offered
from campaign.profile import profile
from campaign.store import catalog
from campaign.wording import labels

SYNONYMS: Final = Path(__file__).parent / "synonyms.csv"

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """What phrases mean: by the stems of their words, names of pages by the words themselves (« régions » is one, « région » is not)."""

    by_stems: Mapping[Phrase, tuple[Sense, ...]]
    pages: Mapping[Phrase, Sense]
    longest: int
    words: Mapping[str, str]  # the stems of single words, and how they are written

    def senses(self, stems: Phrase, keys: Phrase) -> tuple[Sense, ...]:
        """Return what a phrase may mean, the likeliest first; none for one that is not known."""
        senses = self.by_stems.get(stems, ())
        page = self.pages.get(keys)
        if page is None or any(sense.kind not in ("skip", "page") for sense in senses):
            return senses
        return (page,)


def lexicon() -> Lexicon:
    """Return what each phrase means, in both languages, for the event file that is being read."""
    return _lexicon(store.reader().identity, profile().id, visible())


@store.cached_per_file(maxsize=4)
def _lexicon(_file: store.Identity, _profile: str, _pages: object) -> Lexicon:
    by_stems: dict[Phrase, dict[Sense, None]] = {}
    pages: dict[Phrase, Sense] = {}
    single: dict[str, str] = {}
    for words, sense in [*_labels(), *_written()]:
        if len(phrase_tokens := tokens(words)) == 1:
            single.setdefault(phrase_tokens[0].key if sense.kind == "page" else phrase_tokens[0].stem, words.lower())
        if sense.kind == "page":
            pages.setdefault(tuple(token.key for token in tokens(words)), sense)
        elif (stems := phrase(words)) and not (sense.kind == "skip" and stems in by_stems):
            by_stems.setdefault(stems, {})[sense] = None
    return Lexicon(
        by_stems={stems: tuple(senses) for stems, senses in by_stems.items()},
        pages=pages,
        longest=max(map(len, [*by_stems, *pages])),
        words=single,
    )


def _labels() -> Iterator[tuple[str, Sense]]:
    """Yield the names that pages and the values of filters already have."""
    for language in LANGUAGES:
        with use(language):
            for entry in visible():
                yield labels.page(entry.key), Sense("page", value=entry.key)
            for declared in all_filters():
                if declared.widget and declared.widget.options:
                    for code, words in declared.widget.options(Filters()).items():
                        yield words, Sense("filter", declared.name, code)
    for one in offered():
        for language in LANGUAGES:
            yield one.label(language), Sense("filter", "subcampaign", one.code)
    for nomenclature in NOMENCLATURES:
        for region in catalog.labels(f"region_{nomenclature}").values():
            yield region.fr, Sense("region", value=region.fr)
    for departement in catalog.labels("departement").values():
        yield departement.fr, Sense("departement", value=departement.code)
    for words in (profile().settings.chamber.short, profile().settings.chamber.fr, profile().settings.chamber.noun,
                  profile().settings.chamber.en):  # fmt: skip
        yield words, Sense("chamber")
    for words in (profile().settings.name.fr, profile().settings.name.the, profile().settings.name.long):
        yield words, Sense("skip")


def _written() -> Iterable[tuple[str, Sense]]:
    """Yield the synonyms, without those of values that this file or campaign does not have."""
    options = {
        each.name: set(each.widget.options(Filters())) for each in all_filters() if each.widget and each.widget.options
    }
    options["unit"] = {"events", "sessions", "days"}
    regions = {entry.fr for year in NOMENCLATURES for entry in catalog.labels(f"region_{year}").values()}
    pages = {entry.key for entry in visible()}
    departements = {entry.fr: code for code, entry in catalog.labels("departement").items()}
    for row in _rows():
        means, value = row["means"], row["value"]
        match means:
            case "page":
                sense = Sense("page", value=value) if value in pages else None
            case "region":
                sense = Sense("region", value=value) if value in regions else None
            case "departement":
                sense = Sense("departement", value=departements[value]) if value in departements else None
            case "count" | "all_editions" | "current_edition" | "skip":
                sense = Sense(means)
            case "next":
                sense = Sense("page", value="compare")
            case _:
                sense = Sense("filter", means, value) if value in options.get(means, ()) else None
        if sense is not None:
            yield from ((words, sense) for words in row["words"].split("|"))


@lru_cache(maxsize=1)
def _rows() -> tuple[dict[str, str], ...]:
    with SYNONYMS.open(encoding="utf-8", newline="") as source:
        return tuple(csv.DictReader(source))
