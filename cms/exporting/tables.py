"""Records and their parts as tables: the headings that the importer knows, and cells that it reads as what is there."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from django.db.models import Model, QuerySet
from django.utils import translation

from cms.catalogue.columns import Column
from cms.exporting.selection import Selection
from cms.importing.context import Context
from cms.importing.differing import version_of
from cms.importing.forms import form_of
from cms.importing.headings import VERSION
from cms.importing.sheets import columns_of
from cms.models import Holding, Part, Theme
from cms.models.kinds import Tabled

AT_ONCE = 200
"""Rows whose names, relations, sources and themes are read together."""
ROWS_OF_THEIR_OWN = ("names", "citations", "themes", "relations__target")


@dataclass(frozen=True)
class Sheet:
    """One table on its way out: `name` as the importer's command takes it, `title` as a librarian calls it."""

    name: str
    title: str
    columns: tuple[Column, ...]
    count: int
    rows: Iterator[list[str]]
    of_records: bool = False

    @property
    def headings(self) -> list[str]:
        """The first row; for records, at its end the version of each, by which an import knows what changed here meanwhile."""
        return [*(column.heading for column in self.columns), *([VERSION] if self.of_records else [])]


def sheets(selection: Selection, headings: frozenset[str] = frozenset()) -> Iterator[Sheet]:
    """Yield a table for each model of which there is anything; of its columns those named, and all that it must have.

    Cells are read while the rows are asked for, some hundreds at once, so that a large library needs no more memory.
    """
    for model in selection.models:
        columns = tuple(c for c in columns_of(model) if not headings or c.heading in headings or c.required)
        found = rows_of(model, selection)
        if count := found.count():
            with translation.override("zh-hans"):
                title = str(model._meta.verbose_name)
            yield Sheet(
                str(model._meta.model_name),
                title,
                columns,
                count,
                cells(model, found, columns),
                issubclass(model, Holding),
            )


def rows_of(model: Tabled, selection: Selection) -> QuerySet[Model]:
    """Return what leaves of a model, with the pictures that it shows."""
    pictures = [c.field for c in columns_of(model) if c.form in ("picture", "sound")]
    if issubclass(model, Holding):
        pointing = [c.field for c in columns_of(model) if c.form == "holding"]
        found = selection.holdings(model).select_related(*pictures, *pointing).prefetch_related(*ROWS_OF_THEIR_OWN)
        return cast("QuerySet[Model]", found)
    rows = selection.rows(cast("type[Part]", model))
    return cast("QuerySet[Model]", rows.select_related(*pictures) if pictures else rows)


def cells(model: Tabled, found: QuerySet[Model], columns: tuple[Column, ...]) -> Iterator[list[str]]:
    """Yield the cells of each row, in Chinese, which is what the importer reads."""
    context = Context(model, Path(), themes=dict(Theme.objects.values_list("title", "slug")))
    for row in found.iterator(AT_ONCE):
        with translation.override("zh-hans"):
            line = [form_of(c).cell(form_of(c).current(row, c), c, context) for c in columns]
        yield [*line, version_of(row)] if isinstance(row, Holding) else line
