"""Bringing CSV files in: every row checked first, then all or nothing, known again by uid."""

from cms.importing.errors import ImportRefused, RowError
from cms.importing.running import Report, import_files

__all__ = ["ImportRefused", "Report", "RowError", "import_files"]
