"""A book read whole from its files: both languages, its pictures looked at, its licence understood."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from media.models import Image
from media.sandbox import NotTaken, check
from picturebooks.importing.edition import Edition, read
from picturebooks.importing.errors import BookRefused
from picturebooks.importing.folder import LANGUAGES, Files, Pictures, pictures_of
from picturebooks.importing.licence import Licence, read_licence
from picturebooks.importing.takes import Take, takes_of


@dataclass(frozen=True)
class Told:
    """What the files of a book say."""

    files: Files
    chinese: Edition
    english: Edition
    pictures: Pictures
    licence: Licence
    notes: tuple[str, ...]
    takes: dict[tuple[str, int], Take] = field(default_factory=dict)


def tell(files: Files) -> Told:
    """Read a book; BookRefused with all that is wrong with its files."""
    files.check()
    faults: list[str] = []
    editions = [edition for lang in LANGUAGES if (edition := attempt(files.texts[lang][0], lang, faults))]
    if len(editions) < len(LANGUAGES):
        raise BookRefused(faults)
    chinese, english = editions
    faults += apart(chinese, english)
    try:
        pictures = pictures_of(files, len(chinese.pages))
    except BookRefused as refused:
        raise BookRefused([*faults, *refused.faults]) from None
    takes, silent = takes_of(files, len(chinese.pages))
    faults += [*unreadable(files, pictures), *silent]
    if faults:
        raise BookRefused(faults)
    licence = read_licence(chinese.imprint["license"])
    said = tuple(notes(files, editions, pictures, licence))
    return Told(files, chinese, english, pictures, licence, said, takes)


def attempt(path: Path, lang: str, faults: list[str]) -> Edition | None:
    """Read one language, or add to the faults."""
    try:
        return read(path, lang)
    except BookRefused as refused:
        faults += refused.faults
        return None


def apart(chinese: Edition, english: Edition) -> list[str]:
    """Return in what the two languages cannot be of one book."""
    faults = []
    values = {"zh": chinese.name, "en": english.name}
    if len(chinese.pages) != len(english.pages):
        said = _("两种语言的页数不一样：%(zh)s 有 %(a)d 页，%(en)s 有 %(b)d 页。")
        faults.append(said % {**values, "a": len(chinese.pages), "b": len(english.pages)})
    licences = [edition.imprint["license"] for edition in (chinese, english)]
    if licences[0].upper() != licences[1].upper():
        said = _("两种语言的许可不一样：%(zh)s 写“%(a)s”，%(en)s 写“%(b)s”。")
        faults.append(said % {**values, "a": licences[0], "b": licences[1]})
    return faults


def unreadable(files: Files, pictures: Pictures) -> list[str]:
    """Return which pictures the library cannot take, and why; each is looked at to its end, as an upload is."""
    faults = []
    for path in dict.fromkeys((pictures.cover, *pictures.pages)):
        name = f"images/{files.key}/{path.name}"
        try:
            # What the library has was looked at when it came.
            if Image.objects.filter(digest=hashlib.sha256(path.read_bytes()).hexdigest()).exists():
                continue
            with path.open("rb") as file:
                check(file, path.name)
        except NotTaken as reason:
            faults.append(f"{name}{_('：')}{reason.sentence}")
        except OSError as fault:
            faults.append(f"{name}{_('：')}{fault.strerror}")
    return faults


def notes(files: Files, editions: list[Edition], pictures: Pictures, licence: Licence) -> list[str]:
    """Return what the librarian should know of a book that can come in."""
    said = [licence.note] if licence.note else []
    if pictures.over:
        names = _("、").join(f"images/{files.key}/{path.name}" for path in pictures.over)
        said.append(_("页数以外的图没有用：%(files)s。") % {"files": names})
    for edition in editions:
        said += [
            _("%(file)s：最后一节的“%(line)s”没有栏目可放，只记在出处里。") % {"file": edition.name, "line": other}
            for other in edition.others
        ]
        if empty := [str(number) for number, text in enumerate(edition.pages, 1) if not text]:
            said.append(_("%(file)s：第 %(pages)s 页没有文字。") % {"file": edition.name, "pages": _("、").join(empty)})
        if not edition.imprint.get("text"):
            said.append(_("%(file)s：没有写作者（Text）。") % {"file": edition.name})
    return said
