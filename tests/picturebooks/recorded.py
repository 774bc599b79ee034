"""Sounds made for tests: silence as WAV and as MP3, and a recording in the library."""

import io
import wave

from django.core.files.base import ContentFile

from media.models import Sound

FRAME = b"\xff\xfb\x90\x64" + bytes(413)
"""A frame of silence: MPEG 1, layer III, 128 kbit/s, 44.1 kHz, 1152 samples."""
FRAME_SECONDS = 1152 / 44100


def wav(seconds: float = 4.0, rate: int = 8000) -> bytes:
    """Return silence as WAV."""
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(bytes(2 * round(seconds * rate)))
    return data.getvalue()


def mp3(seconds: float = 4.0) -> bytes:
    """Return silence as MP3."""
    return FRAME * round(seconds / FRAME_SECONDS)


def sound(data: bytes = b"", name: str = "read.wav", **fields: object) -> Sound:
    """Keep a recording in the library."""
    values = {"title": "录音", "reader": "王老师", "reader_en": "Ms Wang", **fields}
    return Sound.objects.create(file=ContentFile(data or wav(), name), **values)
