"""Forms of numbers that name a holding: its own, its parent's, that of what it or a part of it points to."""

import re
from collections.abc import Iterable
from typing import Any, cast

from django.db.models import Model

from cms.catalogue.columns import Column
from cms.importing.context import Context
from cms.importing.errors import CellError
from cms.importing.forms.base import Form, Stage, field_of, key_of
from cms.importing.forms.words import numeral
from cms.importing.library import Library
from cms.importing.limits import fits
from cms.importing.signs import bare, shown
from cms.models import Holding
from cms.models.kinds import kinds

UID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*$")


class Uid(Form):
    """A number such as XH-PL-000001, in capitals or not."""

    drafted = False

    def read(self, cell: str, column: Column, context: Context) -> str:
        """Return the number as the library has it, or as it will have it."""
        cell = numeral(bare(cell))
        if not UID.match(cell):
            raise CellError("编号要用字母、数字、点和横线，如 XH-PL-000001。" if cell else "缺少编号。")
        fits(cell, field_of(column, context.model))
        number = context.number(cell)
        if heir := context.heirs.get(number):
            raise CellError(f"编号“{shown(number)}”的那一条已经并入 {heir}；要改的话写 {heir}，不要了就删去这一行。")
        return number


def pointed_at(column: Column, context: Context) -> type[Holding]:
    """Return the kind that a column points to."""
    # What cells point to by number are holdings alone.
    return cast("type[Holding]", key_of(column, context.model).related_model)


class Pointer(Form):
    """The number of a holding of the kind that a column points to, which may come with the same batch."""

    stage = Stage.LATE

    def names(self, cell: str) -> Iterable[str]:
        """Return the whole cell."""
        return (cell,)

    def read(self, cell: str, column: Column, context: Context) -> str:
        """Return the number."""
        if not cell:
            return ""
        wanted = pointed_at(column, context)
        number = context.known(cell, {wanted})
        if not issubclass(context.kinds[number], wanted):
            raise CellError(f"“{shown(cell)}”不是{wanted._meta.verbose_name}的编号。")
        return number

    def current(self, instance: Model, column: Column) -> str:
        """Return the number of what it points to."""
        target = getattr(instance, column.field)
        return target.uid if target else ""

    def write(self, instance: Model, column: Column, value: Any, library: Library) -> None:
        """Let it point to the holding of this number."""
        setattr(instance, field_of(column, type(instance)).attname, library.ids[value] if value else None)

    def store(self, instance: Model, column: Column) -> None:
        """Save the pointer alone."""
        name = field_of(column, type(instance)).attname
        type(instance)._default_manager.filter(pk=instance.pk).update(**{name: getattr(instance, name)})


class Owner(Pointer):
    """The number of the holding that a part belongs to."""

    drafted = False

    def read(self, cell: str, column: Column, context: Context) -> str:
        """Return the number, which must be there."""
        wanted = pointed_at(column, context)
        number = context.known(cell, {wanted})
        if not issubclass(context.kinds[number], wanted):
            raise CellError(f"所属编号要是{wanted._meta.verbose_name}的编号。")
        return number


class Parent(Form):
    """The number of the holding under which this one stands; the kinds must fit."""

    stage = Stage.LATE
    drafted = False

    def names(self, cell: str) -> Iterable[str]:
        """Return the whole cell."""
        return (cell,)

    def read(self, cell: str, column: Column, context: Context) -> str:
        """Return the number, or nothing for the kind's own shelf."""
        # Parts have no such column.
        kind = cast("type[Holding]", context.model)
        if not cell:
            if kind.shelf is None:
                raise CellError("这一种馆藏要有上级。")
            return ""
        may = {name.lower() for name in kind.parent_page_types}
        number = context.known(cell, {one for one in kinds() if one._meta.label_lower in may})
        above = context.kinds[number]._meta
        if above.label_lower not in may:
            raise CellError(f"“{shown(cell)}”是{above.verbose_name}，不能作上级。")
        return number

    def current(self, instance: Model, column: Column) -> str:
        """Return the number of what it stands under, without asking where the row came with it."""
        if "parent_uid" in vars(instance):
            return vars(instance)["parent_uid"] or ""
        parent = Holding.objects.filter(path=instance.path[:-4]).first() if isinstance(instance, Holding) else None
        return parent.uid if parent else ""

    def write(self, instance: Model, column: Column, value: Any, library: Library) -> None:
        """Do nothing: a place in the tree is taken by adding and moving."""

    def store(self, instance: Model, column: Column) -> None:
        """Do nothing, as above."""
