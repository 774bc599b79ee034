"""What somebody uploads: tables as they are, or a zip with tables and pictures; each put into the folder of its upload."""

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from cms.importing.signs import printable
from cms.importing.workbooks import is_workbook

TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".mrc", ".marc", ".iso", ".xml")
PICTURES = tuple(f".{ending}" for ending in settings.WAGTAILIMAGES_EXTENSIONS)
MOST_TABLES = 30
MOST_FILES = 2_000
TIMES = 20
"""How many times the limit of one table a zip with pictures may have."""


class NotReceived(Exception):
    """An upload cannot be taken; the text says why, in the language of whoever uploads."""


def most(path_is_packed: bool) -> int:
    """Return how many bytes one upload may have."""
    return settings.IMPORT_MAX_BYTES * (TIMES if path_is_packed else 1)


def receive(files: list[UploadedFile[bytes]], folder: Path) -> tuple[list[Path], list[str]]:
    """Put uploads into a folder; returns the tables, and the names of files in a zip that nobody asked for. NotReceived says why not."""
    shutil.rmtree(folder, ignore_errors=True)  # of an upload that had this number and is gone
    pictures = folder / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    tables: list[Path] = []
    unused: list[str] = []
    for file in files:
        name = printable(PurePosixPath(str(file.name).replace("\\", "/")).name)
        packed = name.lower().endswith(".zip")
        if (file.size or 0) > most(packed):
            limit = most(packed) // 2**20
            raise NotReceived(_("“%(name)s”超过 %(most)d MB，请分成几份。") % {"name": name, "most": limit})
        path = free(folder / (name if not name.startswith(".") else f"_{name}"))
        with path.open("wb") as target:
            shutil.copyfileobj(file, target)
        if packed and not is_workbook(path):
            found, left = unpack(path, folder, pictures)
            tables += found
            unused += left
        else:
            tables.append(path)
    if not tables:
        raise NotReceived(_("里面没有表格。表格要是 CSV、XLSX 或 MARC。"))
    if len(tables) > MOST_TABLES:
        raise NotReceived(_("一次最多 %(most)d 个表格文件。") % {"most": MOST_TABLES})
    return tables, unused


def free(path: Path) -> Path:
    """Return a path that no other file has yet."""
    at, found = 1, path
    while found.exists():
        at += 1
        found = path.with_name(f"{path.stem}-{at}{path.suffix}")
    return found


def unpack(path: Path, folder: Path, pictures: Path) -> tuple[list[Path], list[str]]:
    """Put the tables and pictures of a zip in their places by their bare names; NotReceived for one that is too large or broken."""
    tables, unused = [], []
    try:
        with zipfile.ZipFile(path) as packed:
            for member, name in members(packed):
                ending = PurePosixPath(name).suffix.lower()
                if ending in TABLES:
                    target = free(folder / name)
                    tables.append(target)
                elif ending in PICTURES:
                    target = pictures / name
                    if target.exists():
                        raise NotReceived(_("压缩包里有两张图都叫“%(name)s”。") % {"name": name})
                else:
                    unused.append(name)
                    continue
                with packed.open(member) as source, target.open("wb") as file:
                    shutil.copyfileobj(source, file)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        raise NotReceived(_("这个压缩包解不开，可能坏了，或有密码。")) from None
    finally:
        path.unlink()
    return tables, unused


def members(packed: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    """Yield the files of a zip that are none of the system's own, each with its bare name."""
    files = packed.infolist()
    if len(files) > MOST_FILES or sum(file.file_size for file in files) > most(True):
        text = _("压缩包解开以后超过 %(most)d MB 或 %(files)d 个文件，请分成几份。")
        raise NotReceived(text % {"most": most(True) // 2**20, "files": MOST_FILES})
    for file in files:
        name = PurePosixPath(named(file).replace("\\", "/"))
        if not file.is_dir() and not name.name.startswith(".") and "__MACOSX" not in name.parts:
            yield file, printable(name.name)


def named(file: zipfile.ZipInfo) -> str:
    """Return the name of a file in a zip; Windows writes Chinese ones in GB18030 and does not say so."""
    if file.flag_bits & 0x800:
        return file.filename
    try:
        return file.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return file.filename
