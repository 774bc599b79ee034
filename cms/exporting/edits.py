"""One act on one column of many records: what their cells say afterwards, so that the table that left can come back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cms.catalogue.columns import Column
from cms.exporting.tables import Sheet

PARTED = {"names": "\n", "citations": "\n", "relations": "\n", "themes": "；", "uses": "；"}
"""What parts the values of a cell that holds several, by the form of its column."""
NONE = {"uses": "无"}
"""What a cell of several values says where it has none, if that is not an empty cell."""
WORDS = frozenset({"text"})
"""Forms whose cells are running text, in which words can be replaced."""
NEVER = frozenset({"uid", "slug", "picture", "picture_text", "sound", "sound_text", "owner", "place"})
"""Forms whose cells are each record's own."""


class Act(TextChoices):
    """What is done to a cell."""

    SET = "set", _("改成")
    ADD = "add", _("加上")
    REMOVE = "remove", _("去掉")
    REPLACE = "replace", _("把里面的字换成")
    CLEAR = "clear", _("清空")


def acts(column: Column) -> tuple[Act, ...]:
    """Return what can be done to the cells of a column."""
    if column.form in NEVER:
        return ()
    several = (Act.ADD, Act.REMOVE) if column.form in PARTED else ()
    words = (Act.REPLACE,) if column.form in WORDS else ()
    clear = () if column.required else (Act.CLEAR,)
    return (Act.SET, *several, *words, *clear)


@dataclass(frozen=True)
class Edit:
    """An act on a column; `find` is the text that is replaced."""

    column: Column
    act: Act
    value: str = ""
    find: str = ""

    def applied(self, cell: str) -> str:
        """Return what a cell says afterwards."""
        if self.act == Act.REPLACE:
            return cell.replace(self.find, self.value)
        if self.act not in (Act.ADD, Act.REMOVE):
            return self.value if self.act == Act.SET else ""
        mark, none = PARTED[self.column.form], NONE.get(self.column.form, "")
        there, wanted = parted(cell, mark, none), parted(self.value, mark, none)
        if self.act == Act.ADD:
            left = [*there, *(one for one in wanted if one not in there)]
        else:
            left = [one for one in there if not any(begins(one, other) for other in wanted)]
        return mark.join(left) or none


def parted(cell: str, mark: str, none: str) -> list[str]:
    """Return the values of a cell that holds several."""
    return [one.strip() for one in cell.split(mark) if one.strip() not in ("", none)]


def begins(one: str, other: str) -> bool:
    """Whether a value is meant by one that is written up to some bar, as a relation without its source."""
    return one == other or one.startswith(f"{other} |")


def edited(sheet: Sheet, edit: Edit) -> Iterator[list[str]]:
    """Yield the rows of a table in which the act changes something, as they are afterwards."""
    at = sheet.headings.index(edit.column.heading)
    for row in sheet.rows:
        after = edit.applied(row[at])
        if after != row[at]:
            yield [*row[:at], after, *row[at + 1 :]]


def with_edit(sheet: Sheet, edit: Edit) -> Sheet:
    """Return a table of the rows that an act changes."""
    return replace(sheet, rows=edited(sheet, edit))
