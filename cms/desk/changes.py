"""The page of the journal: what was done at once, by whom, what it changed, and the way back."""

from collections.abc import Iterable

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.models import Page

from cms.desk import undoing
from cms.desk.reporting import checked, page_of
from cms.desk.restoring import Refused
from cms.desk.rights import DeskRequest
from cms.desk.telling_changes import Standing, fields, reasons, standings, went
from cms.models import Action, Alteration, Change, Outcome, Way

PER_PAGE = 25
LONGEST_TITLE = 40
"""Characters of the heading over a change; a batch may be called by twenty files."""
ROWS = 50
AGAIN = 2
"""Seconds after which a page that shows work under way is asked for anew."""


class Filter(forms.Form):
    """Which changes are listed; nothing chosen means all."""

    action = forms.ChoiceField(
        label=gettext_lazy("哪一种"),
        required=False,
        choices=[("", gettext_lazy("都看")), *Action.choices],
    )
    who = forms.ModelChoiceField(
        label=gettext_lazy("谁做的"),
        required=False,
        queryset=User.objects.order_by("username"),
        empty_label=gettext_lazy("任何人"),
    )
    record = forms.CharField(label=gettext_lazy("动过哪一条（题名或编号）"), required=False, max_length=100)

    def chosen(self) -> QuerySet[Change]:
        """Return the changes that are asked for; a value that is none asks for nothing."""
        rows = Change.objects.select_related("made_by", "undoing__made_by", "undoes")
        given = self.cleaned_data if self.is_valid() else {}
        if action := given.get("action"):
            rows = rows.filter(action=action)
        if who := given.get("who"):
            rows = rows.filter(made_by=who)
        if record := given.get("record", "").strip():
            named = Alteration.objects.filter(Q(number__iexact=record) | Q(title__icontains=record))
            rows = rows.filter(Q(pk__in=named.values("change")) | Q(title__icontains=record))
        return rows


def listing(request: HttpRequest) -> HttpResponse:
    """Draw what was done, the latest first."""
    checked(request)
    form = Filter(request.GET or None)
    page = page_of(form.chosen(), request, PER_PAGE)
    standing = standings(list(page))
    asked = request.GET.copy()
    asked.pop("p", None)
    context = {
        "page_title": _("批次与撤销"),
        "header_icon": "history",
        "form": form,
        "page": page,
        "asked": asked.urlencode(),
        "lines": [(one, standing[one.pk]) for one in page],
    }
    return going_on(render(request, "cms/desk/changes.html", context), [(one, standing[one.pk]) for one in page])


def going_on(answer: HttpResponse, lines: list[tuple[Change, Standing]]) -> HttpResponse:
    """Let a page be asked for again while something on it is being undone; it needs no script."""
    if any(hasattr(change, "undoing") and standing.waiting for change, standing in lines):
        answer["Refresh"] = str(AGAIN)
    return answer


def detail(request: HttpRequest, number: int) -> HttpResponse:
    """Draw what one change did to each record, and what its undoing left."""
    checked(request)
    change = get_object_or_404(Change.objects.select_related("made_by", "undoing__made_by"), pk=number)
    standing = standings([change])[change.pk]
    rows = change.alterations.select_related("removal")
    if request.GET.get("only") == Outcome.KEPT:
        rows = rows.filter(outcome=Outcome.KEPT)
    page = page_of(rows, request, ROWS)
    there = editable(page.object_list)
    context = {
        "page_title": Truncator(str(change)).chars(LONGEST_TITLE),
        "header_icon": "history",
        "change": change,
        "standing": standing,
        "page": page,
        "asked": f"only={Outcome.KEPT}" if request.GET.get("only") == Outcome.KEPT else "",
        "lines": [
            (row, fields(row), reasons(row), went(row.removal) if row.removal else [], row.pk in there) for row in page
        ],
    }
    return going_on(render(request, "cms/desk/change.html", context), [(change, standing)])


def editable(rows: Iterable[Alteration]) -> set[int]:
    """Return which of these tell of a page that is still there."""
    pages = {row.pk: row.key for row in rows if row.way != Way.REMOVED and row.model and issubclass(row.model, Page)}
    there = {str(key) for key in Page.objects.filter(pk__in=pages.values()).values_list("pk", flat=True)}
    return {number for number, key in pages.items() if key in there}


@require_POST
def undo(request: DeskRequest, number: int) -> HttpResponse:
    """Undo a change, and say what became of it."""
    checked(request)
    change = get_object_or_404(Change, pk=number)
    try:
        work = undoing.begin(number, request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("changes"))
    if work is None:
        messages.info(request, _("“%(title)s”已经撤销过了，再撤也不会多动。") % {"title": change.title})
    else:
        say(request, change)
    return HttpResponseRedirect(reverse("change", args=[number]))


def say(request: HttpRequest, change: Change) -> None:
    """Say how far an undoing came, and what it left."""
    standing = standings([change])[change.pk]
    if standing.waiting:
        messages.info(request, _("正在后台撤销，这一页会自己更新。"))
        return
    if change.action == Action.DELETION and standing.undone:
        messages.success(request, _("“%(title)s”已经恢复。") % {"title": change.title})
        tell_lost(request, change)
        return
    words = ngettext("已还原 %(count)d 条。", "已还原 %(count)d 条。", standing.undone)
    messages.success(request, words % {"count": standing.undone})
    if standing.kept:
        left = ngettext("有 %(count)d 条没有全还原，缘由见下。", "有 %(count)d 条没有全还原，缘由见下。", standing.kept)
        messages.warning(request, left % {"count": standing.kept})
    tell_lost(request, change)


def tell_lost(request: HttpRequest, change: Change) -> None:
    """Say what could not come back because what it pointed to is no more."""
    lost = sum(int(one["said"] or 0) for row in change.alterations.exclude(removal=None) for one in row.kept)
    if lost:
        messages.warning(request, _("有 %(count)d 行没有恢复：它们所指的已经不在馆里。") % {"count": lost})


@require_POST
def insist(request: DeskRequest, number: int) -> HttpResponse:
    """Put back also what somebody had changed since, of the records that were ticked."""
    checked(request)
    change = get_object_or_404(Change.objects.filter(undoing__isnull=False), pk=number)
    keys = [int(key) for key in request.POST.getlist("row") if key.isdecimal()][:ROWS]
    count = undoing.insist(change.undoing, keys)
    messages.success(request, _("选中的里有 %(count)d 条已还原。") % {"count": count})
    return HttpResponseRedirect(reverse("change", args=[number]))


urlpatterns = [
    path("changes/", listing, name="changes"),
    path("changes/<int:number>/", detail, name="change"),
    path("changes/<int:number>/undo/", undo, name="change_undo"),
    path("changes/<int:number>/insist/", insist, name="change_insist"),
]
