"""Files of catalogue records: MARC 21 in ISO 2709, and MARCXML."""

import re
from collections.abc import Iterable, Iterator
from typing import IO
from xml.etree.ElementTree import tostring

from pymarc import Record
from pymarc.marcxml import MARC_XML_NS, record_to_xml_node

from cms.exporting.files import TooLong
from cms.exporting.marc.describing import record_of
from cms.exporting.tables import Sheet
from cms.importing.sheets import importable
from cms.models import Holding

LONGEST_FIELD, LONGEST_RECORD = 9_999, 99_999
"""Bytes for which the directory and the leader of ISO 2709 have digits."""
MARKS = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""Signs by which ISO 2709 parts fields, and others that XML cannot hold."""


def records(sheets: Iterable[Sheet]) -> Iterator[Record]:
    """Yield the records of all kinds that can be one."""
    for sheet in sheets:
        model = importable()[sheet.name]
        if not issubclass(model, Holding) or model.marc is None:
            continue
        fields = [column.field for column in sheet.columns]
        for row in sheet.rows:
            yield record_of({f: MARKS.sub("", text) for f, text in zip(fields, row, strict=False)}, model.marc)


def write_iso_2709(sheets: Iterable[Sheet], target: IO[bytes]) -> int:
    """Write records in ISO 2709, in UTF-8; returns how many. TooLong names the first that the format cannot hold."""
    count = 0
    for record in records(sheets):
        number = str(record["001"].data)
        if long := next((f for f in record.fields if len(f.as_marc("utf-8")) > LONGEST_FIELD), None):
            raise TooLong(number, long.tag)
        written = record.as_marc()
        if len(written) > LONGEST_RECORD:
            raise TooLong(number, "MARC")
        target.write(written)
        count += 1
    return count


def write_marc_xml(sheets: Iterable[Sheet], target: IO[bytes]) -> int:
    """Write records in MARCXML; returns how many."""
    target.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="{MARC_XML_NS}">\n'.encode())
    count = 0
    for record in records(sheets):
        target.write(tostring(record_to_xml_node(record), encoding="utf-8") + b"\n")
        count += 1
    target.write(b"</collection>\n")
    return count
