"""Organisers by family and by size, and each edition's record day."""

from collections.abc import Mapping, Sequence
from typing import Any

from campaign import store
from campaign.analysis import standing
from campaign.analysis.figures import Figures
from campaign.core.language import _, ngettext
from campaign.drawings.bars import as_bars
from campaign.drawings.content import Content, subtitled
from campaign.wording import labels
from campaign.wording.busiest import record
from campaign.wording.dates import day_name
from campaign.wording.numbers import number, share
from campaign.wording.quantities import counted


def organiser_families(figures: Figures) -> Content:
    """Bars: events by the organiser's family, the unknown one last."""
    families = store.query("organisers_by_family", **figures.chosen.params()).rows
    ordered = sorted(families, key=lambda row: (row["family"] is None, -row["n_events"]))
    rows = [
        (row["family"] or labels.UNKNOWN_FAMILY, labels.organiser_family(row["family"]), row["n_events"])
        for row in ordered
    ]
    named = sum(row["n_events"] for row in families)
    title = _("Aucune famille connue (n. c.)")
    is_known = bool(rows) and rows[0][0] != labels.UNKNOWN_FAMILY
    if is_known and len(rows) == 1:
        title = _("Une seule famille : {family}", family=rows[0][1])
    elif is_known:
        title = _(
            "{family} : la première famille, {share} des événements nommés",
            family=rows[0][1],
            share=share(rows[0][2], named),
        )
    subtitle = _("Événements par famille de l'organisateur")
    beside = {
        code: (
            labels.unit_counted("events", n),
            _("{share} des événements nommés", share=share(n, named)),
        )
        for code, _name, n in rows
    }

    return Content(
        title,
        subtitled(figures, subtitle),
        rows,
        **as_bars(rows),
        unit=labels.unit("events"),
        beside_marks=beside,
    )


def organiser_sizes(figures: Figures) -> Content:
    """Bars: organisers by how many events they hold."""
    sizes = store.query("organisers_by_size", **figures.chosen.params()).rows
    rows = [
        (str(row["rank"]), labels.number_of_events(row["least"], row["most"]), row["n_organisers"]) for row in sizes
    ]
    once = next((row["n_organisers"] for row in sizes if row["most"] == 1), 0)
    total = sum(row["n_organisers"] for row in sizes)
    if once:
        title = ngettext(
            "{n} organisateur sur {all} n'a qu'un événement.",
            "{n} organisateurs sur {all} n'ont qu'un événement.",
            once,
            n=number(once),
            all=number(total),
        )
    elif total > 1:
        title = _("Chacun des {all} organisateurs a plusieurs événements.", all=number(total))
    else:
        title = _("Un seul organisateur, de plusieurs événements.") if total else _("Aucun organisateur connu (n. c.)")
    subtitle = _("Organisateurs selon leur nombre d'événements")
    beside = {
        str(row["rank"]): (
            counted(row["n_organisers"], "organisateur", "organisateurs"),
            _("{share} des organisateurs", share=share(row["n_organisers"], total)),
            labels.unit_counted("events", row["n_events"]),
        )
        for row in sizes
    }

    return Content(
        title,
        subtitled(figures, subtitle),
        rows,
        **as_bars(rows),
        unit=labels.metric("organisers", 2),
        beside_marks=beside,
    )


def of_all(ended: Sequence[Mapping[str, Any]], where: str) -> str:
    """Return the record of finished editions, rows of `record_days`, in a sentence."""
    most = max(row["n_events"] for row in ended)
    alike = [row for row in ended if row["n_events"] == most]
    first = min(row["day"] for row in alike)
    return record(first, sum(row["n_alike"] for row in alike), labels.unit_counted("events", most), where)


def records(figures: Figures) -> Content:
    """Bars: each edition's busiest day."""
    history = figures.chosen.replace(editions=(), unit="events", from_day=None, to_day=None)
    record_days = store.query("record_days", **history.params()).rows
    rows = [
        (f"{row['edition']} {row['day']}", day_name(row["day"], with_weekday=True), row["n_events"])
        for row in record_days
    ]
    finished = standing.whole((row["edition"] for row in record_days), history.as_of)
    ended = [row for row in record_days if row["edition"] in finished]
    title = of_all(ended, f" {figures.place.inside}") if ended else _("Aucun jour à montrer.")
    selected = next((name for code, name, _n in rows if code.startswith(str(figures.edition))), None)
    subtitle = _("Événements du jour le plus chargé de chaque édition, {place}", place=figures.place.name)

    patches = [
        {"edition": str(row["edition"]), "etat": labels.stage(standing.status(row["edition"], history.as_of))}
        for row in record_days
    ]
    return Content(
        title,
        subtitle,
        rows,
        **as_bars(rows, selected=selected),
        patches=patches,
        unit=labels.unit("events"),
        used=history,
    )
