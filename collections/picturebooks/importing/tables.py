"""A book as the two tables that the site's importer reads, with its pictures beside them."""

import csv
import shutil
from pathlib import Path

from cms.importing.sheets import columns_of
from cms.models import Citation
from cms.models.kinds import Tabled
from cms.models.rights import Rights
from picturebooks.importing.edition import Edition
from picturebooks.importing.sounds import Sounds
from picturebooks.importing.telling import Told
from picturebooks.models import Book, Spread

Tables = list[tuple[Tabled, Path]]
ALL_USES, NO_USE = "网页；印刷；离线；接口", "无"
SOURCES = ("原书末页（{file}）：{said}", "Last page of the book ({file}): {said}")
"""What is kept in the record is the same whatever the interface calls it; else a second import would find it changed."""
BARS = str.maketrans("|｜￨│\n", "／／／／ ")
"""What parts a citation has a meaning in its cell."""


def write_tables(told: Told, uid: str, folder: Path) -> Tables:
    """Write a book's tables and copy its pictures into a folder; returns the tables with their kinds."""
    shots = folder / "pictures"
    shots.mkdir()
    names: dict[Path, str] = {}
    for path in dict.fromkeys((told.pictures.cover, *told.pictures.pages)):
        names[path] = picture_name(told, path)
        shutil.copyfile(path, shots / names[path])
    book, spread = folder / "book.csv", folder / "spread.csv"
    sounds = Sounds(told, folder / "sounds")
    write(book, Book, [row_of(told, uid, names[told.pictures.cover]) | sounds.row(0)])
    pages = zip(told.chinese.pages, told.english.pages, told.pictures.pages, strict=True)
    write(
        spread,
        Spread,
        [
            {"book": uid, "sort_order": str(number), "text": text, "text_en": text_en, "image": names[path]}
            | sounds.row(number)
            for number, (text, text_en, path) in enumerate(pages, 1)
        ],
    )
    return [(Book, book), (Spread, spread)]


def picture_name(told: Told, path: Path) -> str:
    """Return what a picture is called in the library: the book's name and the file's, in letters that any disk takes."""
    stem = told.files.origin.encode("ascii", "ignore").decode().replace(".", "-").strip("_- ")[:60]
    return f"{stem or told.files.key}-{path.name.lower()}".lstrip(".-")


def row_of(told: Told, uid: str, cover: str) -> dict[str, str]:
    """Return the book's row by field."""
    chinese, english = told.chinese, told.english
    translator, translator_en = translators(chinese, english)
    return {
        "uid": uid,
        "title": chinese.title,
        "title_en": english.title,
        "summary": chinese.summary,
        "summary_en": english.summary,
        "cover": cover,
        "author": maker(chinese, english, "text"),
        "author_en": maker(english, chinese, "text"),
        "illustrator": maker(chinese, english, "illustration"),
        "illustrator_en": maker(english, chinese, "illustration"),
        "translator": translator,
        "translator_en": translator_en,
        "citations": citations(told),
        "rights_uri": told.licence.uri,
        "rights_basis": Rights.Basis.LICENSED if told.licence.free else Rights.Basis.UNKNOWN,
        "uses": ALL_USES if told.licence.free else NO_USE,
        "origin": told.files.origin,
    }


def maker(edition: Edition, other: Edition, what: str) -> str:
    """Return who made something as a language's file says it, or as the other does."""
    return edition.imprint.get(what) or other.imprint.get(what, "")


def translators(chinese: Edition, english: Edition) -> tuple[str, str]:
    """Return who translated the book, in both languages; where each text has a translator of its own, both say which."""
    zh, en = (edition.imprint.get("translation", "") for edition in (chinese, english))
    if zh and en and zh != en:
        return f"{zh}（中文）；{en}（英文）", f"{zh} (Chinese); {en} (English)"
    return zh or en, en or zh


def citations(told: Told) -> str:
    """Return the books' own last pages as the source of what the record says, word for word."""
    rows = []
    for edition in (told.chinese, told.english):
        said = [f"{kind.capitalize()}: {text}" for kind, text in edition.imprint.items()]
        cell = "; ".join((*said, *edition.others)).translate(BARS)
        chinese, english = (form.format(file=edition.name, said=cell) for form in SOURCES)
        rows.append(f"{shortened(chinese)} | {shortened(english)} |  | ")
    return "\n".join(rows)


def shortened(text: str) -> str:
    """Return as much of a citation as the library keeps."""
    text, most = text.translate(BARS), Citation._meta.get_field("text").max_length or 0
    return text if len(text) <= most else f"{text[: most - 1]}…"


def write(path: Path, model: Tabled, rows: list[dict[str, str]]) -> None:
    """Write rows by field as a table under the headings of a kind."""
    headings = {column.field: column.heading for column in columns_of(model)}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([headings[name] for name in rows[0]])
        writer.writerows([list(row.values()) for row in rows])
