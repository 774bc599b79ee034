"""Recordings: taken for what they are by their content, served in parts, and only where somebody may hear them."""

import io
import struct
import wave
from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import translation

from media.hearing.files import LARGEST, SoundNotTaken, look
from media.hearing.times import NoTime, moments
from media.models import Sound


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Say in Chinese what is refused, whoever was here before."""
    with translation.override("zh-hans"):
        yield


FRAME = b"\xff\xfb\x90\x64" + bytes(413)


def wav(seconds: float = 2.0) -> bytes:
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(bytes(round(seconds * 8000)))
    return data.getvalue()


def box(name: bytes, *inner: bytes) -> bytes:
    body = b"".join(inner)
    return struct.pack(">I4s", 8 + len(body), name) + body


def m4a(handler: bytes = b"soun", codec: bytes = b"mp4a") -> bytes:
    """An MP4 of 90 units of a thirtieth of a second."""
    head = box(b"mvhd", bytes(12), struct.pack(">II", 30, 90), bytes(80))
    track = box(
        b"trak",
        box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(12)), box(b"minf", box(b"stbl", stsd(codec)))),
    )
    return box(b"ftyp", b"M4A \0\0\0\0M4A ") + box(b"moov", head, track) + box(b"mdat", bytes(100))


def stsd(codec: bytes) -> bytes:
    return box(b"stsd", bytes(4), struct.pack(">I", 1), box(codec, bytes(28)))


def ogg(packet: bytes, granule: int) -> bytes:
    first = b"OggS" + bytes(22) + b"\x01" + bytes([len(packet)]) + packet
    last = b"OggS\0\x04" + struct.pack("<q", granule) + bytes(12) + b"\x01\x01x"
    return first + last


OPUS = ogg(b"OpusHead\x01\x01" + struct.pack("<H", 312) + bytes(7), 48000 * 3 + 312)
VORBIS = ogg(b"\x01vorbis" + bytes(5) + struct.pack("<I", 44100) + bytes(14), 44100 * 3)
GOOD = {
    "a.wav": (wav(), "wav", 2.0),
    "b.mp3": (FRAME * 100, "mp3", 2.612),
    "tagged.mp3": (b"ID3\x04\0\0\0\0\0\x0a" + bytes(10) + FRAME * 100 + b"TAG" + bytes(125), "mp3", 2.612),
    "c.m4a": (m4a(), "m4a", 3.0),
    "d.opus": (OPUS, "opus", 3.0),
    "e.ogg": (VORBIS, "ogg", 3.0),
    "f.ogg": (OPUS, "opus", 3.0),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_sound_is_known_by_its_content(name: str) -> None:
    data, form, seconds = GOOD[name]
    heard = look(io.BytesIO(data), name)
    assert (heard.form, heard.seconds) == (form, seconds)


BAD = {
    "picture.mp3": b"\x89PNG\r\n\x1a\n" + bytes(3000),
    "words.mp3": "一段文字".encode() * 400,
    "empty.wav": b"",
    "half.wav": wav()[:20],
    "page.ogg": b"OggS",
    "film.m4a": m4a(b"vide"),
    "lossless.m4a": m4a(codec=b"alac"),
    "one.mp3": FRAME,
    "renamed.mp3": wav(),
    "text.html": b"<html><script>alert(1)</script>",
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_none_is_refused_in_words(name: str) -> None:
    with pytest.raises(SoundNotTaken) as refused:
        look(io.BytesIO(BAD[name]), name)
    assert "。" in str(refused.value)


def test_any_broken_sound_is_taken_or_refused() -> None:
    """Cut or overwritten anywhere, a file comes to no other end."""
    for name, (data, _form, _seconds) in GOOD.items():
        for at in range(0, min(len(data), 400), 7):
            for broken in (
                data[:at],
                data[:at] + b"\xff\xff\xff\xff" + data[at + 4 :],
                data[:at] + bytes(8) + data[at:],
            ):
                try:
                    look(io.BytesIO(broken), name)
                except SoundNotTaken:
                    continue


def test_what_is_too_large_is_refused() -> None:
    with pytest.raises(SoundNotTaken, match="40 MB"):
        look(io.BytesIO(bytes(LARGEST + 1)), "long.wav")


def test_times_are_read_as_people_write_them() -> None:
    assert moments("0 2.5，1:02.5\n70") == [0, 2.5, 62.5, 70]
    for wrong in ("3 2", "1 1", "abc", "-1", "1e5"):
        with pytest.raises(NoTime):
            moments(wrong)


@pytest.mark.django_db
def test_the_desk_hears_what_nobody_may_hear_yet(admin_client: Client, client: Client) -> None:
    """A recording that no record plays is for those who work here alone; nothing else lies at such an address."""
    made = Sound.objects.create(title="试", file=ContentFile(wav(), "unused.wav"))
    assert made.file.url.startswith("/files/sounds/")
    assert client.get(made.file.url).status_code == 404
    answer = admin_client.get(made.file.url)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200,
        "audio/wav",
        "private, no-store",
    )
    assert admin_client.get("/files/sounds/other.wav").status_code == 404
    assert admin_client.get("/files/sounds/..%2f..%2fsecret-key").status_code == 404


RANGES = {
    "bytes=0-1": (206, 0, 2),
    "bytes=10-": (206, 10, None),
    "bytes=-5": (206, -5, None),
    "bytes=0-99999999": (206, 0, None),
    "bytes=99999999-": (416, 0, 0),
    "bytes=5-2": (200, 0, None),
    "bytes=-": (200, 0, None),
    "bytes=0-1,4-5": (200, 0, None),
    "lines=1-2": (200, 0, None),
}


@pytest.mark.django_db
@pytest.mark.parametrize("asked", RANGES)
def test_a_sound_is_sent_in_parts(admin_client: Client, asked: str) -> None:
    """Safari asks for two bytes first, and plays nothing where it is sent more."""
    data = wav()
    made = Sound.objects.create(title="试", file=ContentFile(data, "parts.wav"))
    answer = admin_client.get(made.file.url, headers={"Range": asked, "Accept-Encoding": "gzip"})
    status, start, stop = RANGES[asked]
    assert answer.status_code == status
    assert answer["Accept-Ranges"] == "bytes"
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert body == data[start:stop]
    if status == 206:
        first = len(data) + start if start < 0 else start
        assert answer["Content-Range"] == f"bytes {first}-{first + len(body) - 1}/{len(data)}"
        assert answer["Content-Length"] == str(len(body))


@pytest.mark.django_db
def test_a_part_of_another_version_is_sent_whole(admin_client: Client) -> None:
    made = Sound.objects.create(title="试", file=ContentFile(wav(), "version.wav"))
    first = admin_client.get(made.file.url)
    part = admin_client.get(made.file.url, headers={"Range": "bytes=0-1", "If-Range": first["ETag"]})
    assert part.status_code == 206
    assert admin_client.get(made.file.url, headers={"Range": "bytes=0-1", "If-Range": '"old"'}).status_code == 200
    assert admin_client.get(made.file.url, headers={"If-None-Match": first["ETag"]}).status_code == 304
