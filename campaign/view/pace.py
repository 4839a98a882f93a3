"""The parts of the page of the pace: curves, projection, chambers gone quiet, targets, what waits."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from campaign import address, charts_steering
from campaign.charts_steering import Line
from campaign.filters import FIRST_DAY, Filters, codes
from campaign.language import _, ngettext
from campaign.settings import settings
from campaign.steering.pace import Curve
from campaign.steering.projection import BackTest, Projection, Refusal, Shape, back_test, project
from campaign.view import choice, controls, figures, overview
from campaign.view.figures import Card
from campaign.wording import territories
from campaign.wording.course import comparison as compared_in_words
from campaign.wording.dates import day_name, days_to_go
from campaign.wording.numbers import number, ordinal, percent, share, signed_percent

LAST_DAY = 60  # days from the opening to 31 December
MOMENTS = (60, 30, 15, 0)  # days to go that the page offers


def edition_of(chosen: Filters) -> int:
    """Return the edition whose pace is shown: the chosen one, else the latest chosen or the current one."""
    return max(chosen.editions) if chosen.editions else codes().current_edition or settings().current_day().year


def day_of(chosen: Filters, edition: int) -> date:
    """Return the day as of which the pace is read: the asked one, else today, at most the window's last."""
    return min(chosen.as_of or settings().current_day(), date(edition, 12, 31))


def is_over(day: date, edition: int) -> bool:
    """Whether nothing more is to come."""
    return day >= date(edition, 12, 31)


def shapes(curves: Sequence[Curve], edition: int, to_go: int) -> list[Shape]:
    """Return what earlier editions with a pace knew at these days to go, and in the end."""
    return [Shape(c.edition, c.known_at(to_go), c.total) for c in curves if c.edition < edition and c.has_pace]


def sentence(
    chosen: Filters, edition: int, day: date, own: Curve | None, past: Sequence[Shape], to_go: int,
    found: Projection | Refusal | None,
) -> str:  # fmt: skip
    """Return the pace in one sentence."""
    place = overview.place_of(chosen)
    where = f" {place.inside}" if place else ""
    if own is None or own.total == 0:
        return _("Aucun événement enregistré{where} pour l'édition {edition}.", where=where, edition=edition)
    known = own.known_at(to_go)
    if not own.has_pace:
        return _(
            "Pas de rythme{where} pour {edition} : {share} des dates d'enregistrement sont celles d'un import.",
            where=where, edition=edition, share=share(own.n_import_dated, own.total),
        )  # fmt: skip
    counted = ngettext("{n} événement enregistré", "{n} événements enregistrés", known, n=number(known))
    if is_over(day, edition):
        half = next(days for days, n in zip(own.days_to_go, own.known, strict=True) if 2 * n >= own.total)
        return _(
            "{counted}{where} pour l'édition {edition} ; la moitié l'était {when}.",
            counted=counted, where=where, edition=edition, when=days_to_go(half),
        )  # fmt: skip
    before = next((shape for shape in past if shape.edition == edition - 1), None)
    change = compared_in_words(known, before.known if before else None, edition - 1, "same_days_to_go", to_go=to_go)
    text = _(
        "{counted}{where} au {day} : {change}",
        counted=counted, where=where, day=day_name(day), change=change,
    )  # fmt: skip
    if isinstance(found, Projection):
        text = _(
            "{text} ; entre {low} et {high} à la fin, si l'édition ressemble aux autres",
            text=text, low=number(found.low), high=number(found.high),
        )  # fmt: skip
    return f"{text}."


def switches(chosen: Filters, edition: int, day: date, *, by_weekday: bool) -> None:
    """Draw the choice of the day and of the alignment."""
    align = "weekday" if by_weekday else None
    moments = [(date(edition, 11, 1) - timedelta(days=n), charts_steering.tick(-n)) for n in MOMENTS]
    options = [
        (words, address.link("pace", chosen.but(as_of=moment), align=align), day == moment) for moment, words in moments
    ]
    options.append(
        (
            _("à la fin") if date(edition, 12, 31) < settings().current_day() else _("aujourd'hui"),
            address.link("pace", chosen.but(as_of=None), align=align),
            chosen.as_of is None,
        )
    )
    figures.switch(_("État des données"), options)
    _day_field(chosen, edition)
    figures.switch(
        _("Aligner les éditions"),
        [
            (_("par la date"), address.link("pace", chosen), not by_weekday),
            (_("par le jour de la semaine"), address.link("pace", chosen, align="weekday"), by_weekday),
        ],
    )


def _day_field(chosen: Filters, edition: int) -> None:
    """Draw the field for any other day; what it is set to stands in the address."""
    last = min(settings().current_day(), date(edition, 12, 31))

    def changed(day: date | None) -> None:
        choice.write_local(as_of=day.isoformat() if day else None)

    shown = chosen.as_of if chosen.as_of and FIRST_DAY <= chosen.as_of <= last else None
    st.date_input(
        _("Au soir d'un autre jour"),
        value=None,
        min_value=FIRST_DAY,
        max_value=max(last, FIRST_DAY),
        format="DD/MM/YYYY",
        width=220,
        **controls.bound("pace_day", shown, changed, options=last, has_default=False),
    )


def drawing(
    chosen: Filters, curves: Sequence[Curve], edition: int, day: date, to_go: int, found: Projection | Refusal | None
) -> None:
    """Draw all editions' curves, the chosen one until its day, the projection as a bar at the end."""
    lines = []
    for curve in curves:
        if not curve.has_pace:
            continue
        is_chosen = curve.edition == edition
        until = to_go if is_chosen else -charts_steering.LATEST
        points = [(-days, n) for days, n in zip(curve.days_to_go, curve.known, strict=True) if days >= until]
        points.append((-until, curve.known_at(until)))
        lines.append(Line(str(curve.edition), [x for x, _n in points], [n for _x, n in points], is_chosen))
    expected = (found.low, found.central, found.high) if isinstance(found, Projection) else None
    alt = " ; ".join(f"{line.label} : {number(line.known[-1])}" for line in lines)
    without = [str(curve.edition) for curve in curves if not curve.has_pace]
    title = _title(curves, edition, to_go)
    subtitle = _("Événements enregistrés, en cumul, selon les jours avant et après l'ouverture ; {place}",
                 place=(overview.place_of(chosen) or territories.france()).name)  # fmt: skip
    if without:
        subtitle += _(" ; sans rythme (dates d'import) : {years}", years=", ".join(without))
    figures.chart(
        charts_steering.pace(
            lines, figures.palette(), day=None if is_over(day, edition) else -to_go, expected=expected
        ),
        key="pace", title=title, subtitle=subtitle, alt=f"{title} {alt}",
        source=figures.source_html(chosen) + figures.files_html("rythme", chosen),
    )  # fmt: skip


def _title(curves: Sequence[Curve], edition: int, to_go: int) -> str:
    known = {curve.edition: curve.known_at(to_go) for curve in curves if curve.has_pace}
    if edition not in known:
        return _("Le rythme des autres éditions")
    place = 1 + sum(n > known[edition] for n in known.values())
    rank = ordinal(place)
    if to_go <= -LAST_DAY:
        return _("{edition} finit {rank} de {n} éditions", edition=edition, rank=rank, n=len(known))
    if place == 1 and len(known) > 1:
        return _("{edition} est en tête de toutes les éditions {when}", edition=edition, when=days_to_go(to_go))
    return _("{edition} est {rank} de {n} éditions, {when}",
             edition=edition, rank=rank, n=len(known), when=days_to_go(to_go))  # fmt: skip


def cards(own: Curve | None, past: Sequence[Shape], to_go: int, found: Projection | Refusal | None,
          tested: BackTest | None, *, over: bool) -> list[Card]:  # fmt: skip
    """Return the figures: known, last seven days, the editions before at the same point, projection and its past error."""
    known = own.known_at(to_go) if own else 0
    week = known - own.known_at(to_go + 7) if own else 0
    usual = sum(shape.known for shape in past) / len(past) if past else None
    found_cards = [
        Card(number(known), _("événements enregistrés"), days_to_go(to_go)),
        Card(number(week), _("dans les sept derniers jours")),
        Card(number(usual), _("en moyenne, les éditions d'avant"),
             signed_percent(known / usual - 1) if usual else ""),
    ]  # fmt: skip
    if over:
        return found_cards
    if isinstance(found, Projection):
        return [
            *found_cards,
            Card(f"{number(found.low)} – {number(found.high)}", _("attendus à la fin (8 chances sur 10)"),
                 _("au milieu : {n}", n=number(found.central))),
            Card(percent(tested.typical_error) if tested else _("n. c."), _("erreur typique de cette méthode"),
                 _("{held} sur {n} éditions passées dans leur fourchette",
                   held=tested.n_held, n=len(tested.held)) if tested else ""),
        ]  # fmt: skip
    return [*found_cards, Card(_("n. c."), _("attendus à la fin"), refusal(found))]


def refusal(found: Projection | Refusal | None) -> str:
    """Return why there is no projection."""
    match found:
        case "few_editions":
            return _("il faut trois éditions passées avec un rythme")
        case "few_known":
            return _("il faut 30 événements connus")
        case "early":
            return _("trop tôt : moins de 10 % sont connus d'habitude")
    return _("pas de rythme")


def method() -> None:
    """Say how the projection is made."""
    figures.note(
        _(
            "Méthode : chaque édition passée dit de combien son compte a encore grandi après ce jour (final / connu). La fourchette "
            "est l'intervalle de prévision à 80 % d'un tel facteur de plus (loi log-normale, Student), fois ce qui est connu. "
            "L'erreur typique est celle des éditions passées, chacune prédite à partir des autres. Les événements annulés depuis "
            "ne sont comptés à aucune date."
        )
    )


def projection_of(known: int, past: Sequence[Shape], *, over: bool, dated: bool) -> Projection | Refusal | None:
    """Return the projection, its refusal, or None where none is asked for."""
    return None if over or not dated else project(known, past)


def tested_on(past: Sequence[Shape]) -> BackTest | None:
    """Return the projection's past error at the same days to go."""
    return back_test(past)
