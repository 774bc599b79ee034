"""The librarians' queue of questions: answer one by a holding and a word, or set it aside."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.desk.forms import HoldingField, told
from cms.desk.rights import may_edit
from cms.models import Holding
from tours.models import Question, Tour
from tours.models.question import LONGEST_NOTE

PER_PAGE = 25


class Settling(forms.Form):
    """What can be done with a question."""

    def settle(self, question: Question) -> str:
        """Do it, and return what to say."""
        raise NotImplementedError


class Opening(Settling):
    """Puts a question back among the open ones, with whatever was answered."""

    def settle(self, question: Question) -> str:
        """Do it, and return what to say."""
        question.state = Question.State.OPEN
        question.save(update_fields=["state"])
        return _("已放回待答。")


class SettingAside(Settling):
    """Sets a question aside, with a word on why."""

    note = forms.CharField(required=False, max_length=LONGEST_NOTE)

    def settle(self, question: Question) -> str:
        """Do it, and return what to say."""
        question.state, question.note = Question.State.ASIDE, self.cleaned_data["note"]
        question.save(update_fields=["state", "note"])
        return _("已搁置。")


class Answering(Settling):
    """Answers a question by a holding, a word, or both."""

    holding = HoldingField(required=False)
    note = forms.CharField(required=False, max_length=LONGEST_NOTE)

    def clean_holding(self) -> Holding | None:
        """Return the holding; a tour is no answer."""
        if isinstance(holding := self.cleaned_data["holding"], Tour):
            raise ValidationError(_("导览不能作答案；请填条目、展品、故事这样的馆藏。"))
        return holding

    def clean(self) -> dict[str, Any]:
        """Refuse an answer that says nothing."""
        if not self.errors and not self.cleaned_data["holding"] and not self.cleaned_data["note"]:
            raise ValidationError(_("请填一条馆藏的编号或题名，或者写一句答复。"))
        return self.cleaned_data

    def settle(self, question: Question) -> str:
        """Do it, and return what to say."""
        question.state, question.answer = Question.State.ANSWERED, self.cleaned_data["holding"]
        question.note = self.cleaned_data["note"]
        question.save(update_fields=["state", "answer", "note"])
        return _("已答复，讲解员在“讲完以后”里看得到。")


FORMS: dict[str, type[Settling]] = {"open": Opening, "aside": SettingAside}


def listing(request: HttpRequest, refused: int | None = None) -> HttpResponse:
    """Draw the open questions, the oldest first, and under them the latest that were answered.

    `refused` is the number of the one whose answer could not be taken: what was typed stands in its form again.
    """
    if not may_edit(request.user):
        raise PermissionDenied
    rows = Question.objects.filter(state=Question.State.OPEN).order_by("asked_on", "pk")
    context = {
        "page_title": _("讲解中的提问"),
        "header_icon": "help",
        "refused": refused,
        "typed": request.POST,
        "page": Paginator(rows.select_related("tour", "about"), PER_PAGE).get_page(request.GET.get("p")),
        "settled": Question.objects.exclude(state=Question.State.OPEN).select_related("tour", "answer")[:PER_PAGE],
    }
    return render(request, "tours/admin/questions.html", context)


@require_POST
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Answer a question, or set it aside, or open it again; say in words when that cannot be done."""
    if not may_edit(request.user):
        raise PermissionDenied
    question = get_object_or_404(Question, pk=number)
    form = FORMS.get(request.POST.get("do", ""), Answering)(request.POST)
    if form.is_valid():
        messages.success(request, form.settle(question))
    else:
        messages.error(request, told(form))
        return listing(request, refused=number)
    return HttpResponseRedirect(reverse("questions"))


urlpatterns = [
    path("questions/", listing, name="questions"),
    path("questions/<int:number>/", settle, name="questions_settle"),
]
