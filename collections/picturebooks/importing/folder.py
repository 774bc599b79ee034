"""A folder of books: which files make which book."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from picturebooks.importing.errors import BookRefused

LANGUAGES = ("zh", "en")
PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".gif"}
DIGITS = re.compile(r"[0-9]+")


@dataclass
class Files:
    """The files of one book: those of each language by `zh` and `en`, one each where all is well.

    `pictures` is the folder of its pictures, `audio` that of the recordings of all books.
    """

    key: str
    texts: dict[str, list[Path]] = field(default_factory=lambda: defaultdict(list))
    pictures: Path = Path()
    audio: Path = Path()

    @property
    def label(self) -> str:
        """The book as its files are called."""
        named = next((paths[0].stem for paths in self.texts.values() if paths), self.key)
        return named.replace("_", " ", 1)

    @property
    def origin(self) -> str:
        """The name by which the book is known again."""
        return self.texts["en"][0].stem[:200]

    def check(self) -> None:
        """Look whether there is one file a language; BookRefused names what is missing or there twice."""
        faults = []
        for lang in LANGUAGES:
            if not self.texts[lang]:
                faults.append(_("%(lang)s 文件夹里没有以“%(key)s”起头的文件。") % {"lang": lang, "key": self.key})
            elif len(self.texts[lang]) > 1:
                names = _("、").join(f"{lang}/{path.name}" for path in self.texts[lang])
                faults.append(_("同一个编号有几份文件：%(files)s。") % {"files": names})
        if faults:
            raise BookRefused(faults)


def books_in(folder: Path) -> list[Files]:
    """Return the books of a folder in the order of their numbers; BookRefused where it is no such folder."""
    lacking = [lang for lang in LANGUAGES if not (folder / lang).is_dir()]
    if lacking:
        said = _("“%(folder)s”里没有 %(names)s 文件夹。要有 zh、en 和 images 三个。")
        raise BookRefused([said % {"folder": folder.name or str(folder), "names": _("、").join(lacking)}])
    found: dict[str, Files] = {}
    for lang in LANGUAGES:
        for path in sorted((folder / lang).glob("*.md")):
            key = path.stem.split("_", 1)[0]
            book = found.setdefault(key, Files(key, pictures=folder / "images" / key, audio=folder / "audio"))
            book.texts[lang].append(path)
    if not found:
        raise BookRefused([_("zh 和 en 文件夹里没有 .md 文件。")])
    return [found[key] for key in sorted(found, key=natural)]


def natural(name: str) -> list[tuple[int, str]]:
    """Return what sorts 2 before 10, and a cover before all."""
    pieces = re.split(r"([0-9]+)", name.lower())
    cover = [] if "cover" not in name.lower() else [(-1, "")]
    return [*cover, *((int(piece), "") if piece.isdecimal() else (0, piece) for piece in pieces)]


@dataclass(frozen=True)
class Pictures:
    """A book's pictures: the cover, one for each page, and what is left over."""

    cover: Path
    pages: tuple[Path, ...]
    over: tuple[Path, ...]


def pictures_of(book: Files, pages: int) -> Pictures:
    """Return the pictures for so many pages; BookRefused names those that are missing.

    The first is the cover, the next that of the first page, and so on. Where files are numbered, the number counts.
    """
    where = f"images/{book.key}"
    if not book.pictures.is_dir():
        raise BookRefused([_("没有 %(folder)s 文件夹，封面和各页的图都在那里找。") % {"folder": where}])
    files = [path for path in book.pictures.iterdir() if path.suffix.lower() in PICTURES and path.is_file()]
    files.sort(key=lambda path: natural(path.name))
    if files and all(DIGITS.fullmatch(path.stem) for path in files):
        return numbered(files, pages, where)
    if len(files) < pages + 1:
        said = _("%(folder)s 里有 %(there)d 张图，封面和 %(pages)d 页要 %(wanted)d 张。")
        raise BookRefused([said % {"folder": where, "there": len(files), "pages": pages, "wanted": pages + 1}])
    return Pictures(files[0], tuple(files[1 : pages + 1]), tuple(files[pages + 1 :]))


def numbered(files: list[Path], pages: int, where: str) -> Pictures:
    """Return pictures that are named by number, from 0 or 1; BookRefused names each number that is not there, or there twice."""
    by_number: dict[int, list[Path]] = defaultdict(list)
    for path in files:
        by_number[int(path.stem)].append(path)
    start, faults = (0 if 0 in by_number else 1), []
    pattern = files[0]
    for place in range(pages + 1):
        number = start + place
        there = by_number.get(number, [])
        what = _("第 %(n)d 页") % {"n": place} if place else _("封面")
        name = f"{where}/{number:0{len(pattern.stem)}d}{pattern.suffix}"
        if not there:
            faults.append(_("缺少 %(file)s（%(what)s的图）。") % {"file": name, "what": what})
        elif len(there) > 1:
            names = _("、").join(f"{where}/{path.name}" for path in there)
            faults.append(_("%(what)s有几张图：%(files)s。") % {"what": what, "files": names})
    if faults:
        raise BookRefused(faults)
    chosen = [by_number[start + place][0] for place in range(pages + 1)]
    over = tuple(path for path in files if path not in chosen)
    return Pictures(chosen[0], tuple(chosen[1:]), over)
