"""The pages of an import by the browser: what to upload, what a heading means, what is wrong, what would change, and go."""

import shutil
import tempfile
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.desk.incoming import naming, working
from cms.desk.incoming.books import template, with_reasons
from cms.desk.incoming.drawing import drawn
from cms.desk.incoming.forms import GoForm, UploadForm
from cms.desk.incoming.receiving import NotReceived, most, receive
from cms.desk.incoming.recognising import is_clear, record_headings, remembered
from cms.desk.reporting import page_of
from cms.desk.rights import DeskRequest, may_edit, may_publish
from cms.importing.errors import ImportRefused
from cms.importing.sheets import importable
from cms.models import HeadingChoice, ImportBatch, Incoming

ON_DISK_FROM = 8 * 2**20
PER_PAGE = 50
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
State = Incoming.State


def checked(request: HttpRequest) -> None:
    """Raise PermissionDenied for those who look after no holdings."""
    if not may_edit(request.user):
        raise PermissionDenied


def mine(request: DeskRequest, number: int) -> Incoming:
    """Return an upload of whoever asks; Http404 for anybody else's."""
    checked(request)
    return get_object_or_404(Incoming.objects.select_related("batch"), pk=number, made_by=request.user)


def first(request: DeskRequest) -> HttpResponse:
    """Ask for tables, or take them."""
    checked(request)
    if request.method != "POST":
        return draw_first(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            incoming = taken(request, form)
        except NotReceived as why:
            form.add_error("uploads", str(why))
        else:
            return there(incoming)
    return draw_first(request, form, 400)


def draw_first(request: DeskRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    """Draw the page on which an import begins, with what was begun and not ended."""
    names = [(name, model._meta.verbose_name) for name, model in importable().items()]
    context = {
        "page_title": _("导入表格"),
        "header_icon": "upload",
        "form": form,
        "open": Incoming.objects.filter(made_by=request.user).exclude(state=State.SAVED)[:20],
        "templates": names,
        "most": settings.IMPORT_MAX_BYTES // 2**20,
        "most_packed": most(True) // 2**20,
    }
    return render(request, "cms/desk/incoming/first.html", context, status=status)


def taken(request: DeskRequest, form: UploadForm) -> Incoming:
    """Keep an upload and say what it is; NotReceived where there is nothing in it."""
    files = form.cleaned_data["uploads"]
    incoming = Incoming.objects.create(
        made_by=request.user,
        source="、".join(str(file.name) for file in files)[:500],
        note=form.cleaned_data["note"],
        leave_empty=bool(form.cleaned_data["leave_empty"]),
        become="published" if may_publish(request.user) else "draft",
    )
    try:
        tables, unused = receive(files, incoming.folder)
    except BaseException:
        shutil.rmtree(incoming.folder, ignore_errors=True)
        incoming.delete()
        raise
    incoming.tables = [{"file": path.name} for path in tables]
    if unused:
        messages.warning(request, _("压缩包里没有用到的文件：%(names)s") % {"names": "、".join(unused[:20])})
    send_to_check(incoming)
    return incoming


def ask_for_check(incoming: Incoming) -> None:
    """Let the worker check it, or ask first what nobody knows."""
    if is_clear(incoming.tables):
        send_to_check(incoming)
    else:
        incoming.state = State.ASKING
        incoming.save()


def send_to_check(incoming: Incoming) -> None:
    """Let the worker check it, asked for in the transaction that keeps what it is to check."""
    with transaction.atomic():
        incoming.state, incoming.done = State.CHECKING, 0
        incoming.save()
        working.check.enqueue(incoming.pk)


def there(incoming: Incoming, part: str = "") -> HttpResponseRedirect:
    """Lead to the page of an upload."""
    return HttpResponseRedirect(reverse("incoming_one", args=[incoming.pk]) + part)


def one(request: DeskRequest, number: int) -> HttpResponse:
    """Draw an upload as it stands."""
    incoming = mine(request, number)
    return render(request, "cms/desk/incoming/one.html", drawn(incoming, request))


@require_POST
def headings(request: DeskRequest, number: int) -> HttpResponse:
    """Take what tables and headings mean, remember it, and check."""
    incoming = mine(request, number)
    if incoming.state not in (State.ASKING, State.CHECKED):
        return there(incoming)
    for at, table in enumerate(incoming.tables):
        chosen = request.POST.get(f"model.{at}", table["model"])
        if chosen in importable() and chosen != table["model"]:
            table["model"] = chosen
            if table.get("is_marc"):
                table.update(found=record_headings(table), cells={}, takes={})
            table["headings"] = remembered(table, request.user)
        for place, heading in enumerate(table["found"]):
            meant = request.POST.get(f"heading.{at}.{place}")
            if meant is not None and table["model"]:
                table["headings"][heading] = meant
                key = {"user": request.user, "model": table["model"], "heading": heading[:200]}
                HeadingChoice.objects.update_or_create(**key, defaults={"meant": meant[:100]})
    incoming.leave_empty = bool(request.POST.get("leave_empty", incoming.leave_empty))
    ask_for_check(incoming)
    return there(incoming)


@require_POST
def mend(request: DeskRequest, number: int) -> HttpResponse:
    """Take mended cells, cells chosen, and what names mean; and check again."""
    incoming = mine(request, number)
    if incoming.state != State.CHECKED:
        return there(incoming)
    naming.take(incoming, request.POST.dict(), request.user)
    rows = {row.pk: row for row in incoming.rows.all()}
    for name, text in request.POST.items():
        kind, _dot, rest = name.partition(".")
        row_key, _dot, place = rest.partition(".")
        if kind not in ("cell", "take") or not (row_key.isdecimal() and place.isdecimal()):
            continue
        row = rows.get(int(row_key))
        if row is None or int(place) >= len(row.cells):
            continue
        table, heading = incoming.tables[row.table], row.cells[int(place)]["heading"]
        if kind == "cell":
            table["cells"].setdefault(str(row.number), {})[heading] = text
        elif text == "table":
            table["takes"].setdefault(str(row.number), {})[heading] = row.version
        else:
            table["takes"].get(str(row.number), {}).pop(heading, None)
    ask_for_check(incoming)
    return there(incoming)


@require_POST
def go(request: DeskRequest, number: int) -> HttpResponse:
    """Let the worker bring it in, in the way chosen; what is not offered to somebody is refused."""
    incoming = mine(request, number)
    if incoming.state != State.CHECKED:
        return there(incoming)
    form = GoForm(request.user, request.POST)
    if not form.is_valid():
        raise PermissionDenied
    form.keep(incoming)
    counts = incoming.counts()
    if counts["wrong"] and not incoming.only_good:
        messages.error(request, _("还有 %(count)d 行有错，一行也没有写入。") % {"count": counts["wrong"]})
        return there(incoming)
    with transaction.atomic():
        begun = Incoming.objects.filter(pk=incoming.pk, state=State.CHECKED).update(
            state=State.SAVING, become=incoming.become, only_good=incoming.only_good, done=0, moved_on=False, faults=[]
        )
        if begun:
            working.bring_in.enqueue(incoming.pk)
    return there(incoming)


@require_POST
def drop(request: DeskRequest, number: int) -> HttpResponse:
    """Forget an upload of which nothing is in the library."""
    incoming = mine(request, number)
    if incoming.state not in (State.SAVING, State.SAVED):
        folder = incoming.folder
        incoming.delete()
        shutil.rmtree(folder, ignore_errors=True)
        messages.success(request, _("这次导入不要了；馆里什么也没有变。"))
    return HttpResponseRedirect(reverse("incoming"))


def progress(request: DeskRequest, number: int) -> JsonResponse:
    """Say how far the worker is, for the page that waits."""
    incoming = mine(request, number)
    return JsonResponse({"state": incoming.state, "done": incoming.done})


def reasons(request: DeskRequest, number: int) -> HttpResponse | FileResponse:
    """Answer with somebody's own table, wrong cells coloured and reasons beside them."""
    incoming = mine(request, number)
    file = tempfile.SpooledTemporaryFile(ON_DISK_FROM)  # noqa: SIM115 (whoever answers closes it)
    try:
        with_reasons(incoming, file)
    except ImportRefused as refused:
        messages.error(request, str(refused.errors[0]))
        return there(incoming)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"zhihui-{incoming.pk}.xlsx", content_type=WORKBOOK)


def empty_table(request: DeskRequest, name: str) -> FileResponse:
    """Answer with the template of a kind, in Chinese or in English; Http404 for none."""
    checked(request)
    if name not in importable():
        raise Http404
    file = tempfile.SpooledTemporaryFile(ON_DISK_FROM)  # noqa: SIM115 (whoever answers closes it)
    language = request.GET.get("language") or get_language() or ""
    template(importable()[name], file, in_english=language.startswith("en"))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=WORKBOOK)


def batches(request: DeskRequest) -> HttpResponse:
    """Draw what came in, the latest first."""
    checked(request)
    rows = ImportBatch.objects.select_related("made_by").prefetch_related("incoming")
    page = page_of(rows, request, PER_PAGE)
    context: dict[str, Any] = {"page_title": _("导入批次"), "header_icon": "history", "page": page}
    return render(request, "cms/desk/incoming/batches.html", context)
