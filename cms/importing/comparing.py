"""What a holding has now, in the form in which cells are read, so that a second import changes nothing."""

from typing import Any

from cms.columns import Column
from cms.models import Holding


def tied(holding: Holding, column: Column) -> tuple:
    """Return the values of an inline, in order."""
    rows = getattr(holding, column.field).all()
    if column.form == "names":
        return tuple((n.text, n.language, n.romanisation, n.valid_from, n.valid_to, n.source) for n in rows)
    if column.form == "relations":
        return tuple((r.role, r.target.uid, r.as_printed, r.source) for r in rows)
    return tuple((c.text, c.text_en, c.page, c.url) for c in rows)


def value_of(holding: Holding, column: Column) -> Any:
    """Return the value of one column."""
    if column.form in ("names", "relations", "citations"):
        return tied(holding, column)
    if column.form == "themes":
        return tuple(sorted(t.slug for t in holding.themes.all()))
    if column.form == "uses":
        return tuple(sorted(u for u in ("web", "print", "offline", "api") if getattr(holding, f"use_{u}")))
    if column.form == "picture":
        image = getattr(holding, column.field)
        return image.digest if image else ""
    if column.form == "picture_text":
        image_field, text_field = column.field.split(".")
        return getattr(getattr(holding, image_field), text_field, "")
    if column.form == "parent":
        parent = Holding.objects.filter(path=holding.path[:-4]).first()
        return parent.uid if parent else ""
    if column.form == "edtf":
        return holding.date_edtf if holding.date_by_hand else ""
    return getattr(holding, column.field)


def same(before: dict[str, Any], after: dict[str, Any], columns: list[Column]) -> bool:
    """Tell whether a row would change nothing; an empty path or picture text keeps what is there."""
    for column in columns:
        new, old = after[column.field], before[column.field]
        if column.form in ("slug", "picture_text") and not new:
            continue
        if column.form == "picture":
            new = new[1]
        if new != old:
            return False
    return True
