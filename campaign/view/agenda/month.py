"""The agenda as a month: a grid of weeks at a desk, a list of days on a telephone, of the same events."""

from collections.abc import Mapping
from datetime import date, timedelta
from html import escape
from typing import Any, Final

from babel.dates import get_day_names

from campaign import store
from campaign.analysis import season
from campaign.core.language import _, current, ngettext
from campaign.view.agenda.address_state import Agenda
from campaign.view.agenda.listing import local
from campaign.wording import labels
from campaign.wording.dates import day_name, hour, month
from campaign.wording.numbers import number

PER_DAY: Final = 3


def shown_month(agenda: Agenda, requested_month: str | None, days: Mapping[date, int]) -> date:
    """Return the month to show: the requested one, that of today in season, else the fullest one."""
    if month := season.month_of(requested_month):
        return month
    since = agenda.since
    if since and any(day >= since for day in days):
        return min(day for day in days if day >= since).replace(day=1)
    if not days:
        return (agenda.season.first_day or agenda.season.today).replace(day=1)
    sums: dict[date, int] = {}
    for day, n in days.items():
        sums[day.replace(day=1)] = sums.get(day.replace(day=1), 0) + n
    return max(sums, key=lambda first: (sums[first], -first.toordinal()))


def html(agenda: Agenda, requested_month: str | None, total: int) -> str:
    """Return the month as a table of weeks, with links to the months before and after that hold something."""
    chosen = agenda.chosen.replace(unit="events")
    days = {row["day"]: row["count"] for row in store.query("events_by_day", chosen=chosen).rows}
    first = shown_month(agenda, requested_month, days)
    weeks = season.weeks(first)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    bounds = chosen.replace(from_day=max(first, chosen.from_day or first), to_day=min(last, chosen.to_day or last))
    events = store.query("agenda_month", chosen=bounds, n=PER_DAY) if bounds.from_day <= bounds.to_day else None  # type: ignore[operator]
    by_day: dict[date, list[dict[str, Any]]] = {}
    for row in events.rows if events else ():
        by_day.setdefault(row["day"], []).append(row)
    names = get_day_names("wide", locale=current())
    heads = "".join(f'<th scope="col">{escape(names[n])}</th>' for n in range(7))
    body = "".join(
        f"<tr>{''.join(_cell(agenda, day, first, days.get(day, 0), by_day.get(day, [])) for day in week)}</tr>"
        for week in weeks
    )
    title = labels.capitalised(f"{month(first.month)} {first.year}")
    return (
        f'{_months(agenda, first, days)}<table class="month"><caption>{escape(title)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{_undated(agenda, total)}"
    )


def _months(agenda: Agenda, first: date, days: Mapping[date, int]) -> str:
    before = max((day for day in days if day < first), default=None)
    after = min((day for day in days if day >= (first + timedelta(days=31)).replace(day=1)), default=None)
    links = [
        f'<a rel="{rel}" href="{escape(agenda.link(month=f"{day:%Y-%m}"))}">{escape(words)}</a>'
        for rel, day, words in (
            ("prev", before, _("← {month}", month=month(before.month)) if before else ""),
            ("next", after, _("{month} →", month=month(after.month)) if after else ""),
        )
        if day
    ]
    return f'<nav class="months" aria-label="{escape(_("Mois"))}">{" ".join(links)}</nav>' if links else ""


def _cell(agenda: Agenda, day: date, first: date, n: int, events: list[dict[str, Any]]) -> str:
    if day.month != first.month:
        return '<td class="beside"></td>'
    is_today = day == agenda.season.today
    css = " ".join(name for name, holds in (("today", is_today), ("none", n == 0)) if holds)
    label = day_name(day, with_weekday=True, with_year=False)
    now = ' aria-current="date"' if is_today else ""
    head = (
        f'<span class="day"{now}><span class="number">{day.day}</span><span class="named">{escape(label)}</span></span>'
    )
    if n == 0:
        return f'<td class="{css}">{head}</td>'
    href = escape(agenda.link(agenda.chosen.replace(from_day=day, to_day=day), view=None, month=None))
    words = ngettext("{n} événement", "{n} événements", n, n=number(n))
    items = "".join(f"<li>{_event(agenda, row)}</li>" for row in events)
    return (
        f'<td class="{css}">{head}<a class="count" href="{href}">{escape(words)}'
        f'<span class="unseen"> {escape(label)}</span></a><ul>{items}</ul></td>'
    )


def _event(agenda: Agenda, row: Mapping[str, Any]) -> str:
    at = "" if row["is_all_day"] else f"<time>{escape(hour(local(row['begins_at'], row['timezone'])))}</time> "
    return f'{at}<a href="{escape(agenda.link(event=row["event_id"], month=None))}">{escape(row["title"])}</a>'


def _undated(agenda: Agenda, total: int) -> str:
    """Return how many events of the list a calendar cannot show, and that one may stand on several days."""
    dated = store.query("agenda_dated", chosen=agenda.chosen.replace(unit="events")).one["n_dated"]
    sentences = [_("Un événement de plusieurs jours figure à chacun d'eux.")]
    if total > dated:
        n = total - dated
        sentences.append(
            ngettext(
                "{n} événement sans date n'y figure pas.", "{n} événements sans date n'y figurent pas.", n, n=number(n)
            )
        )
    return f'<p class="under">{escape(" ".join(sentences))}</p>'
