"""The end-of-campaign report of the country or of a region: the sections that printed reports have, in their order.

The order follows the national reports of 2010 to 2012. What neither the event file nor a published figure holds is said, and
left for the chamber to write.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from campaign import store
from campaign.analysis.about import file_name
from campaign.analysis.figures import Figures, gather
from campaign.core.language import _, current
from campaign.core.settings import settings
from campaign.filters import Filters, codes, subcampaigns
from campaign.filters.subcampaigns import counts as counts_of
from campaign.report import events, organisers, pdf, text
from campaign.report.published import outside
from campaign.report.section import Section, present, table
from campaign.statements import notices
from campaign.statements.method import method
from campaign.statements.parts import origin, subject
from campaign.wording.dates import period
from campaign.wording.numbers import number, share

KEPT: Final = 32


@dataclass(frozen=True)
class Report:
    """One report: whose, how many events it counts, its name without extension, as PDF and as a text document."""

    place: str
    total: int
    name: str
    pdf: bytes
    docx: bytes


def report(chosen: Filters) -> Report:
    """Return the report of a choice (one edition; the country or one region), kept as long as the file and the day stay."""
    return _report(store.reader().identity, current(), settings().current_day(), chosen)


@store.cached_per_file(maxsize=KEPT)
def _report(_file: store.Identity, _language: str, _day: date, chosen: Filters) -> Report:
    figures = gather(chosen)
    all_sections = sections(figures)
    name = file_name(chosen, "pdf").removesuffix(".pdf").replace("-evenements-", "-bilan-")
    return Report(
        figures.place.name,
        figures.total,
        name,
        pdf.document(figures, all_sections),
        text.document(figures, all_sections),
    )


def all_reports(national: Filters, on_made: Callable[[str], None]) -> list[Report]:
    """Return the reports of the country and of every region of its nomenclature; `on_made` is called with each name."""
    reports = []
    for region in (None, *sorted(codes().regions[national.nomenclature])):
        regional = report(national.replace(regions=(region,) if region else ()))
        reports.append(regional)
        on_made(regional.place)
    return reports


def sections(figures: Figures) -> list[Section]:
    """Return the sections of the report in the current language."""
    candidates: list[Section | None] = [
        events.key_figures(figures),
        how_gathered(figures),
        outside(figures, "purpose", _("Pourquoi cette campagne")),
        outside(figures, "gains", _("Ce que les organisateurs disent y gagner")),
        events.growth(figures),
        events.how_many(figures),
        events.themes(figures),
        events.types(figures),
        outside(figures, "attendance", _("Fréquentation"), "participants"),
        events.territories(figures),
        events.coverage(figures),
        partners(figures),
        organisers.how_many(figures),
        organisers.families(figures),
        organisers.authorities(figures),
        outside(figures, "sectors", _("Les organisateurs : par secteur d'activité")),
        organisers.by_region(figures),
        outside(figures, "brought_in", _("Qui a mobilisé les organisateurs")),
        organisers.joint(figures),
        outside(figures, "ready", _("Prêts à revenir l'an prochain"), "organisers_ready_for_next_percent"),
        outside(
            figures,
            "tools",
            _("Message et outils de communication"),
            "communication_items",
            "printed_programmes",
        ),
        outside(figures, "website", _("Site national"), "website_visitors"),
        outside(figures, "media", _("Médias"), "media_mentions", "media_partners"),
        events.examples(figures),
        outside(figures, "accounts", _("Comptes")),
        to_check(figures),
        outside(figures, "lessons", _("Enseignements pour l'an prochain")),
    ]
    return [section for section in candidates if section is not None]


def how_gathered(figures: Figures) -> Section:
    """Return the method note."""
    elsewhere = {
        notices.contact(),
        _("Tous les chiffres de ce dossier : {origin}.", origin=origin(figures, subject(figures))),
    }
    texts = tuple(words for style, words in method(figures) if style == "Normal" and words not in elsewhere)
    return Section("method", _("Comment les chiffres ont été réunis"), present(*texts))


def partners(figures: Figures) -> Section:
    """Return the partners that were published, and the events of the sub-campaigns that the edition has."""
    section = outside(figures, "partners", _("Partenariats nationaux"), "partner_networks")
    listed = [one for one in subcampaigns.offered() if one.edition == figures.edition]
    if not listed:
        return section
    counts, together = counts_of(figures.chosen, listed)
    rows = [
        (one.label(current()), period(one.from_day, one.to_day) if one.from_day and one.to_day else _("toute l'édition"),
         number(n))
        for one, n in sorted(zip(listed, counts, strict=True), key=lambda pair: -pair[1])
    ]  # fmt: skip
    rows.append((_("Ensemble, chacun compté une fois"), "", number(together)))
    subcampaign_table = table(
        _("Temps forts de la campagne"), (_("Temps fort"), _("Jours"), _("Événements")), rows, texts=2
    )
    lacking = (_("Aucun chiffre publié sur les partenaires (n. c.)."),) if section.missing else ()
    return replace(section, tables=(*section.tables, subcampaign_table), missing=lacking)


def to_check(figures: Figures) -> Section:
    """Return what the data leave open: without place, without type, without organiser."""
    kinds = dict(figures.types)
    named = store.query("event_distincts", **figures.chosen.params()).one["n_with_organiser"]
    rows = [
        (label, number(n), share(n, figures.total))
        for label, n in (
            (_("Événements sans lieu"), figures.unlocated),
            (_("Événements de type « autre »"), kinds.get("autre", 0)),
            (_("Événements sans organisateur nommé"), figures.total - named),
        )
    ]
    columns = (_("Ce qui manque"), _("Événements"), _("Part"))
    return Section(
        "to_check",
        _("Ce qui reste à vérifier dans les données"),
        tables=(table(_("Données incomplètes"), columns, rows),),
    )
