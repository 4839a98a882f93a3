"""A document at an address: a calendar, a feed, a spreadsheet, a sitemap, any file that can be imported. Each reading is of all of it."""

from hashlib import file_digest
from pathlib import Path
from typing import Final

from campaign.follow import sitemap
from campaign.follow.fetcher import Answer, Fetcher
from campaign.follow.problems import HeldError
from campaign.follow.reading import Fetched, Wanted
from campaign.intake.readers import formats

PAGE: Final = "html"
SITEMAP: Final = "sitemap"


def read(fetcher: Fetcher, wanted: Wanted, folder: Path) -> Fetched:
    """Read a document; it is unchanged if its content is that of the last time."""
    state = wanted.state
    answer: Answer = fetcher.get(wanted.source.address)
    if answer.is_web_page and wanted.is_known and state.format != PAGE and not wanted.is_allowed:
        fetcher.forget(answer.url)
        raise HeldError("error_page")
    is_sitemap = sitemap.is_sitemap(answer.path)
    path = sitemap.read(fetcher, answer, folder) if is_sitemap else answer.path
    with path.open("rb") as source:
        digest = file_digest(source, "sha256").hexdigest()
    is_accepted = wanted.is_allowed or digest in (state.digest, state.full_digest)
    if wanted.is_known and not is_accepted and not path.read_bytes().strip(b"\xef\xbb\xbf \t\r\n"):
        raise HeldError("empty")
    # a feed holds the latest entries alone: what is no longer in it has not ended
    is_full = wanted.is_full and not formats.is_feed(path)
    is_unchanged = digest == (state.full_digest if is_full else state.digest)
    return Fetched(
        files=(path,),
        is_whole=True,
        is_full=is_full,
        is_unchanged=is_unchanged,
        digest=digest,
        kind=SITEMAP if is_sitemap else None,
    )
