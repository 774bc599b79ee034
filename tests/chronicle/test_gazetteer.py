"""An old book becomes a Work with chapters and entries: once, whole or not at all, with its leaves as sources."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.models import Page

from chronicle.kanripo_layout import author_in
from chronicle.leaves import in_chinese, leaf_range
from chronicle.models import Chapter, Entry, Work
from cms.importing.turn import turn
from cms.models import Holding, Shelf
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
    work = Work.objects.get(uid="XH-WK-KR2K9001")
    entry = Entry.objects.get(uid="XH-EN-KR2K9001-001-002")
    assert "新增 9，更新 0，未变 0" in said
    assert "1/3 卷一 2" in said
    assert (work.title, work.author, work.licence) == ("海上小志", "〔明〕陸文", "CC BY-SA 4.0")
    assert work.get_parent().specific == Shelf.objects.get(slug="works")
    assert [c.title for c in work.get_children()] == ["卷一", "卷二", "卷三"]
    assert entry.get_parent().specific == Chapter.objects.get(uid="XH-CH-KR2K9001-001")
    assert (entry.title, entry.draft_title, entry.live, entry.numchild) == ("橋梁（附渡）", "橋梁（附渡）", True, 0)
    assert entry.first_published_at
    assert entry.url_path == f"{work.url_path}xh-ch-kr2k9001-001/xh-en-kr2k9001-001-002/"
    assert not any(Page.find_problems())


@pytest.mark.django_db
def test_leaves_are_cited(folder: Path) -> None:
    """Each entry says on which leaves of which book it stands."""
    run(folder)
    citation = Entry.objects.get(uid="XH-EN-KR2K9001-001-001").citations.get()
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
    assert "邑人善漁" in Entry.objects.get(uid="XH-EN-KR2K9001-001-001").body


@pytest.mark.django_db
def test_numbers_that_an_earlier_version_gave_in_small_letters_are_known(folder: Path) -> None:
    """They stay as they are, and no second book is made."""
    run(folder)
    for page in Holding.objects.filter(uid__contains="KR2K9001"):
        Holding.objects.filter(pk=page.pk).update(uid=page.uid.replace("KR2K9001", "KR2k9001"))
    assert "新增 0，更新 0，未变 9" in run(folder)


def mend(folder: Path, old: str, new: str) -> None:
    """Correct a character in the first juan, as the source does between two imports."""
    path = folder / "KR2k9001_001.txt"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


@pytest.mark.django_db
def test_a_draft_never_brings_the_older_text_back_and_is_kept(folder: Path) -> None:
    """A correction goes into what readers see and into the draft that a librarian left; the draft stays one."""
    run(folder)
    entry = Entry.objects.get(uid="XH-EN-KR2K9001-001-001")
    entry.summary = "编目员的提要"
    entry.save_revision()
    mend(folder, "里人善漁", "邑人善漁")
    run(folder)
    entry.refresh_from_db()
    draft = entry.get_latest_revision_as_object()
    assert "邑人善漁" in entry.body
    assert ("邑人善漁" in draft.body, draft.summary, entry.summary) == (True, "编目员的提要", "")
    assert entry.has_unpublished_changes
    assert "未变 9" in run(folder)


@pytest.mark.django_db
def test_a_draft_that_corrected_the_same_text_is_asked_back(folder: Path) -> None:
    """Two corrections of one text are for the librarian to weigh."""
    run(folder)
    entry = Entry.objects.get(uid="XH-EN-KR2K9001-001-001")
    entry.body = "改過的正文"
    entry.save_revision()
    mend(folder, "里人善漁", "邑人善漁")
    with pytest.raises(CommandError, match=r"XH-EN-KR2K9001-001-001.*没发布的草稿另有改动（正文）.*没有导入任何内容"):
        run(folder)
    entry.refresh_from_db()
    assert (entry.get_latest_revision_as_object().body, "里人善漁" in entry.body) == ("改過的正文", True)


@pytest.mark.django_db
def test_a_locked_entry_is_not_written_into(folder: Path) -> None:
    """The message names it, and nothing of the book changes."""
    run(folder)
    Page.objects.filter(pk=Entry.objects.get(uid="XH-EN-KR2K9001-001-001").pk).update(locked=True)
    mend(folder, "里人善漁", "邑人善漁")
    with pytest.raises(CommandError, match=r"XH-EN-KR2K9001-001-001.*现在不能改：已锁定"):
        run(folder)
    assert "里人善漁" in Entry.objects.get(uid="XH-EN-KR2K9001-001-001").body


@pytest.mark.django_db
def test_what_is_hidden_stays_hidden(folder: Path) -> None:
    """A corrected text does not put an entry that was taken down before readers."""
    run(folder)
    entry = Entry.objects.get(uid="XH-EN-KR2K9001-001-001")
    entry.save_revision().publish()
    Entry.objects.get(pk=entry.pk).unpublish()
    mend(folder, "里人善漁", "邑人善漁")
    run(folder)
    entry.refresh_from_db()
    assert (entry.live, "邑人善漁" in entry.get_latest_revision_as_object().body) == (False, True)


@pytest.mark.django_db
def test_two_at_once_are_told(folder: Path) -> None:
    """The second is told so in words."""
    if connection.vendor == "postgresql":
        pytest.skip("one session may take its own lock twice there")
    with turn(), pytest.raises(CommandError, match="另一次导入正在进行"):
        run(folder)


@pytest.mark.django_db
def test_r57_a_text_from_elsewhere_is_not_credited_to_kanripo(tmp_path: Path) -> None:
    """No source, no licence, no rights that nobody gave; the line of its author is no entry."""
    folder = Path(settings.ROOT) / "tests/cases/R57"
    said = run(folder)
    work = Work.objects.get()
    assert (work.title, work.author) == ("测试山川纪", "〔清〕某某")
    assert [(e.title, e.rights_uri, e.rights_basis) for e in Entry.objects.all()] == [("山川", "", "unknown")]
    for page in (work, Chapter.objects.get()):
        assert (page.rights_uri, page.rights_basis) == ("", "unknown")
    assert (work.source_url, work.licence) == ("", "")
    citation = Entry.objects.get().citations.get()
    assert (citation.text, citation.url) == ("《测试山川纪》", "")
    assert "文件没有标明出处" in said
    # What a librarian fills in afterwards stays.
    work.licence = "公有领域"
    work.save()
    assert "未变 3" in run(folder)
    assert (Work.objects.get().licence, Entry.objects.get().citations.count()) == ("公有领域", 1)


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["", "#+PROPERTY: ID KR2k\n", "#+PROPERTY: ID 四庫\n", "#+PROPERTY: CAT KR2k9001\n"])
def test_r57_a_name_of_a_file_proves_nothing(folder: Path, header: str) -> None:
    """Only the header's own number of Kanripo's says that the text was taken from there."""
    for path in folder.glob("KR2k9001_*.txt"):
        path.write_text(path.read_text("utf-8").replace("#+PROPERTY: ID KR2k9001\n", header), "utf-8")
    run(folder)
    work = Work.objects.get()
    assert (work.licence, work.source_url, work.rights_uri) == ("", "", "")


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("[清]某某  撰", "〔清〕某某"),
        ("〔明〕王鏊撰", "〔明〕王鏊"),
        ("（民国）张三 编", "〔民国〕张三"),
        ("⟨清⟩某某 辑", "〔清〕某某"),
        ("清 某某 撰", "〔清〕某某"),
        ("卷一　　　明　陸文　　撰", "〔明〕陸文"),
        ("山川", None),
        ("此書不知何人所撰", None),
    ],
)
def test_authors_as_colophons_name_them(line: str, author: str | None) -> None:
    """With brackets of today or at the foot of a woodblock line."""
    assert author_in(line) == author


@pytest.mark.django_db
def test_it_is_found_by_its_words(folder: Path, index: None, django_capture_on_commit_callbacks: object) -> None:
    """Words that run across leaves and lines, in the characters of today."""
    with django_capture_on_commit_callbacks(execute=True):
        run(folder)
    entry = Entry.objects.get(uid="XH-EN-KR2K9001-001-001")
    assert list(engine().search(Query("其妇女则织布为业")).ids) == [entry.pk]
    assert engine().search(Query("高三丈")).total == 1


@pytest.mark.django_db
def test_all_or_nothing(folder: Path) -> None:
    """A juan that cannot be read leaves no work, no batch and a message that names it."""
    (folder / "KR2k9001_004.txt").write_bytes(b"#+TITLE: x\n<pb:KR2k9001_WYG_00")
    with pytest.raises(CommandError, match=r"KR2k9001_004.txt 第 2 行.*没有导入任何内容"):
        run(folder)
    assert not Work.objects.filter(uid__icontains="KR2k9001").exists()
    assert not ImportBatch.objects.exists()
    with pytest.raises(CommandError, match="书架"):
        run(folder, shelf="nowhere")


@pytest.mark.django_db
def test_a_number_taken_by_another_kind_is_refused(folder: Path) -> None:
    """The book never overwrites what a librarian numbered."""
    Shelf.objects.get(slug="works").add_child(instance=Entry(title="别的", uid="XH-WK-KR2K9001"))
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
