"""The course of the editions: rises and falls between figures that can be compared, and only those."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from campaign.core.language import _, current, ngettext
from campaign.wording.dates import days_to_go, spans, years
from campaign.wording.labels import capitalised
from campaign.wording.numbers import missing, number, percent, published, signed_percent
from campaign.wording.quantities import clauses, counted, listed

SMALL: Final = 30  # below, a difference is said in events, not in per cent
MOST_STEPS: Final = 3
MOST_SPANS: Final = 3  # single years or runs of them


@dataclass(frozen=True)
class EditionFigure:
    """The headline number of events of an edition; `value` is None where nothing was published."""

    edition: int
    value: int | None
    qualifier: str | None = None
    stage: str | None = None
    series: int = 0  # figures of two series count different things: no course is drawn from one to the other

    @property
    def is_comparable(self) -> bool:
        """Whether growth may be claimed from it: an exact figure of a final report."""
        return self.value is not None and self.qualifier == "exact" and self.stage == "final"


def editions(figures: Sequence[EditionFigure]) -> str:
    """Return the course of the editions, each figure with what it is; falls are said like rises.

    "De 1 100 événements annoncés en 2009 à plus de 1 700 annoncés en 2014 ; d'un bilan définitif à l'autre, hausse de
    14,5 % de 2010 à 2011, puis baisse de 1,4 % de 2011 à 2012 ; aucun chiffre pour 2008 (n. c.)."
    """
    ordered = sorted(figures, key=lambda figure: figure.edition)
    known = [figure for figure in ordered if figure.value is not None]
    if not known:
        return _("Aucun chiffre publié (n. c.).")
    alike = [figure for figure in known if figure.series == known[-1].series]
    older, known = known[: len(known) - len(alike)], alike
    if len(known) == 1 and older:
        parts = [
            _(
                "Un seul chiffre publié depuis {year} : {figure}",
                year=known[0].edition,
                figure=_worded(known[0], with_noun=True),
            )
        ]
    elif len(known) == 1:
        parts = [_("Un seul chiffre publié : {figure}", figure=_worded(known[0], with_noun=True))]
    else:
        first, last = _worded(known[0], with_noun=True), _worded(known[-1])
        from_first = _("de {first} à {last}", first=first, last=last)
        if current() == "fr" and first.startswith("environ"):
            from_first = f"d'{first} à {last}"
        parts = [capitalised(from_first)]
    comparable = [figure for figure in known if figure.is_comparable]
    if len(comparable) > 1:
        parts.append(_("d'un bilan définitif à l'autre, {steps}", steps=_steps(comparable)))
    if older:
        parts.append(_("avant {year}, les chiffres publiés comptent autre chose", year=known[0].edition))
    if missing_years := [figure.edition for figure in ordered if figure.value is None]:
        parts.append(_("aucun chiffre pour {years} (n. c.)", years=_years_or_number(missing_years)))
    return f"{clauses(parts)}."


def _years_or_number(missing: Sequence[int]) -> str:
    """Return the years, their number where they are too many groups to be read in a sentence."""
    if len(spans(missing)) <= MOST_SPANS:
        return years(missing)
    return counted(len(missing), "édition", "éditions")


def _worded(figure: EditionFigure, *, with_noun: bool = False) -> str:
    """Return "1 100 événements annoncés en 2009", or "1 100 annoncés en 2009"."""
    value = figure.value or 0
    values = {"figure": published(value, figure.qualifier), "year": figure.edition}
    announced = ngettext("{figure} annoncé en {year}", "{figure} annoncés en {year}", value, **values)
    counted = ngettext("{figure} compté en {year}", "{figure} comptés en {year}", value, **values)
    plain = _("{figure} en {year}", **values)
    if with_noun:
        announced = ngettext(
            "{figure} événement annoncé en {year}", "{figure} événements annoncés en {year}", value, **values
        )
        counted = ngettext(
            "{figure} événement compté en {year}", "{figure} événements comptés en {year}", value, **values
        )
        plain = ngettext("{figure} événement en {year}", "{figure} événements en {year}", value, **values)
    if figure.stage == "announced":
        return announced
    return counted if figure.is_comparable else plain


def _steps(figures: Sequence[EditionFigure]) -> str:
    """Return each rise and fall; when there are many, the whole course and each fall."""
    steps = list(pairwise(figures))
    if len(steps) <= MOST_STEPS:
        text = _step(*steps[0])
        for step in steps[1:]:
            text = _("{steps}, puis {step}", steps=text, step=_step(*step))
        return text
    falls = [str(after.edition) for before, after in steps if (after.value or 0) < (before.value or 0)]
    whole = _step(figures[0], figures[-1])
    if not falls:
        return whole
    return ngettext(
        "{course}, avec une baisse en {years}",
        "{course}, avec des baisses en {years}",
        len(falls),
        course=whole,
        years=listed(falls),
    )


def _step(before: EditionFigure, after: EditionFigure) -> str:
    start, end = before.value or 0, after.value or 0
    values: dict[str, object] = {"before": before.edition, "after": after.edition, "change": _size(end - start, start)}
    if end > start:
        return _("hausse de {change} de {before} à {after}", **values)
    if end < start:
        return _("baisse de {change} de {before} à {after}", **values)
    return _("même nombre de {before} à {after}", **values)


def _size(difference: int, base: int) -> str:
    """Return the size of a change: in per cent, or in events where the base is small or the change tiny."""
    if base >= SMALL and abs(difference) / base >= 0.0005:
        return percent(abs(difference) / base)
    n = abs(difference)
    return f"{number(n)} {ngettext('événement', 'événements', n)}"


def comparison(
    now: int | None,
    before: int | None,
    before_edition: int,
    kind: Literal["total", "same_days_to_go"] = "total",
    *,
    minimum: int = SMALL,
    to_go: int | None = None,
) -> str:
    """Return a change since an earlier edition: "+12 % par rapport à 2013".

    Below `minimum`, or where the change would round to 0 %, the difference itself: "2 de plus qu'en 2013". Totals are
    compared between finished editions only; otherwise `same_days_to_go`, with the days that are left if known.
    """
    if now is None:
        return missing()
    if before is None:
        return _("pas de chiffre pour {year} (n. c.)", year=before_edition)
    text = _change(now, before, before_edition, minimum)
    if kind == "total":
        return text
    moment = _("au même nombre de jours de l'ouverture") if to_go is None else days_to_go(to_go)
    return _("{change}, {moment}", change=text, moment=moment)


def _change(now: int, before: int, year: int, minimum: int) -> str:
    difference = now - before
    if difference == 0:
        return _("autant qu'en {year}", year=year)
    if min(now, before) >= minimum and abs(difference) / before >= 0.0005:
        return _("{change} par rapport à {year}", change=signed_percent(difference / before), year=year)
    n = number(abs(difference))
    if difference > 0:
        return _("{n} de plus qu'en {year}", n=n, year=year)
    return _("{n} de moins qu'en {year}", n=n, year=year)


def types_over_editions(by_type: Mapping[str, Mapping[int, int]], edition: int | None, *, is_running: bool) -> str:
    """Return how many types rise and fall since the edition before, or what the drawing holds."""
    if edition is None or not any(edition - 1 in counts for counts in by_type.values()):
        return _("Chaque type au fil des éditions")
    if is_running:
        return _("Chaque type au fil des éditions ; {edition} n'est pas finie", edition=edition)
    changes = [counts.get(edition, 0) - counts.get(edition - 1, 0) for counts in by_type.values()]
    up, down = sum(change > 0 for change in changes), sum(change < 0 for change in changes)
    return _(
        "De {before} à {edition} : {up}, {down}",
        before=edition - 1,
        edition=edition,
        up=ngettext("{n} type en hausse", "{n} types en hausse", up, n=up) if up else _("aucun type en hausse"),
        down=ngettext("{n} en baisse", "{n} en baisse", down, n=down) if down else _("aucun en baisse"),
    )
