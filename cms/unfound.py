"""The librarians' page of what readers did not find: put a holding first, add a name, or let it be, each in one step."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.permissions import page_permission_policy

from cms.exporting import table
from cms.models import Holding, Name
from search.finding import find
from search.headings import suggest
from search.hits import Suggestion
from search.models import Promotion, Unfound
from search.query import Query

PER_PAGE = 25
NEAR = 5
RIGHTS = ("change", "publish")
LONGEST_WORDS = Promotion._meta.get_field("words").max_length


class Refused(Exception):
    """What was asked for cannot be done; the text says why."""


@dataclass(frozen=True)
class Line:
    """One row of the page: the words, how many holdings they find by now, and what could be meant, as number and title."""

    row: Unfound
    now: int
    near: list[str]


def may(user: object) -> bool:
    """Whether somebody looks after holdings, so that the page is for them."""
    return page_permission_policy.user_has_any_permission(user, RIGHTS)


def checked(request: HttpRequest) -> None:
    """Raise PermissionDenied for everybody else."""
    if not may(request.user):
        raise PermissionDenied


def listing(request: HttpRequest) -> HttpResponse:
    """Draw the open rows, the most wanted first, and what has been put first."""
    checked(request)
    page = Paginator(Unfound.objects.filter(settled=False), PER_PAGE).get_page(request.GET.get("p"))
    promotions = list(Promotion.objects.order_by("-since", "-pk"))
    holdings = Holding.objects.in_bulk([promotion.holding for promotion in promotions])
    context = {
        "page_title": _("没找到的检索"),
        "header_icon": "search",
        "page": page,
        "lines": lines(list(page)),
        "promotions": [(promotion, holdings.get(promotion.holding)) for promotion in promotions],
    }
    return render(request, "cms/admin/unfound.html", context)


def lines(rows: list[Unfound]) -> list[Line]:
    """Return the rows with what a librarian needs to decide."""
    near = {row.pk: likely(row.words) for row in rows}
    meant = {suggestion.id for found in near.values() for suggestion in found}
    uids = dict(Holding.objects.filter(pk__in=meant).values_list("pk", "uid"))
    return [
        Line(
            row,
            find(Query(row.words, size=1)).total,
            [f"{uids[found.id]} {found.text}" for found in near[row.pk] if found.id in uids],
        )
        for row in rows
    ]


def likely(words: str) -> list[Suggestion]:
    """Return what could be meant: what the words begin, else what one of them begins."""
    found = suggest(words, limit=NEAR) or [found for word in words.split() for found in suggest(word, limit=2)]
    return list({one.id: one for one in found}.values())[:NEAR]


def export(request: HttpRequest) -> HttpResponse:
    """Answer with all rows as a table."""
    checked(request)
    rows = Unfound.objects.values_list("words", "times", "first", "last", "settled")
    return table("unfound", ["检索词", "次数", "最早", "最近", "已处理"], rows)


@require_POST
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Do what was chosen for one row, and take it from the list; an answer in words when it cannot be done."""
    checked(request)
    row = get_object_or_404(Unfound, pk=number)
    try:
        with transaction.atomic():
            said = ACTIONS.get(request.POST.get("do", ""), let_be)(row, request)
            Unfound.objects.filter(pk=row.pk).update(settled=True)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("unfound"))


def let_be(row: Unfound, request: HttpRequest) -> str:
    """Take a row from the list."""
    return _("“%(words)s”不再列出。") % {"words": row.words}


def promote(row: Unfound, request: HttpRequest) -> str:
    """Put a holding first for these words."""
    holding = named(request)
    Promotion.objects.update_or_create(
        plain=row.plain, holding=holding.pk, defaults={"words": row.words, "why": request.POST.get("why", "")[:300]}
    )
    return _("检索“%(words)s”时，《%(title)s》排在最前。") % {"words": row.words, "title": holding.title}


def add_name(row: Unfound, request: HttpRequest) -> str:
    """Add the words to a holding's names: published where one may and nothing else waits in a draft, else as a draft."""
    holding = named(request)
    rights = holding.permissions_for_user(request.user)
    if not rights.can_edit() or rights.page_locked():
        raise Refused(_("您现在不能修改《%(title)s》。") % {"title": holding.title})
    if any(name.text == row.words for name in holding.names.all()):
        raise Refused(_("《%(title)s》已经有这个名称。") % {"title": holding.title})
    drafted = holding.has_unpublished_changes
    draft = holding.get_latest_revision_as_object()
    draft.names.add(Name(text=row.words))
    revision = draft.save_revision(user=request.user, log_action=True)
    said = {"words": row.words, "title": holding.title}
    if drafted or not rights.can_publish():
        return _("“%(words)s”已加进《%(title)s》的草稿，发布之后就能查到。") % said
    revision.publish(user=request.user)
    return _("“%(words)s”已是《%(title)s》的名称。") % said


ACTIONS = {"promote": promote, "name": add_name, "none": let_be}


def named(request: HttpRequest) -> Holding:
    """Return the one holding that was named by number or by its title in full. Raises Refused for none or several."""
    typed = request.POST.get("holding", "").strip()
    number = typed.split(" ")[0]
    found = Holding.objects.filter(uid__iexact=number)[:1] or Holding.objects.filter(title=typed)[:2]
    if not typed or not found:
        raise Refused(_("请填一条馆藏的编号或题名全文；“%(typed)s”没有。") % {"typed": typed[:LONGEST_WORDS]})
    if len(found) > 1:
        raise Refused(_("不止一条馆藏叫“%(typed)s”，请填编号。") % {"typed": typed[:LONGEST_WORDS]})
    return found[0].specific


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Put a holding first no longer."""
    checked(request)
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
