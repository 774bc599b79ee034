"""Template filters of the import page."""

from typing import Any

from django import template

from cms.desk.incoming.speaking import spoken as spoken_of

register = template.Library()
FEW = 8
"""Cells of a new row that are shown; the rest is in the table."""


@register.filter
def spoken(message: str) -> str:
    """Return what the checker says in the language of whoever reads it."""
    return spoken_of(message)


@register.filter
def visible(cells: list[tuple[int, dict[str, Any]]], state: str) -> list[tuple[int, dict[str, Any]]]:
    """Return the cells of a row that are worth a line: of a new one the first few."""
    return cells[:FEW] if state == "new" else cells
