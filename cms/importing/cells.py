"""Readers of cells, one a form of column: text in, a plain comparable value out, or a CellError that explains."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone

from cms.columns import Column
from cms.dates import parse_edtf
from cms.importing.context import Context
from cms.importing.errors import CellError
from cms.importing.pictures import picture_digest
from cms.models.name import LANGUAGES, Name
from cms.models.relation import Role

UID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")
SLUG = re.compile(r"^[a-z0-9][a-z0-9_-]{0,80}$")
FORMULA = re.compile(r"^(?:[=@]|[+-](?![\d\s.,()/~?X-]*$))")
USES = {"网页": "web", "印刷": "print", "离线": "offline", "接口": "api"}
YES, NO = {"是", "true", "1", "yes", "y", "√"}, {"否", "", "false", "0", "no", "n", "×"}


def text(cell: str, column: Column, context: Context) -> str:
    """Any text but a formula, which a spreadsheet would run when the export is opened."""
    if FORMULA.match(cell):
        raise CellError(f"“{cell[:20]}”像是公式。请改成文字再导入。")
    return cell


def uid(cell: str, column: Column, context: Context) -> str:
    """A number such as XH-PL-000001."""
    if not UID.match(cell):
        raise CellError("编号要用字母、数字、点和横线，如 XH-PL-000001。" if cell else "缺少编号。")
    return cell


def slug(cell: str, column: Column, context: Context) -> str:
    """A part of an address."""
    if cell and not SLUG.match(cell):
        raise CellError("路径只用小写字母、数字和横线。")
    return cell


def known_uid(cell: str, column: Column, context: Context) -> str:
    """The number of a holding in the library or in this batch."""
    if cell and cell not in context.kinds:
        raise CellError(f"馆里和本批都没有编号“{cell}”。")
    return cell


def pointer(cell: str, column: Column, context: Context) -> str:
    """The number of a holding of the kind that a column points to."""
    known_uid(cell, column, context)
    wanted = context.model._meta.get_field(column.field).related_model
    if cell and not issubclass(context.kinds[cell], wanted):
        raise CellError(f"“{cell}”不是{wanted._meta.verbose_name}的编号。")
    return cell


def parent(cell: str, column: Column, context: Context) -> str:
    """The number of the holding under which this one stands; the kinds must fit."""
    known_uid(cell, column, context)
    if not cell:
        if context.model.shelf is None:
            raise CellError("这一种馆藏要有上级。")
        return ""
    label = context.kinds[cell]._meta.label
    if label.lower() not in {name.lower() for name in context.model.parent_page_types}:
        raise CellError(f"“{cell}”是{context.kinds[cell]._meta.verbose_name}，不能作上级。")
    return cell


def owner(cell: str, column: Column, context: Context) -> str:
    """The number of the holding that a part belongs to."""
    known_uid(cell, column, context)
    wanted = context.model._meta.get_field(column.field).related_model
    if not cell or not issubclass(context.kinds[cell], wanted):
        raise CellError(f"所属编号要是{wanted._meta.verbose_name}的编号。")
    return cell


def edtf(cell: str, column: Column, context: Context) -> str:
    """A date in EDTF."""
    try:
        if cell:
            parse_edtf(cell)
    except ValueError:
        raise CellError(f"“{cell}”不是 EDTF，可写 1905、1905-10-28、198X、1985?、1847~/..。") from None
    return cell


def lines(cell: str, most: int) -> list[list[str]]:
    """Split a cell into lines and each line at its bars, padded to `most` parts."""
    made = []
    for line in filter(str.strip, cell.split("\n")):
        parts = [p.strip() for p in line.split("|")]
        if len(parts) > most:
            raise CellError(f"“{line[:30]}”分成了 {len(parts)} 段，最多 {most} 段。")
        made.append(parts + [""] * (most - len(parts)))
    return made


def names(cell: str, column: Column, context: Context) -> tuple:
    """`文字 | 语言 | 罗马字 | 自 | 至 | 来源`, one a line."""
    languages, romanisations = dict(LANGUAGES), set(Name.Romanisation.values)
    text(cell, column, context)
    for name, language, romanisation, start, end, _source in lines(cell, 6):
        if not name:
            raise CellError("又名的文字是空的。")
        if language and language not in languages:
            raise CellError(f"不认识语言“{language}”，可用 {'、'.join(languages)}。")
        if romanisation not in romanisations:
            raise CellError(f"不认识罗马字“{romanisation}”，可用 {'、'.join(filter(None, romanisations))}。")
        edtf(start, column, context), edtf(end, column, context)
    return tuple((n, la or "zh-Hans", r, s, e, src) for n, la, r, s, e, src in lines(cell, 6))


def relations(cell: str, column: Column, context: Context) -> tuple:
    """`角色 | 编号 | 原文写法 | 来源`, one a line."""
    made = []
    # Labels are looked up here, in the language of the import, and not once in that of whoever came first.
    roles = {str(r.label): r.value for r in Role} | {r.value: r.value for r in Role}
    for role, target, as_printed, source in lines(cell, 4):
        if role not in roles:
            raise CellError(f"不认识角色“{role}”，可用 {'、'.join(str(r.label) for r in Role)}。")
        if not target:
            raise CellError(f"“{role}”后面缺少编号。")
        known_uid(target, column, context)
        made.append((roles[role], target, as_printed, source))
    return tuple(made)


def citations(cell: str, column: Column, context: Context) -> tuple:
    """`文献 | 英文 | 页码 | 网址`, one a line."""
    made = tuple(tuple(parts) for parts in lines(text(cell, column, context), 4))
    for _text, _english, _page, url in made:
        if url and not re.match(r"https?://\S+$", url):
            raise CellError(f"“{url}”不是网址。")
    return made


def themes(cell: str, column: Column, context: Context) -> tuple:
    """Titles of themes, parted by ；."""
    wanted = [t.strip() for t in re.split(r"[；;\n]", cell) if t.strip()]
    for title in wanted:
        if title not in context.themes:
            raise CellError(f"没有主题“{title}”，可用 {'、'.join(context.themes) or '（还没有主题）'}。")
    return tuple(sorted({context.themes[t] for t in wanted}))


def picture(cell: str, column: Column, context: Context) -> tuple[str, str]:
    """A file beside the CSV, in its folder `pictures`; answers with name and digest."""
    if cell and cell not in context.pictures:
        context.pictures[cell] = picture_digest(context.folder, cell)
    return (cell, context.pictures[cell]) if cell else ("", "")


def choice(cell: str, column: Column, context: Context) -> str:
    """One of the field's values, by what it is called or as it is kept."""
    model_field = context.model._meta.get_field(column.field)
    values = {str(label): value for value, label in model_field.flatchoices}
    if not cell:
        return model_field.get_default() or ""
    if cell in values.values():
        return cell
    if cell not in values:
        raise CellError(f"不认识“{cell}”，可用 {'、'.join(values)}。")
    return values[cell]


def uses(cell: str, column: Column, context: Context) -> tuple:
    """Allowed uses; an empty cell allows all, `无` none."""
    if not cell:
        return tuple(sorted(USES.values()))
    wanted = [] if cell == "无" else [u.strip() for u in re.split(r"[；;、\n]", cell) if u.strip()]
    for use in wanted:
        if use not in USES:
            raise CellError(f"不认识用途“{use}”，可用 {'、'.join(USES)}。")
    return tuple(sorted(USES[u] for u in wanted))


def yes(cell: str, column: Column, context: Context) -> bool:
    """是 or 否; empty is 否."""
    if cell.lower() in YES | NO:
        return cell.lower() in YES
    raise CellError(f"请写“是”或“否”，不是“{cell}”。")


def integer(cell: str, column: Column, context: Context) -> int | None:
    """A whole number of 0 or more."""
    empty = None if context.model._meta.get_field(column.field).null else 0
    if not cell:
        return empty
    if not (cell.isascii() and cell.isdigit() and len(cell) < 7):
        raise CellError(f"“{cell}”不是整数。")
    return int(cell)


def decimal(cell: str, column: Column, context: Context) -> Decimal | None:
    """A decimal number, to as many places as the field keeps."""
    if not cell:
        return None
    try:
        number = Decimal(cell)
        return number.quantize(Decimal(1).scaleb(-context.model._meta.get_field(column.field).decimal_places))
    except InvalidOperation:
        raise CellError(f"“{cell}”不是数字。") from None


def day(cell: str, column: Column, context: Context) -> date | None:
    """A day as 2026-05-18."""
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError:
        raise CellError(f"“{cell}”不是日期，请写成 2026-05-18。") from None


def moment(cell: str, column: Column, context: Context) -> datetime | None:
    """A day, or a day and a time as 2026-05-18 14:00, by the clock of the library."""
    if not cell:
        return None
    try:
        found = datetime.fromisoformat(cell) if len(cell) > 10 else datetime.combine(date.fromisoformat(cell), time())
    except ValueError:
        raise CellError(f"“{cell}”不是时间，请写成 2026-05-18 或 2026-05-18 14:00。") from None
    return found if timezone.is_aware(found) else timezone.make_aware(found)


READERS: dict[str, Callable[[str, Column, Context], Any]] = {
    "text": text, "picture_text": text, "uid": uid, "slug": slug, "parent": parent, "owner": owner,
    "holding": pointer, "edtf": edtf, "names": names, "relations": relations, "citations": citations,
    "themes": themes, "picture": picture, "choice": choice, "uses": uses, "yes": yes, "integer": integer,
    "decimal": decimal, "day": day, "moment": moment,
}  # fmt: skip


def read_cell(cell: str, column: Column, context: Context) -> Any:
    """Read one cell; CellError says what is wrong with it."""
    cell = cell.replace("\r\n", "\n").replace("\r", "\n").strip()
    if column.required and not cell:
        raise CellError("这一格不能空。")
    return READERS[column.form](cell, column, context)
