"""The page of a list, what is done with the rows that were ticked, and how far the English of each kind is."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from cms.desk.listing import asked as asking
from cms.desk.listing import drawing, saving
from cms.desk.listing.english import ENGLISH
from cms.desk.listing.ready import ready
from cms.desk.listing.rows import page_of, rows
from cms.desk.rights import DeskRequest, may_edit
from cms.models import Holding, SavedView
from cms.models.kinds import kinds

if TYPE_CHECKING:  # A name that there is for mypy alone.
    from django.utils.functional import _StrPromise as StrPromise

MOST_AT_ONCE = 100
"""Rows that can be ticked: those of the longest page."""


@dataclass(frozen=True)
class Progress:
    """How many records of a kind there are, and how many have their English how far, from a row of counts."""

    kind: type[Holding]
    row: dict[str, Any]

    @property
    def name(self) -> str:
        """The kind's name in an address."""
        return str(self.kind._meta.model_name)

    @property
    def label(self) -> str:
        """What several of the kind are called."""
        return str(self.kind._meta.verbose_name_plural)

    @property
    def counts(self) -> "list[tuple[str, StrPromise | str, int]]":
        """The number of each state, with its name in an address and in words."""
        return [(value.name, value.label, self.row[value.name]) for value in ENGLISH.values]


def checked(request: HttpRequest) -> None:
    """Raise PermissionDenied for those who look after no holdings."""
    if not may_edit(request.user):
        raise PermissionDenied


def listing(request: DeskRequest) -> HttpResponse:
    """Draw the records that are asked for, wherever they stand in the tree."""
    checked(request)
    asked = asking.read(request.GET)
    page = page_of(asked, request.user, request.GET.get("p"))
    query = asked.query()
    saved = list(SavedView.open_to(request.user))
    context = {
        **drawing.context(asked, request.user),
        "page_title": drawing.title(asked),
        "header_icon": "list-ul",
        "page": page,
        "rows": rows(asked, list(page.object_list)),
        "saved": [(one, one.query == query) for one in saved],
        "ready": [(one, asking.parsed(one.query).query() == query) for one in ready()],
        "open": next(
            (one for one in saved if str(one.pk) == request.GET.get("view") and saving.may_change(one, request.user)),
            None,
        ),
        "form": saving.ViewForm(request.user, initial={"query": query}),
    }
    return render(request, "cms/desk/listing/list.html", context)


def selected(request: DeskRequest) -> HttpResponse:
    """Lead to what is to be done with the rows that were ticked, or with all that the list has."""
    checked(request)
    asked = asking.parsed(request.GET.get("listed", "")[:4000])
    keys = [key for key in request.GET.getlist("id") if key.isascii() and key.isdecimal()][:MOST_AT_ONCE]
    everything, act = bool(request.GET.get("all")), request.GET.get("do", "")
    back = f"{reverse('holdings')}?{asked.query()}"
    if act == "delete" and everything:
        messages.warning(request, _("删除要一条一条勾选，不能一次删整张清单。"))
        return HttpResponseRedirect(back)
    if not keys and not everything:
        messages.warning(request, _("一条也没有勾选。请先勾选，或勾“全部”。"))
        return HttpResponseRedirect(back)
    if act == "delete":
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        return HttpResponseRedirect(f"{address}?{urlencode([*(('id', key) for key in keys), ('next', back)])}")
    if act not in ("batch_change", "tables"):
        return HttpResponseRedirect(back)
    chosen = {"listed": asked.query(), "all": "1"} if everything else {"ids": ",".join(keys)}
    return HttpResponseRedirect(f"{reverse(act)}?{urlencode(chosen)}")


def translations(request: DeskRequest) -> HttpResponse:
    """Draw how many records of each kind have their English how far, each number a list."""
    checked(request)
    counts = {value.name: Count("pk", filter=value.condition()) for value in ENGLISH.values}
    mine = Holding.objects.filter(asking.may_edit(request.user)).order_by()
    counted: list[dict[str, Any]] = list(
        mine.values("content_type__model").annotate(all=Count("pk"), **counts)  # type: ignore[arg-type]
    )
    found = {row["content_type__model"]: row for row in counted}
    context = {
        "page_title": _("译文进度"),
        "header_icon": "globe",
        "states": [value.label for value in ENGLISH.values],
        "lines": [Progress(kind, found[name]) for kind in kinds() if (name := str(kind._meta.model_name)) in found],
    }
    return render(request, "cms/desk/listing/translations.html", context)


urlpatterns = [
    path("holdings/", listing, name="holdings"),
    path("holdings/selected/", selected, name="holdings_selected"),
    path("holdings/translations/", translations, name="holdings_translations"),
    *saving.urlpatterns,
]
