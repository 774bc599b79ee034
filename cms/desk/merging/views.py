"""The pages of a merge: which second record, both side by side, and what became of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import PageViewRestriction

from cms.desk.merging import hindrances
from cms.desk.merging.choosing import MOST, alike, searched
from cms.desk.merging.forms import MergeForm, ReasonForm
from cms.desk.merging.merge import Hindered, Since, merge, replace, version
from cms.desk.merging.repointing import Repointing
from cms.desk.rights import DeskRequest
from cms.models import Holding

CONFLICT = 409
SINCE = gettext_lazy("您打开这一页以后，其中一条有人改过。下面是现在的样子，什么都还没有动；请再看一遍。")


def holding_at(number: int) -> Holding:
    """Return a record of its own kind. Raises Http404."""
    return get_object_or_404(Holding, pk=number).specific


def refused(request: HttpRequest, holding: Holding) -> HttpResponse:
    """Say who may."""
    context = {
        "page_title": _("这要有发布的权限"),
        "header_icon": "warning",
        "back": reverse("wagtailadmin_pages:edit", args=[holding.pk]),
        "who": hindrances.who_may(holding),
    }
    return render(request, "cms/desk/not_yours.html", context, status=403)


def choose(request: DeskRequest, number: int) -> HttpResponse:
    """Ask for the second record. `into` says that this one is to go into it, or be replaced by it where it is referred to."""
    holding = holding_at(number)
    if not hindrances.may(request.user, holding):
        return refused(request, holding)
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    found = searched(holding, words) if words else alike(holding)
    into = "into" in request.GET
    context = {
        "page_title": _("和哪一条并成一条"),
        "header_icon": "link",
        "holding": holding,
        "words": words,
        "into": into,
        "found": [(one, *addresses(holding, one, into)) for one in found[:MOST]],
        "more": found.count() > MOST,
    }
    return render(request, "cms/desk/merging/choose.html", context)


def addresses(holding: Holding, other: Holding, into: bool) -> tuple[str, str]:
    """Return where two records are compared, and where one would stand for the other in all that refers to it."""
    pair = [other.pk, holding.pk] if into else [holding.pk, other.pk]
    return reverse("merge_with", args=pair), reverse("replace_with", args=[holding.pk, other.pk])


def compare(request: DeskRequest, number: int, other: int) -> HttpResponse:
    """Show two records side by side, or make one of them."""
    kept, absorbed = holding_at(number), holding_at(other)
    if not hindrances.may(request.user, kept, absorbed):
        return refused(request, kept)
    if reasons := list(hindrances.between(kept, absorbed, request.user)):
        return hindered(request, kept, absorbed, reasons)
    if request.method != "POST":
        return draw(request, kept, absorbed, fresh(kept, absorbed))
    form = MergeForm(kept, absorbed, request.POST)
    if request.POST.get("seen") != version(kept, absorbed):
        messages.warning(request, SINCE)
        return draw(request, kept, absorbed, fresh(kept, absorbed, request.POST.get("reason", "")), CONFLICT)
    if not form.is_valid():
        return draw(request, kept, absorbed, form, 400)
    try:
        change = merge(kept.pk, absorbed.pk, form.choices(), *asked(form), request.user)
    except Since:
        messages.warning(request, SINCE)
        return HttpResponseRedirect(request.path)
    except Hindered as hindrance:
        form.add_error(None, hindrance.reasons)
        return draw(request, kept, absorbed, form, CONFLICT)
    messages.success(request, _("并好了：%(title)s。") % {"title": change.title})
    if left := form.left():
        words = _("没有取的还留在删去的那一条里：%(left)s。要用，到下面撤回。")
        messages.info(request, words % {"left": _("、").join(left)})
    return HttpResponseRedirect(reverse("change", args=[change.pk]))


def asked(form: ReasonForm) -> tuple[str, str]:
    """Return what was looked at, and why it is done."""
    return form.cleaned_data["seen"], form.cleaned_data["reason"].strip()


def fresh(kept: Holding, absorbed: Holding, reason: str = "") -> MergeForm:
    """Return a form as it is first shown."""
    return MergeForm(kept, absorbed, initial={"seen": version(kept, absorbed), "reason": reason})


def hindered(request: HttpRequest, kept: Holding, other: Holding, reasons: list[str]) -> HttpResponse:
    """Say what stands in the way."""
    context = {
        "page_title": _("现在不能并"),
        "header_icon": "warning",
        "kept": kept,
        "other": other,
        "reasons": reasons,
    }
    return render(request, "cms/desk/merging/hindered.html", context, status=CONFLICT)


def draw(request: DeskRequest, kept: Holding, other: Holding, form: MergeForm, status: int = 200) -> HttpResponse:
    """Draw both side by side."""
    repointing = Repointing(other, kept).look()
    context = {
        "page_title": _("两条并成一条"),
        "header_icon": "link",
        "kept": kept,
        "other": other,
        "form": form,
        "referring": len(repointing.pages),
        "below": other.numchild,
        "restricted": closed(other) and not closed(kept),
    }
    return render(request, "cms/desk/merging/compare.html", context, status=status)


def closed(holding: Holding) -> bool:
    """Whether readers have to pass something before they see a record."""
    restrictions = PageViewRestriction.objects.filter(page__in=holding.get_ancestors(inclusive=True))
    return bool(restrictions.exists())


def instead(request: DeskRequest, number: int, other: int) -> HttpResponse:
    """Let all that refers to one record refer to another; both stay."""
    old, new = holding_at(number), holding_at(other)
    if not hindrances.may(request.user, old, new):
        return refused(request, old)
    if reasons := list(hindrances.unlike(new, old)):
        return hindered(request, new, old, reasons)
    form = ReasonForm(request.POST or None, initial={"seen": version(new, old)})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            change = replace(old.pk, new.pk, *asked(form), request.user)
        except Since:
            messages.warning(request, SINCE)
            return HttpResponseRedirect(request.path)
        except Hindered as hindrance:
            form.add_error(None, hindrance.reasons)
            status = CONFLICT
        else:
            messages.success(request, _("换好了：%(title)s。") % {"title": change.title})
            return HttpResponseRedirect(reverse("change", args=[change.pk]))
    elif request.method == "POST":
        status = 400
    context: dict[str, Any] = {
        "page_title": _("换掉所指"),
        "header_icon": "link",
        "old": old,
        "new": new,
        "form": form,
        "referring": len(Repointing(old, new, addresses=False).look().pages),
    }
    return render(request, "cms/desk/merging/instead.html", context, status=status)


urlpatterns = [
    path("merge/<int:number>/", choose, name="merge"),
    path("merge/<int:number>/with/<int:other>/", compare, name="merge_with"),
    path("merge/<int:number>/instead/<int:other>/", instead, name="replace_with"),
]
