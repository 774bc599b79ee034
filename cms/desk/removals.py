"""The list of what was removed, for editors: what went with it, who removed it, and the way back."""

from collections import Counter

from django.apps import apps
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.desk.reporting import checked, page_of
from cms.desk.restoring import Refused, bring_back
from cms.desk.rights import DeskRequest
from cms.models import Removal

PER_PAGE = 25


def listing(request: HttpRequest) -> HttpResponse:
    """Draw what was removed, the latest first."""
    checked(request)
    removals = Removal.objects.select_related("made_by", "restored_by")
    page = page_of(removals, request, PER_PAGE)
    context = {
        "page_title": _("删去的"),
        "header_icon": "bin",
        "page": page,
        "lines": [(one, went(one)) for one in page],
    }
    return render(request, "cms/desk/removals.html", context)


def went(removal: Removal) -> list[tuple[str, int]]:
    """Return how many rows of which kind went, in the reader's language, the most first; tables between two are not named."""
    counted: Counter[str] = Counter()
    for label, number in Counter(row["model"] for row in removal.rows).items():
        model = apps.get_model(label)
        if not model._meta.auto_created and not model._meta.app_label.startswith(("wagtail", "taggit")):
            counted[str(model._meta.verbose_name)] += number
    return counted.most_common()


@require_POST
def restore(request: DeskRequest, number: int) -> HttpResponse:
    """Bring one back, and say so, or why not."""
    checked(request)
    get_object_or_404(Removal, pk=number)
    try:
        removal, left_out = bring_back(number, request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("“%(title)s”已经恢复。") % {"title": removal.title})
        if left_out:
            said = _("有 %(count)d 行没有恢复：它们所指的已经不在馆里。")
            messages.warning(request, said % {"count": left_out})
    return HttpResponseRedirect(reverse("removals"))


urlpatterns = [
    path("removals/", listing, name="removals"),
    path("removals/<int:number>/restore/", restore, name="removal_restore"),
]
