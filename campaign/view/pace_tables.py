"""The tables of the page of the pace: chambers gone quiet, targets, what waits and what the last import brought."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from campaign import address, store
from campaign.errors import CampaignError
from campaign.filters import Filters
from campaign.language import _, ngettext
from campaign.steering import targets
from campaign.steering.pace import ChamberPace
from campaign.store import Answer
from campaign.view import figures, overview
from campaign.view.figures import Cell, Column
from campaign.wording import territories
from campaign.wording.dates import day_name, days_to_go, on_day
from campaign.wording.numbers import number, percent

MOST = 12


def reports(chosen: Filters, edition: int) -> None:
    """Draw the links to the end-of-campaign report of the chosen region, else of the country."""
    asked = Filters(editions=(edition,), nomenclature=chosen.nomenclature, lang=chosen.lang)
    if chosen.region:
        asked = asked.but(regions=(chosen.region,))
    figures.heading(
        _("Bilan de fin de campagne"),
        _("Section par section, rempli de ce que tient le fichier ; ce qui manque y est dit, à compléter."),
    )
    query = urlencode(asked.to_query())
    links = [(_("Bilan (PDF)"), "pdf"), (_("Bilan à compléter (DOCX)"), "docx")]
    st.html(
        "<p>"
        + " · ".join(address.anchor(f"/reports/bilan.{extension}?{query}", words) for words, extension in links)
        + "</p>"
    )


def _css(pace: ChamberPace, chosen: Filters) -> str:
    """Return how a chamber's name is written: quiet ones coloured, the reader's bold."""
    own = chosen.nomenclature == 2014 and set(pace.region_codes) & set(chosen.regions)
    return " ".join(name for name, holds in (("loss", pace.is_quiet), ("chosen", own)) if holds)


def chambers(chosen: Filters, paces: Sequence[ChamberPace], to_go: int) -> None:
    """Draw the chambers against their own pace, those gone quiet first."""
    quiet = [pace for pace in paces if pace.is_quiet]
    without = [pace for pace in paces if pace.usual is None]
    names = ", ".join(pace.name for pace in quiet)
    figures.heading(
        ngettext("{n} chambre silencieuse : {names}", "{n} chambres silencieuses : {names}", len(quiet),
                 n=len(quiet), names=names) if quiet else _("Aucune chambre silencieuse"),
        _("Silencieuse : moins de la moitié de son propre rythme moyen, {when}. Le tableau va du plus bas au plus haut.",
          when=days_to_go(to_go)),
    )  # fmt: skip
    columns = [
        Column(_("Chambre"), "name"),
        Column(_("Enregistrés"), "known", True, True),
        Column(_("D'habitude"), "usual", True),
        Column(_("Rapport"), "ratio", True),
    ]
    rows = [
        {
            "name": Cell(pace.name, css=_css(pace, chosen)),
            "known": figures.bar_cell(pace.known),
            "usual": Cell(number(pace.usual)),
            "ratio": Cell(percent(pace.ratio, 0), css="loss" if pace.is_quiet else ""),
        }
        for pace in paces
    ]
    figures.table(columns, rows, caption=_("Chambres et leur propre rythme"))
    if without:
        figures.note(
            _("Sans rythme (plus de 20 % de dates d'import, ou pas d'édition passée) : {names}.",
              names=", ".join(pace.name for pace in without))
        )  # fmt: skip


def target_progress(chosen: Filters, edition: int, day: date) -> None:
    """Draw the progress towards the targets of data/targets.csv, or say how to set one."""
    figures.heading(_("Objectifs"))
    try:
        listed = [
            t for t in targets.known()
            if t.edition == edition and (t.region_code == "FR" or t.nomenclature == chosen.nomenclature)
        ]  # fmt: skip
    except CampaignError as error:
        figures.note(str(error))
        return
    if not listed:
        figures.note(
            _("Aucun objectif pour {edition}. Écrivez-les dans data/targets.csv : {header}.",
              edition=edition, header=", ".join(targets.HEADER))
        )  # fmt: skip
        return
    known = chosen.but(editions=(edition,), as_of=day, regions=(), departements=(), unit="events")
    counts = {
        row["region_code"]: row["count"] for row in store.query("events_by_region", chosen=known, before=known).rows
    }
    counts["FR"] = sum(counts.values())
    figures.table(
        [Column(_("Territoire"), "name"), Column(_("Événements"), "count", True), Column(_("Objectif"), "target", True),
         Column(_("Atteint"), "done", True, True)],
        [
            {
                "name": Cell(territories.france().name if t.region_code == "FR" else overview.region_name(chosen, t.region_code)),
                "count": Cell(number(counts.get(t.region_code, 0))),
                "target": Cell(number(t.target)),
                "done": Cell(percent(counts.get(t.region_code, 0) / t.target, 0), counts.get(t.region_code, 0) / t.target),
            }
            for t in listed
        ],
        caption=_("Objectifs et ce qui est atteint"),
    )  # fmt: skip


def waiting(awaiting: Answer) -> None:
    """Draw the events that wait to be published, the oldest first."""
    n = sum(row["n_events"] for row in awaiting.rows)
    figures.heading(
        ngettext("{n} événement attend d'être publié", "{n} événements attendent d'être publiés", n, n=number(n)),
        _("Les plus anciens d'abord ; ils ne comptent pas et ne sont montrés nulle part."),
    )
    if not awaiting.is_empty:
        figures.table(
            [Column(_("Chambre"), "name"), Column(_("Événements"), "n", True), Column(_("Le plus ancien"), "oldest")],
            [
                {"name": Cell(row["name"] or _("Sans chambre")), "n": Cell(number(row["n_events"])),
                 "oldest": Cell(day_name(row["oldest_on"]))}
                for row in awaiting.rows
            ],
            caption=_("Événements en attente de publication"),
        )  # fmt: skip


def brought(chosen: Filters, changes: Answer) -> None:
    """Draw what the last import brought, region by region."""
    new, changed = (sum(row[name] for row in changes.rows) for name in ("n_new", "n_changed"))
    when = on_day(changes.rows[0]["imported_at"].date()) if changes.rows else ""
    figures.heading(
        _("Dernier import, {when} (nouveaux : {new} ; modifiés : {changed})", when=when, new=number(new), changed=number(changed))
        if changes.rows else _("Le dernier import n'a rien changé dans cette vue")
    )  # fmt: skip
    if changes.rows:
        figures.table(
            [Column(_("Région"), "name"), Column(_("Nouveaux"), "new", True, True), Column(_("Modifiés"), "changed", True)],
            [
                {"name": Cell(overview.region_name(chosen, row["region_code"])), "new": figures.bar_cell(row["n_new"]),
                 "changed": Cell(number(row["n_changed"]))}
                for row in changes.rows[:MOST]
            ],
            caption=_("Ce que le dernier import a apporté"),
        )  # fmt: skip
