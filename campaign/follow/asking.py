"""One source asked, as its address and its settings say, and how what it gives is to be understood."""

import os
from dataclasses import replace
from pathlib import Path

from hishel import SqliteStorage

from campaign.follow import documents, lists, openagenda, opendatasoft
from campaign.follow.fetcher import Fetcher
from campaign.follow.followed import Followed
from campaign.follow.problems import SourceError
from campaign.follow.reading import Fetched, Wanted
from campaign.intake.request import Mapping
from campaign.intake.spreadsheets import mapping as mappings


def ask(wanted: Wanted, folder: Path, cache: SqliteStorage, *, key: str | None = None) -> Fetched:
    """Read one source into files of `folder`, with the key that its entry names or a `key` that is given; raises SourceError."""
    source = wanted.source
    url = source.address
    key = _key(source) if key is None else key
    kind = next((each for each in (openagenda, opendatasoft) if each.is_address(url)), None)
    headers = {"authorization": f"Bearer {key}"}
    parameter = ""
    if kind is openagenda:
        headers, parameter = {"key": key}, "key"
    elif kind is opendatasoft:
        headers, parameter = {"authorization": f"Apikey {key}"}, "apikey"
    with Fetcher(
        url, folder, cache, key_headers=headers if key else {}, key_parameter=parameter if key else ""
    ) as fetcher:
        if kind is not None:
            return lists.read(kind.KIND, fetcher, wanted, folder)
        return documents.read(fetcher, wanted, folder)


def mapping_of(source: Followed) -> Mapping | None:
    """Return how a source's columns are understood, and whose its online events are: the region that it is followed for."""
    mapping = mappings.load(Path(source.mapping)) if source.mapping else None
    if source.region is None:
        return mapping
    mapping = mapping or Mapping()
    return replace(mapping, source={**mapping.source, "chamber_region": source.region})


def _key(source: Followed) -> str:
    if source.key_env is None:
        return ""
    key = os.environ.get(source.key_env, "").strip()
    if not key or not (key.isascii() and key.isprintable()):  # no header holds another
        raise SourceError("key_missing", variable=source.key_env)
    return key
