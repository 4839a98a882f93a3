"""An alert in words, in the current language, and the view that it leads to."""

from datetime import date
from typing import Any

from campaign.core.language import LANGUAGES, _, current
from campaign.core.pages import by_key
from campaign.filters import Filters, urls
from campaign.messages.journal import Alert
from campaign.wording import campaign_names as names
from campaign.wording import sources as of_sources
from campaign.wording.dates import on_day
from campaign.wording.labels import capitalised
from campaign.wording.numbers import number
from campaign.wording.quantities import counted
from campaign.wording.territories import Territory, france, territory


def title(alert: Alert) -> str:
    """Return what happened, in one line."""
    given = alert.values
    match alert.kind:
        case "source_failed":
            return _("La source « {name} » a échoué {n} fois de suite", name=given["name"], n=number(given["n"]))
        case "source_held":
            return _("La source « {name} » est retenue", name=given["name"])
        case "quiet":
            return _(
                "{name} : {known} à ce jour, {usual} d'habitude",
                name=given["name"],
                known=counted(given["known"], "événement", "événements"),
                usual=number(given["usual"]),
            )
        case "target":
            return _(
                "{place} : l'objectif de {target} événements est atteint",
                place=_place(given).name,
                target=number(given["target"]),
            )
        case _:
            return _(
                "Jour record {place} : {n} {day}",
                place=_place(given).inside,
                n=counted(given["n"], "événement", "événements"),
                day=on_day(date.fromisoformat(given["day"])),
            )


def body(alert: Alert) -> str:
    """Return what there is to know, and to do."""
    given = alert.values
    match alert.kind:
        case "source_failed" | "source_held" if given["reason"]:
            return f"{of_sources.reason(given['reason'], given['values'])} {of_sources.remedy(given['reason'])}"
        case "source_failed" | "source_held":
            return _("La page Sources dit ce qui ne va pas.")
        case "quiet":
            return _("Moins de la moitié de son propre rythme des éditions passées, au même moment.")
        case "target":
            return _("{n} à ce jour.", n=counted(given["count"], "événement", "événements"))
        case _:
            return _(
                "Aucun jour des éditions finies du fichier n'en avait autant : au plus {n}, {day}.",
                n=number(given["before"]),
                day=on_day(date.fromisoformat(given["before_day"])),
            )


def link(alert: Alert, base_url: str) -> str:
    """Return the address of the view that shows it, in the current language."""
    given = alert.values
    if alert.edition is None:  # of a source: there may be no event file yet
        return f"{base_url}/{by_key('sources').path}" + ("" if current() == LANGUAGES[0] else f"?lang={current()}")
    chosen = Filters(editions=(alert.edition,), lang=current())
    match alert.kind:
        case "quiet":
            return base_url + urls.lasting_link(
                "pace", chosen.replace(nomenclature=2014, regions=tuple(given["regions"]))
            )
        case "target":
            return base_url + urls.lasting_link("pace", _of_region(chosen, given))
        case _:
            day = date.fromisoformat(given["day"])
            return base_url + urls.lasting_link("agenda", _of_region(chosen, given).replace(from_day=day, to_day=day))


def subject(alerts: list[Alert]) -> str:
    """Return the subject of a mail that tells these."""
    if len(alerts) == 1:
        return title(alerts[0])
    return _("{campaign} : {n} à voir", campaign=capitalised(names.name()), n=counted(len(alerts), "alerte", "alertes"))


def _of_region(chosen: Filters, given: dict[str, Any]) -> Filters:
    if given["region"] is None:
        return chosen
    return chosen.replace(nomenclature=given["nomenclature"], regions=(given["region"],))


def _place(given: dict[str, Any]) -> Territory:
    return france() if given["region"] is None else territory(given["region"], "region", given["nomenclature"])
