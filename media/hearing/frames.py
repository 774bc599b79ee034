"""MP3, frame by frame, and WAV: how many seconds they last, or that they are none."""

import wave
from typing import IO

RATES = {1: (44100, 48000, 32000), 2: (22050, 24000, 16000), 2.5: (11025, 12000, 8000)}
KILOBITS = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Of layer III by version; 2.5 is written as 2 is."""
VERSIONS = {0: 2.5, 2: 2, 3: 1}
FEWEST = 3
"""Frames in a row; fewer may be chance in any file."""
STRAY = 64 * 1024
"""Bytes before the first frame, beyond the tag, and between two of them."""


class NoSound(ValueError):
    """The file is none of this form, or is broken."""


def wav_seconds(file: IO[bytes]) -> float:
    """Return how long a WAV lasts."""
    try:
        with wave.open(file) as sound:
            return float(sound.getnframes() / sound.getframerate())
    except (wave.Error, EOFError, ZeroDivisionError, RuntimeError, ValueError, OSError) as fault:
        # Python's reader says of a chunk that ends before its file a RuntimeError without a word.
        raise NoSound from fault


def frame(head: bytes) -> tuple[int, float] | None:
    """Return the bytes and the seconds of the frame that a header of four bytes begins; None for what is no header."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0 or (head[1] >> 1) & 3 != 1:
        return None
    version, rate, bits = VERSIONS.get((head[1] >> 3) & 3), (head[2] >> 2) & 3, head[2] >> 4
    if version is None or rate == 3 or bits in (0, 15):
        return None
    hertz = RATES[version][rate]
    samples = 1152 if version == 1 else 576
    size = samples // 8 * KILOBITS[1 if version == 1 else 2][bits] * 1000 // hertz + ((head[2] >> 1) & 1)
    return size, samples / hertz


def mp3_seconds(data: bytes) -> float:
    """Return how long an MP3 lasts: all its frames, whether their bitrate is constant or not."""
    place, lost, count, seconds = after_tag(data), 0, 0, 0.0
    while place + 4 <= len(data) and data[place : place + 3] != b"TAG":
        found = frame(data[place : place + 4])
        if found is None:
            lost += 1
            if lost > STRAY:
                break
            place += 1
            continue
        size, lasts = found
        place, count, seconds, lost = place + size, count + 1, seconds + lasts, 0
    if count < FEWEST:
        raise NoSound
    return seconds


def after_tag(data: bytes) -> int:
    """Return where the sound begins: behind an ID3 tag."""
    if data[:3] != b"ID3" or len(data) < 10:
        return 0
    return 10 + sum((byte & 0x7F) << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
