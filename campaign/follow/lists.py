"""Lists of records that tell when each was modified: read whole, or from the latest instant on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from campaign.follow.fetcher import Answer, Fetcher
from campaign.follow.problems import HeldError, PassingError, SourceError
from campaign.follow.reading import Fetched, Record, Tally, Wanted, document, later


@dataclass(frozen=True)
class ListSource:
    """How one kind of API is read.

    `pages` yields the records of each page, all of them or those modified since a cursor (inclusive); `tally` makes an empty tally;
    `around` returns what stands beside the records in the document to import, and the agenda's own identifier if it has one.
    """

    pages: Callable[[Fetcher, Wanted, str | None], Iterator[list[Record]]]
    tally: Callable[[Wanted], Tally]
    around: Callable[[Fetcher, Wanted], tuple[Mapping[str, Any], str | None]]
    list_name: str


DOCUMENT: Final = "evenements.json"


def read(kind: ListSource, fetcher: Fetcher, wanted: Wanted, folder: Path) -> Fetched:
    """Read a list: what changed if that can be told, all of it where everything is wanted or the answer gives a doubt."""
    state = wanted.state
    if not wanted.is_full and state.cursor and state.edge:
        records, tally = _all(kind, fetcher, wanted, state.cursor)
        if tally.ids & state.edge.keys():
            return _changed(kind, fetcher, wanted, folder, records, tally)
        # nothing of what stood there comes back: it was withdrawn, or this is another list
    records, tally = _all(kind, fetcher, wanted, None)
    is_accepted = wanted.is_allowed or tally.digest in (state.digest, state.full_digest)
    if tally.n == 0 and wanted.is_known and not is_accepted:
        raise HeldError("empty")
    lost = [column for column in state.columns if not tally.keys[column]] if tally.n else []
    if lost and not wanted.is_allowed:
        raise HeldError("columns_lost", columns=", ".join(lost[:5]))
    fetched = _fetched(tally, is_full=wanted.is_full, is_whole=True)
    is_nothing = tally.n == 0 and not (wanted.is_known and wanted.is_allowed)
    if is_nothing or tally.digest == (state.full_digest if wanted.is_full else state.digest):
        return _replaced(fetched, is_unchanged=True)
    return _with_document(kind, fetcher, wanted, folder, records, fetched)


def _changed(
    kind: ListSource, fetcher: Fetcher, wanted: Wanted, folder: Path, records: list[tuple[Record, str]], tally: Tally
) -> Fetched:
    """Return what changed since the cursor; what stood there already is left out."""
    known = set(wanted.state.edge.values())
    changed = [(record, digest) for record, digest in records if digest not in known]
    fetched = _replaced(
        _fetched(tally, is_full=False, is_whole=False), cursor=later(wanted.state.cursor, tally.cursor), columns=()
    )
    if not changed:
        return _replaced(fetched, is_unchanged=True)
    return _with_document(kind, fetcher, wanted, folder, changed, fetched)


def _with_document(
    kind: ListSource,
    fetcher: Fetcher,
    wanted: Wanted,
    folder: Path,
    records: list[tuple[Record, str]],
    fetched: Fetched,
) -> Fetched:
    around, agenda = kind.around(fetcher, wanted)
    if agenda and wanted.state.agenda and agenda != wanted.state.agenda and not wanted.is_allowed:
        raise HeldError("other_agenda")
    path = folder / DOCUMENT
    document(around, kind.list_name, (record for record, _digest in records), path)
    return _replaced(fetched, files=(path,), agenda=agenda)


def _all(
    kind: ListSource, fetcher: Fetcher, wanted: Wanted, since: str | None
) -> tuple[list[tuple[Record, str]], Tally]:
    tally = kind.tally(wanted)
    return [(record, tally.note(record)) for page in kind.pages(fetcher, wanted, since) for record in page], tally


def _fetched(tally: Tally, *, is_full: bool, is_whole: bool) -> Fetched:
    return Fetched(
        is_full=is_full,
        is_whole=is_whole,
        n_records=tally.n,
        digest=tally.digest if is_whole else None,
        cursor=tally.cursor,
        edge=tally.kept_edge,
        columns=tally.usual_keys if is_whole else (),
    )


def _replaced(fetched: Fetched, **changes: Any) -> Fetched:
    return Fetched(**{**fetched.__dict__, **changes})


def json_of(wanted: Wanted) -> Callable[[Answer], Any]:
    """Return what reads the JSON of an answer: a web page is a reason for doubt, anything else was cut short."""

    def parsed(answer: Answer) -> Any:
        if answer.is_web_page:
            raise HeldError("error_page") if wanted.is_known else SourceError("error_page")
        try:
            return orjson.loads(answer.path.read_bytes())
        except orjson.JSONDecodeError as error:
            raise PassingError("cut_short") from error
        finally:
            answer.path.unlink()

    return parsed
