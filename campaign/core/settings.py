"""Settings, from the environment (prefix CAMPAIGN_)."""

import re
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
PARIS = ZoneInfo("Europe/Paris")


class Settings(BaseSettings):
    """One field per environment variable, e.g. CAMPAIGN_DB for `db`."""

    model_config = SettingsConfigDict(env_prefix="CAMPAIGN_")

    db: Path = DATA / "campaign.duckdb"
    lake_files: str = ""
    lake_copies: Path = DATA / "lake"
    lake_s3_endpoint: str = ""
    lake_s3_region: str = ""
    lake_s3_key_id: str = ""
    lake_s3_secret: SecretStr = SecretStr("")
    hosts: str = ""
    public_url: str = ""
    embed_hosts: str = ""
    publisher: str = ""
    hosting: str = ""
    contact: str = ""
    today: date | None = None
    signin_provider: str = ""
    signin_client_id: str = ""
    signin_client_secret: SecretStr = SecretStr("")
    signin_cookie_secret: SecretStr = SecretStr("")
    coordinators: str = ""
    upload_mb: int = 50
    unpacked_mb: int = 500
    report_email: str = ""
    reader_memory: str = "2GB"
    reader_threads: int = 2
    build_memory: str = ""
    cache_answers: int = 512
    log: Literal["requests", "errors", "off"] = "requests"
    heavy_per_minute: int = 300
    public_metrics: bool = False

    @property
    def has_signin(self) -> bool:
        """Whether coordinators can sign in: a provider, its client, a secret for cookies, and somebody on the list."""
        needed = (self.signin_provider, self.signin_client_id, self.signin_client_secret, self.signin_cookie_secret)
        given = [value.get_secret_value() if isinstance(value, SecretStr) else value for value in needed]
        return all(given) and bool(self.allowed_emails())

    def allowed_emails(self) -> frozenset[str]:
        """Return the e-mail addresses of the coordinators, in lower case."""
        listed = re.split(r"[\s,;]+", self.coordinators.strip().casefold())
        return frozenset(address for address in listed if "@" in address)

    def current_day(self) -> date:
        """Return today in Paris, or the day set by CAMPAIGN_TODAY."""
        return self.today or datetime.now(PARIS).date()


@cache
def settings() -> Settings:
    """Return the process's settings, read once."""
    return Settings()
