"""The parts of the page of the pace: curves, projection, chambers gone quiet, targets, what waits."""

from datetime import date, timedelta
from html import escape

import streamlit as st

from campaign.analysis import edition_dates, standing
from campaign.analysis.comparison import Refusal as Refused
from campaign.analysis.pace_chart import PaceChart
from campaign.analysis.projection import BackTest, Projection, Refusal
from campaign.core.language import _, ngettext
from campaign.core.settings import settings
from campaign.filters import FIRST_DAY, Filters, codes, urls
from campaign.view.components import figures, lead, time_curves
from campaign.view.components.figures import Card
from campaign.view.frame import choice, controls
from campaign.wording import pace as wording
from campaign.wording import territories
from campaign.wording.course import comparison as compared_in_words
from campaign.wording.dates import day_name, days_to_go
from campaign.wording.numbers import number, percent, share, signed_percent

MOMENTS = (60, 30, 15, 0)  # days to go that the page offers


def sentence(chosen: Filters, chart: PaceChart) -> str:
    """Return the pace in one sentence."""
    edition, own, to_go, projection = chart.edition, chart.own, chart.to_go, chart.projection
    place = lead.place_of(chosen)
    where = f" {place.inside}" if place else ""
    if own is None or own.total == 0:
        return _("Aucun événement enregistré{where} pour l'édition {edition}.", where=where, edition=edition)
    known = chart.known
    if not own.has_pace:
        return _(
            "Pas de rythme{where} pour {edition} : {share} des dates d'enregistrement sont celles d'un import.",
            where=where, edition=edition, share=share(own.n_import_dated, own.total),
        )  # fmt: skip
    counted = ngettext("{n} événement enregistré", "{n} événements enregistrés", known, n=number(known))
    if chart.is_over:
        half = next(days for days, n in zip(own.days_to_go, own.known, strict=True) if 2 * n >= own.total)
        return _(
            "{counted}{where} pour l'édition {edition} ; la moitié l'était {when}.",
            counted=counted, where=where, edition=edition, when=days_to_go(half),
        )  # fmt: skip
    before = next((shape for shape in chart.past if shape.edition == edition - 1), None)
    if before:
        change = compared_in_words(known, before.known, edition - 1, "same_days_to_go", to_go=to_go)
    elif edition - 1 in codes().counted_editions:
        change = Refused("undated", (edition - 1,)).words
    else:
        change = Refused("absent").words
    text = _(
        "{counted}{where} au {day} : {change}",
        counted=counted, where=where, day=day_name(chart.day), change=change,
    )  # fmt: skip
    if isinstance(projection, Projection) and projection.low == projection.high:
        text = _("{text} ; {n} à la fin, si l'édition ressemble aux autres", text=text, n=number(projection.central))
    elif isinstance(projection, Projection):
        text = _(
            "{text} ; entre {low} et {high} à la fin, si l'édition ressemble aux autres",
            text=text, low=number(projection.low), high=number(projection.high),
        )  # fmt: skip
    return f"{text}."


def switches(chosen: Filters, edition: int, day: date, *, by_weekday: bool) -> None:
    """Draw the choice of the day and of the alignment."""
    align = "weekday" if by_weekday else None
    there = edition_dates.territory_of(chosen)
    moments = [(standing.opening(edition, there) - timedelta(days=n), wording.tick(-n)) for n in MOMENTS]
    options = [
        (words, urls.link("pace", chosen.replace(as_of=moment), align=align), day == moment)
        for moment, words in moments
    ]
    options.append(
        (
            _("à la fin") if edition_dates.window(edition, there)[1] < settings().current_day() else _("aujourd'hui"),
            urls.link("pace", chosen.replace(as_of=None), align=align),
            chosen.as_of is None,
        )
    )
    state, day_of_choice, alignment = st.columns([6, 3, 5])
    with state:
        figures.switch(_("État des données"), options)
    with day_of_choice:
        _day_field(chosen, edition)
    with alignment:
        figures.switch(
            _("Aligner les éditions"),
            [
                (_("par la date"), urls.link("pace", chosen), not by_weekday),
                (_("par le jour de la semaine"), urls.link("pace", chosen, align="weekday"), by_weekday),
            ],
        )


def _day_field(chosen: Filters, edition: int) -> None:
    """Draw the field for any other day; what it is set to stands in the address."""
    last = min(settings().current_day(), edition_dates.window(edition, edition_dates.territory_of(chosen))[1])

    def changed(day: date | None) -> None:
        choice.write_local(as_of=day.isoformat() if day else None)

    chosen_day = chosen.as_of if chosen.as_of and FIRST_DAY <= chosen.as_of <= last else None
    st.date_input(
        _("Au soir d'un autre jour"),
        value=None,
        min_value=FIRST_DAY,
        max_value=max(last, FIRST_DAY),
        format="DD/MM/YYYY",
        width=220,
        **controls.bound("pace_day", chosen_day, changed, options=last, has_default=False),
    )


def drawing(chosen: Filters, chart: PaceChart, *, by_weekday: bool) -> None:
    """Draw all editions' curves, the chosen one until its day, the projection as a bar at the end."""
    lines = chart.lines
    alt = " ; ".join(f"{line.label} : {number(line.known[-1])}" for line in lines if line.known)
    title = wording.title(chart.standings, chart.edition, chart.to_go, is_over=chart.is_over)
    place = (lead.place_of(chosen) or territories.france()).name
    table = time_curves.table(chart, title)
    folded = f"<details><summary>{escape(_('Les mêmes nombres en tableau'))}</summary>{table}</details>"
    figures.drawing(
        title,
        wording.subtitle(place, chart.without_pace),
        time_curves.html(chart, label=f"{title} {alt}", zoom=choice.local("zoom"), alone=choice.local("alone"))
        + folded,
        source=figures.source_html(chosen),
        files=figures.files_html("rythme", chosen, is_enlarged=True, align="weekday" if by_weekday else None),
        name="rythme",
    )


def cards(chart: PaceChart, tested: BackTest | None) -> list[Card]:
    """Return the figures: known, last seven days, the editions before at the same point, projection and its past error."""
    known, past, projection = chart.known, chart.past, chart.projection
    week = (
        None
        if chart.own and not chart.own.has_pace
        else known - chart.own.known_at(chart.to_go + 7)
        if chart.own
        else 0
    )
    usual = sum(shape.known for shape in past) / len(past) if past else None
    known_cards = [
        Card(number(known), _("événements enregistrés"), days_to_go(chart.to_go)),
        *([] if chart.is_over else [Card(number(week), _("dans les sept derniers jours"))]),
        Card(number(usual), _("en moyenne, les éditions d'avant"),
             signed_percent(known / usual - 1) if usual else ""),
    ]  # fmt: skip
    if chart.is_over:
        return known_cards
    if isinstance(projection, Projection):
        return [
            *known_cards,
            Card(wording.expected(projection.low, projection.high), _("attendus à la fin (8 chances sur 10)"),
                 _("au milieu : {n}", n=number(projection.central)) if projection.low != projection.high else ""),
            Card(percent(tested.typical_error) if tested else _("n. c."), _("erreur typique de cette méthode"),
                 _("{held} sur {n} éditions passées dans leur fourchette",
                   held=tested.n_held, n=len(tested.held)) if tested else ""),
        ]  # fmt: skip
    return [*known_cards, Card(_("n. c."), _("attendus à la fin"), refusal(projection))]


def refusal(reason: Projection | Refusal | None) -> str:
    """Return why there is no projection."""
    match reason:
        case "few_editions":
            return _("il faut trois éditions passées avec un rythme")
        case "few_known":
            return _("il faut 30 événements connus")
        case "early":
            return _("trop tôt : moins de 10 % sont connus d'habitude")
    return _("pas de rythme")


def method() -> None:
    """Say how the projection is made."""
    figures.folded(
        _("Comment la fin est estimée"),
        _(
            "Méthode : chaque édition passée dit de combien son compte a encore grandi après ce jour (final / connu). La fourchette "
            "est l'intervalle de prévision à 80 % d'un tel facteur de plus (loi log-normale, Student), fois ce qui est connu. "
            "L'erreur typique est celle des éditions passées, chacune prédite à partir des autres. Les événements annulés depuis "
            "ne sont comptés à aucune date."
        ),
    )
