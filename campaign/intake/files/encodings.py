"""The encoding of a text file that does not say it."""

import codecs
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Final

import charset_normalizer

from campaign.intake.files import scratch as working

REPAIR: Final = "campaign-repair"
_LARGEST_JSON: Final = 16 << 20  # of a file that is looked through for bytes that are not UTF-8
_LATIN: Final = ("cp1252", "mac_roman", "cp850")
# Capitals do not follow small letters: « éte » in one encoding is « Ète » in another.
_CP1252_ONLY: Final = re.compile(rb"[\x80-\x9f]")  # control characters in ISO 8859
_LATIN9_ONLY: Final = re.compile(rb"\xa4|[\xbc\xbd](?=[A-Za-z])|[A-Za-z]\xbd")  # fractions do not touch letters
_FRENCH: Final = re.compile("[àâäçéèêëîïôöùûüÿœæ’«»…–—°€]|(?<![a-zà-ÿ])[ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒÆ]")
# What two signs of French beside each other in another encoding can be in UTF-8: neither Greek nor what takes three bytes.
_PAIRS: Final = re.compile("[\\u0000-\\u036f\\u0400-\\u07ff]*")

# What UTF-8 looks like once it was read as another encoding and written again: « Ã© », « â€™ », « Å“ », « √© ».
_TWICE: Final = re.compile("[ÃÂâÅ√]")
# Controls that nobody writes, which are what cp1252 has in their place: « L\x92atelier »; and the line ends of a workbook's XML.
_CONTROLS: Final = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_STRAY: Final = re.compile("[\x80-\x9f]|_x000[dD]_")
# Each with a byte of it that texts of ours hardly have: to look for one byte takes a tenth of looking for several.
_TWICE_BYTES: Final = {
    b"\xc3\x83": b"\x83",
    b"\xc3\x82\xc2": b"\x82",
    b"\xc3\xa2\xe2\x82\xac": b"\x82",
    b"\xc3\xa2\xc2\x80": b"\xa2",
    b"\xc3\x85\xe2": b"\x85",
    b"\xe2\x88\x9a\xc2": b"\x9a",
    **{b"\xc2" + byte: byte for byte in (b"\x85", b"\x92", b"\x93", b"\x96", b"\x9c")},
    b"_x000D_": b"_",
}
_ESCAPED: Final = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u(00[89a-f][0-9a-f]|0[1-9a-f][0-9a-f]{2}|2[0-2][0-9a-f]{2})", re.IGNORECASE
)
_ESCAPED_BYTES: Final = dict.fromkeys(
    (b"\\u00c3", b"\\u00c2\\u", b"\\u00e2\\u20ac", b"\\u00e2\\u0080", b"\\u00C3", b"\\u00E2\\u20AC"), b"\\"
)
_BARE: Final = (b"\\u00e", b"\\u00c", b"\\u00E", b"\\u00C", b"\\u2019", b"\\u0153")  # outside JSON: « Caf\u00e9 »


def _repair(error: UnicodeError) -> tuple[str, int]:
    """Read as cp1252 the bytes that are not UTF-8: rows pasted from another file."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(REPAIR, _repair)


def guess(path: Path, sample: bytes) -> str:
    """Return the encoding of a file: by its mark, as UTF-8 if nearly all of it is, else what reads best as French."""
    marks = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
    for mark, name in marks.items():
        if sample.startswith(mark):
            return name
    try:
        is_ascii, is_sure = True, False
        decoder = codecs.getincrementaldecoder("utf-8")()
        with path.open("rb") as source:
            while block := source.read(1 << 20):
                text = decoder.decode(block)
                if not is_sure and not text.isascii():
                    is_ascii = False
                    is_sure = not _is_by_chance(text)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _not_utf8(path)
    return "utf-8" if is_ascii or is_sure else _latin(path)


def wide(sample: bytes) -> str | None:
    """Return UTF-16 or UTF-32 if a file begins as a text in it does, with or without a mark; None else.

    In a text of ours nearly every second byte is zero, and always the same one of two.
    """
    if sample.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if not sample[:2].strip(b"\0").isascii():
        return None  # a binary file: texts of ours begin with a letter, a quote or a bracket of ASCII
    pairs = len(sample) // 2
    low, high = sample[1 : 2 * pairs : 2].count(0), sample[0 : 2 * pairs : 2].count(0)
    if pairs >= 4 and low > 0.8 * pairs and high == 0:
        return "utf-16-le"
    return "utf-16-be" if pairs >= 4 and high > 0.8 * pairs and low == 0 else None


def as_utf8(path: Path, scratch: Path) -> Path:
    """Return a file as it is, or if it is UTF-16 or UTF-32, or JSON in an encoding that it may not have, a copy of it in UTF-8."""
    with path.open("rb") as source:
        head = source.read(4096)
    encoding = wide(head)
    if encoding is None and head.lstrip()[:1] in (b"{", b"[") and path.stat().st_size <= _LARGEST_JSON:
        guessed_encoding = guess(path, head)
        encoding = None if guessed_encoding.startswith("utf-8") else guessed_encoding
    if encoding is None:
        return path
    copy = working.new_file(scratch, "utf8", path.suffix)
    with (
        path.open(encoding=encoding, errors="replace", newline="") as given,
        copy.open("w", encoding="utf-8", newline="") as target,
    ):
        while text := given.read(1 << 20):
            target.write(text.removeprefix("\ufeff"))
    return copy


def mended(text: str) -> str:
    """Return a text with what was written twice in UTF-8 as it was meant, « Ã© » is « é », and so with stray controls."""
    if _STRAY.search(text):
        text = re.sub(r"_x000[dD]_(?=\s|$)", "", text).translate(_CONTROLS)
        text = re.sub(r"_x000[dD]_", " ", text)
    if not _TWICE.search(text):
        return text
    import ftfy  # takes long to load, and few files need it

    return ftfy.fix_encoding(text)


def as_mended(path: Path, scratch: Path) -> tuple[Path, int]:
    """Return a file as it is, or if some of it was written twice in UTF-8 a copy as it was meant; and how many of its lines were."""
    with path.open("rb") as source:
        is_json = source.read(64).removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"{", b"[")
    marks = _TWICE_BYTES | (_ESCAPED_BYTES if is_json else dict.fromkeys(_BARE, b"\\"))
    if not _looks_twice(path, marks):
        return path, 0
    copy = working.new_file(scratch, "mended", path.suffix)
    n_mended = 0
    with path.open("rb") as source, copy.open("wb") as target:
        for block in _blocks(source):
            lines = block.splitlines(keepends=True) if _holds(block, marks) else [block]
            for line in lines:
                whole = _mended_line(line, is_json=is_json)
                n_mended += whole != line
                target.write(whole)
    return (copy, n_mended) if n_mended else (path, 0)


def _looks_twice(path: Path, marks: Mapping[bytes, bytes]) -> bool:
    """Tell whether any of the marks may stand in a file, which is looked through for each byte once."""
    by_byte: dict[bytes, list[bytes]] = {}
    for mark, rare in marks.items():
        by_byte.setdefault(rare, []).append(mark)
    longest = max(map(len, marks))
    before = b""
    with path.open("rb") as source:
        while block := source.read(1 << 20):
            seam = before + block[: longest - 1]
            before = block[1 - longest :]
            for rare, named in by_byte.items():
                if (rare in block or rare in seam) and any(mark in block or mark in seam for mark in named):
                    return True
    return False


def _holds(block: bytes, marks: Mapping[bytes, bytes]) -> bool:
    """Tell whether any of the marks, each with a byte of its own, stands in a piece of a file."""
    return any(rare in block and mark in block for mark, rare in marks.items())


def _blocks(source: IO[bytes]) -> Iterator[bytes]:
    """Yield a file in pieces that end after a line, or after a quote where lines are long: no character is cut in two."""
    buffer = b""
    while more := source.read(1 << 20):
        buffer += more
        end = max(buffer.rfind(b"\n"), buffer.rfind(b'"')) + 1
        if end:
            yield buffer[:end]
            buffer = buffer[end:]
    if buffer:
        yield buffer


def _mended_line(line: bytes, *, is_json: bool) -> bytes:
    """Return a line as it was meant; one that is not UTF-8 as it is."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return line
    is_bare = (
        not is_json and any(mark in line for mark in _BARE) and b'{"' not in line
    )  # JSON in a cell is read as such
    if is_bare or (is_json and any(mark in line for mark in _ESCAPED_BYTES)):  # JSON in ASCII
        text = _ESCAPED.sub(lambda match: match[1] + chr(int(match[2], 16)), text)
    return mended(text).encode("utf-8")


def _not_utf8(path: Path) -> str:
    with path.open("rb") as source:
        while lines := source.readlines(1 << 20):
            for line in lines:
                if line.isascii():
                    continue
                try:
                    text = line.decode("utf-8")
                except UnicodeDecodeError:
                    continue
                if not _is_by_chance(text):  # the lines that do not read as UTF-8 were pasted
                    return "utf-8"
    return _latin(path)


def _is_by_chance(text: str) -> bool:
    """Tell whether UTF-8 reads no French where another encoding reads nothing else: a Mac's « l’économie » has a letter of Armenian."""
    if _FRENCH.search(text) or not _PAIRS.fullmatch(text):
        return False
    written = text.encode("utf-8")
    return any(_is_french(written.decode(name, errors="replace")) for name in _LATIN)


def _latin(path: Path) -> str:
    with path.open("rb") as source:
        sample = b"".join(line for line in source.readlines(1 << 22) if not line.isascii())
    scores = {name: _french(sample[: 1 << 16].decode(name, errors="replace")) for name in _LATIN}
    likely = [name for name, score in scores.items() if score == max(scores.values())]
    if "cp1252" in likely and _is_latin9(sample):
        return "iso8859-15"
    if len(likely) == 1:
        return likely[0]
    best = charset_normalizer.from_bytes(sample[: 1 << 16], cp_isolation=likely).best()
    return best.encoding if best and best.encoding in likely else likely[0]


def _is_latin9(sample: bytes) -> bool:
    """Tell whether what would be « ¤ », « ¼uvre » or « c½ur » is « € », « Œuvre » and « cœur »: nothing of it is cp1252's own."""
    if _CP1252_ONLY.search(sample):
        return False
    return bool(_LATIN9_ONLY.search(sample))


def _is_french(text: str) -> bool:
    """Tell whether each character beyond ASCII is where French puts it."""
    return _french(text) == sum(not character.isascii() for character in text)


def _french(text: str) -> int:
    """Return how many characters beyond ASCII are where French puts them."""
    return len(_FRENCH.findall(text))
