"""Every text and picture that a filter shaped says it: over the filters that are declared, not over a list of them."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import httpx
import pytest

from campaign import filters, store
from campaign.analysis.figures import gather
from campaign.charts.sheet import SIZES
from campaign.core import language
from campaign.drawings import export
from campaign.drawings.catalogue import DRAWINGS, drawing
from campaign.filters import Filters
from campaign.filters.declaration import Filter
from campaign.programme.listing import programme
from campaign.statements import cite
from campaign.statements.sentences import ready
from campaign.view.frame import chrome
from campaign.web import preview
from campaign.web.heading import heading

NARROWING = [declared for declared in filters.all_filters() if declared.clause and declared.name != "edition"]
BY_NAME = pytest.mark.parametrize("declared", NARROWING, ids=lambda declared: declared.name)
ASIDE = "sans tenir compte de ce choix"


def values_of(declared: Filter) -> list[str]:
    """Return a value of a filter that the file's edition of 2014 has: of its schema, or of one of its events."""
    schema = declared.kind.schema(filters.codes())
    if "enum" in schema:
        for value in schema["enum"]:
            if (
                store.query("event_totals", chosen=filters.parse([("edition", "2014"), (declared.name, value)])).one[
                    "total"
                ]
                > 1
            ):
                return [value]
        if declared.name == "collectivity":  # the demonstration has no event there: an empty choice is said as well
            return [schema["enum"][0]]
        raise AssertionError(f"{declared.name}: no value leaves an event")
    if schema.get("format") == "date":
        return ["2014-11-12"]
    rows = store.query(
        "event_rows", chosen=Filters(editions=(2014,)), lang="fr", after_starts=None, after_id=None, limit=100
    ).rows
    row = next(row for row in rows if row["commune_code"] and row["organiser"])
    organiser = store.query("event", chosen=Filters(), event_id=row["event_id"]).one["lead_organiser_id"]
    others = {"commune": [row["commune_code"]], "near": [row["commune_code"]], "organiser": [organiser], "q": ["atelier"],
              "id": [each["event_id"] for each in rows[:40]]}  # fmt: skip
    return others[declared.name]


def chosen_by(declared: Filter) -> Filters:
    """Return the edition of 2014 with this filter alone."""
    return filters.parse([("edition", "2014"), *((declared.name, value) for value in values_of(declared))])


def plain(text: str) -> str:
    """Return a text with one kind of space, without capitals."""
    return " ".join(text.casefold().split())


def is_said(declared: Filter, chosen: Filters, text: str) -> bool:
    """Tell whether a text says the filter: by its clause, or by a noun or a place of its own."""
    groups = declared.implied(chosen) if declared.implied else []
    words = [(declared.clause_for(chosen),), *(group for group in groups)]
    return any(plain(word) in plain(text) for group in words for word in group)


def texts(chosen: Filters) -> Iterator[tuple[str, str]]:
    """Yield every text about a choice that may be copied or shared, by where it stands."""
    figures = gather(chosen)
    for sentence in ready(figures):
        if sentence.key != "published":
            yield f"sentence {sentence.key}", sentence.text
    yield "citation", cite.citation(figures, "https://mois.example.org").text
    listing = programme(chosen, "https://mois.example.org")
    yield "programme", f"{listing.title} {listing.counted} {listing.origin}"
    card = preview.of_view("overview", figures)
    yield "preview", f"{card.above} {card.words} {card.source}"
    for path in ("", "carte", "presse", "types"):
        head = heading(path, [*chosen.to_query()], "https://mois.example.org")
        yield f"headline of /{path}", head.headline
        yield f"description of /{path}", head.description
    yield "chips", " ".join(words for words, _without in chrome.active(chosen))


@pytest.mark.matrix(every=2)
@BY_NAME
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_text_says_it(reading_demo: Path, declared: Filter, lang: str) -> None:
    with language.use("en" if lang == "en" else "fr"):
        chosen = chosen_by(declared).replace(lang=lang)
        for where, text in texts(chosen):
            is_named = is_said(declared, chosen, text) or (where == "chips" and text)
            assert is_named, f"{where} does not say {declared.name}: {text}"


@cache
def of_all() -> dict[str, list[tuple[object, object]]]:
    """Return what each picture of the small demonstration counts where nothing is chosen but an edition."""
    whole = gather(Filters(editions=(2014,)))
    return {name: [(row["code"], row["nombre"]) for row in drawing(name, whole).rows] for name in DRAWINGS}


@pytest.mark.matrix(every=5)
@BY_NAME
def test_every_picture_says_it_or_is_not_shaped_by_it(reading_demo: Path, declared: Filter) -> None:
    chosen = chosen_by(declared)
    figures = gather(chosen)
    for name in DRAWINGS:
        shaped = drawing(name, figures)
        rows = [(row["code"], row["nombre"]) for row in shaped.rows]
        text = f"{shaped.title} {shaped.subtitle} {shaped.source}"
        is_named = is_said(declared, chosen, text)
        if rows != of_all()[name]:
            assert is_named, f"{name} does not say {declared.name}: {text}"
            assert ASIDE not in text
        elif not declared.is_territory and not is_named:
            assert ASIDE in text, f"{name} is silent on {declared.name}: {text}"


@BY_NAME
def test_files_hold_it_as_text(reading_demo: Path, declared: Filter) -> None:
    chosen = chosen_by(declared)
    for size in SIZES:
        svg = ET.fromstring(export.exported("types", "svg", chosen, size, ()))  # noqa: S314  our own
        text = " ".join("".join(node.itertext()) for node in svg.iter() if node.tag.endswith("text"))
        assert is_said(declared, chosen, text), f"{size}: {text}"


def test_the_free_events_alone_are_said_to_be_free(reading_demo: Path) -> None:
    figures = gather(filters.parse([("edition", "2014"), ("free", "true")]))
    total = next(sentence.text for sentence in ready(figures) if sentence.key == "total")
    assert re.search(r"événements \(entrée gratuite ;", total.replace("\u202f", " ")), total


@BY_NAME
def test_documents_of_a_territory_refuse_what_they_do_not_take(client: httpx.Client, declared: Filter) -> None:
    for path, taken in (("/kits/presse.zip", ("region",)), ("/reports/bilan.pdf", ("region",))):
        if declared.name in taken:
            continue
        answer = client.get(path, params=[("edition", "2014"), (declared.name, values_of(declared)[0])])
        assert answer.status_code == 400, path
        assert answer.json()["parameter"] == declared.name


def test_a_filter_that_narrows_must_say_so() -> None:
    kind = next(each.kind for each in filters.all_filters() if each.name == "free")
    with pytest.raises(ValueError, match="clause"):
        Filter(name="full", label="Complet", help="Complet.", kind=kind, column="status")
