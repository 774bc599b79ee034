"""Whether a file holds catalogue records, told by its first bytes and not by its name."""

import re
from pathlib import Path

ISO_2709 = re.compile(rb"\s*[0-9 ]{5}[a-z ][a-z][a-z0-9 ].{2}[0-9 ]{7}.{3}4(?:500|50 |5  )[0-9]{3}", re.DOTALL)
"""A leader (length, status, type, level, base address, map of the directory) and the first tag after it."""
XML = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE.*)?"
    rb"<(?:\w+:)?(?:collection|record)[\s>][^>]*(?:>\s*<(?:\w+:)?(?:record|leader)|MARC21|marcxchange)",
    re.IGNORECASE | re.DOTALL,
)
LOOKED_AT = 4096
BOM = b"\xef\xbb\xbf"


def marc_form(path: Path) -> str:
    """Return `iso2709` or `xml`; "" for a file that holds no catalogue records, or cannot be read."""
    try:
        with path.open("rb") as file:
            head = file.read(LOOKED_AT).removeprefix(BOM)
    except OSError:
        return ""
    if ISO_2709.match(head):
        return "iso2709"
    return "xml" if XML.match(head) else ""
