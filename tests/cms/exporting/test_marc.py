"""Records leave as MARC 21, with their 880, and come back as what they were: nothing would change."""

import csv
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation
from pymarc import MARCReader, Record
from pymarc.marcxml import parse_xml_to_array

from chronicle.models import Work
from cms.exporting import Selection, sheets
from cms.exporting.files import TooLong
from cms.exporting.formats import FORMATS
from cms.importing import import_files
from cms.importing.checking import examine
from cms.importing.library import Library
from cms.importing.source import Source, Wishes
from cms.models import Holding, Theme
from cms.setup.bootstrap import put_up_shelves
from picturebooks.models import Book

pytestmark = pytest.mark.django_db
ODD: list[dict[str, str]] = [
    {
        "编号": "T-1",
        "题名": "示例志",
        "英文题名": "A Sample",
        "提要": "提要。",
        "英文提要": "Summary.",
        "时间": "约1905年",
        "英文时间": "about 1905",
        "又名": "Shi li zhi | zh-Latn | pinyin\n旧志 | zh-Hant |  | 1901 | 1905 | 徐汇报",
        "主题": "河流；路",
        "作者": "甲；乙",
        "英文作者": "Jia; Yi",
        "出版者": "示例社.",
        "ISBN": "978-7-5439-0123-4",
        "正文": "责任说明：甲著\n\n出版地：上海\n\n形态：一函 ;\n\n第一段。\n\n主题词：河；桥",
        "英文正文": "Place of publication: Shanghai\n\nA paragraph with 汉字.",
    },
    {
        "编号": "T-2",
        "题名": "Shanghai",
        "英文题名": "Shanghai",
        "提要": "Latin summary",
        "英文提要": "英文 summary",
        "时间": "1931?",
        "又名": "Old \\| bar | en",
        "作者": "A. B. Smith.",
        "ISBN": "no number",
        "正文": "Latin text",
        "英文正文": "出版地：上海",
    },
    {
        "编号": "T-3",
        "题名": "Lettres",
        "时间": "1850—1851年",
        "EDTF": "1850/1851",
        "又名": "Avenue Joffre | fr | french\nX | zh-Latn | pinyin",
        "作者": "甲，乙； 丙",
        "英文作者": "Jia,Yi",
        "正文": "形态：末段\n\n出版地：上海\n\n主题词：河； 桥",
    },
    {
        "编号": "T-4",
        "题名": "繁體",
        "英文题名": "中文 in English",
        "英文提要": "only English",
        "主题": "路",
        "英文作者": "Only English",
        "出版者": "P",
        "ISBN": "7-5439-0123-4",
        "英文正文": "Subjects: River; Bridge\n\nlast",
    },
]
"""Works, each with something that MARC says in another way, or has no place for."""


@pytest.fixture
def odd(tmp_path: Path) -> None:
    """Put the odd works into the library."""
    put_up_shelves()
    Theme.objects.create(title="河流", slug="heliu")
    Theme.objects.create(title="路", slug="lu")
    table = tmp_path / "work.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(heading for row in ODD for heading in row)))
        writer.writeheader()
        writer.writerows(ODD)
    import_files([(Work, table)])


def written(ending: str, **asked: Any) -> bytes:
    """Return the file of some records."""
    target = BytesIO()
    FORMATS[ending](sheets(Selection(**asked)), target)
    return target.getvalue()


def changes(path: Path, kind: type[Holding], leave_empty: bool = True) -> Iterator[tuple[str, str, Any, Any]]:
    """Yield what would change if a file came in: number, heading, old and new; for a fault the fault."""
    with translation.override("zh-hans"):
        examined = examine([Source(kind, path)], Library(), None, Wishes(leave_empty=leave_empty))
    yield from ((str(error), "", "", "") for error in examined.errors)
    for row in examined.sheets[0].rows:
        if row.before is None:
            yield (row.values["uid"], "new", "", "")
        yield from (
            (row.values["uid"], c.heading, (row.before or {})[c.field], row.values[c.field]) for c in row.changes
        )


@pytest.mark.parametrize("ending", ["mrc", "xml"])
def test_odd_works_come_back_as_they_were(odd: None, tmp_path: Path, ending: str) -> None:
    path = tmp_path / "out"
    path.write_bytes(written(ending, models=(Work,)))
    assert list(changes(path, Work)) == []


@pytest.mark.parametrize("ending", ["mrc", "xml"])
def test_the_demos_books_come_back_as_they_were(demo: None, tmp_path: Path, ending: str) -> None:
    for kind in (Work, Book):
        path = tmp_path / f"{kind.__name__}.{ending}"
        path.write_bytes(written(ending, models=(kind,)))
        assert list(changes(path, kind)) == []


def record(data: bytes, number: str) -> Record:
    """Return one record of a file."""
    return next(one for one in MARCReader(data) if one and one["001"].data == number)


def test_what_a_record_says(odd: None) -> None:
    one = record(written("mrc", models=(Work,)), "T-1")
    [title] = one.get_linked_fields(one["245"])
    assert (one["245"].get("a"), title.get("a"), title.get("6")) == (
        "Shi li zhi",
        "示例志",
        f"245-{title.get('6')[4:6]}/$1",
    )
    assert [f.get("a") for f in one.get_fields("100", "700")] == ["Jia", "Yi"]
    assert one["020"].get("a") == "9787543901234" if one["020"].get("9") else one["020"].get("a")
    assert (one["264"].get("a"), one["264"].get("c")) == ("Shanghai", "about 1905")
    assert (one["242"].get("a"), one["300"].get("a")) == ("A Sample", "一函 ;")
    assert [f.get("a") for f in one.get_fields("650")] == ["河流", "路", "河", "桥"]
    assert str(one.leader)[9] == "a"


def test_both_syntaxes_say_the_same(odd: None) -> None:
    plain = [one.as_dict()["fields"] for one in MARCReader(written("mrc", models=(Work,)))]
    assert [one.as_dict()["fields"] for one in parse_xml_to_array(BytesIO(written("xml", models=(Work,))))] == plain


def test_what_iso_2709_cannot_hold_is_refused_and_marcxml_holds_it(odd: None, tmp_path: Path) -> None:
    Work.objects.filter(uid="T-2").update(body="长" * 4000)
    with pytest.raises(TooLong) as told:
        written("mrc", models=(Work,))
    assert told.value.args == ("T-2", "500")
    with pytest.raises(CommandError, match=r"请用 \.xml"):
        call_command("export_tables", str(tmp_path / "a.mrc"), "work")
    path = tmp_path / "a.xml"
    call_command("export_tables", str(path), "work")
    assert list(changes(path, Work)) == []


def test_the_command_brings_in_what_it_let_out(odd: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.mrc"
    call_command("export_tables", str(path), "work")
    call_command("import_csv", "work", str(path))
    assert "新增 0，更新 0，未变 4" in capsys.readouterr().out


def test_the_page_offers_both(demo: None, admin_client: Any, django_assert_max_num_queries: Callable[..., Any]) -> None:
    page = admin_client.get("/admin/tables/").content.decode()
    assert "MARC 21" in page
    for ending in ("mrc", "xml"):
        with django_assert_max_num_queries(60):
            answer = admin_client.get("/admin/tables/file/", {"form": ending, "columns": ["题名"]})
        assert answer.status_code == 200
        data = b"".join(answer.streaming_content)
        records = list(MARCReader(data)) if ending == "mrc" else parse_xml_to_array(BytesIO(data))
        assert len(records) == Work.objects.count() + Book.objects.count()
    answer = admin_client.get("/admin/tables/file/", {"form": "mrc", "models": "place"})
    assert answer.status_code == 400
    assert "没有能写成书目记录的书" in answer.content.decode()
