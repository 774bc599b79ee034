"""What an import leaves behind: a whole tree, revisions that hold everything, places that a file changes, no stray file."""

import csv
import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image as Picture
from wagtail.models import Page

from authorities.models import Person, Place
from chronicle.models import Chapter, Entry, Work
from cms.importing import ImportRefused, import_files
from cms.models import Relation, Theme
from picturebooks.models import Book, Spread
from stations.models import Copy, Station

pytestmark = pytest.mark.django_db
Write = Callable[..., Path]
NAUGHTY = [
    "𠮷野家 㑹 髙 逺", "e\u0301 é ﬁ Å", "‮逆‬ ﷽ مرحبا", "👩‍👩‍👧‍👦 🏳️‍🌈", "<script>alert(1)</script>", "'; DROP TABLE x; --",
    "{{ 7*7 }} {% now %}", "%s %d %n {0}", "\u200b零\ufeff宽\u200d", "\x01\x1f\x7f", "C:\\new\\table", "a\tb|c；d,e\"f'g",
    "⟦013-1a⟧ ⟨小注⟩ 〖⿰王它〗", "１２３ ＡＢＣ", "〇" * 200, "null", "NaN", "True", "1e400", "..", "\U0010ffff\ufffe",
]  # fmt: skip

SEEN = {"‮逆‬ ﷽ مرحبا": "逆 ﷽ مرحبا", "\u200b零\ufeff宽\u200d": "零宽"}
"""Of these, marks of direction, zero-width signs and a joiner that joins nothing are dropped (R26)."""


def table(*rows: list[str], newline: str = "\r\n") -> str:
    """Return rows as CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator=newline).writerows(rows)
    return out.getvalue()


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_any_text_comes_back_as_it_was_but_for_what_nobody_sees(write: Write, encoding: str) -> None:
    rows = [[f"XH-PL-{n}", f"题{n}", text, text] for n, text in enumerate(NAUGHTY, 900)]
    path = write(table(["编号", "题名", "提要", "正文"], *rows), encoding=encoding)
    assert import_files([(Place, path)]).created == len(NAUGHTY)
    for uid, _title, summary, body in rows:
        place = Place.objects.get(uid=uid)
        assert (place.summary, place.body) == (SEEN.get(summary, summary.strip()), SEEN.get(body, body.strip()))
    assert import_files([(Place, path)]).unchanged == len(NAUGHTY)


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_found(write: Write, delimiter: str, newline: str) -> None:
    out = io.StringIO()
    rows = [["编号", "题名", "正文"], ["XH-PL-1", "甲", "一\n\n二"], [], ["XH-PL-2", "乙", ""]]
    csv.writer(out, delimiter=delimiter, lineterminator=newline, quoting=csv.QUOTE_ALL).writerows(rows)
    assert import_files([(Place, write(out.getvalue()))]).created == 2
    assert Place.objects.get(uid="XH-PL-1").body == "一\n\n二"


def batch(write: Write) -> list[tuple[type, Path]]:
    """Return a book with a chapter and two entries that point to each other and to a person."""
    work = write(table(["编号", "题名"], ["XH-WK-901", "某志"]), "work.csv")
    chapter = write(table(["编号", "题名", "上级"], ["XH-CH-901", "卷一", "XH-WK-901"]), "chapter.csv")
    entry = write(
        table(
            ["编号", "题名", "上级", "关联", "又名", "出处"],
            [
                "XH-EN-901",
                "甲",
                "XH-CH-901",
                "提及 | XH-EN-902 | 乙事 | 某志",
                "甲事 | zh-Hant",
                "某书 | A book | 3 | https://example.org/",
            ],
            ["XH-EN-902", "乙", "XH-CH-901", "关于 | XH-PE-901\n承接 | XH-EN-901", "", ""],
        ),
        "entry.csv",
    )
    person = write(table(["编号", "题名"], ["XH-PE-901", "某人"]), "person.csv")
    return [(Entry, entry), (Chapter, chapter), (Work, work), (Person, person)]


@pytest.mark.each_database
def test_the_tree_stays_whole_and_relations_are_read_from_both_ends(write: Write) -> None:
    assert import_files(batch(write)).created == 5
    assert Page.find_problems() == ([], [], [], [], [])
    assert Work.objects.get().get_children().count() == Chapter.objects.get().numchild - 1 == 1
    person = Person.objects.get()
    assert [r.holding.uid for r in person.inbound.all()] == ["XH-EN-902"]
    first = Entry.objects.get(uid="XH-EN-901")
    assert [(r.role, r.as_printed) for r in first.relations.all()] == [("mentions", "乙事")]
    assert [r.role for r in first.inbound.all()] == ["follows"]


@pytest.mark.each_database
def test_the_revision_of_a_new_page_holds_all_of_it(write: Write) -> None:
    import_files(batch(write))
    entry = Entry.objects.get(uid="XH-EN-901")
    kept = entry.get_latest_revision_as_object()
    assert (entry.live, entry.has_unpublished_changes, entry.live_revision_id) == (
        True,
        False,
        entry.latest_revision_id,
    )
    assert (len(kept.relations.all()), len(kept.names.all()), len(kept.citations.all())) == (1, 1, 1)
    assert import_files(batch(write)).unchanged == 5


@pytest.mark.each_database
def test_another_parent_moves_the_holding_and_what_is_hidden_stays_hidden(write: Write) -> None:
    import_files(batch(write))
    Entry.objects.get(uid="XH-EN-902").unpublish()
    rows = [["XH-EN-901", "甲", "XH-WK-901"], ["XH-EN-902", "乙改", ""]]
    path = write(table(["编号", "题名", "上级"], *rows), "moved.csv")
    assert import_files([(Entry, path)]).updated == 2
    first, second = Entry.objects.order_by("uid")
    assert (first.get_parent().title, second.get_parent().slug) == ("某志", "chronicle")
    assert (second.title, second.live, Page.find_problems()) == ("乙改", False, ([], [], [], [], []))
    assert import_files([(Entry, path)]).unchanged == 2


def test_a_holding_that_needs_a_parent_is_not_left_without_one(write: Write, faults: Callable) -> None:
    assert "要有上级" in faults(Chapter, write("编号,题名\nXH-CH-1,卷\n", "chapter.csv"))[0]


def test_one_number_in_two_files_is_refused(write: Write) -> None:
    files = [(Place, write("编号,题名\nXH-1,甲\n")), (Person, write("编号,题名\nXH-1,乙\n", "person.csv"))]
    with pytest.raises(ImportRefused, match=r"person.csv 第 2 行“编号”：与 place.csv 第 2 行重复"):
        import_files(files)


def test_edtf_by_hand_wins_over_the_printed_date(write: Write) -> None:
    path = write("编号,题名,时间,EDTF\nXH-PL-1,塔,后周显德间,0954/0960\nXH-PL-2,寺,1905年,\n")
    import_files([(Place, path)])
    tower, temple = Place.objects.order_by("uid")
    assert (tower.date_text, tower.date_edtf, tower.date_by_hand) == ("后周显德间", "0954/0960", True)
    assert (temple.date_edtf, temple.date_by_hand) == ("1905", False)
    assert import_files([(Place, path)]).unchanged == 2


def picture(folder: Path, name: str) -> None:
    """Put a small picture where the importer looks."""
    (folder / "pictures").mkdir(exist_ok=True)
    Picture.new("RGB", (40, 30), "#8e3b2a").save(folder / "pictures" / name)


def test_one_picture_with_two_descriptions_keeps_the_first(write: Write, tmp_path: Path) -> None:
    picture(tmp_path, "a.png")
    path = write("编号,题名,图片,图片说明\nXH-PL-1,甲,a.png,红\nXH-PL-2,乙,a.png,赤\n")
    import_files([(Place, path)])
    assert Place.objects.get(uid="XH-PL-2").cover.alt == "红"
    assert import_files([(Place, path)]).unchanged == 2


@pytest.mark.each_database
def test_changed_parts_are_in_the_revision_of_their_owner(write: Write) -> None:
    book = write("编号,题名\nXH-PB-1,叶\n", "book.csv")
    spreads = "所属编号,次序,文字\nXH-PB-1,1,叶子\nXH-PB-1,2,{}\n"
    import_files([(Book, book), (Spread, write(spreads.format("落"), "spread.csv"))])
    report = import_files([(Spread, write(spreads.format("落了"), "spread.csv"))])
    assert (report.updated, report.unchanged) == (1, 1)
    kept = Book.objects.get().get_latest_revision_as_object()
    assert [s.text for s in kept.spreads.all()] == ["叶子", "落了"]


@pytest.mark.each_database
def test_a_copy_that_moves_leaves_its_old_station(write: Write) -> None:
    stations = write("编号,题名,街道镇\nXH-ST-1,一,田林街道\nXH-ST-2,二,华泾镇\n", "station.csv")
    work = write("编号,题名\nXH-WK-1,书\n", "work.csv")
    copy = "所属编号,条码,书目编号,状态\nXH-ST-{},B1,XH-WK-1,在架\n"
    import_files([(Station, stations), (Work, work), (Copy, write(copy.format(1), "copy.csv"))])
    import_files([(Copy, write(copy.format(2), "copy.csv"))])
    held = [len(s.get_latest_revision_as_object().copies.all()) for s in Station.objects.order_by("uid")]
    assert held == [0, 1]


@pytest.mark.each_database
def test_two_themes_of_one_title_are_refused_without_a_trace(write: Write) -> None:
    with pytest.raises(ImportRefused):
        import_files([(Theme, write("标识,主题\na,水\nb,水\n", "theme.csv"))])
    assert Theme.objects.count() == 0


@pytest.mark.each_database
def test_a_failed_import_takes_its_pictures_away(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture(tmp_path, "gone.png")
    monkeypatch.setattr("cms.importing.writing.Writer.record", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        import_files([(Place, write("编号,题名,图片\nXH-PL-1,甲,gone.png\n"))])
    assert not list(Path(settings.MEDIA_ROOT).rglob("gone*"))
    assert Place.objects.count() == Relation.objects.count() == 0


def test_a_hundred_megabytes_are_refused_at_once(write: Write, faults: Callable) -> None:
    path = write("编号,题名\n")
    with path.open("ab") as file:
        file.truncate(100 * 1024 * 1024)
    # Of this process alone: what others do on the machine says nothing of it.
    started = time.process_time()
    assert "超过 20 MB" in faults(Place, path)[0]
    assert time.process_time() - started < 1


@pytest.mark.parametrize("form", ["png", "jpeg", "webp"])
def test_a_picture_that_breaks_off_is_refused(write: Write, tmp_path: Path, faults: Callable, form: str) -> None:
    picture(tmp_path, f"a.{form}")
    path = tmp_path / "pictures" / f"a.{form}"
    path.write_bytes(path.read_bytes()[:-40])
    assert "读不到底" in faults(Place, write(f"编号,题名,图片\nXH-PL-1,甲,a.{form}\n"))[0]


def test_a_picture_larger_than_any_page_needs_is_refused(write: Write, tmp_path: Path, faults: Callable) -> None:
    (tmp_path / "pictures").mkdir()
    Picture.new("1", (11_000, 10_000)).save(tmp_path / "pictures" / "huge.png")
    assert "像素" in faults(Place, write("编号,题名,图片\nXH-PL-1,甲,huge.png\n"))[0]
