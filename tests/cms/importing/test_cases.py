"""Tables as others' systems met them: what each case of public bug reports gives, and its siblings."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from authorities.models import Place
from chronicle.models import Chapter, Entry, Work
from cms.importing import ImportRefused, Report, import_files
from cms.models import Holding
from cms.models.uid import normal_uid
from picturebooks.models import Book
from stations.models import Copy, Station

pytestmark = pytest.mark.django_db
CASES = Path(settings.ROOT) / "tests" / "cases"
Write = Callable[..., Path]


def bring(model: type, name: str) -> Report:
    """Import a case."""
    return import_files([(model, CASES / f"{name}.csv")])


def refused(model: type, path: Path) -> str:
    """Return why a table was refused."""
    before = Holding.objects.count()
    with pytest.raises(ImportRefused) as fault:
        import_files([(model, path)])
    assert Holding.objects.count() == before
    return str(fault.value)


@pytest.mark.each_database
def test_r01_a_number_in_small_letters_is_the_same_number(put: Callable) -> None:
    put(Place, "淮海中路", uid="XH-PL-000001")
    assert bring(Place, "R01").updated == 1
    assert [(p.uid, p.title) for p in Place.objects.all()] == [("XH-PL-000001", "小写编号的另一条路")]


@pytest.mark.once_on_each_database
@pytest.mark.parametrize(
    "written", ["xh-wk-kr2k9001", "XH-WK-KR2K9001", "ＸＨ－ＷＫ－ＫＲ２ｋ９００１", "XH-WK-\u200bKR2k9001"]
)
def test_r01_pointers_and_numbers_of_any_writing_find_the_record(put: Callable, write: Write, written: str) -> None:
    work = put(Work, "某志", uid="XH-WK-KR2K9001")
    # As an earlier version wrote it.
    Holding.objects.filter(pk=work.pk).update(uid="XH-WK-KR2k9001")
    import_files([(Chapter, write(f"编号,题名,上级,关联\nxh-ch-1,卷一,{written},属于 | {written}\n", "chapter.csv"))])
    chapter = Chapter.objects.get(uid="XH-CH-1")
    assert (chapter.get_parent().title, chapter.relations.get().target.uid) == ("某志", "XH-WK-KR2k9001")
    assert normal_uid(written) == normal_uid("XH-WK-KR2K9001")
    both = write("编号,题名\nxh-pl-9,甲\nXH-PL-9,乙\n", "place.csv")
    assert "与第 2 行重复" in refused(Place, both)


@pytest.mark.each_database
def test_r04_the_order_of_chapters_is_kept() -> None:
    import_files([(Work, CASES / "R04-work.csv"), (Chapter, CASES / "R04-chapter.csv")])
    assert [c.title for c in Chapter.objects.order_by("number")] == ["卷一", "卷二", "卷十"]


def test_r10_bars_of_full_width_are_read_as_bars() -> None:
    bring(Place, "R10")
    first, second = Place.objects.get().names.all()
    assert (first.text, first.language, first.valid_from) == ("乙路", "zh-Hans", "1915")
    assert (second.text, second.language, second.romanisation) == ("Rue Yi", "fr", "french")


def test_r10_other_marks_of_full_width(put: Callable, write: Write) -> None:
    put(Place, "乙", uid="A-2")
    table = "编号,题名,允许用途,关联,出处,首页\nＡ－１,甲,网页，印刷,关于｜Ａ－２｜写｜源,书｜｜３,１２\n"
    import_files([(Place, write(table))])
    place = Place.objects.get(uid="A-1")
    assert (place.use_print, place.use_api, place.featured) == (True, False, 12)
    assert (place.relations.get().target.uid, place.citations.get().page) == ("A-2", "３")
    assert "全角的标点" in refused(Place, write("编号，题名\nA-1，甲\n"))


def test_r13_numbers_that_excel_rounded_are_asked_back(write: Write, put: Callable) -> None:
    told = refused(Book, CASES / "R13-book.csv")
    assert "第 2 行“ISBN”：“9.78755E+12”是被 Excel 丢了位数的数字" in told
    assert "第 3 行" not in told
    put(Station, "角", uid="XH-ST-000001", subdistrict="xujiahui")
    put(Book, "书", uid="XH-PB-000001")
    assert "第 2 行“条码”" in refused(Copy, CASES / "R13-copy.csv")
    import_files([(Book, write("编号,题名,ISBN\n20260001.0,乙书,9787543901230.0\n"))])
    assert [(b.uid, b.isbn) for b in Book.objects.exclude(title="书")] == [("20260001", "9787543901230")]
    assert "丢了位数" in refused(Book, write("编号,题名\n3.1E+11,甲\n"))


def test_r26_invisible_signs_are_dropped(write: Write) -> None:
    bring(Place, "R26-heading")
    bring(Place, "R26-number")
    assert [p.uid for p in Place.objects.order_by("uid")] == ["R26-1", "R26-2"]
    for number, sign in enumerate("\u200b\ufeff\u00ad\u200e\u202a\u2060\u200d"):
        cells = [f"{sign}编号{sign}", "题名", f"首{sign}页", f"R26-1{number}{sign}", f"甲{sign}", f"1{sign}2"]
        import_files([(Place, write("{},{},{}\n{},{},{}\n".format(*cells)))])
        place = Place.objects.get(uid=f"R26-1{number}")
        assert (place.title, place.featured) == ("甲", 12)


def test_r26_what_emoji_and_scripts_need_stays(write: Write) -> None:
    import_files([(Place, write("编号,题名\nA-1,👩‍👩‍👧 می‌خواهم\n"))])
    assert Place.objects.get().title == "👩‍👩‍👧 می‌خواهم"


@pytest.mark.each_database
def test_r40_text_that_begins_with_a_sign_is_text(write: Write) -> None:
    bring(Entry, "R40-entry")
    bring(Station, "R40-station")
    first, second = Entry.objects.order_by("uid")
    assert (first.summary, first.body, second.summary) == ("-8℃的一天", "- 早上雪\n- 晚上晴", "@徐汇某号 供图")
    assert Station.objects.get().phone == "+86 21 6400 0000 转 801"
    for column in ("题名", "提要", "正文", "出处", "又名"):
        cells = "A-1,=1+1" if column == "题名" else "A-1,甲,=1+1"
        headings = "编号,题名" if column == "题名" else f"编号,题名,{column}"
        assert "像是公式" in refused(Entry, write(f"{headings}\n{cells}\n"))


@pytest.mark.each_database
def test_r54_what_does_not_fit_is_told_by_row_and_column_with_the_most_that_fits(put: Callable) -> None:
    put(Place, "淮海中路", uid="XH-PL-000001")
    told = refused(Place, CASES / "R54.csv").splitlines()
    assert [line.split("：")[0] for line in told] == [
        "R54.csv 第 2 行“又名”",
        "R54.csv 第 3 行“出处”",
        "R54.csv 第 4 行“关联”",
    ]
    assert all("最多" in line for line in told)
    assert [line.split("最多 ")[1].split()[0] for line in told] == ["200", "100", "200"]


def test_r56_tables_made_from_marc() -> None:
    bring(Work, "R56")
    works = {w.uid: w for w in Work.objects.all()}
    assert [works[f"R56-{n}"].date_edtf for n in range(1, 5)] == ["2001", "2000", "2001", "1999?"]
    assert (works["R56-1"].isbn, works["R56-2"].isbn) == ("0520000001", "0520000002")
    assert works["R56-3"].date_text == "[2001], c2000."


def test_r56_what_stands_beside_a_book_number_is_told(write: Write) -> None:
    table = "编号,题名,ISBN\nA-1,甲,ISBN 978-7-5439-0123-0（精装）：¥20\nA-2,乙,统一书号 11203·1\n"
    for kind in (Work, Book):
        report = import_files([(kind, write(table.replace("A-", kind.__name__)))])
        assert [b.isbn for b in kind.objects.order_by("uid")] == ["978-7-5439-0123-0", "统一书号 11203·1"]
        assert ["第 2 行“ISBN”：只取书号 978-7-5439-0123-0" in note for note in report.notes] == [True]


def test_p02_blanks_of_any_kind_round_cells_are_no_part_of_them() -> None:
    bring(Place, "P02")
    place = Place.objects.get()
    assert (place.uid, place.title, place.place_type, place.unverified) == ("P02-1", "甲路", "road", True)


def test_p11_a_day_that_excel_counts_is_no_date() -> None:
    assert "第 2 行“时间”" in refused(Entry, CASES / "P11.csv")


def test_p12_semicolons_and_tabs_are_found() -> None:
    assert bring(Place, "P12-semicolon").created == bring(Place, "P12-tab").created == 1
    assert Place.objects.get(uid="P12-1").summary == "一,二"


@pytest.mark.each_database
def test_p14_a_second_run_changes_nothing_whatever_the_line_ends(write: Write) -> None:
    bring(Entry, "P14")
    text = (CASES / "P14.csv").read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    for newline in ("\n", "\r\n", "\r"):
        path = write("", "P14.csv")
        path.write_bytes(text.replace("\n", newline).encode())
        report = import_files([(Entry, path)])
        assert (report.created, report.updated, report.unchanged) == (0, 0, 1)


def test_p16_a_line_above_the_headings_is_refused_by_its_row() -> None:
    told = refused(Place, CASES / "P16.csv")
    assert "P16.csv 第 1 行" in told
    assert "不认识这个栏名" in told
