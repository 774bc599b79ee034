"""Folders of picture books: both languages, makers, rights and pictures come in; nothing half, nothing unasked, nothing twice."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

from cms.models import ImportBatch
from cms.models.uid import UidCounter
from media.models import Image
from picturebooks.importing.licence import read_licence
from picturebooks.importing.lines import paragraphs
from picturebooks.models import Book, Spread

pytestmark = pytest.mark.django_db


def run(folder: Path, *options: str) -> str:
    """Import a folder and return the report."""
    out = StringIO()
    call_command("import_book", str(folder), *options, stdout=out)
    return out.getvalue()


def refused(folder: Path, *options: str) -> str:
    """Import a folder of which a book is refused, and return the report."""
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_book", str(folder), *options, stdout=out)
    return out.getvalue()


def rewrite(path: Path, old: str, new: str) -> None:
    """Change a text file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_book_comes_in_whole(books: Path) -> None:
    said = run(books)
    book = Book.objects.get()
    assert f"1/1 0001 高个子：已导入，2 幅，{book.uid}" in said
    assert (book.title, book.title_en, book.live) == ("高个子", "A tall man", True)
    assert (book.author, book.author_en, book.illustrator, book.illustrator_en) == ("Ama", "Ama", "Kofi", "Kofi")
    assert (book.translator, book.summary_en) == ("Esi", "A short tale.")
    assert book.rights_uri == "https://creativecommons.org/licenses/by/4.0/"
    assert (book.rights_basis, book.use_web, book.use_print, book.use_offline) == ("licensed", True, True, True)
    assert "许可只写了“CC-BY”，没有写版本" in said
    assert [c.text for c in book.citations.all()] == [
        "原书末页（zh/0001_高个子.md）：License: CC-BY; Text: Ama; Illustration: Kofi; Translation: Esi; Language: zh",
        "原书末页（en/0001_a-tall-man.md）：License: CC-BY; Text: Ama; Illustration: Kofi; Language: en",
    ]
    spreads = list(book.spreads.all())
    assert [(s.text, s.text_en, s.pinyin) for s in spreads] == [
        ("他的床太短。", "His bed was too short.", ""),
        ("他\n走了。", "He went.", ""),
    ]
    assert [s.image.title for s in spreads] == ["《高个子》第 1 页的图", "《高个子》第 2 页的图"]
    assert book.cover.title == "《高个子》封面的图"
    assert book.latest_revision.as_object().origin == "0001_a-tall-man"


def test_a_second_run_changes_nothing(books: Path) -> None:
    run(books)
    before = (Book.objects.get().latest_revision_id, ImportBatch.objects.count(), Image.objects.count())
    said = run(books)
    assert "没有变" in said
    assert "新增 0 本，更新 0，未变 1" in said
    assert (Book.objects.get().latest_revision_id, ImportBatch.objects.count(), Image.objects.count()) == before


def test_a_dry_run_saves_nothing(books: Path) -> None:
    numbers = list(UidCounter.objects.values_list())
    assert "可以导入，2 幅" in run(books, "--dry-run")
    assert not Book.objects.exists()
    assert not Image.objects.exists()
    assert list(UidCounter.objects.values_list()) == numbers


def test_what_a_librarian_changed_is_not_overwritten_unasked(books: Path) -> None:
    run(books)
    book = Book.objects.get()
    book.title = "高高的人"
    book.save_revision().publish()
    Spread.objects.filter(book=book, sort_order=1).update(text_en="He left.")
    said = run(books)
    assert "馆里已有，与文件不同，没有改动" in said
    assert "不同处：题名；第 2 幅 英文文字" in said
    assert Book.objects.get().title == "高高的人"
    assert "可以更新" in run(books, "--update", "--dry-run")
    assert Book.objects.get().title == "高高的人"
    assert "已更新" in run(books, "--update")
    assert Book.objects.get().title == "高个子"
    assert Spread.objects.get(sort_order=1).text_en == "He went."
    assert Book.objects.count() == 1


def test_pinyin_that_was_added_stays(books: Path) -> None:
    run(books)
    Spread.objects.filter(sort_order=0).update(pinyin="tā de chuáng tài duǎn")
    assert "没有变" in run(books)
    rewrite(books / "zh/0001_高个子.md", "# 高个子", "# 高大的人")
    run(books, "--update")
    assert Spread.objects.get(sort_order=0).pinyin == "tā de chuáng tài duǎn"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda f: (f / "images/0001/02.jpg").write_bytes(b"no picture"), "images/0001/02.jpg：这不是能收的图片"),
        (lambda f: (f / "images/0001/03.jpg").unlink(), "缺少 images/0001/03.jpg（第 2 页的图）"),
        (lambda f: shutil.rmtree(f / "images/0001"), "没有 images/0001 文件夹"),
        (lambda f: (f / "en/0001_a-tall-man.md").unlink(), "en 文件夹里没有以“0001”起头的文件"),
        (
            lambda f: rewrite(f / "en/0001_a-tall-man.md", "##\nHe went.\n\n", ""),
            "两种语言的页数不一样：zh/0001_高个子.md 有 2 页，en/0001_a-tall-man.md 有 1 页",
        ),
        (
            lambda f: rewrite(f / "zh/0001_高个子.md", "* License: [CC-BY]\n", ""),
            "zh/0001_高个子.md：最后一节没有写许可（License）",
        ),
        (
            lambda f: rewrite(f / "zh/0001_高个子.md", "CC-BY", "CC-BY-NC"),
            "两种语言的许可不一样",
        ),
        (lambda f: (f / "zh/0001_高个子.md").write_text("", "utf-8"), "zh/0001_高个子.md：第一行要是“# 题名”"),
        (lambda f: (f / "zh/0001_高个子.md").write_bytes(b"PK\x03\x04"), "zh/0001_高个子.md：这是压缩文件"),
        (lambda f: rewrite(f / "zh/0001_高个子.md", "# 高个子", "# " + "高" * 300), "“题名”：有 300 字"),
        (
            lambda f: shutil.copy(f / "zh/0001_高个子.md", f / "zh/0001_又一本.md"),
            "同一个编号有几份文件：zh/0001_又一本.md、zh/0001_高个子.md",
        ),
    ],
)
def test_a_book_with_a_fault_does_not_come_in_and_the_others_do(books: Path, spoil: object, said: str) -> None:
    for lang, name in (("zh", "高个子"), ("en", "a-tall-man")):
        text = (books / lang / f"0001_{name}.md").read_text("utf-8")
        (books / lang / f"0002_{name}.md").write_text(text, "utf-8")
    shutil.copytree(books / "images/0001", books / "images/0002")
    spoil(books)
    report = refused(books)
    assert said in report
    assert "2/2 0002 高个子：已导入" in report
    assert [book.origin for book in Book.objects.all()] == ["0002_a-tall-man"]
    assert Spread.objects.count() == 2


def test_the_report_is_in_the_persons_language(books: Path) -> None:
    (books / "images/0001/03.jpg").unlink()
    said = refused(books, "--language", "en")
    assert "images/0001/03.jpg is missing (the picture of page 2)." in said
    assert translation.get_language() == "zh-hans"


@pytest.mark.parametrize("name", ["", "zh", "nowhere"])
def test_a_folder_of_another_kind_is_told_apart(tmp_path: Path, name: str) -> None:
    (tmp_path / "zh").mkdir()
    with pytest.raises(CommandError, match=r"没有 (en|zh、en) 文件夹|没有“.*nowhere”这个文件夹"):
        run(tmp_path / name)


def test_pictures_are_taken_in_the_order_of_their_names(books: Path) -> None:
    folder = books / "images/0001"
    for old, new in (("01", "cover"), ("02", "p2"), ("03", "p10")):
        (folder / f"{old}.jpg").rename(folder / f"{new}.jpg")
    shutil.copy(folder / "p10.jpg", folder / "p11.jpg")
    assert "页数以外的图没有用：images/0001/p11.jpg" in run(books)
    assert Book.objects.get().cover.file.size == (folder / "cover.jpg").stat().st_size


@pytest.mark.parametrize(
    ("text", "uri", "free"),
    [
        ("CC-BY", "https://creativecommons.org/licenses/by/4.0/", True),
        ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/", True),
        ("cc-by-nc", "https://creativecommons.org/licenses/by-nc/4.0/", True),
        ("CC BY 3.0", "", True),
        ("CC-BY-NC-ND", "", True),
        ("https://creativecommons.org/licenses/by/4.0", "https://creativecommons.org/licenses/by/4.0/", True),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/", True),
        ("Public domain", "https://creativecommons.org/publicdomain/mark/1.0/", True),
        ("All rights reserved", "", False),
    ],
)
def test_licences_are_read(text: str, uri: str, free: bool) -> None:
    licence = read_licence(text)
    assert (licence.uri, licence.free) == (uri, free)
    assert licence.uri or licence.note


def test_a_book_whose_licence_nobody_knows_is_not_shown(books: Path) -> None:
    for path in books.glob("*/*.md"):
        rewrite(path, "[CC-BY]", "All rights reserved")
    assert "许可“All rights reserved”不认得" in run(books)
    book = Book.objects.get()
    assert (book.use_web, book.use_print, book.use_offline, book.use_api) == (False, False, False, False)


def test_lines_that_were_full_run_on() -> None:
    full = "He spun a long thread, wound it\nround the clay pot.\nHe began to climb.\n\nAnd so on."
    assert paragraphs(full, wrapped=True) == (
        "He spun a long thread, wound it round the clay pot.\nHe began to climb.\nAnd so on."
    )
    assert paragraphs("他想，\n“走！”", wrapped=False) == "他想，\n“走！”"
