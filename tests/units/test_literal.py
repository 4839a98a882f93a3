"""What others wrote is shown as it stands where Streamlit reads Markdown."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from campaign.core.settings import ROOT
from campaign.view.frame.literal import literal

# What reads its first argument, or its help, as Markdown; the last ones are also names of other things.
READERS: Final = {
    "badge", "button", "caption", "checkbox", "date_input", "download_button", "error", "expander", "file_uploader",
    "form_submit_button", "info", "link_button", "markdown", "multiselect", "number_input", "page_link", "pills", "popover",
    "radio", "segmented_control", "select_slider", "selectbox", "slider", "spinner", "subheader", "success", "text_area",
    "text_input", "time_input", "toast", "toggle", "warning",
}  # fmt: skip
OF_STREAMLIT: Final = READERS | {"dialog", "header", "metric", "progress", "status", "tabs", "title", "write"}
SCRIPTS: Final = sorted([*(ROOT / "pages").glob("*.py"), *(ROOT / "campaign/view").rglob("*.py")])


def texts(script: Path) -> Iterator[ast.expr]:
    """Yield what a script gives Streamlit to read as Markdown."""
    for call in ast.walk(ast.parse(script.read_text("utf-8"))):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            continue
        is_streamlit = isinstance(call.func.value, ast.Name) and call.func.value.id == "st"
        if call.func.attr in (OF_STREAMLIT if is_streamlit else READERS):
            yield from [
                *call.args[:1],
                *(word.value for word in call.keywords if word.arg in ("label", "body", "help")),
            ]


def is_ours(text: ast.expr) -> bool:
    """Tell whether a text is the project's own, without values in it, or made literal."""
    match text:
        case ast.Constant():
            return True
        case ast.IfExp(body=one, orelse=other):
            return is_ours(one) and is_ours(other)
        case ast.Call(func=ast.Name(id="_"), keywords=values):
            return not values
        case ast.Call(func=ast.Name(id="literal" | "filter_name")):
            return True
    return False


def test_labels_and_notices_are_our_own_words_or_literal() -> None:
    labels = [(script.name, text.lineno, text) for script in SCRIPTS for text in texts(script)]
    assert len(labels) > 60
    assert not [f"{name}:{line} {ast.unparse(text)}" for name, line, text in labels if not is_ours(text)]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Forum, 05/11/2014 : l'emploi (gratuit) - 14:30", "Forum, 05/11/2014 : l'emploi (gratuit) - 14:30"),
        ("**a** _b_ `c` ~~d~~ $e$", r"\*\*a\*\* \_b\_ \`c\` \~\~d\~\~ \$e\$"),
        ("![x](https://exemple.org)", "!\\[x\\](\u2060https\\://exemple.org)"),
        ("<b>&amp;|", r"\<b\>\&amp;\|"),
        ("paul@exemple.org, WWW.exemple.org", "paul\u2060@exemple.org, \u2060WWW.exemple.org"),
        (":red[x] :material/search: :+1:", "\\:\u2060red\\[x\\] \\:\u2060material/search: \\:\u2060+1:"),
        ("a -- b -> c", "a -\u2060- b -\u2060\\> c"),
        ("# a\n    - b\n12. c\n", "\\# a\n\\- b\n12\\. c\n"),
    ],
)  # fmt: skip
def test_marks_of_markdown_are_shown(text: str, escaped: str) -> None:
    assert literal(text) == escaped
