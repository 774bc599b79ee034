"""Whatever happens to a file of the index, searching goes on, and a rebuild makes it whole again."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from search import outbox, rebuilding
from search.checking import compare
from search.document import Document
from search.engines import engine
from search.finding import find
from search.hits import Health
from search.models import Heading, Record
from search.query import Query

pytestmark = pytest.mark.django_db
ONE = Document(id=1, kind="entry", uid="U-1", title="徐家汇", text="浜边的旧事")


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def flipped(file: Path) -> None:
    content = bytearray(file.read_bytes() or b"x")
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


def unreadable(file: Path) -> None:
    file.write_bytes(b"\xff\xfe" + file.read_bytes())


def foreign(file: Path) -> None:
    file.write_bytes(b"../..\n\0")


def deleted(file: Path) -> None:
    file.unlink()


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()
    (file / "inside").write_text("x")


def a_dead_link(file: Path) -> None:
    file.unlink()
    file.symlink_to("nowhere")


WAYS = (truncated, emptied, flipped, unreadable, foreign, deleted, a_folder, a_dead_link)


def filled(library) -> list[Path]:
    """Build an index of two segments, one with a deletion, and return all its files."""
    library.shelf.update({number: replace(ONE, id=number, uid=f"U-{number}") for number in range(1, 31)})
    call_command("search", "rebuild", stdout=StringIO())
    library.shelf[1] = replace(ONE, text="浜边的新事")
    outbox.enqueue([1])
    outbox.drain()
    files = sorted(file for file in library.root.rglob("*") if file.is_file())
    assert len(files) > 5
    return files


def mended(library) -> None:
    """Search, look after the index as an operator would, and find it whole."""
    find(Query("浜边"))
    call_command("search", "rebuild", "--if-needed", stdout=StringIO())
    assert compare().same
    assert engine().health().state == "ok"
    assert find(Query("浜边")).total == 30
    assert not find(Query("浜边")).degraded


@pytest.mark.parametrize("damage", WAYS)
def test_every_file_of_an_index_may_be_damaged_in_any_way(library, damage: Callable[[Path], None]) -> None:
    count = len(filled(library))
    for number in range(count):
        files = filled(library)
        engine().close()
        damage(files[number % len(files)])
        mended(library)


@pytest.mark.parametrize("damage", WAYS)
def test_a_publication_meets_the_damage_and_mends_it(library, damage: Callable[[Path], None]) -> None:
    """Whoever changes something is the first to come by."""
    count = len(filled(library))
    for number in range(count):
        files = filled(library)
        engine().close()
        damage(files[number % len(files)])
        library.shelf[1] = replace(ONE, text=f"浜边的{number}事")
        outbox.enqueue([1])
        outbox.drain()
        assert outbox.waiting() == 0
        mended(library)


@pytest.mark.parametrize("by", ["drain", "find"])
def test_damage_that_health_does_not_see_is_mended_by_whoever_meets_it(
    library, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    """Health reads what is quickly read; a writer or a search may be the first to open the file."""
    files = filled(library)
    engine().close()
    for file in files:
        emptied(file)
    with monkeypatch.context() as blind:
        blind.setattr(type(engine()), "health", lambda _engine: Health("ok", 30))
        if by == "drain":
            outbox.enqueue([1])
            outbox.drain()
            assert outbox.waiting() == 0
        assert (find(Query("浜边")).total, find(Query("浜边")).degraded) == (30, False)
    mended(library)


def test_a_thread_mends_what_health_does_not_see_and_not_again_and_again(
    library, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(library)
    made: list[None] = []
    monkeypatch.setattr(rebuilding, "rebuild", lambda: made.append(None))
    monkeypatch.setattr(rebuilding, "_doubted", -rebuilding.DOUBTED_FOR)
    monkeypatch.setattr(rebuilding.connections, "close_all", lambda: None)
    for _time in range(3):
        assert rebuilding._mending.acquire(blocking=False)
        rebuilding._mend()
    assert len(made) == 1


@pytest.mark.parametrize("part", ["folder", "root"])
def test_the_folders_may_be_gone_or_files(library, part: str) -> None:
    for as_a_file in (False, True):
        filled(library)
        engine().close()
        folder = library.root if part == "root" else next(f for f in library.root.iterdir() if f.is_dir())
        shutil.rmtree(folder)
        if as_a_file:
            folder.write_text("x")
        mended(library)


def test_a_flipped_byte_anywhere_is_noticed(library) -> None:
    """Also one that nobody would meet by searching."""
    for file in filled(library):
        if file.suffix in (".seg", ".toc"):
            before = file.read_bytes()
            engine().close()
            flipped(file)
            assert not compare().same, file.name
            file.write_bytes(before)
            engine().close()
            assert compare().same, file.name


def test_headings_that_were_lost_are_noticed_and_made_again(library) -> None:
    library.shelf.update({1: ONE, 2: replace(ONE, id=2, title="龙华")})
    call_command("search", "rebuild", stdout=StringIO())
    losses: dict[str, Callable[[], object]] = {
        "headings: 2 1 2": lambda: Heading.objects.all().delete(),
        "headings: 1 2": lambda: Heading.objects.filter(holding=2).update(text="别的"),
        "headings: 1 9": lambda: Heading.objects.create(holding=9, kind="entry", text="没有的", plain="没有的"),
    }
    for told, lose in losses.items():
        lose()
        out = StringIO()
        with pytest.raises(CommandError):
            call_command("search", "check", stdout=out)
        assert told in out.getvalue()
        call_command("search", "rebuild", "--if-needed", stdout=StringIO())
        call_command("search", "check", stdout=StringIO())
    assert set(Heading.objects.values_list("holding", flat=True)) == set(Record.objects.values_list("id", flat=True))


def test_a_full_disk_is_no_damage(library, monkeypatch) -> None:
    """What cannot be written now waits; the index that is there goes on."""
    filled(library)

    def full(*args: object, **more: object) -> None:
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as broken:
        broken.setattr("search.engines.whoosh.writing._writer", full)
        outbox.enqueue([1])
        with pytest.raises(OSError, match="space"):
            outbox.drain()
    assert find(Query("浜边")).total == 30
    assert outbox.drain() == 1
