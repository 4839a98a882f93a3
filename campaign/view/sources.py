"""The parts of the page of followed sources: how each is, what it brought, what is wrong and what to do."""

from collections.abc import Sequence
from datetime import UTC, datetime

from campaign.core.language import _
from campaign.core.settings import settings
from campaign.follow.statuses import SourceStatus
from campaign.view.components import figures
from campaign.view.components.figures import Cell, Column
from campaign.wording import sources as words
from campaign.wording.dates import moment_name
from campaign.wording.numbers import missing


def sentence(sources: Sequence[SourceStatus]) -> str:
    """Return the page's answer."""
    n_wrong = sum(each.status in ("held", "failed") for each in sources)
    n_silent = sum(each.is_stale and each.status not in ("held", "failed") for each in sources)
    return words.sentence(len(sources), n_wrong, n_silent)


def details(sources: Sequence[SourceStatus]) -> str:
    """Return what stands under it."""
    if not sources:
        if settings().has_signin:
            return _("Les coordinateurs en ajoutent sur la page Import, après s'être connectés.")
        return _("La personne qui tient le serveur en ajoute par la commande campaign follow.")
    return _(
        "Chaque source est lue d'elle-même, en ce qui a changé, puis en entier : seule une lecture entière retire des "
        "événements. Ce qui la viderait est retenu jusqu'à ce que quelqu'un le laisse passer."
    )


def table(sources: Sequence[SourceStatus]) -> None:
    """Draw one line per source."""
    if not sources:
        return
    columns = [
        Column(_("Source"), "name", is_head=True),
        Column(_("État"), "status"),
        Column(_("Dernière lecture réussie"), "success"),
        Column(_("Dernier changement"), "change"),
        Column(_("Prochaine lecture"), "next"),
        Column(_("Licence"), "licence"),
    ]
    figures.table(columns, [_row(each) for each in sources], caption=_("Sources suivies"), css="stacked")


def wrong(sources: Sequence[SourceStatus]) -> None:
    """Draw what is held or fails, since when, and the remedy."""
    listed = [each for each in sources if each.reason and each.status in ("held", "failed")]
    if not listed:
        return
    figures.heading(_("À voir"), _("Le fichier publié garde le dernier état qui a été lu."))
    columns = [
        Column(_("Source"), "name", is_head=True),
        Column(_("Depuis"), "since"),
        Column(_("Ce qui ne va pas"), "reason"),
        Column(_("Que faire"), "remedy"),
    ]
    rows = [
        {
            "name": Cell(each.name),
            "since": Cell(_moment(each.wrong_since)),
            "reason": Cell(words.reason(each.reason, each.values)),
            "remedy": Cell(remedy := words.remedy(each.reason), html=figures.with_options(remedy)),
        }
        for each in listed
        if each.reason
    ]
    figures.table(columns, rows, caption=_("Sources à voir"), css="stacked")
    figures.heading(_("Sources suivies"))


def _row(each: SourceStatus) -> dict[str, Cell]:
    status = words.status(each.status)
    if each.silent_since is not None:
        time = words.duration(datetime.now(UTC) - each.silent_since)
        is_well = each.status == "ok"  # as far as is known: it has not been read since
        silent = _("muette depuis {time}", time=time)
        status = silent if is_well else f"{status}, {silent}"
    note = words.whole_only() if each.is_whole_only else words.feed() if each.is_feed else ""
    change = _moment(each.last_change)
    brought = words.changes(each.changes)
    return {
        "name": figures.noted_cell(each.name, note) if note else Cell(each.name),
        "status": Cell(status),
        "success": Cell(_moment(each.last_success)),
        "change": figures.noted_cell(change, brought) if brought else Cell(change),
        "next": Cell(words.status("paused") if each.status == "paused" else _moment(each.next_run)),
        "licence": Cell(each.licence),
    }


def _moment(moment: datetime | None) -> str:
    return moment_name(moment) if moment else missing()
