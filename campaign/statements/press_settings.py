"""Settings of the press room, from the environment (prefix CAMPAIGN_PRESS_)."""

from datetime import datetime
from functools import cache

from pydantic_settings import BaseSettings, SettingsConfigDict


class PressSettings(BaseSettings):
    """`contact` is shown as it is written; `embargo` is an instant (ISO 8601) before which nothing is to be published."""

    model_config = SettingsConfigDict(env_prefix="CAMPAIGN_PRESS_")

    contact: str = ""
    embargo: datetime | None = None


@cache
def press_settings() -> PressSettings:
    """Return the process's settings, read once."""
    return PressSettings()
