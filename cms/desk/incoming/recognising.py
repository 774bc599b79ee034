"""What a table is: in which row its headings stand, which of them are known, which kind they fit, and what was chosen the last time."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User

from cms.desk.incoming.explaining import english
from cms.importing.errors import ImportRefused
from cms.importing.headings import BESIDE
from cms.importing.marc.known import marc_form
from cms.importing.marc.table import glance, marc_columns
from cms.importing.reading import beginning
from cms.importing.sheets import NOTES, called, columns_of, importable
from cms.importing.signs import bare, shown
from cms.importing.workbooks import is_workbook, titles
from cms.models import HeadingChoice
from cms.models.kinds import Tabled

LOOKED_AT = 8
"""Rows in which headings are looked for, above samples."""
MOST_HEADINGS = 500


def recognise(paths: list[Path], user: User) -> tuple[list[dict[str, Any]], list[str]]:
    """Return what there is to know of each table, and why some are none."""
    tables, faults = [], []
    for path in paths:
        try:
            tables += list(tables_of(path, user))
        except ImportRefused as refused:
            faults += [str(error) for error in refused.errors]
    return tables, faults


def tables_of(path: Path, user: User) -> Iterator[dict[str, Any]]:
    """Yield what each sheet of a workbook, or the only table of another file, seems to be; empty sheets are none."""
    if marc_form(path):
        yield records(path)
        return
    sheets = [title for title in titles(path) if title not in NOTES] if is_workbook(path) else [""]
    for title in sheets:
        encoding, rows = beginning(path, title, every_heading(), LOOKED_AT)
        if len(sheets) > 1 and not any(any(map(str.strip, row)) for row in rows):
            continue
        head = head_of(rows)
        headings = [bare(cell) for cell in (rows[head - 1] if rows else [])[:MOST_HEADINGS]]
        while headings and not headings[-1]:
            headings.pop()
        table = {
            "file": path.name,
            "title": title,
            "head": head,
            "encoding": encoding,
            "found": headings,
            "samples": samples(headings, rows[head:]),
            "model": kind_of_table(headings, [title] if len(sheets) > 1 else [title, path.stem]),
        }
        yield {**table, "headings": remembered(table, user), "cells": {}, "takes": {}, "rows": 0}


def records(path: Path) -> dict[str, Any]:
    """Return what a file of catalogue records seems to be; its headings are those of the kind that they become."""
    kind, formats = glance(path)
    table: dict[str, Any] = {"file": path.name, "title": "", "head": 1, "encoding": formats, "samples": {}}
    table |= {"model": str(kind._meta.model_name) if kind else "", "headings": {}, "cells": {}, "takes": {}, "rows": 0}
    return {**table, "is_marc": True, "found": record_headings(table)}


def record_headings(table: dict[str, Any]) -> list[str]:
    """Return the headings of the kind that catalogue records become."""
    model = importable().get(table["model"])
    return [column.heading for column in marc_columns(model, columns_of(model))] if model else []


def every_heading() -> frozenset[str]:
    """Return the headings of all that can be imported."""
    models = importable().values()
    return frozenset(c.heading for m in models for c in columns_of(m)) | frozenset(
        h for m in models for h in english(m)
    )


def head_of(rows: list[list[str]]) -> int:
    """Return the number of the row with the headings: the first with two known ones, or else the first."""
    known = every_heading()
    counts = [len(known & set(map(bare, row))) for row in rows]
    return next((at for at, count in enumerate(counts, 1) if count > 1), 1)


def samples(headings: list[str], rows: list[list[str]]) -> dict[str, list[str]]:
    """Return what the first rows say below each heading."""
    return {
        heading: [shown(row[at].strip()) for row in rows[:3] if at < len(row) and row[at].strip()]
        for at, heading in enumerate(headings)
    }


def kind_of_table(headings: list[str], names: list[str]) -> str:
    """Return the name of the kind or part that a table fills; nothing where it could be several."""
    models = importable()
    for name in filter(None, map(bare, names)):
        if found := next((key for key, model in models.items() if name in called(model)), ""):
            return found
    fits = {}
    for key, model in models.items():
        other = english(model)
        present = {other.get(heading, heading) for heading in headings}
        if whole(model, present):
            fits[key] = len(present & {c.heading for c in columns_of(model)})
    best = [key for key, count in fits.items() if count == max(fits.values())]
    return best[0] if len(best) == 1 else ""


def whole(model: Tabled, present: set[str]) -> bool:
    """Tell whether a table has all that one of a kind must have."""
    return all(c.heading in present for c in columns_of(model) if c.required)


def remembered(table: dict[str, Any], user: User) -> dict[str, str]:
    """Return what English headings mean, and what somebody chose for unknown ones of such a table before."""
    if not table["model"]:
        return {}
    known = {c.heading for c in columns_of(importable()[table["model"]])}
    words = {h: meant for h, meant in english(importable()[table["model"]]).items() if h in table["found"]}
    chosen = HeadingChoice.objects.filter(user=user, model=table["model"], heading__in=table["found"])
    return words | {h: meant for h, meant in chosen.values_list("heading", "meant") if not meant or meant in known}


def unknown(table: dict[str, Any]) -> list[str]:
    """Return the headings of which nobody has said what they mean."""
    if not table["model"]:
        return []
    known = {c.heading for c in columns_of(importable()[table["model"]])} | BESIDE
    return [heading for heading in table["found"] if heading not in known and heading not in table["headings"]]


def is_clear(tables: list[dict[str, Any]]) -> bool:
    """Tell whether nothing needs to be asked before the tables are checked."""
    return all(table["model"] and not unknown(table) for table in tables)
