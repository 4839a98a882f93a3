"""What became of a followed source, in words: its status, why it failed or was held, what to do.

Reasons are codes, kept with their numbers in the state of the sources, so that each reader has them in their language. None
of these texts holds an address or a key.
"""

from collections.abc import Mapping
from typing import Final

from campaign.core.language import _, mark

STATUSES: Final = {
    "ok": mark("à jour"),
    "held": mark("retenue"),
    "failed": mark("en échec"),
    "paused": mark("en pause"),
    "never": mark("pas encore lue"),
}

# By code: what is wrong, and what to do.
REASONS: Final = {
    "unreachable": (mark("La source ne répond pas."), mark("Vérifiez l'adresse et la connexion.")),
    "too_slow": (
        mark("La source est trop lente : elle n'a pas fini de répondre."),
        mark("Elle sera relue d'elle-même."),
    ),
    "http_status": (mark("La source répond une erreur ({status})."), mark("Elle sera relue d'elle-même.")),
    "not_found": (mark("Il n'y a rien à cette adresse ({status})."), mark("Vérifiez l'adresse de la source.")),
    "key_refused": (mark("La source refuse la clé, ou en demande une ({status})."), mark("Vérifiez la clé.")),
    "key_missing": (
        mark("La variable {variable} ne donne pas de clé."),
        mark("Donnez la clé dans l'environnement de la commande."),
    ),
    "too_many_requests": (mark("La source demande d'attendre."), mark("Elle sera relue plus tard.")),
    "too_large": (mark("La source donne plus de {limit} Mo."), mark("Limitez l'adresse à une édition.")),
    "too_many_pages": (mark("La source a plus de {limit} pages."), mark("Limitez l'adresse à une édition.")),
    "too_many_redirects": (mark("La source renvoie d'adresse en adresse."), mark("Suivez l'adresse finale.")),
    "address_refused": (
        mark("L'adresse, ou celle où elle renvoie, n'est pas publique : elle n'est pas lue."),
        mark("Suivez l'adresse publique, en https://."),
    ),
    "cut_short": (mark("La réponse est incomplète."), mark("Elle sera relue d'elle-même.")),
    "unreadable": (
        mark("Ce que donne la source ne se lit pas."),
        mark("Vérifiez l'adresse, le format et la correspondance."),
    ),
    "not_published": (mark("Les événements n'ont pas pu être publiés."), mark("Le fichier publié est inchangé.")),
    "withdrawals": (
        mark("{n} événements sur {of} disparaîtraient."),
        mark("Vérifiez la source ; si c'est voulu : --allow-withdrawals."),
    ),
    "uncounted": (
        mark("{n} événements sur {of} ne compteraient plus."),
        mark("Vérifiez la source ; si c'est voulu : --allow-withdrawals."),
    ),
    "error_page": (
        mark("La source donne une page web au lieu d'événements (connexion, erreur)."),
        mark("Vérifiez dans un navigateur que l'adresse donne toujours les événements."),
    ),
    "empty": (
        mark("La source ne donne plus aucun événement."),
        mark("Vérifiez la source ; si c'est voulu : --allow-withdrawals."),
    ),
    "other_agenda": (
        mark("La source donne d'autres événements que ceux que l'on connaît : un autre agenda, à la même adresse."),
        mark("Vérifiez l'adresse ; si c'est voulu : --allow-withdrawals."),
    ),
    "columns_lost": (
        mark("Il manque à la source ce qu'elle donnait : {columns}."),
        mark("Vérifiez les colonnes ; si c'est voulu : --allow-withdrawals."),
    ),
    "nothing_taken": (
        mark("Aucun événement de la source n'a pu être pris."),
        mark("Vérifiez les colonnes et la correspondance."),
    ),
}


def status(code: str) -> str:
    """Return a source's status: "à jour"."""
    return _(STATUSES[code])


def reason(code: str, values: Mapping[str, object]) -> str:
    """Return why a source failed or was held, in a sentence."""
    return _(REASONS[code][0], **values)


def remedy(code: str) -> str:
    """Return what to do about it, in a sentence."""
    return _(REASONS[code][1])
