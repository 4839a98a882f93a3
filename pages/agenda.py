"""What takes place, where and when?"""

from campaign import store
from campaign.language import _
from campaign.view import agenda, choice, figures, overview
from campaign.wording import sentences

chosen = choice.current()
event_id = choice.local("event")
found = store.query("event", event_id=event_id) if event_id else None

if found is not None and not found.is_empty:
    figures.answer("agenda", found.one["title"])
    agenda.event(chosen, found.one, store.query("event_sessions", event_id=event_id))
else:
    events = chosen.but(unit="events")
    totals = store.query("event_totals", **events.params()).one
    page = agenda.page_number(choice.local("page"), totals["total"])
    listed = store.query("events_listed", chosen=events, limit=agenda.PER_PAGE, offset=(page - 1) * agenda.PER_PAGE)
    figures.answer(
        "agenda",
        sentences.agenda(totals["total"], place=overview.place_of(chosen)),
        sentences.placement(totals["located"], totals["online"], totals["unlocated"]),
    )
    if event_id:
        figures.note(_("L'événement demandé n'existe pas ou n'est plus publié ; voici la liste."))
    if listed.is_empty:
        figures.empty("agenda", chosen)
    else:
        agenda.listing(chosen, listed)
        agenda.pager(chosen, page, totals["total"])
    figures.source_line(events, exports=figures.programme_links(events))
