"""The parts of a report on organisers: how many, families, local authorities, by region, joint organising."""

from typing import Any

from campaign import store
from campaign.analysis import editions as over_time
from campaign.analysis.distincts import known
from campaign.analysis.figures import Figures
from campaign.core.language import _
from campaign.filters import codes
from campaign.report.published import published_table
from campaign.report.section import Section, present, table
from campaign.store import catalog
from campaign.wording import labels
from campaign.wording.numbers import number, share
from campaign.wording.quantities import counted

AUTHORITY = "collectivite"


def summary_of(figures: Figures) -> dict[str, Any]:
    """Return the counts of organisers of the choice."""
    history = figures.chosen.replace(editions=())
    return dict(store.query("organisers_summary", chosen=figures.chosen, history=history).one)


def how_many(figures: Figures) -> Section:
    """Return how many, how many came back, and how many events name theirs."""
    summary = summary_of(figures)
    n = summary["n_organisers"]
    title = _("Les organisateurs : combien")
    printed = published_table(figures, "organisers", "lead_organisers")
    tables = (printed,) if printed else ()
    if n == 0:
        return Section(
            "organisers", title, tables=tables, missing=(_("Aucun événement ne nomme son organisateur (n. c.)."),)
        )
    filled = _(
        "Organisateur nommé dans {share} des événements ({n} sur {all}) ; les autres sont n. c. Organisateur principal seulement.",
        share=share(summary["n_named"], summary["n_events"]),
        n=number(summary["n_named"]),
        all=number(summary["n_events"]),
    )
    back = None
    if figures.edition and any(year < figures.edition for year in codes().counted_editions):
        back = _(
            "{returning} déjà là lors d'une édition d'avant, {new} pour la première fois.",
            returning=number(summary["n_returning"]),
            new=number(n - summary["n_returning"]),
        )
    once = _("{once} n'ont qu'un seul événement.", once=share(summary["n_once"], n, 0))
    count_sentence = counted(n, "organisateur principal", "organisateurs principaux") + "."
    change = over_time.redefinition_note("organisers") or None if tables else None
    return Section("organisers", title, present(count_sentence, back, once, filled, change), tables)


def families(figures: Figures) -> Section:
    """Return the families of organisers, the unknown one said."""
    rows = list(store.query("organisers_by_family", **figures.chosen.params()).rows)
    title = _("Les organisateurs : par famille")
    if not any(row["family"] for row in rows):
        return Section("families", title, missing=(_("La famille d'aucun organisateur n'est connue (n. c.)."),))
    rows.sort(key=lambda row: (row["family"] is None, -row["n_organisers"]))
    total = sum(row["n_organisers"] for row in rows)
    n_known = sum(row["n_organisers"] for row in rows if row["family"])
    listed = [
        (
            labels.capitalised(labels.organiser_family(row["family"])),
            number(row["n_organisers"]),
            share(row["n_organisers"], n_known) if row["family"] else "",
            number(row["n_events"]),
        )
        for row in rows
    ]
    filled = _(
        "Famille connue pour {share} des organisateurs ({n} sur {all}) ; les autres sont n. c.",
        share=share(n_known, total),
        n=number(n_known),
        all=number(total),
    )
    columns = (_("Famille"), _("Organisateurs"), _("Part des familles connues"), _("Événements"))
    return Section("families", title, (filled,), (table(_("Organisateurs par famille"), columns, listed),))


def authorities(figures: Figures) -> Section:
    """Return the part of local authorities among organisers whose family is known."""
    rows = store.query("organisers_by_family", **figures.chosen.params()).rows
    n_known = sum(row["n_organisers"] for row in rows if row["family"])
    own = sum(row["n_organisers"] for row in rows if row["family"] == AUTHORITY)
    title = _("Les organisateurs : collectivités")
    if n_known == 0:
        return Section("authorities", title, missing=(_("La famille d'aucun organisateur n'est connue (n. c.)."),))
    text = _(
        "Collectivités : {n} sur {known} organisateurs de famille connue, soit {share}.",
        n=number(own),
        known=number(n_known),
        share=share(own, n_known),
    )
    return Section("authorities", title, (text,))


def by_region(figures: Figures) -> Section | None:
    """Return the lead organisers of each region; None in a region's own report."""
    if figures.level != "country":
        return None
    nomenclature = figures.chosen.nomenclature
    rows = []
    for code in codes().regions[nomenclature]:
        chosen = figures.chosen.replace(regions=(code,))
        totals = store.query("event_totals", **chosen.params()).one
        row = known(totals, store.query("event_distincts", **chosen.params()).one)
        rows.append((catalog.label(f"region_{nomenclature}", code), row["n_organisers"], row["n_with_organiser"]))
    rows.sort(key=lambda one: (-(one[1] or 0), one[0]))
    listed = [(name, number(n), number(named)) for name, n, named in rows]
    columns = (_("Région"), _("Organisateurs"), _("Événements qui nomment le leur"))
    note = _("Un organisateur présent dans deux régions est dans chacune : la somme peut dépasser le total.")
    return Section(
        "organisers_by_region",
        _("Les organisateurs : par région"),
        (note,),
        (table(_("Organisateurs par région"), columns, listed),),
    )


def joint(figures: Figures) -> Section:
    """Return how many events are held together."""
    summary = summary_of(figures)
    printed = published_table(figures, "co_organised_events")
    tables = (printed,) if printed else ()
    title = _("L'organisation en commun")
    if not summary["n_named"]:
        return Section(
            "joint", title, tables=tables, missing=(_("Aucun événement ne nomme son organisateur (n. c.)."),)
        )
    text = _(
        "{share} des événements qui nomment leur organisateur en nomment deux ou plus ({n} sur {all}).",
        share=share(summary["n_shared"], summary["n_named"]),
        n=number(summary["n_shared"]),
        all=number(summary["n_named"]),
    )
    return Section("joint", title, (text,), tables)
