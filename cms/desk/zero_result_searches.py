"""The librarians' page of what readers did not find: put a holding first, add a name, or let it be, each in one step."""

import re
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.desk.csv_response import table
from cms.desk.rights import DeskRequest, may_edit, may_publish
from cms.desk.zero_result_actions import ACTIONS, Refused
from cms.finding.exclusions import withheld
from cms.models import Holding
from cms.models.name import LANGUAGES
from cms.visibility import visible
from search.did_you_mean import Nearby
from search.finding import Answer, answer
from search.folding import han
from search.headings import suggest
from search.hits import Suggestion
from search.models import Promotion, Unfound
from search.query import Query
from search.sounds import HAN

PER_PAGE = 25
LIKELY = 6
_han = re.compile(f"[{HAN}]")


@dataclass(frozen=True)
class Line:
    """One row of the page: the words, what a reader finds for them now, and what could be meant.

    `now` is None while the index cannot be asked; `near` are words that do find something; `likely` are holdings that are called
    so, as number and name; `language` is what a name in these characters is taken for.
    """

    row: Unfound
    now: int | None
    near: tuple[Nearby, ...]
    likely: list[str]
    language: str


def checked(request: HttpRequest) -> None:
    """Raise PermissionDenied for everybody else."""
    if not may_edit(request.user):
        raise PermissionDenied


def listing(request: HttpRequest, refused: int | None = None) -> HttpResponse:
    """Draw the open rows, the most wanted first, and what has been put first.

    `refused` is the number of the row for which nothing could be done: what was typed stands in its form again.
    """
    checked(request)
    page = Paginator(Unfound.objects.filter(settled=False), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page_title": _("没找到的检索"),
        "header_icon": "search",
        "refused": refused,
        "typed": request.POST,
        "page": page,
        "lines": lines(list(page)),
        "promotions": promoted(),
        "languages": LANGUAGES,
        "may_publish": may_publish(request.user),
    }
    return render(request, "cms/admin/unfound.html", context)


def promoted() -> list[tuple[Promotion, Holding | None, bool]]:
    """Return what has been put first, the latest first, each with its holding, if it still is, and whether readers see that."""
    promotions = list(Promotion.objects.order_by("-since", "-pk"))
    holdings = Holding.objects.in_bulk([promotion.holding for promotion in promotions])
    seen = set(visible(Holding.objects.filter(pk__in=holdings), None).values_list("pk", flat=True))
    return [(one, holdings.get(one.holding), one.holding in seen) for one in promotions]


def lines(rows: list[Unfound]) -> list[Line]:
    """Return the rows with what a librarian needs to decide, found as any reader would find it."""
    unseen = withheld(None)
    answers = [answer(Query.read(row.words, exclude=unseen)) for row in rows]
    meant = [likely(row.words, found, unseen) for row, found in zip(rows, answers, strict=True)]
    uids = dict(Holding.objects.filter(pk__in={one.id for some in meant for one in some}).values_list("pk", "uid"))
    return [
        Line(
            row,
            None if found.hits.degraded else found.hits.total,
            found.nearby,
            [f"{uids[one.id]} {one.text}" for one in some if one.id in uids],
            language_of(row.words),
        )
        for row, found, some in zip(rows, answers, meant, strict=True)
    ]


def likely(words: str, found: Answer, unseen: frozenset[int]) -> list[Suggestion]:
    """Return the holdings that are called by the words, by what is near, or by one of the words, in this order."""
    texts = [words, *(near.text for near in found.nearby), *words.split()]
    called = [one for text in dict.fromkeys(texts) for one in suggest(text, exclude=unseen, limit=2)]
    return list({one.id: one for one in called}.values())[:LIKELY]


def language_of(words: str) -> str:
    """Return the language that a name is most likely in, by its characters; the librarian may choose another."""
    if not _han.search(words):
        return "en"
    return "zh-Hant" if any(char in han() for char in words) else "zh-Hans"


def export(request: HttpRequest) -> HttpResponse:
    """Answer with all rows as a table."""
    checked(request)
    kept = Unfound.objects.values_list("words", "times", "first", "last", "settled")
    rows = [(*cells, "是" if settled else "否") for *cells, settled in kept]
    return table("unfound", ["检索词", "次数", "最早", "最近", "不处理"], rows)


@require_POST
def settle(request: DeskRequest, number: int) -> HttpResponse:
    """Do what was chosen for one row, which takes it from the list; say in words when it cannot be done."""
    checked(request)
    row = get_object_or_404(Unfound, pk=number)
    action = ACTIONS.get(request.POST.get("do", ""))
    if action is None:
        return HttpResponseBadRequest()
    try:
        with transaction.atomic():
            said = action(row, request.user, request.POST)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return listing(request, refused=number)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("unfound"))


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Put a holding first no longer, which readers see at once: for those who may publish."""
    if not may_publish(request.user):
        raise PermissionDenied
    promotion = get_object_or_404(Promotion, pk=number)
    promotion.delete()
    messages.success(request, _("检索“%(words)s”不再置顶。") % {"words": promotion.words})
    return HttpResponseRedirect(reverse("unfound"))


urlpatterns = [
    path("unfound/", listing, name="unfound"),
    path("unfound/table.csv", export, name="unfound_table"),
    path("unfound/<int:number>/", settle, name="unfound_settle"),
    path("unfound/promotions/<int:number>/withdraw/", withdraw, name="unfound_withdraw"),
]
