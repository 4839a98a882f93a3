"""The parts of the page of types."""

from campaign.analysis import beyond
from campaign.analysis.comparison import Comparison, Refusal
from campaign.charts import maps
from campaign.core.language import _
from campaign.filters import Filters, urls
from campaign.store import Answer, catalog
from campaign.view.components import drawn, figures, lead
from campaign.view.components.figures import Cell, Column
from campaign.wording import labels
from campaign.wording.numbers import missing, number, share


def table(chosen: Filters, answer: Answer, verdict: Comparison | Refusal) -> None:
    """Draw the counts by type, with their share and change."""
    total = sum(row["count"] for row in answer.rows)
    changes = verdict.types() if isinstance(verdict, Comparison) else {}
    columns = [
        Column(_("Type"), "type"),
        Column(labels.capitalised(labels.unit(chosen.unit)), "count", True, True),
        Column(_("Part"), "share", True),
        *figures.change_column(verdict),
    ]
    figures.table(
        columns,
        [
            {
                "type": Cell(
                    catalog.label("type", row["type"]), href=urls.link("agenda", chosen.replace(types=(row["type"],)))
                ),
                "count": figures.bar_cell(row["count"]),
                "share": Cell(share(row["count"], total)),
                "change": figures.change_cell(changes.get(row["type"])),
            }
            for row in answer.rows
        ],
        caption=_("Événements par type"),
        is_whole=True,
        foot={
            "type": Cell(_("Total")),
            "count": Cell(number(total)),
            "change": figures.change_cell(verdict.total() if isinstance(verdict, Comparison) else None),
        },
    )
    figures.change_note(verdict)


def course(chosen: Filters) -> None:
    """Draw each type over the editions of the file, on one scale."""
    drawn.drawing(
        "types-editions",
        chosen,
        hrefs={
            catalog.label("type", code): urls.link("types", chosen.replace(types=(code,)))
            for code in catalog.labels("type")
        },
        source=figures.source_html(
            chosen, exports=[(_("JSON"), urls.api("/api/v1/counts.json", chosen.replace(editions=()), by="type"))]
        ),
    )


def matrix(chosen: Filters, answer: Answer) -> None:
    """Draw regions × types as a table whose shades are the classes of a map."""
    counts: dict[tuple[str | None, str], int] = {(row["region_code"], row["type"]): row["count"] for row in answer.rows}
    named = beyond.totals(beyond.counts(chosen), "type") if any(region is None for region, _kind in counts) else {}
    for (code, kind), n in named.items():  # overseas collectivities, out of the row of no region
        counts[code, kind] = n
        counts[None, kind] -= n
    counts = {key: n for key, n in counts.items() if n}
    held = {kind for _region, kind in counts}
    types = [code for code in catalog.labels("type") if code in held]
    types.sort(key=lambda code: -sum(n for (_region, kind), n in counts.items() if kind == code))
    codes = sorted(
        dict.fromkeys(region for region, _kind in counts),
        key=lambda code: (
            code is None,
            code in labels.COLLECTIVITIES,
            -sum(n for (region, _kind), n in counts.items() if region == code),
        ),
    )
    breaks = maps.class_breaks(list(counts.values()))
    columns = [Column(_("Région"), "region"), *(Column(catalog.label("type", code), code, True) for code in types)]
    rows = []
    for region in codes:
        row = {"region": _territory(chosen, region)}
        for kind in types:
            n = counts.get((region, kind), 0)
            where = chosen.replace(types=(kind,), regions=(region,), departements=()) if region and n else None
            row[kind] = Cell(
                number(n), href=urls.link("agenda", where) if where else None, css=f"h{maps.step(n, breaks)}"
            )
        rows.append(row)
    figures.heading(_("Quels types dans quelle région ?"), _("Nombre : {unit}", unit=labels.unit(chosen.unit)))
    figures.table(columns, rows, caption=_("Événements par région et par type"), css="heat", is_folded=True)
    figures.files("types-regions", chosen)


def _territory(chosen: Filters, code: str | None) -> Cell:
    if code in labels.COLLECTIVITIES:
        place = chosen.replace(collectivities=(code,), regions=(), departements=())
        return Cell(labels.collectivity(str(code)), href=urls.link("types", place))
    href = urls.link("types", chosen.replace(regions=(code,), departements=())) if code else None
    return Cell(lead.region_name(chosen, code), href=href)


def correspondence(answer: Answer) -> None:
    """Draw which source label became which type, so that the reader can check the list."""
    figures.heading(
        _("Des libellés des sources aux types"),
        _("Chaque libellé lu dans un fichier importé, et le type de la liste qu'il est devenu ; toutes éditions."),
    )
    figures.table(
        [
            Column(_("Libellé de la source"), "label"),
            Column(_("Type"), "type"),
            Column(_("Événements"), "count", True, True),
        ],
        [
            {
                "label": Cell(row["source_type_label"] or missing()),
                "type": figures.noted_cell(
                    catalog.label("type", row["type"]),
                    _("deviné du titre ou du texte") if row["type_is_guessed"] else _("libellé reconnu"),
                ),
                "count": figures.bar_cell(row["count"]),
            }
            for row in answer.rows[:200]
        ],
        caption=_("Correspondance des libellés"),
        is_folded=True,
    )
