"""The pace of registrations in words: a day on the axis, the finding and the unit of its drawing."""

from collections.abc import Mapping, Sequence

from campaign.core.language import _
from campaign.wording.dates import days_to_go
from campaign.wording.numbers import number, ordinal


def tick(day: int) -> str:
    """Return how a distance from the opening is written on the axis: "J − 30", "ouverture", "J + 30"."""
    if day == 0:
        return _("ouverture")
    return _("J − {n}", n=-day) if day < 0 else _("J + {n}", n=day)


def title(known: Mapping[int, int], edition: int, to_go: int, *, is_over: bool) -> str:
    """Return where an edition stands among those with a pace; `known` by edition, at the same days to go."""
    if not known:
        return _("Pas de rythme à montrer (n. c.).")
    if edition not in known:
        return _("Le rythme des autres éditions")
    place = 1 + sum(n > known[edition] for n in known.values())
    rank = ordinal(place)
    if is_over:
        return _("{edition} finit {rank} de {n} éditions", edition=edition, rank=rank, n=len(known))
    if place == 1 and len(known) > 1:
        return _("{edition} est en tête de toutes les éditions {when}", edition=edition, when=days_to_go(to_go))
    return _(
        "{edition} est {rank} de {n} éditions, {when}", edition=edition, rank=rank, n=len(known), when=days_to_go(to_go)
    )


def subtitle(place: str, without: Sequence[int]) -> str:
    """Return what is drawn, where, and which editions cannot be."""
    text = _("Événements enregistrés, en cumul, selon les jours avant et après l'ouverture ; {place}", place=place)
    if without:
        text += _(" ; sans rythme (dates d'import) : {years}", years=", ".join(map(str, without)))
    return text


def expected(low: int, high: int) -> str:
    """Return the range of a projection, one number where nothing is uncertain."""
    return number(low) if low == high else f"{number(low)} – {number(high)}"
