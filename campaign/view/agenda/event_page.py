"""One event's own page: when, where, who, what, how precisely its place is known, and what one can do about it."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any, Final
from urllib.parse import quote, urlencode

import streamlit as st

from campaign import store
from campaign.analysis import moment
from campaign.core.language import _, current, ngettext
from campaign.core.settings import settings
from campaign.filters import Filters, Near, urls
from campaign.filters.known import nomenclature_of
from campaign.store import Answer, catalog
from campaign.view.agenda.address_state import Agenda
from campaign.view.agenda.listing import badge, listing, local
from campaign.view.components import figures, place_map
from campaign.view.frame import sharing
from campaign.wording import labels, territories
from campaign.wording.dates import day_name, session
from campaign.wording.numbers import missing, number

MOST_SESSIONS: Final = 60
NEARBY_KM: Final = 30.0
MOST_NEARBY: Final = 6
TOWNS_KM: Final = 70.0
ROUTE: Final = "https://www.openstreetmap.org/directions"


def draw(agenda: Agenda, row: Mapping[str, Any], sessions: Answer) -> None:
    """Draw the event, its place, and what else there is nearby."""
    if row["lat"] is None:
        st.html(_article(agenda, row, sessions))
    else:
        left, right = st.columns([13, 8], gap="medium")
        with left:
            st.html(_article(agenda, row, sessions))
        with right:
            _place(row)
    _nearby(agenda, row)


def _article(agenda: Agenda, row: Mapping[str, Any], sessions: Answer) -> str:
    upcoming, past = split(sessions, moment.day_of(agenda.chosen))
    facts = [
        (_("Quand"), _when(row, upcoming, past)),
        (_("Où"), escape(_where(row))),
        (_("Type"), escape(row["type_label_en"] if current() == "en" else row["type_label"])),
        (_("Thèmes"), escape(", ".join(row["theme_labels"] or []) or missing())),
        (_("Organisateur"), escape(row["organiser"] or missing())),
        (_("Participation"), escape(labels.attendance_mode(row["attendance_mode"]))),
        (_("Prix"), escape(_price(row))),
        (_("Public"), escape(_ages(row["age_min"], row["age_max"]))),
        (_("Accessibilité"), escape(", ".join(map(labels.accessibility, row["accessibility"])) or missing())),
        (_("Source"), escape(f"{row['source']} ({row['licence'] or _('licence non précisée')})")),
        (_("Mise à jour"), escape(day_name(local(row["updated_at"], "Europe/Paris").date()))),
    ]
    html = "".join(f"<dt>{escape(name)}</dt><dd>{value}</dd>" for name, value in facts if value)
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in (row["description"] or "").split("\n") if part.strip())
    text = f'<div class="prose">{paragraphs}</div>' if paragraphs else ""
    status = badge(row["status"])
    return (
        f'<div class="event">{f"<p>{status}</p>" if status else ""}{_outside(row)}{text}'
        f'{_actions(agenda, row, has_dates=not sessions.is_empty)}<dl class="facts">{html}</dl>'
        f"<p>{urls.anchor(agenda.link(), _('← Revenir à la liste'))}</p></div>"
    )


def split(sessions: Answer, today: date) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the sessions to come, the next first, and those that are over, the latest first."""
    upcoming = [row for row in sessions.rows if row["ends_on"] >= today]
    past = [row for row in sessions.rows if row["ends_on"] < today]
    return upcoming, past[::-1] if upcoming else past


def _outside(row: Mapping[str, Any]) -> str:
    if not row["in_campaign"]:
        words = _("Hors campagne : cet événement est gardé mais ne compte dans aucun total.")
    elif row["other_id"]:
        sentence = _("Doublon : cet événement garde son adresse mais ne compte dans aucun total. Celui qui compte :")
        original = urls.anchor(f"/agenda?event={row['other_id']}", row["other_title"])
        return f'<p class="under">{escape(sentence)} {original}</p>'
    elif row["status"] == "cancelled":
        words = _("Annulé : cet événement garde son adresse mais ne compte dans aucun total.")
    else:
        return ""
    return f'<p class="under">{escape(words)}</p>'


def _actions(agenda: Agenda, row: Mapping[str, Any], *, has_dates: bool) -> str:
    """Return what one can do; links to other sites are followed only when they are clicked."""
    links = []
    if row["in_campaign"] and has_dates:
        href = f"/api/v1/events/{row['event_id']}.ics"
        links.append(urls.anchor(href, _("Ajouter à mon agenda (.ics)"), "primary"))
    if row["in_campaign"]:
        is_in = row["event_id"] in agenda.shortlist
        words = _("Retirer de ma sélection") if is_in else _("Ajouter à ma sélection")
        links.append(urls.anchor(agenda.link(event=row["event_id"], shortlist=agenda.toggled(row["event_id"])), words))
    for field, words in (
        ("registration_url", _("S'inscrire")),
        ("online_url", _("Rejoindre en ligne")),
        ("url", _("Page de l'événement à la source")),
    ):
        if is_web(row[field]):
            links.append(urls.anchor(row[field], words))
    if row["lat"] is not None:
        to = f"{row['lat']:.5f},{row['lon']:.5f}"
        href = f"{ROUTE}?{urlencode({'to': to})}"
        words = _("Itinéraire") if row["place_precision"] == "address" else _("Itinéraire vers la commune")
        links.append(urls.anchor(href, _("{words} (openstreetmap.org)", words=words)))
    if report := report_link(row):
        links.append(f'<a href="{escape(report)}">{escape(_("Signaler une erreur"))}</a>')
    return f'<ul class="actions">{"".join(f"<li>{link}</li>" for link in links)}</ul>'


def report_link(row: Mapping[str, Any]) -> str:
    """Return the letter that reports an error in an event, to the address in the settings; "" without one."""
    if not settings().report_email:
        return ""
    subject = _("Erreur dans l'événement {event_id}", event_id=row["event_id"])
    page = f"{settings().public_url.rstrip('/')}/agenda?event={row['event_id']}"
    body = f"{row['title']}\n{page}\n\n{_('Ce qui est à corriger :')}\n"
    return f"mailto:{settings().report_email}?subject={quote(subject)}&body={quote(body)}"


def is_web(url: str | None) -> bool:
    """Return whether an address of a source is one of the web: others are not linked."""
    return bool(url) and str(url).startswith(("https://", "http://"))


def _when(row: Mapping[str, Any], upcoming: list[dict[str, Any]], past: list[dict[str, Any]]) -> str:
    if not upcoming and not past:
        return escape(_("Date inconnue (n. c.)"))
    if not upcoming:
        return f"{escape(_('Terminé :'))}<br>{_sessions(row, past)}"
    html = _sessions(row, upcoming, next_first=bool(past) or len(upcoming) > 1)
    if past:
        n = len(past)
        words = ngettext("{n} session passée", "{n} sessions passées", n, n=number(n))
        html += f"<details><summary>{escape(words)}</summary>{_sessions(row, past)}</details>"
    return html


def _sessions(row: Mapping[str, Any], listed: list[dict[str, Any]], *, next_first: bool = False) -> str:
    words = [
        escape(session(s["begins_at"], s["ends_at"], row["timezone"], is_all_day=s["is_all_day"]))
        for s in listed[:MOST_SESSIONS]
    ]
    if next_first:
        words[0] = f"<strong>{words[0]}</strong>"
    if len(listed) > MOST_SESSIONS:
        n = len(listed) - MOST_SESSIONS
        words.append(escape(ngettext("et {n} autre session", "et {n} autres sessions", n, n=number(n))))
    return "<br>".join(words)


def _where(row: Mapping[str, Any]) -> str:
    if row["attendance_mode"] == "online":
        return _("En ligne")
    commune = territories.with_name_of_today(row["commune"], row["commune_now"]) if row["commune"] else None
    parts = [
        row["venue"],
        row["address"],
        " ".join(p for p in (row["postcode"], commune) if p),
        row["departement"],
    ]
    nomenclature = nomenclature_of((row["edition"],) if row["edition"] else ())
    code = row[f"region_{nomenclature}_code"]
    region = catalog.label(f"region_{nomenclature}", code) if code else None
    beyond = labels.COLLECTIVITIES.get(row["country_code"] or "")
    place = ", ".join(part for part in [*parts, region, beyond] if part) or _("Lieu inconnu (n. c.)")
    return f"{place} – {labels.place_precision(row['place_precision']).lower()}"


def _price(row: Mapping[str, Any]) -> str:
    return row["conditions"] or missing()


def _ages(first: int | None, last: int | None) -> str:
    if first is None and last is None:
        return ""
    if last is None or last >= 99:
        return _("Tout public") if not first else _("À partir de {n} ans", n=number(first))
    return (
        _("De {first} à {last} ans", first=number(first), last=number(last))
        if first
        else _("Jusqu'à {n} ans", n=number(last))
    )


def _place(row: Mapping[str, Any]) -> None:
    towns = store.query(
        "towns_around",
        chosen=Filters(editions=(row["edition"],) if row["edition"] else ()),
        lat=row["lat"],
        lon=row["lon"],
        radius_km=TOWNS_KM,
        limit=40,
    )
    beyond = labels.COLLECTIVITIES.get(row["country_code"] or "")
    title = territories.commune(row["commune"]).inside if row["commune"] else beyond or _("Lieu inconnu")
    precision = {
        "address": _("Point placé à l'adresse"),
        "commune": _("Lieu connu à la commune : le cercle en montre le centre"),
    }.get(row["place_precision"], labels.place_precision(row["place_precision"]))
    tools = f'<p class="source files">{sharing.buttons("lieu")}</p>'
    drawn = place_map.svg(dict(row), towns.rows)
    figures.drawing(labels.capitalised(title), precision, drawn, files=tools, name="lieu")


def _nearby(agenda: Agenda, row: Mapping[str, Any]) -> None:
    """List the nearest counted events of the same edition, those to come if there are any."""
    if row["lat"] is None or not row["in_campaign"]:
        return
    here = Near(code="", name=row["commune"] or "", lat=row["lat"], lon=row["lon"])
    around = Filters(
        editions=(row["edition"],) if row["edition"] else (),
        near=here,
        radius_km=NEARBY_KM,
        as_of=agenda.chosen.as_of,
        lang=agenda.chosen.lang,
    )
    since = moment.day_of(agenda.chosen) if agenda.season.is_on else None
    events = store.query(
        "events_listed",
        chosen=around.replace(from_day=since),
        since=since,
        by_distance=True,
        limit=MOST_NEARBY + 1,
        offset=0,
    )
    rows = [other for other in events.values if other[0] != row["event_id"]][:MOST_NEARBY]
    if rows:
        figures.heading(_("À proximité"), _("Les plus proches, à {n} km au plus", n=number(NEARBY_KM)))
        listing(agenda.chosen, Answer(events.columns, tuple(rows)), agenda)
