"""What somebody who means harm writes into an agenda or an address, and how an answer shows that nothing of it works."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, Final
from xml.etree import ElementTree

from tests.records import Record, record

PAYLOADS: Final = {
    "script": "Fin \"'></b><script>alert('ran')</script><img src=x onerror=alert('ran')>",
    "closing": "</script></style></title></textarea></svg>--><svg onload=alert('ran')><a xlink:href=javascript:alert('ran')>ici",
    "hidden": "&lt;script&gt;alert('ran')&lt;/script&gt; &#60;img src=x onerror=alert('ran')&#62; &amp;lt;svg onload=alert('ran')&amp;gt;",
    "unclosed": "Salle <img src=x onerror=alert('ran') x='",
    "attribute": "' onmouseover='alert(\"ran\")' autofocus onfocus=alert('ran') \"",
    "link": "javascript:alert('ran')//https://example.org/",
    "markdown": "[ici](javascript:alert('ran')) ![x](https://elsewhere.example/x.png) $\\href{javascript:alert('ran')}{x}$ :red[x]",
    "sql": "Robert'); drop table events; -- \" union select 1; attach '/etc/passwd' as x;",
    "formula": "=cmd|' /C calc'!A0",
    "formula_later": "\t@SUM(1+1)*cmd|' /C calc'!A0",
    "path": "../../../../../../etc/passwd",
    "path_encoded": "..%2f..%5c..%252fetc%252fpasswd",
    "crlf": "Salle\r\nSet-Cookie: stolen=1\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:alert('ran')\r\n\r\n<script>alert('ran')</script>",
    "null": "Avant\x00après\x01\x08\x1b[31m\ufffe\uffff\x7f",
    "long": "Très long " * 4_000,
    "unbroken": "x" * 30_000,
    "right_to_left": "\u202eedoc\u202c \u2066عربى\u2069 👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301\u0302\u0303 \u200b\ufeff",
    "braces": "{{7*7}} {% raw %} ${7*7} #{7*7} {n} {0.__class__.__mro__} {total!r} %(n)s %s %n",
    "typst": '#eval("1+1") #read("/etc/passwd") #image("/etc/passwd") $x^2$ `raw` <label> @label // /* */ = Titre \\ #',
    "entities": "]]><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x><![CDATA[",
}
# Of an import, every text that a source gives. What is not text (numbers, days, codes) is refused by its type.
TEXTS: Final = ("title", "description", "conditions", "venue", "address", "type_label")
LISTS: Final = ("organiser_labels", "theme_labels", "keywords")
LINKS: Final = ("url", "registration_url", "online_url")
PLACES: Final = (
    "postcode", "city", "commune_code", "departement_label", "region_label", "country_code", "timezone",
)  # fmt: skip
LONGEST: Final = {"description": 20_000, "conditions": 20_000}  # other texts: as the import cuts them
TRACES: Final = re.compile(r"Traceback|File \"[^\"]+\.py\"|duckdb\.\w+Exception|site-packages|root:x:0:0")
# What a page may hold of scripts: Streamlit's own, ours, and what is data.
OWN_SCRIPTS: Final = re.compile(r"(?:/static/js/|/assets/)[\w.-]+\.js(?:\?v=\w+)?")
RUNS: Final = re.compile(r"\s*(?:javascript|vbscript|data(?!:image/)|file):?", re.IGNORECASE)


def hostile_records(payloads: dict[str, str] | None = None) -> Iterator[Record]:
    """Yield, for each payload, a record that holds it in every text and has a place, and one whose place is it too.

    Texts are as long as an import leaves them, and hold what it would have taken out.
    """
    for name, whole in (payloads or PAYLOADS).items():
        text = whole[:500]
        words: dict[str, Any] = {field: whole[: LONGEST.get(field, 500)] for field in (*TEXTS, *LINKS)}
        words |= {field: [text] for field in LISTS}
        yield record(f"placed-{name}", **words, commune_code="35238", lat=48.11, lon=-1.68)
        link = f"https://example.org/{text}"
        yield record(
            f"lost-{name}-{text}",
            **words | dict.fromkeys(LINKS, link),
            **dict.fromkeys(PLACES, text),
            status="postponed",
            timings=[("2014-11-12T18:00", None), ("2014-11-19T18:00", None)],
        )


class Holds(HTMLParser):
    """What in a document would run or load: `dangers` names each."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.dangers: list[str] = []
        self.ids: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        if tag in ("object", "embed", "base", "applet", "foreignobject", "animate", "set", "frame"):
            self.dangers.append(f"<{tag}>")
        if tag == "script" and not (
            given.get("type") == "application/ld+json" or OWN_SCRIPTS.fullmatch(given.get("src", ""))
        ):
            self.dangers.append(f"<script {given}>")
        for name, value in given.items():
            if name.startswith("on") or (name == "style" and "url(" in value):
                self.dangers.append(f"<{tag} {name}={value[:40]!r}>")
            if name in ("href", "src", "xlink:href", "action", "formaction", "srcdoc", "data") and RUNS.match(value):
                self.dangers.append(f"<{tag} {name}={value[:40]!r}>")

    handle_startendtag = handle_starttag


def dangers(html: str, *, own_inline: tuple[str, ...] = ()) -> list[str]:
    """Return what in an HTML document would run, but for the inline scripts that are its own."""
    for script in own_inline:
        html = html.replace(script, "")
    return Holds(html).dangers


def svg_dangers(svg: bytes | str) -> list[str]:
    """Return what in a drawing would run or load; raises ParseError where it is not well-formed."""
    root = ElementTree.fromstring(svg)  # noqa: S314  a drawing of ours, without a document type
    risks = []
    for element in root.iter():
        tag = str(element.tag).rpartition("}")[2]
        if tag in ("script", "foreignObject", "animate", "set", "image", "use"):
            risks.append(f"<{tag}>")
        for name, value in element.attrib.items():
            local = name.rpartition("}")[2]
            if local.startswith("on") or (local == "href" and not value.startswith(("#", "http", "/"))):
                risks.append(f"<{tag} {local}={value[:40]!r}>")
    return risks
