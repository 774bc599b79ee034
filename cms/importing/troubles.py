"""What the machine has against an import: full disks, a busy database, values that it cannot keep; told in words."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, IntegrityError

from cms.importing.errors import ImportRefused, RowError

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FULL = ("is full", "no space left", "disk i/o error", "disk full")
LOCKED = ("locked", "lock timeout", "deadlock")


def words_for(fault: DatabaseError | OSError) -> str:
    """Return what to tell the librarian."""
    said = str(fault)
    if isinstance(fault, OSError):
        full = fault.errno in NO_ROOM
        return "磁盘满了，请腾出空间再导入。" if full else f"文件读写不成：{fault.strerror or said}。"
    if any(word in said.lower() for word in FULL):
        return "磁盘满了，请腾出空间再导入。"
    if any(word in said.lower() for word in LOCKED):
        return "数据库正忙，别人正在保存。请过一会儿再导入。"
    if isinstance(fault, IntegrityError):
        return f"与馆里已有的内容冲突：{said}"
    return f"数据库存不下：{said}"


@contextmanager
def in_words() -> Iterator[None]:
    """Turn the machine's troubles into a refusal; whatever was written is rolled back by then."""
    try:
        yield
    except (DatabaseError, OSError) as fault:
        raise ImportRefused([RowError("", 0, "", f"{words_for(fault)}什么都没有保存。")]) from fault
