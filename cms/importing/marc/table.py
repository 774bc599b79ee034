"""A file of catalogue records as a table: one row a record, the broken ones too, with what is wrong or was left of each."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pymarc import Record

from cms.catalogue.columns import Column
from cms.importing.decoding import checked_size
from cms.importing.errors import refuse
from cms.importing.marc import cnmarc, marc21
from cms.importing.marc.cells import cells_of
from cms.importing.marc.description import Description
from cms.importing.marc.known import marc_form
from cms.importing.marc.records import Read, iso_2709
from cms.importing.marc.xml import marc_xml
from cms.importing.reading import MOST_ROWS, Table
from cms.importing.signs import printable
from cms.models import Holding, Theme
from cms.models.kinds import Tabled, kinds

FORMS: dict[str, Callable[[Path], Iterator[Read]]] = {"iso2709": iso_2709, "xml": marc_xml}
NAMED = 5
"""Records that a note names by their numbers."""
LOST = {"body": "附注等", "body_en": "附注等"}
MOST_KINDS_LEFT = 150
"""Sorts of what was left that notes tell; the page of an import shows two hundred notes."""
FILLED = (
    "uid",
    "title",
    "title_en",
    "names",
    "date_text",
    "date_text_en",
    "date_edtf",
    "summary",
    "summary_en",
    "themes",
)
"""The fields of every kind that a record can fill."""


@dataclass(frozen=True)
class Book:
    """A record as it was read: its number in the file, what it says, or why it could not be read."""

    number: int
    said: Description | None
    fault: str = ""


def is_cnmarc(record: Record) -> bool:
    """Tell whether a record is CNMARC: its title stands in 200."""
    return "245" not in record and "200" in record


def books(path: Path) -> Iterator[Book]:
    """Yield every record of a file, as `marc_form` knows it; ImportRefused for one that is too large."""
    name = printable(path.name)
    checked_size(path, name)
    for number, read in enumerate(FORMS[marc_form(path)](path), 1):
        if number > MOST_ROWS:
            raise refuse(name, f"超过 {MOST_ROWS} 条记录，请分成几份。")
        if isinstance(read, str):
            yield Book(number, None, read)
        else:
            yield Book(number, cnmarc.described(read) if is_cnmarc(read) else marc21.described(read))


def from_marc() -> list[type[Holding]]:
    """Return the kinds that catalogue records can become."""
    return [kind for kind in kinds() if kind.marc]


def glance(path: Path) -> tuple[type[Holding] | None, str]:
    """Return the kind that the records of a file become if nobody says otherwise, and in which formats they are."""
    read = [book.said for book in books(path) if book.said]
    return kind_for([said.readers for said in read]), formats({said.flavour for said in read})


def formats(flavours: set[str]) -> str:
    """Return the names of formats."""
    return "、".join(sorted(flavours)) or "MARC"


def kind_for(readers: list[str]) -> type[Holding] | None:
    """Return the kind for whose readers most records are, or that which is for everybody."""
    default = None
    for kind in from_marc():
        if kind.marc is None or not kind.marc.readers:
            default = default or kind
        elif sum(one in kind.marc.readers for one in readers if one.strip()) * 2 > len(readers):
            return kind
    return default


def marc_columns(model: Tabled, columns: tuple[Column, ...]) -> list[Column]:
    """Return the columns of a kind that a record can fill."""
    if not issubclass(model, Holding) or model.marc is None:
        return []
    table = model.marc
    own = {table.publisher, table.isbn, table.address, *table.author, *table.illustrator, *table.translator}
    filled = {*FILLED, "body", "body_en", *table.edition, *own}
    return [column for column in columns if column.field in filled]


def read_marc(path: Path, model: Tabled, columns: tuple[Column, ...]) -> Table:
    """Read a file of catalogue records; ImportRefused where the kind takes none."""
    name = printable(path.name)
    if not issubclass(model, Holding) or model.marc is None:
        can = "、".join(str(kind._meta.verbose_name) for kind in from_marc())
        raise refuse(name, f"书目记录（MARC）不能成为{model._meta.verbose_name}，可以成为：{can}。")
    themes = frozenset(Theme.objects.values_list("title", flat=True))
    fields = {column.field for column in marc_columns(model, columns)}
    rows, faults = [], []
    flavours: set[str] = set()
    left: dict[str, list[int]] = defaultdict(list)
    for book in books(path):
        cells: dict[str, str] = {}
        if book.said is None:
            faults.append((book.number, book.fault))
        else:
            cells = cells_of(book.said, model.marc, themes)
            for field in set(cells) - fields:  # a kind without running text
                book.said.left[LOST.get(field, field)] += 1
            for what in book.said.left:
                left[what].append(book.number)
            flavours.add(book.said.flavour)
        rows.append((book.number, cells))
    if not rows:
        raise refuse(name, "里面一条书目记录也没有。")
    used = {field for _number, cells in rows for field in cells}
    kept = [c for c in marc_columns(model, columns) if c.required or c.field in used]
    table = tuple((number, [cells.get(c.field, "") for c in kept]) for number, cells in rows)
    headings = tuple(c.heading for c in kept)
    return Table(name, formats(flavours), headings, table, tuple(faults), tuple(notes(name, left)), says_all=False)


def notes(name: str, left: dict[str, list[int]]) -> Iterator[str]:
    """Yield for each sort of what was left where it stands, by tag and subfield."""
    for what in sorted(left)[:MOST_KINDS_LEFT]:
        numbers = left[what]
        where = "、".join(map(str, numbers[:NAMED])) + (f" 等 {len(numbers)} 条" if len(numbers) > NAMED else "")
        yield f"{name}：{what} 没有对应的栏，没有导入（记录 {where}）。"
    if len(left) > MOST_KINDS_LEFT:
        yield f"{name}：另有 {len(left) - MOST_KINDS_LEFT} 种字段没有对应的栏，没有导入。"
