"""Alerts of several machines over one lake: what one has sent, no other sends again."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from campaign.api import alerts as feed
from campaign.core.errors import BusyError, LakeAwayError
from campaign.core.settings import settings
from campaign.follow import followed, state
from campaign.follow.followed import Followed
from campaign.follow.state import SourceState
from campaign.messages import delivery, journal
from campaign.publish import beside
from campaign.store import lake_documents
from tests.mailing import receiving


@pytest.mark.thorough
def test_an_alert_goes_out_once_whichever_machine_notices_it(
    lake_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = settings()
    for name, value in {
        "sources": tmp_path / "sources.toml",
        "recipients": tmp_path / "recipients.csv",
        "public_url": "https://ess.exemple.fr",
        "smtp_from": "tableau@exemple.fr",
        "smtp_tls": "none",
        "smtp_host": "localhost",
        "wait_seconds": 0,
    }.items():
        monkeypatch.setattr(given, name, value)
    monkeypatch.setattr(beside, "REFRESHED_EVERY_S", 0.0)
    given.recipients.write_text("marie@exemple.fr;;fr\n", "utf-8")
    followed.add(Followed("Agenda", "https://agenda.example.org/", "LO"))
    since = state.written(datetime.now(UTC))
    state.save(lake_db, {"Agenda": SourceState(result="failed", reason="unreachable", wrong_since=since, n_wrong=3)})
    with receiving("none") as letters:
        monkeypatch.setattr(given, "smtp_port", letters.port)
        assert delivery.tell(lake_db) == delivery.Delivered(sent=1)
        monkeypatch.setattr(given, "lake_copies", tmp_path / "another machine")
        assert delivery.tell(lake_db) == delivery.Delivered()
        assert len(letters.taken) == 1
    with journal.opened(lake_db):
        monkeypatch.setattr(given, "lake_copies", tmp_path / "a third machine")
        with pytest.raises(BusyError), journal.opened(lake_db):
            pass
    assert [alert.kind for alert in journal.copied(lake_db).alerts] == ["source_failed"]
    assert "source_failed:Agenda" in feed.state()
    monkeypatch.setattr(
        lake_documents, "document", lambda db, entry: (_ for _ in ()).throw(LakeAwayError("Le lac ne répond pas."))
    )
    assert "source_failed:Agenda" in feed.state()  # what was last known is told
    with pytest.raises(LakeAwayError):  # but nothing is sent by it
        delivery.tell(lake_db)


def test_what_a_machine_sent_before_the_catalogue_knew_of_messages_is_not_sent_again(lake_db: Path) -> None:
    path = journal.path_of(lake_db)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('{"alerts": [], "sent": {"key|who": "2014-10-10T08:00:00+00:00"}, "standing": []}', "utf-8")
    with journal.opened(lake_db) as known:
        assert known.is_sent("key", "who")
        journal.save(lake_db, known, datetime(2014, 10, 11, tzinfo=UTC))
    path.unlink()
    assert journal.load(lake_db).is_sent("key", "who")
