"""Messages on their way: what is new is noticed, then goes once to whom it concerns; one who is refused leaves the others."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from campaign import store
from campaign.core import language
from campaign.core.errors import CampaignError, SendError
from campaign.core.html import templates
from campaign.core.language import LANGUAGES, Message, _, current, say
from campaign.core.settings import settings
from campaign.messages import alerts, journal, mail, recipients, webhook, words
from campaign.messages.journal import Alert, Journal
from campaign.messages.mail import Mailbox, RefusedError, UndeliveredError
from campaign.messages.recipients import Recipient
from campaign.profile import colours
from campaign.store import lake

TEMPLATES: Final = templates(Path(__file__).parent / "templates")
FRESH: Final = timedelta(days=3)  # an alert that could not be delivered is tried again so long
HOOK: Final = "webhook"
Clock = Callable[[], datetime]


@dataclass
class Delivered:
    """What became of a run: messages sent, those that had been sent before, what went wrong, in sentences."""

    sent: int = 0
    already: int = 0
    problems: list[str] = field(default_factory=list)


def base_url() -> str:
    """Return the public address, to which links lead; raises SendError without one."""
    public_url = settings().public_url.rstrip("/")
    if not public_url:
        raise SendError(
            say("L'adresse publique manque : les liens ne mèneraient nulle part."), say("Réglez CAMPAIGN_PUBLIC_URL.")
        )
    return public_url


def once(
    db: Path, known: Journal, keys: Sequence[str], to: str, send: Callable[[], None], result: Delivered, who: Message,
    clock: Clock,
) -> bool:  # fmt: skip
    """Send one message, and note at once that its keys went to somebody; `who` names them in what went wrong.

    Returns whether it was taken or refused for good: False where it is to be tried again.

    Raises SendError where no message can be sent at all.
    """
    try:
        send()
        result.sent += 1
    except UndeliveredError as error:
        result.problems.append(_("{who} : {problem}", who=who, problem=error))
        return False
    except RefusedError as error:
        result.problems.append(_("{who} : {problem}", who=who, problem=error))
    for key in keys:
        known.note_sent(key, to, clock())
    journal.save(db, known, clock())
    return True


def tell(db: Path, *, clock: Clock = lambda: datetime.now(UTC)) -> Delivered:
    """Notice what is new and send what is due, by the ways that are set; return what became of it.

    Raises StoreError or BusyError where it cannot be noted what was sent; what cannot be sent is among the problems.
    """
    result = Delivered()
    with journal.opened(db) as known, _one_file(db):
        now = clock()
        before = list(known.standing)
        if known.note(alerts.raised(db, now)) or known.standing != before:
            journal.save(db, known, now)
        fresh = [alert for alert in known.alerts if now - alert.moment <= FRESH]
        for way in (_by_mail, _by_webhook):
            try:
                way(db, known, fresh, result, clock)
            except CampaignError as error:
                result.problems.append(str(error))
    return result


def _one_file(db: Path) -> AbstractContextManager[object]:
    """Read one published file throughout; where there is none yet, sources alone have something to tell."""
    return store.snapshot() if lake.published(db).exists() else nullcontext()


def concerned(alert: Alert, listed: Sequence[Recipient]) -> list[Recipient]:
    """Return who hears of an alert: the country's recipients and its regions'; everybody where nobody else would."""
    recipients = [each for each in listed if each.region is None or each.region in alert.regions]
    return recipients or (list(listed) if not alert.regions else [])


def _by_mail(db: Path, known: Journal, fresh: Sequence[Alert], result: Delivered, clock: Clock) -> None:
    if not mail.is_set() or not fresh:
        return
    listed, bad = recipients.load()
    result.problems += map(str, bad)
    base = base_url()
    with mail.opened() as mailbox:
        for each in listed:
            due = [a for a in fresh if each in concerned(a, listed) and not known.is_sent(a.key, each.mark)]
            if due:
                _mail(db, known, due, each, base, mailbox, result, clock)


def _mail(
    db: Path, known: Journal, due: list[Alert], to: Recipient, base: str, mailbox: Mailbox, result: Delivered, clock: Clock
) -> None:  # fmt: skip
    with language.use(to.language):
        subject = words.subject(due)
        lines = [
            {"title": words.title(alert), "body": words.body(alert), "link": words.link(alert, base)} for alert in due
        ]
        why = _("Vous recevez ceci parce que votre adresse est sur la liste des destinataires de {site}.", site=base)
        text = "\n\n".join("\n".join((line["title"], line["body"], line["link"])) for line in lines) + f"\n\n{why}\n"
        html = TEMPLATES.get_template("alerts.html").render(
            lang=current(), subject=subject, lines=lines, see=_("Voir"), why=why, colours=colours.light()
        )
    keys = [alert.key for alert in due]
    message = mail.compose(to.address, subject, text, html, key="\n".join(keys))
    once(db, known, keys, to.mark, partial(mailbox.send, message), result, to.named, clock)


def _by_webhook(db: Path, known: Journal, fresh: Sequence[Alert], result: Delivered, clock: Clock) -> None:
    if not webhook.is_set():
        return
    base = base_url() if fresh else ""
    for alert in fresh:
        if known.is_sent(alert.key, HOOK):
            continue
        with language.use(LANGUAGES[0]):  # whoever reads it, not whoever ran this
            content = _content(alert, base)
        who = say("Alerte « {title} »", title=words.title(alert))
        if not once(db, known, [alert.key], HOOK, partial(webhook.send, content), result, who, clock):
            return  # whoever does not answer one will not answer the others: they wait for the next run


def _content(alert: Alert, base: str) -> dict[str, Any]:
    """Return what a webhook is given of an alert."""
    return {
        "id": alert.key,
        "kind": alert.kind,
        "at": alert.at,
        "title": words.title(alert),
        "text": words.body(alert),
        "url": words.link(alert, base),
        "regions": list(alert.regions),
        "edition": alert.edition,
    }
