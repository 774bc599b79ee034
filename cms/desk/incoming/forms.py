"""The forms of an import by the browser: what is uploaded, what headings mean, and how it is to come in."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy
from wagtail.models import Workflow

from cms.desk.rights import may_publish
from cms.importing.marc.table import from_marc
from cms.importing.sheets import columns_of, importable
from cms.models import Incoming

ENDINGS = ".csv,.tsv,.xlsx,.zip,.mrc,.marc,.iso,.xml"


class ManyFiles(forms.FileInput):
    """A field that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each checked as one is."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Return the files."""
        single = super().clean
        return [single(one, initial) for one in data] if data else [single(None, initial)]


class UploadForm(forms.Form):
    """Tables, or a zip of tables and pictures."""

    uploads = FilesField(
        label=gettext_lazy("表格"),
        widget=ManyFiles(attrs={"accept": ENDINGS}),
        help_text=gettext_lazy(
            "CSV、XLSX 或书目记录（MARC 21、CNMARC），可以几个一起选；有图片的，把表格和图片打成一个 zip，表里写图片的文件名。"
        ),
        error_messages={"empty": gettext_lazy("这个文件是空的。")},
    )
    leave_empty = forms.ChoiceField(
        label=gettext_lazy("空着的格子"),
        choices=[("1", gettext_lazy("不动原来的")), ("", gettext_lazy("清空原来的"))],
        initial="1",
        required=False,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("给这一批写句话"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("日后在批次里找它。"),
    )
    error_css_class: ClassVar[str] = "error"


def kinds() -> list[tuple[str, str]]:
    """Return the names of all that a table can fill, to choose from."""
    return [("", "—"), *((name, str(model._meta.verbose_name)) for name, model in importable().items())]


def record_kinds() -> list[tuple[str, str]]:
    """Return the names of all that catalogue records can become, to choose from."""
    return [(str(kind._meta.model_name), str(kind._meta.verbose_name)) for kind in from_marc()]


def meanings(model: str) -> list[tuple[str, str]]:
    """Return what a heading of a table can mean."""
    return [(column.heading, column.heading) for column in columns_of(importable()[model])]


def ways(user: User) -> list[tuple[str, str, str]]:
    """Return how somebody may bring a table in: each with its name, and what it means for readers."""
    found = [("draft", gettext_lazy("存成草稿"), gettext_lazy("读者看不到；改动的条目，公开的仍是旧版"))]
    if Workflow.objects.active().exists():
        found.append(("review", gettext_lazy("存成草稿并送审"), gettext_lazy("由编辑审核以后发布")))
    if may_publish(user):
        found.append(("published", gettext_lazy("直接发布"), gettext_lazy("读者马上看到")))
    return [(value, str(label), str(help_text)) for value, label, help_text in found]


class GoForm(forms.Form):
    """How an upload is to come in; what is not offered is refused."""

    become = forms.ChoiceField()
    only_good = forms.BooleanField(required=False)

    def __init__(self, user: User, *args: Any) -> None:
        """Offer what somebody may choose."""
        super().__init__(*args)
        self.fields["become"].choices = [way[:2] for way in ways(user)]  # type: ignore[attr-defined]

    def keep(self, incoming: Incoming) -> None:
        """Note what was chosen; what has wrong rows in it comes in as drafts alone."""
        incoming.only_good = self.cleaned_data["only_good"]
        incoming.become = "draft" if incoming.only_good else self.cleaned_data["become"]
