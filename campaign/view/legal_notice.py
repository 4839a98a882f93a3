"""The parts of the legal notice: publisher, hosting, contact, licences, personal data, cookies."""

from collections import Counter
from html import escape

import streamlit as st

from campaign.analysis import official
from campaign.core.language import _
from campaign.core.settings import settings
from campaign.filters import urls
from campaign.store import Answer
from campaign.view.components import figures
from campaign.view.components.figures import Cell, Column
from campaign.view.frame import choice
from campaign.wording.numbers import missing, number


def notices() -> list[tuple[str, str]]:
    """Return each matter with what there is to say of it; what the settings do not say is "n. c."."""
    given = settings()
    return [
        (_("Éditeur"), given.publisher or missing()),
        (_("Hébergement"), given.hosting or missing()),
        (_("Contact"), given.contact or missing()),
        (
            _("Logiciel"),
            _("Logiciel libre sous licence GPL-3.0-or-later : chacun peut le lire, le modifier et le redistribuer."),
        ),
        (
            _("Réutilisation"),
            _(
                "Les comptes et les dessins se réutilisent en citant le tableau de bord, la source et la date des données. "
                "Les événements gardent la licence de leur source, répétée dans chaque export."
            ),
        ),
        (
            _("Données personnelles"),
            _(
                "Les événements sont publics. Les adresses électroniques et les numéros de téléphone sont retirés à l'import, "
                "et encore à chaque export. Aucun compte n'est demandé pour lire, aucune mesure d'audience n'est faite. "
                "Une information se fait corriger ou retirer en écrivant au contact ci-dessus."
            ),
        ),
        (
            _("Cookies"),
            _(
                "Aucun cookie de suivi ni de publicité. Le serveur ne pose que les cookies techniques nécessaires à la page "
                "et, pour les personnes qui importent des données, à leur connexion."
            ),
        ),
        (
            _("Durée de conservation"),
            _(
                "Le journal du serveur ne contient ni adresse de réseau, ni recherche, ni autre paramètre d'une adresse : il ne "
                "désigne personne. Les événements et leurs versions restent dans le fichier, et dans ses sauvegardes, jusqu'à "
                "ce que leur import soit défait ; l'éditeur décide du temps pendant lequel il garde les sauvegardes."
            ),
        ),
        (
            _("Autres sites"),
            _(
                "Une page ne demande rien à un autre hôte : ni fond de carte, ni police, ni mesure. Un lien vers un autre site "
                "ne mène ailleurs qu'au clic."
            ),
        ),
        (
            _("Exactitude"),
            _(
                "Les comptes sont ceux du fichier à la date dite sous chaque chiffre ; les chiffres officiels sont ceux de leurs "
                "sources. Un événement peut avoir changé depuis : sa page à la source fait foi."
            ),
        ),
    ]


def draw() -> None:
    """Draw the notices."""
    terms = "".join(f"<dt>{escape(term)}</dt><dd>{escape(words)}</dd>" for term, words in notices())
    st.html(f'<dl class="facts prose">{terms}</dl>')


def reference(answer: Answer) -> None:
    """Draw the licences of reference data, with how many sources each covers."""
    figures.heading(
        _("Licences des données de référence"),
        _("Limites, communes, lettres de la carte. Les chiffres publiés sont cités, chacun avec sa source."),
    )
    cited = {figure.source_title for figure in official.figures()}
    counted = Counter(row["licence"] or missing() for row in answer.rows if row["title"] not in cited)
    rows = [
        {"licence": Cell(licence), "n": Cell(number(n))}
        for licence, n in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    ]
    columns = [Column(_("Licence"), "licence"), Column(_("Sources"), "n", is_number=True)]
    figures.table(columns, rows, caption=_("Licences des données de référence"))
    more = urls.anchor(urls.link("methods", choice.current()), _("Toutes les sources, une par une"))
    st.html(f"<p>{more}</p>")
