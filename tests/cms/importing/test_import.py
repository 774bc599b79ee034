"""The importer's promises: all or nothing, every fault by row and column in Chinese, a second run changes nothing."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from PIL import Image as Picture

from authorities.models import Place
from chronicle.models import Chapter, Entry, Work
from cms.importing import Report, import_files
from cms.models import ImportBatch, Theme
from media.models import Image
from picturebooks.models import Book, Spread

pytestmark = pytest.mark.django_db
Write = Callable[..., Path]
Faults = Callable[[type, Path], list[str]]


def bring(model: type, path: Path) -> Report:
    """Import one file."""
    return import_files([(model, path)])


GOOD = (
    "编号,题名,英文题名,时间,又名,地方类型,纬度\n"
    'XH-PL-000901,甲路,Jia Road,1915年,"旧路 | zh-Hans |  | 1901 | 1915 | 某志\nRoute Jia | fr | french",道路,31.2\n'
    "XH-PL-000902,乙桥,,,,其他,\n"
)


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_goes_in_whatever_excel_saved_it_as(write: Write, encoding: str) -> None:
    report = bring(Place, write(GOOD, encoding=encoding))
    assert (report.created, report.encodings["place.csv"]) == (2, "GB18030" if encoding == "gb18030" else "UTF-8")
    place = Place.objects.get(uid="XH-PL-000901")
    assert [n.text for n in place.names.all()] == ["旧路", "Route Jia"]
    assert (place.live, place.date_edtf, place.place_type) == (True, "1915", "road")


@pytest.mark.each_database
def test_a_second_run_changes_nothing(write: Write) -> None:
    path = write(GOOD)
    bring(Place, path)
    again = bring(Place, path)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
    assert ImportBatch.objects.count() == 1


@pytest.mark.each_database
def test_a_changed_row_is_an_update_with_a_revision(write: Write) -> None:
    bring(Place, write(GOOD))
    report = bring(Place, write(GOOD.replace("甲路", "甲大路")))
    assert (report.created, report.updated, report.unchanged) == (0, 1, 1)
    place = Place.objects.get(uid="XH-PL-000901")
    assert (place.title, place.latest_revision is not None, place.names.count()) == ("甲大路", True, 2)


def test_a_column_that_is_not_there_leaves_its_field(write: Write) -> None:
    bring(Place, write(GOOD))
    bring(Place, write("编号,题名\nXH-PL-000901,甲大路\n"))
    assert Place.objects.get(uid="XH-PL-000901").title_en == "Jia Road"


@pytest.mark.each_database
def test_an_empty_cell_is_the_fields_own_value_or_leaves_an_address(write: Write) -> None:
    """A choice goes back to its default, yes or no to no, names go; a part of an address stays, for others link to it."""
    head = "编号,题名,路径,地方类型,待核,首页,又名\nXH-PL-1,甲,"
    bring(Place, write(f"{head}jia-lu,道路,是,3,旧路\n"))
    place = Place.objects.get()
    assert (place.slug, place.place_type, place.unverified, place.featured) == ("jia-lu", "road", True, 3)
    assert [(name.text, name.language) for name in place.names.all()] == [("旧路", "zh-Hans")]
    bring(Place, write(f"{head},,,,\n"))
    place = Place.objects.get()
    assert (place.slug, place.place_type, place.unverified, place.featured) == ("jia-lu", "other", False, None)
    assert not place.names.exists()
    assert place.get_latest_revision_as_object().place_type == "other"
    assert bring(Place, write(f"{head},,,,\n")).unchanged == 1


@pytest.mark.each_database
def test_numbers_that_came_in_are_not_given_again(write: Write) -> None:
    bring(Place, write(GOOD))
    place = Place(title="新路")
    Place.objects.get(uid="XH-PL-000901").get_parent().add_child(instance=place)
    assert place.uid == "XH-PL-000903"


ROW = "编号,题名,时间,地方类型,纬度,关联,主题\nXH-PL-000901,{},{},{},{},{},{}\n"
BAD_ROWS = [
    (ROW.format("甲路", "某年", "", "", "", ""), ["第 2 行“时间”", "读不懂"]),
    (ROW.format("甲路", "", "马路", "", "", ""), ["“地方类型”", "不认识“马路”", "道路"]),
    (ROW.format("甲路", "", "", "北纬", "", ""), ["“纬度”", "不是数字"]),
    (ROW.format("甲路", "", "", "131", "", ""), ["“纬度”"]),
    (ROW.format("甲路", "", "", "", "关于 | XH-PL-009999", ""), ["“关联”", "没有编号“XH-PL-009999”"]),
    (ROW.format("甲路", "", "", "", "朋友 | XH-PL-000901", ""), ["不认识角色“朋友”"]),
    (ROW.format("甲路", "", "", "", "", "没有的主题"), ["“主题”", "没有主题"]),
    (ROW.format('"=HYPERLINK(""http://x"")"', "", "", "", "", ""), ["“题名”", "公式"]),
    (ROW.format("=1+1", "", "", "", "", ""), ["“题名”", "公式"]),
    (ROW.format("甲路", "", "", "", "=1+1 | XH-PL-000901", ""), ["“关联”", "公式"]),
    (ROW.format("", "", "", "", "", ""), ["“题名”", "不能空"]),
    ("编号,题名\n,甲路\n", ["“编号”", "不能空"]),
    ("编号,题名\nXH-PL-1,甲\nXH-PL-1,乙\n", ["第 3 行", "与第 2 行重复"]),
    ("编号,题名\n甲 路,甲\n", ["“编号”"]),
    ("编号,题名,路径\nXH-PL-1,甲,a/../b\n", ["“路径”", "小写字母、数字和横线"]),
    ("编号,题名,路径\nXH-PL-1,甲,-a\n", ["“路径”", "小写字母、数字和横线"]),
    ("编号,题名,又名\nXH-PL-1,甲,旧路 | xx\n", ["“又名”", "不认识语言“xx”"]),
    ("编号,题名,又名\nXH-PL-1,甲,旧路 | fr | cantonese\n", ["“又名”", "不认识罗马字"]),
    ("编号,题名,又名\nXH-PL-1,甲,旧路 | zh-Hans |  | 某年\n", ["“又名”", "不是 EDTF"]),
    ("编号,题名,又名\nXH-PL-1,甲,旧路 | zh-Hans |  |  | 某年\n", ["“又名”", "不是 EDTF"]),
    ("编号,题名,又名\nXH-PL-1,甲, | zh-Hans\n", ["“又名”", "是空的"]),
    ("编号,题名,出处\nXH-PL-1,甲,某书 |  |  | javascript:alert(1)\n", ["“出处”", "不是网址"]),
    ("编号,题名,出处\nXH-PL-1,甲, | A book\n", ["“出处”", "是空的"]),
    ("编号,题名,关联\nXH-PL-1,甲,关于\n", ["“关联”", "后面缺少编号"]),
    ("编号,题目\nXH-PL-1,甲\n", ["“题目”", "是不是“题名”？", "缺少这一栏"]),
    ("编号,题名,题名\nXH-PL-1,甲,乙\n", ["出现了两次"]),
    ("编号\nXH-PL-1\n", ["“题名”", "缺少这一栏"]),
    ("编号,题名\nXH-PL-1,甲,多,出\n", ["第 2 行", "比栏名多"]),
    ('编号,题名\nXH-PL-1,"甲\n', ["引号不成对"]),
    ("", ["文件是空的"]),
    ("编号,题名\nXH-PL-1,甲\0\n", ["NUL"]),
    ("PK\x03\x04rest", ["压缩文件"]),
    (f"编号,题名\nXH-PL-1,{'长' * 300}\n", ["“题名”"]),
]


@pytest.mark.once_on_each_database
@pytest.mark.parametrize(("text", "said"), BAD_ROWS)
def test_bad_rows_are_named_and_nothing_is_saved(write: Write, text: str, said: list[str], faults: Faults) -> None:
    found = "\n".join(faults(Place, write(text)))
    assert all(words in found for words in said), found


def test_every_fault_is_told_at_once(write: Write, faults: Faults) -> None:
    rows = "".join(f"XH-PL-{n},路{n},{'' if n % 3 else '某年'}\n" for n in range(1, 10))
    assert len(faults(Place, write("编号,题名,时间\n" + rows))) == 3


def test_utf16_and_a_large_file_are_refused(write: Write, faults: Faults) -> None:
    assert "UTF-16" in faults(Place, write(GOOD, encoding="utf-16"))[0]
    with override_settings(IMPORT_MAX_BYTES=1024):
        assert "超过" in faults(Place, write(GOOD + "x" * 2000))[0]


def test_a_number_of_another_kind_is_refused(write: Write, faults: Faults) -> None:
    bring(Place, write(GOOD))
    assert "另一种馆藏" in faults(Entry, write("编号,题名\nXH-PL-000901,条目\n", "entry.csv"))[0]


@pytest.mark.each_database
def test_parents_may_come_later_in_the_batch(write: Write) -> None:
    chapter = write("编号,题名,上级,次序\nXH-CH-000901,卷一,XH-WK-000901,1\n", "chapter.csv")
    work = write("编号,题名\nXH-WK-000901,某志\n", "work.csv")
    assert import_files([(Chapter, chapter), (Work, work)]).created == 2
    assert Chapter.objects.get().get_parent().specific.uid == "XH-WK-000901"


def test_a_parent_of_the_wrong_kind_is_refused(write: Write, faults: Faults) -> None:
    bring(Place, write(GOOD))
    text = "编号,题名,上级\nXH-CH-000901,卷一,XH-PL-000901\n"
    assert "不能作上级" in faults(Chapter, write(text, "chapter.csv"))[0]


def picture(folder: Path, name: str = "a.png") -> None:
    """Put a small picture where the importer looks."""
    (folder / "pictures").mkdir(exist_ok=True)
    Picture.new("RGB", (900, 600), "#8e3b2a").save(folder / "pictures" / name)


@pytest.mark.each_database
def test_a_picture_comes_along_once_with_its_sizes(
    write: Write, tmp_path: Path, django_capture_on_commit_callbacks: Callable
) -> None:
    picture(tmp_path)
    rows = "XH-PL-1,甲,a.png,一块红,A red sheet\nXH-PL-2,乙,a.png,一块红,A red sheet\n"
    with django_capture_on_commit_callbacks(execute=True):
        bring(Place, write("编号,题名,图片,图片说明,英文图片说明\n" + rows))
    image = Image.objects.get()
    assert (image.alt, image.alt_en, image.renditions.count()) == ("一块红", "A red sheet", 3)


@pytest.mark.parametrize(
    "name", ["no.png", "../place.csv", "/etc/passwd", "pictures/a.png", "fake.png", ".hidden", ".hidden.png"]
)
def test_a_picture_that_is_none_is_refused(write: Write, tmp_path: Path, name: str, faults: Faults) -> None:
    picture(tmp_path)
    picture(tmp_path, ".hidden.png")
    (tmp_path / "pictures" / "fake.png").write_text("not a picture")
    assert "“图片”" in faults(Place, write(f"编号,题名,图片\nXH-PL-1,甲,{name}\n"))[0]


@pytest.mark.each_database
def test_parts_belong_to_their_holding_and_are_known_again(write: Write, tmp_path: Path) -> None:
    picture(tmp_path)
    book = write("编号,题名\nXH-PB-000901,叶\n", "book.csv")
    spread = write("所属编号,次序,文字,拼音,图片\nXH-PB-000901,1,叶子,yè zi,a.png\n", "spread.csv")
    files = [(Book, book), (Spread, spread)]
    assert import_files(files).created == 2
    assert import_files(files).unchanged == 2
    assert Book.objects.get().spreads.get().image.digest


@pytest.mark.each_database
def test_themes_can_be_used_in_the_batch_that_brings_them(write: Write) -> None:
    theme = write("标识,主题,英文主题\nwater,水系,Rivers\n", "theme.csv")
    place = write("编号,题名,主题\nXH-PL-1,甲,水系\n")
    import_files([(Theme, theme), (Place, place)])
    assert [t.slug for t in Place.objects.get().themes.all()] == ["water"]


@pytest.mark.once_on_each_database
@pytest.mark.parametrize(
    ("cell", "slugs"),
    [("水系，桥梁", ["both"]), ("水系、桥梁", ["bridge", "water"]), ("桥梁；水系，桥梁", ["both", "bridge"])],
)
def test_a_title_with_a_comma_is_one_theme_where_there_is_such_a_one(write: Write, cell: str, slugs: list[str]) -> None:
    theme = write("标识,主题\nwater,水系\nbridge,桥梁\nboth,水系，桥梁\n", "theme.csv")
    import_files([(Theme, theme), (Place, write(f"编号,题名,主题\nXH-PL-1,甲,{cell}\n"))])
    assert sorted(t.slug for t in Place.objects.get().themes.all()) == slugs


def test_words_of_a_picture_stay_where_a_table_has_none(write: Write, tmp_path: Path) -> None:
    """And such a table changes nothing."""
    picture(tmp_path)
    table = "编号,题名,图片,图片说明\nXH-PL-1,甲,a.png,{}\n"
    bring(Place, write(table.format("一块红")))
    assert bring(Place, write(table.format(""))).unchanged == 1
    assert Image.objects.get().alt == "一块红"


@pytest.mark.each_database
def test_a_fault_while_writing_leaves_nothing(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture(tmp_path)
    monkeypatch.setattr("cms.importing.writing.Writer.tie", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        bring(Place, write("编号,题名,图片\nXH-PL-1,甲,a.png\n"))
    assert (Place.objects.count(), Image.objects.count(), ImportBatch.objects.count()) == (0, 0, 0)


def test_the_command_reports_in_chinese(write: Write) -> None:
    said = io.StringIO()
    call_command("import_csv", "place", str(write(GOOD)), stdout=said)
    assert "新增 2，更新 0，未变 0" in said.getvalue()
    with pytest.raises(CommandError, match="什么都没有保存"):
        call_command("import_csv", "place", str(write("编号,题名\nX,\n")), stdout=said)
    with pytest.raises(CommandError, match="没有“nothing”这一种"):
        call_command("import_csv", "nothing", "x.csv")


def test_a_template_holds_every_column() -> None:
    said = io.StringIO()
    call_command("import_csv", "--template", "place", stdout=said)
    assert said.getvalue().startswith("\ufeff编号,题名,英文题名")
    assert "地方类型" in said.getvalue()
