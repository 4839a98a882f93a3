"""The method note of a kit: what counts, what the figures are, what they are not."""

from campaign.analysis import declarations, edition_dates
from campaign.analysis.about import about
from campaign.analysis.figures import Figures
from campaign.core.language import _
from campaign.statements import notices
from campaign.statements.parts import origin, subject
from campaign.wording import campaign_names as names
from campaign.wording import labels
from campaign.wording.dates import day_name, period
from campaign.wording.numbers import number


def short_method(figures: Figures) -> list[str]:
    """Return the note in a few sentences, for the foot of the brief."""
    own = about(figures.chosen)
    return [
        _(
            "Compte : les événements publiés et non annulés dont une session tombe entre le {first} et le {last}.",
            first=day_name(edition_dates.window(figures.last_edition)[0], with_year=False),
            last=day_name(edition_dates.window(figures.last_edition)[1], with_year=False),
        ),
        *_own_days(figures),
        _(
            "Découpage : {regions}. Licence : {licence}.",
            regions=labels.nomenclature(figures.chosen.nomenclature),
            licence=own.licence,
        ),
    ]


def _own_days(figures: Figures) -> list[str]:
    """Return that territories have days of their own in the last edition; nothing where they have not."""
    own = edition_dates.days_by_territory(figures.last_edition)
    return [_("Un événement compte aux jours de son territoire : {days}.", days=own)] if own else []


def method(figures: Figures) -> list[tuple[str, str]]:
    """Return the whole note as (style, text) paragraphs, "Heading1" or "Normal"."""
    own = about(figures.chosen)
    paragraphs = [
        ("Heading1", _("Ce qui compte")),
        ("Normal", _("Un événement compte s'il est publié, n'est pas annulé, et a une session dans la fenêtre de l'édition.")),
        ("Normal", _("La fenêtre va {window} ; la période de la campagne : {core}.",
                     window=period(*edition_dates.window(figures.last_edition), with_year=False),
                     core=edition_dates.core_words(figures.last_edition))),
        *(("Normal", text) for text in _own_days(figures)),
        ("Normal", _("Un événement à plusieurs sessions compte une fois ; sessions et jours sont comptés à part.")),
        ("Normal", _("Total = situés + en ligne + sans lieu.")),
        ("Normal", _("Un événement en ligne n'a pas de région, sauf si l'agenda est celui d'{a_body}.", a_body=names.a_body())),
        ("Heading1", _("Ce que sont les chiffres")),
        ("Normal", _("Tous les chiffres de ce dossier : {origin}.", origin=origin(figures, subject(figures)))),
        ("Normal", _("« Annoncé » : dit avant la campagne. « Provisoire » : peut encore changer. "
                     "« Définitif » : l'édition est finie, les données sont d'après. "
                     "« Édition close » : finie, mais données d'avant sa fin.")),
        ("Normal", _("Chiffres publiés et comptes du fichier ne se mêlent jamais ; chacun porte sa source.")),
        ("Normal", _("Aucun pourcentage d'évolution sous 30 événements, ni entre deux définitions.")),
        ("Normal", _("Un chiffre absent est noté n. c. (non communiqué), jamais 0.")),
        ("Heading1", _("Territoires")),
        ("Normal", f"{_('27 régions en 2014, dont Mayotte, 18 depuis 2016.')} {names.chamber_note()}".strip()),
        ("Normal", _("La somme des régions et de « région inconnue » est le total national.")),
        ("Heading1", _("Licence et contact")),
        ("Normal", _("Source : {source} Licence : {licence}.", source=own.source, licence=own.licence)),
        ("Normal", _("Limites des territoires : IGN, INSEE, Licence Ouverte 2.0.")),
        ("Normal", notices.contact()),
    ]  # fmt: skip
    declared = declarations.beside(figures.chosen)
    if declared:
        paragraphs += [
            ("Heading1", _("Déclarés hors du fichier")),
            ("Normal", _("Ces événements, que leur {body} déclare sans les saisir, ne sont dans aucun total de ce dossier.",
                         body=names.body())),
            *(
                ("Normal", _("{territory}, {edition} : {n} événements déclarés le {day} ({source}).",
                             territory=declarations.territory(each), edition=each.edition, n=number(each.count),
                             day=day_name(each.declared_on), source=each.source))
                for each in declared
            ),
        ]  # fmt: skip
    if figures.is_demo:
        paragraphs.insert(
            0, ("Normal", _("Démonstration : les événements sont fictifs ; les chiffres officiels sont réels."))
        )
    return paragraphs
