"""HTML documents are templates that escape every value and refuse to leave one out."""

import ast
from pathlib import Path

import jinja2
import pytest

from campaign.core.html import templates
from campaign.core.settings import ROOT

PACKAGES = ("archive", "report", "web")
FILES = sorted(ROOT.glob("campaign/*/templates/*.html"))


def test_values_are_escaped_and_none_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text('<p title="{{ title }}">{{ words }}</p>')
    page = templates(tmp_path).get_template("page.html")
    html = page.render(title='"><script>', words="l'été & <b>")
    assert html == '<p title="&#34;&gt;&lt;script&gt;">l&#39;été &amp; &lt;b&gt;</p>'
    with pytest.raises(jinja2.UndefinedError):
        page.render(title="")


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_no_template_takes_a_value_for_html(path: Path) -> None:
    text = path.read_text("utf-8")
    templates(path.parent, number=str, drawn=str).get_template(path.name)
    assert "safe" not in text.replace("unsafe", "")
    assert "autoescape" not in text


@pytest.mark.parametrize("name", PACKAGES)
def test_these_packages_escape_nothing_by_hand(name: str) -> None:
    for path in (ROOT / "campaign" / name).glob("*.py"):
        imports = [each for each in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(each, ast.ImportFrom)]
        assert "html" not in [each.module for each in imports], path.name
