"""HTML of the archive's pages, in French, from templates. Pages refer to each other by relative addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from markupsafe import Markup

from campaign.charts import svg
from campaign.charts.in_html import shapes
from campaign.charts.in_html import style as drawing_style
from campaign.charts.sheet import Drawing
from campaign.core.html import templates
from campaign.wording import campaign_names as names
from campaign.wording.numbers import number

FOLDER: Final = Path(__file__).parent / "templates"
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


@dataclass(frozen=True)
class Frame:
    """What every page says: the edition, of which region if not of the country, what the file is, and the date of its data."""

    edition: int
    rank: str
    where: str  # "en Bretagne"; "" for the country
    is_demo: bool
    foot: str

    @property
    def brand(self) -> str:
        """Return the campaign's name."""
        return " ".join(part for part in (f"{names.name()} {self.edition}", self.where) if part)


class Link(NamedTuple):
    """A cell that leads somewhere."""

    text: str
    href: str


Cell = str | int | Link


@dataclass(frozen=True)
class Table:
    """A table whose first column heads its rows; whole numbers stand at the right."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    total: int | None = None  # of the second column

    @property
    def numeric(self) -> frozenset[int]:
        """Return the positions of the columns that hold numbers."""
        return frozenset(position for row in self.rows for position, cell in enumerate(row) if isinstance(cell, int))


def drawn(drawing: Drawing) -> Markup:
    """Return a drawing's shapes as they are: their texts were escaped when they were drawn."""
    return Markup(shapes(drawing))  # noqa: S704


TEMPLATES: Final = templates(FOLDER, number=number, drawn=drawn)


def page(frame: Frame, file: str, title: str, template: str, **content: object) -> str:
    """Return a page; `file` is its path in the archive, `title` its answer in a sentence, `content` what its template shows."""
    return TEMPLATES.get_template(template).render(
        frame=frame,
        title=title,
        menu=MENU,
        here="agenda.html" if file.startswith("agenda/") else file,
        up="../" * file.count("/"),
        **content,
    )


def style() -> str:
    """Return the archive's stylesheet, its fonts beside it in `polices/`."""
    faces = "".join(
        f"@font-face{{font-family:'{svg.FAMILY}';font-weight:{weight};src:url(polices/{file})}}\n"
        for weight, file in svg.FILES.items()
    )
    return f"{faces}{drawing_style()}\n{(FOLDER / 'style.css').read_text('utf-8')}"
