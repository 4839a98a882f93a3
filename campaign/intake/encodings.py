"""The encoding of a text file that does not say it."""

import codecs
import re
from pathlib import Path
from typing import Final

import charset_normalizer

from campaign.intake import scratch as working

REPAIR: Final = "campaign-repair"
_LATIN: Final = ("cp1252", "mac_roman", "cp850")
# Capitals do not follow small letters: « éte » in one encoding is « Ète » in another.
_FRENCH: Final = re.compile("[àâäçéèêëîïôöùûüÿœæ’«»…–—°€]|(?<![a-zà-ÿ])[ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒÆ]")


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
        with path.open(encoding="utf-8", newline="") as source:
            while source.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return _not_utf8(path)
    return "utf-8"


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
    """Return a file as it is, or if it is UTF-16 or UTF-32 a copy of it in UTF-8."""
    with path.open("rb") as source:
        encoding = wide(source.read(4096))
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


def _not_utf8(path: Path) -> str:
    good = 0
    with path.open("rb") as source:
        while lines := source.readlines(1 << 20):
            for line in lines:
                if line.isascii():
                    continue
                try:
                    line.decode("utf-8")
                    good += 1
                except UnicodeDecodeError:
                    pass
    if good:  # no line of another encoding reads as UTF-8 by chance: the others were pasted
        return "utf-8"
    with path.open("rb") as source:
        sample = b"".join(line for line in source.readlines(1 << 22) if not line.isascii())
    scores = {name: _french(sample[: 1 << 16].decode(name, errors="replace")) for name in _LATIN}
    likely = [name for name, score in scores.items() if score == max(scores.values())]
    if len(likely) == 1:
        return likely[0]
    best = charset_normalizer.from_bytes(sample[: 1 << 16], cp_isolation=likely).best()
    return best.encoding if best and best.encoding in likely else likely[0]


def _french(text: str) -> int:
    """Return how many characters beyond ASCII are where French puts them."""
    return len(_FRENCH.findall(text))
