"""Forms of what belongs to a holding in rows of its own: names, relations, citations, themes."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.db.models import Model

from cms.catalogue.columns import Column
from cms.importing.context import Context
from cms.importing.errors import CellError, UnknownName
from cms.importing.forms.base import Form, Stage
from cms.importing.forms.numbers import check_edtf
from cms.importing.library import Library
from cms.importing.limits import fits_all
from cms.importing.signs import BAR, BARS, OWN_BAR, bare, shown, tidy
from cms.models import Citation, Name, Relation, Theme
from cms.models.name import LANGUAGES
from cms.models.relation import Role


def lines(cell: str, most: int) -> list[list[str]]:
    """Split a cell into lines and each line at its bars, of half or full width, padded to `most` parts."""
    made = []
    for line in filter(str.strip, cell.split("\n")):
        parts = [OWN_BAR.sub(r"\1", p.strip()) for p in BARS.split(line)]
        if len(parts) > most:
            raise CellError(f"“{shown(line)}”分成了 {len(parts)} 段，最多 {most} 段。")
        made.append(parts + [""] * (most - len(parts)))
    return made


class Rows(Form):
    """Rows of a model of their own, one a line."""

    stage = Stage.TIE
    model: ClassVar[type[Model]]
    fields: ClassVar[tuple[str, ...]]

    def current(self, instance: Model, column: Column) -> tuple[Any, ...]:
        """Return the rows in order."""
        rows = getattr(instance, column.field).all()
        return tuple(tuple(tidy(getattr(row, name)) for name in self.fields) for row in rows)

    def cell(self, value: Any, column: Column, context: Context) -> str:
        """Return a line for each row, without bars after its last word; a bar inside a word has a stroke before it."""
        return "\n".join(" | ".join(BAR.sub(r"\\\g<0>", word) for word in without_tail(row)) for row in value)

    def write(self, instance: Model, column: Column, value: Any, library: Library) -> None:
        """Put these rows in the place of all that are there."""
        setattr(instance, column.field, [self.model(**dict(zip(self.fields, row, strict=True))) for row in value])


def without_tail(row: Sequence[str]) -> Sequence[str]:
    """Return a row up to its last word that says something."""
    filled = [at for at, word in enumerate(row, 1) if word]
    return row[: filled[-1]] if filled else ()


class Names(Rows):
    """`文字 | 语言 | 罗马字 | 自 | 至 | 来源`, one a line."""

    model = Name
    fields = ("text", "language", "romanisation", "valid_from", "valid_to", "source")

    def read(self, cell: str, column: Column, context: Context) -> tuple[Any, ...]:
        """Return the names; one without a language is in Chinese."""
        return tuple(self.name(*parts) for parts in lines(cell, 6))

    def name(self, name: str, language: str, romanisation: str, start: str, end: str, source: str) -> tuple[str, ...]:
        """Look at one name."""
        languages, romanisations = dict(LANGUAGES), Name.Romanisation.values
        language, romanisation, start, end = map(bare, (language or "zh-Hans", romanisation, start, end))
        if not name:
            raise CellError("又名的文字是空的。")
        if language not in languages:
            raise CellError(f"不认识语言“{shown(language)}”，可用 {'、'.join(languages)}。")
        if romanisation not in romanisations:
            raise CellError(f"不认识罗马字“{shown(romanisation)}”，可用 {'、'.join(filter(None, romanisations))}。")
        made = (name, language, romanisation, start, end, source)
        fits_all(dict(zip(self.fields, made, strict=True)), Name)
        check_edtf(start)
        check_edtf(end)
        return made


class Citations(Rows):
    """`文献 | 英文 | 页码 | 网址`, one a line."""

    model = Citation
    fields = ("text", "text_en", "page", "url")

    def read(self, cell: str, column: Column, context: Context) -> tuple[Any, ...]:
        """Return the citations."""
        made = tuple(tuple(parts) for parts in lines(cell, 4))
        for parts in made:
            if not parts[0]:
                raise CellError("出处的文献是空的。")
            if parts[3] and not re.match(r"https?://\S+$", parts[3]):
                raise CellError(f"“{shown(parts[3])}”不是网址。")
            fits_all(dict(zip(self.fields, parts, strict=True)), Citation)
        return made


class Relations(Rows):
    """`角色 | 编号 | 原文写法 | 来源`, one a line; both ends must be there, so they are written last."""

    stage = Stage.LATE
    model = Relation
    fields = ("role", "target_id", "as_printed", "source")

    def names(self, cell: str) -> Iterable[str]:
        """Return the other end of each line."""
        ends = (OWN_BAR.sub(r"\1", tidy(BARS.split(line)[1])) for line in cell.split("\n") if BARS.search(line))
        return filter(None, ends)

    def read(self, cell: str, column: Column, context: Context) -> tuple[Any, ...]:
        """Return the relations, each end by its number."""
        # Labels are looked up here, in the language of the import, and not once in that of whoever came first.
        roles = {str(r.label): r.value for r in Role} | {r.value: r.value for r in Role}
        made, unknown = [], []
        for role, target, as_printed, source in lines(cell, 4):
            if bare(role) not in roles:
                raise CellError(f"不认识角色“{shown(role)}”，可用 {'、'.join(str(r.label) for r in Role)}。")
            if not target:
                raise CellError(f"“{role}”后面缺少编号。")
            fits_all({"as_printed": as_printed, "source": source}, Relation)
            try:
                made.append((roles[bare(role)], context.known(target), as_printed, source))
            except UnknownName as fault:
                unknown.append(fault)
        if unknown:
            raise UnknownName("\n".join(map(str, unknown)), tuple(ask for fault in unknown for ask in fault.asks))
        return tuple(made)

    def current(self, instance: Model, column: Column) -> tuple[Any, ...]:
        """Return the relations as they are written in a cell."""
        rows = getattr(instance, column.field).all()
        return tuple((r.role, r.target.uid, tidy(r.as_printed), tidy(r.source)) for r in rows)

    def cell(self, value: Any, column: Column, context: Context) -> str:
        """Return the relations with what each role is called."""
        labels = {r.value: str(r.label) for r in Role}
        return super().cell([(labels[role], *row) for role, *row in value], column, context)

    def write(self, instance: Model, column: Column, value: Any, library: Library) -> None:
        """Put these relations in the place of all that are there."""
        rows = [(role, library.ids[uid], printed, source) for role, uid, printed, source in value]
        super().write(instance, column, rows, library)

    def store(self, instance: Model, column: Column) -> None:
        """Save the relations alone."""
        getattr(instance, column.field).commit()


class Themes(Form):
    """Titles of themes, parted by ；."""

    stage = Stage.TIE

    def read(self, cell: str, column: Column, context: Context) -> tuple[str, ...]:
        """Return the slugs in order."""
        wanted = [t.strip() for t in re.split(r"[；;\n]", cell) if t.strip()]
        if any(title not in context.themes for title in wanted):
            wanted = [t.strip() for title in wanted for t in re.split(r"[，,、]", title) if t.strip()]
        for title in wanted:
            if title not in context.themes:
                raise CellError(f"没有主题“{shown(title)}”，可用 {'、'.join(context.themes) or '（还没有主题）'}。")
        return tuple(sorted({context.themes[t] for t in wanted}))

    def current(self, instance: Model, column: Column) -> tuple[str, ...]:
        """Return the slugs of what is there."""
        return tuple(sorted(theme.slug for theme in getattr(instance, column.field).all()))

    def cell(self, value: Any, column: Column, context: Context) -> str:
        """Return the titles."""
        return "；".join(title for title, slug in context.themes.items() if slug in value)

    def write(self, instance: Model, column: Column, value: Any, library: Library) -> None:
        """Put these themes in the place of all that are there."""
        getattr(instance, column.field).set(Theme.objects.filter(slug__in=value))
