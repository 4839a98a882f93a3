"""The parts of the page that compares: a difference explained, gain and loss, regions side by side."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from campaign import address, maps
from campaign.comparison import against as against
from campaign.comparison import before_of as before_of
from campaign.comparison import change_class
from campaign.comparison import now_of as now_of
from campaign.filters import Filters, codes
from campaign.language import _, ngettext
from campaign.store import Answer
from campaign.view import figures, overview
from campaign.view.figures import Cell, Column
from campaign.view.heat_calendar import edition_of as edition_of
from campaign.wording import labels
from campaign.wording.course import SMALL
from campaign.wording.dates import days_to_go
from campaign.wording.numbers import number, signed, signed_percent


def moment(before: Filters, earlier: int) -> str:
    """Return when both editions are read, "" for finished ones."""
    if before.as_of is None:
        return ""
    to_go = (date(earlier, 11, 1) - before.as_of).days
    return _("Les deux éditions, {when}.", when=days_to_go(to_go))


def part_of(parts: Answer, dimension: str, part: str, name: str) -> int:
    """Return one figure of the parts, 0 where there is none."""
    return next((int(row[name]) for row in parts.rows if (row["dimension"], row["part"]) == (dimension, part)), 0)


def sentence(
    chosen: Filters, now: Mapping[str, Any], before: Mapping[str, Any], parts: Answer, edition: int, earlier: int
) -> str:
    """Return the difference, and how organisers explain it."""
    place = overview.place_of(chosen)
    difference = now["n_events"] - before["n_events"]
    new, lost = (part_of(parts, "organiser", part, "difference") for part in ("new", "lost"))
    return _(
        "{difference} {noun}{where} de {earlier} à {edition} ({before} → {now}) : {new} des nouveaux organisateurs, "
        "{lost} de ceux qui ne sont plus là.",
        difference=signed(difference),
        noun=labels.unit("events", abs(difference)),
        where=f" {place.inside}" if place else "",
        earlier=earlier,
        edition=edition,
        before=number(before["n_events"]),
        now=number(now["n_events"]),
        new=signed(new),
        lost=signed(lost),
    )


def switches(chosen: Filters, edition: int, earlier: int) -> None:
    """Draw the choice of the other edition."""
    figures.switch(
        _("Comparer {edition} à", edition=edition),
        [
            (str(year), address.link("compare", chosen, against=year), year == earlier)
            for year in codes().counted_editions
            if year != edition
        ],
    )


def explained(parts: Answer, difference: int, edition: int, earlier: int, files: str = "") -> None:
    """Draw the difference by organisers, communes and types: same, new, lost, unknown; each adds up to it."""
    words = {
        "organiser": (_("Organisateurs"), _("présents les deux fois"), _("nouveaux"), _("disparus")),
        "commune": (_("Communes"), _("présentes les deux fois"), _("nouvelles"), _("disparues")),
        "type": (_("Types"), _("présents les deux fois"), _("nouveaux"), _("disparus")),
    }
    figures.drawing(
        _("D'où vient la différence de {n} {noun}", n=signed(difference), noun=labels.unit("events", abs(difference))),
        _("Événements, par organisateur, par commune et par type ; chaque partage fait la même somme : {n}",
          n=signed(difference)),
        "".join(_dimension(parts, dimension, said, edition, earlier) for dimension, said in words.items()),
        files=files,
    )  # fmt: skip


def _dimension(parts: Answer, dimension: str, said: tuple[str, str, str, str], edition: int, earlier: int) -> str:
    """Return the parts of one dimension as a table that ends with their sum."""
    name, *texts = said
    rows = {row["part"]: row for row in parts.rows if row["dimension"] == dimension}
    listed = [
        (text, rows[part])
        for part, text in zip(("same", "new", "lost", "unknown"), (*texts, _("n. c.")), strict=True)
        if part in rows
    ]

    def cells(text: str, names: str, before: int, now: int) -> dict[str, Cell]:
        change = now - before
        return {
            "part": Cell(text),
            "names": Cell(names),
            "before": Cell(number(before)),
            "now": Cell(number(now)),
            "change": Cell(signed(change), css="gain" if change > 0 else "loss" if change < 0 else ""),
        }

    return figures.table_html(
        [
            Column(name, "part"),
            Column(_("Combien"), "names", True),
            Column(str(earlier), "before", True),
            Column(str(edition), "now", True),
            Column(_("Écart"), "change", True),
        ],
        [
            cells(text, number(row["n_names"]) if row["part"] != "unknown" else "–", row["n_before"], row["n_now"])
            for text, row in listed
        ],
        caption=_("La différence expliquée : {name}", name=name),
        css="parts",
        foot=cells(
            _("Somme"), "", sum(row["n_before"] for _text, row in listed), sum(row["n_now"] for _text, row in listed)
        ),
    )


def gain_loss(chosen: Filters, regions: Answer, edition: int, earlier: int) -> None:
    """Draw gains and losses by region; those too small are hatched."""
    rows = [row for row in regions.rows if row["region_code"]]
    shown = [{"code": row["region_code"], "step": change_class(row["count"], row["count_before"])} for row in rows]
    up = sum((row["step"] or 3) > 3 for row in shown)
    down = sum((row["step"] or 3) < 3 for row in shown)
    small = sum(row["step"] is None for row in shown)
    words = {
        row["region_code"]: f"{row['name']}{_(' : ')}{number(row['count_before'])} → {number(row['count'])} "
        f"({_change(row['count'], row['count_before'])})"
        for row in rows
    }
    title = _(
        "{up}, {down}, {small} de {earlier} à {edition}",
        up=ngettext("{n} région en hausse", "{n} régions en hausse", up, n=up),
        down=ngettext("{n} en baisse", "{n} en baisse", down, n=down),
        small=ngettext("{n} trop petite pour le dire", "{n} trop petites pour le dire", small, n=small),
        earlier=earlier,
        edition=edition,
    )
    steps = [
        _("−20 % et plus bas"), _("−20 à −5 %"), _("à 5 % près, autant"), _("+5 à +20 %"), _("+20 % et plus"),
    ]  # fmt: skip
    legend = "".join(f'<li><i class="g{step}"></i>{escape(text)}</li>' for step, text in enumerate(steps, 1))
    legend += f'<li><i class="nodata"></i>{escape(_("moins de 30 événements une des deux fois"))}</li>'
    figures.drawing(
        title,
        _("Évolution du nombre d'événements ; le hachuré n'a pas assez d'événements pour un pourcentage"),
        maps.choropleth_svg(
            shown,
            layer="region_2016" if chosen.nomenclature == 2016 else "region_2014",
            value="step",
            breaks=[2, 3, 4, 5],
            hrefs={
                row["region_code"]: address.link("compare", chosen.but(regions=(row["region_code"],)), against=earlier)
                for row in rows
            },
            labels=words,
            title=title,
            desc=_("Les nombres sont dits à chaque région, et dans le tableau de la page Régions."),
            selected=chosen.region,
            nomenclature=chosen.nomenclature,
        )
        + f'<ul class="days-legend">{legend}</ul>',
        css="gain-loss",
        source=figures.source_html(chosen),
        files=figures.files_html("carte-evolution", chosen, against=earlier),
    )


def _change(now: int, before: int) -> str:
    """Return a change in per cent, in events where one of the two is small."""
    return signed(now - before) if min(now, before) < SMALL else signed_percent(now / before - 1)
