"""Settings of the press room, from the environment (prefix CAMPAIGN_PRESS_)."""

from datetime import datetime
from functools import cache

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class PressSettings(BaseSettings):
    """`contact` is shown as it is written; `embargo` is an instant (ISO 8601) before which nothing is to be published."""

    model_config = SettingsConfigDict(env_prefix="CAMPAIGN_PRESS_")

    contact: str = Field(default="", description="contact presse, montré tel quel")
    embargo: datetime | None = Field(
        default=None, description="fin d'embargo (date et heure ISO 8601) : avant elle, rien n'est à publier"
    )


@cache
def press_settings() -> PressSettings:
    """Return the process's settings, read once."""
    return PressSettings()
