"""The report of work in the background: what waits, runs and failed, why, and a button to do it again."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, Revision

from cms.desk.reporting import checked, page_of
from cms.worker import scheduled
from cms.worker.queue import again
from cms.worker.words import WORDS, called
from media import renditions
from media.models import Image
from media.sandbox import NotTaken

PER_PAGE = 50


@dataclass(frozen=True)
class Line:
    """One task: what it does, to what, how it stands, and for a failed one why."""

    row: DBTaskResult[..., Any]
    what: str
    whom: str
    state: str
    why: str


def listing(request: HttpRequest) -> HttpResponse:
    """Draw what is not done, the failed first, and how much was done lately."""
    checked(request)
    rows = DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).order_by("status", "enqueued_at")
    page = page_of(rows, request, PER_PAGE)
    counts = {state: DBTaskResult.objects.filter(status=state).count() for state in TaskResultStatus.values}
    context = {
        "page_title": _("后台任务"),
        "header_icon": "cogs",
        "page": page,
        "lines": [line(row) for row in page],
        "counts": [(words, counts[state]) for state, words in states().items()],
    }
    return render(request, "cms/admin/tasks.html", context)


def states() -> dict[str, str]:
    """Return how a task can stand, in words."""
    return {"READY": _("等着"), "RUNNING": _("在做"), "FAILED": _("没做成"), "SUCCESSFUL": _("近一天做完")}


def line(row: DBTaskResult[..., Any]) -> Line:
    """Return a task in words."""
    arguments = row.args_kwargs["args"]
    what, whom = WORDS.get(row.task_path, (row.task_name, lambda *them: " ".join(map(str, them))))
    why = reason(row) if row.status == TaskResultStatus.FAILED else ""
    return Line(row, str(what), str(whom(*arguments) or _("已不在馆里")), states()[row.status], why)


def picture(pk: int) -> Image | None:
    """Return a picture."""
    return Image.objects.filter(pk=pk).first()


def published(pk: int) -> str | None:
    """Return the name of what a revision is of."""
    revision = Revision.objects.filter(pk=pk).first()
    return revision and revision.object_str


def page(_label: str, pk: int) -> Page | None:
    """Return what expires."""
    return Page.objects.filter(pk=pk).first()


called(renditions.make_by_id, gettext_lazy("做图片的各种尺寸"), picture)
called(scheduled.publish, gettext_lazy("按时发布"), published)
called(scheduled.expire, gettext_lazy("到期撤下"), page)


def reason(row: DBTaskResult[..., Any]) -> str:
    """Return in words why a task failed; what has no words of its own says what Python said."""
    said = row.traceback.strip().rpartition("\n")[2]
    kind, _colon, text = said.partition(": ")
    try:
        return NotTaken.read(text).sentence
    except (ValueError, TypeError):
        pass
    if "No space left" in text:
        return _("磁盘满了。腾出地方以后会自动再做。")
    if "No such file" in text:
        return _("原图文件不在磁盘上。请从备份放回，或在图片页换一个文件。")
    if kind.endswith("WorkerDied"):
        return _("做的时候进程三次中断，不再自动重做。")
    return said


@require_POST
def do_again(request: HttpRequest, number: str) -> HttpResponse:
    """Let one that failed be done again."""
    checked(request)
    if again(get_object_or_404(DBTaskResult, pk=number)):
        messages.success(request, _("已重新排入，过一会儿刷新本页看结果。"))
    return HttpResponseRedirect(reverse("tasks"))


urlpatterns = [
    path("tasks/", listing, name="tasks"),
    path("tasks/<uuid:number>/again/", do_again, name="tasks_again"),
]
