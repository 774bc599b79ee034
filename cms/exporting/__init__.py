"""Tables that leave the library in the importer's own columns, so that they come back: what was not changed changes nothing."""

from cms.exporting.selection import Selection
from cms.exporting.tables import Sheet, sheets

__all__ = ["Selection", "Sheet", "sheets"]
