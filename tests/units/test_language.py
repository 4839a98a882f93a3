"""Every message has its English; each context speaks its own language; French spaces do not break."""

import ast
import io
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from campaign.core import language
from campaign.core.errors import StoreError
from campaign.core.language import _, current, message_of, ngettext, say, typeset, use
from campaign.wording.extraction import extract

ROOT = Path(__file__).resolve().parents[2]
CODE = ("campaign", "pages")
# Errors that a reader of either language may meet, by the folders that raise them.
ERRORS = {
    **dict.fromkeys(("IntakeError", "NoEventsError", "MissingColumnError"), ("",)),
    **dict.fromkeys(("StoreError", "DamagedError", "LakeAwayError", "BusyError", "OtherCampaignError"), ("",)),
    **dict.fromkeys(("CampaignError", "FilterError", "NotFoundError", "ArchiveError", "DemoRefusedError"), ("",)),
    **dict.fromkeys(("WriteError", "SendError", "AssertionFailedError", "problem"), ("",)),
    **dict.fromkeys(("Problem", "ValueError"), ("profile",)),
}
BEFORE = {"Problem": 4, "FilterError": 1, "problem": 1}  # where it is, its parameter, its status
TEXTS = (ast.JoinedStr, ast.Constant)
KEYWORDS = {**DEFAULT_KEYWORDS, "mark": None, "say": None, "counted": (2, 3)}

# Words that are the same in both languages.
SAME = {
    *(
        "1",
        "3",
        "code",
        "contact",
        "cookies",
        "corrections",
        "description",
        "km",
        "latitude",
        "longitude",
        "duckdb",
        "excel",
        "format",
        "geojson",
        "licences",
        "openapi",
    ),
    *("parquet", "geoparquet", "xlsx"),
    "agenda",
    "association",
    "commune",
    "communes",
    "conditions",
    "csv",
    "page",
    "a4",
    "france",
    "png",
    "svg",
    "corrections",
    "date",
    "dates",
    "département",
    "distance",
    "minute",
    "minutes",
    "pause",
    "openstreetmap",
    "org",
    "départements",
    "import",
    "imports",
    "json",
    "kit",
    "kits",
    "ld",
    "licence",
    "pages",
    "paris",
    "participant",
    "participants",
    "records",
    "session",
    "sessions",
    "source",
    "sources",
    "total",
    "type",
    "types",
}
FRENCH_WORDS = re.compile(
    r"\b(le|la|les|des|du|de|et|un|une|dans|pour|sur|avec|aucun|aucune|événements?|édition|ce|cette|vos|votre|est|sont)\b"
)
# Names that stay French in English.
FRENCH_NAMES = re.compile(r"Mois de l'ESS|Pays de la Loire|Saint-Pierre-et-Miquelon|/api/v1/[\w./?=]+")


def extracted() -> set[str | tuple[str, ...]]:
    return {
        message if isinstance(message, str) else tuple(message)
        for folder in CODE
        for _file, _line, message, _comments, _context in extract_from_dir(
            ROOT / folder, [("**.py", extract)], keywords=KEYWORDS
        )
    }


def translated() -> dict[str | tuple[str, ...], tuple[str, ...]]:
    with (language.CATALOGUES / "en" / "LC_MESSAGES" / "campaign.po").open("rb") as source:
        catalogue = read_po(source, locale="en")
    return {
        message.id: (message.string,) if isinstance(message.string, str) else tuple(message.string)
        for message in catalogue
        if message.id and not message.fuzzy
    }


def forms(message: str | tuple[str, ...]) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else message


def places(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}


@pytest.mark.in_turn
def test_extraction_finds_messages() -> None:
    messages = extracted()
    assert "Vue d'ensemble" in messages
    assert ("{n} situé", "{n} situés") in messages


def test_extraction_reads_f_strings() -> None:
    code = b"""f'<p>{_("a {x}", x=1)}</p>'; ngettext("b", "bs", 2); _(variable); other("c")"""
    messages = [(name, texts) for _line, name, texts, _comments in extract(io.BytesIO(code), {"_", "ngettext"}, (), {})]
    assert sorted(messages) == [("_", ("a {x}",)), ("ngettext", ("b", "bs", None))]


def test_a_message_of_another_process_is_filled_and_not_obeyed() -> None:
    text = "{a} {b} {a.__class__} {a:>99} {0} {"
    message = message_of({"text": text, "values": {"a": {"text": "page {n}", "values": {"n": 7}}}})
    assert str(message) == text.replace("{a} ", "page 7 ")


def test_the_log_is_in_french_whoever_met_an_error() -> None:
    error = StoreError(say("{name} est vide.", name="a.csv"), detail="/srv/a.csv")
    with use("en"):
        assert (str(error), error.for_log) == ("a.csv is empty.", "a.csv est vide. (/srv/a.csv)")


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def is_watched(path: Path, name: str) -> bool:
    return any(path.is_relative_to(ROOT / "campaign" / folder) for folder in ERRORS.get(name, ()))


def texts_of(call: ast.Call) -> list[ast.expr]:
    return call.args[BEFORE.get(name_of(call), 0) :]


def test_what_is_wrong_with_a_file_is_a_message() -> None:
    """A text of no language but French reaches readers of the other one."""
    plain = [
        f"{path.name}:{call.lineno}"
        for path, call in calls()
        if is_watched(path, name_of(call))
        if any(isinstance(each, TEXTS) for each in texts_of(call))
    ]
    assert plain == [], "say(…) it (campaign/core/language.py)"


def test_every_message_has_its_english() -> None:
    english = translated()
    without = sorted(str(message) for message in extracted() if not all(english.get(message, ("",))))
    assert without == [], "run `make messages` and translate these in campaign.po"


def test_places_are_the_same_in_both_languages() -> None:
    for message, texts in translated().items():
        expected = set().union(*(places(form) for form in forms(message)))
        for text in texts:
            assert not text or places(text) == expected, message


def test_no_french_is_left_in_english() -> None:
    for message, texts in translated().items():
        for text in texts:
            plain = FRENCH_NAMES.sub("", re.sub(r"{.*?}", "", text)).lower()
            assert text not in forms(message) or set(re.findall(r"\w+", plain)) <= SAME, text
            assert not FRENCH_WORDS.search(plain), text


def calls() -> Iterator[tuple[Path, ast.Call]]:
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    yield path, node


def test_no_message_is_composed_before_it_is_translated() -> None:
    composed = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path, call in calls()
        if isinstance(call.func, ast.Name) and call.func.id in {"_", "gettext", "ngettext", "mark", "say"}
        if any(isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in call.args[:2])
    ]
    assert composed == []


def test_french_by_default() -> None:
    assert current() == "fr"
    assert _("Vue d'ensemble") == "Vue d'ensemble"


def test_use_as_a_context_manager_gives_the_language_back() -> None:
    with use("en"):
        assert _("Vue d'ensemble") == "Overview"
        with use("fr"):
            assert _("Vue d'ensemble") == "Vue d'ensemble"
        assert current() == "en"
    assert current() == "fr"


def test_each_thread_has_its_own_language() -> None:
    seen: list[str] = []
    with use("en"):
        thread = threading.Thread(target=lambda: seen.append(current()))
        thread.start()
        thread.join()
    assert seen == ["fr"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("EN_us", "en"),
        ("fr", "fr"),
        ("de", "fr"),
        ("", "fr"),
        (None, "fr"),
        ("enx", "fr"),
    ],
)
def test_a_value_of_an_address_falls_back_to_french(value: str | None, expected: str) -> None:
    assert language.known(value) == expected


@pytest.mark.parametrize(
    ("n", "french", "english"),
    [
        (0, "événement", "events"),
        (1, "événement", "event"),
        (1.5, "événement", "events"),
        (2, "événements", "events"),
        (-1, "événement", "event"),
        (10_000_000, "événements", "events"),
    ],
)
def test_plurals(n: float, french: str, english: str) -> None:
    assert ngettext("événement", "événements", n) == french
    with use("en"):
        assert ngettext("événement", "événements", n) == english


def test_values_are_not_read_as_templates_nor_typeset() -> None:
    assert _("{name} : {value}", name="{x} ?", value="a : b") == "{x} ?\u00a0: a : b"


def test_french_spaces() -> None:
    assert typeset("« Oui » : 5 % ; non ? si !") == ("«\u00a0Oui\u00a0»\u00a0: 5\u00a0%\u202f; non\u202f? si\u202f!")
    assert typeset("Aucun chiffre (n. c.) ; n. c.") == "Aucun chiffre (n.\u00a0c.)\u202f; n.\u00a0c."
    assert typeset("de {before} → {now}") == "de {before}\u00a0→\u00a0{now}"
    assert typeset("10:30, http://a.fr/?b;c") == "10:30, http://a.fr/?b;c"


def test_english_has_no_french_spaces() -> None:
    with use("en"):
        assert _("{sentence} ; {more}", sentence="a", more="b") == "a; b"


def test_no_compiled_catalogue_is_needed() -> None:
    assert not list(language.CATALOGUES.rglob("*.mo"))
    assert language.catalogue("en") is language.catalogue("en")
