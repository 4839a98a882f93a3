"""HTML of the archive's pages, in French: frame, tables, drawings. Pages refer to each other by relative addresses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from campaign.charts import svg
from campaign.charts.in_html import shapes
from campaign.charts.in_html import style as drawing_style
from campaign.charts.sheet import Drawing
from campaign.wording.numbers import number

# The menu, in order: file and label.
MENU: Final = (
    ("index.html", "Vue d'ensemble"),
    ("regions.html", "Régions"),
    ("types.html", "Types"),
    ("jours.html", "Jours"),
    ("agenda.html", "Agenda"),
    ("donnees.html", "Données"),
    ("sources.html", "Méthode et sources"),
)


HERE, NUMBER = ' aria-current="page"', ' class="number"'


@dataclass(frozen=True)
class Frame:
    """What every page says: the edition, of which region if not of the country, what the file is, and the date of its data."""

    edition: int
    rank: str
    where: str  # "en Bretagne"; "" for the country
    is_demo: bool
    foot: str


def page(frame: Frame, file: str, title: str, body: str) -> str:
    """Return a page; `file` is its path in the archive, `title` its answer in a sentence, `body` what follows."""
    up = "../" * file.count("/")
    here = "agenda.html" if file.startswith("agenda/") else file
    items = "".join(
        f'<li><a href="{up}{name}"{HERE if name == here else ""}>{escape(label)}</a></li>' for name, label in MENU
    )
    banner = (
        '<p class="banner" role="note">Données de démonstration : événements fictifs, chiffres officiels réels.</p>'
        if frame.is_demo
        else ""
    )
    brand = " ".join(part for part in (f"Mois de l'ESS {frame.edition}", frame.where) if part)
    return (
        f'<!DOCTYPE html>\n<html lang="fr" data-theme="auto">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)} – {escape(brand)}</title>\n"
        f'<link rel="stylesheet" href="{up}style.css">\n</head>\n<body>\n'
        '<a class="skip" href="#contenu">Aller au contenu</a>\n'
        f'<header><p class="brand">{escape(brand)} <span>{escape(frame.rank)}, archive</span></p>'
        f'<nav aria-label="Pages"><ul>{items}</ul></nav>{banner}</header>\n'
        f'<main id="contenu" tabindex="-1">\n<h1>{escape(title)}</h1>\n{body}\n</main>\n'
        f"<footer><p>{escape(frame.foot)}</p></footer>\n</body>\n</html>\n"
    )


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]], *, total: int | None = None) -> str:
    """Return a table whose first column heads its rows; numbers stand right. A cell that is a pair is (text, address)."""
    listed = [list(row) for row in rows]
    numeric = {index for row in listed for index, value in enumerate(row) if isinstance(value, int)}
    columns = "".join(
        f'<th scope="col"{NUMBER if index in numeric else ""}>{escape(head)}</th>' for index, head in enumerate(heads)
    )
    body = "".join(f"<tr>{''.join(_cell(value, index) for index, value in enumerate(row))}</tr>" for row in listed)
    foot = ""
    if total is not None:
        rest = "<td></td>" * (len(heads) - 2)
        foot = f'<tfoot><tr><th scope="row">Total</th><td class="number">{number(total)}</td>{rest}</tr></tfoot>'
    return (
        f'<div class="frame" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{columns}</tr></thead><tbody>{body}</tbody>{foot}</table></div>"
    )


def _cell(value: object, index: int) -> str:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    text = number(value) if isinstance(value, int) else None
    if text is None:
        text = link(str(value[1]), str(value[0])) if isinstance(value, tuple) else escape(str(value))
    if index == 0:
        return f'<th scope="row">{text}</th>'
    return f'<td class="number">{text}</td>' if is_number else f"<td>{text}</td>"


def link(href: str, text: str) -> str:
    """Return a link."""
    return f'<a href="{escape(href)}">{escape(text)}</a>'


def cards(figures: Iterable[tuple[int | None, str]]) -> str:
    """Return figures in a row: number (None is « n. c. ») and what it counts."""
    inner = "".join(f"<div><dt>{escape(words)}</dt><dd>{number(n)}</dd></div>" for n, words in figures)
    return f'<dl class="cards">{inner}</dl>'


def drawing(drawn: Drawing) -> str:
    """Return a drawing with its source and its files; the table of its numbers stands beside it in the page."""
    files = f"{link(f'dessins/{drawn.name}.svg', 'SVG')} · {link(f'dessins/{drawn.name}.csv', 'CSV')}"
    return (
        f"<figure>{shapes(drawn)}<figcaption>{escape(drawn.source)}<br>{escape(drawn.licence)} · {files}"
        "</figcaption></figure>"
    )


def style() -> str:
    """Return the archive's stylesheet, its fonts beside it in `polices/`."""
    faces = "".join(
        f"@font-face{{font-family:'{svg.FAMILY}';font-weight:{weight};src:url(polices/{file})}}\n"
        for weight, file in svg.FILES.items()
    )
    return faces + drawing_style() + STYLE


STYLE: Final = """
*{box-sizing:border-box}
body{margin:0 auto;max-width:68rem;padding:0 clamp(1rem,4vw,2.5rem) 2rem;background:var(--paper);color:var(--ink);
  font:1.0625rem/1.5 'Campaign Sans','Segoe UI',Arial,sans-serif}
a{color:var(--accent)}a:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
main:focus{outline:none}
.skip{position:absolute;left:-999px}.skip:focus{position:static}
header{border-bottom:1px solid var(--line);padding-top:1rem}
.brand{margin:0;font-weight:600;font-size:1.125rem}.brand span{font-weight:400;color:var(--ink-2);font-size:.9rem}
nav ul{display:flex;flex-wrap:wrap;gap:0 1.1rem;list-style:none;margin:0;padding:0}
nav a{display:block;padding:.4rem 0;color:var(--ink-2);text-decoration:none;border-bottom:3px solid transparent}
nav a[aria-current]{color:var(--ink);font-weight:600;border-color:var(--accent)}
.banner{margin:.5rem 0;padding:.4rem .75rem;background:var(--ground);border-left:4px solid var(--amber);font-size:.9rem}
h1{font-size:clamp(1.4rem,3vw,2rem);line-height:1.2;margin:1.25rem 0 .25rem;max-width:46rem;text-wrap:pretty}
h2{font-size:1.3rem;margin:2rem 0 .25rem;border-top:2px solid var(--ink);padding-top:.5rem}
h3{font-size:1.05rem;margin:1.25rem 0 .25rem}
.under,figcaption,footer{color:var(--ink-2);font-size:.9rem;max-width:52rem}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));margin:1rem 0;border-top:2px solid var(--ink);
  border-bottom:1px solid var(--line)}
.cards div{display:flex;flex-direction:column-reverse;justify-content:flex-end;padding:.6rem 1rem .6rem 0}
.cards dd{margin:0;font-size:2rem;font-weight:600;line-height:1.1}.cards dt{color:var(--ink-2)}
figure{margin:1rem 0}.frame{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.95rem;font-variant-numeric:tabular-nums;margin:.5rem 0}
caption{text-align:left;color:var(--ink-2);font-size:.9rem;padding:.25rem 0}
th,td{padding:.3rem .9rem .3rem 0;text-align:left;border-bottom:1px solid var(--line);font-weight:400;vertical-align:baseline}
thead th{color:var(--ink-2);font-size:.85rem;border-bottom:1px solid var(--ink)}
.number{text-align:right}tfoot th,tfoot td{font-weight:600;border-bottom:0;border-top:1px solid var(--ink)}
.events{list-style:none;margin:0;padding:0}
.events li{padding:.45rem 0;border-bottom:1px solid var(--line);break-inside:avoid}
.events p{margin:0;color:var(--ink-2);font-size:.9rem}.events strong{font-weight:600}
.state{border:1px solid var(--amber);color:var(--amber);border-radius:3px;padding:0 .4rem;font-size:.8rem;white-space:nowrap}
dt{font-weight:600}.words dd{margin:0 0 .75rem;max-width:46rem}
code{overflow-wrap:anywhere}footer{border-top:1px solid var(--line);margin-top:2.5rem}
@media print{body{max-width:none;font-size:10pt;padding:0}nav,.skip{display:none}a{color:inherit}h2{break-after:avoid}
  figure,tr{break-inside:avoid}.frame{overflow:visible}thead{display:table-header-group}}
"""
