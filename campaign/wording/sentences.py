"""The sentences that open a page, from plain figures: what is counted, where, of what type."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, Literal

from campaign.core.language import _, ngettext
from campaign.wording.accounts import account as account
from campaign.wording.course import EditionFigure as EditionFigure
from campaign.wording.course import comparison as comparison
from campaign.wording.course import editions as editions
from campaign.wording.dates import data_as_of
from campaign.wording.labels import capitalised, unit_counted
from campaign.wording.nouns import event_type, leading_event_type
from campaign.wording.numbers import number, share
from campaign.wording.overview import Now as Now
from campaign.wording.overview import OfficialFigure as OfficialFigure
from campaign.wording.overview import Status, Unit
from campaign.wording.overview import overview as overview
from campaign.wording.quantities import clauses, listed
from campaign.wording.territories import MOST_NAMED, Territory, territory, together

SHARE_FROM: Final = 30  # below, a share in per cent says more than the figures do


def scoped(sentence: str, narrowed: str) -> str:
    """Return a sentence with the filters that narrow it and that it does not say; "" for none."""
    return f"{sentence.removesuffix('.')} ({narrowed})." if narrowed else sentence


def where(
    counts: Mapping[str, int],
    total: int,
    *,
    level: Literal["region", "departement"] = "region",
    nomenclature: int = 2014,
    covered: int | None = None,
    departements: int = 101,
    unit: Unit = "events",
) -> str:
    """Return which regions or départements come first, and how many départements have something.

    `counts` holds codes; `total` counts also what has no place; `covered` départements of `departements`.
    """
    if total == 0:
        return _("Aucun événement à situer.")
    best = max(counts.values(), default=0)
    if best == 0:
        amount = unit_counted(unit, total)
        return (
            _("{amount}, sans région connue.", amount=amount)
            if level == "region"
            else _("{amount}, sans département connu.", amount=amount)
        )
    leaders = [territory(code, level, nomenclature) for code, n in sorted(counts.items()) if n == best]
    sentence = _leaders(leaders, best, total, level, unit)
    if covered is None:
        return f"{sentence}."
    covering = ngettext(
        "{n} département couvert sur {total}",
        "{n} départements couverts sur {total}",
        covered,
        n=number(covered),
        total=number(departements),
    )
    return f"{clauses([sentence, covering])}."


def _leaders(
    leaders: Sequence[Territory], best: int, total: int, level: Literal["region", "departement"], unit: Unit
) -> str:
    amount = unit_counted(unit, best)
    if len(leaders) > 1:
        values = {"places": together(leaders, level).with_article, "amount": amount, "total": number(total)}
        if level == "region":
            return _("Ex æquo en tête : {places}, avec {amount} dans chaque région, sur {total}", **values)
        return _("Ex æquo en tête : {places}, avec {amount} dans chaque département, sur {total}", **values)
    place = leaders[0].inside
    if best == total:
        return _("Tout se passe {place} : {amount}", place=place, amount=amount)
    most = {
        "events": _("C'est {place} qu'il y a le plus d'événements", place=place),
        "sessions": _("C'est {place} qu'il y a le plus de sessions", place=place),
        "days": _("C'est {place} qu'il y a le plus de jours d'événement", place=place),
    }[unit]
    return _("{most} : {part}", most=most, part=_part(number(best), best, total))


def types(counts: Mapping[str, int], total: int, *, unit: Unit = "events") -> str:
    """Return the most frequent type and its share; `counts` holds codes of types."""
    best = max(counts.values(), default=0)
    if best == 0:
        return _("Aucun événement à répartir par type.")
    leaders = [code for code, n in counts.items() if n == best]
    amount = unit_counted(unit, best)
    if len(leaders) > 1:
        names = listed(sorted(event_type(code) for code in leaders))
        if len(leaders) > MOST_NAMED:
            names = ngettext("{n} type", "{n} types", len(leaders), n=number(len(leaders)))
        return _(
            "Types ex æquo en tête : {names}, avec {amount} chacun, sur {total}.",
            names=names,
            amount=amount,
            total=number(total),
        )
    if best == total:
        return _("Un seul type : {name}, {amount}.", name=event_type(leaders[0], 1), amount=amount)
    subject = capitalised(leading_event_type(leaders[0]))
    return _("{most} : {part}.", most=subject, part=_part(amount, best, total))


def _part(amount: str, part: int, total: int) -> str:
    """Return "423 événements sur 1 700, soit 24,9 %", without the share where the total is small."""
    if total < SHARE_FROM:
        return _("{amount} sur {total}", amount=amount, total=number(total))
    return _("{amount} sur {total}, soit {share}", amount=amount, total=number(total), share=share(part, total))


def agenda(n: int, *, place: Territory | None = None, period: str = "", words: Sequence[str] = ()) -> str:
    """Return how many events the list holds and for which filters.

    `period` is a text of `dates.period`; `words` are the other filters as read ("ateliers", "« vélo »").
    """
    amount = f"{number(n)} {ngettext('événement', 'événements', n)}" if n else _("Aucun événement")
    subject = ", ".join(part for part in (f"{amount} {place.inside}" if place else amount, period) if part)
    text = _("{subject} : {words}.", subject=subject, words=", ".join(words)) if words else f"{subject}."
    if n == 0 and (place or period or words):
        return _("{answer} Retirez un filtre pour en voir davantage.", answer=text)
    return text


def nothing_placed() -> str:
    """Return that nothing can be said of who has an event near: no event says its place."""
    return _("Aucun événement n'a de lieu connu : la population proche d'un événement est n. c.")


def placement(located: int, online: int, unlocated: int, *, unit: Unit = "events") -> str:
    """Return how a total in a unit splits: "1 602 situés, 60 en ligne, 38 sans lieu"; of sessions "1 602 situées".

    A part without any is left out; where all are of one part, "tous situés"; "" of nothing.
    """
    counts = (located, online, unlocated)
    total = sum(counts)
    if total > 1 and total in counts:
        together = (
            (_("toutes situées"), _("toutes en ligne"), _("toutes sans lieu"))
            if unit == "sessions"
            else (_("tous situés"), _("tous en ligne"), _("tous sans lieu"))
        )
        return together[counts.index(total)]
    placed = (
        ngettext("{n} située", "{n} situées", located, n=number(located))
        if unit == "sessions"
        else ngettext("{n} situé", "{n} situés", located, n=number(located))
    )
    parts = (
        placed,
        ngettext("{n} en ligne", "{n} en ligne", online, n=number(online)),
        ngettext("{n} sans lieu", "{n} sans lieu", unlocated, n=number(unlocated)),
    )
    return ", ".join(part for part, n in zip(parts, counts, strict=True) if n)


def standing(status: Status, data_date: datetime | None = None) -> str:
    """Return whether the figures of an edition may still change, with the date of the data."""
    words = {
        "upcoming": _("Édition à venir, chiffres provisoires, {date}", date=data_as_of(data_date)),
        "running": _("Chiffres provisoires, {date}", date=data_as_of(data_date)),
        "closed": _("Édition close, {date}", date=data_as_of(data_date)),
        "final": _("Chiffres définitifs, {date}", date=data_as_of(data_date)),
    }
    return words[status]


def demo_banner(*, with_remedy: bool) -> str:
    """Return what stands on every page until a real file is imported; `with_remedy` adds how to import one's own."""
    what = _("Données de démonstration : événements fictifs, chiffres officiels réels.")
    return what + " " + _("Pour les remplacer par vos événements : campaign import FICHIER.") if with_remedy else what
