"""Files that would stop the machine or the database: refused early, by place, with what would do; on any database alike."""

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import connection, models
from PIL import Image as Picture

from authorities.models import Place
from chronicle.models import Entry, Work
from cms.importing import ImportRefused, headings, import_files, reading
from cms.importing.context import Context
from cms.importing.errors import LONGEST_MESSAGE, CellError
from cms.importing.forms import FORMS, field_of, read_cell
from cms.importing.limits import RANGES
from cms.importing.sheets import columns_of
from cms.models import Citation, Holding, ImportBatch, Name, Relation
from cms.models.kinds import kinds, parts
from events.models import Event
from media.models import Image
from tours.models import Tour

Write = Callable[..., Path]
Faults = Callable[[type, Path], list[str]]


def too_long(field: models.Field) -> int | None:
    """Return the most characters that a field takes, by itself or by a validator."""
    limits = [v.limit_value for v in field.validators if isinstance(v, MaxLengthValidator)]
    return min([most for most in [field.max_length, *limits] if most], default=None)


WORDS = [
    (model, column)
    for model in (*kinds(), *parts())
    for column in columns_of(model)
    if column.form in ("text", "isbn", "picture_text", "edtf") and too_long(field_of(column, model))
]


@pytest.mark.parametrize(
    ("model", "column"), WORDS, ids=lambda one: getattr(one, "heading", getattr(one, "__name__", one))
)
def test_r54_no_text_is_longer_than_its_field(model: type, column: object, tmp_path: Path) -> None:
    most = too_long(field_of(column, model))
    context = Context(model, tmp_path)
    if column.form == "text" and not isinstance(field_of(column, model), models.URLField) and column.field != "lines":
        assert read_cell("字" * most, column, context) == "字" * most
    with pytest.raises(CellError, match=str(most)):
        read_cell("字" * (most + 1), column, context)


PARTS = [
    ("又名", "{0}", Name, "text"),
    ("又名", "名 | zh-Hans |  | {0}", Name, "valid_from"),
    ("又名", "名 | zh-Hans |  |  | {0}", Name, "valid_to"),
    ("又名", "名 | zh-Hans |  |  |  | {0}", Name, "source"),
    ("出处", "{0}", Citation, "text"),
    ("出处", "书 | {0}", Citation, "text_en"),
    ("出处", "书 |  | {0}", Citation, "page"),
    ("出处", "书 |  |  | https://example.org/{0}", Citation, "url"),
    ("关联", "关于 | A-1 | {0}", Relation, "as_printed"),
    ("关联", "关于 | A-1 |  | {0}", Relation, "source"),
]


@pytest.mark.once_on_each_database
@pytest.mark.django_db
@pytest.mark.parametrize(("heading", "cell", "model", "field"), PARTS)
def test_r54_no_part_of_a_cell_is_longer_than_its_field(
    write: Write, faults: Faults, heading: str, cell: str, model: type, field: str
) -> None:
    most = model._meta.get_field(field).max_length
    told = faults(Place, write(f"编号,题名,{heading}\nA-1,甲,{cell.format('a' * (most + 1))}\n"))
    assert len(told) == 1
    assert f"第 2 行“{heading}”" in told[0]
    assert f"最多 {most} 字" in told[0]


def test_r54_every_row_model_of_a_cell_is_in_the_list_above() -> None:
    texts = {
        (form.model, name)
        for form in FORMS.values()
        for name in getattr(form, "fields", ())
        if name not in ("role", "language", "romanisation", "target_id")
    }
    assert texts == {(model, field) for _heading, _cell, model, field in PARTS}


NUMBERS = [
    (model, column)
    for model in (*kinds(), *parts())
    for column in columns_of(model)
    if column.form in ("integer", "place", "decimal")
]


@pytest.mark.parametrize(
    ("model", "column"), NUMBERS, ids=lambda one: getattr(one, "heading", getattr(one, "__name__", one))
)
def test_r54_no_number_is_larger_than_its_field_on_any_database(model: type, column: object, tmp_path: Path) -> None:
    field, context = field_of(column, model), Context(model, tmp_path)
    over = RANGES[field.get_internal_type()][1] + 1 if column.form != "decimal" else 10 ** (field.max_digits)
    for cell in (str(over), "9" * 5000, "1E+999999", "NaN", "-Infinity", "1e400", "-5000", "４" * 25):
        with pytest.raises(CellError):
            read_cell(cell, column, context)


@pytest.mark.parametrize("cell", ["0001-01-01", "0001-01-01 00:00", "9999-12-31 23:59-12:00", "2026-13-01", "1" * 5000])
def test_moments_that_no_database_keeps_are_refused(cell: str, tmp_path: Path) -> None:
    column = next(c for c in Event.kind_columns if c.form == "moment")
    with pytest.raises(CellError, match="不是时间"):
        read_cell(cell, column, Context(Event, tmp_path))


@pytest.mark.once_on_each_database
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "heading", "cell"),
    [(Place, "首页", "32768"), (Tour, "时长", "601"), (Entry, "次序", "2147483648"), (Place, "纬度", "NaN"),
     (Place, "经度", "1E+30"), (Work, "来源网址", "不是网址"), (Work, "来源网址", "https://例子.cn/" + "a" * 500)],
)  # fmt: skip
def test_values_out_of_range_are_refused_by_row_and_column(
    write: Write, faults: Faults, model: type, heading: str, cell: str
) -> None:
    assert f"第 2 行“{heading}”" in faults(model, write(f"编号,题名,{heading}\nA-1,甲,{cell}\n"))[0]


@pytest.mark.each_database
@pytest.mark.django_db
def test_a_name_of_a_file_that_is_no_text_does_no_harm(write: Write, tmp_path: Path) -> None:
    strange = tmp_path / "\udce4\udcb8.csv"
    strange.write_bytes(write("编号,题名\nA-1,甲\n").read_bytes())
    assert import_files([(Place, strange)]).created == 1
    assert ImportBatch.objects.get().source == "??.csv"
    strange.write_text("编号\nA-1\n", "utf-8")
    with pytest.raises(ImportRefused) as refused:
        import_files([(Place, strange)])
    assert str(refused.value).encode("utf-8")


@pytest.mark.each_database
@pytest.mark.django_db
def test_nul_is_refused_with_its_line(write: Write, faults: Faults) -> None:
    assert "第 3 行：这一行里有空字符（NUL）" in faults(Place, write("编号,题名\nA-1,甲\nA-2,乙\0\n"))[0]


@pytest.mark.django_db
def test_sixteen_thousand_headings_are_not_compared(
    write: Write, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = []
    near = headings.difflib.get_close_matches
    monkeypatch.setattr(headings.difflib, "get_close_matches", lambda *args: compared.append(args[0]) or near(*args))
    assert "第一行有 16000 格" in faults(Place, write(",".join(f"栏{n}" for n in range(16_000))))[0]
    assert compared == []
    told = faults(Place, write("编号,题名," + ",".join(f"栏{n}" for n in range(400))))
    assert len(compared) == len(told) == headings.MOST_GUESSES


@pytest.mark.django_db
def test_a_file_of_commas_is_refused_before_it_is_taken_apart(
    write: Write, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    commas = "," * (reading.MOST_DELIMITERS + 1)
    assert "分隔符超过" in faults(Place, write(commas))[0]
    assert "第 2 行" in faults(Place, write("编号,题名\n" + commas))[0]


def rows_of(number: int) -> str:
    """Return a table of so many rows."""
    return "编号,题名\n" + "".join(f"A-{n},路\n" for n in range(number))


@pytest.mark.django_db
def test_a_table_has_no_more_rows_than_the_limit(write: Write, faults: Faults, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reading.MOST_ROWS == 50_000
    monkeypatch.setattr(reading, "MOST_ROWS", 30)
    assert len(reading.read_table(write(rows_of(30)), Place.columns()).rows) == 30
    assert "超过 30 行，请分成几份" in faults(Place, write(rows_of(31)))[0]


@pytest.mark.django_db
def test_of_a_million_rows_no_more_are_read_than_the_limit(
    write: Write, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []
    records = reading.records
    monkeypatch.setattr(reading, "records", lambda *args: (read.append(1) or r for r in records(*args)))
    assert "超过 50000 行" in faults(Place, write(rows_of(1_000_000)))[0]
    assert len(read) <= reading.MOST_ROWS + 3
    read.clear()
    assert "超过 50000 行" in faults(Place, write("编号,题名\n" + "\n" * 1_000_000))[0]
    assert len(read) <= reading.MOST_LINES + 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    "heading", ["时间", "EDTF", "纬度", "又名", "关联", "主题", "地方类型", "图片", "允许用途", "路径", "编号"]
)
def test_what_is_said_of_a_huge_cell_is_short(write: Write, faults: Faults, heading: str) -> None:
    headings, cells = (["编号", "题名"], ["A-1", "甲"]) if heading != "编号" else (["题名"], ["甲"])
    text = ",".join([*headings, heading]) + "\n" + ",".join([*cells, "哈" * 1_900_000]) + "\n"
    assert all(len(told) < LONGEST_MESSAGE + 60 for told in faults(Place, write(text)))


@pytest.mark.django_db
def test_faults_are_listed_up_to_a_thousand(write: Write, faults: Faults) -> None:
    text = "编号,题名,地方类型\n" + "".join(f"A-{n},路,马路\n" for n in range(1_200))
    told = faults(Place, write(text))
    assert len(told) == reading.MOST_FAULTS + 1
    assert "后面的没有再查" in told[-1]


OTHERS = {
    "压缩文件": b"PK\x03\x04rest",
    "旧式 Excel": b"\xd0\xcf\x11\xe0rest",
    "PDF": b"%PDF-1.7",
    "UTF-16": "编号".encode("utf-16"),
    "JSON": b'[{"key": "1"}]',
    "网页": b"<!DOCTYPE html><p>",
    "可以成为：典籍、绘本": b"00572cam a22001691  45000010013000000030004\x1e\x1f\x1d",
    "书目记录（MARC）不能成为地方": b'<?xml version="1.0"?><collection xmlns="http://www.loc.gov/MARC21/slim"><record/></collection>',
}


@pytest.mark.django_db
@pytest.mark.parametrize("said", OTHERS)
def test_other_files_are_known_for_what_they_are(tmp_path: Path, faults: Faults, said: str) -> None:
    path = tmp_path / "place.csv"
    path.write_bytes(OTHERS[said])
    assert said in faults(Place, path)[0]


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.django_db
def test_a_disk_that_is_full_of_pictures_is_told(write: Write, tmp_path: Path, faults: Faults) -> None:
    (tmp_path / "pictures").mkdir()
    picture = tmp_path / "pictures" / "larger-than-the-disk.png"
    Picture.effect_noise((3000, 3000), 90).convert("RGB").save(picture, compress_level=0)
    limit = picture.stat().st_size - 1_000_000
    assert limit > max(p.stat().st_size for p in Path(settings.VAR).rglob("*") if p.is_file())
    path = write(f"编号,题名,图片\nA-1,甲,{picture.name}\n")
    with no_file_beyond(limit):
        told = faults(Place, path)
    assert "磁盘满了" in told[0]
    assert (Image.objects.count(), list(Path(settings.MEDIA_ROOT).rglob("larger-than*"))) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_a_database_that_may_not_grow_is_told(write: Write, faults: Faults) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL says it in other words")
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA max_page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {cursor.execute('PRAGMA page_count').fetchone()[0] + 1}")
        try:
            told = faults(Place, write("编号,题名,正文\n" + "".join(f"A-{n},路,{'字' * 9000}\n" for n in range(9))))
        finally:
            cursor.execute(f"PRAGMA max_page_count = {before}")
    assert told == ["磁盘满了，请腾出空间再导入。什么都没有保存。"]
    assert Holding.objects.count() == 0
