"""What became of a followed source, in words: its status, why it failed or was held, what to do.

Reasons are codes, kept with their numbers in the state of the sources, so that each reader has them in their language. None
of these texts holds an address or a key.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from campaign.core.language import _, mark, ngettext
from campaign.wording import fields
from campaign.wording.numbers import number
from campaign.wording.quantities import clauses, counted

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
    "not_written": (
        mark("Ce que donne la source n'a pas pu être écrit sur le disque du serveur."),
        mark("Vérifiez la place et les droits du dossier temporaire et de celui du fichier d'événements."),
    ),
    "not_stored": (
        mark("Les événements n'ont pas pu être écrits sur le disque du serveur."),
        mark("Vérifiez la place et les droits ; le fichier publié est inchangé."),
    ),
    "not_published": (mark("Les événements n'ont pas pu être publiés."), mark("Le fichier publié est inchangé.")),
    "withdrawals": (
        mark("{n} événements sur {of} disparaîtraient."),
        mark(
            "Vérifiez la source ; si c'est voulu, laissez passer la source sur la page Import ou par --allow-withdrawals."
        ),
    ),
    "uncounted": (
        mark("{n} événements sur {of} ne compteraient plus."),
        mark(
            "Vérifiez la source ; si c'est voulu, laissez passer la source sur la page Import ou par --allow-withdrawals."
        ),
    ),
    "error_page": (
        mark("La source donne une page web au lieu d'événements (connexion, erreur)."),
        mark("Vérifiez dans un navigateur que l'adresse donne toujours les événements."),
    ),
    "empty": (
        mark("La source ne donne plus aucun événement."),
        mark(
            "Vérifiez la source ; si c'est voulu, laissez passer la source sur la page Import ou par --allow-withdrawals."
        ),
    ),
    "other_agenda": (
        mark("La source donne d'autres événements que ceux que l'on connaît : un autre agenda, à la même adresse."),
        mark(
            "Vérifiez l'adresse ; si c'est voulu, laissez passer la source sur la page Import ou par --allow-withdrawals."
        ),
    ),
    "columns_lost": (
        mark("Il manque à la source ce qu'elle donnait : {columns}."),
        mark(
            "Vérifiez les colonnes ; si c'est voulu, laissez passer la source sur la page Import ou par --allow-withdrawals."
        ),
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
    """Return why a source failed or was held, in a sentence; columns that are fields of an event have their names in it."""
    if "columns" in values:
        values = {**values, "columns": ", ".join(_column(name) for name in str(values["columns"]).split(", "))}
    return _(REASONS[code][0], **{name: number(n) if isinstance(n, int) else n for name, n in values.items()})


def _column(name: str) -> str:
    return fields.name_of(name) if name in fields.NAMES else name


def wrong(code: str, values: Mapping[str, object], detail: object) -> str:
    """Return what is wrong with a source, as those who follow it are told: why, what is said of it, what to do."""
    return " ".join(filter(None, (reason(code, values), str(detail), remedy(code))))


def remedy(code: str) -> str:
    """Return what to do about it, in a sentence."""
    return _(REASONS[code][1])


def silent(since: Sequence[datetime], now: datetime) -> str:
    """Return how many sources are silent and for how long: "1 source muette depuis 2 jours"; "" if none is.

    Of several it is the time of the one that has been silent for longest.
    """
    if not since:
        return ""
    sources = counted(len(since), "source muette", "sources muettes")
    time = duration(now - min(since))
    if len(since) > 1:
        return _("{sources}, dont une depuis {time}", sources=sources, time=time)
    return _("{sources} depuis {time}", sources=sources, time=time)


def duration(time: timedelta) -> str:
    """Return a duration in its largest unit: "2 jours", "3 heures", "10 minutes"."""
    if time.days:
        return counted(time.days, "jour", "jours")
    if time.seconds >= 3600:
        return counted(time.seconds // 3600, "heure", "heures")
    return counted(max(1, time.seconds // 60), "minute", "minutes")


def whole_only() -> str:
    """Return what is said of a source that does not tell what changed."""
    return _("lue en entier à chaque fois : elle ne dit pas quand ses événements ont changé")


def feed() -> str:
    """Return what is said of a feed."""
    return _("fil : ce qu'il ne montre plus n'est pas retiré")


def sentence(n: int, n_wrong: int, n_silent: int) -> str:
    """Return how the followed sources are: "3 sources suivies ; 1 à voir"."""
    if not n:
        return _("Aucune source n'est suivie : les événements viennent d'imports faits à la main.")
    first = ngettext("{n} source suivie", "{n} sources suivies", n, n=number(n))
    if not (n_wrong or n_silent):
        return _("{sentence}, à jour.", sentence=first) if n == 1 else _("{sentence}, toutes à jour.", sentence=first)
    parts = [first]
    if n_wrong:
        parts.append(ngettext("{n} à voir", "{n} à voir", n_wrong, n=number(n_wrong)))
    if n_silent:
        parts.append(
            counted(n_silent, "autre source muette", "autres sources muettes")
            if n_wrong
            else counted(n_silent, "source muette", "sources muettes")
        )
    return f"{clauses(parts)}."


def changes(of: Mapping[str, int]) -> str:
    """Return what the last change brought: "3 nouveaux, 1 mis à jour"."""
    return ", ".join(counts({name: of.get(name, 0) for name in ("new", "updated", "withdrawn")}))


def counts(of: Mapping[str, int]) -> list[str]:
    """Return what became of the records of an import or a run, without what there is none of: "3 nouveaux", "1 inchangé"."""
    forms = {
        "read": lambda n: ngettext("{n} lu", "{n} lus", n, n=number(n)),
        "new": lambda n: ngettext("{n} nouveau", "{n} nouveaux", n, n=number(n)),
        "updated": lambda n: ngettext("{n} mis à jour", "{n} mis à jour", n, n=number(n)),
        "unchanged": lambda n: ngettext("{n} inchangé", "{n} inchangés", n, n=number(n)),
        "withdrawn": lambda n: ngettext("{n} retiré", "{n} retirés", n, n=number(n)),
        "rejected": lambda n: ngettext("{n} rejeté", "{n} rejetés", n, n=number(n)),
    }
    return [forms[name](n) for name, n in of.items() if n]
