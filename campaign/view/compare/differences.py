"""The parts of the page that compares: a difference explained, gain and loss, regions side by side."""

from campaign.analysis.comparison import Change, Comparison, Refusal
from campaign.analysis.comparison import against as against
from campaign.analysis.comparison import compare as judge
from campaign.core.language import _
from campaign.filters import Filters, codes, urls
from campaign.store import Answer
from campaign.view.components import drawn, figures, lead
from campaign.view.components.figures import Cell, Column
from campaign.view.heat_calendar import edition_of as edition_of
from campaign.wording import labels
from campaign.wording.dates import days_to_go
from campaign.wording.numbers import number, signed


def verdict(view: Filters, edition: int, requested_edition: str | None) -> Comparison | Refusal | None:
    """Return whether and how the edition is compared with the address's; None where the file has no other."""
    other = against(requested_edition, edition)
    return None if other is None else judge(view.replace(unit="events"), edition, other)


def moment(comparison: Comparison) -> str:
    """Return when both editions are read, "" for whole ones."""
    if comparison.days_to_go is None:
        return ""
    return _("Les deux éditions, {when}.", when=days_to_go(comparison.days_to_go))


def refused(edition: int, other: int, refusal: Refusal) -> str:
    """Return that the editions are not compared, and why."""
    return _("{edition} n'est pas comparée à {other} – {reason}.", edition=edition, other=other, reason=refusal.words)


def part_of(parts: Answer, dimension: str, part: str, name: str) -> int:
    """Return one figure of the parts, 0 where there is none."""
    return next((int(row[name]) for row in parts.rows if (row["dimension"], row["part"]) == (dimension, part)), 0)


def sentence(chosen: Filters, total: Change, parts: Answer, edition: int, earlier: int) -> str:
    """Return the difference, and how organisers explain it where they do."""
    place = lead.place_of(chosen)
    values = {"where": f" {place.inside}" if place else "", "earlier": earlier, "edition": edition}
    if total.difference:
        text = _(
            "{difference} {noun}{where} de {earlier} à {edition} ({before} → {now})",
            difference=signed(total.difference),
            noun=labels.unit("events", abs(total.difference)),
            before=number(total.before),
            now=number(total.now),
            **values,
        )
    elif not total.now:
        text = _("Aucun événement{where} en {earlier} ni en {edition}", **values)
    else:
        text = _("Autant d'événements{where} en {earlier} qu'en {edition} ({n})", n=number(total.now), **values)
    by_organisers = _by_organisers(parts)
    return f"{text}{_(' : ')}{by_organisers}." if by_organisers else f"{text}."


def _by_organisers(parts: Answer) -> str:
    """Return what new and lost organisers make of the difference, or that all are the same; "" where that is not known."""
    new, lost = (part_of(parts, "organiser", part, "difference") for part in ("new", "lost"))
    if new and lost:
        return _(
            "{new} des nouveaux organisateurs, {lost} de ceux qui ne sont plus là", new=signed(new), lost=signed(lost)
        )
    if new:
        return _("{new} des nouveaux organisateurs", new=signed(new))
    if lost:
        return _("{lost} des organisateurs qui ne sont plus là", lost=signed(lost))
    is_known = part_of(parts, "organiser", "same", "n_names") and not part_of(parts, "organiser", "unknown", "n_now")
    return _("les mêmes organisateurs les deux fois") if is_known else ""


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


def explained(chosen: Filters, parts: Answer, edition: int, earlier: int) -> None:
    """Draw the difference by organisers, communes and types: same, new, lost, unknown; each adds up to it."""
    words = {
        "organiser": (_("Organisateurs"), _("présents les deux fois"), _("nouveaux"), _("disparus")),
        "commune": (_("Communes"), _("présentes les deux fois"), _("nouvelles"), _("disparues")),
        "type": (_("Types"), _("présents les deux fois"), _("nouveaux"), _("disparus")),
    }
    tables = "".join(_dimension(parts, dimension, headings, edition, earlier) for dimension, headings in words.items())
    drawn.drawing("ecart", chosen, hrefs=leads(chosen, earlier), table=tables, against=earlier)


def leads(chosen: Filters, earlier: int) -> dict[str, str]:
    """Return where the parts of the difference lead: to the organisers, places and types of their edition."""
    pages = {"organiser": "organisers", "commune": "map", "type": "types"}
    return {
        f"{dimension} {part}": urls.link(page, chosen.moved_to(earlier) if part == "lost" else chosen)
        for dimension, page in pages.items()
        for part in ("same", "new", "lost", "unknown")
    }


def _dimension(parts: Answer, dimension: str, headings: tuple[str, str, str, str], edition: int, earlier: int) -> str:
    """Return the parts of one dimension as a table that ends with their sum."""
    name, *texts = headings
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


def gain_loss(chosen: Filters, earlier: int) -> None:
    """Draw gains and losses by region; those too small, or without a comparison, are hatched."""
    drawn.drawing(
        "carte-evolution",
        chosen,
        hrefs={
            code: urls.link("compare", chosen.replace(regions=(code,)), against=earlier)
            for code in codes().regions[chosen.nomenclature]
        },
        selected=chosen.region,
        source=figures.source_html(chosen),
        against=earlier,
    )
