"""The tables of the page of the pace: chambers gone quiet, targets, what waits and what the last import brought."""

from collections.abc import Sequence

from campaign.analysis import targets
from campaign.analysis.pace import ChamberPace
from campaign.analysis.projection import Projection, Refusal
from campaign.core.errors import CampaignError
from campaign.core.language import _, ngettext
from campaign.core.nomenclatures import whole_region
from campaign.filters import Filters, urls
from campaign.store import Answer
from campaign.view.components import figures, lead
from campaign.view.components.figures import Cell, Column
from campaign.wording import campaign_names as names
from campaign.wording import territories
from campaign.wording.dates import day_name, days_to_go, on_day
from campaign.wording.numbers import number, percent
from campaign.wording.quantities import clauses, listed

MOST = 12
COUNTRY = targets.COUNTRY


def reports(chosen: Filters, edition: int) -> None:
    """Draw the links to the end-of-campaign report."""
    figures.heading(_("Bilan de fin de campagne"))
    figures.links(
        figures.report_links(chosen.replace(editions=(edition,))),
        _("rempli de ce que tient le fichier ; ce qui manque y est dit."),
    )
    figures.undated(chosen)


def _css(pace: ChamberPace, chosen: Filters) -> str:
    """Return how a chamber's name is written: quiet ones coloured, the reader's bold."""
    own = (
        set(pace.region_codes) & set(chosen.regions)
        if chosen.nomenclature == 2014
        else whole_region(pace.region_codes, chosen.nomenclature) in chosen.regions
    )
    return " ".join(name for name, holds in (("loss", pace.is_quiet), ("chosen", own)) if holds)


def _name(pace: ChamberPace) -> str:
    """Return a chamber's name, else that of the region and that it has none."""
    return pace.name if pace.has_chamber else _("{region} (sans {body})", region=pace.name, body=names.body())


def _of_chamber(pace: ChamberPace, chosen: Filters) -> str:
    """Return the address of a chamber's own pace: that of its region, else of its regions of 2014."""
    own = chosen.replace(departements=())
    if region := whole_region(pace.region_codes, chosen.nomenclature):
        return urls.link("pace", own.replace(regions=(region,)))
    return urls.link("pace", own.replace(nomenclature=2014, regions=pace.region_codes))


def gone_quiet(n: int, listed_names: str) -> str:
    """Return how many chambers have gone quiet, and which."""
    if names.is_feminine():
        if not n:
            return _("Aucune {body} silencieuse", body=names.body())
        return ngettext(
            "{n} {bodies} silencieuse : {names}", "{n} {bodies} silencieuses : {names}", n,
            n=n, bodies=names.bodies_of(n), names=listed_names,
        )  # fmt: skip
    if not n:
        return _("Aucun {body} silencieux", body=names.body())
    return ngettext(
        "{n} {bodies} silencieux : {names}", "{n} {bodies} silencieux : {names}", n,
        n=n, bodies=names.bodies_of(n), names=listed_names,
    )  # fmt: skip


def chambers(chosen: Filters, paces: Sequence[ChamberPace], to_go: int) -> None:
    """Draw the chambers against their own pace, those gone quiet first."""
    quiet = [pace for pace in paces if pace.is_quiet and pace.has_chamber]
    without = [pace for pace in paces if pace.usual is None]
    names_of_quiet = listed(pace.name for pace in quiet) if quiet else ""
    figures.heading(
        gone_quiet(len(quiet), names_of_quiet),
        (
            _("Silencieuse : moins de la moitié de son propre rythme moyen, {when}. Le tableau va du plus bas au plus haut.",
              when=days_to_go(to_go))
            if names.is_feminine()
            else _("Silencieux : moins de la moitié de son propre rythme moyen, {when}. Le tableau va du plus bas au plus haut.",
                   when=days_to_go(to_go))
        ),
    )  # fmt: skip
    if len(without) == len(paces) and not any(pace.known for pace in paces):
        return
    columns = [
        Column(names.body_with_short(), "name"),
        Column(_("Enregistrés"), "known", True),
        Column(_("D'habitude"), "usual", True),
        Column(_("Rapport"), "ratio", True, True),
    ]
    rows = [
        {
            "name": Cell(_name(pace), css=_css(pace, chosen), href=_of_chamber(pace, chosen)),
            "known": Cell(number(pace.known)),
            "usual": Cell(number(pace.usual)),
            "ratio": Cell(percent(pace.ratio, 0), pace.ratio, css="loss" if pace.is_quiet else ""),
        }
        for pace in paces
    ]
    caption = _("{bodies} et leur propre rythme", bodies=names.capitalised(names.bodies()))
    figures.table(columns, rows, caption=caption, is_folded=True)
    if without:
        figures.note(
            _("Sans rythme (plus de 20 % de dates d'import, ou pas d'édition passée) : {names}.",
              names=listed(pace.name for pace in without))
        )  # fmt: skip


def target_progress(chosen: Filters, edition: int, regions: Answer, projection: Projection | Refusal | None) -> None:
    """Draw the progress towards the targets of the campaign's folder, all events counted, or say that there is none."""
    try:
        listed_targets = [
            t for t in targets.known()
            if t.edition == edition and (t.region_code == COUNTRY or t.nomenclature == chosen.nomenclature)
        ]  # fmt: skip
    except CampaignError as error:
        figures.heading(_("Objectifs"))
        figures.note(str(error))
        return
    if not listed_targets:
        figures.heading(_("Objectifs"))
        figures.note(
            _("Aucun objectif n'est donné pour {edition} : les {bodies} se les donnent.", edition=edition, bodies=names.bodies())
        )  # fmt: skip
        return
    counts = {row["region_code"]: row["count"] for row in regions.rows}
    counts[COUNTRY] = sum(counts.values())
    ordered_targets = sorted(
        listed_targets, key=lambda t: (t.region_code != COUNTRY, counts.get(t.region_code, 0) / t.target)
    )
    own = next((t for t in ordered_targets if t.region_code == (chosen.region or COUNTRY)), ordered_targets[0])
    figures.heading(
        _("{place} : {share} de l'objectif de {target} événements",
          place=_territory(chosen, own), share=percent(counts.get(own.region_code, 0) / own.target, 0),
          target=number(own.target)),
        expectation(chosen, own, projection),
    )  # fmt: skip
    figures.table(
        [Column(_("Territoire"), "name"), Column(_("Événements"), "count", True), Column(_("Objectif"), "target", True),
         Column(_("Atteint"), "done", True, True, full=1)],
        [
            {
                "name": Cell(_territory(chosen, t), css="chosen" if t is own else ""),
                "count": Cell(number(counts.get(t.region_code, 0))),
                "target": Cell(number(t.target)),
                "done": Cell(percent(counts.get(t.region_code, 0) / t.target, 0), counts.get(t.region_code, 0) / t.target),
            }
            for t in ordered_targets
        ],
        caption=_("Objectifs et ce qui est atteint"),
        is_folded=True,
    )  # fmt: skip
    where = (
        _("Objectifs inventés de la démonstration")
        if targets.are_invented()
        else _("Objectifs que les {bodies} se sont donnés", bodies=names.bodies())
    )
    figures.note(_("{where} ; tous les événements comptent, quels que soient les autres filtres.", where=where))


def _territory(chosen: Filters, target: targets.Target) -> str:
    if target.region_code == COUNTRY:
        return territories.france().name
    return lead.region_name(chosen, target.region_code)


def expectation(chosen: Filters, target: targets.Target, projection: Projection | Refusal | None) -> str:
    """Return where a target lies beside the projection of the same territory; "" where that is of fewer events, or none."""
    bare = Filters(editions=chosen.editions, nomenclature=chosen.nomenclature, regions=chosen.regions,
                   unit=chosen.unit, as_of=chosen.as_of, lang=chosen.lang)  # fmt: skip
    if not isinstance(projection, Projection) or chosen != bare or target.region_code != (chosen.region or COUNTRY):
        return ""
    range_ = _("de {low} à {high}", low=number(projection.low), high=number(projection.high))
    if target.target > projection.high:
        return _("L'objectif est au-dessus de ce qui est attendu à la fin ({range}).", range=range_)
    if target.target < projection.low:
        return _("L'objectif est au-dessous de ce qui est attendu à la fin ({range}).", range=range_)
    return _("L'objectif est dans la fourchette attendue à la fin ({range}).", range=range_)


def waiting(chosen: Filters, edition: int, awaiting: Answer) -> None:
    """Draw the events of the chosen territory that wait to be published, the oldest first."""
    n = sum(row["n_events"] for row in awaiting.rows)
    place = lead.place_of(chosen)
    where = f" {place.inside}" if place else ""
    if not n:
        figures.heading(_("Aucun événement n'attend d'être publié{where}", where=where))
        return
    figures.heading(
        ngettext("{n} événement attend d'être publié{where}", "{n} événements attendent d'être publiés{where}", n,
                 n=number(n), where=where),
        _("Les plus anciens d'abord ; ils ne comptent pas et ne sont montrés nulle part."),
    )  # fmt: skip
    figures.table(
        [Column(names.body_with_short(), "name"), Column(_("Événements"), "n", True),
         Column(_("Le plus ancien"), "oldest", True)],
        [
            {"name": Cell(row["name"] or _("Sans {body}", body=names.body())), "n": Cell(number(row["n_events"])),
             "oldest": Cell(day_name(row["oldest_on"], with_year=row["oldest_on"].year != edition))}
            for row in awaiting.rows
        ],
        caption=_("Événements en attente de publication"),
        is_folded=True,
    )  # fmt: skip


def brought(chosen: Filters, changes: Answer) -> None:
    """Draw what the last import brought, region by region."""
    new, changed = (sum(row[name] for row in changes.rows) for name in ("n_new", "n_changed"))
    when = on_day(changes.rows[0]["imported_at"].date()) if changes.rows else ""
    what = [_("nouveaux : {n}", n=number(new))] if new else []
    what += [_("modifiés : {n}", n=number(changed))] if changed else []
    figures.heading(
        _("Dernier import, {when} ({what})", when=when, what=clauses(what))
        if what else _("Le dernier import n'a rien changé dans cette vue")
    )  # fmt: skip
    first_rows = figures.first_rows(changes.rows, MOST)
    if first_rows:
        columns = [Column(_("Région"), "name"), Column(_("Nouveaux"), "new", True, True)]
        figures.table(
            [*columns, Column(_("Modifiés"), "changed", True)] if changed else columns,
            [
                {"name": Cell(lead.region_name(chosen, row["region_code"])), "new": figures.bar_cell(row["n_new"]),
                 "changed": Cell(number(row["n_changed"]))}
                for row in first_rows
            ],
            caption=_("Ce que le dernier import a apporté"),
            is_folded=True,
        )  # fmt: skip
        figures.links(
            [(_("Retirés, déplacés, modifiés : {body} par {body}", body=names.body()), urls.link("quality", chosen))]
        )
    if len(changes.rows) > len(first_rows):
        figures.note(_("Les {n} régions qui en ont le plus, sur {all}.", n=len(first_rows), all=len(changes.rows)))
