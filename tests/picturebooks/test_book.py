"""A book's page: for whom it is, its faces, and what comes in that nobody meant."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from fontTools.ttLib import TTFont

from cms.importing import ImportRefused
from picturebooks import faces
from picturebooks.models import Book, Spread
from tests.picturebooks.conftest import ROWS, pictured, tables

FONTS = settings.ROOT / "cms" / "static" / "cms" / "fonts"
LATIN = ("latin", "latin-italic", "latin-ext", "latin-italic-ext", "latin-e")
MARKED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿêếề"
BUDGET = 250_000


def page_of(book: Book, prefix: str = "", **headers: str) -> str:
    """Return a book's page."""
    # The English page before leaves its language behind, and addresses are made in it.
    with translation.override("zh-hans"):
        address = book.get_url()
    answer = Client(headers=headers).get(prefix + address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
def test_for_whom_it_is_stands_on_the_cover_and_in_search(book: Book) -> None:
    assert {"听大人读", "4 岁起"} <= {part.text for part in book.text_parts()}
    assert {"Read to me", "Ages 4 and up"} <= {part.text for part in book.text_parts_en()}
    for prefix, facts in [
        ("", ["4 岁起", "听大人读", "4 幅", "约 6 分钟"]),
        ("/en", ["Ages 4 and up", "about 6 minutes"]),
    ]:
        page = page_of(book, prefix)
        assert [fact for fact in facts if f"<span>{fact}</span>" not in page] == []


# A page asks for its content type when it is made, which is in the database unless an earlier test asked.
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "last", "said"), [(4, 6, "4–6 岁"), (4, 4, "4 岁"), (None, 6, "6 岁"), (None, None, "")]
)
def test_ages_are_said_as_people_say_them(first: int | None, last: int | None, said: str) -> None:
    assert Book(age_from=first, age_to=last).ages == said


@pytest.mark.django_db
def test_an_age_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValidationError, match="比“从几岁”小"):
        Book(title="x", age_from=6, age_to=4).clean()


@pytest.mark.django_db
def test_an_age_that_nobody_has_is_refused_by_row(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="从几岁"):
        tables(tmp_path, ROWS, "XH-PB-8,x,,,,,400,\n")
    assert Book.objects.count() == 0


@pytest.mark.django_db
def test_three_things_to_do_are_the_books_own_or_suit_any(book: Book) -> None:
    assert "合上书，用自己的话把它讲一遍。" in page_of(book)
    Book.objects.update(after_reading="找一片叶：数一数\n问\n\n三:3\n四", after_reading_en="Find a leaf: count")
    page = page_of(book)
    assert [words in page for words in ("<b>找一片叶</b>", "数一数", "<b>问</b>", "<b>三</b>", "<b>四</b>")] == [
        True
    ] * 4 + [False]
    assert "<b>Find a leaf</b>" in page_of(book, "/en")


@pytest.mark.django_db
def test_as_many_queries_for_300_spreads_as_for_3(tmp_path: Path) -> None:
    counts = []
    for number in (3, 300):
        Book.objects.all().delete()
        folder = tmp_path / str(number)
        folder.mkdir()
        tables(folder, ROWS[:1] * number)
        book = Book.objects.get()
        pictured(book)
        page_of(book)
        with CaptureQueriesContext(connection) as queries:
            page = page_of(book)
        assert page.count('<section class="spread') == number
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


@pytest.mark.django_db
def test_a_book_without_spreads_is_a_record(book: Book) -> None:
    book.spreads.all().delete()
    page = page_of(book)
    assert 'id="reader"' not in page
    assert "reader.mjs" not in page


@pytest.mark.django_db
def test_a_spread_without_a_picture_and_one_whose_file_is_gone(book: Book) -> None:
    first = book.spreads.first()
    default_storage.delete(first.image.file.name)
    page = page_of(book)
    assert page.count('class="spread no-pic"') == 1
    assert "图片正在准备" in page


@pytest.mark.django_db
def test_readings_without_a_place_are_listed_for_librarians(book: Book) -> None:
    editor = User.objects.create_user("bianji")
    editor.groups.add(Group.objects.get(name="编辑"))
    Spread.objects.filter(pk=book.spreads.first().pk).update(pinyin="bié de shū")
    client = Client()
    assert client.get("/admin/pinyin/").status_code == 302
    client.force_login(editor)
    page = client.get("/admin/pinyin/").content.decode()
    assert "到“清早，风来叫我。”这里读不通" in page
    assert page.count("没有拼音，同一本的别幅有") == 2
    Spread.objects.update(pinyin="")
    assert "每一幅的注音都放得上" in client.get("/admin/pinyin/").content.decode()


@pytest.mark.django_db
def test_the_face_of_a_book_has_its_letters_and_is_kept_for_good(book: Book) -> None:
    name = faces.face_of(book, book.spreads.all())
    rules, font = f"/faces/{name}.css", f"/faces/{name}.woff2"
    client = Client()
    assert rules in page_of(book)
    faces.interface.cache_clear()
    assert rules in page_of(book, "/en")
    assert rules not in page_of(book, **{"Save-Data": "on"})
    assert (client.get(rules).content, client.get(font).status_code) == (b"", 404)
    assert faces.make(book)
    assert not faces.make(book)
    assert font.encode() in client.get(rules).content
    answer = client.get(font)
    assert "immutable" in answer["Cache-Control"]
    with default_storage.open(faces.file_of(name)) as file:
        kept = TTFont(file).getBestCmap()
    assert b"".join(answer.streaming_content)[:4] == b"wOF2"
    assert [char for char in "弄堂里，“被”" if ord(char) not in kept] == []


def test_the_faces_of_a_page_are_within_their_weight() -> None:
    """Of the longest book, too: it has as many characters as a face may have."""
    common = "".join(bytes([row, cell]).decode("gb2312") for row in range(0xB0, 0xB8) for cell in range(0xA1, 0xFF))
    text = faces.letters([common])
    assert len(text) == faces.MOST
    assert len(faces.cut(text)) + sum((FONTS / f"{name}.woff2").stat().st_size for name in LATIN) <= BUDGET


def test_every_vowel_has_every_mark() -> None:
    have = {name: TTFont(FONTS / f"{name}.woff2").getBestCmap() for name in LATIN}
    roman = have["latin"] | have["latin-ext"] | have["latin-e"]
    assert [char for char in MARKED + MARKED.upper() + "\u0304" if ord(char) not in roman] == []
    assert [char for char in MARKED[:29] if ord(char) not in have["latin-italic"] | have["latin-italic-ext"]] == []
