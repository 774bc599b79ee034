"""What leaves in a table comes back: the whole demo changes nothing, and what was changed in a cell changes that alone."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cms.exporting import Selection, sheets
from cms.exporting.files import LONGEST_CELL, TooLong, write_csv, write_workbook, write_zip
from cms.importing import import_files
from cms.importing.context import Context
from cms.importing.forms import FORMS, form_of, read_cell
from cms.importing.sheets import columns_of, model_named
from cms.models import Citation, Holding, Name, Theme
from cms.models.kinds import kinds, parts

pytestmark = pytest.mark.django_db


def tables(folder: Path) -> list[tuple[type, Path]]:
    """Let everything leave as CSV, and return the files with what each is of."""
    packed = io.BytesIO()
    write_zip(sheets(Selection()), packed)
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder)
    return [(model_named(file.stem), file) for file in sorted(folder.glob("*.csv"))]


def change(path: Path, heading: str, number: str, text: str) -> None:
    """Write another text into the cell of a record."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        first, *rows = csv.reader(file)
    row = next(row for row in rows if row[0] == number)
    row[first.index(heading)] = text
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([first, *rows])


def test_the_demo_leaves_and_comes_back_unchanged(demo: None, tmp_path: Path) -> None:
    """Every kind and every part, with names, relations, sources, pictures and places in the tree; then twenty cells are others."""
    out = tables(tmp_path)
    assert {model for model, _file in out} == {m for m in (*kinds(), *parts()) if m._default_manager.exists()}
    report = import_files(out)
    assert (report.created, report.updated) == (0, 0)
    assert report.unchanged == sum(model._default_manager.count() for model, _file in out)
    some = list(Holding.objects.order_by("uid")[:20])
    for holding in some:
        kind = holding.specific_class._meta.model_name
        change(tmp_path / f"{kind}.csv", "英文提要", holding.uid, f"Told anew: {holding.uid}")
    report = import_files(out)
    assert (report.created, report.updated) == (0, 20)
    assert {h.summary_en for h in Holding.objects.filter(pk__in=[one.pk for one in some])} == {
        f"Told anew: {one.uid}" for one in some
    }
    assert import_files(tables(tmp_path)).updated == 0


ODD = [
    "=1+1",
    "'=1+1",
    "-甲",
    "  甲  ",
    "甲\r\n乙",
    "甲|乙",
    "甲\\|乙",
    "|",
    "＝1",
    "@a",
    "'",
    '"',
    "a;b,c\td",
    "𠮷\u200d🏮",
]


@pytest.mark.parametrize("text", ODD)
def test_whatever_a_field_holds_comes_back(put: Callable, tmp_path: Path, text: str) -> None:
    """Texts that a spreadsheet would run, bars inside names, ends of lines of any kind."""
    from authorities.models import Place

    place = put(Place, f"路{text}", summary=text, body=f"{text}\n\n{text}", latitude="31.19000")
    line = text.replace("\r\n", " ")  # what stands in one line of a form
    place.names.add(Name(text=line, source=line), Name(text="甲", valid_from="1915-06"))
    place.citations.add(Citation(text=line, page=line, url="https://example.org/"))
    place.save()
    report = import_files(tables(tmp_path))
    assert (report.created, report.updated) == (0, 0)


@pytest.mark.parametrize("model", [*kinds(), *parts()])
def test_every_choice_is_read_as_it_is_told(model: type, db: None) -> None:
    """A value is told by what it is called, by itself where two are called alike."""
    for column in (c for c in columns_of(model) if c.form == "choice"):
        context, field = Context(model, Path()), model._meta.get_field(column.field)
        for value, _label in field.flatchoices:
            told = form_of(column).cell(value, column, context)
            assert told == "" or read_cell(told, column, context) == value, (column, value)


def test_every_form_tells_its_cells() -> None:
    """A form that a kind brings may read otherwise than the rest; the default is for those that are texts."""
    plain = {"text", "isbn", "slug", "edtf", "day", "uid", "parent", "owner", "holding", "picture_text", "sound_text"}
    own = {name for name, form in FORMS.items() if "cell" in {key for c in type(form).__mro__[:-2] for key in vars(c)}}
    assert FORMS.keys() - own == plain


def test_a_workbook_is_text_alone(put: Callable) -> None:
    """Dates and numbers stay as they are written, and nothing is a formula."""
    from authorities.models import Place

    put(Place, "=1+1", uid="XH-PL-000901", date_text="1905-10-28", summary="\x08甲")
    target = io.BytesIO()
    assert write_workbook(sheets(Selection(models=(Place,))), target) == 1
    page = load_workbook(target)["地方"]
    cells = {heading.value: cell for heading, cell in zip(*page.iter_rows(max_row=2), strict=True)}
    assert (cells["题名"].value, cells["题名"].data_type) == ("=1+1", "s")
    assert cells["时间"].value == "1905-10-28"
    assert cells["提要"].value == "甲"
    assert page.freeze_panes == "B2"


def test_a_text_too_long_for_a_workbook_is_named(put: Callable) -> None:
    from authorities.models import Place

    put(Place, "长", uid="XH-PL-000901", body="字" * (LONGEST_CELL + 1))
    with pytest.raises(TooLong) as told:
        write_workbook(sheets(Selection(models=(Place,))), io.BytesIO())
    assert told.value.args == ("XH-PL-000901", "正文")


def test_columns_are_chosen_and_those_that_must_be_there_stay(put: Callable) -> None:
    from authorities.models import Place

    put(Place, "甲路", uid="XH-PL-000901", summary="提要")
    target = io.BytesIO()
    write_csv(next(sheets(Selection(models=(Place,)), frozenset({"提要"}))), target)
    assert target.getvalue().decode("utf-8-sig").split() == ["编号,题名,提要,馆里版本", "XH-PL-000901,甲路,提要,"]


def test_what_is_asked_for_leaves(put: Callable) -> None:
    """By words, theme and number; the parts of what leaves go with it, and no others."""
    from authorities.models import Place
    from picturebooks.models import Book, Spread

    theme = Theme.objects.create(slug="roads-of-old", title="老路")
    one, other = put(Place, "霞飞路", title_en="Avenue Joffre"), put(Place, "林森路")
    one.themes.add(theme)
    one.save()
    books = [put(Book, title) for title in ("甲", "乙")]
    for book in books:
        Spread.objects.create(book=book, text=book.title)

    def leaving(**asked: object) -> set[str]:
        return {row[1] for sheet in sheets(Selection(models=(Place, Book), **asked)) for row in sheet.rows}

    assert leaving(words="霞飞") == leaving(words="joffre AVENUE") == leaving(theme=theme) == {"霞飞路"}
    assert leaving(words=other.uid.lower()) == {"林森路"}
    assert leaving(ids=frozenset()) == set()
    spreads = sheets(Selection(models=(Spread,), ids=frozenset({books[0].pk})))
    assert [row[2] for sheet in spreads for row in sheet.rows] == ["甲"]
