"""The version of the event file's schema (data/schema.sql); older files are brought to it by campaign/publish/migrate.py."""

from typing import Final

SCHEMA_VERSION: Final = 9
