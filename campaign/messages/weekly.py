"""The weekly note of each recipient's territory, by mail, once a week."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from campaign.core import language
from campaign.core.language import _
from campaign.filters import Filters, codes, urls
from campaign.messages import journal, mail, recipients
from campaign.messages.delivery import Clock, Delivered, base_url, once
from campaign.messages.recipients import Recipient
from campaign.report import digest as notes
from campaign.report.digest import Digest, Line, Part


def send(
    db: Path,
    country: Filters,
    last_day: date,
    *,
    regions: Sequence[str] = (),
    n_days: int = notes.DAYS,
    clock: Clock = lambda: datetime.now(UTC),
) -> Delivered:
    """Send each recipient the note of their territory in their language, if this week's has not gone to them.

    `country` is the choice without a region (one edition); `regions`, if given, leaves out recipients of others. Raises
    SendError where no message can be sent at all, StoreError or BusyError where it cannot be noted.
    """
    result = Delivered()
    base = base_url()
    listed, bad = recipients.load()
    result.problems += map(str, bad)
    week = last_day.isocalendar()
    with journal.opened(db) as known, mail.opened() as mailbox:
        for to in listed:
            if regions and to.region not in regions:
                continue
            key = f"digest:{country.edition}:{to.region or 'FR'}:{week.year}-{week.week:02}"
            if known.is_sent(key, to.mark):
                result.already += 1
                continue
            with language.use(to.language):
                note = with_link(notes.digest(chosen := _of(country, to), last_day, base, n_days=n_days), chosen, base)
                message = mail.compose(to.address, note.title, notes.text(note), notes.html(note), key=key)
            once(db, known, [key], to.mark, partial(mailbox.send, message), result, to.named, clock)
    return result


def with_link(note: Digest, chosen: Filters, base: str) -> Digest:
    """Return a note with the address of the view that it is of."""
    view = Part(_("La page"), (Line(_("Le rythme, sur le tableau de bord"), base + urls.lasting_link("pace", chosen)),))
    return Digest(note.title, note.opening, (*note.parts, view), note.closing)


def _of(country: Filters, to: Recipient) -> Filters:
    """Return the choice of a recipient's territory, in the nomenclature that has their region."""
    chosen = country.replace(lang=to.language)
    if to.region is None:
        return chosen
    if to.region in codes().regions[chosen.nomenclature]:
        return chosen.replace(regions=(to.region,))
    return chosen.replace(nomenclature=2014 if chosen.nomenclature == 2016 else 2016, regions=(to.region,))
