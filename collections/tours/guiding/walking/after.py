"""What a tour leaves behind: its runs, the stops that were skipped, the questions and their answers."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.catalogue.bilingual import say
from cms.desk.csv_response import table
from cms.models import Holding
from cms.visibility import visible
from tours.guiding.access import GuideRequest, for_guides, own_tour
from tours.models import Question, Run, RunStop, Tour

LISTED = 50
Rows = list[tuple[Any, ...]]
"""The cells of a table, as CSV writes them."""


@for_guides
def after(request: GuideRequest, pk: int) -> HttpResponse:
    """Show a guide what became of one of their tours."""
    tour = own_tour(request.user, pk)
    questions = list(Question.objects.filter(tour=tour)[:LISTED])
    answers = visible(Holding.objects.filter(pk__in=[q.answer_id for q in questions]), request).in_bulk()
    context = {
        "tour": tour,
        "runs": Run.objects.filter(tour=tour).annotate(
            told=Count("stops", filter=Q(stops__skipped=False)), skipped=Count("stops", filter=Q(stops__skipped=True))
        )[:LISTED],
        "skipped": skipped(tour, request),
        "questions": [(question, answers.get(question.answer_id)) for question in questions],
    }
    return render(request, "tours/walking/after.html", context)


def titles(tour: Tour, request: GuideRequest) -> dict[int, str]:
    """Return what the things are called that runs were about, as far as the guide may see them now."""
    about = RunStop.objects.filter(run__tour=tour).order_by().values("about")
    return {
        holding.pk: say(holding, "title").text for holding in visible(Holding.objects.filter(pk__in=about), request)
    }


def skipped(tour: Tour, request: GuideRequest) -> list[dict[str, Any]]:
    """Return the stops that were skipped, with how often each was skipped and how often it came up, the most skipped first."""
    called = titles(tour, request)
    rows = RunStop.objects.filter(run__tour=tour).order_by().values("number", "about")
    counted = rows.annotate(left=Count("pk", filter=Q(skipped=True)), all=Count("pk")).filter(left__gt=0)
    return [{**row, "title": called.get(row["about"], "")} for row in counted.order_by("-left", "number")]


@for_guides
def exported(request: GuideRequest, pk: int, what: str) -> HttpResponse:
    """Answer with the runs, the skipped stops or the questions of one's own tour as a table."""
    tables = {"runs": runs_table, "skipped": skipped_table, "questions": questions_table}
    if what not in tables:
        raise Http404
    headings, rows = tables[what](own_tour(request.user, pk), request)
    return table(f"{what}-{pk}", headings, rows)


def clock(moment: datetime | None) -> str:
    """Return a moment by the library's clock."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


def runs_table(tour: Tour, request: GuideRequest) -> tuple[list[str], Rows]:
    """Return one row a stop of each run."""
    called = titles(tour, request)
    rows = RunStop.objects.filter(run__tour=tour).select_related("run").order_by("-run__began_at", "run", "number")
    headings = [
        pgettext("讲解", "开始"),
        pgettext("讲解", "结束"),
        _("讲给"),
        _("语言"),
        _("站"),
        _("题名"),
        _("讲了"),
        _("秒"),
    ]
    return headings, [
        (
            clock(row.run.began_at), clock(row.run.ended_at), row.run.get_audience_display(),
            row.run.get_language_display(), row.number, called.get(row.about_id or 0, ""), _("跳过") if row.skipped else _("讲了"), row.seconds,
        )
        for row in rows
    ]  # fmt: skip


def skipped_table(tour: Tour, request: GuideRequest) -> tuple[list[str], Rows]:
    """Return one row a stop that was ever skipped."""
    rows = [(row["number"], row["title"], row["left"], row["all"]) for row in skipped(tour, request)]
    return [_("站"), _("题名"), _("跳过几次"), _("一共几次")], rows


def questions_table(tour: Tour, request: GuideRequest) -> tuple[list[str], Rows]:
    """Return one row a question."""
    rows = list(Question.objects.filter(tour=tour))
    answers = visible(Holding.objects.filter(pk__in=[q.answer_id for q in rows]), request).in_bulk()
    headings = [_("日期"), _("站"), _("问题"), _("状态"), _("答案所在"), _("答复")]
    return headings, [
        (
            q.asked_on,
            q.number or "",
            q.text,
            q.get_state_display(),
            answers[q.answer_id].uid if q.answer_id in answers else "",
            q.note,
        )
        for q in rows
    ]
