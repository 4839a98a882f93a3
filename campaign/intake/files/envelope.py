"""The records of a large JSON document, one per line, without ever holding the document.

Agendas come as a list, an answer with its list, an object of pages. DuckDB reads one record per line ten times faster
than one large document, so the document is cut first: brackets outside texts are found with numpy, chunk by chunk, and
what stands around the records (the envelope, usually short) is parsed on its own, which also shows a truncated file.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

import ijson
import numpy as np
import numpy.typing as npt
import orjson

from campaign.core.errors import IntakeError
from campaign.core.language import Message, say
from campaign.intake.files import json_slips

CHUNK: Final = 8 << 20
LARGEST_SINGLE: Final = 64 << 20
RECORD_LISTS: Final = ("events", "results", "records", "data")
_QUOTE, _BACKSLASH = ord('"'), ord("\\")
_STEP: Final = np.zeros(256, dtype=np.int8)
_STEP[[ord("{"), ord("[")]] = 1
_STEP[[ord("}"), ord("]")]] = -1
_USUAL_RUN: Final = 32
_LONGEST_KEY: Final = 64
_QUOTED_KEY: Final = re.compile(rb'"([A-Za-z0-9_-]+)"\s*:')
_KEY: Final = re.compile(rb'([A-Za-z0-9_-]+)"\s*:')
_TELLING: Final = bytes(chr(code) in '"\\{}[]' for code in range(256))
_ONE_LINE: Final = bytes.maketrans(b"\n\r", b"  ")

Positions = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Envelope:
    """Where the records stand: `lines` is the file of records, `items` the number of each in the document (1-based).

    `strangers` are the items that are not objects, with their number; `around` is the document without its records.
    `keys` are those that were looked for, wherever they stand in the records.
    """

    lines: Path
    n_records: int
    items: Positions
    strangers: list[tuple[int, str]]
    around: Any
    keys: set[str]


def split(
    path: Path,
    lines: Path,
    *,
    prefixes: Iterable[bytes] = (),
    name: str = "",
    advance: Callable[[int], None] = lambda n_bytes: None,
) -> Envelope:
    """Write the records of a JSON document to `lines`, one per line, and look for keys that begin with a prefix.

    A prefix has three letters at least. `name` is how a person knows the file, `advance` is told how many bytes were read.
    Raises IntakeError if the file is not a whole JSON document.
    """
    name = name or path.name
    depth = _records_depth(path, name)
    if depth == 0:
        return _single(path, lines, name)
    cutter = _Cutter(depth, tuple(prefixes))
    with path.open("rb") as source, lines.open("wb") as target:
        for chunk in _chunks(source):
            cutter.cut(chunk, target)
            advance(len(chunk))
    return cutter.envelope(name, lines)


def not_json(name: str, place: Message) -> IntakeError:
    """Return the error of a document that is not JSON, or was cut short, and where."""
    return IntakeError(
        say("{name} n'est pas un document JSON complet ({place}).", name=name, place=place),
        say("Téléchargez-le de nouveau : il est peut-être tronqué, ou c'est une page d'erreur."),
    )


def _chunks(source: IO[bytes]) -> Iterator[bytearray]:
    """Yield the document in pieces that end after a comma or a brace: no key and no escape is cut in two."""
    buffer = bytearray(source.read(3).removeprefix(b"\xef\xbb\xbf"))
    while more := source.read(CHUNK):
        buffer += more
        end = max(buffer.rfind(b","), buffer.rfind(b"}")) + 1
        if end:
            yield buffer[:end]
            del buffer[:end]
    if buffer:
        yield buffer


def _records_depth(path: Path, name: str) -> int:
    """Return how many brackets are open inside the list of records; 0 if the document is one record."""
    try:
        with path.open("rb") as source:
            if source.read(3) != b"\xef\xbb\xbf":
                source.seek(0)
            for prefix, event, _ in ijson.parse(source):
                if event != "start_array":
                    continue
                if prefix == "":
                    return 1
                if prefix in RECORD_LISTS:
                    return 2
                if prefix.count(".") == 1 and prefix.endswith(".events"):
                    return 3
    except (ijson.JSONError, UnicodeDecodeError) as error:
        raise not_json(name, json_slips.place_of(error, path)) from error
    return 0


def _single(path: Path, lines: Path, name: str) -> Envelope:
    """Take a document that is one event, or `{agenda, event}`."""
    if path.stat().st_size > LARGEST_SINGLE:
        raise IntakeError(say("{name} ne contient pas de liste d'événements.", name=name), say("Vérifiez l'export."))
    try:
        document = json.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise not_json(name, json_slips.place_of(error)) from error
    if not isinstance(document, dict):
        raise IntakeError(
            say("{name} ne contient ni événement ni liste d'événements.", name=name), say("Vérifiez l'export.")
        )
    event = document.pop("event", None)
    around, record = (document, event) if isinstance(event, dict) else ({}, document)
    lines.write_bytes(orjson.dumps(record) + b"\n")
    return Envelope(lines=lines, n_records=1, items=np.array([1]), strangers=[], around=around, keys=set(record))


class _Cutter:
    """Cuts a document chunk by chunk; `depth` is the number of open brackets in the list of records."""

    def __init__(self, depth: int, prefixes: tuple[bytes, ...]) -> None:
        self.list_depth = depth
        self.prefixes = prefixes
        self.keys: set[str] = set()
        self.depth = 0
        self.in_text = False
        self.in_record = False
        self.in_list = False
        self.skeleton = bytearray()

    def cut(self, chunk: bytearray, target: IO[bytes]) -> None:
        """Write the records that stand in the chunk, or the parts of them."""
        chunk = chunk.translate(_ONE_LINE)
        data: Bytes = np.frombuffer(chunk, dtype=np.uint8)
        brackets, depths = self._brackets(chunk, data)
        starts, ends = self._records(chunk, data, brackets, depths)
        # Between two records stands at least a comma: it becomes the end of the line, all else there a blank.
        outside_from = np.concatenate(([0] if not self.in_record else [], ends + 1)).astype(np.int64)
        still_open = len(starts) + self.in_record > len(ends)
        outside_to = np.concatenate((starts, [] if still_open else [len(data)])).astype(np.int64)
        outside = _ranges(outside_from, outside_to)
        self.skeleton += data[np.sort(np.concatenate((outside, starts, ends)))].tobytes()
        data[outside] = 32
        data[outside_from[outside_from < outside_to]] = 10
        target.write(chunk)
        self.in_record = still_open

    def _brackets(self, chunk: bytearray, data: Bytes) -> tuple[Positions, Positions]:
        """Return where brackets stand outside texts, and how many are open after each."""
        telling = np.flatnonzero(np.frombuffer(chunk.translate(_TELLING), dtype=bool))
        kinds = data[telling]
        quotes = telling[kinds == _QUOTE]
        quotes = quotes[~_escaped(data, quotes)]
        self._look_for_keys(data, quotes)
        brackets = telling[_STEP[kinds] != 0]
        before = np.searchsorted(quotes, brackets)
        brackets = brackets[(before + self.in_text) % 2 == 0]
        self.in_text = bool((len(quotes) + self.in_text) % 2)
        depths = self.depth + np.cumsum(_STEP[data[brackets]], dtype=np.int64)
        if len(depths):
            self.depth = int(depths[-1])
        return brackets, depths

    def _look_for_keys(self, data: Bytes, quotes: Positions) -> None:
        for key in _QUOTED_KEY.findall(data[-2 * _LONGEST_KEY :].tobytes()):
            if key.startswith(self.prefixes):
                self.keys.add(key.decode())
        quotes = quotes[quotes < len(data) - _LONGEST_KEY]
        followers = data[quotes + 1]
        for prefix in self.prefixes:
            at = quotes[followers == prefix[0]]
            for offset, letter in enumerate(prefix[1:], start=2):
                at = at[data[at + offset] == letter]
            for known in self.keys:  # found before, as nearly all are
                if known.startswith(prefix.decode()):
                    at = at[~_reads(data, at + 1, f'{known}"'.encode())]
            for head in {data[start + 1 : start + _LONGEST_KEY].tobytes() for start in at.tolist()}:
                if match := _KEY.match(head):
                    self.keys.add(match[1].decode())

    def _records(
        self, chunk: bytearray, data: Bytes, brackets: Positions, depths: Positions
    ) -> tuple[Positions, Positions]:
        """Return where records begin and end: objects directly in a list of records."""
        kinds = data[brackets]
        opens = _STEP[kinds] > 0
        limit = self.list_depth
        listed = np.zeros(len(brackets), dtype=bool)
        # The few lists of the envelope at that depth: is each a list of records?
        edges = np.flatnonzero((kinds == ord("[")) & (depths == limit) | (kinds == ord("]")) & (depths == limit - 1))
        since = 0
        for edge in edges.tolist():
            listed[since:edge] = self.in_list
            since = edge
            self.in_list = bool(opens[edge]) and self._is_record_list(chunk, int(brackets[edge]))
        listed[since:] = self.in_list
        starts = brackets[listed & (kinds == ord("{")) & (depths == limit + 1)]
        ends = brackets[listed & (kinds == ord("}")) & (depths == limit)]
        return starts, ends

    def _is_record_list(self, chunk: bytearray, position: int) -> bool:
        if self.list_depth == 1:
            return True
        before = bytes(chunk[max(0, position - 200) : position]).rstrip()
        if len(before) < 20:
            before = (bytes(self.skeleton[-200:]) + before).rstrip()
        key = before.removesuffix(b":").rstrip()
        names = ("events",) if self.list_depth == 3 else RECORD_LISTS
        return any(key.endswith(f'"{name}"'.encode()) for name in names)

    def envelope(self, name: str, lines: Path) -> Envelope:
        """Return what was found, once the whole document was cut."""
        if self.depth or self.in_text or self.in_record:
            raise not_json(name, say("il s'arrête avant la fin"))
        try:
            around = orjson.loads(bytes(self.skeleton))
        except orjson.JSONDecodeError as error:
            raise not_json(name, json_slips.place_of(error)) from error
        items = list(_items(around, self.list_depth))
        is_record = np.array([item == {} for item in items], dtype=bool)
        strangers = [
            (number, json.dumps(item, ensure_ascii=False)[:200]) for number, item in enumerate(items, 1) if item != {}
        ]
        numbers = np.flatnonzero(is_record) + 1
        return Envelope(
            lines=lines, n_records=len(numbers), items=numbers, strangers=strangers, around=around, keys=self.keys
        )


def _items(around: Any, depth: int) -> Iterator[Any]:
    if depth == 1:
        yield from around
    elif depth == 2:
        for key, value in around.items():
            if key in RECORD_LISTS and isinstance(value, list):
                yield from value
    else:
        for page in around.values():
            if isinstance(page, dict) and isinstance(page.get("events"), list):
                yield from page["events"]


def _reads(data: Bytes, starts: Positions, text: bytes) -> npt.NDArray[np.bool_]:
    """Tell at which positions a text stands."""
    matches: npt.NDArray[np.bool_] = np.all(
        data[starts[:, None] + np.arange(len(text))] == np.frombuffer(text, np.uint8), axis=1
    )
    return matches


def _escaped(data: Bytes, quotes: Positions) -> npt.NDArray[np.bool_]:
    """Tell which quotes follow an odd number of backslashes. The data do not end with a backslash."""
    escaped = np.zeros(len(quotes), dtype=np.bool_)
    pending = np.flatnonzero(data[quotes - 1] == _BACKSLASH)
    for length in range(1, _USUAL_RUN):
        if not len(pending):
            return escaped
        goes_on = data[quotes[pending] - length - 1] == _BACKSLASH
        escaped[pending[~goes_on]] = length % 2 == 1
        pending = pending[goes_on]
    for index in pending.tolist():
        before = data[: quotes[index]].tobytes()
        escaped[index] = (len(before) - len(before.rstrip(b"\\"))) % 2 == 1
    return escaped


def _ranges(begins: Positions, ends: Positions) -> Positions:
    """Return all numbers of the ranges [begin, end)."""
    lengths = ends - begins
    total = int(lengths.sum())
    offsets = np.repeat(begins - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    return np.asarray(offsets + np.arange(total), dtype=np.int64)
