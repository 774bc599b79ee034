"""The librarians' list of readings that stand over no character: spreads whose pinyin does not fit, or that alone have none."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _

from cms.desk.rights import may_edit
from picturebooks.models import Book, Spread
from picturebooks.pinyin import HAN
from picturebooks.reading import misfit

PER_PAGE = 50


@dataclass(frozen=True)
class Unplaced:
    """One spread to look at: its book, its number in it, and why its characters have no reading."""

    book: Book
    number: int
    text: str
    why: str


def unplaced() -> Iterator[Unplaced]:
    """Yield them as they are stored, book by book; two queries."""
    spreads: dict[int, list[Spread]] = defaultdict(list)
    for spread in Spread.objects.order_by("book", "sort_order", "pk"):
        spreads[spread.book_id].append(spread)
    for book in Book.objects.filter(pk__in=list(spreads)).order_by("uid"):
        read = any(spread.pinyin.strip() for spread in spreads[book.pk])
        for number, spread in enumerate(spreads[book.pk], 1):
            if why := reason(spread, read):
                yield Unplaced(book, number, spread.text, why)


def reason(spread: Spread, others: bool) -> str:
    """Return why a spread's characters have no reading; empty where they have, or no spread of the book has pinyin."""
    if found := misfit(spread.text, spread.pinyin):
        return _("到“%(where)s”这里读不通") % {"where": found.where}
    if others and not spread.pinyin.strip() and HAN.search(spread.text):
        return _("没有拼音，同一本的别幅有")
    return ""


def listing(request: HttpRequest) -> HttpResponse:
    """Draw the list for those who look after holdings."""
    if not may_edit(request.user):
        raise PermissionDenied
    page = Paginator(list(unplaced()), PER_PAGE).get_page(request.GET.get("p"))
    context = {"page_title": _("绘本注音查对"), "header_icon": "openquote", "page": page}
    return render(request, "picturebooks/admin/unplaced.html", context)


urlpatterns = [path("pinyin/", listing, name="pinyin")]
