"""The event file: its only reader, a lake, and how a query reads a choice's events."""

from campaign.store.current import identity_now, reader, refuse_stale, snapshot
from campaign.store.event_file import Answer, cache_info, query, stream
from campaign.store.opened import FileDescription, Identity, Reader, describe, identity_of, refuse_other_campaign
from campaign.store.per_file import CacheInfo, cached_per_file
from campaign.store.version import SCHEMA_VERSION

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
