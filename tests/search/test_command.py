"""`manage.py search` does what it says and says what it does."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search import outbox
from search.document import Document
from search.lease import lease

pytestmark = [pytest.mark.django_db, pytest.mark.each_database]
ONE = Document(id=1, kind="entry", uid="U-1", title="徐家汇", text="浜")


def run(*words: str) -> str:
    """Return what the command writes."""
    out = StringIO()
    call_command("search", *words, stdout=out)
    return out.getvalue()


def test_rebuild_check_status_drain(library) -> None:
    library.shelf.update({number: replace(ONE, id=number) for number in range(1, 4)})
    assert "missing" in run("status")
    assert "3 documents" in run("rebuild")
    assert "changed: 0" in run("check")
    assert "should be" in run("rebuild", "--if-needed")
    outbox.enqueue([1])
    assert "waiting: 1" in run("status")
    assert "1 changes" in run("drain")


def test_check_names_every_difference(library, capsys) -> None:
    library.shelf.update({1: ONE, 2: replace(ONE, id=2)})
    run("rebuild")
    library.shelf.update({1: replace(ONE, text="改"), 3: replace(ONE, id=3)})
    del library.shelf[2]
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("search", "check", stdout=out)
    assert "missing: 1 3" in out.getvalue()
    assert "surplus: 1 2" in out.getvalue()
    assert "changed: 1 1" in out.getvalue()
    run("rebuild", "--if-needed")
    run("check")


def test_two_rebuilds_at_once_are_one(library) -> None:
    with lease("rebuild"), pytest.raises(CommandError):
        run("rebuild")
