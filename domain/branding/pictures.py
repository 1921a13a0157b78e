"""A logo: PNG, JPEG or WebP, known by its first bytes, small, and stripped of everything that is not the picture.

Nothing is decoded. What is kept is walked through piece by piece: a place and a camera (EXIF), comments and whatever
hangs on behind the picture's end stay behind. SVG is a program and never taken.
"""

import struct
from collections.abc import Iterator
from zlib import crc32

from msgspec import Struct

from domain.errors import Invalid

MOST_BYTES = 24 * 1024
_SHORTEST, _LONGEST = 16, 2000
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT"})
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH"})
_JPEG_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_JPEG_KEPT_APPS = frozenset({0xE0, 0xEE})  # JFIF and Adobe say how the colours are meant


class LogoUnusable(Invalid):
    """The logo cannot be used."""


class Picture(Struct, frozen=True, kw_only=True):
    media_type: str
    width: int
    height: int
    data: bytes

    @property
    def suffix(self) -> str:
        return self.media_type.rpartition("/")[2]


def parse_picture(data: bytes) -> Picture:
    """Raises LogoUnusable."""
    try:
        picture = _picture(data)
    except (struct.error, IndexError, ValueError):
        raise _unusable("The file is cut off or damaged.") from None
    if not (_SHORTEST <= picture.width <= _LONGEST and _SHORTEST <= picture.height <= _LONGEST):
        raise _unusable(f"It is {picture.width} by {picture.height} pixels; each side has {_SHORTEST} to {_LONGEST}.")
    if len(picture.data) > MOST_BYTES:
        kept, most = -(-len(picture.data) // 1024), MOST_BYTES // 1024
        raise _unusable(f"It has {kept} KiB; a logo has at most {most}, so that the page stays quick. Make it smaller.")
    return picture


def _picture(data: bytes) -> Picture:
    """Raises LogoUnusable, and what reading beyond the end raises."""
    if data.startswith(_PNG):
        kept = b"".join((_PNG, *_png(data)))
        width, height = struct.unpack(">II", kept[16:24])
        return Picture(media_type="image/png", width=width, height=height, data=kept)
    if data.startswith(_JPEG):
        segments = list(_jpeg(data))
        frame = next((segment for marker, segment in segments if marker in _JPEG_SIZES), b"")
        height, width = struct.unpack(">HH", frame[5:9])
        kept = b"\xff\xd8" + b"".join(segment for _, segment in segments)
        return Picture(media_type="image/jpeg", width=width, height=height, data=kept)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    raise _unusable("Give a PNG, JPEG or WebP picture.")


def _png(data: bytes) -> Iterator[bytes]:
    """The pieces that are the picture, each with a checksum that is right, up to its end."""
    at, first = len(_PNG), True
    while True:
        (size,) = struct.unpack(">I", data[at : at + 4])
        name, whole = data[at + 4 : at + 8], data[at : at + 12 + size]
        if len(whole) != 12 + size or whole[-4:] != struct.pack(">I", crc32(whole[4:-4])):
            raise ValueError(name)
        if first is not (name == b"IHDR") or (first and size != 13):
            raise ValueError(name)
        if name in (b"acTL", b"fcTL", b"fdAT"):
            raise _unusable("It moves; give a still picture.")
        if name in _PNG_KEPT:
            yield whole
        if name == b"IEND":
            return
        at, first = at + 12 + size, False


def _jpeg(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments that are the picture; after SOS come the pixels, up to the end mark."""
    at = 2
    while True:
        if data[at] != 0xFF:
            raise ValueError(at)
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        (size,) = struct.unpack(">H", data[at + 2 : at + 4])
        end = at + 2 + size
        if size < 2 or end > len(data) or not 0xC0 <= marker <= 0xFE:
            raise ValueError(marker)
        if marker == 0xDA:
            close = _end_of_scan(data, end)
            yield marker, data[at:close]
            if data[close + 1] == 0xD9:
                yield 0xD9, b"\xff\xd9"
                return
            end = close
        elif marker < 0xE0 or marker in _JPEG_KEPT_APPS:
            yield marker, data[at:end]
        at = end


def _end_of_scan(data: bytes, at: int) -> int:
    """The next marker that is neither a stuffed FF nor a restart."""
    while True:
        at = data.index(b"\xff", at)
        if data[at + 1] not in (0x00, 0xFF, *range(0xD0, 0xD8)):
            return at
        at += 1 if data[at + 1] == 0xFF else 2


def _webp(data: bytes) -> Picture:
    (size,) = struct.unpack("<I", data[4:8])
    if size + 8 > len(data):
        raise ValueError(size)
    pieces = dict(_webp_pieces(data[12 : size + 8]))
    if b"ANIM" in pieces or b"ANMF" in pieces:
        raise _unusable("It moves; give a still picture.")
    width, height = _webp_size(pieces)
    kept = b"".join(_webp_piece(name, body) for name, body in pieces.items() if name in _WEBP_KEPT)
    whole = b"RIFF" + struct.pack("<I", 4 + len(kept)) + b"WEBP" + kept
    return Picture(media_type="image/webp", width=width, height=height, data=whole)


def _webp_pieces(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(data):
        name, (size,) = data[at : at + 4], struct.unpack("<I", data[at + 4 : at + 8])
        body = data[at + 8 : at + 8 + size]
        if len(body) != size:
            raise ValueError(name)
        yield name, body
        at += 8 + size + size % 2


def _webp_piece(name: bytes, body: bytes) -> bytes:
    if name == b"VP8X":
        # What it says of ICC, EXIF and XMP no longer holds; whether it is see-through still does.
        body = bytes([body[0] & 0b0001_0000]) + body[1:]
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _webp_size(pieces: dict[bytes, bytes]) -> tuple[int, int]:
    if lossless := pieces.get(b"VP8L"):
        if lossless[0] != 0x2F:
            raise ValueError(lossless[0])
        (bits,) = struct.unpack("<I", lossless[1:5])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    lossy = pieces.get(b"VP8 ", b"")
    if lossy[3:6] != b"\x9d\x01\x2a":
        raise ValueError(lossy[:6])
    width, height = struct.unpack("<HH", lossy[6:10])
    return width & 0x3FFF, height & 0x3FFF


def _unusable(why: str) -> LogoUnusable:
    return LogoUnusable(why, field="logo")
