"""Whatever is uploaded: every row is accepted or reported, and what is no table is told in the language of whoever uploads."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from wagtail.users.models import UserProfile

from cms.models import Holding, Incoming
from tests.desk.importing.conftest import Desk

HEAD = "编号,题名,又名,时间,英文题名\n"
ROWS = {
    "power": "XH-PL-000901,9.78755E+12,,,",
    "bars": "XH-PL-000901,甲路,旧路｜zh-Hans｜｜1901,,",
    "unseen": "XH-PL-000901\u200b,\ufeff甲路\u200b,,,",
    "formula": "XH-PL-000901,=1+1,,,",
    "slashes": "XH-PL-000901,甲路,,1905/10/28,",
    "more": "XH-PL-000901,甲路,,,,多一格",
    "quote": 'XH-PL-000901,"甲"路",,,',
    "twice": "XH-PL-000901,甲路,,,\nXH-PL-000901,乙路,,,",
}


def accounted(incoming: Incoming) -> int:
    """Return how many rows are in one state or another."""
    return sum(incoming.counts().values())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("name", ROWS)
def test_rows_are_accepted_or_reported(librarian: Desk, name: str, encoding: str) -> None:
    before = Holding.objects.count()
    text = HEAD + ROWS[name] + "\n"
    incoming = librarian.upload(("place.csv", text.encode(encoding, "replace")))
    if incoming.state == "refused":
        assert incoming.faults
    else:
        assert incoming.state == "checked"
        assert accounted(incoming) == len(ROWS[name].splitlines())
    assert librarian.sees(incoming)
    assert Holding.objects.count() == before


def workbook(*rows: tuple[object, ...], merge: str = "") -> bytes:
    """Return a workbook with these rows."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_headings_in_the_second_row_under_a_merged_title_are_found(librarian: Desk) -> None:
    data = workbook(("春季补录",), ("编号", "题名", "又名"), ("XH-PL-000901", "甲路"), merge="A1:C1")
    incoming = librarian.upload(("地方.xlsx", data))
    assert incoming.state == "checked"
    assert list(incoming.rows.values_list("number", "state")) == [(3, "new")]
    assert "在第 2 行" in librarian.sees(incoming)
    csv = "春季补录,,\n编号,题名,又名\nXH-PL-000901,甲路,\n"
    assert list(librarian.upload(("地方.csv", csv)).rows.values_list("number", "state")) == [(3, "new")]


def test_a_cell_at_the_end_of_the_sheet_hurts_nobody(librarian: Desk) -> None:
    book = Workbook()
    for place, text in {"A1": "编号", "B1": "题名", "A2": "XH-PL-000901", "B2": "甲路", "XFD1048576": "x"}.items():
        book.active[place] = text
    out = io.BytesIO()
    book.save(out)
    incoming = librarian.upload(("place.xlsx", out.getvalue()))
    assert incoming.state in ("refused", "checked", "asking")
    assert incoming.state != "checked" or incoming.faults or accounted(incoming) >= 1


def bomb(size: int) -> bytes:
    """Return a workbook whose sheet is so many bytes of XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(("编号", "题名")))) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(
                name, data.replace(b"</sheetData>", b" " * size + b"</sheetData>") if "sheet1" in name else data
            )
    return out.getvalue()


def test_a_workbook_that_would_not_fit_is_refused(librarian: Desk) -> None:
    incoming = librarian.upload(("place.xlsx", bomb(93 * 2**20)))
    assert incoming.state == "refused"
    assert "MB" in librarian.sees(incoming)


@pytest.mark.each_database
def test_naughty_strings_are_kept_or_reported(librarian: Desk, shared_strings: list[str]) -> None:
    rows = "".join(
        f'XH-PL-{1000 + at:06},"{text.replace(chr(34), chr(34) * 2)}",,,\n' for at, text in enumerate(shared_strings)
    )
    incoming = librarian.upload(("place.csv", HEAD + rows))
    assert incoming.state == "refused" or accounted(incoming) == len(shared_strings)
    assert librarian.sees(incoming)


@pytest.fixture
def shared_strings() -> list[str]:
    """Strings that have broken programs before."""
    texts = [
        "undefined",
        "1;DROP TABLE users",
        "<script>alert(1)</script>",
        "Ω≈ç√∫˜µ≤≥÷",
        "田中さん",
        "👾 🙇",
        "\u202etest",
        "$HOME",
        "{% include %}",
    ]
    return json.loads(json.dumps(texts))


def test_reasons_are_told_in_english(librarian: Desk) -> None:
    profile = UserProfile.get_for_user(librarian.user)
    profile.preferred_language = "en"
    profile.save()
    incoming = librarian.upload(("place.csv", HEAD + "XH-PL-000901,,,,\n"))
    page = librarian.sees(incoming)
    assert "This cell must not be empty." in page
    assert "Rows that are wrong" in page
    refused = librarian.upload(("a.csv", b"%PDF-1.4"))
    assert "This is a PDF" in librarian.sees(refused)


def test_too_large_a_file_is_told(librarian: Desk, settings: object, tmp_path: Path) -> None:
    settings.IMPORT_MAX_BYTES = 2**20
    large = SimpleUploadedFile("a.csv", b"x" * (2**20 + 1))
    answer = librarian.post("/admin/incoming/", {"uploads": [large], "note": "春季"})
    assert answer.status_code == 400
    assert "超过 1 MB" in answer.content.decode()
    assert "春季" in answer.content.decode()
