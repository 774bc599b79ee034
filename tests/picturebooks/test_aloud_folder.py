"""Recordings beside a folder of books come in with them, and stay when the folder is read again."""

from pathlib import Path

import pytest

from picturebooks.importing import SAME, BookRefused, bring_in
from picturebooks.importing.folder import books_in
from picturebooks.models import Book
from tests.picturebooks.recorded import mp3, wav

pytestmark = pytest.mark.django_db


def put(folder: Path, name: str, data: bytes) -> None:
    path = folder / "audio" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def test_pages_and_whole_books_are_read(books: Path) -> None:
    last = (books / "zh/0001_高个子.md").read_text("utf-8") + "* Narration: 李奶奶\n"
    (books / "zh/0001_高个子.md").write_text(last, "utf-8")
    put(books, "zh/0001/02.mp3", mp3())
    put(books, "zh/0001/02.txt", b"0.5")
    put(books, "en/0001.wav", wav())
    put(books, "en/0002.wav", wav())
    bring_in(books_in(books)[0])
    made = Book.objects.get()
    first, second = made.spreads.all()
    assert (first.sound_zh, second.sound_zh.reader, second.sound_zh.times, second.sound_zh.form) == (
        None,
        "李奶奶",
        "0.5",
        "mp3",
    )
    assert (made.sound_zh, made.sound_en.form, made.sound_en.reader) == (None, "wav", "")
    second.sound_zh.times = "1"
    second.sound_zh.save()
    (books / "audio/zh/0001/02.txt").unlink()
    assert bring_in(books_in(books)[0]).state == SAME
    second.sound_zh.refresh_from_db()
    assert second.sound_zh.times == "1"


WRONG = {
    "zh/0001/09.mp3": "没有第 9 页",
    "zh/0001/00.mp3": "没有第 0 页",
    "zh/0001/01.wav": "扩展名",
    "en/0001.ogg": "扩展名",
}


@pytest.mark.parametrize("name", WRONG)
def test_a_recording_that_cannot_be_refuses_the_book(books: Path, name: str) -> None:
    put(books, name, mp3())
    with pytest.raises(BookRefused) as refused:
        bring_in(books_in(books)[0])
    assert WRONG[name] in str(refused.value)
    assert f"audio/{name}" in str(refused.value)
    assert not Book.objects.exists()


def test_two_recordings_of_a_page_and_times_that_go_back(books: Path) -> None:
    put(books, "zh/0001/01.mp3", mp3())
    put(books, "zh/0001/1.mp3", mp3())
    put(books, "en/0001/01.mp3", mp3())
    put(books, "en/0001/01.txt", b"2 1")
    with pytest.raises(BookRefused) as refused:
        bring_in(books_in(books)[0])
    assert len(refused.value.faults) == 2
