"""The desk's page of tables: what leaves the library as a workbook or as CSV, in columns that come back."""

import tempfile
from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from cms.desk.rights import DeskRequest, may_edit
from cms.exporting import Selection, sheets
from cms.exporting.files import FORMATS, TooLong
from cms.importing.sheets import columns_of, importable
from cms.models import ImportBatch, Theme

KINDS_OF_FILE = {
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        gettext_lazy("Excel 工作簿（.xlsx）"),
    ),
    "zip": ("application/zip", gettext_lazy("CSV，每种一个文件（.zip）")),
}
ON_DISK_FROM = 8 * 2**20
"""Bytes from which a table in the making lies on the disk."""


def tables() -> Iterator[tuple[str, Any]]:
    """Yield what can leave, by the name that the importer's command knows."""
    yield from ((name, model._meta.verbose_name) for name, model in importable().items())


def headings() -> Iterator[tuple[str, str]]:
    """Yield every heading once, in the order of the first table that has it."""
    for heading in dict.fromkeys(c.heading for model in importable().values() for c in columns_of(model)):
        yield heading, heading


class SelectionForm(forms.Form):
    """Which records are meant; nothing chosen means all of them."""

    models = forms.MultipleChoiceField(
        label=gettext_lazy("哪些表"),
        choices=tables,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("都不选，就是全部。"),
    )
    words = forms.CharField(
        label=gettext_lazy("题名或编号里有"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("几个词用空格隔开，都要有。"),
    )
    under = forms.ModelChoiceField(Page.objects.none(), label=gettext_lazy("在这一页之下"), required=False)
    theme = forms.ModelChoiceField(Theme.objects.all(), label=gettext_lazy("主题"), required=False)
    batch = forms.ModelChoiceField(ImportBatch.objects.all(), label=gettext_lazy("导入批次"), required=False)
    error_css_class: ClassVar[str] = "error"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the shelves, and the page from which somebody came."""
        super().__init__(*args, **kwargs)
        asked = self.data.get("under", "") if self.is_bound else self.initial.get("under", "")
        shelves = Page.objects.filter(depth=3)
        known = (
            Page.objects.filter(pk=asked) if str(asked).isdecimal() and len(str(asked)) < 10 else Page.objects.none()
        )
        self.fields["under"].queryset = (shelves | known).order_by("path")  # type: ignore[attr-defined]

    def selection(self, request: DeskRequest) -> Selection:
        """Return what is asked for, of what whoever asks may edit."""
        asked, names = self.cleaned_data, importable()
        narrowed = {name: asked[name] for name in ("words", "under", "theme", "batch") if asked[name]}
        if asked["models"]:
            narrowed["models"] = tuple(names[name] for name in asked["models"])
        return Selection(user=request.user, **narrowed)


class TablesForm(SelectionForm):
    """What is to leave, and how."""

    columns = forms.MultipleChoiceField(
        label=gettext_lazy("哪些栏"),
        choices=headings,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("都不选，就是全部；编号等必有的栏总在。"),
    )
    form = forms.ChoiceField(
        label=gettext_lazy("文件"),
        choices=[(ending, label) for ending, (_type, label) in KINDS_OF_FILE.items()],
        initial="xlsx",
        widget=forms.RadioSelect,
    )


def page(request: HttpRequest) -> HttpResponse:
    """Ask what is to leave."""
    checked(request)
    return draw(request, TablesForm(initial={"under": request.GET.get("under", "")}))


def leave(request: DeskRequest) -> HttpResponse | FileResponse:
    """Answer with the file, or with the page that says why there is none."""
    checked(request)
    form = TablesForm(request.GET)
    if not form.is_valid():
        return draw(request, form, 400)
    ending = form.cleaned_data["form"]
    file = tempfile.SpooledTemporaryFile(ON_DISK_FROM)  # noqa: SIM115 (whoever answers closes it)
    try:
        count = FORMATS[ending](sheets(form.selection(request), frozenset(form.cleaned_data["columns"])), file)
    except TooLong as told:
        number, heading = told.args
        form.add_error(
            "form",
            _("%(number)s 的“%(heading)s”比 Excel 的一格长。请选 CSV。") % {"number": number, "heading": heading},
        )
        return draw(request, form, 400)
    if not count:
        form.add_error(None, _("照这些条件，一条也没有。"))
        return draw(request, form, 400)
    file.seek(0)
    name = f"zhihui-{date.today().isoformat()}.{ending}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=KINDS_OF_FILE[ending][0])


def checked(request: HttpRequest) -> None:
    """Raise PermissionDenied for those who look after no holdings."""
    if not may_edit(request.user):
        raise PermissionDenied


def draw(request: HttpRequest, form: TablesForm, status: int = 200) -> HttpResponse:
    """Draw the page."""
    context = {"page_title": _("导出表格"), "header_icon": "download", "form": form}
    return render(request, "cms/desk/tables.html", context, status=status)


urlpatterns = [
    path("tables/", page, name="tables"),
    path("tables/file/", leave, name="tables_file"),
]
