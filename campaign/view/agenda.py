"""The parts of the agenda: a list by day, and one event's own page."""

from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from campaign import address, catalog
from campaign.filters import Filters
from campaign.language import _, current
from campaign.store import Answer
from campaign.view import figures
from campaign.wording import labels
from campaign.wording.dates import day_name, hour, session
from campaign.wording.numbers import missing, number

PER_PAGE = 50
MODES_TO_SAY = ("online", "mixed")
STATUSES_TO_SAY = ("rescheduled", "moved_online", "postponed", "full", "cancelled")


def local(moment: datetime, zone: str) -> datetime:
    """Return a moment in its place's zone."""
    return moment.astimezone(ZoneInfo(zone))


def listing(chosen: Filters, answer: Answer) -> None:
    """Draw the events of one page of the list, in order of their beginning."""
    st.html(f'<ul class="events">{"".join(_item(chosen, row) for row in answer.rows)}</ul>')


def _item(chosen: Filters, row: Mapping[str, Any]) -> str:
    when = _("Date inconnue (n. c.)")
    if row["starts_at"]:
        begins = local(row["starts_at"], row["timezone"])
        more = f" · {escape(_('{n} sessions', n=number(row['n_sessions'])))}" if row["n_sessions"] > 1 else ""
        when = f"<span>{day_name(begins.date(), with_weekday=True)}</span> <span>{hour(begins)}{more}</span>"
    kind = row["label_en"] if current() == "en" else row["label_fr"]
    place = ", ".join(part for part in (row["venue"], row["commune"]) if part)
    if row["departement"]:
        place = f"{place} ({row['departement']})" if place else row["departement"]
    if row["attendance_mode"] in MODES_TO_SAY:
        mode = labels.attendance_mode(row["attendance_mode"])
        place = f"{mode} · {place}" if place else mode
    far = _("à {n} km", n=number(row["distance_km"], 1)) if row["distance_km"] is not None else ""
    meta = " · ".join(escape(part) for part in (kind, place or _("Lieu inconnu"), far, row["organiser"] or "") if part)
    href = escape(address.link("agenda", chosen, event=row["event_id"]))
    return (
        f'<li><div class="when">{when}</div><div class="what"><a href="{href}">{escape(row["title"])}</a> '
        f'{_badge(row["status"])}<p class="meta">{meta}</p></div></li>'
    )


def _badge(status: str) -> str:
    return f'<span class="badge">{escape(labels.status(status))}</span>' if status in STATUSES_TO_SAY else ""


def pager(chosen: Filters, page: int, total: int) -> None:
    """Draw the links to the pages before and after."""
    last = max(1, -(-total // PER_PAGE))
    links = []
    if page > 1:
        links.append(address.anchor(address.link("agenda", chosen, page=page - 1), _("← Précédents")))
    links.append(escape(_("page {page} sur {last}", page=number(page), last=number(last))))
    if page < last:
        links.append(address.anchor(address.link("agenda", chosen, page=page + 1), _("Suivants →")))
    st.html(
        f'<nav class="pager" aria-label="{escape(_("Pages de la liste"))}">{" ".join(f"<span>{x}</span>" for x in links)}</nav>'
    )


def page_number(text: str | None, total: int) -> int:
    """Return the asked page of the list, within what there is."""
    asked = int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1
    return min(max(asked, 1), max(1, -(-total // PER_PAGE)))


def event(chosen: Filters, row: Mapping[str, Any], sessions: Answer) -> None:
    """Draw one event: when, where, who, what, with how precisely the place is known."""
    facts = [
        (_("Quand"), _when(row, sessions)),
        (_("Où"), _where(row)),
        (_("Type"), row["type_label_en"] if current() == "en" else row["type_label"]),
        (_("Thèmes"), ", ".join(row["theme_labels"] or []) or missing()),
        (_("Organisateur"), row["organiser"] or missing()),
        (_("Participation"), labels.attendance_mode(row["attendance_mode"])),
        (_("Conditions"), row["conditions"]),
        (_("Accessibilité"), ", ".join(labels.accessibility(code) for code in row["accessibility"])),
        (_("Source"), f"{row['source']} ({row['licence'] or _('licence non précisée')})"),
        (_("Mise à jour"), day_name(local(row["updated_at"], "Europe/Paris").date())),
    ]
    html = "".join(f"<dt>{escape(name)}</dt><dd>{value}</dd>" for name, value in _shown(facts))
    links = [
        *(
            [address.anchor(f"/api/v1/events/{row['event_id']}.ics", _("Ajouter à mon agenda (.ics)"))]
            if row["in_campaign"] and not sessions.is_empty
            else []
        ),
        *([address.anchor(row["url"], _("Page de l'événement à la source"))] if _is_web(row["url"]) else []),
        *([address.anchor(row["registration_url"], _("Inscription"))] if _is_web(row["registration_url"]) else []),
    ]
    text = f'<div class="prose"><p>{escape(row["description"])}</p></div>' if row["description"] else ""
    st.html(
        f'<p>{_badge(row["status"])}</p>{text}<dl class="facts">{html}</dl><p class="pager">{" ".join(links)}</p>'
        f"<p>{address.anchor(address.link('agenda', chosen), _('← Revenir à la liste'))}</p>"
    )
    if not row["in_campaign"]:
        figures.note(_("Hors campagne : cet événement est gardé mais ne compte dans aucun total."))
    elif row["twin_id"]:
        twin = address.anchor(address.link("agenda", chosen, event=row["twin_id"]), row["twin_title"])
        said = _("Doublon : cet événement garde son adresse mais ne compte dans aucun total. Celui qui compte :")
        st.html(f'<p class="under">{escape(said)} {twin}</p>')
    elif row["status"] == "cancelled":
        figures.note(_("Annulé : cet événement garde son adresse mais ne compte dans aucun total."))


def _shown(facts: list[tuple[str, str | None]]) -> list[tuple[str, str]]:
    html_ready = {_("Quand")}
    return [(name, value if name in html_ready else escape(value)) for name, value in facts if value]


def _is_web(url: str | None) -> bool:
    return bool(url) and str(url).startswith(("https://", "http://"))


def _when(row: Mapping[str, Any], sessions: Answer) -> str:
    if sessions.is_empty:
        return escape(_("Date inconnue (n. c.)"))
    words = [
        escape(session(s["begins_at"], _within(s), row["timezone"], is_all_day=s["is_all_day"]))
        for s in sessions.rows[:60]
    ]
    if len(sessions.values) > 60:
        words.append(escape(_("et {n} autres sessions", n=number(len(sessions.values) - 60))))
    return "<br>".join(words)


def _within(row: Mapping[str, Any]) -> datetime | None:
    """Return a session's end; for whole days an instant within its last day."""
    ends: datetime | None = row["ends_at"]
    if ends is None or not row["is_all_day"]:
        return ends
    begins: datetime = row["begins_at"]
    return ends - (ends - begins) / 1000


def _where(row: Mapping[str, Any]) -> str:
    if row["attendance_mode"] == "online":
        return _("En ligne")
    parts = [
        row["venue"],
        row["address"],
        " ".join(p for p in (row["postcode"], row["commune"]) if p),
        row["departement"],
    ]
    region = catalog.label("region_2014", row["region_2014_code"]) if row["region_2014_code"] else None
    place = ", ".join(part for part in [*parts, region] if part) or _("Lieu inconnu (n. c.)")
    return f"{place} – {labels.place_precision(row['place_precision']).lower()}"
