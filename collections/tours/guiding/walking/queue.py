"""The librarians' queue of questions: answer one by a holding and a word, or set it aside."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.desk.zero_result_actions import Refused, named, written
from cms.desk.zero_result_searches import may
from tours.models import Question, Tour

PER_PAGE = 25
LONGEST_NOTE = 2000


def listing(request: HttpRequest) -> HttpResponse:
    """Draw the open questions, the oldest first, and under them the latest that were answered."""
    if not may(request.user):
        raise PermissionDenied
    rows = Question.objects.filter(state=Question.State.OPEN).order_by("asked_on", "pk")
    context = {
        "page_title": _("讲解中的提问"),
        "header_icon": "help",
        "page": Paginator(rows.select_related("tour", "about"), PER_PAGE).get_page(request.GET.get("p")),
        "settled": Question.objects.exclude(state=Question.State.OPEN).select_related("tour", "answer")[:PER_PAGE],
    }
    return render(request, "tours/admin/questions.html", context)


@require_POST
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Answer a question, or set it aside, or open it again; say in words when that cannot be done."""
    if not may(request.user):
        raise PermissionDenied
    question = get_object_or_404(Question, pk=number)
    try:
        messages.success(request, settled(question, request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("questions"))


def settled(question: Question, request: HttpRequest) -> str:
    """Do what was chosen and return what to say. Raises Refused."""
    note, act = written(request, "note")[:LONGEST_NOTE], request.POST.get("do")
    if act == "aside":
        question.state, question.note, said = Question.State.ASIDE, note, _("已搁置。")
    elif act == "open":
        question.state, said = Question.State.OPEN, _("已放回待答。")
    else:
        holding = named(request) if written(request, "holding") else None
        if holding is None and not note:
            raise Refused(_("请填一条馆藏的编号或题名，或者写一句答复。"))
        if isinstance(holding, Tour):
            raise Refused(_("导览不能作答案；请填条目、展品、故事这样的馆藏。"))
        question.state, question.answer, question.note = Question.State.ANSWERED, holding, note
        said = _("已答复，讲解员在“讲完以后”里看得到。")
    question.save(update_fields=["state", "answer", "note"])
    return said


urlpatterns = [
    path("questions/", listing, name="questions"),
    path("questions/<int:number>/", settle, name="questions_settle"),
]
