"""Settings, from the environment (prefix CAMPAIGN_)."""

from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
PARIS = ZoneInfo("Europe/Paris")


class Settings(BaseSettings):
    """One field per environment variable, e.g. CAMPAIGN_DB for `db`."""

    model_config = SettingsConfigDict(env_prefix="CAMPAIGN_")

    db: Path = DATA / "campaign.duckdb"
    lake_files: str = ""
    lake_copies: Path = DATA / "lake"
    hosts: str = ""
    public_url: str = ""
    embed_hosts: str = ""
    publisher: str = ""
    hosting: str = ""
    contact: str = ""
    today: date | None = None
    report_email: str = ""
    reader_memory: str = "2GB"
    reader_threads: int = 2
    cache_answers: int = 512

    def current_day(self) -> date:
        """Return today in Paris, or the day set by CAMPAIGN_TODAY."""
        return self.today or datetime.now(PARIS).date()


@cache
def settings() -> Settings:
    """Return the process's settings, read once."""
    return Settings()
