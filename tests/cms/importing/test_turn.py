"""One import at a time, whatever the language and whoever died; and promises of the importer that mutations once survived."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation
from PIL import Image as Picture

from authorities.models import Place
from chronicle.models import Chapter, Entry
from cms.importing import ImportRefused, import_files
from cms.importing.context import Context
from cms.importing.forms import read_cell
from cms.importing.turn import turn
from events.models import Event
from tests.waiting import until

Write = Callable[..., Path]
Faults = Callable[[type, Path], list[str]]
HOLDER = """
import fcntl, sys, time
file = open(sys.argv[1], "a")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(600)
"""


@pytest.mark.django_db
def test_a_second_import_is_told_at_once_and_the_turn_ends_with_the_first(write: Write) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("the turn is a lock of the server there; see the test below")
    path = write("编号,题名\nA-1,甲\n")
    lock = Path(settings.VAR) / "import.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    first = subprocess.Popen([sys.executable, "-c", HOLDER, str(lock)], stdout=subprocess.PIPE, text=True)
    try:
        assert first.stdout.readline() == "held\n"
        with pytest.raises(ImportRefused, match="另一次导入正在进行"):
            import_files([(Place, path)])
        assert Place.objects.count() == 0
    finally:
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
    assert import_files([(Place, path)]).created == 1


def has_ended(process: int) -> bool:
    """Say whether the server has let go of a connection, which it does a moment after the client."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s", [process])
        return cursor.fetchone() is None


@pytest.mark.each_database
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_the_turn_is_a_lock_of_the_server(write: Write) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("a server's lock needs PostgreSQL")
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [0x5A48_4944])
            cursor.execute("SELECT pg_backend_pid()")
            process = cursor.fetchone()[0]
        with pytest.raises(ImportRefused, match="另一次导入正在进行"):
            import_files([(Place, write("编号,题名\nA-1,甲\n"))])
    finally:
        other.close()
    until(lambda: has_ended(process))
    assert import_files([(Place, write("编号,题名\nA-1,甲\n"))]).created == 1


@pytest.mark.each_database
@pytest.mark.django_db
def test_a_refused_import_gives_its_turn_back(write: Write) -> None:
    with pytest.raises(ImportRefused):
        import_files([(Place, write("编号\nA-1\n"))])
    with turn():
        pass


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_tables_are_read_and_answered_in_chinese_whatever_the_admin_speaks(write: Write, language: str) -> None:
    table = "编号,题名,地方类型,权利依据,关联,又名\nA-1,甲,道路,自有,属于 | A-1,旧 | zh-Hans\n"
    with translation.override(language):
        assert import_files([(Place, write(table))]).created == 1
        with pytest.raises(ImportRefused) as refused:
            import_files([(Place, write("编号,题名,地方类型,纬度\nA-2,乙,Road,131\n"))])
        assert translation.get_language() == language
    place = Place.objects.get()
    assert (place.place_type, place.rights_basis, place.relations.get().role) == ("road", "own", "part_of")
    assert "不认识“Road”，可用 道路、建筑" in str(refused.value)


@pytest.mark.django_db
def test_validators_speak_chinese_in_an_english_admin(write: Write) -> None:
    with translation.override("en"), pytest.raises(ImportRefused) as refused:
        import_files([(Place, write("编号,题名,纬度\nA-2,乙,131\n"))])
    assert "确保该值小于或等于90" in str(refused.value)


@pytest.mark.each_database
@pytest.mark.django_db
def test_moments_are_by_the_librarys_clock(write: Write) -> None:
    import_files([(Event, write("编号,题名,开始,结束\nA-1,讲座,2026-05-18 14:00,2026-05-19\n"))])
    event = Event.objects.get()
    assert event.starts.astimezone(UTC) == datetime(2026, 5, 18, 6, 0, tzinfo=UTC)
    assert event.ends.astimezone(UTC) == datetime(2026, 5, 18, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-05-18 14:00+09:00", datetime(2026, 5, 18, 5, tzinfo=UTC)),
        ("2026-05-18T14:00Z", datetime(2026, 5, 18, 14, tzinfo=UTC)),
        ("２０２６－０５－１８ １４：００", datetime(2026, 5, 18, 6, tzinfo=UTC)),
        ("2026-05-18", datetime(2026, 5, 17, 16, tzinfo=UTC)),
        ("", None),
    ],
)
def test_a_moment_that_names_its_zone_keeps_it(tmp_path: Path, cell: str, moment: datetime | None) -> None:
    """Without one it is by the library's clock, and a day alone begins at midnight."""
    column = next(c for c in Event.kind_columns if c.form == "moment")
    assert read_cell(cell, column, Context(Event, tmp_path)) == moment


@pytest.mark.parametrize(
    ("cell", "number"),
    [("31.123456789", "31.12346"), ("31.2", "31.20000"), ("－１２１．５", "-121.50000"), ("1.2E+1", "12.00000")],
)
def test_a_number_has_as_many_places_as_its_field_keeps(tmp_path: Path, cell: str, number: str) -> None:
    """A map gives more; what is kept is what is compared on the second run."""
    column = next(c for c in Place.columns() if c.field == "longitude")
    assert str(read_cell(cell, column, Context(Place, tmp_path))) == number


def test_a_number_that_is_not_given_is_none_where_there_may_be_none(tmp_path: Path) -> None:
    """Else it is 0, as the admin has it: a chapter without a number."""
    order, first = (next(c for c in k.columns() if c.field == f) for k, f in ((Chapter, "number"), (Place, "featured")))
    assert read_cell("", order, Context(Chapter, tmp_path)) == 0
    assert read_cell("", first, Context(Place, tmp_path)) is None
    assert read_cell("３.0", order, Context(Chapter, tmp_path)) == 3


@pytest.mark.once_on_each_database
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cell", "uses"),
    [("无", ()), ("", ("api", "offline", "print", "web")), ("网页", ("web",)), ("离线、接口", ("api", "offline"))],
)
def test_uses_are_those_that_are_named(write: Write, cell: str, uses: tuple[str, ...]) -> None:
    import_files([(Entry, write(f"编号,题名,允许用途\nA-1,甲,{cell}\n"))])
    entry = Entry.objects.get()
    assert tuple(use for use in ("api", "offline", "print", "web") if getattr(entry, f"use_{use}")) == uses


@pytest.mark.django_db
@pytest.mark.parametrize("target", ["outside.png", "pictures/inner/b.png"])
def test_a_link_in_the_folder_of_pictures_leads_nowhere(
    write: Write, tmp_path: Path, faults: Faults, target: str
) -> None:
    (tmp_path / "pictures" / "inner").mkdir(parents=True)
    Picture.new("RGB", (40, 30), "#8e3b2a").save(tmp_path / target)
    (tmp_path / "pictures" / "a.png").symlink_to(tmp_path / target)
    assert "pictures 文件夹里没有“a.png”" in faults(Place, write("编号,题名,图片\nA-1,甲,a.png\n"))[0]


@pytest.mark.django_db
def test_a_folder_of_pictures_that_is_a_link_is_none(write: Write, tmp_path: Path, faults: Faults) -> None:
    """What came from somebody must not choose which folder of this machine is read."""
    (tmp_path / "elsewhere").mkdir()
    Picture.new("RGB", (40, 30), "#8e3b2a").save(tmp_path / "elsewhere" / "a.png")
    (tmp_path / "pictures").symlink_to(tmp_path / "elsewhere")
    assert "pictures 文件夹里没有“a.png”" in faults(Place, write("编号,题名,图片\nA-1,甲,a.png\n"))[0]


@pytest.mark.django_db
def test_a_table_below_a_linked_folder_has_its_pictures(write: Write, tmp_path: Path) -> None:
    """Where the operator keeps tables is the operator's affair."""
    (tmp_path / "real" / "pictures").mkdir(parents=True)
    Picture.new("RGB", (40, 30), "#8e3b2a").save(tmp_path / "real" / "pictures" / "a.png")
    (tmp_path / "linked").symlink_to(tmp_path / "real")
    assert import_files([(Place, write("编号,题名,图片\nA-1,甲,a.png\n", "linked/place.csv"))]).created == 1
