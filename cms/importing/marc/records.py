"""Records of a file one after the other, each read or with what is wrong with it; a broken one ends none of the others."""

import logging
from collections.abc import Iterator
from pathlib import Path

from pymarc import Record
from pymarc.exceptions import PymarcException
from pymarc.marc8_mapping import CODESETS

from cms.importing.marc.known import BOM

END_OF_RECORD, END_OF_FIELD = 0x1D, 0x1E
LEADER, ENTRY = 24, 12
"""Bytes of a record's leader, and of a field's entry in the directory."""
ESCAPE = b"\x1b"
MARC_8 = frozenset({*range(0x80), 0x88, 0x89, 0x8D, 0x8E, *CODESETS[0x45]})
"""Bytes of MARC-8 where no escape leads to another set: Latin, its marks of sorting and joining, and ANSEL."""
BETWEEN = b"\r\n \t\x00\x1a"
"""What programs leave between records."""
logging.getLogger("pymarc").setLevel(logging.ERROR)  # It would tell of each missing indicator on the console.

Read = Record | str
"""A record, or in words why there is none."""


class Broken(Exception):
    """A record cannot be read; the text says why."""


def iso_2709(path: Path) -> Iterator[Read]:
    """Yield every record of a file in ISO 2709."""
    data = path.read_bytes().removeprefix(BOM)
    at, end = 0, len(data)
    while True:
        while at < end and data[at] in BETWEEN:
            at += 1
        if at >= end:
            return
        stop = data.find(END_OF_RECORD, at) + 1 or end
        chunk = data[at:stop]
        said = chunk[:5]
        length = int(said) if said.isdigit() else 0
        if length > LEADER and at + length <= end and data[at + length - 1] == END_OF_RECORD:
            chunk = data[at : at + length]
        try:
            yield record_of(chunk, length)
        except Broken as why:
            yield str(why)
        at += len(chunk)


def record_of(chunk: bytes, length: int) -> Record:
    """Return the record in some bytes; Broken says why there is none."""
    if chunk[-1] != END_OF_RECORD:
        raise Broken("文件到这里断了，这条记录没有结束符。")
    if not length:
        raise Broken("头标的前五位不是长度，这条记录读不出。")
    if length != len(chunk):
        raise Broken(f"头标说有 {length} 个字节，实际有 {len(chunk)} 个。")
    if b"\0" in chunk:
        raise Broken("这条记录里有空字符（NUL）。")
    tags = checked_directory(chunk)
    unimarc = "200" in tags and "245" not in tags
    try:
        return decoded(chunk, unimarc)
    except UnicodeError:
        raise Broken(
            "有字节照 UTF-8 和 GB18030 都解不开。" if unimarc else "有字节照头标说的编码（UTF-8 或 MARC-8）解不开。"
        ) from None
    except (PymarcException, ValueError, IndexError, LookupError):
        raise Broken("这条记录的结构读不出。") from None


def checked_directory(chunk: bytes) -> frozenset[str]:
    """Return the tags of a record; Broken where the directory does not fit the fields."""
    base = int(chunk[12:17]) if chunk[12:17].isdigit() else 0
    if not LEADER < base < len(chunk) or chunk[base - 1] != END_OF_FIELD or (base - 1 - LEADER) % ENTRY:
        raise Broken("目次区的长度不对。")
    tags = set()
    for at in range(LEADER, base - 1, ENTRY):
        tag, size, start = chunk[at : at + 3], chunk[at + 3 : at + 7], chunk[at + 7 : at + ENTRY]
        if not (tag.isalnum() and size.isdigit() and start.isdigit()):
            raise Broken("目次区里有读不出的字段。")
        last = base + int(start) + int(size) - 1
        if not int(size) or last >= len(chunk) - 1 or chunk[last] != END_OF_FIELD:
            raise Broken(f"目次区说的 {tag.decode('ascii', 'replace')} 字段，位置或长度不对。")
        tags.add(tag.decode("ascii", "replace"))
    if not tags:
        raise Broken("这条记录一个字段也没有。")
    return frozenset(tags)


def decoded(chunk: bytes, unimarc: bool) -> Record:
    """Return a record in the encoding that it has, which its leader does not always say.

    What is UTF-8 is hardly ever anything else: MARC-8 puts its accents before plain letters, GB18030 ends most characters so.
    """
    said_utf8 = chunk[9:10] == b"a" and not unimarc
    try:
        chunk.decode("utf-8")
        is_utf8 = ESCAPE not in chunk
    except UnicodeDecodeError:
        if said_utf8:
            raise
        is_utf8 = False
    if said_utf8 or is_utf8:
        return Record(chunk, force_utf8=True)
    if unimarc:
        chunk.decode("gb18030")
        return Record(chunk[:9] + b" " + chunk[10:], file_encoding="gb18030")
    if ESCAPE not in chunk and (strange := set(chunk) - MARC_8):
        raise UnicodeDecodeError(
            "marc-8", bytes(strange), 0, 1, "not in the basic sets"
        )  # pymarc would make it a blank
    return Record(chunk, hide_utf8_warnings=True)
