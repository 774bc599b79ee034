"""Putting the values of a row into a record, and hearing from the record what it will not take."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from cms.importing.cells import USES
from cms.importing.sheets import Row, Sheet
from cms.models import Holding

LATER = {"names", "relations", "citations", "themes", "parent", "owner", "holding", "picture", "picture_text"}
"""Forms whose values are written once the record itself stands."""


def state(thing: Model) -> dict[str, Any]:
    """Return the stored values of a record, to see afterwards whether any changed."""
    return {f.attname: getattr(thing, f.attname) for f in thing._meta.concrete_fields}


def fill(thing: Model, sheet: Sheet, values: dict[str, Any]) -> None:
    """Put the plain values of a row into its record; columns that the file lacks stay as they are."""
    for column in sheet.columns:
        if column.form in LATER or column.form == "slug":
            continue
        value = values[column.field]
        if column.form == "uses":
            for use in USES.values():
                setattr(thing, f"use_{use}", use in value)
        else:
            setattr(thing, column.field, value)
        if column.field == "date_edtf":
            thing.date_by_hand = bool(value)
    if isinstance(thing, Holding):
        thing.slug = values.get("slug") or thing.slug or re.sub(r"[^a-z0-9_-]", "-", thing.uid.lower())


def faults(thing: Model, sheet: Sheet) -> dict[str, list[str]]:
    """Return what a filled record says is wrong with it, by field."""
    checked = {c.field for c in sheet.columns if c.form not in LATER}
    found: dict[str, list[str]] = {}
    if isinstance(thing, Holding) and thing.pk is None:
        # A page asks its parent about its slug; one that has no place yet must not look for it.
        thing.depth = 1
    for check in (
        lambda: thing.clean_fields(exclude={f.name for f in thing._meta.fields} - checked),
        thing.clean,
    ):
        try:
            check()
        except ValidationError as error:
            for name, messages in messages_of(error).items():
                found.setdefault(name, []).extend(messages)
    if thing.pk is None and isinstance(thing, Holding):
        thing.depth = None
    return found


def messages_of(error: ValidationError) -> dict[str, list[str]]:
    """Return the messages of an error by field; those of no field under an empty name."""
    if hasattr(error, "error_dict"):
        return {("" if name == "__all__" else name): texts for name, texts in error.message_dict.items()}
    return {"": error.messages}


def settle(row: Row, sheet: Sheet, standing: Model | None, lists: dict[str, dict[int, tuple]]) -> dict[str, list[str]]:
    """Give a row its record with the values in it, note whether it changes anything, and return its faults."""
    row.thing = standing or sheet.model()
    before = state(row.thing)
    fill(row.thing, sheet, row.values)
    wrong = faults(row.thing, sheet)
    row.changed = row.is_new or state(row.thing) != before or points_elsewhere(row, sheet)
    if sheet.is_kind and not row.is_new:
        there = {name: by_id.get(row.thing.pk, ()) for name, by_id in lists.items()}
        row.changed |= any(row.values[name] != there[name] for name in there if name in row.values)
    return wrong


def points_elsewhere(row: Row, sheet: Sheet) -> bool:
    """Tell whether a part points to other holdings than before."""
    for column in sheet.of_form("owner", "holding"):
        there = getattr(row.thing, column.field, None) if not row.is_new else None
        if (there.uid if there else "") != row.values[column.field]:
            return True
    return False
