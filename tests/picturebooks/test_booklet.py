"""A book to print and fold: every page once, in the order in which it folds, made beside the request, and only where rights let it."""

import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader
from wagtail.models import PageViewRestriction

from picturebooks.booklet.folding import padded, sides
from picturebooks.booklet.making import make_booklet
from picturebooks.booklet.pages import SHEET, booklet, poured
from picturebooks.epub.volume import Volume, volume_of
from picturebooks.models import Book, Spread
from picturebooks.setting import chinese, english, height_of
from picturebooks.taking import with_pictures

pytestmark = pytest.mark.django_db


def volume(book: Book) -> Volume:
    return volume_of(with_pictures().get(pk=book.pk))


def test_pages_fold_into_their_order() -> None:
    assert sides([1, 2, 3, 4]) == [(4, 1), (2, 3)]
    assert sides(list(range(1, 9))) == [(8, 1), (2, 7), (6, 3), (4, 5)]
    with pytest.raises(ValueError, match="5 pages"):
        sides([1, 2, 3, 4, 5])


@pytest.mark.parametrize("count", range(1, 13))
def test_the_last_page_is_the_last_of_whole_sheets(count: int) -> None:
    pages = padded(list(range(count)), "end", "blank")
    assert len(pages) % 4 == 0
    assert len(pages) - count <= 4
    assert pages[:count] == list(range(count))
    assert pages[-1] == "end"
    assert sorted(map(str, (page for side in sides(pages) for page in side))) == sorted(map(str, pages))


def test_the_pdf_has_every_word(put_book: Callable[..., Book], client: Client) -> None:
    made = put_book(3)
    Spread.objects.filter(sort_order=2).update(text="很长的话说不完。" * 400, pinyin="", text_en="Long words. " * 300)
    address = f"/id/{made.uid}/booklet.pdf"
    with override("zh-hans"):
        make_booklet.func(made.pk, "zh-hans")
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    reader = PdfReader(io.BytesIO(answer.getvalue()))
    assert reader.metadata.title == "叶子的路"
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {(842, 595)}
    text = "".join(page.extract_text() for page in reader.pages).replace("\n", "").replace(" ", "")
    # A sentence may go on overleaf, which is another half of another sheet.
    assert [text.count(sign) for sign in "很长话不完"] == [400] * 5
    assert text.count("words") == 300
    assert "Thewind<called>&Iwent" in text.replace("“", "").replace("”", "")
    for syllable in ("qīng", "zǎo", "wǒ"):
        assert syllable in text
    assert len(reader.pages) % 2 == 0
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_words_are_poured_whole_and_fit_their_pages() -> None:
    zh, en = chinese("走。" * 900 + "\n" + "来。", ""), english("Go on. " * 500)
    pages = list(poured(zh, en))
    assert "".join(one.plain for page in pages for one in page[0]) == "走。" * 900 + "来。"
    assert " ".join(line.strip() for page in pages for line in page[1]) == ("Go on. " * 500).strip()
    room = SHEET.height - 2 * SHEET.edge
    assert all(height_of(*page, SHEET.small[-1], SHEET.column) <= room for page in pages)


def test_values_are_no_markup(put_book: Callable[..., Book]) -> None:
    made = put_book(1, title="#panic() $x$ *粗* \\ _斜_", author="@ref <label>")
    values = booklet(volume(made))
    first = values["sides"][0][1]
    assert first["titles"][0]["text"] == "#panic() $x$ *粗* \\ _斜_"
    make_booklet.func(made.pk, "zh-hans")
    assert Client().get(f"/id/{made.uid}/booklet.pdf").status_code == 200


def test_it_is_made_beside_the_request(
    put_book: Callable[..., Book], client: Client, django_capture_on_commit_callbacks: Callable
) -> None:
    made = put_book()
    address = f"/en/id/{made.uid}/booklet.pdf"
    with django_capture_on_commit_callbacks(execute=True):
        first = client.get(address)
    assert (first.status_code, first["Refresh"], first["Cache-Control"]) == (202, "4", "no-store")
    assert "The booklet is being made" in first.content.decode()
    assert client.get(address).status_code == 200


def test_one_that_could_not_be_made_is_said_to_be(put_book: Callable[..., Book], client: Client) -> None:
    made, now = put_book(), timezone.now()
    DBTaskResult.objects.create(
        status=TaskResultStatus.FAILED,
        task_path=make_booklet.module_path,
        args_kwargs={"args": [made.pk, "zh-hans"], "kwargs": {}},
        backend_name="worker",
        queue_name="default",
        run_after=now,
        finished_at=now,
        exception_class_path="builtins.OSError",
        traceback="",
    )
    answer = client.get(f"/id/{made.uid}/booklet.pdf")
    assert (answer.status_code, answer.headers.get("Refresh")) == (503, None)
    assert "小册子没有做成" in answer.content.decode()


def test_who_may_have_it(put_book: Callable[..., Book], client: Client) -> None:
    made = put_book()
    address = f"/id/{made.uid}/booklet.pdf"
    Book.objects.filter(pk=made.pk).update(use_print=False)
    said = client.get(address)
    assert said.status_code == 403
    assert "它的权利不允许印刷" in said.content.decode()
    Book.objects.filter(pk=made.pk).update(use_print=True)
    PageViewRestriction.objects.create(page=made, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(address).status_code == 404
    assert client.get("/id/XH-PB-999999/booklet.pdf").status_code == 404


def test_queries_do_not_grow_with_the_book(put_book: Callable[..., Book], client: Client) -> None:
    found = []
    for made in (put_book(2), put_book(40)):
        make_booklet.func(made.pk, "zh-hans")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/id/{made.uid}/booklet.pdf").status_code == 200
        found.append(len(queries))
    assert found[0] == found[1] <= 10
