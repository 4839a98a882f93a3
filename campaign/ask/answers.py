"""The views that answer a question: each with its number in words, its address, and what was made of the question's words."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from campaign import store
from campaign.ask.choice import Reading, readings
from campaign.ask.reading import cut
from campaign.ask.within import within
from campaign.ask.words import in_words
from campaign.filters import Filters, filter_name, urls
from campaign.wording import labels

MOST: Final = 7
OFFERED: Final = ("agenda", "overview", "map", "pace", "press")
WITHOUT_COUNT: Final = frozenset({"data", "methods", "accessibility", "legal", "import"})


@dataclass(frozen=True)
class Answer:
    """One view: its page, its number in words, its address, the choice that is counted."""

    page: str
    page_label: str
    title: str
    href: str
    count: int | None
    chosen: Filters
    is_within: bool = False  # the present choice


@dataclass(frozen=True)
class Corrected:
    """A word with a slip, and how it was read."""

    word: str
    meant: str


@dataclass(frozen=True)
class Reply:
    """The answers, the best first; the words that were not understood and are searched; the slips that were forgiven; the
    filters, by name, of which a value could not be taken beside the others."""

    answers: tuple[Answer, ...]
    searched: str
    corrected: tuple[Corrected, ...]
    left_out: tuple[str, ...] = ()


def reply(question: str, lang: str, present: Filters | None = None) -> Reply:
    """Return the views that answer a question, in the language of the reader; none for a question without words.

    `present` is the choice of the page where it is asked: the question within that choice is offered second.
    """
    cut_question = cut(question)
    if not cut_question.spans:
        return Reply((), "", ())
    understood = readings(cut_question, lang)
    corrected = tuple(
        Corrected(question[span.start : span.end], span.meant) for span in cut_question.spans if span.meant
    )
    left_out = tuple(filter_name(name) for name in dict.fromkeys(understood[0].left_out))
    return Reply(tuple(_answers(understood, present))[:MOST], understood[0].text, corrected, left_out)


def _answers(understood: list[Reading], present: Filters | None) -> Iterator[Answer]:
    """Yield the page that was asked for, what else may have been asked, wider choices where nothing is there, other pages.

    Namesakes of a town come at once; communes that have the name of a region or département, at the end.
    """
    first, *others = understood
    best = _answer(first, first.page)
    yield best
    if present is not None and best.count is not None and (held := within(first, present)) is not None:
        yield replace(_answer(held, held.page), is_within=True)
    rest = [_answer(reading, reading.page) for reading in others]
    if first.chosen.near or first.chosen.q:
        yield from rest
    if best.count == 0 and (wider := list(_wider(first))):
        yield from (_answer(reading, reading.page) for reading in wider)
        first = wider[0]  # other pages of nothing are of no use
    pages = ["regions", *OFFERED] if first.chosen.regions else list(OFFERED)
    yield from (_answer(first, page) for page in [page for page in pages if page != first.page][: MOST - 1 - len(rest)])
    if not (first.chosen.near or first.chosen.q):
        yield from (answer for answer in rest if answer.count)


def _wider(reading: Reading) -> Iterator[Reading]:
    """Yield the choice without its words, without its days, and an organiser's in all editions, where that leaves something of it."""
    chosen = reading.chosen
    for is_narrow, without in (
        (chosen.q is not None, chosen.replace(q=None)),
        (bool(chosen.from_day or chosen.to_day), chosen.replace(from_day=None, to_day=None)),
        (bool(chosen.organisers), chosen.replace(editions=())),  # of one who had events in other editions
    ):
        if is_narrow and without != chosen.only("editions", "nomenclature", "lang"):
            yield Reading(without, reading.page, reading.local, "", reading.namesake)


def _answer(reading: Reading, page: str) -> Answer:
    local = dict(reading.local) if page == reading.page else {}
    href = urls.link(page, reading.chosen, **local)
    label = labels.page(page)
    if page in WITHOUT_COUNT:
        return Answer(page, label, label, href, None, reading.chosen)
    count: int = store.query("event_totals", chosen=reading.chosen).one["total"]
    return Answer(page, label, in_words(reading.chosen, count, reading.namesake), href, count, reading.chosen)
