"""Changing one column of many records at once: the table that would leave, with the act done to it, comes in by the same preview."""

import csv
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cms.catalogue.columns import Column
from cms.desk.incoming.explaining import english
from cms.desk.incoming.recognising import recognise
from cms.desk.incoming.views import ask_for_check, checked, there
from cms.desk.rights import DeskRequest, may_publish
from cms.desk.tables import SelectionForm, begun
from cms.exporting import Selection, sheets
from cms.exporting.edits import Act, Edit, acts, with_edit
from cms.exporting.tables import Sheet
from cms.importing.sheets import columns_of, importable
from cms.importing.signs import guarded
from cms.models import Action, Holding, Incoming
from cms.models.kinds import Tabled, kinds


def tables() -> Iterator[tuple[str, Any]]:
    """Yield the kinds, by the name that the importer's command knows."""
    yield from ((name, model._meta.verbose_name) for name, model in importable().items() if issubclass(model, Holding))


def columns() -> Iterator[tuple[str, str]]:
    """Yield every heading of a kind whose cells can be changed for many, once, with what it is called."""
    told = dict.fromkeys(column.heading for kind in kinds() for column in kind.columns() if acts(column))
    names = called()
    labels = {heading: names.get(heading, heading) for heading in told}
    alike = Counter(labels.values())
    yield from ((heading, label if alike[label] == 1 else f"{label} ({heading})") for heading, label in labels.items())


def called() -> dict[str, str]:
    """Return what headings are called by one who reads English, as in the tables with English headings."""
    if get_language() != "en":
        return {}
    return {heading: label for model in importable().values() for label, heading in english(model).items()}


class BatchChangeForm(SelectionForm):
    """Which records, which column, and what is done to its cells."""

    heading = forms.ChoiceField(label=gettext_lazy("改哪一栏"), choices=columns)
    act = forms.ChoiceField(
        label=gettext_lazy("怎样改"), choices=Act.choices, widget=forms.RadioSelect, initial=Act.SET
    )
    find = forms.CharField(
        label=gettext_lazy("原来的字"),
        required=False,
        max_length=500,
        strip=False,
        help_text=gettext_lazy("只在“把里面的字换成”时用。"),
    )
    value = forms.CharField(
        label=gettext_lazy("新的"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("照表格里一格的写法：主题用；隔开，关联、出处、又名一行一条，如“提及 | XH-PL-000001”。"),
    )
    field_order = ("models", "words", "under", "theme", "batch", "heading", "act", "find", "value")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer kinds alone."""
        super().__init__(*args, **kwargs)
        if not self.chosen_in_list:
            self.fields["models"].choices = list(tables())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse an act that the column has not, and one without what it needs."""
        asked: dict[str, Any] = super().clean() or self.cleaned_data
        column = next((c for c in self.having() if c.heading == asked.get("heading")), None)
        act = asked.get("act")
        if column and act and act not in acts(column):
            possible = _("、").join(str(one.label) for one in acts(column))
            raise ValidationError(
                _("“%(heading)s”不能这样改，可以：%(acts)s。")
                % {"heading": called().get(column.heading, column.heading), "acts": possible}
            )
        if act in (Act.SET, Act.ADD, Act.REMOVE) and not asked.get("value", "").strip():
            self.add_error("value", _("请写上内容；要清空，选“清空”。"))
        if act == Act.REPLACE and not asked.get("find"):
            self.add_error("find", _("请写上要换掉的字。"))
        if not column and "heading" in asked:
            self.add_error("heading", _("选中的种类没有这一栏。"))
        return asked

    def chosen(self) -> tuple[Tabled, ...]:
        """Return the kinds that are meant."""
        if self.chosen_in_list:
            return tuple(model for model in self.selection.models if issubclass(model, Holding))
        names = self.cleaned_data.get("models") or [name for name, _label in tables()]
        return tuple(importable()[name] for name in names)

    def having(self) -> Iterator[Column]:
        """Yield the columns of the kinds that are meant."""
        yield from (column for model in self.chosen() for column in columns_of(model))

    def edits(self) -> Iterator[Sheet]:
        """Yield a table for each kind that has the column, with the rows in which the act changes something."""
        heading, act = self.cleaned_data["heading"], Act(self.cleaned_data["act"])
        found = self.selection
        for model in self.chosen():
            column = next((c for c in columns_of(model) if c.heading == heading), None)
            if column:
                edit = Edit(column, act, self.cleaned_data["value"].strip(), self.cleaned_data["find"])
                narrowed = Selection(**{**vars(found), "models": (model,)})
                yield from (with_edit(sheet, edit) for sheet in sheets(narrowed, frozenset({heading})))

    def said(self) -> str:
        """Return what is done, in words."""
        heading = self.cleaned_data["heading"]
        asked = {**self.cleaned_data, "heading": called().get(heading, heading)}
        words = {
            Act.SET: _("%(heading)s改成“%(value)s”"),
            Act.ADD: _("%(heading)s加上“%(value)s”"),
            Act.REMOVE: _("%(heading)s去掉“%(value)s”"),
            Act.REPLACE: _("%(heading)s里的“%(find)s”换成“%(value)s”"),
            Act.CLEAR: _("清空%(heading)s"),
        }
        return words[Act(asked["act"])] % asked


def page(request: DeskRequest) -> HttpResponse:
    """Ask what is to be changed, or put it into a table that shows what it would do."""
    checked(request)
    if request.method != "POST":
        return draw(request, BatchChangeForm(request.user, initial=begun(request)))
    form = BatchChangeForm(request.user, request.POST)
    if form.is_valid():
        if incoming := laid_out(request, form):
            return there(incoming)
        form.add_error(None, _("照这些条件，没有一条会变。"))
    return draw(request, form, 400)


def laid_out(request: DeskRequest, form: BatchChangeForm) -> Incoming | None:
    """Write the changed tables as an upload of whoever asks, and let it be checked; None where nothing changes."""
    with transaction.atomic():
        incoming = Incoming.objects.create(
            made_by=request.user,
            source=form.said()[:500],
            action=Action.BATCH,
            leave_empty=False,
            become="published" if may_publish(request.user) else "draft",
        )
        incoming.folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for sheet in form.edits():
            path = incoming.folder / f"{sheet.name}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(sheet.headings)
                rows = 0
                for row in sheet.rows:
                    writer.writerow(map(guarded, row))
                    rows += 1
            if rows:
                paths.append(path)
            else:
                path.unlink()
        if not paths:
            incoming.delete()
            return None
        incoming.tables, incoming.faults = recognise(paths, request.user)
        ask_for_check(incoming)
    return incoming


def draw(request: HttpRequest, form: BatchChangeForm, status: int = 200) -> HttpResponse:
    """Draw the page."""
    context = {"page_title": _("批量改"), "header_icon": "edit", "form": form}
    return render(request, "cms/desk/incoming/batch_change.html", context, status=status)


urlpatterns = [path("batch/", page, name="batch_change")]
