"""How to cite a figure: words, BibTeX, and the address that reopens the same number later."""

from dataclasses import dataclass
from urllib.parse import urlencode

from campaign import store
from campaign.analysis.figures import Figures
from campaign.core.language import _, current
from campaign.core.settings import PARIS, settings
from campaign.filters import Filters
from campaign.statements.parts import origin
from campaign.statements.scope import noun
from campaign.wording import campaign_names as names
from campaign.wording.dates import day_name, years
from campaign.wording.numbers import number


@dataclass(frozen=True)
class Citation:
    """One figure as it is cited: plain text, BibTeX entry, absolute address."""

    text: str
    bibtex: str
    address: str


def frozen(figures: Figures) -> Filters:
    """Return the choice as of the last day on which anything that counts changed: what comes later will not change its figure."""
    settled_on = store.query("file_status").one["settled_on"]
    if figures.chosen.as_of or settled_on is None:
        return figures.chosen
    return figures.chosen.replace(as_of=settled_on)


def address(figures: Figures, base_url: str, path: str = "/presse") -> str:
    """Return the absolute address that reopens this figure, which it names; `base_url` without a final slash."""
    return f"{base_url}{path}?{urlencode([*frozen(figures).to_query(), ('cite', str(figures.total))])}"


def reopened(cited: str | None, figures: Figures) -> str:
    """Return whether a cited number is still the file's, and why not where it changed; "" where none is given."""
    if cited is None or not (cited.isascii() and cited.isdigit()) or len(cited) > 9:
        return ""
    then = f"{number(int(cited))} {noun(figures.chosen, int(cited))}"
    if int(cited) == figures.total:
        return _("Chiffre cité : {then}. C'est toujours celui du fichier pour cette date.", then=then)
    return _(
        "Chiffre cité : {then}. Le fichier en compte aujourd'hui {now} pour la même date : des événements ont été annulés, "
        "corrigés ou ajoutés depuis.",
        then=then,
        now=number(figures.total),
    )


def citation(figures: Figures, base_url: str) -> Citation:
    """Return how this figure is cited today."""
    link = address(figures, base_url)
    today = settings().current_day()
    title = _(
        "{n} {noun} {place}, {campaign} {years}",
        campaign=names.name(),
        n=number(figures.total),
        noun=noun(figures.chosen, figures.total),
        place=figures.place.inside,
        years=years(figures.editions),
    )
    text = _(
        "{dashboard}, « {title} », {origin}. Consulté le {day} : {link}",
        dashboard=names.dashboard(),
        title=title,
        origin=origin(figures, title),
        day=day_name(today),
        link=link,
    )
    year = figures.data_date.astimezone(PARIS).year if figures.data_date else today.year
    slug = store.query("slug", text=figures.place.name).one["slug"]
    fields = {
        "title": f"{{{title}}}",
        "author": "{" + names.dashboard() + "}",
        "year": str(year),
        "note": origin(figures, title),
        "url": link,
        "urldate": today.isoformat(),
        "language": current(),
    }
    body = ",\n".join(f"  {name} = {{{_plain(value)}}}" for name, value in fields.items())
    key = f"{names.slug()}-{'-'.join(map(str, figures.editions[-1:]))}-{slug}"
    return Citation(text, f"@misc{{{key},\n{body}\n}}", link)


def _plain(text: str) -> str:
    """Return text as BibTeX takes it: ordinary spaces, signs of its own escaped."""
    for sign in "%&#_":
        if not text.startswith("http"):
            text = text.replace(sign, f"\\{sign}")
    return text.replace("\u202f", "~").replace("\u00a0", "~")
