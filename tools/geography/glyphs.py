"""Letters for the names on the base map: signed distance fields of a font, in the protobuf that MapLibre reads.

    python -m tools.geography.glyphs SRC

SRC holds fontsource-source-sans-3-*.tgz (SIL Open Font License 1.1). Writes assets/glyphs/place-names/0-255.pbf, which
is all of French but œ and Œ; no name on the base map has them (a test says so).
"""

import io
import sys
import tarfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tools.geography.shapes import ASSETS

SIZE = 24  # pixels that MapLibre takes a glyph to be made for
BORDER = 3  # pixels around the letter
RADIUS = 8  # pixels over which the distance runs from 0 to 1
CUTOFF = 0.25  # where the outline stands in that range
FINE = 8  # each pixel is looked at that many times finer
ASCENT = 26  # pixels from a line's top to its baseline, as in the fonts that MapLibre's own styles use

STACK = "place-names"
FONT = "package/files/source-sans-3-latin-600-normal.woff"


def varint(value: int) -> bytes:
    """Return an unsigned protobuf integer."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def field(number: int, value: int | bytes) -> bytes:
    """Return a protobuf field: an integer, or bytes with their length."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def signed(value: int) -> int:
    """Return a signed integer as protobuf's sint32 writes it."""
    return value << 1 ^ value >> 31


def distances(letter: np.ndarray) -> bytes:
    """Return the field of a letter that is drawn FINE times larger, border included: one byte per pixel."""
    inside = letter > 127
    height, width = (side // FINE for side in letter.shape)
    padded = np.pad(inside, 1)
    edge = np.zeros_like(inside)
    for shift, axis in ((1, 0), (-1, 0), (1, 1), (-1, 1)):
        edge |= inside & ~np.roll(padded, shift, axis)[1:-1, 1:-1]
    rows, columns = np.nonzero(edge)
    out = np.zeros((height, width), dtype=np.uint8)
    for y in range(height):
        for x in range(width):
            row, column = y * FINE + FINE / 2 - 0.5, x * FINE + FINE / 2 - 0.5
            nearest = float(np.sqrt(np.min((rows - row) ** 2 + (columns - column) ** 2))) / FINE if len(rows) else 1e3
            sign = -1 if inside[y * FINE + FINE // 2, x * FINE + FINE // 2] else 1
            out[y, x] = round(255 * min(1, max(0, 1 - (sign * nearest / RADIUS + CUTOFF))))
    return out.tobytes()


def glyph(font: ImageFont.FreeTypeFont, code: int) -> bytes:
    """Return a glyph's message: code, field, size, place of the letter, width to the next one."""
    text = chr(code)
    left, top, right, bottom = (round(side / FINE) for side in font.getbbox(text, anchor="ls"))
    width, height = right - left, bottom - top
    message = field(1, code)
    if width > 0 and height > 0:
        side = (width + 2 * BORDER) * FINE, (height + 2 * BORDER) * FINE
        image = Image.new("L", side)
        ImageDraw.Draw(image).text(
            ((BORDER - left) * FINE, (BORDER - top) * FINE), text, fill=255, font=font, anchor="ls"
        )
        message += field(2, distances(np.asarray(image)))
    else:
        width = height = 0
    message += field(3, width) + field(4, height) + field(5, signed(left)) + field(6, signed(-top - ASCENT))
    return message + field(7, round(font.getlength(text) / FINE))


def main() -> None:
    """Write the first range of glyphs, and the font's licence beside it."""
    package = sorted(Path(sys.argv[1]).glob("fontsource-source-sans-3-*.tgz"))[-1]
    with tarfile.open(package) as archive:
        font_file, licence = (archive.extractfile(name) for name in (FONT, "package/LICENSE"))
        assert font_file is not None  # noqa: S101 - extractfile gives none for folders only
        assert licence is not None  # noqa: S101
        font = ImageFont.truetype(io.BytesIO(font_file.read()), SIZE * FINE)
        terms = licence.read()
    codes = [code for code in range(32, 256) if not 127 <= code < 160]
    stack = field(1, STACK.encode()) + field(2, b"0-255") + b"".join(field(3, glyph(font, code)) for code in codes)
    folder = ASSETS / "glyphs" / STACK
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "0-255.pbf").write_bytes(field(1, stack))
    (folder / "LICENSE").write_bytes(terms)
    print(len(field(1, stack)))


if __name__ == "__main__":
    main()
