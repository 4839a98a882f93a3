"""The event file: its only reader, a lake, and how a query reads a choice's events."""

from campaign.store.event_file import (
    SCHEMA_VERSION,
    Answer,
    CacheInfo,
    FileDescription,
    Identity,
    Reader,
    cache_info,
    describe,
    identity_now,
    identity_of,
    query,
    reader,
    refuse_other_campaign,
    refuse_stale,
    snapshot,
    stream,
)
from campaign.store.per_file import cached_per_file

__all__ = [
    "SCHEMA_VERSION",
    "Answer",
    "CacheInfo",
    "FileDescription",
    "Identity",
    "Reader",
    "cache_info",
    "cached_per_file",
    "describe",
    "identity_now",
    "identity_of",
    "query",
    "reader",
    "refuse_other_campaign",
    "refuse_stale",
    "snapshot",
    "stream",
]
