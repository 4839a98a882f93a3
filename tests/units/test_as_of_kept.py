"""Nothing that is shown forgets the day that a choice is as of: filters made anew, days read from the clock, each with its reason."""

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache

from campaign.core.settings import ROOT
from campaign.filters import Filters

# Filters made without a day, and choices whose day is taken away.
FORGETTING = {
    "campaign/api/whole.py": (3, "the whole file, which refuses as_of"),
    "campaign/ask/organisers.py": (1, "names of organisers, of any day"),
    "campaign/ask/lexicon.py": (2, "only the options of filters, which do not depend on the choice"),
    "campaign/ask/answers.py": (1, "only compared with the choice"),
    "campaign/archive/site.py": (1, "an archive is of the file as it stands"),
    "campaign/analysis/comparison.py": (
        3,
        "the other sides, which are given their own day; whether registrations are dated at all",
    ),
    "campaign/analysis/beyond.py": (1, "whether the file has any overseas event at all"),
    "campaign/analysis/declarations.py": (1, "only compared with the choice"),
    "campaign/filters/address.py": (1, "reads the address"),
    "campaign/filters/own_kinds.py": (1, "what a place is called in an edition"),
    "campaign/filters/clauses.py": (1, "the name of a commune in an edition"),
    "campaign/filters/choice.py": (2, "changes a choice: only() is counted where it is called"),
    "campaign/filters/shared.py": (1, "the link that takes the day away"),
    "campaign/analysis/official.py": (2, "only compared with the choice"),
    "campaign/drawings/courses.py": (2, "only compared with the choice: published figures have no day"),
    "campaign/drawings/published.py": (1, "published figures have no day"),
    "campaign/analysis/figures.py": (2, "only compared with the choice: published figures have no day"),
    "campaign/press/kit.py": (1, "a kit, which refuses as_of"),
    "campaign/messages/alerts.py": (1, "alerts are of the file as it stands"),
    "campaign/messages/words.py": (1, "the view of an alert, as it stands when the reader opens it"),
    "campaign/statements/sentences.py": (2, "published figures have no day"),
    "campaign/view/frame/chrome.py": (1, "the link that clears all filters"),
    "campaign/view/agenda/event_page.py": (1, "the towns around a point, as they were in an edition"),
    "campaign/view/components/lead.py": (2, "only compared with the choice; published figures have no day"),
    "campaign/view/pace/curves.py": (1, "the switch back to today"),
    "campaign/view/components/figures.py": (1, "the link to the report, which refuses as_of"),
    "pages/compare.py": (1, "words of filters only: each edition is as of its own day, said below the answer"),
    "pages/pace.py": (1, "words of filters only: the sentence says the day"),
    "campaign/view/frame/parameters.py": (1, "which kinds of finding there are"),
    "campaign/view/quality/findings.py": (1, "the link to the findings, which refuse as_of"),
}

# What reads the clock, and the date of the data of the whole file.
PRESENT = {
    "campaign/api/answering.py": (2, "when the file changed, and the day, for caches"),
    "campaign/ask/reading.py": (1, "« samedi » is the next one from today"),
    "campaign/ask/words.py": (1, "whether a day's year goes without saying"),
    "campaign/api/figures.py": (1, "published figures, which refuse as_of"),
    "campaign/api/health.py": (2, "the file as it stands"),
    "campaign/publish/demonstration.py": (
        2,
        "until when a running edition is written, and which is the last that there is",
    ),
    "campaign/filters/known.py": (1, "the nomenclature of a file without events"),
    "campaign/intake/template.py": (1, "imports"),
    "campaign/analysis/edition_dates.py": (1, "which edition has begun, beside published figures, which have no day"),
    "campaign/analysis/editions.py": (1, "which editions are over: published figures have no day"),
    "campaign/analysis/moment.py": (3, "tells the day"),
    "campaign/statements/cite.py": (1, "the day on which a citation was looked up"),
    "campaign/drawings/export.py": (1, "the key of a cache"),
    "campaign/drawings/on_page.py": (1, "the key of a cache"),
    "campaign/analysis/figures.py": (1, "the edition of a file without events"),
    "campaign/press/kit.py": (1, "the key of a cache"),
    "campaign/programme/files.py": (1, "the key of a cache"),
    "campaign/report/bilan.py": (1, "the key of a cache"),
    "campaign/analysis/standing.py": (2, "whether an edition runs, and until when it is known"),
    "campaign/analysis/pace_chart.py": (
        2,
        "the edition of a file without events; the latest day that can be asked for",
    ),
    "campaign/view/heat_calendar.py": (1, "the edition of a file without events"),
    "campaign/view/pace/curves.py": (2, "the days that can be asked for"),
    "campaign/view/frame/parameters.py": (1, "the edition of a file without events"),
    "campaign/web/preview.py": (1, "the key of a cache"),
}


def test_every_choice_keeps_its_day_or_has_a_reason_not_to() -> None:
    assert counted()[0] == Counter({file: n for file, (n, _why) in FORGETTING.items()})


def test_the_clock_is_read_where_a_day_is_told_or_with_a_reason() -> None:
    assert counted()[1] == Counter({file: n for file, (n, _why) in PRESENT.items()})


@cache
def counted() -> tuple[Counter[str], Counter[str]]:
    """Return by file how often a day is forgotten, and how often the present is read; all code is read once for both."""
    forgotten, present = Counter[str](), Counter[str]()
    for file, node in nodes():
        forgotten[file] += forgets(node)
        present[file] += reads_the_present(node)
    return +forgotten, +present


def nodes() -> Iterator[tuple[str, ast.AST]]:
    for path in [*ROOT.glob("campaign/**/*.py"), *ROOT.glob("pages/*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            yield path.relative_to(ROOT).as_posix(), node


def forgets(node: ast.AST) -> bool:
    """Whether a call makes a choice without a day."""
    if not isinstance(node, ast.Call):
        return False
    given = {keyword.arg: keyword.value for keyword in node.keywords}
    if isinstance(node.func, ast.Name) and node.func.id == "Filters":
        return "as_of" not in given
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    words = {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
    if method == "only" and words & Filters.__annotations__.keys():
        return "as_of" not in words | given.keys()
    value = given.get("as_of")
    return method == "replace" and isinstance(value, ast.Constant) and value.value is None


def reads_the_present(node: ast.AST) -> bool:
    """Whether a node reads the clock, or the date of the data of the whole file."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr == "current_day"
    return isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and node.slice.value == "data_date"
