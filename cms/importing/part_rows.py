"""Parts of records as a table names them: which are there, and what a row changes in them; nothing is written."""

from collections.abc import Iterator
from typing import Any, cast

from django.contrib.auth.models import User
from django.db.models import Model, Q

from cms.importing.differing import changes, snapshot
from cms.importing.errors import RowError
from cms.importing.forms import key_of
from cms.importing.library import Library
from cms.importing.locks import closed
from cms.importing.sheets import Row, Sheet
from cms.models import Holding, Part

AT_ONCE = 200
"""Keys asked for in one query; SQLite takes no list of any length."""


class PartRows:
    """The rows of one table of parts, and what stands in the library for them."""

    def __init__(self, sheet: Sheet, library: Library) -> None:
        self.sheet, self.library = sheet, library
        # The writer of holdings keeps those to itself.
        self.model = cast("type[Part]", sheet.model)
        owner = next((c for c in sheet.columns if c.form == "owner"), None)
        self.owner_field = owner.field if owner else ""
        self.accessor = key_of(owner, self.model).remote_field.get_accessor_name() if owner else ""
        self.pointing = [c for c in sheet.columns if c.form in ("owner", "holding")]
        self.there: dict[tuple[Any, ...], Model] = {}

    def number_targets(self) -> None:
        """Learn the numbers of all that the rows point to."""
        uids = sorted({row.values[column.field] for row in self.sheet.rows for column in self.pointing} - {""})
        for start in range(0, len(uids), 500):
            found = Holding.objects.filter(uid__in=uids[start : start + 500])
            self.library.ids.update(found.values_list("uid", "pk"))

    def key(self, row: Row) -> tuple[Any, ...] | None:
        """Return what identifies a row in the database; None while something in it is still to come."""
        made = []
        pointing = {column.field for column in self.pointing}
        for name in self.model.key:
            value = row.values[name]
            if name in pointing:
                value = self.library.ids.get(value)
                if value is None:
                    return None
            made.append(value)
        return tuple(made)

    def names(self) -> list[str]:
        """Return the fields of the key as the database calls them."""
        by_field = {column.field: column for column in self.pointing}
        return [key_of(by_field[n], self.model).attname if n in by_field else n for n in self.model.key]

    def look(self) -> None:
        """Learn which parts are there, some hundreds of rows in a query."""
        self.number_targets()
        names = self.names()
        keys = [key for key in map(self.key, self.sheet.rows) if key is not None]
        joined = [c.field for c in self.sheet.columns if c.form in ("owner", "holding", "picture")]
        for start in range(0, len(keys), AT_ONCE):
            asked = Q()
            for key in keys[start : start + AT_ONCE]:
                asked |= Q(**dict(zip(names, key, strict=True)))
            for part in self.model._default_manager.filter(asked).select_related(*joined):
                self.there[tuple(getattr(part, name) for name in names)] = part

    def settle(self, row: Row) -> Model | None:
        """Find what a row changes; returns the part that it is of, if there is one."""
        key = self.key(row)
        found = self.there.get(key) if key is not None else None
        row.before, row.changes = None, self.sheet.columns
        if found:
            row.before = snapshot(found, self.sheet.columns)
            told = [c for c in self.sheet.columns if not row.leaves(c)]
            row.changes = changes(row.before, row.values, told)
        return found

    def owner_of(self, part: Model | None) -> int | None:
        """Return the id of the holding to which a part belongs; a theme belongs to none."""
        return getattr(part, f"{self.owner_field}_id") if part and self.owner_field else None


def settle_parts(sheets: list[Sheet], library: Library, user: User | None) -> Iterator[RowError]:
    """Find what the rows of parts change; yields those whose record cannot be changed now."""
    for sheet in sheets:
        rows = PartRows(sheet, library)
        rows.look()
        owners: dict[int, list[Row]] = {}
        for row in sheet.rows:
            found = rows.settle(row)
            row.instance = found or row.instance
            owner = library.ids.get(row.values[rows.owner_field]) if rows.owner_field else None
            if row.changes and owner is not None:
                setattr(row.instance, f"{rows.owner_field}_id", owner)
                owners.setdefault(owner, []).append(row)
        for pk, reason in closed(owners, user).items():
            uid = Holding.objects.get(pk=pk).uid
            yield from (row.error(f"{uid} 现在不能改：{reason}", rows.owner_field) for row in owners[pk])
