"""Catalogue records by the browser: recognised by what they are, shown, mended, brought in, taken back."""

import io
import zipfile

import pytest
from django.utils import translation

from chronicle.models import Work
from cms.desk.incoming.speaking import spoken
from cms.importing.marc.description import is_han
from cms.models import ImportBatch, IncomingRow
from picturebooks.models import Book
from tests.cms.importing.marc.cards import CN, WU, in_encoding, marc, marc_xml, record
from tests.desk.importing.conftest import Desk

pytestmark = pytest.mark.django_db
State = IncomingRow.State


def test_good_and_broken_records_add_up_and_the_good_ones_come_in(librarian: Desk) -> None:
    """One has no number, which is typed in the page; one is broken, and stays behind with its reason."""
    nameless = record(tuple(line for line in WU if line[0] != "001"))
    good = marc(record(WU))
    incoming = librarian.upload(
        ("books.csv", good + b"00400" + good[5:] + marc(nameless) + in_encoding(record(CN), "gb18030"))
    )
    assert incoming.state == "checked"
    assert {state: count for state, count in incoming.counts().items() if count} == {State.NEW: 2, State.WRONG: 2}
    page = librarian.sees(incoming)
    assert "头标说有 400 个字节" in page
    assert "这一格不能空" in page
    assert "999 $a 没有对应的栏" in page

    row = incoming.rows.get(number=3)
    place = next(at for at, cell in enumerate(row.cells) if cell["fault"])
    incoming = librarian.does(incoming, "mend", **{f"cell.{row.pk}.{place}": "XH-WK-000777"})
    assert incoming.counts()[State.WRONG] == 1
    assert librarian.client.get(f"/admin/incoming/{incoming.pk}/reasons/").status_code == 200
    incoming = librarian.does(incoming, "go", become="draft")
    assert Work.objects.count() == 0
    incoming = librarian.does(incoming, "go", become="draft", only_good="on")
    assert sorted(Work.objects.values_list("uid", flat=True)) == [
        "DLC-2099000001",
        "SHLIB-012099000002",
        "XH-WK-000777",
    ]
    assert ImportBatch.objects.get().created == 3


def test_the_same_file_again_changes_nothing(editor: Desk) -> None:
    for expected in (State.NEW, State.SAME):
        incoming = editor.upload(("books.xml", marc_xml(record(WU), record(CN))))
        assert incoming.counts()[expected] == 2
        editor.does(incoming, "go", become="published")
    assert Work.objects.live().count() == 2


def test_another_kind_can_be_chosen(librarian: Desk) -> None:
    """The page offers what takes records, and nothing else."""
    incoming = librarian.upload(("books.mrc", marc(record(WU))))
    page = librarian.sees(incoming)
    assert 'value="work" selected' in page
    assert 'value="place"' not in page
    incoming = librarian.does(incoming, "headings", **{"model.0": "book"})
    assert incoming.state == "checked"
    librarian.does(incoming, "go", become="draft")
    assert Book.objects.get().translator == "李乙"


def test_records_in_a_zip(librarian: Desk) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.mrc", marc(record(WU)))
    assert librarian.upload(("books.zip", packed.getvalue())).counts()[State.NEW] == 1


def test_a_bomb_is_refused_in_words(librarian: Desk) -> None:
    data = marc_xml(record(WU)).replace(b"<collection", b'<!DOCTYPE c [<!ENTITY a "x">]>\n<collection', 1)
    incoming = librarian.upload(("books.xml", data))
    assert incoming.state == "refused"
    assert "不接受" in librarian.sees(incoming)


def test_what_is_said_of_records_has_english(librarian: Desk) -> None:
    """Every fault of a record, and every note."""
    good = marc(record(WU))
    broken = [
        b"00400" + good[5:],
        good[:24] + b"xyz" + good[27:30] + b"9" + good[31:],
        good.replace(b"Xuhui", b"Xu\0ui"),
        good[:200],
    ]
    incoming = librarian.upload(("a.mrc", good + b"".join(broken)))
    faults = [fault for row in incoming.rows.all() for fault in row.faults]
    assert len(faults) == len(broken)
    with translation.override("en"):
        said = [spoken(text) for text in (*faults, *incoming.notes)]
    assert [text for text in said if is_han(text)] == []
