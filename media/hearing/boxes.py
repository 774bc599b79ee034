"""MP4 by its boxes and Ogg by its pages: what is in them, and how many seconds they last."""

import struct
from collections.abc import Iterator

from media.hearing.frames import NoSound

INSIDE = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}
"""Boxes that hold boxes."""
OPUS_RATE = 48_000
MOST_BOXES = 10_000


def boxes(data: memoryview, depth: int = 0) -> Iterator[tuple[bytes, memoryview]]:
    """Yield the boxes of an MP4, each with its content, those inside after their own."""
    place, count = 0, 0
    while place + 8 <= len(data) and depth <= len(INSIDE) and count < MOST_BOXES:
        size, name, head = *struct.unpack_from(">I4s", data, place), 8
        if size == 1 and place + 16 <= len(data):
            size, head = struct.unpack_from(">Q", data, place + 8)[0], 16
        size = size or len(data) - place
        if size < head:
            raise NoSound
        inner = data[place + head : place + size]
        yield name, inner
        if name in INSIDE:
            yield from boxes(inner, depth + 1)
        place, count = place + size, count + 1


def m4a_seconds(data: bytes) -> float:
    """Return how long an MP4 with AAC and nothing else lasts; 0 where its head does not say, as in one sent in pieces."""
    kinds, codecs, seconds = set(), set(), 0.0
    for name, inner in boxes(memoryview(data)):
        if name == b"hdlr" and len(inner) >= 12:
            kinds.add(bytes(inner[8:12]))
        elif name == b"stsd" and len(inner) >= 16:
            codecs.add(bytes(inner[12:16]))
        elif name == b"mvhd":
            seconds = length(inner)
    if b"soun" not in kinds or b"vide" in kinds or b"mp4a" not in codecs:
        raise NoSound
    return seconds


def length(head: memoryview) -> float:
    """Return the seconds that the head of a movie says."""
    try:
        form, place = (">IQ", 20) if head[0] == 1 else (">II", 12)
        scale, units = struct.unpack_from(form, head, place)
    except (IndexError, struct.error) as fault:
        raise NoSound from fault
    return float(units / scale) if scale else 0.0


def ogg_seconds(data: bytes) -> tuple[str, float]:
    """Return whether an Ogg is `opus` or `ogg` (Vorbis), and how long it lasts."""
    packet = data[27 + data[26] :] if len(data) > 27 else b""
    try:
        if packet[:8] == b"OpusHead":
            form, rate, skipped = "opus", OPUS_RATE, struct.unpack_from("<H", packet, 10)[0]
        elif packet[:7] == b"\x01vorbis":
            form, rate, skipped = "ogg", struct.unpack_from("<I", packet, 12)[0], 0
        else:
            raise NoSound
        end = struct.unpack_from("<q", data, data.rindex(b"OggS") + 6)[0]
    except (struct.error, IndexError) as fault:
        raise NoSound from fault
    if not rate or end < skipped:
        raise NoSound
    return form, (end - skipped) / rate
