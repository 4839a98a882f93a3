"""Registrations over the days before and after the opening: every edition as a line, the chosen one in the accent colour."""

from collections.abc import Sequence
from typing import Any, Final

from campaign import store
from campaign.language import _
from campaign.press.drawings import svg
from campaign.press.drawings.content import Content
from campaign.press.drawings.svg import Box
from campaign.press.figures import Figures
from campaign.steering.pace import Curve, curves
from campaign.wording.labels import unit, unit_counted
from campaign.wording.numbers import number

EARLIEST: Final = 150  # days before the opening
LATEST: Final = 60  # 31 December
TICKS: Final = (120, 90, 60, 30, 0, -30, -60)


def rythme(figures: Figures) -> Content:
    """Lines: events registered so many days before and after the opening, edition by edition."""
    chosen = figures.chosen.but(editions=(), as_of=None, unit="events")
    edition = figures.last_edition
    found = curves(store.query("registrations_by_day", **chosen.params()).rows, edition, by_weekday=False)
    shown = [curve for curve in found if curve.has_pace and curve.edition <= edition]
    rows = [
        (
            f"{curve.edition} {days}",
            _("{edition}, J{days}", edition=curve.edition, days=_signed(-days)),
            curve.known_at(days),
        )
        for curve in shown
        for days in range(EARLIEST, -LATEST - 1, -10)
    ]
    own = next((curve for curve in shown if curve.edition == edition), None)
    title = _("Pas de rythme à montrer (n. c.).")
    if own:
        half = next(days for days, n in zip(own.days_to_go, own.known, strict=True) if 2 * n >= own.total)
        title = _(
            "{place}, {amount} pour {edition} : la moitié était inscrite {when}.",
            place=figures.place.inside[:1].upper() + figures.place.inside[1:],
            amount=unit_counted("events", own.total),
            edition=edition,
            when=_("à J{days}", days=_signed(-half)),
        )
    subtitle = _(
        "Événements enregistrés, en cumul, selon les jours avant (J−) et après (J+) l'ouverture, {place}",
        place=figures.place.name,
    )

    def draw(box: Any, size: float) -> str:
        return lines(box, size, shown, edition)

    patches = [{"edition": code.split()[0]} for code, _name, _n in rows]
    return Content(title, subtitle, rows, draw, patches, unit=unit("events"))


def _signed(days: int) -> str:
    return f"+{days}" if days > 0 else f"\u2212{-days}" if days else ""


def lines(box: Box, size: float, shown: Sequence[Curve], chosen: int) -> str:
    """Return the lines, the opening marked, each edition named at its end, names apart from each other."""
    if not shown:
        return ""
    top = max(curve.total for curve in shown) or 1
    left = svg.measure(number(top), size * 0.85) + size * 0.6
    plot = Box(box.x + left, box.y + size * 1.6, box.width - left - size * 5.6, box.height - size * 3.6)

    def x(days_to_go: int) -> float:
        return plot.x + plot.width * (EARLIEST - min(days_to_go, EARLIEST)) / (EARLIEST + LATEST)

    def y(n: float) -> float:
        return plot.bottom - plot.height * n / top

    parts = []
    tick = 10 ** (len(str(top)) - 1)
    tick = tick if top / tick >= 3 else max(tick // 2, 1)
    for level in range(0, top + 1, tick):
        parts.append(svg.line(plot.x, y(level), plot.right, y(level), svg.INK if level == 0 else svg.LINE))
        parts.append(
            svg.text(
                plot.x - size * 0.4, y(level) + size * 0.3, number(level), size * 0.85, fill=svg.INK_2, anchor="end"
            )
        )
    for days in TICKS:
        words = _("ouverture") if days == 0 else f"J{_signed(-days)}"
        parts.append(svg.text(x(days), plot.bottom + size * 1.3, words, size * 0.85, fill=svg.INK_2, anchor="middle"))
    parts.append(svg.line(x(0), plot.y - size * 0.4, x(0), plot.bottom, svg.INK_2))
    parts.append(svg.text(x(0), plot.y - size * 0.7, _("1er novembre"), size * 0.85, fill=svg.INK_2, anchor="middle"))
    for curve in sorted(shown, key=lambda one: one.edition == chosen):
        is_chosen = curve.edition == chosen
        points = [(EARLIEST, curve.known_at(EARLIEST))]
        points += [(d, n) for d, n in zip(curve.days_to_go, curve.known, strict=True) if -LATEST <= d < EARLIEST]
        points.append((-LATEST, curve.known_at(-LATEST)))
        path = "M" + "L".join(f"{x(d):.1f} {y(n):.1f}" for d, n in points)
        colour = svg.ACCENT if is_chosen else svg.CONTEXT
        parts.append(
            f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{size / (5 if is_chosen else 11):.1f}" '
            f'stroke-linejoin="round"/>'
        )
    return "".join(parts) + _names(plot, size, shown, chosen, top)


def _names(plot: Box, size: float, shown: Sequence[Curve], chosen: int, top: int) -> str:
    wanted = [(plot.bottom - plot.height * c.known_at(-LATEST) / top + size * 0.3, c) for c in shown]
    wanted.sort(key=lambda pair: pair[0])
    parts, last = [], -1e9
    for y, curve in wanted:
        last = max(y, last + size * 1.02)
        is_chosen = curve.edition == chosen
        words = f"{curve.edition}{_(' : ')}{number(curve.known_at(-LATEST))}"
        fill = svg.ACCENT if is_chosen else svg.INK_2
        parts.append(
            svg.text(plot.right + size * 0.4, last, words, size * 0.88, fill=fill, weight=600 if is_chosen else 400)
        )
    return "".join(parts)
