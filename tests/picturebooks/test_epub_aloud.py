"""A book that people read aloud, as EPUB: media overlays over its sentences, in the forms that every reading system plays."""

import io
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.test import Client

from picturebooks.models import Book
from tests.picturebooks.recorded import mp3, sound

pytestmark = pytest.mark.django_db

OPF, SMIL, XHTML = "{http://www.idpf.org/2007/opf}", "{http://www.w3.org/ns/SMIL}", "{http://www.w3.org/1999/xhtml}"


def fetched(book: Book, prefix: str = "") -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(Client().get(f"{prefix}/id/{book.uid}.epub").getvalue()))


def beats(archive: zipfile.ZipFile, name: str) -> list[tuple[str, str, str, str]]:
    """Return what is lit by what, from when to when."""
    found = []
    for par in ElementTree.fromstring(archive.read(f"EPUB/{name}.smil")).iter(f"{SMIL}par"):
        text, audio = par.find(f"{SMIL}text"), par.find(f"{SMIL}audio")
        found.append((text.get("src"), audio.get("src"), audio.get("clipBegin"), audio.get("clipEnd")))
    return found


@pytest.fixture
def told(put_book: Callable[..., Book]) -> Book:
    """A book of three spreads: the first read in both languages, the second without times, the third by nobody."""
    book = put_book(3)
    first, second, third = book.spreads.all()
    first.text, first.pinyin = "清早，风来叫我。它走了。\n叶子落下。", ""
    first.sound_zh = sound(mp3(6), "zh.mp3", times="0.5 2 4.25")
    first.sound_en = sound(mp3(3), "en.mp3", times="0")
    second.sound_zh = sound(mp3(2), "two.mp3")
    third.sound_zh = sound(name="three.wav", times="0")
    for spread in (first, second, third):
        spread.save()
    book.save_revision().publish()
    return Book.objects.get(pk=book.pk)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_each_sentence_is_lit_while_it_is_read(told: Book, prefix: str) -> None:
    archive = fetched(told, prefix)
    assert beats(archive, "spread-001") == [
        ("spread-001.xhtml#zh-1-1", "sounds/sound-001.mp3", "0:00:00.500", "0:00:02.000"),
        ("spread-001.xhtml#zh-1-2", "sounds/sound-001.mp3", "0:00:02.000", "0:00:04.250"),
        ("spread-001.xhtml#zh-2-1", "sounds/sound-001.mp3", "0:00:04.250", "0:00:06.008"),
        ("spread-001.xhtml#en-1-1", "sounds/sound-002.mp3", "0:00:00.000", "0:00:03.004"),
    ]
    page = ElementTree.fromstring(archive.read("EPUB/spread-001.xhtml"))
    texts = {one.get("id"): "".join(one.itertext()) for one in page.iter(f"{XHTML}span") if one.get("id")}
    assert texts["zh-1-2"] == "它走了。"
    assert texts["zh-2-1"] == "叶子落下。"
    whole = beats(archive, "spread-002")
    assert whole == [("spread-002.xhtml#words", "sounds/sound-003.mp3", "0:00:00.000", "0:00:02.011")]


def test_the_package_says_what_is_read_and_how_long(told: Book) -> None:
    archive = fetched(told)
    package = ElementTree.fromstring(archive.read("EPUB/package.opf"))
    items = {item.get("id"): item for item in package.iter(f"{OPF}item")}
    assert items["spread-001"].get("media-overlay") == "spread-001-told"
    assert items["spread-001-told"].get("media-type") == "application/smil+xml"
    # WAV is nothing that a reading system must play.
    assert items["spread-003"].get("media-overlay") is None
    assert [item.get("media-type") for i, item in items.items() if i.startswith("sound-")] == ["audio/mpeg"] * 3
    metas = [(meta.get("property"), meta.get("refines"), meta.text) for meta in package.iter(f"{OPF}meta")]
    assert ("media:active-class", None, "lit") in metas
    assert ("media:narrator", None, "王老师") in metas
    lasts = [text for name, _refines, text in metas if name == "media:duration"]
    assert lasts == ["0:00:10.523", "0:00:08.512", "0:00:02.011"]
    assert set(archive.namelist()) >= {"EPUB/sounds/sound-001.mp3", "EPUB/spread-002.smil"}


def test_what_may_not_leave_stays(told: Book) -> None:
    for spread in told.spreads.all():
        for made in filter(None, (spread.sound_zh, spread.sound_en)):
            made.use_offline = False
            made.save()
    archive = fetched(told)
    assert not [name for name in archive.namelist() if "sound" in name or name.endswith(".smil")]
    assert b"media:" not in archive.read("EPUB/package.opf")


def test_a_recording_of_the_whole_book_is_one_file(put_book: Callable[..., Book]) -> None:
    book = put_book(2)
    book.sound_zh = sound(mp3(8), "all.mp3", times="1 4")
    book.save_revision().publish()
    archive = fetched(Book.objects.get(pk=book.pk))
    assert [name for name in archive.namelist() if "sounds/" in name] == ["EPUB/sounds/sound-001.mp3"]
    assert beats(archive, "spread-001")[0][2:] == ("0:00:01.000", "0:00:04.000")
    assert beats(archive, "spread-002")[0][2] == "0:00:04.000"
