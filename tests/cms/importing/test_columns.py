"""No column is dropped: what a table says in any column of any kind stands in the library, and a second run changes nothing."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models
from PIL import Image as Picture
from wagtail.models import pages

from cms.catalogue.columns import Column
from cms.catalogue.districts import SUBDISTRICTS
from cms.importing import import_files
from cms.importing.context import Context
from cms.importing.forms import FORMS, field_of, form_of, read_cell
from cms.importing.sheets import columns_of
from cms.importing.uids import known_kinds, known_numbers, known_themes
from cms.models import Holding, Prose, Theme
from cms.models.kinds import kinds, parts
from tests.picturebooks.recorded import wav

SAMPLES = {
    "text": "文字", "isbn": "978-7-5439-0123-0", "slug": "jia-lu", "yes": "是", "integer": "3", "place": "3", "decimal": "2.5",
    "edtf": "1905-10", "day": "2026-05-18", "moment": "2026-05-18 14:00", "uses": "网页；印刷", "themes": "水系",
    "picture": "a.png", "picture_text": "一块红", "sound": "a.wav", "sound_text": "文字", "names": "旧名 | zh-Hans |  | 1901 | 1915 | 某志",
    "relations": "关于 | A-0 | 写法 | 来源", "citations": "某书 | A book | 3 | https://example.org/",
}  # fmt: skip
SPECIAL = {
    "date_text": "1905年10月",
    "opening_hours": "Mo-Fr 09:00-18:00",
    "rest_days": "周一",
    "sound_zh.times": "0 1.5",
    "sound_en.times": "0 1.5",
    "pinyin": "wén zì",
    "url": "https://a.org/",
    # The moments of an event lie in the days that its date says; a special day has hours.
    "event date_text": "2026年5月",
    "event date_edtf": "2026-05",
    "specialday hours": "9:00-17:00",
}


def label(column: Column, model: type[models.Model]) -> str:
    """Return what the second value of a choice is called, or the only one."""
    return str([text for _value, text in field_of(column, model).flatchoices][:2][-1])


def need(model: type[models.Model], put: Callable) -> str:
    """Return the number of a holding of a model, made if the library has none."""
    kind = model if model is not Holding else next(k for k in kinds() if k._meta.model_name == "place")
    found = kind.objects.first()
    if not found and kind.shelf is None:
        found = Holding.objects.get(uid=parent_of(kind, put)).specific.add_child(instance=kind(title="所指"))
    if not found:
        station = {"subdistrict": SUBDISTRICTS[0][0]} if kind._meta.model_name == "station" else {}
        found = put(kind, "所指", **station)
    return found.uid


def sample(column: Column, model: type[models.Model], put: Callable) -> str:
    """Return a cell that says something in a column."""
    field = field_of(column, model) if column.form not in ("parent", "uses") else None
    if column.form == "uid":
        return "A-1"
    if column.form == "parent":
        return parent_of(model, put)
    if column.form in ("owner", "holding"):
        return need(field.related_model, put)
    if column.form == "choice":
        return label(column, model)
    if isinstance(field, models.URLField):
        return "https://example.org/"
    own = SPECIAL.get(f"{model._meta.model_name} {column.field}")
    return own or SPECIAL.get(column.field, SAMPLES[column.form])


def parent_of(model: type[Holding], put: Callable) -> str:
    """Return the number of what a kind stands under, or nothing for its shelf."""
    labels = [name for name in model.parent_page_types if name != "cms.Shelf"]
    if not labels:
        return ""
    above = apps.get_model(labels[0])
    if above.shelf:
        return need(above, put)
    grand = Holding.objects.get(uid=parent_of(above, put)).specific
    return grand.add_child(instance=above(title="上级")).uid


def written(path: Path, columns: list[Column], cells: list[str]) -> Path:
    """Write one row under its headings."""
    out = io.StringIO()
    csv.writer(out).writerows([[c.heading for c in columns], cells])
    path.write_text(out.getvalue(), "utf-8")
    return path


def stands(model: type[models.Model], tmp_path: Path, put: Callable, instance: Callable) -> None:
    """Import one row with something in every column, and find all of it again."""
    (tmp_path / "pictures").mkdir(exist_ok=True)
    Picture.new("RGB", (40, 30), "#8e3b2a").save(tmp_path / "pictures" / "a.png")
    (tmp_path / "sounds").mkdir(exist_ok=True)
    (tmp_path / "sounds" / "a.wav").write_bytes(wav())
    Theme.objects.get_or_create(slug="water", defaults={"title": "水系"})
    put(next(k for k in kinds() if k._meta.model_name == "place"), "甲", uid="A-0")
    columns = list(columns_of(model))
    cells = [sample(c, model, put) for c in columns]
    path = written(tmp_path / "one.csv", columns, cells)
    assert import_files([(model, path)]).created == 1
    found = instance(model)
    there = known_kinds([])
    context = Context(model, tmp_path, there, known_themes([]), known_numbers(there))
    wanted = {c.field: read_cell(cell, c, context) for c, cell in zip(columns, cells, strict=True)}
    assert {c.field: form_of(c).current(found, c) for c in columns} == wanted
    again = import_files([(model, path)])
    assert (again.created, again.updated, again.unchanged) == (0, 0, 1)


@pytest.mark.django_db
@pytest.mark.each_database
@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind._meta.model_name)
def test_every_column_of_a_kind_is_kept(kind: type[Holding], tmp_path: Path, put: Callable) -> None:
    stands(kind, tmp_path, put, lambda model: model.objects.get(uid="A-1"))


@pytest.mark.django_db
@pytest.mark.each_database
@pytest.mark.parametrize("part", [p for p in parts() if p is not Theme], ids=lambda part: part._meta.model_name)
def test_every_column_of_a_part_is_kept(part: type[models.Model], tmp_path: Path, put: Callable) -> None:
    stands(part, tmp_path, put, lambda model: model.objects.get())


def test_every_form_that_a_column_names_has_a_class_and_every_class_is_used() -> None:
    named = {column.form for model in (*kinds(), *parts()) for column in columns_of(model)}
    assert named == set(FORMS)


@pytest.fixture
def postcard(transactional_db: None) -> Iterator[type[Holding]]:
    """A kind such as a newcomer makes: one more picture, words for it, something that it points to and must point to."""

    class Postcard(Prose, Holding):
        shelf = next(k for k in kinds() if k._meta.model_name == "place").shelf
        back = models.ForeignKey("media.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
        sender = models.ForeignKey(Holding, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
        album = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="+")
        kind_columns = (
            Column("背面", "back", "picture"),
            Column("背面说明", "back.alt", "picture_text"),
            Column("寄信人", "sender", "holding"),
            Column("册子", "album", "holding", required=True),
        )

        class Meta:
            app_label = "cms"

    kinds.cache_clear()
    with connection.schema_editor() as editor:
        editor.create_model(Postcard)
    yield Postcard
    Holding.objects.filter(content_type__model="postcard").delete()
    with connection.schema_editor() as editor:
        editor.delete_model(Postcard)
    del apps.all_models["cms"]["postcard"]
    pages.PAGE_MODEL_CLASSES.remove(Postcard)
    apps.clear_cache()
    kinds.cache_clear()


def test_a_kind_with_two_pictures_and_pointers_loses_none(postcard: type, tmp_path: Path, put: Callable) -> None:
    stands(postcard, tmp_path, put, lambda model: model.objects.get(uid="A-1"))


def test_what_a_row_must_point_to_may_come_after_it(postcard: type, write: Callable) -> None:
    rows = "A-1,明信片,A-2,A-3\nA-2,册子,,A-3\n"
    place = next(k for k in kinds() if k._meta.model_name == "place")
    files = [
        (postcard, write("编号,题名,寄信人,册子\n" + rows, "postcard.csv")),
        (place, write("编号,题名\nA-3,某处\n", "place.csv")),
    ]
    assert import_files(files).created == 3
    card = postcard.objects.get(uid="A-1")
    assert (card.sender.uid, card.album.uid) == ("A-2", "A-3")
    assert import_files(files).unchanged == 3
