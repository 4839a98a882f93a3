"""The parts of the page that compares: a difference explained, gain and loss, regions side by side."""

from collections.abc import Mapping
from html import escape

from campaign.analysis.comparison import Change, Comparison, Refusal, change_class
from campaign.analysis.comparison import against as against
from campaign.analysis.comparison import compare as judge
from campaign.charts import maps
from campaign.core.language import _, ngettext
from campaign.filters import Filters, codes, urls
from campaign.store import Answer
from campaign.view.components import figures, lead
from campaign.view.components.figures import Cell, Column
from campaign.view.heat_calendar import edition_of as edition_of
from campaign.wording import labels
from campaign.wording.course import SMALL
from campaign.wording.dates import days_to_go
from campaign.wording.numbers import missing, number, signed, signed_percent


def verdict(view: Filters, edition: int, asked: str | None) -> Comparison | Refusal | None:
    """Return whether and how the edition is compared with the address's; None where the file has no other."""
    other = against(asked, edition)
    return None if other is None else judge(view.but(unit="events"), edition, other)


def moment(found: Comparison) -> str:
    """Return when both editions are read, "" for whole ones."""
    return "" if found.days_to_go is None else _("Les deux éditions, {when}.", when=days_to_go(found.days_to_go))


def refused(edition: int, other: int, found: Refusal) -> str:
    """Return that the editions are not compared, and why."""
    return _("{edition} n'est pas comparée à {other} – {reason}.", edition=edition, other=other, reason=found.words)


def part_of(parts: Answer, dimension: str, part: str, name: str) -> int:
    """Return one figure of the parts, 0 where there is none."""
    return next((int(row[name]) for row in parts.rows if (row["dimension"], row["part"]) == (dimension, part)), 0)


def sentence(chosen: Filters, total: Change, parts: Answer, edition: int, earlier: int) -> str:
    """Return the difference, and how organisers explain it."""
    place = lead.place_of(chosen)
    new, lost = (part_of(parts, "organiser", part, "difference") for part in ("new", "lost"))
    return _(
        "{difference} {noun}{where} de {earlier} à {edition} ({before} → {now}) : {new} des nouveaux organisateurs, "
        "{lost} de ceux qui ne sont plus là.",
        difference=signed(total.difference),
        noun=labels.unit("events", abs(total.difference)),
        where=f" {place.inside}" if place else "",
        earlier=earlier,
        edition=edition,
        before=number(total.before),
        now=number(total.now),
        new=signed(new),
        lost=signed(lost),
    )


def switches(chosen: Filters, edition: int, earlier: int) -> None:
    """Draw the choice of the other edition."""
    figures.switch(
        _("Comparer {edition} à", edition=edition),
        [
            (str(year), urls.link("compare", chosen, against=year), year == earlier)
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


def gain_loss(chosen: Filters, changes: Mapping[str | None, Change | None], edition: int, earlier: int) -> None:
    """Draw gains and losses by region; those too small, or without a comparison, are hatched."""
    known = {code: change for code, change in changes.items() if code}
    classes = {code: change_class(change) for code, change in known.items()}
    shown = [{"code": code, "step": step} for code, step in classes.items()]
    up = sum((step or 3) > 3 for step in classes.values())
    down = sum((step or 3) < 3 for step in classes.values())
    small = sum(step is None and known[code] is not None for code, step in classes.items())
    words = {
        code: lead.region_name(chosen, code) + _(" : ") + (_change(change) if change else missing())
        for code, change in known.items()
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
            hrefs={code: urls.link("compare", chosen.but(regions=(code,)), against=earlier) for code in known},
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


def _change(change: Change) -> str:
    """Return both numbers and their difference in per cent, in events where one of the two is small."""
    is_small = min(change.now, change.before) < SMALL
    difference = signed(change.difference) if is_small else signed_percent(change.now / change.before - 1)
    return f"{number(change.before)} → {number(change.now)} ({difference})"
