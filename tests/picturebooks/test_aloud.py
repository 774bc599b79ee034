"""Read aloud by a person: on the page, at the desk, from tables; heard by whom the book is seen, and where its rights allow."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from cms.importing import ImportRefused, import_files
from cms.models import Change, Removal
from media.models import Sound
from picturebooks.aloud.recordings import recitals
from picturebooks.aloud.sentences import english_sentences, sentences
from picturebooks.models import Book, Spread
from tests.picturebooks.recorded import mp3, sound, wav

pytestmark = pytest.mark.django_db


def published(book: Book) -> Book:
    book.save_revision().publish()
    return Book.objects.get(pk=book.pk)


@pytest.fixture
def told(book: Book) -> Book:
    """The book of four spreads, the first read in Chinese and in English."""
    first = book.spreads.first()
    first.sound_zh = sound(name="zh.wav", times="0 1.5")
    first.sound_en = sound(name="en.wav", times="0.5 2")
    first.save()
    return published(book)


def test_sentences_of_english() -> None:
    assert english_sentences("Early the wind called me. “Coming?” I let go.") == [
        "Early the wind called me.",
        "“Coming?”",
        "I let go.",
    ]
    assert english_sentences("Mr. Li met Dr. Wu. They ran") == ["Mr. Li met Dr. Wu.", "They ran"]
    assert english_sentences("It cost 3.5 yuan. e.g. this") == ["It cost 3.5 yuan. e.g. this"]
    assert english_sentences("") == []


def test_the_page_has_each_recording_with_its_reader_and_times(told: Book, client: Client) -> None:
    page = client.get(told.url).content.decode()
    audio = re.findall(r"<audio[^>]*>", page)
    assert [re.search(r'data-lang="(\w+)"', tag)[1] for tag in audio] == ["zh", "en"]
    assert 'data-starts="0 1.5"' in audio[0]
    assert "读：王老师" in page
    assert "读：Ms Wang" not in page
    assert "Read by Ms Wang" in client.get(f"/en{told.url}").content.decode()
    assert 'id="told"' in page
    assert 'id="say"' in page


def test_a_book_that_nobody_read_has_the_machines_voice_alone(book: Book, client: Client) -> None:
    page = client.get(book.url).content.decode()
    assert 'id="told"' not in page
    assert "<audio" not in page


def test_a_recording_of_the_whole_book_is_parted_by_its_times(book: Book) -> None:
    spreads = list(book.spreads.all())
    count = [len(sentences(spread, english=False)) for spread in spreads]
    book.sound_zh = sound(wav(20), times=" ".join(str(n) for n in range(sum(count))))
    found = recitals(book, spreads)
    assert [len(found[place][0].starts) for place in range(4)] == count
    first, second = found[0][0], found[1][0]
    assert (first.begin, first.end, second.begin) == (0, count[0], count[0])
    assert first.address.endswith(f"#t=0,{count[0]}")
    assert found[3][0].end is None
    own = spreads[1].sound_zh = sound(name="own.wav")
    assert recitals(book, spreads)[1][0].sound == own


def test_times_for_another_text_light_nothing(told: Book) -> None:
    """Of a spread's recording the sound is left, of a whole book's nothing: there is no telling what belongs where."""
    spreads = list(told.spreads.all())
    spreads[0].text = "一句。两句。三句。四句。"
    assert recitals(told, spreads)[0][0].starts == ()
    told.sound_zh = sound(times="0 1")
    assert list(recitals(told, spreads)) == [0]


@pytest.mark.parametrize("way", ["unpublish", "private", "web", "of the recording"])
def test_a_recording_is_heard_where_its_book_is_seen(told: Book, client: Client, way: str) -> None:
    made = told.spreads.first().sound_zh
    answer = client.get(made.file.url)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "public, max-age=600, must-revalidate")
    if way == "unpublish":
        told.unpublish()
    elif way == "private":
        PageViewRestriction.objects.create(page=told, restriction_type="login")
    elif way == "web":
        Book.objects.filter(pk=told.pk).update(use_web=False)
    else:
        Sound.objects.filter(pk=made.pk).update(use_web=False)
        assert made.file.url not in client.get(told.url).content.decode()
    assert client.get(made.file.url).status_code == 404


def test_who_is_let_in_hears_it_and_no_cache_keeps_it(told: Book, client: Client) -> None:
    PageViewRestriction.objects.create(page=told, restriction_type="login")
    client.force_login(User.objects.create_user("reader"))
    answer = client.get(told.spreads.first().sound_zh.file.url)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


def test_a_librarian_sees_how_recordings_stand_and_types_times(told: Book, admin_client: Client) -> None:
    address = reverse("aloud", args=[told.pk])
    assert address in admin_client.get(reverse("wagtailadmin_pages:edit", args=[told.pk])).content.decode()
    listed = admin_client.get(address).content.decode()
    assert "每句都有时间（2 句）" in listed
    made = told.spreads.first().sound_zh
    tapping = reverse("aloud_tapping", args=[told.pk, made.pk])
    assert tapping in listed
    form = admin_client.get(tapping).content.decode()
    assert re.findall(r'name="at" value="([^"]*)"', form) == ["0", "1.5"]
    assert admin_client.post(tapping, {"at": ["0.2", "0:01.7"]}).status_code == 302
    made.refresh_from_db()
    assert made.times == "0.2 1.7"
    assert admin_client.post(tapping, {"at": ["", ""]}).status_code == 302
    made.refresh_from_db()
    assert made.times == ""
    assert "还没有点时间" in admin_client.get(address).content.decode()


WRONG = {"abc": "读不懂", "1.0": "要比上一句晚", "": "还没有时间", "99": "录音只有 4 秒"}


@pytest.mark.parametrize("typed", WRONG)
def test_what_is_wrong_with_a_time_stands_beside_it(told: Book, admin_client: Client, typed: str) -> None:
    made = told.spreads.first().sound_zh
    answer = admin_client.post(reverse("aloud_tapping", args=[told.pk, made.pk]), {"at": ["1", typed]})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert WRONG[typed] in text
    assert 'aria-invalid="true"' in text
    made.refresh_from_db()
    assert made.times == "0 1.5"


def test_only_who_may_edit_the_book_taps(told: Book, client: Client) -> None:
    address = reverse("aloud_tapping", args=[told.pk, told.spreads.first().sound_zh.pk])
    assert client.get(address).status_code == 302
    client.force_login(User.objects.create_user("reader"))
    assert client.get(address).status_code == 302


def test_another_books_recording_is_not_found(told: Book, admin_client: Client) -> None:
    assert admin_client.get(reverse("aloud_tapping", args=[told.pk, sound().pk])).status_code == 404


def test_recordings_come_by_table_and_leave_by_number(book: Book, tmp_path: Path) -> None:
    (tmp_path / "sounds").mkdir()
    (tmp_path / "sounds/one.mp3").write_bytes(mp3())
    table = tmp_path / "spread.csv"
    table.write_text(
        "所属编号,次序,录音,录音朗读者,录音时间\nXH-PB-7,1,one.mp3,李奶奶,0 1 0:02.5\nXH-PB-7,2,,,\n", "utf-8"
    )
    import_files([(Spread, table)])
    made = Spread.objects.get(book=book, sort_order=0).sound_zh
    assert (made.form, made.reader, made.times) == ("mp3", "李奶奶", "0 1 2.5")
    assert Spread.objects.get(book=book, sort_order=1).sound_zh is None
    table.write_text(f"所属编号,次序,录音\nXH-PB-7,1,\nXH-PB-7,2,录音 {made.pk}\n", "utf-8")
    import_files([(Spread, table)])
    assert {spread.sound_zh for spread in book.spreads.all()[:2]} == {made}


BROKEN = {"missing.mp3": "没有", "words.mp3": "不能收", "../x.mp3": "不是文件名", "录音 99999": "没有 99999 号"}


@pytest.mark.parametrize("cell", BROKEN)
def test_a_table_with_a_broken_recording_brings_nothing(book: Book, tmp_path: Path, cell: str) -> None:
    (tmp_path / "sounds").mkdir()
    (tmp_path / "sounds/words.mp3").write_text("不是声音")
    table = tmp_path / "spread.csv"
    table.write_text(f"所属编号,次序,录音\nXH-PB-7,1,{cell}\n", "utf-8")
    with pytest.raises(ImportRefused, match=BROKEN[cell]):
        import_files([(Spread, table)])
    assert not Sound.objects.exists()


def test_the_desk_takes_a_recording_and_says_what_is_no_sound(admin_client: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    address = reverse("wagtailsnippets_media_sound:add")
    values = {"title": "整本", "reader": "王老师", "use_web": "on", "times": "", "rights_uri": ""}
    bad = admin_client.post(address, {**values, "file": SimpleUploadedFile("a.mp3", b"no sound at all")})
    assert bad.status_code == 200
    assert "这不是能收的录音" in bad.content.decode()
    late = admin_client.post(address, {**values, "times": "0 9", "file": SimpleUploadedFile("a.wav", wav())})
    assert "录音只有 4 秒" in late.content.decode()
    assert not Sound.objects.exists()
    assert admin_client.post(address, {**values, "file": SimpleUploadedFile("a.wav", wav())}).status_code == 302
    assert Sound.objects.get().seconds == 4


def test_a_recording_that_was_deleted_comes_back(
    book: Book, admin_client: Client, django_capture_on_commit_callbacks: Callable
) -> None:
    made = sound()
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(reverse("wagtailsnippets_media_sound:delete", args=[made.pk]))
    assert not Sound.objects.exists()
    assert Removal.objects.get().files == [made.file.name]
    assert made.file.storage.exists(made.file.name)
    admin_client.post(reverse("change_undo", args=[Change.objects.get(action="delete").pk]))
    assert Sound.objects.get().reader == "王老师"
