"""Whether the files of an index are still what was written: a checksum of each, kept beside them.

Whoosh notices a file that is cut or gone, but not a byte that turned over. Its files are written once and never changed.
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path

from search.engines.whoosh.place import make_way

SUMS = "sums.json"
STEP = 1 << 20


def keep(folder: Path) -> None:
    """Write down the checksums after a commit; files that were there before are not read again."""
    before = known(folder)
    sums = {name: before.get(name) or checksum(folder / name) for name in files(folder)}
    half = folder / f"{SUMS}.new"
    for file in (half, folder / SUMS):
        make_way(file)
    half.write_text(json.dumps(sums), "utf-8")
    half.replace(folder / SUMS)


def damaged(folder: Path) -> list[str]:
    """Return the names of the files that are not what was written; one that no checksum is known of is not doubted."""
    sums = known(folder)
    if not sums:
        return [SUMS]
    return [name for name in files(folder) if name in sums and checksum(folder / name) != sums[name]]


def files(folder: Path) -> list[str]:
    """Return the names of the index's own files."""
    return sorted(file.name for file in folder.iterdir() if file.suffix in (".toc", ".seg") and file.is_file())


def known(folder: Path) -> dict[str, str]:
    """Return the checksums that were kept; none where they cannot be read."""
    try:
        kept = json.loads((folder / SUMS).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def checksum(file: Path) -> str:
    """Return the CRC-32 of a file, in hex; empty where it cannot be read."""
    found = 0
    try:
        with file.open("rb") as opened:
            while block := opened.read(STEP):
                found = zlib.crc32(block, found)
    except OSError:
        return ""
    return f"{found:08x}"
