"""An old book becomes a Work with chapters and entries: once, whole or not at all, with its leaves as sources."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from chronicle.leaves import in_chinese, leaf_range
from chronicle.models import Chapter, Entry, Work
from cms.models import Shelf
from cms.models.batch import ImportBatch
from search.engines import engine
from search.query import Query


def run(folder: Path, **options: str) -> str:
    """Run the command and return what it said."""
    out = StringIO()
    call_command("import_gazetteer", str(folder), stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_a_book_stands_in_the_tree(folder: Path) -> None:
    """One work on its shelf, chapters and entries under it, published, with sound paths and addresses."""
    said = run(folder)
    work = Work.objects.get(uid="XH-WK-KR2k9001")
    entry = Entry.objects.get(uid="XH-EN-KR2k9001-001-002")
    assert "新增 9，更新 0，未变 0" in said
    assert "1/3 卷一 2" in said
    assert (work.title, work.author, work.licence) == ("海上小志", "〔明〕陸文", "CC BY-SA 4.0")
    assert work.get_parent().specific == Shelf.objects.get(slug="works")
    assert [c.title for c in work.get_children()] == ["卷一", "卷二", "卷三"]
    assert entry.get_parent().specific == Chapter.objects.get(uid="XH-CH-KR2k9001-001")
    assert (entry.title, entry.draft_title, entry.live, entry.numchild) == ("橋梁（附渡）", "橋梁（附渡）", True, 0)
    assert entry.first_published_at
    assert entry.url_path == f"{work.url_path}xh-ch-kr2k9001-001/xh-en-kr2k9001-001-002/"
    assert not any(Page.find_problems())


@pytest.mark.django_db
def test_leaves_are_cited(folder: Path) -> None:
    """Each entry says on which leaves of which book it stands."""
    run(folder)
    citation = Entry.objects.get(uid="XH-EN-KR2k9001-001-001").citations.get()
    assert citation.page == "卷一，叶一上至二上"
    assert "《海上小志》（四庫全書・文淵閣）" in citation.text
    assert "CC BY-SA 4.0" in citation.text


@pytest.mark.django_db
def test_a_second_run_changes_nothing(folder: Path) -> None:
    """The same folder again: the same rows, no batch; a corrected character: one entry."""
    run(folder)
    before = list(Page.objects.order_by("pk").values())
    assert "新增 0，更新 0，未变 9" in run(folder)
    assert list(Page.objects.order_by("pk").values()) == before
    assert ImportBatch.objects.count() == 1
    path = folder / "KR2k9001_001.txt"
    path.write_text(path.read_text("utf-8").replace("里人善漁", "邑人善漁"), "utf-8")
    assert "新增 0，更新 1，未变 8" in run(folder)
    assert "邑人善漁" in Entry.objects.get(uid="XH-EN-KR2k9001-001-001").body


@pytest.mark.django_db
def test_a_draft_never_brings_the_older_text_back(folder: Path) -> None:
    """An entry that a librarian drafted over takes the corrected text as its newest revision."""
    run(folder)
    entry = Entry.objects.get(uid="XH-EN-KR2k9001-001-001")
    entry.save_revision()
    path = folder / "KR2k9001_001.txt"
    path.write_text(path.read_text("utf-8").replace("里人善漁", "邑人善漁"), "utf-8")
    run(folder)
    entry.refresh_from_db()
    assert "邑人善漁" in entry.get_latest_revision_as_object().body
    assert not entry.has_unpublished_changes


@pytest.mark.django_db
def test_it_is_found_by_its_words(folder: Path, index: None, django_capture_on_commit_callbacks: object) -> None:
    """Words that run across leaves and lines, in the characters of today."""
    with django_capture_on_commit_callbacks(execute=True):
        run(folder)
    entry = Entry.objects.get(uid="XH-EN-KR2k9001-001-001")
    assert list(engine().search(Query("其妇女则织布为业")).ids) == [entry.pk]
    assert engine().search(Query("高三丈")).total == 1


@pytest.mark.django_db
def test_all_or_nothing(folder: Path) -> None:
    """A juan that cannot be read leaves no work, no batch and a message that names it."""
    (folder / "KR2k9001_004.txt").write_bytes(b"#+TITLE: x\n<pb:KR2k9001_WYG_00")
    with pytest.raises(CommandError, match=r"KR2k9001_004.txt 第 2 行.*没有导入任何内容"):
        run(folder)
    assert not Work.objects.filter(uid__contains="KR2k9001").exists()
    assert not ImportBatch.objects.exists()
    with pytest.raises(CommandError, match="书架"):
        run(folder, shelf="nowhere")


@pytest.mark.django_db
def test_a_number_taken_by_another_kind_is_refused(folder: Path) -> None:
    """The book never overwrites what a librarian numbered."""
    Shelf.objects.get(slug="works").add_child(instance=Entry(title="别的", uid="XH-WK-KR2k9001"))
    with pytest.raises(CommandError, match="已属于另一种馆藏"):
        run(folder)


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        ("013-1a", "013-3b", "叶一上至三下"),
        ("013-10b", "013-10b", "叶十下"),
        ("000-21a", "000-105b", "叶二十一上至一百零五下"),
        ("", "", ""),
        ("0293a", "x", "叶二百九十三上至x"),
    ],
)
def test_leaf_ranges(first: str, last: str, written: str) -> None:
    """Leaves as scholars cite them; what is no leaf of ours stays as it is."""
    assert leaf_range(first, last) == written


def test_numbers_in_chinese() -> None:
    """Tens, hundreds and the zero between."""
    assert [in_chinese(n) for n in (1, 10, 12, 20, 99, 100, 110, 111, 305)] == [
        "一", "十", "十二", "二十", "九十九", "一百", "一百一十", "一百一十一", "三百零五",
    ]  # fmt: skip
