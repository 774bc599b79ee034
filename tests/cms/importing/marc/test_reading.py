"""Catalogue records as rows: what each field becomes, in which encoding, and what is said of a record that is broken."""

from pathlib import Path
from typing import Any

import pytest

from chronicle.models import Work
from cms.importing import ImportRefused
from cms.importing.marc.known import marc_form
from cms.importing.marc.table import glance, read_marc
from cms.importing.sheets import columns_of
from cms.importing.signs import tidy
from cms.models import Holding, Theme
from cms.models.kinds import kinds
from picturebooks.models import Book
from tests.cms.importing.marc.cards import CN, WU, in_encoding, marc, marc_xml, record

pytestmark = pytest.mark.django_db


def table(tmp_path: Path, data: bytes, kind: type[Holding] = Work) -> Any:
    """Read some bytes as a table of a kind."""
    path = tmp_path / "records.bin"
    path.write_bytes(data)
    return read_marc(path, kind, columns_of(kind))


def rows(tmp_path: Path, data: bytes, kind: type[Holding] = Work) -> list[dict[str, str]]:
    """Return the rows of a table, by heading."""
    read = table(tmp_path, data, kind)
    return [dict(zip(read.headings, cells, strict=True)) for _number, cells in read.rows]


@pytest.mark.parametrize("write", [marc, marc_xml])
def test_marc_21_with_its_880(tmp_path: Path, write: Any) -> None:
    """The vernacular is the Chinese side; pinyin of the title is a name; what the kind has no field for is in the text."""
    [row] = rows(tmp_path, write(record(WU)))
    assert row == {
        "编号": "DLC-2099000001",
        "题名": "示例地名志 : 徐汇编",
        "英文题名": "Place names, a sample",
        "英文提要": "Names of places.",
        "时间": "2019",
        "又名": "Shi li di ming zhi : Xuhui bian | zh-Latn | pinyin",
        "作者": "张甲",
        "英文作者": "Zhang, Jia",
        "版本": "第2版",
        "英文版本": "Di 2 ban",
        "出版者": "示例出版社",
        "ISBN": "9787543901230",
        "来源网址": "https://example.org/shili",
        "正文": "责任说明：张甲著 ; 李乙译\n\n出版地：上海\n\n译者：李乙",
        "英文正文": "Statement of responsibility: Zhang Jia zhu ; Li Yi yi\n\nPlace of publication: Shanghai\n\n"
        "Translator: Li, Yi\n\nExtent: 300 pages : maps ; 24 cm\n\nSeries: Shi li cong shu ; 3\n\nA sample record."
        "\n\nContents: One -- Two\n\nSubjects: Names, Geographical--China--Shanghai",
    }


def test_what_has_no_place_is_told_tag_by_tag(tmp_path: Path) -> None:
    told = "\n".join(table(tmp_path, marc(record(WU), record(WU, t001="2"))).notes)
    for what in ("020 $c", "100 $d", "999 $a", "ISBN (…)"):
        assert f"{what} 没有对应的栏，没有导入（记录 1、2）" in told
    assert "245" not in told
    assert "700 $a" not in told


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_cnmarc_in_both_encodings(tmp_path: Path, encoding: str) -> None:
    [row] = rows(tmp_path, in_encoding(record(CN), encoding))
    assert row == {
        "编号": "SHLIB-012099000002",
        "题名": "示例河道志 : 三条河",
        "英文题名": "The three rivers",
        "提要": "写三条河的书。",
        "时间": "2020",
        "又名": "shi li he dao zhi | zh-Latn | pinyin",
        "作者": "王丙",
        "英文作者": "wang bing",
        "版本": "2版",
        "出版者": "示例出版社",
        "ISBN": "9787543904569",
        "正文": "责任说明：王丙著 ; 赵丁译\n\n出版地：上海\n\n译者：赵丁\n\n形态：212页 图 21cm\n\n丛编：示例丛书 卷一\n\n示例附注"
        "\n\n主题词：河流--上海--地方志",
        "英文正文": "Translator: zhao ding",
    }


def test_cnmarc_as_xml_is_the_same(tmp_path: Path) -> None:
    assert rows(tmp_path, marc_xml(record(CN))) == rows(tmp_path, in_encoding(record(CN), "gb18030"))


def test_marc_8(tmp_path: Path) -> None:
    """Accents before their letters, and Chinese behind an escape."""
    plain = record((("001", "", "1"), ("003", "", "DLC"), ("245", "00", "$aResume")))
    data = in_encoding(plain, "ascii").replace(b"Resume", b"R\xe2esum\xe2e\x1b$1!0W\x1b(B")
    length, size = len(data), len("00") + len("\x1faResume\x1e") + 11
    data = f"{length:05d}".encode() + data[5:]
    data = data.replace(b"245%04d" % (size - 11), b"245%04d" % size)
    [row] = rows(tmp_path, data)
    assert row["题名"].startswith("Résumé")


def test_a_kind_has_fields_of_its_own(tmp_path: Path) -> None:
    [row] = rows(tmp_path, marc(record(WU)), Book)
    assert (row["译者"], row["英文译者"]) == ("李乙", "Li, Yi")
    assert "版本：第2版" in row["正文"]
    assert "Web address: https://example.org/shili" in row["英文正文"]
    assert "版本" not in row


def test_books_for_children_become_picture_books(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(marc(record(WU, t008="990101s2019    cc a   b      000 0 chi d"), record(WU)))
    assert glance(path) == (Work, "MARC 21")
    path.write_bytes(marc(record(WU, t008="990101s2019    cc a   b      000 0 chi d")))
    assert glance(path)[0] is Book


def test_a_subject_that_is_a_theme_is_one(tmp_path: Path) -> None:
    Theme.objects.create(title="河流", slug="heliu")
    [row] = rows(tmp_path, in_encoding(record(CN, t606="$a河流"), "utf-8"))
    assert row["主题"] == "河流"
    assert "主题词" not in row["正文"]


def test_dates_and_titles_that_our_columns_would_refuse(tmp_path: Path) -> None:
    [open_date, long] = rows(
        tmp_path, marc(record(WU, t880="", t264="$c1998-<2001  >"), record(WU, t245="$a" + "title " * 60))
    )
    assert (open_date["时间"], open_date["EDTF"]) == ("1998-<2001  >", "1998/2001")
    assert len(long["题名"]) <= 255
    assert f"Full title: {tidy('title ' * 60)}" in long["英文正文"]


GOOD = marc(record(WU))
BROKEN = {
    "空字符": GOOD.replace(b"Xuhui", b"Xu\0ui"),
    "MARC-8": in_encoding(record((("001", "", "1"), ("245", "00", "$aplain"))), "ascii").replace(b"plain", b"pl\xffin"),
    "头标说有": b"00400" + GOOD[5:],
    "不是长度": b"abcde" + GOOD[5:],
    "目次区": GOOD[:24] + b"xyz" + GOOD[27:30] + b"9" + GOOD[31:],
    "解不开": GOOD.replace("示例".encode(), b"\xff\xfe\xff\xfe\xff\xfe"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_record_is_told_and_the_rest_goes_on(tmp_path: Path, what: str) -> None:
    read = table(tmp_path, GOOD + BROKEN[what] + GOOD + b"\r\n")
    assert [number for number, _cells in read.rows] == [1, 2, 3]
    [(number, fault)] = read.faults
    assert number == 2
    assert what in fault
    assert [cells[1][:4] for _number, cells in read.rows] == ["示例地名", "", "示例地名"]


def test_a_file_that_was_cut_off(tmp_path: Path) -> None:
    read = table(tmp_path, GOOD + GOOD[:200])
    assert (len(read.rows), read.faults[0][0]) == (2, 2)
    assert "断了" in read.faults[0][1]
    read = table(tmp_path, marc_xml(record(WU), record(WU))[:-200])
    assert [number for number, _fault in read.faults] == [2]


def test_no_bomb_goes_off(tmp_path: Path) -> None:
    """A document that declares anything is refused before it is unfolded."""
    bomb = b'<!DOCTYPE c [<!ENTITY a "x">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    data = marc_xml(record(WU)).replace(b"<collection", bomb + b"]>\n<collection").replace("示例".encode(), b"&j;")
    with pytest.raises(ImportRefused, match="不接受"):
        table(tmp_path, data)


def test_records_are_known_by_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for data, form in [
        (GOOD, "iso2709"),
        (in_encoding(record(CN), "gb18030"), "iso2709"),
        (marc_xml(record(WU)), "xml"),
        ("编号,题名\n1,示例\n".encode(), ""),
        (b"<html><body>", ""),
        (b"", ""),
    ]:
        path.write_bytes(data)
        assert marc_form(path) == form
    assert marc_form(tmp_path / "nothing") == ""


def test_only_kinds_that_say_so_take_records(tmp_path: Path) -> None:
    for kind in kinds():
        if kind.marc is None:
            with pytest.raises(ImportRefused, match="不能成为"):
                table(tmp_path, GOOD, kind)
