"""The desk's page of tables: what leaves the library as a workbook or as CSV, in columns that come back."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from cms.desk.listing.asked import may_edit as may_edit_of
from cms.desk.listing.asked import parsed
from cms.desk.rights import DeskRequest, may_edit
from cms.exporting import Selection, sheets
from cms.exporting.files import TooLong
from cms.exporting.formats import CATALOGUE, FORMATS
from cms.importing.forms import key_of
from cms.importing.sheets import columns_of, importable
from cms.models import Holding, ImportBatch, Theme
from cms.models.kinds import Tabled

NARROWING = ("models", "words", "under", "theme", "batch")
"""The fields that say which records are meant, where none were chosen in a list."""
KINDS_OF_FILE = {
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        gettext_lazy("Excel 工作簿（.xlsx）"),
    ),
    "zip": ("application/zip", gettext_lazy("CSV，每种一个文件（.zip）")),
    "mrc": ("application/marc", gettext_lazy("书的书目记录，MARC 21（ISO 2709，.mrc）")),
    "xml": ("application/marcxml+xml", gettext_lazy("书的书目记录，MARCXML（.xml）")),
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
    listed = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)
    all = forms.BooleanField(required=False, widget=forms.HiddenInput)
    ids = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    error_css_class: ClassVar[str] = "error"

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        """Offer the shelves, and the page from which somebody came; with records chosen in a list there is nothing to narrow."""
        super().__init__(*args, **kwargs)
        self.user = user
        self.chosen_in_list = any(self.given(name) for name in ("all", "ids"))
        if self.chosen_in_list:
            for name in NARROWING:
                del self.fields[name]
            return
        asked = self.data.get("under", "") if self.is_bound else self.initial.get("under", "")
        shelves = Page.objects.filter(depth=3)
        known = (
            Page.objects.filter(pk=asked) if str(asked).isdecimal() and len(str(asked)) < 10 else Page.objects.none()
        )
        self.fields["under"].queryset = (shelves | known).order_by("path")  # type: ignore[attr-defined]

    def given(self, name: str) -> str:
        """Return what a field was sent, or begins, with."""
        return str((self.data if self.is_bound else self.initial).get(name) or "")

    def clean_ids(self) -> frozenset[int]:
        """Return the keys of the records that were ticked."""
        keys = self.cleaned_data["ids"].split(",") if self.cleaned_data["ids"] else []
        if not all(map(is_key, keys)):
            raise forms.ValidationError(_("勾选的记录认不出来，请回清单再勾一遍。"))
        return frozenset(map(int, keys))

    @property
    def chosen_count(self) -> int:
        """How many records were chosen in a list, as far as they can still be edited."""
        asked = parsed(self.given("listed")).condition(self.user)
        keys = [int(key) for key in self.given("ids").split(",") if is_key(key)]
        wanted = asked if self.given("all") else may_edit_of(self.user) & Q(pk__in=keys)
        return Holding.objects.filter(wanted).count()

    @cached_property
    def selection(self) -> Selection:
        """Return what is asked for, of what whoever asks may edit."""
        asked, names = self.cleaned_data, importable()
        if self.chosen_in_list:
            return self.listed_selection()
        narrowed = {name: asked[name] for name in ("words", "under", "theme", "batch") if asked[name]}
        if asked["models"]:
            narrowed["models"] = tuple(names[name] for name in asked["models"])
        return Selection(user=self.user, **narrowed)

    def listed_selection(self) -> Selection:
        """Return what was ticked in a list, or all that it has, by the kinds that are among it, with their parts."""
        asked = self.cleaned_data
        if asked["all"]:
            found = Selection(user=self.user, condition=parsed(asked["listed"]).condition(self.user))
        else:
            found = Selection(user=self.user, ids=asked.get("ids", frozenset()))
        types = Holding.objects.filter(found.conditions()).order_by().values_list("content_type", flat=True).distinct()
        there = {one.model_class() for one in map(ContentType.objects.get_for_id, types)}
        return replace(found, models=tuple(model for model in found.models if owner_of(model) in there))


def is_key(text: str) -> bool:
    """Whether a text is the key of a record."""
    return text.isascii() and text.isdecimal() and len(text) < 16


def owner_of(model: Tabled) -> type[Model] | None:
    """Return the kind of a table of records, or of the records to which the rows of one belong; None where to none."""
    if issubclass(model, Holding):
        return model
    owner = next((column for column in columns_of(model) if column.form == "owner"), None)
    return key_of(owner, model).related_model if owner else None


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


def page(request: DeskRequest) -> HttpResponse:
    """Ask what is to leave."""
    checked(request)
    return draw(request, TablesForm(request.user, initial=begun(request)))


def begun(request: HttpRequest) -> dict[str, str]:
    """Return what a form of this page's begins with: the page from which somebody came, or what they chose in a list."""
    return {name: request.GET.get(name, "") for name in ("under", "listed", "all", "ids")}


def leave(request: DeskRequest) -> HttpResponse | FileResponse:
    """Answer with the file, or with the page that says why there is none."""
    checked(request)
    form = TablesForm(request.user, request.GET)
    if not form.is_valid():
        return draw(request, form, 400)
    ending = form.cleaned_data["form"]
    file = tempfile.SpooledTemporaryFile(ON_DISK_FROM)  # noqa: SIM115 (whoever answers closes it)
    try:
        columns = frozenset() if ending in CATALOGUE else frozenset(form.cleaned_data["columns"])
        count = FORMATS[ending](sheets(form.selection, columns), file)
    except TooLong as told:
        number, heading = told.args
        if ending in CATALOGUE:
            said = _("%(number)s 的“%(heading)s”比 ISO 2709 的字段长。请选 MARCXML。")
        else:
            said = _("%(number)s 的“%(heading)s”比 Excel 的一格长。请选 CSV。")
        form.add_error("form", said % {"number": number, "heading": heading})
        return draw(request, form, 400)
    if not count:
        books = _("照这些条件，没有能写成书目记录的书。")
        form.add_error(None, books if ending in CATALOGUE else _("照这些条件，一条也没有。"))
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
