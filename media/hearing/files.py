"""A sound file looked at before it is kept: its form by its content, its length, or why it is not taken."""

import hashlib
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from media.hearing.boxes import m4a_seconds, ogg_seconds
from media.hearing.frames import NoSound, mp3_seconds, wav_seconds

LARGEST = 40 * 1024 * 1024
"""Bytes; an hour of speech as MP3 is some 30 MB."""
LONGEST = 4 * 3600
"""Seconds."""
TYPES = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
}
"""What a browser is told of each form."""
ENDINGS = {
    "mp3": ("mp3",),
    "m4a": ("m4a", "mp4", "aac"),
    "ogg": ("ogg", "oga"),
    "opus": ("opus", "ogg", "oga"),
    "wav": ("wav", "wave"),
}


class SoundNotTaken(ValueError):
    """A sound that cannot be taken; as a text it says why, for people, in their language."""


@dataclass(frozen=True)
class Heard:
    """What a file is: its form, one of TYPES; its seconds, 0 where it does not say; its SHA-256."""

    form: str
    seconds: float
    digest: str


def look(file: IO[bytes], name: str) -> Heard:
    """Return what a file is; SoundNotTaken where it is no sound that browsers play, or too large, or called otherwise."""
    file.seek(0, 2)
    if (size := file.tell()) > LARGEST:
        said = _("录音有 %(megabytes)s MB；最多 %(most)s MB。请存成 MP3 再上传。")
        raise SoundNotTaken(said % {"megabytes": size >> 20, "most": LARGEST >> 20})
    file.seek(0)
    data = file.read()
    file.seek(0)
    try:
        form, seconds = form_of(data, file)
    except (NoSound, struct.error, ValueError, IndexError, OverflowError):
        raise SoundNotTaken(_("这不是能收的录音，或者文件坏了。请用 MP3、M4A（AAC）、Ogg、Opus 或 WAV。")) from None
    finally:
        file.seek(0)
    ending = Path(name).suffix.lower().lstrip(".")
    if ending not in ENDINGS[form]:
        said = _("扩展名是 .%(ending)s，内容却是 %(form)s。请改成相符的扩展名。")
        raise SoundNotTaken(said % {"ending": ending[:10], "form": form.upper()})
    if seconds > LONGEST:
        raise SoundNotTaken(_("录音太长：最多四小时。"))
    return Heard(form, round(seconds, 3), hashlib.sha256(data).hexdigest())


def form_of(data: bytes, file: IO[bytes]) -> tuple[str, float]:
    """Return the form and the length of a sound; NoSound for anything else."""
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "wav", wav_seconds(file)
    if data[:4] == b"OggS":
        return ogg_seconds(data)
    if data[4:8] == b"ftyp":
        return "m4a", m4a_seconds(data)
    return "mp3", mp3_seconds(data)
