"""The reviewed table of what a search must find: read with care, and a row that does not hold is named."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search.document import Document
from search.expecting import COLUMNS, Row, failing, read
from search.rebuilding import rebuild

HEAD = ",".join(COLUMNS)


def test_the_table_is_read(tmp_path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(f'\ufeff{HEAD}\r\n霞飞路,XH-PL-000001; XH-PL-000002,旧名\r\n\r\n"""原字""",U-1,引号\r\n', "utf-8")
    assert read(table) == [Row("霞飞路", ("XH-PL-000001", "XH-PL-000002"), "旧名"), Row('"原字"', ("U-1",), "引号")]


@pytest.mark.parametrize(
    "line", ["霞飞路,,为何", ",U-1,为何", "霞飞路,U-1,", "霞飞路,U-1", "霞飞路,A;B;C;D,四个", "a,b,c,d"]
)
def test_a_row_that_nobody_can_check_is_named(tmp_path, line: str) -> None:
    table = tmp_path / "t.csv"
    table.write_text(f"{HEAD}\n好,U-1,好\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match="line 3"):
        read(table)


@pytest.mark.django_db
def test_rows_that_hold_and_rows_that_do_not(library, tmp_path) -> None:
    for number in range(1, 6):
        library.shelf[number] = Document(id=number, kind="entry", uid=f"U-{number}", title=f"{'梧桐' * (6 - number)}路")
    rebuild()
    good, late, absent = (Row("梧桐", ("U-5", "U-4"), ""), Row("梧桐", ("U-1",), ""), Row("法华", ("U-1",), ""))
    assert list(failing([good, late, absent])) == [(late, ["U-5", "U-4", "U-3"]), (absent, [])]
    table = tmp_path / "t.csv"
    table.write_text(f"{HEAD}\n梧桐,U-5,短题名\n梧桐,U-1,长题名\n", "utf-8")
    said = StringIO()
    with pytest.raises(CommandError, match="1 do not hold"):
        call_command("search", "expected", file=table, stdout=said)
    assert "U-1 expected (长题名), found U-5;U-4;U-3" in said.getvalue()
    with pytest.raises(CommandError, match="No such file"):
        call_command("search", "expected", file=tmp_path / "none.csv")
