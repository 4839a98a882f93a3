"""The weekly note of a territory: what is new, what changed, what is missing, what to do; as text and as HTML to send."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from campaign import store
from campaign.analysis import moment, standing
from campaign.analysis.about import file_name
from campaign.analysis.comparison import Refusal
from campaign.analysis.figures import Figures, gather, place_of
from campaign.core.html import templates
from campaign.core.language import _, current, mark
from campaign.exports import contacts
from campaign.filters import Filters, urls
from campaign.profile import colours
from campaign.statements.parts import campaign_name, origin
from campaign.wording.dates import day_name, days_to_go, period
from campaign.wording.labels import capitalised
from campaign.wording.numbers import missing, number, signed
from campaign.wording.quantities import counted, listed

DAYS: Final = 7
MOST: Final = 25
TEMPLATES: Final = templates(Path(__file__).parent / "templates")

LACKING: Final = {
    "place": mark("le lieu"),
    "organiser": mark("l'organisateur"),
    "session": mark("la date"),
    "type": mark("le type"),
}
FIELDS: Final = {
    "title": mark("titre"),
    "description": mark("description"),
    "type": mark("type"),
    "status": mark("état"),
    "is_published": mark("publication"),
    "themes": mark("thèmes"),
    "attendance_mode": mark("participation"),
    "place": mark("lieu"),
    "sessions": mark("dates"),
    "organiser": mark("nom de l'organisateur"),
    "edition": mark("année de l'édition"),
    "conditions": mark("conditions"),
    "links": mark("liens"),
    "audience": mark("public"),
}


@dataclass(frozen=True)
class Line:
    """One line of the note, and the address that it leads to."""

    text: str
    href: str | None = None


@dataclass(frozen=True)
class Part:
    """One part: its title, its lines, and what is said when there is none."""

    title: str
    lines: tuple[Line, ...]
    empty: str = ""


@dataclass(frozen=True)
class Digest:
    """A note of one territory and week."""

    title: str
    opening: str
    parts: tuple[Part, ...]
    closing: str


def latest_day(chosen: Filters) -> date:
    """Return the last day of the week that can be told: that of the choice, or the day of the data when they are older."""
    day, known = moment.day_of(chosen), standing.data_day(chosen.as_of)
    return min(day, known) if known else day


def name_of(chosen: Filters, last_day: date) -> str:
    """Return the name of a note's files, without extension."""
    return file_name(chosen, "txt").rsplit("-evenements-", 1)[0] + f"-semaine-{last_day:%Y%m%d}"


def digest(chosen: Filters, last_day: date, base_url: str, *, n_days: int = DAYS) -> Digest:
    """Return the note of a choice (one edition) for the `n_days` days until `last_day`, in the current language."""
    first_day = last_day - timedelta(days=n_days - 1)
    figures = gather(chosen)
    items = store.query("digest_items", first_day=first_day, last_day=last_day, **chosen.params()).rows
    by_part: dict[str, list[dict[str, Any]]] = {"new": [], "undated": [], "changed": [], "missing": []}
    for item in items:
        by_part[item["part"]].append(item)
    place = place_of(chosen)
    week = period(first_day, last_day)
    parts = (
        _new(by_part["new"], len(by_part["undated"]), chosen, base_url),
        Part(
            _("Modifiés : {n}", n=number(len(by_part["changed"]))),
            _lines(by_part["changed"], chosen, base_url),
            _("Aucun événement modifié par un import de ces jours."),
        ),
        Part(
            _("À compléter : {n}", n=number(len(by_part["missing"]))),
            _lines(by_part["missing"], chosen, base_url),
            _("Rien ne manque aux événements à venir."),
        ),
        Part(_("À faire"), _tasks(by_part, chosen, base_url), _("Rien à faire de plus.")),
    )
    title = _(
        "{campaign} {place} : la semaine {week}",
        campaign=capitalised(campaign_name(figures)),
        place=place.inside,
        week=week,
    )
    return Digest(
        title=title,
        opening=_opening(figures),
        parts=parts,
        closing=capitalised(origin(figures, title)) + ".",
    )  # fmt: skip


def _new(items: list[dict[str, Any]], n_undated: int, chosen: Filters, base_url: str) -> Part:
    """Return what was registered in these days; of a first import without registration dates nothing says what is new."""
    lines = _lines(items, chosen, base_url)
    if not n_undated:
        return Part(_("Nouveaux : {n}", n=number(len(items))), lines, _("Aucun événement inscrit dans ces jours."))
    unknown = _(
        "{n} d'un premier import : dates d'inscription inconnues (n. c.), rien ne dit ce qui est nouveau.",
        n=counted(n_undated, "événement", "événements"),
    )
    n = number(len(items)) if items else missing()
    return Part(_("Nouveaux : {n}", n=n), (*lines, Line(unknown)) if items else (), unknown)


def _opening(figures: Figures) -> str:
    """Return the count, and where it stands beside the edition before."""
    amount = counted(figures.total, "événement", "événements") if figures.total else _("Aucun événement")
    verdict, change = figures.compared, figures.change
    if isinstance(verdict, Refusal) or change is None:
        opening = _("{amount} à ce jour.", amount=amount)
        if isinstance(verdict, Refusal) and verdict.reason == "undated":
            opening += " " + _("Évolution – {reason}.", reason=verdict.words)
        return opening
    difference = signed(change.difference)
    if verdict.days_to_go is not None:
        return _(
            "{amount} à ce jour ; {difference} par rapport à {year}, {when}.",
            amount=amount,
            difference=difference,
            year=verdict.edition,
            when=days_to_go(verdict.days_to_go),
        )
    return _(
        "{amount} ; {difference} par rapport à {year}.", amount=amount, difference=difference, year=verdict.edition
    )


def _lines(items: list[dict[str, Any]], chosen: Filters, base_url: str) -> tuple[Line, ...]:
    lines = [
        Line(_words(item), base_url + urls.lasting_link("agenda", chosen, event=item["event_id"]))
        for item in items[:MOST]
    ]
    if len(items) > MOST:
        lines.append(
            Line(_("et {n} autres", n=number(len(items) - MOST)), base_url + urls.lasting_link("agenda", chosen))
        )
    return tuple(lines)


def _words(item: Mapping[str, Any]) -> str:
    when = _("date inconnue")
    if item["starts_at"]:
        when = day_name(
            item["starts_at"].astimezone(ZoneInfo(item["timezone"])).date(), with_weekday=True, with_year=False
        )
    text = f"{contacts.plain(item['title'])} – {when}" + (f", {item['commune']}" if item["commune"] else "")
    if item["part"] == "missing":
        return _("{event} : il manque {what}", event=text, what=listed(_(LACKING[what]) for what in item["what"]))
    if item["part"] == "changed":
        fields = dict.fromkeys(_(FIELDS[what]) if what in FIELDS else _("autres champs") for what in item["what"])
        return _("{event} : {what}", event=text, what=listed(fields)) if fields else text
    return text


def _tasks(by_part: Mapping[str, list[dict[str, Any]]], chosen: Filters, base_url: str) -> tuple[Line, ...]:
    tasks: list[Line] = []
    quality = base_url + urls.lasting_link("quality", chosen)
    for what, label in LACKING.items():
        n = sum(what in item["what"] for item in by_part["missing"])
        if n:
            tasks.append(
                Line(
                    _("Compléter {what} : {n}", what=_(label), n=counted(n, "événement", "événements")),
                    quality,
                )
            )
    waiting = _waiting(chosen)
    if waiting:
        words = _("Publier ou écarter ce qui attend : {n}", n=counted(waiting, "événement", "événements"))
        tasks.append(Line(words, base_url + urls.lasting_link("pace", chosen)))
    return tuple(tasks)


def _waiting(chosen: Filters) -> int:
    """Return how many events of the territory wait to be published."""
    if chosen.edition is None:
        return 0
    return int(store.query("awaiting_in_territory", edition=chosen.edition, **chosen.params()).one["n_events"])


def text(note: Digest) -> str:
    """Return the note as plain text."""
    lines = [note.title, "=" * len(note.title), "", note.opening, ""]
    for part in note.parts:
        lines += [part.title, "-" * len(part.title)]
        lines += [f"- {line.text}" + (f"\n  {line.href}" if line.href else "") for line in part.lines] or [part.empty]
        lines.append("")
    return "\n".join([*lines, note.closing]) + "\n"


def html(note: Digest) -> str:
    """Return the note as one HTML page without style sheet or picture, as mail programs show it."""
    return TEMPLATES.get_template("digest.html").render(note=note, colours=colours.light(), lang=current()) + "\n"
