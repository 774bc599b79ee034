"""Forms of words: text, parts of addresses, one of several values, yes or no, book numbers."""

import re
from typing import Any

from django.db import models
from django.db.models import Model

from cms.catalogue.columns import Column
from cms.importing.context import Context
from cms.importing.errors import CellError
from cms.importing.forms.base import Form, field_of
from cms.importing.library import Library
from cms.importing.limits import fits
from cms.importing.signs import POWER, bare, shown, tidy, uncut

SLUG = re.compile(r"^[a-z0-9][a-z0-9_-]{0,80}$")
YES, NO = {"是", "true", "1", "yes", "y", "√"}, {"否", "", "false", "0", "no", "n", "×"}
ISBN = re.compile(r"(?:ISBN[:\s]*)?((?:97[89][- ]?)?(?:[0-9][- ]?){9}[0-9Xx])(?![0-9])", re.IGNORECASE)


def numeral(cell: str) -> str:
    """Return a number that is kept as text: what Excel added is cut, what Excel lost is asked back."""
    if POWER.fullmatch(cell):
        raise CellError(f"“{cell}”是被 Excel 丢了位数的数字。请把这一列设成“文本”格式，重新填写。")
    return uncut(cell)


class Text(Form):
    """Any text that the field takes."""

    def read(self, cell: str, column: Column, context: Context) -> str:
        """Return the text."""
        field = field_of(column, context.model)
        if not isinstance(field, models.TextField):
            cell = numeral(cell)
        fits(cell, field)
        return cell

    def current(self, instance: Model, column: Column) -> str:
        """Return the text as a table would hold it: how its lines end, and blanks round it, are no change."""
        return tidy(getattr(instance, column.field) or "")


class Isbn(Text):
    """A book's number; what a catalogue writes beside it, as `(pbk.)`, is no part of it."""

    def read(self, cell: str, column: Column, context: Context) -> str:
        """Return the first number of the cell, or a text that is no ISBN as it is."""
        found = ISBN.search(bare(numeral(cell)))
        text = found[1] if found else cell
        if found and bare(cell) != text:
            context.note(f"只取书号 {text}，“{shown(bare(cell).replace(text, '').strip())}”没有导入。")
        return super().read(text, column, context)


class Slug(Form):
    """A part of an address; an empty cell keeps the one that is there."""

    def read(self, cell: str, column: Column, context: Context) -> str:
        """Return the part of an address."""
        cell = bare(cell)
        if cell and not SLUG.match(cell):
            raise CellError("路径只用小写字母、数字和横线。")
        fits(cell, field_of(column, context.model))
        return cell

    def keeps(self, value: Any) -> bool:
        """Tell whether the cell was empty."""
        return not value


class Choice(Form):
    """One of the field's values, by what it is called or as it is kept."""

    def read(self, cell: str, column: Column, context: Context) -> Any:
        """Return the value; an empty cell is the field's own default."""
        field = field_of(column, context.model)
        # Labels are looked up here, in the language of the import, and not once in that of whoever came first.
        values = {bare(str(label)): value for value, label in field.flatchoices}
        if not cell:
            return field.get_default() or ""
        if cell in values.values():
            return cell
        if bare(cell) not in values:
            raise CellError(f"不认识“{shown(cell)}”，可用 {'、'.join(values)}。")
        return values[bare(cell)]

    def cell(self, value: Any, column: Column, context: Context) -> str:
        """Return what the value is called, or the value where two are called alike or one is called nothing."""
        labels = [(str(label), key) for key, label in field_of(column, context.model).flatchoices]
        called = next((label for label, key in labels if key == value), "")
        alone = [bare(label) for label, _key in labels].count(bare(called)) == 1
        return called if called and alone else str(value)


class Yes(Form):
    """是 or 否; empty is 否."""

    def read(self, cell: str, column: Column, context: Context) -> bool:
        """Return whether it says yes."""
        word = bare(cell).lower()
        if word in YES | NO:
            return word in YES
        raise CellError(f"请写“是”或“否”，不是“{shown(cell)}”。")

    def cell(self, value: Any, column: Column, context: Context) -> str:
        """Return 是, or nothing."""
        return "是" if value else ""


class Uses(Form):
    """Allowed uses; an empty cell allows all, `无` none."""

    USES = {"网页": "web", "印刷": "print", "离线": "offline", "接口": "api"}  # noqa: RUF012

    def read(self, cell: str, column: Column, context: Context) -> tuple[str, ...]:
        """Return the uses in order."""
        if not cell:
            return tuple(sorted(self.USES.values()))
        wanted = [] if cell == "无" else [u for u in map(bare, re.split(r"[；;、，,\n]", cell)) if u]
        for use in wanted:
            if use not in self.USES:
                raise CellError(f"不认识用途“{shown(use)}”，可用 {'、'.join(self.USES)}，或 无。")
        return tuple(sorted({self.USES[u] for u in wanted}))

    def cell(self, value: Any, column: Column, context: Context) -> str:
        """Return the uses, all of them by name too."""
        return "；".join(word for word, use in self.USES.items() if use in value) or "无"

    def current(self, instance: Model, column: Column) -> tuple[str, ...]:
        """Return the uses that are allowed now."""
        return tuple(sorted(use for use in self.USES.values() if getattr(instance, f"use_{use}")))

    def write(self, instance: Model, column: Column, value: Any, library: Library) -> None:
        """Allow these uses and no others."""
        for use in self.USES.values():
            setattr(instance, f"use_{use}", use in value)
