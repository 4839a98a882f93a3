"""Mail by SMTP: text and HTML of one message, over TLS, to one recipient after the other."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from typing import Final

from campaign.core.errors import SendError
from campaign.core.language import say
from campaign.core.settings import settings
from campaign.messages.recipients import is_address

PATIENCE_S: Final = 30.0
LEAST_PATIENCE_S: Final = (
    5.0  # with a server that has left several messages without an answer: the others wait behind them
)
LONGEST_SUBJECT: Final = 200
POLICY: Final = SMTP.clone(cte_type="7bit")  # any server takes it
CLOSING: Final = 421
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


class RefusedError(SendError):
    """The server refuses one message for good: sending it again would not help."""


class UndeliveredError(SendError):
    """One message could not be delivered now; it may be later."""


def is_set() -> bool:
    """Whether mail can be sent at all."""
    return bool(settings().smtp_host)


def check() -> None:
    """Raise SendError for settings that cannot be used."""
    given = settings()
    if not given.smtp_host:
        raise SendError(
            say("Aucun serveur d'envoi n'est donné."), say("Réglez CAMPAIGN_SMTP_HOST (docs/reference.md).")
        )
    if not is_address(given.smtp_from):
        raise SendError(
            say("L'adresse d'où partent les messages manque ou n'en est pas une."), say("Réglez CAMPAIGN_SMTP_FROM.")
        )
    if given.smtp_user and given.smtp_tls == "none" and given.smtp_host not in LOOPBACK:
        raise SendError(
            say("Un mot de passe ne part pas en clair."),
            say("Réglez CAMPAIGN_SMTP_TLS (starttls ou tls), ou ôtez le compte."),
        )


def one_line(text: str) -> str:
    """Return a text as a header holds it: on one line, without control characters, of a length that can be read."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1]}…"


def compose(to: str, subject: str, text: str, html: str, *, key: str) -> EmailMessage:
    """Return a message; `key` is what it is about: sent twice by accident, it is the same message to a mail program."""
    sender = settings().smtp_from
    message = EmailMessage(policy=POLICY)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = one_line(subject)
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{sha256(f'{key} {to}'.encode()).hexdigest()[:40]}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    return message


class Mailbox:
    """A connection to the server, opened when it is first needed, and again where the server closed it."""

    def __init__(self) -> None:
        self._server: smtplib.SMTP | None = None
        self._patience_s = PATIENCE_S

    def send(self, message: EmailMessage) -> None:
        """Send one message to its only recipient; on a new connection where this one has taken as many as the server allows.

        Raises RefusedError or UndeliveredError where this one is not taken, SendError where none can be.
        """
        is_used = self._is_open
        try:
            self._send(self._connected(), message)
        except smtplib.SMTPSenderRefused as error:
            if not is_used or error.smtp_code != CLOSING:
                raise _refusal_of_sender(error) from error
            try:
                self._send(self._connected(), message)
            except smtplib.SMTPSenderRefused as again:
                raise _refusal_of_sender(again) from again

    def _send(self, server: smtplib.SMTP, message: EmailMessage) -> None:
        try:
            server.send_message(message, from_addr=settings().smtp_from, to_addrs=[str(message["To"])])
        except smtplib.SMTPSenderRefused:
            raise
        except smtplib.SMTPRecipientsRefused as error:
            raise _refusal(next(iter(error.recipients.values()))[0]) from error
        except smtplib.SMTPResponseException as error:
            raise _refusal(error.smtp_code) from error
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            self._patience_s = max(LEAST_PATIENCE_S, self._patience_s / 2)
            raise UndeliveredError(say("la connexion au serveur d'envoi s'est rompue.")) from error

    def close(self) -> None:
        """Take leave of the server."""
        if self._server is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._server.quit()
            self._server = None

    @property
    def _is_open(self) -> bool:
        return self._server is not None and self._server.sock is not None

    def _connected(self) -> smtplib.SMTP:
        if self._server is not None and self._is_open:
            return self._server
        given = settings()
        context = ssl.create_default_context()
        remedy = say("Vérifiez CAMPAIGN_SMTP_HOST, _PORT et _TLS.")
        try:
            if given.smtp_tls == "tls":
                server: smtplib.SMTP = smtplib.SMTP_SSL(
                    given.smtp_host, given.smtp_port, timeout=self._patience_s, context=context
                )
            else:
                server = smtplib.SMTP(given.smtp_host, given.smtp_port, timeout=self._patience_s)
        except (smtplib.SMTPException, OSError) as error:
            raise SendError(
                say("Le serveur d'envoi ne répond pas ({kind}).", kind=type(error).__name__), remedy
            ) from error
        self._server = server
        try:
            if given.smtp_tls == "starttls":
                server.starttls(context=context)
            if given.smtp_user:
                server.login(given.smtp_user, given.smtp_password.get_secret_value())
        except smtplib.SMTPAuthenticationError as error:
            self.close()
            raise SendError(
                say("Le serveur d'envoi refuse le compte ({smtp_code}).", smtp_code=error.smtp_code),
                say("Vérifiez CAMPAIGN_SMTP_USER et CAMPAIGN_SMTP_PASSWORD."),
            ) from None  # what the server said may repeat what it was given
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise SendError(
                say("Le serveur d'envoi ne s'ouvre pas comme demandé ({kind}).", kind=type(error).__name__), remedy
            ) from error
        return server


@contextmanager
def opened() -> Iterator[Mailbox]:
    """Give a mailbox, and take leave at the end; raises SendError for settings that cannot be used."""
    check()
    mailbox = Mailbox()
    try:
        yield mailbox
    finally:
        mailbox.close()


def _refusal(code: int) -> SendError:
    """Return what a server's answer to one message says; its words may hold the address, and are not repeated."""
    if 500 <= code < 600:
        return RefusedError(say("le serveur d'envoi refuse ce destinataire ou ce message ({code}).", code=code))
    return UndeliveredError(say("le serveur d'envoi demande d'attendre ({code}).", code=code))


def _refusal_of_sender(error: smtplib.SMTPSenderRefused) -> SendError:
    """Return what it means that no message of ours is begun: for now, or until a setting is another."""
    if error.smtp_code < 500:
        return SendError(say("Le serveur d'envoi demande d'attendre ({code}).", code=error.smtp_code))
    return SendError(
        say("Le serveur d'envoi refuse l'adresse d'où partent les messages ({smtp_code}).", smtp_code=error.smtp_code),
        say("Vérifiez CAMPAIGN_SMTP_FROM."),
    )
