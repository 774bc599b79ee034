"""What each column of a table takes, in words and by an example, for the templates."""

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from cms.catalogue.columns import Column
from cms.importing.forms import field_of
from cms.importing.headings import SAMPLE
from cms.importing.sheets import columns_of
from cms.models import Holding, Theme
from cms.models.kinds import Tabled

HOW = {
    "text": gettext_lazy("文字。"),
    "isbn": gettext_lazy("书号，有没有横线都行。"),
    "slug": gettext_lazy("小写字母、数字和横线，用在网址里；空着则自动给。"),
    "choice": gettext_lazy("下列之一："),
    "yes": gettext_lazy("“是”或“否”；空着就是“否”。"),
    "uses": gettext_lazy("网页、印刷、离线、接口，用“；”隔开；空着全部允许，“无”全部不允许。"),
    "integer": gettext_lazy("整数。"),
    "place": gettext_lazy("次序，从 1 数起。"),
    "decimal": gettext_lazy("数字，可以有小数。"),
    "edtf": gettext_lazy("EDTF 写法的年代；空着则从“时间”一栏读出。"),
    "day": gettext_lazy("日期。"),
    "moment": gettext_lazy("日期，或日期和时间。"),
    "uid": gettext_lazy("永久编号，每条一个。馆里已有的就是改它，没有的就是新添。"),
    "parent": gettext_lazy("上一级馆藏的编号或名称；空着就放在这一种自己的书架上。"),
    "owner": gettext_lazy("它所属的馆藏的编号或名称。"),
    "holding": gettext_lazy("所指馆藏的编号或名称。"),
    "names": gettext_lazy("每行一个：文字 | 语言 | 罗马字 | 自 | 至 | 来源。"),
    "relations": gettext_lazy("每行一个：角色 | 编号或名称 | 原文写法 | 来源。"),
    "citations": gettext_lazy("每行一个：文献 | 英文 | 页码 | 网址。"),
    "themes": gettext_lazy("主题的名称，用“；”隔开。"),
    "picture": gettext_lazy("压缩包里图片的文件名，或馆里已有的图片“图库 12”。"),
    "picture_text": gettext_lazy("图片上是什么，写给看不见的人；属于图片，空着不动原来的。"),
}
EXAMPLES = {
    "isbn": "978-7-5439-0123-0",
    "slug": "shili",
    "yes": "否",
    "uses": "网页；印刷",
    "integer": "3",
    "place": "1",
    "decimal": "31.2",
    "edtf": "1905-10-28",
    "day": "2026-05-18",
    "moment": "2026-05-18 14:00",
    "names": "旧名 | zh-Hans |  | 1901 | 1915",
    "citations": "某志 |  | 12",
    "picture": "shili.jpg",
    "picture_text": "示例图片",
}


def explained(column: Column, model: Tabled) -> tuple[str, str]:
    """Return what a column is called for people, and how it is filled in."""
    how = str(HOW[column.form])
    if column.required:
        how = _("必填。") + how
    try:
        field = field_of(column, model)
    except FieldDoesNotExist:
        return column.heading, how
    if column.form == "choice":
        with override("zh-hans"):
            how += "、".join(str(label) for _value, label in field.flatchoices if label)
    if most := getattr(field, "max_length", None):
        how += _("最多 %(most)d 字。") % {"most": most}
    return str(getattr(field, "verbose_name", column.heading)), how


def english(model: Tabled) -> dict[str, str]:
    """Return what the headings of a table are called in English, each with the heading; where two are called alike, by the field."""
    found: dict[str, str] = {}
    with override("en"):
        for column in columns_of(model):
            label = explained_label(column, model)
            if not label.isascii() or label in found:
                label = column.field.replace(".", " ").replace("_", " ").capitalize()
            found[label] = column.heading
    return found


def explained_label(column: Column, model: Tabled) -> str:
    """Return what the field of a column is called, with a capital."""
    try:
        label = str(getattr(field_of(column, model), "verbose_name", column.field))
    except FieldDoesNotExist:
        label = column.field
    return label[:1].upper() + label[1:].replace("_", " ")


def example(column: Column, model: Tabled) -> str:
    """Return what such a cell may say."""
    if column.form == "choice":
        with override("zh-hans"):
            return next((str(label) for value, label in field_of(column, model).flatchoices if value and label), "")
    if column.form in ("uid", "owner", "parent", "holding", "relations", "themes"):
        return pointed(column, model)
    return EXAMPLES.get(column.form, f"示例{column.heading}"[:12])


def pointed(column: Column, model: Tabled) -> str:
    """Return an example that names something of this library, where there is anything to be named."""
    if column.form == "themes":
        return Theme.objects.values_list("title", flat=True).first() or ""
    if column.form == "parent":
        return ""
    uid = Holding.objects.values_list("uid", flat=True).first() or "XH-PL-000001"
    return f"关于 | {uid}" if column.form == "relations" else uid if column.form != "uid" else SAMPLE
