"""Tables that leave the admin, ours and Wagtail's: nothing in them is run by the spreadsheet that opens them."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from openpyxl import load_workbook

from authorities.models import Place
from cms.importing.signs import guarded, unguarded
from search.models import Unfound

RUN = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "\r=1", " =1", "\u3000=1", "＝1+1", "＋1", "－1", "＠A1", "﹣1",
    "\u22121", "\ufeff=1", "\u200b=1", "\u00a0=1", "\x0b=1", "\x00=1", "  甲",
    "'=1", "''-1",
]  # fmt: skip


@pytest.mark.parametrize("cell", RUN)
def test_what_a_spreadsheet_would_run_is_text(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize("cell", ["", "甲", "1=1", "'甲", "'", "2026-05-18", "a@b", "（-1）", 12])
def test_what_it_would_not_run_is_as_it_was(cell: object) -> None:
    assert guarded(cell) == str(cell)
    assert unguarded(str(cell)) == str(cell)


def cells(answer: object) -> list[str]:
    """Return every cell of a table in CSV."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return [cell for row in csv.reader(io.StringIO(body.decode("utf-8-sig"))) for cell in row]


@pytest.mark.django_db
def test_our_own_table(admin_client: Client) -> None:
    for words in RUN[:3]:
        Unfound.objects.create(plain=words, words=words)
    assert {f"'{words}" for words in RUN[:3]} <= set(cells(admin_client.get("/admin/unfound/table.csv")))


@pytest.mark.django_db
@pytest.mark.parametrize("report", ["aging-pages", "locked", "site-history"])
def test_wagtails_reports(admin_client: Client, put: Callable, report: str) -> None:
    page = put(Place, '=HYPERLINK("http://x")')
    page.locked = True
    page.save()
    page.save_revision(log_action=True).publish()
    address = f"/admin/reports/{report}/"
    found = cells(admin_client.get(address, {"export": "csv"}))
    assert '\'=HYPERLINK("http://x")' in found
    assert not [cell for cell in found if cell.startswith("=")]
    book = load_workbook(io.BytesIO(b"".join(admin_client.get(address, {"export": "xlsx"}).streaming_content)))
    written = [cell for row in book.active.iter_rows() for cell in row]
    assert '=HYPERLINK("http://x")' in [cell.value for cell in written]
    assert not [cell for cell in written if cell.data_type == "f"]
