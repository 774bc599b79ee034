"""The ways in which tables leave, by the ending of the file."""

from collections.abc import Callable

from cms.exporting.files import write_single, write_workbook, write_zip
from cms.exporting.marc.files import write_iso_2709, write_marc_xml

FORMATS: dict[str, Callable[..., int]] = {
    "xlsx": write_workbook,
    "zip": write_zip,
    "csv": write_single,
    "mrc": write_iso_2709,
    "xml": write_marc_xml,
}
CATALOGUE = frozenset({"mrc", "xml"})
"""Endings of catalogue records: they hold books alone, and whole ones."""
