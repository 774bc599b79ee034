"""A table comes in by the browser: read, checked apart, looked at, mended, and written as its librarian chose."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from PIL import Image as Picture
from wagtail.models import WorkflowState

from authorities.models import Place
from chronicle.models import Entry
from cms.exporting import Selection, sheets
from cms.exporting.files import write_single
from cms.importing import import_files
from cms.models import HeadingChoice, Holding, ImportBatch, Incoming
from picturebooks.models import Book, Spread
from tests.desk.importing.conftest import Desk

TABLE = "编号,题名,英文题名,时间\nXH-PL-000901,甲路,Jia Road,1915年\nXH-PL-000902,乙桥,,\n"


def states(incoming: Incoming) -> list[tuple[int, str]]:
    """Return the rows of an upload with their states."""
    return list(incoming.rows.values_list("number", "state"))


def test_new_rows_are_shown_and_nothing_is_written_before_go(editor: Desk) -> None:
    before = Holding.objects.count()
    incoming = editor.upload(("地方.csv", TABLE.encode("gb18030")))
    assert (incoming.state, states(incoming)) == ("checked", [(2, "new"), (3, "new")])
    page = editor.sees(incoming)
    assert "GB18030" in page
    assert "甲路" in page
    assert Holding.objects.count() == before
    incoming = editor.does(incoming, "go", become="published")
    assert incoming.state == "saved"
    place = Place.objects.get(uid="XH-PL-000901")
    assert (place.live, place.title_en, place.latest_revision.user) == (True, "Jia Road", editor.user)
    assert (incoming.batch.created, incoming.batch.made_by, place.batch) == (2, editor.user, incoming.batch)
    again = editor.upload(("地方.csv", TABLE))
    assert states(again) == [(2, "same"), (3, "same")]
    assert "地方.csv" in editor.client.get("/admin/incoming/batches/").content.decode()


def test_changes_are_shown_cell_by_cell_and_an_empty_cell_leaves_or_clears(editor: Desk) -> None:
    editor.does(editor.upload(("place.csv", TABLE)), "go", become="published")
    other = TABLE.replace("甲路,Jia Road", "甲大路,")
    incoming = editor.upload(("place.csv", other))
    row = incoming.rows.get(number=2)
    assert [(c["heading"], c["old"], c["new"]) for c in row.cells] == [("题名", "甲路", "甲大路")]
    incoming = editor.does(incoming, "headings", leave_empty="")
    row = incoming.rows.get(number=2)
    assert [(c["heading"], c["new"]) for c in row.cells] == [("题名", "甲大路"), ("英文题名", "")]
    assert "甲大路" in editor.sees(incoming, "changed")
    editor.does(incoming, "go", become="published")
    place = Place.objects.get(uid="XH-PL-000901")
    assert (place.title, place.title_en, place.date_text) == ("甲大路", "", "1915年")


def test_a_librarian_writes_drafts_and_is_not_offered_to_publish(editor: Desk, librarian: Desk) -> None:
    editor.does(editor.upload(("place.csv", TABLE)), "go", become="published")
    incoming = librarian.upload(("place.csv", TABLE.replace("甲路", "甲大路") + "XH-PL-000903,丙弄,,\n"))
    assert states(incoming) == [(2, "changed"), (3, "same"), (4, "new")]
    assert 'value="published"' not in librarian.sees(incoming)
    refused = librarian.post(f"/admin/incoming/{incoming.pk}/go/", {"become": "published"})
    assert refused.status_code in (302, 403)  # Wagtail leads home whoever may not
    assert Incoming.objects.get(pk=incoming.pk).state == "checked"
    incoming = librarian.does(incoming, "go", become="draft")
    assert (incoming.state, incoming.batch.created, incoming.batch.updated) == ("saved", 1, 1)
    place = Place.objects.get(uid="XH-PL-000901")
    assert (place.title, place.has_unpublished_changes) == ("甲路", True)
    assert (place.latest_revision.as_object().title, place.latest_revision.user) == ("甲大路", librarian.user)
    assert not Place.objects.get(uid="XH-PL-000903").live


def test_what_is_sent_to_review_waits_there(librarian: Desk) -> None:
    incoming = librarian.does(librarian.upload(("place.csv", TABLE)), "go", become="review")
    assert incoming.state == "saved"
    assert WorkflowState.objects.active().count() == 2


def test_wrong_cells_are_mended_in_the_page(librarian: Desk) -> None:
    incoming = librarian.upload(("place.csv", TABLE + "XH-PL-000903,,,1915年\n"))
    assert states(incoming) == [(2, "new"), (3, "new"), (4, "wrong")]
    row = incoming.rows.get(number=4)
    place = next(at for at, cell in enumerate(row.cells) if cell["fault"])
    assert f'name="cell.{row.pk}.{place}"' in librarian.sees(incoming)
    refused = librarian.does(incoming, "go", become="draft")
    assert (refused.state, Place.objects.filter(uid="XH-PL-000901").exists()) == ("checked", False)
    incoming = librarian.does(incoming, "mend", **{f"cell.{row.pk}.{place}": "丙弄"})
    assert states(incoming) == [(2, "new"), (3, "new"), (4, "new")]
    librarian.does(incoming, "go", become="draft")
    assert Place.objects.get(uid="XH-PL-000903").title == "丙弄"


@pytest.mark.each_database
def test_the_good_rows_come_in_as_drafts_and_what_needs_a_wrong_one_is_left(editor: Desk) -> None:
    table = "编号,题名,关联\nXH-EN-009001,甲事,关于 | XH-EN-009002\nXH-EN-009002,,\nXH-EN-009003,丙事,\n"
    incoming = editor.upload(("entry.csv", table))
    assert states(incoming) == [(2, "new"), (3, "wrong"), (4, "new")]
    incoming = editor.does(incoming, "go", become="published", only_good="1")
    assert states(incoming) == [(2, "left"), (3, "wrong"), (4, "saved")]
    assert [(e.uid, e.live) for e in Entry.objects.filter(uid__startswith="XH-EN-009")] == [("XH-EN-009003", False)]
    assert "XH-EN-009002" in incoming.rows.get(number=2).faults[0]


def test_the_own_table_comes_back_with_reasons_and_goes_in_again(editor: Desk) -> None:
    incoming = editor.upload(("place.csv", TABLE + "XH-PL-000903,,,1915年\n"))
    answer = editor.client.get(f"/admin/incoming/{incoming.pk}/reasons/")
    book = load_workbook(io.BytesIO(b"".join(answer)))
    rows = list(book.active.iter_rows())
    assert rows[0][-1].value == "错在哪里"
    assert "题名" in rows[3][-1].value
    assert rows[3][1].fill.fgColor.rgb.endswith("F4C7B8")
    rows[3][1].value = "丙弄"
    out = io.BytesIO()
    book.save(out)
    assert states(editor.upload(("again.xlsx", out.getvalue()))) == [(2, "new"), (3, "new"), (4, "new")]


def test_other_headings_are_asked_and_remembered(librarian: Desk) -> None:
    table = TABLE.replace("英文题名", "外文名")
    incoming = librarian.upload(("place.csv", table))
    assert incoming.state == "asking"
    assert "外文名" in librarian.sees(incoming)
    incoming = librarian.does(incoming, "headings", **{"heading.0.2": "英文题名"})
    assert incoming.state == "checked"
    assert HeadingChoice.objects.get(user=librarian.user).meant == "英文题名"
    again = librarian.upload(("place.csv", table))
    assert again.state == "checked"
    assert {"heading": "英文题名", "old": "", "new": "Jia Road", "fault": ""} in again.rows.get(number=2).cells


def test_a_kind_that_nobody_can_guess_is_asked(librarian: Desk) -> None:
    incoming = librarian.upload(("表.csv", "编号,题名\nXH-PL-000901,甲路\n"))
    assert incoming.state == "asking"
    incoming = librarian.does(incoming, "headings", **{"model.0": "place"})
    assert states(incoming) == [(2, "new")]


def exported(**conditions: object) -> bytes:
    """Return places as they leave."""
    target = io.BytesIO()
    write_single(sheets(Selection(models=(Place,), **conditions)), target)
    return target.getvalue()


@pytest.mark.each_database
def test_what_changed_here_since_the_table_left_is_asked_and_kept(editor: Desk) -> None:
    editor.does(editor.upload(("place.csv", TABLE)), "go", become="published")
    out = exported().decode("utf-8-sig")
    place = Place.objects.get(uid="XH-PL-000901")
    place.title, place.summary = "馆里改的", "馆里的提要"
    place.save_revision().publish()
    mine = out.replace("甲路", "表里改的").replace("乙桥", "乙大桥")
    incoming = editor.upload(("place.csv", mine))
    assert states(incoming) == [(2, "both"), (3, "changed")]
    cells = {c["heading"]: (c["then"], c["old"], c["new"], c["both"]) for c in incoming.rows.get(number=2).cells}
    assert cells["题名"] == ("甲路", "馆里改的", "表里改的", "asked")
    assert "提要" not in cells  # an empty cell leaves what is there
    kept = editor.does(incoming, "go", become="published")
    place.refresh_from_db()
    assert (kept.state, place.title, place.summary) == ("saved", "馆里改的", "馆里的提要")
    incoming = editor.upload(("place.csv", mine))
    row = incoming.rows.get(number=2)
    at = next(at for at, c in enumerate(row.cells) if c["heading"] == "题名")
    incoming = editor.does(incoming, "mend", **{f"take.{row.pk}.{at}": "table"})
    editor.does(incoming, "go", become="published")
    place.refresh_from_db()
    assert (place.title, place.summary) == ("表里改的", "馆里的提要")


@pytest.mark.each_database
def test_what_changes_between_preview_and_go_is_shown_again(editor: Desk) -> None:
    editor.does(editor.upload(("place.csv", TABLE)), "go", become="published")
    incoming = editor.upload(("place.csv", TABLE.replace("甲路", "甲大路").replace("乙桥", "乙大桥")))
    place = Place.objects.get(uid="XH-PL-000901")
    place.title = "馆里改的"
    place.save_revision().publish()
    incoming = editor.does(incoming, "go", become="published")
    assert (incoming.state, incoming.moved_on, incoming.batch) == ("checked", True, None)
    assert states(incoming) == [(2, "both"), (3, "changed")]
    incoming = editor.does(incoming, "go", become="published")
    place.refresh_from_db()
    assert (incoming.state, place.title) == ("saved", "馆里改的")
    assert Place.objects.get(uid="XH-PL-000902").title == "乙大桥"


def picture(colour: str) -> bytes:
    """Return a picture."""
    data = io.BytesIO()
    Picture.new("RGB", (30, 20), colour).save(data, "PNG")
    return data.getvalue()


def test_a_zip_brings_tables_with_pictures(editor: Desk) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("书/book.csv", "编号,题名\nXH-PB-000901,甲书\n")
        archive.writestr("书/place.csv", "编号,题名,图片,图片说明\nXH-PL-000901,甲路,a.png,一条路\n")
        archive.writestr("书/图/a.png", picture("teal"))
        archive.writestr("__MACOSX/书/._a.png", b"x")
    incoming = editor.upload(("全.zip", packed.getvalue()))
    assert (incoming.state, [row.state for row in incoming.rows.all()]) == ("checked", ["new", "new"])
    editor.does(incoming, "go", become="published")
    assert Place.objects.get(uid="XH-PL-000901").cover.alt == "一条路"
    assert Book.objects.filter(uid="XH-PB-000901").exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.zip", b"PK\x05\x06" + bytes(18)), ("a.zip", b"PK\x03\x04broken"), ("a.xlsx", b"")],
)
def test_what_is_no_upload_is_told(librarian: Desk, name: str, data: bytes) -> None:
    answer = librarian.post("/admin/incoming/", {"uploads": [SimpleUploadedFile(name, data)], "note": "春季"})
    assert answer.status_code == 400
    assert "春季" in answer.content.decode()
    assert not Incoming.objects.exists()


def test_what_is_no_table_is_told(librarian: Desk) -> None:
    incoming = librarian.upload(("a.csv", b"%PDF-1.4"))
    assert (incoming.state, incoming.rows.count()) == ("refused", 0)
    assert "PDF" in librarian.sees(incoming)


def test_nobody_sees_the_uploads_of_another(librarian: Desk, editor: Desk) -> None:
    incoming = librarian.upload(("place.csv", TABLE))
    assert editor.client.get(f"/admin/incoming/{incoming.pk}/").status_code == 404
    assert librarian.does(incoming, "drop") == incoming
    assert not Incoming.objects.exists()
    assert not incoming.folder.exists()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_template_comes_back_with_its_example_passed_over(editor: Desk, language: str) -> None:
    answer = editor.client.get(f"/admin/incoming/template/place/?language={language}")
    book = load_workbook(io.BytesIO(b"".join(answer)))
    sheet = book.worksheets[0]
    assert sheet["A2"].value == "示例/SAMPLE"
    assert len(book.worksheets) == 2
    heads = [cell.value for cell in sheet[1]]
    assert ("题名" in heads) == (language == "zh")
    sheet["A3"], sheet["B3"] = "XH-PL-000901", "甲路"
    out = io.BytesIO()
    book.save(out)
    incoming = editor.upload(("place.xlsx", out.getvalue()))
    assert (incoming.state, states(incoming)) == ("checked", [(3, "new")])


def test_parts_come_in_with_their_book_and_into_its_draft(editor: Desk, librarian: Desk) -> None:
    book = ("book.csv", "编号,题名\nXH-PB-000901,甲书\n")
    pages = "所属编号,次序,文字\nXH-PB-000901,1,从前\n"
    editor.does(editor.upload(book, ("spread.csv", pages)), "go", become="published")
    assert Spread.objects.get().book.uid == "XH-PB-000901"
    incoming = librarian.upload(("spread.csv", pages.replace("从前", "很久以前") + "XH-PB-000901,2,后来\n"))
    assert states(incoming) == [(2, "changed"), (3, "new")]
    librarian.does(incoming, "go", become="draft")
    assert [s.text for s in Spread.objects.all()] == ["从前"]
    draft = Book.objects.get(uid="XH-PB-000901").latest_revision.as_object()
    assert [s.text for s in draft.spreads.all()] == ["很久以前", "后来"]


def test_the_command_line_asks_back_what_both_sides_changed(editor: Desk, tmp_path: object) -> None:
    editor.does(editor.upload(("place.csv", TABLE)), "go", become="published")
    assert ImportBatch.objects.count() == 1
    path = tmp_path / "place.csv"
    path.write_bytes(exported().replace("甲路".encode(), "表里改的".encode()))
    place = Place.objects.get(uid="XH-PL-000901")
    place.title = "馆里改的"
    place.save_revision().publish()
    with pytest.raises(Exception, match="馆里也改过这一栏"):
        import_files([(Place, path)])
