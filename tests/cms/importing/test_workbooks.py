"""Workbooks come in as tables do: what leaves in one comes back, what Excel makes of a cell is read, what is too large is refused."""

import io
import resource
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from authorities.models import Person, Place
from cms.exporting import Selection, sheets
from cms.exporting.files import write_workbook
from cms.importing import ImportRefused, import_files
from cms.importing.workbooks import MOST_LINES, MOST_UNPACKED
from stations.models import Copy

pytestmark = pytest.mark.django_db
HEADINGS = ["编号", "题名", "提要"]
SHEET = "xl/worksheets/sheet1.xml"
SHEET_OF = (
    "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>{}</sheetData></worksheet>"
)


def book(path: Path, *rows: list, title: str = "地方", **others: list[list]) -> Path:
    """Make a workbook with a sheet of these rows, and others by name."""
    made = Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    for name, more in others.items():
        sheet = made.create_sheet(name)
        for row in more:
            sheet.append(row)
    made.save(path)
    return path


def repack(path: Path, name: str, text: bytes) -> Path:
    """Put another part into a workbook."""
    with zipfile.ZipFile(path) as old:
        parts = {one: old.read(one) for one in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for one, content in {**parts, name: text}.items():
            new.writestr(one, content)
    return path


def test_what_leaves_in_a_workbook_comes_back(demo: None, tmp_path: Path) -> None:
    """Several kinds in one workbook, each a sheet; taken by its sheets' names, as the command takes it."""
    path = tmp_path / "all.xlsx"
    with path.open("wb") as target:
        count = write_workbook(sheets(Selection(models=(Person, Copy))), target)
    said = io.StringIO()
    call_command("import_csv", path, stdout=said)
    assert f"新增 0，更新 0，未变 {count}。" in said.getvalue()
    assert "all.xlsx“人物”：XLSX" in said.getvalue()
    assert "all.xlsx“复本”：XLSX" in said.getvalue()


def test_cells_are_read_as_they_are_shown(tmp_path: Path) -> None:
    """Numbers without `.0`, days without midnight, yes and no, and a text that only looks like a formula."""
    made = Workbook()
    made.active.append([*HEADINGS, "时间", "示例", "英文题名", "英文提要"])
    made.active.append(["XH-PL-000901", "甲", 2026.0, date(2026, 5, 18), True, "=not one", datetime(2026, 5, 18, 14)])
    made.active.append([])
    made.active.append(["XH-PL-000902", "乙", 1.5, None, False, None, None])
    made.active["F2"].data_type = "s"
    path = tmp_path / "a.xlsx"
    made.save(path)
    import_files([(Place, path)])
    one, two = Place.objects.order_by("uid")
    assert (one.summary, one.date_text, one.sample, one.title_en) == ("2026", "2026-05-18", True, "=not one")
    assert (one.summary_en, two.summary, two.sample) == ("2026-05-18 14:00", "1.5", False)


def test_a_formula_is_refused_at_its_row(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", HEADINGS, ["XH-PL-000901", "甲", ""], [], ["XH-PL-000902", "=A2&1", ""])
    with pytest.raises(ImportRefused) as told:
        import_files([(Place, path)])
    assert "a.xlsx“地方” 第 4 行“题名”：“=A2&1”像是公式" in str(told.value)


def test_the_sheet_is_found_by_its_name_or_by_its_headings(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ["说明"], title="封面", Sheet2=[HEADINGS, ["XH-PL-000901", "甲", ""]])
    import_files([(Place, path)])
    assert Place.objects.get().title == "甲"
    with pytest.raises(CommandError, match="没有这一种"):
        call_command("import_csv", path)


def huge(path: Path) -> Path:
    """A small file with more XML than any table has."""
    return repack(book(path, HEADINGS), SHEET, b" " * (MOST_UNPACKED + 1))


def with_entities(path: Path) -> Path:
    """XML whose entities unfold into others."""
    entities = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
    return repack(
        book(path, HEADINGS),
        SHEET,
        (entities + SHEET_OF.format("<row><c t='inlineStr'><is><t>&c;</t></is></c></row>")).encode(),
    )


def at_the_end_of_the_sheet(path: Path) -> Path:
    """A cell in the last row and column that there are."""
    made = Workbook()
    made.active.append(HEADINGS)
    made.active["XFD1048576"] = "甲"
    made.save(path)
    return path


def many_rows(path: Path) -> Path:
    """More rows than are taken at once."""
    cells = (f"<c t='inlineStr'><is><t>{heading}</t></is></c>" for heading in HEADINGS)
    text = SHEET_OF.format(f"<row>{''.join(cells)}</row>" + "<row><c><v>1</v></c></row>" * (MOST_LINES + 1))
    return repack(book(path, HEADINGS), SHEET, text.encode())


def cut_short(path: Path) -> Path:
    """Half a workbook, whose directory is gone."""
    path.write_bytes(book(path, HEADINGS).read_bytes()[:3000])
    return path


def without_a_sheet(path: Path) -> Path:
    return repack(book(path, HEADINGS), "xl/workbook.xml", b"<workbook/>")


def merged(path: Path) -> Path:
    """Headings over two rows and several columns."""
    made = Workbook()
    made.active.append(["地方表", "", ""])
    made.active.merge_cells("A1:C1")
    made.active.append(HEADINGS)
    made.save(path)
    return path


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (huge, "超过 64 MB"),
        (with_entities, "读不到底"),
        (at_the_end_of_the_sheet, "超过 60000 行"),
        (many_rows, "超过"),
        (cut_short, "压缩文件"),
        (without_a_sheet, "读不到底|没有表"),
        (merged, "不认识这个栏名"),
    ],
)
def test_what_no_office_makes_is_refused(tmp_path: Path, make: Callable[[Path], Path], said: str) -> None:
    """In the librarian's language, and without much memory."""
    path = make(tmp_path / "a.xlsx")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ImportRefused, match=said):
        import_files([(Place, path)])
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 256
    assert not Place.objects.exists()
