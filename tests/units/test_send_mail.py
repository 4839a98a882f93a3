"""Mail by a server on loopback: TLS, accounts, refusals, headers; and the file of those who receive it."""

import smtplib
from pathlib import Path

import pytest
import trustme
from pydantic import SecretStr

from campaign.core.errors import SendError
from campaign.core.language import typeset
from campaign.core.settings import settings
from campaign.messages import mail, recipients
from campaign.messages.mail import RefusedError, UndeliveredError
from tests.mailing import BROKEN, LATER, REFUSED, html_of, plain_of, receiving

PASSWORD = "mot-de-passe"  # noqa: S105 - of a server on loopback


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the authority for one that the system knows."""
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))


@pytest.fixture(autouse=True)
def sender(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "smtp_host", "localhost")
    monkeypatch.setattr(settings(), "smtp_from", "tableau@exemple.fr")


def use(monkeypatch: pytest.MonkeyPatch, port: int, tls: str, *, password: str = "") -> None:
    monkeypatch.setattr(settings(), "smtp_port", port)
    monkeypatch.setattr(settings(), "smtp_tls", tls)
    monkeypatch.setattr(settings(), "smtp_user", "tableau" if password else "")
    monkeypatch.setattr(settings(), "smtp_password", SecretStr(password))


def send(to: str = "marie@exemple.fr", subject: str = "Objet") -> None:
    with mail.opened() as mailbox:
        mailbox.send(mail.compose(to, subject, "Texte à lire\n", "<p>Texte à lire</p>", key="essai"))


@pytest.mark.parametrize("tls", ["starttls", "tls"])
@pytest.mark.usefixtures("trusted")
def test_mail_goes_over_tls_as_text_and_html(tls: str, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving(tls, authority) as letters:
        use(monkeypatch, letters.port, tls)
        send()
    (message,) = letters.to("marie@exemple.fr")
    assert letters.was_encrypted == [True]
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert plain_of(message) == "Texte à lire\n"
    assert html_of(message).strip() == "<p>Texte à lire</p>"


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_server_that_nobody_vouches_for_gets_nothing(
    tls: str, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    with receiving(tls, authority) as letters:
        use(monkeypatch, letters.port, tls)
        with pytest.raises(SendError, match="SSLCertVerificationError"):
            send()
    assert letters.taken == []


@pytest.mark.usefixtures("trusted")
def test_an_account_is_given_over_tls(authority: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving("starttls", authority, with_account=True) as letters:
        use(monkeypatch, letters.port, "starttls", password=PASSWORD)
        send()
    assert letters.logins == [("tableau", PASSWORD)]
    assert len(letters.taken) == 1


@pytest.mark.usefixtures("trusted")
def test_a_refused_account_is_told_without_its_password(authority: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving("starttls", authority, with_account=True) as letters:
        use(monkeypatch, letters.port, "starttls", password="un-autre-secret")  # noqa: S106
        with pytest.raises(SendError, match="CAMPAIGN_SMTP_PASSWORD") as refused:
            send()
    assert "un-autre-secret" not in f"{refused.value.for_log} {refused.value.__cause__}"


def test_no_password_leaves_in_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, 25, "none", password=PASSWORD)
    monkeypatch.setattr(settings(), "smtp_host", "smtp.exemple.fr")
    monkeypatch.setattr(smtplib, "SMTP", None)  # nobody is even called
    with pytest.raises(SendError, match="en clair"):
        send()


def test_a_server_that_does_not_offer_tls_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving("none") as letters:
        use(monkeypatch, letters.port, "starttls")
        with pytest.raises(SendError, match="comme demandé"):
            send()
    assert letters.taken == []


def test_one_refused_recipient_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving("none") as letters, mail.opened() as mailbox:
        use(monkeypatch, letters.port, "none")
        letters.answers = {"non@exemple.fr": REFUSED, "tard@exemple.fr": LATER}
        with pytest.raises(RefusedError, match="550"):
            mailbox.send(mail.compose("non@exemple.fr", "a", "a", "a", key="a"))
        with pytest.raises(UndeliveredError, match="451"):
            mailbox.send(mail.compose("tard@exemple.fr", "a", "a", "a", key="a"))
        mailbox.send(mail.compose("marie@exemple.fr", "a", "a", "a", key="a"))
    assert [to for to, _message in letters.taken] == ["marie@exemple.fr"]


def test_a_server_that_takes_few_messages_on_a_connection_is_called_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving("none") as letters, mail.opened() as mailbox:
        use(monkeypatch, letters.port, "none")
        letters.per_connection = 1
        for to in ("marie@exemple.fr", "paul@exemple.fr"):
            mailbox.send(mail.compose(to, "a", "a", "a", key="a"))
        letters.per_connection = 0
        with pytest.raises(SendError, match="demande d'attendre"):
            mailbox.send(mail.compose("zoe@exemple.fr", "a", "a", "a", key="a"))
    assert [to for to, _message in letters.taken] == ["marie@exemple.fr", "paul@exemple.fr"]


def test_who_leaves_messages_without_an_answer_is_waited_for_less_and_less(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty recipients of such a server would take a timer's whole time, and keep the others from theirs."""
    waits = []

    class Noting(smtplib.SMTP):
        def __init__(self, host: str, port: int, *, timeout: float) -> None:
            waits.append(timeout)
            super().__init__(host, port, timeout=timeout)

    monkeypatch.setattr(smtplib, "SMTP", Noting)
    with receiving("none") as letters, mail.opened() as mailbox:
        use(monkeypatch, letters.port, "none")
        letters.answers = {"non@exemple.fr": BROKEN}
        for _try in range(4):
            with pytest.raises(UndeliveredError):
                mailbox.send(mail.compose("non@exemple.fr", "a", "a", "a", key="a"))
        mailbox.send(mail.compose("marie@exemple.fr", "a", "a", "a", key="a"))
    assert waits == [30.0, 15.0, 7.5, 5.0, 5.0]
    assert [to for to, _message in letters.taken] == ["marie@exemple.fr"]


@pytest.mark.parametrize(
    "subject",
    ["Bretagne\r\nBcc: x@exemple.fr", "Bretagne\nBcc: x@exemple.fr", "a\u2028Bcc: x@exemple.fr", "a\x85b\x00c"],
)
def test_no_title_adds_a_header(subject: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving("none") as letters:
        use(monkeypatch, letters.port, "none")
        send(subject=subject)
    ((to, message),) = letters.taken
    assert to == "marie@exemple.fr"
    assert message["Bcc"] is None
    assert str(message["Subject"]).isprintable()


def test_a_message_is_known_by_what_it_is_about_and_to_whom_it_goes() -> None:
    def known_by(to: str, key: str, subject: str = "Objet") -> str:
        return str(mail.compose(to, subject, "Texte", "<p>Texte</p>", key=key)["Message-ID"])

    first = known_by("marie@exemple.fr", "digest:2014:53:2014-41")
    assert first.endswith("@exemple.fr>")
    assert "marie" not in first
    assert known_by("marie@exemple.fr", "digest:2014:53:2014-41", "Un autre objet") == first
    assert known_by("marie@exemple.fr", "digest:2014:53:2014-42") != first
    assert known_by("paul@exemple.fr", "digest:2014:53:2014-41") != first


@pytest.mark.parametrize("host", ["", "tableau@exemple.fr"])
def test_settings_that_are_missing_are_named(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "smtp_host", host)
    monkeypatch.setattr(settings(), "smtp_from", "")
    with pytest.raises(SendError, match="CAMPAIGN_SMTP_FROM" if host else "CAMPAIGN_SMTP_HOST"):
        send()


# Who receives


def listed(tmp_path: Path, text: str) -> tuple[list[recipients.Recipient], list[str]]:
    path = tmp_path / "recipients.csv"
    path.write_text(text, "utf-8")
    people, bad = recipients.load(path)
    return people, [str(line) for line in bad]


def test_recipients_are_read_with_their_region_and_language(tmp_path: Path) -> None:
    people, bad = listed(
        tmp_path,
        "\ufeffaddress;region;language\n\n# une note\nmarie@exemple.fr;53;fr\n paul@exemple.fr ; FR ; en \nzoe@exemple.fr\n",
    )
    assert [(r.line, r.address, r.region, r.language) for r in people] == [
        (4, "marie@exemple.fr", "53", "fr"),
        (5, "paul@exemple.fr", None, "en"),
        (6, "zoe@exemple.fr", None, "fr"),
    ]
    assert bad == []


@pytest.mark.parametrize(
    ("line", "value", "reason"),
    [
        ("marie;53;fr", "marie", "adresse électronique"),
        ("Marie <marie@exemple.fr>;53;fr", "Marie <marie@exemple.fr>", "adresse électronique"),
        ("a@exemple.fr,b@exemple.fr;53;fr", "a@exemple.fr,b@exemple.fr", "adresse électronique"),
        ("mаrie@exemple.fr;53;fr", "mаrie@exemple.fr", "adresse électronique"),
        ("a@exemple.fr;99;fr", "99", "code d'aucune région"),
        ("a@exemple.fr;53;de", "de", "langue"),
        ("a@exemple.fr;53;fr;encore", "encore", "de trop"),
        ("MARIE@exemple.fr;53;en", "MARIE@exemple.fr", "déjà à la ligne 1"),
    ],
)
def test_a_line_that_is_not_understood_is_told_and_leaves_the_others(
    tmp_path: Path, line: str, value: str, reason: str
) -> None:
    people, (bad,) = listed(tmp_path, f"marie@exemple.fr;53;fr\n{line}\nzoe@exemple.fr;11;en\n")
    assert [r.address for r in people] == ["marie@exemple.fr", "zoe@exemple.fr"]
    assert bad.startswith(typeset(f"recipients.csv, ligne 2 : « {value} »"))
    assert reason in bad


def test_nobody_is_listed_without_a_file(tmp_path: Path) -> None:
    assert recipients.load(tmp_path / "rien.csv") == ([], [])
