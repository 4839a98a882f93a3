"""The busiest days in sentences: days with as many events are said, none is picked among them in silence."""

from collections.abc import Sequence
from datetime import date

from campaign.core.language import _, ngettext
from campaign.wording.dates import on_day
from campaign.wording.numbers import number
from campaign.wording.quantities import listed
from campaign.wording.territories import MOST_NAMED


def busiest(days: Sequence[date], counted: str, where: str) -> str:
    """Return which days are the busiest, with how many events: "Le jour le plus chargé en Bretagne : le samedi 8 novembre 2014, …"."""
    if len(days) > MOST_NAMED:
        return ngettext(
            "{n} jour à égalité, le plus chargé{where}, avec {counted}.",
            "{n} jours à égalité, les plus chargés{where}, avec {counted} chacun.",
            len(days),
            n=number(len(days)),
            where=where,
            counted=counted,
        )
    names = listed(on_day(day, with_weekday=True) for day in sorted(days))
    if len(days) > 1:
        return _(
            "Les jours les plus chargés{where} : {days}, avec {counted} chacun.",
            where=where,
            days=names,
            counted=counted,
        )
    return _("Le jour le plus chargé{where} : {day}, avec {counted}.", where=where, day=names, counted=counted)


def record(first: date, n_days: int, counted: str, where: str) -> str:
    """Return the record of all editions: the greatest day, or how many days reach it, `first` before the others."""
    day = on_day(first, with_weekday=True)
    if n_days > 1:
        return _(
            "Le plus grand jour{where} : {counted}, {n} fois, la première {day}.",
            where=where,
            counted=counted,
            n=number(n_days),
            day=day,
        )
    return _("Le plus grand jour{where} : {counted} {day}.", where=where, counted=counted, day=day)
