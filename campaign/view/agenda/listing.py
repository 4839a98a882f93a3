"""The agenda's list by day, and its pages."""

from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from campaign.core.language import _, current
from campaign.filters import Filters, urls
from campaign.store import Answer
from campaign.view.agenda.address_state import Agenda
from campaign.view.frame import parameters, pieces
from campaign.wording import labels
from campaign.wording.dates import day_name, hour
from campaign.wording.numbers import number

MODES_TO_SAY = ("online", "mixed")
STATUSES_TO_SAY = ("rescheduled", "moved_online", "postponed", "full", "cancelled")


def local(moment: datetime, zone: str) -> datetime:
    """Return a moment in its place's zone."""
    return moment.astimezone(ZoneInfo(zone))


def listing(chosen: Filters, answer: Answer, agenda: Agenda | None = None) -> None:
    """Draw the events of one page of the list; with `agenda`, upcoming and past apart and with a star to put them aside."""
    if agenda is None or not any(row["is_past"] for row in answer.rows):
        pieces.draw(_list(chosen, answer.rows, agenda))
        return
    upcoming = [row for row in answer.rows if not row["is_past"]]
    past = [row for row in answer.rows if row["is_past"]]
    html = _list(chosen, upcoming, agenda) if upcoming else ""
    pieces.draw(f'{html}<h2 class="part">{escape(_("Passés"))}</h2>{_list(chosen, past, agenda)}')


def _list(chosen: Filters, rows: list[dict[str, Any]], agenda: Agenda | None) -> str:
    return f'<ul class="events">{"".join(_item(chosen, row, agenda) for row in rows)}</ul>'


def _item(chosen: Filters, row: Mapping[str, Any], agenda: Agenda | None) -> str:
    when = _("Date inconnue (n. c.)")
    if row["next_at"]:
        begins = local(row["next_at"], row["timezone"])
        more = f" · {escape(_('{n} sessions', n=number(row['n_sessions'])))}" if row["n_sessions"] > 1 else ""
        when = f"<span>{day_name(begins.date(), with_weekday=True)}</span> <span>{hour(begins)}{more}</span>"
    kind = row["label_en"] if current() == "en" else row["label_fr"]
    place = ", ".join(part for part in (row["venue"], row["commune"]) if part)
    around = row["departement"] or labels.COLLECTIVITIES.get(row["country_code"] or "")
    if around:
        place = f"{place} ({around})" if place else around
    if row["attendance_mode"] in MODES_TO_SAY:
        mode = labels.attendance_mode(row["attendance_mode"])
        place = f"{mode} · {place}" if place else mode
    far = _("à {n} km", n=number(row["distance_km"], 1)) if row["distance_km"] is not None else ""
    price = labels.price(True) if row["is_free"] else ""
    parts = (kind, place or _("Lieu inconnu"), far, row["organiser"] or "", price)
    meta = " · ".join(escape(part) for part in parts if part)
    href = agenda.link(event=row["event_id"]) if agenda else urls.link("agenda", chosen, event=row["event_id"])
    star = star_html(agenda, row["event_id"], row["title"]) if agenda else ""
    return (
        f'<li><div class="when">{when}</div><div class="what"><a href="{escape(href)}">{escape(row["title"])}</a> '
        f'{badge(row["status"])}{star}<p class="meta">{meta}</p></div></li>'
    )


def star_html(agenda: Agenda, event_id: str, title: str, **local: str) -> str:
    """Return the link that puts an event aside, or takes it back."""
    is_in = event_id in agenda.shortlist
    words = _("Retirer de ma sélection") if is_in else _("Ajouter à ma sélection")
    href = escape(agenda.link(shortlist=agenda.toggled(event_id), **local))
    return (
        f'<a class="star" href="{href}" title="{escape(words)}"{" aria-current=true" if is_in else ""}>'
        f'<span aria-hidden="true">{"★" if is_in else "☆"}</span>'
        f'<span class="unseen">{escape(words)}{_(" : ")}{escape(title)}</span></a>'
    )


def badge(status: str) -> str:
    """Return what a status says, if it is not simply planned."""
    return f'<span class="badge">{escape(labels.status(status))}</span>' if status in STATUSES_TO_SAY else ""


def pager(agenda: Agenda, page: int, total: int) -> None:
    """Draw the links to the pages before and after."""
    last = max(1, -(-total // parameters.PER_PAGE))
    links = []
    if page > 1:
        links.append(urls.anchor(agenda.link(page=page - 1), _("← Précédents")))
    links.append(escape(_("page {page} sur {last}", page=number(page), last=number(last))))
    if page < last:
        links.append(urls.anchor(agenda.link(page=page + 1), _("Suivants →")))
    pieces.draw(
        f'<nav class="pager" aria-label="{escape(_("Pages de la liste"))}">{" ".join(f"<span>{x}</span>" for x in links)}</nav>'
    )
