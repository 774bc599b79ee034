"""What a file is: its size, its encoding, and whether it is a table at all; nothing is held but a piece at a time."""

import codecs
import re
from pathlib import Path

from django.conf import settings

from cms.importing.errors import ImportRefused, refuse
from cms.importing.signs import printable

PIECE = 1 << 20
"""Bytes looked at in one go."""
AS_TABLE = "请在 Excel 里另存为“CSV UTF-8（逗号分隔）”。"
OTHERS = {
    b"PK\x03\x04": "这是压缩文件，不是表格。请解开以后导入里面的表格。",
    b"\xd0\xcf\x11\xe0": f"这是旧式 Excel 工作簿（XLS），不是 CSV。{AS_TABLE}",
    b"%PDF": "这是 PDF，不是 CSV。",
    b"\xff\xfe": f"这是 UTF-16 文本。{AS_TABLE}",
    b"\xfe\xff": f"这是 UTF-16 文本。{AS_TABLE}",
}
"""What other files begin with, and what to say of them."""
MARKUP = re.compile(rb"\s*(?:<[!?a-zA-Z]|[\[{]\s*[\[{\"])")
"""How XML, HTML and JSON begin, and no heading does."""


def other_than_table(head: bytes) -> str:
    """Return what to say of a file that is known for something else by its first bytes; nothing for what may be a table."""
    for begins, said in OTHERS.items():
        if head.startswith(begins):
            return said
    if MARKUP.match(head.removeprefix(codecs.BOM_UTF8)):
        return f"这是 JSON、XML 或网页，不是 CSV。{AS_TABLE}"
    return ""


def checked_size(path: Path, name: str) -> None:
    """Raise ImportRefused for a file that is not there, cannot be read, or is too large."""
    try:
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as fault:
        raise refuse(name, "没有这个文件。" if isinstance(fault, FileNotFoundError) else "读不出这个文件。") from None
    if size > settings.IMPORT_MAX_BYTES:
        raise refuse(name, f"文件超过 {settings.IMPORT_MAX_BYTES // 1024 // 1024} MB，请分成几份。")


def encoding_of(path: Path) -> str:
    """Return `utf-8-sig` or `gb18030`; ImportRefused for what is no table, too large, or in another encoding."""
    name = printable(path.name)
    checked_size(path, name)
    with path.open("rb") as file:
        head = file.read(PIECE)
    if said := other_than_table(head):
        raise refuse(name, said)
    for encoding in ("utf-8-sig", "gb18030"):
        if readable(path, encoding):
            return encoding
    raise refuse(name, "认不出文件的编码。请另存为“CSV UTF-8（逗号分隔）”。")


def readable(path: Path, encoding: str) -> bool:
    """Tell whether the whole file is text in an encoding; ImportRefused with the line for one that holds NUL."""
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            if b"\0" in piece:
                raise nul(path, line + piece.count(b"\n", 0, piece.index(b"\0")))
            line += piece.count(b"\n")
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                return False
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def nul(path: Path, line: int) -> ImportRefused:
    """Return the refusal of a file with NUL, which PostgreSQL cannot keep."""
    return refuse(printable(path.name), "这一行里有空字符（NUL），不是 CSV。", line)
