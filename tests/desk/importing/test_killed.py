"""A table that comes in by pieces: killed between two, it goes on where it was; what others do meanwhile is neither stopped nor overwritten."""

from collections.abc import Callable

import pytest

from authorities.models import Place
from cms.desk.incoming import working
from cms.importing import steps
from cms.importing.steps import Piece
from cms.models import Holding, ImportBatch, Incoming
from tests.desk.importing.conftest import Desk

ROWS = 7


class Killed(BaseException):
    """What a signal would be."""


def table(words: str = "") -> str:
    """Return places, the last of which stand beside each other by their relations."""
    lines = [f"XH-PL-{900 + at:06},路{at}{words},关于 | XH-PL-{900 + ROWS - 1 - at:06}" for at in range(ROWS)]
    return "\n".join(["编号,题名,关联", *lines, ""])


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pieces be small, so that there are several."""
    monkeypatch.setattr(steps, "STEP", 2)
    monkeypatch.setattr(steps, "BREATH", 0)


def stopping(monkeypatch: pytest.MonkeyPatch, after: int, before_commit: bool) -> None:
    """Let the worker be killed in a piece, before or after what it noted of it."""
    pieces, real = iter(range(100)), working.keeper

    def keeper(*args: object) -> Callable[[Piece], None]:
        keep = real(*args)

        def dying(piece: Piece) -> None:
            if next(pieces) >= after and before_commit:
                raise Killed
            keep(piece)
            if not before_commit and next(pieces) >= after:
                raise Killed

        return dying

    monkeypatch.setattr(working, "keeper", keeper)


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("become", ["published", "draft"])
@pytest.mark.parametrize("after", [0, 1, 2])
@pytest.mark.parametrize("before_commit", [True, False])
def test_killed_at_any_piece_it_goes_on_and_doubles_nothing(
    editor: Desk, monkeypatch: pytest.MonkeyPatch, become: str, after: int, before_commit: bool
) -> None:
    incoming = editor.upload(("place.csv", table()))
    Incoming.objects.filter(pk=incoming.pk).update(state="saving", become=become)
    with monkeypatch.context() as dying:
        stopping(dying, after, before_commit)
        with pytest.raises(Killed):
            working.bring_in.call(incoming.pk)
    assert Place.objects.count() == incoming.rows.filter(state="saved").count()
    for place in Place.objects.all():
        assert place.relations.count() == 1
    working.bring_in.call(incoming.pk)
    incoming.refresh_from_db()
    assert (incoming.state, incoming.counts()["saved"]) == ("saved", ROWS)
    assert (ImportBatch.objects.count(), incoming.batch.created, incoming.batch.updated) == (1, ROWS, 0)
    assert [p.revisions.count() for p in Place.objects.all()] == [1] * ROWS


def test_an_update_of_drafts_that_is_killed_makes_each_once(
    editor: Desk, librarian: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor.does(editor.upload(("place.csv", table())), "go", become="published")
    incoming = librarian.upload(("place.csv", table("改")))
    Incoming.objects.filter(pk=incoming.pk).update(state="saving", become="draft")
    with monkeypatch.context() as dying:
        stopping(dying, 1, before_commit=True)
        with pytest.raises(Killed):
            working.bring_in.call(incoming.pk)
    working.bring_in.call(incoming.pk)
    incoming.refresh_from_db()
    assert (incoming.batch.created, incoming.batch.updated) == (0, ROWS)
    assert [p.revisions.count() for p in Place.objects.all()] == [2] * ROWS


@pytest.mark.each_database
def test_what_somebody_saves_while_it_is_written_stays(editor: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    editor.does(editor.upload(("place.csv", table())), "go", become="published")
    incoming = editor.upload(("place.csv", table("改")))
    Incoming.objects.filter(pk=incoming.pk).update(state="saving", become="published")
    real, done = working.keeper, []

    def keeper(*args: object) -> Callable[[Piece], None]:
        keep = real(*args)

        def editing(piece: Piece) -> None:
            keep(piece)
            if not done:
                last = Place.objects.get(uid=f"XH-PL-{900 + ROWS - 1:06}")
                last.summary = "正写的时候改的"
                last.save_revision(user=editor.user).publish()
                done.append(last.uid)

        return editing

    monkeypatch.setattr(working, "keeper", keeper)
    working.bring_in.call(incoming.pk)
    incoming.refresh_from_db()
    last = Place.objects.get(uid=done[0])
    assert (last.summary, "改" in last.title) == ("正写的时候改的", False)
    assert (incoming.counts()["saved"], incoming.counts()["left"]) == (ROWS - 1, 1)
    assert Holding.objects.filter(title__endswith="改").count() == ROWS - 1
