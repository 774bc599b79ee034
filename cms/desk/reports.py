"""Wagtail's own reports and lists as tables: as safe to open as ours, which Wagtail leaves to each view."""

from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from cms.importing.signs import guarded

_as_wagtail_writes = SpreadsheetExportMixin.preprocess_field_value


def written(view: SpreadsheetExportMixin, field: str, value: Any, export_format: str) -> Any:
    """Return a cell as Wagtail writes it; in CSV no spreadsheet will run it, and in a workbook it is text already."""
    text = _as_wagtail_writes(view, field, value, export_format)
    return guarded(text) if isinstance(text, str) and export_format == view.FORMAT_CSV else text


def guard() -> None:
    """Let every table that Wagtail makes pass through here; there is no hook for all of them at once."""
    SpreadsheetExportMixin.preprocess_field_value = written
